/* A player in a lab without a wire: pages that order something of it are left
 * out, and count for nothing. */
#include "player_peer.h"

static const char source[] =
	"# T\n"
	"## Held\n"
	"```setup\nserver: ear = socket(AF_INET, SOCK_STREAM) -> 3\n"
	"wire: hold data\n```\n"
	"First.\n\n- [x] a `-> 0`\n\n  W\n\n- [ ] b\n\n  W\n\n"
	"```lab\nclient: close(3) -> 0\nwire: pass #5\n```\n"
	"## Seen\n"
	"Second.\n\n- [x] a `-> 0`\n\n  W\n\n- [ ] b\n\n  W\n\n"
	"```lab\nclient: close(3) -> 0\nwire: sees data\n```\n"
	"## Dropped\n"
	"Do.\n\n"
	"It is done.\n\n```goal\nclient: did close\n```\n"
	"1. One.\n2. Two.\n3. Three.\n\n"
	"```solution\nwire: drop syn\nclient: close(4)\n```\n"
	"```mistake none\nclient: close(5)\n```\n"
	"```when\nclient: did close(5)\n```\nW\n\n"
	"## End\nThe end.\n";

static const char script[] = "wire: hold data\nclient: close(3) -> EBADF\n";

#define BARE "lab: rebuild|lab: page les 1 en|"

static int setup(void **state)
{
	*state = make(parse("x/les/en.md", source));
	return 0;
}

static void says(struct fixture *f, const char *text)
{
	struct buf b = {0};

	player_left_out_text(f->p, &b);
	assert_string_equal(buf_str(&b), text);
	buf_done(&b);
}

static void leaves_pages_out(void **state)
{
	struct fixture *f = *state;
	struct player_prediction x;
	int right, asked;

	player_no_wire(f->p, true);
	player_page(f->p, 0);
	/* no setup, which would hold frames */
	heard(f, BARE);
	offers(f, PLAYER_TURN, "turn to page 2");
	assert_true(player_left_out(f->p));
	says(f, "\1Held\1 would have shown what comes of \3wire: hold data\3, "
		"but this machine shows no frames, so the page is left out.");
	assert_false(player_choose(f->p, 0));
	player_prediction(f->p, &x);
	assert_false(x.committed || x.observed);

	/* who only asks what was seen is told nothing, and goes on */
	assert_true(player_next(f->p));
	run(f);
	assert_false(player_left_out(f->p));
	says(f, "");
	offers(f, PLAYER_LOCKED, "answer first: a b");
	player_choose(f->p, 1);
	player_next(f->p);
	run(f);
	offers(f, PLAYER_TURN, "turn to page 3");

	/* an exercise is none then, and nobody has done it */
	player_next(f->p);
	run(f);
	offers(f, PLAYER_TURN, "turn to page 4");
	assert_true(player_left_out(f->p));
	assert_false(player_goals_open(f->p));
	assert_false(player_hint(f->p));
	assert_false(player_solve(f->p));
	player_next(f->p);
	run(f);
	offers(f, PLAYER_END, "the end");
	assert_int_equal(player_pages_left_out(f->p), 2);
	player_score(f->p, &right, &asked);
	assert_int_equal(right, 0);
	assert_int_equal(asked, 1);
}

/* What was answered where there was a wire is not asked here, so it does not
 * count here. */
static void what_is_not_asked_does_not_count(void **state)
{
	struct fixture *f = *state;
	int right, asked;
	size_t block = lesson_block(&f->l->page[0], BLOCK_PREDICTION, 0);

	player_remember(f->p, 0, block, 1);
	player_score(f->p, &right, &asked);
	assert_int_equal(asked, 1);
	player_no_wire(f->p, true);
	player_page(f->p, 0);
	run(f);
	player_score(f->p, &right, &asked);
	assert_int_equal(asked, 0);
}

/* The journal tells it once the first lab is built. */
static void is_told_while_the_page_is_set_up(void **state)
{
	struct fixture *f = *state;
	unsigned changes;

	f->rule[0] = (struct rule){"server: ear", NULL};
	player_page(f->p, 0);
	run(f);
	buf_clear(&f->heard);
	assert_int_equal(player_state(f->p), PLAYER_BUSY);
	changes = player_changes(f->p);
	player_no_wire(f->p, false);
	assert_int_equal(player_changes(f->p), changes);
	player_no_wire(f->p, true);
	assert_int_not_equal(player_changes(f->p), changes);
	heard(f, BARE);
	offers(f, PLAYER_TURN, "turn to page 2");
	/* what the setup says of it is over */
	answer_late(f, "error 1 there is no wire");
	assert_string_equal(player_trouble(f->p), "");
	offers(f, PLAYER_TURN, "turn to page 2");
	player_no_wire(f->p, true);
	heard(f, "");
}

/* A lab that is started again may have one. */
static void a_wire_brings_them_back(void **state)
{
	struct fixture *f = *state;

	player_no_wire(f->p, true);
	player_page(f->p, 0);
	heard(f, BARE);
	player_no_wire(f->p, false);
	heard(f, BARE "lab: setup|"
		"server: ear = socket(AF_INET, SOCK_STREAM) -> 3|"
		"wire: hold data|");
	offers(f, PLAYER_LOCKED, "answer first: a b");
	assert_int_equal(player_pages_left_out(f->p), 0);
}

static void acts_by_hand_are_free_play(void **state)
{
	struct fixture *f = *state;

	player_no_wire(f->p, true);
	player_page(f->p, 0);
	heard(f, BARE);
	player_act(f->p, "client: close(9)");
	heard(f, "lab: play|client: close(9)|");
	assert_true(player_free_play(f->p));
	offers(f, PLAYER_TURN, "turn to page 2");
	assert_true(player_take_back(f->p));
	heard(f, BARE);
	player_rebuild(f->p);
	heard(f, BARE);
	offers(f, PLAYER_TURN, "turn to page 2");
}

/* Of a page that is left out no question is asked; of another it is. */
static void older_questions_of_the_wire_are_not_asked(void **state)
{
	struct fixture *f = *state;
	struct lesson *old = parse("x/old/en.md", source);
	const struct player_question q[] = {
		{old, 0, lesson_block(&old->page[0], BLOCK_PREDICTION, 0)},
		{old, 1, lesson_block(&old->page[1], BLOCK_PREDICTION, 0)},
		{old, 0, lesson_block(&old->page[0], BLOCK_PREDICTION, 0)},
	};

	player_ask_first(f->p, q, 3);
	player_page(f->p, 3);
	run(f);
	assert_int_equal(player_asking(f->p), 1);
	player_no_wire(f->p, true);
	run(f);
	assert_int_equal(player_asking(f->p), 2);
	offers(f, PLAYER_LOCKED, "answer first: a b");
	player_choose(f->p, 0);
	player_next(f->p);
	run(f);
	player_next(f->p);
	run(f);
	assert_int_equal(player_asking(f->p), 0);
	offers(f, PLAYER_END, "the end");
	player_free(f->p); /* before what it borrows */
	f->p = NULL;
	lesson_free(old);
}

/* A script has no other page: what it can do without a wire is done. */
static void a_script_is_played_as_far_as_it_goes(void **state)
{
	struct diag d = {0};
	struct fixture *f;
	struct lesson *l;

	assert_int_equal(lesson_parse_script(&l, "x.lab", script,
		strlen(script), &d), 0);
	*state = f = make(l);
	player_no_wire(f->p, true);
	player_page(f->p, 0);
	run(f);
	assert_false(player_left_out(f->p));
	offers(f, PLAYER_READY, "run “wire: hold data”");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(leaves_pages_out, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			what_is_not_asked_does_not_count, setup, teardown),
		cmocka_unit_test_setup_teardown(
			is_told_while_the_page_is_set_up, setup, teardown),
		cmocka_unit_test_setup_teardown(a_wire_brings_them_back, setup,
			teardown),
		cmocka_unit_test_setup_teardown(acts_by_hand_are_free_play,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			older_questions_of_the_wire_are_not_asked, setup,
			teardown),
		cmocka_unit_test_teardown(a_script_is_played_as_far_as_it_goes,
			teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
