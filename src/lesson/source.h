/* source: the text of a lesson as it lies in its file, and the lesson that
 * grows out of it. */
#ifndef LESSON_SOURCE_H
#define LESSON_SOURCE_H

#include <stddef.h>

#include "lesson/lesson.h"

struct diag;

/* UTF-8 without control characters (newline, tab and a carriage return before
 * a newline apart), at most LESSON_BYTES. 0 or -EINVAL with d. */
int source_check(const char *text, size_t n, struct diag *d);

/* Line and column (letters), from 1, of byte offset at. */
void source_place(const char *text, size_t at, int *line, int *column);

/* An empty lesson; name and language follow from the file's path: NAME/LL.md,
 * NAME/LL_CC.md, NAME.md and NAME.lab. */
struct lesson *lesson_named(const char *file);
struct page *lesson_add_page(struct lesson *l, int source_line);
struct block *lesson_add_block(struct page *p, enum block_kind kind,
	int source_line);

#endif
