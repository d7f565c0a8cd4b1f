/*
 * footer: the last row of the screen: what Space does next, and what else is
 * useful now; before that, until the next key, what is said (ui/message.h).
 */
#ifndef UI_FOOTER_H
#define UI_FOOTER_H

#include <curses.h>

struct app;

/* Rows of the footer of so many cells: what is said shares its last one with the
 * keys when the first of them has room there. */
int footer_rows(const struct app *a, int width);

void footer_draw(struct app *a, WINDOW *w);

#endif
