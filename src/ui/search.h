/*
 * search: what / looks for, in the pane that has the focus.
 *
 * Of the stage, which may be long, a *slice* is looked through at a time: the
 * loop goes on with the next one as long as no key comes. Any key ends it; Esc
 * does nothing else.
 */
#ifndef UI_SEARCH_H
#define UI_SEARCH_H

#include <stdbool.h>

#include <curses.h>

struct app;

/* The line to type in, and a key in it. */
void search_draw(struct app *a);
void search_key(struct app *a, wint_t key, bool is_char);

/* n, N: look for it from the selection on. */
void search_on(struct app *a, int way);

/* app->seek goes on: the next slice. */
void search_more(struct app *a);

/* It does not go on: a key came. True: that was all that it is for. */
bool search_stop(struct app *a, wint_t key, bool is_char);

#endif
