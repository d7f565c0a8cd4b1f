/* What an actor is told, and what it answers. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "actor/actor_line.h"
#include "base/buf.h"
#include "base/diag.h"

static void takes_a_numbered_call(void **state)
{
	static const char text[] = "18446744073709551615 recv(3, 64)";
	struct actor_line l;
	struct diag d = {0};

	(void)state;
	assert_int_equal(actor_line_parse(&l, text, sizeof(text) - 1, &d), 0);
	assert_int_equal(l.id, UINT64_MAX);
	assert_string_equal(l.line.row->name, "recv");
	assert_int_equal(l.thread, 1);
	line_done(&l.line);
	assert_int_equal(actor_line_parse(&l, "3/16 fork()", 11, &d), 0);
	assert_int_equal(l.thread, 16);
	line_done(&l.line);
	assert_int_equal(actor_line_thread("3/16 nonsense", 13), 16);
	assert_int_equal(actor_line_thread("3/17 fork()", 11), 1);
}

static void refuses_all_else(void **state)
{
	static const struct {
		const char *text;
		uint64_t id;
	} wrong[] = {
		{"", 0}, {"socket(AF_INET)", 0}, {"-1 close(3)", 0},
		{"18446744073709551616 close(3)", 0},
		{"7", 7}, {"7close(3)", 0}, {"7 ", 7}, {"7 # close(3)", 7},
		{"7 s = close(3)", 7}, {"7 close(3) -> 0", 7},
		{"7 close(s)", 7}, {"7 kill", 7}, {"7 hold", 7},
		{"7 wire: flow", 7}, {"7 client: close(3)", 7},
		{"7 actor/2: close(3)", 7}, {"7 recv waits", 7},
		{"7 connect(3, server:1)", 7}, {"7 unlink(127.0.0.1:1)", 7},
		{"7/0 close(3)", 7}, {"7/17 close(3)", 7}, {"7/ close(3)", 7},
		{"7 recv(3, 65537)", 7}, {"7 close(3) close(4)", 7},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct actor_line l;
		struct diag d = {0};

		if (actor_line_parse(&l, wrong[i].text, strlen(wrong[i].text),
				&d) == 0)
			fail_msg("parsed: %s", wrong[i].text);
		assert_true(d.msg[0]);
		assert_int_equal(l.id, wrong[i].id);
		line_done(&l.line);
	}
}

static void answers(void **state)
{
	struct value v = {0};
	struct buf b = {0};

	(void)state;
	value_of_number(&v, 3);
	actor_line_result(&b, 1, &v, (uint64_t[2]){4097, 0});
	value_of_errno(&v, EPIPE);
	actor_line_result(&b, 2, &v, (uint64_t[2]){0, 0});
	actor_line_error(&b, 3, "why");
	value_of_number(&v, 3);
	actor_line_result(&b, 4, &v, (uint64_t[2]){7, 8});
	actor_line_process(&b, 5, 4242, (int[2]){1020, 1018});
	assert_string_equal(buf_str(&b),
		"1 -> 3 cookie=4097\n2 -> EPIPE\n3 error why\n"
		"4 -> 3 cookie=7,8\n5 -> 4242 pipes=1020,1018\n");
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_a_numbered_call),
		cmocka_unit_test(refuses_all_else),
		cmocka_unit_test(answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
