/* What the wire does to real connections: refused, lost, cut, reordered. */
#include "lab_session.h"

static void test_refused(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s,
		"client: s = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"client: connect(s, server:9998) -> ECONNREFUSED\n"
		"wire: sees syn from client x 1\n"
		"wire: sees rst from server x 1\n");
	/* The SYN, the RST, and only then the call's return. */
	assert_true(strstr(session_text(s), "frame 1 client") <
		strstr(session_text(s), "frame 2 server"));
	assert_true(strstr(session_text(s), "frame 2 server") <
		strstr(session_text(s), "connect returns -> ECONNREFUSED"));
	session_close(s);
}

static void test_syn_lost(void **state)
{
	struct session *s = session_namespaces(NULL);
	int64_t begun;

	(void)state;
	session_run(s,
		"server: ear = socket(AF_INET, SOCK_STREAM)\n"
		"server: bind(ear, any:9999) -> 0\n"
		"server: listen(ear, 5) -> 0\n"
		"client: s = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"wire: drop next syn from client\n");
	begun = clock_mono();
	session_run(s, "client: connect(s, server:9999) -> 0\n");
	/* The kernel sends a SYN again after a second. */
	assert_true(clock_mono() - begun >= 900 * CLOCK_MS);
	session_run(s, "wire: sees syn from client x 2\n");
	assert_true(session_has(s, "frame 1 client 74 bytes dropped") ||
		session_has(s, "frame 1 client 66 bytes dropped") ||
		session_has(s, "frame 1 client 62 bytes dropped"));
	session_close(s);
}

static void test_cut(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s,
		"client: s = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"wire: cut\n"
		"client: connect(s, server:9999) -> waits\n"
		"wire: sees syn from client\n"
		/* the lab is alive */
		"server: ear = socket(AF_INET, SOCK_STREAM) -> 3\n");
	assert_true(session_has(s, "client: connect waits"));
	assert_true(session_has(s, " cut\n"));
	session_close(s);
}

/* Two sends, held, the second let through first: one recv gives both. */
static void test_reordered(void **state)
{
	struct session *s = session_namespaces(NULL);
	const char *p;
	int first = 0;

	(void)state;
	session_run(s, CONNECTED
		"client: setsockopt(s, TCP_NODELAY, 1) -> 0\n"
		"server: recv(conn, 64) -> waits\n"
		"wire: hold data from client\n"
		"client: send(s, \"LOGIN\\n\") -> 6\n"
		"client: send(s, \"LIST\\n\") -> 5\n");
	session_until(s, "client: send returns -> 5");
	p = strstr(session_text(s), "bytes held");
	assert_non_null(p);
	while (p > session_text(s) && memcmp(p, "\nframe ", 7))
		p--;
	first = atoi(p + 7);
	assert_int_equal(first, 4); /* behind SYN, SYN ACK, ACK */
	session_run(s, "wire: pass #5\n");
	assert_false(session_has(s, "server: recv returns"));
	session_run(s,
		"wire: pass #4\n"
		"server: recv returns -> \"LOGIN\\nLIST\\n\"\n");
	assert_true(strstr(session_text(s), "wire: passed #5") <
		strstr(session_text(s), "wire: passed #4"));
	session_close(s);
}

static void test_delay(void **state)
{
	struct session *s = session_namespaces(NULL);
	int64_t begun;

	(void)state;
	session_run(s, CONNECTED "wire: delay 300ms data from client\n"
		"server: recv(conn, 9) -> waits\n");
	begun = clock_mono();
	session_run(s, "client: send(s, \"x\") -> 1\n"
		"server: recv returns -> \"x\"\n");
	assert_true(clock_mono() - begun >= 300 * CLOCK_MS);
	assert_true(session_has(s, "bytes delayed 300ms"));
	session_close(s);
}

/* What was expected and did not come is said when nothing can come any more,
 * not at the deadline. */
/* A datagram leaves no clock running at its sender: that it is still under way
 * only we know. */
static void test_delayed_is_unsettled(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s,
		"server: u = socket(AF_INET, SOCK_DGRAM) -> 3\n"
		"server: bind(u, any:9999) -> 0\n"
		"client: s = socket(AF_INET, SOCK_DGRAM) -> 3\n"
		"client: connect(s, server:9999) -> 0\n"
		"wire: delay 500ms from client\n"
		"server: recv(u, 64) -> waits\n"
		"client: send(s, \"late\") -> 4\n"
		"server: recv returns -> \"late\"\n");
	session_close(s);
}

static void test_settled_fails_early(void **state)
{
	struct session *s = session_namespaces(NULL);
	int64_t begun;

	(void)state;
	session_run(s, CONNECTED);
	begun = clock_mono();
	session_refused(s, ANSWER_FAILED, "server: recv(conn, 9) -> \"x\"",
		"expected \"x\", and server is still waiting in recv");
	session_refused(s, ANSWER_FAILED, "wire: sees rst",
		"expected at least one frame matching rst, observed none");
	assert_true(clock_mono() - begun < 10 * CLOCK_S);
	assert_true(session_has(s, "lab: failed "));
	session_close(s);
}

static void test_refusals(void **state)
{
	struct session *s = session_namespaces(NULL);
	struct answer a;

	(void)state;
	session_run(s, CONNECTED "server: recv(conn, 64) -> waits\n");
	session_refused(s, ANSWER_ERROR, "server: send(conn, \"x\")",
		"server waits in recv(conn, 64); wait, interrupt (Ctrl-C) or "
		"use server2");
	session_refused(s, ANSWER_ERROR, "client: send(conn, \"x\")",
		"conn is server's; client does not have it");
	session_refused(s, ANSWER_ERROR, "client: send(q, \"x\")",
		"q stands for nothing yet in client: it is bound by q = a call "
		"that succeeds");
	session_refused(s, ANSWER_ERROR, "client: send(3, Ana)",
		"Ana stands for nothing yet in client; to give the bytes "
		"themselves, quote them: \"Ana\"");
	a = session_say(s, "client: sned(s)");
	assert_int_equal(a.kind, ANSWER_ERROR);
	assert_int_equal(a.column, 9);
	a = session_say(s, "wire: pass #77");
	assert_int_equal(a.kind, ANSWER_ERROR);
	assert_false(session_has(s, "wire: pass #77"));
	a = session_say(s, "lab: still");
	assert_int_equal(a.kind, ANSWER_ERROR);
	session_close(s);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_syn_lost),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_reordered),
		cmocka_unit_test(test_delay),
		cmocka_unit_test(test_delayed_is_unsettled),
		cmocka_unit_test(test_settled_fails_early),
		cmocka_unit_test(test_refusals),
	};

	SESSION_ACTOR(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
