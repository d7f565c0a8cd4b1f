/*
 * dns: one question in, its answer out; all in memory. Who listens is in
 * dns_server.c.
 */
#include "actor/dns.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <errno.h>
#include <resolv.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define TTL 60 /* s; glibc keeps nothing anyway */

/* Where the header of a message has its parts, RFC 1035, 4.1.1. */
enum {
	FLAGS = 2, QUESTIONS = 4, ANSWERS = 6, HEADER_SIZE = 12,
	FLAG_ANSWER = 0x8000, OPCODE = 0x7800, FLAG_AUTHORITY = 0x0400,
	FLAG_WANTS_RECURSION = 0x0100,
};

/* ---- the zone ---- */

int dns_add(struct dns_zone *z, const char *words)
{
	const char *equals = strchr(words, '='), *at;
	struct dns_host *h = &z->host[z->hosts];
	size_t n = equals ? (size_t)(equals - words) : 0;
	char text[INET6_ADDRSTRLEN];

	if (z->hosts == DNS_HOSTS || !n || n >= sizeof(h->name))
		return -EINVAL;
	memset(h, 0, sizeof(*h));
	memcpy(h->name, words, n);
	for (at = equals; *at; at += n) {
		at++; /* = or , */
		n = strcspn(at, ",");
		if (n >= sizeof(text))
			return -EINVAL;
		snprintf(text, sizeof(text), "%.*s", (int)n, at);
		if (inet_pton(AF_INET, text, &h->four) == 1)
			h->has4 = true;
		else if (inet_pton(AF_INET6, text, &h->six) == 1)
			h->has6 = true;
		else
			return -EINVAL;
	}
	z->hosts++;
	return 0;
}

static const struct dns_host *by_name(const struct dns_zone *z,
	const char *name)
{
	int i;

	for (i = 0; i < z->hosts; i++)
		if (strcasecmp(z->host[i].name, name) == 0)
			return &z->host[i];
	return NULL;
}

/* The name under which an address is asked for, backwards. */
static void reverse4(const struct dns_host *h, char *out, size_t size)
{
	const uint8_t *b = (const uint8_t *)&h->four;

	snprintf(out, size, "%d.%d.%d.%d.in-addr.arpa", b[3], b[2], b[1],
		b[0]);
}

static void reverse6(const struct dns_host *h, char *out, size_t size)
{
	size_t n = 0;
	int i;

	for (i = 15; i >= 0; i--)
		n += (size_t)snprintf(out + n, size - n, "%x.%x.",
			h->six.s6_addr[i] & 15, h->six.s6_addr[i] >> 4);
	snprintf(out + n, size - n, "ip6.arpa");
}

static const struct dns_host *by_reverse(const struct dns_zone *z,
	const char *name)
{
	char reverse[80];
	int i;

	for (i = 0; i < z->hosts; i++) {
		const struct dns_host *h = &z->host[i];

		reverse4(h, reverse, sizeof(reverse));
		if (h->has4 && strcasecmp(reverse, name) == 0)
			return h;
		reverse6(h, reverse, sizeof(reverse));
		if (h->has6 && strcasecmp(reverse, name) == 0)
			return h;
	}
	return NULL;
}

/* ---- messages ---- */

static unsigned get16(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static uint8_t *put16(uint8_t *p, unsigned n)
{
	p[0] = (uint8_t)(n >> 8);
	p[1] = (uint8_t)n;
	return p + 2;
}

struct question {
	char name[NS_MAXDNAME]; /* as text; a point in a label is escaped */
	unsigned type, class;
	size_t size;            /* of its bytes in the message */
};

static bool read_question(struct question *q, const uint8_t *message,
	size_t n)
{
	const uint8_t *at = message + HEADER_SIZE, *end = message + n;
	int used = dn_expand(message, end, at, q->name, sizeof(q->name));

	if (used < 0 || end - at - used < 4)
		return false;
	q->type = get16(at + used);
	q->class = get16(at + used + 2);
	q->size = (size_t)used + 4;
	return true;
}

/* One record about the name that was asked for, of n bytes of data. */
static size_t put_record(uint8_t *at, unsigned type, const void *data,
	size_t n)
{
	uint8_t *p = at;

	p = put16(p, 0xc000 | HEADER_SIZE); /* the name stands there */
	p = put16(p, type);
	p = put16(p, ns_c_in);
	p = put16(p, 0);
	p = put16(p, TTL);
	p = put16(p, (unsigned)n);
	memcpy(p, data, n);
	return (size_t)(p - at) + n;
}

/* A host's name as a record has it: its length, its letters, the root. */
static size_t put_pointer(uint8_t *at, const struct dns_host *h)
{
	uint8_t name[DNS_NAME + 2];
	int n = dn_comp(h->name, name, sizeof(name), NULL, NULL);

	return n < 0 ? 0 : put_record(at, ns_t_ptr, name, (size_t)n);
}

/* What is known about the question, behind it; how the search ended, and how
 * many bytes were added. */
static int look_up(const struct dns_zone *z, const struct question *q,
	uint8_t *at, size_t *added)
{
	const struct dns_host *named = by_name(z, q->name);
	const struct dns_host *back = by_reverse(z, q->name);

	*added = 0;
	if (named && q->type == ns_t_a && named->has4)
		*added = put_record(at, ns_t_a, &named->four,
			sizeof(named->four));
	if (named && q->type == ns_t_aaaa && named->has6)
		*added = put_record(at, ns_t_aaaa, &named->six,
			sizeof(named->six));
	if (back && q->type == ns_t_ptr)
		*added = put_pointer(at, back);
	return named || back ? ns_r_noerror : ns_r_nxdomain;
}

/* The question back, without which nobody takes an answer. Its name is
 * written anew: a message may point anywhere. 0: it does not fit. */
static size_t put_question(uint8_t *at, size_t room, const struct question *q)
{
	int n = dn_comp(q->name, at, (int)room, NULL, NULL);

	if (n < 0 || room - (size_t)n < 4)
		return 0;
	put16(at + n, q->type);
	put16(at + n + 2, q->class);
	return (size_t)n + 4;
}

size_t dns_answer(const struct dns_zone *z, const uint8_t *message, size_t n,
	uint8_t out[DNS_MOST])
{
	size_t size = HEADER_SIZE, asked, added = 0;
	struct question q;
	unsigned flags;
	int code;

	if (n < HEADER_SIZE || get16(message + FLAGS) & FLAG_ANSWER)
		return 0; /* answering answers would go on for ever */
	flags = get16(message + FLAGS) & (OPCODE | FLAG_WANTS_RECURSION);
	memset(out, 0, HEADER_SIZE);
	memcpy(out, message, 2); /* its number */
	if (flags & OPCODE) {
		code = ns_r_notimpl;
	} else if (get16(message + QUESTIONS) != 1 ||
			!read_question(&q, message, n)) {
		code = ns_r_formerr;
	} else if (q.class != ns_c_in) {
		code = ns_r_notimpl;
	} else {
		/* 255 bytes of a name at most: all that follows fits */
		asked = put_question(out + size, DNS_MOST - size, &q);
		size += asked;
		put16(out + QUESTIONS, asked > 0);
		code = asked ? look_up(z, &q, out + size, &added) :
			ns_r_formerr;
		put16(out + ANSWERS, added > 0);
		flags |= FLAG_AUTHORITY;
	}
	put16(out + FLAGS, FLAG_ANSWER | flags | (unsigned)code);
	return size + added;
}
