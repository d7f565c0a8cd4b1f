/* order_cause: whose step ended a wait. */
#include "export/order.h"

static bool same_flow(const struct run *r, const struct step *a,
	const struct step *b)
{
	uint32_t one = scene_call(r->s, a->call)->flow;
	uint32_t other = scene_call(r->s, b->call)->flow;

	return one == SCENE_NONE || other == SCENE_NONE || one == other;
}

/* How many calls on the same descriptor went well before s. */
static size_t turn_of(const struct run *r, const struct step *s)
{
	const struct thing *t = run_thing(r, &s->line.arg[0]);
	size_t n = 0;

	for (const struct step *x = r->step; x < s; x++)
		n += x->kind == STEP_CALL && x->line.row == s->line.row &&
			order_went_well(x) &&
			run_thing(r, &x->line.arg[0]) == t;
	return n;
}

/* Whether another thread of the process may have ended the wait of s: by
 * shutting it down, or over another socket of theirs. */
static bool is_from_beside(const struct run *r, const struct step *x,
	const struct step *s)
{
	return step_is(x, "shutdown") || !x->line.nargs || !s->line.nargs ||
		run_thing(r, &x->line.arg[0]) != run_thing(r, &s->line.arg[0]);
}

/* Whether x may be what ended the wait of s. */
static bool may_end(const struct run *r, const struct step *x,
	const struct step *s, uint64_t taken)
{
	bool accepts = step_is(s, "accept") || step_is(s, "accept4");

	if (x->program == s->program || x->entered >= s->over ||
		(step_is_beside(r, x, s) && !is_from_beside(r, x, s)))
		return false;
	if (x->kind != STEP_CALL)
		return x->kind == STEP_KILLED && !taken;
	if (accepts)
		return order_connects(x);
	if (s->line.row->receives && !same_flow(r, x, s))
		return false;
	if (s->line.row->receives && taken)
		return x->line.row->sends && order_went_well(x);
	if (s->line.row->receives && order_went_well(s))
		return step_is(x, "close") || step_is(x, "shutdown");
	return (x->act & s->observe) && x->over != SCENE_NEVER;
}

/* The send that wrote the last byte that s took, SCENE_NONE. */
static uint32_t last_sender(const struct run *r, const struct step *s,
	uint64_t taken)
{
	const struct scene_call *c = scene_call(r->s, s->call);
	uint64_t end;
	uint32_t owner;

	if (!taken || c->flow == SCENE_NONE || !s->line.row->receives)
		return SCENE_NONE;
	owner = scene_owner(r->s, c->flow, c->way, c->stream + taken - 1,
		&end);
	return owner == SCENE_NONE ? SCENE_NONE :
		scene_send(r->s, owner)->call;
}

const struct step *order_cause(const struct run *r, const struct step *s)
{
	uint64_t taken = call_moved(s->line.row, &s->result);
	uint32_t call = last_sender(r, s, taken);
	bool in_turn = !strncmp(s->line.row->name, "accept", 6) ||
		(s->line.row->receives && taken);
	size_t turn = in_turn ? turn_of(r, s) : 0;
	const struct step *found = NULL;

	for (size_t i = 0; i < r->steps; i++) {
		const struct step *x = &r->step[i];

		if (call != SCENE_NONE) {
			if (x->kind == STEP_CALL && x->call == call &&
				x->program != s->program)
				return x;
			continue;
		}
		if (!may_end(r, x, s, taken))
			continue;
		found = x;
		if (in_turn ? turn-- == 0 : x->over > s->entered)
			break;
	}
	return found;
}
