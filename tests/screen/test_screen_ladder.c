/*
 * The ladder (the zoomed stage) and the menu of faults, on a real lab: what is
 * held leaves and arrives, what waits is a bar, a fault is asked for, acts, is
 * listed and is taken away.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rights.h"
#include "screen.h"

/* The first row names the wire once there is a lab. */
static bool lab_is_built(struct screen *s, void *unused)
{
	(void)unused;
	return strstr(screen_row(s, 0), "wire") != NULL;
}

static void line(struct screen *s, const char *text)
{
	screen_type(s, text);
	screen_key(s, "Enter");
	assert_true(screen_wait_quiet(s, 60, SCREEN_SECONDS));
}

/* Client and server talk; the server waits in recv. The prompt is closed. */
static struct screen *talking(int columns, int rows, const char *const env[],
	const char *arguments)
{
	static const char *const calls[] = {
		"server: ear = socket(AF_INET, SOCK_STREAM)",
		"server: bind(ear, any:9999)",
		"server: listen(ear, 5)",
		"server: conn = accept(ear)",
		"client: s = socket(AF_INET, SOCK_STREAM)",
		"client: setsockopt(s, TCP_NODELAY, 1)",
		"client: connect(s, server:9999)",
		"server: recv(conn, 64)",
	};
	struct screen *s;

	need_namespaces();
	s = screen_run(columns, rows, env, arguments);
	assert_true(screen_until(s, lab_is_built, NULL, "a lab",
		SCREEN_SECONDS));
	screen_key(s, ":");
	assert_true(screen_wait(s, "client>", SCREEN_SECONDS));
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		line(s, calls[i]);
	return s;
}

static void leave_prompt(struct screen *s)
{
	screen_key(s, "Esc");
	assert_true(screen_wait_gone(s, "client>", SCREEN_SECONDS));
}

/* How many rows, from the heading on, have a sign in them. */
static int rows_with(struct screen *s, const char *sign)
{
	int columns, rows, n = 0;

	screen_size(s, &columns, &rows);
	for (int y = 1; y < rows - 4; y++)
		n += strstr(screen_row(s, y), sign) != NULL;
	return n;
}

static int row_of(struct screen *s, const char *text)
{
	int row, column;

	if (!screen_find(s, text, &row, &column)) {
		screen_print(s);
		fail_msg("not there: %s", text);
	}
	return row;
}

static void held_frames_leave_and_arrive(void **state)
{
	struct screen *s = talking(80, 24, NULL, "lab --lang en");
	int leaves;

	(void)state;
	line(s, "hold data");
	line(s, "client: send(s, \"LOGIN\\n\")");
	line(s, "client: send(s, \"LIST\\n\")");
	leave_prompt(s);
	screen_key(s, "z");
	assert_true(screen_wait(s, "╮", SCREEN_SECONDS));
	/* both lie in our hand, each on a track of its own */
	assert_int_equal(rows_with(s, "╮"), 2);
	leaves = row_of(s, "4 A LOGIN↵");
	assert_non_null(strstr(screen_row(s, leaves), "A send(s,"));
	assert_non_null(strstr(screen_row(s, leaves + 1), "5 B LIST↵"));
	assert_int_equal(rows_with(s, "╰"), 0);
	/* recv waits: a bar, from its row down to now */
	assert_true(rows_with(s, "█") >= 4);
	/* the second goes first: it is seen to cross the track of the first */
	screen_key(s, "Up");
	assert_true(screen_wait(s, "▸", SCREEN_SECONDS));
	screen_key(s, "Right");
	screen_key(s, "p");
	assert_true(screen_wait(s, "╰", SCREEN_SECONDS));
	assert_non_null(strstr(screen_row(s, row_of(s, "╰")), "5 B LIST↵"));
	assert_non_null(strstr(screen_row(s, row_of(s, "╰")), "┼"));
	screen_key(s, "p");
	assert_true(screen_wait(s, "recv -> ", SCREEN_SECONDS));
	assert_int_equal(rows_with(s, "╰"), 2);
	screen_free(s);
}

static void enter_jumps_and_comes_back(void **state)
{
	struct screen *s = talking(100, 30, NULL, "lab --lang en");

	(void)state;
	line(s, "client: send(s, \"LOGIN\\n\")");
	leave_prompt(s);
	screen_key(s, "z");
	assert_true(screen_wait(s, "─ 4 A LOGIN↵", SCREEN_SECONDS));
	/* the newest is the result of recv: its frame is the one it read */
	screen_key(s, "Up");
	screen_key(s, "Home");
	for (int i = 0; i < 40 && !screen_has(s, "Frame 4 belongs"); i++) {
		screen_key(s, "Down");
		screen_key(s, "Left");
		assert_true(screen_wait_quiet(s, 30, SCREEN_SECONDS));
		if (strstr(screen_row(s, row_of(s, "A send(s")), "▸"))
			screen_key(s, "Enter");
		assert_true(screen_wait_quiet(s, 30, SCREEN_SECONDS));
	}
	assert_true(screen_has(s, "Frame 4 belongs to it"));
	/* … and from the frame on to its bytes, and back */
	screen_key(s, "Enter");
	assert_true(screen_wait(s, "BYTES", SCREEN_SECONDS));
	assert_false(screen_has(s, "A send(s"));
	screen_key(s, "Esc");
	assert_true(screen_wait(s, "─ 4 A LOGIN↵", SCREEN_SECONDS));
	screen_free(s);
}

static void one_connection_only(void **state)
{
	struct screen *s = talking(80, 40, NULL, "lab --lang en");

	(void)state;
	line(s, "client: t = socket(AF_INET, SOCK_STREAM)");
	line(s, "client: connect(t, server:9998)");
	assert_true(screen_wait(s, "ECONNREFUSED", SCREEN_SECONDS));
	leave_prompt(s);
	screen_key(s, "z");
	assert_true(screen_wait(s, "RST ACK", SCREEN_SECONDS));
	assert_true(screen_has(s, "1 SYN"));
	screen_key(s, "i"); /* nothing is selected */
	assert_true(screen_wait(s, "Select a call or a frame",
		SCREEN_SECONDS));
	screen_key(s, "Up");
	screen_key(s, "i");
	assert_true(screen_wait_gone(s, "1 SYN", SCREEN_SECONDS));
	assert_true(screen_has(s, "RST ACK"));
	assert_non_null(strstr(screen_row(s, 1), "one connection"));
	screen_key(s, "i");
	assert_true(screen_wait(s, "1 SYN", SCREEN_SECONDS));
	screen_free(s);
}

/* What is asked for is an order, which acts, is listed, and is taken away. */
static void a_rule_is_made_and_taken_away(void **state)
{
	struct screen *s = talking(80, 24, NULL, "lab --lang en");

	(void)state;
	leave_prompt(s);
	screen_key(s, "m");
	assert_true(screen_wait(s, "Faults of the wire", SCREEN_SECONDS));
	assert_false(screen_has(s, "Rules in force"));
	screen_key(s, "1");
	assert_true(screen_wait(s, "wire: drop next data", SCREEN_SECONDS));
	/* a mistake is told, and the line stays */
	screen_key(s, "C-u");
	screen_type(s, "wire: drup next data");
	screen_key(s, "Enter");
	assert_true(screen_wait(s, "did you mean drop?", SCREEN_SECONDS));
	assert_true(screen_has(s, "wire: drup next data"));
	screen_key(s, "Home");
	for (int i = 0; i < 9; i++)
		screen_key(s, "Right");
	screen_key(s, "Backspace");
	screen_type(s, "o");
	assert_true(screen_wait(s, "wire: drop next data", SCREEN_SECONDS));
	screen_key(s, "End");
	for (int i = 0; i < 4; i++)
		screen_key(s, "Left");
	screen_type(s, "2 ");
	assert_true(screen_wait(s, "drop next 2 data", SCREEN_SECONDS));
	screen_key(s, "Enter");
	assert_true(screen_wait(s, "1 rule", SCREEN_SECONDS));
	assert_true(screen_wait(s, "1 drop next 2 data", SCREEN_SECONDS));
	screen_key(s, "m");
	assert_true(screen_wait(s, "Rules in force", SCREEN_SECONDS));
	screen_key(s, "Up");
	assert_true(screen_wait(s, "takes the rule away", SCREEN_SECONDS));
	screen_key(s, "x");
	assert_true(screen_wait_gone(s, "1 drop next 2 data",
		SCREEN_SECONDS));
	assert_true(screen_wait_gone(s, "Rules in force", SCREEN_SECONDS));
	screen_key(s, "q");
	assert_true(screen_wait_gone(s, "Faults of", SCREEN_SECONDS));
	assert_false(screen_has(s, "1 rule"));
	screen_free(s);
}

/* The selected frame in hand is what a fault is offered for. */
static void a_fault_for_the_frame_in_hand(void **state)
{
	struct screen *s = talking(80, 24, NULL, "lab --lang en");

	(void)state;
	line(s, "hold data");
	line(s, "client: send(s, \"LOGIN\\n\")");
	leave_prompt(s);
	screen_key(s, "z");
	assert_true(screen_wait(s, "╮", SCREEN_SECONDS));
	screen_key(s, "Up");
	screen_key(s, "Right");
	screen_key(s, "m");
	assert_true(screen_wait(s, "drop #4", SCREEN_SECONDS));
	assert_true(screen_has(s, "delay 2s #4"));
	assert_true(screen_has(s, "loss 20% seed 1 data from client"));
	screen_key(s, "1");
	screen_key(s, "Enter");
	assert_true(screen_wait(s, "✕", SCREEN_SECONDS));
	screen_free(s);
}

/* Nothing of the ladder is left out where there is only ASCII. */
static void a_ladder_in_ascii(void **state)
{
	static const char *const env[] = { "LC_ALL=C", "LANG=C", NULL };
	struct screen *s = talking(80, 24, env, "lab --lang en");
	const uint8_t *raw;
	size_t n;

	(void)state;
	line(s, "hold data");
	line(s, "client: send(s, \"LOGIN\\n\")");
	leave_prompt(s);
	screen_key(s, "z");
	assert_true(screen_wait(s, "|- 4 A LOGIN.", SCREEN_SECONDS));
	assert_true(screen_has(s, "-.  ")); /* into our hand */
	assert_true(rows_with(s, "#") >= 2);
	screen_key(s, "p");
	assert_true(screen_wait(s, "'------->", SCREEN_SECONDS));
	raw = screen_raw(s, &n);
	for (size_t i = 0; i < n; i++)
		assert_true(raw[i] < 0x80);
	screen_free(s);
}

/* Three hosts and several waits of one of them: told apart on the stage and in
 * the ladder. */
static void three_hosts_and_several_waits(void **state)
{
	static const char *const calls[] = {
		"server: ear = socket(AF_INET, SOCK_STREAM)",
		"server: bind(ear, any:9999)",
		"server: listen(ear, 5)",
		"server: conn = accept(ear)",
		"server/2: accept(ear)",
		"eve: e = socket(AF_INET, SOCK_STREAM)",
		"eve: connect(e, server:9999)",
	};
	struct screen *s;

	(void)state;
	need_namespaces();
	s = screen_run(100, 40, NULL, "lab --lang en");
	assert_true(screen_until(s, lab_is_built, NULL, "a lab",
		SCREEN_SECONDS));
	screen_key(s, ":");
	assert_true(screen_wait(s, "client>", SCREEN_SECONDS));
	line(s, "lab: host eve 10.0.0.3");
	assert_true(screen_wait(s, " eve", SCREEN_SECONDS));
	for (size_t i = 0; i < 5; i++)
		line(s, calls[i]);
	/* the second has a name, for the column says the first's */
	assert_true(screen_wait(s, "┆ ┆ server/2", SCREEN_SECONDS) ||
		screen_wait(s, "┆ ┆/2", SCREEN_SECONDS));
	for (size_t i = 5; i < 7; i++)
		line(s, calls[i]);
	assert_true(screen_wait(s, "1 eve→server SYN", SCREEN_SECONDS));
	assert_true(screen_has(s, "2 server→eve SYN ACK"));
	leave_prompt(s);
	screen_key(s, "z");
	/* two bars; an arrow from eve, at the right, ends beside them */
	assert_true(screen_wait(s, "██◀", SCREEN_SECONDS));
	assert_non_null(strstr(screen_row(s, row_of(s, "██◀")), "1 SYN"));
	screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(held_frames_leave_and_arrive),
		cmocka_unit_test(enter_jumps_and_comes_back),
		cmocka_unit_test(one_connection_only),
		cmocka_unit_test(a_rule_is_made_and_taken_away),
		cmocka_unit_test(a_fault_for_the_frame_in_hand),
		cmocka_unit_test(a_ladder_in_ascii),
		cmocka_unit_test(three_hosts_and_several_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
