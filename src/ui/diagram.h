/*
 * diagram: the states of a TCP connection and the ways between them, as in
 * figure 5 of RFC 9293, with the ends of one connection lit.
 *
 * An *end* is a socket: where it is now, and the states it went through. The
 * names of states are Linux's.
 */
#ifndef UI_DIAGRAM_H
#define UI_DIAGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include <curses.h>

#include "scene/scene.h"

#define DIAGRAM_WIDTH 78
#define DIAGRAM_GOOD 19 /* lines in which its ways have room for their heads */
#define DIAGRAM_STATES 32

struct diagram_end {
	const char *name;   /* "client": stands beside the state it is in */
	int style;          /* of ink */
	struct scene_state state[DIAGRAM_STATES]; /* the oldest first */
	size_t states;
	bool gone;          /* the kernel has it no more */
};

/* How many of so many lines it takes; 0: too few, or too few columns. */
int diagram_height(int lines, int columns);

/* Draw at y, x of w in so many lines as diagram_height says. The first end's
 * name stands left of its state, the second's right. */
void diagram_draw(WINDOW *w, int y, int x, int height,
	const struct diagram_end *end, int ends, bool ascii);

#endif
