/* The table: rows are whole, constants and errnos have their names. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/diag.h"
#include "call/line.h"
#include "call/table.h"

/* What a row promises to parser, help, completion and exports. */
static void rows_are_whole(void **state)
{
	const struct call_row *row;
	char manual[40];
	int p, section;
	size_t i;

	(void)state;
	for (i = 0; (row = call_row_at(i)); i++) {
		assert_ptr_equal(call_row(row->name), row);
		/* the actor itself forks */
		assert_int_equal(row->run == NULL,
			row->result == RESULT_PROCESS);
		assert_non_null(row->help);
		assert_int_equal(sscanf(row->manual, "%39[a-z0-9_](%d)",
			manual, &section), 2);
		assert_true(section == 2 || section == 3);
		/* accept4 is told on accept's page, recvfrom on recv's */
		assert_memory_equal(row->name, manual, 3);
		assert_non_null(strstr(row->c, row->name));
		assert_non_null(row->python);
		for (p = 0; p < call_params(row); p++) {
			const struct param *q = &row->param[p];
			bool named = q->kind == PARAM_CONST ||
				q->kind == PARAM_FLAGS ||
				q->kind == PARAM_WANTED ||
				q->kind == PARAM_OPTION;

			assert_non_null(q->name);
			assert_int_equal(named, constant_set(q->set) != NULL);
			/* what has a default has no required one behind */
			if (p && row->param[p - 1].otherwise)
				assert_non_null(q->otherwise);
		}
		/* one line at 80 columns */
		assert_true(strlen(row->help) < 78);
		assert_int_equal(row->result_set != NULL,
			constant_set(row->result_set) != NULL);
	}
	assert_int_equal(i, 37);
}

/* Made without its optional arguments, each call takes the defaults: on a
 * descriptor that is not open the kernel answers, not we. */
static void defaults_are_right(void **state)
{
	const struct call_row *row;
	size_t i;

	(void)state;
	for (i = 0; (row = call_row_at(i)); i++) {
		struct value result = {0};
		struct buf b = {0};
		struct diag d = {0};
		struct line l;
		int p;

		if (row->param[0].kind != PARAM_FD)
			continue;
		buf_printf(&b, "client: %s(999", row->name);
		for (p = 1; p < call_params(row) &&
			!row->param[p].otherwise; p++) {
			static const char *const plain[] = {
				[PARAM_NUMBER] = "1", [PARAM_SIZE] = "1",
				[PARAM_BYTES] = "\"x\"",
				[PARAM_ADDRESS] = "127.0.0.1:9",
				[PARAM_OPTVALUE] = "1",
				[PARAM_FD] = "998",
				[PARAM_BUFFERS] = "[\"x\"]",
				[PARAM_SIZES] = "[1]"};
			const struct param *q = &row->param[p];

			buf_printf(&b, ", %s", q->set ?
				constant_at(q->set, 0) : plain[q->kind]);
		}
		buf_char(&b, ')');
		if (line_parse(&l, b.data, b.len, NULL, &d, NULL) < 0)
			fail_msg("%s: %s", b.data, d.msg);
		assert_int_equal(line_check_ready(&l, &d), 0);
		line_run(&l, &result);
		assert_int_equal(result.kind, VALUE_ERRNO);
		assert_int_equal(result.number, EBADF);
		value_done(&result);
		line_done(&l);
		buf_done(&b);
	}
}

static void signatures(void **state)
{
	struct buf b = {0};

	(void)state;
	call_signature(&b, call_row("send"));
	assert_string_equal(buf_str(&b), "send(fd, bytes, flags=0) -> count");
	buf_clear(&b);
	call_signature(&b, call_row("accept"));
	assert_string_equal(buf_str(&b), "accept(fd) -> fd");
	buf_done(&b);
}

static void nearest_words(void **state)
{
	(void)state;
	assert_string_equal(call_nearest("snd"), "send");
	assert_string_equal(call_nearest("sokcet"), "socket");
	assert_string_equal(call_nearest("RECV"), "recv");
	assert_null(call_nearest("frobnicate"));
	assert_string_equal(constant_nearest("family", "af_inet"), "AF_INET");
	assert_null(constant_nearest("family", "SOCK_STREAM"));
	assert_string_equal(errno_nearest("ECONREFUSED"), "ECONNREFUSED");
	assert_null(errno_nearest("x"));
}

static void constants(void **state)
{
	int64_t n = 0;
	struct buf b = {0};

	(void)state;
	assert_true(constant_number("family", "AF_INET6", &n));
	assert_int_equal(n, AF_INET6);
	assert_false(constant_number("type", "AF_INET6", &n));
	assert_true(constant_number(NULL, "MSG_PEEK", &n));
	assert_int_equal(n, MSG_PEEK);
	assert_true(constant_number("option", "TCP_NODELAY", &n));
	assert_int_equal(constant_level(n), IPPROTO_TCP);
	assert_int_equal(constant_option(n), TCP_NODELAY);
	assert_string_equal(constant_name("how", SHUT_RD), "SHUT_RD");
	assert_null(constant_name("how", 77));
	assert_null(constant_at("how", 3));
	constant_print(&b, constant_set("status"), O_RDWR | O_NONBLOCK);
	assert_string_equal(buf_str(&b), "O_RDWR | O_NONBLOCK");
	buf_clear(&b);
	constant_print(&b, constant_set("message"), 0);
	assert_string_equal(buf_str(&b), "0");
	buf_clear(&b);
	constant_print(&b, constant_set("message"), MSG_PEEK | 0x10000000);
	assert_string_equal(buf_str(&b), "MSG_PEEK | 0x10000000");
	buf_clear(&b);
	constant_print(&b, NULL, 7);
	assert_string_equal(buf_str(&b), "7");
	buf_done(&b);
}

/* A base and flags beside it: SOCK_SEQPACKET is 5, the bits of a stream and of
 * something else. */
static void joined_constants(void **state)
{
	static const struct {
		const char *set;
		int64_t number;
		const char *text;
	} joined[] = {
		{"type", SOCK_SEQPACKET, "SOCK_SEQPACKET"},
		{"type", SOCK_STREAM | SOCK_NONBLOCK,
			"SOCK_STREAM | SOCK_NONBLOCK"},
		{"status", O_WRONLY | O_APPEND, "O_WRONLY | O_APPEND"},
		{"status", O_NONBLOCK, "O_NONBLOCK"},
		{"status", O_ACCMODE, "0x3"},
		{"status", 0, "0"},
		{"poll", POLLIN | POLLHUP, "POLLIN | POLLHUP"},
		{"epoll", EPOLLIN | EPOLLET, "EPOLLIN | EPOLLET"},
		{"errno", 111, "111 (ECONNREFUSED)"},
		{"errno", 0, "0"},
		{"state", 10, "LISTEN"},
		{"disposition", 0, "SIG_DFL"},
	};
	struct buf b = {0};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(joined) / sizeof(joined[0]); i++) {
		constant_print(&b, constant_set(joined[i].set),
			joined[i].number);
		assert_string_equal(buf_str(&b), joined[i].text);
		buf_clear(&b);
	}
	buf_done(&b);
}

/* Each option has a row, found by its number, which carries its level. */
static void options(void **state)
{
	const struct option_row *o;
	int64_t n;
	size_t i;

	(void)state;
	for (i = 0; (o = option_row_at(i)); i++) {
		assert_true(constant_number("option", o->name, &n));
		assert_ptr_equal(option_row(n), o);
		assert_string_equal(constant_name("option", n), o->name);
		assert_int_equal(o->tcp, o->level == IPPROTO_TCP);
		assert_non_null(o->help);
		assert_true(strlen(o->help) < 78);
	}
	assert_true(i >= 22);
	assert_null(option_row(-1));
}

static void errnos(void **state)
{
	int n;

	(void)state;
	assert_string_equal(errno_name(ECONNREFUSED), "ECONNREFUSED");
	assert_int_equal(errno_number("ECONNREFUSED"), ECONNREFUSED);
	assert_int_equal(errno_number("EWOULDBLOCK"), EAGAIN);
	assert_int_equal(errno_number("ENOSUCH"), 0);
	assert_int_equal(errno_number(""), 0);
	assert_null(errno_name(0));
	assert_null(errno_name(-99));
	/* what getaddrinfo gives, netdb.h */
	assert_string_equal(errno_name(-2), "EAI_NONAME");
	assert_int_equal(errno_number("EAI_SERVICE"), -8);
	assert_string_equal(errno_nearest("EAI_NONAM"), "EAI_NONAME");
	assert_string_equal(errno_sentence(-2),
		"Name or service not known");
	for (n = 1; n < 134; n++)
		if (errno_name(n))
			assert_int_equal(errno_number(errno_name(n)), n);
}

/* Names that no actor has bound, and numbers beyond what a call takes, do not
 * reach the kernel. */
static void not_ready(void **state)
{
	static const char *const lines[] = {"client: close(s)",
		"client: connect(3, server:9)", "client: unlink(127.0.0.1:9)",
		"client: unlink(unix:@x)", "client: send(3, x)"};
	struct diag d = {0};
	struct line l;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		assert_int_equal(line_parse(&l, lines[i], strlen(lines[i]),
			NULL, &d, NULL), 0);
		assert_int_equal(line_check_ready(&l, &d), -EINVAL);
		line_done(&l);
	}
	/* a name that stood for too large a number */
	assert_int_equal(line_parse(&l, "client: recv(3, n)", 18, NULL, &d,
		NULL), 0);
	value_done(&l.arg[1]);
	value_of_number(&l.arg[1], CALL_RECV_MAX + 1);
	assert_int_equal(line_check_ready(&l, &d), -EINVAL);
	l.arg[1].number = CALL_RECV_MAX;
	assert_int_equal(line_check_ready(&l, &d), 0);
	/* and one that stood for bytes */
	value_done(&l.arg[1]);
	value_of_bytes(&l.arg[1], "x", 1);
	assert_int_equal(line_check_ready(&l, &d), -EINVAL);
	line_done(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_whole),
		cmocka_unit_test(defaults_are_right),
		cmocka_unit_test(signatures),
		cmocka_unit_test(nearest_words),
		cmocka_unit_test(constants),
		cmocka_unit_test(joined_constants),
		cmocka_unit_test(options),
		cmocka_unit_test(errnos),
		cmocka_unit_test(not_ready),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
