/* What the gate's files share. Of this room only. */
#ifndef WIRE_INSIDE_H
#define WIRE_INSIDE_H

#include "packet/facts.h"
#include "wire/forge.h"
#include "wire/gate.h"
#include "wire/held.h"
#include "wire/hosts.h"
#include "wire/later.h"
#include "wire/rules.h"
#include "wire/track.h"

struct gate {
	struct gate_ports ports;
	struct hosts hosts;
	struct rules *rules;
	struct hand *hand;
	struct later later;
	struct track *track;
	int64_t seen;
};

/* A frame on its way through the stages of the rules. */
struct passing {
	int64_t number;       /* 0: not told yet */
	int host;
	const uint8_t *frame; /* borrowed */
	size_t len;
	enum made made;
	int64_t made_of, made_by;
	enum stage stage;     /* the next one that it meets */
	int64_t now;
	int64_t wait;         /* what rate and delay add up to */
	int64_t waits_for;    /* the rule that added last */
	struct held *held;    /* it lay in the hand; owned then, with its
				 repeats */
};

/* Through all stages that are left, to whatever end. */
void meet(struct gate *g, struct passing *x);

/* What becomes of it: its first fate when it was not told yet, else a later
 * one, that its repeats share. */
void meet_fate(struct gate *g, struct passing *x, struct gate_seen s);

/* It goes, unless its target has vanished: now, or after x->wait. */
void meet_go(struct gate *g, struct passing *x);

/* Take a frame out of the hand, to meet what comes from a stage on. */
struct passing meet_taken(struct gate *g, struct held *f, enum stage stage,
	int64_t now);

/* Part of gate_order: 0 or -EINVAL with d. */
int order_reset(struct gate *g, const struct wire_order *o, struct diag *d);
int order_on_cut_wire(struct diag *d); /* says that nothing arrives there */

/* Put a frame on its way. */
void gate_out(struct gate *g, int host, const uint8_t *frame, size_t len,
	enum made made);

#endif
