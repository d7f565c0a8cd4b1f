/* frames: what was seen on the wire, and what became of it. */
#include "scene/inside.h"

#include <netinet/in.h>
#include <stdlib.h>

#include "packet/facts.h"

static struct fated *fate_at(const struct scene *s, uint32_t i)
{
	return table_at(&s->fates, i);
}

/* ---- seen ---- */

uint32_t scene_frame_numbered(const struct scene *s, uint32_t number,
	uint32_t position)
{
	const struct scene_take *t = scene_take(s, position), *next;
	uint32_t first = t ? t->first_frame : 0, end = s->frames.n;

	next = t ? scene_take_after(s, t) : s->takes.n ?
		table_at(&s->takes, 0) : NULL;
	if (next)
		end = next->first_frame;
	if (number == 0 || number > end - first)
		return SCENE_NONE;
	return first + number - 1;
}

static void add_repeat(struct scene *s, uint32_t position, uint32_t of)
{
	uint32_t i = map_get(&s->repeats_of, of);

	if (i == MAP_NONE) {
		table_add(&s->repeats);
		i = s->repeats.n - 1;
		map_set(&s->repeats_of, of, i);
	}
	list_add(table_at(&s->repeats, i), position);
}

/* The hand changed by a frame whose fate is known by now. Each frame is stepped
 * over once, unless one before it is held late. */
static void note_hand(struct scene *s, uint32_t position, uint32_t frame,
	int change)
{
	const struct scene_take *t = marks_take(s);

	if (t && s->held_from < t->first_frame)
		s->held_from = t->first_frame;
	if (change > 0 && frame < s->held_from)
		s->held_from = frame;
	while (s->held_from < s->frames.n &&
		frame_at(s, s->held_from)->last_fate != FATE_HELD)
		s->held_from++;
	wire_in_hand(s, position, change, s->held_from < s->frames.n ?
		frame_at(s, s->held_from)->number : 0);
}

/* What a comment names by its number, when it was seen before. */
static uint32_t named_before(const struct scene *s, int64_t number,
	uint32_t than)
{
	return number > 0 && number < than ?
		scene_frame_numbered(s, (uint32_t)number, s->now) : SCENE_NONE;
}

/* Which conversation it belongs to, and where its bytes lie. What we changed
 * at will lies where the frame lay of which it was made. */
static void place_frame(struct scene *s, uint32_t frame,
	const struct facts *facts, const struct event *e)
{
	struct scene_frame *f = frame_at(s, frame);
	const struct scene_frame *of;
	uint64_t offset = 0;

	if (f->made_of != SCENE_NONE && (f->made == MADE_DUPLICATE ||
		f->made == MADE_CORRUPT)) {
		of = frame_at(s, f->made_of);
		f->flow = of->flow;
		f->way = of->way;
		f->stream = of->stream;
	} else if (flows_segment(s, facts, &f->flow, &f->way, &offset)) {
		f->stream = (uint32_t)offset;
		if (facts->protocol == IPPROTO_UDP && f->made == MADE_NOT)
			streams_datagram(s, frame);
		if (facts->protocol == IPPROTO_TCP && f->made == MADE_NOT)
			f->again = again_segment(s, frame, facts);
	} else {
		flows_error(s, facts, e, &f->flow, &f->way);
	}
	if (f->flow != SCENE_NONE)
		flows_add_frame(s, f->flow, frame);
}

static uint32_t add_frame(struct scene *s, const struct news *n, int host,
	const struct facts *facts, const struct comment *c)
{
	const struct scene_take *t = marks_take(s);
	uint32_t frame = s->frames.n;
	struct scene_frame *f = table_add(&s->frames);
	int target = scene_target(s, host, facts);

	*f = (struct scene_frame){
		.position = n->position, .offset = n->event->offset,
		.number = frame - (t ? t->first_frame : 0) + 1,
		.host = (uint8_t)host,
		.target = target < 0 ? 0xff : (uint8_t)target,
		.first_fate = (uint8_t)c->fate, .last_fate = (uint8_t)c->fate,
		.fated = SCENE_NEVER, .row = SCENE_NONE, .flow = SCENE_NONE,
		.again = SCENE_NONE,
		.flags = facts->flags, .len = facts->payload_len,
		.made = (uint8_t)c->made, .rule = (uint32_t)c->rule,
	};
	f->made_of = named_before(s, c->made_of, f->number);
	f->repeat_of = c->fate == FATE_REPEAT ?
		named_before(s, c->of, f->number) : SCENE_NONE;
	return frame;
}

void frames_frame(struct scene *s, const struct news *n)
{
	const struct event *e = n->event;
	int host = s->host_of[e->host];
	struct scene_frame *f;
	struct facts facts;
	struct comment c;
	uint32_t frame;

	if (host < 0)
		return; /* the lines told of too many other hosts */
	facts_read_headers(&facts, e->data, e->len);
	comment_read(&c, e);
	frame = add_frame(s, n, host, &facts, &c);
	f = frame_at(s, frame);
	place_frame(s, frame, &facts, e);
	if (f->repeat_of != SCENE_NONE) {
		f->row = frame_at(s, f->repeat_of)->row;
		add_repeat(s, n->position, f->repeat_of);
	} else {
		rows_frame(s, frame);
	}
	if (f->first_fate == FATE_HELD)
		note_hand(s, n->position, frame, 1);
	if (e->comment)
		rules_met(s, n, frame, &c);
	if (f->first_fate == FATE_PASSED)
		flows_arrived(s, n->position, frame, &facts);
}

/* ---- later ---- */

void frames_fate(struct scene *s, const struct news *n, int64_t number,
	enum fate fate)
{
	uint32_t frame = number > 0 && number < SCENE_NEVER ?
		scene_frame_numbered(s, (uint32_t)number, s->now) : SCENE_NONE;
	struct scene_frame *f;
	struct fated *to;
	struct event e;
	struct facts facts;
	bool was_held;

	if (frame == SCENE_NONE)
		return;
	f = frame_at(s, frame);
	to = table_add(&s->fates);
	*to = (struct fated){n->position, frame, SCENE_NONE, (uint8_t)fate};
	if (f->fated != SCENE_NEVER)
		to->previous = scene_fate_at(s, f->fated);
	was_held = f->last_fate == FATE_HELD;
	f->last_fate = (uint8_t)fate;
	f->fated = n->position;
	if (was_held != (fate == FATE_HELD))
		note_hand(s, n->position, frame, was_held ? -1 : 1);
	if (f->repeat_of == SCENE_NONE && fate != FATE_ABSORBED)
		rows_fate(s, s->fates.n - 1);
	if (fate == FATE_PASSED && scene_frame_bytes(s, frame, &e)) {
		facts_read_headers(&facts, e.data, e.len);
		flows_arrived(s, n->position, frame, &facts);
	}
}

/* ---- queries ---- */

size_t scene_frames(const struct scene *s)
{
	return s->frames.n;
}

const struct scene_frame *scene_frame(const struct scene *s, uint32_t i)
{
	return frame_at(s, i);
}

static uint32_t position_of_fate(const void *member, const void *arg)
{
	(void)arg;
	return ((const struct fated *)member)->position;
}

/* The fate that came at exactly this position. */
uint32_t scene_fate_at(const struct scene *s, uint32_t position)
{
	return table_below(&s->fates, position_of_fate, NULL, position);
}

/* The fate that was the last before a position, SCENE_NONE: the first one. */
static uint32_t fate_before(const struct scene *s, uint32_t i,
	uint32_t position)
{
	const struct scene_frame *f = frame_at(s, i);
	uint32_t fate = f->fated == SCENE_NEVER ? SCENE_NONE :
		scene_fate_at(s, f->fated);

	/* A frame has few fates: held, delayed, passed. */
	while (fate != SCENE_NONE && fate_at(s, fate)->position >= position)
		fate = fate_at(s, fate)->previous;
	return fate;
}

enum fate scene_frame_fate(const struct scene *s, uint32_t i,
	uint32_t position)
{
	const struct scene_frame *f = frame_at(s, i);
	uint32_t fate;

	if (f->fated == SCENE_NEVER)
		return f->first_fate;
	if (f->fated < position)
		return f->last_fate;
	fate = fate_before(s, i, position);
	return fate == SCENE_NONE ? f->first_fate : fate_at(s, fate)->fate;
}

uint32_t scene_frame_fated(const struct scene *s, uint32_t i,
	uint32_t position)
{
	uint32_t fate = fate_before(s, i, position);

	return fate == SCENE_NONE ? frame_at(s, i)->position :
		fate_at(s, fate)->position;
}

uint32_t scene_frame_repeats(const struct scene *s, uint32_t i,
	uint32_t position)
{
	uint32_t at = map_get(&s->repeats_of, i);

	return at == MAP_NONE ? 0 :
		(uint32_t)list_below(table_at(&s->repeats, at), position);
}

bool scene_frame_bytes(struct scene *s, uint32_t i, struct event *out)
{
	return journal_read(s->view, frame_at(s, i)->offset, out) == 1;
}
