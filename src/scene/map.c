/* map: open addressing, one step at a time; nothing is ever taken out. */
#include "scene/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The place of key, or the free one where it belongs. At least a quarter of
 * the places is free. */
static size_t place(const struct map *m, uint64_t key)
{
	uint64_t h = key * UINT64_C(0x9e3779b97f4a7c15); /* 2^64 / golden */
	size_t i = (h ^ h >> 32) & (m->places - 1);

	while (m->value[i] != MAP_NONE && m->key[i] != key)
		i = (i + 1) & (m->places - 1);
	return i;
}

void map_done(struct map *m)
{
	free(m->key);
	free(m->value);
	*m = (struct map){0};
}

uint32_t map_get(const struct map *m, uint64_t key)
{
	return m->places ? m->value[place(m, key)] : MAP_NONE;
}

static void grow(struct map *m)
{
	struct map old = *m;

	m->places = old.places ? old.places * 2 : 16;
	m->key = mem_zero(m->places * sizeof(*m->key));
	m->value = mem_zero(m->places * sizeof(*m->value));
	memset(m->value, 0xff, m->places * sizeof(*m->value));
	for (size_t i = 0; i < old.places; i++) {
		size_t to;

		if (old.value[i] == MAP_NONE)
			continue;
		to = place(m, old.key[i]);
		m->key[to] = old.key[i];
		m->value[to] = old.value[i];
	}
	map_done(&old);
}

void map_set(struct map *m, uint64_t key, uint32_t value)
{
	size_t i;

	if ((m->n + 1) * 4 > m->places * 3)
		grow(m);
	i = place(m, key);
	m->n += m->value[i] == MAP_NONE;
	m->key[i] = key;
	m->value[i] = value;
}
