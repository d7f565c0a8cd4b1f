/*
 * A list in order of arrival, and two hash tables over it: by number, and by
 * what makes two frames the same. No step here grows with what is held.
 */
#include "wire/held.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define BUCKETS_FIRST 64

struct hand {
	struct held *oldest, *newest;
	size_t size, buckets; /* buckets: a power of two */
	struct held **by_number, **by_same;
};

struct hand *hand_new(void)
{
	struct hand *h = mem_zero(sizeof(*h));

	h->buckets = BUCKETS_FIRST;
	h->by_number = mem_zero(h->buckets * sizeof(*h->by_number));
	h->by_same = mem_zero(h->buckets * sizeof(*h->by_same));
	return h;
}

void held_free(struct held *f)
{
	if (!f)
		return;
	free(f->frame);
	free(f->repeat);
	free(f);
}

void hand_free(struct hand *h)
{
	if (!h)
		return;
	while (h->oldest) {
		struct held *f = h->oldest;

		h->oldest = f->after;
		held_free(f);
	}
	free(h->by_number);
	free(h->by_same);
	free(h);
}

/* FNV-1a. */
static uint64_t stir(uint64_t hash, const void *p, size_t n)
{
	const uint8_t *byte = p;

	while (n--)
		hash = (hash ^ *byte++) * UINT64_C(0x100000001b3);
	return hash;
}

/* Where the bytes begin that must be equal, for frames without a range. */
static size_t compared_from(const struct facts *f, size_t len)
{
	bool tcp = f->protocol == IPPROTO_TCP && f->transport;

	return tcp && f->transport <= len ? f->transport : 0;
}

/* A whole TCP segment that takes sequence space. */
static bool has_range(const struct facts *f)
{
	return f->protocol == IPPROTO_TCP && f->transport && !f->truncated &&
		facts_sequence_space(f) > 0;
}

static uint64_t hash_of(int host, const struct facts *f,
	const uint8_t *frame, size_t len)
{
	uint64_t hash = stir(UINT64_C(0xcbf29ce484222325), &host, sizeof(host));
	size_t from = compared_from(f, len);

	if (!has_range(f))
		return stir(hash, frame + from, len - from);
	hash = stir(hash, &f->source_port, sizeof(f->source_port));
	hash = stir(hash, &f->target_port, sizeof(f->target_port));
	return stir(hash, &f->seq, sizeof(f->seq));
}

static bool same_ends(const struct facts *a, const struct facts *b)
{
	return a->version == b->version && a->protocol == b->protocol &&
		a->source_port == b->source_port &&
		a->target_port == b->target_port &&
		!memcmp(a->source, b->source, sizeof(a->source)) &&
		!memcmp(a->target, b->target, sizeof(a->target));
}

static bool is_same(const struct held *h, int host, const struct facts *f,
	const uint8_t *frame, size_t len)
{
	size_t from = compared_from(f, len);

	if (h->made || h->host != host || !same_ends(&h->facts, f) ||
		has_range(&h->facts) != has_range(f))
		return false;
	if (has_range(f))
		return h->facts.flags == f->flags && h->facts.seq == f->seq &&
			facts_sequence_space(&h->facts) ==
			facts_sequence_space(f);
	return h->len == len &&
		compared_from(&h->facts, h->len) == from &&
		!memcmp(h->frame + from, frame + from, len - from);
}

size_t hand_size(const struct hand *h)
{
	return h->size;
}

struct held *hand_oldest(const struct hand *h)
{
	return h->oldest;
}

struct held *hand_find(const struct hand *h, int64_t number)
{
	struct held *f = h->by_number[number & (h->buckets - 1)];

	while (f && f->number != number)
		f = f->next_number;
	return f;
}

struct held *hand_same(const struct hand *h, int host, const struct facts *f,
	const uint8_t *frame, size_t len)
{
	uint64_t hash;
	struct held *s;

	if (!h->size || f->protocol == IPPROTO_UDP)
		return NULL;
	hash = hash_of(host, f, frame, len);
	s = h->by_same[hash & (h->buckets - 1)];
	while (s && !(s->hash == hash && is_same(s, host, f, frame, len)))
		s = s->next_same;
	return s;
}

static void hang(struct hand *h, struct held *f)
{
	struct held **number = &h->by_number[f->number & (h->buckets - 1)];
	struct held **same = &h->by_same[f->hash & (h->buckets - 1)];

	f->next_number = *number;
	*number = f;
	f->next_same = *same;
	*same = f;
}

static void grow(struct hand *h)
{
	free(h->by_number);
	free(h->by_same);
	h->buckets *= 2;
	h->by_number = mem_zero(h->buckets * sizeof(*h->by_number));
	h->by_same = mem_zero(h->buckets * sizeof(*h->by_same));
	for (struct held *f = h->oldest; f; f = f->after)
		hang(h, f);
}

/* Between two neighbours; NULL: the end of the row. */
static void link_between(struct hand *h, struct held *before, struct held *f,
	struct held *after)
{
	f->before = before;
	f->after = after;
	*(before ? &before->after : &h->oldest) = f;
	*(after ? &after->before : &h->newest) = f;
}

static void unlink_from(struct hand *h, struct held *f)
{
	*(f->before ? &f->before->after : &h->oldest) = f->after;
	*(f->after ? &f->after->before : &h->newest) = f->before;
	f->before = f->after = NULL;
}

static void put_behind(struct hand *h, struct held *f, struct held *behind)
{
	if (h->size == h->buckets)
		grow(h);
	link_between(h, behind, f, behind ? behind->after : h->oldest);
	h->size++;
	hang(h, f);
}

struct held *hand_add(struct hand *h, const struct held *what,
	struct held *behind)
{
	struct held *f = mem_dup(what, sizeof(*what));

	f->frame = mem_dup(what->frame, what->len);
	f->hash = hash_of(f->host, &f->facts, f->frame, f->len);
	put_behind(h, f, behind ? behind : h->newest);
	return f;
}

void hand_put(struct hand *h, struct held *f)
{
	put_behind(h, f, h->newest);
}

void held_add_repeat(struct held *f, int64_t number)
{
	f->repeat = mem_grow(f->repeat, &f->cap, f->repeats + 1,
		sizeof(*f->repeat));
	f->repeat[f->repeats++] = number;
}

void hand_take(struct hand *h, struct held *f)
{
	struct held **at = &h->by_number[f->number & (h->buckets - 1)];

	while (*at != f)
		at = &(*at)->next_number;
	*at = f->next_number;
	at = &h->by_same[f->hash & (h->buckets - 1)];
	while (*at != f)
		at = &(*at)->next_same;
	*at = f->next_same;
	unlink_from(h, f);
	h->size--;
}

void hand_swap(struct hand *h, struct held *f)
{
	struct held *next = f->after;

	unlink_from(h, f);
	link_between(h, next, f, next->after);
}
