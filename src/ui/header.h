/*
 * header: the first line of the screen: where we are, what the wire does.
 */
#ifndef UI_HEADER_H
#define UI_HEADER_H

#include <curses.h>

struct app;

void header_draw(struct app *a, WINDOW *w);

#endif
