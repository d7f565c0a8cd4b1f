/* Goals of an exercise, judged over journals made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "goal_exam.h"

/* ---- a server that reads by hand ---- */

/* The setup accepts and reads once; then the learner plays. */
static const char *const reader[] = {
	/* 0 */ "lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
	/* 1 */ "lab: host client 10.0.0.1 fd00::1",
	/* 2 */ "lab: host server 10.0.0.2 fd00::2",
	/* 3 */ "lab: page zero 6 en",
	/* 4 */ "lab: setup",
	/* 5 */ "server: ear = socket(AF_INET, SOCK_STREAM)",
	/* 6 */ "server: socket returns -> 3",
	/* 7 */ "server: conn = accept(ear)",
	/* 8 */ "server: accept returns -> 4",
	/* 9 */ ("server: state fd=4 cookie=2 tcp ESTABLISHED 10.0.0.2:9999 "
		"10.0.0.1:40000 rq=0 sq=0 timer=none"),
	/* 10 */ "server: recv(conn, 4)",
	/* 11 */ "server: recv returns -> \"SETU\"",
	/* 12 */ "client: s = socket(AF_INET, SOCK_STREAM)",
	/* 13 */ "client: socket returns -> 3",
	/* 14 */ "client: connect(s, server:9999)",
	/* 15 */ "client> S 1000 0",
	/* 16 */ "client: connect returns -> 0",
	/* 17 */ "lab: still",
	/* 18 */ "lab: play",
	/* 19 */ "client: send(s, \"example!\")",
	/* 20 */ "client> PA 1001 5001 example!",
	/* 21 */ "client: send returns -> 8",
	/* 22 */ "server: recv(4, 4)",
	/* 23 */ "server: recv returns -> \"exam\"",
	/* 24 */ "server: recv(conn, 3, MSG_PEEK)",
	/* 25 */ "server: recv returns -> \"ple\"",
	/* 26 */ "server: recv(conn, 3)",
	/* 27 */ "server: recv returns -> \"ple\"",
	/* 28 */ "server: recv(conn, 64)",
	/* 29 */ "server: recv returns -> \"!\"",
	/* 30 */ "server: recv(conn, 64)",
	/* 31 */ "server: recv waits",
};

static void count_calls(void **state)
{
	struct script t;

	(void)state;
	PLAY(&t, reader);
	met("server: did recv");
	met("server: did recv x 5");
	met("server: did recv x 5..");
	met("server: did recv x ..5");
	met("server: did recv x 2..9");
	open_("server: did recv x 6");
	open_("server: did recv x 6..9");
	broken("server: did recv x 0");
	broken("server: did recv x 4");
	broken("server: did recv x ..4");
	broken("server: did recv x 2..4");
	/* what the setup did does not count */
	met("server: did accept x 0");
	open_("server: did accept");
	met("client: did connect x 0");
	script_done(&t);
}

static void match_arguments(void **state)
{
	struct script t;

	(void)state;
	PLAY(&t, reader);
	/* conn typed as 4 is conn; 4 in the goal as well */
	met("server: did recv(conn, 4) x 1");
	met("server: did recv(4, 4) x 1");
	met("server: did recv(conn) x 5");
	met("server: did recv(_, 64) x 2");
	met("server: did recv(conn, _, MSG_PEEK) x 1");
	/* flags that were left out are 0 */
	met("server: did recv(conn, _, 0) x 4");
	open_("server: did recv(ear)");
	open_("server: did recv(nothing, 4)");
	open_("server: did recv(conn, 5)");
	script_done(&t);
}

static void match_results(void **state)
{
	struct script t;

	(void)state;
	PLAY(&t, reader);
	met("server: did recv -> _ x 4");
	met("server: did recv -> \"ple\" x 2");
	met("server: did recv -> \"exam\" | \"!\" x 2");
	met("server: did recv(conn, 64) -> waits");
	met("server: did recv -> \"\" x 0");
	open_("server: did recv -> \"\"");
	open_("server: did recv -> EAGAIN");
	open_("client: did send -> waits");
	/* a wait may end: too many now is not broken */
	open_("server: did recv -> waits x 0");
	/* events are 1 ms apart: send was entered at 19, returned at 21 */
	met("client: did send -> 8 within 2ms");
	open_("client: did send -> 8 within 1ms");
	met("client: did send -> 8 after 2ms");
	open_("client: did send -> 8 after 3ms");
	script_done(&t);
}

static void match_what_follows(void **state)
{
	struct script t;

	(void)state;
	PLAY(&t, reader);
	met("server: did recv(conn, 4) then recv");
	/* the next recv after it peeks */
	open_("server: did recv(conn, 4) then recv(conn, 3, 0)");
	met("server: did recv(conn, 4) then recv(conn, 3, MSG_PEEK) -> "
		"\"ple\"");
	met("server: did recv -> \"ple\" then recv x 2");
	met("server: did recv -> \"!\" then recv -> waits");
	/* the last recv has none behind it */
	met("server: did recv then recv x 4");
	open_("server: did recv then close");
	/* of the same lane only */
	open_("client: did send then recv");
	script_done(&t);
}

/* Asked about a, and sent on a; in between something was sent on b. */
static const char *const beside[] = {
	/* 0 */ "lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
	/* 1 */ "lab: host client 10.0.0.1 fd00::1",
	/* 2 */ "lab: setup",
	/* 3 */ "client: a, b = socketpair(AF_UNIX, SOCK_STREAM, 0)",
	/* 4 */ "client: socketpair returns -> 3 4",
	/* 5 */ "lab: play",
	/* 6 */ "client: getsockopt(a, SO_ERROR)",
	/* 7 */ "client: getsockopt returns -> 0",
	/* 8 */ "client: send(b, \"no\")",
	/* 9 */ "client: send returns -> EAGAIN",
	/* 10 */ "client: send(a, \"hello\")",
	/* 11 */ "client: send returns -> 5",
};

static void what_follows_is_on_the_descriptor_it_names(void **state)
{
	struct script t;

	(void)state;
	PLAY(&t, beside);
	met("client: did getsockopt(a, SO_ERROR) -> 0 then "
		"send(a, \"hello\") -> 5");
	met("client: did getsockopt(a) then send(b) -> EAGAIN");
	/* on a the next one is another */
	open_("client: did getsockopt(a) then send(a, \"hi\")");
	/* on any the next one failed */
	open_("client: did getsockopt(a) then send(_, \"hello\")");
	open_("client: did getsockopt(a) then send -> 5");
	script_done(&t);
}

static void join_bytes(void **state)
{
	struct script t;

	(void)state;
	PLAY(&t, reader);
	met("server: got \"example!\"");
	met("server: got \"exam\" \"ple\" u8(33)");
	open_("server: got \"example!!\"");
	broken("server: got \"example\"");
	broken("server: got \"exemple!\"");
	broken("server: got \"\"");
	met("server: got 8 bytes");
	open_("server: got 9 bytes");
	broken("server: got 7 bytes");
	broken("server: got ..7 bytes");
	met("server: got 8.. bytes");
	met("client: gave \"example!\"");
	met("client: gave repeat(\"e\", 1) \"xample!\"");
	broken("client: gave \"example\"");
	met("client: gave 8 bytes");
	met("client: got \"\"");
	met("client: got 0 bytes");
	open_("server: gave \"x\"");
	script_done(&t);
}

static void say_it(void **state)
{
	struct script t;

	(void)state;
	PLAY(&t, reader);
	says("server: did recv x 2", "recv on server: exactly twice",
		"5 times; the last, recv(conn, 64), still waits", 30);
	says("server: did recv(_, 64) -> _ x 2",
		"recv(…, 64) -> _ on server: exactly twice",
		"once; the last, recv(conn, 64), gave \"!\"", 28);
	says("server: did recv(conn, 9)", "recv(conn, 9) on server: at least "
		"once", "not so yet; the last, recv(conn, 64), still waits",
		30);
	/* of those with that argument, not the last of all */
	says("server: did recv(conn, 4) -> \"\"",
		"recv(conn, 4) -> \"\" on server: at least once",
		"not so yet; the last, recv(4, 4), gave \"exam\"", 22);
	says("server: did close", "close on server: at least once",
		"no close on server yet", SCENE_NONE);
	says("server: did recv(conn, 4) then recv(conn, 3, 0)",
		"recv(conn, 4) on server, and then recv(conn, 3, 0): at least "
		"once", "behind recv(4, 4) came recv(conn, 3, MSG_PEEK), which "
		"gave \"ple\"", 24);
	says("server: did recv(_, 3, 0) then close",
		"recv(…, 3, 0) on server, and then close: at least once",
		"recv(conn, 3), and no close behind it", 26);
	says("server: got \"example\"", "server received in all: \"example\"",
		"1 byte too many; the last, recv(conn, 64), gave \"!\"", 28);
	says("server: got \"exemple!\"",
		"server received in all: \"exemple!\"",
		"byte 3 is \"a\", not \"e\"; the last, recv(conn, 64), gave "
		"\"!\"", 22);
	says("server: got 9 bytes", "server received in all: exactly 9 bytes",
		"8 bytes; the last, recv(conn, 64), gave \"!\"", 28);
	says("server: gave \"x\"", "server sent in all: \"x\"", "nothing yet",
		SCENE_NONE);
	says("client: gave \"example!?\"",
		"client sent in all: \"example!?\"",
		"8 of 9 bytes; the last, send(s, \"example!\"), gave 8", 19);
	script_done(&t);
}

/* The same journal, as of earlier positions. */
static void as_of_a_position(void **state)
{
	struct script t;

	(void)state;
	PLAY(&t, reader);
	/* before the learner begins: nothing is done */
	assert_int_equal(ask_at(world, "server: did recv", 0).state,
		GOAL_OPEN);
	assert_int_equal(ask_at(world, "server: did recv", 18).state,
		GOAL_OPEN);
	assert_int_equal(ask_at(world, "server: got \"SETU\"", 18).state,
		GOAL_OPEN);
	assert_int_equal(ask_at(world, "server: got \"exam\"", 23).state,
		GOAL_OPEN);
	assert_int_equal(ask_at(world, "server: got \"exam\"", 24).state,
		GOAL_MET);
	assert_int_equal(ask_at(world, "server: got \"exam\"", 26).state,
		GOAL_MET);
	assert_int_equal(ask_at(world, "server: got \"exam\"", 28).state,
		GOAL_BROKEN);
	/* entered, not yet asleep */
	assert_int_equal(ask_at(world, "server: did recv x 5", 31).state,
		GOAL_MET);
	assert_int_equal(ask_at(world, "server: did recv -> waits",
		31).state, GOAL_OPEN);
	script_done(&t);
}

/* ---- lanes, names, errors, addresses ---- */

static const char *const lanes[] = {
	/* 0 */ "lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
	/* 1 */ "lab: host client 10.0.0.1 fd00::1",
	/* 2 */ "lab: host server 10.0.0.2 fd00::2",
	/* 3 */ "lab: page zero 6 en",
	/* 4 */ "lab: setup",
	/* 5 */ "server: a, b = socketpair()",
	/* 6 */ "server: socketpair returns -> [3, 4]",
	/* 7 */ "server: m = recv(a, 3)",
	/* 8 */ "server: recv waits",
	/* 9 */ "lab: step 1",
	/* 10 */ "server/2: send(b, \"abc\")",
	/* 11 */ "server/2: send returns -> 3",
	/* 12 */ "server: recv returns -> \"abc\"",
	/* 13 */ "server: send(a, m)",
	/* 14 */ "server: send returns -> 2",
	/* 15 */ "server2: forked from server",
	/* 16 */ "server2: recv(b, 9)",
	/* 17 */ "server2: recv returns -> \"ab\"",
	/* 18 */ "client: s = socket(AF_INET6, SOCK_STREAM)",
	/* 19 */ "client: socket returns -> 3",
	/* 20 */ "client: connect(s, [fd00::2]:9999)",
	/* 21 */ "client: connect returns -> ECONNREFUSED",
	/* 22 */ "client: connect(s, server:80)",
	/* 23 */ "client: connect returns -> ENETUNREACH",
	/* 24 */ "client: getpeername(s)",
	/* 25 */ "client: getpeername returns -> [fd00::2]:80",
	/* 26 */ "client: poll([s: POLLIN], 0)",
	/* 27 */ "client: poll returns -> [3: POLLHUP]",
};

static void tell_lanes_apart(void **state)
{
	struct script t;

	(void)state;
	PLAY(&t, lanes);
	met("server: did send x 1");
	met("server/2: did send(b) x 1");
	met("server2: did recv(b) x 1");
	met("server2: got \"ab\"");
	met("server: did recv(b) x 0");
	/* what a name was bound to; and as much as the kernel took of it */
	met("server: did send(a, \"abc\") -> 2");
	met("server: gave \"ab\"");
	met("server/2: gave \"abc\"");
	/* a call of the setup that returned behind it: by its result */
	met("server: got \"abc\"");
	met("server: did recv -> \"abc\" x 1");
	met("server: did recv x 0");
	script_done(&t);
}

static void compare_what_is_meant(void **state)
{
	struct script t;

	(void)state;
	PLAY(&t, lanes);
	met("client: did connect -> ECONNREFUSED x 1");
	met("client: did connect -> ECONNREFUSED | ENETUNREACH x 2");
	met("client: did connect -> 0 x 0");
	/* _ is any result but an error */
	met("client: did connect -> _ x 0");
	met("client: did connect(s, server:9999) x 1");
	met("client: did connect(s, [fd00:0::2]:9999) x 1");
	met("client: did connect(s, 10.0.0.2:80) x 1");
	met("client: did getpeername -> server:80");
	met("client: did getpeername -> server:_");
	met("client: did getpeername -> client:_ x 0");
	met("client: did poll([s: POLLIN]) -> [s: POLLHUP]");
	met("client: did poll([3: POLLIN], 0)");
	open_("client: did poll([s: POLLOUT])");
	script_done(&t);
}

/* ---- copies of descriptors, names bound again ---- */

static const char *const copies[] = {
	/* 0 */ "lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
	/* 1 */ "lab: page zero 6 en",
	/* 2 */ "lab: play",
	/* 3 */ "server: conn = socket(AF_INET, SOCK_STREAM)",
	/* 4 */ "server: socket returns -> 3",
	/* 5 */ ("server: state fd=3 cookie=7 tcp CLOSE - - rq=0 sq=0 "
		"timer=none"),
	/* 6 */ "server: d = dup(conn)",
	/* 7 */ "server: dup returns -> 4",
	/* 8 */ "server: listen(d, 5)",
	/* 9 */ "server: listen returns -> 0",
	/* 10 */ "server: close(conn)",
	/* 11 */ "server: close returns -> 0",
	/* 12 */ "server: conn = socket(AF_INET, SOCK_STREAM)",
	/* 13 */ "server: socket returns -> 5",
	/* 14 */ "server: listen(3, 5)",
	/* 15 */ "server: listen returns -> EBADF",
};

static void follow_descriptors(void **state)
{
	struct script t;

	(void)state;
	PLAY(&t, copies);
	/* d is a copy of conn; 3 was conn once, but no more then */
	met("server: did listen(conn) -> 0 x 1");
	met("server: did listen(conn) x 1");
	met("server: did listen(d) x 1");
	met("server: did listen(3) -> EBADF x 1");
	/* no setup: all that came behind the page's mark counts */
	met("server: did socket x 2");
	script_done(&t);
}

/* ---- frames and sockets ---- */

static const char *const sockets[] = {
	/* 0 */ "lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
	/* 1 */ "lab: host client 10.0.0.1 fd00::1",
	/* 2 */ "lab: host server 10.0.0.2 fd00::2",
	/* 3 */ "lab: page zero 6 en",
	/* 4 */ "lab: setup",
	/* 5 */ "client> S 1000 0",
	/* 6 */ "lab: mtu 1500",
	/* 7 */ "lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
	/* 8 */ "server: ear = socket(AF_INET, SOCK_STREAM)",
	/* 9 */ "server: socket returns -> 3",
	/* 10 */ ("server: state fd=3 cookie=1 tcp LISTEN 0.0.0.0:9999 "
		"0.0.0.0:0 rq=0 sq=5 timer=none"),
	/* 11 */ "client> S 1000 0",
	/* 12 */ "lab: play",
	/* 13 */ "server: conn = accept(ear)",
	/* 14 */ "server: accept returns -> 4",
	/* 15 */ ("server: state fd=4 cookie=2 tcp ESTABLISHED 10.0.0.2:9999 "
		"10.0.0.1:40000 rq=6 sq=0 timer=none"),
	/* 16 */ "server: options cookie=2 TCP_NODELAY=1 SO_RCVBUF=16384",
	/* 17 */ "client> PA 1001 5001 LOGIN\n",
	/* 18 */ "client> PA 1007 5001 LIST\n",
	/* 19 */ "server> A 5001 1012",
	/* 20 */ ("server: state fd=- cookie=3 tcp SYN_RECV 10.0.0.2:9999 "
		"10.0.0.1:40001 rq=0 sq=0 timer=none"),
};

static void see_frames(void **state)
{
	struct script t;

	(void)state;
	PLAY(&t, sockets);
	met("wire: sees data");
	met("wire: sees data x 2");
	met("wire: sees data from client x 2");
	met("wire: sees rst x 0");
	open_("wire: sees rst");
	open_("wire: sees data x 3");
	broken("wire: sees data x 1");
	/* the setup's SYN is not asked about */
	met("wire: sees syn x 0");
	met("wire: sees x 3");
	says("wire: sees data x 1", "exactly 1 frame matching data",
		"2 frames", 18);
	says("wire: sees rst", "at least one frame matching rst", "none yet",
		SCENE_NONE);
	script_done(&t);
}

static void look_at_sockets(void **state)
{
	struct script t;

	(void)state;
	PLAY(&t, sockets);
	met("server: has LISTEN");
	met("server: has LISTEN x 1");
	met("server: has ear LISTEN local any:9999");
	met("server: has conn ESTABLISHED recv 6 send 0");
	met("server: has conn peer client:_ local server:9999");
	met("server: has conn TCP_NODELAY=1 SO_RCVBUF=16384");
	met("server: has conn SO_KEEPALIVE=0");
	met("server: has tcp x 3");
	met("server: has orphan SYN_RECV x 1");
	met("client: has tcp x 0");
	open_("server: has conn recv 5");
	open_("server: has conn CLOSE_WAIT");
	open_("server: has ear ESTABLISHED");
	open_("server: has conn TCP_NODELAY=0");
	open_("server: has conn timer retransmit");
	open_("server: has peer server:_");
	open_("server: has nobody");
	met("server: has nobody x 0");
	open_("server: has LISTEN x 2");
	says("server: has conn recv 5", "a socket of server that is so: conn "
		"recv 5", "conn is ESTABLISHED, recv 6, send 0", 13);
	says("client: has tcp", "a socket of client that is so: tcp",
		"there is none", SCENE_NONE);
	script_done(&t);
}

/* ---- goals of several lines, mistakes ---- */

static void judge_pages(void **state)
{
	static const char *const good[] = {
		"server: did recv(conn, 4)", "server: did recv(conn, 3)",
		NULL};
	static const char *const late[] = {
		"server: did recv(conn, 4)", "server: did close", NULL};
	static const char *const worst[] = {
		"server: did close", "server: got \"x\"", NULL};
	static const char *const one[] = {"server: did recv x 1", NULL};
	struct goals out = {0};
	struct script t;
	struct exam x;

	(void)state;
	PLAY(&t, reader);
	exam_begin(&x);
	exam_block(&x, BLOCK_GOAL, good);
	exam_block(&x, BLOCK_GOAL, late);
	exam_block(&x, BLOCK_GOAL, worst);
	exam_block(&x, BLOCK_GOAL, one);
	goals_judge(&out, &x.page, world, scene_now(world));
	assert_int_equal(out.goals, 4);
	assert_int_equal(out.met, 1);
	assert_int_equal(out.goal[0].state, GOAL_MET);
	/* the first line that is not met … */
	assert_int_equal(out.goal[1].state, GOAL_OPEN);
	assert_int_equal(out.goal[1].step, 1);
	assert_string_equal(out.goal[1].expected,
		"close on server: at least once");
	/* … but one that is broken tells more */
	assert_int_equal(out.goal[2].state, GOAL_BROKEN);
	assert_int_equal(out.goal[2].step, 1);
	assert_int_equal(out.goal[3].state, GOAL_BROKEN);
	assert_int_equal(out.mistake, SIZE_MAX);
	goals_done(&out);
	exam_done(&x);
	script_done(&t);
}

static void recognise_mistakes(void **state)
{
	static const char *const no[] = {
		"server: did recv(conn, 4)", "server: did close", NULL};
	static const char *const yes[] = {"server: did recv(conn, 64)", NULL};
	struct goals out = {0};
	struct script t;
	struct exam x;

	(void)state;
	PLAY(&t, reader);
	exam_begin(&x);
	exam_block(&x, BLOCK_MISTAKE, NULL);
	exam_block(&x, BLOCK_WHEN, no);
	exam_block(&x, BLOCK_MISTAKE, NULL);
	exam_block(&x, BLOCK_WHEN, yes);
	goals_judge(&out, &x.page, world, scene_now(world));
	assert_int_equal(out.goals, 0);
	assert_int_equal(out.mistake, 2);
	/* before it was made */
	goals_judge(&out, &x.page, world, 28);
	assert_int_equal(out.mistake, SIZE_MAX);
	goals_done(&out);
	exam_done(&x);
	script_done(&t);
}

/* Two threads bind one name: the call that returned last has it. */
static const char *const twice[] = {
	"lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
	"lab: host client 10.0.0.1 fd00::1",
	"lab: host server 10.0.0.2 fd00::2",
	"lab: page zero 6 en",
	"server: starts",
	"lab: play",
	"server: conn = accept(3)",
	"server/2: conn = accept(3)",
	"server/2: accept returns -> 4",
	"server: accept returns -> 5",
	"server: recv(5, 64)",
	"server: recv returns -> \"x\"",
};

static void a_name_stands_for_what_came_last(void **state)
{
	struct script t;

	(void)state;
	PLAY(&t, twice);
	met("server: did recv(conn) x 1");
	met("server: did recv(4) x 0");
	script_done(&t);
}

/* What a call made has its name as soon as the call has returned. */
static void a_goal_may_name_what_was_made(void **state)
{
	static const char *const made[] = {
		"lab: built namespaces clocks=slow mtu=1500 kernel=6.18",
		"lab: host client 10.0.0.1 fd00::1",
		"lab: host server 10.0.0.2 fd00::2",
		"lab: page zero 6 en",
		"lab: setup",
		"lab: play",
		"server: a, b = socketpair(AF_UNIX, SOCK_STREAM)",
		"server: socketpair returns -> [5, 6]",
	};
	struct script t;

	(void)state;
	PLAY(&t, made);
	met("server: did socketpair -> [a, b]");
	open_("server: did socketpair -> [b, a]");
	script_done(&t);
}

/* A sentence that does not fit is cut between letters. */
static void cut_long_sentences(void **state)
{
	char line[400] = "server: did recv(conn, 64) -> ";
	struct goal_result r;
	struct script t;

	(void)state;
	PLAY(&t, reader);
	for (int i = 0; i < 7; i++)
		strcat(line, i ? " | utf8\"áéíóúáéíóú\"" : "utf8\"áéíóúáéíó\"");
	r = ask_at(world, line, scene_now(world));
	assert_int_equal(strlen(r.expected) < sizeof(r.expected), 1);
	assert_string_equal(r.expected + strlen(r.expected) - 3, "…");
	assert_true(strlen(r.expected) > sizeof(r.expected) - 6);
	script_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(count_calls),
		cmocka_unit_test(match_arguments),
		cmocka_unit_test(match_results),
		cmocka_unit_test(match_what_follows),
		cmocka_unit_test(what_follows_is_on_the_descriptor_it_names),
		cmocka_unit_test(join_bytes),
		cmocka_unit_test(say_it),
		cmocka_unit_test(as_of_a_position),
		cmocka_unit_test(tell_lanes_apart),
		cmocka_unit_test(compare_what_is_meant),
		cmocka_unit_test(follow_descriptors),
		cmocka_unit_test(see_frames),
		cmocka_unit_test(look_at_sockets),
		cmocka_unit_test(judge_pages),
		cmocka_unit_test(recognise_mistakes),
		cmocka_unit_test(a_name_stands_for_what_came_last),
		cmocka_unit_test(a_goal_may_name_what_was_made),
		cmocka_unit_test(cut_long_sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
