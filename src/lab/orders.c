/*
 * orders: lines of the control socket, and how they begin.
 *
 * A line is parsed and begun at once; what cannot be answered then stays in
 * the list until it can be (lab/answered.c). Lines of one lane wait for each
 * other, lines of different lanes do not. After every turn of the loop the
 * list is walked from its oldest member on. An order that stands for many lines
 * keeps its place in the list until the last of them is answered.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "base/mem.h"
#include "call/expand.h"
#include "lab/inside.h"
#include "lab/turns.h"
#include "lab/vanish.h"
#include "lab/verbs.h"
#include "lab/watch.h"
#include "wire/gate.h"

#define DEADLINE (10 * CLOCK_S)

static const char journal_is_full[] = N_("the journal is full: the wire holds "
	"and nothing more is done");

/* ---- the list ---- */

/* Let it ask for nothing any more. */
static void clear(struct order *o)
{
	if (o->call)
		o->call->orders--;
	if (o->lane)
		lane_tidy(o->lane);
	line_done(&o->line);
	o->call = NULL;
	o->lane = NULL;
	o->watch = NULL;
	o->process = NULL;
	o->again = 0;
}

/* Let it ask for what a line says, which is emptied. */
static void ask(struct order *o, struct line *line)
{
	o->kind = line->kind;
	memcpy(o->lane_name, line->lane, sizeof(o->lane_name));
	o->thread = line->thread > 1 ? line->thread : 1;
	o->line = *line;
	memset(line, 0, sizeof(*line));
}

static void order_free(struct order *o)
{
	clear(o);
	turns_free(o->turns);
	free(o);
}

static void append(struct lab *lab, struct order *o)
{
	*lab->orders_end = o;
	lab->orders_end = &o->next;
}

static bool is_of_lane(enum line_kind kind)
{
	return kind == LINE_CALL || kind == LINE_RETURNS;
}

/* Whether e has something to do first before the lane of o goes on. */
static bool is_before(const struct order *e, const struct order *o,
	const char *lane)
{
	if (e->turns && turns_will_name(e->turns, lane))
		return true;
	if (strcmp(e->lane_name, o->lane_name))
		return false;
	if (e->stage == ORDER_KILL || e->stage == ORDER_SIGNAL ||
		e->stage == ORDER_ENDS)
		return true;
	return is_of_lane(e->kind) && e->thread == o->thread;
}

/* A verb is for now; a call or a return waits for what its lane was told
 * before. */
static bool must_queue(const struct lab *lab, const struct order *o)
{
	char lane[LANE_NAME];

	if (!is_of_lane(o->kind))
		return false;
	if (o->thread > 1)
		snprintf(lane, sizeof(lane), "%s/%d", o->lane_name, o->thread);
	else
		snprintf(lane, sizeof(lane), "%s", o->lane_name);
	for (const struct order *e = lab->orders; e && e != o; e = e->next)
		if (is_before(e, o, lane))
			return true;
	return false;
}

/* ---- beginning: true when the order is answered ---- */

static bool refuse(struct lab *lab, struct order *o, const struct diag *d)
{
	return order_error(lab, o, d->column ? d->column : 1, d->msg);
}

static void say_busy(const struct lab *lab, const struct lane *l,
	struct diag *d)
{
	struct buf call = {0};

	line_print_call(&call, &l->pending->line);
	diag_set(d, 1, _("%s waits in %s; wait, interrupt (Ctrl-C) or use %s2"),
		l->name, buf_str(&call), lab->plan.host[l->process->host].name);
	buf_done(&call);
}

static bool begin_call(struct lab *lab, struct order *o, struct diag *d)
{
	struct lane *l = lane_find(lab, o->lane_name, o->line.thread);
	struct buf resolved = {0};
	int64_t fd;

	if (l && l->pending) {
		say_busy(lab, l, d);
		return refuse(lab, o, d);
	}
	if (o->line.row->result == RESULT_PROCESS &&
		fork_check(lab, o->lane_name, o->line.name, d))
		return refuse(lab, o, d);
	if (names_resolve(lab, process_find(lab, o->lane_name), &o->line,
		    &resolved, &fd, d) ||
		!(l = lane_start(lab, o->lane_name, o->line.thread, d))) {
		buf_done(&resolved);
		return refuse(lab, o, d);
	}
	o->stage = ORDER_CALL;
	o->lane = l;
	o->call = lane_call(lab, l, &o->line, resolved.data, fd);
	o->call->orders++;
	buf_done(&resolved);
	return false;
}

static bool begin_returns(struct lab *lab, struct order *o, struct diag *d)
{
	struct lane *l = lane_find(lab, o->lane_name, o->line.thread);
	struct call *c = l ? lane_unasserted(l, o->line.row) : NULL;

	if (!c) {
		diag_set(d, 1, _("%s has made no %s whose result is still to "
			"be asserted"), o->lane_name, o->line.row->name);
		return refuse(lab, o, d);
	}
	o->stage = ORDER_RETURNS;
	o->lane = l;
	o->call = c;
	c->orders++;
	return false;
}

static bool begin_sees(struct lab *lab, struct order *o, struct diag *d)
{
	if (lab->plan.loopback) {
		record_note(lab, _("Without a wire of our own no frame is "
			"seen; not asked: wire: sees %s"), o->line.filter);
		return order_ok(lab, o);
	}
	o->stage = ORDER_SEES;
	o->watch = watch_get(lab, o->line.filter, d);
	return o->watch ? false : refuse(lab, o, d);
}

static bool begin_has(struct lab *lab, struct order *o, struct diag *d)
{
	char host[LINE_LANE];

	line_host_of_lane(host, o->lane_name);
	o->host = build_host_index(lab, host);
	if (o->host < 0) {
		struct buf hosts = {0};

		names_hosts(lab, &hosts);
		diag_set(d, 1, _("there is no host %s; the hosts are %s"), host,
			buf_str(&hosts));
		buf_done(&hosts);
		return refuse(lab, o, d);
	}
	o->again = lab->now + o->line.expect.after;
	o->stage = ORDER_HAS;
	return false;
}

static bool begin_wire(struct lab *lab, struct order *o, struct diag *d)
{
	const struct wire_order *w = &o->line.wire;
	int r;

	if (lab->plan.loopback) {
		diag_set(d, 1, _("there is no wire to hold: this machine "
			"allows no namespaces, the sockets meet on 127.0.0.1"));
		return refuse(lab, o, d);
	}
	buf_clear(&lab->announce);
	buf_text(&lab->announce, "wire: ");
	wire_order_print(&lab->announce, w);
	r = gate_order(lab->gate, w, lab->now, d);
	if (r) {
		buf_clear(&lab->announce);
		return refuse(lab, o, d);
	}
	record_announced(lab);
	lab_active(lab);
	if (w->verb == WIRE_VANISH)
		vanish_host(lab, build_host_index(lab, w->host));
	return order_ok(lab, o);
}

static bool begin_verb(struct lab *lab, struct order *o, struct diag *d)
{
	if (verbs_begin(lab, o, d))
		return refuse(lab, o, d);
	if (o->lacks[0])
		return order_failed(lab, o, o->lacks);
	return o->stage == ORDER_DONE && order_ok(lab, o);
}

/* Whether there is nothing that could carry the line out. */
static bool no_hosts(const struct lab *lab, const struct order *o,
	struct diag *d)
{
	if (!strcmp(o->lane_name, "lab") || o->kind == LINE_EMPTY)
		return false;
	if (!lab->builder)
		diag_set(d, 1, _("the lab ended; r (lab: rebuild) starts it "
			"again"));
	else if (lab->full)
		diag_set(d, 1, "%s", _(journal_is_full));
	else
		return false;
	return true;
}

static bool begin(struct lab *lab, struct order *o)
{
	const struct expect *e = &o->line.expect;
	struct diag d = {0};

	o->stage = ORDER_QUEUED;
	if (must_queue(lab, o))
		return false;
	o->begun = lab->now;
	o->deadline = lab->now + (e->within ? e->within : e->after + DEADLINE);
	if (no_hosts(lab, o, &d))
		return refuse(lab, o, &d);
	switch (o->kind) {
	case LINE_EMPTY:
		return order_ok(lab, o);
	case LINE_CALL:
		return begin_call(lab, o, &d);
	case LINE_RETURNS:
		return begin_returns(lab, o, &d);
	case LINE_SEES:
		return begin_sees(lab, o, &d);
	case LINE_HAS:
		return begin_has(lab, o, &d);
	case LINE_WIRE:
		return begin_wire(lab, o, &d);
	case LINE_VERB:
		return begin_verb(lab, o, &d);
	case LINE_DID:
	case LINE_GOT:
	case LINE_GAVE:
		diag_set(&d, 1, _("did, got and gave are for the goals of an "
			"exercise; here the calls themselves are made"));
		return refuse(lab, o, &d);
	case LINE_WAITS:
	case LINE_FATE:
		break;
	}
	diag_set(&d, 1, _("this line is the journal's: it says what happened"));
	return refuse(lab, o, &d);
}

/* Of many lines: begin the next one. False when it could not be read. */
static bool begin_turn(struct lab *lab, struct order *o)
{
	struct diag d = {0};
	struct line line;

	clear(o);
	if (turns_next(o->turns, &line, &d)) {
		line_done(&line);
		refuse(lab, o, &d);
		return false;
	}
	ask(o, &line);
	return true;
}

/* A line of the order is answered: whether all of it is, or goes on with the
 * next of its lines. */
static bool is_over(struct lab *lab, struct order *o)
{
	while (o->turns && turns_go_on(o->turns) && begin_turn(lab, o))
		if (!begin(lab, o))
			return false;
	return true;
}

static bool take(struct lab *lab, struct order *o, const char *text, size_t n)
{
	struct diag d = {0};
	long count = expand_count(text, n, &d);
	struct buf one = {0};
	struct line line;
	int r;

	if (count < 0)
		return refuse(lab, o, &d);
	if (count > 1) {
		o->turns = turns_new(text, n, count);
		return is_over(lab, o);
	}
	expand_line(&one, text, n, 0); /* {3..3} is one turn */
	r = line_parse(&line, buf_str(&one), one.len, NULL, &d, NULL);
	buf_done(&one);
	if (r) {
		line_done(&line);
		return refuse(lab, o, &d);
	}
	ask(o, &line);
	return begin(lab, o);
}

void orders_take(struct lab *lab, uint64_t id, const char *text, size_t n)
{
	struct order *o = mem_zero(sizeof(*o));

	o->id = id;
	if (take(lab, o, text, n))
		order_free(o);
	else
		append(lab, o);
}

/* ---- all of them ---- */

void orders_step(struct lab *lab)
{
	struct order **at = &lab->orders, *o;
	bool done;

	if (lab->full && lab->orders)
		orders_drop(lab, _(journal_is_full));
	while ((o = *at)) {
		if (o->stage == ORDER_QUEUED)
			done = !must_queue(lab, o) && begin(lab, o);
		else
			done = order_go_on(lab, o);
		if (!done || !is_over(lab, o)) {
			at = &o->next;
			continue;
		}
		*at = o->next;
		if (!o->next)
			lab->orders_end = at;
		order_free(o);
	}
}

void orders_drop(struct lab *lab, const char *why)
{
	struct order *o;

	while ((o = lab->orders)) {
		control_error(lab, o->id, 1, why);
		lab->orders = o->next;
		order_free(o);
	}
	lab->orders_end = &lab->orders;
}
