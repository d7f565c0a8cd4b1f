/*
 * Threads in exported programs: who starts them, what they share, how one
 * waits for another; and signals that come while a call waits.
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
#define CALL(lane, call, name, result) lane ": " call, \
	lane ": " name " returns -> " result
#define LISTENING BUILT, "server: starts", \
	CALL("server", "ear = socket(AF_INET)", "socket", "3"), \
	CALL("server", "bind(ear, any:9999)", "bind", "0"), \
	CALL("server", "listen(ear, 5)", "listen", "0")
#define CONNECTS "client: starts", \
	CALL("client", "s = socket(AF_INET)", "socket", "3"), \
	CALL("client", "connect(s, server:9999)", "connect", "0")
#define CONNECTED LISTENING, CONNECTS, \
	CALL("server", "conn = accept(ear)", "accept", "4")
#define COUNT(lines) (sizeof(lines) / sizeof(*(lines)))

static struct programs programs;
static char text[1 << 16];

/* The text of a program that is written. */
static const char *written(const char *const *lines, size_t n,
	enum export_language to, const char *file)
{
	programs_write(&programs, lines, n, to);
	if (programs.result)
		fail_msg("%s", programs.why);
	programs_text(&programs, file, text, sizeof(text));
	programs_done(&programs);
	return text;
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

/* The first thread waits in accept; the other has a connection of its own. */
static const char *const serving[] = {
	CONNECTED,
	"server/2: starts",
	"server/2: recv(conn, 64)", "server/2: recv waits",
	"server: accept(ear)", "server: accept waits",
	"client: send(s, \"x\")", "client: send returns -> 1",
	"server/2: recv returns -> \"x\"",
};

/* It is started where conn is known, before the call in which the first thread
 * waits: nothing is to be handed over. */
static void test_c(void **state)
{
	(void)state;
	written(serving, COUNT(serving), EXPORT_C, "server.c");
	has(" *     cc -pthread -o server server.c\n");
	has("#include <pthread.h>\n");
	has("\n/* What all threads know. */\nstatic int conn;\n");
	has("\n/* The thread server/2. */\n"
		"static void *server_2(void *unused)\n"
		"{\n"
		"	char buf[64];\n"
		"	ssize_t n;\n"
		"\n"
		"	(void)unused;\n"
		"\n"
		"	n = recv(conn, buf, 64, 0);\n"
		"	if (n < 0)\n"
		"		die(\"recv\");\n"
		"	show(\"recv(conn, 64)\", buf, n); /* \"x\" */\n"
		"\n"
		"	return NULL;\n"
		"}\n"
		"\n"
		"int main(void)\n");
	has("	conn = accept(ear, NULL, NULL);\n"
		"	if (conn < 0)\n"
		"		die(\"accept\");\n"
		"\n"
		"	pthread_t thread_2;\n"
		"	errno = pthread_create(&thread_2, NULL, server_2, "
			"NULL);\n"
		"	if (errno)\n"
		"		die(\"pthread_create\");\n"
		"\n"
		"	tell(\"accept(ear)\", accept(ear, NULL, NULL));");
	has("	errno = pthread_join(thread_2, NULL);\n");
	has("	flockfile(stdout);\n"); /* lines of several pieces */
	has_not("sem");
}

static void test_python(void **state)
{
	(void)state;
	written(serving, COUNT(serving), EXPORT_PYTHON, "server.py");
	has("import threading\n");
	has("\n\n# The thread server/2.\ndef server_2():\n"
		"    data = conn.recv(64)\n"
		"    tell(\"recv(conn, 64) ->\", shown(data))  # \"x\"\n"
		"\n\nsys.stdout.reconfigure");
	has("\nthread_2 = threading.Thread(target=server_2)\n"
		"thread_2.start()\n\n");
	has("\nthread_2.join()\n");
	has("def tell(*words):\n    with printing:\n        print(*words)\n");
	has_not("Semaphore");
	has_not("global");
}

/* One that has none writes as if there were none. */
static void test_other_program(void **state)
{
	(void)state;
	written(serving, COUNT(serving), EXPORT_C, "client.c");
	has(" *     cc -o client client.c\n");
	has("	const char *server = argc > 1 ? argv[1] : "
		"\"127.0.0.1\";\n");
	has_not("flockfile");
	has_not("pthread.h");
}

/* A thread makes what the first one uses, and the other way round. */
static const char *const handing[] = {
	LISTENING,
	"server/2: starts",
	"server/2: conn = accept(ear)", "server/2: accept waits",
	CONNECTS,
	"server/2: accept returns -> 4",
	CALL("client", "send(s, \"x\")", "send", "1"),
	CALL("server/2", "x = recv(conn, 64)", "recv", "\"x\""),
	CALL("server", "send(conn, x)", "send", "1"),
};

static void test_hand_over_c(void **state)
{
	(void)state;
	written(handing, COUNT(handing), EXPORT_C, "server.c");
	has("\nstatic int ear;\nstatic int conn;\nstatic char x[64];\n"
		"static ssize_t x_size;\n");
	has("\nstatic sem_t from_2_to_1;\n");
	has("	if (sem_init(&from_2_to_1, 0, 0) < 0)\n"
		"		die(\"sem_init\");\n");
	has("	x_size = recv(conn, x, 64, 0);\n");
	has("	show(\"recv(conn, 64)\", x, x_size); /* \"x\" */\n"
		"	hand_over(&from_2_to_1);\n");
	has("	take_over(&from_2_to_1); "
		"/* after server/2: x = recv(conn, 64) */\n"
		"	n = send(conn, x, (size_t)x_size, 0);\n");
	has_not("from_1_to_2"); /* ear was there when it began */
}

static void test_hand_over_python(void **state)
{
	(void)state;
	written(handing, COUNT(handing), EXPORT_PYTHON, "server.py");
	has("def server_2():\n    global start, conn, x\n");
	has("\nfrom_2_to_1 = threading.Semaphore(0)\n");
	has("    from_2_to_1.release()\n");
	has("\nfrom_2_to_1.acquire()  # after server/2: x = recv(conn, 64)\n"
		"n = conn.send(x)\n");
}

/* A variable that the first thread had, closed and left to another one; and one
 * of which only fields are known. */
static void test_again(void **state)
{
	static const char *const lines[] = {
		CONNECTED,
		CALL("server", "close(conn)", "close", "0"),
		"server/2: starts",
		CALL("server/2", "conn = accept(ear)", "accept", "4"),
		CALL("server/2", "m = recvfrom(conn, 4)", "recvfrom",
			"{bytes=\"x\", from=none}"),
		CALL("server", "send(conn, m.bytes)", "send", "1"),
	};

	(void)state;
	written(lines, COUNT(lines), EXPORT_PYTHON, "server.py");
	has("def server_2():\n    global conn, m_bytes, m_from\n");
	written(lines, COUNT(lines), EXPORT_C, "server.c");
	has("\nstatic int conn;\nstatic char m_bytes[4];\n"
		"static ssize_t m_bytes_size;\n"
		"static struct sockaddr_storage m_from;\n"
		"static socklen_t m_from_size;\n");
	has("	conn = accept(ear, NULL, NULL);\n");
	has("	m_bytes_size = recvfrom(conn, m_bytes, 4, 0,");
}

/* Two wait at once, one for what the other would take: the second comes when
 * the first sleeps. */
static void test_both_wait(void **state)
{
	static const char *const lines[] = {
		LISTENING,
		"server: accept(ear)", "server: accept waits",
		"server/2: starts",
		"server/2: accept(ear)", "server/2: accept waits",
	};

	(void)state;
	written(lines, COUNT(lines), EXPORT_C, "server.c");
	has("	take_over(&from_1_to_2); "
			"/* after server: accept(ear) */\n"
		"	usleep(300000); /* until it sleeps in it */\n"
		"	tell(\"accept(ear)\", accept(ear, NULL, NULL));");
	has("	hand_over(&from_1_to_2);\n"
		"	tell(\"accept(ear)\", accept(ear, NULL, NULL));");
	written(lines, COUNT(lines), EXPORT_PYTHON, "server.py");
	has("    from_1_to_2.acquire()  # after server: accept(ear)\n"
		"    time.sleep(0.3)  # until it sleeps in it\n");
}

/* Addresses are known to all threads. */
static void test_hosts(void **state)
{
	static const char *const lines[] = {
		BUILT, "client: starts", "client/2: starts",
		CALL("client/2", "s = socket(AF_INET)", "socket", "3"),
		CALL("client/2", "connect(s, server:9999)", "connect",
			"ECONNREFUSED"),
	};

	(void)state;
	written(lines, COUNT(lines), EXPORT_C, "client.c");
	has("\nstatic const char *server = \"127.0.0.1\";\n");
	has("	if (argc > 1)\n		server = argv[1];\n");
	has("	int s = socket("); /* the first thread has no use for it */
}

/* A name that a thread's function, variable or semaphore has, a loop of Python
 * or a function of the C library, beside which they may stand. */
static void test_names(void **state)
{
	static const char *const name[] = {
		"client_2", "thread_2", "from_1_to_2", "i", "range", "link",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(name); i++) {
		char socket[64], said[64];
		const char *const lines[] = {
			BUILT, "client: starts", socket,
			"client: socket returns -> 3",
			"client/2: starts",
			CALL("client/2", "socket(AF_INET)", "socket", "4"),
		};

		snprintf(socket, sizeof(socket), "client: %s = socket(AF_INET)",
			name[i]);
		snprintf(said, sizeof(said), "int %s_2 = socket(", name[i]);
		written(lines, COUNT(lines), EXPORT_C, "client.c");
		has(said);
	}
}

/* ---- signals ---- */

static const char *const interrupted[] = {
	CONNECTED,
	"server: recv(conn, 64)", "server: recv waits",
	"server: interrupt",
	"server: recv returns -> EINTR",
};

static void test_interrupt(void **state)
{
	(void)state;
	written(interrupted, COUNT(interrupted), EXPORT_C, "server.c");
	has("	catch(SIGALRM); /* a call that waits gives EINTR */\n");
	has("	signal_in(0.3, SIGALRM); "
			"/* it comes while the call waits */\n"
		"	n = recv(conn, buf, 64, 0);\n"
		"	show(\"recv(conn, 64)\", buf, n); /* EINTR */\n");
	has("SIGEV_SIGNAL");
	written(interrupted, COUNT(interrupted), EXPORT_PYTHON, "server.py");
	has("\ninterrupt_in(0.3)\ntry:\n    data = conn.recv(64)\n");
	has("except OSError as error:  # EINTR\n");
}

/* In C a signal finds its thread; Python tells the first one alone. */
static void test_interrupt_thread(void **state)
{
	static const char *const lines[] = {
		CONNECTED,
		"server/2: starts",
		"server/2: recv(conn, 64)", "server/2: recv waits",
		"server/2: interrupt",
		"server/2: recv returns -> EINTR",
	};

	(void)state;
	written(lines, COUNT(lines), EXPORT_C, "server.c");
	has("		.sigev_notify_thread_id = gettid(),\n");
	has("	signal_in(0.3, SIGALRM); "
			"/* it comes while the call waits */\n"
		"	n = recv(conn");
	programs_write(&programs, lines, COUNT(lines), EXPORT_PYTHON);
	assert_int_equal(programs.result, -EOPNOTSUPP);
	assert_int_equal(strncmp(programs.why, "row 7: ", 7), 0);
	assert_non_null(strstr(programs.why, "server/2"));
	programs_done(&programs);
}

/* What others do meanwhile is done when the signal comes. */
static void test_interrupt_comes_last(void **state)
{
	static const char *const lines[] = {
		CONNECTED,
		"server: recv(conn, 64)", "server: recv waits",
		"server/2: starts",
		"server/2: recv(conn, 64)", "server/2: recv waits",
		"server: interrupt",
		"server: recv returns -> EINTR",
	};

	(void)state;
	/* 0.3 s until server/2 sleeps too, and then as long again */
	written(lines, COUNT(lines), EXPORT_C, "server.c");
	has("	signal_in(0.6, SIGALRM);");
	written(lines, COUNT(lines), EXPORT_PYTHON, "server.py");
	has("\ninterrupt_in(0.6)\n");
	has("    # Signals are for the first thread.\n"
		"    signal.pthread_sigmask(signal.SIG_BLOCK, "
		"[signal.SIGALRM])\n");
}

static void test_killed(void **state)
{
	static const char *const lines[] = {
		CONNECTED,
		"server: recv(conn, 64)", "server: recv waits",
		"server: kill",
		"server: ended 9",
		CALL("client", "recv(s, 64)", "recv", "\"\""),
	};

	(void)state;
	written(lines, COUNT(lines), EXPORT_C, "server.c");
	has("	signal_in(0.3, SIGKILL); "
			"/* it comes while the call waits */\n"
		"	n = recv(conn, buf, 64, 0);\n");
	has("/* the signal ends the program */\n");
	has_not("raise(");
	written(lines, COUNT(lines), EXPORT_PYTHON, "server.py");
	has("\nend_in(0.3, signal.SIGKILL)\ndata = conn.recv(64)\n");
	has_not("os.kill(os.getpid(), signal.");
}

/* The first thread ends all of them when another one waits. */
static void test_killed_beside(void **state)
{
	static const char *const lines[] = {
		CONNECTED,
		"server/2: starts",
		"server/2: recv(conn, 64)", "server/2: recv waits",
		"server: kill SIGTERM",
		"server: ended 15",
	};

	(void)state;
	written(lines, COUNT(lines), EXPORT_C, "server.c");
	has("	take_over(&from_2_to_1); "
			"/* after server/2: recv(conn, 64) */\n"
		"	usleep(300000); /* until it sleeps in it */\n"
		"	raise(SIGTERM);\n");
	has_not("pthread_join");
}

/* A handler lets a call give EINTR: no SA_RESTART. */
static void test_handler(void **state)
{
	static const char *const lines[] = {
		BUILT, "client: starts",
		CALL("client", "signal(SIGUSR1, SIG_HANDLER)", "signal",
			"SIG_DFL"),
	};

	(void)state;
	written(lines, COUNT(lines), EXPORT_C, "client.c");
	has("	catch(SIGUSR1);\n");
	has("struct sigaction action = {.sa_handler = handle};\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_c),
		cmocka_unit_test(test_python),
		cmocka_unit_test(test_other_program),
		cmocka_unit_test(test_hand_over_c),
		cmocka_unit_test(test_hand_over_python),
		cmocka_unit_test(test_again),
		cmocka_unit_test(test_both_wait),
		cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_interrupt),
		cmocka_unit_test(test_interrupt_thread),
		cmocka_unit_test(test_interrupt_comes_last),
		cmocka_unit_test(test_killed),
		cmocka_unit_test(test_killed_beside),
		cmocka_unit_test(test_handler),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
