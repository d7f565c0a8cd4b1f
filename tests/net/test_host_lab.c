/*
 * Hosts as a lab has them: more of them when a script asks, one that answers
 * for names, a home for the paths of sockets; what the kernel made of options,
 * sockets asked for by `has`, and a host that vanishes.
 */
#include "lab_session.h"

#include "actor/dns.h"

static void wants(struct session *s, const char *text)
{
	if (!session_has(s, text))
		SESSION_FAIL(s, "no \"%s\"", text);
}

static void wants_not(struct session *s, const char *text)
{
	if (session_has(s, text))
		SESSION_FAIL(s, "a \"%s\"", text);
}

/* ---- further hosts ---- */

static void test_further_hosts(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s,
		"lab: host eve 10.0.0.3\n"
		"lab: host bob 10.0.0.77\n"
		"bob: ear = socket(AF_INET6, SOCK_STREAM) -> 3\n"
		"bob: bind(ear, any:9999) -> 0\n"
		"bob: listen(ear, 5) -> 0\n"
		"eve: e = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"eve: connect(e, bob:9999) -> 0\n"
		"client: c = socket(AF_INET6, SOCK_STREAM) -> 3\n"
		"client: connect(c, bob:9999) -> 0\n"
		"bob: x = accept(ear) -> 4\n"
		"bob: y = accept(ear) -> 5\n"
		"client: send(c, \"hi\") -> 2\n"
		"bob: recv(y, 9) -> \"hi\"\n"
		/* Silence where nobody was asked. */
		"wire: sees from server x 0\n"
		"server: s = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"server: connect(s, eve:9999) -> ECONNREFUSED\n");
	wants(s, "lab: host eve 10.0.0.3 fd00::3\n");
	wants(s, "lab: host bob 10.0.0.77 fd00::77\n");
	wants(s, "frame 1 eve ");
	session_close(s);
}

static void test_hosts_that_cannot_be(void **state)
{
	struct session *s = session_namespaces(NULL);
	static const char *const address = "an address of a host is 10.0.0.N "
		"with N from 1 to 254, not 10.0.1.3";

	(void)state;
	session_refused(s, ANSWER_ERROR, "lab: host abcdefghijklmnop 10.0.0.3",
		"a host's name has at most 15 letters");
	session_refused(s, ANSWER_ERROR, "lab: host eve 10.0.1.3", address);
	session_refused(s, ANSWER_ERROR, "lab: host eve 10.0.0.2",
		"a host has the name eve or the address 10.0.0.2 already");
	session_refused(s, ANSWER_ERROR, "lab: host server 10.0.0.9",
		"a host has the name server or the address 10.0.0.9 already");
	session_run(s, "lab: host a 10.0.0.3\nlab: host b 10.0.0.4\n");
	session_refused(s, ANSWER_ERROR, "lab: host c 10.0.0.5",
		"there are 4 hosts already, and not more than 4");
	/* As it was started; and another third host than before. */
	session_run(s, "lab: rebuild\nlab: host eve 10.0.0.5\n"
		"eve: s = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"eve: connect(s, server:1) -> ECONNREFUSED\n");
	wants(s, "frame 1 eve ");
	session_refused(s, ANSWER_ERROR, "lab: host d 10.0.0.6",
		"host says how the lab is built: before its first call, or "
		"behind lab: rebuild");
	session_run(s, "lab: rebuild\nlab: host d 10.0.0.6\n"
		"lab: host e 10.0.0.7\nlab: rebuild\nlab: host f 10.0.0.8\n");
	session_refused(s, ANSWER_ERROR, "lab: host g 10.0.0.9",
		"the journal knows 8 hosts by name, and not more: take a name "
		"that was there before");
	session_run(s, "lab: host e 10.0.0.9\n"
		"e: s = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"e: connect(s, f:1) -> ECONNREFUSED\n");
	wants(s, "frame 1 e ");
	wants(s, "frame 2 f ");
	session_close(s);
}

static void test_hosts_in_loopback(void **state)
{
	struct lab_options o = {.loopback = true};
	struct session *s = session_open(&o);

	(void)state;
	session_run(s, "lab: host eve 10.0.0.3\n"
		"eve: ear = socket(AF_UNIX, SOCK_STREAM) -> 3\n"
		"eve: bind(ear, unix:ear) -> 0\n"
		"eve: listen(ear, 1) -> 0\n"
		"eve2: s = socket(AF_UNIX, SOCK_STREAM) -> 3\n"
		"eve2: connect(s, unix:ear) -> 0\n"
		"client: s = socket(AF_UNIX, SOCK_STREAM) -> 3\n"
		"client: connect(s, unix:ear) -> ENOENT\n");
	wants(s, "lab: host eve 127.0.0.1\n");
	session_close(s);
}

static void test_settings(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, "lab: set net.ipv4.tcp_abort_on_overflow 1\n"
		"client: run cat /proc/sys/net/ipv4/tcp_abort_on_overflow\n");
	session_until(s, "client: says \"1\"\n");
	session_close(s);
}

/* ---- names ---- */

static void test_names_are_asked_over_the_wire(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, "lab: dns\n"
		"client: getaddrinfo(\"server\", \"80\", AF_INET, "
		"SOCK_STREAM)\n"
		"wire: sees udp port 53 from client x 1\n"
		"wire: sees udp port 53 from dns x 1\n"
		/* What it knows by itself it asks nobody. */
		"client: getaddrinfo(\"client\", \"80\", AF_INET, SOCK_STREAM)"
		" -> [10.0.0.1:80]\n"
		"wire: sees udp port 53 from client x 0\n"
		"server: getaddrinfo(\"nobody\", \"80\", AF_INET, SOCK_STREAM)"
		" -> EAI_NONAME\n"
		"dns: has udp local dns:53\n");
	wants(s, "lab: host dns 10.0.0.53 fd00::53\n");
	wants(s, "dns: starts\n");
	session_close(s);
}

/* ---- homes ---- */

static void test_paths_lie_at_home(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s,
		"server: ear = socket(AF_UNIX, SOCK_STREAM) -> 3\n"
		"server: bind(ear, unix:ear) -> 0\n"
		"server: listen(ear, 1) -> 0\n"
		"server2: again = socket(AF_UNIX, SOCK_STREAM) -> 3\n"
		"server2: bind(again, unix:ear) -> EADDRINUSE\n"
		"server2: connect(again, unix:ear) -> 0\n"
		"client: s = socket(AF_UNIX, SOCK_STREAM) -> 3\n"
		"client: connect(s, unix:ear) -> ENOENT\n"
		"server: has ear unix LISTEN local unix:ear recv 1 send 1\n"
		"server: has unix peer unix:ear x 1\n"
		"server2: has again ESTABLISHED peer unix:ear\n"
		"lab: rebuild\n"
		"server: ear = socket(AF_UNIX, SOCK_STREAM) -> 3\n"
		"server: bind(ear, unix:ear) -> 0\n");
	assert_int_equal(access("ear", F_OK), -1);
	session_close(s);
}

/* ---- options ---- */

static void test_options_are_told(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s,
		"server: ear = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"server: setsockopt(ear, SO_RCVBUF, 8192) -> 0\n"
		"server: setsockopt(ear, SO_KEEPALIVE, 1) -> 0\n"
		"server: bind(ear, any:9999) -> 0\n"
		"server: listen(ear, 5) -> 0\n"
		"client: s = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"client: connect(s, server:9999) -> 0\n"
		"server: conn = accept(ear) -> 4\n"
		"server: has conn SO_RCVBUF=16384 SO_KEEPALIVE=1\n"
		"server: has SO_KEEPALIVE=1 x 2\n"
		"client: has s SO_KEEPALIVE=0 x 1\n"
		"client: has s SO_KEEPALIVE=1 x 0\n");
	/* Bound, and in no table of the kernel. */
	wants(s, " tcp CLOSE 0.0.0.0:9999 0.0.0.0:0 rq=0 sq=0 timer=none\n");
	/* Asked for 8192, given 16384; inherited by the accepted socket. */
	wants(s, " SO_RCVBUF=16384\n");
	wants(s, " SO_KEEPALIVE=1 SO_RCVBUF=16384\n");
	assert_int_equal(session_count(s, "server: options cookie="), 3);
	/* What connections change by themselves nobody asked for. */
	wants_not(s, "client: options");
	/* As it was made: nothing is left to tell. */
	session_run(s,
		"client: setsockopt(s, TCP_NODELAY, 1) -> 0\n"
		"client: setsockopt(s, TCP_NODELAY, 1) -> 0\n"
		"client: setsockopt(s, TCP_NODELAY, 0) -> 0\n");
	assert_int_equal(session_count(s, " TCP_NODELAY=1\n"), 1);
	assert_int_equal(session_count(s, "client: options cookie="), 2);
	session_close(s);
}

/* Read through a copy: also while the process sleeps in another call. */
static void test_options_of_a_sleeper(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, CONNECTED
		"server: recv(conn, 64) -> waits\n"
		"server: has conn SO_KEEPALIVE=0\n"
		"server/2: setsockopt(conn, SO_KEEPALIVE, 1) -> 0\n"
		"server: has conn SO_KEEPALIVE=1\n");
	wants(s, " SO_KEEPALIVE=1\n");
	session_close(s);
}

/* ---- has ---- */

static void test_has(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, CONNECTED
		"server: has LISTEN x 1\n"
		"server: has tcp LISTEN local any:9999 recv 0 send 5\n"
		"server: has conn ESTABLISHED peer client:_\n"
		"server: has udp x 0\n"
		"client: send(s, \"hello\") -> 5\n"
		"server: has conn recv 5\n"
		"server: has conn recv 4 x 0\n"
		"wire: hold data\n"
		"client: send(s, \"again\") -> 5\n"
		"client: has s send 5 unsent 0 timer retransmit\n"
		"client: has s send 5 unsent 1 x 0\n"
		"client: has orphan x 0\n"
		"wire: flow\n"
		"client: close(s) -> 0\n"
		"client: has orphan FIN_WAIT2 x 1 within 2s\n"
		"server: has conn CLOSE_WAIT\n"
		"server: close(conn) -> 0\n");
	session_close(s);
}

/* ---- a host that vanishes ---- */

static void test_a_host_vanishes(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, CONNECTED
		"wire: sees from server\n"
		"wire: vanish server\n"
		"client: has s ESTABLISHED\n"
		"wire: mend\n"
		"wire: sees from server x 0\n"
		"client: send(s, \"hello?\") -> 6\n"
		"wire: sees rst from server\n"
		"client: recv(s, 64) -> ECONNRESET\n"
		"server: has tcp x 0\n");
	session_close(s);
}

/* ---- many sockets ---- */

#define MANY 300 /* connections: 600 sockets, dealt out to 4 hosts */

/* A call among many sockets of many hosts is answered at once, and nearly as
 * soon as among few: each is followed by a look at all of them. What else the
 * machine does makes it only longer: the shortest is told. */
static int64_t ask(struct session *s)
{
	int64_t began, shortest = INT64_MAX;

	for (int i = 0; i < 20; i++) {
		began = clock_mono();
		session_run(s, "client: getsockname(p0)");
		began = clock_mono() - began;
		if (began < shortest)
			shortest = began;
	}
	return shortest;
}

static void test_many_sockets(void **state)
{
	static const char *const host[] = {"client", "server", "a", "b"};
	struct session *s = session_namespaces(NULL);
	int64_t few = 0, many;
	char line[256];

	(void)state;
	session_run(s, "lab: host a 10.0.0.3\nlab: host b 10.0.0.4\n");
	for (int i = 0; i < 4; i++) {
		snprintf(line, sizeof(line),
			"%s: ear = socket(AF_INET, SOCK_STREAM)\n"
			"%s: bind(ear, any:9999) -> 0\n"
			"%s: listen(ear, 500) -> 0\n",
			host[i], host[i], host[i]);
		session_run(s, line);
	}
	for (int i = 0; i < MANY; i++) {
		const char *from = host[i % 4], *to = host[(i + 1) % 4];

		snprintf(line, sizeof(line),
			"%s: p%d = socket(AF_INET, SOCK_STREAM)\n"
			"%s: connect(p%d, %s:9999) -> 0\n",
			from, i, from, i, to);
		session_run(s, line);
		if (i == 0)
			few = ask(s);
	}
	many = ask(s);
	print_message("a call among %d sockets: %.1f ms, among 2: %.1f ms\n",
		2 * MANY, (double)many / CLOCK_MS, (double)few / CLOCK_MS);
	session_run(s, "client: has tcp ESTABLISHED x 150\n"
		"b: has tcp ESTABLISHED x 150\n"
		"b: has LISTEN recv 75\n");
	assert_true(many < 50 * CLOCK_MS);
	session_close(s);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_further_hosts),
		cmocka_unit_test(test_hosts_that_cannot_be),
		cmocka_unit_test(test_hosts_in_loopback),
		cmocka_unit_test(test_settings),
		cmocka_unit_test(test_names_are_asked_over_the_wire),
		cmocka_unit_test(test_paths_lie_at_home),
		cmocka_unit_test(test_options_are_told),
		cmocka_unit_test(test_options_of_a_sleeper),
		cmocka_unit_test(test_has),
		cmocka_unit_test(test_a_host_vanishes),
		cmocka_unit_test(test_many_sockets),
	};

	if (argc >= 2 && !strcmp(argv[1], "dns"))
		return dns_main(argv + 2);
	SESSION_ACTOR(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
