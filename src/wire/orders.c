/*
 * Orders: those that make rules go to wire/rules.c; here are those that act at
 * once, on frames in hand (on connections: wire/reset.c). An order that cannot
 * be carried out whole is not begun.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "wire/inside.h"

#define NAMED_MOST 8 /* held frames that an error names */

/* ---- frames in hand ---- */

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

int order_on_cut_wire(struct diag *d)
{
	return diag_set(d, 0, "%s",
		_("the wire is cut, nothing arrives; mend it first"));
}

/* The first of the n frames that an order is about. */
static int find_which(const struct gate *g, const struct wire_order *o,
	struct held **first, size_t *n, struct diag *d)
{
	size_t all = hand_size(g->hand);

	*first = hand_oldest(g->hand);
	*n = 1;
	if (!all)
		return diag_set(d, 0, "%s", _("no frame is held"));
	if (o->frame) {
		*first = hand_find(g->hand, o->frame);
		return *first ? 0 : not_held(g, o->frame, d);
	}
	if (o->count > 0 && (uint64_t)o->count > all)
		return diag_set(d, 0,
			ngettext("%zu frame is held, not %" PRId64,
				"%zu frames are held, not %" PRId64, all),
			all, o->count);
	if (o->count)
		*n = o->count < 0 ? all : (size_t)o->count;
	return 0;
}

static void drop(struct gate *g, struct held *f)
{
	struct passing x = meet_taken(g, f, STAGES, 0);

	meet_fate(g, &x, (struct gate_seen){.fate = FATE_DROPPED});
	held_free(f);
}

/* It goes, after a while or at once. */
static void let_go(struct gate *g, struct held *f, const struct wire_order *o,
	int64_t now)
{
	struct passing x = meet_taken(g, f, STAGES, now);

	if (o->verb == WIRE_DELAY) {
		/* One draw of its own generator for each frame. */
		struct rule r = {.order = *o,
			.random = (o->seed ? o->seed : 1) + (uint64_t)f->number};

		x.wait = rule_delay(&r);
	}
	meet_go(g, &x);
}

/* Put a frame that was made of another behind a third. */
static struct held *lay(struct gate *g, const struct held *of,
	const struct forged *made, enum made what, struct held *behind)
{
	struct gate_seen s = {
		.number = ++g->seen, .fate = FATE_HELD, .made = what,
		.made_of = of->number,
	};
	struct held h = {
		.number = s.number, .host = of->host, .made = what,
		.frame = made->frame, .len = made->len,
	};

	facts_read_headers(&h.facts, made->frame, made->len);
	g->ports.seen(g->ports.arg, of->host, made->frame, made->len, &s);
	return hand_add(g->hand, &h, behind);
}

static void duplicate(struct gate *g, struct held *f)
{
	struct forged copy = {f->frame, f->len};

	lay(g, f, &copy, MADE_DUPLICATE, f);
}

/* What is made takes its place. */
static void replace(struct gate *g, struct held *f,
	const struct wire_order *o)
{
	bool two = o->verb == WIRE_SPLIT;
	struct held *behind = f;
	struct forged made[2];
	struct passing x;

	if (two ? !forge_split(made, f->frame, f->len, o->number)
		: !forge_corrupt(made, o, f->frame, f->len))
		return; /* check_change has looked */
	x = (struct passing){.number = f->number, .held = f};
	meet_fate(g, &x, (struct gate_seen){.fate = FATE_REPLACED,
		.of = g->seen + 1});
	for (int i = 0; i <= two; i++) {
		behind = lay(g, f, &made[i], two ? MADE_SPLIT : MADE_CORRUPT,
			behind);
		free(made[i].frame);
	}
	hand_take(g->hand, f);
	held_free(f);
}

static int check_corrupt(const struct held *f, const struct wire_order *o,
	struct diag *d)
{
	size_t at = forge_place(o, f->frame, f->len);

	if (at == SIZE_MAX && o->payload)
		return diag_set(d, 0, ngettext(
			"frame %" PRId64 " carries %" PRIu32
			" byte of payload, counted from 0",
			"frame %" PRId64 " carries %" PRIu32
			" bytes of payload, counted from 0",
			f->facts.payload_len), f->number, f->facts.payload_len);
	if (at == SIZE_MAX)
		return diag_set(d, 0, _("frame %" PRId64
			" has %zu bytes, counted from 0"), f->number, f->len);
	if (o->to >= 0 && f->frame[at] == o->to)
		return diag_set(d, 0, _("in frame %" PRId64
			" that byte is %d already"), f->number, o->to);
	return 0;
}

static int check_split(const struct held *f, const struct wire_order *o,
	struct diag *d)
{
	struct forged made[2];

	if (forge_split(made, f->frame, f->len, o->number)) {
		free(made[0].frame);
		free(made[1].frame);
		return 0;
	}
	return diag_set(d, 0, ngettext(
		"frame %" PRId64 " cannot be split before byte %" PRId64
		": only a TCP segment with bytes on both sides can; it "
		"carries %" PRIu32,
		"frame %" PRId64 " cannot be split before byte %" PRId64
		": only a TCP segment with bytes on both sides can; it "
		"carries %" PRIu32, f->facts.payload_len),
		f->number, o->number, f->facts.payload_len);
}

static int check_all(struct held *f, size_t n, const struct wire_order *o,
	struct diag *d)
{
	for (; n--; f = f->after) {
		int r = 0;

		if (o->verb == WIRE_CORRUPT)
			r = check_corrupt(f, o, d);
		else if (o->verb == WIRE_SPLIT)
			r = check_split(f, o, d);
		if (r)
			return r;
	}
	return 0;
}

/* `swap` is about two: a frame and the one behind it. */
static int order_swap(struct gate *g, const struct wire_order *o,
	struct diag *d)
{
	struct held *f;
	size_t n;
	int r = find_which(g, o, &f, &n, d);

	if (r)
		return r;
	if (n > 1)
		return diag_set(d, 0, "%s", _("swap is about one frame and "
			"the one behind it"));
	if (!f->after)
		return diag_set(d, 0, _("frame %" PRId64 " is the newest in "
			"hand: there is none behind it"), f->number);
	hand_swap(g->hand, f);
	return 0;
}

static int order_in_hand(struct gate *g, const struct wire_order *o,
	int64_t now, struct diag *d)
{
	bool goes = o->verb == WIRE_PASS || o->verb == WIRE_DELAY;
	struct held *f, *next;
	size_t n;
	int r;

	if (goes && rules_have(g->rules, STAGE_CUT))
		return order_on_cut_wire(d);
	r = find_which(g, o, &f, &n, d);
	if (!r)
		r = check_all(f, n, o, d);
	if (r)
		return r;
	for (; n--; f = next) {
		next = f->after;
		if (goes)
			let_go(g, f, o, now);
		else if (o->verb == WIRE_DROP)
			drop(g, f);
		else if (o->verb == WIRE_DUPLICATE)
			duplicate(g, f);
		else
			replace(g, f, o);
	}
	return 0;
}

/* ---- */

static int order_flow(struct gate *g, int64_t now, struct diag *d)
{
	static const struct wire_order pass = {.verb = WIRE_PASS};
	size_t n = hand_size(g->hand);

	if (n && rules_have(g->rules, STAGE_CUT))
		return order_on_cut_wire(d);
	rules_end(g->rules, STAGE_HOLD);
	/* Not more than now: who receives may answer at once. */
	while (n--)
		let_go(g, hand_oldest(g->hand), &pass, now);
	return 0;
}

static int order_mend(struct gate *g, const struct wire_order *o,
	struct diag *d)
{
	if (o->number)
		return rules_mend_one(g->rules, o->number, d);
	rules_mend(g->rules);
	return 0;
}

int gate_order(struct gate *g, const struct wire_order *o, int64_t now,
	struct diag *d)
{
	switch (o->verb) {
	case WIRE_FLOW:
		return order_flow(g, now, d);
	case WIRE_MEND:
		return order_mend(g, o, d);
	case WIRE_RESET:
		return order_reset(g, o, d);
	case WIRE_PASS:
		return order_in_hand(g, o, now, d);
	case WIRE_SWAP:
		if (o->in_hand)
			return order_swap(g, o, d);
		return rules_add(g->rules, o, d);
	case WIRE_DROP:
	case WIRE_DELAY:
	case WIRE_DUPLICATE:
	case WIRE_CORRUPT:
	case WIRE_SPLIT:
		if (o->in_hand)
			return order_in_hand(g, o, now, d);
		return rules_add(g->rules, o, d);
	case WIRE_HOLD:
	case WIRE_CUT:
	case WIRE_VANISH:
	case WIRE_LOSS:
	case WIRE_RATE:
	case WIRE_MTU:
		return rules_add(g->rules, o, d);
	}
	return 0;
}
