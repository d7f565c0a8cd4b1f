/* bytes_pane: what the files of the bytes pane share. */
#ifndef UI_BYTES_PANE_H
#define UI_BYTES_PANE_H

#include <stdbool.h>
#include <stdint.h>

#include <curses.h>

#include "ui/bytes_layout.h"
#include "ui/bytes_view.h"

struct app;

/* What the pane keeps between two draws: nothing that is not a view of the
 * journal and of app->at. */
struct bytes_pane {
	struct bytes_view view;
	struct bytes_layout layout;
	int64_t top;        /* first line of the bytes */
	int64_t fields_top; /* first item of the fields */
	bool in_fields;
};
extern struct bytes_pane bytes_pane;

/* Draw what the view holds, which is up to date. */
void bytes_draw(struct app *a, WINDOW *w, bool focused);

/* Rows that have a line of letters: first … last. */
void bytes_lettered_rows(int64_t *first, int64_t *last);

#endif
