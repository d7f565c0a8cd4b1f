/* Lists, records, times, sets, addresses: as arguments and as results. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/un.h>

#include "base/clock.h"
#include "call/table.h"
#include "line_tests.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void what_is_written(void **state)
{
	static const char *const lines[] = {
		/* two names, threads, spans */
		"client: a, b = socketpair(AF_UNIX, SOCK_STREAM) -> [3, 4]",
		"client: socketpair() -> [_, _] | EMFILE",
		"server/2: recv(conn, 1) -> \"a\" after 200ms within 3s",
		"server: poll([conn: POLLIN], 100) -> [] after 90ms",
		"server: server2 = fork() -> _",
		/* types with flags */
		"client: s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK) "
			"-> 3",
		"client: socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | "
			"SOCK_CLOEXEC)",
		"server: accept4(ear, SOCK_NONBLOCK | SOCK_CLOEXEC) -> 4",
		/* addresses */
		"client: connect(s, unix:/tmp/a-b.sock) -> ECONNREFUSED",
		"client: connect(s, unix:@abstract) -> 0",
		"client: bind(s, unix:\"a b\\x01\") -> 0",
		"client: connect(s, none) -> 0",
		"client: sendto(s, \"x\", 0, server:53) -> 1",
		"server: sendto(s, m.bytes, 0, m.from) -> 4",
		"server: m = recvfrom(s, 512) -> {bytes=\"?\", from=client:_}",
		"server: recvfrom(s, 512) -> {from=none}",
		"server: getsockname(s) -> unix:@00001",
		"client: getsockname(s) -> none",
		"client: getaddrinfo(\"server\", \"9999\") -> "
			"[10.0.0.2:9999, [fd00::2]:9999]",
		"client: getaddrinfo(\"nobody\") -> EAI_NONAME | EAI_AGAIN",
		"client: getaddrinfo(none, \"80\", AF_INET) -> [any:80]",
		"client: getnameinfo(server:80, NI_NUMERICHOST) -> "
			"{host=\"10.0.0.2\"}",
		/* several buffers */
		"client: writev(s, [\"ab\", utf8\"ç\", x, repeat(\"A\", 9)]) "
			"-> 13",
		"client: sendmsg(s, [], MSG_NOSIGNAL) -> 0",
		"server: recvmsg(s, [4, 60], MSG_PEEK) -> {bytes=\"ab\", "
			"flags=MSG_TRUNC}",
		"server: recvmsg(s, [4]) -> {flags=0, buffers=[\"ab\", \"\"]}",
		/* readiness */
		"server: poll([ear: POLLIN, conn: POLLIN | POLLOUT, 5: 0]) "
			"-> [conn: POLLIN | POLLHUP, ear: POLLIN]",
		"server: poll([ear: POLLIN], 100) -> [] within 3s",
		"server: poll([ear: POLLIN]) -> [_: _]",
		"server: select([ear, conn, 7], [], [], 2s) -> {reads=[conn]}",
		"server: select([ear], [s], [], 0s) -> {reads=[], "
			"writes=[_]}",
		"server: ep = epoll_create1(EPOLL_CLOEXEC) -> 4",
		"server: epoll_ctl(ep, EPOLL_CTL_ADD, conn, EPOLLIN | "
			"EPOLLET) -> 0",
		"server: epoll_wait(ep, 16, -1) -> [conn: EPOLLIN | "
			"EPOLLHUP]",
		/* options in their types */
		"client: setsockopt(s, SO_RCVBUF, 8192) -> 0",
		"client: setsockopt(s, SO_RCVTIMEO, 200ms) -> 0",
		"client: setsockopt(s, SO_RCVTIMEO, none) -> 0",
		"client: setsockopt(s, TCP_KEEPIDLE, 2s) -> 0",
		"client: setsockopt(s, TCP_USER_TIMEOUT, 800ms) -> 0",
		"client: setsockopt(s, SO_LINGER, {l_onoff=1, l_linger=0})",
		"client: getsockopt(s, SO_LINGER) -> {l_onoff=0}",
		"client: getsockopt(s, SO_ERROR) -> 111 (ECONNREFUSED)",
		"client: getsockopt(s, SO_ERROR) -> 0 | 104 (ECONNRESET)",
		"client: getsockopt(s, SO_SNDTIMEO) -> none",
		"client: getsockopt(s, TCP_INFO) -> {state=ESTABLISHED, "
			"rto=_, unacked=<2, retransmits=0}",
		"client: signal(SIGPIPE, SIG_IGN) -> SIG_DFL",
		/* bytes */
		"client: send(s, text(\"EUC-JP\", \"日本\")) -> 4",
		"client: send(s, text(\"UTF-16LE\", \"a\\n\")) -> 4",
		"client: send(s, htons(9999)) -> 2",
		"client: send(s, ntohl(1)) -> 4",
		"client: send(s, be64toh(18446744073709551615)) -> 8",
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(lines); i++)
		prints_as(lines[i], lines[i]);
}

static void written_loosely(void **state)
{
	(void)state;
	prints_as("a,b=socketpair()->[ 3,4 ]",
		"client: a, b = socketpair() -> [3, 4]");
	prints_as("poll([conn:POLLIN])->[conn:POLLIN]",
		"client: poll([conn: POLLIN]) -> [conn: POLLIN]");
	prints_as("socket(AF_INET, SOCK_CLOEXEC|SOCK_DGRAM)",
		"client: socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC)");
	prints_as("setsockopt(s, SO_LINGER, { l_onoff = 1 , l_linger = 2s })",
		"client: setsockopt(s, SO_LINGER, {l_onoff=1, l_linger=2s})");
	prints_as("select([s], [], [], 0)",
		"client: select([s], [], [], 0s)");
	prints_as("recv(s, 1) -> \"a\" within 3s after 1s",
		"client: recv(s, 1) -> \"a\" after 1s within 3s");
	prints_as("send(s, text(\"EUC-JP\" , \"\\t\"))",
		"client: send(s, text(\"EUC-JP\", \"\\t\"))");
	/* flags without a name, as a newer kernel may give them */
	prints_as("poll([s: POLLIN]) -> [s: POLLIN | 0x4000]",
		"client: poll([s: POLLIN]) -> [s: POLLIN | 0x4000]");
}

static const struct mistake mistakes[] = {
	/* names */
	{"a, b = socket(AF_INET)", 14, "one result: one name",
		"a = socket(AF_INET)"},
	{"a = socketpair()", 15, "two names, as in a, b",
		"a, b = socketpair()"},
	{"a, a = socketpair()", 5, "two different names", NULL},
	{"a, = socketpair()", 4, "a second name", NULL},
	{"a, b socketpair()", 6, "= is missing behind the names", NULL},
	{"none = socket(AF_INET)", 1, "cannot be a name", NULL},
	{"x = poll([s: POLLIN])", 9, "gives a list", NULL},
	{"x = getaddrinfo(\"server\")", 16, "gives an address", NULL},
	/* constants */
	{"socket(AF_INET, SOCK_STREAM | SOCK_DGRAM)", 31,
		"SOCK_STREAM and SOCK_DGRAM cannot be joined", NULL},
	{"socket(AF_INET, SOCK_NONBLOCK)", 17, "flags alone are not enough",
		NULL},
	{"socket(AF_INET, SOCK_STREAM | NONBLOCK)", 31, "type: SOCK_STREAM",
		NULL},
	{"socket(AF_INET | AF_INET6)", 16, "nothing can be joined", NULL},
	{"accept4(s, SOCK_NONBLOK)", 12, "did you mean SOCK_NONBLOCK?",
		"accept4(s, SOCK_NONBLOCK)"},
	{"signal(SIGPIP, SIG_IGN)", 8, "did you mean SIGPIPE?",
		"signal(SIGPIPE, SIG_IGN)"},
	/* lists */
	{"poll(s)", 6, "descriptors in brackets, each with its flags", NULL},
	{"poll([s])", 8, "a colon and what to wait for", NULL},
	{"poll([s: POLIN])", 10, "did you mean POLLIN?",
		"poll([s: POLLIN])"},
	{"poll([s: POLLIN)", 16, "expected , or ], not “)”", NULL},
	{"poll([: POLLIN])", 7, "a socket's name", NULL},
	{"poll([s: EPOLLIN])", 10, "did you mean POLLIN?",
		"poll([s: POLLIN])"},
	{"select(s, [], [])", 8, "as in [ear, conn]", NULL},
	{"select([s], [], [], 2)", 21, "a time with its unit",
		"select([s], [], [], 2s)"},
	{"writev(s, \"ab\")", 11, "as in [\"ab\", \"cd\"]", NULL},
	{"writev(s, [\"ab\", 5])", 18, "a string in double quotes", NULL},
	{"recvmsg(s, 64)", 12, "as in [4, 60]", NULL},
	{"recvmsg(s, [65537])", 13, "from 0 to 65536", NULL},
	/* addresses */
	{"connect(s, unix:)", 17, "a path or @name", NULL},
	{"connect(s, unix:@)", 17, "a path or @name", NULL},
	{"connect(s, unix:\"a\\0b\")", 17, "a path or @name", NULL},
	{"connect(s, unix:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)",
		17, "at most 107 bytes", NULL},
	{"connect(s, m.from.x)", 18, "expected , or )", NULL},
	/* options */
	{"setsockopt(s, SO_RCVBUFF, 1)", 15, "did you mean SO_RCVBUF?",
		"setsockopt(s, SO_RCVBUF, 1)"},
	{"setsockopt(s, SO_FOO, 1)", 15, "option: ", NULL},
	{"setsockopt(s, SO_RCVBUF, \"8\")", 26, "a number belongs here", NULL},
	{"setsockopt(s, SO_RCVBUF, 2s)", 26, "a number belongs here", NULL},
	{"setsockopt(s, SO_RCVBUF, 4294967296)", 26, "a number from", NULL},
	{"setsockopt(s, TCP_NODELAY, 2)", 28, "0 or 1, not 2", NULL},
	{"setsockopt(s, SO_RCVTIMEO, 2)", 28, "a time, as in 2s", NULL},
	{"setsockopt(s, TCP_KEEPIDLE, 200ms)", 29, "whole seconds", NULL},
	{"setsockopt(s, SO_LINGER, 1)", 26, "{l_onoff=1, l_linger=0}", NULL},
	{"setsockopt(s, SO_LINGER, {l_onof=1})", 26, "{l_onoff=1", NULL},
	{"setsockopt(s, SO_LINGER, {l_onoff=1, l_onoff=1})", 38,
		"stands here twice", NULL},
	{"setsockopt(s, SO_LINGER, {l_onoff 1})", 35, "= is missing", NULL},
	{"setsockopt(s, SO_ERROR, 1)", 25, "can be read, not set", NULL},
	{"getsockopt(s, SO_RCVTIMEO) -> 2", 31, "SO_RCVTIMEO is a time", NULL},
	{"getsockopt(s, SO_RCVBUF) -> 0 | 2s", 33, "SO_RCVBUF is a number",
		NULL},
	{"getsockopt(s, SO_LINGER) -> 0", 29, "SO_LINGER is a record", NULL},
	/* results */
	{"getsockopt(s, SO_ERROR) -> 111 (ECONNRESET)", 33,
		"ECONNRESET is 104, not 111", NULL},
	{"getsockopt(s, SO_ERROR) -> 111 (yes)", 33, "an error's name", NULL},
	{"poll([s: POLLIN]) -> 1", 22, "poll gives descriptors with flags",
		NULL},
	{"poll([s: POLLIN]) -> [s: POLLINN]", 26, "did you mean POLLIN?",
		"poll([s: POLLIN]) -> [s: POLLIN]"},
	{"poll([s: POLLIN]) -> [s: 0] | [", 32, "result: ", NULL},
	{"recvfrom(s, 9) -> \"x\"", 19, "recvfrom gives a record", NULL},
	{"recvfrom(s, 9) -> {bytes \"x\"}", 26, "= is missing behind bytes",
		NULL},
	{"recvfrom(s, 9) -> {a=1, a=2}", 25, "a stands here twice", NULL},
	{"recvfrom(s, 9) -> {\"x\"}", 20, "a field's name", NULL},
	{"fcntl(s, F_GETFL) -> POLLIN", 22, "fcntl gives O_", NULL},
	{"socketpair() -> 3", 17, "two descriptors, as in [3, 4]", NULL},
	{"recvfrom(s, 9) -> {a={a={a={a={a={a={a={a=1}}}}}}}}", 40,
		"at most 7 deep", NULL},
	{"recv(s, 1) -> \"a\" after 3s within 2s", 37, "must be shorter",
		NULL},
	/* texts and bytes */
	{"getaddrinfo(\"a\\0b\")", 13, "no name has a \\0", NULL},
	{"send(s, text(EUC, \"a\"))", 14, "an encoding's name", NULL},
	{"send(s, text(\"EUC-XY\", \"a\"))", 14, "no encoding of that name",
		NULL},
	{"send(s, text(\"ASCII//TRANSLIT\", \"é\"))", 14,
		"no encoding of that name", NULL},
	{"send(s, text(\"EUC-JP\"))", 22, "a comma and the letters", NULL},
	{"send(s, text(\"EUC-JP\", 5))", 24, "letters in double quotes", NULL},
	{"send(s, text(\"ISO-8859-1\", \"aΩ\"))", 30, "no such letter", NULL},
	{"send(s, htons(65536))", 15, "from 0 to 65535", NULL},
};

static void every_mistake_has_its_sentence(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(mistakes); i++)
		refuses(&mistakes[i]);
}

/* ---- comparison ---- */

static void read_value(struct value *v, const char *text)
{
	struct diag d = {0};

	if (line_parse_value(v, text, strlen(text), &d) < 0)
		fail_msg("%s\n%d: %s", text, d.column, d.msg);
}

static bool matches(const char *expected, const char *observed)
{
	struct value a, b;
	bool yes;

	read_value(&a, expected);
	read_value(&b, observed);
	yes = value_matches(&a, &b);
	value_done(&a);
	value_done(&b);
	return yes;
}

static void parts_are_compared(void **state)
{
	(void)state;
	/* of a record only the fields that are named */
	assert_true(matches("{a=1}", "{b=2, a=1}"));
	assert_true(matches("{}", "{b=2}"));
	assert_false(matches("{a=1, c=1}", "{b=2, a=1}"));
	assert_false(matches("{a=1}", "{a=2}"));
	assert_true(matches("{a=_, b=<3}", "{a=\"x\", b=2}"));
	assert_false(matches("{b=<3}", "{b=3}"));
	assert_true(matches("{a={x=1}}", "{a={x=1, y=2}}"));
	assert_false(matches("{a=1}", "[1]"));
	/* lists: as many, in order */
	assert_true(matches("[3, _]", "[3, 4]"));
	assert_false(matches("[4, 3]", "[3, 4]"));
	assert_false(matches("[3]", "[3, 4]"));
	assert_true(matches("[]", "[]"));
	assert_true(matches("_", "[]"));
	/* entries: in any order, each for one */
	assert_true(matches("[3: POLLIN, 4: POLLOUT]",
		"[4: POLLOUT, 3: POLLIN]"));
	assert_false(matches("[3: POLLIN]", "[3: POLLIN | POLLHUP]"));
	assert_false(matches("[3: POLLIN, 3: POLLIN]",
		"[3: POLLIN, 4: POLLIN]"));
	assert_true(matches("[_: POLLIN, 3: POLLIN]",
		"[3: POLLIN, 4: POLLIN]"));
	assert_true(matches("[_: POLLIN, 3: _]", "[3: POLLIN, 4: POLLIN]"));
	assert_true(matches("[a: POLLIN, b: POLLIN]",
		"[b: POLLIN, a: POLLIN]"));
	assert_false(matches("[a: POLLIN]", "[b: POLLIN]"));
	/* what explains a number does not change it */
	assert_true(matches("111", "111 (ECONNREFUSED)"));
	assert_true(matches("111 (ECONNREFUSED)", "111"));
	assert_false(matches("ECONNREFUSED", "111 (ECONNREFUSED)"));
	/* times, and none of them */
	assert_true(matches("2000ms", "2s"));
	assert_true(matches("none", "none"));
	assert_true(matches("{from=none}", "{from=none}"));
	assert_false(matches("none", "2s"));
	assert_false(matches("2", "2s"));
	assert_false(matches("client:_", "none"));
	assert_false(matches("none", "10.0.0.1:80"));
	assert_true(matches("unix:a", "unix:\"a\""));
	assert_false(matches("unix:a", "unix:@a"));
	assert_false(matches("_", "EPIPE"));
}

/* ---- what the kernel gives comes back ---- */

static int below(int n)
{
	return rand() % n;
}

static void random_address(struct value *v)
{
	struct sockaddr_storage s = {0};
	struct sockaddr_in *in = (void *)&s;
	struct sockaddr_in6 *in6 = (void *)&s;
	struct sockaddr_un *un = (void *)&s;
	size_t i, n = below(30);

	switch (below(4)) {
	case 0:
		in->sin_family = AF_INET;
		in->sin_addr.s_addr = (uint32_t)rand();
		in->sin_port = (uint16_t)rand();
		break;
	case 1:
		in6->sin6_family = AF_INET6;
		for (i = 0; i < 16; i++)
			in6->sin6_addr.s6_addr[i] = below(3) ? 0 : rand();
		in6->sin6_port = (uint16_t)rand();
		break;
	case 2: /* a path, or an abstract name, of any bytes but NUL */
		un->sun_family = AF_UNIX;
		for (i = below(2); i < n; i++)
			un->sun_path[i] = (char)(1 + below(255));
		break;
	case 3:
		s.ss_family = AF_UNSPEC;
		break;
	}
	value_of_address(v, &s);
}

static void random_value(struct value *v, int depth);

static void random_ready(struct value *v, const char *set)
{
	int i, n = below(5);

	value_of_list(v, VALUE_LIST);
	for (i = 0; i < n; i++)
		value_add_entry(v, below(1000), set, below(4) ?
			(rand() & 0x401f) | POLLIN : 0);
}

static void random_record(struct value *v, int depth)
{
	static const char *const key[] = {"bytes", "from", "flags", "rto"};
	bool record = below(2);
	size_t i, n = below(5);

	value_of_list(v, record ? VALUE_RECORD : VALUE_LIST);
	for (i = 0; i < n; i++) {
		struct value item = {0};

		random_value(&item, depth + 1);
		value_add(v, record ? key[i] : NULL, &item);
	}
}

static void random_value(struct value *v, int depth)
{
	uint8_t bytes[12];
	size_t i, n = below(sizeof(bytes));

	for (i = 0; i < n; i++)
		bytes[i] = below(3) ? rand() : 'a' + below(3);
	switch (below(depth < 4 ? 9 : 6)) {
	case 0:
		value_of_number(v, (int64_t)rand() << below(31));
		break;
	case 1:
		value_of_bytes(v, bytes, n);
		break;
	case 2:
		random_address(v);
		break;
	case 3: /* no kernel tells less than a microsecond */
		value_of_time(v, rand() * CLOCK_US);
		break;
	case 4:
		value_of_constant(v, "errno", below(140));
		break;
	case 5:
		value_of_constant(v, below(2) ? "message" : "status",
			(rand() & 0x4ffc) | O_RDWR);
		break;
	case 6:
		random_ready(v, below(2) ? "poll" : "epoll");
		break;
	default:
		random_record(v, depth);
		break;
	}
}

static void what_is_given_comes_back(void **state)
{
	int i;

	(void)state;
	srand(5);
	for (i = 0; i < 50000; i++) {
		struct value v = {0}, again, copy;
		struct buf once = {0}, twice = {0};
		struct diag d = {0};

		random_value(&v, 0);
		value_print(&once, &v);
		if (line_parse_value(&again, once.data, once.len, &d) < 0)
			fail_msg("%s\n%d: %s", once.data, d.column, d.msg);
		value_print(&twice, &again);
		assert_string_equal(once.data, twice.data);
		if (!value_matches(&v, &again) || !value_matches(&again, &v))
			fail_msg("not the same: %s", once.data);
		value_copy(&copy, &v);
		value_done(&v);
		assert_true(value_matches(&copy, &again));
		value_done(&copy);
		value_done(&again);
		buf_done(&once);
		buf_done(&twice);
	}
}

/* ---- making ---- */

static void expect_print(struct value *v, const char *text)
{
	struct buf b = {0};

	value_print(&b, v);
	assert_string_equal(buf_str(&b), text);
	buf_done(&b);
	value_done(v);
}

static void made_by_hand(void **state)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	struct value v = {0}, item = {0};

	(void)state;
	value_of_list(&v, VALUE_LIST);
	value_add_entry(&v, 4, "poll", POLLIN | POLLHUP);
	value_add_entry(&v, 5, "poll", 0);
	expect_print(&v, "[4: POLLIN | POLLHUP, 5: 0]");
	value_of_list(&v, VALUE_RECORD);
	value_of_bytes(&item, "hi", 2);
	value_add(&v, "bytes", &item);
	assert_int_equal(item.kind, VALUE_NONE);
	value_of_no_address(&item);
	value_add(&v, "from", &item);
	assert_int_equal(value_field(&v, "bytes")->len, 2);
	assert_null(value_field(&v, "flags"));
	expect_print(&v, "{bytes=\"hi\", from=none}");
	value_of_constant(&v, "epoll", (int64_t)EPOLLIN | EPOLLET);
	expect_print(&v, "EPOLLIN | EPOLLET");
	value_of_constant(&v, "no such set", 7);
	expect_print(&v, "7");
	value_of_constant(&v, "errno", 111);
	expect_print(&v, "111 (ECONNREFUSED)");
	value_of_time(&v, -1);
	expect_print(&v, "none");
	value_of_time(&v, 0);
	expect_print(&v, "0s");
	/* autobind (unix(7)): a NUL and five digits */
	memcpy(un.sun_path, "\0" "0001f", 6);
	value_of_unix(&v, &un, offsetof(struct sockaddr_un, sun_path) + 6);
	expect_print(&v, "unix:@0001f");
	value_of_unix(&v, &un, sizeof(un.sun_family));
	expect_print(&v, "none");
	strcpy(un.sun_path, "my.sock");
	value_of_unix(&v, &un, sizeof(un));
	expect_print(&v, "unix:my.sock");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written),
		cmocka_unit_test(written_loosely),
		cmocka_unit_test(every_mistake_has_its_sentence),
		cmocka_unit_test(parts_are_compared),
		cmocka_unit_test(what_is_given_comes_back),
		cmocka_unit_test(made_by_hand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
