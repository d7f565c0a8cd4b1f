/*
 * still: proving that nothing is under way (src/README.md, "Still, settled,
 * the fence").
 *
 * A fence goes round once for each processor on which something was done
 * since the lab was last still: the kernel's queues of incoming frames are one
 * for each processor, and each is FIFO. The lab stays on that processor while
 * the fence is out. If anything happens meanwhile the round proves nothing,
 * and the next one begins a little later.
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab/frames.h"
#include "lab/inside.h"
#include "lab/task.h"
#include "wire/gate.h"
#include "wire/ports.h"

#define LOOK_FIRST (200 * CLOCK_US) /* at the actors; then twice that … */
#define LOOK_MOST (20 * CLOCK_MS)
#define QUIET (2 * CLOCK_MS)        /* before proving what nobody asked for */
#define BACKOFF_MOST (20 * CLOCK_MS)
#define FENCE_LOST (200 * CLOCK_MS) /* then a new one goes out */
#define LOOPBACK_QUIET CLOCK_MS
#define SETTLE_LOOK (50 * CLOCK_MS)
#define FENCE_LEN 60

bool still_is(const struct lab *lab)
{
	return lab->builder && lab->still_at == lab->activity;
}

bool settled_is(const struct lab *lab)
{
	return still_is(lab) && lab->settled;
}

void still_soon(struct lab *lab)
{
	lab->look_step = LOOK_FIRST;
	lab->look = lab->now;
}

/* Whether every call has returned or sleeps. */
static bool lanes_quiet(struct lab *lab)
{
	bool quiet = true;

	for (struct lane *l = lab->lanes; l; l = l->next) {
		if (!l->pending)
			continue;
		if (lane_state(lab, l) == LANE_RUNS)
			quiet = false;
		else if (lab->now - l->pending->entered > LOOK_MOST)
			lane_tell_waits(lab, l);
	}
	/* A question that has reached a service has woken it by now. */
	for (const struct process *p = lab->processes; p; p = p->next)
		if (p->running && p->service &&
			task_state(p->actor.pid, TASK_ALL, &lab->cpus) == 'R')
			quiet = false;
	return quiet;
}

static void unpin(struct lab *lab)
{
	sched_setaffinity(0, sizeof(lab->own_cpus), &lab->own_cpus);
}

static void fence_broken(struct lab *lab)
{
	struct fence *f = &lab->fence;

	f->out = false;
	f->backoff = f->backoff ? f->backoff * 2 : LOOK_FIRST;
	if (f->backoff > BACKOFF_MOST)
		f->backoff = BACKOFF_MOST;
	f->again = lab->now + f->backoff;
	unpin(lab);
}

void still_lost(struct lab *lab)
{
	if (lab->fence.out)
		unpin(lab);
	memset(&lab->fence, 0, sizeof(lab->fence));
	CPU_ZERO(&lab->cpus);
}

/* What a program does next does not follow from what it was told. A service
 * only answers, and it sleeps: that was seen. */
static bool program_runs(const struct lab *lab)
{
	for (const struct process *p = lab->processes; p; p = p->next)
		if (p->running && p->program && !p->service)
			return true;
	return false;
}

static void reached(struct lab *lab)
{
	unpin(lab);
	lab->fence.out = false;
	lab->fence.backoff = 0;
	CPU_ZERO(&lab->cpus);
	lab->still_at = lab->activity;
	for (struct lane *l = lab->lanes; l; l = l->next)
		if (l->pending)
			lane_tell_waits(lab, l);
	sample_all(lab);
	lab->settled = sample_settled(lab) && !gate_delayed(lab->gate) &&
		!program_runs(lab) && !lanes_limited(lab);
	lab->look = lab->now + SETTLE_LOOK;
	if (lab->still_told == lab->activity)
		return;
	lab->still_told = lab->activity;
	frames_tell_losses(lab);
	record_printf(lab, "lab: still");
}

static void fence_frame(struct lab *lab, int host, uint8_t *frame)
{
	uint32_t n = lab->fence.number;

	memset(frame, 0, FENCE_LEN);
	memcpy(frame, lab->mac[host], 6);
	frame[6] = 0x02; /* a locally administered address, of nobody */
	frame[12] = HOST_FENCE >> 8;
	frame[13] = HOST_FENCE & 0xff;
	memcpy(frame + 14, &n, sizeof(n));
}

static bool is_current(const struct lab *lab, const uint8_t *frame, size_t len)
{
	return lab->fence.out && len >= 18 &&
		!memcmp(frame + 14, &lab->fence.number, 4);
}

void still_heard(struct lab *lab, int host)
{
	uint8_t frame[FENCE_LEN];
	ssize_t n;

	while ((n = recv(lab->ready.fence[host], frame, sizeof(frame),
			MSG_DONTWAIT)) > 0)
		if (is_current(lab, frame, n) &&
			send(lab->ready.fence[host], frame, n,
				MSG_DONTWAIT) < 0)
			fence_broken(lab);
}

void still_came_back(struct lab *lab, int host, const uint8_t *frame,
	size_t len)
{
	if (is_current(lab, frame, len))
		lab->fence.back |= 1U << host;
}

/* Send a fence to every host on the next processor. */
static void fence_round(struct lab *lab)
{
	struct fence *f = &lab->fence;
	uint8_t frame[FENCE_LEN];
	cpu_set_t one;
	int cpu = 0;

	while (cpu < CPU_SETSIZE - 1 && !CPU_ISSET(cpu, &f->left))
		cpu++;
	CPU_CLR(cpu, &f->left);
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	sched_setaffinity(0, sizeof(one), &one);
	f->number++;
	f->back = 0;
	f->sent = lab->now;
	for (int i = 0; i < lab->plan.hosts; i++) {
		fence_frame(lab, i, frame);
		if (port_send(lab->port[i], frame, sizeof(frame))) {
			fence_broken(lab);
			return;
		}
	}
}

static void fence_begin(struct lab *lab)
{
	struct fence *f = &lab->fence;
	unsigned cpu = 0;

	f->out = true;
	f->activity = lab->activity;
	f->sent = lab->now;
	f->left = lab->cpus;
	if (CPU_COUNT(&f->left) == 0 && getcpu(&cpu, NULL) == 0)
		CPU_SET(cpu, &f->left);
	if (!lab->plan.loopback)
		fence_round(lab);
}

/* Carry a fence that is out as far as it goes. */
static void fence_step(struct lab *lab)
{
	struct fence *f = &lab->fence;
	unsigned all = (1U << lab->plan.hosts) - 1;

	while (f->out) {
		for (int i = 0; i < lab->plan.hosts && f->out; i++)
			still_heard(lab, i);
		frames_drain(lab, 64);
		if (lab->activity != f->activity)
			fence_broken(lab);
		if (!f->out || f->back != all)
			break;
		if (CPU_COUNT(&f->left) == 0) {
			/* What it brought in may have woken an actor. */
			if (lanes_quiet(lab))
				reached(lab);
			else
				fence_broken(lab);
			return;
		}
		fence_round(lab);
	}
	if (f->out && lab->now - f->sent > FENCE_LOST)
		fence_broken(lab);
}

static void loopback_step(struct lab *lab)
{
	struct fence *f = &lab->fence;

	if (lab->activity != f->activity || !lanes_quiet(lab))
		fence_broken(lab);
	else if (lab->now - f->sent >= LOOPBACK_QUIET)
		reached(lab);
}

void still_step(struct lab *lab)
{
	struct fence *f = &lab->fence;

	if (!lab->builder || lab->full)
		return;
	if (still_is(lab)) {
		/* A clock may have run out without a sound. */
		if (!lab->settled && orders_need_settled(lab) &&
			lab->now >= lab->look)
			reached(lab);
		return;
	}
	if (!f->out) {
		if (lab->now < f->again || lab->now < lab->look)
			return;
		if (!orders_need_still(lab) && lab->now - lab->active < QUIET)
			return;
		if (!lanes_quiet(lab)) {
			lab->look = lab->now + lab->look_step;
			lab->look_step *= 2;
			if (lab->look_step > LOOK_MOST)
				lab->look_step = LOOK_MOST;
			return;
		}
		fence_begin(lab);
	}
	if (lab->plan.loopback)
		loopback_step(lab);
	else
		fence_step(lab);
}

int64_t still_due(const struct lab *lab)
{
	const struct fence *f = &lab->fence;
	int64_t due;

	if (!lab->builder || lab->full)
		return INT64_MAX;
	if (still_is(lab))
		return !lab->settled && orders_need_settled(lab) ? lab->look
								 : INT64_MAX;
	if (f->out)
		return f->sent + (lab->plan.loopback ? LOOPBACK_QUIET
						     : FENCE_LOST);
	due = f->again > lab->look ? f->again : lab->look;
	if (!orders_need_still(lab) && due < lab->active + QUIET)
		due = lab->active + QUIET;
	return due;
}
