/* why_again: frames that say once more what one before them said. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>

#include "scene/why_inside.h"

/* A frame before it that said the same: covers its first byte, or is a SYN, a
 * FIN like it. */
static bool is_same(const struct question *q, uint32_t frame)
{
	const struct scene_frame *f = scene_frame(q->s, frame);
	uint8_t syn = FACTS_SYN | FACTS_ACK;

	if (frame == q->ref || f->way != q->way || !f->flags ||
		(f->made != MADE_NOT && f->made != MADE_SPLIT))
		return false;
	if (q->f->flags & FACTS_SYN)
		return (f->flags & syn) == (q->f->flags & syn);
	if (q->f->len)
		return f->len && (int32_t)(f->stream - q->f->stream) <= 0 &&
			(int32_t)(f->stream + f->len - q->f->stream) > 0;
	return q->f->flags & FACTS_FIN && f->flags & FACTS_FIN;
}

/* How many frames before it said the same: the newest is last. */
static size_t count_same(struct question *q, uint32_t last)
{
	size_t times = 1;

	while ((last = why_frame_before(q, scene_frame(q->s, last)->position,
		is_same)) != SCENE_NONE)
		times++;
	return times;
}

/* The acknowledgements of the other side that ask for just these bytes. */
static size_t asked_for(struct question *q, uint32_t from)
{
	size_t n, times = 0;
	const uint32_t *frames = scene_flow_frames(q->s, q->flow,
		q->f->position, &n);
	struct facts f;

	for (int look = 0; n-- > 0 && look < WHY_NEAR; look++) {
		if (scene_frame(q->s, frames[n])->position < from)
			break;
		if (why_is_others_ack(q, frames[n]) && !scene_frame(q->s,
			frames[n])->len && why_facts(q, frames[n], &f) &&
			f.ack == q->facts.seq)
			times++;
	}
	return times;
}

/* A bare ACK that asks for just these bytes, and repeats the one before it:
 * what follows the bytes has come, they have not. SCENE_NONE: no such one had
 * reached the sender between two positions. */
static uint32_t hole_reported(struct question *q, uint32_t from)
{
	size_t n;
	const uint32_t *frames = scene_flow_frames(q->s, q->flow,
		q->f->position, &n);
	uint32_t newer = SCENE_NONE; /* an ACK for it, that may be a repeat */
	struct facts f;

	for (int look = 0; n-- > 0 && look < WHY_NEAR; look++) {
		if (!why_is_others_ack(q, frames[n]) ||
			!why_facts(q, frames[n], &f) ||
			(int32_t)(f.ack - q->facts.seq) > 0)
			continue; /* more: it crossed this frame */
		if (f.ack != q->facts.seq || newer != SCENE_NONE)
			return f.ack == q->facts.seq ? newer : SCENE_NONE;
		if (why_arrived(q, frames[n]) > from &&
			f.flags == FACTS_ACK && !f.payload_len)
			newer = frames[n];
	}
	return SCENE_NONE;
}

/* The acknowledgement of it that was sent but did not arrive. */
static uint32_t lost_ack(struct question *q, uint32_t from)
{
	size_t n;
	const uint32_t *frames = scene_flow_frames(q->s, q->flow,
		q->f->position, &n);
	struct facts f;

	for (int look = 0; n-- > 0 && look < WHY_NEAR; look++) {
		const struct scene_frame *a = scene_frame(q->s, frames[n]);

		if (a->position < from)
			break;
		if (a->way != q->way && a->flags & FACTS_ACK &&
			why_is_lost(q, frames[n]) &&
			why_facts(q, frames[n], &f) &&
			(int32_t)(f.ack - q->facts.seq) > 0)
			return frames[n];
	}
	return SCENE_NONE;
}

static void say_queue_of_target(struct question *q)
{
	const struct scene_sample *at;
	uint32_t i = SCENE_NONE;
	struct end on;

	if (q->f->target >= SCENE_HOSTS)
		return;
	while ((i = why_next_socket(q, q->f->target, i)) != SCENE_NONE) {
		at = why_sample(q, i);
		if (at && at->state == TCP_LISTEN &&
			at->receive_queue > at->send_queue &&
			why_end_read(why_as(q, i)->local, &on) &&
			on.port == q->facts.target_port) {
			say(q, at->position, _("The queue of the %s is full "
				"(%u of %u): its kernel lets SYNs fall."),
				why_socket(q, i), at->receive_queue,
				at->send_queue);
			return;
		}
	}
}

/* What became of the copy before, or of its answer. */
static void say_why_again(struct question *q, uint32_t last)
{
	uint32_t from = scene_frame(q->s, last)->position, ack;
	struct facts f;
	size_t asked;

	if (why_say_lost(q, last))
		return;
	ack = lost_ack(q, from);
	if (ack != SCENE_NONE) {
		say(q, scene_frame(q->s, ack)->position,
			_("Frame #%u acknowledges it, but that did not arrive "
			  "in time."), why_number(q, ack));
		why_say_lost(q, ack);
		return;
	}
	ack = why_frame_before(q, q->f->position, why_is_others_ack);
	if (ack != SCENE_NONE && why_facts(q, ack, &f) && !f.window &&
		!(f.flags & FACTS_RST)) {
		say(q, scene_frame(q->s, ack)->position,
			_("Frame #%u says that there is no room (window 0): "
			  "what came beyond it was thrown away."),
			why_number(q, ack));
		return;
	}
	asked = asked_for(q, from);
	if (asked > 1) {
		say(q, from, _("%zu acknowledgements had asked for just these "
			"bytes: something before what arrived was missing."),
			asked);
		return;
	}
	if (q->f->flags & FACTS_SYN)
		say_queue_of_target(q);
}

/* That it is a retransmission, and of what, the scene says (again.c); here is
 * looked for the copies between. */
static bool is_again(struct question *q, uint32_t *first, uint32_t *last,
	size_t *times)
{
	if (!why_is_segment(q) || q->f->again == SCENE_NONE)
		return false;
	*first = q->f->again;
	*last = why_frame_before(q, q->f->position, is_same);
	if (*last == SCENE_NONE)
		*last = *first;
	*times = count_same(q, *last);
	return true;
}

static void say_copies(struct question *q, uint32_t first, uint32_t last,
	size_t times)
{
	int64_t since = why_when(q, q->f->position) -
		why_when(q, scene_frame(q->s, last)->position);

	if (times == 1)
		say(q, scene_frame(q->s, first)->position,
			_("It says again what frame #%u said, %s before."),
			why_number(q, first), why_time(q, since));
	else
		say(q, scene_frame(q->s, first)->position,
			_("It is copy number %zu of what frame #%u said; the "
			  "one before it is frame #%u, %s before."), times,
			why_number(q, first), why_number(q, last),
			why_time(q, since));
}

static bool syn_again(struct question *q)
{
	uint32_t first, last;
	size_t times;

	if (!(q->f->flags & FACTS_SYN) ||
		!is_again(q, &first, &last, &times))
		return false;
	say_copies(q, first, last, times);
	say_why_again(q, last);
	if (q->out->n == 1)
		say(q, q->f->position, q->f->flags & FACTS_ACK ?
			_("The third part of the handshake did not come: the "
			  "kernel sends its SYN+ACK again.") :
			_("No answer came, so the kernel tries again."));
	return true;
}

/* The clock runs 200 ms at least: what comes sooner after the report of a hole
 * is the answer to that. */
#define SOON (200 * INT64_C(1000000))

static bool fast_retransmission(struct question *q)
{
	uint32_t first, last, ack;
	size_t times;

	if (!q->f->len || !is_again(q, &first, &last, &times))
		return false;
	ack = hole_reported(q, scene_frame(q->s, last)->position);
	if (ack == SCENE_NONE || why_when(q, q->f->position) -
		why_when(q, why_arrived(q, ack)) >= SOON)
		return false;
	say_copies(q, first, last, times);
	say(q, why_arrived(q, ack), _("Frame #%u, an ACK that repeats the one "
		"before it, reported a hole here: bytes behind these had come, "
		"these had not."), why_number(q, ack));
	say(q, q->f->position, _("So the kernel of %s waited for no clock: "
		"with RACK one such report is enough."),
		why_host(q, q->host));
	why_say_lost(q, last);
	return true;
}

static bool retransmission(struct question *q)
{
	uint32_t first, last;
	size_t times;

	if ((!q->f->len && !(q->f->flags & FACTS_FIN)) ||
		!is_again(q, &first, &last, &times))
		return false;
	say_copies(q, first, last, times);
	say_why_again(q, last);
	if (q->out->n == 1)
		say(q, q->f->position, _("No acknowledgement came soon enough "
			"for the clock that %s keeps for that."),
			why_host(q, q->host));
	return true;
}

const struct cause why_of_again[] = {
	{"syn-again", WHY_FRAME, 0, syn_again},
	{"fast-retransmission", WHY_FRAME, 0, fast_retransmission},
	{"retransmission", WHY_FRAME, 0, retransmission},
	{0},
};
