/*
 * ladder: the stage when it is zoomed (see ui/ladder_text.h for what it looks
 * like), and the parts that its files share.
 *
 * A *line* of the ladder is a row of the scene, or where calls and arrows may
 * not share a line, a *part* of one: what came before the frame, the frame,
 * what came behind it. The setup is not folded. When one connection only is
 * shown, rows that have nothing to do with it have no line.
 *
 * Only the lines that are seen are looked for, from one of them to the next:
 * what a repaint costs does not grow with the journal.
 */
#ifndef UI_LADDER_H
#define UI_LADDER_H

#include <stdbool.h>
#include <stdint.h>

#include <curses.h>

#include "ui/ladder_text.h"

struct app;
struct scene_cell;
struct scene_frame;
struct scene_row;

enum ladder_part { LADDER_ALL, LADDER_BEFORE, LADDER_WIRE, LADDER_AFTER };

struct ladder_at {
	uint32_t row;
	enum ladder_part part;
};

/* ---- ladder_lines.c ---- */

/* Whether a comes before b. */
bool ladder_before(struct ladder_at a, struct ladder_at b);

/* Whether a cell has a place in that part of its row, in which it is in the
 * column of host (STAGE_WIRE: the wire's). */
bool ladder_shows(const struct app *a, const struct scene_row *row, int host,
	enum ladder_part part);

/* The line after (way +1) or before (-1) one; false: there is none. */
bool ladder_step(const struct app *a, struct ladder_at *at, int way);

/* The line of the selection; its nearest where it has none. False: there are no
 * lines. */
bool ladder_selected(const struct app *a, struct ladder_at *at);

/* The newest line; false: there is none. */
bool ladder_newest(const struct app *a, struct ladder_at *at);

/* The lines to be seen, at most max, with the selection among them; notes what
 * is the first in the app. Returns how many. */
int ladder_lines(struct app *a, struct ladder_at *out, int max);

/* The row in which the event at a position stands. */
uint32_t ladder_row_of(const struct app *a, uint32_t position);

/* ---- ladder_frame.c ---- */

/* The arrow of the frame in a cell of the wire, and its label, which room
 * cells may have as `shape` says. False: its bytes cannot be read. */
bool ladder_arrow(struct app *a, const struct ladder_shape *shape,
	const struct scene_cell *c, struct ladder_arrow *out,
	struct ink *label);

/* A frame that we hold or delay: the lines in which it leaves and arrives, the
 * latter behind all lines when it has not. */
struct ladder_passage {
	struct ladder_at leaves, arrives;
	struct ladder_flight flight;
};

/* Those that may be on their way between two lines, at most max; the newest
 * when there are more. */
size_t ladder_passages(const struct app *a, struct ladder_at from,
	struct ladder_at to, struct ladder_passage *out, size_t max);

/* ---- ladder_jump.c ---- */

/* From an arrow to its bytes, from a call to its frames. */
void ladder_enter(struct app *a);

/* Back to where Enter was pressed last; false: nowhere. */
bool ladder_back(struct app *a);

/* ---- ladder.c ---- */

void ladder_draw(struct app *a, WINDOW *w, bool focused);
bool ladder_key(struct app *a, int key);
bool ladder_mouse(struct app *a, int y, int x, mmask_t buttons);

/* Nothing that was drawn is good any more. */
void ladder_forget(void);

/* Show the selected connection only, or all again. */
void ladder_only(struct app *a);

#endif
