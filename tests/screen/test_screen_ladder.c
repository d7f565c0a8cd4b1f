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

#include "empty_lab.h"
#include "rights.h"
#include "screen.h"

#define TALL 60

static struct screen *tall_lab(int columns, const char *const env[])
{
	need_namespaces();
	return empty_lab(columns, TALL, env);
}

/* Client and server talk; the server waits in recv. The prompt is open, and the
 * screen so tall that nothing scrolls away. */
static struct screen *talking(int columns, const char *const env[])
{
	struct screen *s = tall_lab(columns, env);

	line(s, "server: ear = socket(AF_INET, SOCK_STREAM)", "-> 3");
	line(s, "server: bind(ear, any:9999)", "-> 0");
	line(s, "server: listen(ear, 5)", "-> 0");
	line(s, "server: conn = accept(ear)", "  waits");
	line(s, "client: s = socket(AF_INET, SOCK_STREAM)", "-> 3");
	line(s, "client: setsockopt(s, TCP_NODELAY, 1)", "-> 0");
	line(s, "client: connect(s, server:9999)", "-> 4"); /* of accept */
	line(s, "server: recv(conn, 64)", "  waits");
	return s;
}

/* The prompt is closed, and the ladder drawn. */
static void show_ladder(struct screen *s, int columns, int rows)
{
	screen_key(s, "Esc");
	assert_true(screen_wait_gone(s, "client>", SCREEN_SECONDS));
	assert_true(screen_resize(s, columns, rows));
	screen_key(s, "z");
	assert_true(screen_settle(s));
}

/* How many rows, from the heading on, have a sign in them; of those that have a
 * text as well. Rows without that may come later: what is not acknowledged is
 * sent again. */
static int rows_with(struct screen *s, const char *text, const char *sign)
{
	int columns, rows, n = 0;

	screen_size(s, &columns, &rows);
	for (int y = 1; y < rows - 4; y++) {
		const char *row = screen_row(s, y);

		n += strstr(row, text) != NULL && strstr(row, sign) != NULL;
	}
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
	struct screen *s = talking(80, NULL);
	int leaves;

	(void)state;
	line(s, "hold data", "1 hold data");
	line(s, "client: send(s, \"LOGIN\\n\")", "HOLDS 1");
	line(s, "client: send(s, \"LIST\\n\")", "HOLDS 2");
	show_ladder(s, 80, 24);
	/* both lie in our hand, each on a track of its own */
	assert_int_equal(rows_with(s, "", "╮"), 2);
	leaves = row_of(s, "4 A LOGIN↵");
	assert_non_null(strstr(screen_row(s, leaves), "A send(s,"));
	assert_non_null(strstr(screen_row(s, leaves + 1), "5 B LIST↵"));
	assert_int_equal(rows_with(s, "", "╰"), 0);
	/* recv waits: a bar, from its row down to now */
	assert_true(rows_with(s, "", "█") >= 4);
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
	assert_int_equal(rows_with(s, "4 A LOGIN↵", "╰"), 1);
	assert_int_equal(rows_with(s, "5 B LIST↵", "╰"), 1);
	screen_free(s);
}

static void enter_jumps_and_comes_back(void **state)
{
	struct screen *s = talking(100, NULL);

	(void)state;
	line(s, "client: send(s, \"LOGIN\\n\")", "-> \"LOGIN");
	assert_true(screen_wait(s, "5 ACK", SCREEN_SECONDS));
	show_ladder(s, 100, 30);
	assert_true(screen_has(s, "─ 4 A LOGIN↵"));
	/* the newest is the result of recv: its frame is the one it read */
	screen_key(s, "Up");
	screen_key(s, "Home");
	for (int i = 0; i < 40 && !screen_has(s, "Frame 4 belongs"); i++) {
		screen_key(s, "Down");
		screen_key(s, "Left");
		assert_true(screen_settle(s));
		if (strstr(screen_row(s, row_of(s, "A send(s")), "▸"))
			screen_key(s, "Enter");
		assert_true(screen_settle(s));
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
	struct screen *s = talking(80, NULL);

	(void)state;
	line(s, "client: t = socket(AF_INET, SOCK_STREAM)", "-> 4");
	line(s, "client: connect(t, server:9998)", "ECONNREFUSED");
	show_ladder(s, 80, 40);
	assert_true(screen_has(s, "RST ACK"));
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
	struct screen *s = talking(80, NULL);

	(void)state;
	show_ladder(s, 80, 24);
	screen_key(s, "z"); /* the stage again */
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
	struct screen *s = talking(80, NULL);

	(void)state;
	line(s, "hold data", "1 hold data");
	line(s, "client: send(s, \"LOGIN\\n\")", "HOLDS 1");
	show_ladder(s, 80, 24);
	assert_true(screen_has(s, "╮"));
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
	struct screen *s = talking(80, env);
	const uint8_t *raw;
	size_t n;

	(void)state;
	line(s, "hold data", "1 hold data");
	line(s, "client: send(s, \"LOGIN\\n\")", "HOLDS 1");
	show_ladder(s, 80, 24);
	assert_true(screen_has(s, "|- 4 A LOGIN."));
	assert_true(screen_has(s, "-.  ")); /* into our hand */
	assert_true(rows_with(s, "", "#") >= 2);
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
	struct screen *s = tall_lab(100, NULL);

	(void)state;
	line(s, "lab: host eve 10.0.0.3", " eve");
	line(s, "server: ear = socket(AF_INET, SOCK_STREAM)", "-> 3");
	line(s, "server: bind(ear, any:9999)", "-> 0");
	line(s, "server: listen(ear, 5)", "-> 0");
	line(s, "server: conn = accept(ear)", "waits");
	/* the second has a name, for the column says the first's */
	line(s, "server/2: accept(ear)", "┆ ┆");
	assert_true(screen_has(s, "┆ ┆ server/2") || screen_has(s, "┆ ┆/2"));
	line(s, "eve: e = socket(AF_INET, SOCK_STREAM)", "-> 3");
	line(s, "eve: connect(e, server:9999)", "-> 4"); /* of accept */
	assert_true(screen_has(s, "1 eve→server SYN"));
	assert_true(screen_has(s, "2 server→eve SYN ACK"));
	show_ladder(s, 100, 40);
	/* two bars; an arrow from eve, at the right, ends beside them */
	assert_true(screen_has(s, "██◀"));
	assert_non_null(strstr(screen_row(s, row_of(s, "██◀")), "1 SYN"));
	screen_free(s);
}

/* A retransmission names the frame whose bytes it sends once more, on the stage,
 * in the ladder, in bytes, and in all of a row. */
static void sent_again(void **state)
{
	static const char *const plain[] = {"LC_ALL=C", NULL};
	const struct {
		const char *const *env;
		const char *stage, *ladder;
	} in[] = {
		{NULL, "2 ↻1 SYN again ", "2 ↻1 SYN seq 0"},
		{plain, "2 =1 SYN again ", "2 =1 SYN seq 0"},
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct screen *s = tall_lab(80, in[i].env);

		screen_type(s, "lab: clocks real");
		screen_key(s, "Enter");
		line(s, "wire: drop next syn", "drop next syn");
		line(s, "client: s = socket(AF_INET, SOCK_STREAM)", "-> 3");
		/* refused in the end: that SYN came through */
		line(s, "client: connect(s, server:9999)", "ECONNREFUSED");
		assert_true(screen_wait(s, in[i].stage, SCREEN_SECONDS));
		show_ladder(s, 80, 40);
		assert_true(screen_wait(s, in[i].ladder, SCREEN_SECONDS));
		screen_key(s, "z");
		screen_type(s, "/retransmission");
		screen_key(s, "Enter");
		screen_key(s, "1");
		assert_true(screen_wait(s, "a retransmission of #1",
			SCREEN_SECONDS));
		screen_key(s, "Enter");
		assert_true(screen_wait(s, "SYN, a retransmission of #1",
			SCREEN_SECONDS));
		screen_key(s, "q");
		screen_key(s, "K");
		assert_true(screen_wait(s, "because no ACK came",
			SCREEN_SECONDS));
		screen_free(s);
	}
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
		cmocka_unit_test(sent_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
