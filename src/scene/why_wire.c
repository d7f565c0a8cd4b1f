/* why_wire: why a frame is there, or there again; what was done to it. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>

#include "packet/facts.h"
#include "scene/why_inside.h"

#define NEAR 512 /* frames of a flow before one */

static bool is_tcp(const struct question *q)
{
	return q->facts.protocol == IPPROTO_TCP && q->flow != SCENE_NONE;
}

/* The newest frame of the flow before a position that a test takes. */
static uint32_t before(struct question *q, uint32_t position,
	bool (*is)(const struct question *q, uint32_t frame))
{
	size_t n;
	const uint32_t *frames = scene_flow_frames(q->s, q->flow, position, &n);

	for (int look = 0; n-- > 0 && look < NEAR; look++)
		if (is(q, frames[n]))
			return frames[n];
	return SCENE_NONE;
}

static bool is_own(const struct question *q, uint32_t frame)
{
	const struct scene_frame *f = scene_frame(q->s, frame);

	return f->way == q->way && f->flags;
}

static bool is_own_data(const struct question *q, uint32_t frame)
{
	return is_own(q, frame) && scene_frame(q->s, frame)->len;
}

static bool is_others_ack(const struct question *q, uint32_t frame)
{
	const struct scene_frame *f = scene_frame(q->s, frame);

	return f->way != q->way && f->flags & FACTS_ACK &&
		why_arrived(q, frame) < q->f->position;
}

static bool is_others_data(const struct question *q, uint32_t frame)
{
	return is_others_ack(q, frame) &&
		(scene_frame(q->s, frame)->len ||
		scene_frame(q->s, frame)->flags & FACTS_FIN);
}

static bool is_plain_ack(const struct question *q)
{
	return q->facts.flags == FACTS_ACK && q->f->len == 0;
}

/* ---- made on the wire ---- */

static bool made_on_the_wire(struct question *q)
{
	const char *order = scene_rule_order(q->s, q->f->rule, q->position);
	uint32_t of = q->f->made_of == SCENE_NONE ? 0 :
		why_number(q, q->f->made_of);

	switch ((enum made)q->f->made) {
	case MADE_NOT:
		return false;
	case MADE_RESET:
		return false; /* why_end.c */
	case MADE_DUPLICATE:
		say(q, q->f->position, _("No host sent this frame: it is a "
			"second copy of frame #%u, made on the wire."), of);
		break;
	case MADE_SPLIT:
		say(q, q->f->position, _("No host sent this frame: it is a "
			"part of frame #%u, which was split on the wire."),
			of);
		break;
	case MADE_CORRUPT:
		say(q, q->f->position, _("No host sent this frame as it is: "
			"it is frame #%u, with a byte changed on the wire."),
			of);
		break;
	case MADE_ICMP:
		say(q, q->f->position, _("No host sent this frame: the wire "
			"answers frame #%u as a router would, for which it is "
			"too long."), of);
		break;
	}
	if (*order)
		say(q, q->f->position, _("Rule %u says so: %s."), q->f->rule,
			order);
	return true;
}

static bool replaced(struct question *q)
{
	const char *order;

	if (scene_frame_fate(q->s, q->ref, q->position) != FATE_REPLACED)
		return false;
	say(q, q->f->position, _("Frame #%u itself went no further: what was "
		"made of it on the wire goes instead."), q->f->number);
	order = scene_rule_order(q->s, q->f->rule, q->position);
	if (*order && q->f->first_fate == FATE_REPLACED)
		say(q, q->f->position, _("Rule %u says so: %s."), q->f->rule,
			order);
	return true;
}

/* Of a frame that a host sent it says nothing: cards fill sums in late. */
static bool bad_checksum(struct question *q)
{
	struct event e;
	struct facts f;

	if (q->f->made != MADE_CORRUPT || !scene_frame_bytes(q->s, q->ref, &e))
		return false;
	facts_read(&f, e.data, e.len);
	if (!f.bad_ip_sum && !(f.sum_known && f.bad_sum))
		return false;
	say(q, q->f->position, _("The checksum of frame #%u does not fit its "
		"bytes: whose kernel it reaches throws it away, and says "
		"nothing."), q->f->number);
	if (f.protocol == IPPROTO_TCP)
		say(q, q->f->position, _("Its sender gets no acknowledgement, "
			"and sends the bytes again."));
	made_on_the_wire(q);
	return true;
}

/* ---- again ---- */

/* A frame before it that said the same: covers its first byte, or is a SYN, a
 * FIN like it. */
static bool is_same(const struct question *q, uint32_t frame)
{
	const struct scene_frame *f = scene_frame(q->s, frame);
	uint8_t syn = FACTS_SYN | FACTS_ACK;

	if (frame == q->ref || !is_own(q, frame) ||
		(f->made != MADE_NOT && f->made != MADE_SPLIT))
		return false;
	if (q->f->flags & FACTS_SYN)
		return (f->flags & syn) == (q->f->flags & syn);
	if (q->f->len)
		return f->len && (int32_t)(f->stream - q->f->stream) <= 0 &&
			(int32_t)(f->stream + f->len - q->f->stream) > 0;
	return q->f->flags & FACTS_FIN && f->flags & FACTS_FIN;
}

static uint32_t first_same(struct question *q, size_t *times)
{
	uint32_t i = before(q, q->f->position, is_same), first = SCENE_NONE;

	for (*times = 0; i != SCENE_NONE; ++*times) {
		first = i;
		i = before(q, scene_frame(q->s, i)->position, is_same);
	}
	return first;
}

/* The acknowledgements of the other side that ask for just these bytes. */
static size_t asked_for(struct question *q, uint32_t from)
{
	size_t n, times = 0;
	const uint32_t *frames = scene_flow_frames(q->s, q->flow,
		q->f->position, &n);
	struct facts f;

	for (int look = 0; n-- > 0 && look < NEAR; look++) {
		if (scene_frame(q->s, frames[n])->position < from)
			break;
		if (is_others_ack(q, frames[n]) && !scene_frame(q->s,
			frames[n])->len && why_facts(q, frames[n], &f) &&
			f.ack == q->facts.seq)
			times++;
	}
	return times;
}

/* The acknowledgement of it that was sent but did not arrive. */
static uint32_t lost_ack(struct question *q, uint32_t from)
{
	size_t n;
	const uint32_t *frames = scene_flow_frames(q->s, q->flow,
		q->f->position, &n);
	struct facts f;

	for (int look = 0; n-- > 0 && look < NEAR; look++) {
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
	ack = before(q, q->f->position, is_others_ack);
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

static bool is_again(struct question *q, uint32_t *first, uint32_t *last,
	size_t *times)
{
	if (!is_tcp(q) || q->f->made != MADE_NOT)
		return false;
	*last = before(q, q->f->position, is_same);
	if (*last == SCENE_NONE)
		return false;
	*first = first_same(q, times);
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
		say(q, q->f->position, _("No acknowledgement came soon enough for "
			"the clock that %s keeps for that."),
			why_host(q, q->host));
	return true;
}

/* ---- acknowledgements ---- */

/* Offset in the stream of the other side that is acknowledged: counted from a
 * frame of that stream. */
static uint32_t acked(struct question *q, uint32_t data)
{
	struct facts f;

	return why_facts(q, data, &f) ? scene_frame(q->s, data)->stream +
		(q->facts.ack - f.seq) : 0;
}

static bool duplicate_ack(struct question *q)
{
	struct facts was;
	uint32_t last, cause, at;
	struct received r;

	if (!is_tcp(q) || !is_plain_ack(q) || q->f->made != MADE_NOT)
		return false;
	last = before(q, q->f->position, is_own);
	cause = before(q, q->f->position, is_others_data);
	if (last == SCENE_NONE || cause == SCENE_NONE ||
		!why_facts(q, last, &was) || was.ack != q->facts.ack ||
		(was.window != q->facts.window && !(was.flags & FACTS_SYN)) ||
		why_arrived(q, cause) < scene_frame(q->s, last)->position)
		return false;
	at = why_arrived(q, cause);
	say(q, scene_frame(q->s, last)->position, _("It acknowledges nothing "
		"that frame #%u did not: %s still waits for byte %u."),
		why_number(q, last), why_host(q, q->host), acked(q, cause));
	if ((int32_t)(scene_frame(q->s, cause)->stream - acked(q, cause)) > 0) {
		say(q, at, _("Frame #%u had arrived, with bytes behind a hole: "
			"this tells the sender where the hole is."),
			why_number(q, cause));
		why_received(q, q->flow, 1 - q->way, acked(q, cause), q->f->position,
			&r);
		why_say_lost(q, r.missing);
	} else {
		say(q, at, _("Frame #%u had brought bytes that were there "
			"already: this says so."), why_number(q, cause));
	}
	return true;
}

static bool zero_window(struct question *q)
{
	const struct scene_sample *at;

	if (!is_tcp(q) || q->facts.window ||
		q->facts.flags & (FACTS_SYN | FACTS_RST))
		return false;
	say(q, q->f->position, _("Its window is 0: %s has no room for another "
		"byte of this connection, and the sender must stop."),
		why_host(q, q->host));
	at = why_sample_before(q, q->socket, q->position);
	if (at && at->receive_queue)
		say(q, at->position, _("%s lie in the receive queue of the %s: "
			"its program does not read."),
			why_bytes(q, at->receive_queue),
			why_socket(q, q->socket));
	return true;
}

static bool window_opens(struct question *q)
{
	struct facts was;
	uint32_t last;

	if (!is_tcp(q) || !is_plain_ack(q) || !q->facts.window)
		return false;
	last = before(q, q->f->position, is_own);
	if (last == SCENE_NONE || !why_facts(q, last, &was) || was.window ||
		was.flags & FACTS_RST)
		return false;
	say(q, scene_frame(q->s, last)->position,
		_("Frame #%u had said that there is no room."),
		why_number(q, last));
	say(q, q->f->position, _("Its window is %u now: the program has taken "
		"bytes, and the sender may go on."), q->facts.window);
	return true;
}

/* A number before what is next, and no byte: it asks for an answer. */
static bool asks_for_answer(struct question *q)
{
	struct facts was;
	uint32_t last;

	if (!is_tcp(q) || !is_plain_ack(q) || q->f->made != MADE_NOT)
		return false;
	last = before(q, q->f->position, is_own);
	return last != SCENE_NONE && why_facts(q, last, &was) &&
		(was.seq + facts_sequence_space(&was) == q->facts.seq + 1 ||
		(was.seq == q->facts.seq && was.flags == FACTS_ACK &&
		!was.payload_len && was.ack == q->facts.ack &&
		was.window == q->facts.window));
}

static bool window_probe(struct question *q)
{
	struct facts f;
	uint32_t ack;

	if (!asks_for_answer(q))
		return false;
	ack = before(q, q->f->position, is_others_ack);
	if (ack == SCENE_NONE || !why_facts(q, ack, &f) || f.window)
		return false;
	say(q, why_arrived(q, ack), _("Frame #%u had said that there is no "
		"room (window 0)."), why_number(q, ack));
	say(q, q->f->position, _("This asks whether there is some by now: an "
		"old number, no byte, so that the other end must answer. Were "
		"the answer lost that opens the window, both would wait for "
		"ever."));
	return true;
}

static bool keepalive_probe(struct question *q)
{
	char value[64];
	uint32_t where;

	if (!asks_for_answer(q) || !why_option(q, q->socket, "SO_KEEPALIVE",
		q->f->position, value, &where))
		return false;
	say(q, where == SCENE_NONE ? q->f->position : where,
		_("SO_KEEPALIVE is on at the %s."), why_socket(q, q->socket));
	say(q, q->f->position, _("Nothing was said for a while: an old number "
		"and no byte ask whether the other end is still there."));
	return true;
}

static bool delayed_ack(struct question *q)
{
	uint32_t data;
	int64_t late;

	if (!is_tcp(q) || !is_plain_ack(q) || q->f->made != MADE_NOT)
		return false;
	data = before(q, q->f->position, is_others_data);
	if (data == SCENE_NONE || acked(q, data) < scene_frame(q->s, data)->stream +
		scene_frame(q->s, data)->len)
		return false;
	late = why_when(q, q->f->position) -
		why_when(q, why_arrived(q, data));
	if (late < 15 * INT64_C(1000000) || late > 600 * INT64_C(1000000))
		return false;
	say(q, why_arrived(q, data), _("Frame #%u, which it acknowledges, had "
		"arrived %s before."), why_number(q, data), why_time(q, late));
	say(q, q->f->position, _("The kernel waited for bytes of its own that "
		"could take the acknowledgement along; after 40 to 200 ms it "
		"sends it alone (delayed ACK)."));
	return true;
}

/* ---- small segments ---- */

static bool nagle_waited(struct question *q)
{
	const struct scene_call *c;
	uint32_t send, ack, held;
	char value[64];

	if (!is_tcp(q) || !q->f->len || q->f->made != MADE_NOT)
		return false;
	send = scene_owner(q->s, q->flow, q->way, q->f->stream, NULL);
	ack = before(q, q->f->position, is_others_ack);
	held = before(q, q->f->position, is_own_data);
	if (send == SCENE_NONE || ack == SCENE_NONE || held == SCENE_NONE)
		return false;
	c = scene_call(q->s, scene_send(q->s, send)->call);
	/* it was sent when an acknowledgement came, long after its call, and
	 * there were unacknowledged bytes when it was called */
	if (c->returned >= q->f->position ||
		why_arrived(q, ack) < c->returned ||
		scene_frame(q->s, held)->position > c->returned ||
		why_option(q, q->socket, "TCP_NODELAY", c->entered, value,
		NULL))
		return false;
	say(q, c->entered, _("Its bytes were sent %s before, by a call that "
		"had returned already."), why_time(q,
		why_when(q, q->f->position) - why_when(q, c->entered)));
	say(q, scene_frame(q->s, held)->position,
		_("Nagle's rule: a small segment waits while one before it, "
		  "here frame #%u, is not acknowledged."),
		why_number(q, held));
	say(q, why_arrived(q, ack), _("Frame #%u brought that "
		"acknowledgement. TCP_NODELAY turns the rule off."),
		why_number(q, ack));
	return true;
}

/* ---- the end ---- */

static bool fin(struct question *q)
{
	if (!is_tcp(q) || !(q->facts.flags & FACTS_FIN))
		return false;
	say(q, q->f->position, _("A FIN: %s sends nothing more on this "
		"connection."), why_host(q, q->host));
	why_say_who_ended(q, q->socket, q->f->position + 1);
	return true;
}

/* ---- what became of it ---- */

static bool not_arrived(struct question *q)
{
	return why_say_lost(q, q->ref);
}

const struct cause why_of_wire[] = {
	{"replaced", WHY_FRAME, 0, replaced},
	{"bad-checksum", WHY_FRAME, 0, bad_checksum},
	{"made-on-the-wire", WHY_FRAME, 0, made_on_the_wire},
	{"syn-again", WHY_FRAME, 0, syn_again},
	{"retransmission", WHY_FRAME, 0, retransmission},
	{"zero-window", WHY_FRAME, 0, zero_window},
	{"window-opens", WHY_FRAME, 0, window_opens},
	{"window-probe", WHY_FRAME, 0, window_probe},
	{"keepalive-probe", WHY_FRAME, 0, keepalive_probe},
	{"duplicate-ack", WHY_FRAME, 0, duplicate_ack},
	{"delayed-ack", WHY_FRAME, 0, delayed_ack},
	{"nagle-waited", WHY_FRAME, 0, nagle_waited},
	{"fin", WHY_FRAME, 0, fin},
	{"not-arrived", WHY_FRAME, 0, not_arrived},
	{0},
};
