/* load: a file's text. */
#ifndef LESSON_LOAD_H
#define LESSON_LOAD_H

#include <stdbool.h>

struct buf;
struct diag;

/* Append the file at path to b (a little more than LESSON_BYTES at most). 0 or
 * -errno with d, whose file is good until the next load. */
int load_file(struct buf *b, const char *path, struct diag *d);

/* Whether it names a file, and not a lesson of the course; whether that is a
 * script (.lab). */
bool load_is_file(const char *name_or_file);
bool load_is_script(const char *name_or_file);

#endif
