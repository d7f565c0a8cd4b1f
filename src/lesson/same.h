/* same: whether a line by hand is the step that comes next. */
#ifndef LESSON_SAME_H
#define LESSON_SAME_H

#include <stdbool.h>

struct line;

/* Whether both order the same: expectations, the spelling of bytes, and
 * defaults that one of them leaves out do not matter. */
bool line_same(const struct line *a, const struct line *b);

#endif
