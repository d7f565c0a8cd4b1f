/*
 * form: what the checker asks of a lesson without running it: that it fits the
 * screen in every round, ends as every lesson does, names only what there is,
 * and says the same in each language.
 *
 * A *complaint* is a line "FILE:LINE:COLUMN: sentence"; the column is 1 when it
 * is about the whole line, or about all that begins there. What is wrong in
 * several rounds is told once.
 */
#ifndef LESSON_FORM_H
#define LESSON_FORM_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct lesson;

/* Languages that every lesson is written in; the first leads. */
#define FORM_LANGUAGES 2
extern const char *const form_language[FORM_LANGUAGES];

/* Append complaints about the lesson in a file, which may be that it is none;
 * false then. */
bool form_of_file(struct buf *b, const char *path);

/* Append complaints about where file other says not the same as file first.
 * Nothing when one of them is no lesson. */
void form_of_pair(struct buf *b, const char *first, const char *other);

/* The file of the same lesson in another language, if it lies beside it. */
bool form_sister(char *path, size_t size, const char *file);

/* ---- the parts of it, for a lesson in its round ---- */

void form_complain(struct buf *b, const struct lesson *l, int line,
	const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void form_complain_at(struct buf *b, const struct lesson *l, int line,
	int column, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

void form_words(struct buf *b, const struct lesson *l); /* form_words.c */
void form_room(struct buf *b, const struct lesson *l);  /* form_room.c */
void form_lines(struct buf *b, const struct lesson *l); /* form_lines.c */
void form_alike(struct buf *b, const struct lesson *first,
	const struct lesson *other);                    /* form_alike.c */
void form_links(struct buf *b, const struct lesson *l); /* form_links.c */

#endif
