/*
 * prompt: a line of the notation being typed, edited by GNU readline through
 * its callback interface and drawn by us.
 *
 * Enter does the line and the prompt stays open; an error keeps the line, puts
 * the cursor where it is wrong and says what was expected there. Enter on an
 * empty line, Esc or Ctrl-D leave. Tab names the encoding of a string that
 * needs one, else takes an offered translation, else completes; Ctrl-T
 * changes the side; Ctrl-C clears the line; PgUp and PgDn scroll the lesson;
 * Up and Down go through what was typed on this side. A verb of the wire needs no `wire:`.
 */
#ifndef UI_PROMPT_H
#define UI_PROMPT_H

#include <stdbool.h>

#include <curses.h>

struct app;

/* Open for the lane app->side; the history lasts for the session. While it is
 * open the terminal marks what is pasted. */
void prompt_open(struct app *a);
void prompt_close(struct app *a);

/* A key while it is open (curses code, or a wide character when is_char). */
void prompt_key(struct app *a, wint_t key, bool is_char);

/* Ctrl-C: begin an empty line instead of what is being typed; false: there is
 * nothing to clear. */
bool prompt_clear(struct app *a);

/* Whether something is being typed. */
bool prompt_typing(const struct app *a);

/* The lab could not do the newest line: put it back, to be mended, unless
 * another has been begun. */
void prompt_give_back(struct app *a);

/*
 * Draw it into the last row of w: "client> " and the text, scrolled so that the
 * cursor is seen, with the hint of the call being typed (its signature, or what
 * is wrong), or what the lab answered, in the rows above. Leaves the terminal's
 * cursor where it belongs.
 */
void prompt_draw(struct app *a, WINDOW *w);

/* The rows above it that what is wrong with the line, or what the lab answered,
 * needs in so many cells. */
int prompt_rows_said(const struct app *a, int width);

/* What ends the marks of pasting: for whoever restores a terminal in a hurry.
 */
#define PROMPT_PASTE_OFF "\033[?2004l"

#endif
