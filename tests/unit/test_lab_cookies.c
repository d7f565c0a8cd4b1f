/* The table of cookies: found, not found, and kept through its growth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lab/cookies.h"

static void test_an_empty_one_has_nothing(void **state)
{
	struct cookies c = {0};

	(void)state;
	assert_true(cookies_find(&c, 0) == COOKIES_NONE);
	assert_true(cookies_find(&c, 4097) == COOKIES_NONE);
	cookies_done(&c);
}

static void test_the_first_place_counts(void **state)
{
	struct cookies c = {0};

	(void)state;
	cookies_add(&c, 4097, 7);
	cookies_add(&c, 4097, 8);
	cookies_add(&c, 0, 0); /* both are numbers like any other */
	assert_int_equal(cookies_find(&c, 4097), 7);
	assert_int_equal(cookies_find(&c, 0), 0);
	assert_true(cookies_find(&c, 4098) == COOKIES_NONE);
	cookies_done(&c);
	assert_true(cookies_find(&c, 4097) == COOKIES_NONE);
}

/* Numbers that count up, and numbers whose low halves are all the same. */
static void test_it_grows(void **state)
{
	struct cookies c = {0};

	(void)state;
	for (uint64_t i = 0; i < 5000; i++) {
		cookies_add(&c, i, 2 * i);
		cookies_add(&c, (i + 1) << 32, 2 * i + 1);
	}
	for (uint64_t i = 0; i < 5000; i++) {
		assert_int_equal(cookies_find(&c, i), 2 * i);
		assert_int_equal(cookies_find(&c, (i + 1) << 32), 2 * i + 1);
	}
	assert_true(cookies_find(&c, 5000) == COOKIES_NONE);
	cookies_done(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_empty_one_has_nothing),
		cmocka_unit_test(test_the_first_place_counts),
		cmocka_unit_test(test_it_grows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
