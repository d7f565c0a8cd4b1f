/*
 * facts: one pass over the headers, from the outside in, each layer leaving
 * the reader at what it carries; then, when asked, the checksums.
 */
#include "packet/facts.h"

#include <netinet/in.h>
#include <string.h>

#include "packet/reader.h"
#include "packet/sum.h"

enum {
	ETHERTYPE_IPV4 = 0x0800,
	ETHERTYPE_ARP = 0x0806,
	ETHERTYPE_IPV6 = 0x86dd,
	ETHERTYPE_VLAN = 0x8100,    /* IEEE 802.1Q */
	ETHERTYPE_SERVICE = 0x88a8, /* 802.1ad, an outer tag */
	ETHERTYPE_QINQ = 0x9100,    /* the same before it had a standard */
	ETHERTYPE_LEAST = 0x0600,   /* below: a length (802.3) */
};

enum {
	TCP_OPTION_END,
	TCP_OPTION_NOP,
	TCP_OPTION_MSS,
	TCP_OPTION_WINDOW_SCALE,
};

static void read_tcp_options(struct facts *f, struct reader r)
{
	while (reader_left(&r) > 0) {
		uint8_t kind = reader_u8(&r), length;
		struct reader body;

		if (kind == TCP_OPTION_END)
			return;
		if (kind == TCP_OPTION_NOP)
			continue;
		length = reader_u8(&r);
		if (length < 2 || (size_t)length - 2 > reader_left(&r))
			return;
		body = r;
		if (kind == TCP_OPTION_MSS && length == 4)
			f->mss = reader_be16(&body);
		if (kind == TCP_OPTION_WINDOW_SCALE && length == 3)
			f->window_scale = (int8_t)(reader_u8(&body) & 0x7f);
		r.at += length - 2;
	}
}

static void read_tcp(struct facts *f, struct reader *r)
{
	size_t options;
	uint16_t word;

	f->source_port = reader_be16(r);
	f->target_port = reader_be16(r);
	f->seq = reader_be32(r);
	f->ack = reader_be32(r);
	word = reader_be16(r);
	f->flags = (uint8_t)word;
	f->window = reader_be16(r);
	reader_be32(r); /* checksum, urgent pointer */
	if (r->short_of)
		return;
	options = (size_t)(word >> 12) * 4;
	if (options < 20 || options - 20 > reader_left(r)) {
		r->short_of = true;
		return;
	}
	options -= 20;
	if (options && (f->flags & FACTS_SYN)) {
		struct reader part = *r;

		part.end = part.at + options;
		read_tcp_options(f, part);
	}
	r->at += options;
}

static void read_udp(struct facts *f, struct reader *r)
{
	uint16_t length;

	f->source_port = reader_be16(r);
	f->target_port = reader_be16(r);
	length = reader_be16(r);
	reader_be16(r);
	/* A length of 0 is that of a jumbogram (RFC 2675): to the end. */
	if (length >= 8 && (size_t)length - 8 < reader_left(r))
		r->end = r->at + length - 8;
	else if (length > 0 && length < 8)
		r->short_of = true;
}

static void read_icmp(struct facts *f, struct reader *r)
{
	f->icmp_type = reader_u8(r);
	f->icmp_code = reader_u8(r);
	reader_be16(r);
	reader_be32(r); /* the part that depends on the type */
}

static void read_transport(struct facts *f, struct reader *r)
{
	size_t start = r->at;

	if (f->fragment)
		return;
	switch (f->protocol) {
	case IPPROTO_TCP:
		read_tcp(f, r);
		break;
	case IPPROTO_UDP:
		read_udp(f, r);
		break;
	case IPPROTO_ICMP:
		if (f->version != 4)
			return;
		read_icmp(f, r);
		break;
	case IPPROTO_ICMPV6:
		if (f->version != 6)
			return;
		read_icmp(f, r);
		break;
	default: /* any of the 256 numbers: its bytes are payload */
		return;
	}
	f->transport = (uint32_t)start;
}

/* Let the reader end where the datagram does; Ethernet pads behind it. */
static void end_at(struct facts *f, struct reader *r, size_t end)
{
	if (end <= r->end)
		r->end = end;
	else
		f->cut = true;
}

static void read_ipv4(struct facts *f, struct reader *r)
{
	size_t start = r->at, header, total;
	const uint8_t *addresses;
	uint8_t first = reader_u8(r);
	uint16_t fragment;

	header = (size_t)(first & 15) * 4;
	if (first >> 4 != 4 || header < 20) {
		r->short_of = true;
		return;
	}
	f->version = 4;
	f->network = (uint32_t)start;
	reader_u8(r);
	total = reader_be16(r);
	reader_be16(r); /* identification */
	fragment = reader_be16(r);
	f->fragment = (fragment & 0x1fff) != 0;
	f->more = (fragment & 0x2000) != 0;
	reader_u8(r);
	f->protocol = reader_u8(r);
	reader_be16(r);
	addresses = reader_bytes(r, 8);
	if (addresses) {
		memcpy(f->source, addresses, 4);
		memcpy(f->target, addresses + 4, 4);
	}
	reader_bytes(r, header - 20);
	if (r->short_of)
		return;
	if (total >= header)
		end_at(f, r, start + total);
	else if (total > 0) /* 0: as the kernel leaves it for large offloads */
		r->short_of = true;
	if (!r->short_of)
		read_transport(f, r);
}

/* Step over one extension header (RFC 8200, 4). False when next is none. */
static bool read_extension(struct facts *f, struct reader *r, uint8_t *next)
{
	uint8_t kind = *next, length;
	uint16_t fragment;

	switch (kind) {
	case IPPROTO_HOPOPTS:
	case IPPROTO_ROUTING:
	case IPPROTO_DSTOPTS:
	case IPPROTO_AH:
		*next = reader_u8(r);
		length = reader_u8(r);
		if (kind == IPPROTO_ROUTING) {
			reader_u8(r);
			/* Segments left: the target is not yet the last. */
			f->routed = reader_u8(r) != 0;
			r->at -= r->short_of ? 0 : 2;
		}
		reader_bytes(r, kind == IPPROTO_AH ? length * 4u + 6
						   : length * 8u + 6);
		return !r->short_of;
	case IPPROTO_FRAGMENT:
		*next = reader_u8(r);
		reader_u8(r);
		fragment = reader_be16(r);
		reader_be32(r);
		f->fragment = fragment >> 3 != 0;
		f->more = fragment & 1;
		return !r->short_of && !f->fragment;
	}
	return false;
}

static void read_ipv6(struct facts *f, struct reader *r)
{
	size_t start = r->at, length;
	const uint8_t *addresses;
	uint8_t next;

	if (reader_be32(r) >> 28 != 6) {
		r->short_of = true;
		return;
	}
	f->version = 6;
	f->network = (uint32_t)start;
	length = reader_be16(r);
	next = reader_u8(r);
	reader_u8(r);
	addresses = reader_bytes(r, 32);
	if (addresses) {
		memcpy(f->source, addresses, 16);
		memcpy(f->target, addresses + 16, 16);
	}
	if (length > 0 && !r->short_of) /* 0: a jumbogram */
		end_at(f, r, start + 40 + length);
	while (!r->short_of && read_extension(f, r, &next))
		;
	f->protocol = next;
	if (!r->short_of)
		read_transport(f, r);
}

static void read_arp(struct facts *f, struct reader *r)
{
	const uint8_t *body;

	f->network = (uint32_t)r->at;
	if (reader_be32(r) != 0x00010800 || reader_be16(r) != 0x0604)
		r->short_of = true; /* not Ethernet's and IPv4's addresses */
	reader_be16(r); /* the operation */
	body = reader_bytes(r, 20);
	if (body && !r->short_of) {
		memcpy(f->source, body + 6, 4);
		memcpy(f->target, body + 16, 4);
		r->end = r->at;
	}
}

void facts_read_headers(struct facts *f, const uint8_t *frame, size_t len)
{
	struct reader r = reader_of(frame, len);
	uint16_t type;

	memset(f, 0, sizeof(*f));
	f->window_scale = -1;
	reader_bytes(&r, 12); /* both hardware addresses */
	type = reader_be16(&r);
	while (type == ETHERTYPE_VLAN || type == ETHERTYPE_SERVICE ||
		type == ETHERTYPE_QINQ) {
		reader_be16(&r);
		type = reader_be16(&r);
	}
	f->ethertype = type;
	if (!r.short_of) {
		if (type == ETHERTYPE_IPV4)
			read_ipv4(f, &r);
		else if (type == ETHERTYPE_IPV6)
			read_ipv6(f, &r);
		else if (type == ETHERTYPE_ARP)
			read_arp(f, &r);
		else if (type < ETHERTYPE_LEAST && type < reader_left(&r))
			r.end = r.at + type;
	}
	f->truncated = r.short_of;
	f->payload = (uint32_t)r.at;
	f->payload_len = r.short_of ? 0 : (uint32_t)reader_left(&r);
}

/* Whether the transport's checksum can be verified at all. */
static bool has_sum(const struct facts *f, const uint8_t *transport)
{
	if (!f->transport || f->truncated || f->cut || f->more || f->routed)
		return false;
	if (f->protocol == IPPROTO_UDP && f->version == 4)
		return transport[6] || transport[7]; /* 0: none was made */
	return true;
}

static uint64_t add_pseudo_header(const struct facts *f, uint32_t length)
{
	size_t n = f->version == 4 ? 4 : 16;
	uint8_t tail[8] = {
		(uint8_t)(length >> 24), (uint8_t)(length >> 16),
		(uint8_t)(length >> 8), (uint8_t)length,
		0, 0, 0, f->protocol,
	};
	uint64_t sum = sum_add(0, tail, sizeof(tail));

	sum = sum_add(sum, f->source, n);
	return sum_add(sum, f->target, n);
}

static void check_sums(struct facts *f, const uint8_t *frame)
{
	const uint8_t *transport = frame + f->transport;
	uint32_t length = f->payload + f->payload_len - f->transport;
	uint64_t sum = 0;

	f->sum_known = has_sum(f, transport);
	if (f->version == 4 && !f->truncated)
		f->bad_ip_sum = sum_fold(sum_add(0, frame + f->network,
			(frame[f->network] & 15) * 4u)) != 0xffff;
	if (!f->sum_known)
		return;
	if (f->protocol != IPPROTO_ICMP)
		sum = add_pseudo_header(f, length);
	f->bad_sum = sum_fold(sum_add(sum, transport, length)) != 0xffff;
}

void facts_read(struct facts *f, const uint8_t *frame, size_t len)
{
	facts_read_headers(f, frame, len);
	check_sums(f, frame);
}

uint32_t facts_sequence_space(const struct facts *f)
{
	if (!f->transport || f->protocol != IPPROTO_TCP)
		return 0;
	return f->payload_len + !!(f->flags & FACTS_SYN) +
		!!(f->flags & FACTS_FIN);
}
