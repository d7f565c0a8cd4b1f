/*
 * Several threads of one actor, each in a call of its own; and actors that an
 * actor makes by fork.
 */
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <cmocka.h>

#include "actor_child.h"

/* The thread of a process that has this name; 0: none. */
static pid_t task_named(pid_t pid, const char *name)
{
	char path[300], comm[32];
	struct dirent *e;
	pid_t found = 0;
	DIR *d;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	d = opendir(path);
	while (d && (e = readdir(d))) {
		FILE *f;

		snprintf(path, sizeof(path), "/proc/%d/task/%s/comm",
			(int)pid, e->d_name);
		f = fopen(path, "re");
		if (!f)
			continue;
		if (fgets(comm, sizeof(comm), f)) {
			comm[strcspn(comm, "\n")] = '\0';
			if (strcmp(comm, name) == 0)
				found = (pid_t)atoi(e->d_name);
		}
		fclose(f);
	}
	if (d)
		closedir(d);
	return found;
}

/* What src/README.md says: the pipe is empty, who reads lines sleeps, the
 * thread sleeps, looked at in this order. */
static bool sleeps_in_a_call(const struct child *c, pid_t lines, pid_t task)
{
	int unread;

	assert_int_equal(ioctl(c->in, FIONREAD, &unread), 0);
	return !unread && state_of(lines) == 'S' && state_of(task) == 'S';
}

static void wait_until_asleep(const struct child *c, pid_t task)
{
	int64_t deadline = clock_mono() + DEADLINE;

	while (!sleeps_in_a_call(c, task_named(c->pid, "lines"), task)) {
		struct timespec ms = {.tv_nsec = CLOCK_MS};

		if (clock_mono() > deadline)
			fail_msg("it never sleeps");
		nanosleep(&ms, NULL);
	}
}

/* Three pairs of sockets: 3 and 4, 5 and 6, 7 and 8; nothing to read. */
static void three_pairs(struct child *c)
{
	int i;

	for (i = 0; i < 3; i++) {
		tell(c, "1 socketpair()");
		assert_memory_equal(hear(c), "1 -> [", 6);
	}
}

static void threads_wait_at_once(void **state)
{
	pid_t second, third;
	const char *heard;
	struct child c;

	(void)state;
	child_start(&c);
	three_pairs(&c);
	tell(&c, "2/2 recv(5, 9)");
	assert_string_equal(hear(&c), "thread 2");
	tell(&c, "3/3 recv(7, 9)");
	assert_string_equal(hear(&c), "thread 3");
	second = task_named(c.pid, "thread 2");
	third = task_named(c.pid, "thread 3");
	wait_until_asleep(&c, second);
	wait_until_asleep(&c, third);
	/* the first goes on, and wakes one of them */
	tell(&c, "4 send(8, \"x\")");
	heard = hear(&c);
	if (strcmp(heard, "4 -> 1") == 0) {
		assert_string_equal(hear(&c), "3 -> \"x\"");
	} else {
		assert_string_equal(heard, "3 -> \"x\"");
		assert_string_equal(hear(&c), "4 -> 1");
	}
	/* the other is interrupted, alone */
	assert_int_equal(syscall(SYS_tgkill, c.pid, second, SIGINT), 0);
	assert_string_equal(hear(&c), "2 -> EINTR");
	/* lines without a thread are thread 1's */
	ask(&c, "5/1 close(3)", "5 -> 0");
	ask(&c, "6/2 close(3)", "6 -> EBADF");
	assert_int_equal(child_end(&c), 0);
}

/* What one thread's lines ask for is done in their order, and all that was
 * told before the end is done. */
static void a_thread_makes_its_lines_in_order(void **state)
{
	struct child c;
	struct buf b = {0};
	char answer[40];
	int i;

	(void)state;
	child_start(&c);
	for (i = 0; i < 2000; i++)
		buf_printf(&b, "%d/2 close(77)\n", i);
	assert_int_equal(write(c.in, b.data, b.len), b.len);
	close(c.in);
	c.in = -1;
	assert_string_equal(hear(&c), "thread 2");
	for (i = 0; i < 2000; i++) {
		snprintf(answer, sizeof(answer), "%d -> EBADF", i);
		assert_string_equal(hear(&c), answer);
	}
	assert_null(hear(&c));
	assert_int_equal(child_end(&c), 0);
	buf_done(&b);
}

/* A large answer of one thread is not mixed with those of others. */
static void answers_are_whole(void **state)
{
	struct child c;
	char answer[80];
	int i, seen[4] = {0};

	(void)state;
	child_start(&c);
	three_pairs(&c);
	for (i = 0; i < 60; i++) {
		char line[80];
		int fd = 3 + 2 * (i % 3);

		snprintf(line, sizeof(line), "%d/%d send(%d, "
			"repeat(\"\\x01\\x80\", 30000), MSG_DONTWAIT)",
			i, i % 3 + 1, fd);
		tell(&c, line);
		snprintf(line, sizeof(line), "%d/%d recv(%d, 60000, "
			"MSG_DONTWAIT)", i, i % 3 + 1, fd + 1);
		tell(&c, line);
	}
	for (i = 0; i < 122; i++) {
		const char *heard = hear(&c);
		int n, end = 0;

		if (sscanf(heard, "thread %d%n", &n, &end) == 1 && n < 4) {
			seen[n]++;
			continue;
		}
		assert_int_equal(sscanf(heard, "%d -> %n", &n, &end), 1);
		snprintf(answer, sizeof(answer), "%s", heard + end);
		if (strcmp(answer, "60000") != 0)
			assert_string_equal(answer, "repeat(\"\\x01\\x80\", "
				"30000)");
	}
	assert_int_equal(seen[2], 1);
	assert_int_equal(seen[3], 1);
	assert_int_equal(child_end(&c), 0);
}

/* Whoever looks as the lab does never takes a call that does not wait for one
 * that does. */
static void never_seems_to_sleep(void **state)
{
	pid_t lines, tasks[2];
	struct child c;
	char line[40];
	int i;

	(void)state;
	child_start(&c);
	ask(&c, "0 close(77)", "0 -> EBADF");
	tell(&c, "0/2 close(77)");
	assert_string_equal(hear(&c), "thread 2");
	assert_string_equal(hear(&c), "0 -> EBADF");
	lines = task_named(c.pid, "lines");
	tasks[0] = c.pid;
	tasks[1] = task_named(c.pid, "thread 2");
	for (i = 0; i < 1000; i++) {
		struct pollfd p = {.fd = c.out, .events = POLLIN};

		snprintf(line, sizeof(line), "%d/%d close(77)", i, i % 2 + 1);
		tell(&c, line);
		while (poll(&p, 1, 0) == 0)
			if (sleeps_in_a_call(&c, lines, tasks[i % 2]) &&
					poll(&p, 1, 0) == 0)
				fail_msg("line %d seems to sleep", i);
		snprintf(line, sizeof(line), "%d -> EBADF", i);
		assert_string_equal(hear(&c), line);
	}
	assert_int_equal(child_end(&c), 0);
}

static void no_such_thread(void **state)
{
	struct child c;

	(void)state;
	child_start(&c);
	ask(&c, "1/17 close(3)",
		"1 error thread: a number from 1 to 16");
	ask(&c, "2/0 close(3)", "2 error thread: a number from 1 to 16");
	ask(&c, "3/x close(3)", "3 error thread: a number, not “x”");
	assert_int_equal(child_end(&c), 0);
}

/* ---- fork ---- */

/* Take one descriptor of a process. */
static int take_fd(pid_t pid, int fd)
{
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0), taken;

	assert_true(pidfd >= 0);
	taken = (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
	close(pidfd);
	return taken;
}

/* What a fork made, at its pipes. */
static void adopt_forked(struct child *c, struct child *parent, int id)
{
	const char *heard = hear(parent);
	int in, out, answered, pid;

	assert_non_null(heard);
	assert_int_equal(sscanf(heard, "%d -> %d pipes=%d,%d", &answered,
		&pid, &in, &out), 4);
	assert_int_equal(answered, id);
	c->pid = pid;
	c->in = take_fd(parent->pid, in);
	c->out = take_fd(parent->pid, out);
	assert_true(c->in >= 0 && c->out >= 0);
	lines_init(&c->answers, 1 << 20);
}

static void forked(void **state)
{
	struct child c, f;
	char line[60];

	(void)state;
	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	child_start(&c);
	three_pairs(&c);
	tell(&c, "1 fork()");
	adopt_forked(&f, &c, 1);
	/* the same sockets, whoever has them */
	ask(&f, "1 send(4, \"hi\")", "1 -> 2");
	ask(&c, "2 recv(3, 9)", "2 -> \"hi\"");
	/* its own numbers: what one closes the other has */
	ask(&f, "2 close(3)", "2 -> 0");
	ask(&c, "3 getsockopt(3, SO_ERROR)", "3 -> 0");
	/* and threads, and forks, of its own */
	tell(&f, "3/2 close(5)");
	assert_string_equal(hear(&f), "thread 2");
	assert_string_equal(hear(&f), "3 -> 0");
	/* the end at the other side comes with the last descriptor */
	ask(&c, "4 close(4)", "4 -> 0");
	ask(&c, "5 recv(3, 9, MSG_DONTWAIT)", "5 -> EAGAIN");
	assert_int_equal(child_end(&f), 0); /* we reap it, as the builder */
	ask(&c, "6 recv(3, 9, MSG_DONTWAIT)", "6 -> \"\"");
	/* the pipes it passed on are gone, and were never the learner's */
	tell(&c, "7 fork()");
	adopt_forked(&f, &c, 7);
	snprintf(line, sizeof(line), "8 -> EBADF");
	ask(&c, "8 close(1020)", line);
	ask(&c, "9 close(1021)", "9 -> EBADF");
	/* a child that waits in a call leaves with its input */
	tell(&f, "1 recv(7, 9)");
	wait_until_asleep(&f, f.pid);
	assert_int_equal(child_end(&f), 0);
	assert_int_equal(child_end(&c), 0);
}

/* From a thread; and what forks forks again. */
static void forked_by_a_thread(void **state)
{
	struct child c, f, g;

	(void)state;
	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	child_start(&c);
	three_pairs(&c);
	tell(&c, "1/2 fork()");
	assert_string_equal(hear(&c), "thread 2");
	adopt_forked(&f, &c, 1);
	tell(&f, "1 fork()");
	adopt_forked(&g, &f, 1);
	ask(&g, "1 send(4, \"from afar\")", "1 -> 9");
	/* until that line its input had a second holder */
	ask(&c, "2/2 recv(3, 64)", "2 -> \"from afar\"");
	assert_int_equal(child_end(&f), 0);
	assert_int_equal(child_end(&c), 0);
	ask(&g, "2 close(4)", "2 -> 0");
	assert_int_equal(kill(g.pid, SIGKILL), 0);
	assert_int_equal(child_end(&g), SIGKILL);
}

/* It is seen at work, not asleep, while it forks; ten in a row. */
static void fork_does_not_seem_to_wait(void **state)
{
	struct child c, f;
	pid_t lines;
	int i;

	(void)state;
	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	child_start(&c);
	ask(&c, "0 close(77)", "0 -> EBADF");
	lines = task_named(c.pid, "lines");
	for (i = 0; i < 10; i++) {
		struct pollfd p = {.fd = c.out, .events = POLLIN};

		tell(&c, "1 fork()");
		while (poll(&p, 1, 0) == 0)
			if (sleeps_in_a_call(&c, lines, c.pid) &&
					poll(&p, 1, 0) == 0)
				fail_msg("fork %d seems to sleep", i);
		adopt_forked(&f, &c, 1);
		ask(&c, "2 close(77)", "2 -> EBADF");
		assert_int_equal(child_end(&f), 0);
	}
	assert_int_equal(child_end(&c), 0);
}

static void fork_without_descriptors(void **state)
{
	struct child c;
	int i;

	(void)state;
	child_start(&c);
	for (i = 3; i < 1022; i++) {
		tell(&c, "1 socket(AF_UNIX)");
		assert_memory_equal(hear(&c), "1 -> ", 5);
	}
	ask(&c, "2 socket(AF_UNIX)", "2 -> EMFILE");
	ask(&c, "3 fork()", "3 -> EMFILE");
	ask(&c, "4 close(3)", "4 -> 0");
	assert_int_equal(child_end(&c), 0);
}

/* The reaper's end is its end, though its input stays open. */
static void forked_dies_with_the_reaper(void **state)
{
	int in[2], out[2];
	struct child c, f;
	pid_t reaper;

	(void)state;
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	reaper = fork();
	assert_true(reaper >= 0);
	if (reaper == 0) {
		prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
		c.pid = fork();
		if (c.pid == 0)
			be_actor(in, out);
		dprintf(out[1], "%d\n", (int)c.pid);
		pause();
		_exit(0);
	}
	child_adopt(&c, in, out);
	c.pid = (pid_t)atoi(hear(&c));
	tell(&c, "1 fork()");
	adopt_forked(&f, &c, 1);
	ask(&f, "1 close(77)", "1 -> EBADF");
	assert_int_equal(kill(reaper, SIGKILL), 0);
	assert_int_equal(waitpid(reaper, NULL, 0), reaper);
	assert_null(hear(&f));
	assert_null(hear(&c));
	close(c.in);
	close(c.out);
	close(f.in);
	close(f.out);
	lines_done(&c.answers);
	lines_done(&f.answers);
}

int main(void)
{
	const struct CMUnitTest skipped[] = {
		cmocka_unit_test(not_under_valgrind),
	};
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_wait_at_once),
		cmocka_unit_test(a_thread_makes_its_lines_in_order),
		cmocka_unit_test(answers_are_whole),
		cmocka_unit_test(never_seems_to_sleep),
		cmocka_unit_test(no_such_thread),
		cmocka_unit_test(forked),
		cmocka_unit_test(forked_by_a_thread),
		cmocka_unit_test(fork_does_not_seem_to_wait),
		cmocka_unit_test(fork_without_descriptors),
		cmocka_unit_test(forked_dies_with_the_reaper),
	};

	if (under_valgrind())
		return cmocka_run_group_tests(skipped, NULL, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
