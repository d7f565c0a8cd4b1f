/*
 * diagram_shape: where the states and the ways of the diagram lie. Data alone.
 *
 * Places are *levels* (0 at the top, a state's line) and columns. A *way* goes
 * from corner to corner: a corner's line is its level's, plus `below` (1: the
 * line under it, -1: the line above it).
 */
#ifndef UI_DIAGRAM_SHAPE_H
#define UI_DIAGRAM_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#define DIAGRAM_LEVELS 7
#define DIAGRAM_CORNERS 4

/* Numbers of include/net/tcp_states.h. A connection begins and ends in CLOSE:
 * the end has a place of its own. */
enum diagram_state {
	STATE_ESTABLISHED = 1, STATE_SYN_SENT, STATE_SYN_RECV, STATE_FIN_WAIT1,
	STATE_FIN_WAIT2, STATE_TIME_WAIT, STATE_CLOSE, STATE_CLOSE_WAIT,
	STATE_LAST_ACK, STATE_LISTEN, STATE_CLOSING, STATE_NEW_SYN_RECV,
	STATE_OVER, DIAGRAM_PLACES
};

struct diagram_place {
	int level, column; /* of its middle */
};

struct diagram_corner {
	int level, below, column;
};

struct diagram_way {
	enum diagram_state from, to;
	struct diagram_corner corner[DIAGRAM_CORNERS]; /* column 0 ends them */
	int head;             /* which way its end points: 'v', '<', '>' */
	const char *label;    /* event / what is sent; msgid */
	struct diagram_corner at; /* where the label begins … */
	bool before;          /* … or ends */
};

extern const struct diagram_place diagram_place[DIAGRAM_PLACES];
extern const struct diagram_way diagram_way[];
extern const size_t diagram_ways;

#endif
