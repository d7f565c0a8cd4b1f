/* tabs: the rulers that name the views, and the lesson in its strip. */
#ifndef UI_TABS_H
#define UI_TABS_H

#include <curses.h>

struct app;

/* "0 LESSON  1 bytes  3 sockets ────": the view shown in capitals. */
void tabs_draw(const struct app *a, WINDOW *w);

/* A click in that line. */
void tabs_click(struct app *a, int x);

/* "lesson ────" */
void tabs_ruler(const struct app *a, WINDOW *w);

#endif
