/*
 * A dead end of an exercise, on the screen: which goal is lost, why, where, and
 * how to get out of it, without a key pressed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
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

static void type(struct screen *s, const char *line)
{
	screen_type(s, line);
	screen_key(s, "Enter");
}

/* "Be the loop": its setup's sockets are all that its solution uses. */
static struct screen *begin(int columns, int rows)
{
	struct screen *s;

	need_namespaces();
	s = screen_run(columns, rows, NULL, "lesson --lang en "
		"tests/lessons/exercise.md --page 2");
	must(s, "Space what is missing?");
	screen_key(s, ":");
	must(s, "server>");
	return s;
}

static void says_what_is_lost_and_how_to_go_on(int columns, int rows)
{
	struct screen *s = begin(columns, rows);

	type(s, "close(conn)");
	must(s, "✕ The server has read the length alone");
	must(s, "✕ The server has read the word, whole");
	must(s, "☐ Two calls were enough");
	must(s, "too late: conn is closed");
	must(s, "then u: take back");
	screen_key(s, "Esc");
	must(s, "u take back");
	screen_key(s, "u");
	must(s, "☐ The server has read the length alone");
	assert_true(screen_wait_gone(s, "✕", SCREEN_SECONDS));
	screen_free(s);
}

static void at_80x24(void **state)
{
	(void)state;
	says_what_is_lost_and_how_to_go_on(80, 24);
}

static void at_100x30(void **state)
{
	(void)state;
	says_what_is_lost_and_how_to_go_on(100, 30);
}

/* A second one is told though the first was seen and put away. */
static void another_one_is_told_as_well(void **state)
{
	struct screen *s = begin(100, 30);

	(void)state;
	type(s, "recv(conn, 64)");
	must(s, "☑ The server has read the word, whole");
	type(s, "recv(conn, 64, MSG_DONTWAIT)");
	must(s, "EAGAIN");
	type(s, "recv(conn, 65, MSG_DONTWAIT)");
	must(s, "✕ Two calls were enough");
	must(s, "exactly twice");
	screen_key(s, "Esc");
	screen_key(s, "Space"); /* the task again */
	assert_true(screen_wait_gone(s, "exactly twice", SCREEN_SECONDS));
	screen_key(s, ":");
	must(s, "server>");
	type(s, "close(conn)");
	must(s, "✕ The server has read the length alone");
	must(s, "too late: conn is closed");
	screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_80x24),
		cmocka_unit_test(at_100x30),
		cmocka_unit_test(another_one_is_told_as_well),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
