/*
 * stage_states: the states that a socket went through, as a strip. Pure.
 */
#ifndef UI_STAGE_STATES_H
#define UI_STAGE_STATES_H

#include <stdbool.h>
#include <stddef.h>

struct ink;
struct scene_state;

/*
 * `SYN_SENT › [ESTABLISHED]` in at most width cells: the last is the one it is
 * in, unless the socket is gone; one that nobody saw stands in parentheses; the
 * oldest are left out first. A state alone needs no brackets.
 */
void stage_states(struct ink *out, const struct scene_state *state, size_t n,
	bool gone, int width);

#endif
