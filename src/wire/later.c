/* A binary heap. */
#include "wire/later.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

static bool sooner(const struct delayed *a, const struct delayed *b)
{
	return a->due != b->due ? a->due < b->due : a->turn < b->turn;
}

static void swap(struct delayed *a, struct delayed *b)
{
	struct delayed t = *a;

	*a = *b;
	*b = t;
}

void later_add(struct later *l, struct delayed d)
{
	size_t i = l->size++;

	l->heap = mem_grow(l->heap, &l->cap, l->size, sizeof(*l->heap));
	d.turn = l->turns++;
	l->heap[i] = d;
	for (; i && sooner(&l->heap[i], &l->heap[(i - 1) / 2]); i = (i - 1) / 2)
		swap(&l->heap[i], &l->heap[(i - 1) / 2]);
}

int64_t later_due(const struct later *l)
{
	return l->size ? l->heap[0].due : INT64_MAX;
}

struct delayed later_take(struct later *l)
{
	struct delayed first = l->heap[0];
	size_t i = 0;

	l->heap[0] = l->heap[--l->size];
	for (;;) {
		size_t least = i;

		for (size_t k = 2 * i + 1; k <= 2 * i + 2; k++)
			if (k < l->size && sooner(&l->heap[k], &l->heap[least]))
				least = k;
		if (least == i)
			return first;
		swap(&l->heap[i], &l->heap[least]);
		i = least;
	}
}

void later_done(struct later *l)
{
	for (size_t i = 0; i < l->size; i++)
		free(l->heap[i].frame);
	free(l->heap);
	*l = (struct later){0};
}
