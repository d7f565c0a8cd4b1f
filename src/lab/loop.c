/*
 * loop: the one epoll loop.
 *
 * The order of a turn is what makes the journal's order the causal one. First
 * every ring is drained, until they are all empty; what was in it is handed on
 * when the calls that sent it have returned or sleep. Then actors are heard; a
 * frame that a call caused lay in its ring before the call had returned, so
 * between reading an answer and writing it down the rings are drained again.
 * Only then come the lines of the screen, and what became possible: frames
 * that were delayed, samples, still, answers.
 */
#include <errno.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "lab/inside.h"
#include "wire/gate.h"
#include "wire/ports.h"

#define EVENTS 32

/*
 * What epoll watches; the descriptor's kind is in data.u64. Rather than to
 * register and forget, the set is made anew when it changes: that is seldom (an
 * actor starts, ends or has a full pipe), and then it is right.
 */
enum watched {
	WATCH_CONTROL = 1,
	WATCH_TERM,
	WATCH_BUILDER,
	WATCH_FENCE,
	WATCH_LANE,
	WATCH_PORT, /* being awake is enough: all are drained each turn */
};

static void watch(int set, int fd, enum watched what, uint32_t events)
{
	struct epoll_event e = {.events = events, .data.u64 = what};

	if (fd >= 0)
		epoll_ctl(set, EPOLL_CTL_ADD, fd, &e);
}

static int watch_all(const struct lab *lab)
{
	int set = epoll_create1(EPOLL_CLOEXEC);

	if (set < 0)
		return -errno;
	watch(set, lab->control.fd, WATCH_CONTROL,
		EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
	watch(set, lab->term, WATCH_TERM, EPOLLIN);
	if (!lab->builder)
		return set;
	watch(set, builder_fd(lab->builder), WATCH_BUILDER, EPOLLIN);
	for (int i = 0; i < lab->plan.hosts && !lab->plan.loopback; i++) {
		/* With a full journal the wire holds: frames stay where they
		 * are, and must not keep us awake. */
		if (!lab->full)
			watch(set, port_fd(lab->port[i]), WATCH_PORT, EPOLLIN);
		watch(set, lab->ready.fence[i], WATCH_FENCE, EPOLLIN);
	}
	for (const struct process *p = lab->processes; p; p = p->next) {
		if (!p->running)
			continue;
		if (!p->mute)
			watch(set, p->actor.out, WATCH_LANE, EPOLLIN);
		watch(set, p->actor.pidfd, WATCH_LANE, EPOLLIN);
		if (p->to.len)
			watch(set, p->actor.in, WATCH_LANE, EPOLLOUT);
	}
	return set;
}

static int64_t next_due(const struct lab *lab)
{
	int64_t due = still_due(lab), d;

	d = orders_due(lab);
	if (d < due)
		due = d;
	d = sample_due(lab);
	if (d < due)
		due = d;
	d = lab->gate ? gate_due(lab->gate) : INT64_MAX;
	return d < due ? d : due;
}

/* Wait for something, at most until due. Returns events, or -errno. */
static int rest(int set, struct epoll_event *e, int64_t due)
{
	struct timespec t = {0};
	int64_t ns;
	int n;

	ns = due == INT64_MAX ? 0 : due - clock_mono();
	if (ns > 0)
		t = (struct timespec){ns / CLOCK_S, ns % CLOCK_S};
	n = epoll_pwait2(set, e, EVENTS, due == INT64_MAX ? NULL : &t, NULL);
	/* Before Linux 5.11, or a filter that does not know the call. */
	if (n < 0 && (errno == ENOSYS || errno == EPERM))
		n = epoll_wait(set, e, EVENTS, due == INT64_MAX ? -1
			: (int)((ns > 0 ? ns : 0) / CLOCK_MS) + (ns > 0));
	return n < 0 ? -errno : n;
}

static void hear_lanes(struct lab *lab)
{
	struct process *next;

	for (struct process *p = lab->processes; p; p = next) {
		next = p->next;
		if (!p->running)
			continue;
		process_push(lab, p);
		process_hear(lab, p);
	}
}

/* One turn: see the first comment. */
static void turn(struct lab *lab, const struct epoll_event *e, int n)
{
	bool control = false, fence = false, lanes = false;

	lab->now = clock_mono();
	for (int i = 0; i < n; i++) {
		if (e[i].data.u64 == WATCH_CONTROL)
			control = true;
		else if (e[i].data.u64 == WATCH_FENCE)
			fence = true;
		else if (e[i].data.u64 == WATCH_LANE)
			lanes = true;
		else if (e[i].data.u64 == WATCH_TERM)
			lab->leave = true;
		else if (e[i].data.u64 == WATCH_BUILDER)
			build_lost(lab);
	}
	/* Also one that comes too late is taken: it would keep us awake. */
	for (int i = 0; fence && lab->builder && i < lab->plan.hosts; i++)
		still_heard(lab, i);
	frames_drain_all(lab);
	lab->control.unread &= !control;
	if (lanes) /* asking each on every turn would slow the frames down */
		hear_lanes(lab);
	if (control)
		control_hear(lab);
	if (lab->gate && gate_due(lab->gate) <= lab->now) {
		lab_active(lab);
		gate_tick(lab->gate, lab->now);
	}
	if (frames_drain_all(lab)) {
		sample_step(lab);
		still_step(lab);
	}
	orders_step(lab);
	control_flush(lab);
}

int lab_loop(struct lab *lab)
{
	struct epoll_event e[EVENTS];
	uint64_t made = 0;
	int set = -1, n;

	lab->changed = 1;
	while (!lab->leave && !lab->control.ended) {
		if (made != lab->changed) {
			if (set >= 0)
				close(set);
			set = watch_all(lab);
			made = lab->changed;
			if (set < 0)
				return set;
		}
		n = rest(set, e, next_due(lab));
		if (n < 0 && n != -EINTR)
			break;
		turn(lab, e, n > 0 ? n : 0);
	}
	if (set >= 0)
		close(set);
	return 0;
}
