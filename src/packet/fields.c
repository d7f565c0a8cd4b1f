/* fields: Ethernet, ARP and IP, from the outside in. */
#include "packet/fields.h"

#include <netinet/in.h>

#include "base/intl.h"
#include "packet/facts.h"
#include "packet/fields_dns.h"
#include "packet/fields_transport.h"
#include "packet/names.h"
#include "packet/spans.h"
#include "packet/sum.h"

static uint16_t take_ethertype(struct spans *s)
{
	struct field *f = spans_take(s, N_("Type"), 2, FIELD_ENUM);
	uint16_t type = (uint16_t)f->value;

	f->text = names_ethertype(type);
	if (type < 0x0600) { /* 802.3 has a length there */
		f->kind = FIELD_NUMBER;
		f->name = N_("Length");
	}
	return type;
}

static uint16_t take_ethernet(struct spans *s)
{
	struct field *layer = spans_begin(s, N_("Ethernet"));
	uint16_t type;

	spans_take(s, N_("Destination"), 6, FIELD_MAC);
	spans_take(s, N_("Source"), 6, FIELD_MAC);
	type = take_ethertype(s);
	spans_end(s, layer);
	while (!s->r.short_of &&
		(type == 0x8100 || type == 0x88a8 || type == 0x9100)) {
		layer = spans_begin(s, N_("VLAN"));
		spans_bits(s, N_("Priority"), 2, 0, 3, FIELD_NUMBER);
		spans_bits(s, N_("May be dropped"), 2, 3, 1, FIELD_NUMBER);
		spans_bits(s, N_("VLAN"), 2, 4, 12, FIELD_NUMBER);
		spans_skip(s, 2);
		type = take_ethertype(s);
		spans_end(s, layer);
	}
	return type;
}

static void take_arp(struct spans *s)
{
	struct field *layer = spans_begin(s, N_("ARP")), *f;
	uint16_t hardware, protocol, lengths;

	hardware = (uint16_t)spans_take(s, N_("Hardware type"), 2,
		FIELD_NUMBER)->value;
	f = spans_take(s, N_("Protocol type"), 2, FIELD_ENUM);
	protocol = (uint16_t)f->value;
	f->text = names_ethertype(protocol);
	lengths = (uint16_t)(spans_take(s, N_("Hardware address length"), 1,
		FIELD_NUMBER)->value << 8);
	lengths |= (uint16_t)spans_take(s, N_("Protocol address length"), 1,
		FIELD_NUMBER)->value;
	f = spans_take(s, N_("Operation"), 2, FIELD_ENUM);
	f->text = names_arp_operation((uint16_t)f->value);
	if (!s->r.short_of &&
		(hardware != 1 || protocol != 0x0800 || lengths != 0x0604)) {
		s->wrong = true; /* addresses of kinds we do not know */
	} else if (!s->r.short_of) {
		spans_take(s, N_("Sender's hardware address"), 6, FIELD_MAC);
		spans_take(s, N_("Sender's address"), 4, FIELD_IPV4);
		spans_take(s, N_("Target's hardware address"), 6, FIELD_MAC);
		spans_take(s, N_("Target's address"), 4, FIELD_IPV4);
	}
	spans_end(s, layer);
}

static void take_transport(struct spans *s, const struct facts *f)
{
	if (s->r.short_of || s->wrong || f->fragment)
		return;
	if (f->protocol == IPPROTO_TCP) {
		fields_tcp(s, f);
	} else if (f->protocol == IPPROTO_UDP) {
		fields_udp(s, f);
		if (fields_is_dns(f) && !s->r.short_of && !s->wrong)
			fields_dns(s);
	} else if (f->protocol ==
		(f->version == 4 ? IPPROTO_ICMP : IPPROTO_ICMPV6)) {
		fields_icmp(s, f);
	}
}

static void take_protocol(struct spans *s, const char *name)
{
	struct field *f = spans_take(s, name, 1, FIELD_ENUM);

	f->text = names_protocol((uint8_t)f->value);
}

/* The second row of the header: what a fragment is put together by. */
static void take_fragmentation(struct spans *s)
{
	spans_take(s, N_("Identification"), 2, FIELD_HEX);
	spans_bits(s, N_("Reserved"), 2, 0, 1, FIELD_NUMBER);
	spans_bits(s, N_("Don't fragment"), 2, 1, 1, FIELD_NUMBER);
	spans_bits(s, N_("More fragments"), 2, 2, 1, FIELD_NUMBER);
	spans_bits(s, N_("Fragment offset, in 8 bytes"), 2, 3, 13,
		FIELD_NUMBER);
	spans_skip(s, 2);
}

/* Let the reader end where IP's own length does. */
static void end_at(struct spans *s, size_t start, size_t header, size_t total)
{
	if (total >= header && start + total < s->r.end)
		s->r.end = start + total;
	else if (total > 0 && total < header)
		s->wrong = true;
}

static void take_ipv4(struct spans *s, const struct facts *f)
{
	struct field *layer = spans_begin(s, N_("IPv4")), *sum;
	size_t start = s->r.at, version, header, total;

	version = (size_t)spans_bits(s, N_("Version"), 1, 0, 4, FIELD_NUMBER)
		->value;
	header = (size_t)spans_bits(s, N_("Header, in 4 bytes"), 1, 4, 4,
		FIELD_NUMBER)->value * 4;
	spans_skip(s, 1);
	if (!s->r.short_of && (version != 4 || header < 20)) {
		s->wrong = true;
		spans_end(s, layer);
		return;
	}
	spans_bits(s, N_("Service class"), 1, 0, 6, FIELD_NUMBER);
	spans_bits(s, N_("Congestion"), 1, 6, 2, FIELD_NUMBER);
	spans_skip(s, 1);
	total = (size_t)spans_take(s, N_("Total length"), 2, FIELD_NUMBER)
		->value;
	take_fragmentation(s);
	spans_take(s, N_("Time to live"), 1, FIELD_NUMBER);
	take_protocol(s, N_("Protocol"));
	sum = spans_take(s, N_("Header checksum"), 2, FIELD_HEX);
	spans_take(s, N_("Source"), 4, FIELD_IPV4);
	spans_take(s, N_("Destination"), 4, FIELD_IPV4);
	if (header > 20 && !s->r.short_of)
		spans_take(s, N_("Options"), header - 20, FIELD_BYTES);
	if (!s->r.short_of) {
		sum->note = sum_fold(sum_add(0, s->r.base + start, header)) ==
			0xffff ? FIELD_SUM_GOOD : FIELD_SUM_BAD;
		end_at(s, start, header, total);
	}
	spans_end(s, layer);
	take_transport(s, f);
}

static const char *extension_name(uint8_t kind)
{
	switch (kind) {
	case IPPROTO_HOPOPTS:
		return N_("IPv6 hop-by-hop options");
	case IPPROTO_ROUTING:
		return N_("IPv6 routing");
	case IPPROTO_DSTOPTS:
		return N_("IPv6 destination options");
	case IPPROTO_AH:
		return N_("Authentication header");
	case IPPROTO_FRAGMENT:
		return N_("IPv6 fragment");
	}
	return NULL;
}

/* One extension header (RFC 8200, 4); returns the kind of the next. */
static uint8_t take_extension(struct spans *s, uint8_t kind)
{
	struct field *layer = spans_begin(s, extension_name(kind)), *f;
	uint8_t next;
	size_t length;

	f = spans_take(s, N_("Next header"), 1, FIELD_ENUM);
	next = (uint8_t)f->value;
	f->text = names_protocol(next);
	if (kind == IPPROTO_FRAGMENT) {
		spans_take(s, N_("Reserved"), 1, FIELD_HEX);
		spans_bits(s, N_("Fragment offset, in 8 bytes"), 2, 0, 13,
			FIELD_NUMBER);
		spans_bits(s, N_("Reserved"), 2, 13, 2, FIELD_NUMBER);
		spans_bits(s, N_("More fragments"), 2, 15, 1, FIELD_NUMBER);
		spans_skip(s, 2);
		spans_take(s, N_("Identification"), 4, FIELD_HEX);
	} else {
		length = (size_t)spans_take(s, N_("Length, behind the first"),
			1, FIELD_NUMBER)->value;
		spans_take(s, N_("Options"),
			length * (kind == IPPROTO_AH ? 4 : 8) + 6,
			FIELD_BYTES);
	}
	spans_end(s, layer);
	return next;
}

static void take_ipv6(struct spans *s, const struct facts *f)
{
	struct field *layer = spans_begin(s, N_("IPv6")), *next;
	size_t start = s->r.at, version, length;
	uint8_t kind;

	version = (size_t)spans_bits(s, N_("Version"), 4, 0, 4, FIELD_NUMBER)
		->value;
	spans_bits(s, N_("Traffic class"), 4, 4, 8, FIELD_HEX);
	spans_bits(s, N_("Flow label"), 4, 12, 20, FIELD_HEX);
	spans_skip(s, 4);
	if (!s->r.short_of && version != 6) {
		s->wrong = true;
		spans_end(s, layer);
		return;
	}
	length = (size_t)spans_take(s, N_("Payload length"), 2, FIELD_NUMBER)
		->value;
	next = spans_take(s, N_("Next header"), 1, FIELD_ENUM);
	kind = (uint8_t)next->value;
	next->text = names_protocol(kind);
	spans_take(s, N_("Hop limit"), 1, FIELD_NUMBER);
	spans_take(s, N_("Source"), 16, FIELD_IPV6);
	spans_take(s, N_("Destination"), 16, FIELD_IPV6);
	if (!s->r.short_of && length)
		end_at(s, start, 40, 40 + length);
	spans_end(s, layer);
	while (!s->r.short_of && extension_name(kind)) {
		bool fragment = kind == IPPROTO_FRAGMENT;

		kind = take_extension(s, kind);
		if (fragment && f->fragment)
			return;
	}
	take_transport(s, f);
}

static const char *rest_name(const struct spans *s)
{
	return s->wrong ? N_("Not decoded") : N_("Payload");
}

size_t fields_read(struct field *out, size_t max, const uint8_t *frame,
	size_t len)
{
	struct spans s = {
		.out = out,
		.max = max,
		.r = reader_of(frame, len),
		.len = len,
	};
	struct field *rest;
	struct facts f;
	uint16_t type;

	facts_read(&f, frame, len);
	type = take_ethernet(&s);
	if (!s.r.short_of) {
		if (type == 0x0800)
			take_ipv4(&s, &f);
		else if (type == 0x86dd)
			take_ipv6(&s, &f);
		else if (type == 0x0806)
			take_arp(&s);
		else if (type < 0x0600 && type < reader_left(&s.r))
			s.r.end = s.r.at + type;
	}
	if (type == 0x0806 && !s.wrong)
		s.r.end = s.r.at;
	rest = spans_take_rest(&s, rest_name(&s));
	if (f.cut)
		rest->note = FIELD_TOO_SHORT;
	s.r.end = len;
	spans_take_rest(&s, N_("Padding"));
	return s.count;
}
