/*
 * gate: what happens to a frame between two hosts.
 *
 * Pure: it opens nothing and reads no clock. Frames go in with the time, come
 * out through `out`, and everything it decides is told through `seen` and
 * `fate`. A fault is one more rule (wire/rules.h).
 */
#ifndef WIRE_GATE_H
#define WIRE_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "call/line.h"

#define GATE_HOSTS 4 /* at most */

struct diag;
struct filter_name;
struct gate;

/* A frame as it is first told: seen, or made by the gate. Numbers go up by one
 * from 1 on, in the order of these calls. */
struct gate_seen {
	int64_t number;
	enum fate fate;   /* its first one */
	int64_t of;       /* FATE_REPEAT, REPLACED: that frame, or 0 */
	int64_t delay;    /* ns, of FATE_DELAYED */
	bool cut;         /* FATE_DROPPED: by a wire that is cut */
	int64_t rule;     /* that decided its fate, or 0 */
	enum made made;   /* MADE_NOT: a host sent it */
	int64_t made_of;  /* the frame it was made from, or 0 */
	int64_t made_by;  /* the rule that made it; 0: an order did */
};

struct gate_ports {
	void *arg;
	/* Put a frame on its way (host: who sent it, or seems to have). */
	void (*out)(void *arg, int host, const uint8_t *frame, size_t len);
	void (*seen)(void *arg, int host, const uint8_t *frame, size_t len,
		const struct gate_seen *s);
	/* A later fate of frame number. of: the frame of FATE_ABSORBED, the one
	 * that goes instead of FATE_REPLACED; rule: that decided it, or 0. */
	void (*fate)(void *arg, int64_t number, enum fate fate, int64_t of,
		int64_t rule);
};

/* names: the hosts, in the order of their numbers, GATE_HOSTS at most; borrowed
 * for its life. */
struct gate *gate_new(const struct gate_ports *ports,
	const struct filter_name *names);
void gate_free(struct gate *g);

/* A frame came from host at time now (ns). */
void gate_frame(struct gate *g, int host, const uint8_t *frame, size_t len,
	int64_t now);

/*
 * Carry out an order at time now (ns). 0, or -EINVAL with d filled in ("frame
 * 9 is not held; held are 4 and 5"), and nothing happened. Frames that are
 * delayed already keep their time.
 */
int gate_order(struct gate *g, const struct wire_order *order, int64_t now,
	struct diag *d);

/* When the next delayed frame is due, or INT64_MAX; let those due go. */
int64_t gate_due(const struct gate *g);
void gate_tick(struct gate *g, int64_t now);

size_t gate_delayed(const struct gate *g);

/* Whether anything gets to a host: it has not vanished. Who floods a frame to
 * all asks. */
bool gate_reaches(const struct gate *g, int host);

#endif
