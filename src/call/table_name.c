/*
 * table_name: what addresses a socket has, and what names they have.
 *
 * getaddrinfo and getnameinfo are no system calls but long ways through the C
 * library: files are read, a name server is asked, with sockets of its own.
 */
#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/intl.h"
#include "call/kernel_address.h"
#include "call/table_inside.h"

/* getsockname and getpeername: the address that a function gives. */
static void run_for_address(struct call_run *run,
	int (*function)(int, struct sockaddr *, socklen_t *))
{
	struct sockaddr_storage address = {0};
	socklen_t size = sizeof(address);

	if (function(call_arg(run, 0), (struct sockaddr *)&address, &size) < 0)
		run->error = errno;
	else
		kernel_address_value(&run->result, &address, size);
}

static void run_getsockname(struct call_run *run)
{
	run_for_address(run, getsockname);
}

static void run_getpeername(struct call_run *run)
{
	run_for_address(run, getpeername);
}

/* ---- names ---- */

/* A failure of the resolver; where it only points at errno, that. */
static void failed(struct call_run *run, int error)
{
	run->error = error == EAI_SYSTEM && errno ? errno : error;
}

/* A string, or NULL for none. */
static const char *text_of(struct buf *b, const struct value *v)
{
	if (v->kind != VALUE_BYTES)
		return NULL;
	value_unroll(b, v);
	return buf_str(b);
}

static void run_getaddrinfo(struct call_run *run)
{
	struct buf host = {0}, service = {0};
	struct addrinfo *all = NULL, *a;
	struct addrinfo hints = {
		.ai_family = call_arg(run, 2),
		.ai_socktype = call_arg(run, 3),
		.ai_flags = call_arg(run, 4),
	};
	int error = getaddrinfo(text_of(&host, &run->args[0]),
		text_of(&service, &run->args[1]), &hints, &all);

	if (error) {
		failed(run, error);
	} else {
		value_of_list(&run->result, VALUE_LIST);
		for (a = all; a; a = a->ai_next) {
			struct sockaddr_storage address = {0};
			struct value v = {0};

			memcpy(&address, a->ai_addr, a->ai_addrlen);
			kernel_address_value(&v, &address, a->ai_addrlen);
			value_add(&run->result, NULL, &v);
		}
		freeaddrinfo(all);
	}
	buf_done(&host);
	buf_done(&service);
}

static void add_text(struct value *record, const char *key, const char *text)
{
	struct value v = {0};

	value_of_bytes(&v, text, strlen(text));
	value_add(record, key, &v);
}

static void run_getnameinfo(struct call_run *run)
{
	struct sockaddr_storage address;
	socklen_t size = kernel_address(&address, &run->args[0]);
	char host[NI_MAXHOST], service[NI_MAXSERV];
	int error = getnameinfo((struct sockaddr *)&address, size, host,
		sizeof(host), service, sizeof(service), call_arg(run, 1));

	if (error) {
		failed(run, error);
		return;
	}
	value_of_list(&run->result, VALUE_RECORD);
	add_text(&run->result, "host", host);
	add_text(&run->result, "service", service);
}

static const struct call_row rows[] = {
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
	{
		.name = "getaddrinfo",
		.param = {
			{PARAM_TEXT, "node", NULL, NULL},
			{PARAM_TEXT, "service", NULL, "none"},
			{PARAM_CONST, "family", "any family", "AF_UNSPEC"},
			{PARAM_CONST, "type", "type", "SOCK_STREAM"},
			{PARAM_FLAGS, "flags", "lookup", "0"},
		},
		.result = RESULT_ADDRESSES,
		.run = run_getaddrinfo,
		.may_wait = true,
		.gives_up = true,
		.help = N_("the addresses of a name; may ask a name server "
			"and wait for it"),
		.manual = "getaddrinfo(3)",
		.python = "socket.getaddrinfo({0}, {1}, socket.{2}, "
			"socket.{3}, 0, {4})",
		.c = "getaddrinfo({0}, {1}, &hints, &found)",
	},
	{
		.name = "getnameinfo",
		.param = {
			{PARAM_ADDRESS, "address", NULL, NULL},
			{PARAM_FLAGS, "flags", "name flags", "0"},
		},
		.result = RESULT_RECORD,
		.run = run_getnameinfo,
		.may_wait = true,
		.gives_up = true,
		.help = N_("the names of an address and its port"),
		.manual = "getnameinfo(3)",
		.python = "socket.getnameinfo({0}, {1})",
		.c = "getnameinfo({0}, host, service, {1})",
	},
};

const struct call_rows table_name = CALL_ROWS(rows);
