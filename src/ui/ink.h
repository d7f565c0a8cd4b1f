/*
 * ink: a line of text in several styles, made before it is known where it
 * will stand, and the one way from text to the terminal.
 *
 * A *style* is an enum theme_role, or INK_LETTER + the letter of a send.
 * Whatever is drawn is made harmless here: no control character, no broken
 * UTF-8 reaches the terminal, and without UTF-8 letters lose their accents.
 */
#ifndef UI_INK_H
#define UI_INK_H

#include <stdbool.h>
#include <stdint.h>

#include <curses.h>

#include "base/buf.h"
#include "ui/theme.h"

enum { INK_LETTER = 64 };

struct ink {
	struct buf text;
	struct buf style; /* one byte for each byte of text */
};

/* The style of a send's letter. */
int ink_letter(uint16_t letter);

void ink_add(struct ink *k, int style, const char *s, size_t n);
void ink_text(struct ink *k, int style, const char *s);
void ink_printf(struct ink *k, int style, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void ink_append(struct ink *k, const struct ink *more);

int ink_cells(const struct ink *k);

/* Spaces until it has so many cells. */
void ink_pad(struct ink *k, int cells);

/* Repeat a sign of one cell n times. */
void ink_repeat(struct ink *k, int style, const char *sign, int n);

/* Take away from the end until it has at most so many cells, then the sign
 * for "more" as its last ones. */
void ink_cut(struct ink *k, int cells);

void ink_clear(struct ink *k);
void ink_done(struct ink *k);

/* Draw at y, x, at most width cells; over is added to every style. */
void ink_draw(WINDOW *w, int y, int x, int width, const struct ink *k,
	attr_t over);

/* The same for plain text in one style. */
void ink_put(WINDOW *w, int y, int x, int width, int style, const char *s);

/* The bytes of text that stand in a line of so many cells, words whole; the
 * blanks behind them stand in none. */
size_t ink_line_of(const char *text, int width);

/* Plain text from y, x on over at most so many lines, words whole. */
void ink_wrapped(WINDOW *w, int y, int x, int lines, int width, int style,
	const char *text);

/* A rule of n cells of a sign, to the right or down. */
void ink_rule(WINDOW *w, int y, int x, int n, int style, enum theme_sign sign,
	bool down);

/* Append n bytes of s as a terminal may have them: at most *cells cells, from
 * which those taken are subtracted; folded: ASCII only. */
void ink_harmless(struct buf *b, const char *s, size_t n, int *cells,
	bool folded);

#endif
