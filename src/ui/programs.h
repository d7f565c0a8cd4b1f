/* programs: E: the run as programs, to take along. */
#ifndef UI_PROGRAMS_H
#define UI_PROGRAMS_H

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct scene;

/*
 * Write the run that a position is in (when it has no calls, the last one that
 * has) as programs in C and in Python, into a fresh folder tomada-NAME where
 * we are, or at home when nothing can be written there. One sentence says
 * where they are, or why there are none. False: none.
 */
bool programs_write(struct buf *said, struct scene *s, uint32_t position,
	const char *name);

#endif
