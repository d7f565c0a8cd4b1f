/* The player of a page: steps, predictions, lines by hand. */
#include "player_peer.h"

static const char text[] =
	"# Title\n"
	"## One\n"
	"```setup\n"
	"server: ear = socket(AF_INET, SOCK_STREAM) -> 3\n"
	"```\n"
	"Which?\n"
	"\n"
	"- [ ] a `-> \"x\"`\n\n  Why a.\n\n"
	"- [x] b `-> \"LOGIN\\n\"`\n\n  Why b.\n\n"
	"```lab\n"
	"wire: pass #5\n"
	"wire: pass #4\n"
	"server: recv returns -> \"LOGIN\\n\"\n"
	"client: close(3) -> 0\n"
	"```\n"
	"```check\n"
	"wire: sees fin from client\n"
	"```\n"
	"## Two\n"
	"Poll?\n"
	"\n"
	"- [x] a\n\n  Why.\n\n- [ ] b\n\n  Why.\n\n"
	"## Three\n"
	"The end.\n";

static int setup(void **state)
{
	*state = make(parse("x/les/en.md", text));
	return 0;
}

static int setup_bare(void **state)
{
	*state = make(NULL);
	return 0;
}

#define SET_UP "lab: rebuild|lab: page les 1 en|lab: setup|" \
	"server: ear = socket(AF_INET, SOCK_STREAM) -> 3|"
#define RETURNS "server: recv returns -> \"LOGIN\\n\"|"

static void begin(struct fixture *f)
{
	player_page(f->p, 0);
	heard(f, SET_UP);
}

/* What a learner is told of the trouble. */
static void tells(const struct fixture *f, const char *told)
{
	struct buf b = {0};

	player_trouble_text(f->p, "r", &b);
	assert_string_equal(buf_str(&b), told);
	buf_done(&b);
}

static void sets_a_page_up(void **state)
{
	struct fixture *f = *state;

	player_page(f->p, 0);
	assert_int_equal(player_state(f->p), PLAYER_BUSY);
	assert_int_equal(player_act(f->p, "wire: flow"), 0); /* not now */
	assert_false(player_next(f->p));
	heard(f, SET_UP);
	offers(f, PLAYER_LOCKED, "answer first: a b");
	assert_false(player_next(f->p));
	assert_int_equal(player_at_block(f->p), 2);
	assert_string_equal(player_trouble(f->p), "");
}

static void waits_for_each_answer(void **state)
{
	struct fixture *f = *state;

	f->rule[0] = (struct rule){"lab: rebuild", NULL};
	player_page(f->p, 0);
	heard(f, "lab: rebuild|");
	assert_int_equal(player_state(f->p), PLAYER_BUSY);
	f->rule[0] = (struct rule){0};
	assert_int_equal(write(f->peer, "1 ok\n", 5), 5);
	heard(f, &SET_UP[sizeof("lab: rebuild|") - 1]);
}

static void a_prediction_locks_and_is_observed(void **state)
{
	struct fixture *f = *state;
	struct player_prediction x;
	int right, asked;

	begin(f);
	assert_false(player_choose(f->p, 2));
	assert_true(player_choose(f->p, 0));
	assert_true(player_choose(f->p, 1)); /* changed */
	offers(f, PLAYER_READY, "run “wire: pass #5”");
	player_prediction(f->p, &x);
	assert_int_equal(x.block, 2);
	assert_int_equal(x.chosen, 1);
	assert_false(x.committed);

	assert_true(player_next(f->p));
	heard(f, "lab: predict b|lab: step 1|wire: pass #5|");
	assert_false(player_choose(f->p, 0)); /* too late */
	player_prediction(f->p, &x);
	assert_true(x.committed);
	assert_false(x.observed);

	/* what only looks goes with the step before it */
	f->rule[0] = (struct rule){"server: recv", "ok \"LOGIN\\n\""};
	assert_true(player_next(f->p));
	heard(f, "lab: step 2|wire: pass #4|lab: step 3|" RETURNS);
	player_prediction(f->p, &x);
	assert_true(x.observed);
	assert_true(x.right);
	assert_false(x.poll);
	assert_string_equal(x.observation, "\"LOGIN\\n\"");
	assert_true(x.decided_by > 0);
	player_score(f->p, &right, &asked);
	assert_int_equal(right, 1);
	assert_int_equal(asked, 1);

	offers(f, PLAYER_READY, "run “client: close(3)”");
	assert_int_equal(player_at_block(f->p), 3);
	assert_int_equal(player_at_step(f->p), 3);
	player_next(f->p);
	heard(f, "lab: step 4|client: close(3) -> 0|"
		"wire: sees fin from client|");
	offers(f, PLAYER_TURN, "turn to page 2");
	assert_int_equal(player_at_block(f->p), 4);
	assert_int_equal(player_at_step(f->p), 1);
}

static const char who_waits[] = "# T\n## P\n"
	"- [x] a `-> waits`\n\n  W\n\n- [ ] b\n\n  W\n\n"
	"```lab\nserver: recv(3, 1) -> waits\n```\n";

static int setup_who_waits(void **state)
{
	*state = make(parse("x/les/en.md", who_waits));
	return 0;
}

static void a_wait_is_observed_with_its_call(void **state)
{
	struct fixture *f = *state;
	struct player_prediction x;

	player_page(f->p, 0);
	run(f);
	player_choose(f->p, 0);
	player_next(f->p);
	run(f);
	player_prediction(f->p, &x);
	assert_true(x.observed);
	assert_string_equal(x.observation, "waits");
}

static void an_unmet_expectation_is_told(void **state)
{
	struct fixture *f = *state;
	struct player_prediction x;
	size_t block, step;
	int right, asked;

	begin(f);
	player_choose(f->p, 0);
	f->rule[0] = (struct rule){"server: recv",
		"failed expected \"LOGIN\\n\", observed \"L\""};
	player_next(f->p);
	run(f);
	player_next(f->p);
	run(f);
	assert_string_equal(player_trouble(f->p), "line 19: expected "
		"\"LOGIN\\n\", observed \"L\"");
	assert_string_equal(player_trouble_why(f->p), "expected "
		"\"LOGIN\\n\", observed \"L\"");
	player_trouble_at(f->p, &block, &step);
	assert_int_equal(block, 3);
	assert_int_equal(step, 2);
	tells(f, "The kernel answered otherwise than this page expects; r "
		"begins it again. (line 19: expected \"LOGIN\\n\", observed "
		"\"L\")");
	player_prediction(f->p, &x);
	assert_string_equal(x.observation, "\"L\"");
	assert_false(x.right);
	player_score(f->p, &right, &asked);
	assert_int_equal(right, 0);
	/* the next act begins without it */
	player_next(f->p);
	assert_string_equal(player_trouble(f->p), "");
}

static void a_refused_step_did_not_happen(void **state)
{
	struct fixture *f = *state;

	begin(f);
	player_choose(f->p, 1);
	player_next(f->p);
	run(f);
	buf_clear(&f->heard);
	f->rule[0] = (struct rule){"wire: pass #4", "error 12 no such frame"};
	player_next(f->p);
	heard(f, "lab: step 2|wire: pass #4|"); /* and no look behind it */
	assert_string_equal(player_trouble(f->p), "line 18: no such frame");
	tells(f, "The page cannot go on like this; r begins it again. (line 18: "
		"no such frame)");
	offers(f, PLAYER_READY, "run “wire: pass #4”");
}

/* Who draws what a player says asks it again only when its count has moved. */
static void counts_its_changes(void **state)
{
	struct fixture *f = *state;
	struct player_prediction told;
	unsigned before;

	begin(f);
	before = player_changes(f->p);
	player_prediction(f->p, &told);
	player_state(f->p);
	assert_int_equal(player_changes(f->p), before);
	player_choose(f->p, 1);
	assert_int_not_equal(player_changes(f->p), before);
	before = player_changes(f->p);
	player_next(f->p);
	assert_int_not_equal(player_changes(f->p), before);
	before = player_changes(f->p);
	run(f); /* answers */
	assert_int_not_equal(player_changes(f->p), before);
	before = player_changes(f->p);
	player_act(f->p, "wire: flow");
	assert_int_not_equal(player_changes(f->p), before);
	run(f);
	before = player_changes(f->p);
	player_take_back(f->p);
	assert_int_not_equal(player_changes(f->p), before);
	run(f);
	before = player_changes(f->p);
	player_rebuild(f->p);
	assert_int_not_equal(player_changes(f->p), before);
}

static void an_equal_line_by_hand_is_the_step(void **state)
{
	struct fixture *f = *state;
	uint64_t id;

	begin(f);
	player_choose(f->p, 1);
	id = player_act(f->p, "wire:pass  #5 # by key");
	assert_int_equal(id, 7); /* rebuild page setup socket predict step */
	heard(f, "lab: predict b|lab: step 1|wire: pass #5|");
	assert_false(player_free_play(f->p));
	player_act(f->p, "wire: pass #4");
	heard(f, "lab: step 2|wire: pass #4|lab: step 3|" RETURNS);
	offers(f, PLAYER_READY, "run “client: close(3)”");
}

static void a_locked_step_by_hand_is_free_play(void **state)
{
	struct fixture *f = *state;

	begin(f);
	player_act(f->p, "wire: pass #5");
	heard(f, "lab: play|wire: pass #5|");
	assert_true(player_free_play(f->p));
	offers(f, PLAYER_LOCKED, "answer first: a b");
}

static void free_play_ends_with_a_rebuild(void **state)
{
	struct fixture *f = *state;

	begin(f);
	player_choose(f->p, 1);
	player_next(f->p);
	run(f);
	buf_clear(&f->heard);
	player_act(f->p, "client: send(3, \"x\")");
	player_act(f->p, "client: send(3, \"y\")");
	heard(f, "lab: play|client: send(3, \"x\")|client: send(3, \"y\")|");
	assert_true(player_free_play(f->p));
	player_rebuild(f->p);
	assert_false(player_free_play(f->p));
	heard(f, SET_UP "lab: predict b|lab: step 1|wire: pass #5|");
	offers(f, PLAYER_READY, "run “wire: pass #4”");
	/* on the script: the page from its beginning */
	player_rebuild(f->p);
	heard(f, SET_UP);
	offers(f, PLAYER_LOCKED, "answer first: a b");
}

static void takes_back_one_act_after_the_other(void **state)
{
	struct fixture *f = *state;
	struct player_prediction x;

	begin(f);
	assert_false(player_take_back(f->p));
	player_choose(f->p, 1);
	player_next(f->p); /* commits, passes #5 */
	run(f);
	player_next(f->p); /* passes #4, sees recv return */
	run(f);
	player_act(f->p, "wire: flow");
	run(f);
	buf_clear(&f->heard);

	assert_true(player_take_back(f->p));
	heard(f, SET_UP "lab: predict b|lab: step 1|wire: pass #5|"
		"lab: step 2|wire: pass #4|lab: step 3|" RETURNS);
	assert_false(player_free_play(f->p));
	player_prediction(f->p, &x);
	assert_true(x.observed); /* seen again in the replay */

	assert_true(player_take_back(f->p));
	heard(f, SET_UP "lab: predict b|lab: step 1|wire: pass #5|");
	player_prediction(f->p, &x);
	assert_true(x.committed);
	assert_false(x.observed);

	assert_true(player_take_back(f->p));
	heard(f, SET_UP);
	player_prediction(f->p, &x);
	assert_false(x.committed);
	assert_int_equal(x.chosen, 1); /* the choice is kept, to be changed */
	offers(f, PLAYER_READY, "run “wire: pass #5”");
	assert_false(player_take_back(f->p));
}

static void a_line_refused_is_no_act(void **state)
{
	struct fixture *f = *state;

	begin(f);
	f->rule[0] = (struct rule){"client: close(9)", "error 8 no such name"};
	player_act(f->p, "client: close(9)");
	run(f);
	assert_string_equal(player_trouble(f->p), "no such name");
	tells(f, "no such name"); /* which a new page does not mend */
	assert_false(player_take_back(f->p));
}

static void lines_go_while_a_step_waits(void **state)
{
	struct fixture *f = *state;

	begin(f);
	player_choose(f->p, 1);
	f->rule[0] = (struct rule){"wire: pass #5", NULL};
	player_next(f->p);
	run(f);
	buf_clear(&f->heard);
	assert_int_equal(player_state(f->p), PLAYER_BUSY);
	assert_true(player_act(f->p, "wire: flow") > 0);
	heard(f, "lab: play|wire: flow|");
	answer_late(f, "ok");
	offers(f, PLAYER_READY, "run “wire: pass #4”");
}

static void skips_a_prediction(void **state)
{
	struct fixture *f = *state;
	int right, asked;

	begin(f);
	assert_true(player_skip(f->p));
	assert_false(player_skip(f->p));
	offers(f, PLAYER_READY, "run “wire: pass #5”");
	player_next(f->p);
	heard(f, "lab: step 1|wire: pass #5|");
	player_score(f->p, &right, &asked);
	assert_int_equal(asked, 0);
}

static void a_poll_does_not_count(void **state)
{
	struct fixture *f = *state;
	struct player_prediction x;
	int right, asked;

	player_page(f->p, 1);
	heard(f, "lab: rebuild|lab: page les 2 en|");
	offers(f, PLAYER_LOCKED, "answer first: a b");
	player_choose(f->p, 1);
	offers(f, PLAYER_READY, "go on");
	player_next(f->p);
	heard(f, "lab: predict b|");
	offers(f, PLAYER_TURN, "turn to page 3");
	player_prediction(f->p, &x);
	assert_true(x.poll);
	assert_true(x.committed);
	assert_false(x.observed);
	player_score(f->p, &right, &asked);
	assert_int_equal(asked, 0);

	player_next(f->p);
	heard(f, "lab: rebuild|lab: page les 3 en|");
	offers(f, PLAYER_END, "the end");
	assert_false(player_next(f->p));
	player_prediction(f->p, &x);
	assert_int_equal(x.block, -1);
	/* for the end page: what was believed on page 2 */
	assert_true(player_committed(f->p, 1, &x));
	assert_int_equal(x.chosen, 1);
	assert_false(x.right);
	assert_false(player_committed(f->p, 0, &x));
}

static void a_lab_that_ends_is_replaced(void **state)
{
	struct fixture *f = *state;

	begin(f);
	player_choose(f->p, 1);
	player_next(f->p);
	run(f);
	shutdown(f->peer, SHUT_WR);
	run(f);
	assert_true(player_ended(f->p));
	assert_false(player_next(f->p));
	assert_int_equal(player_act(f->p, "wire: flow"), 0);
	assert_non_null(strstr(player_trouble(f->p), "r starts it again"));
	lose_lab(f);
	heard(f, SET_UP);
	assert_string_equal(player_trouble(f->p), "");
}

/* A line by hand was on its way while the lab refused a step. */
static void a_refused_step_keeps_lines_by_hand(void **state)
{
	struct fixture *f = *state;

	begin(f);
	player_choose(f->p, 1);
	player_next(f->p);
	run(f);
	f->rule[0] = (struct rule){"wire: pass #4", NULL};
	player_next(f->p);
	run(f);
	player_act(f->p, "wire: flow");
	answer_late(f, "error 12 no such frame");
	offers(f, PLAYER_READY, "run “wire: pass #4”");
	buf_clear(&f->heard);
	assert_true(player_free_play(f->p));
	/* it is an act, and played again */
	player_act(f->p, "wire: cut");
	run(f);
	buf_clear(&f->heard);
	assert_true(player_take_back(f->p));
	heard(f, SET_UP "lab: predict b|lab: step 1|wire: pass #5|"
		"lab: play|wire: flow|");
}

/* A line that the lab refuses when the page is built again is no act either. */
static void a_line_refused_in_the_replay_is_no_act(void **state)
{
	struct fixture *f = *state;

	begin(f);
	player_act(f->p, "wire: flow");
	player_act(f->p, "wire: cut");
	player_act(f->p, "wire: hold");
	run(f);
	buf_clear(&f->heard);
	f->rule[0] = (struct rule){"wire: flow", "error 1 not now"};
	player_take_back(f->p);
	heard(f, SET_UP "lab: play|wire: flow|wire: cut|");
	player_take_back(f->p);
	heard(f, SET_UP);
}

/* A lab that cannot be built anew stays as it is; what comes next is not what
 * was to be done again. */
static void a_lab_that_is_not_built_goes_on(void **state)
{
	struct fixture *f = *state;

	begin(f);
	player_choose(f->p, 1);
	player_next(f->p);
	run(f);
	player_act(f->p, "wire: flow");
	run(f);
	f->rule[0] = (struct rule){"lab: rebuild", "error 1 no memory"};
	player_take_back(f->p);
	run(f);
	assert_string_equal(player_trouble(f->p), "no memory");
	buf_clear(&f->heard);
	player_next(f->p);
	heard(f, "lab: step 2|wire: pass #4|lab: step 3|" RETURNS);
}

/* What is done by hand is done again as a program would: a call that ends by
 * itself is waited for. */
static void a_replay_waits_for_the_call_before(void **state)
{
	struct fixture *f = *state;

	begin(f);
	f->rule[0] = (struct rule){"server: recv", "ok waits"};
	player_act(f->p, "server: recv(4, 1)");
	run(f);
	player_act(f->p, "client: close(3)");
	player_act(f->p, "server: recv(4, 1)"); /* it has ended by now */
	player_act(f->p, "wire: cut");
	run(f);
	buf_clear(&f->heard);
	player_take_back(f->p);
	heard(f, SET_UP "lab: play|server: recv(4, 1)|client: close(3)|"
		"server: recv returns -> ?|server: recv(4, 1)|");
}

/* Programs are for scripts. */
static const char ends[] = "client: run ./x\nclient: says \"hi\"\n"
	"client: ends -> exit 0\nclient: close(3)\n";

static int setup_ends(void **state)
{
	struct lesson *l;

	assert_int_equal(lesson_parse_script(&l, "x.lab", ends, strlen(ends),
		&(struct diag){0}), 0);
	*state = make(l);
	return 0;
}

static void what_a_program_says_is_only_looked_at(void **state)
{
	struct fixture *f = *state;

	player_page(f->p, 0);
	run(f);
	buf_clear(&f->heard);
	player_next(f->p);
	heard(f, "lab: step 1|client: run ./x|lab: step 2|client: says "
		"\"hi\"|lab: step 3|client: ends -> exit 0|");
	offers(f, PLAYER_READY, "run “client: close(3)”");
	/* one that was refused is run alone the next time */
	f->rule[0] = (struct rule){"client: ends", "error 1 not yet"};
	player_page(f->p, 0);
	run(f);
	player_next(f->p);
	run(f);
	offers(f, PLAYER_READY, "see “client: ends”");
}

static void a_bare_lab_has_only_acts(void **state)
{
	struct fixture *f = *state;

	offers(f, PLAYER_READY, "");
	assert_false(player_next(f->p));
	player_act(f->p, "wire: hold");
	player_act(f->p, "wire: cut");
	heard(f, "lab: play|wire: hold|wire: cut|");
	assert_false(player_free_play(f->p));
	assert_true(player_take_back(f->p));
	heard(f, "lab: rebuild|lab: play|wire: hold|");
	player_rebuild(f->p);
	heard(f, "lab: rebuild|");
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		CASE(sets_a_page_up),
		CASE(waits_for_each_answer),
		CASE(a_prediction_locks_and_is_observed),
		CASE(an_unmet_expectation_is_told),
		CASE(a_refused_step_did_not_happen),
		CASE(counts_its_changes),
		CASE(an_equal_line_by_hand_is_the_step),
		CASE(a_locked_step_by_hand_is_free_play),
		CASE(free_play_ends_with_a_rebuild),
		CASE(takes_back_one_act_after_the_other),
		CASE(a_line_refused_is_no_act),
		CASE(lines_go_while_a_step_waits),
		CASE(skips_a_prediction),
		CASE(a_poll_does_not_count),
		CASE(a_lab_that_ends_is_replaced),
		CASE(a_refused_step_keeps_lines_by_hand),
		CASE(a_line_refused_in_the_replay_is_no_act),
		CASE(a_lab_that_is_not_built_goes_on),
		CASE(a_replay_waits_for_the_call_before),
		cmocka_unit_test_setup_teardown(
			what_a_program_says_is_only_looked_at, setup_ends,
			teardown),
		cmocka_unit_test_setup_teardown(
			a_wait_is_observed_with_its_call, setup_who_waits,
			teardown),
		cmocka_unit_test_setup_teardown(a_bare_lab_has_only_acts,
			setup_bare, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
