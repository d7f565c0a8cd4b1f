/*
 * header: the first and the last line of the screen: where we are, what the
 * wire does; what Space does next, and what else is useful now.
 */
#ifndef UI_HEADER_H
#define UI_HEADER_H

#include <curses.h>

struct app;

void header_draw(struct app *a, WINDOW *w);
void footer_draw(struct app *a, WINDOW *w);

#endif
