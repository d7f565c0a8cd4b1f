/*
 * message: what the program answers to a key, until the next one: a sentence
 * in the last row of the screen, as editors and pagers have it, before the
 * keys; above the line that is typed while the prompt is open. A long one takes
 * rows from the pane above, which is drawn with so many fewer, and so covers
 * nothing.
 */
#ifndef UI_MESSAGE_H
#define UI_MESSAGE_H

#include <curses.h>

#define MESSAGE_MOST 4 /* rows; the end of a longer one is cut */

/* The rows of width cells that a sentence needs, at most MESSAGE_MOST; 0: it is
 * empty. */
int message_rows(const char *text, int width);

/* The cells that it takes of the last of these rows. */
int message_end(const char *text, int width);

/* Draw it into so many rows from y on, one cell from the edges; returns the
 * cells it takes of the last of them. */
int message_draw(WINDOW *w, int y, int rows, int style, const char *text);

#endif
