/*
 * flow: the keys in order of appearance, and beside them an open-addressing
 * hash table of their numbers. Both directions of a flow have one hash, so one
 * look-up finds either.
 */
#include "packet/flow.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "packet/facts.h"

struct flow_table {
	struct flow_key *keys;
	size_t count, cap;
	int64_t *slots;  /* the number of a flow, or -1; newest of its ends */
	size_t size;     /* of slots, a power of 2 */
	size_t used;
};

bool flow_key_of(struct flow_key *k, const struct facts *f)
{
	size_t n = f->version == 4 ? 4 : 16;

	if (!f->transport || f->truncated)
		return false;
	if (f->protocol != IPPROTO_TCP && f->protocol != IPPROTO_UDP)
		return false;
	memset(k, 0, sizeof(*k));
	k->version = f->version;
	k->protocol = f->protocol;
	k->port[0] = f->source_port;
	k->port[1] = f->target_port;
	memcpy(k->address[0], f->source, n);
	memcpy(k->address[1], f->target, n);
	return true;
}

/* Mix 64 bits so that each depends on all (the finalizer of MurmurHash3). */
static uint64_t mix(uint64_t x)
{
	x ^= x >> 33;
	x *= UINT64_C(0xff51afd7ed558ccd);
	x ^= x >> 33;
	x *= UINT64_C(0xc4ceb9fe1a85ec53);
	return x ^ x >> 33;
}

static uint64_t hash_end(const struct flow_key *k, int end)
{
	uint64_t half[2];

	memcpy(half, k->address[end], sizeof(half));
	return mix(mix(mix(half[0] + k->port[end]) + half[1]));
}

/* The sum does not know which end is first. */
static size_t slot_of(const struct flow_table *t, const struct flow_key *k)
{
	uint64_t hash = hash_end(k, 0) + hash_end(k, 1) + k->protocol;

	return mix(hash) & (t->size - 1);
}

static bool same_end(const struct flow_key *a, int i, const struct flow_key *b,
	int j)
{
	return a->port[i] == b->port[j] &&
		memcmp(a->address[i], b->address[j], 16) == 0;
}

/* 0 or 1: the way in which k goes along the flow; -1: it is another flow. */
static int way_along(const struct flow_key *flow, const struct flow_key *k)
{
	if (flow->version != k->version || flow->protocol != k->protocol)
		return -1;
	if (same_end(flow, 0, k, 0) && same_end(flow, 1, k, 1))
		return 0;
	if (same_end(flow, 0, k, 1) && same_end(flow, 1, k, 0))
		return 1;
	return -1;
}

/* The slot that holds k's flow, or the empty one where it belongs. */
static size_t probe(const struct flow_table *t, const struct flow_key *k,
	int *way)
{
	size_t i = slot_of(t, k);

	while (t->slots[i] >= 0) {
		*way = way_along(&t->keys[t->slots[i]], k);
		if (*way >= 0)
			return i;
		i = (i + 1) & (t->size - 1);
	}
	*way = -1;
	return i;
}

static void make_slots(struct flow_table *t, size_t size)
{
	t->slots = mem_zero(size * sizeof(*t->slots));
	memset(t->slots, 0xff, size * sizeof(*t->slots)); /* -1 */
	t->size = size;
}

struct flow_table *flow_table_new(void)
{
	struct flow_table *t = mem_zero(sizeof(*t));

	make_slots(t, 64);
	return t;
}

void flow_table_free(struct flow_table *t)
{
	if (!t)
		return;
	free(t->keys);
	free(t->slots);
	free(t);
}

int64_t flow_find(const struct flow_table *t, const struct flow_key *k,
	int *way)
{
	int found;
	int64_t flow = t->slots[probe(t, k, &found)];

	if (flow >= 0 && way)
		*way = found;
	return flow;
}

/* Twice the slots: only the flows that are not hidden move over. */
static void grow(struct flow_table *t)
{
	int64_t *old = t->slots;
	size_t i, size = t->size;
	int way;

	make_slots(t, size * 2);
	for (i = 0; i < size; i++)
		if (old[i] >= 0)
			t->slots[probe(t, &t->keys[old[i]], &way)] = old[i];
	free(old);
}

int64_t flow_add(struct flow_table *t, const struct flow_key *k)
{
	size_t slot;
	int way;

	if (t->used * 2 >= t->size)
		grow(t);
	t->keys = mem_grow(t->keys, &t->cap, t->count + 1, sizeof(*t->keys));
	t->keys[t->count] = *k;
	slot = probe(t, k, &way);
	t->used += t->slots[slot] < 0;
	t->slots[slot] = (int64_t)t->count;
	return (int64_t)t->count++;
}

const struct flow_key *flow_at(const struct flow_table *t, int64_t i)
{
	return &t->keys[i];
}
