/*
 * order_thread: what keeps the threads of one process in order. They hand over
 * to each other, exactly, where two programs can only give each other time; a
 * *pause* is left for what no thread can tell another: that it sleeps in a
 * call by now.
 */
#include <sys/socket.h>

#include "base/mem.h"
#include "export/order.h"

/* ---- the beginning ---- */

/* What the first thread knew, and had done, when it started this one. */
static void begin_thread(struct order *o, uint32_t thread)
{
	const struct run *r = o->r;
	uint32_t first = r->program[thread].process;
	const struct program *p = &r->program[first];

	o->begun[thread] = true;
	memcpy(&o->knows[thread * r->programs], &o->knows[first * r->programs],
		r->programs * sizeof(*o->knows));
	for (size_t i = 0; p->step[i] != r->program[thread].before; i++)
		*order_knows(o, thread, first) = r->step[p->step[i]].over;
	o->now[thread] = o->now[first];
}

void order_begin_threads(struct order *o, const struct step *s)
{
	const struct run *r = o->r;

	for (uint32_t i = 0; i < r->programs; i++)
		if (r->program[i].thread && !o->begun[i] &&
			(s->program == i ||
			&r->step[r->program[i].before] == s))
			begin_thread(o, i);
}

/* ---- in between ---- */

/* Whether two steps have a variable in common. */
static bool have_one(const struct run *r, const struct step *a,
	const struct step *b)
{
	for (uint32_t i = 0; i < r->things; i++)
		for (uint32_t k = 0; k < r->things && step_has(r, a, i); k++)
			if (r->thing[i].program == r->thing[k].program &&
				!strcmp(r->thing[i].name, r->thing[k].name) &&
				step_has(r, b, k))
				return true;
	return false;
}

static bool is_unix(const struct run *r, const struct step *s)
{
	const struct thing *t = s->line.nargs ?
		run_thing(r, &s->line.arg[0]) : NULL;

	return t && t->family == AF_UNIX;
}

/* Whether two steps of a process may be about the same connection, or the same
 * address, without a variable in common: both ends of it are here. */
static bool meet_outside(const struct run *r, const struct step *a,
	const struct step *b)
{
	uint32_t one = scene_call(r->s, a->call)->flow;
	uint32_t other = scene_call(r->s, b->call)->flow;

	return is_unix(r, a) || is_unix(r, b) ||
		(one != SCENE_NONE && one == other) ||
		(a->place && a->place == b->place);
}

/* Whether two steps move bytes of one stream the same way, be it over other
 * descriptors: what was sent first, or taken, must stay first. */
static bool move_alike(const struct run *r, const struct step *a,
	const struct step *b)
{
	const struct scene_call *one = scene_call(r->s, a->call);
	const struct scene_call *other = scene_call(r->s, b->call);

	return one->flow != SCENE_NONE && one->flow == other->flow &&
		one->way == other->way &&
		((a->line.row->sends && b->line.row->sends) ||
		(a->line.row->receives && b->line.row->receives));
}

/* Whether s must not come before x, which another thread of its process has
 * done, or (begun) waits in. */
static bool keeps_order(const struct run *r, const struct step *x,
	const struct step *s, bool begun)
{
	if (s->kind == STEP_KILLED)
		return !s->in_call;
	if (begun)
		return x->waited && !s->line.row->sends && have_one(r, x, s);
	if (order_waits(r, s) && !s->line.row->sends && x->line.row->sends)
		return false; /* the other way */
	if (have_one(r, x, s) || move_alike(r, x, s))
		return true;
	return meet_outside(r, x, s) && !order_waits(r, s) &&
		order_conflict(x, s);
}

/* The last step of a thread that s must not come before; NULL. */
static const struct step *latest(struct order *o, uint32_t thread,
	const struct step *s, bool *begun)
{
	const struct run *r = o->r;
	const struct program *t = &r->program[thread];

	for (size_t i = t->n; i--; ) {
		const struct step *x = &r->step[t->step[i]];

		if (x->kind != STEP_CALL || x->entered >= s->entered)
			continue;
		*begun = x->over >= s->entered;
		if (!*begun && *order_knows(o, s->program, thread) >= x->over)
			return NULL;
		if (keeps_order(r, x, s, *begun))
			return x;
	}
	return NULL;
}

static void add_handing(struct run *r, const struct step *giver,
	const struct step *taker, bool begun)
{
	r->handing = mem_grow(r->handing, &r->handing_cap, r->handings + 1,
		sizeof(*r->handing));
	r->handing[r->handings++] = (struct handing){
		.giver = (uint32_t)(giver - r->step),
		.taker = (uint32_t)(taker - r->step), .begun = begun};
}

void order_hand_over(struct order *o, struct step *s, const struct step *x)
{
	add_handing(o->r, x, s, false);
	order_learn(o, s->program, x);
}

/* It sleeps in x soon after it has said that it begins. */
static void await_sleep(struct order *o, struct step *s, const struct step *x)
{
	uint32_t *knows = order_knows(o, s->program, x->program);

	if (*knows >= x->entered)
		return;
	add_handing(o->r, x, s, true);
	*knows = x->entered;
	if (x->slot > o->now[s->program])
		o->now[s->program] = x->slot;
	o->now[s->program] += ORDER_SLOT;
}

/* The first thread ends the process when all others have ended. */
static void join(struct order *o, const struct step *s)
{
	const struct run *r = o->r;
	const struct program *t;

	for (size_t i = 0; (t = program_thread(r, &r->program[s->program],
		NOTHING, i)); i++)
		for (size_t k = 0; k < t->n; k++) {
			const struct step *x = &r->step[t->step[k]];

			if (x->kind == STEP_CALL && !step_waits(x))
				order_learn(o, s->program, x);
		}
}

void order_await_threads(struct order *o, struct step *s)
{
	const struct run *r = o->r;

	if (s->kind == STEP_END) {
		join(o, s);
		return;
	}
	for (uint32_t i = 0; i < r->programs; i++) {
		const struct step *x;
		bool begun;

		if (i == s->program || r->program[i].process !=
			r->program[s->program].process)
			continue;
		x = latest(o, i, s, &begun);
		if (x && begun)
			await_sleep(o, s, x);
		else if (x)
			order_hand_over(o, s, x);
	}
}

/* ---- signals ---- */

/* It comes when all that the others did meanwhile is done. */
void order_alarm(struct order *o, struct step *s)
{
	const struct run *r = o->r;
	const struct program *p = &r->program[s->program];
	uint32_t over = s->over;
	int64_t at;

	if (s->kind == STEP_KILLED) /* the call that it ends */
		s = &r->step[p->step[p->n - 2]];
	at = s->slot;
	for (const struct step *x = s; x < r->step + r->steps; x++)
		if (x->entered < over && x->slot > at)
			at = x->slot;
	at += ORDER_SLOT;
	s->alarm = at - s->slot;
	o->now[s->program] = at;
}
