/* An exercise played on a real lab: typed with a feed, put in order, mistaken,
 * shown, done again in other numbers, in a lab that died, behind an older
 * question. Goals are judged as the screen does, whenever the lab is still. */
#include "lesson_play.h"

#define CONNECTED_PAGE \
	"```setup\n" \
	"server: ear = socket(AF_INET, SOCK_STREAM) -> 3\n" \
	"server: setsockopt(ear, SO_REUSEADDR, 1) -> 0\n" \
	"server: bind(ear, any:9999) -> 0\n" \
	"server: listen(ear, 5) -> 0\n" \
	"client: s = socket(AF_INET, SOCK_STREAM) -> 3\n" \
	"client: setsockopt(s, TCP_NODELAY, 1) -> 0\n" \
	"client: connect(s, server:9999) -> 0\n" \
	"server: conn = accept(ear) -> 4\n" \
	"```\n"

static const char text[] =
	"# T\n"
	"## Predict\n"
	CONNECTED_PAGE
	"Well?\n\n"
	"- [x] it waits `-> waits`\n\n  Why.\n\n"
	"- [ ] nothing `-> \"\"`\n\n  Why.\n\n"
	"```lab\n"
	"server: recv(conn, 1) -> waits\n"
	"```\n"
	"## Be the loop\n"
	"```numbers\n"
	"size 5     7\n"
	"word hello example\n"
	"```\n"
	CONNECTED_PAGE
	"Read $word.\n\n"
	"It was read whole.\n\n"
	"```goal\n"
	"server: got hex(00 00 00 0$size) \"$word\"\n"
	"```\n"
	"Nothing was read beyond it.\n\n"
	"```goal\n"
	"server: did recv(conn, 64) x 0\n"
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
	"```mistake too-much\n"
	"server: recv(conn, 64)\n"
	"```\n"
	"```when\n"
	"server: did recv(conn, 64)\n"
	"```\n"
	"Ask for what is missing.\n\n"
	"## In order\n"
	"Put in order.\n\n"
	"The server went on.\n\n"
	"```goal\n"
	"server: did recv(conn, _) -> EAGAIN then close(conn) -> 0\n"
	"```\n"
	"1. One.\n2. Two.\n3. Three.\n\n"
	"```parsons\n"
	"server: close(conn)\n"
	"server: recv(conn, 64)\n"
	"server: setsockopt(conn, SO_RCVTIMEO, 300ms)\n"
	"server: conn = accept(ear)\n"
	"client: connect(s, server:9999)\n"
	"client: s = socket(AF_INET, SOCK_STREAM)\n"
	"server: listen(ear, 5)\n"
	"server: ear = socket(AF_INET, SOCK_STREAM)\n"
	"server: bind(ear, any:9999)\n"
	"```\n"
	"```solution\n"
	"server: ear = socket(AF_INET, SOCK_STREAM)\n"
	"server: bind(ear, any:9999)\n"
	"server: listen(ear, 5)\n"
	"client: s = socket(AF_INET, SOCK_STREAM)\n"
	"client: connect(s, server:9999)\n"
	"server: conn = accept(ear)\n"
	"server: setsockopt(conn, SO_RCVTIMEO, 300ms)\n"
	"server: recv(conn, 64)\n"
	"server: close(conn)\n"
	"```\n"
	"```mistake for-ever\n"
	"server: ear = socket(AF_INET, SOCK_STREAM)\n"
	"server: bind(ear, any:9999)\n"
	"server: listen(ear, 5)\n"
	"client: s = socket(AF_INET, SOCK_STREAM)\n"
	"client: connect(s, server:9999)\n"
	"server: conn = accept(ear)\n"
	"server: recv(conn, 64)\n"
	"server: setsockopt(conn, SO_RCVTIMEO, 300ms)\n"
	"server: close(conn)\n"
	"```\n"
	"```when\n"
	"server: did recv(conn, _) -> waits\n"
	"server: did setsockopt(conn, SO_RCVTIMEO) x 0\n"
	"```\n"
	"Who sleeps sets no alarm clock.\n\n"
	"## End\n"
	"The end.\n";

static struct play *open_play(void)
{
	return play_text(text, false);
}

static size_t block_of(struct play *x, enum block_kind kind)
{
	return lesson_block(&x->l->page[player_at_page(x->p)], kind, 0);
}

/* ---- typed ---- */

static void is_typed_with_a_feed(void **state)
{
	struct play *x = open_play();

	(void)state;
	begin(x, 1);
	is_in(x, PLAYER_TASK, "");
	assert_int_equal(x->g.met, 1);
	/* less than there is, and the rest is there already */
	type(x, "server: recv(conn, 2)");
	assert_true(session_has(x->s, "server: recv returns -> \"\\0\\0\""));
	type(x, "server: recv(conn, 2)");
	assert_int_equal(session_count(x->s, "client: send("), 1);
	is_in(x, PLAYER_TASK, "");
	type(x, "server: recv(conn, 5)");
	is_in(x, PLAYER_TURN, "");
	assert_false(player_free_play(x->p));
	close_play(x);
}

static void needs_no_wire(void **state)
{
	struct play *x = play_text(text, true);

	(void)state;
	begin(x, 1);
	type(x, "server: recv(conn, 4)");
	is_in(x, PLAYER_TASK, "");
	type(x, "server: recv(conn, 5)");
	is_in(x, PLAYER_TURN, "");
	close_play(x);
}

static void who_wants_all_gets_all(void **state)
{
	struct play *x = open_play();

	(void)state;
	begin(x, 1);
	type(x, "server: recv(conn, 9, MSG_WAITALL)");
	is_in(x, PLAYER_TURN, "");
	assert_int_equal(session_count(x->s, "client: send("), 2);
	close_play(x);
}

static void a_mistake_is_taken_back(void **state)
{
	struct play *x = open_play();

	(void)state;
	begin(x, 1);
	type(x, "server: recv(conn, 4)");
	type(x, "server: recv(conn, 64)");
	is_in(x, PLAYER_TASK, "");
	assert_int_equal(x->g.mistake, block_of(x, BLOCK_MISTAKE));
	assert_true(player_take_back(x->p));
	settle(x);
	is_in(x, PLAYER_TASK, "");
	assert_int_equal(x->g.mistake, SIZE_MAX);
	type(x, "server: recv(conn, 5)");
	is_in(x, PLAYER_TURN, "");
	close_play(x);
}

static void is_solved_then_done_in_other_numbers(void **state)
{
	struct play *x = open_play();

	(void)state;
	begin(x, 1);
	while (player_hint(x->p))
		;
	assert_true(player_solve(x->p));
	settle(x);
	for (int i = 0; i < 2; i++) {
		is_in(x, PLAYER_READY, "");
		assert_true(player_next(x->p));
		settle(x);
	}
	is_in(x, PLAYER_READY, "");
	assert_int_equal(x->g.met, 2);
	assert_true(player_solved(x->p));
	assert_true(player_next(x->p)); /* now without it */
	settle(x);
	assert_int_equal(player_lesson(x->p)->round, 1);
	is_in(x, PLAYER_TASK, "");
	type(x, "server: recv(conn, 4)");
	type(x, "server: recv(conn, 7)");
	is_in(x, PLAYER_TURN, "");
	assert_false(player_solved(x->p));
	assert_true(session_has(x->s, "recv returns -> \"example\""));
	close_play(x);
}

static void a_lab_that_was_killed_is_replaced(void **state)
{
	struct play *x = open_play();
	int status;

	(void)state;
	begin(x, 1);
	type(x, "server: recv(conn, 4)");
	kill(x->s->lab.pid, SIGKILL);
	waitpid(x->s->lab.pid, &status, 0);
	x->s->lab.pid = 0;
	settle(x);
	assert_true(player_ended(x->p));
	scene_free(x->scene);
	session_close(x->s);
	begin_lab(x, false);
	player_relink(x->p, x->s->link);
	settle(x);
	/* the page is as at its beginning, and so is what is fed */
	is_in(x, PLAYER_TASK, "");
	type(x, "server: recv(conn, 4)");
	type(x, "server: recv(conn, 5)");
	is_in(x, PLAYER_TURN, "");
	close_play(x);
}

/* ---- lines to be put in order ---- */

/* The order of the solution or a mistake, by moving one line after the other. */
static void arrange(struct play *x, enum block_kind kind)
{
	const struct page *page = &x->l->page[2];
	const struct block *given = &page->block[block_of(x, BLOCK_PARSONS)];
	const struct block *wanted = &page->block[block_of(x, kind)];

	for (size_t i = 0; i < player_lines(x->p); i++) {
		size_t from = i;

		while (strcmp(given->step[player_order(x->p, from)].text,
				wanted->step[i].text))
			from++;
		if (from > i)
			assert_true(player_move(x->p, from,
				(int)i - (int)from));
	}
}

static void lines_are_put_in_order(void **state)
{
	struct play *x = open_play();

	(void)state;
	begin(x, 2);
	is_in(x, PLAYER_TASK, "");
	assert_true(player_next(x->p)); /* as they are given */
	settle(x);
	is_in(x, PLAYER_TASK, "conn stands for nothing yet in "
		"server: it is bound by conn = a call that succeeds");
	assert_int_equal(x->g.met, 0);
	arrange(x, BLOCK_MISTAKE);
	assert_true(player_next(x->p));
	settle(x);
	is_in(x, PLAYER_TASK, "server waits in recv(conn, 64); wait, interrupt "
		"(Ctrl-C) or use server2");
	assert_int_equal(x->g.mistake, block_of(x, BLOCK_MISTAKE));
	arrange(x, BLOCK_SOLUTION);
	assert_true(player_next(x->p));
	settle(x);
	is_in(x, PLAYER_TURN, "");
	close_play(x);
}

static void every_try_is_judged(void **state)
{
	struct play *x = open_play();

	(void)state;
	for (size_t page = 1; page < 3; page++) {
		begin(x, page);
		player_try(x->p, block_of(x, BLOCK_MISTAKE));
		settle(x);
		assert_int_equal(player_state(x->p), PLAYER_TASK);
		assert_int_equal(x->g.mistake, block_of(x, BLOCK_MISTAKE));
		player_try(x->p, block_of(x, BLOCK_SOLUTION));
		settle(x);
		is_in(x, PLAYER_TURN, "");
	}
	close_play(x);
}

/* ---- an older question ---- */

static void an_older_question_comes_first(void **state)
{
	struct play *x = open_play();
	struct player_question q = {x->l, 0, SIZE_MAX};
	struct player_prediction told;

	(void)state;
	q.block = lesson_block(&x->l->page[0], BLOCK_PREDICTION, 0);
	player_ask_first(x->p, &q, 1);
	begin(x, 1);
	is_in(x, PLAYER_LOCKED, "");
	assert_int_equal(player_asking(x->p), 1);
	player_choose(x->p, 1);
	player_next(x->p);
	settle(x);
	is_in(x, PLAYER_TURN, "");
	player_prediction(x->p, &told);
	assert_true(told.observed);
	assert_false(told.right);
	assert_string_equal(told.observation, "waits");
	player_next(x->p);
	settle(x);
	assert_int_equal(player_asking(x->p), 0);
	assert_int_equal(player_at_page(x->p), 1);
	is_in(x, PLAYER_TASK, "");
	close_play(x);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_typed_with_a_feed),
		cmocka_unit_test(needs_no_wire),
		cmocka_unit_test(who_wants_all_gets_all),
		cmocka_unit_test(a_mistake_is_taken_back),
		cmocka_unit_test(is_solved_then_done_in_other_numbers),
		cmocka_unit_test(a_lab_that_was_killed_is_replaced),
		cmocka_unit_test(lines_are_put_in_order),
		cmocka_unit_test(every_try_is_judged),
		cmocka_unit_test(an_older_question_comes_first),
	};

	SESSION_ACTOR(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
