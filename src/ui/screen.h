/*
 * screen: all of it, drawn from the app's state, a whole frame at a time;
 * curses sends the terminal only what differs.
 */
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include <stdbool.h>

#include <curses.h>

#include "ui/ui.h"

struct app;
struct pane;

void screen_draw(struct app *a);

/* Forget the windows: the size changed, or all must be sent again. */
void screen_forget(bool clear);

/* The pane that has the focus. */
const struct pane *screen_focused(const struct app *a);

/* The next or previous pane gets the focus. */
void screen_move_focus(struct app *a, int by);

/* A click or the wheel; the button goes up. */
void screen_mouse(struct app *a, const MEVENT *e);
void screen_release(struct app *a, const MEVENT *e);

/* Whether the lesson can be seen; see to it that it can. */
bool screen_shows_lesson(const struct app *a);
void screen_show_lesson(struct app *a);

/* The pane of a view. */
const struct pane *screen_view(const struct app *a);

#endif
