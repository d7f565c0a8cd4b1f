/* later: frames that wait for their time, soonest first. Of this room only. */
#ifndef WIRE_LATER_H
#define WIRE_LATER_H

#include <stddef.h>
#include <stdint.h>

#include "call/line.h"

struct delayed {
	int64_t due;     /* ns */
	int64_t number;
	int host;
	enum made made;
	uint8_t *frame;  /* owned */
	size_t len;
	uint64_t turn;   /* of two that are due at once: who came first */
};

struct later {
	struct delayed *heap;
	size_t size, cap;
	uint64_t turns;
};

void later_add(struct later *l, struct delayed d);
int64_t later_due(const struct later *l); /* of the first; INT64_MAX: none */
struct delayed later_take(struct later *l); /* the first; there is one */
void later_done(struct later *l);

#endif
