/* A line that stands for many: which line comes when, and whose they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/diag.h"
#include "call/line.h"
#include "lab/turns.h"

static struct turns *of(const char *text, long count)
{
	return turns_new(text, strlen(text), count);
}

static void next(struct turns *t, const char *text)
{
	struct line line;

	assert_true(turns_go_on(t));
	assert_int_equal(turns_next(t, &line, NULL), 0);
	assert_string_equal(turns_text(t), text);
	assert_int_equal(line.kind, LINE_CALL);
	line_done(&line);
}

static void test_one_after_the_other(void **state)
{
	struct turns *t = of("client: close(s{7..9}) -> 0", 3);

	(void)state;
	next(t, "client: close(s7) -> 0");
	assert_false(turns_go_on(t)); /* not before this one was good */
	assert_true(turns_good(t));
	next(t, "client: close(s8) -> 0");
	assert_true(turns_good(t));
	next(t, "client: close(s9) -> 0");
	assert_false(turns_good(t)); /* the last */
	assert_false(turns_go_on(t));
	turns_free(t);
}

static void test_stops_at_the_first_that_is_not_good(void **state)
{
	struct turns *t = of("client: close(s{1..2})", 2);

	(void)state;
	next(t, "client: close(s1)");
	assert_false(turns_go_on(t));
	turns_free(t);
}

static void test_a_turn_that_is_no_line(void **state)
{
	struct turns *t = of("client: clos(s{1..2})", 2);
	struct diag d = {0};
	struct line line;

	(void)state;
	assert_int_equal(turns_next(t, &line, &d), -EINVAL);
	assert_true(d.msg[0]);
	line_done(&line);
	turns_free(t);
}

static void test_lanes_to_come(void **state)
{
	struct turns *t = of("client{2..4}: close(3)", 3);

	(void)state;
	assert_true(turns_will_name(t, "client2"));
	next(t, "client2: close(3)");
	assert_false(turns_will_name(t, "client2"));
	assert_true(turns_will_name(t, "client4"));
	assert_false(turns_will_name(t, "client5"));
	assert_false(turns_will_name(t, "client"));
	turns_free(t);
	t = of("server/{2..3}: close(3)", 2);
	assert_true(turns_will_name(t, "server/3"));
	assert_false(turns_will_name(t, "server"));
	turns_free(t);
	/* braces elsewhere: the order itself says whose it is */
	t = of("server: close({3..4})", 2);
	assert_false(turns_will_name(t, "server"));
	turns_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_after_the_other),
		cmocka_unit_test(test_stops_at_the_first_that_is_not_good),
		cmocka_unit_test(test_a_turn_that_is_no_line),
		cmocka_unit_test(test_lanes_to_come),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
