/* Goals that cannot be met any more because of what is gone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "goal_exam.h"

/* Solutions: of the first the world is closed, the others make something. */
static const char *const reads[] = {"server: recv(conn, 4)", NULL};
static const char *const accepts[] = {"server: recv(conn, 4)",
	"server: conn = accept(ear)", NULL};
static const char *const runs[] = {"server: recv(conn, 4)",
	"server: kill", NULL};
static const char *const interrupts[] = {"server: recv(conn, 4)",
	"server: interrupt", NULL};

static void state_is(enum goal_state state, const char *line,
	uint32_t position)
{
	struct goal_result r = ask_at(world, line, position);

	if (r.state != state)
		fail_msg("%s at %u\nexpected state %d, observed %d\n%s", line,
			position, state, r.state, r.observed);
}

/* ---- closed by the learner ---- */

#define SETUP \
	/* 0 */ "lab: built namespaces clocks=slow mtu=1500 kernel=6.18", \
	/* 1 */ "lab: host client 10.0.0.1 fd00::1", \
	/* 2 */ "lab: host server 10.0.0.2 fd00::2", \
	/* 3 */ "lab: page zero 6 en", \
	/* 4 */ "lab: setup", \
	/* 5 */ "server: ear = socket(AF_INET, SOCK_STREAM)", \
	/* 6 */ "server: socket returns -> 3", \
	/* 7 */ ("server: state fd=3 cookie=1 tcp LISTEN 0.0.0.0:9999 " \
		"0.0.0.0:0 rq=0 sq=5 timer=none"), \
	/* 8 */ "server: conn = accept(ear)", \
	/* 9 */ "server: accept returns -> 4", \
	/* 10 */ ("server: state fd=4 cookie=2 tcp ESTABLISHED " \
		"10.0.0.2:9999 10.0.0.1:40000 rq=0 sq=0 timer=none"), \
	/* 11 */ "client: s = socket(AF_INET, SOCK_STREAM)", \
	/* 12 */ "client: socket returns -> 3", \
	/* 13 */ ("client: state fd=3 cookie=3 tcp ESTABLISHED " \
		"10.0.0.1:40000 10.0.0.2:9999 rq=0 sq=0 timer=none"), \
	/* 14 */ "lab: play"

static const char *const closing[] = {
	SETUP,
	/* 15 */ "server: recv(conn, 4)",
	/* 16 */ "server: recv waits",
	/* 17 */ "lab: still",
	/* 18 */ "server: recv returns -> EINTR",
	/* 19 */ "server: close(conn)",
	/* 20 */ "server: close returns -> 0",
	/* 21 */ "server: state gone cookie=2",
	/* 22 */ "lab: still",
	/* 23 */ "server: recv(conn, 4)",
	/* 24 */ "server: recv returns -> EBADF",
};

static void what_was_closed_is_lost(void **state)
{
	static const char goal[] = "server: did recv(conn, _) -> \"\"";
	struct script t;

	(void)state;
	solution = reads;
	PLAY(&t, closing);
	state_is(GOAL_OPEN, goal, 15);
	state_is(GOAL_OPEN, goal, 17);
	state_is(GOAL_OPEN, goal, 19);
	state_is(GOAL_OPEN, goal, 20); /* it has not come back yet */
	state_is(GOAL_BROKEN, goal, 21);
	state_is(GOAL_BROKEN, goal, 22);
	broken(goal);
	says(goal, "recv(conn, …) -> \"\" on server: at least once", "too "
		"late: conn is closed; not so yet; the last, recv(conn, 4), "
		"gave EBADF", 19);
	broken("server: did recv(conn) -> _");
	broken("server: did recv(conn) -> waits");
	broken("server: did close(conn) -> 0 x 2");
	broken("server: did poll([conn: POLLIN], _) -> []");
	broken("server: did recv(conn) -> EINTR then recv(conn) -> \"\"");
	broken("server: has conn recv 0");
	says("server: has conn recv 0", "a socket of server that is so: conn "
		"recv 0", "too late: conn is closed; there is no socket conn",
		19);
	script_done(&t);
}

static void what_may_still_come_is_not_lost(void **state)
{
	struct script t;

	(void)state;
	solution = reads;
	PLAY(&t, closing);
	/* met, or to be met by a call that says EBADF */
	met("server: did close(conn) -> 0");
	met("server: did recv(conn) -> \"\" x 0");
	met("server: did recv(conn) x 2");
	open_("server: did recv(conn) x 3");
	open_("server: did send(conn) -> EBADF");
	open_("server: did send(conn) -> 4 | EBADF");
	open_("server: did poll([conn: POLLIN], _) -> [conn: POLLNVAL]");
	open_("server: did poll([conn: POLLIN], _) -> _");
	/* other sockets, other lanes, no names */
	open_("server: did accept(ear) -> EAGAIN");
	open_("server: did recv(_, _) -> \"\"");
	open_("server: did recv(4, _) -> \"\"");
	open_("client: did recv(s, _) -> \"x\"");
	open_("client: got \"x\"");
	open_("client: gave \"x\"");
	open_("client: has s CLOSE_WAIT");
	open_("server: did recv(other, _) -> \"\"");
	open_("wire: sees rst");
	script_done(&t);
}

/* Where the solution makes sockets, a name may be given anew. */
static void an_open_world_loses_nothing(void **state)
{
	static const char goal[] = "server: did recv(conn, _) -> \"\"";
	static const char *const *const open[] = {accepts, runs, NULL};
	struct script t;

	(void)state;
	PLAY(&t, closing);
	for (size_t i = 0; i < sizeof(open) / sizeof(*open); i++) {
		solution = open[i];
		open_(goal);
		open_("server: has conn recv 0");
		open_("server: gave \"x\"");
	}
	solution = interrupts;
	broken(goal);
	script_done(&t);
}

/* ---- begun anew ---- */

static const char *const anew[] = {
	SETUP,
	/* 15 */ "server: close(conn)",
	/* 16 */ "server: close returns -> 0",
	/* 17 */ "server: state gone cookie=2",
	/* 18 */ "server: next = accept(ear)",
	/* 19 */ "server: accept waits",
	/* 20 */ "lab: still",
	/* 21 */ "server: accept returns -> EINTR",
	/* 22 */ "lab: still",
	/* 23 */ "server: conn = accept(ear)",
	/* 24 */ "server: accept returns -> 4",
	/* 25 */ ("server: state fd=4 cookie=5 tcp ESTABLISHED 10.0.0.2:9999 "
		"10.0.0.1:40001 rq=0 sq=0 timer=none"),
	/* 26 */ "lab: still",
	/* 27 */ "server: recv(conn, 4)",
	/* 28 */ "server: recv returns -> \"\"",
	/* 29 */ "server: close(conn)",
	/* 30 */ "server: close returns -> 0",
};

static void a_new_socket_opens_the_world(void **state)
{
	static const char goal[] = "server: did recv(conn, _) -> \"\"";
	static const char bytes[] = "server: got \"x\"";
	struct script t;

	(void)state;
	solution = reads;
	PLAY(&t, anew);
	state_is(GOAL_BROKEN, goal, 18);
	state_is(GOAL_BROKEN, bytes, 18);
	/* one is being made; it was not, after all */
	state_is(GOAL_OPEN, goal, 21);
	state_is(GOAL_OPEN, bytes, 21);
	state_is(GOAL_BROKEN, goal, 23);
	state_is(GOAL_BROKEN, bytes, 23);
	state_is(GOAL_OPEN, goal, 27);
	state_is(GOAL_MET, goal, 29);
	/* and it stays open: there may be others */
	met(goal);
	open_(bytes);
	open_("server: has conn recv 0");
	script_done(&t);
}

/* A copy has a name of its own; that of a thread is the same. */
static const char *const copied[] = {
	SETUP,
	/* 15 */ "server: d = dup(conn)",
	/* 16 */ "server: dup returns -> 5",
	/* 17 */ "server: close(conn)",
	/* 18 */ "server: close returns -> 0",
	/* 19 */ "lab: still",
};

static const char *const threads[] = {
	SETUP,
	/* 15 */ "server/2: recv(conn, 4)",
	/* 16 */ "server/2: recv waits",
	/* 17 */ "server: close(conn)",
	/* 18 */ "server: close returns -> 0",
	/* 19 */ "lab: still",
	/* 20 */ "server/2: recv returns -> EBADF",
};

static const char *const forked[] = {
	SETUP,
	/* 15 */ "server2: forked from server",
	/* 16 */ "server: close(conn)",
	/* 17 */ "server: close returns -> 0",
	/* 18 */ "lab: still",
};

static void copies_and_threads(void **state)
{
	struct script t;

	(void)state;
	solution = reads;
	PLAY(&t, copied);
	open_("server: did recv(conn, _) -> \"\"");
	open_("server: got \"x\"");
	script_done(&t);

	PLAY(&t, threads);
	/* the kernel still knows the socket that a call is in */
	state_is(GOAL_OPEN, "server/2: did recv(conn, _) -> \"\"", 20);
	state_is(GOAL_BROKEN, "server/2: did send(conn, _) -> 1", 20);
	state_is(GOAL_BROKEN, "server: did recv(conn, _) -> \"\"", 20);
	broken("server/2: did recv(conn, _) -> \"\"");
	script_done(&t);

	PLAY(&t, forked);
	open_("server: did recv(conn, _) -> \"\"");
	script_done(&t);
}

/* ---- the end of the connection ---- */

static const char *const ending[] = {
	SETUP,
	/* 15 */ "client: send(s, \"ab\")",
	/* 16 */ "client: send returns -> 2",
	/* 17 */ "client: close(s)",
	/* 18 */ "client: close returns -> 0",
	/* 19 */ ("client: state fd=- cookie=3 tcp FIN_WAIT2 10.0.0.1:40000 "
		"10.0.0.2:9999 rq=0 sq=0 timer=none"),
	/* 20 */ ("server: state fd=4 cookie=2 tcp CLOSE_WAIT 10.0.0.2:9999 "
		"10.0.0.1:40000 rq=3 sq=0 timer=none"), /* with the FIN */
	/* 21 */ "lab: still",
	/* 22 */ "server: recv(conn, 64)",
	/* 23 */ "server: recv returns -> \"ab\"",
	/* 24 */ ("server: state fd=4 cookie=2 tcp CLOSE_WAIT 10.0.0.2:9999 "
		"10.0.0.1:40000 rq=1 sq=0 timer=none"),
	/* 25 */ "lab: still",
	/* 26 */ "server: recv(conn, 64)",
	/* 27 */ "server: recv returns -> \"\"",
	/* 28 */ ("server: state fd=4 cookie=2 tcp CLOSE_WAIT 10.0.0.2:9999 "
		"10.0.0.1:40000 rq=0 sq=0 timer=none"),
};

static void behind_the_end_comes_nothing(void **state)
{
	struct script t;

	(void)state;
	solution = reads;
	PLAY(&t, ending);
	/* two bytes wait to be read */
	state_is(GOAL_OPEN, "server: got \"abc\"", 22);
	state_is(GOAL_OPEN, "server: did recv(conn, _) -> \"a\"", 22);
	state_is(GOAL_BROKEN, "server: got \"abc\"", 25);
	state_is(GOAL_BROKEN, "server: did recv(conn, _) -> \"a\"", 25);
	/* a call is under way: who knows */
	state_is(GOAL_OPEN, "server: got \"abc\"", 27);
	says("server: got 3 bytes", "server received in all: exactly 3 bytes",
		"too late: no socket of server can bring any more; 2 bytes; "
		"the last, recv(conn, 64), gave \"ab\"", 17);
	script_done(&t);
}

static void the_end_is_something_too(void **state)
{
	struct script t;

	(void)state;
	solution = reads;
	PLAY(&t, ending);
	broken("server: did recv(conn, _) -> \"x\" | \"y\"");
	open_("server: did recv(conn, _) -> \"x\" | \"\" x 2");
	open_("server: did recv(conn, _) -> _ x 3");
	open_("server: did recv(conn, _) -> EAGAIN");
	/* half is open: it may still send; the client has nothing left */
	open_("server: gave \"x\"");
	broken("client: gave \"abc\"");
	broken("client: got \"x\"");
	script_done(&t);
}

/* A queued connection could be accepted: its bytes may come. */
static const char *const queued[] = {
	SETUP,
	/* 15 */ "server: close(conn)",
	/* 16 */ "server: close returns -> 0",
	/* 17 */ "server: state gone cookie=2",
	/* 18 */ ("server: state fd=3 cookie=1 tcp LISTEN 0.0.0.0:9999 "
		"0.0.0.0:0 rq=1 sq=5 timer=none"),
	/* 19 */ "lab: still",
};

/* The setup's accept waits: what it will give is no more of the setup. */
static const char *const accepting[] = {
	/* 0 */ "lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
	/* 1 */ "lab: host client 10.0.0.1 fd00::1",
	/* 2 */ "lab: host server 10.0.0.2 fd00::2",
	/* 3 */ "lab: page zero 6 en",
	/* 4 */ "lab: setup",
	/* 5 */ "server: ear = socket(AF_INET, SOCK_STREAM)",
	/* 6 */ "server: socket returns -> 3",
	/* 7 */ ("server: state fd=3 cookie=1 tcp LISTEN 0.0.0.0:9999 "
		"0.0.0.0:0 rq=0 sq=5 timer=none"),
	/* 8 */ "server: conn = accept(ear)",
	/* 9 */ "server: accept waits",
	/* 10 */ "lab: still",
	/* 11 */ "lab: play",
	/* 12 */ "lab: still",
	/* 13 */ "server: accept returns -> EINTR",
};

/* What is not TCP has no end. */
static const char *const datagrams[] = {
	SETUP,
	/* 15 */ ("server: state fd=6 cookie=9 udp CLOSE 0.0.0.0:53 - rq=0 "
		"sq=0 timer=none"),
	/* 16 */ "server: close(conn)",
	/* 17 */ "server: close returns -> 0",
	/* 18 */ "server: state gone cookie=2",
};

static void other_sockets_may_bring_it(void **state)
{
	struct script t;

	(void)state;
	solution = reads;
	PLAY(&t, queued);
	open_("server: got \"x\"");
	script_done(&t);

	PLAY(&t, accepting);
	state_is(GOAL_OPEN, "server: got \"x\"", 13);
	broken("server: got \"x\"");
	script_done(&t);

	PLAY(&t, datagrams);
	open_("server: got \"x\"");
	open_("server: gave \"x\"");
	script_done(&t);
}

/* ---- processes that have ended ---- */

static const char *const killed[] = {
	SETUP,
	/* 15 */ "server: ended 9",
	/* 16 */ "server: state gone cookie=1",
	/* 17 */ "server: state gone cookie=2",
	/* 18 */ "lab: still",
};

static void a_process_takes_its_names_along(void **state)
{
	struct script t;

	(void)state;
	solution = reads;
	PLAY(&t, killed);
	broken("server: did recv(conn, _) -> \"\"");
	says("server: did recv(conn, _) -> \"\"", "recv(conn, …) -> \"\" on "
		"server: at least once", "too late: the process of server has "
		"ended; no recv on server yet", 15);
	broken("server: has conn recv 0");
	broken("server: got \"x\"");
	broken("server: gave \"x\"");
	open_("server: did getaddrinfo(_, _)");
	open_("server: did recv(conn, _)");
	open_("client: did recv(s, _) -> \"\"");
	script_done(&t);
}

/* Nothing is known of sockets that were never sampled. */
static const char *const unsampled[] = {
	/* 0 */ "lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
	/* 1 */ "lab: host client 10.0.0.1 fd00::1",
	/* 2 */ "lab: host server 10.0.0.2 fd00::2",
	/* 3 */ "lab: page zero 6 en",
	/* 4 */ "server: starts",
	/* 5 */ "lab: play",
	/* 6 */ "server: recv(4, 1)",
	/* 7 */ "server: recv returns -> \"a\"",
};

static void what_is_not_known_is_not_lost(void **state)
{
	struct script t;

	(void)state;
	solution = reads;
	PLAY(&t, unsampled);
	open_("server: got \"ab\"");
	open_("server: gave \"x\"");
	script_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_closed_is_lost),
		cmocka_unit_test(what_may_still_come_is_not_lost),
		cmocka_unit_test(an_open_world_loses_nothing),
		cmocka_unit_test(a_new_socket_opens_the_world),
		cmocka_unit_test(copies_and_threads),
		cmocka_unit_test(behind_the_end_comes_nothing),
		cmocka_unit_test(the_end_is_something_too),
		cmocka_unit_test(other_sockets_may_bring_it),
		cmocka_unit_test(a_process_takes_its_names_along),
		cmocka_unit_test(what_is_not_known_is_not_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
