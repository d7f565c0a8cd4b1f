/* Marked text broken into lines: styles, links, the rows of a page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "lesson/lesson.h"
#include "lesson/wrap.h"

/* The lines as text: each span in its style's letter, "S[…]". */
static char *shown(const char *marked, int width)
{
	struct buf b = {0};
	struct wrapped w;

	wrap_text(&w, marked, width);
	for (size_t i = 0; i < w.lines; i++) {
		for (size_t k = 0; k < w.line[i].spans; k++) {
			const struct wrap_span *s =
				&w.span[w.line[i].span + k];

			if (s->style & WRAP_STRONG)
				buf_char(&b, 'S');
			if (s->style & WRAP_EMPHASIS)
				buf_char(&b, 'E');
			if (s->style & WRAP_CODE)
				buf_char(&b, 'C');
			if (s->style & WRAP_LINK)
				buf_char(&b, 'L');
			buf_printf(&b, "[%.*s]", (int)s->len, w.text + s->at);
		}
		buf_char(&b, '\n');
	}
	wrap_done(&w);
	return b.data;
}

static void is_shown(const char *marked, int width, const char *as)
{
	char *got = shown(marked, width);

	assert_string_equal(got, as);
	free(got);
}

static void shows_styles_and_links(void **state)
{
	(void)state;
	is_shown("a \x01" "b\x01 \x02" "c\x02 \x03" "d\x03", 20,
		"[a ]S[b][ ]E[c][ ]C[d]\n");
	/* a link goes on over the end of a line, and may have code in it */
	is_shown("see \x04the \x03list\x03 there\x04.", 11,
		"[see ]L[the]\nCL[list]L[ there][.]\n");
}

static void plain_text_has_no_marks(void **state)
{
	struct buf b = {0};

	(void)state;
	wrap_plain(&b, "\x01" "a\x01 \x02" "b\x02 \x03" "c\x03 \x04" "d\x04");
	assert_string_equal(buf_str(&b), "a b c d");
	buf_done(&b);
}

static void counts_rows(void **state)
{
	(void)state;
	assert_int_equal(wrap_rows("aaa bbb", 7, 0), 1);
	assert_int_equal(wrap_rows("aaa bbb", 6, 0), 2);
	assert_int_equal(wrap_rows("aaa bbb", 7, 1), 2);
	assert_int_equal(wrap_rows("a\n\nb", 7, 0), 3);
}

static void counts_the_rows_of_goals(void **state)
{
	/* " ☐ " and 7 letters are 10 cells; one more makes a second row */
	struct block block[] = {
		{.kind = BLOCK_PROSE, .prose = "12345678"},
		{.kind = BLOCK_GOAL, .prose = "aaa bbb"},
		{.kind = BLOCK_GOAL, .prose = "aaaa bbb"},
	};
	struct page page = {.block = block, .blocks = 3};

	(void)state;
	assert_int_equal(wrap_goal_rows(&page, 10), 3);
	assert_int_equal(wrap_page_rows(&page, 10), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_styles_and_links),
		cmocka_unit_test(plain_text_has_no_marks),
		cmocka_unit_test(counts_rows),
		cmocka_unit_test(counts_the_rows_of_goals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
