/*
 * layers: what may lie over the panes: the key map, the menu of faults, text
 * about one thing, the search line.
 */
#ifndef UI_LAYERS_H
#define UI_LAYERS_H

#include <stdbool.h>

#include <curses.h>

struct app;
struct ink;

/* Draw the layer that is open, on a window over the panes (ui/over.h). */
void layers_draw(struct app *a);

/* A key while a layer is open. */
void layers_key(struct app *a, wint_t key, bool is_char);

/* A box over the middle of the screen: lines with a title above and a hint
 * below, scrolled by *at, which is put right. */
void layers_box(const char *title, const struct ink *line, int lines, int *at,
	const char *hint);

/* A line to type in at the foot of the screen: what stands before it, and what
 * was typed; the cursor is at its end. */
void layers_line(const char *lead, const char *typed);

/* The same with a sentence above it, or NULL; what was typed stands out from
 * its letter `wrong` on, counted from 1; 0: nothing is. */
void layers_line_said(const char *said, const char *lead, const char *typed,
	int wrong);

#endif
