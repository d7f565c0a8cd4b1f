/* Dead ends of exercises, on real kernels: the screen says that a goal cannot
 * be met any more, and never says so of one that can. */
#include "lesson_play.h"

#include "lesson/course.h"

/* Without a wire the port is this machine's: no other test may have it. */
static const char text[] =
	"# Dead ends\n\n"
	"## Read, then close\n"
	"```setup\n"
	"server: ear = socket(AF_INET, SOCK_STREAM) -> 3\n"
	"server: setsockopt(ear, SO_REUSEADDR, 1) -> 0\n"
	"server: bind(ear, any:9741) -> 0\n"
	"server: listen(ear, 5) -> 0\n"
	"client: s = socket(AF_INET, SOCK_STREAM) -> 3\n"
	"client: connect(s, server:9741) -> 0\n"
	"server: conn = accept(ear) -> 4\n"
	"```\n"
	"Do.\n\n"
	"The server has read it.\n\n"
	"```goal\n"
	"server: did recv(conn, _) -> \"hi\"\n"
	"```\n"
	"It got two bytes.\n\n"
	"```goal\n"
	"server: got 2 bytes\n"
	"```\n"
	"The client has closed.\n\n"
	"```goal\n"
	"client: gave 2 bytes\n"
	"client: did close(s) -> 0\n"
	"```\n"
	"1. One.\n2. Two.\n3. Three.\n\n"
	"```solution\n"
	"client: send(s, \"hi\")\n"
	"client: close(s)\n"
	"server: recv(conn, 64)\n"
	"```\n"
	"```mistake closed\n"
	"server: close(conn)\n"
	"```\n"
	"```when\n"
	"server: did close(conn)\n"
	"```\n"
	"Who closes reads no more.\n\n"
	"## End\n"
	"The end.\n";

static void states_are(struct play *x, enum goal_state one,
	enum goal_state two, enum goal_state three)
{
	const enum goal_state wanted[] = {one, two, three};

	for (int i = 0; i < 3; i++)
		if (x->g.goal[i].state != wanted[i])
			SESSION_FAIL(x->s, "goal %d: state %d, not %d: %s", i,
				x->g.goal[i].state, wanted[i],
				x->g.goal[i].observed);
}

static void says(struct play *x, int goal, const char *what)
{
	if (strncmp(x->g.goal[goal].observed, what, strlen(what)))
		SESSION_FAIL(x->s, "%s", x->g.goal[goal].observed);
	if (x->g.goal[goal].row == SCENE_NONE)
		SESSION_FAIL(x->s, "no row");
}

static void closed_too_early(struct play *x)
{
	begin(x, 0);
	states_are(x, GOAL_OPEN, GOAL_OPEN, GOAL_OPEN);
	type(x, "server: close(conn)");
	states_are(x, GOAL_BROKEN, GOAL_BROKEN, GOAL_OPEN);
	says(x, 0, "too late: conn is closed; ");
	says(x, 1, "too late: no socket of server can bring any more; ");
	assert_int_not_equal(x->g.mistake, SIZE_MAX);
	assert_true(player_take_back(x->p));
	settle(x);
	states_are(x, GOAL_OPEN, GOAL_OPEN, GOAL_OPEN);
	type(x, "client: send(s, \"hi\")");
	type(x, "client: close(s)");
	states_are(x, GOAL_OPEN, GOAL_OPEN, GOAL_MET);
	type(x, "server: recv(conn, 64)");
	is_in(x, PLAYER_TURN, "");
}

static void what_is_closed_is_lost(void **state)
{
	struct play *x = play_text(text, false);

	(void)state;
	closed_too_early(x);
	close_play(x);
}

static void also_without_a_wire(void **state)
{
	struct play *x = play_text(text, true);

	(void)state;
	closed_too_early(x);
	close_play(x);
}

static void nothing_comes_behind_the_end(void **state)
{
	struct play *x = play_text(text, false);

	(void)state;
	begin(x, 0);
	type(x, "client: close(s)");
	states_are(x, GOAL_BROKEN, GOAL_BROKEN, GOAL_BROKEN);
	says(x, 0, "too late: conn is at its end, nothing more can come; ");
	says(x, 1, "too late: no socket of server can bring any more; ");
	says(x, 2, "too late: no socket of client can send any more; ");
	player_rebuild(x->p);
	settle(x);
	/* what is on its way, or in the queue, still comes */
	type(x, "wire: hold data from client");
	type(x, "client: send(s, \"h\")");
	type(x, "client: close(s)");
	states_are(x, GOAL_OPEN, GOAL_OPEN, GOAL_BROKEN);
	type(x, "wire: pass all");
	states_are(x, GOAL_OPEN, GOAL_OPEN, GOAL_BROKEN);
	type(x, "server: recv(conn, 64)");
	states_are(x, GOAL_BROKEN, GOAL_BROKEN, GOAL_BROKEN);
	close_play(x);
}

static void a_new_socket_begins_anew(void **state)
{
	struct play *x = play_text(text, false);

	(void)state;
	begin(x, 0);
	type(x, "server: close(conn)");
	states_are(x, GOAL_BROKEN, GOAL_BROKEN, GOAL_OPEN);
	type(x, "client: s = socket(AF_INET, SOCK_STREAM)");
	states_are(x, GOAL_OPEN, GOAL_OPEN, GOAL_OPEN);
	type(x, "client: connect(s, server:9741)");
	type(x, "server: conn = accept(ear)");
	type(x, "client: send(s, \"hi\")");
	type(x, "client: close(s)");
	type(x, "server: recv(conn, 64)");
	is_in(x, PLAYER_TURN, "");
	close_play(x);
}

static void a_process_that_was_killed(void **state)
{
	struct play *x = play_text(text, false);

	(void)state;
	begin(x, 0);
	type(x, "server: kill");
	states_are(x, GOAL_BROKEN, GOAL_BROKEN, GOAL_OPEN);
	says(x, 0, "too late: the process of server has ended; ");
	close_play(x);
}

/* ---- the lessons ---- */

static void nothing_is_broken(struct play *x)
{
	for (int i = 0; i < x->g.goals; i++)
		if (x->g.goal[i].state == GOAL_BROKEN)
			SESSION_FAIL(x->s, "%s, page %zu: goal %d is broken "
				"on the way of the solution: %s", x->l->name,
				player_at_page(x->p) + 1, i + 1,
				x->g.goal[i].observed);
}

/* Line by line, judged at each still. */
static void play_solution(struct play *x, size_t page)
{
	player_in_class(x->p, true);
	begin(x, page);
	while (player_state(x->p) == PLAYER_LOCKED) {
		player_skip(x->p);
		settle(x);
	}
	while (player_state(x->p) == PLAYER_READY) {
		player_next(x->p);
		settle(x);
	}
	nothing_is_broken(x);
	assert_true(player_solve(x->p));
	settle(x);
	while (player_state(x->p) == PLAYER_READY) {
		nothing_is_broken(x);
		player_next(x->p);
		settle(x);
	}
	assert_int_equal(x->g.met, x->g.goals);
}

static void no_solution_breaks_a_goal(void **state)
{
	struct diag d = {0};
	struct course *c;
	int exercises = 0;

	(void)state;
	if (course_load(&c, "en", &d))
		fail_msg("%s", d.msg);
	for (size_t i = 0; i < c->lessons; i++) {
		struct play *x = play_lesson(c->lesson[i].name);

		for (size_t page = 0; page < x->l->pages; page++)
			if (lesson_is_exercise(&x->l->page[page])) {
				play_solution(x, page);
				exercises++;
			}
		close_play(x);
	}
	assert_true(exercises > 0);
	course_free(c);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_closed_is_lost),
		cmocka_unit_test(also_without_a_wire),
		cmocka_unit_test(nothing_comes_behind_the_end),
		cmocka_unit_test(a_new_socket_begins_anew),
		cmocka_unit_test(a_process_that_was_killed),
		cmocka_unit_test(no_solution_breaks_a_goal),
	};

	SESSION_ACTOR(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
