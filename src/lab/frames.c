/*
 * frames: from a host's ring through the gate to the other hosts' doors, every
 * one into the journal.
 *
 * This is the hot path: while frames flow with no rule in force a frame costs
 * one look into the ring, one copy into the journal and one into the other
 * host's ring; a batch of them costs one system call.
 */
#include <errno.h>
#include <inttypes.h>
#include <sched.h>
#include <string.h>

#include "base/intl.h"
#include "lab/frames.h"
#include "lab/inside.h"
#include "wire/gate.h"
#include "wire/ports.h"

#define TRIES 64   /* of a door that says it has no room */
#define BATCH 64   /* frames of a ring before the next one has its turn */
#define BATCHES 64 /* together more than a ring holds */

static void push(struct lab *lab, int host)
{
	int r = port_push(lab->port[host]);

	/* No room: whoever should make some must get the processor. */
	for (int i = 0; i < TRIES && (r == -EAGAIN || r == -ENOBUFS); i++) {
		sched_yield();
		r = port_push(lab->port[host]);
	}
	if (r)
		lab->lost += port_forget(lab->port[host]);
}

static void put(struct lab *lab, int host, const uint8_t *frame, size_t len)
{
	int r = port_put(lab->port[host], frame, len);

	if (r == -EAGAIN) {
		push(lab, host);
		r = port_put(lab->port[host], frame, len);
	}
	if (r)
		lab->lost++;
	if (!lab->draining)
		push(lab, host);
	lab->dirty |= 1U << host; /* it may have changed a socket there */
}

/* The gate lets a frame go: to the host whose address it bears; what is for
 * all, or for an address that nobody has, to all others, as a hub that does
 * not know better. (There is nothing to learn: the builder gave the hosts
 * their addresses.) */
static void out(void *arg, int from, const uint8_t *frame, size_t len)
{
	struct lab *lab = arg;

	for (int i = 0; i < lab->plan.hosts; i++)
		if (i != from && len >= 6 &&
			!memcmp(lab->mac[i], frame, 6)) {
			put(lab, i, frame, len);
			return;
		}
	for (int i = 0; i < lab->plan.hosts; i++)
		if (i != from && gate_reaches(lab->gate, i))
			put(lab, i, frame, len);
}

/* "dropped by 3": a fate, and the rule that decided it. */
static void tell_fate(struct buf *b, const struct gate_seen *s)
{
	if (s->fate == FATE_PASSED || s->fate == FATE_ABSORBED)
		return;
	if (b->len)
		buf_char(b, ' ');
	buf_text(b, s->cut ? "cut" : fate_word(s->fate));
	if (s->fate == FATE_DELAYED) {
		buf_char(b, ' ');
		line_print_time(b, s->delay);
	}
	if (s->of)
		buf_printf(b, s->fate == FATE_REPLACED ? " by #%" PRId64 :
			" of #%" PRId64, s->of);
	/* Of one that we made, the rule that is told is the one that made it:
	 * unless another ended it. */
	if (s->rule && (!s->made || s->fate == FATE_DROPPED ||
			s->fate == FATE_REPLACED))
		buf_printf(b, " by %" PRId64, s->rule);
}

/* The frame's comment in the journal: what it is, when we made it; its first
 * fate, when it did not pass. */
static void comment(struct buf *b, const struct gate_seen *s)
{
	if (s->made)
		buf_printf(b, "made %s", made_word(s->made));
	if (s->made_of)
		buf_printf(b, " of #%" PRId64, s->made_of);
	if (s->made_by)
		buf_printf(b, " by %" PRId64, s->made_by);
	tell_fate(b, s);
}

static void seen(void *arg, int host, const uint8_t *frame, size_t len,
	const struct gate_seen *s)
{
	struct lab *lab = arg;
	struct buf b = {0};
	int64_t r;

	if (s->made) /* by an order: that comes first */
		record_announced(lab);
	comment(&b, s);
	r = journal_frame(lab->journal, lab->interface[host], clock_wall(),
		frame, len, b.data);
	buf_done(&b);
	if (r == -ENOSPC && !lab->full) {
		lab->full = true;
		lab->changed++;
	}
	sample_host(lab, host);
}

static void later_fate(void *arg, int64_t number, enum fate fate, int64_t of,
	int64_t rule)
{
	struct line l = {
		.kind = LINE_FATE, .lane = "wire", .fate = fate,
		.frame = number, .of = of, .rule = rule,
	};
	struct lab *lab = arg;
	struct buf b = {0};

	lab_active(lab);
	record_announced(lab);
	line_print(&b, &l);
	record_line(lab, b.data, b.len);
	buf_done(&b);
}

struct gate_ports frames_ports(struct lab *lab)
{
	return (struct gate_ports){
		.arg = lab, .out = out, .seen = seen, .fate = later_fate,
	};
}

static bool is_fence(const uint8_t *frame, size_t len)
{
	return len >= 14 && frame[12] == HOST_FENCE >> 8 &&
		frame[13] == (HOST_FENCE & 0xff);
}

static bool drain_port(struct lab *lab, int host, int most)
{
	const uint8_t *frame;
	bool any = false;
	size_t len;

	for (int i = 0; i < most; i++) {
		frame = port_next(lab->port[host], &len);
		if (!frame)
			break;
		if (is_fence(frame, len)) {
			still_came_back(lab, host, frame, len);
		} else {
			gate_frame(lab->gate, host, frame, len, lab->now);
			lab->sent |= 1U << host;
			any = true;
		}
		port_release(lab->port[host]);
		if (lab->full)
			break;
	}
	return any;
}

/*
 * Take what lies in the rings; then, host by host, let the calls that are about
 * to return do so, and only then hand on: what others do when they get a frame
 * stands behind the return of the call that sent it. While calls are heard the
 * rings are drained again (process_hear); that hands on nothing.
 */
bool frames_drain(struct lab *lab, int most)
{
	bool outer = !lab->draining, any = false;
	unsigned cpu;

	if (!lab->builder || lab->plan.loopback || lab->full)
		return false;
	lab->draining = true;
	for (int i = 0; i < lab->plan.hosts && !lab->full; i++) {
		any |= drain_port(lab, i, most);
		if (!outer)
			continue;
		lanes_catch_up(lab);
		for (int to = 0; to < lab->plan.hosts; to++)
			push(lab, to);
	}
	lab->draining = !outer;
	if (!any)
		return false;
	lab_active(lab);
	if (getcpu(&cpu, NULL) == 0)
		CPU_SET(cpu, &lab->cpus);
	return true;
}

bool frames_drain_all(struct lab *lab)
{
	bool waited = true; /* when nothing came there is nothing to wait for */

	for (int i = 0; i < BATCHES; i++) {
		if (frames_drain(lab, BATCH)) {
			waited = false;
			continue;
		}
		if (waited)
			return true;
		/* Who got the frame may answer at once. On one processor it
		 * can do so only now, and to sleep until then costs more. */
		sched_yield();
		waited = true;
	}
	return false;
}

void frames_tell_losses(struct lab *lab)
{
	uint64_t n = lab->lost;

	lab->lost = 0;
	for (int i = 0; i < lab->plan.hosts && !lab->plan.loopback; i++)
		n += port_drops(lab->port[i]);
	if (n)
		record_note(lab, ngettext(
			"The kernel lost %" PRIu64 " frame on the way to or "
			"from the wire: too many came at once.",
			"The kernel lost %" PRIu64 " frames on the way to or "
			"from the wire: too many came at once.", n), n);
}
