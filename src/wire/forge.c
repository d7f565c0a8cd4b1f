/* Offsets are those of RFC 791, 8200, 9293, 768, 792. */
#include "wire/forge.h"

#include <netinet/in.h>
#include <string.h>

#include "base/mem.h"
#include "packet/facts.h"
#include "packet/sum.h"

#define MAC 6
#define LINK 14
#define IPV4 20
#define IPV6 40
#define TCP 20
#define ICMP 8
#define ICMP_MOST 576     /* RFC 792 and 1812: of the whole datagram */
#define ICMPV6_MOST 1280  /* RFC 4443 */
#define TIME_TO_LIVE 64

static uint16_t get16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static void put16(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static void put32(uint8_t *p, uint32_t v)
{
	put16(p, v >> 16);
	put16(p + 2, v);
}

/* ---- checksums ---- */

static size_t header_of(const uint8_t *frame, const struct facts *f)
{
	return (size_t)(frame[f->network] & 15) * 4;
}

static void mend_header(uint8_t *frame, size_t len, const struct facts *f)
{
	uint8_t *header = frame + f->network;
	size_t n = header_of(frame, f);
	uint16_t sum;

	if (f->version != 4 || n < IPV4 || f->network + n > len)
		return;
	put16(header + 10, 0);
	sum = (uint16_t)~sum_fold(sum_add(0, header, n));
	memcpy(header + 10, &sum, sizeof(sum));
}

/* Where the transport's checksum stands in it; -1: it has none. */
static int sum_at(const uint8_t *transport, const struct facts *f)
{
	switch (f->protocol) {
	case IPPROTO_TCP:
		return 16;
	case IPPROTO_UDP: /* 0: its sender made none */
		return f->version == 4 && !get16(transport + 6) ? -1 : 6;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return 2;
	default:
		return -1;
	}
}

static void mend_transport(uint8_t *frame, const struct facts *f)
{
	uint8_t *transport = frame + f->transport, tail[8] = {0};
	size_t n = f->payload + f->payload_len - f->transport;
	uint64_t sum = 0;
	uint16_t folded;
	int at;

	if (!f->transport || f->truncated || f->cut || f->fragment || f->more)
		return;
	at = sum_at(transport, f);
	if (at < 0)
		return;
	put16(transport + at, 0);
	if (f->protocol != IPPROTO_ICMP) {
		size_t address = f->version == 4 ? 4 : 16;

		put32(tail, (uint32_t)n);
		tail[7] = f->protocol;
		sum = sum_add(0, f->source, address);
		sum = sum_add(sum, f->target, address);
		sum = sum_add(sum, tail, sizeof(tail));
	}
	folded = (uint16_t)~sum_fold(sum_add(sum, transport, n));
	if (!folded && f->protocol == IPPROTO_UDP)
		folded = 0xffff; /* 0 would say that there is none */
	memcpy(transport + at, &folded, sizeof(folded));
}

static void mend(uint8_t *frame, size_t len)
{
	struct facts f;

	facts_read_headers(&f, frame, len);
	if (!f.version)
		return;
	mend_header(frame, len, &f);
	mend_transport(frame, &f);
}

/* ---- corrupt ---- */

size_t forge_place(const struct wire_order *o, const uint8_t *frame,
	size_t len)
{
	uint64_t n = (uint64_t)o->number;
	struct facts f;

	if (!o->payload)
		return n < len ? n : SIZE_MAX;
	facts_read_headers(&f, frame, len);
	return n < f.payload_len ? f.payload + n : SIZE_MAX;
}

bool forge_corrupt(struct forged *out, const struct wire_order *o,
	const uint8_t *frame, size_t len)
{
	size_t at = forge_place(o, frame, len);

	if (at == SIZE_MAX || (o->to >= 0 && frame[at] == o->to))
		return false;
	*out = (struct forged){mem_dup(frame, len), len};
	out->frame[at] = o->to < 0 ? (uint8_t)~frame[at] : (uint8_t)o->to;
	if (o->mended)
		mend(out->frame, len);
	return true;
}

/* ---- split ---- */

static void set_length(uint8_t *frame, const struct facts *f, size_t len)
{
	if (f->version == 4)
		put16(frame + f->network + 2, (uint32_t)(len - f->network));
	else
		put16(frame + f->network + 4,
			(uint32_t)(len - f->network - IPV6));
}

/* n bytes of a segment's payload from byte `from` on, with its headers. */
static struct forged part(const uint8_t *frame, const struct facts *f,
	size_t from, size_t n)
{
	struct forged p = {mem_zero(f->payload + n), f->payload + n};

	memcpy(p.frame, frame, f->payload);
	memcpy(p.frame + f->payload, frame + f->payload + from, n);
	set_length(p.frame, f, p.len);
	return p;
}

bool forge_split(struct forged out[2], const uint8_t *frame, size_t len,
	int64_t n)
{
	uint8_t *first, *second;
	struct facts f;
	uint16_t urgent;

	facts_read_headers(&f, frame, len);
	if (f.protocol != IPPROTO_TCP || !f.transport || f.truncated || f.cut ||
		f.more || n <= 0 || n >= f.payload_len)
		return false;
	out[0] = part(frame, &f, 0, (size_t)n);
	out[1] = part(frame, &f, (size_t)n, f.payload_len - (size_t)n);
	first = out[0].frame + f.transport;
	second = out[1].frame + f.transport;
	first[13] &= (uint8_t)~(FACTS_PSH | FACTS_FIN);
	second[13] &= (uint8_t)~(FACTS_SYN | FACTS_CWR);
	put32(second + 4, f.seq + (uint32_t)n + (f.flags & FACTS_SYN ? 1 : 0));
	urgent = get16(second + 18); /* counts from the sequence number on */
	if (f.flags & FACTS_URG && urgent <= n)
		second[13] &= (uint8_t)~FACTS_URG;
	else if (f.flags & FACTS_URG)
		put16(second + 18, urgent - (uint32_t)n);
	mend(out[0].frame, out[0].len);
	mend(out[1].frame, out[1].len);
	return true;
}

/* ---- headers of our own ---- */

static void put_link(uint8_t *frame, const uint8_t *to, const uint8_t *from,
	int version)
{
	memcpy(frame, to, MAC);
	memcpy(frame + MAC, from, MAC);
	put16(frame + 2 * MAC, version == 4 ? 0x0800 : 0x86dd);
}

/* n: bytes behind this header. */
static void put_network(uint8_t *p, int version, uint8_t protocol,
	const uint8_t *source, const uint8_t *target, size_t n)
{
	if (version == 4) {
		p[0] = 0x45;
		put16(p + 2, (uint32_t)(IPV4 + n));
		p[6] = 0x40; /* do not fragment */
		p[8] = TIME_TO_LIVE;
		p[9] = protocol;
		memcpy(p + 12, source, 4);
		memcpy(p + 16, target, 4);
		return;
	}
	p[0] = 0x60;
	put16(p + 4, (uint32_t)n);
	p[6] = protocol;
	p[7] = TIME_TO_LIVE;
	memcpy(p + 8, source, 16);
	memcpy(p + 24, target, 16);
}

/* Whether a router may speak about it (RFC 1122, 3.2.2; RFC 4443, 2.4). */
static bool may_be_answered(const uint8_t *frame, const struct facts *f)
{
	if (!f->version || f->fragment || frame[0] & 1)
		return false;
	if (f->protocol == IPPROTO_ICMP && f->version == 4) /* echoes only */
		return f->icmp_type == 0 || f->icmp_type == 8;
	if (f->protocol == IPPROTO_ICMPV6 && f->version == 6)
		return f->icmp_type >= 128;
	return true;
}

bool forge_too_big(struct forged *out, const uint8_t *frame, size_t len,
	int64_t mtu)
{
	size_t header, quoted, most;
	struct facts f;
	uint8_t *icmp;
	bool v4;

	facts_read_headers(&f, frame, len);
	v4 = f.version == 4;
	if (!may_be_answered(frame, &f) || f.network < LINK ||
		(v4 && !(frame[f.network + 6] & 0x40))) /* may be fragmented */
		return false;
	header = v4 ? IPV4 : IPV6;
	most = (v4 ? ICMP_MOST : ICMPV6_MOST) - header - ICMP;
	quoted = len - f.network < most ? len - f.network : most;
	out->len = LINK + header + ICMP + quoted;
	out->frame = mem_zero(out->len);
	put_link(out->frame, frame + MAC, frame, f.version);
	put_network(out->frame + LINK, f.version,
		v4 ? IPPROTO_ICMP : IPPROTO_ICMPV6, f.target, f.source,
		ICMP + quoted);
	icmp = out->frame + LINK + header;
	icmp[0] = v4 ? 3 : 2;
	icmp[1] = v4 ? 4 : 0;
	put32(icmp + 4, (uint32_t)mtu); /* v4: its lower half */
	memcpy(icmp + ICMP, frame + f.network, quoted);
	mend(out->frame, out->len);
	return true;
}

void forge_rst(struct forged *out, const struct forge_reset *r)
{
	const struct flow_key *k = &r->key;
	size_t header = k->version == 4 ? IPV4 : IPV6;
	uint8_t *tcp;

	out->len = LINK + header + TCP;
	out->frame = mem_zero(out->len);
	put_link(out->frame, r->to, r->from, k->version);
	put_network(out->frame + LINK, k->version, IPPROTO_TCP, k->address[0],
		k->address[1], TCP);
	tcp = out->frame + LINK + header;
	put16(tcp, k->port[0]);
	put16(tcp + 2, k->port[1]);
	put32(tcp + 4, r->seq);
	put32(tcp + 8, r->acks ? r->ack : 0);
	tcp[12] = TCP / 4 << 4;
	tcp[13] = FACTS_RST | (r->acks ? FACTS_ACK : 0);
	mend(out->frame, out->len);
}
