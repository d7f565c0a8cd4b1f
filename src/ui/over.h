/*
 * over: what lies over the panes, a layer, on a window of its own.
 *
 * The window is kept from one drawing to the next, though erased: curses looks
 * through all of the screen again when a window is deleted, which costs more
 * than to draw it. What is under it is hidden, not lost: a frame that does not
 * ask for the window shows it again.
 */
#ifndef UI_OVER_H
#define UI_OVER_H

#include <stdbool.h>

#include <curses.h>

/* A frame begins, in which nothing lies over the panes yet. */
void over_begin(void);

/* The frame's window, erased, of that size at y, x; NULL when there is no room
 * for it. Drawn on, it is seen when over_show was called. */
WINDOW *over_window(int rows, int columns, int y, int x);

/* Whether a row was hidden, in part, by the last frame's window, and is not
 * hidden in the same way now: what is under it must be sent again. */
bool over_uncovered(int y);

/* Hand the frame's window, if it has one, to curses, over all that was handed
 * to it before. */
void over_show(void);

/* All that lies under it was handed to curses anew: nothing is hidden now. */
void over_forget(void);

#endif
