/*
 * Loops of exported programs: what is one, and what is not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "export_programs.h"

#define START "lab: built namespaces clocks=slow mtu=1500 kernel=6.18", \
	"lab: host client 10.0.0.1 fd00::1", \
	"lab: host server 10.0.0.2 fd00::2", \
	"client: starts", \
	"client: s = socket(AF_INET)", "client: socket returns -> 3"
#define STARTED 6 /* lines of START */
#define SEND "client: send(s, \"x\")", "client: send returns -> 1"
#define SEND_Y "client: send(s, \"y\")", "client: send returns -> 1"
#define SENT_NONE "client: send(s, \"x\")", "client: send returns -> EAGAIN"
#define FLAGS "client: fcntl(s, F_GETFL)", "client: fcntl returns -> O_RDWR"
#define COUNT(lines) (sizeof(lines) / sizeof(*(lines)))

static char text[1 << 16];

static void written(const char *const *lines, size_t n,
	enum export_language to)
{
	struct programs p;

	programs_write(&p, lines, n, to);
	if (p.result)
		fail_msg("%s", p.why);
	programs_text(&p, to == EXPORT_C ? "client.c" : "client.py", text,
		sizeof(text));
	programs_done(&p);
}

static void has(const char *said)
{
	if (!strstr(text, said))
		fail_msg("no\n%s\nin\n%s", said, text);
}

static void has_not(const char *said)
{
	if (strstr(text, said))
		fail_msg("%s\nis in\n%s", said, text);
}

/* How often something stands in the text. */
static int times(const char *said)
{
	int n = 0;

	for (const char *at = text; (at = strstr(at, said)); at++)
		n++;
	return n;
}

/* As many as a learner may make by hand, or with 1..200. */
static void test_many(void **state)
{
	const char *lines[STARTED + 400] = {START};

	(void)state;
	for (size_t i = STARTED; i < COUNT(lines); i += 2) {
		lines[i] = "client: send(s, \"x\")";
		lines[i + 1] = "client: send returns -> 1";
	}
	written(lines, COUNT(lines), EXPORT_C);
	has("\n	for (int i = 0; i < 200; i++) {\n"
		"		n = send(s, \"x\", 1, 0);\n"
		"		if (n < 0)\n"
		"			die(\"send\");\n"
		"		tell(\"send(s)\", n); /* 1 */\n"
		"	}\n");
	assert_int_equal(times("send(s, "), 1);
	written(lines, COUNT(lines), EXPORT_PYTHON);
	has("\nfor i in range(200):\n"
		"    n = s.send(b\"x\")\n"
		"    print(\"send(s) ->\", n)  # 1\n");
	assert_int_equal(times("s.send("), 1);
}

/* Two are sooner read than a loop. */
static void test_two(void **state)
{
	static const char *const lines[] = {START, SEND, SEND};

	(void)state;
	written(lines, COUNT(lines), EXPORT_PYTHON);
	has_not("for i in");
	assert_int_equal(times("s.send("), 2);
}

/* Another result, other bytes, another call: it ends there. */
static void test_others(void **state)
{
	static const char *const lines[] = {
		START, SEND, SEND, SEND, SENT_NONE, SENT_NONE, SENT_NONE,
		SEND_Y, SEND,
	};

	(void)state;
	written(lines, COUNT(lines), EXPORT_PYTHON);
	assert_int_equal(times("for i in range(3):\n"), 2);
	has("for i in range(3):\n    try:\n        n = s.send(b\"x\")\n");
	has("        print(\"send(s) ->\", errno.errorcode[error.errno])\n"
		"\nn = s.send(b\"y\")\n");
}

/* A round of two; steps of it stand apart. */
static void test_round(void **state)
{
	static const char *const lines[] = {
		START, SEND, FLAGS, SEND, FLAGS, SEND, FLAGS, SEND,
	};

	(void)state;
	written(lines, COUNT(lines), EXPORT_C);
	has("	for (int i = 0; i < 3; i++) {\n"
		"		n = send(s,");
	has("		tell(\"send(s)\", n); /* 1 */\n\n"
		"		value = fcntl(s, F_GETFL);\n");
	assert_int_equal(times("n = send(s"), 2); /* one is left */
	assert_int_equal(times("value = fcntl"), 1);
}

/* What is told of the wire or the lab stands where it was told. */
static void test_note(void **state)
{
	static const char *const lines[] = {
		START, SEND, SEND, "wire: hold", SEND, SEND,
	};

	(void)state;
	written(lines, COUNT(lines), EXPORT_PYTHON);
	has_not("for i in");
}

/* What makes something new is made once each. */
static void test_makes(void **state)
{
	static const char *const lines[] = {
		START,
		"client: a = socket(AF_INET)", "client: socket returns -> 4",
		"client: close(a)", "client: close returns -> 0",
		"client: a = socket(AF_INET)", "client: socket returns -> 4",
		"client: close(a)", "client: close returns -> 0",
		"client: a = socket(AF_INET)", "client: socket returns -> 4",
		"client: close(a)", "client: close returns -> 0",
	};

	(void)state;
	written(lines, COUNT(lines), EXPORT_C);
	has_not("for (int");
}

/* Addresses are declared in front of the loop, once for all that follow. */
static void test_address(void **state)
{
#define REFUSED "client: connect(s, server:9999)", \
	"client: connect returns -> ECONNREFUSED"
	static const char *const lines[] = {
		START, REFUSED, REFUSED, REFUSED, SEND, REFUSED,
	};

	(void)state;
	written(lines, COUNT(lines), EXPORT_C);
	has("	struct sockaddr_in to = ipv4(server, 9999);\n"
		"	for (int i = 0; i < 3; i++) {\n"
		"		tell(\"connect(s)\",\n"
		"			connect(s, (struct sockaddr *)&to, "
			"sizeof(to)));\n");
	assert_int_equal(times("ipv4(server"), 1);
}

/* Each send is read before the next one: the pauses of both, 0.3 s each, grow
 * from turn to turn. */
static void test_pause(void **state)
{
#define TAKEN "server: recv(c, 4)", "server: recv returns -> \"x\""
	static const char *const lines[] = {
		START, "server: starts",
		"server: e = socket(AF_INET)", "server: socket returns -> 3",
		"server: bind(e, any:9999)", "server: bind returns -> 0",
		"server: listen(e, 5)", "server: listen returns -> 0",
		"client: connect(s, server:9999)",
		"client: connect returns -> 0",
		"server: c = accept(e)", "server: accept returns -> 4",
		SEND, TAKEN, SEND, TAKEN, SEND, TAKEN, SEND, TAKEN,
	};

	(void)state;
	written(lines, COUNT(lines), EXPORT_PYTHON);
	has("\nn = s.send(b\"x\")\nprint(\"send(s) ->\", n)  # 1\n"
		"\nfor i in range(3):\n"
		"    pause_until(0.6 + 0.6 * i)  # after server: recv(c, 4)\n"
		"    n = s.send(b\"x\")\n");
	written(lines, COUNT(lines), EXPORT_C);
	has("	for (int i = 0; i < 3; i++) {\n"
		"		pause_until(0.6 + 0.6 * i); "
			"/* after server: recv(c, 4) */\n"
		"		n = send(s,");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_two),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_note),
		cmocka_unit_test(test_makes),
		cmocka_unit_test(test_address),
		cmocka_unit_test(test_pause),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
