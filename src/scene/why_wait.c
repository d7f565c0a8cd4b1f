/* why_wait: a call that waits: for what, and who could end it. */
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>

#include "scene/why_inside.h"

static bool is_call(const struct question *q, const char *name)
{
	return strcmp(q->row->name, name) == 0;
}

/* The call that somebody is in on a socket at this moment; SCENE_NONE. */
static uint32_t pending_on(struct question *q, uint32_t socket)
{
	const struct scene_take *t = scene_take(q->s, q->position);
	uint32_t call;

	for (uint32_t i = t ? t->first_actor : 0; i < scene_actors(q->s); i++) {
		call = scene_pending(q->s, i, q->position);
		if (call != SCENE_NONE && call != q->ref &&
			why_socket_of_call(q, call) == socket)
			return call;
	}
	return SCENE_NONE;
}

/* The FIN that the wire has, of who sends on a way; SCENE_NONE. */
static uint32_t kept_fin(const struct question *q, uint32_t flow, int way)
{
	struct sought w = {.way = way, .with = FACTS_FIN, .to = q->position};
	uint32_t fin = why_frame_last(q, flow, &w);

	return fin != SCENE_NONE && why_is_lost(q, fin) ? fin : SCENE_NONE;
}

/* Whether a call that waits on a socket has a time after which it returns. */
static bool is_limited(struct question *q, uint32_t socket, const char *option)
{
	char value[64];

	return why_option(q, socket, option, q->position, value, NULL);
}

/* What a socket has yet to be told, wherever it is: bytes, or the end. */
static bool anything_comes(struct question *q, uint32_t socket)
{
	struct scene_socket is;
	const struct scene_sample *at = why_sample_before(q, socket,
		q->position);
	struct received r;

	if (at && at->receive_queue && at->state != TCP_LISTEN)
		return true;
	if (!scene_socket_then(q->s, socket, q->position, &is) ||
		is.flow == SCENE_NONE)
		return false;
	why_received(q, is.flow, 1 - is.way, scene_read_offset(q->s, socket,
		q->position), q->position, &r);
	return r.missing != SCENE_NONE || r.beyond != SCENE_NONE ||
		kept_fin(q, is.flow, 1 - is.way) != SCENE_NONE;
}

/* Both ends wait for the other to send. */
static bool deadlock_reading(struct question *q)
{
	uint32_t other;

	if (!q->row->receives || q->peer == SCENE_NONE)
		return false;
	other = pending_on(q, q->peer);
	if (other == SCENE_NONE ||
		!call_row_at(scene_call(q->s, other)->row)->receives ||
		is_limited(q, q->socket, "SO_RCVTIMEO") ||
		is_limited(q, q->peer, "SO_RCVTIMEO") ||
		anything_comes(q, q->socket) || anything_comes(q, q->peer))
		return false;
	say(q, q->c->entered, _("%s waits in %s for bytes from the %s."),
		why_lane(q, q->c->actor), q->row->name,
		why_socket(q, q->peer));
	say(q, scene_call(q->s, other)->entered,
		_("%s waits in %s for bytes from the %s."), why_lane(q,
		scene_call(q->s, other)->actor),
		call_row_at(scene_call(q->s, other)->row)->name,
		why_socket(q, q->socket));
	say(q, q->position - 1, _("Nothing is under way between them: a "
		"deadlock. Each waits for the other to speak; another thread, "
		"a time limit or a signal must end it."));
	return true;
}

static bool deadlock_writing(struct question *q)
{
	uint32_t other;

	if (!q->row->sends || q->peer == SCENE_NONE)
		return false;
	other = pending_on(q, q->peer);
	if (other == SCENE_NONE ||
		!call_row_at(scene_call(q->s, other)->row)->sends ||
		is_limited(q, q->socket, "SO_SNDTIMEO") ||
		is_limited(q, q->peer, "SO_SNDTIMEO"))
		return false;
	say(q, q->c->entered, _("%s waits in %s for room: its send queue is "
		"full, since the other end does not read."),
		why_lane(q, q->c->actor), q->row->name);
	say(q, scene_call(q->s, other)->entered, _("%s waits in %s for the "
		"same, at the other end."), why_lane(q,
		scene_call(q->s, other)->actor),
		call_row_at(scene_call(q->s, other)->row)->name);
	say(q, q->position - 1, _("Neither reads while it sends: a deadlock. "
		"One of them must take bytes for the other to go on."));
	return true;
}

/* ---- receives ---- */

static void find_received(struct question *q, struct received *r)
{
	*r = (struct received){0, SCENE_NONE, SCENE_NONE};
	if (q->flow != SCENE_NONE && !why_is(q, q->socket, "udp"))
		why_received(q, q->flow, 1 - q->way, scene_read_offset(q->s,
			q->socket, q->position), q->position, r);
}

static bool waits_for_hole(struct question *q)
{
	struct received r;

	if (!q->row->receives)
		return false;
	find_received(q, &r);
	if (r.beyond == SCENE_NONE)
		return false;
	why_say_hole(q, &r);
	return true;
}

static bool waits_for_frame(struct question *q)
{
	struct received r;
	uint32_t fin;

	if (!q->row->receives || q->flow == SCENE_NONE)
		return false;
	find_received(q, &r);
	fin = kept_fin(q, q->flow, 1 - q->way);
	if (r.missing == SCENE_NONE && fin != SCENE_NONE) {
		say(q, scene_frame(q->s, fin)->position,
			_("Frame #%u, a FIN, would end the wait, but it has "
			  "not arrived."), why_number(q, fin));
		why_say_lost(q, fin);
		return true;
	}
	if (r.missing == SCENE_NONE || !why_is_lost(q, r.missing))
		return false;
	if (why_adds_up(q, r.missing))
		say(q, scene_frame(q->s, r.missing)->position,
			_("Frame #%u bears bytes for the %s, but it has not "
			  "arrived."), why_number(q, r.missing),
			why_socket(q, q->socket));
	why_say_lost(q, r.missing);
	return true;
}

/* What has come lies in its buffer already, not in the queue. */
static bool waits_for_all(struct question *q)
{
	struct received r;
	uint64_t taken;

	if (!q->row->receives || q->flow == SCENE_NONE ||
		!why_argument_is(q, q->ref, 2, "MSG_WAITALL"))
		return false;
	find_received(q, &r);
	taken = scene_read_offset(q->s, q->socket, q->position);
	if (r.end <= taken)
		return false;
	say(q, q->c->waits, _("%s have come by now."),
		why_bytes(q, r.end - taken));
	say(q, q->c->entered, _("MSG_WAITALL says: not before all %llu are "
		"there, or the end."), (unsigned long long)why_asked(q));
	return true;
}

/* Whether the wire is cut that a socket of the question hears by. */
static bool is_cut(struct question *q)
{
	struct scene_wire w;

	scene_wire(q->s, q->position, &w);
	return w.cut && !strstr(why_as(q, q->socket)->local, "127.0.0.1") &&
		(why_is(q, q->socket, "tcp") || why_is(q, q->socket, "udp"));
}

static void say_who_could(struct question *q)
{
	struct scene_socket is;
	uint32_t other;

	if (q->peer == SCENE_NONE || !scene_socket_then(q->s, q->peer,
		q->position, &is))
		return;
	if (is.actor == 0xffff) {
		say(q, q->c->entered, _("The other end, the %s, belongs to no "
			"process yet, or no more."), why_socket(q, q->peer));
		return;
	}
	if (is_cut(q))
		return; /* whatever it does, nothing of it arrives */
	other = scene_pending(q->s, is.actor, q->position);
	if (other != SCENE_NONE &&
		call_row_at(scene_call(q->s, other)->row)->sends &&
		why_socket_of_call(q, other) == q->peer)
		say(q, scene_call(q->s, other)->entered,
			_("%s is in %s on the %s in this moment: what it "
			  "sends ends the wait when it arrives."),
			why_lane(q, is.actor),
			call_row_at(scene_call(q->s, other)->row)->name,
			why_socket(q, q->peer));
	else if (other == SCENE_NONE ||
		scene_call(q->s, other)->waits >= q->position)
		say(q, q->c->entered, _("%s could end the wait: with a send on "
			"the %s, or by closing it."), why_lane(q, is.actor),
			why_socket(q, q->peer));
	else
		say(q, scene_call(q->s, other)->entered,
			_("%s has the other end, but it is in %s itself."),
			why_lane(q, is.actor),
			call_row_at(scene_call(q->s, other)->row)->name);
}

static bool waits_for_bytes(struct question *q)
{
	const struct scene_sample *at;

	if (!q->row->receives)
		return false;
	at = why_sample(q, q->socket);
	say(q, at && at->position > q->c->entered ? at->position :
		q->c->entered, _("%s sleeps until something comes on the %s: "
		"a byte, the end, or an error. Nothing is there."),
		why_lane(q, q->c->actor), why_socket(q, q->socket));
	say_who_could(q);
	return true;
}

/* ---- the others ---- */

static bool waits_for_room(struct question *q)
{
	if (!q->row->sends)
		return false;
	say(q, q->c->entered, _("%s sleeps until there is room in the send "
		"queue of the %s for what it still has."),
		why_lane(q, q->c->actor), why_socket(q, q->socket));
	why_say_queues(q);
	return true;
}

/* Whether a frame begins a connection or finishes its handshake: SYN, or the
 * bare ACK that acknowledges nothing but the other SYN. */
static bool of_handshake(struct question *q, uint32_t i, const struct facts *f)
{
	const struct scene_frame *frame = scene_frame(q->s, i);

	if (frame->flags & FACTS_SYN)
		return true;
	return !frame->len && frame->stream == 0 &&
		scene_relative_seq(q->s, i, f->ack, true) == 1;
}

/* A frame to this port that the wire keeps, and that a connection lacks. */
static uint32_t kept_for(struct question *q, int port)
{
	struct facts f;
	uint32_t i = (uint32_t)scene_frames(q->s);

	for (int look = 0; i-- > 0 && look < 256; look++) {
		const struct scene_frame *frame = scene_frame(q->s, i);

		if (frame->position < q->position &&
			frame->target == q->host && frame->flags &&
			why_is_lost(q, i) && why_facts(q, i, &f) &&
			f.target_port == port && of_handshake(q, i, &f))
			return i;
	}
	return SCENE_NONE;
}

static bool waits_for_connection(struct question *q)
{
	struct scene_socket is;
	struct end on;
	uint32_t kept;

	if (strncmp(q->row->name, "accept", 6))
		return false;
	say(q, q->c->entered, _("%s sleeps until a finished connection lies in "
		"the queue of the %s. A connect from anywhere ends the wait."),
		why_lane(q, q->c->actor), why_socket(q, q->socket));
	if (q->socket == SCENE_NONE || !scene_socket_then(q->s, q->socket,
		q->position, &is) || !why_end_read(is.local, &on))
		return true;
	kept = kept_for(q, on.port);
	if (kept != SCENE_NONE)
		why_say_lost(q, kept);
	return true;
}

static bool waits_for_answer(struct question *q)
{
	struct attempt a;
	uint32_t last;

	if (!is_call(q, "connect") || !why_attempt(q, &a))
		return false;
	if (a.to.path) {
		say(q, q->c->entered, _("The queue of who listens at unix:%s "
			"is full: an accept there makes room."), a.path);
		return true;
	}
	if (a.flow == SCENE_NONE || !why_say_syns(q, &a, &last)) {
		say(q, q->c->entered, _("%s sleeps until the other kernel has "
			"answered the SYN, or until its own gives up."),
			why_lane(q, q->c->actor));
		return true;
	}
	why_say_unanswered(q, &a, last);
	return true;
}

/* An epoll_ctl of this process with EPOLLET. */
static bool asks_for_edges(struct question *q, uint32_t call, const void *arg)
{
	uint32_t actor = scene_call(q->s, call)->actor;

	(void)arg;
	return why_is_row(q, call, "epoll_ctl") && why_call_done(q, call) &&
		scene_actor(q->s, actor)->process == q->actor->process &&
		why_argument_is(q, call, 3, "EPOLLET");
}

static bool waits_for_events(struct question *q)
{
	if (!is_call(q, "poll") && !is_call(q, "select") &&
		!is_call(q, "epoll_wait"))
		return false;
	say(q, q->c->entered, _("%s sleeps until one of the descriptors that "
		"it asked about is ready; none is."), why_lane(q, q->c->actor));
	if (is_call(q, "epoll_wait") && why_call_before(q, q->c->entered,
		asks_for_edges, NULL) != SCENE_NONE)
		say(q, q->c->entered, _("With EPOLLET readiness is told once: "
			"who has not read all there was hears nothing until "
			"more comes."));
	else
		say(q, q->c->entered, _("Bytes, the end, a connection or an "
			"error on one of them ends the wait; so does its time "
			"limit, if it has one."));
	return true;
}

static bool waits_for_linger(struct question *q)
{
	uint32_t where;
	char value[64];

	if (!q->row->closes || !why_option(q, q->socket, "SO_LINGER",
		q->c->entered, value, &where))
		return false;
	say(q, where == SCENE_NONE ? q->c->entered : where,
		_("SO_LINGER is %s: close waits so long for the other end to "
		  "acknowledge what was sent."), value);
	why_say_queues(q);
	return true;
}

static bool waits(struct question *q)
{
	if (q->c->waits >= q->position)
		return false;
	say(q, q->c->waits, _("The kernel says that %s sleeps in %s; what it "
		"waits for is not seen from outside."),
		why_lane(q, q->c->actor), q->row->name);
	return true;
}

/* ---- what else ends a wait, or cannot ---- */

void why_say_limits(struct question *q)
{
	bool hears = q->row->receives || !strncmp(q->row->name, "accept", 6);
	const char *option = hears ? "SO_RCVTIMEO" :
		q->row->sends || is_call(q, "connect") ? "SO_SNDTIMEO" : NULL;
	uint32_t where;
	char value[64];

	if (!option)
		return;
	if (is_cut(q))
		say(q, q->position - 1, _("The wire is cut: nothing arrives "
			"until mend."));
	if (why_option(q, q->socket, option, q->c->entered, value, &where))
		say(q, where == SCENE_NONE ? q->c->entered : where,
			_("%s is %s: when so long nothing has come of it, the "
			  "call returns with an error."), option, value);
}

const struct cause why_of_wait[] = {
	{"deadlock-reading", WHY_CALL, CAUSE_WAITS, deadlock_reading},
	{"deadlock-writing", WHY_CALL, CAUSE_WAITS, deadlock_writing},
	{"waits-for-hole", WHY_CALL, CAUSE_WAITS, waits_for_hole},
	{"waits-for-frame", WHY_CALL, CAUSE_WAITS, waits_for_frame},
	{"waits-for-all", WHY_CALL, CAUSE_WAITS, waits_for_all},
	{"waits-for-bytes", WHY_CALL, CAUSE_WAITS, waits_for_bytes},
	{"waits-for-room", WHY_CALL, CAUSE_WAITS, waits_for_room},
	{"waits-for-connection", WHY_CALL, CAUSE_WAITS, waits_for_connection},
	{"waits-for-answer", WHY_CALL, CAUSE_WAITS, waits_for_answer},
	{"waits-for-events", WHY_CALL, CAUSE_WAITS, waits_for_events},
	{"waits-for-linger", WHY_CALL, CAUSE_WAITS, waits_for_linger},
	{"waits", WHY_CALL, CAUSE_WAITS, waits},
	{0},
};
