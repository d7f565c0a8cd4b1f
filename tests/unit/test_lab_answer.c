/* One line of an actor → number, result, cookie. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/diag.h"
#include "lab/answer.h"

static struct answer_line a;
static struct diag d;

static int parse(const char *text)
{
	memset(&d, 0, sizeof(d));
	return answer_parse(&a, text, strlen(text), &d);
}

static void test_number(void **state)
{
	(void)state;
	assert_int_equal(parse("17 -> 4"), 0);
	assert_int_equal(a.number, 17);
	assert_int_equal(a.result.kind, VALUE_NUMBER);
	assert_int_equal(a.result.number, 4);
	assert_int_equal(a.cookie[0], 0);
}

static void test_cookie(void **state)
{
	(void)state;
	assert_int_equal(parse("1 -> 3 cookie=4097"), 0);
	assert_int_equal(a.result.number, 3);
	assert_int_equal(a.cookie[0], 4097);
	assert_int_equal(a.text_len, 1);
}

/* Bytes that look like a cookie are bytes. */
static void test_cookie_in_bytes(void **state)
{
	(void)state;
	assert_int_equal(parse("2 -> \"x cookie=5\""), 0);
	assert_int_equal(a.result.kind, VALUE_BYTES);
	assert_int_equal(a.result.len, 10);
	assert_int_equal(a.cookie[0], 0);
	value_done(&a.result);
}

static void test_two_cookies(void **state)
{
	(void)state;
	assert_int_equal(parse("1 -> [3, 4] cookie=4097,4098"), 0);
	assert_int_equal(a.result.kind, VALUE_LIST);
	assert_int_equal(a.result.items, 2);
	assert_int_equal(a.cookie[0], 4097);
	assert_int_equal(a.cookie[1], 4098);
	assert_int_equal(a.pipes[0], -1);
	value_done(&a.result);
}

/* A fork: the child, and the far ends of its pipes. */
static void test_pipes(void **state)
{
	(void)state;
	assert_int_equal(parse("5 -> 7 pipes=1019,1020"), 0);
	assert_int_equal(a.result.number, 7);
	assert_int_equal(a.pipes[0], 1019);
	assert_int_equal(a.pipes[1], 1020);
	assert_int_equal(a.cookie[0], 0);
	assert_int_equal(a.text_len, 1);
}

static void test_beginning(void **state)
{
	(void)state;
	assert_true(answer_is_beginning("thread 2", 8));
	assert_false(answer_is_beginning("2 -> \"thread 2\"", 15));
	assert_false(answer_is_beginning("thread ", 7));
}

static void test_errno(void **state)
{
	(void)state;
	assert_int_equal(parse("3 -> ECONNREFUSED"), 0);
	assert_int_equal(a.result.kind, VALUE_ERRNO);
	assert_int_equal(a.result.number, ECONNREFUSED);
}

static void test_not_an_answer(void **state)
{
	static const char *const wrong[] = {
		"", "x", "1", "1 ->", "1 -> ", "-> 4", "1 4", "1 -> ?!",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(parse(wrong[i]), -EINVAL);
		assert_true(d.msg[0]);
		value_done(&a.result);
	}
	assert_int_equal(parse("1 error no such call"), -EINVAL);
	assert_string_equal(d.msg, "no such call");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_number),
		cmocka_unit_test(test_cookie),
		cmocka_unit_test(test_cookie_in_bytes),
		cmocka_unit_test(test_two_cookies),
		cmocka_unit_test(test_pipes),
		cmocka_unit_test(test_beginning),
		cmocka_unit_test(test_errno),
		cmocka_unit_test(test_not_an_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
