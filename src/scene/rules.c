/*
 * rules: the wire's rules, as the journal tells of them.
 *
 * wire/rules.c keeps them for the wire itself: what holds there holds here. A
 * rule has a number, from 1 in each take. None is forgotten: it has a position
 * at which it ended.
 */
#include "scene/inside.h"

#include <stdlib.h>

#include "base/mem.h"
#include "packet/filter.h"

static struct rule *rule_at(const struct scene *s, uint32_t i)
{
	return table_at(&s->rules, i);
}

static void free_rule(struct rule *r)
{
	filter_free(r->compiled);
	free(r->met.at);
	free(r->order);
	free(r->filter);
}

/* Those in force now, for the header's count: that the wire holds, or is cut,
 * it says anyway. */
static void count_rules(struct scene *s, uint32_t position)
{
	uint32_t n = 0;

	while (s->first_old < s->rules.n &&
		rule_at(s, s->first_old)->ended != SCENE_NEVER)
		s->first_old++;
	for (uint32_t i = s->first_old; i < s->rules.n; i++)
		n += rule_at(s, i)->ended == SCENE_NEVER &&
			rule_at(s, i)->verb != WIRE_HOLD &&
			rule_at(s, i)->verb != WIRE_CUT;
	wire_rules(s, position, n);
}

/* Rules of a take end with it. */
void rules_new_take(struct scene *s)
{
	s->first_rule = s->first_old = s->rules.n;
}

/* ---- orders ---- */

/* What makes a rule for frames to come, and whether `mend` ends that. */
static bool makes_rule(const struct wire_order *w, bool *mends)
{
	bool filtered = w->filter && *w->filter;

	*mends = true;
	switch (w->verb) {
	case WIRE_HOLD:
		*mends = false;
		return true;
	case WIRE_CUT:
	case WIRE_VANISH:
	case WIRE_LOSS:
	case WIRE_RATE:
	case WIRE_MTU:
		return true;
	case WIRE_DROP:
		return w->next || (filtered && w->frame == 0 && w->count == 0);
	case WIRE_DELAY:
	case WIRE_DUPLICATE:
	case WIRE_SWAP:
	case WIRE_CORRUPT:
	case WIRE_SPLIT:
		return !w->in_hand;
	case WIRE_FLOW:
	case WIRE_PASS:
	case WIRE_MEND:
	case WIRE_RESET:
		return false;
	}
	return false;
}

/* The same said again: what it said before ends. */
static bool is_same(const struct rule *r, const struct wire_order *w,
	const char *order)
{
	if (r->verb != w->verb || r->count >= 0 || w->next)
		return false;
	return w->verb == WIRE_VANISH ? strcmp(r->order, order) == 0 :
		strcmp(r->filter, w->filter ? w->filter : "") == 0;
}

static void end_rules(struct scene *s, uint32_t position,
	bool (*ends)(const struct rule *r, const struct wire_order *w,
		const char *order), const struct wire_order *w,
	const char *order)
{
	for (uint32_t i = s->first_old; i < s->rules.n; i++) {
		struct rule *r = rule_at(s, i);

		if (r->ended == SCENE_NEVER && ends(r, w, order))
			r->ended = position;
	}
}

static bool ends_by_flow(const struct rule *r, const struct wire_order *w,
	const char *order)
{
	(void)w;
	(void)order;
	return r->verb == WIRE_HOLD;
}

static bool ends_by_mend(const struct rule *r, const struct wire_order *w,
	const char *order)
{
	(void)order;
	return w->number ? r->number == w->number : r->mends;
}

static void add_rule(struct scene *s, uint32_t position,
	const struct wire_order *w, const char *order, bool mends)
{
	struct rule *r = table_add(&s->rules);

	*r = (struct rule){
		.number = s->rules.n - s->first_rule, .position = position,
		.ended = SCENE_NEVER, .last = SCENE_NONE, .count = -1,
		.verb = w->verb, .order = mem_string(order),
		.filter = mem_string(w->filter ? w->filter : ""),
		.mends = mends,
	};
	if (w->next)
		r->count = w->count > 0 ? w->count : 1;
}

void rules_order(struct scene *s, uint32_t position,
	const struct wire_order *w, const char *order)
{
	bool mends;

	if (makes_rule(w, &mends)) {
		end_rules(s, position, is_same, w, order);
		add_rule(s, position, w, order, mends);
	} else if (w->verb == WIRE_FLOW) {
		end_rules(s, position, ends_by_flow, w, order);
	} else if (w->verb == WIRE_MEND) {
		end_rules(s, position, ends_by_mend, w, order);
	} else {
		return;
	}
	count_rules(s, position);
}

/* ---- frames ---- */

int scene_filter(const struct scene *s, const char *text, struct filter **out,
	struct diag *d)
{
	struct filter_name names[SCENE_HOSTS + 1] = {0};
	char address[SCENE_HOSTS][2][46];

	for (int i = 0; i < s->hosts; i++) {
		const struct host *h = s->host + i;

		names[i].name = h->name;
		names[i].ipv4 = marks_address(h, 0, address[i][0]);
		names[i].ipv6 = marks_address(h, 1, address[i][1]);
	}
	return filter_compile(out, text, names, d);
}

/* NULL when every frame matches. */
static struct filter *compile(const struct scene *s, const char *text)
{
	struct filter *f = NULL;

	if (!*text || scene_filter(s, text, &f, NULL) < 0)
		return NULL;
	return f;
}

/* Older journals do not name the rule: the newest that drops and matches. */
static struct rule *guess(struct scene *s, const struct event *e)
{
	for (uint32_t i = s->rules.n; i-- > s->first_old; ) {
		struct rule *r = rule_at(s, i);

		if (r->ended != SCENE_NEVER || r->verb != WIRE_DROP)
			continue;
		if (!r->compiled)
			r->compiled = compile(s, r->filter);
		if (!r->compiled || filter_match(r->compiled, e->data, e->len))
			return r;
	}
	return NULL;
}

static struct rule *rule_of(struct scene *s, const struct event *e,
	const struct comment *c)
{
	if (c->rule > 0)
		return c->rule <= s->rules.n - s->first_rule ?
			rule_at(s, s->first_rule + (uint32_t)c->rule - 1) :
			NULL;
	return c->fate == FATE_DROPPED && !c->cut && c->made == MADE_NOT ?
		guess(s, e) : NULL;
}

void rules_met(struct scene *s, const struct news *n, uint32_t frame,
	const struct comment *c)
{
	struct rule *r = rule_of(s, n->event, c);
	const struct scene_frame *f = scene_frame(s, frame);
	uint32_t met = f->made_of != SCENE_NONE ? f->made_of : frame;

	/* Of what was made of one frame it has met one. */
	if (!r || r->last == met)
		return;
	r->last = met;
	list_add(&r->met, n->position);
	if (r->ended != SCENE_NEVER || r->count < 0 ||
		r->met.n < (uint64_t)r->count)
		return;
	r->ended = n->position;
	count_rules(s, n->position);
}

/* ---- queries ---- */

static uint32_t position_of_rule(const void *member, const void *arg)
{
	(void)arg;
	return ((const struct rule *)member)->position;
}

static void tell_rule(const struct rule *r, uint32_t position,
	struct scene_rule *out)
{
	size_t met = list_below(&r->met, position);

	*out = (struct scene_rule){
		.number = r->number, .position = r->position,
		.left = r->count < 0 ? -1 : r->count - (int64_t)met,
		.met = (uint32_t)met, .order = r->order,
	};
}

size_t scene_rules(const struct scene *s, uint32_t position,
	struct scene_rule *out, size_t max)
{
	const struct scene_take *t = scene_take(s, position);
	uint32_t i = table_below(&s->rules, position_of_rule, NULL,
		t ? t->begin : 0);
	size_t n = 0;

	for (; i < s->rules.n && rule_at(s, i)->position < position; i++) {
		const struct rule *r = rule_at(s, i);

		if (r->ended < position)
			continue;
		if (n < max)
			tell_rule(r, position, out + n);
		n++;
	}
	return n;
}

const char *scene_rule_order(const struct scene *s, uint32_t number,
	uint32_t position)
{
	const struct scene_take *t = scene_take(s, position);
	uint32_t i = table_below(&s->rules, position_of_rule, NULL,
		t ? t->begin : 0);

	i += number - 1;
	return number && i < s->rules.n && rule_at(s, i)->number == number ?
		rule_at(s, i)->order : "";
}

void rules_done(struct scene *s)
{
	for (uint32_t i = 0; i < s->rules.n; i++)
		free_rule(rule_at(s, i));
	table_done(&s->rules);
}
