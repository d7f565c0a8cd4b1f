/*
 * prompt_line: what the prompt must know of the line being typed, without a
 * terminal and without readline.
 */
#ifndef UI_PROMPT_LINE_H
#define UI_PROMPT_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* ---- keys on their way to readline ---- */

#define PROMPT_KEYS 64

struct prompt_keys {
	uint8_t byte[PROMPT_KEYS];
	size_t first, count;
};

/* Add the bytes of one key, all or none; false when there is no room. */
bool prompt_keys_put(struct prompt_keys *q, const void *p, size_t n);

/* The next byte, or -1. */
int prompt_keys_take(struct prompt_keys *q);

/* ---- what is seen of a long line ---- */

struct prompt_window {
	size_t first, end;  /* bytes of the text that are drawn */
	int cursor;         /* cell of the cursor, from the window's left */
	bool more_left, more_right; /* a cell at that end says "there is more" */
};

/*
 * Choose the part of text (n bytes, cursor before byte point) that a window of
 * so many cells shows. It moves by halves of the window, so that it does not
 * run along with every key. Letters are whole, and marks stay with theirs.
 */
void prompt_window(struct prompt_window *w, const char *text, size_t n,
	size_t point, int cells);

/* The cell in the window of the letter at a byte; -1 when it is not seen. */
int prompt_cell(const struct prompt_window *w, const char *text, size_t n,
	size_t at);

/* Cells of the letter at text+at as the prompt draws it, and its bytes: a
 * control or ill-formed byte takes one. */
int prompt_letter(const char *text, size_t n, size_t at, size_t *len);

/* The byte offset of a column (in letters, from 1). */
size_t prompt_column(const char *text, size_t n, int column);

/* ---- what the line is ---- */

/*
 * Whether the cursor is in or right behind a string that has letters beyond
 * ASCII and no encoding named; *quote is where utf8 must be put.
 */
bool prompt_needs_encoding(const char *text, size_t n, size_t point,
	size_t *quote);

/* Whether the line begins with a verb of the wire ("pass #5"): its lane may
 * be left out. */
bool prompt_is_wire(const char *text, size_t n);

/* Bytes that all candidates (count > 0) begin with, whole letters. */
size_t prompt_common(char *const *candidate, size_t count);

#endif
