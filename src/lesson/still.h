/* still: whether nothing has happened since the lab was still, as the journal
 * tells it: what was seen then is all that there is to judge. */
#ifndef LESSON_STILL_H
#define LESSON_STILL_H

#include <stdbool.h>

struct scene;

/* As of now. Looks back over marks and samples alone. */
bool still_now(struct scene *s);

#endif
