/* why_state: why a socket is in the state it is in, and what ends it. */
#include <netinet/tcp.h>
#include <stdio.h>

#include "scene/why_inside.h"

static const struct scene_sample *in_state(const struct question *q, int state)
{
	const struct scene_sample *at = why_sample(q, q->socket);

	return why_is(q, q->socket, "tcp") && at && at->state == state ? at :
		NULL;
}

static uint32_t fin_of(struct question *q, int way, bool arrived)
{
	struct sought w = {.way = way, .with = FACTS_FIN, .arrived = arrived,
		.to = q->position};

	return q->flow == SCENE_NONE ? SCENE_NONE :
		why_frame_first(q, q->flow, &w);
}

static bool time_wait(struct question *q)
{
	const struct scene_sample *at = in_state(q, TCP_TIME_WAIT);
	uint32_t mine, others;
	int64_t left;

	if (!at)
		return false;
	mine = fin_of(q, q->way, false);
	others = fin_of(q, 1 - q->way, false);
	if (mine != SCENE_NONE)
		say(q, scene_frame(q->s, mine)->position,
			_("%s ended its sending first: frame #%u is its FIN. "
			  "TIME_WAIT belongs to who sends the first FIN."),
			why_host(q, q->host), why_number(q, mine));
	else
		say(q, at->position, _("%s closed first: TIME_WAIT belongs to "
			"who does."), why_host(q, q->host));
	if (mine != SCENE_NONE && others != SCENE_NONE &&
		scene_frame(q->s, others)->position <
		scene_frame(q->s, mine)->position)
		say(q, scene_frame(q->s, others)->position,
			_("The FIN of the other end, frame #%u, crossed it: "
			  "both closed at once, and both wait."),
			why_number(q, others));
	left = at->timer_ms * INT64_C(1000000) -
		(why_when(q, q->position - 1) - why_when(q, at->position));
	if (at->timer && left > 0)
		say(q, at->position, _("It goes by itself, in %s. No process "
			"has it any more, and nobody can close it."),
			why_time(q, left));
	say(q, at->position, _("It is there so that late segments of the old "
		"connection are not taken for those of a new one, and so that "
		"a lost last ACK can be sent again."));
	return true;
}

static bool close_wait(struct question *q)
{
	const struct scene_sample *at = in_state(q, TCP_CLOSE_WAIT);
	struct scene_socket is;
	uint32_t others;

	if (!at)
		return false;
	others = fin_of(q, 1 - q->way, true);
	if (others != SCENE_NONE)
		say(q, scene_frame(q->s, others)->position,
			_("Frame #%u, a FIN, said that the other end sends "
			  "nothing more."), why_number(q, others));
	if (scene_socket_then(q->s, q->socket, q->position, &is) &&
		is.actor != 0xffff)
		say(q, at->position, _("%s has not closed the %s yet: the "
			"state has no clock, and lasts until it does."),
			why_lane(q, is.actor), why_socket(q, q->socket));
	return true;
}

static bool fin_wait(struct question *q)
{
	const struct scene_sample *at = in_state(q, TCP_FIN_WAIT1);
	uint32_t mine = fin_of(q, q->way, false);
	bool acked = false;

	if (!at) {
		at = in_state(q, TCP_FIN_WAIT2);
		acked = true;
	}
	if (!at)
		return false;
	if (mine != SCENE_NONE)
		say(q, scene_frame(q->s, mine)->position,
			_("%s sends nothing more: frame #%u is its FIN."),
			why_host(q, q->host), why_number(q, mine));
	if (mine != SCENE_NONE)
		why_say_who_ended(q, q->socket,
			scene_frame(q->s, mine)->position + 1);
	if (acked)
		say(q, at->position, _("It is acknowledged; the other end has "
			"sent no FIN yet."));
	else if (mine == SCENE_NONE || !why_say_lost(q, mine))
		say(q, at->position, _("Its acknowledgement has not come "
			"yet."));
	return true;
}

static bool last_ack(struct question *q)
{
	const struct scene_sample *at = in_state(q, TCP_LAST_ACK);
	uint32_t mine = fin_of(q, q->way, false);

	if (!at)
		return false;
	say(q, at->position, _("The other end closed first, this one second: "
		"only the acknowledgement of its FIN is missing."));
	why_say_lost(q, mine);
	return true;
}

static bool syn_sent(struct question *q)
{
	const struct scene_sample *at = in_state(q, TCP_SYN_SENT);
	struct sought w = {.way = q->way, .with = FACTS_SYN,
		.to = q->position};
	uint32_t syn;

	if (!at || q->flow == SCENE_NONE)
		return false;
	syn = why_frame_last(q, q->flow, &w);
	if (syn == SCENE_NONE)
		return false;
	say(q, scene_frame(q->s, syn)->position,
		_("Frame #%u, its SYN, has no answer yet; %zu were sent."),
		why_number(q, syn), why_frames(q, q->flow, &w));
	if (!why_say_lost(q, syn)) {
		w = (struct sought){.way = 1 - q->way, .with = FACTS_SYN,
			.to = q->position};
		why_say_lost(q, why_frame_last(q, q->flow, &w));
	}
	return true;
}

static bool syn_received(struct question *q)
{
	const struct scene_sample *at = in_state(q, TCP_SYN_RECV);
	struct sought w = {.way = q->way, .with = FACTS_SYN,
		.to = q->position};
	uint32_t answer, third;

	if (!at || q->flow == SCENE_NONE)
		return false;
	answer = why_frame_last(q, q->flow, &w);
	say(q, at->position, _("A SYN came and was answered; the third part of "
		"the handshake, an ACK, has not arrived."));
	if (answer != SCENE_NONE && why_say_lost(q, answer))
		return true;
	w = (struct sought){.way = 1 - q->way, .with = FACTS_ACK,
		.to = q->position};
	third = why_frame_last(q, q->flow, &w);
	why_say_lost(q, third);
	return true;
}

static bool queue_full(struct question *q)
{
	const struct scene_sample *at = in_state(q, TCP_LISTEN);

	if (!at || at->receive_queue <= at->send_queue)
		return false;
	say(q, at->position, _("%u connections lie in its queue, its backlog "
		"is %u: it is full, for one more than the backlog fits in."),
		at->receive_queue, at->send_queue);
	say(q, at->position, _("accept makes room; until then its kernel lets "
		"further SYNs fall."));
	return true;
}

const struct cause why_of_state[] = {
	{"time-wait", WHY_SOCKET, 0, time_wait},
	{"close-wait", WHY_SOCKET, 0, close_wait},
	{"fin-wait", WHY_SOCKET, 0, fin_wait},
	{"last-ack", WHY_SOCKET, 0, last_ack},
	{"syn-sent", WHY_SOCKET, 0, syn_sent},
	{"syn-received", WHY_SOCKET, 0, syn_received},
	{"queue-full", WHY_SOCKET, 0, queue_full},
	{0},
};
