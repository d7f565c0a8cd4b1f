/* deeds_names: names by hashing, what they were bound to by position. */
#include "lesson/deeds_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void deeds_names_done(struct deeds_names *x)
{
	for (size_t i = 0; i < x->n; i++) {
		struct deeds_name *name = &x->name[i];

		for (size_t k = 0; k < name->n; k++)
			value_done(&name->at[k].value);
		free(name->at);
	}
	free(x->name);
	free(x->place);
	memset(x, 0, sizeof(*x));
}

/* FNV-1a. */
static size_t hash(uint32_t process, const char *name, size_t n)
{
	uint64_t h = 0xcbf29ce484222325u ^ process;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)name[i]) * 0x100000001b3u;
	return (size_t)(h ^ h >> 32);
}

/* Where it is, or the free place for it. There is one. */
static uint32_t *place_of(const struct deeds_names *x, uint32_t process,
	const char *name, size_t n)
{
	size_t i = hash(process, name, n);

	for (;; i++) {
		uint32_t *place = &x->place[i & (x->places - 1)];
		const struct deeds_name *is = *place ? &x->name[*place - 1]
			: NULL;

		if (!is || (is->process == process &&
				strlen(is->name) == n &&
				!memcmp(is->name, name, n)))
			return place;
	}
}

/* At most half of the places are taken. */
static void make_places(struct deeds_names *x)
{
	if (x->n * 2 < x->places)
		return;
	free(x->place);
	x->places = x->places ? x->places * 2 : 16;
	x->place = mem_zero(x->places * sizeof(*x->place));
	for (size_t i = 0; i < x->n; i++)
		*place_of(x, x->name[i].process, x->name[i].name,
			strlen(x->name[i].name)) = (uint32_t)i + 1;
}

void deeds_names_bind(struct deeds_names *x, uint32_t process,
	const char *name, uint32_t returned, const struct value *v)
{
	struct deeds_name *to;
	uint32_t *place;
	size_t i;

	make_places(x);
	place = place_of(x, process, name, strlen(name));
	if (!*place) {
		x->name = mem_grow(x->name, &x->room, x->n + 1,
			sizeof(*x->name));
		to = &x->name[x->n++];
		*to = (struct deeds_name){.process = process};
		memcpy(to->name, name, strlen(name) + 1);
		*place = (uint32_t)x->n;
	}
	to = &x->name[*place - 1];
	to->at = mem_grow(to->at, &to->room, to->n + 1, sizeof(*to->at));
	for (i = to->n++; i > 0 && to->at[i - 1].returned > returned; i--)
		to->at[i] = to->at[i - 1];
	to->at[i] = (struct deeds_binding){.returned = returned};
	value_copy(&to->at[i].value, v);
}

const struct value *deeds_names_find(const struct deeds_names *x,
	uint32_t process, const char *name, size_t n, uint32_t before)
{
	uint32_t at = x->places ? *place_of(x, process, name, n) : 0;
	const struct deeds_name *is;
	size_t low = 0, high;

	if (!at)
		return NULL;
	is = &x->name[at - 1];
	for (high = is->n; low < high; ) {
		size_t middle = low + (high - low) / 2;

		if (is->at[middle].returned < before)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? &is->at[low - 1].value : NULL;
}
