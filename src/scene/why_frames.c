/* why_frames: the frames near an event, what became of them, and how far a
 * stream has come by them. */
#include <netinet/in.h>
#include <stdio.h>

#include "scene/why_inside.h"

static uint32_t position_of_frame(const void *member, const void *arg)
{
	(void)arg;
	return ((const struct scene_frame *)member)->position;
}

bool why_facts(struct question *q, uint32_t frame, struct facts *out)
{
	struct event e;

	if (frame == SCENE_NONE || !scene_frame_bytes(q->s, frame, &e))
		return false;
	facts_read_headers(out, e.data, e.len);
	return true;
}

uint32_t why_arrived(const struct question *q, uint32_t frame)
{
	return scene_frame_fate(q->s, frame, q->position) == FATE_PASSED ?
		scene_frame_fated(q->s, frame, q->position) : SCENE_NEVER;
}

static bool is_sought(const struct question *q, uint32_t frame,
	const struct sought *w)
{
	const struct scene_frame *f = scene_frame(q->s, frame);
	uint32_t at = f->position;

	if (w->arrived)
		at = why_arrived(q, frame);
	return at >= w->from && at < w->to && at < q->position &&
		(w->way < 0 || f->way == w->way) &&
		(f->flags & w->with) == w->with && !(f->flags & w->without) &&
		(!w->data || f->len);
}

static const uint32_t *near_frames(const struct question *q, uint32_t flow,
	size_t *from, size_t *n)
{
	const uint32_t *frames = scene_flow_frames(q->s, flow, q->position, n);

	*from = *n > WHY_LOOK ? *n - WHY_LOOK : 0;
	return frames;
}

uint32_t why_frame_last(const struct question *q, uint32_t flow,
	const struct sought *w)
{
	size_t n, from;
	const uint32_t *frames = near_frames(q, flow, &from, &n);

	while (n-- > from)
		if (is_sought(q, frames[n], w))
			return frames[n];
	return SCENE_NONE;
}

uint32_t why_frame_first(const struct question *q, uint32_t flow,
	const struct sought *w)
{
	size_t n, from;
	const uint32_t *frames = near_frames(q, flow, &from, &n);

	for (; from < n; from++)
		if (is_sought(q, frames[from], w))
			return frames[from];
	return SCENE_NONE;
}

size_t why_frames(const struct question *q, uint32_t flow,
	const struct sought *w)
{
	size_t n, from, found = 0;
	const uint32_t *frames = near_frames(q, flow, &from, &n);

	for (; from < n; from++)
		found += is_sought(q, frames[from], w);
	return found;
}

uint32_t why_number(const struct question *q, uint32_t frame)
{
	return scene_frame(q->s, frame)->number;
}

int64_t why_when(struct question *q, uint32_t position)
{
	struct event e;

	return scene_event(q->s, position, &e) ? e.time : 0;
}

/* The order of the rule that decided its fate, or NULL: a rule decides the
 * first one; the later ones came by hand. */
static const char *by_rule(struct question *q, const struct scene_frame *f,
	uint32_t fated)
{
	const char *order = scene_rule_order(q->s, f->rule, q->position);

	return f->rule && *order && fated == f->position ? order : NULL;
}

static void say_dropped(struct question *q, const struct scene_frame *f,
	uint32_t at)
{
	const char *order = by_rule(q, f, at);
	struct scene_wire w;

	scene_wire(q->s, at, &w);
	if (w.cut)
		say(q, at, _("The wire is cut: frame #%u did not arrive."),
			f->number);
	else if (order)
		say(q, at, _("Rule %u of the wire, \"%s\", dropped frame "
			"#%u."), f->rule, order, f->number);
	else
		say(q, at, _("Frame #%u was dropped on the wire."), f->number);
}

static void say_delayed(struct question *q, const struct scene_frame *f,
	uint32_t at)
{
	const char *order = by_rule(q, f, at);

	if (order)
		say(q, at, _("Rule %u of the wire, \"%s\", delays frame #%u."),
			f->rule, order, f->number);
	else
		say(q, at, _("Frame #%u is delayed on the wire."), f->number);
}

/* A kernel throws away what was changed on the wire and does not add up. */
bool why_adds_up(const struct question *q, uint32_t frame)
{
	struct event e;
	struct facts f;

	if (scene_frame(q->s, frame)->made != MADE_CORRUPT ||
		!scene_frame_bytes(q->s, frame, &e))
		return true;
	facts_read(&f, e.data, e.len);
	return !f.bad_ip_sum && !(f.sum_known && f.bad_sum);
}

bool why_is_lost(const struct question *q, uint32_t frame)
{
	switch (scene_frame_fate(q->s, frame, q->position)) {
	case FATE_HELD:
	case FATE_DELAYED:
	case FATE_DROPPED:
	case FATE_REPEAT:
		return true;
	case FATE_PASSED:
		return !why_adds_up(q, frame);
	case FATE_ABSORBED:
	case FATE_REPLACED:
		break;
	}
	return false;
}

bool why_say_lost(struct question *q, uint32_t frame)
{
	const struct scene_frame *f;
	uint32_t at;

	if (frame == SCENE_NONE || !why_is_lost(q, frame))
		return false;
	f = scene_frame(q->s, frame);
	at = scene_frame_fated(q->s, frame, q->position);
	switch (scene_frame_fate(q->s, frame, q->position)) {
	case FATE_HELD:
		say(q, at, _("Frame #%u is held on the wire; pass #%u lets it "
			"go."), f->number, f->number);
		break;
	case FATE_REPEAT:
		say(q, at, _("Frame #%u repeats one that is held on the "
			"wire."), f->number);
		break;
	case FATE_DELAYED:
		say_delayed(q, f, at);
		break;
	case FATE_DROPPED:
		say_dropped(q, f, at);
		break;
	case FATE_PASSED: /* lost all the same: it does not add up */
		say(q, at, _("Frame #%u was changed on the wire, and its "
			"checksum does not fit: the kernel it reached threw "
			"it away."), f->number);
		break;
	case FATE_ABSORBED:
	case FATE_REPLACED:
		break;
	}
	return true;
}

void why_say_hole(struct question *q, const struct received *r)
{
	say(q, why_arrived(q, r->beyond), _("Frame #%u has arrived, but bytes "
		"before it are missing: TCP gives none out of order."),
		why_number(q, r->beyond));
	if (r->missing == SCENE_NONE)
		return;
	say(q, scene_frame(q->s, r->missing)->position,
		_("They are in frame #%u."), why_number(q, r->missing));
	why_say_lost(q, r->missing);
}

uint32_t why_datagram(struct question *q, uint32_t i, int host, int port,
	struct facts *f)
{
	if (i == SCENE_NONE)
		i = table_below(&q->s->frames, position_of_frame, NULL,
			q->position);
	for (int look = 0; i-- > 0 && look < WHY_LOOK; look++) {
		const struct scene_frame *frame = scene_frame(q->s, i);

		if (frame->target == host && !frame->flags &&
			why_facts(q, i, f) && f->protocol == IPPROTO_UDP &&
			f->target_port == port)
			return i;
	}
	return SCENE_NONE;
}

/* ---- streams ---- */

/* The position at which its bytes could be taken in; SCENE_NEVER. */
static uint32_t taken_in(const struct question *q, uint32_t frame)
{
	return why_adds_up(q, frame) ? why_arrived(q, frame) : SCENE_NEVER;
}

static bool covers(const struct scene_frame *f, uint64_t end)
{
	return f->len && (int32_t)(f->stream - (uint32_t)end) <= 0 &&
		(int32_t)(f->stream + f->len - (uint32_t)end) > 0;
}

void why_received(struct question *q, uint32_t flow, int way, uint64_t offset,
	uint32_t until, struct received *r)
{
	size_t n, from;
	const uint32_t *frames = scene_flow_frames(q->s, flow, until, &n);
	bool grew = true;

	*r = (struct received){offset, SCENE_NONE, SCENE_NONE};
	from = n > 256 ? n - 256 : 0;
	while (grew) {
		grew = false;
		for (size_t i = from; i < n; i++) {
			const struct scene_frame *f = scene_frame(q->s,
				frames[i]);

			if (f->way != way || !covers(f, r->end) ||
				taken_in(q, frames[i]) >= until)
				continue;
			r->end += f->stream + f->len - (uint32_t)r->end;
			grew = true;
		}
	}
	for (size_t i = from; i < n; i++) {
		const struct scene_frame *f = scene_frame(q->s, frames[i]);

		if (f->way != way || !f->len || scene_frame_fate(q->s,
			frames[i], until) == FATE_REPLACED)
			continue;
		if (taken_in(q, frames[i]) < until) {
			if ((int32_t)(f->stream - (uint32_t)r->end) > 0)
				r->beyond = frames[i];
		} else if (covers(f, r->end) && r->missing == SCENE_NONE) {
			r->missing = frames[i];
		}
	}
}

uint32_t why_reset(struct question *q)
{
	struct sought w = {.way = 1 - q->way, .with = FACTS_RST,
		.arrived = true, .to = q->until};

	return why_frame_last(q, q->flow, &w);
}
