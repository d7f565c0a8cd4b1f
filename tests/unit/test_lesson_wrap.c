/* Marked text broken into lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "lesson/lesson.h"
#include "lesson/wrap.h"

/* Lines joined by |, a span of a style in <…>, indents as dots. */
static void shows(const char *marked, int width, int indent,
	const char *expected)
{
	struct buf b = {0};
	struct wrapped w;

	wrap_indented(&w, marked, width, indent);
	for (size_t i = 0; i < w.lines; i++) {
		const struct wrap_line *l = &w.line[i];
		int cells = l->indent;

		if (i)
			buf_char(&b, '|');
		for (int k = 0; k < l->indent; k++)
			buf_char(&b, '.');
		for (size_t k = 0; k < l->spans; k++) {
			const struct wrap_span *s = &w.span[l->span + k];

			if (s->style)
				buf_printf(&b, "<%u:", s->style);
			buf_add(&b, w.text + s->at, s->len);
			if (s->style)
				buf_char(&b, '>');
			cells += s->cells;
		}
		assert_int_equal(cells, l->cells);
		assert_true(l->cells <= width || width <= 1);
	}
	assert_string_equal(buf_str(&b), expected);
	buf_done(&b);
	wrap_done(&w);
}

static void breaks_at_blanks(void **state)
{
	(void)state;
	shows("one two three", 7, 0, "one two|three");
	shows("one two three", 6, 0, "one|two|three");
	shows("one  two ", 20, 0, "one two");
	shows("", 5, 0, "");
	shows("a\nb", 5, 0, "a|b");
	shows("a\n\nb", 5, 0, "a||b");
}

static void counts_cells_not_bytes(void **state)
{
	(void)state;
	shows("ação já", 7, 0, "ação já");
	shows("ação já", 6, 0, "ação|já");
	shows("日本 x", 5, 0, "日本|x"); /* two cells a letter */
}

static void cuts_what_is_too_long(void **state)
{
	(void)state;
	shows("abcdefg", 3, 0, "abc|def|g");
	shows("xy abcdefg", 3, 0, "xy|abc|def|g");
	shows("éé", 1, 0, "é|é");
}

static void keeps_styles(void **state)
{
	(void)state;
	shows("a \x01" "b c\x01 d", 10, 0, "a <1:b c> d");
	shows("a \x01" "bb cc\x01 d", 4, 0, "a <1:bb>|<1:cc> d");
	shows("\x02x\x01y\x02z\x01", 9, 0, "<2:x><3:y><1:z>");
}

static void keeps_code_together(void **state)
{
	(void)state;
	shows("xx \x03" "f(a, b)\x03.", 9, 0, "xx|<4:f(a, b)>.");
	/* unless it is longer than a line */
	shows("xx \x03" "f(a, b)\x03", 5, 0, "xx|<4:f(a,>|<4:b)>");
}

static void hangs_and_indents(void **state)
{
	(void)state;
	shows("• one two\n• x", 6, 0, "• one|..two|• x");
	shows("12. one two", 8, 0, "12. one|....two");
	shows("one two\nx", 8, 5, ".....one|.....two|.....x");
}

static void makes_plain(void **state)
{
	struct buf b = {0};

	(void)state;
	wrap_plain(&b, "a \x01" "b\x01 \x03" "c\x03\x02");
	assert_string_equal(buf_str(&b), "a b c");
	buf_done(&b);
}

static void counts_rows_of_a_page(void **state)
{
	static const char text[] = "# T\n## P\n"
		"one two\n\nWhat?\n\n"
		"- [x] aaa bbb\n\n  Why.\n\n- [ ] c\n\n  Why.\n";
	struct lesson *l;

	(void)state;
	assert_int_equal(lesson_parse(&l, "f.md", text, sizeof(text) - 1,
		NULL), 0);
	/* prose, an empty line, the question, an option each */
	assert_int_equal(wrap_page_rows(&l->page[0], 78), 5);
	/* both words and both halves of the option on lines of their own */
	assert_int_equal(wrap_page_rows(&l->page[0], 9), 7 - 1);
	lesson_free(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(breaks_at_blanks),
		cmocka_unit_test(counts_cells_not_bytes),
		cmocka_unit_test(cuts_what_is_too_long),
		cmocka_unit_test(keeps_styles),
		cmocka_unit_test(keeps_code_together),
		cmocka_unit_test(hangs_and_indents),
		cmocka_unit_test(makes_plain),
		cmocka_unit_test(counts_rows_of_a_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
