/*
 * The prompt: typed calls, errors, completion, history, pastes, and letters
 * that are not ASCII.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "empty_lab.h"
#include "rights.h"
#include "screen.h"

static void enter(struct screen *s, const char *text)
{
	screen_type(s, text);
	screen_key(s, "Enter");
}

/* Where the prompt's text begins: its row; the column behind "client> ". */
static int prompt_row(struct screen *s, const char *side)
{
	int row, column;

	assert_true(screen_find(s, side, &row, &column));
	assert_int_equal(column, 0);
	return row;
}

static void assert_cursor(struct screen *s, int row, int column)
{
	int y, x;
	bool visible;

	screen_cursor(s, &y, &x, &visible);
	assert_true(visible);
	assert_int_equal(y, row);
	assert_int_equal(x, column);
}

static void a_call_is_done(void **state)
{
	struct screen *s = empty_lab(80, 24, NULL);

	(void)state;
	enter(s, "s = socket(AF_INET, SOCK_STREAM)");
	assert_true(screen_wait(s, "-> 3", SCREEN_SECONDS));
	/* one stays in the prompt, with an empty line */
	assert_string_equal(screen_row(s, prompt_row(s, "client>")),
		"client>");
	screen_key(s, "Esc");
	assert_true(screen_wait_gone(s, "client>", SCREEN_SECONDS));
	screen_free(s);
}

static void both_sides(void **state)
{
	struct screen *s;

	(void)state;
	need_namespaces();
	s = empty_lab(80, 24, NULL);
	screen_key(s, "C-t");
	assert_true(screen_wait(s, "server>", SCREEN_SECONDS));
	enter(s, "ear = socket(AF_INET, SOCK_STREAM)");
	assert_true(screen_wait(s, "-> 3", SCREEN_SECONDS));
	enter(s, "bind(ear, any:9999)");
	assert_true(screen_wait(s, "-> 0", SCREEN_SECONDS));
	screen_key(s, "C-t");
	assert_true(screen_wait(s, "client>", SCREEN_SECONDS));
	/* Enter on an empty line leaves */
	screen_key(s, "Enter");
	assert_true(screen_wait_gone(s, "client>", SCREEN_SECONDS));
	screen_free(s);
}

/* The lane of the wire's verbs may be left out. */
static void orders_to_the_wire(void **state)
{
	struct screen *s;

	(void)state;
	need_namespaces();
	s = empty_lab(80, 24, NULL);
	enter(s, "hold");
	assert_true(screen_wait(s, "holds", SCREEN_SECONDS));
	enter(s, "flow");
	assert_true(screen_wait(s, "wire flows", SCREEN_SECONDS));
	screen_free(s);
}

static void an_error_points_to_its_column(void **state)
{
	struct screen *s = empty_lab(80, 24, NULL);
	int row, y, x;

	(void)state;
	enter(s, "s = sockt(AF_INET)");
	assert_true(screen_wait(s, "did you mean socket?", SCREEN_SECONDS));
	row = prompt_row(s, "client>");
	/* the arrow stands above "sockt"; the cursor is where typing goes on */
	assert_true(screen_find(s, "↓", &y, &x));
	assert_int_equal(y, row - 1);
	assert_int_equal(x, 8 + 4);
	assert_cursor(s, row, 8 + 18);
	/* the line is still there, and Tab mends it */
	assert_non_null(strstr(screen_row(s, row), "sockt(AF_INET)"));
	screen_key(s, "Tab");
	assert_true(screen_wait(s, "s = socket(AF_INET)", SCREEN_SECONDS));
	screen_free(s);
}

static void words_for_the_program(void **state)
{
	struct screen *s = empty_lab(80, 24, NULL);

	(void)state;
	enter(s, ":quit");
	assert_true(screen_wait(s, "then q leaves tomada", SCREEN_SECONDS));
	screen_key(s, "C-u");
	enter(s, ":s = socket(AF_INET, SOCK_STREAM)");
	assert_true(screen_wait(s, "-> 3", SCREEN_SECONDS));
	screen_free(s);
}

static void completion(void **state)
{
	struct screen *s = empty_lab(80, 24, NULL);

	(void)state;
	screen_type(s, "so");
	screen_key(s, "Tab"); /* as far as socket and socketpair agree */
	assert_true(screen_wait(s, "socket(  socketpair(", SCREEN_SECONDS));
	screen_type(s, "(");
	assert_true(screen_wait(s, "client> socket(", SCREEN_SECONDS));
	/* the signature stands above while one types */
	assert_true(screen_wait(s, "FAMILY", SCREEN_SECONDS));
	screen_type(s, "AF_");
	screen_key(s, "Tab");
	assert_true(screen_wait(s, "AF_INET  AF_INET6", SCREEN_SECONDS));
	assert_true(screen_wait(s, "socket(AF_INET", SCREEN_SECONDS));
	screen_free(s);
}

static void names_are_completed(void **state)
{
	struct screen *s = empty_lab(80, 24, NULL);

	(void)state;
	enter(s, "bucket = socket(AF_INET, SOCK_STREAM)");
	assert_true(screen_wait(s, "-> 3", SCREEN_SECONDS));
	screen_type(s, "close(buc");
	screen_key(s, "Tab");
	assert_true(screen_wait(s, "client> close(bucket", SCREEN_SECONDS));
	screen_free(s);
}

static void history(void **state)
{
	struct screen *s = empty_lab(80, 24, NULL);

	(void)state;
	enter(s, "s = socket(AF_INET, SOCK_STREAM)");
	assert_true(screen_wait(s, "-> 3", SCREEN_SECONDS));
	enter(s, "close(s)");
	assert_true(screen_wait(s, "-> 0", SCREEN_SECONDS));
	screen_key(s, "Up");
	assert_true(screen_wait(s, "client> close(s)", SCREEN_SECONDS));
	screen_key(s, "Up");
	assert_true(screen_wait(s, "client> s = socket(", SCREEN_SECONDS));
	screen_key(s, "Down");
	assert_true(screen_wait(s, "client> close(s)", SCREEN_SECONDS));
	screen_key(s, "Esc");
	assert_true(screen_wait_gone(s, "client>", SCREEN_SECONDS));
	screen_key(s, ":"); /* it lasts for the session */
	screen_key(s, "Up");
	assert_true(screen_wait(s, "client> close(s)", SCREEN_SECONDS));
	screen_free(s);
}

/* Text has no bytes until an encoding is chosen: Tab names one. */
static void tab_names_the_encoding(void **state)
{
	struct screen *s = empty_lab(80, 24, NULL);
	int row;

	(void)state;
	screen_type(s, "send(s, \"Olá");
	assert_true(screen_wait(s, "Tab puts utf8", SCREEN_SECONDS));
	screen_key(s, "Tab");
	assert_true(screen_wait(s, "send(s, utf8\"Olá", SCREEN_SECONDS));
	row = prompt_row(s, "client>");
	assert_cursor(s, row, 8 + 16);
	screen_free(s);
}

/* Wide letters take two cells, marks none; both ends of a long line. */
static void letters_of_all_widths(void **state)
{
	struct screen *s = empty_lab(80, 24, NULL);
	int row = prompt_row(s, "client>");

	(void)state;
	screen_type(s, "日本e\xcc\x81");
	assert_true(screen_wait(s, "日本", SCREEN_SECONDS));
	assert_true(screen_settle(s));
	assert_cursor(s, row, 8 + 5);
	screen_key(s, "Left");
	assert_true(screen_settle(s));
	assert_cursor(s, row, 8 + 4); /* over the mark as well */
	screen_key(s, "Backspace");
	assert_true(screen_wait_gone(s, "本", SCREEN_SECONDS));
	screen_key(s, "C-e");
	for (int i = 0; i < 20; i++)
		screen_type(s, "0123456789");
	assert_true(screen_wait(s, "client> …", SCREEN_SECONDS));
	assert_non_null(strstr(screen_row(s, row), "9"));
	screen_key(s, "Home");
	assert_true(screen_wait(s, "client> 日", SCREEN_SECONDS));
	assert_cursor(s, row, 8);
	screen_free(s);
}

/* What is pasted is text: its line ends run nothing, its Tab completes
 * nothing, its escapes are not keys. */
static void a_paste_runs_nothing(void **state)
{
	struct screen *s = empty_lab(80, 24, NULL);

	(void)state;
	screen_type(s, "\033[200~s = socket(AF_INET,\tSOCK_STREAM)\n"
		"close(s)\n\033[201~");
	assert_true(screen_wait(s, "client> s = socket(AF_INET, SOCK_STREAM)"
		" close(s)", SCREEN_SECONDS));
	assert_false(screen_has(s, "-> 3"));
	screen_key(s, "Esc");
	assert_true(screen_wait_gone(s, "client>", SCREEN_SECONDS));
	screen_free(s);
}

/* A person's readline settings change nothing that we rely on. */
static void settings_of_others(void **state)
{
	static const char *const env[] = {"INPUTRC=/dev/null", NULL};
	struct screen *s = screen_run(80, 24, env, "lab --lang en");
	const char *trouble;
	size_t at;

	(void)state;
	assert_true(screen_wait(s, "server", SCREEN_SECONDS));
	screen_key(s, ":");
	assert_true(screen_wait(s, "client>", SCREEN_SECONDS));
	screen_key(s, "C-h"); /* nothing to take away: no bell */
	screen_key(s, "Up");
	screen_key(s, "C-g");
	screen_type(s, "())");
	assert_true(screen_wait(s, "())", SCREEN_SECONDS));
	assert_int_equal(screen_bells(s), 0);
	trouble = screen_raw_trouble(s, &at);
	if (trouble)
		fail_msg("%s at byte %zu of what was written", trouble, at);
	screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_is_done),
		cmocka_unit_test(both_sides),
		cmocka_unit_test(orders_to_the_wire),
		cmocka_unit_test(an_error_points_to_its_column),
		cmocka_unit_test(words_for_the_program),
		cmocka_unit_test(completion),
		cmocka_unit_test(names_are_completed),
		cmocka_unit_test(history),
		cmocka_unit_test(tab_names_the_encoding),
		cmocka_unit_test(letters_of_all_widths),
		cmocka_unit_test(a_paste_runs_nothing),
		cmocka_unit_test(settings_of_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
