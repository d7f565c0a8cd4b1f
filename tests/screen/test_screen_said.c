/*
 * What the program says to a key: where it stands, that it covers nothing, and
 * that it stays whole. tests/lessons/exercise.md is the lesson; in otherwise.md
 * steps go wrong.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rights.h"
#include "screen.h"

static const int sizes[][2] = {{80, 24}, {100, 30}, {160, 50}};

static void must(struct screen *s, const char *text)
{
	if (!screen_wait(s, text, SCREEN_SECONDS))
		fail_msg("never seen: %s", text);
}

static struct screen *at_exercise(int columns, int rows)
{
	struct screen *s;

	need_namespaces();
	s = screen_run(columns, rows, NULL,
		"lesson tests/lessons/exercise.md --lang en --page 2");
	must(s, "Space what is missing?");
	return s;
}

/* The row of a text; it is there. */
static int row_of(struct screen *s, const char *text)
{
	int row = -1, column;

	if (!screen_find(s, text, &row, &column))
		fail_msg("not on the screen: %s", text);
	return row;
}

/* In the last row, with the next thing behind it: the goals above stay. */
static void covers_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct screen *s = at_exercise(sizes[i][0], sizes[i][1]);
		int last = sizes[i][1] - 1;
		char above[4096];

		snprintf(above, sizeof(above), "%s", screen_row(s, last - 1));
		screen_key(s, "y");
		must(s, "Nothing is selected: arrows select. │ Space what is");
		assert_int_equal(row_of(s, "Nothing is selected"), last);
		assert_string_equal(screen_row(s, last - 1), above);
		assert_true(screen_has(s, "☐ Two calls were enough"));
		/* until the next key */
		screen_key(s, "k");
		must(s, "kernel's view");
		assert_false(screen_has(s, "Nothing is selected"));
		assert_int_equal(row_of(s, "Space what is missing?"), last);
		screen_free(s);
	}
}

/* Where it needs a second row, or leaves no room for the next thing, the lesson
 * has one row fewer, and nothing else moves. */
static void long_ones_are_whole(void **state)
{
	struct screen *s = at_exercise(40, 24);
	int lesson = row_of(s, "0 LESSON");

	(void)state;
	screen_key(s, "J");
	must(s, "move here.");
	assert_int_equal(row_of(s, "There are no lines to move here."), 22);
	assert_int_equal(row_of(s, "Space what is missing?"), 23);
	assert_int_equal(row_of(s, "0 LESSON"), lesson);
	screen_key(s, "A");
	must(s, "Press : to type");
	assert_int_equal(row_of(s, "Press : to type a call, ? for the"), 22);
	assert_int_equal(row_of(s, "keys. │ Space what is missing?"), 23);
	assert_int_equal(row_of(s, "0 LESSON"), lesson);
	screen_key(s, "Esc");
	assert_true(screen_wait_gone(s, "Press : to", SCREEN_SECONDS));
	assert_int_equal(row_of(s, "Space what is missing?"), 23);
	screen_free(s);
}

/* At the prompt: what is wrong with an arrow to its place, and above it what Tab
 * would take instead. */
static void errors_with_their_offer(void **state)
{
	struct screen *s = at_exercise(80, 24);
	const char *offer = "Tab takes: send(s, \"hello world\", 1, 2, 3)";

	(void)state;
	screen_key(s, ":");
	must(s, "server>");
	screen_type(s, "sent(s, \"hello world\", 1, 2, 3)");
	screen_key(s, "Enter");
	must(s, "there is no call sent; did you mean send?");
	assert_int_equal(row_of(s, offer), 20);
	assert_int_equal(row_of(s, "↓ there is no call sent"), 21);
	assert_true(screen_has(s, "☐ Two calls were enough"));
	screen_key(s, "Tab");
	must(s, "server> send(s, \"hello world\", 1, 2, 3)");
	screen_free(s);
}

/* A step that goes otherwise than its page: what that is, and r, which the
 * footer has before the Space that would only do it again. */
static void trouble_names_its_way_out(void **state)
{
	struct screen *s;

	(void)state;
	need_namespaces();
	s = screen_run(80, 24, NULL,
		"lesson tests/lessons/otherwise.md --lang en");
	must(s, "Space run");
	screen_key(s, "Space");
	must(s, "The kernel answered otherwise than this page expects; r "
		"begins it again.");
	assert_true(screen_has(s, "8: expected 9, observed 3)"));
	must(s, "r page again · Space run");
	screen_key(s, "r");
	assert_true(screen_wait_gone(s, "otherwise than", SCREEN_SECONDS));
	assert_true(screen_wait_gone(s, "page again", SCREEN_SECONDS));
	must(s, "Space run");
	screen_key(s, "]");
	must(s, "There is no such frame");
	must(s, "Space run");
	for (int i = 0; i < 2; i++) {
		screen_key(s, "Space");
		must(s, "The page cannot go on like this; r begins it again.");
		must(s, "r page again · Space run");
	}
	screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(covers_nothing),
		cmocka_unit_test(long_ones_are_whole),
		cmocka_unit_test(errors_with_their_offer),
		cmocka_unit_test(trouble_names_its_way_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
