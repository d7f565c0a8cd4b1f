/* TCP with its options, UDP, ICMP and ICMPv6 as fields. */
#include "packet/fields_transport.h"

#include "base/intl.h"
#include "packet/facts.h"
#include "packet/names.h"
#include "packet/spans.h"

enum {
	OPTION_END,
	OPTION_NOP,
	OPTION_MSS,
	OPTION_WINDOW_SCALE,
	OPTION_SACK_PERMITTED,
	OPTION_SACK,
	OPTION_TIMESTAMPS = 8,
};

static void take_sum(struct spans *s, const struct facts *f)
{
	struct field *sum = spans_take(s, N_("Checksum"), 2, FIELD_HEX);

	if (f->sum_known)
		sum->note = f->bad_sum ? FIELD_SUM_BAD : FIELD_SUM_GOOD;
}

static const char *option_name(uint8_t kind, uint8_t length)
{
	switch (kind) {
	case OPTION_MSS:
		return length == 4 ? N_("Maximum segment size") : NULL;
	case OPTION_WINDOW_SCALE:
		return length == 3 ? N_("Window scale") : NULL;
	case OPTION_SACK_PERMITTED:
		return length == 2 ? N_("SACK permitted") : NULL;
	case OPTION_SACK:
		return length % 8 == 2 && length > 2 ? N_("SACK") : NULL;
	case OPTION_TIMESTAMPS:
		return length == 10 ? N_("Timestamps") : NULL;
	}
	return NULL;
}

/* The value of an option whose kind and length fit each other. */
static void option_value(struct spans *s, struct field *heading, uint8_t kind,
	uint8_t length)
{
	struct field *value = NULL;
	int i;

	switch (kind) {
	case OPTION_MSS:
	case OPTION_WINDOW_SCALE:
		value = spans_take(s, N_("Value"), length - 2u, FIELD_NUMBER);
		heading->kind = FIELD_NUMBER;
		heading->value = value->value;
		break;
	case OPTION_SACK:
		for (i = 2; i < length; i += 8) {
			spans_take(s, N_("Left edge"), 4, FIELD_NUMBER)
				->note = FIELD_ACK_SEQ;
			spans_take(s, N_("Right edge"), 4, FIELD_NUMBER)
				->note = FIELD_ACK_SEQ;
		}
		break;
	case OPTION_TIMESTAMPS:
		spans_take(s, N_("Sender's clock"), 4, FIELD_NUMBER);
		spans_take(s, N_("Echo of the other's"), 4, FIELD_NUMBER);
		break;
	}
}

/* One option; false when its length is wrong. */
static bool take_option(struct spans *s)
{
	struct reader ahead = s->r;
	uint8_t kind = reader_u8(&ahead), length;
	struct field *heading;
	const char *name;

	if (kind == OPTION_END || kind == OPTION_NOP) {
		spans_take(s, kind == OPTION_NOP ? N_("No operation")
						 : N_("End of options"),
			1, FIELD_NUMBER);
		return kind == OPTION_NOP;
	}
	length = reader_u8(&ahead);
	if (length < 2 || length > reader_left(&s->r))
		return false;
	name = option_name(kind, length);
	heading = spans_begin(s, name ? name : N_("Unknown option"));
	spans_take(s, N_("Kind"), 1, FIELD_NUMBER);
	spans_take(s, N_("Length"), 1, FIELD_NUMBER);
	if (name)
		option_value(s, heading, kind, length);
	else if (length > 2)
		spans_take(s, N_("Value"), length - 2u, FIELD_BYTES);
	spans_end(s, heading);
	return true;
}

static void take_options(struct spans *s, size_t length)
{
	size_t end = s->r.end;

	if (length > reader_left(&s->r))
		s->wrong = true; /* the header says more than there is */
	else
		s->r.end = s->r.at + length;
	while (reader_left(&s->r) && take_option(s))
		;
	spans_take_rest(s, N_("Rest of the options"));
	s->r.end = end;
}

void fields_tcp(struct spans *s, const struct facts *f)
{
	struct field *layer = spans_begin(s, N_("TCP"));
	size_t words;

	spans_take(s, N_("Source port"), 2, FIELD_NUMBER);
	spans_take(s, N_("Destination port"), 2, FIELD_NUMBER);
	spans_take(s, N_("Sequence number"), 4, FIELD_NUMBER)->note =
		FIELD_SEQ;
	spans_take(s, N_("Acknowledgement"), 4, FIELD_NUMBER)->note =
		FIELD_ACK_SEQ;
	words = (size_t)spans_bits(s, N_("Header, in 4 bytes"), 1, 0, 4,
		FIELD_NUMBER)->value;
	spans_bits(s, N_("Reserved"), 1, 4, 4, FIELD_HEX);
	spans_skip(s, 1);
	spans_take(s, N_("Flags"), 1, FIELD_FLAGS);
	spans_take(s, N_("Window"), 2, FIELD_NUMBER);
	take_sum(s, f);
	spans_take(s, N_("Urgent pointer"), 2, FIELD_NUMBER);
	if (!s->r.short_of) {
		if (words < 5)
			s->wrong = true;
		else
			take_options(s, (words - 5) * 4);
	}
	spans_end(s, layer);
}

void fields_udp(struct spans *s, const struct facts *f)
{
	struct field *layer = spans_begin(s, N_("UDP"));
	uint16_t length;

	spans_take(s, N_("Source port"), 2, FIELD_NUMBER);
	spans_take(s, N_("Destination port"), 2, FIELD_NUMBER);
	length = (uint16_t)spans_take(s, N_("Length"), 2, FIELD_NUMBER)->value;
	take_sum(s, f);
	if (!s->r.short_of) {
		if (length >= 8 && length - 8u < reader_left(&s->r))
			s->r.end = s->r.at + length - 8;
		else if (length > 0 && length < 8)
			s->wrong = true;
	}
	spans_end(s, layer);
}

/* The four bytes that each type uses in its own way. */
static void take_icmp_rest(struct spans *s, const struct facts *f)
{
	bool echo = f->version == 4
		? f->icmp_type == 0 || f->icmp_type == 8
		: f->icmp_type == 128 || f->icmp_type == 129;

	if (echo) {
		spans_take(s, N_("Identifier"), 2, FIELD_NUMBER);
		spans_take(s, N_("Sequence number"), 2, FIELD_NUMBER);
	} else if (f->version == 4 && f->icmp_type == 3) {
		spans_take(s, N_("Not used"), 2, FIELD_HEX);
		spans_take(s, N_("MTU of the next hop"), 2, FIELD_NUMBER);
	} else if (f->version == 4 && f->icmp_type == 5) {
		spans_take(s, N_("Better gateway"), 4, FIELD_IPV4);
	} else if (f->version == 6 && f->icmp_type == 2) {
		spans_take(s, N_("MTU"), 4, FIELD_NUMBER);
	} else {
		spans_take(s, N_("For this type"), 4, FIELD_HEX);
	}
}

void fields_icmp(struct spans *s, const struct facts *f)
{
	struct field *layer, *type, *code;

	layer = spans_begin(s, f->version == 4 ? N_("ICMP") : N_("ICMPv6"));
	type = spans_take(s, N_("Type"), 1, FIELD_ENUM);
	type->text = names_icmp(f->version, f->icmp_type);
	code = spans_take(s, N_("Code"), 1, FIELD_ENUM);
	code->text = names_icmp_code(f->version, f->icmp_type, f->icmp_code);
	take_sum(s, f);
	take_icmp_rest(s, f);
	if (f->version == 6 && !s->r.short_of &&
		(f->icmp_type == 135 || f->icmp_type == 136)) {
		spans_take(s, N_("Target"), 16, FIELD_IPV6);
		spans_take_rest(s, N_("Options"));
	}
	spans_end(s, layer);
}
