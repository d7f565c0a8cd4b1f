/* What may stand at the cursor. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "call/complete.h"

static const char *const lanes[] = {"client", "server", NULL};
static const char *const names[] = {"x", "s", NULL};
/* What stands below a line that begins with has. */
#define HAS "what a socket of this host is like: a name, a state, local, " \
	"peer, recv N …"

static const struct complete_world world = {"client", lanes, names};

/* Text up to the cursor, the word's beginning, candidates, the hint. */
static const struct {
	const char *text;
	size_t from;
	const char *candidates;
	const char *hint; /* NULL: none */
} cases[] = {
	{"socket", 0, "socket( socketpair(", NULL},
	{"soc", 0, "socket( socketpair(", NULL},
	{"SOCKETP", 0, "socketpair(", "socketpair(family=AF_UNIX, "
		"type=SOCK_STREAM, protocol=0) -> [fd, fd]"},
	{"list", 0, "listen(", "listen(fd, backlog=128) -> 0"},
	{"con", 0, "connect( cont", NULL},
	{"ser", 0, "server:", NULL},
	{"x = acc", 4, "accept( accept4(", NULL},
	{"a, b = socketp", 7, "socketpair(", "socketpair(family=AF_UNIX, "
		"type=SOCK_STREAM, protocol=0) -> [fd, fd]"},
	{"x = ki", 4, "", NULL},
	{"client: ki", 8, "kill",
		"send the process a signal; SIGKILL, when none is named, "
		"ends it at once and its kernel says goodbye"},
	{"client: kill SIGT", 13, "SIGTERM",
		"send the process a signal; SIGKILL, when none is named, "
		"ends it at once and its kernel says goodbye"},
	{"client: ho", 8, "", NULL},
	{"ho", 0, "hold", NULL},
	{"close(", 6, "s x", "close(FD) -> 0"},
	{"close(s", 6, "s", "close(FD) -> 0"},
	{"close(s,", 8, "", "close(fd) -> 0"},
	{"socket(af_inet6", 7, "AF_INET6",
		"socket(FAMILY, type=SOCK_STREAM, protocol=0) -> fd"},
	{"shutdown(s, ", 12, "SHUT_RD SHUT_RDWR SHUT_WR",
		"shutdown(fd, HOW) -> 0"},
	{"send(s, \"x\", MSG_PEEK|MSG_W", 22, "MSG_WAITALL",
		"send(fd, bytes, FLAGS=0) -> count"},
	/* lists: descriptors, then what to wait for */
	{"poll([", 6, "s:  x: ", "poll(WANTED, timeout=-1) -> [fd: flags]"},
	{"poll([s: POLLI", 9, "POLLIN",
		"poll(WANTED, timeout=-1) -> [fd: flags]"},
	{"poll([s: POLLIN|POLLR", 16, "POLLRDHUP",
		"poll(WANTED, timeout=-1) -> [fd: flags]"},
	{"poll([s: POLLIN, x", 17, "x: ",
		"poll(WANTED, timeout=-1) -> [fd: flags]"},
	{"poll([s: POLLIN], ", 18, "",
		"poll(wanted, TIMEOUT=-1) -> [fd: flags]"},
	{"poll(", 5, "[", "poll(WANTED, timeout=-1) -> [fd: flags]"},
	{"select([s, ", 11, "s x", "select(READS, writes=[], excepts=[], "
		"timeout=none) -> {fields}"},
	{"writev(s, [\"a, b\", hto", 19, "htobe64( htonl( htons(",
		"writev(fd, BUFFERS) -> count"},
	/* the value of an option, by its type */
	{"setsockopt(s, SO_LINGER, ", 25, "l_linger= l_onoff= {l_onoff=",
		"SO_LINGER: how long close waits for the last bytes; 0: "
		"RST at once"},
	{"setsockopt(s, TCP_NODELAY, ", 27, "0 1",
		"TCP_NODELAY: send small segments at once (no Nagle)"},
	{"setsockopt(s, SO_RCVTIMEO, n", 27, "none",
		"SO_RCVTIMEO: how long a receiving call waits at most; "
		"then EAGAIN"},
	{"setsockopt(s, SO_LINGER, {l_onoff=1, l_l", 37, "l_linger=",
		"SO_LINGER: how long close waits for the last bytes; 0: "
		"RST at once"},
	{"send(s, u16", 8, "u16be( u16le(",
		"send(fd, BYTES, flags=0) -> count"},
	/* inside a string nothing is offered, commas and all */
	{"send(s, \"a, b) -> ", 18, "", "send(fd, BYTES, flags=0) -> count"},
	{"send(s, \"\\\"", 11, "", "send(fd, BYTES, flags=0) -> count"},
	{"send(s, \"\\", 10, "", "send(fd, BYTES, flags=0) -> count"},
	{"send(s, repeat(\"A\", ", 20, "",
		"send(fd, BYTES, flags=0) -> count"},
	{"connect(s, ", 11, "any: client: none server: unix:",
		"connect(fd, ADDRESS) -> 0"},
	{"setsockopt(s, TCP_NO", 14, "TCP_NODELAY",
		"TCP_NODELAY: send small segments at once (no Nagle)"},
	{"setsockopt(s, TCP_KEEP", 14, "TCP_KEEPCNT TCP_KEEPIDLE "
		"TCP_KEEPINTVL", "setsockopt(fd, OPTION, value) -> 0"},
	{"recv(s, 4) ", 11, "-> ", "recv(fd, size, flags=0) -> bytes"},
	{"recv(s, 4) -", 11, "-> ", "recv(fd, size, flags=0) -> bytes"},
	{"recv(s, 4) -> ", 14, "? _ waits",
		"recv(fd, size, flags=0) -> bytes"},
	{"bind(s, any:1) -> ", 18, "? _", "bind(fd, address) -> 0"},
	{"recv(s, 4) -> \"a\" ", 18, "after  within ",
		"recv(fd, size, flags=0) -> bytes"},
	{"fcntl(s, F_GETFL) -> O_NONB", 21, "O_NONBLOCK",
		"fcntl(fd, command, flags=0) -> flags"},
	{"poll([s: POLLIN]) -> [s: POLLH", 25, "POLLHUP",
		"poll(wanted, timeout=-1) -> [fd: flags]"},
	{"getaddrinfo(\"x\") -> EAI_NON", 20, "EAI_NONAME",
		"getaddrinfo(node, service=none, family=AF_UNSPEC, "
		"type=SOCK_STREAM, flags=0) -> [addresses]"},
	{"recv(s, 4) -> \"a\" | ECONNRES", 20, "ECONNRESET",
		"recv(fd, size, flags=0) -> bytes"},
	{"accept re", 7, "returns -> ", NULL},
	{"server: accept returns -> ", 26, "? _", "accept(fd) -> fd"},
	{"wire: ", 6, "corrupt cut delay drop duplicate flow hold loss "
		"mend mtu pass rate reset sees split swap vanish", NULL},
	{"wire: pass ", 11, "all", NULL},
	{"wire: drop n", 11, "next ", NULL},
	{"wire: vanish ", 13, "client server",
		"a host: it is gone without a word"},
	{"wire: reset server ", 19, "ack data fin from rst syn synack to",
		NULL},
	{"wire: corrupt ", 14, "byte  payload ",
		"byte N of the frame, or payload N"},
	{"wire: corrupt byte 4 m", 21, "mended", NULL},
	{"wire: delay 2s j", 15, "jitter ", NULL},
	{"wire: delay 2s jitter 1s s", 25, "seed  syn synack", NULL},
	{"wire: loss ", 11, "", "a percentage, as in 30%"},
	{"wire: loss 30% se", 15, "seed ", NULL},
	{"wire: split 3 a", 14, "ack all", NULL},
	{"wire: mtu 576 n", 14, "next ", NULL},
	{"wire: sees rst w", 15, "within ", NULL},
	{"has LISTEN loc", 11, "local", HAS},
	{"has local ", 10, "any: client: none server: unix:", HAS},
	{"has timer re", 10, "retransmit", HAS},
	{"has SO_RCVB", 4, "SO_RCVBUF=", HAS},
	{"has TIME", 4, "TIME_WAIT timer", HAS},
	{"client: ha", 8, "has ", NULL},
	{"wire: hold data from ", 21, "client server", NULL},
	{"hold sy", 5, "syn synack", NULL},
	{"wire: delay ", 12, "",
		"a time, as in 2s, 500ms or 10us; then a filter"},
	{"lab: clocks r", 12, "real",
		"how the kernel's clocks run; builds the lab anew"},
	{"lab: w", 5, "wait ", "let so much time go by"},
	/* what cannot be told gets nothing */
	{"nonsense(", 9, "", NULL},
	{"s.send(", 7, "", NULL},
	{"= 5", 3, "", NULL},
};

static void offers(void **state)
{
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct completion c;
		struct buf b = {0};

		complete(&c, cases[i].text, strlen(cases[i].text), &world);
		for (j = 0; j < c.count; j++)
			buf_printf(&b, "%s%s", j ? " " : "", c.candidate[j]);
		if (strcmp(buf_str(&b), cases[i].candidates) != 0)
			fail_msg("%s\nexpected %s\nobserved %s", cases[i].text,
				cases[i].candidates, buf_str(&b));
		assert_null(c.candidate[c.count]);
		if (c.count && c.from != cases[i].from)
			fail_msg("%s: from %zu", cases[i].text, c.from);
		if (!c.hint != !cases[i].hint ||
			(c.hint && strcmp(c.hint, cases[i].hint) != 0))
			fail_msg("%s\nexpected %s\nobserved %s", cases[i].text,
				cases[i].hint, c.hint);
		completion_done(&c);
		buf_done(&b);
	}
}

/* Only what stands before the cursor counts. */
static void in_the_middle(void **state)
{
	struct completion c;

	(void)state;
	complete(&c, "socket(AF_INET, SOCK)", 10, &world);
	assert_int_equal(c.from, 7);
	assert_int_equal(c.count, 3); /* AF_INET, AF_INET6, AF_UNIX */
	completion_done(&c);
}

static void an_empty_line(void **state)
{
	struct completion c;
	size_t i;

	(void)state;
	complete(&c, "", 0, &world);
	assert_true(c.count > 20);
	for (i = 1; i < c.count; i++) /* sorted, each once */
		assert_true(strcmp(c.candidate[i - 1], c.candidate[i]) < 0);
	completion_done(&c);
}

static void any_bytes(void **state)
{
	char text[40];
	int i, j;

	(void)state;
	srand(5);
	for (i = 0; i < 20000; i++) {
		size_t n = rand() % sizeof(text);
		struct completion c;

		for (j = 0; j < (int)n; j++)
			text[j] =
				"poll(s,\"\\) ->|:=wirehas[]{}.x\xc3#"[rand() % 32];
		complete(&c, text, n, &world);
		assert_true(c.from <= n);
		completion_done(&c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(offers),
		cmocka_unit_test(in_the_middle),
		cmocka_unit_test(an_empty_line),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
