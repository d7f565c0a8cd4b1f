/*
 * actor_child: an actor as a child of a test, at the ends of two pipes. A test
 * file includes it once, behind cmocka.
 */
#ifndef TESTS_ACTOR_CHILD_H
#define TESTS_ACTOR_CHILD_H

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "actor/actor.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/lines.h"
#include "valgrind.h"

#define DEADLINE (60 * CLOCK_S) /* only what fails waits so long */

struct child {
	pid_t pid;
	int in, out;       /* to it, from it */
	struct lines answers;
};

/* Become the actor at the ends of two pipes. */
static void be_actor(const int in[2], const int out[2])
{
	dup2(in[0], 0);
	dup2(out[1], 1);
	_exit(actor_main(NULL));
}

/* Keep the other ends. */
static void child_adopt(struct child *c, const int in[2], const int out[2])
{
	close(in[0]);
	close(out[1]);
	c->in = in[1];
	c->out = out[0];
	lines_init(&c->answers, 1 << 20);
}

static void child_start(struct child *c)
{
	int in[2], out[2];

	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	c->pid = fork();
	assert_true(c->pid >= 0);
	if (c->pid == 0)
		be_actor(in, out);
	child_adopt(c, in, out);
}

/* Close its input; its exit status as wait(2) gives it. */
static int child_end(struct child *c)
{
	int status;

	close(c->in);
	assert_int_equal(waitpid(c->pid, &status, 0), c->pid);
	close(c->out);
	lines_done(&c->answers);
	return status;
}

static void tell(struct child *c, const char *line)
{
	struct buf b = {0};

	buf_printf(&b, "%s\n", line);
	assert_int_equal(write(c->in, b.data, b.len), b.len);
	buf_done(&b);
}

/* The next answer; NULL when the actor is gone. */
static const char *hear(struct child *c)
{
	int64_t deadline = clock_mono() + DEADLINE;

	for (;;) {
		struct pollfd p = {.fd = c->out, .events = POLLIN};
		char *line = lines_next(&c->answers, NULL, NULL);

		if (line)
			return line;
		if (clock_mono() > deadline)
			fail_msg("the actor does not answer");
		if (poll(&p, 1, 1000) == 1 && !lines_fill(&c->answers, c->out))
			return lines_next(&c->answers, NULL, NULL);
	}
}

static void ask(struct child *c, const char *line, const char *answer)
{
	const char *heard;

	tell(c, line);
	heard = hear(c);
	assert_string_equal(heard ? heard : "(nothing)", answer);
}

static char state_of(pid_t pid)
{
	char path[40], text[256] = "", *behind;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		if (read(fd, text, sizeof(text) - 1) < 0)
			text[0] = '\0';
		close(fd);
	}
	behind = strrchr(text, ')');
	return behind ? behind[2] : '\0';
}

/* An actor limits its memory and closes descriptors that are not its own:
 * Valgrind, inside the same process, does not live through that. */
static void not_under_valgrind(void **state)
{
	(void)state;
	skip();
}

#endif
