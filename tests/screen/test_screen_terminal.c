/*
 * The terminal: sizes, colours, locales, stopping, leaving, dying. Whatever
 * happens, it is given back as it was found.
 */
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "screen.h"

#define TITLE "Your first exchange"

static struct screen *tour(int columns, int rows, const char *const env[])
{
	struct screen *s = screen_run(columns, rows, env,
		"lesson tour --lang en");

	assert_true(screen_wait(s, TITLE, SCREEN_SECONDS));
	assert_true(screen_wait(s, "Space run", SCREEN_SECONDS));
	return s;
}

/* As found: modes, screen buffer, cursor, mouse, marks of pasting. */
static void assert_given_back(struct screen *s)
{
	struct termios first, now;

	screen_modes(s, &first, &now);
	assert_int_equal(first.c_lflag, now.c_lflag);
	assert_int_equal(first.c_iflag, now.c_iflag);
	assert_int_equal(first.c_oflag, now.c_oflag);
	assert_false(screen_alternate(s));
	assert_int_equal(screen_mouse(s), 0);
	int row, column;
	bool visible;
	screen_cursor(s, &row, &column, &visible);
	assert_true(visible);
}

static void assert_clean(struct screen *s)
{
	size_t at = 0;
	const char *trouble = screen_raw_trouble(s, &at);

	if (trouble)
		fail_msg("%s at byte %zu of what was written", trouble, at);
	assert_int_equal(screen_bells(s), 0);
	assert_false(screen_titled(s));
}

/* Colours other than the terminal's own, on the whole screen. */
static int coloured_cells(struct screen *s)
{
	int columns, rows, n = 0;

	screen_size(s, &columns, &rows);
	for (int y = 0; y < rows; y++) {
		for (int x = 0; x < columns; x++) {
			struct screen_cell c;

			screen_cell(s, y, x, &c);
			n += !c.default_front || !c.default_back;
		}
	}
	return n;
}

/* ---- the first paint ---- */

static void first_paint(void **state)
{
	struct screen *s = tour(80, 24, NULL);

	(void)state;
	assert_true(screen_wait(s, "page 1/7", SCREEN_SECONDS));
	assert_true(screen_wait(s, "Space run", SCREEN_SECONDS));
	assert_non_null(strstr(screen_row(s, 0), TITLE));
	assert_non_null(strstr(screen_row(s, 1), "client"));
	assert_non_null(strstr(screen_row(s, 1), "wire"));
	assert_non_null(strstr(screen_row(s, 1), "server"));
	assert_non_null(strstr(screen_row(s, 23), "Space"));
	assert_true(screen_alternate(s));
	assert_clean(s);
	screen_free(s);
}

/* Nothing happens: nothing is written. */
static void idle_writes_nothing(void **state)
{
	struct screen *s = tour(80, 24, NULL);

	(void)state;
	assert_true(screen_wait_quiet(s, 1000, SCREEN_SECONDS));
	screen_free(s);
}

/* ---- sizes ---- */

static void sizes(void **state)
{
	static const struct {
		int columns, rows;
	} size[] = {{100, 30}, {200, 60}, {60, 20}, {40, 12}, {132, 43},
		{80, 24}};
	struct screen *s = tour(80, 24, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(size) / sizeof(size[0]); i++) {
		int last = size[i].rows - 1;

		assert_true(screen_resize(s, size[i].columns, size[i].rows));
		/* a title that is cut is still a title */
		assert_non_null(strstr(screen_row(s, 0), "Your first"));
		assert_non_null(strstr(screen_row(s, last), "Space"));
		assert_true(screen_has(s, "client"));
		assert_true(screen_has(s, "server"));
		assert_clean(s);
	}
	screen_free(s);
}

static void too_small_is_a_sentence(void **state)
{
	struct screen *s = tour(80, 24, NULL);

	(void)state;
	assert_true(screen_resize(s, 39, 11));
	assert_true(screen_wait(s, "40x12", SCREEN_SECONDS));
	assert_false(screen_has(s, "client"));
	assert_true(screen_resize(s, 5, 2));
	assert_true(screen_resize(s, 80, 24));
	assert_true(screen_wait(s, TITLE, SCREEN_SECONDS));
	screen_free(s);
}

static void redraws_what_was_spoilt(void **state)
{
	struct screen *s = tour(80, 24, NULL);
	size_t before, after;

	(void)state;
	assert_true(screen_settle(s));
	screen_raw(s, &before);
	screen_key(s, "C-l");
	assert_true(screen_settle(s));
	screen_raw(s, &after);
	/* a whole screen, not a cell that changed */
	assert_true(after - before > 500);
	assert_true(screen_has(s, TITLE));
	screen_free(s);
}

/* ---- kinds of terminals ---- */

static void no_colour(void **state)
{
	static const char *const env[] = {"NO_COLOR=1", NULL};
	struct screen *s = tour(80, 24, env);

	(void)state;
	assert_true(screen_wait(s, "Space run", SCREEN_SECONDS));
	assert_int_equal(coloured_cells(s), 0);
	screen_free(s);
}

/* What each TERM shows and takes; a vt100 has two colours. */
static void terminals(void **state)
{
	static const char *const env[][2] = {{"TERM=linux", NULL},
		{"TERM=screen-256color", NULL}, {"TERM=xterm", NULL},
		{"TERM=vt100", NULL}};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct screen *s = tour(80, 24, env[i]);

		assert_true(screen_wait(s, "Space run", SCREEN_SECONDS));
		screen_key(s, "Space");
		assert_true(screen_wait(s, "socket(AF_INET", SCREEN_SECONDS));
		assert_clean(s);
		if (i == 3)
			assert_int_equal(coloured_cells(s), 0);
		screen_key(s, "q");
		screen_key(s, "q");
		assert_true(screen_wait_exit(s, SCREEN_SECONDS));
		assert_int_equal(screen_status(s), 0);
		screen_free(s);
	}
}

/* Without UTF-8 every byte that is written is ASCII. */
static void ascii(void **state)
{
	static const char *const env[] = {"LC_ALL=C", NULL};
	struct screen *s = tour(80, 24, env);
	const uint8_t *raw;
	size_t n;

	(void)state;
	assert_true(screen_wait(s, "Space run", SCREEN_SECONDS));
	screen_key(s, "Space");
	assert_true(screen_wait(s, "socket(AF_INET", SCREEN_SECONDS));
	screen_key(s, "1");
	screen_key(s, ":");
	assert_true(screen_wait(s, "client>", SCREEN_SECONDS));
	raw = screen_raw(s, &n);
	for (size_t i = 0; i < n; i++)
		assert_in_range(raw[i], 1, 0x7e);
	screen_free(s);
}

static void portuguese(void **state)
{
	struct screen *s = screen_run(80, 24, NULL, "lesson tour --lang pt_BR");

	(void)state;
	assert_true(screen_wait(s, "Sua primeira troca", SCREEN_SECONDS));
	assert_true(screen_wait(s, "Espaço", SCREEN_SECONDS));
	assert_clean(s);
	screen_free(s);
}

/* ---- stopping, leaving, dying ---- */

static bool has_footer(struct screen *s, void *unused)
{
	int columns, rows;

	(void)unused;
	screen_size(s, &columns, &rows);
	return strstr(screen_row(s, rows - 1), "Space") != NULL;
}

static void stops_and_goes_on(void **state)
{
	struct screen *s = tour(80, 24, NULL);

	(void)state;
	screen_key(s, "C-z");
	assert_true(screen_wait_stopped(s, SCREEN_SECONDS));
	assert_given_back(s);
	assert_true(screen_resize(s, 100, 30)); /* while it sleeps */
	screen_continue(s);
	assert_true(screen_until(s, has_footer, NULL, "Space in the last row",
		SCREEN_SECONDS));
	assert_true(screen_has(s, TITLE));
	assert_true(screen_alternate(s));
	screen_free(s);
}

static bool has_stopped(struct screen *s, void *pid)
{
	char path[64], letter = 0;
	FILE *f;

	(void)s;
	snprintf(path, sizeof(path), "/proc/%d/stat", *(pid_t *)pid);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_int_equal(fscanf(f, "%*d %*s %c", &letter), 1);
	fclose(f);
	return letter == 'T';
}

/* Of a job, as make run is one, all stop: else no shell hears of it. */
static void stops_the_whole_job(void **state)
{
	const char *const argv[] = {"/bin/sh", "-c", "sleep 600 & echo $! "
		">\"$HOME/other\"; exec \"$0\" lesson tour --lang en",
		screen_program(), NULL};
	struct screen *s = screen_start(80, 24, NULL, argv);
	char path[4096];
	pid_t other = 0;
	FILE *f;

	(void)state;
	assert_true(screen_wait(s, TITLE, SCREEN_SECONDS));
	snprintf(path, sizeof(path), "%s/other", getenv("HOME"));
	f = fopen(path, "r");
	assert_non_null(f);
	assert_int_equal(fscanf(f, "%d", &other), 1);
	fclose(f);
	screen_key(s, "C-z");
	assert_true(screen_wait_stopped(s, SCREEN_SECONDS));
	assert_true(screen_until(s, has_stopped, &other, "the other's stop",
		SCREEN_SECONDS));
	screen_continue(s);
	kill(other, SIGKILL);
	screen_free(s);
}

static void leaves_when_asked_twice(void **state)
{
	struct screen *s = tour(80, 24, NULL);

	(void)state;
	screen_key(s, "q");
	assert_true(screen_wait(s, "any other key", SCREEN_SECONDS));
	screen_key(s, "1"); /* another key: stay */
	assert_true(screen_wait_gone(s, "any other key", SCREEN_SECONDS));
	screen_key(s, "C-c"); /* never leaves */
	screen_key(s, "q");
	assert_true(screen_wait(s, "any other key", SCREEN_SECONDS));
	screen_key(s, "q");
	assert_true(screen_wait_exit(s, SCREEN_SECONDS));
	assert_true(WIFEXITED(screen_status(s)));
	assert_int_equal(WEXITSTATUS(screen_status(s)), 0);
	assert_given_back(s);
	screen_free(s);
}

/* The family is gone: all within a deadline. */
static void assert_gone(int *pidfd, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct pollfd p = {.fd = pidfd[i], .events = POLLIN};

		assert_int_equal(poll(&p, 1, SCREEN_SECONDS * 1000), 1);
		close(pidfd[i]);
	}
}

static void dies(int sig, bool gives_back)
{
	/* a sanitizer would die in its own way */
	static const char *const env[] = {"ASAN_OPTIONS=handle_segv=0", NULL};
	struct screen *s = tour(80, 24, env);
	int family[64];
	size_t n;

	screen_key(s, ":"); /* marks of pasting are on as well */
	assert_true(screen_wait(s, "client>", SCREEN_SECONDS));
	screen_type(s, "s = socket(AF_INET, SOCK_STREAM)");
	screen_key(s, "Enter");
	assert_true(screen_wait(s, "-> 3", SCREEN_SECONDS));
	n = screen_family(s, family, 64);
	assert_true(n >= 2); /* a lab and an actor; with a wire a builder too */
	screen_signal(s, sig);
	assert_true(screen_wait_exit(s, SCREEN_SECONDS));
	if (gives_back) {
		size_t len;
		const uint8_t *raw = screen_raw(s, &len);

		assert_given_back(s);
		assert_true(screen_raw_has(s, "\033[?2004l", 8));
		assert_true(memmem(raw, len, "\033[?1049l", 8) != NULL);
	}
	assert_gone(family, n);
	screen_free(s);
}

static void terminated(void **state)
{
	(void)state;
	dies(SIGTERM, true);
}

static void crashed(void **state)
{
	(void)state;
	dies(SIGSEGV, true);
}

static void killed(void **state)
{
	(void)state;
	dies(SIGKILL, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_paint),
		cmocka_unit_test(idle_writes_nothing),
		cmocka_unit_test(sizes),
		cmocka_unit_test(too_small_is_a_sentence),
		cmocka_unit_test(redraws_what_was_spoilt),
		cmocka_unit_test(no_colour),
		cmocka_unit_test(terminals),
		cmocka_unit_test(ascii),
		cmocka_unit_test(portuguese),
		cmocka_unit_test(stops_and_goes_on),
		cmocka_unit_test(stops_the_whole_job),
		cmocka_unit_test(leaves_when_asked_twice),
		cmocka_unit_test(terminated),
		cmocka_unit_test(crashed),
		cmocka_unit_test(killed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
