/* wire: the orders it was given, and what lies in our hand. */
#include "scene/inside.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"

/* ---- the history ---- */

static struct wire_mark *newest(const struct scene *s)
{
	return s->wires.n ? table_at(&s->wires, s->wires.n - 1) : NULL;
}

/* What holds from a position on, to be changed by the caller. */
static struct wire_mark *add_mark(struct scene *s, uint32_t position)
{
	const struct wire_mark *last = newest(s);
	struct wire_mark *m;

	if (last && last->position == position)
		return newest(s);
	m = table_add(&s->wires);
	if (last)
		*m = *last;
	else
		m->order = SCENE_NONE;
	m->position = position;
	return m;
}

void wire_new_take(struct scene *s, const struct news *n)
{
	struct wire_mark *m = add_mark(s, n->position);

	rules_new_take(s);
	*m = (struct wire_mark){.position = n->position, .order = SCENE_NONE};
}

void wire_in_hand(struct scene *s, uint32_t position, int change,
	uint32_t oldest)
{
	struct wire_mark *m = add_mark(s, position);

	if (change > 0)
		m->held++;
	else if (m->held)
		m->held--;
	m->oldest = oldest;
}

void wire_rules(struct scene *s, uint32_t position, uint32_t rules)
{
	add_mark(s, position)->rules = rules;
}

/* ---- lines ---- */

/* What holds on the wire besides its rules. */
static void obey(struct wire_mark *m, const struct wire_order *w)
{
	switch (w->verb) {
	case WIRE_FLOW:
		m->holds = false;
		break;
	case WIRE_HOLD:
		m->holds = true;
		break;
	case WIRE_CUT:
		m->cut = true;
		break;
	case WIRE_MEND:
		if (!w->number)
			m->cut = false;
		break;
	case WIRE_PASS:
	case WIRE_DROP:
	case WIRE_DELAY:
	case WIRE_VANISH:
	case WIRE_RESET:
	case WIRE_DUPLICATE:
	case WIRE_SWAP:
	case WIRE_LOSS:
	case WIRE_RATE:
	case WIRE_CORRUPT:
	case WIRE_SPLIT:
	case WIRE_MTU:
		break;
	}
}

/* pass, drop #4, split #4 3: what came of it has rows of its own. */
static bool is_about_frames_in_hand(const struct wire_order *w)
{
	return w->in_hand || w->verb == WIRE_PASS ||
		(w->verb == WIRE_DROP && !w->next &&
		(!w->filter || !w->filter[0]));
}

static void take_order(struct scene *s, const struct news *n,
	struct told text)
{
	struct line l = {0};
	struct wire_mark *m;
	struct buf b = {0};
	char **order;

	if (line_parse(&l, (const char *)n->event->data, n->event->len, NULL,
		NULL, NULL) == 0 && l.kind == LINE_WIRE) {
		m = add_mark(s, n->position);
		obey(m, &l.wire);
		order = table_add(&s->orders);
		buf_add(&b, text.at, (size_t)(text.end - text.at));
		*order = mem_string(buf_str(&b));
		buf_done(&b);
		m->order = s->orders.n - 1;
		rules_order(s, n->position, &l.wire, *order);
		if (!is_about_frames_in_hand(&l.wire))
			rows_told(s, n->position, -1);
	}
	line_done(&l);
}

/* passed #5 | dropped #5 | absorbed #6 of #5 | replaced #4 by #9; all else is
 * an order. */
void wire_line(struct scene *s, const struct news *n, struct told rest)
{
	struct told text = rest;
	struct word verb = told_word(&rest), frame = told_word(&rest);
	int64_t number;
	bool numbered = word_cut(&frame, "#") && word_number(frame, &number);

	if (word_is(verb, "passed") && numbered)
		frames_fate(s, n, number, FATE_PASSED);
	else if (word_is(verb, "dropped") && numbered)
		frames_fate(s, n, number, FATE_DROPPED);
	else if (word_is(verb, "absorbed") && numbered)
		frames_fate(s, n, number, FATE_ABSORBED);
	else if (word_is(verb, "delayed") && numbered)
		frames_fate(s, n, number, FATE_DELAYED);
	else if (word_is(verb, "held") && numbered)
		frames_fate(s, n, number, FATE_HELD);
	else if (word_is(verb, "replaced") && numbered)
		frames_fate(s, n, number, FATE_REPLACED);
	else
		take_order(s, n, text);
}

/* ---- queries ---- */

static uint32_t position_of_mark(const void *member, const void *arg)
{
	(void)arg;
	return ((const struct wire_mark *)member)->position;
}

void scene_wire(const struct scene *s, uint32_t position,
	struct scene_wire *out)
{
	uint32_t n = table_below(&s->wires, position_of_mark, NULL, position);
	const struct wire_mark *m = n ? table_at(&s->wires, n - 1) : NULL;

	*out = (struct scene_wire){.order = ""};
	if (!m)
		return;
	out->holds = m->holds;
	out->cut = m->cut;
	out->held = m->held;
	out->oldest = m->oldest;
	out->rules = m->rules;
	if (m->order != SCENE_NONE)
		out->order = *(char **)table_at(&s->orders, m->order);
}

void wire_free(struct scene *s)
{
	rules_done(s);
	for (uint32_t i = 0; i < s->orders.n; i++)
		free(*(char **)table_at(&s->orders, i));
	table_done(&s->orders);
	table_done(&s->wires);
}
