/*
 * Exercises on the screen: goals in sight, what is missing, hints, the
 * solution, lines in order; played with the keys that the footer names.
 * tests/lessons/exercise.md is the lesson.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "rights.h"
#include "screen.h"

#define LESSON "lesson tests/lessons/exercise.md --lang en"

static const int sizes[][2] = {{80, 24}, {100, 30}, {160, 50}};

static struct screen *at_page(int columns, int rows, int page)
{
	char what[128];
	struct screen *s;

	need_namespaces();
	snprintf(what, sizeof(what), LESSON " --page %d", page);
	s = screen_run(columns, rows, NULL, what);
	return s;
}

static void must(struct screen *s, const char *text)
{
	if (!screen_wait(s, text, SCREEN_SECONDS))
		fail_msg("never seen: %s", text);
}

static void type(struct screen *s, const char *line)
{
	screen_type(s, line);
	screen_key(s, "Enter");
}

/* The prompt: on the side that has something to do. */
static void open_prompt(struct screen *s)
{
	must(s, "Space what is missing?");
	screen_key(s, ":");
	must(s, "server>");
}

/* ---- predict, observe, explain ---- */

static void prediction_beside_observation(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct screen *s = at_page(sizes[i][0], sizes[i][1], 1);
		int row, at, other, column;

		must(s, "predict");
		screen_key(s, "a");
		must(s, "▸a");
		screen_key(s, "Space");
		must(s, "not as you predicted");
		assert_true(screen_find(s, "you predicted", &row, &column));
		assert_true(screen_find(s, "observed, ▸ on the stage", &at,
			&other));
		assert_int_equal(row, at);
		assert_true(other > column);
		assert_true(screen_has(s, "server: recv(conn, 3) -> \"hel\""));
		assert_true(screen_has(s, "there is room for three"));
		/* the question's page is read in full */
		assert_false(screen_has(s, "above"));
		screen_free(s);
	}
}

/* ---- typed ---- */

static void typed_to_its_end(void **state)
{
	struct screen *s = at_page(80, 24, 2);

	(void)state;
	must(s, "☐ The server has read the length alone");
	must(s, "☐ The server has read the word");
	open_prompt(s);
	type(s, "recv(conn, 1)");
	must(s, "☑ The server has read the length alone");
	assert_true(screen_has(s, "☐ The server has read the word"));
	type(s, "recv(conn, 5)");
	must(s, "☑ The server has read the word");
	must(s, "without a hint");
	screen_key(s, "Esc");
	must(s, "Space turn to page 3");
	screen_free(s);
}

static void missing_then_the_row(void **state)
{
	struct screen *s = at_page(80, 24, 2);

	(void)state;
	must(s, "Space what is missing?");
	screen_key(s, "Space");
	must(s, "no recv on server yet");
	assert_true(screen_has(s, "▸☐ The server has read the length"));
	screen_key(s, "Space");
	must(s, "A byte says how long");
	open_prompt(s);
	type(s, "recv(conn, 2)");
	must(s, "\\x05h");
	screen_key(s, "Esc");
	must(s, "Space what is missing?");
	screen_key(s, "Space");
	must(s, "the last, recv(conn, 2), gave");
	must(s, "Enter to the row");
	screen_key(s, "Enter");
	must(s, "│▸recv -> \"\\x05h\"");
	screen_free(s);
}

/* A goal that cannot be met any more says so by itself, also while a line is
 * typed, with the belief; u takes the act back. */
static void broken_says_so(void **state)
{
	struct screen *s = at_page(80, 24, 2);

	(void)state;
	open_prompt(s);
	for (int i = 0; i < 3; i++) {
		type(s, "recv(conn, 64, MSG_DONTWAIT)");
		must(s, "server>");
	}
	must(s, "▸✕ Two calls were enough");
	must(s, "exactly twice");
	must(s, "64 bytes were asked for");
	assert_true(screen_has(s, "☐ The server has read the length"));
	screen_key(s, "Esc");
	must(s, "u takes the last act back");
	screen_key(s, "u");
	must(s, "☑ Two calls were enough");
	must(s, "A byte says how long");
	screen_free(s);
}

static void hints_then_the_solution(void **state)
{
	struct screen *s = at_page(80, 24, 2);

	(void)state;
	must(s, "t hint 1 of 3");
	screen_key(s, "t");
	must(s, "The first hint of three");
	screen_key(s, "t");
	must(s, "The second hint of three");
	screen_key(s, "t");
	must(s, "The third hint");
	must(s, "t solution");
	screen_key(s, "t");
	must(s, "There are no more hints");
	screen_key(s, "t");
	must(s, "▸ server: recv(conn, 1)");
	must(s, "Space run “");
	screen_key(s, "Space");
	must(s, "▸ server: recv(conn, 5)");
	must(s, "Space run “");
	assert_true(screen_has(s, "☑ The server has read the length"));
	screen_key(s, "Space");
	must(s, "That was the solution");
	must(s, "Space now without it");
	/* the same page in its next round: other numbers, nothing done */
	screen_key(s, "Space");
	must(s, "example is it");
	must(s, "☐ The server has read the length");
	must(s, "t hint 1 of 3");
	screen_free(s);
}

/* ---- lines in order ---- */

static void order_by_keys(void **state)
{
	struct screen *s = at_page(80, 24, 3);

	(void)state;
	must(s, "▸ server: ear = socket");
	must(s, "Space run this order");
	screen_key(s, "Space");
	must(s, "It ended at server: bind(ear, any:9999)");
	assert_true(screen_has(s, "-> could not be done"));
	assert_true(screen_has(s, "-> waits"));
	/* bind up twice */
	screen_key(s, "j");
	screen_key(s, "j");
	screen_key(s, "Down");
	must(s, "▸ server: bind");
	screen_key(s, "K");
	screen_key(s, "K");
	must(s, "Space run this order");
	assert_false(screen_has(s, "-> waits"));
	screen_key(s, "Enter");
	must(s, "☑ It waits for a client");
	must(s, "☑ The server has a port");
	must(s, "Space turn to page 4");
	screen_key(s, "Space");
	must(s, "The end of \"Small things\"");
	must(s, "Exercises done: 1 of 2");
	screen_free(s);
}

/* The button goes down or up where text stands, as xterm says it. (The
 * emulator does not take several modes in one sequence, and so sends none.) */
static void button(struct screen *s, const char *text, bool down)
{
	char bytes[32];
	int row, column;

	if (!screen_find(s, text, &row, &column)) {
		screen_print(s);
		fail_msg("not on the screen: %s", text);
	}
	snprintf(bytes, sizeof(bytes), "\033[<0;%d;%d%c", column + 1, row + 1,
		down ? 'M' : 'm');
	screen_send(s, bytes, strlen(bytes));
}

static void order_by_mouse(void **state)
{
	struct screen *s = at_page(100, 30, 3);

	(void)state;
	must(s, "▸ server: ear = socket");
	must(s, "Space run this order");
	button(s, "server: listen(ear, 5)", true);
	button(s, "server: listen(ear, 5)", false);
	must(s, "▸ server: listen(ear, 5)");
	/* bind is carried to the second place */
	button(s, "server: bind(ear", true);
	must(s, "▸ server: bind(ear");
	button(s, "server: listen(ear, 5)", false);
	screen_key(s, "Space");
	must(s, "☑ It waits for a client");
	screen_free(s);
}

/* A click answers a question, and asks a goal what it lacks. */
static void clicks_in_the_lesson(void **state)
{
	struct screen *s = at_page(80, 24, 1);

	(void)state;
	must(s, "predict");
	button(s, "the first three", true);
	button(s, "the first three", false);
	must(s, "▸b");
	screen_free(s);
	s = at_page(80, 24, 2);
	must(s, "Space what is missing?");
	button(s, "The server has read the word", true);
	must(s, "no recv on server yet");
	screen_free(s);
}

/* ---- small, large, without UTF-8 ---- */

static void nothing_breaks_at_any_size(void **state)
{
	static const int size[][2] = {{40, 12}, {60, 16}, {80, 24},
		{100, 30}, {160, 50}};
	size_t at;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		for (int page = 2; page <= 3; page++) {
			struct screen *s = at_page(size[i][0], size[i][1],
				page);

			must(s, "☐ ");
			for (const char *k = "tttz z1t0"; *k; k++) {
				char key[2] = {*k};

				screen_key(s, *k == ' ' ? "Tab" : key);
			}
			must(s, "☐ ");
			assert_null(screen_raw_trouble(s, &at));
			screen_free(s);
		}
}

static void goals_without_utf8(void **state)
{
	static const char *const env[] = {"LC_ALL=C", NULL};
	struct screen *s;

	(void)state;
	need_namespaces();
	s = screen_run(80, 24, env, LESSON " --page 2");
	must(s, "[ ] The server has read");
	screen_key(s, "q");
	screen_free(s);
}

/* ---- what is taken along ---- */

/* Told anew also when the words are as long as those before. */
static void programs_each_time_elsewhere(void **state)
{
	char folder[] = "/tmp/programs-XXXXXX", command[64];
	const char *argv[] = {"/bin/sh", "-c", "p=$(realpath \"$0\"); cd \"$1\" "
		"&& exec \"$p\" lesson zero --lang en --page 6",
		screen_program(), folder, NULL};
	struct screen *s;

	(void)state;
	need_namespaces();
	assert_non_null(mkdtemp(folder));
	s = screen_start(100, 30, NULL, argv);
	must(s, "Space what is missing?");
	screen_key(s, "]");
	must(s, "E writes this run");
	screen_key(s, "E");
	must(s, "/tomada-zero: ");
	screen_key(s, "E");
	must(s, "/tomada-zero-2: ");
	screen_key(s, "E");
	must(s, "/tomada-zero-3: ");
	screen_free(s);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prediction_beside_observation),
		cmocka_unit_test(typed_to_its_end),
		cmocka_unit_test(missing_then_the_row),
		cmocka_unit_test(broken_says_so),
		cmocka_unit_test(hints_then_the_solution),
		cmocka_unit_test(order_by_keys),
		cmocka_unit_test(order_by_mouse),
		cmocka_unit_test(clicks_in_the_lesson),
		cmocka_unit_test(nothing_breaks_at_any_size),
		cmocka_unit_test(goals_without_utf8),
		cmocka_unit_test(programs_each_time_elsewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
