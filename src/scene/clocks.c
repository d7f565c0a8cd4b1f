/*
 * clocks: which of the kernel's timers rings next.
 *
 * The sockets that have one running lie in a heap, the first to ring on top;
 * whenever another sample comes to the top it is noted with its position.
 */
#include "scene/inside.h"

#include <stdlib.h>

static int64_t rings_at(const struct scene *s, size_t slot)
{
	return socket_at(s, s->heap.at[slot])->rings;
}

static void put_in_slot(struct scene *s, size_t slot, uint32_t socket)
{
	s->heap.at[slot] = socket;
	socket_at(s, socket)->slot = (uint32_t)slot;
}

static void swap_slots(struct scene *s, size_t a, size_t b)
{
	uint32_t one = s->heap.at[a], other = s->heap.at[b];

	put_in_slot(s, a, other);
	put_in_slot(s, b, one);
}

/* Move the one in slot to where it belongs. */
static void sift(struct scene *s, size_t slot)
{
	size_t n = s->heap.n;

	while (slot && rings_at(s, slot) < rings_at(s, (slot - 1) / 2)) {
		swap_slots(s, slot, (slot - 1) / 2);
		slot = (slot - 1) / 2;
	}
	for (;;) {
		size_t least = slot, child = slot * 2 + 1;

		for (size_t i = child; i < n && i < child + 2; i++)
			if (rings_at(s, i) < rings_at(s, least))
				least = i;
		if (least == slot)
			return;
		swap_slots(s, slot, least);
		slot = least;
	}
}

void clocks_set(struct scene *s, uint32_t socket, int64_t rings)
{
	struct socket *to = socket_at(s, socket);
	size_t slot = to->slot;

	to->rings = rings;
	if (rings != INT64_MAX && slot == SCENE_NONE) {
		slot = s->heap.n;
		list_add(&s->heap, socket);
		to->slot = (uint32_t)slot;
	} else if (rings == INT64_MAX && slot != SCENE_NONE) {
		to->slot = SCENE_NONE;
		if (slot == --s->heap.n)
			return;
		put_in_slot(s, slot, s->heap.at[s->heap.n]);
	}
	if (slot != SCENE_NONE)
		sift(s, slot);
}

void clocks_note(struct scene *s, uint32_t position)
{
	struct clock_mark now = {position, SCENE_NONE, 0};
	const struct clock_mark *last = s->clocks.n ?
		table_at(&s->clocks, s->clocks.n - 1) : NULL;

	if (s->heap.n) {
		now.sample = socket_at(s, s->heap.at[0])->pub.last_sample;
		now.rings = rings_at(s, 0);
	}
	if (last ? last->sample != now.sample : now.sample != SCENE_NONE)
		*(struct clock_mark *)table_add(&s->clocks) = now;
}

void clocks_new_take(struct scene *s, uint32_t position)
{
	s->heap.n = 0;
	clocks_note(s, position);
}

static uint32_t position_of_clock(const void *member, const void *arg)
{
	(void)arg;
	return ((const struct clock_mark *)member)->position;
}

bool scene_next_clock(const struct scene *s, uint32_t position,
	const struct scene_sample **sample, int64_t *rings)
{
	uint32_t n = table_below(&s->clocks, position_of_clock, NULL, position);
	const struct clock_mark *m = n ? table_at(&s->clocks, n - 1) : NULL;

	if (!m || m->sample == SCENE_NONE)
		return false;
	*sample = table_at(&s->samples, m->sample);
	*rings = m->rings;
	return true;
}

void clocks_free(struct scene *s)
{
	table_done(&s->clocks);
	free(s->heap.at);
}
