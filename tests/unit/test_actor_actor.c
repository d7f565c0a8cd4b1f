/*
 * A whole actor: a child with two pipes, real calls on the loopback device.
 * Run with --actor, this program is the actor that strace looks at.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "actor_child.h"

/* A sanitizer makes calls of its own. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* The answer without its cookie, which must be there. */
static void ask_fd(struct child *c, const char *line, const char *answer)
{
	char expected[64];
	const char *heard;

	tell(c, line);
	heard = hear(c);
	snprintf(expected, sizeof(expected), "%s cookie=", answer);
	assert_memory_equal(heard, expected, strlen(expected));
	assert_true(atoi(heard + strlen(expected)) > 0);
}

/* The kernel says so: the line was taken, and the actor sleeps. */
static void wait_until_it_waits(struct child *c)
{
	int64_t deadline = clock_mono() + DEADLINE;
	int unread = 1;

	while (unread || state_of(c->pid) != 'S') {
		struct timespec ms = {.tv_nsec = CLOCK_MS};

		if (clock_mono() > deadline)
			fail_msg("the actor never waits");
		assert_int_equal(ioctl(c->in, FIONREAD, &unread), 0);
		nanosleep(&ms, NULL);
	}
}

/* A listening socket 3 on some port of 127.0.0.1; the port. */
static int listening(struct child *c)
{
	const char *heard;
	int port;

	ask_fd(c, "1 socket(AF_INET, SOCK_STREAM)", "1 -> 3");
	ask(c, "2 bind(3, 127.0.0.1:0)", "2 -> 0");
	ask(c, "3 listen(3, 5)", "3 -> 0");
	tell(c, "4 getsockname(3)");
	heard = hear(c);
	assert_int_equal(sscanf(heard, "4 -> 127.0.0.1:%d", &port), 1);
	return port;
}

/* An exchange, both ends in one actor: the first socket is 3. */
static void exchange(void **state)
{
	struct child c;
	char line[80];
	int port;

	(void)state;
	child_start(&c);
	port = listening(&c);
	ask_fd(&c, "5 socket(AF_INET)", "5 -> 4");
	snprintf(line, sizeof(line), "6 connect(4, 127.0.0.1:%d)", port);
	ask(&c, line, "6 -> 0");
	ask_fd(&c, "7 accept(3)", "7 -> 5");
	snprintf(line, sizeof(line), "8 -> 127.0.0.1:%d", port);
	ask(&c, "8 getpeername(4)", line);
	ask(&c, "9 send(4, \"a\\0\\xff\\n\")", "9 -> 4");
	ask(&c, "10 recv(5, 64, MSG_PEEK)", "10 -> \"a\\0\\xff\\n\"");
	ask(&c, "11 recv(5, 2)", "11 -> \"a\\0\"");
	ask(&c, "12 recv(5, 64)", "12 -> \"\\xff\\n\"");
	ask(&c, "13 recv(5, 64, MSG_DONTWAIT)", "13 -> EAGAIN");
	ask(&c, "14 fcntl(5, F_GETFL)", "14 -> O_RDWR");
	ask(&c, "15 fcntl(5, F_SETFL, O_NONBLOCK)", "15 -> 0");
	ask(&c, "16 fcntl(5, F_GETFL)", "16 -> O_RDWR | O_NONBLOCK");
	ask(&c, "17 recv(5, 64)", "17 -> EAGAIN");
	ask(&c, "18 setsockopt(4, TCP_NODELAY, 1)", "18 -> 0");
	ask(&c, "19 getsockopt(4, TCP_NODELAY)", "19 -> 1");
	ask(&c, "20 getsockopt(4, SO_REUSEADDR)", "20 -> 0");
	ask(&c, "21 send(4, repeat(\"AB\", 20000))", "21 -> 40000");
	ask(&c, "22 fcntl(5, F_SETFL)", "22 -> 0");
	ask(&c, "22 recv(5, 40000, MSG_WAITALL)",
		"22 -> repeat(\"AB\", 20000)");
	ask(&c, "23 shutdown(4, SHUT_WR)", "23 -> 0");
	ask(&c, "24 recv(5, 64)", "24 -> \"\"");
	/* SIGPIPE is ignored, so that the errno is seen */
	ask(&c, "25 send(4, \"x\")", "25 -> EPIPE");
	ask(&c, "26 close(5)", "26 -> 0");
	ask(&c, "27 close(5)", "27 -> EBADF");
	assert_int_equal(child_end(&c), 0);
}

static void refusals_are_results(void **state)
{
	struct child c;
	char line[80];
	int port;

	(void)state;
	child_start(&c);
	port = listening(&c);
	ask(&c, "5 close(3)", "5 -> 0");
	ask_fd(&c, "6 socket(AF_INET)", "6 -> 3");
	snprintf(line, sizeof(line), "7 connect(3, 127.0.0.1:%d)", port);
	ask(&c, line, "7 -> ECONNREFUSED");
	assert_int_equal(child_end(&c), 0);
}

static void interrupted(void **state)
{
	struct child c;

	(void)state;
	child_start(&c);
	listening(&c);
	tell(&c, "5 accept(3)");
	wait_until_it_waits(&c);
	assert_int_equal(kill(c.pid, SIGINT), 0);
	assert_string_equal(hear(&c), "5 -> EINTR");
	/* between calls it changes nothing */
	assert_int_equal(kill(c.pid, SIGINT), 0);
	ask(&c, "6 close(3)", "6 -> 0");
	assert_int_equal(child_end(&c), 0);
}

static void killed(void **state)
{
	struct child c;

	(void)state;
	child_start(&c);
	listening(&c);
	tell(&c, "5 accept(3)");
	wait_until_it_waits(&c);
	assert_int_equal(kill(c.pid, SIGKILL), 0);
	assert_null(hear(&c));
	assert_int_equal(child_end(&c), SIGKILL);
}

static void leaves_at_the_end(void **state)
{
	struct child c;

	(void)state;
	child_start(&c);
	assert_int_equal(write(c.in, "1 close(77)", 11), 11); /* no newline */
	close(c.in);
	c.in = -1;
	assert_string_equal(hear(&c), "1 -> EBADF");
	assert_null(hear(&c));
	assert_int_equal(child_end(&c), 0);
}

static void garbage(void **state)
{
	struct child c;
	char noise[300], number[40];
	int i, j;

	(void)state;
	srand(4);
	child_start(&c);
	for (i = 1; i < 500; i++) {
		for (j = 0; j < (int)sizeof(noise); j++)
			while ((noise[j] = rand()) == '\n')
				;
		noise[sizeof(noise) - 1] = '\n';
		snprintf(number, sizeof(number), "%d ", i);
		assert_int_equal(write(c.in, number, strlen(number)),
			strlen(number));
		assert_int_equal(write(c.in, noise, sizeof(noise)),
			sizeof(noise));
		snprintf(number, sizeof(number), "%d error ", i);
		assert_memory_equal(hear(&c), number, strlen(number));
	}
	ask(&c, "", "0 error number of the line: a number, not the end of "
		"the line");
	ask(&c, "500 close(77)", "500 -> EBADF");
	assert_int_equal(child_end(&c), 0);
}

/* A line without an end is not kept for ever. */
static void endless_line(void **state)
{
	static char much[1 << 16];
	struct child c;
	int i, status;

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	child_start(&c);
	memset(much, 'A', sizeof(much));
	for (i = 0; i < 64; i++)
		if (write(c.in, much, sizeof(much)) < 0)
			break;
	assert_true(i < 64);
	status = child_end(&c);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
}

/* A megabyte in one line. */
static void long_line(void **state)
{
	struct child c;
	struct buf b = {0};

	(void)state;
	child_start(&c);
	buf_text(&b, "1 send(77, \"");
	while (b.len < (1 << 20) - 10)
		buf_char(&b, 'A');
	buf_text(&b, "\")\n");
	assert_int_equal(write(c.in, b.data, b.len), b.len);
	assert_string_equal(hear(&c), "1 -> EBADF");
	buf_done(&b);
	assert_int_equal(child_end(&c), 0);
}

static void out_of_descriptors(void **state)
{
	struct child c;
	char line[60], last[60] = "";
	int i;

	(void)state;
	child_start(&c);
	for (i = 1; i < 1100; i++) {
		const char *heard;

		snprintf(line, sizeof(line), "%d socket(AF_INET)", i);
		tell(&c, line);
		heard = hear(&c);
		if (strstr(heard, "EMFILE"))
			break;
		snprintf(last, sizeof(last), "%s", strchr(heard, '>') + 2);
	}
	/* 0, 1, 2 are /dev/null, 1022 and 1023 the actor's pipes */
	assert_int_equal(atoi(last), 1021);
	ask(&c, "2000 close(1022)",
		"2000 -> EBADF");
	ask(&c, "2001 send(1023, \"x\")",
		"2001 -> EBADF");
	ask(&c, "2002 close(1021)", "2002 -> 0");
	assert_int_equal(child_end(&c), 0);
}

/* No learner fills the machine's memory with files. */
static void keeps_files_small(void **state)
{
	struct child c;

	(void)state;
	child_start(&c);
	ask(&c, "1 memfd_create(\"notes\")", "1 -> 3");
	ask(&c, "2 write(3, repeat(\"x\", 70000))", "2 -> 65536");
	ask(&c, "3 write(3, \"x\")", "3 -> EFBIG");
	/* sockets are no files */
	tell(&c, "4 socketpair(AF_UNIX)");
	assert_non_null(strstr(hear(&c), "4 -> [4, 5]"));
	ask(&c, "5 send(4, repeat(\"x\", 70000))", "5 -> 70000");
	assert_int_equal(child_end(&c), 0);
}

/* The value of a line of /proc/PID/status, in hex. */
static unsigned long long status_of(pid_t pid, const char *name)
{
	char path[40], line[256];
	unsigned long long value = ~0ULL;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	f = fopen(path, "re");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f))
		if (strncmp(line, name, strlen(name)) == 0)
			value = strtoull(line + strlen(name) + 1, NULL, 16);
	fclose(f);
	return value;
}

static void has_no_rights(void **state)
{
	bool privileged = status_of(getpid(), "CapEff") & 1 << 8; /* SETPCAP */
	struct child c;

	(void)state;
	child_start(&c);
	ask(&c, "1 close(77)", "1 -> EBADF");
	assert_int_equal(status_of(c.pid, "CapEff"), 0);
	assert_int_equal(status_of(c.pid, "CapPrm"), 0);
	assert_int_equal(status_of(c.pid, "CapInh"), 0);
	assert_int_equal(status_of(c.pid, "CapAmb"), 0);
	assert_int_equal(status_of(c.pid, "NoNewPrivs"), 1);
	if (privileged)
		assert_int_equal(status_of(c.pid, "CapBnd"), 0);
	assert_int_equal(child_end(&c), 0);
}

/* Its input stays open: only the signal can end it. */
static void dies_with_its_parent(void **state)
{
	int in[2], out[2];
	struct child c;
	pid_t middle;

	(void)state;
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	middle = fork();
	assert_true(middle >= 0);
	if (middle == 0) {
		if (fork() == 0)
			be_actor(in, out);
		close(out[1]);
		pause();
		_exit(0);
	}
	child_adopt(&c, in, out);
	ask(&c, "1 close(77)", "1 -> EBADF");
	assert_int_equal(kill(middle, SIGKILL), 0);
	assert_int_equal(waitpid(middle, NULL, 0), middle);
	assert_null(hear(&c));
	close(c.in);
	close(c.out);
	lines_done(&c.answers);
}

/* ---- one system call between a line and its answer ---- */

static const char *self;

/* The names of the calls that strace wrote down of the main thread, from the
 * first socket on, joined by blanks; without those that wait for a line. */
static void traced_calls(const char *file, struct buf *out)
{
	char line[512];
	bool began = false;
	int first = 0, pid;
	FILE *f = fopen(file, "re");

	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		char *name = line + strspn(line, "0123456789 ");
		size_t n = strcspn(name, "(");

		pid = atoi(line);
		first = first ? first : pid;
		began = began || strncmp(name, "socket(", 7) == 0;
		if (began && pid == first && name[n] == '(' &&
			*name != '<' && strncmp(name, "futex(", 6) != 0)
			buf_printf(out, "%.*s ", (int)n, name);
	}
	fclose(f);
}

static void one_call_for_a_line(void **state)
{
	static const char expected[] =
		"socket getsockopt write bind write listen write "
		"connect write send write recvfrom write close write "
		"socketpair getsockopt getsockopt write exit_group ";
	char command[1024], file[] = "/tmp/tomada-trace-XXXXXX";
	struct buf calls = {0};
	int fd = mkstemp(file);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	snprintf(command, sizeof(command), "printf '%s' | strace -f -qq -o %s "
		"'%s' --actor >/dev/null 2>&1",
		"1 socket(AF_INET, SOCK_STREAM)\\n"
		"2 bind(3, 127.0.0.1:0)\\n3 listen(3, 5)\\n"
		"4 connect(3, 127.0.0.1:1)\\n5 send(3, repeat(\"A\", 65536))\\n"
		"6 recv(3, 65536)\\n7 close(3)\\n8 socketpair()\\n", file,
		self);
	if (SANITIZED || system("strace -qq -o /dev/null true "
			">/dev/null 2>&1") != 0) {
		unlink(file);
		skip(); /* no strace, or it may not trace */
	}
	assert_int_equal(system(command), 0);
	traced_calls(file, &calls);
	unlink(file);
	/* send(2) is sendto, recv(2) recvfrom in the kernel */
	for (char *p; (p = strstr(calls.data, "sendto"));)
		memmove(p + 4, p + 6, strlen(p + 6) + 1);
	assert_string_equal(calls.data, expected);
	buf_done(&calls);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest skipped[] = {
		cmocka_unit_test(not_under_valgrind),
	};
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exchange),
		cmocka_unit_test(refusals_are_results),
		cmocka_unit_test(interrupted),
		cmocka_unit_test(killed),
		cmocka_unit_test(leaves_at_the_end),
		cmocka_unit_test(garbage),
		cmocka_unit_test(endless_line),
		cmocka_unit_test(long_line),
		cmocka_unit_test(out_of_descriptors),
		cmocka_unit_test(keeps_files_small),
		cmocka_unit_test(has_no_rights),
		cmocka_unit_test(dies_with_its_parent),
		cmocka_unit_test(one_call_for_a_line),
	};

	if (argc > 1 && strcmp(argv[1], "--actor") == 0)
		return actor_main(NULL);
	self = argv[0];
	if (under_valgrind())
		return cmocka_run_group_tests(skipped, NULL, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
