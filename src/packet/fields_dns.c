/* fields_dns: the fields of a message of the DNS, in the order of its bytes. */
#include "packet/fields_dns.h"

#include <netinet/in.h>

#include "base/intl.h"
#include "packet/facts.h"
#include "packet/spans.h"

enum {
	DNS_PORT = 53,
	DNS_HEADER = 12,
	RECORDS_MOST = 24, /* shown apart; what comes behind is one field */
};

enum {
	TYPE_A = 1, TYPE_NS = 2, TYPE_CNAME = 5, TYPE_PTR = 12, TYPE_MX = 15,
	TYPE_AAAA = 28, TYPE_OPT = 41,
};

bool fields_is_dns(const struct facts *f)
{
	return f->protocol == IPPROTO_UDP && f->transport && !f->truncated &&
		!f->more && f->payload_len >= DNS_HEADER &&
		(f->source_port == DNS_PORT || f->target_port == DNS_PORT);
}

/* A message within the spans: pointers count from its first byte. */
struct message {
	struct spans *s;
	size_t begin;
};

static bool take_name(struct message *m, const char *name)
{
	struct spans *s = m->s;
	size_t n = dns_name(NULL, s->r.base + m->begin, s->r.end - m->begin,
		s->r.at - m->begin);

	if (!n) {
		s->wrong = true;
		return false;
	}
	spans_take(s, name, n, FIELD_DNS_NAME)->value = m->begin;
	return !s->r.short_of;
}

static uint16_t take_type(struct spans *s)
{
	struct field *f = spans_take(s, N_("Type"), 2, FIELD_ENUM);

	f->text = dns_type((uint16_t)f->value);
	return (uint16_t)f->value;
}

static void take_class(struct spans *s)
{
	struct field *f = spans_take(s, N_("Class"), 2, FIELD_ENUM);

	if (f->value == 1)
		f->text = N_("Internet");
}

static void take_flags(struct spans *s)
{
	static const struct {
		const char *name;
		int bit, bits;
	} part[] = {
		{ N_("Answer"), 0, 1 }, { N_("Kind of question"), 1, 4 },
		{ N_("From who knows best"), 5, 1 }, { N_("Cut short"), 6, 1 },
		{ N_("Asks to ask others"), 7, 1 },
		{ N_("Asks others"), 8, 1 }, { N_("Reserved"), 9, 3 },
	};
	struct field *f;

	for (size_t i = 0; i < sizeof(part) / sizeof(*part); i++)
		spans_bits(s, part[i].name, 2, part[i].bit, part[i].bits,
			FIELD_NUMBER);
	f = spans_bits(s, N_("Outcome"), 2, 12, 4, FIELD_ENUM);
	f->text = dns_outcome((uint8_t)f->value);
	spans_skip(s, 2);
}

static bool take_question(struct message *m)
{
	struct field *layer = spans_begin(m->s, N_("Question"));

	if (take_name(m, N_("Name"))) {
		take_type(m->s);
		take_class(m->s);
	}
	spans_end(m->s, layer);
	return !m->s->r.short_of && !m->s->wrong;
}

/* What a record says, when its length fits its type. */
static void take_data(struct message *m, uint16_t type, size_t length)
{
	struct spans *s = m->s;
	size_t end = s->r.at + length;

	if (type == TYPE_A && length == 4) {
		spans_take(s, N_("Address"), 4, FIELD_IPV4);
		return;
	}
	if (type == TYPE_AAAA && length == 16) {
		spans_take(s, N_("Address"), 16, FIELD_IPV6);
		return;
	}
	if (type == TYPE_MX && length > 2)
		spans_take(s, N_("Preference"), 2, FIELD_NUMBER);
	if (type == TYPE_CNAME || type == TYPE_PTR || type == TYPE_NS ||
			(type == TYPE_MX && length > 2)) {
		size_t n = dns_name(NULL, s->r.base + m->begin,
			end - m->begin, s->r.at - m->begin);

		if (n)
			spans_take(s, type == TYPE_CNAME ?
				N_("Is a name for") : N_("Name"), n,
				FIELD_DNS_NAME)->value = m->begin;
	}
	if (!s->r.short_of && s->r.at < end)
		spans_take(s, N_("Data"), end - s->r.at, FIELD_BYTES);
}

static bool take_record(struct message *m, const char *name)
{
	struct spans *s = m->s;
	struct field *layer = spans_begin(s, name);
	uint16_t type;
	size_t length;

	if (take_name(m, N_("Name"))) {
		type = take_type(s);
		if (type == TYPE_OPT) { /* RFC 6891 has other things there */
			spans_take(s, N_("Longest datagram"), 2, FIELD_NUMBER);
			spans_take(s, N_("Extended outcome and flags"), 4,
				FIELD_HEX);
		} else {
			take_class(s);
			spans_take(s, N_("Good for, in s"), 4, FIELD_NUMBER);
		}
		length = (size_t)spans_take(s, N_("Length"), 2, FIELD_NUMBER)
			->value;
		if (!s->r.short_of && length > reader_left(&s->r))
			s->wrong = true;
		else if (!s->r.short_of)
			take_data(m, type, length);
	}
	spans_end(s, layer);
	return !s->r.short_of && !s->wrong;
}

static bool take_records(struct message *m, const char *name, uint64_t n,
	int *room)
{
	for (; n > 0 && *room > 0; n--, --*room)
		if (!take_record(m, name))
			return false;
	return n == 0;
}

void fields_dns(struct spans *s)
{
	struct message m = { s, s->r.at };
	struct field *layer = spans_begin(s, N_("DNS"));
	uint64_t questions, answers, authorities, more;
	int room = RECORDS_MOST;
	bool good;

	spans_take(s, N_("Identification"), 2, FIELD_HEX);
	take_flags(s);
	questions = spans_take(s, N_("Questions"), 2, FIELD_NUMBER)->value;
	answers = spans_take(s, N_("Answers"), 2, FIELD_NUMBER)->value;
	authorities = spans_take(s, N_("Authorities"), 2, FIELD_NUMBER)->value;
	more = spans_take(s, N_("Additional"), 2, FIELD_NUMBER)->value;
	good = !s->r.short_of;
	for (; good && questions > 0 && room > 0; questions--, room--)
		good = take_question(&m);
	if (good && questions == 0)
		(void)(take_records(&m, N_("Answer"), answers, &room) &&
			take_records(&m, N_("Authority"), authorities, &room) &&
			take_records(&m, N_("Additional"), more, &room));
	spans_end(s, layer);
}
