/* why_datagrams: messages that cannot be sent, are cut, or lost in silence. */
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>

#include "scene/why_inside.h"

#define DATAGRAMS 512 /* of one port that are looked at */

/* The bytes that a receive gave, NULL when its result has none. */
static const struct value *bytes_of(const struct value *result)
{
	const struct value *v = result;

	if (v->kind == VALUE_RECORD)
		v = value_field(v, "bytes");
	return v && v->kind == VALUE_BYTES ? v : NULL;
}

static bool begins_with(struct question *q, uint32_t frame,
	const struct facts *f, const struct value *bytes)
{
	uint64_t n = value_size(bytes);
	struct event e;

	if (n > f->payload_len || !scene_frame_bytes(q->s, frame, &e) ||
		f->payload + n > e.len)
		return false;
	if (bytes->spelling != VALUE_REPEAT)
		return memcmp(e.data + f->payload, bytes->bytes, n) == 0;
	for (uint64_t i = 0; i < n; i++)
		if (e.data[f->payload + i] != bytes->bytes[i % bytes->len])
			return false;
	return true;
}

static bool local_end(struct question *q, uint32_t socket, struct end *on)
{
	struct scene_socket is;

	return scene_socket_then(q->s, socket, q->position, &is) &&
		strcmp(is.protocol, "udp") == 0 &&
		why_end_read(is.local, on) && on->port;
}

/* ---- a receive ---- */

static bool datagram_cut(struct question *q)
{
	const struct value *bytes = bytes_of(&q->result);
	uint32_t i = SCENE_NONE;
	struct facts f;
	struct end on;

	if (!q->row->receives || !bytes || q->socket == SCENE_NONE ||
		!local_end(q, q->socket, &on) || value_size(bytes) <
		why_asked(q))
		return false;
	while ((i = why_datagram(q, i, q->host, on.port, &f)) != SCENE_NONE)
		if (why_arrived(q, i) < q->until &&
			f.payload_len > value_size(bytes) &&
			begins_with(q, i, &f, bytes))
			break;
	if (i == SCENE_NONE)
		return false;
	say(q, why_arrived(q, i), _("Frame #%u bore a datagram of %s."),
		why_number(q, i), why_bytes(q, f.payload_len));
	say(q, q->c->entered, _("There was room for %llu: a datagram is given "
		"once, and what does not fit is lost."),
		(unsigned long long)why_asked(q));
	say(q, q->c->returned, _("recvmsg would say MSG_TRUNC; with MSG_TRUNC "
		"as a flag, recv tells the whole length."));
	return true;
}

static bool empty_datagram(struct question *q)
{
	struct facts f;
	struct end on;
	uint32_t i;

	if (!q->row->receives || q->c->taken || q->socket == SCENE_NONE ||
		!local_end(q, q->socket, &on))
		return false;
	if (!why_asked(q))
		return false;
	i = why_datagram(q, SCENE_NONE, q->host, on.port, &f);
	while (i != SCENE_NONE && (f.payload_len ||
		why_arrived(q, i) >= q->until))
		i = why_datagram(q, i, q->host, on.port, &f);
	say(q, i == SCENE_NONE ? q->c->returned : why_arrived(q, i),
		_("A datagram without bytes came: with UDP 0 is a length, and "
		  "not the end."));
	return true;
}

/* ---- which datagrams of a port were taken ---- */

struct account {
	uint32_t frame[DATAGRAMS]; /* that arrived, the oldest first */
	bool taken[DATAGRAMS];
	uint32_t n, last;          /* last: behind the newest that was taken */
	uint32_t empty;            /* a position at which the queue was seen
				      to be empty, SCENE_NONE */
};

/* The position at which a socket had its port; SCENE_NEVER. */
static uint32_t bound_at(struct question *q, uint32_t socket)
{
	uint32_t bind = why_last(q, "bind", socket, q->position);
	struct scene_socket is;

	if (bind != SCENE_NONE && why_call_done(q, bind))
		return scene_call(q->s, bind)->returned;
	/* its own kernel chose the port, when it was first sent from */
	return scene_socket_then(q->s, socket, q->position, &is) ?
		is.created : SCENE_NEVER;
}

/* Datagrams for the port of a socket that its kernel can have given to it. Of
 * a connected socket, which takes its peer's alone, none is known to be. */
static void find_arrived(struct question *q, struct account *a,
	uint32_t socket)
{
	uint32_t i = SCENE_NONE, n = 0, from = bound_at(q, socket), at;
	struct end on, peer;
	struct facts f;

	a->n = 0;
	if (!local_end(q, socket, &on) ||
		(why_end_read(why_as(q, socket)->peer, &peer) && peer.port))
		return;
	while (n < DATAGRAMS && (i = why_datagram(q, i,
		why_as(q, socket)->host, on.port, &f)) != SCENE_NONE) {
		at = why_arrived(q, i);
		if (at != SCENE_NEVER && at > from && why_adds_up(q, i))
			a->frame[n++] = i;
	}
	for (uint32_t k = 0; k < n / 2; k++) {
		uint32_t swap = a->frame[k];

		a->frame[k] = a->frame[n - 1 - k];
		a->frame[n - 1 - k] = swap;
	}
	a->n = n;
}

/* The next datagram that a receive's bytes can have come from. */
static void take_one(struct question *q, struct account *a, uint32_t call)
{
	struct value result;
	const struct value *bytes;
	struct facts f;

	if (scene_call_result(q->s, call, &result) &&
		(bytes = bytes_of(&result)))
		for (uint32_t i = a->last; i < a->n; i++)
			if (why_facts(q, a->frame[i], &f) &&
				begins_with(q, a->frame[i], &f, bytes)) {
				a->taken[i] = true;
				a->last = i + 1;
				break;
			}
	value_done(&result);
}

/* All receives on a socket, in order. */
static void find_taken(struct question *q, struct account *a, uint32_t socket)
{
	const struct scene_take *t = scene_take(q->s, q->position);
	size_t n = scene_calls(q->s);
	uint32_t i = t ? t->first_call : 0;

	a->empty = SCENE_NONE;
	if (n - i > WHY_LOOK)
		i = (uint32_t)n - WHY_LOOK;
	for (; i < n && scene_call(q->s, i)->entered < q->position; i++) {
		const struct scene_call *c = scene_call(q->s, i);

		if (c->returned >= q->position ||
			!call_row_at(c->row)->receives ||
			why_socket_of_call(q, i) != socket)
			continue;
		if (c->error == EAGAIN)
			a->empty = c->returned;
		else if (!c->error)
			take_one(q, a, i);
	}
}

/* Whether a datagram was not given, though one before it was: a queue that is
 * full has something in it. */
static bool fell(const struct account *a, uint32_t i)
{
	for (uint32_t k = 0; k < i && !a->taken[i]; k++)
		if (a->taken[k])
			return true;
	return false;
}

static void find_empty(struct question *q, struct account *a, uint32_t socket)
{
	const struct scene_sample *at = why_sample_before(q, socket,
		q->position);

	if (at && at->receive_queue == 0 && (a->empty == SCENE_NONE ||
		at->position > a->empty))
		a->empty = at->position;
}

static void say_buffer(struct question *q, uint32_t socket)
{
	char value[64];
	uint32_t where;

	if (why_option(q, socket, "SO_RCVBUF", q->position, value, &where))
		say(q, where == SCENE_NONE ? q->until : where,
			_("Its SO_RCVBUF is %s: every datagram takes its "
			  "bytes and some hundred more of that."), value);
	else
		say(q, q->until, _("UDP tells nobody, neither the sender nor "
			"the receiver."));
}

/* ---- a frame ---- */

static uint32_t socket_at_port(struct question *q, int host, int port)
{
	uint32_t i = SCENE_NONE;
	struct end on;

	while ((i = why_next_socket(q, host, i)) != SCENE_NONE)
		if (local_end(q, i, &on) && on.port == port)
			return i;
	return SCENE_NONE;
}

static bool datagram_lost(struct question *q)
{
	uint32_t socket, at = why_arrived(q, q->ref), i;
	struct account *a;
	bool lost = false;

	if (q->facts.protocol != IPPROTO_UDP || at == SCENE_NEVER ||
		q->f->target >= SCENE_HOSTS)
		return false;
	socket = socket_at_port(q, q->f->target, q->facts.target_port);
	if (socket == SCENE_NONE || !why_was_made(q, socket))
		return false;
	a = calloc(1, sizeof(*a));
	if (!a)
		return false;
	find_arrived(q, a, socket);
	find_taken(q, a, socket);
	find_empty(q, a, socket);
	for (i = 0; i < a->n && a->frame[i] != q->ref; i++)
		;
	if (i < a->n && fell(a, i))
		lost = i < a->last || (a->empty != SCENE_NONE && a->empty > at);
	if (lost) {
		say(q, at, _("Frame #%u arrived at %s, but no receive ever "
			"gave its bytes."), q->f->number,
			why_host(q, q->f->target));
		say(q, at, _("The receive queue of the %s was full in that "
			"moment, and its kernel threw the datagram away."),
			why_socket(q, socket));
		say_buffer(q, socket);
	}
	free(a);
	return lost;
}

/* ---- nothing there, though more was sent ---- */

static bool datagrams_lost(struct question *q)
{
	struct account *a;
	uint32_t taken = 0, lost = 0;
	struct end on;

	if (!q->row->receives || q->socket == SCENE_NONE ||
		!local_end(q, q->socket, &on))
		return false;
	a = calloc(1, sizeof(*a));
	if (!a)
		return false;
	find_arrived(q, a, q->socket);
	find_taken(q, a, q->socket);
	for (uint32_t i = 0; i < a->n; i++) {
		taken += a->taken[i];
		lost += fell(a, i);
	}
	if (lost) {
		say(q, q->c->entered, _("%u datagrams arrived for the %s, %u "
			"were given; the queue is empty."), a->n,
			why_socket(q, q->socket), taken);
		say(q, q->c->entered, _("The others came while the receive "
			"queue was full: its kernel threw them away."));
		say_buffer(q, q->socket);
	}
	free(a);
	return lost > 0;
}

/* ---- errors ---- */

static bool port_unreachable(struct question *q)
{
	struct sought w = {.way = 1 - q->way, .to = q->f ? q->f->position : 0};
	uint32_t sent;

	bool v4 = q->facts.protocol == IPPROTO_ICMP &&
		q->facts.icmp_type == 3 && q->facts.icmp_code == 3;
	bool v6 = q->facts.protocol == IPPROTO_ICMPV6 &&
		q->facts.icmp_type == 1 && q->facts.icmp_code == 4;

	if ((!v4 && !v6) || q->flow == SCENE_NONE)
		return false;
	sent = why_frame_last(q, q->flow, &w);
	if (sent == SCENE_NONE)
		return false;
	say(q, scene_frame(q->s, sent)->position,
		_("Frame #%u, a datagram, came to a port of %s that no socket "
		  "has."), why_number(q, sent), why_host(q, q->host));
	say(q, q->f->position, _("This is the answer of its kernel: ICMP, port "
		"unreachable. Only a connected socket, or one with IP_RECVERR, "
		"is told."));
	return true;
}

/* ---- not to be sent like that ---- */

static bool too_long(struct question *q)
{
	uint64_t asked = why_asked(q);
	bool udp = why_is(q, q->socket, "udp");
	const struct scene_take *t = scene_take(q->s, q->position);

	if (!q->row->sends)
		return false;
	if (udp && asked > 65507)
		say(q, q->c->entered, _("%s do not fit into one datagram: "
			"65507 do, with its headers they make 65535."),
			why_bytes(q, asked));
	else if (udp && t)
		say(q, q->c->entered, _("%s and their headers are longer than "
			"the MTU, %d, or than the path was said to take, and "
			"may not be cut in pieces."), why_bytes(q, asked),
			t->mtu);
	else
		say(q, q->c->entered, _("%s are more than one message of this "
			"socket may have: SO_SNDBUF is its limit."),
			why_bytes(q, asked));
	return true;
}

static bool no_destination(struct question *q)
{
	say(q, q->c->entered, _("The %s is not connected, and no address is "
		"given: nobody knows where it should go. sendto takes an "
		"address, connect sets one."), why_socket(q, q->socket));
	return true;
}

const struct cause why_of_datagrams[] = {
	{"datagram-cut", WHY_CALL, CAUSE_RETURNED, datagram_cut},
	{"empty-datagram", WHY_CALL, CAUSE_RETURNED, empty_datagram},
	{"datagrams-lost", WHY_CALL, EAGAIN, datagrams_lost},
	{"datagram-lost", WHY_FRAME, 0, datagram_lost},
	{"port-unreachable", WHY_FRAME, 0, port_unreachable},
	{"too-long", WHY_CALL, EMSGSIZE, too_long},
	{"no-destination", WHY_CALL, EDESTADDRREQ, no_destination},
	{0},
};
