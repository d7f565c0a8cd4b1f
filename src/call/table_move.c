/* table_move: bytes into the kernel, and out of it. */
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/mem.h"
#include "call/kernel_address.h"
#include "call/pieces.h"
#include "call/table_inside.h"

/* ---- out ---- */

static void run_send(struct call_run *run)
{
	struct pieces p;

	pieces_of_bytes(&p, &run->args[1], 1);
	call_gave(run, send(call_arg(run, 0), p.iov[0].iov_base,
		p.iov[0].iov_len, call_arg(run, 2)));
	pieces_done(&p);
}

static void run_write(struct call_run *run)
{
	struct pieces p;

	pieces_of_bytes(&p, &run->args[1], 1);
	call_gave(run, write(call_arg(run, 0), p.iov[0].iov_base,
		p.iov[0].iov_len));
	pieces_done(&p);
}

static void run_sendto(struct call_run *run)
{
	struct sockaddr_storage address;
	const struct value *to = &run->args[3];
	bool none = to->number == PORT_NONE;
	socklen_t size = none ? 0 : kernel_address(&address, to);
	struct pieces p;

	pieces_of_bytes(&p, &run->args[1], 1);
	call_gave(run, sendto(call_arg(run, 0), p.iov[0].iov_base,
		p.iov[0].iov_len, call_arg(run, 2),
		none ? NULL : (struct sockaddr *)&address, size));
	pieces_done(&p);
}

/* ---- in ---- */

static void run_recv(struct call_run *run)
{
	size_t size = (size_t)run->args[1].number;
	char *room = mem_zero(size);
	ssize_t n = recv(call_arg(run, 0), room, size, call_arg(run, 2));

	if (n < 0) {
		run->error = errno;
	} else if (call_arg(run, 2) & MSG_TRUNC) {
		value_of_list(&run->result, VALUE_RECORD);
		pieces_returned(&run->result, n);
		pieces_add_bytes(&run->result, room,
			pieces_given(call_arg(run, 0), n, size, true));
	} else {
		value_of_bytes(&run->result, room, n);
	}
	free(room);
}

static void run_read(struct call_run *run)
{
	size_t size = (size_t)run->args[1].number;
	char *room = mem_zero(size);
	ssize_t n = read(call_arg(run, 0), room, size);

	if (n < 0)
		run->error = errno;
	else
		value_of_bytes(&run->result, room, n);
	free(room);
}

static void run_recvfrom(struct call_run *run)
{
	struct sockaddr_storage address = {0};
	socklen_t from_size = sizeof(address);
	size_t size = (size_t)run->args[1].number;
	bool trunc = call_arg(run, 2) & MSG_TRUNC;
	char *room = mem_zero(size);
	ssize_t n = recvfrom(call_arg(run, 0), room, size, call_arg(run, 2),
		(struct sockaddr *)&address, &from_size);
	struct value from = {0};

	if (n < 0) {
		run->error = errno;
	} else {
		value_of_list(&run->result, VALUE_RECORD);
		if (trunc)
			pieces_returned(&run->result, n);
		pieces_add_bytes(&run->result, room,
			pieces_given(call_arg(run, 0), n, size, trunc));
		kernel_address_value(&from, &address, from_size);
		value_add(&run->result, "from", &from);
	}
	free(room);
}

static const struct call_row rows[] = {
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
		.name = "sendto",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_BYTES, "bytes", NULL, NULL},
			{PARAM_FLAGS, "flags", "message", "0"},
			{PARAM_ADDRESS, "address", NULL, "none"},
		},
		.result = RESULT_COUNT,
		.run = run_sendto,
		.may_wait = true,
		.sends = true,
		.help = N_("send a datagram to an address; one call, one "
			"message"),
		.manual = "send(2)",
		.python = "{0}.sendto({1}, {2}, {3})",
		.c = "sendto({0}, {1}, {2}, {3})",
	},
	{
		.name = "recvfrom",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_SIZE, "size", NULL, NULL},
			{PARAM_FLAGS, "flags", "message", "0"},
		},
		.result = RESULT_RECORD,
		.run = run_recvfrom,
		.may_wait = true,
		.receives = true,
		.help = N_("take a datagram, and learn who sent it; what does "
			"not fit is lost"),
		.manual = "recv(2)",
		.python = "{0}.recvfrom({1}, {2})",
		.c = "recvfrom({0}, {1}, {2}, &from)",
	},
	{
		.name = "write",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_BYTES, "bytes", NULL, NULL},
		},
		.result = RESULT_COUNT,
		.run = run_write,
		.may_wait = true,
		.sends = true,
		.help = N_("send without flags, as to any file"),
		.manual = "write(2)",
		.python = "os.write({0}, {1})",
		.c = "write({0}, {1})",
	},
	{
		.name = "read",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_SIZE, "size", NULL, NULL},
		},
		.result = RESULT_BYTES,
		.run = run_read,
		.may_wait = true,
		.receives = true,
		.help = N_("receive without flags, as from any file"),
		.manual = "read(2)",
		.python = "os.read({0}, {1})",
		.c = "read({0}, {1})",
	},
};

const struct call_rows table_move = CALL_ROWS(rows);
