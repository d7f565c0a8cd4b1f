/* list: positions and offsets in the order in which they came. */
#include "scene/inside.h"

#include "base/mem.h"

void list_add(struct list *l, uint32_t member)
{
	l->at = mem_grow(l->at, &l->cap, l->n + 1, sizeof(*l->at));
	l->at[l->n++] = member;
}

size_t list_below(const struct list *l, uint32_t bound)
{
	size_t low = 0, high = l->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (l->at[middle] < bound)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static uint64_t offset_of(const struct point *p)
{
	return (uint64_t)p->high << 32 | p->low;
}

uint64_t history_last(const struct history *h)
{
	return h->n ? offset_of(h->at + h->n - 1) : 0;
}

void history_add(struct history *h, uint32_t position, uint64_t offset)
{
	if (offset <= history_last(h))
		return;
	h->at = mem_grow(h->at, &h->cap, h->n + 1, sizeof(*h->at));
	h->at[h->n++] = (struct point){position, (uint32_t)offset,
		(uint32_t)(offset >> 32)};
}

uint64_t history_at(const struct history *h, uint32_t position)
{
	size_t low = 0, high = h->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (h->at[middle].position < position)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? offset_of(h->at + low - 1) : 0;
}
