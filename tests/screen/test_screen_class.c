/*
 * A lesson before a class, on the screen: a clicker's three keys from its
 * beginning to its end and on to the next; the votes; nothing told before it
 * ran.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rights.h"
#include "screen.h"

#define EXERCISE "tests/lessons/exercise.md"

static const int sizes[][2] = {{80, 24}, {100, 30}};

static void must(struct screen *s, const char *text)
{
	if (!screen_wait(s, text, SCREEN_SECONDS))
		fail_msg("never seen: %s", text);
}

static struct screen *begin(int columns, int rows, const char *lessons)
{
	char what[256];

	need_namespaces();
	snprintf(what, sizeof(what), "lesson --class --lang en %s", lessons);
	return screen_run(columns, rows, NULL, what);
}

static const char *footer(struct screen *s)
{
	int columns, rows;

	screen_size(s, &columns, &rows);
	return screen_row(s, rows - 1);
}

/* Something leads on, or it is the end: nothing is under way. */
static bool leads_on(struct screen *s, void *data)
{
	(void)data;
	return !strncmp(footer(s), " PgDn ", 6) ||
		!strncmp(footer(s), " q leave", 8);
}

static bool is_dark(struct screen *s, void *data)
{
	int columns, rows;

	(void)data;
	screen_size(s, &columns, &rows);
	for (int y = 0; y < rows; y++)
		if (screen_row(s, y)[0])
			return false;
	return true;
}

static void forward(struct screen *s)
{
	screen_key(s, "PgDn");
	assert_true(screen_settle(s));
	assert_true(screen_until(s, leads_on, NULL, "PgDn leads on",
		SCREEN_SECONDS));
}

/* Nothing of what the right answer is, while it is asked. */
static void tells_nothing(struct screen *s)
{
	if (!strstr(footer(s), "v votes"))
		return;
	assert_false(screen_has(s, "☑"));
	assert_false(screen_has(s, "on the stage"));
}

/* ---- from the beginning to the end ---- */

static void a_clicker_is_enough(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct screen *s = begin(sizes[i][0], sizes[i][1],
			"zero " EXERCISE);
		int pressed = 0, votes = 0;
		size_t at;

		must(s, "PgDn vote");
		for (; !screen_has(s, "PgDn on to"); pressed++) {
			bool asked = strstr(footer(s), "PgDn vote");

			tells_nothing(s);
			votes += asked;
			if (pressed % 7 == 3) { /* look at me, now */
				screen_key(s, ".");
				assert_true(screen_until(s, is_dark, NULL,
					"dark", SCREEN_SECONDS));
				screen_key(s, pressed % 2 ? "PgDn" : ".");
				must(s, "Zero is goodbye");
				assert_true(asked == (strstr(footer(s),
					"PgDn vote") != NULL));
			}
			forward(s);
			if (pressed > 100)
				fail_msg("it does not end");
		}
		assert_int_equal(votes, 5);
		must(s, "The end of \"Zero is goodbye\"");
		must(s, "The kernel showed: the client has finished");
		assert_false(screen_has(s, "above"));
		assert_null(screen_raw_trouble(s, &at));
		forward(s);
		must(s, "page 1/");
		assert_false(screen_has(s, "Zero is goodbye"));
		screen_free(s);
	}
}

static void back_is_only_looking(void **state)
{
	struct screen *s = begin(80, 24, "zero --page 2");

	(void)state;
	must(s, "PgDn run “client: send");
	forward(s);
	must(s, "PgDn run “client: close");
	screen_key(s, "PgUp");
	must(s, "REPLAY");
	/* the keys of a clicker */
	must(s, "PgDn forward");
	must(s, "PgUp back");
	for (int i = 0; i < 20 && screen_has(s, "REPLAY"); i++) {
		screen_key(s, "PgDn");
		assert_true(screen_settle(s));
	}
	must(s, "PgDn run “client: close");
	screen_free(s);
}

/* ---- votes ---- */

static void vote(struct screen *s, const char *votes)
{
	screen_key(s, "v");
	must(s, "votes, like a 12");
	screen_type(s, votes);
	screen_key(s, "Enter");
	assert_true(screen_settle(s));
}

static void to_the_question(struct screen *s)
{
	must(s, "PgDn");
	for (int i = 0; i < 5 && !screen_has(s, "PgDn vote"); i++)
		forward(s);
	must(s, "PgDn vote");
}

static int cells_of_bar(struct screen *s, const char *label, const char *number)
{
	char text[64];
	int row, column, n = 0;
	const char *p;

	snprintf(text, sizeof(text), "█ %s", number);
	if (!screen_find(s, text, &row, &column))
		fail_msg("no bar ends in %s", number);
	p = strstr(screen_row(s, row), label);
	assert_non_null(p);
	for (p += strlen(label) + 1; !strncmp(p, "█", 3); p += 3)
		n++;
	return n;
}

static void votes_are_bars(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct screen *s = begin(sizes[i][0], sizes[i][1],
			"zero --page 2");
		int long_one;

		to_the_question(s);
		vote(s, "a 24 b 6 c 12");
		must(s, "█ 24");
		long_one = cells_of_bar(s, "at first", "24");
		assert_int_equal((cells_of_bar(s, "at first", "12") + 1) / 2,
			(long_one + 3) / 4);
		forward(s);
		must(s, "convince");
		vote(s, "a 2 b 36 c 4");
		must(s, "█ 36");
		/* both are scaled alike, and both are seen */
		assert_int_equal(cells_of_bar(s, "at first", "24"),
			(24 * cells_of_bar(s, "now", "36") + 35) / 36);
		assert_true(screen_has(s, "-> \"HELLO\""));
		assert_true(screen_has(s, "CLOSE_WAIT"));
		forward(s);
		must(s, "the class, before and after");
		must(s, "☑ b ");
		assert_true(screen_has(s, "24 →    2"));
		screen_key(s, "a");
		must(s, "✕ a ");
		must(s, "there is nothing to wait for");
		screen_free(s);
	}
}

/* At 80x24, too, what was asked stands above what came of it, and the keys are
 * told that tell the rest. Going back to before that tells nothing of it. */
static void an_answer_stands_below_its_question(void **state)
{
	struct screen *s = begin(80, 24, "who-waits --page 3");

	(void)state;
	to_the_question(s);
	screen_key(s, "s");
	must(s, "observed ▸ client2: recv(s, 64) -> waits");
	assert_true(screen_has(s, "client2 is connected"));
	assert_true(screen_has(s, "☑ c"));
	assert_true(screen_has(s, "a b the other answers"));
	screen_key(s, "a");
	must(s, "✕ a");
	must(s, "b c the other answers");
	for (int i = 0; i < 20 && screen_has(s, "✕ a"); i++) {
		screen_key(s, "PgUp");
		assert_true(screen_settle(s));
	}
	must(s, "REPLAY");
	assert_false(screen_has(s, "observed"));
	assert_true(screen_has(s, "client2 is connected"));
	assert_true(screen_has(s, " b  "));
	screen_key(s, "End");
	must(s, "✕ a");
	screen_free(s);
}

static void what_is_no_vote_is_said(void **state)
{
	struct screen *s = begin(80, 24, "zero");

	(void)state;
	must(s, "PgDn vote");
	vote(s, "a 12 x 3");
	must(s, "votes are typed like this");
	/* the line stays open: what is typed on asks nothing of the kernel */
	assert_true(screen_has(s, "votes: a 12 x 3"));
	screen_type(s, " ");
	assert_true(screen_wait_gone(s, "votes are typed like this",
		SCREEN_SECONDS));
	for (int i = 0; i < 4; i++)
		screen_key(s, "Backspace");
	screen_type(s, "c 3");
	must(s, "votes: a 12 c 3");
	screen_key(s, "Esc");
	must(s, "PgDn vote");
	assert_true(screen_has(s, "What do you think?"));
	screen_key(s, "b");
	must(s, "v takes its votes");
	screen_free(s);
}

static void the_end_tells_both_votes(void **state)
{
	struct screen *s = begin(80, 24, "zero");

	(void)state;
	must(s, "PgDn vote");
	vote(s, "a 20 c 8");
	must(s, "█ 20");
	forward(s);
	screen_type(s, "]]]]]]");
	must(s, "what do you think now?");
	vote(s, "3 0 25 0");
	must(s, "█ 25");
	forward(s);
	must(s, "The class, at first: nothing has come yet; ask again later "
		"(20 of 28)");
	must(s, "after: the client has finished, and nothing will ever come "
		"(25 of 28)");
	screen_free(s);
}

static void skipping_asks_the_kernel_at_once(void **state)
{
	struct screen *s = begin(80, 24, "zero --page 2");

	(void)state;
	to_the_question(s);
	screen_key(s, "s");
	must(s, "observed");
	must(s, "☑ b");
	screen_key(s, "s");
	must(s, "No question is asked here");
	screen_free(s);
}

/* ---- a room that gives no wire ---- */

static void without_a_wire_the_clicker_is_enough(void **state)
{
	static const char *const argv[] = {"/bin/sh", "-c",
		"exec unshare -Ur sh -c 'echo 0 "
		">/proc/sys/user/max_user_namespaces; exec \"$0\" lesson "
		"--class --lang en no-messages --page 3' \"$0\"", NULL, NULL};
	const char *with_program[5];
	struct screen *s;
	int pressed = 0;

	(void)state;
	need_namespaces();
	memcpy(with_program, argv, sizeof(argv));
	with_program[3] = screen_program();
	s = screen_start(80, 24, NULL, with_program);
	must(s, "no wire");
	must(s, "PgDn vote");
	/* Page 4 holds frames. What a press leads to may come after the last
	 * row has named it, so the page may be turned by the next one. */
	for (; !screen_has(s, "page 5/7"); pressed++) {
		forward(s);
		assert_true(pressed < 40);
	}
	must(s, "What needs a wire was left out");
	for (pressed = 0; !screen_has(s, "The end of"); pressed++) {
		forward(s);
		assert_true(pressed < 40);
	}
	screen_free(s);
}

/* ---- the second terminal ---- */

static void the_notes_follow(void **state)
{
	char folder[] = "/tmp/class-XXXXXX", env[64], command[128];
	const char *const set[] = {env, NULL};
	struct screen *s, *notes;

	(void)state;
	need_namespaces();
	assert_non_null(mkdtemp(folder));
	snprintf(env, sizeof(env), "XDG_RUNTIME_DIR=%s", folder);
	s = screen_run(80, 24, set, "lesson --class --lang en zero "
		"who-waits");
	must(s, "PgDn vote");
	notes = screen_run(80, 24, set, "notes --lang en");
	must(notes, "Zero is goodbye, page 1 of 7: What do you believe?");
	must(notes, "Vote on page 1 and keep");
	must(notes, "☑ c the client has finished");
	must(notes, "page 2: Five bytes, and gone");
	must(notes, "this page 0:");
	screen_key(s, "]");
	must(notes, "page 2 of 7: Five bytes, and gone");
	must(notes, "server: recv(conn, 64) -> \"HELLO\"");
	must(s, "PgDn run “client: send");
	forward(s);
	/* what ran comes no more */
	assert_true(screen_wait_gone(notes, "client: send", SCREEN_SECONDS));
	screen_type(s, "]]]]]");
	must(s, "what do you think now?");
	must(notes, "the end of the lesson");
	forward(s);
	forward(s);
	must(s, "Who is waiting?");
	must(notes, "Who is waiting?, page 1 of 7");
	must(notes, "since the first");
	screen_key(s, "q");
	screen_key(s, "q");
	assert_true(screen_wait_exit(s, SCREEN_SECONDS));
	must(notes, "it is over");
	screen_key(notes, "q");
	assert_true(screen_wait_exit(notes, SCREEN_SECONDS));
	screen_free(notes); /* the younger one first: it holds the other's
				terminal */
	screen_free(s);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

/* Leave the stage, and wait for it. */
static void leave(struct screen *s)
{
	screen_type(s, "qq");
	assert_true(screen_wait_exit(s, SCREEN_SECONDS));
	screen_free(s);
}

/* Whatever is opened beside a class, its notes are those of the class. */
static void the_notes_stay_with_the_class(void **state)
{
	char folder[] = "/tmp/class-XXXXXX", env[64], command[128];
	const char *const set[] = {env, NULL};
	struct screen *class, *lab, *tour, *notes;

	(void)state;
	need_namespaces();
	assert_non_null(mkdtemp(folder));
	snprintf(env, sizeof(env), "XDG_RUNTIME_DIR=%s", folder);
	lab = screen_run(80, 24, set, "lab --lang en");
	must(lab, "type a call");
	notes = screen_run(80, 24, set, "notes --lang en");
	must(notes, "this lab 0:");
	assert_false(screen_has(notes, "this page"));
	class = screen_run(80, 24, set, "lesson --class --lang en zero");
	must(class, "PgDn vote");
	must(notes, "Zero is goodbye, page 1 of 7");
	screen_key(notes, "q");
	assert_true(screen_wait_exit(notes, SCREEN_SECONDS));
	screen_free(notes);
	tour = screen_run(80, 24, set, "lesson --lang en --page 1 tour");
	must(tour, "page 1/");
	notes = screen_run(80, 24, set, "notes --lang en");
	must(notes, "Zero is goodbye, page 1 of 7"); /* not the newest */
	screen_key(class, "]");
	must(notes, "page 2 of 7");
	assert_false(screen_has(notes, "since the first"));
	leave(class);
	must(notes, "Your first exchange");
	assert_false(screen_has(notes, "since the first"));
	leave(tour); /* the lab lives, but has no notes */
	must(notes, "it is over");
	assert_true(screen_has(notes, "Your first exchange"));
	leave(lab);
	screen_key(notes, "q");
	assert_true(screen_wait_exit(notes, SCREEN_SECONDS));
	screen_free(notes);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

/* ---- outside of class ---- */

static void several_lessons_without_a_class(void **state)
{
	char folder[] = "/tmp/class-XXXXXX", env[64], command[128];
	const char *const set[] = {env, NULL};
	struct screen *s;

	(void)state;
	need_namespaces();
	assert_non_null(mkdtemp(folder));
	snprintf(env, sizeof(env), "XDG_STATE_HOME=%s", folder);
	s = screen_run(80, 24, set, "lesson --lang en zero who-waits --page 7");
	must(s, "The end of \"Zero is goodbye\"");
	must(s, "Space on to who-waits");
	screen_key(s, "v");
	must(s, "Only a class votes");
	screen_key(s, ".");
	screen_key(s, "Space");
	must(s, "page 1/");
	screen_key(s, "q");
	screen_key(s, "q");
	assert_true(screen_wait_exit(s, SCREEN_SECONDS));
	screen_free(s);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clicker_is_enough),
		cmocka_unit_test(back_is_only_looking),
		cmocka_unit_test(votes_are_bars),
		cmocka_unit_test(an_answer_stands_below_its_question),
		cmocka_unit_test(what_is_no_vote_is_said),
		cmocka_unit_test(the_end_tells_both_votes),
		cmocka_unit_test(skipping_asks_the_kernel_at_once),
		cmocka_unit_test(without_a_wire_the_clicker_is_enough),
		cmocka_unit_test(the_notes_follow),
		cmocka_unit_test(the_notes_stay_with_the_class),
		cmocka_unit_test(several_lessons_without_a_class),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
