/* table_process: descriptors that are shared, processes, signals. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/intl.h"
#include "call/constant_sets.h"
#include "call/table_inside.h"

static void run_dup(struct call_run *run)
{
	call_gave(run, dup(call_arg(run, 0)));
}

static void run_dup2(struct call_run *run)
{
	call_gave(run, dup2(call_arg(run, 0), call_arg(run, 1)));
}

static void handle(int number)
{
	(void)number; /* its arrival is what ends a waiting call */
}

/* What signal(2) does with a function of which C has no name in common with
 * us; without SA_RESTART, so that a waiting call gives EINTR. */
static void run_signal(struct call_run *run)
{
	int64_t wanted = run->args[1].number, before;
	/* the flag is for SIGCHLD: the learner's children are the reaper's */
	struct sigaction now = {.sa_handler = SIG_DFL,
		.sa_flags = SA_NOCLDWAIT}, old;

	if (wanted == SIG_HANDLER_NUMBER)
		now.sa_handler = handle;
	else if (wanted)
		now.sa_handler = SIG_IGN;
	if (sigaction(call_arg(run, 0), &now, &old) < 0) {
		run->error = errno;
		return;
	}
	before = old.sa_handler == SIG_DFL ? 0 :
		old.sa_handler == SIG_IGN ? 1 : SIG_HANDLER_NUMBER;
	value_of_constant(&run->result, "disposition", before);
}

static const struct call_row rows[] = {
	{
		.name = "dup",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
		},
		.result = RESULT_FD,
		.run = run_dup,
		.help = N_("a second descriptor for the same socket"),
		.manual = "dup(2)",
		.python = "os.dup({0})",
		.c = "dup({0})",
	},
	{
		.name = "dup2",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_FD, "number", NULL, NULL},
		},
		.result = RESULT_FD,
		.run = run_dup2,
		.help = N_("the same with this number; what had it is closed "
			"first"),
		.manual = "dup(2)",
		.python = "os.dup2({0}, {1})",
		.c = "dup2({0}, {1})",
	},
	{
		.name = "fork",
		.result = RESULT_PROCESS,
		.help = N_("make a second process, which has the same "
			"descriptors"),
		.manual = "fork(2)",
		.python = "os.fork()",
		.c = "fork()",
	},
	{
		.name = "signal",
		.param = {
			{PARAM_CONST, "signal", "signal", NULL},
			{PARAM_CONST, "disposition", "disposition", NULL},
		},
		.result = RESULT_CONST,
		.result_set = "disposition",
		.run = run_signal,
		.help = N_("say what a signal does; gives what it did before"),
		.manual = "signal(2)",
		.python = "signal.signal(signal.{0}, signal.{1})",
		.c = "signal({0}, {1})",
	},
};

const struct call_rows table_process = CALL_ROWS(rows);
