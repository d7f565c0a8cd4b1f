/*
 * prompt_edit: the text of the prompt and its cursor: GNU readline, kept away
 * from the terminal.
 *
 * readline edits, remembers and searches its history, and undoes. It takes keys
 * from a queue of ours, reads nothing itself and writes to nowhere.
 */
#ifndef UI_PROMPT_EDIT_H
#define UI_PROMPT_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Curses codes of the marks around what is pasted. */
enum { KEY_PASTE_BEGINS = 01001, KEY_PASTE_ENDS };

/* Begin with an empty line; false when /dev/null cannot be opened. Asks the
 * terminal to mark what is pasted, until edit_close. */
bool edit_open(void);
void edit_close(void);

/* The line, NUL-terminated, its bytes, and the byte before which the cursor
 * stands. Good until the next change. */
const char *edit_text(void);
size_t edit_len(void);
size_t edit_point(void);
void edit_go(size_t point);

/* Put text in the place of the bytes from … to, as one change; the cursor
 * stands behind it. */
void edit_replace(size_t from, size_t to, const char *text);

/* A letter or a control character, as typed; a key that has only a code. */
void edit_insert(int32_t point);
void edit_key(int key);

/* Whose lines are typed from now on: Up and Down go through the lines of that
 * side alone, Ctrl-P, Ctrl-N and Ctrl-R through all. */
void edit_side(const char *lane);

/* Take the line into the history and begin an empty one; end a search. */
void edit_enter(void);

/* A search in the history is under way: what it says of itself. */
bool edit_searching(void);
const char *edit_search_text(void);
void edit_stop_search(void);

/* The end of the input was typed (Ctrl-D on an empty line). */
bool edit_ended(void);

#endif
