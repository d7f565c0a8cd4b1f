/*
 * hosts: what the tests of src/host share: a pair of hosts, and a wire that
 * forwards every frame and looks at each.
 */
#ifndef TESTS_NET_HOSTS_H
#define TESTS_NET_HOSTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "host/host.h"
#include "packet/facts.h"
#include "wire/ports.h"

#define DEADLINE (60 * CLOCK_S) /* only what fails waits so long */

struct pair {
	struct host_plan plan;
	struct host_ready ready;
	struct builder *builder;
	struct port *port[2];
	uint64_t frames, bad;   /* seen; with a wrong checksum or too long */
};

/* Build both hosts, or skip the test where the machine does not allow it. */
static inline void pair_start(struct pair *p)
{
	char why[512];
	int r = builder_start(&p->builder, &p->plan, &p->ready, why,
		sizeof(why));

	if (r == -EPERM) {
		print_message("skipped: %s\n", why);
		skip();
	}
	if (r)
		fail_msg("%s", why);
	for (int i = 0; i < 2 && !p->plan.loopback; i++)
		assert_int_equal(port_open(&p->port[i], p->ready.tap[i],
			p->ready.door[i]), 0);
}

static inline void pair_stop(struct pair *p)
{
	for (int i = 0; i < 2; i++) {
		port_close(p->port[i]);
		if (p->ready.fence[i] >= 0)
			close(p->ready.fence[i]);
		if (p->ready.diag[i] >= 0)
			close(p->ready.diag[i]);
	}
	builder_stop(p->builder);
}

/* Take every frame out of the rings; send each on to the other host. */
static inline void pair_forward(struct pair *p)
{
	const uint8_t *frame;
	size_t len;

	for (int i = 0; i < 2 && p->port[0]; i++)
		while ((frame = port_next(p->port[i], &len))) {
			struct facts f;

			facts_read(&f, frame, len);
			p->frames++;
			p->bad += f.bad_sum || f.bad_ip_sum || f.truncated ||
				len > (size_t)p->plan.mtu + 14;
			while (port_send(p->port[!i], frame, len) == -ENOBUFS)
				;
			port_release(p->port[i]);
		}
}

/* Forward until fd can be read. False at the deadline. */
static inline bool pair_run(struct pair *p, int fd)
{
	int64_t end = clock_mono() + DEADLINE;

	while (clock_mono() < end) {
		struct pollfd on[] = {
			{.fd = fd, .events = POLLIN},
			{.fd = p->port[0] ? port_fd(p->port[0]) : -1,
				.events = POLLIN},
			{.fd = p->port[1] ? port_fd(p->port[1]) : -1,
				.events = POLLIN},
		};

		poll(on, 3, 100);
		pair_forward(p);
		if (on[0].revents)
			return true;
	}
	return false;
}

/* Start a program: name, then its arguments up to NULL. */
#define pair_spawn(p, host, actor, ...) \
	assert_int_equal(builder_spawn((p)->builder, host, \
		(char *[]){__VA_ARGS__, NULL}, actor), 0)

/* A line from an actor, without its end; "" when it ended instead. */
static inline char *pair_line(struct pair *p, const struct host_actor *a,
	char *line, size_t size)
{
	size_t n = 0;

	while (n < size - 1) {
		if (!pair_run(p, a->out))
			fail_msg("no line in time");
		if (read(a->out, line + n, 1) != 1 || line[n] == '\n')
			break;
		n++;
	}
	line[n] = '\0';
	return line;
}

/* All that an actor says until it closes its output. */
static inline void pair_all(struct pair *p, const struct host_actor *a,
	struct buf *b)
{
	char part[4096];
	ssize_t n;

	do {
		if (!pair_run(p, a->out))
			fail_msg("no end in time");
		n = read(a->out, part, sizeof(part));
		if (n > 0)
			buf_add(b, part, n);
	} while (n > 0);
}

static inline void actor_close(const struct host_actor *a)
{
	close(a->in);
	close(a->out);
	close(a->pidfd);
}

/* Wait until a process is gone. */
static inline bool gone(int pidfd)
{
	struct pollfd on = {.fd = pidfd, .events = POLLIN};

	return poll(&on, 1, DEADLINE / CLOCK_MS) == 1;
}

/* How it ended, as wait(2) says. */
static inline int actor_end(struct pair *p, const struct host_actor *a)
{
	assert_true(gone(a->pidfd));
	return builder_ended(p->builder, a);
}

#endif
