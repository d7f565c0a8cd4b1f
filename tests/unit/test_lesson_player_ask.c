/* Older questions, asked before a lesson's first page; what was believed in an
 * earlier session. */
#include "player_peer.h"

static const char played[] =
	"# T\n## One\nThe page.\n\n"
	"- [ ] a `-> 3`\n\n  Why.\n\n- [x] b `-> 0`\n\n  Why.\n\n"
	"```lab\nclient: close(3) -> 0\n```\n"
	"## Two\nPoll?\n\n- [x] a\n\n  W\n\n- [ ] b\n\n  W\n\n"
	"## End\nThe end.\n";

/* Its second prediction is the older question. */
static const char older[] =
	"# T\n## One\nNothing.\n\n"
	"## Two\n"
	"```setup\nserver: ear = socket(AF_INET, SOCK_STREAM) -> 3\n```\n"
	"First.\n\n- [x] a `-> 0`\n\n  W\n\n- [ ] b\n\n  W\n\n"
	"```lab\nclient: close(3) -> 0\nclient: close(4) -> 0\n```\n"
	"Second.\n\n- [ ] a\n\n  W\n\n- [x] b `-> \"x\"`\n\n  W\n\n"
	"```lab\nserver: recv(4, 1) -> waits\nclient: send(5, \"x\") -> 1\n"
	"server: recv returns -> \"x\"\nclient: close(5) -> 0\n```\n"
	"Third.\n\n- [x] a `-> 0`\n\n  W\n\n- [ ] b\n\n  W\n\n"
	"```lab\nclient: close(6) -> 0\n```\n";

#define MINE "lab: rebuild|lab: page les 1 en|"
#define LEAD "lab: rebuild|lab: page old 2 en|lab: setup|" \
	"server: ear = socket(AF_INET, SOCK_STREAM) -> 3|" \
	"lab: step 1|client: close(3) -> 0|lab: step 2|client: close(4) -> 0|"
#define WAITS "lab: step 3|server: recv(4, 1) -> waits|"
#define RETURNS "lab: step 4|client: send(5, \"x\") -> 1|" \
	"lab: step 5|server: recv returns -> \"x\"|"

static struct lesson *old;

static size_t nth(const struct page *p, size_t i)
{
	return lesson_block(p, BLOCK_PREDICTION, i);
}

static int setup(void **state)
{
	*state = make(parse("x/les/en.md", played));
	old = parse("x/old/en.md", older);
	return 0;
}

static int leave(void **state)
{
	int r = teardown(state);

	lesson_free(old);
	return r;
}

static void ask(struct fixture *f, size_t n)
{
	const struct player_question q[] = {
		{old, 1, nth(&old->page[1], 1)},
		{old, 1, nth(&old->page[1], 0)},
	};

	player_ask_first(f->p, q, n);
}

static void leads_up_to_a_question(void **state)
{
	struct fixture *f = *state;
	struct player_prediction x;
	int right, asked;

	ask(f, 1);
	assert_int_equal(player_asking(f->p), 0);
	player_page(f->p, 0);
	heard(f, LEAD);
	assert_int_equal(player_asking(f->p), 1);
	assert_ptr_equal(player_lesson(f->p), old);
	assert_int_equal(player_at_page(f->p), 1);
	offers(f, PLAYER_LOCKED, "answer first: a b");
	player_prediction(f->p, &x);
	assert_int_equal(x.block, nth(&old->page[1], 1));
	assert_false(player_take_back(f->p)); /* that was not the learner */

	assert_true(player_choose(f->p, 0));
	assert_true(player_next(f->p));
	heard(f, "lab: predict a|" WAITS);
	offers(f, PLAYER_READY, "run “client: send(5, \"x\")”");
	f->rule[0] = (struct rule){"server: recv returns", "ok \"x\""};
	player_next(f->p);
	heard(f, RETURNS);
	player_prediction(f->p, &x);
	assert_int_equal(x.block, nth(&old->page[1], 1));
	assert_true(x.observed);
	assert_false(x.right);
	assert_string_equal(x.observation, "\"x\"");
	/* of what comes behind its answer nothing is shown */
	assert_int_equal(player_at_block(f->p),
		old->page[1].block[x.block].decider_block);
	offers(f, PLAYER_TURN, "turn to page 1");
	assert_true(player_next(f->p));
	heard(f, MINE);
	assert_int_equal(player_asking(f->p), 0);
	assert_ptr_equal(player_lesson(f->p), f->l);
	assert_int_equal(player_at_page(f->p), 0);
	/* it is no prediction of this lesson */
	player_score(f->p, &right, &asked);
	assert_int_equal(asked, 0);
	assert_false(player_committed(f->p, 1, &x));
	/* asked once */
	player_page(f->p, 0);
	heard(f, MINE);
}

static void one_question_after_the_other(void **state)
{
	struct fixture *f = *state;

	ask(f, 2);
	player_page(f->p, 1); /* where the lesson was left */
	run(f);
	assert_int_equal(player_first_page(f->p), 1);
	player_choose(f->p, 1);
	player_next(f->p);
	run(f);
	player_next(f->p);
	run(f);
	offers(f, PLAYER_TURN, "question 2 of 2");
	buf_clear(&f->heard);
	player_next(f->p);
	heard(f, "lab: rebuild|lab: page old 2 en|lab: setup|"
		"server: ear = socket(AF_INET, SOCK_STREAM) -> 3|");
	assert_int_equal(player_asking(f->p), 2);
	offers(f, PLAYER_LOCKED, "answer first: a b");
	player_choose(f->p, 0);
	player_next(f->p);
	heard(f, "lab: predict a|lab: step 1|client: close(3) -> 0|");
	/* -> 0 is what the first of the steps expects: it decides */
	offers(f, PLAYER_TURN, "turn to page 2");
	player_next(f->p);
	heard(f, "lab: rebuild|lab: page les 2 en|");
}

static void takes_back_as_far_as_the_question(void **state)
{
	struct fixture *f = *state;

	ask(f, 1);
	player_page(f->p, 0);
	run(f);
	player_choose(f->p, 1);
	player_next(f->p);
	run(f);
	player_act(f->p, "wire: flow");
	assert_true(player_free_play(f->p));
	run(f);
	buf_clear(&f->heard);
	assert_true(player_take_back(f->p));
	heard(f, LEAD "lab: predict b|" WAITS);
	assert_true(player_take_back(f->p));
	heard(f, LEAD);
	offers(f, PLAYER_READY, "run “server: recv(4, 1)”");
	assert_false(player_take_back(f->p));
	/* and from the beginning, in another lab too */
	player_rebuild(f->p);
	heard(f, LEAD);
	offers(f, PLAYER_LOCKED, "answer first: a b");
	lose_lab(f);
	heard(f, LEAD);
	assert_int_equal(player_asking(f->p), 1);
	offers(f, PLAYER_LOCKED, "answer first: a b");
	/* what fails behind the question is no reason to leave it */
	player_choose(f->p, 1);
	player_next(f->p);
	run(f);
	player_act(f->p, "wire: flow");
	run(f);
	f->rule[0] = (struct rule){"server: recv(4", "error 1 no more"};
	assert_true(player_take_back(f->p));
	run(f);
	assert_int_equal(player_asking(f->p), 1);
	assert_string_equal(player_trouble_why(f->p), "no more");
}

static void a_page_that_is_turned_to_ends_the_asking(void **state)
{
	struct fixture *f = *state;

	ask(f, 2);
	player_page(f->p, 0);
	run(f);
	buf_clear(&f->heard);
	player_page(f->p, 1);
	heard(f, "lab: rebuild|lab: page les 2 en|");
	assert_int_equal(player_asking(f->p), 0);
	offers(f, PLAYER_LOCKED, "answer first: a b");
}

static void what_cannot_be_played_is_not_asked(void **state)
{
	struct fixture *f = *state;

	/* a line that only the first question's way has */
	f->rule[0] = (struct rule){"client: close(4)", "error 1 no such name"};
	ask(f, 2);
	player_page(f->p, 0);
	run(f);
	assert_int_equal(player_asking(f->p), 2);
	assert_string_equal(player_trouble(f->p), "");
	offers(f, PLAYER_LOCKED, "answer first: a b");
	/* none of them */
	f->rule[0] = (struct rule){"server: ear", "error 1 no namespaces"};
	player_rebuild(f->p);
	run(f);
	assert_int_equal(player_asking(f->p), 0);
	assert_int_equal(player_at_page(f->p), 0);
	offers(f, PLAYER_LOCKED, "answer first: a b");
}

static void a_question_can_be_skipped(void **state)
{
	struct fixture *f = *state;

	ask(f, 1);
	player_page(f->p, 0);
	run(f);
	assert_true(player_skip(f->p));
	offers(f, PLAYER_READY, "run “server: recv(4, 1)”");
	player_next(f->p);
	run(f);
	player_next(f->p);
	run(f);
	offers(f, PLAYER_TURN, "turn to page 1");
}

static void an_earlier_belief_is_told_at_the_end(void **state)
{
	struct fixture *f = *state;
	struct player_prediction x;
	int right, asked;

	player_page(f->p, 0);
	run(f);
	player_remember(f->p, 0, nth(&f->l->page[0], 0), 0);
	player_remember(f->p, 1, nth(&f->l->page[1], 0), 0);
	player_remember(f->p, 1, nth(&f->l->page[1], 0), 7); /* is none */
	assert_true(player_committed(f->p, 0, &x));
	assert_int_equal(x.chosen, 0);
	assert_true(x.committed);
	assert_false(x.observed);
	assert_false(x.right);
	assert_true(player_committed(f->p, 1, &x));
	assert_int_equal(x.chosen, 0);
	assert_true(x.right);
	assert_false(player_committed(f->p, 2, &x));
	player_score(f->p, &right, &asked);
	assert_int_equal(asked, 1); /* the poll does not count */
	assert_int_equal(right, 0);
	/* but it is not answered */
	offers(f, PLAYER_LOCKED, "answer first: a b");
	/* what is said today counts instead */
	player_choose(f->p, 1);
	player_next(f->p);
	run(f);
	assert_true(player_committed(f->p, 0, &x));
	assert_int_equal(x.chosen, 1);
	player_score(f->p, &right, &asked);
	assert_int_equal(asked, 1);
	assert_int_equal(right, 1);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, leave)
	const struct CMUnitTest tests[] = {
		CASE(leads_up_to_a_question),
		CASE(one_question_after_the_other),
		CASE(takes_back_as_far_as_the_question),
		CASE(a_page_that_is_turned_to_ends_the_asking),
		CASE(what_cannot_be_played_is_not_asked),
		CASE(a_question_can_be_skipped),
		CASE(an_earlier_belief_is_told_at_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
