/*
 * pane: one view of the screen. A pane is one file ending in one table of
 * what it can do; the screen (ui/screen.c) draws them all from state, a whole
 * frame at a time, and hands keys to the one that has the focus.
 */
#ifndef UI_PANE_H
#define UI_PANE_H

#include <stdbool.h>
#include <stdint.h>

#include <curses.h>

struct app;

struct pane {
	const char *title;    /* msgid */
	/* Draw everything of the pane into w, which is erased; the stage (see
	 * stage_forget) finds there what it drew last. */
	void (*draw)(struct app *a, WINDOW *w, bool focused);
	/* A key on the stage that the screen itself does not use: arrows, hjkl,
	 * Enter, Home …, as curses codes or letters. False: not mine. */
	bool (*key)(struct app *a, int key);
	/* A click or wheel at y, x of its window. */
	bool (*mouse)(struct app *a, int y, int x, mmask_t buttons);
	/* Search from the selection on (way +1, -1); false when nowhere. Of
	 * the stage also when app->seek goes on: then once more. */
	bool (*find)(struct app *a, const char *text, int way);
	/* The text of the selection, for y; NULL when there is none. The
	 * caller frees. */
	char *(*copy)(struct app *a);
};

extern const struct pane pane_stage;   /* ui/stage.c */
extern const struct pane pane_lesson;  /* ui/strip.c */
extern const struct pane pane_bytes;   /* ui/bytes.c */
extern const struct pane pane_sockets; /* ui/sockets.c */

#endif
