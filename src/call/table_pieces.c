/*
 * table_pieces: sendmsg, recvmsg and writev: several buffers with one call,
 * and the flags that come back.
 */
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <linux/errqueue.h>

#include "base/intl.h"
#include "call/kernel_address.h"
#include "call/pieces.h"
#include "call/table_inside.h"

static void run_writev(struct call_run *run)
{
	struct pieces p;

	pieces_of_bytes(&p, run->args[1].item, run->args[1].items);
	call_gave(run, writev(call_arg(run, 0), p.iov, (int)p.n));
	pieces_done(&p);
}

static void run_sendmsg(struct call_run *run)
{
	struct sockaddr_storage address;
	struct msghdr m = {0};
	struct pieces p;

	pieces_of_bytes(&p, run->args[1].item, run->args[1].items);
	m.msg_iov = p.iov;
	m.msg_iovlen = p.n;
	if (run->args[3].number != PORT_NONE) {
		m.msg_namelen = kernel_address(&address, &run->args[3]);
		m.msg_name = &address;
	}
	call_gave(run, sendmsg(call_arg(run, 0), &m, call_arg(run, 2)));
	pieces_done(&p);
}

/* The buffers as they were filled, up to the last that has bytes. */
static void add_buffers(struct value *record, const struct pieces *p,
	size_t given)
{
	struct value list = {0}, bytes;
	size_t i, n;

	value_of_list(&list, VALUE_LIST);
	for (i = 0; i < p->n && given; i++) {
		n = given < p->iov[i].iov_len ? given : p->iov[i].iov_len;
		given -= n;
		bytes = (struct value){0};
		value_of_bytes(&bytes, p->iov[i].iov_base, n);
		value_add(&list, NULL, &bytes);
	}
	value_add(record, "buffers", &list);
}

/* What an ICMP message told, out of the error queue (ip(7)). */
static void add_error(struct value *record, struct msghdr *m)
{
	struct cmsghdr *c;

	for (c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
		struct value error = {0}, offender = {0};
		struct sockaddr_storage address = {0};
		struct sock_extended_err e;
		size_t more;

		if (!((c->cmsg_level == IPPROTO_IP &&
			c->cmsg_type == IP_RECVERR) ||
			(c->cmsg_level == IPPROTO_IPV6 &&
			c->cmsg_type == IPV6_RECVERR)) ||
			c->cmsg_len < CMSG_LEN(sizeof(e)))
			continue;
		memcpy(&e, CMSG_DATA(c), sizeof(e));
		more = c->cmsg_len - CMSG_LEN(sizeof(e));
		if (more > sizeof(address))
			more = sizeof(address);
		memcpy(&address, CMSG_DATA(c) + sizeof(e), more);
		value_of_constant(&error, "errno", e.ee_errno);
		value_add(record, "error", &error);
		kernel_address_value(&offender, &address, (socklen_t)more);
		value_add(record, "offender", &offender);
	}
}

static void add_received(struct call_run *run, struct msghdr *m,
	const struct pieces *p, ssize_t n)
{
	struct value flags = {0}, from = {0};
	bool trunc = call_arg(run, 2) & MSG_TRUNC;

	value_of_list(&run->result, VALUE_RECORD);
	if (trunc)
		pieces_returned(&run->result, n);
	add_buffers(&run->result, p, pieces_given(call_arg(run, 0), n,
		pieces_size(p), trunc));
	value_of_constant(&flags, "message", m->msg_flags);
	value_add(&run->result, "flags", &flags);
	kernel_address_value(&from, m->msg_name, m->msg_namelen);
	value_add(&run->result, "from", &from);
	add_error(&run->result, m);
}

static void run_recvmsg(struct call_run *run)
{
	struct sockaddr_storage address = {0};
	union {
		struct cmsghdr align;
		char bytes[512];
	} control;
	struct msghdr m = {
		.msg_name = &address, .msg_namelen = sizeof(address),
	};
	struct pieces p;
	ssize_t n;

	pieces_of_sizes(&p, run->args[1].item, run->args[1].items);
	m.msg_iov = p.iov;
	m.msg_iovlen = p.n;
	if (call_arg(run, 2) & MSG_ERRQUEUE) {
		m.msg_control = &control;
		m.msg_controllen = sizeof(control);
	}
	n = recvmsg(call_arg(run, 0), &m, call_arg(run, 2));
	if (n < 0)
		run->error = errno;
	else
		add_received(run, &m, &p, n);
	pieces_done(&p);
}

static const struct call_row rows[] = {
	{
		.name = "sendmsg",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_BUFFERS, "buffers", NULL, NULL},
			{PARAM_FLAGS, "flags", "message", "0"},
			{PARAM_ADDRESS, "address", NULL, "none"},
		},
		.result = RESULT_COUNT,
		.run = run_sendmsg,
		.may_wait = true,
		.sends = true,
		.help = N_("send what lies in several buffers as if it were "
			"one"),
		.manual = "send(2)",
		.python = "{0}.sendmsg({1}, [], {2}, {3})",
		.c = "sendmsg({0}, {1}, {2}, {3})",
	},
	{
		.name = "recvmsg",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_SIZES, "sizes", NULL, NULL},
			{PARAM_FLAGS, "flags", "message", "0"},
		},
		.result = RESULT_RECORD,
		.run = run_recvmsg,
		.may_wait = true,
		.receives = true,
		.help = N_("fill several buffers; its flags tell when a "
			"datagram was cut"),
		.manual = "recv(2)",
		.python = "{0}.recvmsg_into([bytearray(n) for n in {1}], 0, "
			"{2})",
		.c = "recvmsg({0}, {1}, {2})",
	},
	{
		.name = "writev",
		.param = {
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_BUFFERS, "buffers", NULL, NULL},
		},
		.result = RESULT_COUNT,
		.run = run_writev,
		.may_wait = true,
		.sends = true,
		.help = N_("write what lies in several buffers with one call"),
		.manual = "writev(2)",
		.python = "os.writev({0}, {1})",
		.c = "writev({0}, {1})",
	},
};

const struct call_rows table_pieces = CALL_ROWS(rows);
