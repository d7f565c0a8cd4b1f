/*
 * Lessons on the screen, played with the keys that the footer names.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "lesson/lesson.h"
#include "rights.h"
#include "screen.h"

#define PRESSES 40 /* keys that one page may take */

/* A learner who has played nothing yet: else a lesson goes on where the last
 * test left it. */
static void be_new(void)
{
	const char *state = getenv("XDG_STATE_HOME");
	char folder[256];

	snprintf(folder, sizeof folder, "%s/new-XXXXXX",
		state != NULL ? state : "/tmp");
	assert_non_null(mkdtemp(folder));
	setenv("XDG_STATE_HOME", folder, 1);
}

static struct screen *lesson(int columns, int rows, const char *what)
{
	struct screen *s;

	need_namespaces();
	be_new();
	s = screen_run(columns, rows, NULL, what);
	assert_true(screen_wait(s, "1/7", SCREEN_SECONDS));
	return s;
}

static int footer(struct screen *s)
{
	int columns, rows;

	screen_size(s, &columns, &rows);
	return rows - 1;
}

/* The footer begins with the key that goes on, and has none for what runs. */
static bool footer_is_ready(struct screen *s, void *unused)
{
	const char *row = screen_row(s, footer(s));

	(void)unused;
	return strstr(row, "Space") || strstr(row, "predict") ||
		strncmp(row, " q leave", 8) == 0;
}

/* Space, and what it does is done. */
static void space(struct screen *s)
{
	screen_key(s, "Space");
	assert_true(screen_until(s, footer_is_ready, NULL, "the next thing",
		SCREEN_SECONDS));
}

/* Press Space until the screen shows text. */
static void go(struct screen *s, const char *text)
{
	for (int i = 0; i < PRESSES && !screen_has(s, text); i++)
		space(s);
	if (!screen_has(s, text)) {
		screen_print(s);
		fail_msg("%d presses of Space did not show: %s", PRESSES,
			text);
	}
}

/* Answer the question when there is one, and go to the next page; from that of
 * an exercise, which asks for acts, by the key that turns pages. */
static void turn(struct screen *s, int page, const char *answer)
{
	char next[16];

	snprintf(next, sizeof(next), "%d/7", page);
	for (int i = 0; i < PRESSES && !screen_has(s, next); i++) {
		if (strstr(screen_row(s, footer(s)), "predict"))
			screen_key(s, answer);
		if (strstr(screen_row(s, footer(s)), "what is missing")) {
			screen_key(s, "]");
			screen_wait(s, next, SCREEN_SECONDS);
		} else {
			space(s);
		}
	}
	if (!screen_has(s, next)) {
		screen_print(s);
		fail_msg("page %d was not reached", page);
	}
}

/* The row that shows text in a host's column, from column on. */
static int row_with(struct screen *s, const char *text, int *column)
{
	int row;

	if (!screen_find(s, text, &row, column)) {
		screen_print(s);
		fail_msg("not on the screen: %s", text);
	}
	return row;
}

static void cell_of(struct screen *s, const char *text, int skip_cells,
	struct screen_cell *out)
{
	int column, row = row_with(s, text, &column);

	assert_true(screen_cell(s, row, column + skip_cells, out));
}

static bool same_colour(const struct screen_cell *a,
	const struct screen_cell *b)
{
	return memcmp(a->front, b->front, 3) == 0;
}

/*
 * The centrepiece of lesson no-messages, page 4: frame 5 passed before frame
 * 4, one recv that gives both sends, each byte with its letter's colour.
 */
static void the_second_one_first(struct screen *s)
{
	const char *result = "\"LOGIN\\nLIST\\n\"";
	struct screen_cell a, b, byte;
	int four, five, column;

	go(s, "HOLDS 2");
	screen_key(s, "c");
	assert_true(screen_wait(s, "▸c", SCREEN_SECONDS));
	go(s, "-> \"LOGIN");
	cell_of(s, "A send(", 0, &a);
	cell_of(s, "B send(", 0, &b);
	assert_string_equal(a.text, "A");
	assert_false(same_colour(&a, &b));
	for (int i = 1; i <= 7; i++) { /* LOGIN\n as it is spelled */
		cell_of(s, result, i, &byte);
		assert_true(same_colour(&byte, &a));
	}
	for (int i = 8; i <= 13; i++) {
		cell_of(s, result, i, &byte);
		assert_true(same_colour(&byte, &b));
	}
	/* frame 5 went on its way above frame 4 */
	five = row_with(s, "5 B LIST↵ ───────────┄", &column);
	four = row_with(s, "4 A LOGIN↵ ──────────┄", &column);
	assert_true(five < four);
	/* what the colours say, letters say too */
	assert_true(screen_has(s, "recv AAAAAABBBBB"));
	/* in the kernel's view nothing of this is seen */
	screen_key(s, "k");
	assert_true(screen_wait_gone(s, "recv AAAAAABBBBB", SCREEN_SECONDS));
	assert_true(screen_wait_gone(s, "A send(", SCREEN_SECONDS));
	cell_of(s, result, 1, &a);
	cell_of(s, result, 8, &b);
	assert_true(same_colour(&a, &b));
	screen_key(s, "k");
	assert_true(screen_wait(s, "A send(", SCREEN_SECONDS));
}

static void no_messages_to_its_end(void **state)
{
	struct screen *s = lesson(80, 24, "lesson no-messages --lang en");
	size_t at;

	(void)state;
	turn(s, 2, "c");
	turn(s, 3, "b");
	turn(s, 4, "a");
	the_second_one_first(s);
	turn(s, 5, "a");
	turn(s, 6, "a");
	turn(s, 7, "a");
	assert_true(screen_wait(s, "one stream of bytes", SCREEN_SECONDS));
	assert_null(screen_raw_trouble(s, &at));
	screen_key(s, "q");
	screen_key(s, "q");
	assert_true(screen_wait_exit(s, SCREEN_SECONDS));
	assert_int_equal(screen_status(s), 0);
	screen_free(s);
}

/* The steps done by key instead: the selected frame, then the oldest. */
static void held_frames_passed_by_key(void **state)
{
	struct screen *s = lesson(80, 24, "lesson no-messages --lang en");

	(void)state;
	turn(s, 2, "c");
	turn(s, 3, "b");
	turn(s, 4, "a");
	go(s, "HOLDS 2");
	screen_key(s, "c");
	assert_true(screen_wait(s, "▸c", SCREEN_SECONDS));
	screen_key(s, "Up");
	screen_key(s, "p");
	assert_true(screen_wait(s, "HOLDS 1", SCREEN_SECONDS));
	assert_true(screen_until(s, footer_is_ready, NULL, "the next thing",
		SCREEN_SECONDS));
	screen_key(s, "p");
	assert_true(screen_wait(s, "as you predicted", SCREEN_SECONDS));
	assert_false(screen_has(s, "FREE PLAY"));
	screen_free(s);
}

/* A step that was done by hand already fails; r leads back to the script. */
static void a_step_done_by_hand_before(void **state)
{
	struct screen *s = lesson(80, 24, "lesson no-messages --lang en");

	(void)state;
	turn(s, 2, "c");
	turn(s, 3, "b");
	turn(s, 4, "a");
	go(s, "HOLDS 2");
	screen_key(s, "d");
	screen_key(s, "e");
	assert_true(screen_wait(s, "no answer e; choose a, b, c or d",
		SCREEN_SECONDS));
	screen_key(s, "P");
	assert_true(screen_wait(s, "FREE PLAY", SCREEN_SECONDS));
	/* The footer names Space again once the act has been answered. */
	assert_true(screen_wait(s, "Space run", SCREEN_SECONDS));
	for (int i = 0; i < 2; i++) {
		screen_key(s, "Space");
		assert_true(screen_wait(s, "r brings the page back",
			SCREEN_SECONDS));
		screen_key(s, "Tab");
		assert_true(screen_wait_gone(s, "r brings the page back",
			SCREEN_SECONDS));
	}
	screen_key(s, "r");
	assert_true(screen_wait(s, "HOLDS 2", SCREEN_SECONDS));
	assert_false(screen_has(s, "FREE PLAY"));
	screen_free(s);
}

static void tour_to_its_end(void **state)
{
	struct screen *s = lesson(80, 24, "lesson tour --lang en");

	(void)state;
	for (int page = 2; page <= 7; page++)
		turn(s, page, "b");
	assert_true(screen_wait(s, "Eight calls", SCREEN_SECONDS));
	screen_free(s);
}

static void back_in_time_and_now(void **state)
{
	struct screen *s = lesson(80, 24, "lesson tour --lang en");

	(void)state;
	turn(s, 2, "b");
	go(s, "listen(ear, 5)");
	screen_key(s, "Backspace");
	assert_true(screen_wait(s, "REPLAY", SCREEN_SECONDS));
	screen_key(s, "Backspace");
	assert_true(screen_wait_gone(s, "listen(ear, 5)", SCREEN_SECONDS));
	screen_key(s, "End");
	assert_true(screen_wait_gone(s, "REPLAY", SCREEN_SECONDS));
	assert_true(screen_has(s, "listen(ear, 5)"));
	screen_free(s);
}

/* ---- what is not drawn again is as if it had been ---- */

#define ROWS_MOST 60

static void keep_rows(struct screen *s, char rows[ROWS_MOST][512])
{
	int columns, n;

	screen_size(s, &columns, &n);
	for (int y = 0; y < n; y++)
		snprintf(rows[y], sizeof(rows[y]), "%s", screen_row(s, y));
}

/* After a key, and what it brings if the lab is asked, the screen is the same
 * as when all of it is drawn anew. */
static void assert_not_stale(struct screen *s, const char *key,
	const char *brings)
{
	static char before[ROWS_MOST][512], after[ROWS_MOST][512];
	int columns, n;

	screen_key(s, key);
	assert_true(screen_settle(s));
	assert_true(!brings || screen_wait(s, brings, SCREEN_SECONDS));
	keep_rows(s, before);
	screen_key(s, "C-l");
	assert_true(screen_settle(s));
	keep_rows(s, after);
	screen_size(s, &columns, &n);
	for (int y = 0; y < n; y++)
		if (strcmp(before[y], after[y])) {
			screen_print(s);
			fail_msg("after %s row %d was |%s", key, y, before[y]);
		}
}

static void nothing_is_stale(void **state)
{
	static const char *const keys[] = {
		"Up", "Up", "Left", "Enter", "q", "Tab", "Up", "S-Tab", "k",
		"Down", "k", "1", "Up", "Tab", "Down", "Enter", "Down", "3",
		"Down", "0", "S-Tab", "z", "Up", "z", "~", "Esc", "?", "Down",
		"q", "m", "q", "/", "l", "Enter", "Backspace", "Up",
		"Backspace", "End", ":", "x", "Esc", "q", "1",
	};
	static const int size[][2] = {{80, 24}, {100, 30}, {60, 20}};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct screen *s = lesson(size[i][0], size[i][1],
			"lesson tour --lang en");

		turn(s, 3, "b");
		screen_key(s, "b");
		go(s, "Space turn");
		for (size_t k = 0; k < sizeof(keys) / sizeof(*keys); k++)
			assert_not_stale(s, keys[k], NULL);
		assert_not_stale(s, "o", "holds");
		assert_not_stale(s, "o", "flows");
		screen_free(s);
	}
}

/* The longest line that the checker lets by, in the language with the longer
 * words. */
static void the_next_line_is_whole(void **state)
{
	static const char line[] = "client: send(3, \"abcdefghijklmnopqrst"
		"uvwxyz0123456789ABC\")";
	char path[] = "/tmp/tomada-line-XXXXXX.lab";
	char text[128];
	struct screen *s;
	FILE *f;
	int fd;

	(void)state;
	need_namespaces();
	assert_int_equal(strlen(line), LESSON_STEP_COLUMNS);
	fd = mkstemps(path, 4);
	assert_true(fd >= 0);
	f = fdopen(fd, "w");
	fprintf(f, "%s -> EBADF\n", line);
	fclose(f);
	snprintf(text, sizeof(text), "lab %s --lang pt_BR", path);
	s = screen_run(80, 24, NULL, text);
	snprintf(text, sizeof(text), "Espaço rodar “%s”", line);
	assert_true(screen_wait(s, text, SCREEN_SECONDS));
	screen_free(s);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_messages_to_its_end),
		cmocka_unit_test(held_frames_passed_by_key),
		cmocka_unit_test(a_step_done_by_hand_before),
		cmocka_unit_test(tour_to_its_end),
		cmocka_unit_test(back_in_time_and_now),
		cmocka_unit_test(nothing_is_stale),
		cmocka_unit_test(the_next_line_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
