/*
 * states: which states a TCP socket went through, also those between two
 * samples that nobody saw.
 */
#include "scene/inside.h"

#include <netinet/tcp.h>

/* RFC 9293, figure 5, with Linux's names. Any state may end at once: a RST,
 * or a close that nobody is told of. */
static bool one_step(int from, int to)
{
	static const uint16_t next[NEW_SYN_RECV + 1] = {
#define TO(state) (1u << (state))
		[GONE] = TO(TCP_CLOSE) | TO(NEW_SYN_RECV) | TO(TCP_SYN_RECV),
		[TCP_ESTABLISHED] = TO(TCP_FIN_WAIT1) | TO(TCP_CLOSE_WAIT),
		[TCP_SYN_SENT] = TO(TCP_ESTABLISHED) | TO(TCP_SYN_RECV),
		[TCP_SYN_RECV] = TO(TCP_ESTABLISHED) | TO(TCP_FIN_WAIT1),
		[TCP_FIN_WAIT1] = TO(TCP_FIN_WAIT2) | TO(TCP_CLOSING) |
			TO(TCP_TIME_WAIT),
		[TCP_FIN_WAIT2] = TO(TCP_TIME_WAIT),
		[TCP_CLOSE] = TO(TCP_SYN_SENT) | TO(TCP_LISTEN),
		[TCP_CLOSE_WAIT] = TO(TCP_LAST_ACK),
		[TCP_CLOSING] = TO(TCP_TIME_WAIT),
		[NEW_SYN_RECV] = TO(TCP_SYN_RECV) | TO(TCP_ESTABLISHED),
#undef TO
	};

	if (from == to)
		return true;
	if (from != GONE && (to == GONE || to == TCP_CLOSE))
		return true;
	return next[from] >> to & 1;
}

#define PATH 8 /* states between two, at most: the diagram has no longer way */

/* The shortest way through the diagram: the states between from and to, how
 * many; 0 also when there is none. */
static int path_between(int from, int to, uint8_t between[PATH])
{
	int8_t before[NEW_SYN_RECV + 1];
	uint8_t queue[NEW_SYN_RECV + 1];
	int head = 0, tail = 0, n = 0;

	memset(before, -1, sizeof(before));
	before[from] = (int8_t)from;
	queue[tail++] = (uint8_t)from;
	while (head < tail && before[to] < 0) {
		int at = queue[head++];

		for (int i = 1; i <= NEW_SYN_RECV; i++) {
			/* through CLOSE a socket comes to nothing else */
			if (before[i] >= 0 || !one_step(at, i) ||
				(i == TCP_CLOSE && i != to))
				continue;
			before[i] = (int8_t)at;
			queue[tail++] = (uint8_t)i;
		}
	}
	if (before[to] < 0)
		return 0;
	for (int at = before[to]; at != from && n < PATH; at = before[at])
		between[n++] = (uint8_t)at;
	for (int i = 0; i < n / 2; i++) {
		uint8_t swap = between[i];

		between[i] = between[n - 1 - i];
		between[n - 1 - i] = swap;
	}
	return n;
}

/* Who spoke first had no listener before it: it was in CLOSE. */
static int beginning(const struct scene *s, uint32_t socket)
{
	const struct scene_socket *to = scene_socket(s, socket);
	size_t n;
	const uint32_t *frames = scene_flow_frames(s, to->flow, SCENE_NEVER,
		&n);

	return n && scene_frame(s, frames[0])->way == to->way ? TCP_CLOSE :
		GONE;
}

/* The states between the one before turn i and it. */
static int skipped(const struct scene *s, uint32_t socket,
	const uint32_t *turns, size_t i, uint8_t between[PATH])
{
	int from = i ? sample_at(s, turns[i - 1])->state :
		beginning(s, socket);
	int to = sample_at(s, turns[i])->state;

	return from == to || one_step(from, to) ? 0 :
		path_between(from, to, between);
}

/* Turn i and what was skipped before it, but for the first *leave of them. */
static struct scene_state *tell_turn(const struct scene *s, uint32_t socket,
	const uint32_t *turns, size_t i, size_t *leave, struct scene_state *to)
{
	const struct scene_sample *at = sample_at(s, turns[i]);
	uint8_t between[PATH];
	int steps = skipped(s, socket, turns, i, between);

	for (int k = 0; k <= steps; k++) {
		if (*leave) {
			--*leave;
			continue;
		}
		*to++ = (struct scene_state){
			.position = at->position,
			.state = k < steps ? between[k] : at->state,
			.inferred = k < steps,
		};
	}
	return to;
}

size_t scene_states(const struct scene *s, uint32_t socket, uint32_t position,
	struct scene_state *out, size_t max)
{
	const uint32_t *turns = socket_at(s, socket)->turns.at;
	size_t end = sockets_turns(s, socket, position), first, n = 0, leave;
	struct scene_state *to = out;
	uint8_t between[PATH];

	if (strcmp(scene_socket(s, socket)->protocol, "tcp"))
		return 0;
	if (end && sample_at(s, turns[end - 1])->state == GONE)
		end--; /* it comes last, and is no state */
	/* The newest: back until there are enough, then forward again. */
	for (first = end; first > 0 && n < max; n++) {
		first--;
		n += (size_t)skipped(s, socket, turns, first, between);
	}
	leave = n > max ? n - max : 0;
	for (size_t i = first; i < end; i++)
		to = tell_turn(s, socket, turns, i, &leave, to);
	return (size_t)(to - out);
}

bool scene_state_inferred(const struct scene *s, uint32_t socket,
	uint32_t position)
{
	const struct scene_sample *at = scene_socket_at(s, socket, position);
	const struct scene_sample *before;

	if (!at)
		return false;
	before = at->previous == SCENE_NONE ? NULL :
		sample_at(s, at->previous);
	return !one_step(before ? before->state : GONE, at->state);
}
