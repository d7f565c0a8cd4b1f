/*
 * share: which variables several threads have: they stand outside of the
 * functions.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "export/inside.h"

static bool value_has(const struct value *v, uint32_t thing)
{
	if (v->kind == VALUE_NAME)
		return v->number == thing;
	if (v->kind == VALUE_LIST || v->kind == VALUE_RECORD ||
		v->kind == VALUE_ENTRY)
		for (size_t i = 0; i < v->items; i++)
			if (value_has(&v->item[i], thing))
				return true;
	return false;
}

bool step_has(const struct run *r, const struct step *s, uint32_t thing)
{
	if (s->kind != STEP_CALL)
		return false;
	for (int i = 0; i < s->line.nargs; i++)
		if (value_has(&s->line.arg[i], thing))
			return true;
	return s->makes[0] == thing || s->makes[1] == thing ||
		s->awaits == thing || (step_is(s, "epoll_wait") &&
		step_watches(r, s, thing));
}

/* The first thing that has the variable. */
static uint32_t variable_of(const struct run *r, uint32_t thing)
{
	const struct thing *t = &r->thing[thing];

	for (uint32_t i = 0; i < thing; i++)
		if (!strcmp(r->thing[i].name, t->name) &&
			r->thing[i].program == t->program)
			return i;
	return thing;
}

void run_share(struct run *r)
{
	uint32_t *in = mem_zero((r->things + 1) * sizeof(*in));
	bool threads = false;

	for (size_t i = 0; i < r->programs; i++)
		threads |= r->program[i].thread > 0;
	for (uint32_t i = 0; i < r->things; i++)
		in[i] = NOTHING;
	for (uint32_t i = 0; i < r->things && threads; i++) {
		uint32_t of = variable_of(r, i);

		for (size_t k = 0; k < r->steps; k++) {
			uint32_t f = program_function(r, r->step[k].program);

			if (in[of] == f || !step_has(r, &r->step[k], i))
				continue;
			if (in[of] != NOTHING)
				r->thing[of].shared = true;
			in[of] = f;
		}
	}
	for (uint32_t i = 0; i < r->things; i++)
		r->thing[i].shared = r->thing[variable_of(r, i)].shared;
	free(in);
}
