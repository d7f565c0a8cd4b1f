/* why_silence: the other end says nothing: bytes and probes without answer. */
#include <errno.h>
#include <stdio.h>

#include "scene/why_inside.h"

bool why_is_probe(struct question *q, uint32_t frame, uint32_t next)
{
	struct facts f;

	return frame != SCENE_NONE && why_facts(q, frame, &f) &&
		f.flags == FACTS_ACK && !f.payload_len && f.seq + 1 == next;
}

/* The first segment with bytes that the other side never acknowledged. */
static uint32_t unacknowledged(struct question *q)
{
	uint64_t acked = scene_acked_offset(q->s, q->socket, q->until);
	struct sought w = {.way = q->way, .data = true, .to = q->until};
	uint32_t i = why_frame_last(q, q->flow, &w), first = SCENE_NONE;

	while (i != SCENE_NONE && scene_frame(q->s, i)->stream +
		scene_frame(q->s, i)->len > (uint32_t)acked) {
		first = i;
		w.to = scene_frame(q->s, i)->position;
		i = why_frame_last(q, q->flow, &w);
	}
	return first;
}

static bool timed_out_with_data(struct question *q)
{
	struct sought w = {.way = q->way, .data = true};
	char value[64];
	uint32_t first, where;
	size_t n;

	if (q->flow == SCENE_NONE)
		return false;
	first = unacknowledged(q);
	if (first == SCENE_NONE)
		return false;
	w.from = scene_frame(q->s, first)->position;
	w.to = q->until;
	n = why_frames(q, q->flow, &w);
	say(q, w.from, _("Frame #%u bears bytes that %s never acknowledged; "
		"with its repeats they were sent %zu times."),
		why_number(q, first), q->peer == SCENE_NONE ? _("the other end")
		: why_host(q, why_as(q, q->peer)->host), n);
	why_say_lost(q, why_frame_last(q, q->flow, &w));
	if (why_option(q, q->socket, "TCP_USER_TIMEOUT", q->until, value,
		&where))
		say(q, where == SCENE_NONE ? q->c->entered : where,
			_("TCP_USER_TIMEOUT is %s: bytes may stay "
			  "unacknowledged no longer."), value);
	else
		say(q, q->until, _("After %s without an answer the kernel gave "
			"the connection up."), why_time(q, why_when(q,
			q->until) - why_when(q, w.from)));
	return true;
}

/* How many probes there were, of which the last is known: all have the number
 * of that one. */
static size_t probes(struct question *q, const struct sought *w,
	uint32_t last)
{
	struct sought older = *w;
	struct facts f;
	uint32_t next = why_facts(q, last, &f) ? f.seq + 1 : 0, i = last;
	size_t n = 0;

	for (; i != SCENE_NONE && n < 100; i = why_frame_last(q, q->flow,
		&older)) {
		n += why_is_probe(q, i, next);
		older.to = scene_frame(q->s, i)->position;
	}
	return n;
}

static bool timed_out_by_keepalive(struct question *q)
{
	struct sought w = {.way = q->way, .to = q->until,
		.without = FACTS_SYN | FACTS_FIN | FACTS_RST};
	struct sought heard = {.way = 1 - q->way, .arrived = true,
		.to = q->until};
	char value[64];
	uint32_t where = SCENE_NONE, last, probe;

	if (q->flow == SCENE_NONE || !why_option(q, q->socket, "SO_KEEPALIVE",
		q->until, value, &where))
		return false;
	last = why_frame_last(q, q->flow, &heard);
	w.from = last == SCENE_NONE ? 0 : why_arrived(q, last);
	probe = why_frame_last(q, q->flow, &w);
	if (probe == SCENE_NONE)
		return false;
	if (last != SCENE_NONE)
		say(q, w.from, _("Frame #%u was the last thing that came from "
			"the other end."), why_number(q, last));
	say(q, scene_frame(q->s, probe)->position,
		ngettext("SO_KEEPALIVE is on: %zu probe asked whether it is "
			 "still there, frame #%u. It was not answered.",
			 "SO_KEEPALIVE is on: %zu probes asked whether it is "
			 "still there, the last is frame #%u. None was "
			 "answered.", probes(q, &w, probe)),
		probes(q, &w, probe), why_number(q, probe));
	why_say_lost(q, probe);
	return true;
}

static bool timed_out(struct question *q)
{
	say(q, q->c->entered, _("The other end was silent for too long; which "
		"segment went unanswered was not seen."));
	return true;
}

const struct cause why_of_silence[] = {
	{"timed-out-with-data", WHY_CALL, ETIMEDOUT, timed_out_with_data},
	{"timed-out-by-keepalive", WHY_CALL, ETIMEDOUT,
		timed_out_by_keepalive},
	{"timed-out", WHY_CALL, ETIMEDOUT, timed_out},
	{0},
};
