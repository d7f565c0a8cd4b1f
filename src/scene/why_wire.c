/* why_wire: why a frame is there: what it acknowledges, asks or ends. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>

#include "packet/facts.h"
#include "scene/why_inside.h"

bool why_is_segment(const struct question *q)
{
	return q->facts.protocol == IPPROTO_TCP && q->flow != SCENE_NONE;
}

/* The newest frame of the flow before a position that a test takes. */
uint32_t why_frame_before(struct question *q, uint32_t position, frame_test is)
{
	size_t n;
	const uint32_t *frames = scene_flow_frames(q->s, q->flow, position, &n);

	for (int look = 0; n-- > 0 && look < WHY_NEAR; look++)
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

bool why_is_others_ack(const struct question *q, uint32_t frame)
{
	const struct scene_frame *f = scene_frame(q->s, frame);

	return f->way != q->way && f->flags & FACTS_ACK &&
		why_arrived(q, frame) < q->f->position;
}

static bool is_others_data(const struct question *q, uint32_t frame)
{
	return why_is_others_ack(q, frame) &&
		(scene_frame(q->s, frame)->len ||
		scene_frame(q->s, frame)->flags & FACTS_FIN);
}

static bool is_plain_ack(const struct question *q)
{
	return q->facts.flags == FACTS_ACK && q->f->len == 0;
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

	if (!why_is_segment(q) || !is_plain_ack(q) || q->f->made != MADE_NOT)
		return false;
	last = why_frame_before(q, q->f->position, is_own);
	cause = why_frame_before(q, q->f->position, is_others_data);
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
		why_received(q, q->flow, 1 - q->way, acked(q, cause),
			q->f->position, &r);
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

	if (!why_is_segment(q) || q->facts.window ||
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

	if (!why_is_segment(q) || !is_plain_ack(q) || !q->facts.window)
		return false;
	last = why_frame_before(q, q->f->position, is_own);
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

	if (!why_is_segment(q) || !is_plain_ack(q) || q->f->made != MADE_NOT)
		return false;
	last = why_frame_before(q, q->f->position, is_own);
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
	ack = why_frame_before(q, q->f->position, why_is_others_ack);
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

	if (!why_is_segment(q) || !is_plain_ack(q) || q->f->made != MADE_NOT)
		return false;
	data = why_frame_before(q, q->f->position, is_others_data);
	if (data == SCENE_NONE || acked(q, data) <
		scene_frame(q->s, data)->stream + scene_frame(q->s, data)->len)
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

	if (!why_is_segment(q) || !q->f->len || q->f->made != MADE_NOT)
		return false;
	send = scene_owner(q->s, q->flow, q->way, q->f->stream, NULL);
	ack = why_frame_before(q, q->f->position, why_is_others_ack);
	held = why_frame_before(q, q->f->position, is_own_data);
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
	if (!why_is_segment(q) || !(q->facts.flags & FACTS_FIN))
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
