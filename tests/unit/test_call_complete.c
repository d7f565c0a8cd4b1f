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
static const struct complete_world world = {"client", lanes, names};

/* Text up to the cursor, the word's beginning, candidates, the hint. */
static const struct {
	const char *text;
	size_t from;
	const char *candidates;
	const char *hint; /* NULL: none */
} cases[] = {
	{"soc", 0, "socket(",
		"socket(family, type=SOCK_STREAM, protocol=0) -> fd"},
	{"SOC", 0, "socket(",
		"socket(family, type=SOCK_STREAM, protocol=0) -> fd"},
	{"con", 0, "connect( cont", NULL},
	{"ser", 0, "server:", NULL},
	{"x = ac", 4, "accept(", "accept(fd) -> fd"},
	{"x = ki", 4, "", NULL},
	{"client: ki", 8, "kill",
		"end the process at once; its kernel says goodbye"},
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
	{"send(s, u16", 8, "u16be( u16le(",
		"send(fd, BYTES, flags=0) -> count"},
	/* inside a string nothing is offered, commas and all */
	{"send(s, \"a, b) -> ", 18, "", "send(fd, BYTES, flags=0) -> count"},
	{"send(s, \"\\\"", 11, "", "send(fd, BYTES, flags=0) -> count"},
	{"send(s, \"\\", 10, "", "send(fd, BYTES, flags=0) -> count"},
	{"send(s, repeat(\"A\", ", 20, "",
		"send(fd, BYTES, flags=0) -> count"},
	{"connect(s, ", 11, "any: client: server:",
		"connect(fd, ADDRESS) -> 0"},
	{"setsockopt(s, TCP", 14, "TCP_NODELAY",
		"setsockopt(fd, OPTION, value) -> 0"},
	{"recv(s, 4) ", 11, "-> ", "recv(fd, size, flags=0) -> bytes"},
	{"recv(s, 4) -", 11, "-> ", "recv(fd, size, flags=0) -> bytes"},
	{"recv(s, 4) -> ", 14, "? _ waits",
		"recv(fd, size, flags=0) -> bytes"},
	{"close(s) -> ", 12, "? _", "close(fd) -> 0"},
	{"recv(s, 4) -> \"a\" | ECONNRES", 20, "ECONNRESET",
		"recv(fd, size, flags=0) -> bytes"},
	{"accept re", 7, "returns -> ", NULL},
	{"server: accept returns -> ", 26, "? _", "accept(fd) -> fd"},
	{"wire: ", 6, "cut delay drop flow hold mend pass sees", NULL},
	{"wire: pass ", 11, "all", NULL},
	{"wire: drop n", 11, "next ", NULL},
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
	assert_int_equal(c.count, 2);
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
			text[j] = "send(s,\"\\) ->|:=wirelab.x\xc3#"[rand() % 27];
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
