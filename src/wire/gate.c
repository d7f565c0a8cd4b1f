/*
 * The gate: a frame that comes meets its first fate by the rules
 * (wire/rules.h); what is held lies in the hand (wire/held.h), what is delayed
 * waits for its time (wire/later.h).
 *
 * On a wire that flows with no rule a frame costs nothing here.
 */
#include "wire/gate.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "packet/facts.h"
#include "wire/held.h"
#include "wire/later.h"
#include "wire/rules.h"

#define NAMED_MOST 8 /* held frames that an error names */

struct gate {
	struct gate_ports ports;
	struct rules *rules;
	struct hand *hand;
	struct later later;
	int64_t seen;
};

struct gate *gate_new(const struct gate_ports *ports,
	const struct filter_name *names)
{
	struct gate *g = mem_zero(sizeof(*g));

	g->ports = *ports;
	g->rules = rules_new(names);
	g->hand = hand_new();
	return g;
}

void gate_free(struct gate *g)
{
	if (!g)
		return;
	rules_free(g->rules);
	hand_free(g->hand);
	later_done(&g->later);
	free(g);
}

/* ---- frames ---- */

static void see(struct gate *g, int host, const uint8_t *frame, size_t len,
	enum fate fate, int64_t of, int64_t delay)
{
	struct gate_seen s = {
		.number = g->seen, .fate = fate, .of = of, .delay = delay,
	};

	g->ports.seen(g->ports.arg, host, frame, len, &s);
}

/* Hold a frame, or fold it into the one that it repeats. */
static void hold(struct gate *g, int host, const uint8_t *frame, size_t len,
	const struct facts *f, struct held *first)
{
	if (first) {
		held_add_repeat(first, g->seen);
		see(g, host, frame, len, FATE_REPEAT, first->number, 0);
		return;
	}
	hand_add(g->hand, g->seen, host, f, frame, len);
	see(g, host, frame, len, FATE_HELD, 0, 0);
}

static void delay(struct gate *g, int host, const uint8_t *frame, size_t len,
	int64_t now, int64_t time)
{
	later_add(&g->later, (struct delayed){
		.due = now + time,
		.number = g->seen,
		.host = host,
		.frame = mem_dup(frame, len),
		.len = len,
	});
	see(g, host, frame, len, FATE_DELAYED, 0, time);
}

void gate_frame(struct gate *g, int host, const uint8_t *frame, size_t len,
	int64_t now)
{
	enum fate fate = FATE_PASSED;
	struct held *first = NULL;
	struct facts f = {0};
	int64_t time = 0;

	g->seen++;
	if (rules_any(g->rules))
		fate = rules_judge(g->rules, frame, len, &time);
	/* What is held, is held with its repeats, whatever the rules are by
	 * now; only one that drops comes before. */
	if (fate == FATE_HELD || (hand_size(g->hand) && fate != FATE_DROPPED)) {
		facts_read(&f, frame, len);
		first = hand_same(g->hand, host, &f, frame, len);
		if (first)
			fate = FATE_HELD;
	}
	switch (fate) {
	case FATE_PASSED:
		see(g, host, frame, len, fate, 0, 0);
		g->ports.out(g->ports.arg, host, frame, len);
		break;
	case FATE_DROPPED:
		see(g, host, frame, len, fate, 0, 0);
		break;
	case FATE_HELD:
		hold(g, host, frame, len, &f, first);
		break;
	case FATE_DELAYED:
		delay(g, host, frame, len, now, time);
		break;
	case FATE_ABSORBED:
	case FATE_REPEAT:
		break; /* no rule says so: they follow from holding */
	}
}

/* Out of the hand: one copy goes on its way and its repeats are absorbed, or
 * all are dropped. */
static void let_go(struct gate *g, struct held *f, enum fate fate)
{
	const struct gate_ports *p = &g->ports;
	bool passed = fate == FATE_PASSED;

	hand_take(g->hand, f);
	p->fate(p->arg, f->number, fate, 0);
	if (passed)
		p->out(p->arg, f->host, f->frame, f->len);
	for (size_t i = 0; i < f->repeats; i++)
		p->fate(p->arg, f->repeat[i],
			passed ? FATE_ABSORBED : FATE_DROPPED,
			passed ? f->number : 0);
	held_free(f);
}

int64_t gate_due(const struct gate *g)
{
	return later_due(&g->later);
}

void gate_tick(struct gate *g, int64_t now)
{
	const struct gate_ports *p = &g->ports;

	while (later_due(&g->later) <= now) {
		struct delayed d = later_take(&g->later);
		/* It was still under way when the wire was cut. */
		bool cut = rules_have(g->rules, WIRE_CUT);

		p->fate(p->arg, d.number, cut ? FATE_DROPPED : FATE_PASSED, 0);
		if (!cut)
			p->out(p->arg, d.host, d.frame, d.len);
		free(d.frame);
	}
}

/* ---- orders ---- */

/* "4 and 5"; of many the first, and how many more. */
static void name_held(const struct gate *g, struct buf *b)
{
	size_t n = 0, all = hand_size(g->hand);
	size_t named = all > NAMED_MOST ? NAMED_MOST - 1 : all;

	for (struct held *f = hand_oldest(g->hand); n < named; f = f->after) {
		if (n++)
			buf_text(b, n == all ? _(" and ") : ", ");
		buf_printf(b, "%" PRId64, f->number);
	}
	if (named < all)
		buf_printf(b, _(" and %zu more"), all - named);
}

/* The held frame that a frame repeats, or 0. */
static int64_t repeated_by(const struct gate *g, int64_t number)
{
	for (struct held *f = hand_oldest(g->hand); f; f = f->after)
		for (size_t i = 0; i < f->repeats; i++)
			if (f->repeat[i] == number)
				return f->number;
	return 0;
}

static int not_held(const struct gate *g, int64_t number, struct diag *d)
{
	int64_t first = repeated_by(g, number);
	struct buf names = {0};

	if (first) {
		diag_set(d, 0,
			_("frame %" PRId64 " is a repeat of frame %" PRId64
			  " and shares its fate"),
			number, first);
		return -EINVAL;
	}
	name_held(g, &names);
	diag_set(d, 0,
		ngettext("frame %" PRId64 " is not held; held is %s",
			"frame %" PRId64 " is not held; held are %s",
			hand_size(g->hand)),
		number, buf_str(&names));
	buf_done(&names);
	return -EINVAL;
}

/* `pass` and `drop` with a which. */
static int order_which(struct gate *g, const struct wire_order *o,
	enum fate fate, struct diag *d)
{
	size_t n = hand_size(g->hand);
	struct held *f;

	if (fate == FATE_PASSED && rules_have(g->rules, WIRE_CUT))
		return diag_set(d, 0, "%s",
			_("the wire is cut, nothing arrives; mend it first"));
	if (!n)
		return diag_set(d, 0, "%s", _("no frame is held"));
	if (o->frame) {
		f = hand_find(g->hand, o->frame);
		if (!f)
			return not_held(g, o->frame, d);
		let_go(g, f, fate);
		return 0;
	}
	if (o->count > 0 && (uint64_t)o->count > n)
		return diag_set(d, 0,
			ngettext("%zu frame is held, not %" PRId64,
				"%zu frames are held, not %" PRId64, n),
			n, o->count);
	if (o->count >= 0)
		n = o->count ? o->count : 1;
	while (n--)
		let_go(g, hand_oldest(g->hand), fate);
	return 0;
}

static int order_flow(struct gate *g, struct diag *d)
{
	size_t n = hand_size(g->hand);

	if (n && rules_have(g->rules, WIRE_CUT))
		return diag_set(d, 0, "%s",
			_("the wire is cut, nothing arrives; mend it first"));
	rules_end(g->rules, WIRE_HOLD);
	/* Not more than now: who receives may answer at once. */
	while (n--)
		let_go(g, hand_oldest(g->hand), FATE_PASSED);
	return 0;
}

int gate_order(struct gate *g, const struct wire_order *o, struct diag *d)
{
	bool rule = o->next || (o->filter && *o->filter);

	switch (o->verb) {
	case WIRE_FLOW:
		return order_flow(g, d);
	case WIRE_HOLD:
	case WIRE_DELAY:
	case WIRE_CUT:
		return rules_add(g->rules, o, d);
	case WIRE_PASS:
		return order_which(g, o, FATE_PASSED, d);
	case WIRE_DROP:
		if (rule)
			return rules_add(g->rules, o, d);
		return order_which(g, o, FATE_DROPPED, d);
	case WIRE_MEND:
		rules_mend(g->rules);
		return 0;
	}
	return 0;
}

/* ---- questions ---- */

bool gate_holds(const struct gate *g)
{
	return rules_have(g->rules, WIRE_HOLD);
}

bool gate_plain(const struct gate *g)
{
	return !rules_any(g->rules);
}

size_t gate_held(const struct gate *g)
{
	return hand_size(g->hand);
}

size_t gate_delayed(const struct gate *g)
{
	return g->later.size;
}

int64_t gate_seen(const struct gate *g)
{
	return g->seen;
}
