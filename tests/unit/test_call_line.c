/* Lines: what parses prints the same; what does not says why, and where. */
#include <errno.h>
#include <stdio.h>

#include "base/clock.h"
#include "line_tests.h"

static void the_grammar(void **state)
{
	static const char *const lines[] = {
		"server: ear = socket(AF_INET, SOCK_STREAM) -> 3",
		"server: ear = socket(AF_INET6) -> 3",
		"client: socket(AF_INET, SOCK_DGRAM, 0)",
		"client: socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)",
		"server: setsockopt(ear, SO_REUSEADDR, 1) -> 0",
		"server: getsockopt(ear, TCP_NODELAY) -> 1",
		"server: bind(ear, any:9999) -> 0",
		"server: bind(ear, [::1]:80) -> EACCES",
		"server: bind(ear, unix:my.sock) -> 0",
		"server: listen(ear, 5) -> 0",
		"server: listen(3) -> 0",
		"server: conn = accept(ear) -> waits",
		"client: connect(s, server:9999) -> 0 | EINPROGRESS within 3s",
		"client: connect(s, 10.0.0.2:9999) -> ?",
		"server: accept returns -> 4",
		"server: accept returns -> ?",
		"server: accept returns -> ? within 1s",
		"client: send(s, utf8\"Olá\") -> 4",
		"client: send(s, latin1\"Olá\\n\", MSG_DONTWAIT) -> 4",
		"client: send(s, hex(00 05), MSG_NOSIGNAL | MSG_PEEK) -> 2",
		"client: send(s, u16be(1)) -> 2",
		"client: send(s, u64le(18446744073709551615)) -> 8",
		"client: send(s, repeat(\"A\", 65536)) -> <65537",
		"client: send(s, repeat(\"AB\", 0)) -> 0",
		"server: x = recv(conn, 64) -> \"Ol\\xc3\\xa1\"",
		"server: recv(conn, 64, MSG_PEEK) -> \"a\\0b\" | \"\" | EAGAIN",
		"server: send(conn, x) -> 4",
		"client: shutdown(s, SHUT_WR) -> 0",
		"client: close(s) -> 0",
		"client: getsockname(s) -> client:_",
		"client: getsockname(s) -> [fd00::1]:40000",
		"client: getpeername(s) -> server:9999 | ENOTCONN",
		"client: fcntl(s, F_GETFL) -> O_RDWR | O_NONBLOCK | EBADF",
		"client: fcntl(s, F_SETFL, O_NONBLOCK) -> 0",
		"client2: t = socket(AF_INET) -> _",
		"client/2: recv(s, 1) -> \"a\" within 500ms",
		"server: recv waits",
		"client: kill", "client: interrupt", "server: stop",
		"client: starts", "client: ended 9", "client: ended exit 0",
		"client: state fd=3 cookie=4097 tcp ESTABLISHED "
			"10.0.0.1:40000 10.0.0.2:9999 rq=0 sq=11 timer="
			"retransmit:4800ms:0",
		"client: state gone cookie=4097",
		"wire: flow", "wire: hold", "wire: hold data from client",
		"wire: pass", "wire: pass 2", "wire: pass #4",
		"wire: pass all", "wire: drop", "wire: drop 2",
		"wire: drop #4", "wire: drop all", "wire: drop syn",
		"wire: drop next", "wire: drop next syn from client",
		"wire: drop next 3 syn from client", "wire: cut",
		"wire: mend", "wire: delay 2s", "wire: delay 10us data",
		"wire: passed #5", "wire: held #5", "wire: dropped #5",
		"wire: delayed #5", "wire: absorbed #6 of #5",
		"wire: repeat #6 of #5",
		"wire: sees rst from server", "wire: sees syn x 2",
		"wire: sees data or fin x 0",
		"lab: wait 2s", "lab: clocks real", "lab: mtu 576",
		"lab: arp on", "lab: rebuild", "lab: page no-messages 4 en",
		"lab: setup", "lab: step 3", "lab: play", "lab: predict c",
		"lab: built loopback clocks=real kernel=6.18 why=\"a # b\"",
		"lab: host client 10.0.0.1 fd00::1", "lab: still",
		"lab: failed 12 expected 0, observed ECONNREFUSED",
		"lab: note \"frame #4\"", "lab: full",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		prints_as(lines[i], lines[i]);
}

static void written_loosely(void **state)
{
	(void)state;
	prints_as("", "");
	prints_as("  # nothing but a comment", "");
	prints_as("send(s,\"x\")->1 # one byte", "client: send(s, \"x\") -> 1");
	prints_as("  s=socket( AF_INET )  ", "client: s = socket(AF_INET)");
	prints_as("hold data", "wire: hold data");
	prints_as("hold   # all of it", "wire: hold");
	prints_as("pass #4 # the one", "wire: pass #4");
	prints_as("drop next 1 syn", "wire: drop next syn");
	prints_as("sees rst x5", "wire: sees rst x 5");
	prints_as("server : recv ( 4 , 0x10 )", "server: recv(4, 16)");
	prints_as("send(s, hex(0005 ff))", "client: send(s, hex(00 05 ff))");
	prints_as("send(s, \"\\101\\x42\\e\")", "client: send(s, \"AB\\x1b\")");
	prints_as("recv(s, 4)\r\n", "client: recv(s, 4)");
	prints_as("client: recv(s, 4) -> EWOULDBLOCK",
		"client: recv(s, 4) -> EAGAIN");
	prints_as("delay 2000ms", "wire: delay 2s");
	prints_as("pass = socket(AF_INET)", "client: pass = socket(AF_INET)");
	prints_as("send(s, \"a # b\")", "client: send(s, \"a # b\")");
}

static const struct mistake mistakes[] = {
	{"snd(s, \"x\")", 1, "did you mean send?", "send(s, \"x\")"},
	{"send(s, \"hello\", 5)", 18,
		"flags: 0 or MSG_…; I count the 5 bytes",
		"send(s, \"hello\")"},
	{"send(s, \"a\", 1)", 14, "I count the 1 byte", "send(s, \"a\")"},
	{"send(s, x, 5)", 12, "I count the bytes", "send(s, x)"},
	{"send(s, \"Olá\")", 12, "utf8\"…\" or latin1\"…\"",
		"send(s, utf8\"Olá\")"},
	/* columns count letters: á is one */
	{"send(s, utf8\"á\", MSG_PEAK)", 18, "did you mean MSG_PEEK?",
		"send(s, utf8\"á\", MSG_PEEK)"},
	{"send(s, latin1\"Ω\")", 16, "Latin-1 has no such letter", NULL},
	{"send(s, \"\\x4\")", 10, "two hexadecimal digits", NULL},
	{"send(s, \"abc)", 9, "no closing quote", NULL},
	{"send(s, \"abc\\\")", 9, "no closing quote", NULL},
	{"send(s, hex(0))", 13, "two hexadecimal digits, as in 00", NULL},
	{"send(s, hex(0g))", 13, "two hexadecimal digits", NULL},
	{"send(s, hex(00 0 5))", 16, "two hexadecimal digits", NULL},
	{"send(s, u8(256))", 12, "from 0 to 255", NULL},
	{"send(s, u16be(-1))", 15, "a number, not “-”", NULL},
	{"send(s, u64be(18446744073709551616))", 15, "to 184467440737", NULL},
	{"send(s, repeat(\"A\", 536870913))", 21, "to 536870912", NULL},
	{"send(s, repeat(5, 5))", 16, "bytes to repeat", NULL},
	{"send(s)", 7, "bytes is missing: send(fd, bytes, flags=0)", NULL},
	{"send(s, \"x\" 5)", 13, "expected , or )", NULL},
	{"close(s, 5)", 10, "too many arguments: close(fd)", NULL},
	{"close(\"s\")", 7, "a socket's name", NULL},
	{"close(AF_INET)", 7, "AF_INET is a constant", NULL},
	{"socket(AF_INT)", 8, "did you mean AF_INET?", "socket(AF_INET)"},
	{"socket(5)", 8, "family: AF_INET, AF_INET6", NULL},
	{"recv(s, 65537)", 9, "from 0 to 65536", NULL},
	{"recv(s, -1)", 9, "from 0 to 65536", NULL},
	{"recv(s, 4) -> 0", 15, "recv gives bytes, \"\" at the end", NULL},
	{"send(s, \"x\") -> \"x\"", 17, "send gives how many bytes", NULL},
	{"bind(s, any:80) -> waits", 20, "bind never waits", NULL},
	{"close(s) -> ECONREFUSED x", 13, "did you mean ECONNREFUSED?",
		"close(s) -> ECONNREFUSED x"},
	{"close(s) -> 0 | ", 17, "result: ", NULL},
	{"recv(s, 4) -> \"a\" within 3", 26, "as in 3s or 500ms", NULL},
	{"recv(s, 4) ->", 14, "the end of the line", NULL},
	{"connect(s, server)", 18, "a colon and a port behind server", NULL},
	{"connect(s, server:http)", 19, "port: a number", NULL},
	{"connect(s, server:65536)", 19, "from 0 to 65535", NULL},
	{"connect(s, client:_)", 19, "port: a number", NULL},
	{"connect(s, 10.0.0:80)", 12, "four numbers", NULL},
	{"connect(s, [fd00::1:80)", 12, "] is missing", NULL},
	{"connect(s, [server]:80)", 13, "an IPv6 address", NULL},
	{"accept returns", 15, "-> and what it gives", NULL},
	{"accept returns -> waits", 24, "does not wait", NULL},
	{"bind waits", 1, "bind never waits", NULL},
	{"recv s", 6, "in parentheses", NULL},
	{"x = 5", 5, "expected a call behind =", NULL},
	{"EPIPE = accept(s)", 1, "cannot be a name", NULL},
	{"_ = accept(s)", 1, "cannot be a name", NULL},
	{"x = getsockname(s)", 16, "gives an address", NULL},
	{"wire: hodl data", 7, "did you mean hold?", "wire: hold data"},
	{"wire: frob", 7, "hold, flow, pass", NULL},
	{"client: hold", 9, "an order to the wire", "wire: hold"},
	{"wait 2s", 1, "an order to the lab", "lab: wait 2s"},
	{"wire: pass x", 12, "a count, #4 or all", NULL},
	{"wire: pass 0", 12, "frames: a number from 1", NULL},
	{"wire: hold 3", 12, "a filter for frames to come", NULL},
	{"wire: delay fast", 13, "as in 2s, 500ms or 10us", NULL},
	{"wire: sees within 2s", 12, "which frames", NULL},
	{"wire: cut data", 11, "nothing more is expected", NULL},
	{"wire: absorbed #6", 18, "of and the frame", NULL},
	{"lab: clocks fast", 13, "slow|real", NULL},
	{"lab: wait", 10, "a time", NULL},
	{"client: kill 9", 14, "a signal's name, as in SIGTERM", NULL},
	{"client:", 8, "is missing behind client:", NULL},
	{"close(s);", 9, "a line ends without ;", "close(s)"},
	{"send(s, \"x\") 5", 14, "expected -> or the end", NULL},
	{"struct sockaddr_in a;", 1, "no struct is needed", NULL},
	{"s.send(b\"x\")", 1, "the call comes first", "send(s, \"x\")"},
	{"send(s, 'x')", 9, "a string in double quotes", "send(s, \"x\")"},
	{"send(s, b\"hi\")", 9, "leave the b out", "send(s, \"hi\")"},
	{"setsockopt(s, SO_RCVTIMEO, 99999999999999s)", 28,
		"so long a time cannot be counted", NULL},
	{"socket(\"x\")", 8, "not a string", NULL},
	{"client: kill(server)", 9, "kill takes no parentheses", NULL},
	{"x = htons(5)", 5, "htons makes bytes", NULL},
	{"lab: host eve 10.0.0.3 fd00::7", 24, "with 10.0.0.3 goes fd00::3",
		NULL},
	{"lab: frob", 6, "set, needs or rebuild, not", NULL},
	{"client/17: close(s)", 8, "thread: a number from 1 to 16", NULL},
	/* a control byte is named, not shown */
	{"send(s, \001)", 9, "\\x01", NULL},
};

static void every_mistake_has_its_sentence(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++)
		refuses(&mistakes[i]);
}

static void foreign_spellings(void **state)
{
	static const char *const pair[][2] = {
		{"s.sendall(\"Olá\".encode())", "send(s, utf8\"Olá\")"},
		{"s.send(\"Olá\".encode(\"latin-1\"))",
			"send(s, latin1\"Olá\")"},
		{"s.send('it\\'s \"x\"')", "send(s, \"it\\'s \\\"x\\\"\")"},
		{"server: conn, addr = ear.accept()",
			"server: conn = accept(ear)"},
		{"s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
			"s = socket(AF_INET, SOCK_STREAM)"},
		{"s.connect((\"server\", 9999))", "connect(s, server:9999)"},
		{"s.bind((\"\", 80));", "bind(s, any:80)"},
		{"s.bind(('::1', 80))", "bind(s, [::1]:80)"},
		{"int s = socket(AF_INET, SOCK_STREAM, 0);",
			"s = socket(AF_INET, SOCK_STREAM, 0)"},
		{"send(s, \"hello\", 5, 0);", "send(s, \"hello\")"},
		{"ssize_t n = recv(s, buf, 64, 0);", "buf = recv(s, 64)"},
		{"data = s.recv(1024)", "data = recv(s, 1024)"},
		{"int c = accept(s, (struct sockaddr *)&a, &len); // it",
			"c = accept(s)"},
		{"setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one)",
			"setsockopt(s, SO_REUSEADDR, 1)"},
		{"s.setblocking(False)", "fcntl(s, F_SETFL, O_NONBLOCK)"},
		{"s.shutdown(socket.SHUT_WR)", "shutdown(s, SHUT_WR)"},
		{"s.recv(16, socket.MSG_PEEK) -> \"x\"",
			"recv(s, 16, MSG_PEEK) -> \"x\""},
		{"data, who = s.recvfrom(512)", "data = recvfrom(s, 512)"},
		{"s.sendto(b\"x\", (\"server\", 53))",
			"sendto(s, \"x\", 0, server:53)"},
		{"recvfrom(s, buf, 64, 0, NULL, NULL);",
			"buf = recvfrom(s, 64)"},
		{"write(s, \"hi\", 2);", "write(s, \"hi\")"},
		{"ssize_t n = read(s, buf, sizeof buf);",
			"buf = read(s, 64)"},
		{"a, b = socket.socketpair()", "a, b = socketpair()"},
		{"socketpair(AF_UNIX, SOCK_STREAM, 0, sv);",
			"a, b = socketpair(AF_UNIX, SOCK_STREAM, 0)"},
		{"r, w, x = select.select([a, b], [], [], 2)", NULL},
		{"select.select([a, b], [], [], 2)",
			"select([a, b], [], [], 2s)"},
		{"select.select([a], [b], [], None)",
			"select([a], [b], [], none)"},
		{"ep = select.epoll()", "ep = epoll_create1()"},
		{"ep.register(conn, select.EPOLLIN | select.EPOLLET)",
			"epoll_ctl(ep, EPOLL_CTL_ADD, conn, EPOLLIN | "
			"EPOLLET)"},
		{"ep.unregister(conn)",
			"epoll_ctl(ep, EPOLL_CTL_DEL, conn)"},
		{"epoll_ctl(ep, EPOLL_CTL_ADD, conn, &ev);",
			"epoll_ctl(ep, EPOLL_CTL_ADD, conn, EPOLLIN)"},
		{"int n = epoll_wait(ep, events, 16, -1);",
			"epoll_wait(ep, 16, -1)"},
		{"s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, "
			"struct.pack(\"ii\", 1, 0))",
			"setsockopt(s, SO_LINGER, {l_onoff=1, l_linger=0})"},
		{"setsockopt(s, SOL_SOCKET, SO_LINGER, &l, sizeof l);",
			"setsockopt(s, SO_LINGER, {l_onoff=1, l_linger=0})"},
		{"s.settimeout(2)", "setsockopt(s, SO_RCVTIMEO, 2s)"},
		{"s.settimeout(None)", "setsockopt(s, SO_RCVTIMEO, none)"},
		{"s.connect(\"/tmp/x.sock\")",
			"connect(s, unix:/tmp/x.sock)"},
		{"s.sendmsg([b\"ab\", b\"cd\"])",
			"sendmsg(s, [\"ab\", \"cd\"])"},
		{"int c = accept4(s, NULL, NULL, SOCK_NONBLOCK);",
			"c = accept4(s, SOCK_NONBLOCK)"},
		{"ioctl(s, FIONREAD, &n);", "n = ioctl(s, FIONREAD)"},
		{"signal.signal(signal.SIGPIPE, signal.SIG_IGN)",
			"signal(SIGPIPE, SIG_IGN)"},
		{"socket.getaddrinfo(\"server\", 80)",
			"getaddrinfo(\"server\", \"80\")"},
		{"pid = os.fork()", "pid = fork()"},
		/* unknown: nothing is made up */
		{"connect(s, (struct sockaddr *)&addr, sizeof addr)", NULL},
		{"print(\"x\")", NULL},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pair) / sizeof(pair[0]); i++) {
		char *offer = NULL;
		struct diag d;
		struct line l;

		assert_int_equal(prompt(&l, pair[i][0], &d, &offer), -EINVAL);
		line_done(&l);
		if (!pair[i][1])
			assert_null(offer);
		else
			assert_string_equal(offer ? offer : "", pair[i][1]);
		free(offer);
	}
}

static void a_lane_is_needed(void **state)
{
	struct diag d = {0};
	struct line l;

	(void)state;
	assert_int_equal(line_parse(&l, "close(3)", 8, NULL, &d, NULL),
		-EINVAL);
	assert_non_null(strstr(d.msg, "client:, server:, wire: or lab:"));
	line_done(&l);
}

static void the_parts(void **state)
{
	struct line l;
	char host[LINE_LANE];

	(void)state;
	must(&l, "server: conn = accept(ear) -> 4 | EINTR within 500ms");
	assert_string_equal(l.lane, "server");
	assert_string_equal(l.name, "conn");
	assert_string_equal(l.row->name, "accept");
	assert_int_equal(l.nargs, 1);
	assert_int_equal(l.arg[0].kind, VALUE_NAME);
	assert_string_equal(l.arg[0].text, "ear");
	assert_int_equal(l.arg[0].column, 23);
	assert_int_equal(l.expect.kind, EXPECT_ANY_OF);
	assert_int_equal(l.expect.nalt, 2);
	assert_int_equal(l.expect.column, 31);
	assert_int_equal(l.expect.alt[1].kind, VALUE_ERRNO);
	assert_int_equal(l.expect.alt[1].number, EINTR);
	assert_int_equal(l.expect.within, 500 * CLOCK_MS);
	line_done(&l);
	must(&l, "wire: drop next 2 syn from client");
	assert_int_equal(l.wire.verb, WIRE_DROP);
	assert_true(l.wire.next);
	assert_int_equal(l.wire.count, 2);
	assert_string_equal(l.wire.filter, "syn from client");
	line_done(&l);
	must(&l, "pass all");
	assert_int_equal(l.wire.count, -1);
	assert_string_equal(l.wire.filter, "");
	line_done(&l);
	must(&l, "wire: sees rst");
	assert_int_equal(l.times, -1);
	line_done(&l);
	must(&l, "server: state gone cookie=7");
	assert_string_equal(l.verb, "state");
	assert_string_equal(l.rest, "gone cookie=7");
	line_done(&l);
	line_host_of_lane(host, "client2");
	assert_string_equal(host, "client");
}

static void times(void **state)
{
	(void)state;
	assert_int_equal(line_parse_time("2s", 2), 2 * CLOCK_S);
	assert_int_equal(line_parse_time("500ms", 5), 500 * CLOCK_MS);
	assert_int_equal(line_parse_time("10us", 4), 10 * CLOCK_US);
	assert_int_equal(line_parse_time("10", 2), -1);
	/* as long as can be, a deadline must not run over */
	assert_true(line_parse_time("4611686008s", 11) < INT64_MAX / 2);
	assert_int_equal(line_parse_time("9223372029s", 11), -1);
	assert_int_equal(line_parse_time("s", 1), -1);
	assert_int_equal(line_parse_time("2h", 2), -1);
	assert_int_equal(line_parse_time("", 0), -1);
	assert_int_equal(line_parse_time("99999999999999999999s", 21), -1);
}

static void expectations_alone(void **state)
{
	struct expect e;
	struct diag d = {0};
	struct buf b = {0};

	(void)state;
	assert_int_equal(expect_parse(&e, " \"LIST\" | EPIPE", 15, NULL, &d),
		0);
	line_print_expect(&b, &e);
	assert_string_equal(buf_str(&b), "\"LIST\" | EPIPE");
	expect_done(&e);
	assert_int_equal(expect_parse(&e, "0 0", 3, NULL, &d), -EINVAL);
	assert_int_equal(d.column, 3);
	expect_done(&e);
	buf_done(&b);
}

/* A megabyte takes milliseconds, not minutes; a byte more is refused. */
static void long_lines(void **state)
{
	static const char head[] = "client: send(s, \"";
	size_t n = LINE_MAX_BYTES, start = sizeof(head) - 1;
	char *text = malloc(n + 1);
	struct diag d = {0};
	struct line l;
	int64_t began = clock_mono();

	(void)state;
	memset(text, 'A', n + 1);
	memcpy(text, head, start);
	memcpy(text + n - 2, "\")", 2);
	assert_int_equal(line_parse(&l, text, n, NULL, &d, NULL), 0);
	assert_int_equal(value_size(&l.arg[1]), n - start - 2);
	line_done(&l);
	assert_int_equal(line_parse(&l, text, n + 1, NULL, &d, NULL),
		-EINVAL);
	assert_non_null(strstr(d.msg, "at most"));
	line_done(&l);
	assert_true(clock_mono() - began < 30 * CLOCK_S);
	free(text);
}

static void put_random_value(struct buf *b)
{
	uint8_t bytes[20];
	struct value v = {0};
	size_t n = rand() % sizeof(bytes), i;

	for (i = 0; i < n; i++)
		bytes[i] = rand() % 3 ? rand() : 'a' + rand() % 3;
	value_of_bytes(&v, bytes, n);
	value_print(b, &v);
	value_done(&v);
}

/* Random calls with random bytes: print(parse(x)) = x, the bytes included. */
static void what_is_printed_parses(void **state)
{
	int i;

	(void)state;
	srand(3);
	for (i = 0; i < 20000; i++) {
		struct buf b = {0}, again = {0};
		struct diag d = {0};
		struct line l;

		buf_printf(&b, "client%.*s: send(%d, ", i % 2, "7",
			rand() % 2000 - 1000);
		put_random_value(&b);
		buf_text(&b, ") -> ");
		if (i % 3)
			buf_printf(&b, "%d", rand());
		else
			buf_text(&b, errno_name(1 + rand() % 40));
		if (i % 5 == 0)
			buf_printf(&b, " within %dms", 1 + rand() % 999);
		if (line_parse(&l, b.data, b.len, NULL, &d, NULL) < 0)
			fail_msg("%s: %s", b.data, d.msg);
		line_print(&again, &l);
		assert_string_equal(b.data, again.data);
		line_done(&l);
		buf_done(&b);
		buf_done(&again);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_grammar),
		cmocka_unit_test(written_loosely),
		cmocka_unit_test(every_mistake_has_its_sentence),
		cmocka_unit_test(foreign_spellings),
		cmocka_unit_test(a_lane_is_needed),
		cmocka_unit_test(the_parts),
		cmocka_unit_test(times),
		cmocka_unit_test(expectations_alone),
		cmocka_unit_test(long_lines),
		cmocka_unit_test(what_is_printed_parses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
