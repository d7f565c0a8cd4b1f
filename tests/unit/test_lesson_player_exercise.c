/* The player of an exercise: what is fed, hints, the solution, the page in
 * other numbers, lines to be put in order. */
#include "player_peer.h"

#include <sys/stat.h>

static const char loop[] =
	"# T\n"
	"## Be the loop\n"
	"```numbers\n"
	"size 5     7\n"
	"word hello example\n"
	"```\n"
	"```setup\n"
	"server: ear = socket(AF_INET, SOCK_STREAM) -> 3\n"
	"```\n"
	"Read $word.\n\n"
	"It was read.\n\n"
	"```goal\n"
	"server: did recv x 2..\n"
	"```\n"
	"1. One.\n2. Two.\n3. Three.\n\n"
	"```feed server\n"
	"client: send(s, u32be($size))\n"
	"client: send(s, \"$word\")\n"
	"```\n"
	"```solution\n"
	"server: recv(conn, 4)\n"
	"server: recv(conn, $size)\n"
	"```\n"
	"```mistake once\n"
	"server: recv(conn, 64)\n"
	"```\n"
	"```when\n"
	"server: did recv x 1\n"
	"```\n"
	"One is not enough.\n\n"
	"## Predict first\n"
	"Well?\n\n"
	"- [x] a `-> 0`\n\n  Why.\n\n- [ ] b\n\n  Why.\n\n"
	"```lab\n"
	"client: close(3) -> 0\n"
	"```\n"
	"It is closed.\n\n"
	"```goal\n"
	"client: did close\n"
	"```\n"
	"1. One.\n2. Two.\n3. Three.\n\n"
	"```solution\n"
	"client: close(4)\n"
	"```\n"
	"```mistake none\n"
	"client: close(5)\n"
	"```\n"
	"```when\n"
	"client: did close(5)\n"
	"```\n"
	"The other one.\n\n"
	"## End\n"
	"The end.\n";

#define SET_UP "lab: rebuild|lab: page les 1 en|lab: setup|" \
	"server: ear = socket(AF_INET, SOCK_STREAM) -> 3|"
#define LOOK "server: recv returns -> ? within 1s|"

static const struct rule waits = {"server: recv(", "ok waits"};

/* The lesson lies in a folder of its own, to be read again in a next round. */
struct place {
	char folder[64], lesson[96], file[128];
};
static struct place place;

static void write_lesson(const char *source)
{
	FILE *f = fopen(place.file, "w");

	assert_non_null(f);
	fputs(source, f);
	fclose(f);
}

static int setup(void **state)
{
	struct lesson *l;
	struct diag d = {0};

	snprintf(place.folder, sizeof(place.folder), "/tmp/tomada.XXXXXX");
	assert_non_null(mkdtemp(place.folder));
	snprintf(place.lesson, sizeof(place.lesson), "%s/les", place.folder);
	assert_int_equal(mkdir(place.lesson, 0755), 0);
	snprintf(place.file, sizeof(place.file), "%s/en.md", place.lesson);
	write_lesson(loop);
	if (lesson_load(&l, place.file, "en", &d))
		fail_msg("%d:%d: %s", d.line, d.column, d.msg);
	*state = make(l);
	return 0;
}

static int leave(void **state)
{
	unlink(place.file);
	rmdir(place.lesson);
	rmdir(place.folder);
	return teardown(state);
}

static void begin(struct fixture *f)
{
	player_page(f->p, 0);
	heard(f, SET_UP);
}

static void three_hints(struct fixture *f)
{
	for (int i = 0; i < LESSON_HINTS; i++)
		assert_true(player_hint(f->p));
	assert_int_equal(player_hints(f->p), LESSON_HINTS);
	assert_false(player_hint(f->p));
}

static void is_a_task_until_its_goals_are_met(void **state)
{
	struct fixture *f = *state;

	player_page(f->p, 0);
	assert_int_equal(player_state(f->p), PLAYER_BUSY);
	heard(f, SET_UP);
	offers(f, PLAYER_TASK, "what is missing?");
	assert_true(player_goals_open(f->p));
	assert_false(player_next(f->p));
	player_judged(f->p, false);
	offers(f, PLAYER_TASK, "what is missing?");
	player_judged(f->p, true);
	offers(f, PLAYER_TURN, "turn to page 2");
	assert_false(player_goals_open(f->p));
	assert_false(player_solved(f->p));
	assert_false(player_hint(f->p)); /* no need */
	/* done is done, until the page is built anew */
	player_judged(f->p, false);
	offers(f, PLAYER_TURN, "turn to page 2");
	player_rebuild(f->p);
	heard(f, SET_UP);
	offers(f, PLAYER_TASK, "what is missing?");
	player_judged(f->p, true);
	assert_true(player_next(f->p));
	assert_int_equal(player_at_page(f->p), 1);
}

static void feeds_a_call_that_waits(void **state)
{
	struct fixture *f = *state;

	begin(f);
	f->rule[0] = waits;
	assert_true(player_act(f->p, "server: recv(conn, 4)") > 0);
	assert_int_equal(player_state(f->p), PLAYER_BUSY);
	heard(f, "lab: play|server: recv(conn, 4)|"
		"client: send(s, u32be(5))|" LOOK);
	assert_false(player_free_play(f->p));
	offers(f, PLAYER_TASK, "what is missing?");
	/* of another lane, or one that returned at once */
	player_act(f->p, "client: recv(s, 4)");
	f->rule[0] = (struct rule){0};
	player_act(f->p, "server: recv(conn, 9)");
	heard(f, "client: recv(s, 4)|server: recv(conn, 9)|");
	f->rule[0] = waits;
	player_act(f->p, "server: recv(conn, 5)");
	heard(f, "server: recv(conn, 5)|client: send(s, \"hello\")|" LOOK);
	/* nothing more comes */
	player_act(f->p, "server: recv(conn, 1)");
	heard(f, "server: recv(conn, 1)|");
}

static void one_piece_for_each_call(void **state)
{
	struct fixture *f = *state;

	begin(f);
	f->rule[0] = (struct rule){"server: recv", "ok waits"};
	player_act(f->p, "server: recv(conn, 4)");
	heard(f, "lab: play|server: recv(conn, 4)|"
		"client: send(s, u32be(5))|" LOOK);
}

static void who_wants_all_gets_all(void **state)
{
	struct fixture *f = *state;

	begin(f);
	f->rule[0] = (struct rule){"server: recv", "ok waits"};
	player_act(f->p, "server: recv(conn, 9, MSG_WAITALL)");
	heard(f, "lab: play|server: recv(conn, 9, MSG_WAITALL)|"
		"client: send(s, u32be(5))|" LOOK
		"client: send(s, \"hello\")|" LOOK);
}

static void what_was_not_fed_comes_again(void **state)
{
	struct fixture *f = *state;

	begin(f);
	f->rule[0] = waits;
	f->rule[1] = (struct rule){"client: send", "error 1 client waits"};
	player_act(f->p, "server: recv(conn, 4)");
	heard(f, "lab: play|server: recv(conn, 4)|client: send(s, u32be(5))|");
	/* 22: the feed's first line */
	assert_string_equal(player_trouble(f->p), "line 22: client waits");
	f->rule[1] = (struct rule){0};
	player_act(f->p, "server: recv(conn, 4)");
	heard(f, "server: recv(conn, 4)|client: send(s, u32be(5))|" LOOK);
}

static void takes_back_line_by_line(void **state)
{
	struct fixture *f = *state;

	begin(f);
	f->rule[0] = waits;
	player_act(f->p, "server: recv(conn, 4)");
	run(f);
	player_act(f->p, "server: recv(conn, 1)");
	run(f);
	buf_clear(&f->heard);
	player_take_back(f->p);
	heard(f, SET_UP "lab: play|server: recv(conn, 4)|"
		"client: send(s, u32be(5))|" LOOK);
	player_rebuild(f->p);
	heard(f, SET_UP);
	assert_false(player_take_back(f->p));
}

static void hints_stay_when_the_page_is_built_anew(void **state)
{
	struct fixture *f = *state;

	begin(f);
	assert_false(player_solve(f->p)); /* hints first */
	three_hints(f);
	player_rebuild(f->p);
	assert_int_equal(player_hints(f->p), LESSON_HINTS);
	run(f);
	player_page(f->p, 0); /* nor is it forgotten who turned the page */
	assert_int_equal(player_hints(f->p), LESSON_HINTS);
}

#define FIRST "server: recv(conn, 4)|client: send(s, u32be(5))|" LOOK

static void shows_the_solution_line_by_line(void **state)
{
	struct fixture *f = *state;
	size_t solution;

	begin(f);
	f->rule[0] = waits;
	player_act(f->p, "server: recv(conn, 64)");
	run(f);
	buf_clear(&f->heard);
	three_hints(f);
	assert_true(player_solve(f->p));
	assert_false(player_solve(f->p));
	heard(f, SET_UP); /* without what was done by hand */
	assert_true(player_solved(f->p));
	offers(f, PLAYER_READY, "run “server: recv(conn, 4)”");
	solution = lesson_block(&f->l->page[0], BLOCK_SOLUTION, 0);
	assert_int_equal(player_at_block(f->p), solution);
	assert_true(player_next(f->p));
	heard(f, "lab: step 1|" FIRST);
	/* met before its end: it goes on */
	player_judged(f->p, true);
	assert_true(player_goals_open(f->p));
	offers(f, PLAYER_READY, "run “server: recv(conn, 5)”");
	assert_int_equal(player_at_step(f->p), 1);
	/* the same by hand is its next line */
	assert_true(player_expects(f->p, "server: recv(conn,5)"));
	player_next(f->p);
	heard(f, "lab: step 2|server: recv(conn, 5)|"
		"client: send(s, \"hello\")|" LOOK);
	offers(f, PLAYER_READY, "now without it");
	assert_false(player_goals_open(f->p));
	player_take_back(f->p);
	heard(f, SET_UP "lab: step 1|" FIRST);
	offers(f, PLAYER_READY, "run “server: recv(conn, 5)”");
	/* r: the learner's turn */
	player_rebuild(f->p);
	heard(f, SET_UP);
	offers(f, PLAYER_TASK, "what is missing?");
	assert_true(player_solved(f->p));
	player_judged(f->p, true);
	offers(f, PLAYER_READY, "now without it");
}

static void solve(struct fixture *f)
{
	three_hints(f);
	player_solve(f->p);
	run(f);
	while (player_at_block(f->p) == lesson_block(&f->l->page[0],
			BLOCK_SOLUTION, 0) && player_next(f->p))
		run(f);
	offers(f, PLAYER_READY, "now without it");
	buf_clear(&f->heard);
}

static void then_without_it_in_other_numbers(void **state)
{
	struct fixture *f = *state;

	begin(f);
	solve(f);
	assert_ptr_equal(player_lesson(f->p), f->l);
	assert_true(player_next(f->p));
	heard(f, SET_UP);
	assert_int_equal(player_lesson(f->p)->round, 1);
	assert_int_equal(player_hints(f->p), 0);
	assert_false(player_solved(f->p));
	f->rule[0] = waits;
	player_act(f->p, "server: recv(conn, 4)");
	heard(f, "lab: play|server: recv(conn, 4)|"
		"client: send(s, u32be(7))|" LOOK);
	player_judged(f->p, true);
	offers(f, PLAYER_TURN, "turn to page 2");
	/* and once more: the first numbers again */
	player_page(f->p, 0);
	run(f);
	solve(f);
	player_next(f->p);
	assert_ptr_equal(player_lesson(f->p), f->l);
}

/* Another page has three columns, this one two: round 2 is round 0 here. */
static void other_numbers_are_other_on_this_page(void **state)
{
	struct buf longer = {0};
	struct diag d = {0};
	struct lesson *l;
	struct fixture *f;
	void *mine;

	(void)state;
	buf_printf(&longer, "%s## More\n```numbers\na 1 2 3\n```\n$a\n", loop);
	write_lesson(buf_str(&longer));
	buf_done(&longer);
	assert_int_equal(lesson_load_round(&l, place.file, "en", 2, &d), 0);
	assert_int_equal(l->rounds, 3);
	mine = f = make(l);
	begin(f);
	solve(f);
	player_next(f->p);
	assert_int_equal(player_lesson(f->p)->round, 1);
	teardown(&mine);
}

static void a_lesson_that_changed_stays_as_it_was(void **state)
{
	struct fixture *f = *state;

	begin(f);
	solve(f);
	write_lesson("# T\n## P\nNothing.\n");
	player_next(f->p);
	heard(f, SET_UP);
	assert_string_equal(player_trouble(f->p), "the lesson's file was "
		"changed; the numbers stay as they are");
	offers(f, PLAYER_TASK, "what is missing?");
	solve(f);
	unlink(place.file);
	player_next(f->p);
	heard(f, SET_UP);
	assert_non_null(strstr(player_trouble(f->p), "cannot be opened"));
	assert_ptr_equal(player_lesson(f->p), f->l);
}

static void in_class_space_plays_the_solution(void **state)
{
	struct fixture *f = *state;

	player_in_class(f->p, true);
	begin(f);
	offers(f, PLAYER_TASK, "the solution");
	assert_true(player_next(f->p));
	heard(f, SET_UP);
	player_next(f->p);
	heard(f, "lab: step 1|server: recv(conn, 4)|");
	offers(f, PLAYER_READY, "run “server: recv(conn, 5)”");
	player_next(f->p);
	heard(f, "lab: step 2|server: recv(conn, 5)|");
	offers(f, PLAYER_TURN, "turn to page 2");
	player_next(f->p);
	assert_int_equal(player_at_page(f->p), 1);
}

#define SECOND "lab: rebuild|lab: page les 2 en|"

static void the_script_of_a_page_comes_first(void **state)
{
	struct fixture *f = *state;
	struct player_prediction x;
	size_t solution;

	player_page(f->p, 1);
	heard(f, SECOND);
	offers(f, PLAYER_LOCKED, "answer first: a b");
	assert_false(player_goals_open(f->p));
	assert_false(player_hint(f->p));
	player_choose(f->p, 1);
	player_next(f->p);
	heard(f, "lab: predict b|lab: step 1|client: close(3) -> 0|");
	offers(f, PLAYER_TASK, "what is missing?");
	assert_true(player_goals_open(f->p));
	player_act(f->p, "client: close(9)");
	heard(f, "lab: play|client: close(9)|");
	three_hints(f);
	player_solve(f->p);
	/* the script is played again, what was done by hand is not */
	heard(f, SECOND "lab: predict b|lab: step 1|client: close(3) -> 0|");
	player_prediction(f->p, &x);
	assert_true(x.observed);
	player_next(f->p);
	heard(f, "lab: step 2|client: close(4)|");
	/* for the checker */
	solution = lesson_block(&f->l->page[1], BLOCK_SOLUTION, 0);
	player_try(f->p, solution);
	heard(f, SECOND "lab: predict b|lab: step 1|client: close(3) -> 0|"
		"lab: step 2|client: close(4)|");
	offers(f, PLAYER_TASK, "what is missing?"); /* nobody judged it yet */
}

static void tries_all_lines_of_a_mistake(void **state)
{
	struct fixture *f = *state;

	begin(f);
	f->rule[0] = waits;
	player_try(f->p, lesson_block(&f->l->page[0], BLOCK_MISTAKE, 0));
	heard(f, SET_UP "lab: step 1|server: recv(conn, 64)|"
		"client: send(s, u32be(5))|" LOOK);
	offers(f, PLAYER_TASK, "what is missing?");
	player_try(f->p, lesson_block(&f->l->page[0], BLOCK_SOLUTION, 0));
	heard(f, SET_UP "lab: step 1|" FIRST
		"lab: step 2|server: recv(conn, 5)|"
		"client: send(s, \"hello\")|" LOOK);
	offers(f, PLAYER_TASK, "what is missing?"); /* nobody judged it yet */
}

/* A call that waits has its chance to end by itself before the next one of its
 * lane: SO_RCVTIMEO. */
static void lines_wait_for_the_call_before(void **state)
{
	struct fixture *f = *state;

	begin(f);
	f->rule[0] = (struct rule){"server: recv", "ok waits"};
	player_try(f->p, lesson_block(&f->l->page[0], BLOCK_SOLUTION, 0));
	heard(f, SET_UP "lab: step 1|" FIRST "server: recv returns -> ?|"
		"lab: step 2|server: recv(conn, 5)|"
		"client: send(s, \"hello\")|" LOOK);
}

static void a_lab_that_ends_is_replaced(void **state)
{
	struct fixture *f = *state;

	begin(f);
	three_hints(f);
	player_act(f->p, "server: recv(conn, 4)");
	run(f);
	lose_lab(f);
	heard(f, SET_UP);
	offers(f, PLAYER_TASK, "what is missing?");
	assert_int_equal(player_hints(f->p), LESSON_HINTS);
	/* in the middle of the solution */
	player_solve(f->p);
	run(f);
	player_next(f->p);
	lose_lab(f);
	heard(f, SET_UP);
	offers(f, PLAYER_TASK, "what is missing?");
	assert_true(player_solve(f->p));
}

/* ---- lines to be put in order ---- */

static const char parsons[] =
	"# T\n## P\nPut in order.\n\nIt listens.\n\n"
	"```goal\nserver: did listen -> 0\n```\n"
	"1. One.\n2. Two.\n3. Three.\n\n"
	"```parsons\n"
	"server: listen(ear, 5)\n"
	"server: bind(ear, any:9999)\n"
	"server: ear = socket(AF_INET, SOCK_STREAM)\n"
	"```\n"
	"```solution\n"
	"server: ear = socket(AF_INET, SOCK_STREAM)\n"
	"server: bind(ear, any:9999)\n"
	"server: listen(ear, 5)\n"
	"```\n"
	"```mistake late\n"
	"server: ear = socket(AF_INET, SOCK_STREAM)\n"
	"server: listen(ear, 5)\n"
	"server: bind(ear, any:9999)\n"
	"```\n"
	"```when\nserver: did listen then bind\n```\nToo late.\n";

#define ANEW "lab: rebuild|lab: page les 1 en|"
#define LISTEN "server: listen(ear, 5)|"
#define BIND "server: bind(ear, any:9999)|"
#define SOCKET "server: ear = socket(AF_INET, SOCK_STREAM)|"

static int setup_parsons(void **state)
{
	*state = make(parse("x/les/en.md", parsons));
	return 0;
}

static void lines_move(void **state)
{
	struct fixture *f = *state;

	player_page(f->p, 0);
	heard(f, ANEW);
	assert_int_equal(player_lines(f->p), 3);
	assert_false(player_move(f->p, 0, -1));
	assert_false(player_move(f->p, 2, 1));
	assert_false(player_move(f->p, 3, -1));
	assert_false(player_move(f->p, 1, 0));
	assert_true(player_move(f->p, 2, -2)); /* socket listen bind */
	assert_true(player_move(f->p, 1, 1));  /* socket bind listen */
	assert_int_equal(player_order(f->p, 0), 2);
	assert_int_equal(player_order(f->p, 1), 1);
	assert_int_equal(player_order(f->p, 2), 0);
	heard(f, ""); /* nothing of it is the lab's business */
	offers(f, PLAYER_TASK, "run the lines in this order");
	assert_true(player_next(f->p));
	heard(f, ANEW "lab: play|" SOCKET BIND LISTEN);
	offers(f, PLAYER_TASK, "what is missing?");
	assert_false(player_next(f->p));
	player_judged(f->p, true);
	offers(f, PLAYER_END, "the end");
	/* the order stays, what ran does not */
	player_rebuild(f->p);
	heard(f, ANEW);
	assert_int_equal(player_order(f->p, 0), 2);
	offers(f, PLAYER_TASK, "run the lines in this order");
}

static void lines_end_at_what_cannot_be_done(void **state)
{
	struct fixture *f = *state;
	size_t block, step;

	player_page(f->p, 0);
	run(f);
	buf_clear(&f->heard);
	f->rule[0] = (struct rule){"server: bind", "error 6 no ear yet"};
	assert_true(player_run_order(f->p));
	heard(f, ANEW "lab: play|" LISTEN BIND);
	assert_string_equal(player_trouble_why(f->p), "no ear yet");
	player_trouble_at(f->p, &block, &step);
	assert_int_equal(block, lesson_block(&f->l->page[0], BLOCK_PARSONS,
		0));
	assert_int_equal(step, 1);
	offers(f, PLAYER_TASK, "what is missing?");
	/* another order may do it */
	player_move(f->p, 0, 1);
	offers(f, PLAYER_TASK, "run the lines in this order");
	/* all that ran is taken back at once */
	assert_true(player_take_back(f->p));
	heard(f, ANEW);
	assert_false(player_take_back(f->p));
	/* so that they did not run, though none was moved */
	f->rule[0] = (struct rule){NULL, NULL};
	assert_true(player_run_order(f->p));
	run(f);
	offers(f, PLAYER_TASK, "what is missing?");
	assert_true(player_take_back(f->p));
	run(f);
	offers(f, PLAYER_TASK, "run the lines in this order");
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, leave)
#define LINES(f) cmocka_unit_test_setup_teardown(f, setup_parsons, teardown)
	const struct CMUnitTest tests[] = {
		CASE(is_a_task_until_its_goals_are_met),
		CASE(feeds_a_call_that_waits),
		CASE(one_piece_for_each_call),
		CASE(who_wants_all_gets_all),
		CASE(what_was_not_fed_comes_again),
		CASE(takes_back_line_by_line),
		CASE(hints_stay_when_the_page_is_built_anew),
		CASE(shows_the_solution_line_by_line),
		CASE(then_without_it_in_other_numbers),
		CASE(other_numbers_are_other_on_this_page),
		CASE(a_lesson_that_changed_stays_as_it_was),
		CASE(in_class_space_plays_the_solution),
		CASE(the_script_of_a_page_comes_first),
		CASE(tries_all_lines_of_a_mistake),
		CASE(lines_wait_for_the_call_before),
		CASE(a_lab_that_ends_is_replaced),
		LINES(lines_move),
		LINES(lines_end_at_what_cannot_be_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
