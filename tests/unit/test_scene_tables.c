/* Threads, forks and copies of descriptors, rules and made frames, options,
 * states, both ends of a socket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "call/line.h"
#include "scene_script.h"

#define PLAY(script, events) \
	script_play(script, events, sizeof(events) / sizeof(*events))

#define BUILT \
	/* 0 */ "lab: built namespaces clocks=slow mtu=1500 kernel=6.18", \
	/* 1 */ "lab: host client 10.0.0.1 fd00::1", \
	/* 2 */ "lab: host server 10.0.0.2 fd00::2"

#define TCP(lane, fd, cookie, state, ends) \
	lane ": state fd=" fd " cookie=" cookie " tcp " state " " ends \
	" rq=0 sq=0 timer=none"
#define TO_SERVER "10.0.0.1:40000 10.0.0.2:9999"
#define TO_CLIENT "10.0.0.2:9999 10.0.0.1:40000"

static void threads_share_what_their_process_has(void **state)
{
	static const char *const events[] = {
		BUILT,
		/* 3 */ "server: starts",
		/* 4 */ "server: ear = socket(AF_INET, SOCK_STREAM)",
		/* 5 */ "server: socket returns -> 3",
		/* 6 */ TCP("server", "3", "7", "LISTEN", "0.0.0.0:9999 0.0.0.0:0"),
		/* 7 */ "server/2: starts",
		/* 8 */ "server: accept(ear)",
		/* 9 */ "server: accept waits",
		/* 10 */ "server/2: accept(ear)",
		/* 11 */ "server/2: accept waits",
		/* 12 */ "client: s = socket(AF_INET, SOCK_STREAM)",
		/* 13 */ "server/2: accept returns -> 4",
		/* 14 */ "server/2: close(ear)",
		/* 15 */ "server/2: close returns -> 0",
		/* 16 */ "server: ended 9",
	};
	struct script t;
	struct scene *s = PLAY(&t, events);
	uint32_t waits[4];

	(void)state;
	assert_int_equal(scene_actors(s), 3);
	assert_int_equal(scene_actor(s, 0)->thread, 0);
	assert_int_equal(scene_actor(s, 1)->thread, 2);
	assert_int_equal(scene_actor(s, 1)->process, 0);
	assert_int_equal(scene_actor(s, 1)->host, 1);
	assert_int_equal(scene_socket_of(s, 0, 3, 13), 0);
	assert_int_equal(scene_socket_of(s, 1, 3, 13), 0);
	assert_int_equal(scene_socket_of(s, 1, 3, 6), SCENE_NONE);
	/* The thread closed it for both; before, it was there. */
	assert_int_equal(scene_socket_of(s, 0, 3, 17), SCENE_NONE);
	/* Row 3 is the client's call: both lanes of the server wait there. */
	assert_int_equal(scene_row_waiting(s, 3, 1, 14, waits, 4), 2);
	assert_int_equal(waits[0], 0);
	assert_int_equal(waits[1], 1);
	assert_int_equal(scene_row_waiting(s, 3, 1, 14, waits, 0), 2);
	assert_int_equal(scene_row_waiting(s, 3, 0, 14, waits, 4), 0);
	assert_int_equal(scene_row_waiting(s, 2, 1, 14, waits, 4), 1);
	/* With its process a thread ends. */
	assert_int_equal(scene_actor(s, 1)->ended, 16);
	assert_int_equal(scene_actor(s, 1)->ended_by, 9);
	assert_int_equal(scene_pending(s, 0, 17), SCENE_NONE);
	script_done(&t);
}

static void forks_copy_and_copies_share(void **state)
{
	static const char *const events[] = {
		BUILT,
		/* 3 */ "server: c = socket(AF_INET, SOCK_STREAM)",
		/* 4 */ "server: socket returns -> 3",
		/* 5 */ "server: d = dup(c)",
		/* 6 */ "server: dup returns -> 4",
		/* The socket is told by its first descriptor alone. */
		/* 7 */ TCP("server", "3", "7", "ESTABLISHED", TO_CLIENT),
		/* 8 */ "server2: forked from server",
		/* 9 */ "server: close(c)",
		/* 10 */ "server: close returns -> 0",
		/* 11 */ "server2: send(d, \"hi\")",
		/* 12 */ "server2: send returns -> 2",
		/* 13 */ "server2: dup2(0, c)",
		/* 14 */ "server2: dup2 returns -> 3",
	};
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	assert_int_equal(scene_actor(s, 1)->forked_from, 0);
	assert_int_equal(scene_actor(s, 1)->process, 1);
	assert_int_equal(scene_socket_of(s, 0, 4, 9), 0);
	assert_int_equal(scene_socket_of(s, 1, 3, 9), 0);
	assert_int_equal(scene_socket_of(s, 1, 4, 9), 0);
	/* Each closes its own. */
	assert_int_equal(scene_socket_of(s, 0, 3, 11), SCENE_NONE);
	assert_int_equal(scene_socket_of(s, 1, 3, 11), 0);
	assert_int_equal(scene_call(s, 3)->flow, 0);
	assert_int_equal(scene_call(s, 3)->taken, 2);
	/* dup2 closes what was there. */
	assert_int_equal(scene_socket_of(s, 1, 3, 15), SCENE_NONE);
	assert_int_equal(scene_socket_of(s, 1, 4, 15), 0);
	script_done(&t);
}

static void what_rules_did_is_told(void **state)
{
	static const char *const events[] = {
		BUILT,
		/* 3 */ "wire: drop next 2 syn",
		/* 4 */ "client>[dropped by 1] S 1000 0",
		/* 5 */ "wire: drop data",
		/* 6 */ "wire: drop data",
		/* 7 */ "client>[dropped by 1] S 1000 0",
		/* 8 */ "client> S 1000 0",
		/* 9 */ "server> SA 5000 1001",
		/* 10 */ "client>[dropped by 3] PA 1001 5001 HI",
		/* 11 */ "client>[replaced by #7] PA 1001 5001 HI",
		/* 12 */ "client>[made split of #6 by 3 held] PA 1001 5001 H",
		/* 13 */ "client>[made split of #6 by 3] PA 1002 5001 I",
		/* 14 */ "client>[made duplicate of #6] PA 1001 5001 HI",
		/* 15 */ "wire: mend",
	};
	struct scene_rule r[4];
	struct scene_wire w;
	struct script t;
	struct scene *s = PLAY(&t, events);
	size_t n;

	(void)state;
	assert_int_equal(scene_rules(s, 4, r, 4), 1);
	assert_int_equal(r[0].number, 1);
	assert_int_equal(r[0].left, 2);
	assert_string_equal(r[0].order, "drop next 2 syn");
	assert_int_equal(scene_rules(s, 7, r, 4), 2);
	assert_int_equal(r[0].left, 1);
	assert_int_equal(r[0].met, 1);
	assert_int_equal(r[1].number, 3); /* said again: 2 is over */
	assert_int_equal(scene_rules(s, 8, r, 4), 1); /* 1 is used up */
	assert_int_equal(r[0].number, 3);
	/* Of one frame two were made: it met one. */
	assert_int_equal(scene_rules(s, 14, r, 4), 1);
	assert_int_equal(r[0].met, 2);
	assert_int_equal(scene_rules(s, 16, r, 4), 0);
	assert_string_equal(scene_rule_order(s, 1, 16), "drop next 2 syn");
	assert_string_equal(scene_rule_order(s, 4, 16), "");
	scene_wire(s, 15, &w);
	assert_int_equal(w.rules, 1);
	assert_int_equal(scene_frame(s, 4)->rule, 3);
	assert_int_equal(scene_frame_fate(s, 5, 16), FATE_REPLACED);
	assert_int_equal(scene_frame(s, 6)->made, MADE_SPLIT);
	assert_int_equal(scene_frame(s, 6)->made_of, 5);
	assert_int_equal(scene_frame(s, 6)->first_fate, FATE_HELD);
	assert_int_equal(scene_frame(s, 6)->rule, 3);
	assert_int_equal(scene_frame(s, 7)->stream, 1);
	assert_int_equal(scene_frame(s, 8)->made, MADE_DUPLICATE);
	assert_int_equal(scene_frame(s, 8)->stream, 0);
	assert_non_null(scene_flow_frames(s, 0, 10, &n));
	assert_int_equal(n, 4);
	assert_null(scene_flow_frames(s, 0, 4, &n));
	assert_int_equal(scene_flow_frames(s, 0, 16, &n)[8], 8);
	assert_int_equal(n, 9);
	script_done(&t);
}

static void check_states(const struct scene *s, uint32_t socket,
	uint32_t position, size_t max, const char *expected)
{
	struct scene_state st[16];
	size_t n = scene_states(s, socket, position, st, max);
	char text[256] = "";

	for (size_t i = 0; i < n; i++)
		sprintf(text + strlen(text), "%s%s%s", i ? " " : "",
			scene_state_name(st[i].state),
			st[i].inferred ? "?" : "");
	assert_string_equal(text, expected);
}

static void states_that_were_skipped_are_inferred(void **state)
{
	static const char *const events[] = {
		BUILT,
		/* 3 */ "client: s = socket(AF_INET, SOCK_STREAM)",
		/* 4 */ "client: socket returns -> 3",
		/* 5 */ TCP("client", "3", "1", "CLOSE", "0.0.0.0:0 0.0.0.0:0"),
		/* 6 */ "client> S 1000 0",
		/* 7 */ "server> SA 5000 1001",
		/* 8 */ TCP("client", "3", "1", "ESTABLISHED", TO_SERVER),
		/* 9 */ TCP("server", "-", "2", "ESTABLISHED", TO_CLIENT),
		/* 10 */ TCP("server", "-", "2", "LAST_ACK", TO_CLIENT),
		/* 11 */ TCP("client", "-", "1", "TIME_WAIT", TO_SERVER),
		/* 12 */ "server: state gone cookie=2",
		/* 13 */ ("client: options cookie=1 SO_RCVBUF=16384 "
			"TCP_NODELAY=1"),
		/* 14 */ "client: options cookie=1 ",
	};
	struct scene_socket then;
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	check_states(s, 0, 9, 16, "CLOSE SYN_SENT? ESTABLISHED");
	check_states(s, 0, 8, 16, "CLOSE");
	check_states(s, 0, 13, 16,
		"CLOSE SYN_SENT? ESTABLISHED FIN_WAIT1? TIME_WAIT");
	check_states(s, 0, 13, 3, "ESTABLISHED FIN_WAIT1? TIME_WAIT");
	check_states(s, 0, 13, 0, "");
	check_states(s, 1, 13, 16,
		"SYN_RECV? ESTABLISHED CLOSE_WAIT? LAST_ACK");
	assert_int_equal(scene_peer(s, 0, 13), 1);
	assert_int_equal(scene_peer(s, 1, 13), 0);
	assert_int_equal(scene_peer(s, 0, 9), SCENE_NONE);
	assert_string_equal(scene_options(s, 0, 13), "");
	assert_string_equal(scene_options(s, 0, 14),
		"SO_RCVBUF=16384 TCP_NODELAY=1");
	assert_string_equal(scene_options(s, 0, 15), "");
	/* Who had it, and with which ends, as it was. */
	assert_false(scene_socket_then(s, 0, 5, &then));
	assert_true(scene_socket_then(s, 0, 6, &then));
	assert_string_equal(then.local, "0.0.0.0:0");
	assert_int_equal(then.fd, 3);
	assert_string_equal(then.name, "s");
	assert_int_equal(then.last_sample, 0);
	assert_true(scene_socket_then(s, 0, 12, &then));
	assert_int_equal(then.fd, -1);
	assert_string_equal(then.local, "10.0.0.1:40000");
	script_done(&t);
}

static void ends_of_unix_sockets_find_each_other(void **state)
{
	static const char *const events[] = {
		BUILT,
		/* 3 */ "server: a, b = socketpair(AF_UNIX, SOCK_STREAM)",
		/* 4 */ "server: socketpair returns -> [3, 4]",
		/* 5 */ ("server: state fd=3 cookie=1 unix ESTABLISHED - - "
			"rq=0 sq=0 timer=none"),
		/* 6 */ ("server: state fd=4 cookie=2 unix ESTABLISHED - - "
			"rq=0 sq=0 timer=none"),
		/* 7 */ ("server: state fd=5 cookie=3 unix LISTEN /tmp/x - "
			"rq=0 sq=0 timer=none"),
		/* 8 */ ("server: state fd=6 cookie=4 unix ESTABLISHED - "
			"/tmp/x rq=0 sq=0 timer=none"),
		/* 9 */ ("server: state fd=7 cookie=5 unix ESTABLISHED /tmp/x "
			"- rq=0 sq=0 timer=none"),
	};
	struct script t;
	struct scene *s = PLAY(&t, events);

	(void)state;
	assert_int_equal(scene_peer(s, 3, 10), 4);
	assert_int_equal(scene_peer(s, 4, 10), 3);
	assert_int_equal(scene_peer(s, 2, 10), SCENE_NONE);
	assert_string_equal(scene_socket(s, 3)->protocol, "unix");
	assert_int_equal(scene_peer(s, 0, 10), 1);
	assert_int_equal(scene_peer(s, 1, 10), 0);
	assert_string_equal(scene_socket(s, 0)->name, "a");
	assert_string_equal(scene_socket(s, 1)->name, "b");
	script_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_share_what_their_process_has),
		cmocka_unit_test(forks_copy_and_copies_share),
		cmocka_unit_test(what_rules_did_is_told),
		cmocka_unit_test(states_that_were_skipped_are_inferred),
		cmocka_unit_test(ends_of_unix_sockets_find_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
