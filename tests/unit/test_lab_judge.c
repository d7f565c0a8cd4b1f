/* Expected against observed, and the sentence when they differ. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "call/line.h"
#include "lab/judge.h"

/* What a line expects behind its arrow, and a result as an actor writes it. */
static struct expect want;
static struct value got;

static void expect_and_observe(const char *expected, const char *observed)
{
	assert_int_equal(expect_parse(&want, expected, strlen(expected), NULL,
		NULL), 0);
	assert_int_equal(line_parse_value(&got, observed, strlen(observed),
		NULL), 0);
}

static bool judged(const char *expected, const char *observed)
{
	bool met;

	expect_and_observe(expected, observed);
	met = judge_value(&want, &got);
	expect_done(&want);
	value_done(&got);
	return met;
}

static void assert_why(const char *expected, const char *observed,
	enum judge_silence silence, const char *sentence)
{
	struct buf b = {0};

	expect_and_observe(expected, observed);
	judge_value_why(&b, &want, &got, silence, "server", "accept");
	assert_string_equal(b.data, sentence);
	buf_done(&b);
	expect_done(&want);
	value_done(&got);
}

static void test_alternatives(void **state)
{
	(void)state;
	assert_true(judged("0", "0"));
	assert_false(judged("0", "ECONNREFUSED"));
	assert_true(judged("0 | ECONNREFUSED", "ECONNREFUSED"));
	assert_true(judged("_", "4"));
	assert_false(judged("_", "EAGAIN"));
	assert_true(judged("< 10", "9"));
	assert_false(judged("< 10", "10"));
}

static void test_bytes_by_bytes(void **state)
{
	(void)state;
	assert_true(judged("\"Ol\\xc3\\xa1\"", "utf8\"Ol\303\241\""));
	assert_true(judged("repeat(\"A\", 3)", "\"AAA\""));
	assert_false(judged("\"AAA\"", "\"AAAA\""));
	assert_true(judged("hex(00 01)", "\"\\0\\x01\""));
}

static void test_waits_is_not_a_result(void **state)
{
	(void)state;
	assert_false(judged("waits", "0"));
	expect_and_observe("waits", "0");
	assert_true(judge_value(&want, NULL));
	expect_done(&want);
	value_done(&got);
}

static void test_sentences(void **state)
{
	(void)state;
	assert_why("0", "ECONNREFUSED", JUDGE_ANSWERED,
		"expected 0, observed ECONNREFUSED");
	assert_why("0 | 4", "0", JUDGE_WAITS,
		"expected 0 | 4, and server is still waiting in accept");
	assert_why("4", "0", JUDGE_ENDED,
		"expected 4, and server ended in accept");
}

/* A result of 64 KiB is cut, at a whole letter. */
static void test_long_results_are_cut(void **state)
{
	struct buf b = {0}, text = {0};

	(void)state;
	buf_char(&text, '"');
	for (int i = 0; i < 5000; i++)
		buf_char(&text, 'a' + i % 26);
	buf_char(&text, '"');
	expect_and_observe("0", text.data);
	judge_value_why(&b, &want, &got, JUDGE_ANSWERED, "c", "recv");
	assert_true(b.len < 300);
	assert_string_equal(b.data + b.len - 3, "…");
	expect_done(&want);
	value_done(&got);
	buf_done(&text);
	buf_done(&b);
}

/* What came too soon or too late, and when; 0 is no limit. */
static void test_spans(void **state)
{
	struct buf b = {0};

	(void)state;
	assert_false(judge_span_why(&b, 0, 0, 5 * CLOCK_S));
	/* before it was asked for */
	assert_false(judge_span_why(&b, 0, 0, -1));
	assert_false(judge_span_why(&b, CLOCK_S, 2 * CLOCK_S, CLOCK_S));
	assert_false(judge_span_why(&b, CLOCK_S, 2 * CLOCK_S, 2 * CLOCK_S));
	assert_int_equal(b.len, 0);
	assert_true(judge_span_why(&b, CLOCK_S, 0, 12 * CLOCK_MS + 345));
	assert_string_equal(b.data,
		"expected not before 1s, it came after 12ms");
	buf_clear(&b);
	assert_true(judge_span_why(&b, CLOCK_S, 2 * CLOCK_S, -CLOCK_S));
	assert_string_equal(b.data, "expected not before 1s, it came after 0s");
	buf_clear(&b);
	assert_true(judge_span_why(&b, 0, 200 * CLOCK_MS,
		200 * CLOCK_MS + 10 * CLOCK_MS));
	assert_string_equal(b.data,
		"expected within 200ms, it came after 210ms");
	buf_done(&b);
}

static void test_frames(void **state)
{
	(void)state;
	/* at least one: met at once, failed only when nothing more comes */
	assert_int_equal(judge_frames(-1, 1, false), JUDGE_MET);
	assert_int_equal(judge_frames(-1, 0, false), JUDGE_OPEN);
	assert_int_equal(judge_frames(-1, 0, true), JUDGE_FAILED);
	/* exactly two: judged at the end, but too many is too many */
	assert_int_equal(judge_frames(2, 2, false), JUDGE_OPEN);
	assert_int_equal(judge_frames(2, 2, true), JUDGE_MET);
	assert_int_equal(judge_frames(2, 1, true), JUDGE_FAILED);
	assert_int_equal(judge_frames(2, 3, false), JUDGE_FAILED);
	/* none */
	assert_int_equal(judge_frames(0, 0, false), JUDGE_OPEN);
	assert_int_equal(judge_frames(0, 0, true), JUDGE_MET);
	assert_int_equal(judge_frames(0, 1, false), JUDGE_FAILED);
}

static void test_frame_sentences(void **state)
{
	struct buf b = {0};

	(void)state;
	judge_frames_why(&b, -1, 0, "rst from server");
	assert_string_equal(b.data, "expected at least one frame matching "
		"rst from server, observed none");
	buf_clear(&b);
	judge_frames_why(&b, 2, 1, "syn");
	assert_string_equal(b.data,
		"expected 2 frames matching syn, observed 1");
	buf_clear(&b);
	judge_frames_why(&b, 1, 0, "");
	assert_string_equal(b.data,
		"expected 1 frame matching any frame, observed 0");
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_alternatives),
		cmocka_unit_test(test_bytes_by_bytes),
		cmocka_unit_test(test_waits_is_not_a_result),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_long_results_are_cut),
		cmocka_unit_test(test_spans),
		cmocka_unit_test(test_frames),
		cmocka_unit_test(test_frame_sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
