/* lesson/typed.h: lines that stand for many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/diag.h"
#include "call/line.h"
#include "lesson/typed.h"

/* What is sent for a text, "" when it is wrong. */
static void assert_sends(const char *text, const char *lane, bool is_many,
	const char *wanted)
{
	struct buf send = {0};
	struct diag d = {0};
	struct line first;
	bool many;
	int error = typed_parse(&first, &send, &many, text, strlen(text), lane,
		&d, NULL);

	assert_string_equal(error ? "" : buf_str(&send), wanted);
	if (!error)
		assert_int_equal(many, is_many);
	else
		assert_true(d.msg[0] != '\0');
	line_done(&first);
	buf_done(&send);
}

static void test_many(void **state)
{
	(void)state;
	assert_sends("client: s{1..3} = socket(AF_INET) -> {3..5}", NULL, true,
		"client: s{1..3} = socket(AF_INET) -> {3..5}");
	assert_sends("s{1..3} = socket(AF_INET)", "client", true,
		"client: s{1..3} = socket(AF_INET)");
	assert_sends("server:  has LISTEN x 2", NULL, false,
		"server: has LISTEN x 2");
	/* in quotes braces are bytes */
	assert_sends("client: send(s, \"{1..3}\")", NULL, false,
		"client: send(s, \"{1..3}\")");
}

static void test_wrong(void **state)
{
	(void)state;
	assert_sends("client: s{1..3} = socket({1..2})", NULL, false, "");
	assert_sends("client: s{1..3} = sokcet(AF_INET)", NULL, false, "");
	assert_sends("s{1..3} = socket(AF_INET)", NULL, false, "");
	/* good at its first turn, out of range at its last */
	assert_sends("client: connect(s, server:{65535..65536})", NULL, false,
		"");
}

static void test_without_expect(void **state)
{
	struct buf b = {0};

	(void)state;
	typed_without_expect(&b, "client: s{1..3} = socket(AF_INET) -> {3..5}");
	assert_string_equal(buf_str(&b), "client: s{1..3} = socket(AF_INET)");
	buf_clear(&b);
	typed_without_expect(&b, "client: close(s{1..3})");
	assert_string_equal(buf_str(&b), "client: close(s{1..3})");
	buf_clear(&b);
	/* an arrow of the bytes, and one behind a quoted quote */
	typed_without_expect(&b, "client: send(s, \"a\\\"->b\") -> 5");
	assert_string_equal(buf_str(&b), "client: send(s, \"a\\\"->b\")");
	buf_clear(&b);
	typed_without_expect(&b, "client: send(s, \"a->b\")");
	assert_string_equal(buf_str(&b), "client: send(s, \"a->b\")");
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_without_expect),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
