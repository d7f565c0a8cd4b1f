/* why_data: bytes that come, that do not, or fewer than were asked for. */
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>

#include "scene/why_inside.h"

static bool is_stream(const struct question *q)
{
	return why_is(q, q->socket, "tcp") || q->socket == SCENE_NONE;
}

/* What has come on the stream that the question's socket reads. */
static void find_received(struct question *q, struct received *r)
{
	why_received(q, q->flow, 1 - q->way, scene_read_offset(q->s,
		q->socket, q->until + 1), q->until, r);
}

/* ---- recv gave "" ---- */

static bool gave_nothing(const struct question *q)
{
	return q->row->receives && q->c->taken == 0;
}

static bool asked_for_nothing(struct question *q)
{
	if (!gave_nothing(q) || why_asked(q))
		return false;
	say(q, q->c->entered, _("0 bytes were asked for, and so 0 came: it "
		"says nothing about the other end."));
	return true;
}

static uint32_t fin_arrived(struct question *q)
{
	struct sought w = {.way = 1 - q->way, .with = FACTS_FIN,
		.arrived = true, .to = q->until};

	return q->flow == SCENE_NONE ? SCENE_NONE :
		why_frame_last(q, q->flow, &w);
}

/* Who made the FIN of the peer: its shutdown, close, or the end of its
 * process. */
void why_say_who_ended(struct question *q, uint32_t peer, uint32_t before)
{
	struct scene_socket was;
	uint32_t call;

	if (peer == SCENE_NONE)
		return;
	call = why_last(q, "shutdown", peer, before);
	if (call == SCENE_NONE || (why_argument_is(q, call, 1, "SHUT_RD") &&
		!why_argument_is(q, call, 1, "SHUT_RDWR")))
		call = why_last(q, "close", peer, before);
	if (call != SCENE_NONE) {
		say(q, scene_call(q->s, call)->entered,
			_("%s called %s on the %s."), why_lane(q,
			scene_call(q->s, call)->actor),
			call_row_at(scene_call(q->s, call)->row)->name,
			why_socket(q, peer));
	} else if (why_owner(q, peer, before, &was)) {
		const struct scene_actor *a = scene_actor(q->s, was.actor);

		if (a->ended < before && a->ended_by > 0)
			say(q, a->ended, _("Signal %d ended %s, and its "
				"kernel closed what it had: a FIN says goodbye "
				"for it."), a->ended_by, a->lane);
		else if (a->ended < before)
			say(q, a->ended, _("%s ended, and its kernel closed "
				"what it had."), a->lane);
	}
}

static bool own_shutdown(struct question *q)
{
	uint32_t shut = why_last(q, "shutdown", q->socket, q->until);

	if (!gave_nothing(q) || shut == SCENE_NONE ||
		fin_arrived(q) != SCENE_NONE ||
		why_argument_is(q, shut, 1, "SHUT_RD") == 0)
		return false;
	say(q, scene_call(q->s, shut)->entered,
		_("%s shut the %s for reading itself: with nothing there, recv "
		  "gives 0 from then on."), why_lane(q,
		scene_call(q->s, shut)->actor), why_socket(q, q->socket));
	return true;
}

static bool peer_finished(struct question *q)
{
	uint32_t fin = fin_arrived(q);

	if (!gave_nothing(q) || fin == SCENE_NONE)
		return false;
	say(q, why_arrived(q, fin), _("Frame #%u, a FIN from %s, had arrived, "
		"and every byte before it was taken: 0 means the end, and "
		"nothing more will come."), why_number(q, fin),
		why_host(q, scene_frame(q->s, fin)->host));
	why_say_who_ended(q, q->peer, scene_frame(q->s, fin)->position);
	return true;
}

static bool end_after_reset(struct question *q)
{
	uint32_t reset = q->flow == SCENE_NONE ? SCENE_NONE : why_reset(q);

	if (!gave_nothing(q) || reset == SCENE_NONE)
		return false;
	say(q, why_arrived(q, reset), _("Frame #%u, a RST, ended the "
		"connection; the error was told already, once. From then on "
		"recv gives 0."), why_number(q, reset));
	return true;
}

static bool peer_closed_unseen(struct question *q)
{
	if (!gave_nothing(q) || why_is(q, q->socket, "udp"))
		return false;
	say(q, q->c->entered, _("0 means the end: the other end of the %s "
		"sends nothing more."), why_socket(q, q->socket));
	why_say_who_ended(q, q->peer, q->until);
	if (why_is(q, q->socket, "tcp"))
		say(q, q->c->entered, _("Its FIN was not seen: in this lab, or "
			"at this moment, there are no frames to see."));
	return true;
}

/* ---- recv gave fewer, or from several sends ---- */

/* The send that a taken byte came from. */
static uint32_t owner_of(const struct question *q, uint64_t offset)
{
	return scene_owner(q->s, q->flow, 1 - q->way, offset, NULL);
}

/* The end of a send's bytes: of what its call was to send, while it has not
 * returned. */
static uint64_t sent_by(struct question *q, const struct scene_send *send)
{
	struct line l;
	uint64_t n = 0;

	if (send->returned < q->position)
		return send->end;
	if (scene_call_line(q->s, send->call, &l))
		n = why_size(&l);
	line_done(&l);
	return send->begin + n;
}

static bool took_bytes(const struct question *q)
{
	return q->row->receives && q->c->taken && why_placed(q, q->ref) &&
		is_stream(q);
}

/* The last byte taken is not the last of its send. */
static const struct scene_send *cut_send(struct question *q)
{
	uint32_t owner = took_bytes(q) ? owner_of(q, q->c->stream +
		q->c->taken - 1) : SCENE_NONE;
	const struct scene_send *send;

	if (owner == SCENE_NONE)
		return NULL;
	send = scene_send(q->s, owner);
	return sent_by(q, send) > q->c->stream + q->c->taken &&
		scene_call(q->s, send->call)->entered < q->until ? send : NULL;
}

static bool not_all_arrived(struct question *q)
{
	const struct scene_send *send = cut_send(q);
	uint64_t end = q->c->stream + q->c->taken;
	struct received r;

	if (!send || q->c->taken >= why_asked(q))
		return false;
	find_received(q, &r);
	say(q, scene_call(q->s, send->call)->entered,
		_("%s sent %s in this call; recv gave %llu of them, and would "
		  "have taken more."), why_lane(q, scene_call(q->s,
		send->call)->actor), why_bytes(q, sent_by(q, send) -
		send->begin), (unsigned long long)(end - send->begin <
		q->c->taken ? end - send->begin : q->c->taken));
	if (r.missing != SCENE_NONE) {
		say(q, scene_frame(q->s, r.missing)->position,
			_("The rest goes with frame #%u, which had not arrived "
			  "by then."), why_number(q, r.missing));
		why_say_lost(q, r.missing);
	} else {
		say(q, q->c->returned, _("The rest had not come by then: recv "
			"gives what is there, at once, and waits for "
			"nothing."));
	}
	return true;
}

static bool asked_for_less(struct question *q)
{
	const struct scene_send *send = cut_send(q);
	uint64_t end = q->c->stream + q->c->taken;

	if (!send || q->c->taken < why_asked(q))
		return false;
	say(q, q->c->entered, _("%s were asked for, and so many came."),
		why_bytes(q, q->c->taken));
	say(q, scene_call(q->s, send->call)->entered,
		_("The send that they are of was longer: %llu of its bytes "
		  "stay for the next recv."),
		(unsigned long long)(sent_by(q, send) - end));
	return true;
}

static bool merged_sends(struct question *q)
{
	uint32_t first, last;
	char one[8], other[8];

	if (!took_bytes(q))
		return false;
	first = owner_of(q, q->c->stream);
	last = owner_of(q, q->c->stream + q->c->taken - 1);
	if (first == SCENE_NONE || last == SCENE_NONE || first == last)
		return false;
	scene_letter(one, scene_send(q->s, first)->letter);
	scene_letter(other, scene_send(q->s, last)->letter);
	say(q, q->c->returned, _("%s came at once: from the send with the "
		"letter %s to the one with the letter %s."),
		why_bytes(q, q->c->taken), one, other);
	say(q, scene_call(q->s, scene_send(q->s, last)->call)->entered,
		_("TCP keeps no trace of where one send ends and the next "
		  "begins: what has arrived is one row of bytes."));
	return true;
}

/* ---- EAGAIN ---- */

static bool timed_receive(struct question *q)
{
	uint32_t where;
	char value[64];

	if (!(q->row->receives || !strncmp(q->row->name, "accept", 6)) ||
		why_nonblocking(q, q->ref, &where) ||
		!why_option(q, q->socket, "SO_RCVTIMEO", q->c->entered, value,
		&where))
		return false;
	say(q, where == SCENE_NONE ? q->c->entered : where,
		_("SO_RCVTIMEO of the %s is %s: the call waited so long, and "
		  "nothing came."), why_socket(q, q->socket), value);
	return true;
}

static bool timed_send(struct question *q)
{
	uint32_t where;
	char value[64];

	if (!q->row->sends || why_nonblocking(q, q->ref, &where) ||
		!why_option(q, q->socket, "SO_SNDTIMEO", q->c->entered, value,
		&where))
		return false;
	say(q, where == SCENE_NONE ? q->c->entered : where,
		_("SO_SNDTIMEO of the %s is %s: so long the call waited for "
		  "room, and there was none."), why_socket(q, q->socket),
		value);
	return true;
}

static void say_nonblocking(struct question *q)
{
	uint32_t where;

	if (!why_nonblocking(q, q->ref, &where))
		return;
	if (where == q->c->entered)
		say(q, where, _("MSG_DONTWAIT says: do not wait."));
	else
		say(q, where, _("The %s does not wait: O_NONBLOCK is set."),
			why_socket(q, q->socket));
}

static bool hole_before_bytes(struct question *q)
{
	struct received r;

	if (!q->row->receives || q->flow == SCENE_NONE || !is_stream(q))
		return false;
	find_received(q, &r);
	if (r.beyond == SCENE_NONE)
		return false;
	why_say_hole(q, &r);
	say_nonblocking(q);
	return true;
}

/* Bytes of the peer that are under way, or that were never sent. */
static void say_under_way(struct question *q)
{
	struct received r;

	if (q->flow == SCENE_NONE || !is_stream(q))
		return;
	find_received(q, &r);
	if (r.missing == SCENE_NONE)
		return;
	if (why_adds_up(q, r.missing))
		say(q, scene_frame(q->s, r.missing)->position,
			_("Frame #%u bears bytes for it, but it has not "
			  "arrived."), why_number(q, r.missing));
	why_say_lost(q, r.missing);
}

static bool nothing_to_read(struct question *q)
{
	if (!q->row->receives)
		return false;
	say(q, q->c->entered, _("Nothing is there to read on the %s: neither "
		"a byte nor the end."), why_socket(q, q->socket));
	say_nonblocking(q);
	say_under_way(q);
	return true;
}

static bool nothing_to_accept(struct question *q)
{
	if (strncmp(q->row->name, "accept", 6))
		return false;
	say(q, q->c->entered, _("No finished connection lies in the queue of "
		"the %s."), why_socket(q, q->socket));
	say_nonblocking(q);
	return true;
}

static bool path_queue_full(struct question *q)
{
	struct end to;
	char path[128];

	if (strcmp(q->row->name, "connect") ||
		!why_call_end(q, q->ref, 1, &to, path) || !to.path)
		return false;
	say(q, q->c->entered, _("The queue of who listens at unix:%s is full, "
		"and the %s does not wait."), path, why_socket(q, q->socket));
	return true;
}

/* ---- no room ---- */

void why_say_queues(struct question *q)
{
	const struct scene_sample *mine = why_sample(q, q->socket);
	const struct scene_sample *peers = why_sample(q, q->peer);

	if (mine && mine->send_queue)
		say(q, mine->position, _("Its send queue holds %s that the "
			"other end has not acknowledged, or that wait to be "
			"sent."), why_bytes(q, mine->send_queue));
	if (peers && peers->receive_queue && peers->state != TCP_LISTEN)
		say(q, peers->position, _("%s lie in the receive queue of the "
			"%s: its program does not read."),
			why_bytes(q, peers->receive_queue),
			why_socket(q, q->peer));
}

static bool no_room(struct question *q)
{
	if (!q->row->sends)
		return false;
	say(q, q->c->entered, _("The send queue of the %s is full."),
		why_socket(q, q->socket));
	say_nonblocking(q);
	why_say_queues(q);
	return true;
}

static bool short_send(struct question *q)
{
	uint64_t asked = why_asked(q);
	uint32_t where;
	char value[64];

	if (!q->row->sends || q->c->taken >= asked ||
		why_is(q, q->socket, "udp"))
		return false;
	say(q, q->c->returned, _("Of %s the send queue took %llu: it had no "
		"room for more. The rest is the caller's to send again."),
		why_bytes(q, asked), (unsigned long long)q->c->taken);
	if (why_nonblocking(q, q->ref, &where))
		say_nonblocking(q);
	else if (why_option(q, q->socket, "SO_SNDTIMEO", q->c->entered, value,
		&where))
		say(q, where == SCENE_NONE ? q->c->entered : where,
			_("SO_SNDTIMEO is %s: longer the call did not wait for "
			  "room."), value);
	else
		say(q, q->c->returned, _("A signal or an error ended the wait "
			"for room."));
	why_say_queues(q);
	return true;
}

/* ---- Nagle ---- */

/* Bytes that a send left unsent, because others are unacknowledged. */
static bool nagle_waits(struct question *q)
{
	const struct scene_sample *at = q->position > q->c->returned ?
		why_sample_before(q, q->socket, q->position) : NULL;
	struct sought w = {.way = q->way, .data = true, .to = q->position};
	char value[64];
	uint32_t where, before;
	uint64_t unsent; /* the first byte that was not sent */

	if (!q->row->sends || !why_placed(q, q->ref) || !q->c->taken ||
		!at || !at->unsent || q->flow == SCENE_NONE ||
		at->position < q->c->entered)
		return false;
	if (why_option(q, q->socket, "TCP_CORK", q->position, value, &where)) {
		say(q, where == SCENE_NONE ? q->c->entered : where,
			_("TCP_CORK is on: nothing but full segments goes out, "
			  "until it is taken off or 200 ms are over."));
		return true;
	}
	before = why_frame_last(q, q->flow, &w);
	unsent = scene_acked_offset(q->s, q->socket, q->position) +
		at->send_queue - at->unsent;
	if (before == SCENE_NONE || at->send_queue <= at->unsent ||
		q->c->stream + q->c->taken <= unsent ||
		why_option(q, q->socket, "TCP_NODELAY", q->position, value,
		NULL))
		return false;
	say(q, at->position, _("%s of it are not sent yet, while %s are "
		"unacknowledged."), why_bytes(q, at->unsent),
		why_bytes(q, at->send_queue - at->unsent));
	say(q, scene_frame(q->s, before)->position,
		_("Nagle's rule: a small segment waits while one before it, "
		  "here frame #%u, is not acknowledged. TCP_NODELAY turns it "
		  "off."), why_number(q, before));
	return true;
}

const struct cause why_of_data[] = {
	{"asked-for-nothing", WHY_CALL, CAUSE_RETURNED, asked_for_nothing},
	{"own-shutdown", WHY_CALL, CAUSE_RETURNED, own_shutdown},
	{"peer-finished", WHY_CALL, CAUSE_RETURNED, peer_finished},
	{"end-after-reset", WHY_CALL, CAUSE_RETURNED, end_after_reset},
	{"end", WHY_CALL, CAUSE_RETURNED, peer_closed_unseen},
	{"not-all-arrived", WHY_CALL, CAUSE_RETURNED, not_all_arrived},
	{"asked-for-less", WHY_CALL, CAUSE_RETURNED, asked_for_less},
	{"merged-sends", WHY_CALL, CAUSE_RETURNED, merged_sends},
	{"short-send", WHY_CALL, CAUSE_RETURNED, short_send},
	{"nagle-waits", WHY_CALL, CAUSE_RETURNED, nagle_waits},
	{"receive-timeout", WHY_CALL, EAGAIN, timed_receive},
	{"send-timeout", WHY_CALL, EAGAIN, timed_send},
	{"hole-before-bytes", WHY_CALL, EAGAIN, hole_before_bytes},
	{"nothing-to-read", WHY_CALL, EAGAIN, nothing_to_read},
	{"nothing-to-accept", WHY_CALL, EAGAIN, nothing_to_accept},
	{"path-queue-full", WHY_CALL, EAGAIN, path_queue_full},
	{"no-room", WHY_CALL, EAGAIN, no_room},
	{0},
};
