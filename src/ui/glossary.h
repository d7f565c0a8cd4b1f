/*
 * glossary: the layer with the words of the field and what they mean; and the
 * meaning of one word by itself, for K.
 */
#ifndef UI_GLOSSARY_H
#define UI_GLOSSARY_H

#include <stdbool.h>
#include <stddef.h>

#include <curses.h>

struct app;

/* What the layer shows; begins zeroed. The glossary is read when it is first
 * asked for. */
struct app_glossary {
	struct glossary *words; /* owned; NULL: not read yet, or not there */
	bool absent;            /* it was asked for, and is not there */
	size_t at;              /* the chosen term */
	size_t top;             /* first term that is seen */
	char typed[32];         /* what is looked for … */
	bool typing;            /* … while it is typed … */
	size_t from;            /* … and the term chosen before that */
	bool missing;           /* no term has it */
};

/* g: open the layer, at the term it was at. Where there is no glossary the
 * message says so. */
void glossary_open(struct app *a);

/* Open it at the term of a word; false when it has none. */
bool glossary_open_at(struct app *a, const char *word, size_t n);

/* The glossary, or NULL. Borrowed for the app's life. */
const struct glossary *glossary_words(struct app *a);

void glossary_draw(struct app *a);
void glossary_key(struct app *a, wint_t key, bool is_char);
void glossary_done(struct app *a);

#endif
