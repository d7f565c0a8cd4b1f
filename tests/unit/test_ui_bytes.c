/* The bytes pane's arithmetic and its inspector. */
#include "ui/bytes_inspect.h"
#include "ui/bytes_layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/text.h"

/* ---- inspector ---- */

static struct inspect at(const void *p, size_t n, size_t offset)
{
	struct inspect x;

	inspect_read(&x, p, n, offset);
	return x;
}

static void integers_in_both_orders(void **state)
{
	static const uint8_t p[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07,
		0x08, 0x09};
	struct inspect x = at(p, sizeof(p), 0);

	(void)state;
	assert_int_equal(x.n, 8);
	assert_int_equal(x.big[0], 0x01);
	assert_int_equal(x.big[1], 0x0102);
	assert_int_equal(x.little[1], 0x0201);
	assert_int_equal(x.big[2], 0x01020304);
	assert_int_equal(x.little[2], 0x04030201);
	assert_true(x.big[3] == UINT64_C(0x0102030405060708));
	assert_true(x.little[3] == UINT64_C(0x0807060504030201));
}

static void integers_need_their_bytes(void **state)
{
	static const uint8_t p[] = {0xff, 0xff, 0xff};
	struct inspect x = at(p, 3, 1);

	(void)state;
	assert_true(x.has[0] && x.has[1]);
	assert_false(x.has[2] || x.has[3]);
	x = at(p, 3, 3); /* behind the end */
	assert_int_equal(x.n, 0);
	assert_false(x.has[0]);
}

static void letters(void **state)
{
	/* "Olá": 4f 6c c3 a1; the euro sign: e2 82 ac */
	static const char p[] = "Ol\xc3\xa1\xe2\x82\xac";
	struct inspect x = at(p, 7, 0);

	(void)state;
	assert_int_equal(x.letter, INSPECT_BEGINS);
	assert_int_equal(x.point, 'O');
	x = at(p, 7, 2);
	assert_int_equal(x.letter, INSPECT_BEGINS);
	assert_int_equal(x.point, 0xe1);
	assert_int_equal(x.parts, 2);
	x = at(p, 7, 3);
	assert_int_equal(x.letter, INSPECT_INSIDE);
	assert_int_equal(x.point, 0xe1);
	assert_int_equal(x.part, 2);
	x = at(p, 7, 6);
	assert_int_equal(x.letter, INSPECT_INSIDE);
	assert_int_equal(x.point, 0x20ac);
	assert_int_equal(x.part, 3);
	assert_int_equal(x.parts, 3);
}

static void letters_that_are_not(void **state)
{
	(void)state;
	assert_int_equal(at("\xa1", 1, 0).letter, INSPECT_NO_LETTER);
	assert_int_equal(at("a\xa1", 2, 1).letter, INSPECT_NO_LETTER);
	assert_int_equal(at("\xff", 1, 0).letter, INSPECT_NO_LETTER);
	/* a letter whose rest another recv will give */
	assert_int_equal(at("Ol\xc3", 3, 2).letter, INSPECT_CUT);
	assert_int_equal(at("Ol\xc3", 3, 2).parts, 2);
	assert_int_equal(at("\xe2\x82", 2, 0).letter, INSPECT_CUT);
	/* not cut, but wrong: no continuation follows */
	assert_int_equal(at("\xc3z", 2, 0).letter, INSPECT_NO_LETTER);
}

static void safe_letters(void **state)
{
	struct buf b = {0};

	(void)state;
	inspect_put(&b, 0x1b, false);   /* escape */
	inspect_put(&b, 0x9b, false);   /* CSI of C1 */
	inspect_put(&b, 0x0301, false); /* a mark */
	inspect_put(&b, 0x202e, false); /* turns the direction */
	assert_string_equal(b.data, "␛.··");
	buf_clear(&b);
	inspect_put(&b, 0xe1, false);
	inspect_put(&b, 0xe1, true);
	assert_string_equal(b.data, "á.");
	buf_done(&b);
}

/* "LOGIN\n": 4c 4f 47 49 4e 0a */
static void two_lines(void **state)
{
	struct inspect x = at("LOGIN\n", 6, 0);
	struct buf b = {0};

	(void)state;
	inspect_line(&b, &x, 0, 2, false);
	assert_string_equal(b.data, "u8 76  u16 19535/20300  "
		"UTF-8 L U+004C  Latin-1 L  IPv4 76.79.71.73");
	buf_clear(&b);
	inspect_line(&b, &x, 1, 2, false);
	assert_string_equal(b.data,
		"u32 1280264009/1229410124  u64 -/-  big/little-endian");
	buf_done(&b);
}

/* Even the longest numbers fit a pane of 80 columns: eight bytes 0xff, and
 * the first eight of "€" and 0xff, the letter that takes most room. */
static void lines_fit(void **state)
{
	static const uint8_t p[2][9] = {{0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff, 0xff}, {0xe2, 0x82, 0xac, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff}};
	struct buf b = {0};

	(void)state;
	for (int k = 0; k < 2; k++) {
		struct inspect x = at(p[k], 9, 1);

		for (int i = 0; i < 4; i++) {
			buf_clear(&b);
			inspect_line(&b, &x, i, 4, false);
			assert_in_range(text_cells(b.data, b.len), 1, 78);
		}
		buf_clear(&b);
		inspect_line(&b, &x, 0, 2, false);
		assert_in_range(text_cells(b.data, b.len), 1, 78);
		buf_clear(&b);
		inspect_line(&b, &x, 1, 2, false);
		assert_in_range(strstr(b.data, "  big/") - b.data, 1, 78);
	}
	buf_done(&b);
}

/* ---- layout ---- */

static void small_screen(void **state)
{
	struct bytes_layout l;

	(void)state;
	bytes_layout(&l, 9, 80, 65, false);
	assert_int_equal(l.per_row, 8);
	assert_true(l.show_bytes && l.show_fields);
	assert_int_equal(l.inspector, 2);
	assert_int_equal(l.body, 6);
	/* hex, text, bar and fields lie beside each other */
	assert_true(bytes_hex_column(&l, 7) + 2 < bytes_text_column(&l, 0));
	assert_true(bytes_text_column(&l, 7) < l.bar);
	assert_true(l.bar < l.fields);
	assert_int_equal(l.fields + l.fields_width, 80);
	assert_true(l.fields_width >= 36);
}

static void larger_screens(void **state)
{
	struct bytes_layout l;

	(void)state;
	bytes_layout(&l, 12, 100, 65, false);
	assert_int_equal(l.per_row, 16);
	bytes_layout(&l, 40, 200, 65, false);
	assert_int_equal(l.per_row, 16);
	assert_int_equal(l.inspector, 4);
	assert_int_equal(l.body, 35);
}

/* Every size that can be: nothing negative, nothing outside. */
static void all_sizes(void **state)
{
	(void)state;
	for (int lines = 1; lines < 70; lines++) {
		for (int columns = 20; columns < 220; columns++) {
			struct bytes_layout l;

			bytes_layout(&l, lines, columns, UINT32_MAX, false);
			assert_true(l.body >= 0);
			assert_true(1 + l.body + l.inspector <= lines ||
				l.body == 0);
			assert_true(l.show_bytes);
			if (columns >= 28)
				assert_true(bytes_text_column(
					&l, l.per_row - 1) < columns);
			bytes_layout(&l, lines, columns, 65, true);
			assert_true(l.show_fields);
			assert_true(l.fields_width > 0);
		}
	}
}

static void one_half_at_a_time(void **state)
{
	struct bytes_layout l;

	(void)state;
	bytes_layout(&l, 8, 60, 65, false);
	assert_true(l.show_bytes && !l.show_fields);
	bytes_layout(&l, 8, 60, 65, true);
	assert_true(!l.show_bytes && l.show_fields);
	assert_int_equal(l.fields_width, 59);
}

static void columns_to_bytes_and_back(void **state)
{
	struct bytes_layout l;

	(void)state;
	bytes_layout(&l, 20, 120, 65, false);
	for (int i = 0; i < l.per_row; i++) {
		assert_int_equal(
			bytes_at_column(&l, bytes_hex_column(&l, i)), i);
		assert_int_equal(
			bytes_at_column(&l, bytes_hex_column(&l, i) + 1), i);
		assert_int_equal(
			bytes_at_column(&l, bytes_text_column(&l, i)), i);
	}
	assert_int_equal(bytes_at_column(&l, 0), -1);
	assert_int_equal(bytes_at_column(&l, l.hex + 2), -1);
}

/* Rows 8 and 9 have letters: they take lines 8, 9 and 10, 11. */
static void lines_of_letters(void **state)
{
	bool letters;

	(void)state;
	assert_int_equal(bytes_line_of_row(7, 8, 9), 7);
	assert_int_equal(bytes_line_of_row(8, 8, 9), 8);
	assert_int_equal(bytes_line_of_row(9, 8, 9), 10);
	assert_int_equal(bytes_line_of_row(10, 8, 9), 12);
	assert_int_equal(bytes_line_of_row(10, 0, -1), 10); /* none */
	for (int64_t row = 0; row < 20; row++) {
		int64_t line = bytes_line_of_row(row, 8, 9);

		assert_int_equal(
			bytes_row_of_line(line, 8, 9, &letters), row);
		assert_false(letters);
	}
	assert_int_equal(bytes_row_of_line(9, 8, 9, &letters), 8);
	assert_true(letters);
	assert_int_equal(bytes_row_of_line(11, 8, 9, &letters), 9);
	assert_true(letters);
	assert_int_equal(bytes_row_of_line(3, 0, -1, &letters), 3);
	assert_false(letters);
}

static void scrolls_as_little_as_can_be(void **state)
{
	(void)state;
	assert_int_equal(bytes_scroll(0, 3, 1, 10, 6), 0);
	assert_int_equal(bytes_scroll(0, 6, 1, 10, 6), 1);
	assert_int_equal(bytes_scroll(0, 6, 2, 10, 6), 2); /* its letters too */
	assert_int_equal(bytes_scroll(4, 2, 1, 10, 6), 2);
	assert_int_equal(bytes_scroll(9, 9, 1, 10, 6), 4); /* no empty lines */
	assert_int_equal(bytes_scroll(3, 1, 1, 4, 6), 0);  /* all fits */
	assert_int_equal(bytes_scroll(0, 5, 2, 10, 1), 5); /* no room for two */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers_in_both_orders),
		cmocka_unit_test(integers_need_their_bytes),
		cmocka_unit_test(letters),
		cmocka_unit_test(letters_that_are_not),
		cmocka_unit_test(safe_letters),
		cmocka_unit_test(two_lines),
		cmocka_unit_test(lines_fit),
		cmocka_unit_test(small_screen),
		cmocka_unit_test(larger_screens),
		cmocka_unit_test(all_sizes),
		cmocka_unit_test(one_half_at_a_time),
		cmocka_unit_test(columns_to_bytes_and_back),
		cmocka_unit_test(lines_of_letters),
		cmocka_unit_test(scrolls_as_little_as_can_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
