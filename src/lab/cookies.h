/*
 * cookies: which place a number has, found in constant time. The number is a
 * socket's cookie, or any other that is as good as unique.
 *
 * A zeroed table is an empty one.
 */
#ifndef LAB_COOKIES_H
#define LAB_COOKIES_H

#include <stddef.h>
#include <stdint.h>

struct cookies {
	struct cookie_slot {
		uint64_t cookie;
		size_t place;   /* + 1; 0: the slot is free */
	} *slot;
	size_t size, n;         /* size: 0 or a power of two */
};

#define COOKIES_NONE SIZE_MAX

/* Give a cookie a place. Of two places the first counts. */
void cookies_add(struct cookies *c, uint64_t cookie, size_t place);

/* Its place, or COOKIES_NONE. */
size_t cookies_find(const struct cookies *c, uint64_t cookie);

void cookies_done(struct cookies *c);

#endif
