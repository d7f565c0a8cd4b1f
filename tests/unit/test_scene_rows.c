/* Where events are drawn, at every position. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scene_script.h"

/* A row as text: each cell is kind and ref, "." is empty, "|" a wait. */
static const char *draw(const struct scene *s, uint32_t i, uint32_t position)
{
	static const char kinds[] = ".CRFPT";
	static char out[80];
	const struct scene_cell *cell[3];
	struct scene_row row;
	size_t n = 0;

	scene_row(s, i, position, &row);
	cell[0] = row.host;
	cell[1] = &row.wire;
	cell[2] = row.host + 1;
	out[0] = '\0';
	for (int k = 0; k < 3; k++) {
		if (k)
			n += (size_t)sprintf(out + n, " ");
		if (cell[k]->kind == SCENE_EMPTY)
			n += (size_t)sprintf(out + n, "%c", k != 1 &&
				scene_row_waiting(s, i, k / 2, position,
				NULL, 0) ? '|' : '.');
		else
			n += (size_t)sprintf(out + n, "%c%u",
				kinds[cell[k]->kind], cell[k]->ref);
	}
	return out;
}

static void check_rows(const struct scene *s, uint32_t position,
	const char *const *want, size_t n)
{
	assert_int_equal(scene_rows(s, position), n);
	for (uint32_t i = 0; i < n; i++)
		assert_string_equal(draw(s, i, position), want[i]);
}
#define CHECK_ROWS(s, position, ...) do { \
	static const char *const want[] = {__VA_ARGS__}; \
	check_rows(s, position, want, sizeof(want) / sizeof(*want)); \
} while (0)
#define PLAY(script, events) \
	script_play(script, events, sizeof(events) / sizeof(*events))

static const char *const connecting[] = {
	/* 0 */ "lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
	/* 1 */ "lab: host client 10.0.0.1 fd00::1",
	/* 2 */ "lab: host server 10.0.0.2 fd00::2",
	/* 3 */ "client: starts",
	/* 4 */ "server: starts",
	/* 5 */ "server: conn = accept(3)",
	/* 6 */ "server: accept waits",
	/* 7 */ "client: connect(3, server:9999)",
	/* 8 */ "client> S 1000 0",
	/* 9 */ "server> SA 5000 1001",
	/* 10 */ "client: connect returns -> 0",
	/* 11 */ "client> A 1001 5001",
	/* 12 */ "server: accept returns -> 4",
	/* 13 */ "lab: still",
};

static void events_share_rows_where_order_is_told(void **state)
{
	struct script t;
	struct scene *s = PLAY(&t, connecting);

	(void)state;
	CHECK_ROWS(s, 14,
		". . C0",    /* accept … */
		"C1 F0 |",   /* connect … and its SYN */
		"R1 F1 |",   /* SYN ACK, which lets connect return */
		". F2 R0");  /* ACK, which lets accept return */
	CHECK_ROWS(s, 11, ". . C0", "C1 F0 |", "R1 F1 |");
	CHECK_ROWS(s, 10, ". . C0", "C1 F0 |", ". F1 |");
	CHECK_ROWS(s, 8, ". . C0", "C1 . |");
	CHECK_ROWS(s, 6, ". . C0");
	assert_int_equal(scene_rows(s, 5), 0);
	/* Before the kernel said that it sleeps, nothing is drawn: the row is
	 * there at 8 as well, but at 6 nobody knew. */
	assert_int_equal(scene_call(s, 0)->waits, 6);
	assert_int_equal(scene_call(s, 1)->waits, SCENE_NEVER);
	script_done(&t);
}

static void waits_is_drawn_while_it_was_known(void **state)
{
	static const char *const events[] = {
		/* 0 */ "server: recv(4, 64)",
		/* 1 */ "client: close(3)",
		/* 2 */ "server: recv waits",
		/* 3 */ "client: close returns -> 0",
		/* 4 */ "client: socket(AF_INET, SOCK_STREAM)",
		/* 5 */ "server: recv returns -> \"\"",
		/* 6 */ "client: socket returns -> 3",
	};
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	/* hosts: client and server by the journal's interfaces */
	CHECK_ROWS(s, 2, ". . C0", "C1 . .");
	CHECK_ROWS(s, 3, ". . C0", "C1 . |");
	CHECK_ROWS(s, 5, ". . C0", "C1 . |", "C2 . |");
	/* Nobody sees why it returned: a row of its own; the other result
	 * may not go up behind it. */
	CHECK_ROWS(s, 7, ". . C0", "C1 . |", "C2 . |", ". . R0", "R2 . .");
	script_done(&t);
}

static void second_frames_and_late_frames_have_their_own_rows(void **state)
{
	static const char *const events[] = {
		/* 0 */ "lab: built namespaces",
		/* 1 */ "client: send(3, \"AB\")",
		/* 2 */ "client> A 1 1 A",
		/* 3 */ "client> A 2 1 B",
		/* 4 */ "client: send returns -> 2",
		/* 5 */ "client: send(3, \"C\")",
		/* 6 */ "client: send returns -> 1",
		/* 7 */ "client> A 3 1 C",
	};
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	CHECK_ROWS(s, 8, "C0 F0 .", ". F1 .", "R0 . .", "C1 . .", ". F2 .");
	script_done(&t);
}

static const char *const holding[] = {
	/* 0 */ "lab: built namespaces",
	/* 1 */ "wire: hold data from client",
	/* 2 */ "client: send(3, \"AB\")",
	/* 3 */ "client>[held] PA 1001 1 AB",
	/* 4 */ "client: send returns -> 2",
	/* 5 */ "client>[repeat of #1] PA 1001 1 AB",
	/* 6 */ "client>[repeat of #1] PA 1001 1 AB",
	/* 7 */ "server: recv(4, 64)",
	/* 8 */ "server: recv waits",
	/* 9 */ "wire: pass #1",
	/* 10 */ "wire: passed #1",
	/* 11 */ "server: recv returns -> \"AB\"",
	/* 12 */ "wire: absorbed #2 of #1",
	/* 13 */ "wire: absorbed #3 of #1",
	/* 14 */ "server> A 1 1003",
};

static void held_frames_go_on_in_rows_of_their_own(void **state)
{
	struct script t;
	struct scene *s = PLAY(&t, holding);
	struct scene_wire w;

	(void)state;
	/* The order to pass has no row: what came of it has one. */
	CHECK_ROWS(s, 15, ". T1 .", "C0 F0 .", ". . C1", ". P0 R1", ". F3 .");
	CHECK_ROWS(s, 11, ". T1 .", "C0 F0 .", ". . C1", ". P0 |");
	CHECK_ROWS(s, 10, ". T1 .", "C0 F0 .", ". . C1");
	assert_int_equal(scene_frame(s, 1)->repeat_of, 0);
	assert_int_equal(scene_frame(s, 1)->row, 1);
	assert_int_equal(scene_frame_repeats(s, 0, 15), 2);
	assert_int_equal(scene_frame_repeats(s, 0, 6), 1);
	assert_int_equal(scene_frame_repeats(s, 0, 5), 0);
	assert_int_equal(scene_frame_repeats(s, 3, 15), 0);
	assert_int_equal(scene_frame_fate(s, 0, 10), FATE_HELD);
	assert_int_equal(scene_frame_fate(s, 0, 11), FATE_PASSED);
	assert_int_equal(scene_frame_fate(s, 1, 12), FATE_REPEAT);
	assert_int_equal(scene_frame_fate(s, 1, 13), FATE_ABSORBED);
	assert_int_equal(scene_frame(s, 0)->row, 1);
	assert_int_equal(scene_frame(s, 0)->target, 1);
	scene_wire(s, 1, &w);
	assert_false(w.holds);
	assert_string_equal(w.order, "");
	scene_wire(s, 9, &w);
	assert_true(w.holds);
	assert_int_equal(w.held, 1);
	assert_int_equal(w.oldest, 1);
	assert_string_equal(w.order, "hold data from client");
	scene_wire(s, 11, &w);
	assert_int_equal(w.held, 0);
	assert_int_equal(w.oldest, 0);
	assert_string_equal(w.order, "pass #1");
	script_done(&t);
}

static void a_fate_may_change_twice(void **state)
{
	static const char *const events[] = {
		/* 0 */ "client>[held] PA 1001 1 AB",
		/* 1 */ "client> A 1003 1",
		/* 2 */ "wire: delayed #1",
		/* 3 */ "lab: still",
		/* 4 */ "wire: passed #1",
		/* 5 */ "client>[cut] A 1003 1",
		/* 6 */ "client>[delayed 2s] A 1003 1",
	};
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	assert_int_equal(scene_frame_fate(s, 0, 1), FATE_HELD);
	assert_int_equal(scene_frame_fate(s, 0, 2), FATE_HELD);
	assert_int_equal(scene_frame_fate(s, 0, 3), FATE_DELAYED);
	assert_int_equal(scene_frame_fate(s, 0, 4), FATE_DELAYED);
	assert_int_equal(scene_frame_fate(s, 0, 5), FATE_PASSED);
	assert_int_equal(scene_frame_fate(s, 1, 7), FATE_PASSED);
	assert_int_equal(scene_frame_fate(s, 2, 7), FATE_DROPPED);
	assert_int_equal(scene_frame_fate(s, 3, 7), FATE_DELAYED);
	script_done(&t);
}

static void rules_are_used_up_and_mended(void **state)
{
	static const char *const events[] = {
		/* 0 */ "lab: built namespaces",
		/* 1 */ "lab: host client 10.0.0.1 fd00::1",
		/* 2 */ "lab: host server 10.0.0.2 fd00::2",
		/* 3 */ "wire: drop next 2 syn from client",
		/* 4 */ "wire: delay 2s data",
		/* 5 */ "client>[dropped] S 1000 0",
		/* 6 */ "client>[dropped] S 1000 0",
		/* 7 */ "wire: cut",
		/* 8 */ "client>[cut] S 1000 0",
		/* 9 */ "wire: mend",
		/* 10 */ "wire: drop rst",
		/* 11 */ "server>[dropped] R 1 1",
		/* 12 */ "wire: drop #7",
		/* 13 */ "lab: built namespaces",
	};
	static const unsigned rules[] = {0, 0, 0, 0, 1, 2, 2, 1, 1, 1, 0, 1, 1,
		1, 0};
	struct script t;
	struct scene *s = PLAY(&t, events);
	struct scene_wire w;

	(void)state;
	for (uint32_t p = 0; p <= 14; p++) {
		scene_wire(s, p, &w);
		assert_int_equal(w.rules, rules[p]);
		assert_int_equal(w.cut, p == 8 || p == 9);
	}
	script_done(&t);
}

/* As the wire has it: the newest of a kind is asked first, a rule that is said
 * again replaces itself, one with a count does not. */
static void rules_are_asked_as_the_wire_asks_them(void **state)
{
	static const char *const events[] = {
		/* 0 */ "wire: drop syn",
		/* 1 */ "wire: drop next syn",
		/* 2 */ "client>[dropped] S 1000 0", /* by the newer */
		/* 3 */ "client>[dropped] S 1000 0",
		/* 4 */ "wire: drop next syn",
		/* 5 */ "wire: drop syn",
		/* 6 */ "client>[dropped] S 1000 0", /* by the one for ever */
		/* 7 */ "wire: delay 1s syn",
		/* 8 */ "wire: delay 2s syn",
	};
	static const unsigned rules[] = {0, 1, 2, 1, 1, 2, 2, 2, 3, 3};
	struct script t;
	struct scene *s = PLAY(&t, events);
	struct scene_wire w;

	(void)state;
	for (uint32_t p = 0; p <= 9; p++) {
		scene_wire(s, p, &w);
		assert_int_equal(w.rules, rules[p]);
	}
	script_done(&t);
}

static void takes_begin_afresh(void **state)
{
	static const char *const events[] = {
		/* 0 */ ("lab: built namespaces clocks=slow mtu=1500 "
			"kernel=6.18.44"),
		/* 1 */ "client: socket(AF_INET, SOCK_STREAM)",
		/* 2 */ "client> S 1000 0",
		/* 3 */ "client> S 1000 0",
		/* 4 */ ("lab: built loopback clocks=real kernel=6.18.44 "
			"why=\"user namespaces are \\\"off\\\" here\""),
		/* 5 */ "client: returns -> 3",
		/* 6 */ "client> S 2000 0",
		/* 7 */ "client: socket returns -> 3",
	};
	struct script t;
	struct scene *s = PLAY(&t, events);
	const struct scene_take *take;

	(void)state;
	assert_null(scene_take(s, 0));
	take = scene_take(s, 4);
	assert_int_equal(take->begin, 0);
	assert_false(take->loopback);
	assert_string_equal(take->clocks, "slow");
	assert_string_equal(take->kernel, "6.18.44");
	assert_int_equal(take->mtu, 1500);
	take = scene_take(s, 5);
	assert_int_equal(take->begin, 4);
	assert_true(take->loopback);
	assert_string_equal(take->why, "user namespaces are \"off\" here");
	assert_int_equal(take->first_frame, 2);
	assert_int_equal(take->first_call, 1);
	assert_int_equal(take->first_row, 2);
	/* It never returned, and nobody is in it any more. */
	assert_int_equal(scene_pending(s, 0, 4), 0);
	assert_int_equal(scene_pending(s, 0, 5), SCENE_NONE);
	assert_int_equal(scene_frame(s, 2)->number, 1);
	assert_int_equal(scene_frame_numbered(s, 2, 4), 1);
	assert_int_equal(scene_frame_numbered(s, 3, 4), SCENE_NONE);
	assert_int_equal(scene_frame_numbered(s, 1, 8), 2);
	assert_int_equal(scene_frame_numbered(s, 0, 8), SCENE_NONE);
	/* Nobody of the old take returns in the new one, and its rows are not
	 * joined. */
	CHECK_ROWS(s, 8, "C0 F0 .", ". F1 .", ". F2 .");
	script_done(&t);
}

static void actors_start_end_and_start_again(void **state)
{
	static const char *const events[] = {
		/* 0 */ "lab: built namespaces",
		/* 1 */ "client: starts",
		/* 2 */ "client: recv(3, 9)",
		/* 3 */ "client: recv waits",
		/* 4 */ "client2: socket(AF_INET, SOCK_STREAM)",
		/* 5 */ "client: ended 9",
		/* 6 */ "server: listen(3, 5)",
		/* 7 */ "client: starts",
		/* 8 */ "client: recv returns -> \"\"",
		/* 9 */ "client2: ended exit 3",
	};
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	assert_int_equal(scene_actors(s), 4);
	assert_string_equal(scene_actor(s, 0)->lane, "client");
	assert_int_equal(scene_actor(s, 0)->ended, 5);
	assert_int_equal(scene_actor(s, 0)->ended_by, 9);
	assert_string_equal(scene_actor(s, 1)->lane, "client2");
	assert_int_equal(scene_actor(s, 1)->host, 0);
	assert_int_equal(scene_actor(s, 1)->ended_by, -1 - 3);
	assert_string_equal(scene_actor(s, 3)->lane, "client");
	assert_int_equal(scene_actor(s, 3)->started, 7);
	assert_int_equal(scene_pending(s, 0, 2), SCENE_NONE);
	assert_int_equal(scene_pending(s, 0, 3), 0);
	assert_int_equal(scene_pending(s, 0, 5), 0);
	assert_int_equal(scene_pending(s, 0, 6), SCENE_NONE);
	assert_int_equal(scene_call(s, 0)->returned, SCENE_NEVER);
	CHECK_ROWS(s, 10, "C0 . .", "C1 . .", "T5 . .", ". . C2", "T9 . .");
	assert_int_equal(scene_row_waiting(s, 1, 0, 10, NULL, 0), 1);
	assert_int_equal(scene_row_waiting(s, 3, 0, 10, NULL, 0), 0);
	script_done(&t);
}

static void steps_go_from_one_visible_event_to_the_next(void **state)
{
	struct script t;
	struct scene *s = PLAY(&t, connecting);
	static const uint32_t stops[] = {5, 7, 8, 9, 10, 11, 12, 14};
	size_t n = sizeof(stops) / sizeof(*stops);

	(void)state;
	for (size_t i = n; i-- > 1; )
		assert_int_equal(scene_before(s, stops[i]), stops[i - 1]);
	assert_int_equal(scene_before(s, 5), 0); /* the build */
	assert_int_equal(scene_before(s, 0), 0);
	for (size_t i = 0; i + 1 < n; i++)
		assert_int_equal(scene_after(s, stops[i]), stops[i + 1]);
	assert_int_equal(scene_after(s, 14), 14);
	script_done(&t);
}

static void pages_lie_beside_each_other(void **state)
{
	static const char *const events[] = {
		/* 0 */ "lab: built namespaces",
		/* 1 */ "lab: page tour 1 en",
		/* 2 */ "client: socket(AF_INET, SOCK_STREAM)",
		/* 3 */ "lab: page tour 2 en",
		/* 4 */ "lab: page tour 2 en", /* taken back */
		/* 5 */ "lab: page tour 3 en",
	};
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	assert_int_equal(scene_page_beside(s, 0, 1), 1);
	assert_int_equal(scene_page_beside(s, 0, -1), SCENE_NEVER);
	assert_int_equal(scene_page_beside(s, 2, 1), 3);
	assert_int_equal(scene_page_beside(s, 2, -1), SCENE_NEVER);
	assert_int_equal(scene_page_beside(s, 4, 1), 5);
	assert_int_equal(scene_page_beside(s, 5, -1), 1);
	assert_int_equal(scene_page_beside(s, 6, -1), 3);
	assert_int_equal(scene_page_beside(s, 6, 1), SCENE_NEVER);
	script_done(&t);
}

static void marks_tell_pages_and_steps(void **state)
{
	static const char *const events[] = {
		/* 0 */ "lab: built namespaces",
		/* 1 */ "lab: page no-messages 4 pt_BR",
		/* 2 */ "lab: setup",
		/* 3 */ "client: socket(AF_INET, SOCK_STREAM)",
		/* 4 */ "client: socket returns -> 3",
		/* 5 */ "lab: still",
		/* 6 */ "lab: step 1",
		/* 7 */ "client: listen(3, 5)",
		/* 8 */ "lab: play",
		/* 9 */ "client: close(3)",
		/* 10 */ "lab: note \"a\"",
	};
	struct script t;
	struct scene *s = PLAY(&t, events);
	struct scene_page page;
	struct scene_row row;

	(void)state;
	scene_page(s, 1, &page);
	assert_int_equal(page.page, 0);
	scene_page(s, 2, &page);
	assert_string_equal(page.lesson, "no-messages");
	assert_string_equal(page.language, "pt_BR");
	assert_int_equal(page.page, 4);
	assert_int_equal(page.position, 1);
	scene_row(s, 0, 11, &row);
	assert_true(row.setup);
	assert_int_equal(row.page, 4);
	assert_int_equal(row.begin, 3);
	scene_row(s, 1, 11, &row);
	assert_false(row.setup);
	assert_int_equal(row.step, 1);
	scene_row(s, 2, 11, &row);
	assert_int_equal(row.step, 0);
	scene_row(s, 3, 11, &row);
	assert_int_equal(row.wire.kind, SCENE_TOLD);
	script_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_share_rows_where_order_is_told),
		cmocka_unit_test(waits_is_drawn_while_it_was_known),
		cmocka_unit_test(
			second_frames_and_late_frames_have_their_own_rows),
		cmocka_unit_test(held_frames_go_on_in_rows_of_their_own),
		cmocka_unit_test(a_fate_may_change_twice),
		cmocka_unit_test(rules_are_used_up_and_mended),
		cmocka_unit_test(rules_are_asked_as_the_wire_asks_them),
		cmocka_unit_test(takes_begin_afresh),
		cmocka_unit_test(actors_start_end_and_start_again),
		cmocka_unit_test(steps_go_from_one_visible_event_to_the_next),
		cmocka_unit_test(pages_lie_beside_each_other),
		cmocka_unit_test(marks_tell_pages_and_steps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
