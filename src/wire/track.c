/*
 * A *row* for each flow, with its two ends in the order of the flow's ways.
 *
 * Most frames are plain segments over IPv4 of the flow that the one before
 * belongs to: they are read here, without a look into any table.
 */
#include "wire/track.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "packet/facts.h"
#include "packet/flow.h"
#include "wire/forge.h"

#define MAC 6
#define ENDS 12       /* two addresses of IPv4, two ports */
#define PLAIN 54      /* Ethernet, IPv4 without options, TCP */

struct end {
	bool spoke;            /* it sent a segment */
	bool acked;            /* … with an acknowledgement */
	bool over;             /* by a RST, from it or to it */
	bool fin;              /* it sent its FIN */
	uint8_t mac[MAC];
	int8_t scale;          /* of its windows; -1: none offered */
	uint32_t seq;          /* behind all that it sent */
	uint32_t ack;          /* what it acknowledged last */
	uint32_t edge;         /* … and where its window ends */
	uint32_t given;        /* behind what it was given without a gap */
};

struct row {
	struct flow_key key;
	struct end end[2];
};

struct track {
	struct flow_table *flows;
	struct row *row;
	size_t rows, cap;
	size_t last;           /* of the frame before */
	uint8_t ends[2][ENDS]; /* its addresses and ports, as they stand in a
				  frame of either way; 0: not IPv4 */
};

struct track *track_new(void)
{
	struct track *t = mem_zero(sizeof(*t));

	t->flows = flow_table_new();
	return t;
}

void track_free(struct track *t)
{
	if (!t)
		return;
	flow_table_free(t->flows);
	free(t->row);
	free(t);
}

static bool before(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) < 0;
}

static bool is_way(const struct flow_key *k, const struct facts *f, int way)
{
	size_t n = f->version == 4 ? 4 : 16;

	return k->port[way] == f->source_port &&
		k->port[!way] == f->target_port && k->version == f->version &&
		!memcmp(k->address[way], f->source, n) &&
		!memcmp(k->address[!way], f->target, n);
}

/* This is the flow that is asked for first from now on. */
static void remember(struct track *t, size_t i)
{
	const struct flow_key *k = &t->row[i].key;

	t->last = i;
	memset(t->ends, 0, sizeof(t->ends));
	for (int way = 0; way < 2 && k->version == 4; way++)
		for (int end = 0; end < 2; end++) {
			int from = way ? !end : end;

			memcpy(t->ends[way] + 4 * end, k->address[from], 4);
			t->ends[way][8 + 2 * end] = k->port[from] >> 8;
			t->ends[way][9 + 2 * end] = k->port[from] & 0xff;
		}
}

/* The row of a segment and which end sent it; NULL: none has been seen. */
static struct row *find(struct track *t, const struct facts *f, int *way)
{
	struct flow_key k;
	int64_t i;

	for (*way = 0; t->rows && *way < 2; ++*way)
		if (is_way(&t->row[t->last].key, f, *way))
			return &t->row[t->last];
	if (!flow_key_of(&k, f) || (i = flow_find(t->flows, &k, way)) < 0)
		return NULL;
	remember(t, (size_t)i);
	return &t->row[i];
}

static struct row *add(struct track *t, const struct facts *f)
{
	struct row *r;

	t->row = mem_grow(t->row, &t->cap, t->rows + 1, sizeof(*t->row));
	r = &t->row[t->rows];
	memset(r, 0, sizeof(*r));
	flow_key_of(&r->key, f);
	flow_add(t->flows, &r->key);
	remember(t, t->rows++);
	return r;
}

static bool is_segment(const struct facts *f)
{
	return f->protocol == IPPROTO_TCP && f->transport && !f->truncated;
}

/* A first SYN of an end that was further already: a new connection. */
static bool begins_anew(const struct row *r, const struct facts *f, int way)
{
	const struct end *e = &r->end[way], *peer = &r->end[!way];

	return (f->flags & (FACTS_SYN | FACTS_ACK)) == FACTS_SYN && e->spoke &&
		(e->acked || e->over || peer->over);
}

static void note_ack(struct end *e, uint32_t ack, uint32_t window)
{
	if (!e->acked)
		e->given = ack;
	else if (before(ack, e->ack))
		return; /* an older one, seen late */
	e->acked = true;
	e->ack = ack;
	e->edge = ack + window;
	if (before(e->given, ack))
		e->given = ack;
}

/* What lies beyond a gap or beyond its window it does not take yet; when the
 * gap is filled it says at once what it has. */
static void note_given(struct end *e, uint32_t seq, uint32_t behind)
{
	if (e->acked && !before(e->given, seq) && before(e->given, behind) &&
		!before(e->edge, behind))
		e->given = behind;
}

static uint32_t scaled(const struct end *e, uint32_t window)
{
	return e->scale > 0 ? window << e->scale : window;
}

void track_sent(struct track *t, const struct facts *f, const uint8_t *frame)
{
	uint32_t seq = f->seq + facts_sequence_space(f);
	struct row *r;
	struct end *e;
	int way;

	if (!is_segment(f))
		return;
	r = find(t, f, &way);
	if (r && begins_anew(r, f, way)) {
		r->end[0].over = r->end[1].over = true;
		r = NULL;
	}
	if (!r) {
		r = add(t, f);
		way = 0;
	}
	e = &r->end[way];
	if (!e->spoke || before(e->seq, seq))
		e->seq = seq;
	if (!e->spoke) {
		memcpy(e->mac, frame + MAC, MAC);
		memcpy(r->end[!way].mac, frame, MAC);
	}
	e->spoke = true;
	if (f->flags & FACTS_SYN)
		e->scale = f->window_scale;
	if (f->flags & FACTS_FIN)
		e->fin = true;
	if (f->flags & FACTS_RST)
		e->over = true;
	else if (f->flags & FACTS_ACK)
		note_ack(e, f->ack, f->flags & FACTS_SYN ? f->window
			: scaled(e, f->window));
}

void track_given(struct track *t, const struct facts *f)
{
	uint32_t seq = f->seq + facts_sequence_space(f);
	struct row *r;
	struct end *e;
	int way;

	if (!is_segment(f) || !(r = find(t, f, &way)))
		return;
	e = &r->end[!way];
	if (f->flags & FACTS_RST)
		e->over |= e->acked ? f->seq == e->given
				    : f->ack == e->seq && f->flags & FACTS_ACK;
	note_given(e, f->seq, seq);
}

static uint32_t get16(const uint8_t *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t get32(const uint8_t *p)
{
	return get16(p) << 16 | get16(p + 2);
}

bool track_flowing(struct track *t, const uint8_t *frame, size_t len)
{
	static const uint8_t ipv4[3] = {0x08, 0x00, 0x45};
	uint32_t total, header, seq, behind;
	struct end *e;
	int way;

	if (len < PLAIN || memcmp(frame + 12, ipv4, sizeof(ipv4)) != 0 ||
		get16(frame + 20) & 0x3fff || frame[23] != IPPROTO_TCP ||
		(frame[47] & (FACTS_FIN | FACTS_SYN | FACTS_RST | FACTS_ACK)) !=
			FACTS_ACK)
		return false;
	way = memcmp(frame + 26, t->ends[0], ENDS) ? 1 : 0;
	if (!t->rows || (way && memcmp(frame + 26, t->ends[1], ENDS) != 0))
		return false;
	total = get16(frame + 16);
	header = 20 + (frame[46] >> 4) * 4u;
	e = &t->row[t->last].end[way];
	if (header < 40 || total < header || total > len - 14 || !e->spoke)
		return false;
	seq = get32(frame + 38);
	behind = seq + total - header;
	if (before(e->seq, behind))
		e->seq = behind;
	note_ack(e, get32(frame + 42), scaled(e, get16(frame + 48)));
	note_given(&t->row[t->last].end[!way], seq, behind);
	return true;
}

/* Sent its FIN, and knows that it arrived: it may be gone. */
static bool is_closed(const struct end *e, const struct end *peer)
{
	return e->fin && peer->fin && peer->acked && e->acked &&
		!before(peer->ack, e->seq) && !before(e->ack, peer->seq);
}

bool track_next(const struct track *t, const uint8_t *mac, size_t *at,
	struct forge_reset *out)
{
	for (; *at < 2 * t->rows; ++*at) {
		const struct row *r = &t->row[*at / 2];
		int way = (int)(*at % 2);
		const struct end *e = &r->end[way], *peer = &r->end[!way];

		if (!e->spoke || e->over || is_closed(e, peer) ||
			memcmp(e->mac, mac, MAC) != 0)
			continue;
		memset(out, 0, sizeof(*out));
		out->key = r->key;
		for (int i = 0; i < 2; i++) { /* it comes from the peer */
			int from = i ? way : !way;

			out->key.port[i] = r->key.port[from];
			memcpy(out->key.address[i], r->key.address[from],
				sizeof(out->key.address[i]));
		}
		out->from = peer->mac;
		out->to = e->mac;
		out->acks = !e->acked;
		out->ack = e->seq;
		out->seq = e->acked ? e->given : 0;
		++*at;
		return true;
	}
	return false;
}
