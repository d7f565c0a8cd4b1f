/* An open hash, at most half full. */
#include "lab/cookies.h"

#include <stdlib.h>

#include "base/mem.h"

#define SIZE_FIRST 64

/* Cookies count up: their low digits alone would lie side by side, and a
 * number that was made from addresses may have any digits. */
static size_t first_slot(const struct cookies *c, uint64_t cookie)
{
	return (size_t)(cookie * 0x9e3779b97f4a7c15u >> 32) & (c->size - 1);
}

/* Its slot, or the free one where it belongs. */
static struct cookie_slot *slot_of(const struct cookies *c, uint64_t cookie)
{
	size_t i = first_slot(c, cookie);

	while (c->slot[i].place && c->slot[i].cookie != cookie)
		i = (i + 1) & (c->size - 1);
	return &c->slot[i];
}

static void grow(struct cookies *c)
{
	struct cookies old = *c;

	c->size = old.size ? 2 * old.size : SIZE_FIRST;
	c->slot = mem_zero(c->size * sizeof(*c->slot));
	for (size_t i = 0; i < old.size; i++)
		if (old.slot[i].place)
			*slot_of(c, old.slot[i].cookie) = old.slot[i];
	free(old.slot);
}

void cookies_add(struct cookies *c, uint64_t cookie, size_t place)
{
	struct cookie_slot *s;

	if (2 * (c->n + 1) > c->size)
		grow(c);
	s = slot_of(c, cookie);
	if (s->place)
		return;
	*s = (struct cookie_slot){cookie, place + 1};
	c->n++;
}

size_t cookies_find(const struct cookies *c, uint64_t cookie)
{
	if (!c->size)
		return COOKIES_NONE;
	return slot_of(c, cookie)->place - 1; /* 0 - 1: none */
}

void cookies_done(struct cookies *c)
{
	free(c->slot);
	*c = (struct cookies){0};
}
