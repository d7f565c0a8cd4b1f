/*
 * why: the cause of a result, a frame or a state, told from the evidence.
 *
 * A function of the journal and a position: what happened later is not known.
 * A *cause* has a name that tests and scripts know ("refused-by-reset"); it is
 * told in one to five plain sentences, each of which names what it rests on.
 * Where the evidence does not decide, a sentence says what would.
 */
#ifndef SCENE_WHY_H
#define SCENE_WHY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scene;

#define WHY_FACTS 5

struct why_fact {
	char *text;         /* owned: one sentence, in the user's language */
	uint32_t position;  /* of the event that it rests on; SCENE_NONE */
};

struct why {
	const char *cause;  /* static */
	struct why_fact fact[WHY_FACTS];
	int n;
};

enum why_kind {
	WHY_CALL,   /* ref: a call: its result, or why it waits */
	WHY_FRAME,  /* ref: a frame (index) */
	WHY_SOCKET, /* ref: a socket: the state it is in */
};

/*
 * Tell why. False when there is nothing to tell (a call that did what it
 * should, an ordinary segment); then out is empty. Free with why_done in
 * either case. Logarithmic in the journal but for what it must look at: the
 * frames of one flow near the event, never all of them.
 */
bool scene_why(struct scene *s, uint32_t position, enum why_kind kind,
	uint32_t ref, struct why *out);
void why_done(struct why *w);

/* Cause i that can be told, NULL behind the last: for tests and the manual. */
const char *why_cause_at(size_t i);

#endif
