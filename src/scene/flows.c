/*
 * flows: which conversation a segment, a socket, an error about one belongs
 * to; how far its bytes were acknowledged.
 *
 * Offsets in a stream are counted from its first byte, with 64 bits; on the
 * wire there are 32, so the nearest one to what was seen so far is meant.
 */
#include "scene/inside.h"

#include <netinet/in.h>
#include <stdlib.h>

#include "packet/facts.h"

/* ---- flows ---- */

static uint32_t add_flow(struct scene *s, const struct flow_key *key)
{
	struct flow *f = table_add(&s->flows);

	flow_add(s->keys, key);
	for (int i = 0; i < 2; i++)
		f->way[i].socket = f->way[i].first_syn =
			f->way[i].first_fin = SCENE_NONE;
	return s->flows.n - 1;
}

void flows_new_take(struct scene *s)
{
	flow_table_free(s->keys);
	s->keys = flow_table_new();
	s->first_flow = s->flows.n;
}

/* The newest flow of a key, or SCENE_NONE. */
static uint32_t find_flow(const struct scene *s, const struct flow_key *key,
	int *way)
{
	int64_t i = flow_find(s->keys, key, way);

	return i < 0 ? SCENE_NONE : s->first_flow + (uint32_t)i;
}

/* A SYN with another number begins another conversation of the same ends. */
static bool begins_anew(const struct stream *st, const struct facts *f)
{
	return (f->flags & (FACTS_SYN | FACTS_ACK)) == FACTS_SYN &&
		st->has_isn && st->isn != f->seq;
}

static uint64_t nearest(uint64_t to, uint32_t low)
{
	int64_t difference = (int32_t)(low - (uint32_t)to);

	if (difference < 0 && to < (uint64_t)-difference)
		return 0; /* before the first byte: a keepalive's old number */
	return to + (uint64_t)difference;
}

static uint64_t take_numbers(struct stream *st, const struct facts *f)
{
	bool syn = f->flags & FACTS_SYN;
	uint64_t offset;

	/* Until bytes have come the last SYN counts: the one before may have
	 * been lost with the program that caused it. */
	if (syn && st->top == 0) {
		st->has_isn = true;
		st->isn = f->seq;
	} else if (!st->has_isn) {
		/* The number of a RST that refuses is nobody's. */
		if (f->flags & FACTS_RST)
			return 0;
		st->has_isn = true;
		st->isn = f->seq - 1;
	}
	offset = nearest(st->top, f->seq + syn - st->isn - 1);
	if (st->top < offset + f->payload_len)
		st->top = offset + f->payload_len;
	if (f->flags & FACTS_FIN) {
		st->has_fin = true;
		st->fin = offset + f->payload_len;
	}
	return offset;
}

bool flows_segment(struct scene *s, const struct facts *f, uint32_t *flow,
	uint8_t *way, uint64_t *offset)
{
	struct flow_key key;
	int at = 0;
	bool tcp = f->protocol == IPPROTO_TCP;

	*offset = 0;
	if (!flow_key_of(&key, f))
		return false;
	*flow = find_flow(s, &key, &at);
	if (*flow == SCENE_NONE ||
		(tcp && begins_anew(stream_at(s, *flow, at), f))) {
		*flow = add_flow(s, &key);
		at = 0;
	}
	*way = (uint8_t)at;
	if (tcp) {
		*offset = take_numbers(stream_at(s, *flow, at), f);
	} else { /* datagrams have no numbers: one lies behind the other */
		*offset = stream_at(s, *flow, at)->top;
		stream_at(s, *flow, at)->top += f->payload_len;
	}
	return true;
}

/* What an ICMP error bears: IP and the first 8 bytes behind it, as a frame. */
static void read_borne(struct facts *inner, const struct facts *f,
	const struct event *e)
{
	uint8_t frame[14 + 128] = {0};
	size_t at = (size_t)f->transport + 8;
	size_t n = e->len > at ? e->len - at : 0;

	if (n > sizeof(frame) - 14)
		n = sizeof(frame) - 14;
	frame[12] = f->version == 6 ? 0x86 : 0x08; /* Ethernet's type */
	frame[13] = f->version == 6 ? 0xdd : 0x00;
	if (n)
		memcpy(frame + 14, e->data + at, n);
	facts_read_headers(inner, frame, 14 + n);
}

bool flows_error(const struct scene *s, const struct facts *f,
	const struct event *e, uint32_t *flow, uint8_t *way)
{
	struct flow_key key;
	struct facts inner;
	int at = 0;

	if (!f->transport || f->fragment ||
		(f->protocol != IPPROTO_ICMP && f->protocol != IPPROTO_ICMPV6))
		return false;
	read_borne(&inner, f, e);
	if (!flow_key_of(&key, &inner))
		return false;
	*flow = find_flow(s, &key, &at);
	*way = (uint8_t)(1 - at); /* it goes to who sent that packet */
	return *flow != SCENE_NONE;
}

void flows_add_frame(struct scene *s, uint32_t flow, uint32_t frame)
{
	struct flow *f = table_at(&s->flows, flow);

	list_add(&f->frames, frame);
}

/* Calls are placed late when their flow was not known: then not at the end. */
void flows_add_call(struct scene *s, uint32_t flow, uint32_t call)
{
	struct list *l = &((struct flow *)table_at(&s->flows, flow))->calls;
	size_t at;

	list_add(l, call);
	for (at = l->n - 1; at && l->at[at - 1] > call; at--)
		l->at[at] = l->at[at - 1];
	l->at[at] = call;
}

static const struct flow *flow_of(const struct scene *s, uint32_t flow)
{
	return flow < s->flows.n ? table_at(&s->flows, flow) : NULL;
}

const uint32_t *scene_flow_frames(const struct scene *s, uint32_t flow,
	uint32_t position, size_t *n)
{
	const struct flow *f = flow_of(s, flow);
	size_t low = 0, high = f ? f->frames.n : 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (scene_frame(s, f->frames.at[middle])->position < position)
			low = middle + 1;
		else
			high = middle;
	}
	*n = low;
	return low ? f->frames.at : NULL;
}

const uint32_t *scene_flow_calls(const struct scene *s, uint32_t flow,
	uint32_t position, size_t *n)
{
	const struct flow *f = flow_of(s, flow);
	size_t low = 0, high = f ? f->calls.n : 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (scene_call(s, f->calls.at[middle])->entered < position)
			low = middle + 1;
		else
			high = middle;
	}
	*n = low;
	return low ? f->calls.at : NULL;
}

void flows_arrived(struct scene *s, uint32_t position, uint32_t frame,
	const struct facts *f)
{
	const struct scene_frame *seen = scene_frame(s, frame);
	struct stream *st;
	uint64_t offset;

	if (seen->flow == SCENE_NONE || f->protocol != IPPROTO_TCP ||
		!(f->flags & FACTS_ACK))
		return;
	st = stream_at(s, seen->flow, 1 - seen->way);
	if (!st->has_isn)
		return;
	offset = nearest(st->top, f->ack - st->isn - 1);
	if (st->has_fin && offset > st->fin)
		offset = st->fin; /* the FIN takes a number, and no byte */
	if (offset <= st->top)
		history_add(&st->acked, position, offset);
}

/* ---- sockets ---- */

static bool same_ends(const struct flow_key *a, const struct flow_key *b,
	int way)
{
	return a->version == b->version && a->protocol == b->protocol &&
		a->port[0] == b->port[way] && a->port[1] == b->port[1 - way] &&
		!memcmp(a->address[0], b->address[way], 16) &&
		!memcmp(a->address[1], b->address[1 - way], 16);
}

void flows_of_socket(struct scene *s, uint32_t socket,
	const struct flow_key *key)
{
	struct scene_socket *to = &socket_at(s, socket)->pub;
	struct stream *st;
	int way = 0;
	uint32_t flow;

	if (to->flow != SCENE_NONE && same_ends(key,
		flow_at(s->keys, to->flow - s->first_flow), to->way))
		return;
	flow = find_flow(s, key, &way);
	/* The ends were used before, by a socket that is another one. */
	if (flow == SCENE_NONE || stream_at(s, flow, way)->socket !=
		SCENE_NONE) {
		flow = add_flow(s, key);
		way = 0;
	}
	st = stream_at(s, flow, way);
	st->socket = socket;
	to->flow = flow;
	to->way = (uint8_t)way;
}

uint64_t scene_read_offset(const struct scene *s, uint32_t socket,
	uint32_t position)
{
	const struct scene_socket *to = scene_socket(s, socket);

	if (to->flow == SCENE_NONE)
		return 0;
	return history_at(&stream_at(s, to->flow, 1 - to->way)->taken,
		position);
}

uint64_t scene_acked_offset(const struct scene *s, uint32_t socket,
	uint32_t position)
{
	const struct scene_socket *to = scene_socket(s, socket);

	if (to->flow == SCENE_NONE)
		return 0;
	return history_at(&stream_at(s, to->flow, to->way)->acked, position);
}

uint32_t scene_relative_seq(const struct scene *s, uint32_t frame,
	uint32_t seq, bool of_ack)
{
	const struct scene_frame *f = scene_frame(s, frame);
	const struct stream *st;

	if (f->flow == SCENE_NONE)
		return seq;
	st = stream_at(s, f->flow, of_ack ? 1 - f->way : f->way);
	return st->has_isn ? seq - st->isn : seq;
}

void flows_free(struct scene *s)
{
	for (uint32_t i = 0; i < s->flows.n; i++) {
		struct flow *f = table_at(&s->flows, i);

		free(f->frames.at);
		free(f->calls.at);
		for (int way = 0; way < 2; way++) {
			struct stream *st = stream_at(s, i, way);

			free(st->sends.at);
			free(st->fresh.at);
			free(st->acked.at);
			free(st->taken.at);
		}
	}
	table_done(&s->flows);
	flow_table_free(s->keys);
}
