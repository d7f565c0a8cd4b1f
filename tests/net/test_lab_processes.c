/* Threads, forks, signals, how processes end, lines that stand for many, and
 * lines about time. */
#include "lab_session.h"

/* ---- threads ---- */

#define LISTENING \
	"server: ear = socket(AF_INET, SOCK_STREAM) -> 3\n" \
	"server: bind(ear, any:9999) -> 0\n" \
	"server: listen(ear, 5) -> 0\n"

/* Three calls of one process wait at once; each returns by itself. (An accept
 * that waits has its descriptor's number already.) */
static void test_threads_wait_at_once(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, LISTENING
		"server/2: conn = accept(ear) -> waits\n"
		"server: epoll_create1() -> 5\n"
		"server: poll([ear: POLLOUT], 60000) -> waits\n"
		"server/3: recv(ear, 9) -> ENOTCONN\n"
		"server/3: poll([ear: POLLOUT], 60000) -> waits\n"
		"client: s = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"client: connect(s, server:9999) -> 0\n"
		"server/2: accept returns -> 4\n"
		"server/2: recv(conn, 64) -> waits\n"
		"server/3: interrupt\n"
		"server/3: poll returns -> EINTR\n"
		"client: send(s, \"hello\") -> 5\n"
		"server/2: recv returns -> \"hello\"\n"
		"server: interrupt\n"
		"server: poll returns -> EINTR\n");
	assert_true(session_has(s, "server/2: conn = accept(ear)\n"));
	assert_true(session_has(s, "server/2: accept waits\n"));
	assert_true(session_has(s, "server/3: poll returns -> EINTR\n"));
	assert_int_equal(session_count(s, ": starts\n"), 2);
	session_refused(s, ANSWER_ERROR, "server/4: interrupt",
		"server has no process yet: its first call starts it");
	assert_int_equal(session_close(s), 0);
}

/* The process ends, and so do the calls of all its threads. */
static void test_threads_end_together(void **state)
{
	struct session *s = session_namespaces(NULL);
	struct answer a;
	uint64_t one, two;

	(void)state;
	session_run(s, LISTENING
		"server: accept(ear) -> waits\n"
		"server/2: accept(ear) -> waits\n");
	one = link_send(s->link, "server: accept returns -> 4");
	two = link_send(s->link, "server/2: accept returns -> 4");
	link_send(s->link, "server: kill");
	a = session_answer(s, one);
	assert_int_equal(a.kind, ANSWER_FAILED);
	assert_string_equal(a.text, "expected 4, and server ended in accept");
	assert_int_equal(session_answer(s, two).kind, ANSWER_FAILED);
	session_run(s, "server: ends -> SIGKILL\n"
		"server/2: socket(AF_INET, SOCK_STREAM) -> 3\n");
	assert_int_equal(session_count(s, "server: starts\n"), 2);
	assert_int_equal(session_close(s), 0);
}

/* ---- forks ---- */

/* In loopback mode the port is the whole machine's. */
static void fork_and_go_on(const struct lab_options *o)
{
	struct session *s = o ? session_open(o) : session_namespaces(NULL);

	session_run(s, "server: ear = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"server: setsockopt(ear, SO_REUSEADDR, 1) -> 0\n"
		"server: bind(ear, any:9731) -> 0\n"
		"server: listen(ear, 5) -> 0\n"
		"client: s = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"client: connect(s, server:9731) -> 0\n"
		"server: conn = accept(ear) -> 4\n"
		"server: server2 = fork() -> _\n"
		"server2: recv(conn, 64) -> waits\n"
		"server: close(conn) -> 0\n"
		"client: send(s, \"hello\") -> 5\n"
		"server2: recv returns -> \"hello\"\n"
		"server2: fork() -> _\n"
		"server3: recv(conn, 64) -> waits\n"
		"server3: interrupt\n"
		"server3: recv returns -> EINTR\n"
		"server3: stop\n"
		"server3: cont\n"
		"server3: kill SIGTERM\n"
		"server3: ends -> SIGTERM\n"
		"server: kill\n"
		"server2: send(conn, \"still here\") -> 10\n"
		"server2: kill\n"
		"client: recv(s, 64) -> \"still here\"\n"
		"client: recv(s, 64) -> \"\"\n");
	assert_true(session_has(s, "server2: forked from server\n"));
	assert_true(session_has(s, "server3: forked from server2\n"));
	assert_true(session_has(s, "server3: ended 15\n"));
	assert_true(session_has(s, "server2: ended 9\n"));
	assert_int_equal(session_count(s, "lab: note"), 0);
	assert_int_equal(session_close(s), 0);
}

static void test_fork(void **state)
{
	(void)state;
	fork_and_go_on(NULL);
}

static void test_fork_in_loopback(void **state)
{
	const struct lab_options o = {.loopback = true};

	(void)state;
	fork_and_go_on(&o);
}

static void test_fork_names(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_refused(s, ANSWER_ERROR, "server: client2 = fork()",
		"client2 cannot name a process of server: it is called server "
		"and a number, like server2");
	session_refused(s, ANSWER_ERROR, "server: server = fork()",
		"server has a process already; give the new one another "
		"number");
	session_run(s, "server2: socket(AF_INET, SOCK_STREAM) -> 3\n");
	session_refused(s, ANSWER_ERROR, "server: server2 = fork()",
		"server2 has a process already; give the new one another "
		"number");
	session_run(s, "server: fork() -> _\n"
		"server3: socket(AF_INET, SOCK_STREAM) -> 3\n");
	assert_true(session_has(s, "server3: forked from server\n"));
	assert_int_equal(session_close(s), 0);
}

/* ---- names of what calls gave ---- */

static void test_names(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s,
		"client: a, b = socketpair(AF_UNIX, SOCK_STREAM) -> [3, 4]\n"
		"client: send(a, \"xy\") -> 2\n"
		"client: poll([a: POLLIN, b: POLLIN]) -> [b: POLLIN]\n"
		"client: select([a, b], [], [], 1s) -> {read=[b]}\n"
		"client: m = recvfrom(b, 9) -> {bytes=\"xy\"}\n"
		"client: send(a, m.bytes) -> 2\n"
		"client: c = dup(b) -> 5\n"
		"client: close(b) -> 0\n"
		"client: poll([c: POLLIN, a: POLLIN]) -> [c: POLLIN]\n"
		"client: u = socket(AF_INET, SOCK_DGRAM) -> 4\n"
		"client: bind(u, client:5000) -> 0\n"
		"server: v = socket(AF_INET, SOCK_DGRAM) -> 3\n"
		"server: bind(v, server:5000) -> 0\n"
		"server: sendto(v, \"hi\", 0, client:5000) -> 2\n"
		"client: d = recvfrom(u, 9) -> "
		"{bytes=\"hi\", from=server:5000}\n"
		"client: sendto(u, \"back\", 0, d.from) -> 4\n"
		"server: recvfrom(v, 9) -> {bytes=\"back\", from=client:_}\n");
	assert_true(session_has(s, "client: poll returns -> [b: POLLIN]\n"));
	assert_true(session_has(s, "client: poll returns -> [c: POLLIN]\n"));
	session_refused(s, ANSWER_FAILED,
		"client: poll([c: POLLIN, a: POLLOUT]) -> [c: POLLIN]",
		"expected [c: POLLIN], observed [c: POLLIN, a: POLLOUT]");
	assert_int_equal(session_close(s), 0);
}

/* ---- signals and ends ---- */

static void test_sigpipe_ends_it(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, CONNECTED
		"client: signal(SIGPIPE, SIG_DFL) -> SIG_IGN\n"
		"client: shutdown(s, SHUT_WR) -> 0\n");
	session_refused(s, ANSWER_FAILED, "client: send(s, \"x\") -> EPIPE",
		"expected EPIPE, and client ended in send");
	session_refused(s, ANSWER_FAILED, "client: ends -> SIGTERM",
		"expected SIGTERM, observed SIGPIPE");
	session_refused(s, ANSWER_ERROR, "client: ends",
		"client has ended, and a line has said so already");
	assert_true(session_has(s, "client: ended 13\n"));
	assert_int_equal(session_close(s), 0);
}

static void test_signals_that_end_nothing(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, LISTENING
		"server: kill SIGPIPE\n"
		"server: listen(ear, 5) -> 0\n");
	session_refused(s, ANSWER_FAILED, "server: ends",
		"expected server to end, and it goes on");
	session_run(s, "server: kill SIGTERM\nserver: ends -> SIGTERM\n");
	session_refused(s, ANSWER_ERROR, "client: ends",
		"client has no process yet: its first call starts it");
	assert_int_equal(session_close(s), 0);
}

static void test_what_programs_say(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, "client2: run echo one two\n"
		"client2: says -> \"two\"\n"
		"client2: ends -> exit 0\n"
		"client3: run false\n"
		"client3: ends -> exit 1\n"
		"client2: run echo three\n");
	session_refused(s, ANSWER_FAILED,
		"client2: says -> \"one\" within 50ms",
		"expected a line with \"one\" within 50ms, client2 said none");
	assert_int_equal(session_close(s), 0);
}

/* ---- lines that stand for many ---- */

static void test_turns(void **state)
{
	struct session *s = session_namespaces(NULL);
	uint64_t many, other;
	struct answer a;

	(void)state;
	session_run(s, LISTENING
		"server: recv(ear, 1) -> ENOTCONN\n");
	/* A further line of the lane waits for all of them … */
	many = link_send(s->link,
		"client: s{1..1000} = socket(AF_INET, SOCK_STREAM)");
	other = link_send(s->link, "client: close(s1000) -> 0");
	a = session_answer(s, many);
	assert_int_equal(a.kind, ANSWER_OK);
	assert_string_equal(a.text, "1002");
	assert_int_equal(session_answer(s, other).kind, ANSWER_OK);
	assert_int_equal(session_count(s, ": socket returns -> "), 1001);
	/* … also when they are of several lanes … */
	many = link_send(s->link,
		"client{2..4}: s = socket(AF_INET, SOCK_STREAM) -> 3");
	other = link_send(s->link, "client4: connect(s, server:9999) -> 0");
	assert_int_equal(session_answer(s, many).kind, ANSWER_OK);
	assert_int_equal(session_answer(s, other).kind, ANSWER_OK);
	/* … and the first that fails is told, and the last. */
	session_refused(s, ANSWER_FAILED, "client: close(s{998..1001}) -> 0",
		"client: close(s1000) -> 0: expected 0, observed EBADF");
	session_refused(s, ANSWER_ERROR, "client: close(t{1..2})",
		"client: close(t1): t1 stands for nothing yet in client: it is "
		"bound by t1 = a call that succeeds");
	session_refused(s, ANSWER_ERROR, "client: close(t{3..2})",
		"{A..B} counts up: the second number is not below the first");
	assert_int_equal(session_close(s), 0);
}

/* One lane is in the middle of many lines; the other goes on. */
static void test_turns_hold_up_nobody(void **state)
{
	struct session *s = session_namespaces(NULL);
	uint64_t many;

	(void)state;
	session_run(s, LISTENING);
	many = link_send(s->link, "server: c{1..2} = accept(ear) -> 4 | 5 "
		"within 60s");
	link_send(s->link, "client: s = socket(AF_INET, SOCK_STREAM) -> 3");
	link_send(s->link, "client: connect(s, server:9999) -> 0");
	link_send(s->link, "client2: s = socket(AF_INET, SOCK_STREAM) -> 3");
	link_send(s->link, "client2: connect(s, server:9999) -> 0");
	assert_int_equal(session_answer(s, many).kind, ANSWER_OK);
	assert_int_equal(session_close(s), 0);
}

/* ---- lines about time ---- */

static void test_spans_of_calls(void **state)
{
	struct session *s = session_namespaces(NULL);
	struct answer a;

	(void)state;
	session_run(s, CONNECTED
		"client: poll([s: POLLIN], 200) -> [] after 200ms within 60s\n"
		"client: poll([s: POLLIN], 100) -> waits\n"
		"client: poll returns -> [] after 100ms within 60s\n");
	session_refused(s, ANSWER_FAILED,
		"client: recv(s, 9) -> \"x\" within 60ms",
		"expected \"x\" within 60ms, and client is still waiting in "
		"recv");
	session_run(s, "server: send(conn, \"x\") -> 1\n");
	a = session_say(s, "client: recv returns -> \"x\" after 60s");
	assert_int_equal(a.kind, ANSWER_FAILED);
	assert_non_null(strstr(a.text,
		"expected not before 60s, it came after "));
	assert_int_equal(session_close(s), 0);
}

static void test_spans_of_frames(void **state)
{
	const struct lab_options o = {.real_clocks = true};
	struct session *s = session_namespaces(&o);
	struct answer a;

	(void)state;
	session_run(s, "wire: cut\n"
		"client: s = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"client: connect(s, server:9999) -> waits\n"
		"wire: sees syn from client x 1 within 100ms\n"
		"wire: sees syn from client x 1 after 500ms within 1500ms\n"
		"wire: sees syn from client after 500ms within 1500ms\n"
		"wire: sees rst x 0 within 50ms\n");
	a = session_say(s, "wire: sees syn from client after 3s within 4s");
	assert_int_equal(a.kind, ANSWER_FAILED);
	assert_non_null(strstr(a.text,
		"expected not before 3s, it came after "));
	a = session_say(s, "wire: sees syn from client x 2 within 100ms");
	assert_int_equal(a.kind, ANSWER_FAILED);
	assert_int_equal(session_close(s), 0);
}

/* ---- a host that vanishes ---- */

static void test_vanish(void **state)
{
	const struct lab_options o = {.real_clocks = true};
	struct session *s = session_namespaces(&o);

	(void)state;
	session_run(s, CONNECTED
		"wire: vanish server\n"
		"server: ends -> SIGKILL\n"
		"wire: sees fin from server x 0 within 50ms\n"
		"client: has s ESTABLISHED\n"
		"wire: mend\n"
		"client: send(s, \"anybody?\") -> 8\n"
		"wire: sees rst from server x 1 within 500ms\n"
		"client: recv(s, 9) -> ECONNRESET\n"
		LISTENING
		"client: t = socket(AF_INET, SOCK_STREAM) -> 4\n"
		"client: connect(t, server:9999) -> 0\n");
	assert_int_equal(session_close(s), 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_threads_wait_at_once),
		cmocka_unit_test(test_threads_end_together),
		cmocka_unit_test(test_fork),
		cmocka_unit_test(test_fork_in_loopback),
		cmocka_unit_test(test_fork_names),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_sigpipe_ends_it),
		cmocka_unit_test(test_signals_that_end_nothing),
		cmocka_unit_test(test_what_programs_say),
		cmocka_unit_test(test_turns),
		cmocka_unit_test(test_turns_hold_up_nobody),
		cmocka_unit_test(test_spans_of_calls),
		cmocka_unit_test(test_spans_of_frames),
		cmocka_unit_test(test_vanish),
	};

	SESSION_ACTOR(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
