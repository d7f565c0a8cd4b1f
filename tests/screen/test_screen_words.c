/*
 * Help on words: the glossary with g, and K on a word of the lesson, a call
 * and a frame; and on keys, with ?. tests/lessons/exercise.md is the lesson.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rights.h"
#include "screen.h"

static void must(struct screen *s, const char *text)
{
	if (!screen_wait(s, text, SCREEN_SECONDS))
		fail_msg("never seen: %s", text);
}

static struct screen *empty_lab(int columns, int rows, const char *language)
{
	char what[64] = "lab --lang ";
	struct screen *s;

	need_namespaces();
	s = screen_run(columns, rows, NULL, strcat(what, language));
	must(s, "client ─");
	return s;
}

static void glossary_finds_and_moves(void **state)
{
	struct screen *s = empty_lab(80, 24, "en");

	(void)state;
	screen_key(s, "g");
	must(s, "▸ Accept");
	must(s, "is no part of that");
	screen_key(s, "Down");
	must(s, "▸ ACK");
	/* a beginning wins over what stands in the midst of another name */
	screen_key(s, "/");
	screen_type(s, "fin");
	must(s, "▸ FIN");
	screen_key(s, "Enter");
	screen_key(s, "End");
	screen_settle(s);
	assert_false(screen_has(s, "▸ FIN"));
	screen_key(s, "Home");
	must(s, "▸ Accept");
	screen_key(s, "q");
	assert_true(screen_wait_gone(s, "Glossary", SCREEN_SECONDS));
	screen_free(s);
}

/* What no term has is said, and the choice stays where it was. */
static void what_is_no_term_is_said(void **state)
{
	struct screen *s = empty_lab(80, 24, "en");

	(void)state;
	screen_key(s, "g");
	must(s, "▸ Accept");
	assert_false(screen_has(s, "q leave"));
	screen_key(s, "/");
	screen_type(s, "rst");
	must(s, "▸ RST");
	screen_type(s, "zz");
	must(s, "\"rstzz\" is not there.");
	assert_true(screen_has(s, "▸ Accept"));
	screen_key(s, "Enter");
	screen_settle(s);
	assert_true(screen_has(s, "\"rstzz\" is not there."));
	screen_key(s, "Down");
	must(s, "▸ ACK");
	assert_false(screen_has(s, "is not there"));
	screen_free(s);
}

/* ---- the keys ---- */

/* They are more than a screen has rows: a page is what is seen. */
static void keys_scroll_and_close(void **state)
{
	static const char *const closes[] = {"q", "Esc", "?"};
	struct screen *s = empty_lab(80, 24, "en");

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		must(s, "q leave");
		screen_key(s, "?");
		must(s, "1-20 / ");
		assert_false(screen_has(s, "q leave"));
		assert_true(screen_has(s, "PgDn"));
		assert_true(screen_has(s, "PgUp"));
		screen_key(s, "PgDn");
		must(s, "21-40 / ");
		screen_key(s, "k");
		must(s, "20-39 / ");
		screen_key(s, "j");
		must(s, "21-40 / ");
		screen_key(s, "End");
		must(s, "Ctrl-L"); /* of the last ones */
		screen_key(s, "PgUp");
		screen_key(s, "Home");
		must(s, "1-20 / ");
		screen_key(s, closes[i]);
		assert_true(screen_wait_gone(s, "1-20 / ", SCREEN_SECONDS));
	}
	screen_free(s);
}

static void glossary_fits_a_narrow_screen(void **state)
{
	struct screen *s = empty_lab(50, 16, "pt_BR");

	(void)state;
	screen_key(s, "g");
	must(s, "▸ Accept");
	/* the meaning stands below the list */
	must(s, "Accept");
	assert_int_equal(screen_count(s, "Accept"), 2);
	screen_resize(s, 40, 12);
	must(s, "▸ Accept");
	screen_key(s, "Esc");
	assert_true(screen_wait_gone(s, "▸ Accept", SCREEN_SECONDS));
	screen_free(s);
}

static bool is_marked(struct screen *s, const char *word)
{
	struct screen_cell cell;
	int row, column;

	return screen_find(s, word, &row, &column) &&
		screen_cell(s, row, column, &cell) && cell.reverse;
}

/* Left and right walk over the words of the lesson that have help. */
static void words_of_a_lesson(void **state)
{
	struct screen *s;

	(void)state;
	need_namespaces();
	s = screen_run(80, 24, NULL,
		"lesson tests/lessons/exercise.md --lang en --page 1");
	must(s, "predict");
	screen_key(s, "Tab");
	must(s, "▸0 LESSON");
	for (int i = 0; i < 20 && !is_marked(s, "recv"); i++) {
		screen_key(s, "Right");
		screen_settle(s);
	}
	assert_true(is_marked(s, "recv"));
	screen_key(s, "K");
	must(s, "manual  recv(2)");
	screen_key(s, "q");
	assert_true(screen_wait_gone(s, "manual ", SCREEN_SECONDS));
	screen_key(s, "Left");
	screen_settle(s);
	assert_false(is_marked(s, "recv"));
	screen_free(s);
}

/* A word that leads to the glossary looks so, and K goes there. */
static void links_are_underlined(void **state)
{
	struct screen_cell cell;
	struct screen *s;
	int row, column;

	(void)state;
	need_namespaces();
	s = screen_run(80, 24, NULL, "lesson tour --lang en --page 2");
	must(s, "the kernel");
	assert_true(screen_find(s, "kernel", &row, &column));
	assert_true(screen_cell(s, row, column, &cell));
	assert_true(cell.underline);
	screen_key(s, "Tab");
	must(s, "▸0 LESSON");
	for (int i = 0; i < 20 && !is_marked(s, "kernel"); i++) {
		screen_key(s, "Right");
		screen_settle(s);
	}
	screen_key(s, "Enter");
	must(s, "▸ Kernel");
	screen_free(s);
}

/* On the stage: of a call its row of the table, of a frame its flag. */
static void what_is_selected(void **state)
{
	struct screen *s = empty_lab(80, 24, "en");

	(void)state;
	screen_key(s, "K");
	must(s, "Select a row (arrows)");
	screen_key(s, ":");
	must(s, "client>");
	screen_line(s, "s = socket(AF_INET, SOCK_STREAM)", "-> 3");
	screen_line(s, "connect(s, server:9)", "ECONNREFUSED");
	screen_key(s, "Esc");
	assert_true(screen_wait_gone(s, "client>", SCREEN_SECONDS));
	screen_key(s, "Up"); /* the RST that refused, and the result */
	screen_key(s, "K");
	must(s, "▸ RST");
	screen_key(s, "q");
	assert_true(screen_wait_gone(s, "Glossary", SCREEN_SECONDS));
	screen_key(s, "Left");
	screen_key(s, "K");
	must(s, "manual  connect(2)");
	screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(glossary_finds_and_moves),
		cmocka_unit_test(what_is_no_term_is_said),
		cmocka_unit_test(keys_scroll_and_close),
		cmocka_unit_test(glossary_fits_a_narrow_screen),
		cmocka_unit_test(words_of_a_lesson),
		cmocka_unit_test(links_are_underlined),
		cmocka_unit_test(what_is_selected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
