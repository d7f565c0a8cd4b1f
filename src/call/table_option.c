/* table_option: what can be set and asked of a descriptor. */
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>

#include "base/intl.h"
#include "call/table_inside.h"

static void run_setsockopt(struct call_run *run)
{
	run->error = option_set(call_arg(run, 0),
		option_row(run->args[1].number), &run->args[2]);
	if (!run->error)
		value_of_number(&run->result, 0);
}

static void run_getsockopt(struct call_run *run)
{
	run->error = option_get(call_arg(run, 0),
		option_row(run->args[1].number), &run->result);
}

static void run_fcntl(struct call_run *run)
{
	int command = call_arg(run, 1);
	int n = fcntl(call_arg(run, 0), command, call_arg(run, 2));

	if (n >= 0 && command == F_GETFL)
		value_of_constant(&run->result, "status", n);
	else
		call_gave(run, n);
}

/* What a request gives comes back through a pointer, as a number. */
static void run_ioctl(struct call_run *run)
{
	int number = 0;

	if (ioctl(call_arg(run, 0), (unsigned long)run->args[1].number,
			&number) < 0)
		run->error = errno;
	else
		value_of_number(&run->result, number);
}

static const struct call_row rows[] = {
	{
		.name = "setsockopt",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_OPTION, "option", "option", NULL},
			{PARAM_OPTVALUE, "value", NULL, NULL},
		},
		.result = RESULT_ZERO,
		.run = run_setsockopt,
		.help = N_("set an option of the socket"),
		.manual = "setsockopt(2)",
		.python = "{0}.setsockopt({1}, {2})",
		.c = "setsockopt({0}, {1}, {2})",
	},
	{
		.name = "getsockopt",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_OPTION, "option", "option", NULL},
		},
		.result = RESULT_OPTION,
		.run = run_getsockopt,
		.help = N_("read an option of the socket"),
		.manual = "getsockopt(2)",
		.python = "{0}.getsockopt({1})",
		.c = "getsockopt({0}, {1})",
	},
	{
		.name = "fcntl",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_CONST, "command", "command", NULL},
			{PARAM_FLAGS, "flags", "status", "0"},
		},
		.result = RESULT_FLAGS,
		.result_set = "status",
		.run = run_fcntl,
		.help = N_("read or set the flags of a descriptor; with "
			"O_NONBLOCK no call waits"),
		.manual = "fcntl(2)",
		.python = "fcntl.fcntl({0}, fcntl.{1}, {2})",
		.c = "fcntl({0}, {1}, {2})",
	},
	{
		.name = "ioctl",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_CONST, "request", "request", NULL},
		},
		.result = RESULT_NUMBER,
		.run = run_ioctl,
		.help = N_("ask how many bytes lie in the socket's queues"),
		.manual = "ioctl(2)",
		.python = "fcntl.ioctl({0}, termios.{1}, bytes(4))",
		.c = "ioctl({0}, {1}, &n)",
	},
};

const struct call_rows table_option = CALL_ROWS(rows);
