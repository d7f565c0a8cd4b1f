/*
 * What must be in sight at 80x24: the page that is turned to, the call that a
 * mark or the selection is about, what does not fit into the lesson's pane; and
 * what the keys of the prompt do about a line that is not wanted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "empty_lab.h"
#include "rights.h"
#include "screen.h"

static void must(struct screen *s, const char *text)
{
	if (!screen_wait(s, text, SCREEN_SECONDS))
		fail_msg("never seen: %s", text);
}

static void must_go(struct screen *s, const char *text)
{
	if (!screen_wait_gone(s, text, SCREEN_SECONDS))
		fail_msg("still seen: %s", text);
}

/* A page of tests/lessons/exercise.md. */
static struct screen *at_page(int page)
{
	char what[128];

	need_namespaces();
	snprintf(what, sizeof(what),
		"lesson tests/lessons/exercise.md --lang en --page %d", page);
	return screen_run(80, 24, NULL, what);
}

/* Its first page, answered: three of five bytes were read on the server. */
static struct screen *answered(void)
{
	struct screen *s = at_page(1);

	must(s, "predict");
	screen_key(s, "a");
	must(s, "▸a");
	screen_key(s, "Space");
	must(s, "not as you predicted");
	return s;
}

/* A bare lab with the prompt open on the client's side. */
static struct screen *prompt(void)
{
	need_namespaces();
	return empty_lab(80, 24, NULL);
}

/* The column of the ▸ in a row, counted in cells; from the left, from. */
static int mark_in(struct screen *s, int row, int from)
{
	struct screen_cell cell;

	for (int x = from; x < 80; x++)
		if (screen_cell(s, row, x, &cell) && !strcmp(cell.text, "▸"))
			return x;
	return -1;
}

static void a_page_is_turned_to_its_text(void **state)
{
	struct screen *s = answered();

	(void)state;
	screen_key(s, "1");
	must_go(s, "you predicted");
	screen_key(s, "Space");
	must(s, "The server has read the word");
	/* and so does Esc */
	screen_key(s, "1");
	must_go(s, "The server has read the word");
	screen_key(s, "Esc");
	must(s, "The server has read the word");
	/* nor do keys for pages hide it */
	screen_key(s, "1");
	must_go(s, "The server has read the word");
	screen_key(s, "[");
	must(s, "predict");
	assert_true(screen_has(s, "Five bytes have arrived"));
	screen_free(s);
}

static void the_mark_stands_beside_its_call(void **state)
{
	struct screen *s = answered();
	int row, column;

	(void)state;
	/* the stage is above the lesson, which names the call as well */
	assert_true(screen_find(s, "recv(conn, 3)", &row, &column));
	assert_int_equal(mark_in(s, row, 0), column - 1);
	/* two columns to its left: that of the client, and the wire */
	assert_true(column > 2 * 80 / 3);
	screen_free(s);
}

static void the_selection_stands_where_something_is(void **state)
{
	struct screen *s = at_page(2);
	int row, column;

	(void)state;
	must(s, "what is missing");
	/* with nothing selected Enter shows the setup at once */
	assert_true(screen_has(s, "+ 5 calls"));
	screen_key(s, "Enter");
	must(s, "listen(ear, 5)");
	assert_false(screen_has(s, "+ 5 calls"));
	/* from the server's calls down to the client's, and on to a frame */
	screen_key(s, "Down");
	screen_key(s, "Down");
	assert_true(screen_settle(s));
	assert_true(screen_find(s, "bind(ear", &row, &column));
	assert_int_equal(mark_in(s, row, 0), column - 1);
	screen_key(s, "Down");
	screen_key(s, "Down");
	assert_true(screen_settle(s));
	assert_true(screen_find(s, "s = socket", &row, &column));
	assert_int_equal(mark_in(s, row, 0), column - 1);
	assert_int_equal(column, 1);
	screen_free(s);
}

/* The stage has rows to spare, the question and its answer need them. */
static void an_answer_has_the_rows_that_are_free(void **state)
{
	struct screen *s;

	(void)state;
	need_namespaces();
	s = screen_run(80, 24, NULL, "lesson tests/lessons/answer.md --lang "
		"en");
	must(s, "predict");
	screen_key(s, "a");
	must(s, "▸a");
	screen_key(s, "Space");
	must(s, "not as you predicted");
	assert_true(screen_has(s, "First words."));
	assert_true(screen_has(s, "Last words."));
	assert_false(screen_has(s, "above"));
	/* and what is in the queues stays in sight */
	assert_true(screen_has(s, "to read"));
	screen_free(s);
}

static void unselected_bytes_are_data(void **state)
{
	struct screen *s = at_page(1);

	(void)state;
	must(s, "predict");
	/* the last frame is the ACK of five bytes */
	screen_key(s, "1");
	must(s, "A, a send of client");
	screen_free(s);
}

static void up_passes_over_repeats(void **state)
{
	struct screen *s = prompt();
	int row, column;

	(void)state;
	assert_true(screen_line(s, "drop syn", "1 rule"));
	assert_true(screen_line(s, "s = socket(AF_INET, SOCK_STREAM | "
		"SOCK_NONBLOCK)", "-> 3"));
	assert_true(screen_line(s, "connect(s, server:9999)", "EINPROGRESS"));
	must(s, "SYN again");
	screen_key(s, "Esc");
	must_go(s, "client>");
	screen_key(s, "Up");
	assert_true(screen_settle(s));
	assert_true(screen_find(s, "EINPROGRESS", &row, &column));
	assert_true(mark_in(s, row, 0) >= 0);
	screen_free(s);
}

static void ctrl_c_clears_the_line_first(void **state)
{
	struct screen *s = prompt();
	int row, column;

	(void)state;
	screen_type(s, "sokcet(");
	must(s, "Ctrl-C clear");
	screen_key(s, "C-c");
	must_go(s, "sokcet");
	assert_true(screen_find(s, "client>", &row, &column));
	assert_string_equal(screen_row(s, row), "client>");
	/* what was said of a line goes with it */
	screen_type(s, "close(9");
	screen_key(s, "Enter");
	must(s, "expected");
	screen_key(s, "C-c");
	must_go(s, "expected");
	/* of an empty one, it is for the call */
	screen_key(s, "C-c");
	must(s, "No call waits");
	screen_free(s);
}

static void the_lesson_scrolls_under_the_prompt(void **state)
{
	struct screen *s = prompt();

	(void)state;
	must(s, "below: PgDn");
	assert_false(screen_has(s, "lab: dns"));
	must(s, "PgDn the rest");
	screen_key(s, "PgDn");
	must(s, "lab: dns");
	must(s, "above: PgUp");
	screen_key(s, "PgUp");
	must(s, "This is an empty lab");
	/* without the prompt by its pane, which Tab gives the focus */
	screen_key(s, "Esc");
	must(s, "below: Tab ↓");
	screen_key(s, "Tab");
	must(s, "below: ↓");
	screen_key(s, "Down");
	must(s, "1 above: ↑");
	screen_free(s);
}

static void the_history_is_of_one_side(void **state)
{
	struct screen *s = prompt();

	(void)state;
	assert_true(screen_line(s, "s = socket(AF_INET)", "-> 3"));
	screen_key(s, "C-t");
	must(s, "server>");
	assert_true(screen_line(s, "ear = socket(AF_INET)", "CLOSE  ear"));
	assert_true(screen_line(s, "hold", "holds"));
	screen_key(s, "C-t");
	must(s, "client>");
	/* what is the wire's is everybody's; then only what is this side's */
	screen_key(s, "Up");
	must(s, "client> hold");
	screen_key(s, "Up");
	must(s, "client> s = socket(AF_INET)");
	screen_key(s, "Up");
	screen_key(s, "Down");
	must(s, "client> hold");
	screen_key(s, "Down");
	must_go(s, "client> hold");
	/* all of them */
	screen_key(s, "C-p");
	screen_key(s, "C-p");
	must(s, "client> ear = socket(AF_INET)");
	screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_is_turned_to_its_text),
		cmocka_unit_test(the_mark_stands_beside_its_call),
		cmocka_unit_test(the_selection_stands_where_something_is),
		cmocka_unit_test(an_answer_has_the_rows_that_are_free),
		cmocka_unit_test(unselected_bytes_are_data),
		cmocka_unit_test(up_passes_over_repeats),
		cmocka_unit_test(ctrl_c_clears_the_line_first),
		cmocka_unit_test(the_lesson_scrolls_under_the_prompt),
		cmocka_unit_test(the_history_is_of_one_side),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
