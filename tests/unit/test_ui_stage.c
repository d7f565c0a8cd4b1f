/* What the stage and the ladder say of a journal: without a screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scene_script.h"
#include "ui/app.h"
#include "ui/ink.h"
#include "ui/ladder.h"
#include "ui/stage.h"
#include "ui/stage_states.h"

#define PLAY(script, app, events) \
	play(script, app, events, sizeof(events) / sizeof(*events))

static void play(struct script *t, struct app *a, const char *const *event,
	size_t n)
{
	stage_call_forget();
	app_init(a);
	a->scene = script_play(t, event, n);
	a->position = scene_now(a->scene);
}

static void done(struct script *t, struct app *a)
{
	stage_call_forget();
	app_done(a);
	script_done(t);
}

/* What row `row` says in a column. */
static void cell_is(struct app *a, uint32_t row, int host, int width,
	const char *expected)
{
	struct scene_row r;
	struct ink k = { 0 };

	scene_row(a->scene, row, a->position, &r);
	stage_cell(a, row, &r, host, width, &k);
	assert_string_equal(buf_str(&k.text), expected);
	assert_true(ink_cells(&k) <= width);
	ink_done(&k);
}

#define BUILT "lab: built namespaces clocks=slow mtu=1500 kernel=6.18"
#define CLIENT "lab: host client 10.0.0.1 fd00::1"
#define SERVER "lab: host server 10.0.0.2 fd00::2"

/* ---- several waits ---- */

static const char *const waiting[] = {
	BUILT, CLIENT, SERVER, "client: starts", "server: starts",
	"server: accept(3)", "server: accept waits",
	"server/2: starts",
	"server/2: recv(4, 9)", "server/2: recv waits",
	"server2: starts",
	"server2: recv(4, 9)", "server2: recv waits",
	/* row 3 */ "client: close(3)", "client: close returns -> 0",
	/* row 4 */ "server/2: recv returns -> \"x\"",
	/* row 5 */ "client: close(4)", "client: close returns -> 0",
};

/* Each lane has its own ┆, and all but the host's own a name. */
static void lanes_that_wait_are_told_apart(void **state)
{
	struct script t;
	struct app a;

	(void)state;
	PLAY(&t, &a, waiting);
	cell_is(&a, 0, 1, 24, "accept(3)  waits");
	cell_is(&a, 1, 1, 30, "┆ server/2 recv(4, 9)  waits");
	cell_is(&a, 3, 1, 30, "┆ ┆ server/2 ┆ server2");
	cell_is(&a, 3, 1, 20, "┆ ┆/2 ┆2");
	cell_is(&a, 5, 1, 20, "┆ ┆ server2");
	/* the one that returns here is not drawn as waiting beside itself */
	cell_is(&a, 4, 1, 40, "┆ ┆ server/2 recv               -> \"x\"");
	done(&t, &a);
}

/* ---- what the kernel made of an option ---- */

#define FRESH "client: state fd=3 cookie=7 tcp CLOSE 0.0.0.0:0 0.0.0.0:0 " \
	"rq=0 sq=0 timer=none"

static const char *const options[] = {
	BUILT, CLIENT, SERVER, "client: starts", "server: starts",
	"client: s = socket(AF_INET, SOCK_STREAM)",
	"client: socket returns -> 3",
	FRESH,
	"client: setsockopt(s, SO_RCVBUF, 8192)",
	"client: setsockopt returns -> 0",
	"client: options cookie=7 SO_RCVBUF=16384",
	"client: setsockopt(s, TCP_NODELAY, 1)",
	"client: setsockopt returns -> 0",
	"client: options cookie=7 SO_RCVBUF=16384 TCP_NODELAY=1",
	"client: setsockopt(s, SO_RCVBUF, 9000)",
	"client: setsockopt returns -> 0",
	"client: options cookie=7 SO_RCVBUF=18000 TCP_NODELAY=1",
};

static void asked_and_given_are_both_told(void **state)
{
	struct script t;
	struct app a;

	(void)state;
	PLAY(&t, &a, options);
	cell_is(&a, 1, 0, 76, "setsockopt(s, SO_RCVBUF, 8192) -> 0"
		"  set 8192, kernel says 16384");
	cell_is(&a, 1, 0, 60, "setsockopt(s, SO_RCVBUF, 8192) -> 0"
		" kernel says 16384");
	cell_is(&a, 1, 0, 50,
		"setsockopt(s, SO_RCVBUF, 8192) -> 0 kernel: 16384");
	cell_is(&a, 1, 0, 25, "setsockopt -> 0 (16384)");
	/* what was asked was given */
	cell_is(&a, 2, 0, 76, "setsockopt(s, TCP_NODELAY, 1) -> 0");
	cell_is(&a, 3, 0, 60, "setsockopt(s, SO_RCVBUF, 9000) -> 0"
		" kernel says 18000");
	done(&t, &a);
}

/* ---- three hosts ---- */

static const char *const three[] = {
	BUILT, CLIENT, SERVER, "lab: host dns 10.0.0.53 fd00::53",
	"client: starts", "server: starts",
	"client> S 1000 0", "server> SA 5000 1001",
};

static void a_frame_says_who_to_whom(void **state)
{
	struct script t;
	struct app a;

	(void)state;
	PLAY(&t, &a, three);
	assert_int_equal(scene_hosts(a.scene), 3);
	cell_is(&a, 0, STAGE_WIRE, 40,
		"1 client→server SYN \"open?\" ───────────▶");
	cell_is(&a, 0, STAGE_WIRE, 24, "1 c→s SYN \"open?\" ─────▶");
	cell_is(&a, 1, STAGE_WIRE, 24, "◀───────── 2 s→c SYN ACK");
	done(&t, &a);
}

/* ---- frames that we made ---- */

static const char *const made[] = {
	BUILT, CLIENT, SERVER, "client: starts", "server: starts",
	"client> PA 1001 5001 HELLO",
	"wire: duplicate next data",
	"client> PA 1006 5001 AB",
	"client>[made duplicate of #2 by 1] PA 1006 5001 AB",
	"client>[replaced by #5] PA 1008 5001 LONGER",
	"client>[made split of #4 by 2] PA 1008 5001 LON",
};

static void what_we_made_is_marked(void **state)
{
	struct script t;
	struct app a;

	(void)state;
	PLAY(&t, &a, made);
	cell_is(&a, 0, STAGE_WIRE, 24, "1 HELLO ───────────────▶");
	cell_is(&a, 3, STAGE_WIRE, 24, "3✎ AB ─────────────────▶");
	cell_is(&a, 4, STAGE_WIRE, 24, "4 LONGER ────✎");
	cell_is(&a, 5, STAGE_WIRE, 24, "5✎ LON ────────────────▶");
	done(&t, &a);
}

/* ---- the ladder's lines ---- */

static const char *const two_talks[] = {
	BUILT, CLIENT, SERVER, "client: starts", "server: starts",
	/* row 0 */ "client> S 1000 0",
	/* row 1 */ "client:40001> S 2000 0",
	/* row 2 */ "server> SA 5000 1001",
	/* row 3 */ "client:40001>[held] PA 2001 1 AB",
	/* row 4 */ "client> A 1001 5001",
	/* row 5 */ "wire: passed #4",
	/* row 6 */ "client> PA 1001 5001 CD",
};

static void rows_are(struct app *a, int height, const char *expected)
{
	struct ladder_at at[16];
	int n = ladder_lines(a, at, height);
	char out[64] = "";

	for (int i = 0; i < n; i++)
		sprintf(out + strlen(out), "%u ", at[i].row);
	assert_string_equal(out, expected);
}

static void the_ladder_shows_the_newest_or_the_selected(void **state)
{
	struct script t;
	struct app a;

	(void)state;
	PLAY(&t, &a, two_talks);
	rows_are(&a, 16, "0 1 2 3 4 5 6 ");
	rows_are(&a, 3, "4 5 6 ");
	a.at.row = 5;
	rows_are(&a, 3, "4 5 6 "); /* it is in sight */
	a.at.row = 2;
	rows_are(&a, 3, "2 3 4 ");
	a.at.row = 4;
	rows_are(&a, 3, "2 3 4 ");
	a.at.row = 6;
	rows_are(&a, 3, "4 5 6 ");
	done(&t, &a);
}

static void the_ladder_shows_one_connection_only(void **state)
{
	struct script t;
	struct app a;

	(void)state;
	PLAY(&t, &a, two_talks);
	a.ladder.flow = scene_frame(a.scene, 0)->flow;
	rows_are(&a, 16, "0 2 4 6 ");
	rows_are(&a, 2, "4 6 ");
	a.ladder.flow = scene_frame(a.scene, 1)->flow;
	rows_are(&a, 16, "1 3 5 ");
	/* as of a position there was less */
	a.position = 9;
	rows_are(&a, 16, "1 3 ");
	done(&t, &a);
}

/* Far apart, with hundreds of rows of others between them, none is missed:
 * neither the call's result nor the frame's passing. */
static void a_connection_is_followed_over_many_rows(void **state)
{
	static const char *begin[] = {
		BUILT, CLIENT, SERVER, "client: starts", "server: starts",
		/* row 0 */ "client> S 1000 0",
		/* row 1 */ "client>[held] PA 1001 1 AB",
		/* row 2 */ "client:40001> S 2000 0",
	};
	struct script t;
	struct app a;
	char text[64];
	uint32_t seq = 2001;

	(void)state;
	stage_call_forget();
	app_init(&a);
	script_init(&t);
	for (size_t i = 0; i < sizeof(begin) / sizeof(*begin); i++)
		script_add(&t, begin[i]);
	for (int part = 0; part < 2; part++) {
		for (int i = 0; i < 300; i++, seq += 2) {
			sprintf(text, "client:40001> PA %u 1 XY", seq);
			script_add(&t, text);
		}
		/* rows 303 and 604 */
		script_add(&t, part == 0 ? "wire: passed #2" :
			"client> PA 1003 1 CD");
	}
	script_open(&t);
	scene_feed(t.scene, 0);
	a.scene = t.scene;
	a.position = scene_now(a.scene);
	a.ladder.flow = scene_frame(a.scene, 0)->flow;
	rows_are(&a, 16, "0 1 303 604 ");
	a.at.row = 1;
	a.ladder.top = SCENE_NONE;
	rows_are(&a, 3, "1 303 604 ");
	done(&t, &a);
}

/* The held frame is on its way between the rows 3 and 5, and no longer. */
static void the_ladder_knows_what_is_on_its_way(void **state)
{
	struct ladder_passage p[4];
	struct ladder_at first = { 0, LADDER_ALL }, last = { 6, LADDER_ALL };
	struct script t;
	struct app a;

	(void)state;
	PLAY(&t, &a, two_talks);
	assert_int_equal(ladder_passages(&a, first, last, p, 4), 1);
	assert_int_equal(p[0].leaves.row, 3);
	assert_int_equal(p[0].arrives.row, 5);
	assert_int_equal(p[0].flight.from, 0);
	assert_int_equal(p[0].flight.to, 1);
	/* seen from below it is over */
	first.row = 6;
	assert_int_equal(ladder_passages(&a, first, last, p, 4), 0);
	/* before it was passed, it was still in our hand */
	a.position = 9;
	first.row = 4;
	assert_int_equal(ladder_passages(&a, first, last, p, 4), 1);
	assert_int_equal(p[0].arrives.row, SCENE_NONE);
	done(&t, &a);
}

static const char *const talk[] = {
	BUILT, CLIENT, SERVER, "client: starts", "server: starts",
	"lab: host dns 10.0.0.53 fd00::53",
	"client: connect(3, server:9999)",
	"client> S 1000 0",
	"server> SA 5000 1001",
	"client: connect returns -> 0",
};

/* Where calls stand between the lifelines, they and the arrows have lines of
 * their own, in order. */
static void a_row_may_have_parts(void **state)
{
	static const struct ladder_at want[] = {
		{ 0, LADDER_BEFORE }, { 0, LADDER_WIRE }, { 1, LADDER_WIRE },
		{ 1, LADDER_AFTER },
	};
	struct ladder_at at[16];
	struct script t;
	struct app a;

	(void)state;
	PLAY(&t, &a, talk);
	a.ladder.parts = true;
	assert_int_equal(ladder_lines(&a, at, 16), 4);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(at[i].row, want[i].row);
		assert_int_equal(at[i].part, want[i].part);
	}
	done(&t, &a);
}

/* ---- the strip of states ---- */

static void strip_is(const struct scene_state *s, size_t n, bool gone,
	int width, const char *expected)
{
	struct ink k = { 0 };

	stage_states(&k, s, n, gone, width);
	assert_string_equal(buf_str(&k.text), expected);
	assert_true(ink_cells(&k) <= width);
	ink_done(&k);
}

static void states_fit_their_column(void **state)
{
	static const struct scene_state s[] = {
		{ 1, 7, false },  /* CLOSE, as all are in the beginning */
		{ 2, 2, false },  /* SYN_SENT */
		{ 3, 1, false },  /* ESTABLISHED */
		{ 4, 4, true },   /* FIN_WAIT1, which nobody saw */
		{ 5, 5, false },  /* FIN_WAIT2 */
	};

	(void)state;
	strip_is(s, 1, false, 25, "CLOSE");
	strip_is(s, 2, false, 25, "SYN_SENT");
	strip_is(s, 3, false, 25, "SYN_SENT › [ESTABLISHED]");
	strip_is(s, 3, false, 23, "…› [ESTABLISHED]");
	strip_is(s, 3, false, 15, "[ESTABLISHED]");
	strip_is(s, 3, false, 12, "ESTABLISHED");
	strip_is(s, 5, false, 60,
		"SYN_SENT › ESTABLISHED › (FIN_WAIT1) › [FIN_WAIT2]");
	strip_is(s, 5, false, 29, "…› (FIN_WAIT1) › [FIN_WAIT2]");
	strip_is(s, 3, true, 60, "SYN_SENT › ESTABLISHED › (socket gone)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lanes_that_wait_are_told_apart),
		cmocka_unit_test(asked_and_given_are_both_told),
		cmocka_unit_test(a_frame_says_who_to_whom),
		cmocka_unit_test(what_we_made_is_marked),
		cmocka_unit_test(the_ladder_shows_the_newest_or_the_selected),
		cmocka_unit_test(the_ladder_shows_one_connection_only),
		cmocka_unit_test(a_connection_is_followed_over_many_rows),
		cmocka_unit_test(the_ladder_knows_what_is_on_its_way),
		cmocka_unit_test(a_row_may_have_parts),
		cmocka_unit_test(states_fit_their_column),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
