/* map: numbers to numbers, by hashing. */
#ifndef SCENE_MAP_H
#define SCENE_MAP_H

#include <stddef.h>
#include <stdint.h>

#define MAP_NONE UINT32_MAX

struct map {
	uint64_t *key;
	uint32_t *value; /* MAP_NONE: a free place */
	size_t places;   /* 0 or a power of 2 */
	size_t n;
};

/* A zeroed map is an empty one. */
void map_done(struct map *m);

/* The value of key, or MAP_NONE. */
uint32_t map_get(const struct map *m, uint64_t key);

/* Set it; value is not MAP_NONE. */
void map_set(struct map *m, uint64_t key, uint32_t value);

#endif
