/* parts' insides, shared by parts.c (each part as it is read) and parts_whole.c
 * (whether all of them are there). */
#ifndef LESSON_PARTS_INSIDE_H
#define LESSON_PARTS_INSIDE_H

#include <stddef.h>

#include "lesson/lesson.h"

struct reader;

/* Blocks of a kind on the page. */
size_t parts_count(const struct page *p, enum block_kind kind);

/* Something is wrong in a line: -EINVAL with the reader's diag. */
int parts_wrong(struct reader *r, int line, const char *sentence);

/* Whether the mistake that was read last has its when and its words. */
int parts_mistake_ends(struct reader *r);

#endif
