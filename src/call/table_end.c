/* table_end: saying goodbye. */
#include <sys/socket.h>
#include <unistd.h>

#include "base/intl.h"
#include "call/table_inside.h"

static void run_shutdown(struct call_run *run)
{
	call_gave(run, shutdown(call_arg(run, 0), call_arg(run, 1)));
}

static void run_close(struct call_run *run)
{
	call_gave(run, close(call_arg(run, 0)));
}

static void run_unlink(struct call_run *run)
{
	call_gave(run, unlink(run->args[0].text));
}

static const struct call_row rows[] = {
	{
		.name = "shutdown",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_CONST, "how", "how", NULL},
		},
		.result = RESULT_ZERO,
		.run = run_shutdown,
		.help = N_("end one direction, for everybody who has the "
			"socket"),
		.manual = "shutdown(2)",
		.python = "{0}.shutdown(socket.{1})",
		.c = "shutdown({0}, {1})",
	},
	{
		.name = "close",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
		},
		.result = RESULT_ZERO,
		.run = run_close,
		.may_wait = true, /* SO_LINGER */
		.closes = true,
		.help = N_("give the descriptor back; the last one ends the "
			"connection"),
		.manual = "close(2)",
		.python = "{0}.close()",
		.c = "close({0})",
	},
	{
		.name = "unlink",
		.param = {
			{PARAM_ADDRESS, "address", NULL, NULL},
		},
		.result = RESULT_ZERO,
		.run = run_unlink,
		.help = N_("remove the file that bind made of a unix: path"),
		.manual = "unlink(2)",
		.python = "os.unlink({0})",
		.c = "unlink({0})",
	},
};

const struct call_rows table_end = CALL_ROWS(rows);
