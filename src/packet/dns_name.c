/* dns_name: names in a message of the DNS, and what a message says in brief. */
#include "packet/fields_dns.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "packet/reader.h"

enum {
	LABEL_POINTER = 0xc0, /* the two highest bits of a length */
	NAME_BYTES = 255,     /* RFC 1035, 2.3.4 */
};

struct entry {
	uint16_t number;
	const char *name;
};

static const struct entry types[] = {
	{1, "A"}, {2, "NS"}, {5, "CNAME"}, {6, "SOA"}, {12, "PTR"},
	{15, "MX"}, {16, "TXT"}, {28, "AAAA"}, {33, "SRV"}, {41, "OPT"},
	{65, "HTTPS"}, {255, "ANY"}, {0, NULL},
};

/* RFC 1035, 4.1.1, the last four bits. */
static const struct entry outcomes[] = {
	{0, N_("no error")}, {1, N_("cannot read the question")},
	{2, N_("the server failed")}, {3, N_("no such name")},
	{4, N_("not implemented")}, {5, N_("refused")}, {0, NULL},
};

static const char *find(const struct entry *e, uint16_t number)
{
	for (; e->name; e++)
		if (e->number == number)
			return e->name;
	return NULL;
}

const char *dns_type(uint16_t type)
{
	return find(types, type);
}

const char *dns_outcome(uint8_t code)
{
	return find(outcomes, code);
}

/* A byte of a label as the zone files write it (RFC 1035, 5.1). */
static size_t put_byte(char *out, size_t at, uint8_t c)
{
	if (!out)
		return at;
	if (c == '.' || c == '\\') {
		out[at++] = '\\';
		out[at++] = (char)c;
	} else if (c > ' ' && c < 0x7f) {
		out[at++] = (char)c;
	} else {
		at += (size_t)snprintf(out + at, 5, "\\%03u", c);
	}
	return at;
}

size_t dns_name(char out[DNS_NAME_MAX], const uint8_t *message, size_t n,
	size_t at)
{
	size_t taken = 0, written = 0, length = 0;
	size_t first = at; /* of the run of labels that is read */

	while (at < n) {
		uint8_t label = message[at];

		if ((label & LABEL_POINTER) == LABEL_POINTER) {
			size_t to;

			if (n - at < 2)
				return 0;
			to = (size_t)(label & 0x3f) << 8 | message[at + 1];
			if (!taken)
				taken = at + 2 - first;
			/* behind where this run of labels began it never
			 * gets again: so it ends */
			if (to >= first)
				return 0;
			first = at = to;
			continue;
		}
		if (label & LABEL_POINTER || label >= n - at)
			return 0;
		length += label + 1u;
		if (length > NAME_BYTES)
			return 0;
		if (!label) {
			if (out && !written)
				out[written++] = '.';
			if (out)
				out[written] = '\0';
			return taken ? taken : at + 1 - first;
		}
		if (out && written)
			out[written++] = '.';
		for (size_t i = 1; i <= label; i++)
			written = put_byte(out, written, message[at + i]);
		at += label + 1u;
	}
	return 0;
}

/* ---- in a few words ---- */

/* Step over a name; false when it is wrong. */
static bool skip_name(struct reader *r)
{
	size_t n = dns_name(NULL, r->base, r->end, r->at);

	return n && reader_bytes(r, n);
}

/* The answer at the reader as text, when it is one that says something: an
 * address, or a name. *rank: how much it says. */
static int read_answer(struct reader *r, char out[DNS_NAME_MAX])
{
	uint16_t type, length;
	size_t at;
	int rank = 0;

	if (!skip_name(r))
		return -1;
	type = reader_be16(r);
	reader_be16(r); /* class */
	reader_be32(r); /* how long it is good */
	length = reader_be16(r);
	at = r->at;
	if (!reader_bytes(r, length) || r->short_of)
		return -1;
	if (type == 1 && length == 4) {
		inet_ntop(AF_INET, r->base + at, out, DNS_NAME_MAX);
		rank = 2;
	} else if (type == 28 && length == 16) {
		inet_ntop(AF_INET6, r->base + at, out, DNS_NAME_MAX);
		rank = 2;
	} else if ((type == 5 || type == 12 || type == 2) &&
			dns_name(out, r->base, r->end, at)) {
		rank = 1;
	}
	return rank;
}

static bool answer_words(struct reader *r, int answers, char *out)
{
	char one[DNS_NAME_MAX];
	int best = 0;

	for (int i = 0; i < answers && best < 2; i++) {
		int rank = read_answer(r, one);

		if (rank < 0)
			return best > 0;
		if (rank > best) {
			best = rank;
			memcpy(out, one, DNS_NAME_MAX);
		}
	}
	return best > 0;
}

/* Every byte is one cell: names are ASCII here. */
static void put_cut(struct buf *b, const char *s, int cells, bool ascii)
{
	size_t n = strlen(s), room = cells > 0 ? (size_t)cells : 0;
	size_t sign = ascii ? 3 : 1;

	if (n <= room) {
		buf_text(b, s);
		return;
	}
	buf_add(b, s, room > sign ? room - sign : 0);
	buf_text(b, ascii ? "..." : "…");
}

bool dns_words(struct buf *b, const uint8_t *message, size_t n, int cells,
	bool ascii)
{
	struct reader r = reader_of(message, n);
	uint16_t flags, questions, answers, type;
	char name[DNS_NAME_MAX] = "", answer[DNS_NAME_MAX] = "";
	const char *kind, *outcome;

	reader_be16(&r); /* identification */
	flags = reader_be16(&r);
	questions = reader_be16(&r);
	answers = reader_be16(&r);
	reader_be32(&r);
	if (r.short_of || questions != 1 ||
			!dns_name(name, message, n, r.at) || !skip_name(&r))
		return false;
	type = reader_be16(&r);
	reader_be16(&r);
	if (r.short_of)
		return false;
	kind = dns_type(type);
	buf_text(b, "DNS ");
	cells -= 4;
	if (!(flags & 0x8000)) {
		put_cut(b, name, cells - 1 - (kind ? (int)strlen(kind) + 1 : 0),
			ascii);
		buf_char(b, '?');
		if (kind)
			buf_printf(b, " %s", kind);
		return true;
	}
	outcome = dns_outcome(flags & 15);
	if (flags & 15)
		buf_text(b, outcome ? _(outcome) : _("an error"));
	else if (answer_words(&r, answers, answer))
		put_cut(b, answer, cells, ascii);
	else
		buf_text(b, _("no answer"));
	return true;
}
