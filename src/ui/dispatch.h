/* dispatch: what a key does, by what is open: prompt, layer, stage. */
#ifndef UI_DISPATCH_H
#define UI_DISPATCH_H

#include <stdbool.h>

#include <curses.h>

struct app;

/* A key: a curses code, or a wide character when is_char. */
void dispatch_key(struct app *a, wint_t key, bool is_char);

#endif
