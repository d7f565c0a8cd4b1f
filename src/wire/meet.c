/*
 * A frame on its way through the rules.
 *
 * What a rule made or changed meets only what comes behind that rule: a frame
 * that takes the place of another is told behind it, and begins at the next
 * stage. What is held, is held with its repeats, whatever the rules are by
 * now: that stands behind what loses and before what changes.
 */
#include "wire/inside.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"

#define LINK 14
#define HUNDRED_PERCENT 100000 /* as struct wire_order counts */
#define NEVER (INT64_MAX / 2)  /* ns: what waits longer, waits so long */

/* b may be anything above -a. */
static int64_t add_time(int64_t a, int64_t b)
{
	return a > NEVER - b ? NEVER : a + b;
}

void meet_fate(struct gate *g, struct passing *x, struct gate_seen s)
{
	const struct gate_ports *p = &g->ports;
	bool passed = s.fate != FATE_DROPPED;

	if (!x->number) {
		s.number = x->number = ++g->seen;
		s.made = x->made;
		s.made_of = x->made_of;
		s.made_by = x->made_by;
		p->seen(p->arg, x->host, x->frame, x->len, &s);
	} else {
		p->fate(p->arg, x->number, s.fate, s.of, s.rule);
	}
	for (size_t i = 0; x->held && i < x->held->repeats; i++)
		p->fate(p->arg, x->held->repeat[i],
			passed ? FATE_ABSORBED : FATE_DROPPED,
			passed ? x->number : 0, 0);
	if (x->held)
		x->held->repeats = 0;
}

struct passing meet_taken(struct gate *g, struct held *f, enum stage stage,
	int64_t now)
{
	hand_take(g->hand, f);
	return (struct passing){
		.number = f->number, .host = f->host, .frame = f->frame,
		.len = f->len, .made = f->made, .stage = stage, .now = now,
		.held = f,
	};
}

void meet_go(struct gate *g, struct passing *x)
{
	int to = hosts_target(&g->hosts, x->frame, x->len);

	if (to >= 0 && rules_vanished(g->rules, to)) {
		meet_fate(g, x, (struct gate_seen){.fate = FATE_DROPPED});
	} else if (x->wait > 0) {
		meet_fate(g, x, (struct gate_seen){.fate = FATE_DELAYED,
			.delay = x->wait, .rule = x->waits_for});
		later_add(&g->later, (struct delayed){
			.due = add_time(x->now, x->wait), .number = x->number,
			.host = x->host, .made = x->made,
			.frame = mem_dup(x->frame, x->len), .len = x->len,
		});
	} else {
		meet_fate(g, x, (struct gate_seen){.fate = FATE_PASSED});
		gate_out(g, x->host, x->frame, x->len, x->made);
	}
	held_free(x->held);
	x->held = NULL;
}

/* ---- what a rule does; true: the frame goes on to the next stage ---- */

static bool lose(struct gate *g, struct passing *x, struct rule *r)
{
	struct gate_seen s = {
		.fate = FATE_DROPPED, .cut = r->order.verb == WIRE_CUT,
		.rule = r->number,
	};

	rules_use(g->rules, r);
	meet_fate(g, x, s);
	return false;
}

static void go_on_as(struct gate *g, const struct passing *x,
	const struct forged *made, enum made what, int64_t rule)
{
	struct passing y = {
		.host = x->host, .frame = made->frame, .len = made->len,
		.made = what, .made_of = x->number, .made_by = rule,
		.stage = x->stage + 1, .now = x->now,
	};

	meet(g, &y);
	free(made->frame);
}

static bool replace(struct gate *g, struct passing *x, struct rule *r,
	const struct forged *made, int n)
{
	enum made what = r->order.verb == WIRE_SPLIT ? MADE_SPLIT
						     : MADE_CORRUPT;
	int64_t rule = r->number;

	rules_use(g->rules, r);
	/* Its own number, when it is told now, and the next one. */
	meet_fate(g, x, (struct gate_seen){.fate = FATE_REPLACED,
		.of = g->seen + 2, .rule = rule});
	for (int i = 0; i < n; i++)
		go_on_as(g, x, &made[i], what, rule);
	return false;
}

static bool corrupt(struct gate *g, struct passing *x, struct rule *r)
{
	struct forged made;

	return !forge_corrupt(&made, &r->order, x->frame, x->len) ||
		replace(g, x, r, &made, 1);
}

static bool split(struct gate *g, struct passing *x, struct rule *r)
{
	struct forged made[2];

	return !forge_split(made, x->frame, x->len, r->order.number) ||
		replace(g, x, r, made, 2);
}

/* As long as its IP packet is: that is what a link counts. */
static bool fits(struct gate *g, struct passing *x, struct rule *r)
{
	struct forged made;
	int64_t rule = r->number, mtu = r->order.number;
	struct facts f;
	int to;

	facts_read_headers(&f, x->frame, x->len);
	if ((int64_t)x->len - (f.network ? f.network : LINK) <= mtu)
		return true;
	lose(g, x, r);
	to = hosts_target(&g->hosts, x->frame, x->len);
	if (to >= 0 && forge_too_big(&made, x->frame, x->len, mtu)) {
		struct passing from = *x;

		from.host = to;
		go_on_as(g, &from, &made, MADE_ICMP, rule);
	}
	return false;
}

static bool duplicate(struct gate *g, struct passing *x, struct rule *r)
{
	struct forged copy = {mem_dup(x->frame, x->len), x->len};
	struct passing original = *x;
	int64_t rule = r->number;

	rules_use(g->rules, r);
	original.stage++;
	meet(g, &original);
	x->number = original.number;
	go_on_as(g, x, &copy, MADE_DUPLICATE, rule);
	return false;
}

static void hold(struct gate *g, struct passing *x, int64_t rule)
{
	struct held what = {
		.host = x->host, .made = x->made, .frame = (uint8_t *)x->frame,
		.len = x->len,
	};

	if (x->held) { /* it is in the hand already, and was told so */
		hand_put(g->hand, x->held);
		x->held = NULL;
		return;
	}
	meet_fate(g, x, (struct gate_seen){.fate = FATE_HELD, .rule = rule});
	what.number = x->number;
	facts_read_headers(&what.facts, x->frame, x->len);
	hand_add(g->hand, &what, NULL);
}

/* One is kept in the hand until the next of its sender has gone first. */
static bool swap(struct gate *g, struct passing *x, struct rule *r)
{
	int64_t *kept = &r->kept[x->host];
	struct held *first = *kept ? hand_find(g->hand, *kept) : NULL;
	struct passing second = *x;

	if (!first) { /* none, or it was let go by hand */
		hold(g, x, r->number);
		*kept = x->number;
		return false;
	}
	*kept = 0;
	rules_use(g->rules, r);
	second.stage++;
	meet(g, &second);
	second = meet_taken(g, first, STAGE_SWAP + 1, x->now);
	meet(g, &second);
	return false;
}

static void slow_down(struct passing *x, struct rule *r)
{
	int64_t *busy = &r->busy[x->host];

	if (*busy < x->now)
		*busy = x->now;
	*busy = add_time(*busy, (int64_t)x->len * 8 * CLOCK_S /
		r->order.number);
	x->wait = add_time(x->wait, *busy - x->now);
	x->waits_for = r->number;
}

static void delay(struct passing *x, struct rule *r)
{
	x->wait = add_time(x->wait, rule_delay(r));
	x->waits_for = r->number;
}

static bool meet_rule(struct gate *g, struct passing *x, struct rule *r)
{
	switch (x->stage) {
	case STAGE_VANISH:
	case STAGE_CUT:
	case STAGE_DROP:
		return lose(g, x, r);
	case STAGE_LOSS:
		return rule_draw(r, HUNDRED_PERCENT) >=
			(uint64_t)r->order.number || lose(g, x, r);
	case STAGE_MTU:
		return fits(g, x, r);
	case STAGE_CORRUPT:
		return corrupt(g, x, r);
	case STAGE_SPLIT:
		return split(g, x, r);
	case STAGE_DUPLICATE:
		return duplicate(g, x, r);
	case STAGE_SWAP:
		return swap(g, x, r);
	case STAGE_HOLD:
		hold(g, x, r->number);
		return false;
	case STAGE_RATE:
		slow_down(x, r);
		rules_use(g->rules, r);
		break;
	case STAGE_DELAY:
		delay(x, r);
		rules_use(g->rules, r);
		break;
	case STAGES:
		break;
	}
	return true;
}

/* A repeat of a frame in hand shares its place. */
static bool fold(struct gate *g, struct passing *x)
{
	struct held *first;
	struct facts f;

	if (x->made || !hand_size(g->hand))
		return false;
	facts_read_headers(&f, x->frame, x->len);
	first = hand_same(g->hand, x->host, &f, x->frame, x->len);
	if (!first)
		return false;
	meet_fate(g, x, (struct gate_seen){.fate = FATE_REPEAT,
		.of = first->number});
	held_add_repeat(first, x->number);
	return true;
}

void meet(struct gate *g, struct passing *x)
{
	for (; x->stage < STAGES; x->stage++) {
		struct rule *r;

		if (x->stage == STAGE_CORRUPT && fold(g, x))
			return;
		r = rules_match(g->rules, x->stage, x->host, x->frame, x->len);
		if (r && !meet_rule(g, x, r))
			return;
	}
	meet_go(g, x);
}
