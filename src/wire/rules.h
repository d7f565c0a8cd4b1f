/*
 * rules: what shall happen to frames to come. Of this room only.
 *
 * A *rule* is an order that stays in force: a fault, the frames it is for, how
 * many of them. Each has a number, from 1 on in the order in which they were
 * made; none is used twice. Rules stand in *stages*, one for each fault, which
 * a frame goes through in this order: what loses comes before what changes,
 * and that before what keeps. On a cut wire nothing can be held; what is lost
 * was not changed; what is held was changed before.
 */
#ifndef WIRE_RULES_H
#define WIRE_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "call/line.h"
#include "wire/gate.h"

struct diag;
struct hosts;
struct rules;

enum stage {
	STAGE_VANISH,
	STAGE_CUT,
	STAGE_DROP,
	STAGE_LOSS,
	STAGE_MTU,
	STAGE_CORRUPT,
	STAGE_SPLIT,
	STAGE_DUPLICATE,
	STAGE_SWAP,
	STAGE_HOLD,
	STAGE_RATE,
	STAGE_DELAY,
	STAGES,
};

struct rule {
	int64_t number;
	struct wire_order order;   /* its filter is owned */
	int64_t left;              /* frames to go, or RULE_FOREVER */
	int64_t busy[GATE_HOSTS];  /* rate: until when each sender's line is */
	int64_t kept[GATE_HOSTS];  /* swap: each sender's frame in hand that
				      lets the next one go first, or 0 */
	/* inside rules.c */
	struct rule *older;
	struct filter *filter;     /* NULL: every frame */
	int host;                  /* vanish */
	uint64_t random;           /* state of its generator */
};

#define RULE_FOREVER (-1)

struct rules *rules_new(const struct hosts *hosts); /* borrowed */
void rules_free(struct rules *r);

/* Put an order in force. 0, or -EINVAL with d filled in. */
int rules_add(struct rules *r, const struct wire_order *order,
	struct diag *d);

/* The newest rule of a stage that is for a frame of host, or NULL. */
struct rule *rules_match(const struct rules *r, enum stage stage, int host,
	const uint8_t *frame, size_t len);

/* It has done its work on one more frame: that may have been its last. */
void rules_use(struct rules *r, struct rule *rule);

/* A number from 0 to below (not below), from the rule's own generator. */
uint64_t rule_draw(struct rule *rule, uint64_t below);

/* How long a delay lets one frame wait, in ns: evenly between the delay less
 * its jitter and the delay and its jitter. */
int64_t rule_delay(struct rule *rule);

void rules_end(struct rules *r, enum stage stage); /* all of a stage */
void rules_mend(struct rules *r); /* all but those that hold */

/* End one. 0, or -EINVAL with d, which lists those in force. */
int rules_mend_one(struct rules *r, int64_t number, struct diag *d);

bool rules_have(const struct rules *r, enum stage stage);
bool rules_any(const struct rules *r);
bool rules_vanished(const struct rules *r, int host);

#endif
