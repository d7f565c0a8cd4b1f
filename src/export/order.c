/*
 * order: who has to wait for whom, so that the programs see what the journal
 * saw.
 *
 * In the journal all calls stand in one order. Programs that run by themselves
 * keep the part of it that is their own. The rest matters where one call does
 * what another depends on (a send, and the recv that takes its bytes), in
 * either direction: the recv must not come before the send, nor the send of
 * the next bytes before the recv. A call that waits for the other by itself
 * needs nothing. Before every other one the program *pauses* until its *slot*:
 * both programs count time from the moment at which they met (a connection, a
 * datagram), and a slot is SLOT behind what the call depends on.
 *
 * What a program *knows* of another is the position of the journal up to which
 * it is sure that the other has done its part: it paused that long, or has
 * received bytes that were sent then.
 *
 * The *first* program is the one that others come to: people start it first,
 * and it has done all that it can do alone when the others begin.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/intl.h"
#include "base/mem.h"
#include "export/order.h"

#define SLOT_MANY 1000 /* ms, between several that people start one by one */
#define START 10000    /* ms, in which they start the others */

/* ---- what a program learns ---- */

void order_learn(struct order *o, uint32_t who, const struct step *from)
{
	size_t at = (size_t)(from - o->r->step) * o->r->programs;

	for (uint32_t i = 0; i < o->r->programs; i++)
		if (o->knew[at + i] > *order_knows(o, who, i))
			*order_knows(o, who, i) = o->knew[at + i];
	if (from->over != SCENE_NEVER &&
		from->over > *order_knows(o, who, from->program))
		*order_knows(o, who, from->program) = from->over;
	if (from->slot > o->now[who])
		o->now[who] = from->slot;
}

/* The program that counts for it: threads have one clock, and meet together. */
static uint32_t process_of(const struct order *o, uint32_t who)
{
	return o->r->program[who].process;
}

static bool is_first(const struct order *o, uint32_t who)
{
	return process_of(o, who) == o->first;
}

/* ---- the clocks ---- */

/* Once; and again when the first program meets somebody, for whom it begins to
 * count only then. */
static void start_clock(struct order *o, struct step *s, bool again)
{
	uint32_t process = process_of(o, s->program);

	if (o->counts[process] && !again)
		return;
	o->counts[process] = true;
	o->clock[process] = s;
	o->r->program[process].origin = o->now[s->program];
	s->starts = true;
}

/* Whether a step makes that something can be read from a thing. */
static bool comes_to(const struct run *r, const struct step *s,
	uint32_t thing)
{
	if (thing == NOTHING || s->kind != STEP_CALL)
		return false;
	return r->thing[thing].type == SOCK_DGRAM ? s->line.row->sends &&
		order_went_well(s) : order_connects(s);
}

/* The first program has met nobody, and must wait for what somebody did: when
 * something can be read from a thing of its own, they met. */
static bool await_somebody(struct order *o, struct step *s,
	const struct step *what)
{
	struct run *r = o->r;
	uint32_t process = process_of(o, s->program);
	const struct step *came = NULL;

	for (uint32_t i = (uint32_t)r->things; i-- && s->awaits == NOTHING; )
		if (r->thing[i].program == process &&
			r->thing[i].open_since < s->entered)
			s->awaits = i;
	for (size_t i = 0; i < r->steps && !came; i++)
		if (r->step[i].program == what->program &&
			r->step[i].entered < s->entered &&
			comes_to(r, &r->step[i], s->awaits))
			came = &r->step[i];
	if (s->awaits == NOTHING || !came) {
		s->awaits = NOTHING;
		return false;
	}
	order_learn(o, s->program, came);
	r->program[process].origin = o->now[s->program];
	o->counts[process] = true;
	o->clock[process] = s;
	o->alone = false;
	return true;
}

/* The latest step of another program that s depends on and that its program
 * knows nothing of; NULL. */
static const struct step *unknown(struct order *o, const struct step *s,
	int64_t *latest)
{
	const struct run *r = o->r;
	const struct step *found = NULL;

	*latest = -1;
	for (size_t i = 0; i < r->steps; i++) {
		const struct step *x = &r->step[i];

		if (x->entered >= s->entered)
			break;
		if (step_is_beside(r, x, s) || x->kind == STEP_END ||
			x->over >= s->entered || !order_conflict(x, s) ||
			*order_knows(o, s->program, x->program) >= x->over)
			continue;
		if (x->slot > *latest)
			*latest = x->slot;
		found = x;
	}
	return found;
}

/* Another thread started the clock: not before that was done. */
static void know_clock(struct order *o, struct step *s)
{
	const struct step *x = o->clock[process_of(o, s->program)];

	if (x && x->program != s->program && step_is_beside(o->r, x, s) &&
		*order_knows(o, s->program, x->program) < x->over)
		order_hand_over(o, s, x);
}

/* The first program pauses long enough for others to be started when nothing
 * tells it that they are there. */
static void pause_before(struct order *o, struct step *s,
	const struct step *what, int64_t latest)
{
	bool meets = true;
	uint32_t who = s->program, process = process_of(o, who);

	if (is_first(o, who) && o->alone && !step_is_beside(o->r, s, what)) {
		meets = await_somebody(o, s, what);
		if (meets)
			what = unknown(o, s, &latest);
		if (!what)
			return;
	}
	if (!o->counts[process]) {
		o->counts[process] = true;
		o->r->program[process].early = true;
		o->r->program[process].origin = o->now[who];
	}
	know_clock(o, s);
	s->pauses = true;
	s->base = o->r->program[process].origin;
	o->r->program[who].paused = true;
	s->after = (uint32_t)(what - o->r->step);
	if (latest > o->now[who])
		o->now[who] = latest;
	o->now[who] += meets ? o->slot : START;
	o->r->in_time |= !meets;
	o->ready |= !meets; /* what it does now the others do not know */
	s->until = o->now[who];
	for (uint32_t i = 0; i < o->r->programs; i++)
		if (process_of(o, i) != process &&
			*order_knows(o, who, i) < s->entered)
			*order_knows(o, who, i) = s->entered;
}

/* ---- step by step ---- */

/* What the program itself did just before, if s must not follow at once. */
static const struct step *own_haste(const struct order *o,
	const struct step *s)
{
	const struct program *p = &o->r->program[s->program];

	if (!order_is_hasty(o->r, s))
		return NULL;
	for (size_t i = p->n; i--; ) {
		const struct step *x = &o->r->step[p->step[i]];
		const struct thing *t;

		if (x->entered >= s->entered)
			continue;
		if (x->slot < o->now[s->program] || x->kind != STEP_CALL ||
			order_waits(o->r, x) ||
			(step_is(x, "connect") && order_went_well(x)))
			return NULL;
		t = x->line.nargs ? run_thing(o->r, &x->line.arg[0]) : NULL;
		if (x->act & ORDER_DATA && t && t->family != AF_UNIX)
			return x;
		if (x->pauses)
			return NULL;
	}
	return NULL;
}

static int enter(void *to, struct step *s)
{
	struct order *o = to;
	const struct step *what;
	int64_t latest;

	order_begin_threads(o, s);
	order_await_threads(o, s);
	if (s->in_call) {
		order_alarm(o, s);
	} else if (!order_waits(o->r, s)) {
		what = unknown(o, s, &latest);
		if (!what) {
			what = own_haste(o, s);
			latest = what ? what->slot : -1;
		}
		if (what)
			pause_before(o, s, what, latest);
	}
	s->slot = o->now[s->program];
	return 0;
}

/* What the first program did up to the line that says so is done when the
 * others begin. */
static void first_is_ready(struct order *o, const struct step *s)
{
	o->ready = step_tells_zero(s) && order_went_well(s);
	for (uint32_t i = 0; i < o->r->programs; i++)
		if (!is_first(o, i) &&
			*order_knows(o, i, s->program) < s->over)
			*order_knows(o, i, s->program) = s->over;
}

static void fork_program(struct order *o, const struct step *s)
{
	struct run *r = o->r;
	uint32_t who = s->program, process = process_of(o, who);

	for (uint32_t i = 0; i < r->programs; i++)
		*order_knows(o, s->child, i) = *order_knows(o, who, i);
	*order_knows(o, s->child, who) = s->over;
	o->now[s->child] = o->now[who];
	o->counts[s->child] = o->counts[process];
	r->program[s->child].origin = r->program[process].origin;
}

static void leave(void *to, struct step *s)
{
	struct order *o = to;
	uint32_t who = s->program;
	const struct step *from = NULL;
	size_t at = (size_t)(s - o->r->step) * o->r->programs;
	bool meets = order_connects(s), met;

	if (s->over != SCENE_NEVER && s->kind == STEP_CALL &&
		order_waits(o->r, s) && !order_timed_out(s) &&
		!step_is_interrupted(s))
		from = order_cause(o->r, s);
	if (order_timed_out(s))
		o->now[who] += (s->took / CLOCK_MS + 50) / 100 * 100;
	if (step_is_interrupted(s))
		order_alarm(o, s);
	if (from)
		order_learn(o, who, from);
	met = from && !step_is_beside(o->r, s, from);
	if (met || meets)
		start_clock(o, s, is_first(o, who) && o->alone && met);
	if (is_first(o, who) && met)
		o->alone = false;
	if (s->child != NOTHING)
		fork_program(o, s);
	s->slot = o->now[who];
	if (is_first(o, who) && o->alone && !o->ready)
		first_is_ready(o, s);
	memcpy(&o->knew[at], &o->knows[who * o->r->programs],
		o->r->programs * sizeof(*o->knew));
}

/* The program that the others come to: who listens first, or binds; else the
 * one that began. */
static uint32_t find_first(const struct run *r)
{
	static const char *const call[] = {"listen", "bind"};

	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < r->steps; i++)
			if (step_is(&r->step[i], call[k]) &&
				order_went_well(&r->step[i]))
				return r->program[r->step[i].program].process;
	return r->program[r->step[0].program].process;
}

/* A process that a thread of it keeps from ending does nothing in its end. */
static bool never_ends(const struct run *r, const struct step *s)
{
	const struct program *p = &r->program[s->program], *t;

	if (s->kind != STEP_END || p->thread)
		return s->kind == STEP_END;
	for (size_t i = 0; (t = program_thread(r, p, NOTHING, i)); i++)
		if (step_waits(&r->step[t->step[t->n - 1]]))
			return true;
	return false;
}

static void class_all(struct run *r)
{
	for (size_t i = 0; i < r->steps; i++) {
		struct step *s = &r->step[i];

		order_class(s);
		if (never_ends(r, s))
			s->act = s->observe = 0;
	}
	for (size_t i = 0; i < r->steps; i++) {
		struct step *s = &r->step[i];

		s->unread = order_ends(s) && s->observe &&
			order_has_unread(r, s->program, s->entered);
	}
}

int run_order(struct run *r)
{
	size_t n = r->programs, starting = 0;
	struct order o = {.r = r, .first = find_first(r), .alone = true,
		.knows = mem_zero(n * n * sizeof(*o.knows)),
		.knew = mem_zero(r->steps * n * sizeof(*o.knew)),
		.now = mem_zero(n * sizeof(*o.now)),
		.begun = mem_zero(n * sizeof(*o.begun)),
		.clock = mem_zero(n * sizeof(*o.clock)),
		.counts = mem_zero(n * sizeof(*o.counts))};
	int e;

	for (uint32_t i = 0; i < n; i++)
		starting += program_top(r, i) == i;
	o.slot = starting > 2 ? SLOT_MANY : ORDER_SLOT;
	r->first = o.first;
	class_all(r);
	e = run_walk(r, enter, leave, &o);
	free(o.knows);
	free(o.knew);
	free(o.now);
	free(o.begun);
	free(o.clock);
	free(o.counts);
	return e;
}
