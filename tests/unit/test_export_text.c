/*
 * The text of programs, letter by letter, for a small journal; what is refused;
 * takes; files that are there already.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "export_programs.h"

#define BUILT "lab: built namespaces clocks=slow mtu=1500 kernel=6.18", \
	"lab: host client 10.0.0.1 fd00::1", \
	"lab: host server 10.0.0.2 fd00::2"
#define LISTENING "server: starts", \
	"server: ear = socket(AF_INET, SOCK_STREAM)", \
	"server: socket returns -> 3", \
	"server: bind(ear, any:9999)", \
	"server: bind returns -> 0", \
	"server: listen(ear, 5)", \
	"server: listen returns -> 0"
#define CONNECTED LISTENING, "client: starts", \
	"client: s = socket(AF_INET)", \
	"client: socket returns -> 3", \
	"client: connect(s, server:9999)", \
	"client: connect returns -> 0", \
	"server: conn = accept(ear)", \
	"server: accept returns -> 4"
#define WRITE(p, lines, to) \
	programs_write(p, lines, sizeof(lines) / sizeof(*(lines)), to)

/* A refusal, two sends that must not run together, letters and an echo. */
static const char *const lines[] = {
	BUILT,
	"lab: page tour 4 en",
	LISTENING,
	"client: starts",
	"client: s = socket(AF_INET)",
	"client: socket returns -> 3",
	"client: connect(s, server:9998)",
	"client: connect returns -> ECONNREFUSED",
	"client: connect(s, server:9999)",
	"client: connect returns -> 0",
	"server: conn = accept(ear)",
	"server: accept returns -> 4",
	"server: recv(conn, 64)",
	"server: recv waits",
	"client: send(s, u32be(5))",
	"client: send returns -> 4",
	"server: recv returns -> hex(00 00 00 05)",
	"server: x = recv(conn, 64)",
	"server: recv waits",
	"client: send(s, utf8\"Olá\")",
	"client: send returns -> 4",
	"server: recv returns -> \"Ol\\xc3\\xa1\"",
	"client: recv(s, 64)",
	"client: recv waits",
	"server: send(conn, x)",
	"server: send returns -> 4",
	"client: recv returns -> \"Ol\\xc3\\xa1\"",
	"client: close(s)",
	"client: close returns -> 0",
};

static const char client_py[] =
"#!/usr/bin/env python3\n"
"# The calls of client in \"tour\", page 4, as tomada saw them.\n"
"#\n"
"#     python3 server.py\n"
"#     python3 client.py [SERVER]\n"
"#\n"
"# Each in a terminal of its own, in this order.\n"
"# An address that is left out is that of this machine.\n"
"import errno\n"
"import socket\n"
"import struct\n"
"import sys\n"
"import time\n"
"\n"
"\n"
"# Bytes as text: what is no printable ASCII as \\n or \\x00.\n"
"def shown(data):\n"
"    text = data[:64].decode(\"latin-1\").encode(\"unicode_escape\")"
	".decode()\n"
"    text = '\"' + text.replace('\"', r'\\\"') + '\"'\n"
"    return text if len(data) <= 64 else f\"{text}... {len(data)} bytes\"\n"
"\n"
"\n"
"# Give the other program time for its part.\n"
"def pause_until(seconds):\n"
"    time.sleep(max(0, start + seconds - time.monotonic()))\n"
"\n"
"\n"
"sys.stdout.reconfigure(line_buffering=True)  # each line at once, also into a "
	"pipe\n"
"server = sys.argv[1] if len(sys.argv) > 1 else \"127.0.0.1\"\n"
"\n"
"s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\n"
"\n"
"try:\n"
"    s.connect((server, 9998))\n"
"    print(\"connect(s) -> 0\")\n"
"except OSError as error:  # ECONNREFUSED\n"
"    print(\"connect(s) ->\", errno.errorcode[error.errno])\n"
"\n"
"s.connect((server, 9999))\n"
"start = time.monotonic()\n"
"\n"
"n = s.send(struct.pack(\">I\", 5))\n"
"print(\"send(s) ->\", n)  # 4\n"
"\n"
"pause_until(0.3)  # after server: recv(conn, 64)\n"
"n = s.send(\"Olá\".encode(\"utf-8\"))\n"
"print(\"send(s) ->\", n)  # 4\n"
"\n"
"data = s.recv(64)\n"
"print(\"recv(s, 64) ->\", shown(data))  # \"Ol\\xc3\\xa1\"\n"
"\n"
"s.close()\n";

static const char server_main_c[] =
"int main(void)\n"
"{\n"
"	char buf[64];\n"
"	ssize_t n;\n"
"\n"
"	setlinebuf(stdout); /* each line at once, also into a pipe */\n"
"	signal(SIGPIPE, SIG_IGN); /* send gives EPIPE instead */\n"
"\n"
"	int ear = socket(AF_INET, SOCK_STREAM, 0);\n"
"	if (ear < 0)\n"
"		die(\"socket\");\n"
"\n"
"	struct sockaddr_in own = ipv4(\"0.0.0.0\", 9999);\n"
"	if (bind(ear, (struct sockaddr *)&own, sizeof(own)) < 0)\n"
"		die(\"bind\");\n"
"\n"
"	if (listen(ear, 5) < 0)\n"
"		die(\"listen\");\n"
"	puts(\"listen(ear, 5) -> 0\");\n"
"\n"
"	int conn = accept(ear, NULL, NULL);\n"
"	if (conn < 0)\n"
"		die(\"accept\");\n"
"\n"
"	n = recv(conn, buf, 64, 0);\n"
"	if (n < 0)\n"
"		die(\"recv\");\n"
"	show(\"recv(conn, 64)\", buf, n); /* hex(00 00 00 05) */\n"
"\n"
"	char x[64];\n"
"	ssize_t x_size = recv(conn, x, 64, 0);\n"
"	if (x_size < 0)\n"
"		die(\"recv\");\n"
"	show(\"recv(conn, 64)\", x, x_size); /* \"Ol\\xc3\\xa1\" */\n"
"\n"
"	n = send(conn, x, (size_t)x_size, 0);\n"
"	if (n < 0)\n"
"		die(\"send\");\n"
"	tell(\"send(conn)\", n); /* 4 */\n"
"\n"
"	return 0;\n"
"}\n";

static const char client_main_c[] =
"int main(int argc, char **argv)\n"
"{\n"
"	const char *server = argc > 1 ? argv[1] : \"127.0.0.1\";\n"
"	char buf[64];\n"
"	ssize_t n;\n"
"\n"
"	setlinebuf(stdout); /* each line at once, also into a pipe */\n"
"	signal(SIGPIPE, SIG_IGN); /* send gives EPIPE instead */\n"
"\n"
"	int s = socket(AF_INET, SOCK_STREAM, 0);\n"
"	if (s < 0)\n"
"		die(\"socket\");\n"
"\n"
"	struct sockaddr_in to = ipv4(server, 9998);\n"
"	tell(\"connect(s)\", connect(s, (struct sockaddr *)&to, sizeof(to)));\n"
"\n"
"	struct sockaddr_in to2 = ipv4(server, 9999);\n"
"	if (connect(s, (struct sockaddr *)&to2, sizeof(to2)) < 0)\n"
"		die(\"connect\");\n"
"	start = now();\n"
"\n"
"	n = send(s, &(uint32_t){htonl(5)}, sizeof(uint32_t), 0);\n"
"	if (n < 0)\n"
"		die(\"send\");\n"
"	tell(\"send(s)\", n); /* 4 */\n"
"\n"
"	pause_until(0.3); /* after server: recv(conn, 64) */\n"
"	n = send(s, u8\"Olá\", 4, 0);\n"
"	if (n < 0)\n"
"		die(\"send\");\n"
"	tell(\"send(s)\", n); /* 4 */\n"
"\n"
"	n = recv(s, buf, 64, 0);\n"
"	if (n < 0)\n"
"		die(\"recv\");\n"
"	show(\"recv(s, 64)\", buf, n); /* \"Ol\\xc3\\xa1\" */\n"
"\n"
"	if (close(s) < 0)\n"
"		die(\"close\");\n"
"\n"
"	return 0;\n"
"}\n";

/* The main of a program in C: all from there on. */
static const char *main_of(const char *text)
{
	const char *at = strstr(text, "int main(");

	return at ? at : text;
}

static void test_python(void **state)
{
	struct programs p;
	char text[8192];

	(void)state;
	WRITE(&p, lines, EXPORT_PYTHON);
	assert_int_equal(p.result, 0);
	assert_int_equal(p.out.n, 2);
	assert_string_equal(p.out.name[0], "server.py"); /* to start first */
	assert_string_equal(p.out.name[1], "client.py");
	assert_string_equal(programs_text(&p, "client.py", text, sizeof(text)),
		client_py);
	/* recv waits by itself: nothing to pause for */
	programs_text(&p, "server.py", text, sizeof(text));
	assert_null(strstr(text, "pause_until"));
	assert_non_null(strstr(text, "\nn = conn.send(x)\n"));
	programs_done(&p);
}

static void test_c(void **state)
{
	struct programs p;
	char text[8192];

	(void)state;
	WRITE(&p, lines, EXPORT_C);
	assert_int_equal(p.result, 0);
	assert_int_equal(p.out.n, 2);
	assert_string_equal(main_of(programs_text(&p, "client.c", text,
		sizeof(text))), client_main_c);
	assert_string_equal(main_of(programs_text(&p, "server.c", text,
		sizeof(text))), server_main_c);
	/* helpers that it does not need are not there */
	assert_null(strstr(text, "pause_until"));
	programs_done(&p);
}

/* What the wire was told stands where it was told, and the heading warns. */
static void test_wire(void **state)
{
	static const char *const held[] = {
		BUILT, CONNECTED,
		"wire: hold data from client",
		"client: send(s, \"x\")",
		"client: send returns -> 1",
	};
	struct programs p;
	char text[8192];

	(void)state;
	WRITE(&p, held, EXPORT_PYTHON);
	assert_int_equal(p.result, 0);
	programs_text(&p, "client.py", text, sizeof(text));
	assert_non_null(strstr(text, "\n# wire: hold data from client\n"
		"n = s.send(b\"x\")\n"));
	assert_non_null(strstr(text, "\n# The wire had orders"));
	programs_done(&p);
}

/* A fork is a block; the child leaves at its end. */
static void test_fork(void **state)
{
	static const char *const forked[] = {
		BUILT, CONNECTED,
		"server: server2 = fork()",
		"server2: forked from server",
		"server: fork returns -> 77",
		"server2: send(conn, \"child\")",
		"server2: send returns -> 5",
	};
	struct programs p;
	char text[8192];

	(void)state;
	WRITE(&p, forked, EXPORT_PYTHON);
	assert_int_equal(p.result, 0);
	assert_int_equal(p.out.n, 2);
	programs_text(&p, "server.py", text, sizeof(text));
	assert_non_null(strstr(text, "\npid = os.fork()\n"
		"if pid == 0:  # server2\n"
		"    n = conn.send(b\"child\")\n"
		"    print(\"send(conn) ->\", n)  # 5\n"
		"    os._exit(0)\n"));
	programs_done(&p);
}

static void check_refused(const char *const *line, size_t n, const char *row,
	const char *word)
{
	for (int to = EXPORT_PYTHON; to <= EXPORT_C; to++) {
		struct programs p;

		programs_write(&p, line, n, (enum export_language)to);
		assert_int_equal(p.result, -EOPNOTSUPP);
		assert_int_equal(p.out.n, 0);
		if (strncmp(p.why, row, strlen(row)))
			fail_msg("%s: not %s", p.why, row);
		if (!strstr(p.why, word))
			fail_msg("%s: not about %s", p.why, word);
		programs_done(&p); /* its folder is empty, and goes */
		assert_int_equal(access(p.folder, F_OK), -1);
	}
}

static void test_refused(void **state)
{
	static const char *const ran[] = {
		BUILT, CONNECTED,
		"server2: run /bin/echo hello",
		"server2: starts",
	};

	(void)state;
	check_refused(ran, sizeof(ran) / sizeof(*ran), "row 6: ", "server2");
}

/* Nobody comes to the first program, so nothing tells it that the other has
 * been there: it gives people time to start that. */
static void test_in_time(void **state)
{
	static const char *const refused[] = {
		BUILT, "server: starts",
		"server: ear = socket(AF_INET)", "server: socket returns -> 3",
		"server: bind(ear, any:9999)", "server: bind returns -> 0",
		"client: starts",
		"client: s = socket(AF_INET)", "client: socket returns -> 3",
		"client: connect(s, server:9999)",
		"client: connect returns -> ECONNREFUSED",
		"server: listen(ear, 5)", "server: listen returns -> 0",
		"client: connect(s, server:9999)",
		"client: connect returns -> 0",
	};
	struct programs p;
	char text[8192];

	(void)state;
	WRITE(&p, refused, EXPORT_PYTHON);
	assert_int_equal(p.result, 0);
	assert_string_equal(p.out.name[0], "server.py");
	programs_text(&p, "server.py", text, sizeof(text));
	assert_non_null(strstr(text, "\n# The first one waits ten seconds for "
		"the others to be started.\n"));
	assert_non_null(strstr(text, "\npause_until(10)  # after client: "
		"connect(s, server:9999)\near.listen(5)\n"));
	programs_text(&p, "client.py", text, sizeof(text));
	assert_non_null(strstr(text, "\npause_until(10.3)  # after server: "
		"listen(ear, 5)\ns.connect("));
	programs_done(&p);
}

/* A signal that came between two calls is the program's own. */
static void test_killed(void **state)
{
	static const char *const killed[] = {BUILT, CONNECTED,
		"server: ended 9"};
	struct programs p;
	char text[8192];

	(void)state;
	WRITE(&p, killed, EXPORT_C);
	assert_int_equal(p.result, 0);
	assert_non_null(strstr(programs_text(&p, "server.c", text,
		sizeof(text)), "\traise(SIGKILL);\n"));
	programs_done(&p);
}

/* Takes are counted that have calls; each is written alone. */
static void test_takes(void **state)
{
	static const char *const takes[] = {
		BUILT,
		"client: starts",
		"client: a = socket(AF_INET)",
		"client: socket returns -> 3",
		BUILT, /* nothing was done here */
		BUILT,
		"client: starts",
		"client: b = socket(AF_INET6)",
		"client: socket returns -> 3",
		BUILT,
	};
	struct script s;
	struct scene *scene = script_play(&s, takes,
		sizeof(takes) / sizeof(*takes));

	(void)state;
	assert_int_equal(export_takes(scene), 2);
	/* behind its last event */
	assert_int_equal(export_take(scene, 1), 6);
	assert_int_equal(export_take(scene, 2), 15);
	assert_int_equal(export_take(scene, 0), 15);
	assert_int_equal(export_take(scene, 3), SCENE_NONE);
	script_done(&s);
}

static void test_nothing_was_called(void **state)
{
	static const char *const nothing[] = {BUILT};
	struct programs p;

	(void)state;
	WRITE(&p, nothing, EXPORT_PYTHON);
	assert_int_equal(p.result, -ENODATA);
	assert_int_not_equal(p.why[0], '\0');
	assert_int_equal(export_takes(p.script.scene), 0);
	assert_int_equal(export_take(p.script.scene, 0), SCENE_NONE);
	programs_done(&p);
}

/* A file that is there stays as it is, and none is written beside it. */
static void test_file_is_there(void **state)
{
	static const char *const both[] = {BUILT, CONNECTED};
	struct export_written out;
	struct programs p;
	char text[64], path[128];
	FILE *f;

	(void)state;
	WRITE(&p, both, EXPORT_PYTHON);
	assert_int_equal(p.result, 0);
	snprintf(path, sizeof(path), "%s/server.py", p.folder);
	unlink(path);
	snprintf(path, sizeof(path), "%s/client.py", p.folder);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("mine\n", f);
	fclose(f);
	assert_int_equal(export_write(p.script.scene, scene_now(p.script.scene),
		EXPORT_PYTHON, p.folder, &out, p.why, sizeof(p.why)), -EEXIST);
	assert_non_null(strstr(p.why, "client.py"));
	assert_int_equal(out.n, 0);
	assert_string_equal(programs_text(&p, "client.py", text, sizeof(text)),
		"mine\n");
	assert_string_equal(programs_text(&p, "server.py", text, sizeof(text)),
		"");
	programs_done(&p);
}

static void test_language(void **state)
{
	enum export_language to;

	(void)state;
	assert_int_equal(export_language("python", &to), 0);
	assert_int_equal(to, EXPORT_PYTHON);
	assert_int_equal(export_language("c", &to), 0);
	assert_int_equal(to, EXPORT_C);
	assert_int_equal(export_language("rust", &to), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_python),
		cmocka_unit_test(test_c),
		cmocka_unit_test(test_wire),
		cmocka_unit_test(test_fork),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_in_time),
		cmocka_unit_test(test_killed),
		cmocka_unit_test(test_takes),
		cmocka_unit_test(test_nothing_was_called),
		cmocka_unit_test(test_file_is_there),
		cmocka_unit_test(test_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
