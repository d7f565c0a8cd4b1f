/*
 * lectern: what a teacher's keys do in class mode (ui/class.h): a clicker's
 * forward, the votes, and what is told of an answer.
 */
#ifndef UI_LECTERN_H
#define UI_LECTERN_H

#include <stdbool.h>
#include <stddef.h>

#include <curses.h>

struct app;

/* Forward. False: as outside of class. */
bool lectern_on(struct app *a);

/* The page (from 0) that forward turns to without playing what lies before it,
 * which needs a wire where there is none; SIZE_MAX: there is no such thing. */
size_t lectern_page(const struct app *a);

/* s: let the kernel answer at once. */
void lectern_skip(struct app *a);

/* a … e: what those thought who voted for it. */
void lectern_tell(struct app *a, int option);

/* "a c": what may be told yet besides what is; NULL: nothing. */
const char *lectern_others(const struct app *a);

/* v, and the line in which votes are typed. */
void lectern_open(struct app *a);
void lectern_draw(const struct app *a);
void lectern_key(struct app *a, wint_t key, bool is_char);

#endif
