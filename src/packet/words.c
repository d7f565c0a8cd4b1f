/* words: what a frame, a field and an address are called. */
#include "packet/words.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "packet/facts.h"
#include "packet/fields.h"
#include "packet/fields_dns.h"
#include "packet/names.h"

void words_flags(struct buf *b, uint8_t flags)
{
	static const struct {
		uint8_t flag;
		const char *name;
	} names[] = {
		{FACTS_SYN, "SYN"}, {FACTS_FIN, "FIN"}, {FACTS_RST, "RST"},
		{FACTS_PSH, "PSH"}, {FACTS_ACK, "ACK"}, {FACTS_URG, "URG"},
		{FACTS_ECE, "ECE"}, {FACTS_CWR, "CWR"},
	};
	const char *between = "";
	size_t i;

	if (!flags)
		buf_text(b, _("none"));
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (flags & names[i].flag) {
			buf_printf(b, "%s%s", between, names[i].name);
			between = " ";
		}
}

static void put_address(struct buf *b, int version, const uint8_t *address)
{
	char text[INET6_ADDRSTRLEN];

	if (inet_ntop(version == 4 ? AF_INET : AF_INET6, address, text,
		sizeof(text)))
		buf_text(b, text);
}

static void put_mac(struct buf *b, const uint8_t *p)
{
	buf_printf(b, "%02x:%02x:%02x:%02x:%02x:%02x", p[0], p[1], p[2], p[3],
		p[4], p[5]);
}

/* Every byte is one cell; what does not fit gives way to an ellipsis. */
static void put_payload(struct buf *b, const uint8_t *p, size_t n, int max,
	bool ascii)
{
	size_t room = max > 0 ? (size_t)max : 0, ellipsis = ascii ? 3 : 1;
	bool cut = n > room;
	size_t i;

	if (ellipsis > room)
		ellipsis = room;
	for (i = 0; i < (cut ? room - ellipsis : n); i++)
		text_symbol(b, p[i], ascii);
	if (cut && ascii)
		buf_add(b, "...", ellipsis);
	else if (cut && ellipsis)
		buf_text(b, "…");
}

static void put_tcp(struct buf *b, const struct facts *f)
{
	uint8_t shown = f->flags & (FACTS_SYN | FACTS_FIN | FACTS_RST);

	/* With data, ACK and PSH say nothing that a reader waits for. */
	if (f->payload_len && !shown)
		return;
	shown = f->flags & (FACTS_SYN | FACTS_FIN | FACTS_RST | FACTS_ACK);
	if (!shown)
		buf_text(b, "TCP: ");
	words_flags(b, shown ? shown : f->flags);
	if (f->payload_len)
		buf_char(b, ' ');
}

static void put_icmp(struct buf *b, const struct facts *f)
{
	const char *name = names_icmp_code(f->version, f->icmp_type,
		f->icmp_code);

	if (!name)
		name = names_icmp(f->version, f->icmp_type);
	buf_text(b, f->version == 4 ? "ICMP " : "ICMPv6 ");
	if (name)
		buf_text(b, _(name));
	else
		buf_printf(b, _("type %u"), f->icmp_type);
}

static void put_arp(struct buf *b, const struct facts *f,
	const uint8_t *frame)
{
	struct buf source = {0}, target = {0}, mac = {0};
	const uint8_t *arp = frame + f->network;
	uint16_t operation = (uint16_t)(arp[6] << 8 | arp[7]);

	put_address(&source, 4, f->source);
	put_address(&target, 4, f->target);
	put_mac(&mac, arp + 8);
	if (operation == 1)
		buf_printf(b, _("ARP who has %s"), buf_str(&target));
	else if (operation == 2)
		buf_printf(b, _("ARP %s is at %s"), buf_str(&source),
			buf_str(&mac));
	else
		buf_printf(b, _("ARP operation %u"), operation);
	buf_done(&source);
	buf_done(&target);
	buf_done(&mac);
}

/* A frame whose transport we do not read. */
static void put_other(struct buf *b, const struct facts *f)
{
	const char *name;

	if (f->truncated) {
		buf_text(b, _("cut off"));
		return;
	}
	if (!f->version) {
		buf_printf(b, _("Ethernet type 0x%04x"), f->ethertype);
		return;
	}
	name = names_protocol(f->protocol);
	buf_printf(b, "IPv%u ", f->version);
	if (f->fragment)
		buf_printf(b, _("later fragment"));
	else if (name)
		buf_text(b, _(name));
	else
		buf_printf(b, _("protocol %u"), f->protocol);
}

void words_frame(struct buf *b, const struct facts *f, const uint8_t *frame,
	size_t len, int max, bool ascii)
{
	bool payload = false;

	if (f->ethertype == 0x0806 && !f->truncated) {
		put_arp(b, f, frame);
	} else if (!f->transport || f->truncated) {
		put_other(b, f);
	} else if (f->protocol == IPPROTO_TCP) {
		put_tcp(b, f);
		payload = true;
	} else if (f->protocol == IPPROTO_UDP) {
		payload = !(fields_is_dns(f) && f->payload <= len &&
			f->payload_len <= len - f->payload &&
			dns_words(b, frame + f->payload, f->payload_len, max,
				ascii));
		if (!f->payload_len)
			buf_text(b, _("UDP, empty"));
	} else {
		put_icmp(b, f);
	}
	if (payload && f->payload <= len && f->payload_len <= len - f->payload)
		put_payload(b, frame + f->payload, f->payload_len, max, ascii);
}

static void put_enum(struct buf *b, const struct field *f)
{
	/* An ethertype is written in hexadecimal; all else counts from 0. */
	bool hex = f->length == 2 && f->value >= 0x0600;

	if (f->text)
		buf_printf(b, "%s (", _(f->text));
	if (hex)
		buf_printf(b, "0x%04" PRIx64, f->value);
	else
		buf_printf(b, "%" PRIu64, f->value);
	if (f->text)
		buf_char(b, ')');
}

static void put_hex(struct buf *b, const struct field *f)
{
	uint32_t bits = f->bits ? f->bits : f->length * 8;

	buf_printf(b, "0x%0*" PRIx64, (int)((bits + 3) / 4), f->value);
}

void words_field(struct buf *b, const struct field *f, const uint8_t *frame,
	size_t len)
{
	const uint8_t *p = frame + f->offset;
	bool inside = f->offset <= len && f->length <= len - f->offset;
	char name[DNS_NAME_MAX];

	switch (f->kind) {
	case FIELD_LAYER:
		break;
	case FIELD_NUMBER:
		buf_printf(b, "%" PRIu64, f->value);
		break;
	case FIELD_HEX:
		put_hex(b, f);
		break;
	case FIELD_FLAGS:
		words_flags(b, (uint8_t)f->value);
		break;
	case FIELD_ENUM:
		put_enum(b, f);
		break;
	case FIELD_MAC:
		if (inside && f->length == 6)
			put_mac(b, p);
		break;
	case FIELD_IPV4:
		if (inside && f->length == 4)
			put_address(b, 4, p);
		break;
	case FIELD_IPV6:
		if (inside && f->length == 16)
			put_address(b, 6, p);
		break;
	case FIELD_DNS_NAME:
		if (inside && f->value <= f->offset && dns_name(name,
				frame + f->value, len - (size_t)f->value,
				f->offset - (size_t)f->value))
			buf_text(b, name);
		break;
	case FIELD_BYTES:
		buf_printf(b, ngettext("%u byte", "%u bytes", f->length),
			f->length);
		break;
	}
}
