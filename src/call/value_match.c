/*
 * value_match: whether an observed result is what was expected.
 *
 * What a line expects may say less than what the kernel gave: `_` is anything,
 * of a record only the fields named are looked at, and entries with flags may
 * come in any order.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "call/value.h"

/* Piece by piece, so that a repeat of 512 MB is never unrolled. */
static bool same_bytes(const struct value *a, const struct value *b)
{
	uint64_t size = value_size(a), at = 0;

	if (size != value_size(b))
		return false;
	while (at < size) {
		size_t i = at % a->len, j = at % b->len;
		size_t n = a->len - i;

		if (n > b->len - j)
			n = b->len - j;
		if (memcmp(a->bytes + i, b->bytes + j, n))
			return false;
		at += n;
	}
	return true;
}

/* Host texts are the same address, however they are written. */
static bool same_host(const char *a, const char *b)
{
	uint8_t x[sizeof(struct in6_addr)], y[sizeof(struct in6_addr)];

	if (inet_pton(AF_INET, a, x) == 1)
		return inet_pton(AF_INET, b, y) == 1 &&
			memcmp(x, y, sizeof(struct in_addr)) == 0;
	if (inet_pton(AF_INET6, a, x) == 1)
		return inet_pton(AF_INET6, b, y) == 1 &&
			memcmp(x, y, sizeof(struct in6_addr)) == 0;
	return strcmp(a, b) == 0;
}

/* client:_ is any port of a host, and no name of a file. */
static bool same_address(const struct value *expected,
	const struct value *observed)
{
	return observed->kind == VALUE_ADDRESS &&
		same_host(expected->text, observed->text) &&
		(expected->number == observed->number ||
		(expected->number == PORT_ANY && observed->number >= 0));
}

static bool is_count(const struct value *v)
{
	return v->kind == VALUE_NUMBER || v->kind == VALUE_CONSTANT;
}

/* ---- lists and records ---- */

static bool same_record(const struct value *expected,
	const struct value *observed)
{
	const struct value *other;
	size_t i;

	if (observed->kind != VALUE_RECORD)
		return false;
	for (i = 0; i < expected->items; i++) {
		other = value_field(observed, expected->item[i].key);
		if (!other || !value_matches(&expected->item[i], other))
			return false;
	}
	return true;
}

static bool same_in_order(const struct value *a, const struct value *b)
{
	size_t i;

	for (i = 0; i < a->items; i++)
		if (!value_matches(&a->item[i], &b->item[i]))
			return false;
	return true;
}

/* Who has taken which entry, while they are paired. */
struct pairing {
	const struct value *expected, *observed;
	size_t *taker;  /* of observed i: the expected one, from 1; 0: none */
	bool *tried;    /* observed i, in this round */
};

/* Find an observed entry for expected entry i, moving others to a second
 * choice where that makes room: `_: POLLIN` must not take the place of
 * `conn: POLLIN`. */
static bool find_partner(struct pairing *p, size_t i)
{
	size_t j;

	for (j = 0; j < p->observed->items; j++) {
		if (p->tried[j] || !value_matches(&p->expected->item[i],
				&p->observed->item[j]))
			continue;
		p->tried[j] = true;
		if (p->taker[j] && !find_partner(p, p->taker[j] - 1))
			continue;
		p->taker[j] = i + 1;
		return true;
	}
	return false;
}

static bool same_in_any_order(const struct value *a, const struct value *b)
{
	struct pairing p = {.expected = a, .observed = b};
	bool same = true;
	size_t i;

	p.taker = mem_zero(b->items * sizeof(*p.taker));
	p.tried = mem_zero(b->items * sizeof(*p.tried));
	for (i = 0; same && i < a->items; i++) {
		memset(p.tried, 0, b->items * sizeof(*p.tried));
		same = find_partner(&p, i);
	}
	free(p.taker);
	free(p.tried);
	return same;
}

static bool same_list(const struct value *expected,
	const struct value *observed)
{
	size_t i;

	if (observed->kind != VALUE_LIST ||
		expected->items != observed->items)
		return false;
	if (same_in_order(expected, observed))
		return true;
	for (i = 0; i < observed->items; i++)
		if (observed->item[i].kind != VALUE_ENTRY)
			return false;
	return same_in_any_order(expected, observed);
}

bool value_matches(const struct value *expected, const struct value *observed)
{
	if (value_is_none(expected))
		return value_is_none(observed);
	switch (expected->kind) {
	case VALUE_NONE:
		return observed->kind == VALUE_NONE;
	case VALUE_NUMBER:
	case VALUE_CONSTANT:
		return is_count(observed) &&
			expected->number == observed->number;
	case VALUE_BELOW:
		return is_count(observed) && observed->number >= 0 &&
			observed->number < expected->number;
	case VALUE_BYTES:
		return observed->kind == VALUE_BYTES &&
			same_bytes(expected, observed);
	case VALUE_NAME:
		return observed->kind == VALUE_NAME &&
			strcmp(expected->text, observed->text) == 0;
	case VALUE_ADDRESS:
		return same_address(expected, observed);
	case VALUE_ERRNO:
	case VALUE_TIME:
		return observed->kind == expected->kind &&
			expected->number == observed->number;
	case VALUE_ANY:
		return observed->kind != VALUE_ERRNO &&
			observed->kind != VALUE_NONE;
	case VALUE_LIST:
		return same_list(expected, observed);
	case VALUE_RECORD:
		return same_record(expected, observed);
	case VALUE_ENTRY:
		return observed->kind == VALUE_ENTRY &&
			same_in_order(expected, observed);
	}
	return false;
}
