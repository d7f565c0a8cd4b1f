/*
 * words: help on a word: a call of the table, an option, an errno, a term of
 * the glossary. In the lesson, left and right walk over the words that have
 * help; on the stage the selection says which word is meant.
 */
#ifndef UI_WORDS_H
#define UI_WORDS_H

#include <stdbool.h>

struct app;
struct strip;

/* K: help on the chosen word of the lesson, when that has the focus; else on
 * the selected call, or what is special of the selected frame. Where there is
 * none a message says what to do. */
void words_help(struct app *a);

/* The lesson's next word that has help, or the one before. False when what is
 * shown has none. */
bool words_move(struct app *a, int by);

/* Enter on the chosen word; false when none is chosen. */
bool words_open(struct app *a);

/* Mark the chosen word in the lesson as it is about to be drawn; its line, or
 * -1 when none is chosen. */
int words_mark(struct app *a, struct strip *s);

#endif
