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

#define SLOT 300       /* ms, between two programs that met at one moment */
#define SLOT_MANY 1000 /* … between several, that people start one by one */

struct order {
	struct run *r;
	uint32_t first;       /* a program */
	bool alone;           /* the first has not met anybody yet */
	bool ready;           /* it has said that others can come */
	int64_t slot;
	uint32_t *knows;      /* [program][program]: a position */
	uint32_t *knew;       /* [step][program]: when it was over */
	int64_t *now;         /* of each program: ms */
	bool *clock;          /* … has its clock started */
};

static uint32_t *knows(struct order *o, uint32_t who, uint32_t whom)
{
	return &o->knows[who * o->r->programs + whom];
}

/* ---- what a program learns ---- */

static void learn(struct order *o, uint32_t who, const struct step *from)
{
	size_t at = (size_t)(from - o->r->step) * o->r->programs;

	for (uint32_t i = 0; i < o->r->programs; i++)
		if (o->knew[at + i] > *knows(o, who, i))
			*knows(o, who, i) = o->knew[at + i];
	if (from->over != SCENE_NEVER &&
		from->over > *knows(o, who, from->program))
		*knows(o, who, from->program) = from->over;
	if (from->slot > o->now[who])
		o->now[who] = from->slot;
}

/* ---- the clocks ---- */

/* Once; and again when the first program meets somebody, for whom it begins to
 * count only then. */
static void start_clock(struct order *o, struct step *s, bool again)
{
	if (o->clock[s->program] && !again)
		return;
	o->clock[s->program] = true;
	o->r->program[s->program].origin = o->now[s->program];
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
	const struct step *came = NULL;

	for (uint32_t i = (uint32_t)r->things; i-- && s->awaits == NOTHING; )
		if (r->thing[i].program == s->program &&
			r->thing[i].open_since < s->entered)
			s->awaits = i;
	for (size_t i = 0; i < r->steps && !came; i++)
		if (r->step[i].program == what->program &&
			r->step[i].entered < s->entered &&
			comes_to(r, &r->step[i], s->awaits))
			came = &r->step[i];
	if (s->awaits == NOTHING || !came)
		return false;
	learn(o, s->program, came);
	r->program[s->program].origin = o->now[s->program];
	o->clock[s->program] = true;
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
		if (x->program == s->program || x->kind == STEP_END ||
			x->over >= s->entered || !order_conflict(x, s) ||
			*knows(o, s->program, x->program) >= x->over)
			continue;
		if (x->slot > *latest)
			*latest = x->slot;
		found = x;
	}
	return found;
}

static int pause_before(struct order *o, struct step *s,
	const struct step *what, int64_t latest)
{
	uint32_t who = s->program;

	if (who == o->first && o->alone && what->program != who) {
		if (!await_somebody(o, s, what))
			return run_refuse(o->r, s->row, _("%s depends on what "
				"%s did before the two met; programs that "
				"are started one by one cannot keep that "
				"order"), s->kind == STEP_CALL ?
				s->line.row->name : _("the end"),
				o->r->program[what->program].lane);
		what = unknown(o, s, &latest);
		if (!what)
			return 0;
	}
	if (!o->clock[who]) {
		o->clock[who] = true;
		o->r->program[who].early = true;
		o->r->program[who].origin = o->now[who];
	}
	s->pauses = true;
	s->base = o->r->program[who].origin;
	o->r->program[who].paused = true;
	s->after = (uint32_t)(what - o->r->step);
	if (latest > o->now[who])
		o->now[who] = latest;
	o->now[who] += o->slot;
	for (uint32_t i = 0; i < o->r->programs; i++)
		if (*knows(o, who, i) < s->entered)
			*knows(o, who, i) = s->entered;
	return 0;
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

static int enter(struct order *o, struct step *s)
{
	const struct step *what;
	int64_t latest;
	int e;

	if (!order_waits(o->r, s)) {
		what = unknown(o, s, &latest);
		if (!what) {
			what = own_haste(o, s);
			latest = what ? what->slot : -1;
		}
		if (what) {
			e = pause_before(o, s, what, latest);
			if (e)
				return e;
		}
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
		if (i != o->first && *knows(o, i, o->first) < s->over)
			*knows(o, i, o->first) = s->over;
}

static void leave(struct order *o, struct step *s)
{
	uint32_t who = s->program;
	const struct step *from = NULL;
	size_t at = (size_t)(s - o->r->step) * o->r->programs;
	bool meets = order_connects(s);

	if (s->over != SCENE_NEVER && s->kind == STEP_CALL &&
		order_waits(o->r, s) && !order_timed_out(s))
		from = order_cause(o->r, s);
	if (order_timed_out(s))
		o->now[who] += (s->took / CLOCK_MS + 50) / 100 * 100;
	if (from)
		learn(o, who, from);
	if (from || meets)
		start_clock(o, s, who == o->first && o->alone && from);
	if (who == o->first && from)
		o->alone = false;
	if (s->child != NOTHING) {
		for (uint32_t i = 0; i < o->r->programs; i++)
			*knows(o, s->child, i) = *knows(o, who, i);
		*knows(o, s->child, who) = s->over;
		o->now[s->child] = o->now[who];
		o->clock[s->child] = o->clock[who];
		o->r->program[s->child].origin = o->r->program[who].origin;
	}
	s->slot = o->now[who];
	if (who == o->first && o->alone && !o->ready)
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
				return r->step[i].program;
	return r->step[0].program;
}

/* Enter and leave every step in the order of the journal: a call that lasts is
 * left behind what others entered meanwhile. */
static int walk(struct order *o)
{
	struct run *r = o->r;
	struct step **open = mem_zero(r->programs * sizeof(*open));
	int e = 0;

	for (size_t i = 0; i <= r->steps && !e; i++) {
		uint32_t now = i < r->steps ? r->step[i].entered : SCENE_NEVER;

		for (;;) { /* who returned before this one, in order */
			struct step **next = NULL;

			for (uint32_t k = 0; k < r->programs; k++)
				if (open[k] && open[k]->over < now &&
					(!next || open[k]->over <
					(*next)->over))
					next = &open[k];
			if (!next)
				break;
			leave(o, *next);
			*next = NULL;
		}
		if (i == r->steps)
			break;
		e = enter(o, &r->step[i]);
		open[r->step[i].program] = &r->step[i];
	}
	free(open);
	return e;
}

int run_order(struct run *r)
{
	size_t n = r->programs, starting = 0;
	struct order o = {.r = r, .first = find_first(r), .alone = true,
		.knows = mem_zero(n * n * sizeof(*o.knows)),
		.knew = mem_zero(r->steps * n * sizeof(*o.knew)),
		.now = mem_zero(n * sizeof(*o.now)),
		.clock = mem_zero(n * sizeof(*o.clock))};
	int e;

	for (size_t i = 0; i < n; i++)
		starting += r->program[i].parent == NOTHING;
	o.slot = starting > 2 ? SLOT_MANY : SLOT;
	r->first = o.first;
	for (size_t i = 0; i < r->steps; i++)
		order_class(&r->step[i]);
	for (size_t i = 0; i < r->steps; i++)
		r->step[i].unread = order_ends(&r->step[i]) &&
			order_has_unread(r, r->step[i].program,
			r->step[i].entered);
	e = walk(&o);
	free(o.knows);
	free(o.knew);
	free(o.now);
	free(o.clock);
	return e;
}
