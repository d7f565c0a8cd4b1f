/* wire: the orders it was given, and what lies in our hand. */
#include "scene/inside.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "packet/filter.h"

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

static void forget_rule(struct scene *s, size_t i)
{
	struct rule *r = s->rule + i;

	filter_free(r->filter);
	free(r->text);
	memmove(r, r + 1, (--s->rules - i) * sizeof(*r));
}

static void forget_rules(struct scene *s)
{
	while (s->rules)
		forget_rule(s, s->rules - 1);
}

void wire_new_take(struct scene *s, const struct news *n)
{
	struct wire_mark *m = add_mark(s, n->position);

	forget_rules(s);
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

/* ---- rules ---- */

/* NULL when every frame matches. */
static struct filter *compile(const struct scene *s, const char *text)
{
	struct filter_name names[SCENE_HOSTS + 1] = {0};
	char address[SCENE_HOSTS][2][46];
	struct filter *f = NULL;

	for (int i = 0; i < s->hosts; i++) {
		const struct host *h = s->host + i;

		names[i].name = h->name;
		names[i].ipv4 = marks_address(h, 0, address[i][0]);
		names[i].ipv6 = marks_address(h, 1, address[i][1]);
	}
	if (!*text || filter_compile(&f, text, names, NULL) < 0)
		return NULL;
	return f;
}

/* The wire keeps its rules in wire/rules.c: what holds there holds here. */
static void add_rule(struct scene *s, const struct wire_order *w)
{
	const char *text = w->filter ? w->filter : "";
	bool delays = w->verb == WIRE_DELAY;
	struct rule *r;

	for (size_t i = s->rules; !w->next && i-- > 0; ) {
		r = s->rule + i;
		if (r->left < 0 && r->delays == delays &&
			strcmp(r->text, text) == 0)
			forget_rule(s, i);
	}
	s->rule = mem_grow(s->rule, &s->rule_cap, s->rules + 1,
		sizeof(*s->rule));
	r = s->rule + s->rules++;
	*r = (struct rule){
		.text = mem_string(text), .filter = compile(s, text),
		.left = -1, .delays = delays,
	};
	if (w->next)
		r->left = w->count > 0 ? w->count : 1;
}

/* A frame was dropped, not because the wire is cut: the newest rule that
 * matches did it. A rule for the next N frames may be used up by it. */
void wire_dropped(struct scene *s, const struct news *n)
{
	const struct event *e = n->event;

	for (size_t i = s->rules; i-- > 0; ) {
		struct rule *r = s->rule + i;

		if (r->delays || (r->filter &&
			!filter_match(r->filter, e->data, e->len)))
			continue;
		if (r->left < 0 || --r->left > 0)
			return;
		forget_rule(s, i);
		add_mark(s, n->position)->rules = (uint32_t)s->rules;
		return;
	}
}

/* ---- lines ---- */

static void obey(struct scene *s, struct wire_mark *m,
	const struct wire_order *w)
{
	switch (w->verb) {
	case WIRE_FLOW:
		m->holds = false;
		break;
	case WIRE_HOLD:
		m->holds = true;
		break;
	case WIRE_PASS:
		break;
	case WIRE_DROP:
		if (w->next || (w->frame == 0 && w->count == 0 && w->filter &&
			*w->filter))
			add_rule(s, w);
		break;
	case WIRE_DELAY:
		add_rule(s, w);
		break;
	case WIRE_CUT:
		m->cut = true;
		break;
	case WIRE_MEND:
		m->cut = false;
		forget_rules(s);
		break;
	}
	m->rules = (uint32_t)s->rules;
}

/* pass, drop #4, drop all: what came of it has rows of its own. */
static bool is_about_frames_in_hand(const struct wire_order *w)
{
	return w->verb == WIRE_PASS || (w->verb == WIRE_DROP && !w->next &&
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
		obey(s, m, &l.wire);
		order = table_add(&s->orders);
		buf_add(&b, text.at, (size_t)(text.end - text.at));
		*order = mem_string(buf_str(&b));
		buf_done(&b);
		m->order = s->orders.n - 1;
		if (!is_about_frames_in_hand(&l.wire))
			rows_told(s, n->position, -1);
	}
	line_done(&l);
}

/* passed #5 | dropped #5 | absorbed #6 of #5; all else is an order. */
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
	forget_rules(s);
	free(s->rule);
	for (uint32_t i = 0; i < s->orders.n; i++)
		free(*(char **)table_at(&s->orders, i));
	table_done(&s->orders);
	table_done(&s->wires);
}
