/* why_open: connections that do not come about, or not yet. */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>

#include "scene/why_inside.h"

/* ---- who listens ---- */

/* The socket of a host that listens and takes what goes to an end; else the
 * one that listens on something else; what it listens on goes into *on. */
static uint32_t listener(const struct question *q, int host,
	const struct end *to, bool exact, struct end *on, uint32_t until)
{
	const struct scene_sample *at;
	uint32_t i = SCENE_NONE;

	while ((i = why_next_socket(q, host, i)) != SCENE_NONE) {
		at = why_sample_before(q, i, until);
		if (!at || at->state != TCP_LISTEN ||
			!why_end_read(why_as(q, i)->local, on))
			continue;
		if (why_end_overlaps(on, to) == exact)
			return i;
	}
	return SCENE_NONE;
}

/* One that did, and does so no more. */
static uint32_t former_listener(const struct question *q, int host,
	const struct end *to, uint32_t until, uint32_t *ended)
{
	struct scene_state st[8];
	struct end on;
	uint32_t i = SCENE_NONE;

	while ((i = why_next_socket(q, host, i)) != SCENE_NONE) {
		size_t n = scene_states(q->s, i, until, st, 8);
		const struct scene_sample *at = why_sample_before(q, i, until);

		if (!n || !at || at->state == TCP_LISTEN ||
			!why_end_read(why_as(q, i)->local, &on) ||
			!why_end_overlaps(&on, to))
			continue;
		for (size_t k = 0; k < n; k++)
			if (st[k].state == TCP_LISTEN) {
				*ended = at->position;
				return i;
			}
	}
	return SCENE_NONE;
}

/* What there is instead of a listener. */
static void say_no_listener(struct question *q, const struct attempt *a,
	uint32_t rests)
{
	struct named_at bound = {"bind", a->host, &a->to};
	struct end on;
	uint32_t other, bind = why_last_at(q, &bound, a->until);
	uint32_t ended = SCENE_NONE;

	other = former_listener(q, a->host, &a->to, a->until, &ended);
	if (other != SCENE_NONE) {
		say(q, ended, _("The %s listened there, but it was closed."),
			why_socket(q, other));
		return;
	}
	other = bind == SCENE_NONE ? SCENE_NONE : why_socket_of_call(q, bind);
	if (other != SCENE_NONE && !why_is(q, other, "udp")) {
		say(q, scene_call(q->s, bind)->entered,
			_("The %s is bound to %s, but it does not listen: "
			  "listen(2) makes it take connections."),
			why_socket(q, other), why_end(q, &a->to));
		return;
	}
	other = listener(q, a->host, &a->to, false, &on, a->until);
	if (other == SCENE_NONE)
		say(q, rests, _("No socket of %s listens."),
			why_host(q, a->host));
	else if (on.port == a->to.port)
		say(q, why_sample_before(q, other, a->until)->position,
			_("The %s listens on port %d, but only for those who "
			  "call it by %s."), why_socket(q, other), on.port,
			why_as(q, other)->local);
	else
		say(q, why_sample_before(q, other, a->until)->position,
			_("Nothing listens on %s; the %s listens on port %d."),
			why_end(q, &a->to), why_socket(q, other), on.port);
}

/* ---- refused ---- */

/* The last RST that arrived while an attempt was under way, or SCENE_NONE. */
static uint32_t answering_reset(struct question *q, const struct attempt *a)
{
	return why_frame_last(q, a->flow, &(struct sought){
		.way = 1 - a->way, .with = FACTS_RST, .arrived = true,
		.from = scene_call(q->s, a->call)->entered, .to = a->until});
}

static bool refused_by_reset(struct question *q)
{
	struct attempt a;
	struct sought w;
	struct end on;
	uint32_t reset, syn;

	if (!why_attempt(q, &a) || a.flow == SCENE_NONE)
		return false;
	reset = answering_reset(q, &a);
	if (reset == SCENE_NONE || scene_frame(q->s, reset)->made != MADE_NOT)
		return false;
	w = (struct sought){.way = a.way, .with = FACTS_SYN,
		.from = scene_call(q->s, a.call)->entered, .to = a.until};
	syn = why_frame_last(q, a.flow, &w);
	if (syn == SCENE_NONE)
		return false;
	say(q, scene_frame(q->s, syn)->position,
		_("Frame #%u, the SYN, asks for a connection to %s."),
		why_number(q, syn), why_end(q, &a.to));
	say(q, scene_frame(q->s, reset)->position,
		_("Frame #%u, a RST from %s, refuses it at once."),
		why_number(q, reset),
		why_host(q, scene_frame(q->s, reset)->host));
	if (listener(q, a.host, &a.to, true, &on, a.until) == SCENE_NONE)
		say_no_listener(q, &a, scene_frame(q->s, reset)->position);
	return true;
}

static bool refused_by_forged_reset(struct question *q)
{
	struct attempt a;
	struct end on;
	uint32_t reset, ear;

	if (!why_attempt(q, &a) || a.flow == SCENE_NONE)
		return false;
	reset = answering_reset(q, &a);
	if (reset == SCENE_NONE ||
		scene_frame(q->s, reset)->made != MADE_RESET)
		return false;
	say(q, scene_frame(q->s, reset)->position,
		_("Frame #%u, a RST, refuses the connection; %s never sent it: "
		  "it was made on the wire."), why_number(q, reset),
		why_host(q, scene_frame(q->s, reset)->host));
	ear = listener(q, a.host, &a.to, true, &on, a.until);
	if (ear != SCENE_NONE)
		say(q, why_sample_before(q, ear, a.until)->position,
			_("The %s does listen there."), why_socket(q, ear));
	return true;
}

/* The datagram that an error answers. */
static uint32_t datagram_before(struct question *q, uint32_t error)
{
	struct sought w = {.way = q->way,
		.to = scene_frame(q->s, error)->position};

	return why_frame_last(q, q->flow, &w);
}

static bool refused_by_icmp(struct question *q)
{
	struct facts f;
	uint32_t error, sent;

	if (q->flow == SCENE_NONE || !why_is(q, q->socket, "udp"))
		return false;
	error = why_error(q, q->flow, q->way, q->until, &f);
	if (error == SCENE_NONE)
		return false;
	sent = datagram_before(q, error);
	if (sent != SCENE_NONE)
		say(q, scene_frame(q->s, sent)->position,
			_("Frame #%u, a datagram, went to %s."),
			why_number(q, sent),
			why_as(q, q->socket)->peer);
	say(q, scene_frame(q->s, error)->position,
		_("Frame #%u is the answer of %s: ICMP, port unreachable. No "
		  "socket has that port there."), why_number(q, error),
		why_host(q, scene_frame(q->s, error)->host));
	say(q, q->c->entered,
		_("The %s is connected: that is why the kernel tells it, "
		  "once, with the next call."), why_socket(q, q->socket));
	return true;
}

static bool refused_by_stale_path(struct question *q)
{
	struct attempt a;
	struct named_at bound;
	uint32_t bind, socket;
	const struct scene_sample *at;

	if (!why_attempt(q, &a) || !a.to.path)
		return false;
	bound = (struct named_at){"bind", a.host, &a.to};
	bind = why_last_at(q, &bound, q->c->entered);
	if (bind == SCENE_NONE) {
		say(q, q->c->entered, _("The path unix:%s is there, but nobody "
			"listens on it; who made it was not seen."), a.path);
		return true;
	}
	socket = why_socket_of_call(q, bind);
	at = why_sample(q, socket);
	say(q, scene_call(q->s, bind)->entered,
		_("The path unix:%s was made by bind, by %s."), a.path,
		why_lane(q, scene_call(q->s, bind)->actor));
	if (at && at->state != GONE && why_last(q, "close", socket,
		q->c->entered) == SCENE_NONE)
		say(q, at->position, _("The %s is bound to it, but it does not "
			"listen."), why_socket(q, socket));
	else
		say(q, at ? at->position : q->c->entered,
			_("That socket was closed; the file stays behind and "
			  "leads to nobody. unlink removes it."));
	return true;
}

/* What goes to 127.0.0.0/8 or ::1 stays in the host that sends it. */
static bool refused_on_loopback(struct question *q)
{
	struct attempt a;
	struct end on;
	const struct scene_take *t = scene_take(q->s, q->position);

	if (!t || t->loopback || !why_attempt(q, &a) || a.to.path ||
		!(a.to.version == 4 ? a.to.bytes[0] == 127 :
		IN6_IS_ADDR_LOOPBACK((const struct in6_addr *)a.to.bytes)))
		return false;
	say(q, q->c->entered, _("%s called itself: its own kernel refused the "
		"connection to %s."), why_lane(q, q->c->actor),
		why_end(q, &a.to));
	if (listener(q, a.host, &a.to, true, &on, a.until) == SCENE_NONE)
		say_no_listener(q, &a, q->c->entered);
	say(q, q->c->entered, _("Loopback does not cross the wire: neither "
		"the SYN nor the RST is seen here. Another host is reached "
		"by its own address."));
	return true;
}

static bool refused_unseen(struct question *q)
{
	struct attempt a;
	struct end on;
	const struct scene_take *t = scene_take(q->s, q->position);

	if (!why_attempt(q, &a) || a.to.path)
		return false;
	say(q, q->c->entered, _("A kernel refused the connection to %s."),
		why_end(q, &a.to));
	if (a.host >= 0 && listener(q, a.host, &a.to, true, &on, a.until) ==
		SCENE_NONE)
		say_no_listener(q, &a, q->c->entered);
	if (t && t->loopback)
		say(q, t->begin, _("No frames are seen in this lab: a RST, or "
			"an ICMP error, would say who refused."));
	else
		say(q, q->c->entered, _("Neither a RST nor an ICMP error was "
			"seen that says who refused."));
	return true;
}

/* ---- not answered ---- */

/* A listener whose queue is full lets SYNs fall. */
static bool say_queue_full(struct question *q, const struct attempt *a)
{
	const struct scene_sample *at;
	struct end on;
	uint32_t ear = a->host < 0 ? SCENE_NONE : listener(q, a->host, &a->to,
		true, &on, q->until);

	at = why_sample(q, ear);
	if (!at || at->receive_queue <= at->send_queue)
		return false;
	say(q, at->position, _("The queue of the %s is full: %u wait for "
		"accept, and its backlog is %u. Its kernel lets further SYNs "
		"fall, without a word."), why_socket(q, ear),
		at->receive_queue, at->send_queue);
	return true;
}

size_t why_say_syns(struct question *q, const struct attempt *a,
	uint32_t *last)
{
	struct sought w = {.way = a->way, .with = FACTS_SYN,
		.from = scene_call(q->s, a->call)->entered, .to = q->until};
	uint32_t first = why_frame_first(q, a->flow, &w);
	size_t n = why_frames(q, a->flow, &w);

	*last = why_frame_last(q, a->flow, &w);
	if (n == 1)
		say(q, scene_frame(q->s, first)->position,
			_("One SYN went out to %s, frame #%u, and no answer "
			  "came."), why_end(q, &a->to),
			why_number(q, first));
	else if (n)
		say(q, scene_frame(q->s, first)->position,
			_("%zu SYNs went out to %s, frames #%u to #%u, and no "
			  "answer came."), n, why_end(q, &a->to),
			why_number(q, first), why_number(q, *last));
	return n;
}

static bool syn_answered(struct question *q, const struct attempt *a)
{
	struct sought w = {.way = 1 - a->way, .with = FACTS_SYN,
		.arrived = true, .from = scene_call(q->s, a->call)->entered,
		.to = q->until};

	return why_frame_last(q, a->flow, &w) != SCENE_NONE;
}

/* Why the SYNs of an attempt led to nothing. */
void why_say_unanswered(struct question *q, const struct attempt *a,
	uint32_t last)
{
	struct sought w = {.way = 1 - a->way, .with = FACTS_SYN,
		.from = scene_call(q->s, a->call)->entered, .to = q->until};
	uint32_t answer = why_frame_last(q, a->flow, &w);

	if (why_say_lost(q, last))
		return;
	if (answer != SCENE_NONE && why_say_lost(q, answer))
		return;
	if (say_queue_full(q, a))
		return;
	if (a->host < 0)
		say(q, scene_frame(q->s, last)->position,
			_("No host of the lab has that address."));
	else
		say(q, scene_frame(q->s, last)->position,
			_("Frame #%u did arrive at %s, and nothing came back. "
			  "A sample of its listener's queue would say more."),
			why_number(q, last), why_host(q, a->host));
}

static bool timed_out_connecting(struct question *q)
{
	struct attempt a;
	uint32_t last;
	char value[64];

	if (!why_attempt(q, &a) || a.flow == SCENE_NONE ||
		syn_answered(q, &a) || !why_say_syns(q, &a, &last))
		return false;
	why_say_unanswered(q, &a, last);
	if (why_option(q, q->socket, "TCP_USER_TIMEOUT", q->c->entered, value,
		&last))
		say(q, last, _("TCP_USER_TIMEOUT is %s: after that the kernel "
			"gives up."), value);
	else
		say(q, q->c->returned, _("After %s the kernel gave up."),
			why_time(q, why_when(q, q->until) - why_when(q,
			scene_call(q->s, a.call)->entered)));
	return true;
}

/* connect with SO_SNDTIMEO stops waiting; the connection goes on. */
static bool connect_stopped_waiting(struct question *q)
{
	struct attempt a;
	uint32_t where, last;
	char value[64];

	if (why_nonblocking(q, q->ref, &where) || !why_option(q, q->socket,
		"SO_SNDTIMEO", q->c->entered, value, &where))
		return false;
	say(q, where, _("SO_SNDTIMEO is %s: connect waits no longer than that, "
		"but the kernel goes on trying."), value);
	if (why_attempt(q, &a) && a.flow != SCENE_NONE &&
		why_say_syns(q, &a, &last))
		why_say_unanswered(q, &a, last);
	return true;
}

static bool connect_under_way(struct question *q)
{
	struct sought w = {.with = FACTS_SYN};
	struct attempt a;
	uint32_t where, syn;

	if (!why_nonblocking(q, q->ref, &where) || !why_attempt(q, &a))
		return false;
	say(q, where, _("The %s does not wait: connect sends the SYN and "
		"returns."), why_socket(q, q->socket));
	w.way = a.way;
	w.from = q->c->entered;
	w.to = q->position;
	syn = a.flow == SCENE_NONE ? SCENE_NONE :
		why_frame_first(q, a.flow, &w);
	if (syn != SCENE_NONE)
		say(q, scene_frame(q->s, syn)->position,
			_("Frame #%u is that SYN; the answer comes later."),
			why_number(q, syn));
	say(q, q->c->entered, _("poll with POLLOUT tells when it is decided, "
		"and SO_ERROR how."));
	return true;
}

static bool connect_again(struct question *q)
{
	struct attempt a;
	uint32_t before = why_last(q, "connect", q->socket, q->c->entered);
	uint32_t last;

	if (before == SCENE_NONE)
		return false;
	say(q, scene_call(q->s, before)->entered,
		_("An earlier connect on the %s is still under way."),
		why_socket(q, q->socket));
	if (why_attempt(q, &a)) {
		a.call = before;
		if (a.flow != SCENE_NONE && why_say_syns(q, &a, &last))
			why_say_unanswered(q, &a, last);
	}
	return true;
}

static bool connected_already(struct question *q)
{
	uint32_t before = why_last(q, "connect", q->socket, q->c->entered);
	const struct scene_sample *at = why_sample(q, q->socket);
	struct scene_socket is;

	if (q->socket == SCENE_NONE ||
		!scene_socket_then(q->s, q->socket, q->position, &is))
		return false;
	if (before != SCENE_NONE)
		say(q, scene_call(q->s, before)->entered,
			_("The %s was connected by an earlier connect."),
			why_socket(q, q->socket));
	else if (at && at->state == TCP_LISTEN)
		say(q, at->position, _("The %s listens: it cannot connect as "
			"well."), why_socket(q, q->socket));
	else
		say(q, at ? at->position : q->c->entered,
			_("The %s has a peer already, %s."),
			why_socket(q, q->socket), is.peer);
	say(q, q->c->entered, _("A connected TCP socket takes no further "
		"connect: close it, or use a new socket."));
	return true;
}

const struct cause why_of_open[] = {
	{"refused-by-reset", WHY_CALL, ECONNREFUSED, refused_by_reset},
	{"refused-by-forged-reset", WHY_CALL, ECONNREFUSED,
		refused_by_forged_reset},
	{"refused-by-icmp", WHY_CALL, ECONNREFUSED, refused_by_icmp},
	{"refused-by-stale-path", WHY_CALL, ECONNREFUSED,
		refused_by_stale_path},
	{"refused-on-loopback", WHY_CALL, ECONNREFUSED, refused_on_loopback},
	{"refused", WHY_CALL, ECONNREFUSED, refused_unseen},
	{"timed-out-connecting", WHY_CALL, ETIMEDOUT, timed_out_connecting},
	{"connect-stopped-waiting", WHY_CALL, EINPROGRESS,
		connect_stopped_waiting},
	{"connect-under-way", WHY_CALL, EINPROGRESS, connect_under_way},
	{"connect-again", WHY_CALL, EALREADY, connect_again},
	{"connected-already", WHY_CALL, EISCONN, connected_already},
	{0},
};
