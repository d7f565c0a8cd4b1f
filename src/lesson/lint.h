/* lint: whether the code in a lesson's prose is code that there is. */
#ifndef LESSON_LINT_H
#define LESSON_LINT_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/*
 * Look at marked text: in `code` a call must be one of the table (send(…),
 * recv), elsewhere a name before () must not be nearly one (sned()); and what
 * looks like a constant or an errno must be known anywhere. False at the first
 * that is wrong, with its spelling appended to word.
 */
bool lint_marked(const char *marked, struct buf *word);

#endif
