/* Bytes: their shortest exact spelling, and comparison by bytes. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/diag.h"
#include "call/line.h"
#include "call/value.h"

static void expect_print(const void *p, size_t n, const char *text)
{
	struct value v = {0};
	struct buf b = {0};

	value_of_bytes(&v, p, n);
	value_print(&b, &v);
	assert_string_equal(buf_str(&b), text);
	buf_done(&b);
	value_done(&v);
}

static void prints_shortest(void **state)
{
	(void)state;
	expect_print("", 0, "\"\"");
	expect_print("LOGIN\n", 6, "\"LOGIN\\n\"");
	/* a NUL before a digit is not \0: C would read on */
	expect_print("\0" "1\0", 3, "\"\\x001\\0\"");
	/* "Olá" in UTF-8, as a kernel gives it */
	expect_print("Ol\xc3\xa1", 4, "\"Ol\\xc3\\xa1\"");
	/* three bytes that are no text */
	expect_print("\xff\xfe\xfd", 3, "hex(ff fe fd)");
	/* seventeen: groups of four */
	expect_print("\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c"
		"\x8d\x8e\x8f\x90", 17,
		"hex(80818283 84858687 88898a8b 8c8d8e8f 90)");
	expect_print("AAAAAAAAAAAAAAAAAAAA", 20, "repeat(\"A\", 20)");
	/* shorter than repeat("AB", 3) */
	expect_print("ABABAB", 6, "\"ABABAB\"");
	expect_print("PINGPINGPINGPINGPINGPING", 24, "repeat(\"PING\", 6)");
	expect_print("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16,
		"repeat(\"\\0\", 16)");
}

static void parse(struct value *v, const char *text, size_t n)
{
	struct diag d = {0};

	if (line_parse_value(v, text, n, &d) < 0)
		fail_msg("%.200s: %s", text, d.msg);
}

/* Print, parse, compare; returns the printed size. */
static size_t round_trip(const struct value *v)
{
	struct value again = {0};
	struct buf b = {0}, once = {0}, twice = {0};
	size_t size;

	value_print(&b, v);
	parse(&again, buf_str(&b), b.len);
	value_unroll(&once, v);
	value_unroll(&twice, &again);
	assert_int_equal(once.len, twice.len);
	assert_memory_equal(buf_str(&once), buf_str(&twice), once.len);
	assert_int_equal(v->kind, again.kind);
	assert_int_equal(v->spelling, again.spelling);
	assert_true(value_matches(v, &again));
	assert_true(value_matches(&again, v));
	size = b.len;
	value_done(&again);
	buf_done(&b);
	buf_done(&once);
	buf_done(&twice);
	return size;
}

static uint8_t noise[65536];

/* Noise over few different bytes, so that text, repeats and hex all occur. */
static void make_noise(size_t n, int letters)
{
	size_t i;

	for (i = 0; i < n; i++)
		noise[i] = letters < 256 ? "A\n\0" "1\x80\\\""[rand() % letters]
			: rand() & 0xff;
}

static void any_bytes_come_back(void **state)
{
	static const enum value_spelling spelling[] = {VALUE_QUOTED,
		VALUE_UTF8, VALUE_LATIN1, VALUE_HEX};
	int i;

	(void)state;
	srand(1);
	for (i = 0; i < 20000; i++) {
		struct value v = {0};
		size_t n = rand() % 24;

		make_noise(n, i % 2 ? 256 : 1 + i % 7);
		value_of_bytes(&v, noise, n);
		round_trip(&v);
		value_done(&v);
		value_of_bytes(&v, noise, n);
		if (v.spelling != VALUE_REPEAT) {
			v.spelling = spelling[i % 4];
			round_trip(&v);
		}
		value_done(&v);
	}
}

static void large_noise_is_bounded(void **state)
{
	struct value v = {0};
	size_t size;

	(void)state;
	srand(2);
	make_noise(sizeof(noise), 256);
	value_of_bytes(&v, noise, sizeof(noise));
	size = round_trip(&v);
	assert_true(size * 2 <= sizeof(noise) * 5); /* 2.5 for a byte */
	value_done(&v);
	memset(noise, 'A', sizeof(noise));
	value_of_bytes(&v, noise, sizeof(noise));
	assert_int_equal(round_trip(&v), strlen("repeat(\"A\", 65536)"));
	value_done(&v);
}

static void every_byte_alone(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 256; i++) {
		struct value v = {0};
		uint8_t byte = i;

		value_of_bytes(&v, &byte, 1);
		assert_int_equal(value_size(&v), 1);
		round_trip(&v);
		v.spelling = VALUE_LATIN1;
		round_trip(&v);
		value_done(&v);
	}
}

static void compares_bytes_not_spelling(void **state)
{
	static const char *const same[] = {"\"AAAA\"", "hex(41414141)",
		"repeat(\"AA\", 2)", "utf8\"AAAA\"", "latin1\"\\x41AAA\"",
		"u32be(1094795585)", "u32le(0x41414141)"};
	size_t i, j;

	(void)state;
	for (i = 0; i < 7; i++)
		for (j = 0; j < 7; j++) {
			struct value a, b;

			parse(&a, same[i], strlen(same[i]));
			parse(&b, same[j], strlen(same[j]));
			assert_true(value_matches(&a, &b));
			value_done(&a);
			value_done(&b);
		}
}

static bool matches(const char *expected, const char *observed)
{
	struct value a, b;
	bool result;

	parse(&a, expected, strlen(expected));
	parse(&b, observed, strlen(observed));
	result = value_matches(&a, &b);
	value_done(&a);
	value_done(&b);
	return result;
}

static void compares_the_rest(void **state)
{
	(void)state;
	assert_true(matches("4", "4"));
	assert_false(matches("4", "5"));
	assert_false(matches("4", "\"4\""));
	assert_true(matches("EAGAIN", "EWOULDBLOCK"));
	assert_false(matches("EPIPE", "ECONNRESET"));
	assert_true(matches("<100", "99"));
	assert_false(matches("<100", "100"));
	assert_false(matches("<100", "EAGAIN"));
	assert_true(matches("_", "7"));
	assert_true(matches("_", "\"\""));
	assert_false(matches("_", "EPIPE"));
	assert_true(matches("10.0.0.1:_", "10.0.0.1:40000"));
	assert_false(matches("10.0.0.1:_", "10.0.0.2:40000"));
	assert_true(matches("[fd00::1]:80", "[fd00:0:0::1]:80"));
	assert_false(matches("[fd00::1]:80", "[fd00::1]:81"));
	assert_true(matches("O_NONBLOCK | O_RDWR", "O_RDWR | O_NONBLOCK"));
	assert_false(matches("O_RDWR", "O_RDWR | O_NONBLOCK"));
	assert_true(matches("2", "O_RDWR"));
	assert_false(matches("\"AB\"", "\"ABAB\""));
	assert_true(matches("\"\"", "repeat(\"A\", 0)"));
	/* pieces of 6 and of 4 bytes: compared across their borders */
	assert_true(matches("repeat(\"ABABAB\", 2)", "repeat(\"ABAB\", 3)"));
	assert_false(matches("repeat(\"ABABAB\", 2)", "repeat(\"ABAC\", 3)"));
}

static void huge_repeats_stay_small(void **state)
{
	(void)state;
	assert_true(matches("repeat(\"A\", 536870912)",
		"repeat(\"AAAA\", 134217728)"));
}

static void copies_are_independent(void **state)
{
	struct value a, b;

	(void)state;
	parse(&a, "server:80", 9);
	value_copy(&b, &a);
	value_done(&a);
	assert_int_equal(a.kind, VALUE_NONE);
	assert_string_equal(b.text, "server");
	assert_int_equal(b.number, 80);
	value_done(&b);
	value_done(&b);
}

static void addresses_of_the_kernel(void **state)
{
	struct sockaddr_storage s = {0};
	struct sockaddr_in6 *in6 = (void *)&s;
	struct value v = {0};
	struct buf b = {0};

	(void)state;
	in6->sin6_family = AF_INET6;
	in6->sin6_port = htons(80);
	inet_pton(AF_INET6, "fd00::2", &in6->sin6_addr);
	value_of_address(&v, &s);
	value_print(&b, &v);
	assert_string_equal(buf_str(&b), "[fd00::2]:80");
	buf_done(&b);
	value_done(&v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prints_shortest),
		cmocka_unit_test(any_bytes_come_back),
		cmocka_unit_test(large_noise_is_bounded),
		cmocka_unit_test(every_byte_alone),
		cmocka_unit_test(compares_bytes_not_spelling),
		cmocka_unit_test(compares_the_rest),
		cmocka_unit_test(huge_repeats_stay_small),
		cmocka_unit_test(copies_are_independent),
		cmocka_unit_test(addresses_of_the_kernel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
