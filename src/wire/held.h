/*
 * held: the frames in our hand, and their repeats. Of this room only.
 *
 * A *repeat* is what a kernel sends again because no answer came. Of a segment
 * that takes sequence space (data, SYN, FIN): same flow, flags and sequence
 * range. Of another segment: the same bytes of TCP, for two different
 * acknowledgements are two things said. Of what is neither TCP nor UDP: the
 * same bytes. A datagram of UDP never is: no kernel repeats it, so each was a
 * send of its own. A frame that we made is nobody's repeat and has none.
 */
#ifndef WIRE_HELD_H
#define WIRE_HELD_H

#include <stddef.h>
#include <stdint.h>

#include "call/line.h"
#include "packet/facts.h"

struct held {
	int64_t number;
	int host;               /* who sent it, or seems to have */
	enum made made;
	struct facts facts;
	uint8_t *frame;
	size_t len;
	int64_t *repeat;        /* their numbers */
	size_t repeats, cap;
	struct held *before, *after; /* in order of arrival */
	/* inside held.c */
	uint64_t hash;
	struct held *next_same, *next_number;
};

struct hand; /* all that is held */

struct hand *hand_new(void);
void hand_free(struct hand *h);

size_t hand_size(const struct hand *h);
struct held *hand_oldest(const struct hand *h);
struct held *hand_find(const struct hand *h, int64_t number);

/* What a frame from host would be a repeat of, or NULL. */
struct held *hand_same(const struct hand *h, int host, const struct facts *f,
	const uint8_t *frame, size_t len);

/* Add a frame behind another that is held; NULL: as the newest. */
struct held *hand_add(struct hand *h, const struct held *what,
	struct held *behind);
void held_add_repeat(struct held *f, int64_t number);

/* Take it out of the hand; the caller frees it with held_free, or puts it back
 * as the newest. */
void hand_take(struct hand *h, struct held *f);
void hand_put(struct hand *h, struct held *f);
/* It and the one behind it (there is one) change places. */
void hand_swap(struct hand *h, struct held *f);
void held_free(struct held *f);

#endif
