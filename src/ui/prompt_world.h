/* prompt_world: what the completer must be told of the lab as it is now. */
#ifndef UI_PROMPT_WORLD_H
#define UI_PROMPT_WORLD_H

#include "call/complete.h"

struct app;

/*
 * Fill in lane, lanes and names as of what is drawn. lane is borrowed; what
 * else is in it belongs to the world: prompt_world_done.
 */
void prompt_world(struct complete_world *w, struct app *a, const char *lane);
void prompt_world_done(struct complete_world *w);

/* The side after this one, into out of LINE_LANE bytes. */
void prompt_next_side(char *out, struct app *a, const char *side);

#endif
