/* Braces: a line that stands for many. */
#include <errno.h>

#include "call/expand.h"
#include "line_tests.h"

static long count(const char *text, struct diag *d)
{
	memset(d, 0, sizeof(*d));
	return expand_count(text, strlen(text), d);
}

static void expect_line(const char *text, long turn, const char *line)
{
	struct buf b = {0};

	expand_line(&b, text, strlen(text), turn);
	assert_string_equal(buf_str(&b), line);
	buf_done(&b);
}

static void turns(void **state)
{
	static const char two[] = "client: connect(s{1..9}, "
		"server:{9001..9009}) -> 0";
	struct diag d;

	(void)state;
	assert_int_equal(count(two, &d), 9);
	expect_line(two, 0, "client: connect(s1, server:9001) -> 0");
	expect_line(two, 8, "client: connect(s9, server:9009) -> 0");
	/* one turn is a turn */
	assert_int_equal(count("close(s{7..7})", &d), 1);
	expect_line("close(s{7..7})", 0, "close(s7)");
	/* at the very end, and from 0 on */
	assert_int_equal(count("x{0..3}", &d), 4);
	expect_line("x{0..3}", 3, "x3");
	assert_int_equal(count("s{1..100000}", &d), EXPAND_MAX);
}

static void what_is_no_brace(void **state)
{
	static const char *const plain[] = {
		"", "client: close(s)", "s{", "s{1", "s{1.", "s{1..", "s{1..2",
		"s{1.2}", "s{a..b}", "s{..2}", "s{1..}", "s{1,2}",
		"setsockopt(s, SO_LINGER, {l_onoff=1, l_linger=0})",
		"send(s, \"s{1..9}\")", "send(s, \"\\\"s{1..9}\")",
		"close(s) # s{1..9}",
	};
	/* a comment, and quotes, also count behind a brace */
	static const char behind[] = "x{1..2}#{1..2} \"{1..2}\" # {1..2}";
	struct diag d;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		assert_int_equal(count(plain[i], &d), 1);
		expect_line(plain[i], 0, plain[i]);
	}
	expect_line(behind, 1, "x2#2 \"{1..2}\" # {1..2}");
	/* quoted text is left alone, what is beside it is not */
	expect_line("send(s{1..2}, \"{1..2}\")", 1, "send(s2, \"{1..2}\")");
}

static void refused(const char *text, int column, const char *says)
{
	struct diag d;

	assert_int_equal(count(text, &d), -EINVAL);
	if (d.column != column || !strstr(d.msg, says))
		fail_msg("%s\n%d: %s", text, d.column, d.msg);
}

static void mistakes(void **state)
{
	(void)state;
	refused("close(s{9..1})", 8, "counts up");
	refused("connect(s{1..9}, server:{1..8})", 25,
		"these have 8, those before have 9");
	refused("close(s{1..100001})", 8, "at most 100000 lines");
	refused("close(s{1..99999999999999999999})", 8, "at most 100000");
	refused("send(á, s{2..1})", 10, "counts up");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(turns),
		cmocka_unit_test(what_is_no_brace),
		cmocka_unit_test(mistakes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
