/*
 * table: the calls that can be taught, a row each, and what a row runs.
 *
 * To add a call: write its run function, which makes exactly one system call
 * and leaves the result or the errno, and add its row. The parser, printer,
 * runner, completion, help and exports follow from the row.
 */
#include "call/table.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/mem.h"

/* ---- what run functions share ---- */

static int arg(const struct call_run *run, int i)
{
	return (int)run->args[i].number;
}

/* A call that gives a number, or -1 and errno. */
static void gave_number(struct call_run *run, long result)
{
	if (result < 0)
		run->error = errno;
	else
		value_of_number(&run->result, result);
}

/* A numeric address as the kernel takes it; its size, 0 when it is none. */
static socklen_t kernel_address(struct sockaddr_storage *to,
	const struct value *v)
{
	struct sockaddr_in *in = (void *)to;
	struct sockaddr_in6 *in6 = (void *)to;

	memset(to, 0, sizeof(*to));
	if (inet_pton(AF_INET, v->text, &in->sin_addr) == 1) {
		in->sin_family = AF_INET;
		in->sin_port = htons((uint16_t)v->number);
		return sizeof(*in);
	}
	if (inet_pton(AF_INET6, v->text, &in6->sin6_addr) == 1) {
		in6->sin6_family = AF_INET6;
		in6->sin6_port = htons((uint16_t)v->number);
		return sizeof(*in6);
	}
	return 0;
}

/* bind and connect: call a function on a descriptor and an address. */
static void run_with_address(struct call_run *run,
	int (*function)(int, const struct sockaddr *, socklen_t))
{
	struct sockaddr_storage address;
	socklen_t size = kernel_address(&address, &run->args[1]);

	gave_number(run, function(arg(run, 0), (struct sockaddr *)&address,
		size));
}

/* ---- the calls ---- */

static void run_socket(struct call_run *run)
{
	gave_number(run, socket(arg(run, 0), arg(run, 1), arg(run, 2)));
}

static void run_bind(struct call_run *run)
{
	run_with_address(run, bind);
}

static void run_listen(struct call_run *run)
{
	gave_number(run, listen(arg(run, 0), arg(run, 1)));
}

static void run_accept(struct call_run *run)
{
	gave_number(run, accept(arg(run, 0), NULL, NULL));
}

static void run_connect(struct call_run *run)
{
	run_with_address(run, connect);
}

static void run_send(struct call_run *run)
{
	const struct value *bytes = &run->args[1];
	struct buf unrolled = {0};
	const void *p = bytes->bytes;

	if (bytes->spelling == VALUE_REPEAT) {
		value_unroll(&unrolled, bytes);
		p = unrolled.data;
	}
	gave_number(run, send(arg(run, 0), p, value_size(bytes),
		arg(run, 2)));
	buf_done(&unrolled);
}

static void run_recv(struct call_run *run)
{
	static char room[CALL_RECV_MAX];
	ssize_t n = recv(arg(run, 0), room, run->args[1].number, arg(run, 2));

	if (n < 0)
		run->error = errno;
	else
		value_of_bytes(&run->result, room, n);
}

static void run_shutdown(struct call_run *run)
{
	gave_number(run, shutdown(arg(run, 0), arg(run, 1)));
}

static void run_close(struct call_run *run)
{
	gave_number(run, close(arg(run, 0)));
}

static void run_setsockopt(struct call_run *run)
{
	int64_t option = run->args[1].number;
	int value = arg(run, 2);

	gave_number(run, setsockopt(arg(run, 0), constant_level(option),
		constant_option(option), &value, sizeof(value)));
}

static void run_getsockopt(struct call_run *run)
{
	int64_t option = run->args[1].number;
	int value = 0;
	socklen_t size = sizeof(value);

	gave_number(run, getsockopt(arg(run, 0), constant_level(option),
		constant_option(option), &value, &size));
	if (!run->error)
		run->result.number = value;
}

static void run_fcntl(struct call_run *run)
{
	int command = arg(run, 1);

	gave_number(run, fcntl(arg(run, 0), command, arg(run, 2)));
	if (!run->error && command == F_GETFL) {
		run->result.kind = VALUE_CONSTANT;
		run->result.set = constant_set("status");
	}
}

/* getsockname and getpeername: the address that a function gives. */
static void run_for_address(struct call_run *run,
	int (*function)(int, struct sockaddr *, socklen_t *))
{
	struct sockaddr_storage address = {0};
	socklen_t size = sizeof(address);

	if (function(arg(run, 0), (struct sockaddr *)&address, &size) < 0)
		run->error = errno;
	else
		value_of_address(&run->result, &address);
}

static void run_getsockname(struct call_run *run)
{
	run_for_address(run, getsockname);
}

static void run_getpeername(struct call_run *run)
{
	run_for_address(run, getpeername);
}

/* ---- the rows ---- */

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
	{
		.name = "send",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_BYTES, "bytes", NULL, NULL},
			{PARAM_FLAGS, "flags", "message", "0"},
		},
		.result = RESULT_COUNT,
		.run = run_send,
		.may_wait = true,
		.sends = true,
		.help = N_("copy bytes into the send queue; gives how many "
			"it took"),
		.manual = "send(2)",
		.python = "{0}.send({1}, {2})",
		.c = "send({0}, {1}, {2})",
	},
	{
		.name = "recv",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_SIZE, "size", NULL, NULL},
			{PARAM_FLAGS, "flags", "message", "0"},
		},
		.result = RESULT_BYTES,
		.run = run_recv,
		.may_wait = true,
		.receives = true,
		.help = N_("take bytes that have arrived, so many at most; "
			"waits if there are none"),
		.manual = "recv(2)",
		.python = "{0}.recv({1}, {2})",
		.c = "recv({0}, {1}, {2})",
	},
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
		.closes = true,
		.help = N_("give the descriptor back; the last one ends the "
			"connection"),
		.manual = "close(2)",
		.python = "{0}.close()",
		.c = "close({0})",
	},
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
		.result = RESULT_NUMBER,
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
		.run = run_fcntl,
		.help = N_("read or set the flags of a descriptor; with "
			"O_NONBLOCK no call waits"),
		.manual = "fcntl(2)",
		.python = "fcntl.fcntl({0}, fcntl.{1}, {2})",
		.c = "fcntl({0}, {1}, {2})",
	},
	{
		.name = "getsockname",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
		},
		.result = RESULT_ADDRESS,
		.run = run_getsockname,
		.help = N_("the socket's own address and port"),
		.manual = "getsockname(2)",
		.python = "{0}.getsockname()",
		.c = "getsockname({0})",
	},
	{
		.name = "getpeername",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
		},
		.result = RESULT_ADDRESS,
		.run = run_getpeername,
		.help = N_("the address and port at the other end"),
		.manual = "getpeername(2)",
		.python = "{0}.getpeername()",
		.c = "getpeername({0})",
	},
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

const struct call_row *call_row_at(size_t i)
{
	return i < ROWS ? &rows[i] : NULL;
}
