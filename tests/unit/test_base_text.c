/* Letters, cells, escapes and distances of base/text.h. */
#include "base/text.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

/* The letter at s is point, and takes k of the n bytes. */
static void assert_letter(const char *s, size_t n, int32_t point, size_t k)
{
	int32_t got;

	assert_int_equal(text_letter(s, n, &got), k);
	assert_int_equal(got, point);
}

static void letters_well_formed(void **state)
{
	(void)state;
	assert_letter("a", 1, 'a', 1);
	assert_letter("", 1, 0, 1); /* the NUL itself */
	assert_letter("\xc3\xa1", 2, 0xe1, 2);
	assert_letter("\xe2\x86\xb5", 3, 0x21b5, 3);
	assert_letter("\xf0\x9f\x98\x80", 4, 0x1f600, 4);
	assert_letter("\xf4\x8f\xbf\xbf", 4, 0x10ffff, 4);
	assert_letter("\xed\x9f\xbf", 3, 0xd7ff, 3); /* below surrogates */
	assert_letter("\xee\x80\x80", 3, 0xe000, 3); /* above them */
}

static void letters_ill_formed(void **state)
{
	(void)state;
	assert_letter("\x80", 1, -1, 1);             /* stray */
	assert_letter("\xc3", 1, -1, 1);             /* cut off */
	assert_letter("\xc3x", 2, -1, 1);
	assert_letter("\xc0\x80", 2, -1, 1);         /* overlong NUL */
	assert_letter("\xc1\xbf", 2, -1, 1);
	assert_letter("\xe0\x9f\xbf", 3, -1, 1);     /* overlong */
	assert_letter("\xf0\x8f\xbf\xbf", 4, -1, 1); /* overlong */
	assert_letter("\xed\xa0\x80", 3, -1, 1);     /* surrogate */
	assert_letter("\xf4\x90\x80\x80", 4, -1, 1); /* above U+10FFFF */
	assert_letter("\xf5\x80\x80\x80", 4, -1, 1);
	assert_letter("\xff", 1, -1, 1);
	assert_letter("\xe2\x86", 2, -1, 1);
}

static void every_point_comes_back(void **state)
{
	struct buf b = {0};
	int32_t point;

	(void)state;
	for (point = 0; point <= 0x10ffff; point++) {
		if (point == 0xd800)
			point = 0xe000;
		buf_clear(&b);
		text_put(&b, point);
		assert_letter(b.data, b.len, point, b.len);
	}
	buf_done(&b);
}

static void counts(void **state)
{
	(void)state;
	assert_true(text_is_utf8("Olá", 4));
	assert_true(text_is_utf8("", 0));
	assert_false(text_is_utf8("Ol\xc3", 3));
	assert_int_equal(text_letters("Olá", 4), 3);
	assert_int_equal(text_letters("Ol\xc3", 3), 3);
}

static void cells(void **state)
{
	(void)state;
	assert_int_equal(text_cells_of('a'), 1);
	assert_int_equal(text_cells_of(0), -1);
	assert_int_equal(text_cells_of('\n'), -1);
	assert_int_equal(text_cells_of(0x7f), -1);
	assert_int_equal(text_cells_of(0x9b), -1);   /* CSI of C1 */
	assert_int_equal(text_cells_of(0xad), 1);    /* soft hyphen */
	assert_int_equal(text_cells_of(0xe1), 1);    /* á */
	assert_int_equal(text_cells_of(0x301), 0);   /* combining acute */
	assert_int_equal(text_cells_of(0x200d), 0);  /* zero-width joiner */
	assert_int_equal(text_cells_of(0x1100), 2);  /* Hangul choseong */
	assert_int_equal(text_cells_of(0x1161), 0);  /* Hangul jungseong */
	assert_int_equal(text_cells_of(0x2028), -1); /* line separator */
	assert_int_equal(text_cells_of(0x21b5), 1);  /* ↵ */
	assert_int_equal(text_cells_of(0x2502), 1);  /* │ */
	assert_int_equal(text_cells_of(0x4e2d), 2);  /* 中 */
	assert_int_equal(text_cells_of(0xff21), 2);  /* full-width A */
	assert_int_equal(text_cells_of(0x1f600), 2); /* a smile */
	assert_int_equal(text_cells_of(0x378), 1);   /* not assigned */
	assert_int_equal(text_cells_of(0x20000), 2); /* an ideograph */
	assert_int_equal(text_cells_of(0xd800), -1);
	assert_int_equal(text_cells_of(0x110000), -1);
	assert_int_equal(text_cells("LOGIN↵", 8), 6);
	assert_int_equal(text_cells("e\xcc\x81", 3), 1);
	assert_int_equal(text_cells("中\n\xff", 5), 3);
}

static void assert_escapes(const char *bytes, size_t n, const char *text)
{
	struct buf b = {0};

	text_escape(&b, bytes, n);
	assert_string_equal(buf_str(&b), text);
	buf_done(&b);
}

static void escapes(void **state)
{
	(void)state;
	assert_escapes("", 0, "");
	assert_escapes("LOGIN\n", 6, "LOGIN\\n");
	assert_escapes("\r\t\"\\'", 5, "\\r\\t\\\"\\\\'");
	assert_escapes("\0", 1, "\\0");
	assert_escapes("\0x", 2, "\\0x");
	assert_escapes("\0" "7", 2, "\\x007");
	assert_escapes("\0" "8", 2, "\\08");
	assert_escapes("\033\x7f\xff", 3, "\\x1b\\x7f\\xff");
}

static void assert_bytes(const char *text, const char *bytes, size_t n)
{
	struct buf b = {0};
	const char *why;
	size_t at;

	assert_int_equal(
		text_unescape(&b, text, strlen(text), true, &at, &why), 0);
	assert_int_equal(b.len, n);
	assert_memory_equal(buf_str(&b), bytes, n);
	buf_done(&b);
}

static void assert_refused(const char *text, size_t n, bool ascii_only,
	size_t at)
{
	struct buf b = {0};
	const char *why = NULL;
	size_t where = 99;

	assert_int_equal(text_unescape(&b, text, n, ascii_only, &where, &why),
		-EINVAL);
	assert_int_equal(where, at);
	assert_non_null(why);
	buf_done(&b);
}

static void unescapes(void **state)
{
	struct buf b = {0};
	const char *why;
	size_t at;

	(void)state;
	assert_bytes("", "", 0);
	assert_bytes("a\\a\\b\\f\\n\\r\\t\\v\\e", "a\a\b\f\n\r\t\v\033", 9);
	assert_bytes("\\\\\\\"\\'\\?", "\\\"'?", 4);
	assert_bytes("\\0\\08\\101\\377", "\0\0" "8A\xff", 5);
	assert_bytes("\\0123", "\n3", 2);    /* three octal digits */
	assert_bytes("\\x41" "f\\xFf", "Af\xff", 3);
	assert_refused("ab\\q", 4, true, 2);
	assert_refused("ab\\", 3, true, 2);
	assert_refused("\\x4", 3, true, 0);
	assert_refused("\\x4g", 4, true, 0);
	assert_refused("\\400", 4, true, 0);
	assert_refused("\\\0", 2, true, 0);
	assert_refused("Olá", 4, true, 2);
	assert_refused("Ol\xe1", 3, false, 2);
	assert_int_equal(text_unescape(&b, "Olá", 4, false, &at, &why), 0);
	assert_string_equal(buf_str(&b), "Olá");
	buf_done(&b);
}

/* Every pair of bytes survives being written and read. */
static void every_pair_comes_back(void **state)
{
	struct buf text = {0}, bytes = {0};
	const char *why;
	size_t at;
	int i;

	(void)state;
	for (i = 0; i < 65536; i++) {
		char pair[2] = {(char)(i >> 8), (char)i};

		buf_clear(&text);
		buf_clear(&bytes);
		text_escape(&text, pair, 2);
		assert_int_equal(text_unescape(&bytes, buf_str(&text),
			text.len, true, &at, &why), 0);
		assert_int_equal(bytes.len, 2);
		assert_memory_equal(bytes.data, pair, 2);
	}
	buf_done(&text);
	buf_done(&bytes);
}

static void symbols(void **state)
{
	struct buf b = {0};
	int i;

	(void)state;
	for (i = 0; i < 256; i++) {
		buf_clear(&b);
		text_symbol(&b, (uint8_t)i, false);
		assert_int_equal(text_cells(b.data, b.len), 1);
		assert_int_equal(text_letters(b.data, b.len), 1);
		buf_clear(&b);
		text_symbol(&b, (uint8_t)i, true);
		assert_int_equal(b.len, 1);
		assert_in_range(b.data[0], ' ', '~');
	}
	buf_clear(&b);
	text_symbol(&b, 0, false);
	text_symbol(&b, '\n', false);
	text_symbol(&b, '\r', false);
	text_symbol(&b, '\t', false);
	text_symbol(&b, 0x1b, false);
	text_symbol(&b, 0x7f, false);
	text_symbol(&b, 0x9b, false);
	text_symbol(&b, '~', false);
	assert_string_equal(b.data, "␀↵␍⇥␛␡·~");
	buf_done(&b);
}

static void distances(void **state)
{
	(void)state;
	assert_int_equal(text_distance("", ""), 0);
	assert_int_equal(text_distance("", "abc"), 3);
	assert_int_equal(text_distance("abc", ""), 3);
	assert_int_equal(text_distance("send", "send"), 0);
	assert_int_equal(text_distance("sned", "send"), 1); /* a swap */
	assert_int_equal(text_distance("sen", "send"), 1);
	assert_int_equal(text_distance("bend", "send"), 1);
	assert_int_equal(text_distance("recieve", "receive"), 1);
	assert_int_equal(text_distance("kitten", "sitting"), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_well_formed),
		cmocka_unit_test(letters_ill_formed),
		cmocka_unit_test(every_point_comes_back),
		cmocka_unit_test(counts),
		cmocka_unit_test(cells),
		cmocka_unit_test(escapes),
		cmocka_unit_test(unescapes),
		cmocka_unit_test(every_pair_comes_back),
		cmocka_unit_test(symbols),
		cmocka_unit_test(distances),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
