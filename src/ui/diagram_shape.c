/* diagram_shape: see diagram_shape.h. */
#include "ui/diagram_shape.h"

#include "base/intl.h"

enum { LEFT = 16, MIDDLE = 39, RIGHT = 62, EDGE = 2 };

const struct diagram_place diagram_place[DIAGRAM_PLACES] = {
	[STATE_CLOSE] = { 0, MIDDLE },
	[STATE_LISTEN] = { 1, LEFT },
	[STATE_SYN_RECV] = { 2, LEFT },
	[STATE_SYN_SENT] = { 2, RIGHT },
	[STATE_ESTABLISHED] = { 3, MIDDLE },
	[STATE_FIN_WAIT1] = { 4, LEFT },
	[STATE_CLOSE_WAIT] = { 4, RIGHT },
	[STATE_FIN_WAIT2] = { 5, LEFT },
	[STATE_CLOSING] = { 5, MIDDLE },
	[STATE_LAST_ACK] = { 5, RIGHT },
	[STATE_TIME_WAIT] = { 6, LEFT },
	[STATE_OVER] = { 6, RIGHT },
};

const struct diagram_way diagram_way[] = {
	{ STATE_CLOSE, STATE_LISTEN, { { 0, 1, MIDDLE }, { 0, 1, LEFT },
		{ 1, -1, LEFT } }, 'v', N_("listen"),
		{ 1, -1, LEFT - 2 }, true },
	{ STATE_CLOSE, STATE_SYN_SENT, { { 0, 1, MIDDLE }, { 0, 1, RIGHT },
		{ 2, -1, RIGHT } }, 'v', N_("connect / SYN"),
		{ 1, 0, RIGHT + 2 }, false },
	{ STATE_LISTEN, STATE_SYN_RECV, { { 1, 1, LEFT }, { 2, -1, LEFT } },
		'v', N_("SYN / SYN ACK"), { 2, -1, LEFT - 2 }, true },
	{ STATE_SYN_SENT, STATE_SYN_RECV, { { 2, 0, RIGHT - 7 },
		{ 2, 0, LEFT + 6 } }, '<', N_(" SYN / SYN ACK "),
		{ 2, 0, MIDDLE - 7 }, false },
	{ STATE_SYN_RECV, STATE_ESTABLISHED, { { 2, 1, LEFT },
		{ 2, 1, MIDDLE }, { 3, -1, MIDDLE } }, 'v', N_(" ACK "),
		{ 2, 1, LEFT + 8 }, false },
	{ STATE_SYN_SENT, STATE_ESTABLISHED, { { 2, 1, RIGHT },
		{ 2, 1, MIDDLE }, { 3, -1, MIDDLE } }, 'v',
		N_(" SYN ACK / ACK "), { 2, 1, MIDDLE + 5 }, false },
	{ STATE_SYN_RECV, STATE_FIN_WAIT1, { { 2, 1, LEFT }, { 2, 1, EDGE },
		{ 4, 0, EDGE }, { 4, 0, LEFT - 7 } }, '>', N_("close / FIN"),
		{ 3, 0, EDGE + 2 }, false },
	{ STATE_ESTABLISHED, STATE_FIN_WAIT1, { { 3, 1, MIDDLE },
		{ 3, 1, LEFT }, { 4, -1, LEFT } }, 'v', N_(" close / FIN "),
		{ 3, 1, LEFT + 5 }, false },
	{ STATE_ESTABLISHED, STATE_CLOSE_WAIT, { { 3, 1, MIDDLE },
		{ 3, 1, RIGHT }, { 4, -1, RIGHT } }, 'v', N_(" FIN / ACK "),
		{ 3, 1, MIDDLE + 6 }, false },
	{ STATE_FIN_WAIT1, STATE_FIN_WAIT2, { { 4, 1, LEFT },
		{ 5, -1, LEFT } }, 'v', N_("ACK"), { 5, -1, LEFT - 2 }, true },
	{ STATE_FIN_WAIT1, STATE_CLOSING, { { 4, 1, LEFT }, { 4, 1, MIDDLE },
		{ 5, -1, MIDDLE } }, 'v', N_(" FIN / ACK "),
		{ 4, 1, LEFT + 6 }, false },
	{ STATE_CLOSE_WAIT, STATE_LAST_ACK, { { 4, 1, RIGHT },
		{ 5, -1, RIGHT } }, 'v', N_("close / FIN"),
		{ 5, -1, RIGHT + 2 }, false },
	{ STATE_FIN_WAIT2, STATE_TIME_WAIT, { { 5, 1, LEFT },
		{ 6, -1, LEFT } }, 'v', N_("FIN / ACK"),
		{ 6, -1, LEFT - 2 }, true },
	{ STATE_CLOSING, STATE_TIME_WAIT, { { 5, 1, MIDDLE }, { 5, 1, LEFT },
		{ 6, -1, LEFT } }, 'v', N_(" ACK "), { 5, 1, LEFT + 9 },
		false },
	{ STATE_LAST_ACK, STATE_OVER, { { 5, 1, RIGHT }, { 6, -1, RIGHT } },
		'v', N_("ACK"), { 6, -1, RIGHT + 2 }, false },
	/* TCP_TIMEWAIT_LEN of Linux, which no setting changes */
	{ STATE_TIME_WAIT, STATE_OVER, { { 6, 0, LEFT + 7 },
		{ 6, 0, RIGHT - 6 } }, '>', N_(" after 60 s "),
		{ 6, 0, MIDDLE - 5 }, false },
};

const size_t diagram_ways = sizeof diagram_way / sizeof diagram_way[0];
