/* frames: what was seen on the wire, and what became of it. */
#include "scene/inside.h"

#include <stdlib.h>

#include "packet/facts.h"

static struct scene_frame *frame_at(const struct scene *s, uint32_t i)
{
	return table_at(&s->frames, i);
}

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

/* The first fate is the comment: held, repeat of #4, dropped, cut, delayed
 * 2s; none: passed. */
static enum fate first_fate(const struct event *e, int64_t *of)
{
	struct told t;
	struct word w;

	*of = 0;
	if (!e->comment)
		return FATE_PASSED;
	t = (struct told){e->comment, e->comment + e->comment_len};
	w = told_word(&t);
	if (word_is(w, "held"))
		return FATE_HELD;
	if (word_is(w, "dropped") || word_is(w, "cut"))
		return FATE_DROPPED;
	if (word_is(w, "delayed"))
		return FATE_DELAYED;
	if (word_is(w, "repeat")) {
		told_word(&t);
		w = told_word(&t);
		if (word_cut(&w, "#") && word_number(w, of))
			return FATE_REPEAT;
	}
	return FATE_PASSED;
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

static bool is_cut(const struct event *e)
{
	return e->comment_len == 3 && memcmp(e->comment, "cut", 3) == 0;
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

static void note_wire(struct scene *s, const struct news *n,
	const struct scene_frame *f)
{
	switch ((enum fate)f->first_fate) {
	case FATE_HELD:
		note_hand(s, n->position, s->frames.n - 1, 1);
		break;
	case FATE_DROPPED:
		if (!is_cut(n->event))
			wire_dropped(s, n);
		break;
	case FATE_PASSED:
	case FATE_DELAYED:
	case FATE_ABSORBED:
	case FATE_REPEAT:
		break;
	}
}

void frames_frame(struct scene *s, const struct news *n)
{
	const struct event *e = n->event;
	const struct scene_take *t = marks_take(s);
	int host = s->host_of[e->host];
	uint32_t frame = s->frames.n, of;
	struct scene_frame *f;
	struct facts facts;
	uint64_t offset;
	int64_t number;
	int target;

	if (host < 0)
		return; /* the lines told of too many other hosts */
	facts_read_headers(&facts, e->data, e->len);
	target = scene_target(s, host, &facts);
	f = table_add(&s->frames);
	*f = (struct scene_frame){
		.position = n->position, .offset = e->offset,
		.number = frame - (t ? t->first_frame : 0) + 1,
		.host = (uint8_t)host,
		.target = target < 0 ? 0xff : (uint8_t)target,
		.first_fate = (uint8_t)first_fate(e, &number),
		.fated = SCENE_NEVER, .repeat_of = SCENE_NONE,
		.row = SCENE_NONE, .flow = SCENE_NONE,
		.flags = facts.flags, .len = facts.payload_len,
	};
	f->last_fate = f->first_fate;
	if (flows_segment(s, &facts, &f->flow, &f->way, &offset))
		f->stream = (uint32_t)offset;
	of = f->first_fate == FATE_REPEAT && number < f->number ?
		scene_frame_numbered(s, (uint32_t)number, s->now) : SCENE_NONE;
	if (of != SCENE_NONE) {
		f->repeat_of = of;
		f->row = frame_at(s, of)->row;
		add_repeat(s, n->position, of);
	} else {
		rows_frame(s, frame);
	}
	note_wire(s, n, f);
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

enum fate scene_frame_fate(const struct scene *s, uint32_t i,
	uint32_t position)
{
	const struct scene_frame *f = frame_at(s, i);
	uint32_t fate;

	if (f->fated == SCENE_NEVER)
		return f->first_fate;
	if (f->fated < position)
		return f->last_fate;
	/* A frame has few fates: held, delayed, passed. */
	fate = scene_fate_at(s, f->fated);
	while (fate != SCENE_NONE && fate_at(s, fate)->position >= position)
		fate = fate_at(s, fate)->previous;
	return fate == SCENE_NONE ? f->first_fate : fate_at(s, fate)->fate;
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
