/*
 * why: the layer that tells the cause of a result, a frame or a socket's
 * state, and what that rests on.
 *
 * The *subject* is what is asked about: what the selection means or, when
 * nothing is selected, the newest thing there is something to tell of.
 */
#ifndef UI_WHY_H
#define UI_WHY_H

#include <stdbool.h>
#include <stdint.h>

#include "scene/why.h"

struct app;
struct buf;
struct scene;

/* w: open the layer for the subject; where there is nothing to tell, one
 * sentence says so. */
void why_open(struct app *a);

/* Draw the open layer; a key while it is open. */
void why_draw(struct app *a);
void why_key(struct app *a, int key);

struct why_subject {
	enum why_kind kind;
	uint32_t ref;
};

/* The newest call or frame before a position that has a cause to tell, which
 * is told into out (why_done in either case); false: among the last of them
 * there is none. */
bool why_newest(struct scene *s, uint32_t position, struct why_subject *about,
	struct why *out);

/* Of one row: what stands in the column (-1: the wire) first, then the rest. */
bool why_of_row(struct scene *s, uint32_t position, uint32_t row, int column,
	struct why_subject *about, struct why *out);

/* "client: connect(s, server:9998) -> ECONNREFUSED", "#5 server to client:
 * RST ACK", "server: conn ESTABLISHED": the subject as a line. */
void why_name(struct buf *b, struct scene *s, uint32_t position,
	const struct why_subject *about, bool ascii);

/* What a fact rests on, as a line of the transcript, or a socket with its
 * state; nothing when it rests on nothing in particular. */
void why_evidence(struct buf *b, struct scene *s, uint32_t position,
	bool ascii);

#endif
