/* table_open: from nothing to a connection. */
#include <sys/socket.h>

#include "base/intl.h"
#include "call/kernel_address.h"
#include "call/table_inside.h"

/* bind and connect: call a function on a descriptor and an address. */
static void run_with_address(struct call_run *run,
	int (*function)(int, const struct sockaddr *, socklen_t))
{
	struct sockaddr_storage address;
	socklen_t size = kernel_address(&address, &run->args[1]);

	call_gave(run, function(call_arg(run, 0),
		(struct sockaddr *)&address, size));
}

static void run_socket(struct call_run *run)
{
	call_gave(run, socket(call_arg(run, 0), call_arg(run, 1),
		call_arg(run, 2)));
}

static void run_socketpair(struct call_run *run)
{
	int fds[2], i;

	call_gave(run, socketpair(call_arg(run, 0), call_arg(run, 1),
		call_arg(run, 2), fds));
	if (run->error)
		return;
	value_of_list(&run->result, VALUE_LIST);
	for (i = 0; i < 2; i++) {
		struct value fd = {0};

		value_of_number(&fd, fds[i]);
		value_add(&run->result, NULL, &fd);
	}
}

static void run_bind(struct call_run *run)
{
	run_with_address(run, bind);
}

static void run_listen(struct call_run *run)
{
	call_gave(run, listen(call_arg(run, 0), call_arg(run, 1)));
}

static void run_accept(struct call_run *run)
{
	call_gave(run, accept(call_arg(run, 0), NULL, NULL));
}

static void run_accept4(struct call_run *run)
{
	call_gave(run, accept4(call_arg(run, 0), NULL, NULL,
		call_arg(run, 1)));
}

static void run_connect(struct call_run *run)
{
	run_with_address(run, connect);
}

static const struct call_row rows[] = {
	{
		.name = "socket",
		.param = {
			{PARAM_CONST, "family", "family", NULL},
			{PARAM_CONST, "type", "type", "SOCK_STREAM"},
			{PARAM_CONST, "protocol", "protocol", "0"},
		},
		.result = RESULT_FD,
		.run = run_socket,
		.help = N_("make an endpoint; it talks to nobody yet"),
		.manual = "socket(2)",
		.python = "socket.socket(socket.{0}, socket.{1}, {2})",
		.c = "socket({0}, {1}, {2})",
	},
	{
		.name = "socketpair",
		.param = {
			{PARAM_CONST, "family", "family", "AF_UNIX"},
			{PARAM_CONST, "type", "type", "SOCK_STREAM"},
			{PARAM_CONST, "protocol", "protocol", "0"},
		},
		.result = RESULT_FDS,
		.run = run_socketpair,
		.help = N_("make two sockets that are connected with each "
			"other"),
		.manual = "socketpair(2)",
		.python = "socket.socketpair(socket.{0}, socket.{1}, {2})",
		.c = "socketpair({0}, {1}, {2}, fds)",
	},
	{
		.name = "bind",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_ADDRESS, "address", NULL, NULL},
		},
		.result = RESULT_ZERO,
		.run = run_bind,
		.help = N_("give the socket its own address and port"),
		.manual = "bind(2)",
		.python = "{0}.bind({1})",
		.c = "bind({0}, {1})",
	},
	{
		.name = "listen",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_NUMBER, "backlog", NULL, "128"},
		},
		.result = RESULT_ZERO,
		.run = run_listen,
		.help = N_("let the kernel take connections in and queue them"),
		.manual = "listen(2)",
		.python = "{0}.listen({1})",
		.c = "listen({0}, {1})",
	},
	{
		.name = "accept",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
		},
		.result = RESULT_FD,
		.run = run_accept,
		.may_wait = true,
		.help = N_("take the oldest queued connection, as a new "
			"socket; waits for one"),
		.manual = "accept(2)",
		.python = "{0}.accept()[0]",
		.c = "accept({0}, NULL, NULL)",
	},
	{
		.name = "accept4",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_FLAGS, "flags", "socket flags", "0"},
		},
		.result = RESULT_FD,
		.run = run_accept4,
		.may_wait = true,
		.help = N_("accept, and the new socket has these flags from "
			"the start"),
		.manual = "accept(2)",
		.python = "{0}.accept()[0]",
		.c = "accept4({0}, NULL, NULL, {1})",
	},
	{
		.name = "connect",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_ADDRESS, "address", NULL, NULL},
		},
		.result = RESULT_ZERO,
		.run = run_connect,
		.may_wait = true,
		.help = N_("begin a connection; waits until the other kernel "
			"has answered"),
		.manual = "connect(2)",
		.python = "{0}.connect({1})",
		.c = "connect({0}, {1})",
	},
};

const struct call_rows table_open = CALL_ROWS(rows);
