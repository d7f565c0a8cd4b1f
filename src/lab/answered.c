/* answered: when an order that was begun can be answered, and how. */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/intl.h"
#include "call/wish.h"
#include "lab/inside.h"
#include "lab/ends.h"
#include "lab/judge.h"
#include "lab/turns.h"
#include "lab/watch.h"

#define HAS_AGAIN (10 * CLOCK_MS)

const struct expect *order_expect(const struct order *o)
{
	return o->stage == ORDER_CALL ? &o->call->line.expect
				      : &o->line.expect;
}

/* What it asked for is so; of many lines the last one is answered. */
static bool gave(struct lab *lab, struct order *o, const char *result)
{
	if (!o->turns || !turns_good(o->turns))
		control_ok(lab, o->id, result);
	return true;
}

bool order_ok(struct lab *lab, struct order *o)
{
	return gave(lab, o, "");
}

/* Which of its lines it is about. */
static void put_turn(struct buf *b, const struct order *o)
{
	if (o->turns)
		buf_printf(b, "%s: ", turns_text(o->turns));
}

bool order_error(struct lab *lab, struct order *o, int column, const char *why)
{
	struct buf b = {0};

	put_turn(&b, o);
	buf_text(&b, why);
	control_error(lab, o->id, o->turns ? 1 : column, b.data);
	buf_done(&b);
	return true;
}

/* Its call did what was expected: returned, or still waits. */
static bool call_ok(struct lab *lab, struct order *o)
{
	struct buf result = {0};

	if (o->call->returned)
		names_print(o->lane->process, o->call->line.row,
			&o->call->result, &result);
	else
		buf_text(&result, "waits");
	gave(lab, o, result.data);
	buf_done(&result);
	return true;
}

bool order_failed(struct lab *lab, struct order *o, const char *why)
{
	struct buf b = {0};

	put_turn(&b, o);
	buf_text(&b, why);
	record_printf(lab, "lab: failed %" PRIu64 " %s", o->id, b.data);
	control_failed(lab, o->id, b.data);
	buf_done(&b);
	return true;
}

static bool is_judged(const struct expect *e)
{
	return e->kind == EXPECT_ANY_OF || e->kind == EXPECT_WAITS;
}

/* The expectation with the lab's names replaced by addresses. */
static bool matches(const struct lab *lab, const struct process *p,
	const struct expect *e, const struct value *observed)
{
	struct expect numeric = *e;
	bool met;

	for (int i = 0; i < e->nalt; i++)
		names_expected(lab, p, &e->alt[i], observed,
			&numeric.alt[i]);
	met = judge_value(&numeric, observed);
	for (int i = 0; i < e->nalt; i++)
		value_done(&numeric.alt[i]);
	return met;
}

/* With a time of its own a line is about that time: nothing else ends it. */
static bool has_span(const struct expect *e)
{
	return e->after || e->within;
}

static bool judge_failed(struct lab *lab, struct order *o,
	const struct value *observed, enum judge_silence silence)
{
	const struct call_row *row = o->call->line.row;
	struct value named = {0};
	struct buf why = {0};

	if (observed)
		names_result(o->lane->process, row, observed, &named);
	judge_value_why(&why, order_expect(o), &named, silence, o->lane->name,
		row->name);
	order_failed(lab, o, why.data);
	buf_done(&why);
	value_done(&named);
	return true;
}

static bool judge_return(struct lab *lab, struct order *o)
{
	const struct expect *e = order_expect(o);
	const struct call *c = o->call;
	const struct value *got = &c->result;
	struct buf why = {0};

	if (!is_judged(e))
		return call_ok(lab, o);
	if (e->kind == EXPECT_ANY_OF)
		o->call->asserted = true;
	if (!matches(lab, o->lane->process, e, got))
		return judge_failed(lab, o, got, JUDGE_ANSWERED);
	/* Sooner is about the call, later about the line. */
	if (!judge_span_why(&why, e->after, 0, c->left - c->entered) &&
		!judge_span_why(&why, 0, e->within, c->left - o->begun))
		return call_ok(lab, o);
	order_failed(lab, o, why.data);
	buf_done(&why);
	return true;
}

static bool go_on_call(struct lab *lab, struct order *o)
{
	const struct expect *e = order_expect(o);
	bool late = lab->now >= o->deadline;
	bool rests = still_is(lab);

	/* who asks what a call returns with waits for one that ends by
	 * itself, too */
	if (o->stage == ORDER_RETURNS && e->kind == EXPECT_ASK)
		rests = settled_is(lab);
	if (o->call->returned)
		return judge_return(lab, o);
	if (o->call->lost)
		return is_judged(e) ? judge_failed(lab, o, NULL, JUDGE_ENDED)
				    : order_ok(lab, o);
	if (e->kind != EXPECT_ANY_OF) {
		if (rests)
			return call_ok(lab, o);
		if (!late)
			return false;
		/* It goes on, in a lab that never came to rest. */
		return is_judged(e) ? judge_failed(lab, o, NULL, JUDGE_RESTLESS)
				    : call_ok(lab, o);
	}
	return (late || (settled_is(lab) && !has_span(e))) &&
		judge_failed(lab, o, NULL, JUDGE_WAITS);
}

static bool go_on_sees(struct lab *lab, struct order *o)
{
	int64_t seen = watch_count(lab, o->watch), times = o->line.times;
	const struct expect *e = &o->line.expect;
	bool enough = times < 0 ? seen > 0 : times && seen >= times;
	bool final = lab->now >= o->deadline ||
		(settled_is(lab) && !has_span(e)) || (e->after && enough);
	struct buf why = {0};

	if (enough && judge_span_why(&why, e->after, 0, lab->now - o->begun)) {
		watch_asked(o->watch);
		order_failed(lab, o, why.data);
		buf_done(&why);
		return true;
	}
	switch (judge_frames(times, seen, final)) {
	case JUDGE_OPEN:
		return false;
	case JUDGE_MET:
		watch_asked(o->watch);
		return order_ok(lab, o);
	case JUDGE_FAILED:
		break;
	}
	judge_frames_why(&why, times, seen, watch_text(o->watch));
	watch_asked(o->watch);
	order_failed(lab, o, why.data);
	buf_done(&why);
	return true;
}

/* How many there are is asked when the lab is still; with `within` again and
 * again until there are as many as expected. */
static bool go_on_has(struct lab *lab, struct order *o)
{
	bool late = lab->now >= o->deadline;
	int64_t n, times = o->line.times;
	char why[96];

	if (!still_is(lab) && !o->line.expect.within && !late)
		return false;
	if (!has_count(lab, o->host, process_find(lab, o->lane_name),
		    o->line.wish, &n)) {
		snprintf(why, sizeof(why), _("%s stands for nothing yet in %s"),
			o->line.wish->name, o->lane_name);
		return order_failed(lab, o, why);
	}
	if (times < 0 ? n > 0 : n == times)
		return order_ok(lab, o);
	if (!late && o->line.expect.within) {
		o->again = lab->now + HAS_AGAIN;
		return false;
	}
	snprintf(why, sizeof(why), _("expected %s%" PRId64
		" sockets like this, observed %" PRId64),
		times < 0 ? _("at least ") : "", times < 0 ? 1 : times, n);
	return order_failed(lab, o, why);
}

/* A process that is let run on before it stood still, or that the kernel does
 * not let sleep: whoever asked must not wait for ever. */
static bool too_late(struct lab *lab, struct order *o)
{
	return lab->now >= o->deadline &&
		order_failed(lab, o, _("its process does not stand still"));
}

static bool go_on_interrupt(struct lab *lab, struct order *o)
{
	enum lane_state s = lane_state(lab, o->lane);

	/* It returned by itself: there is nothing left to interrupt. */
	if (!o->lane->pending)
		return order_ok(lab, o);
	if (s != LANE_SLEEPS && s != LANE_STOPPED)
		return too_late(lab, o);
	lab_active(lab);
	record_printf(lab, "%s: interrupt", o->lane->name);
	lane_interrupt(o->lane);
	return order_ok(lab, o);
}

bool order_go_on(struct lab *lab, struct order *o)
{
	switch (o->stage) {
	case ORDER_CALL:
	case ORDER_RETURNS:
		return go_on_call(lab, o);
	case ORDER_SEES:
		return go_on_sees(lab, o);
	case ORDER_HAS:
		return lab->now >= o->again && go_on_has(lab, o);
	case ORDER_PAUSE:
		return lab->now >= o->deadline && order_ok(lab, o);
	case ORDER_INTERRUPT:
		return go_on_interrupt(lab, o);
	case ORDER_STOP:
		if (o->lane->process->running &&
			!process_stopped(o->lane->process))
			return too_late(lab, o);
		return order_ok(lab, o);
	case ORDER_KILL:
		return !o->lane->process->running && order_ok(lab, o);
	case ORDER_SIGNAL:
		if (o->lane->process->running && lab->now < o->deadline &&
			!(still_is(lab) && process_rests(o->lane->process)))
			return false;
		return order_ok(lab, o);
	case ORDER_ENDS:
		return ends_go_on(lab, o);
	case ORDER_SAYS:
		return says_go_on(lab, o);
	case ORDER_DONE:
		return order_ok(lab, o);
	case ORDER_QUEUED:
		break;
	}
	return false;
}
