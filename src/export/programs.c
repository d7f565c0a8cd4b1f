/*
 * programs: what belongs to which: the steps of a program, the threads of a
 * process, what is forked in whose file.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/intl.h"
#include "base/mem.h"
#include "export/inside.h"

/* ---- programs and steps ---- */

uint32_t run_program(const struct run *r, uint32_t actor)
{
	for (uint32_t i = 0; i < r->programs; i++)
		if (r->program[i].actor == actor)
			return i;
	return NOTHING;
}

/* A lane on which a program was started anew has several: each is a file. */
static void name_program(const struct run *r, struct program *p,
	const struct scene_actor *a)
{
	int earlier = 0;

	if (a->thread) {
		snprintf(p->lane, sizeof(p->lane), "%.*s/%d",
			(int)sizeof(p->lane) - 4, r->program[p->process].lane,
			a->thread);
		return;
	}
	for (size_t i = 0; i < r->programs; i++)
		earlier += !strcmp(scene_actor(r->s, r->program[i].actor)->lane,
			a->lane);
	snprintf(p->lane, sizeof(p->lane), earlier ? "%s-%d" : "%s", a->lane,
		earlier + 1);
}

int run_make_program(struct run *r, uint32_t actor, uint32_t row,
	uint32_t *out)
{
	const struct scene_actor *a = scene_actor(r->s, actor);
	uint32_t process;
	struct program *p;

	*out = run_program(r, actor);
	if (*out != NOTHING)
		return 0;
	process = (uint32_t)r->programs;
	if (a->thread && run_make_program(r, a->process, row, &process) < 0)
		return -EOPNOTSUPP;
	if (r->programs == EXPORT_PROGRAMS)
		return run_refuse(r, row, _("%s is one more program than can "
			"be written, %d"), a->lane, EXPORT_PROGRAMS);
	r->program = mem_grow(r->program, &r->program_cap, r->programs + 1,
		sizeof(*r->program));
	*out = (uint32_t)r->programs;
	p = &r->program[*out];
	memset(p, 0, sizeof(*p));
	p->process = process;
	p->thread = a->thread;
	name_program(r, p, a);
	p->host = a->host;
	p->actor = actor;
	p->parent = a->forked_from == SCENE_NONE ? NOTHING :
		run_program(r, a->forked_from);
	r->programs++;
	return 0;
}

struct step *run_add_step(struct run *r, uint32_t program,
	enum step_kind kind, uint32_t position)
{
	struct program *p = &r->program[program];
	struct step *s;

	r->step = mem_grow(r->step, &r->step_cap, r->steps + 1,
		sizeof(*r->step));
	s = &r->step[r->steps];
	memset(s, 0, sizeof(*s));
	s->kind = kind;
	s->program = program;
	s->entered = position;
	s->over = position;
	s->makes[0] = s->makes[1] = s->child = s->awaits = s->after = NOTHING;
	p->step = mem_grow(p->step, &p->cap, p->n + 1, sizeof(*p->step));
	p->step[p->n++] = (uint32_t)r->steps++;
	return s;
}

struct step *run_move_step(struct run *r, uint32_t program)
{
	struct program *p = &r->program[program];
	uint32_t at = p->step[p->n - 1];
	struct step moved = r->step[at];

	memmove(&r->step[at], &r->step[at + 1],
		(--r->steps - at) * sizeof(*r->step));
	for (size_t i = 0; i < r->programs; i++)
		for (size_t k = 0; k < r->program[i].n; k++)
			r->program[i].step[k] -= r->program[i].step[k] > at;
	r->step[r->steps] = moved;
	p->step[p->n - 1] = (uint32_t)r->steps;
	return &r->step[r->steps++];
}

int run_walk(struct run *r, int (*enter)(void *to, struct step *s),
	void (*leave)(void *to, struct step *s), void *to)
{
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
			leave(to, *next);
			*next = NULL;
		}
		if (i == r->steps)
			break;
		e = enter(to, &r->step[i]);
		open[r->step[i].program] = &r->step[i];
	}
	free(open);
	return e;
}

/* ---- threads ---- */

/* The first thread starts the others, when it comes to the place where it was
 * when they began: before the call in which it waited, or the next one. */
void run_start_threads(struct run *r)
{
	for (size_t i = 0; i < r->programs; i++) {
		struct program *t = &r->program[i];
		const struct program *p = &r->program[t->process];
		uint32_t begins;

		if (!t->thread)
			continue;
		begins = r->step[t->step[0]].entered;
		for (size_t k = p->n; k--; ) {
			t->before = p->step[k];
			if (k && r->step[p->step[k - 1]].over < begins)
				break;
		}
	}
}

const struct program *program_thread(const struct run *r,
	const struct program *p, uint32_t before, size_t i)
{
	for (size_t k = 0; k < r->programs; k++) {
		const struct program *t = &r->program[k];

		if (t->thread && t->process == program_number(r, p) &&
			(before == NOTHING || t->before == before) && !i--)
			return t;
	}
	return NULL;
}

/* ---- files and functions ---- */

uint32_t program_top(const struct run *r, uint32_t program)
{
	const struct program *p = &r->program[r->program[program].process];

	while (p->parent != NOTHING)
		p = &r->program[r->program[p->parent].process];
	return program_number(r, p);
}

uint32_t program_function(const struct run *r, uint32_t program)
{
	const struct program *p = &r->program[program];

	while (!p->thread && p->parent != NOTHING)
		p = &r->program[p->parent];
	return program_number(r, p);
}

bool program_has_threads(const struct run *r, const struct program *p)
{
	for (uint32_t i = 0; i < r->programs; i++)
		if (r->program[i].thread &&
			program_top(r, i) == program_number(r, p))
			return true;
	return false;
}

bool program_pauses(const struct run *r, const struct program *p)
{
	uint32_t top = program_top(r, program_number(r, p));

	for (uint32_t i = 0; i < r->programs; i++)
		if (r->program[i].paused && program_top(r, i) == top)
			return true;
	return false;
}

bool program_alarms(const struct run *r, const struct program *p,
	bool interrupts)
{
	for (size_t i = 0; i < r->steps; i++)
		if (r->step[i].alarm && (!interrupts ||
			step_is_interrupted(&r->step[i])) &&
			program_top(r, r->step[i].program) ==
			program_number(r, p))
			return true;
	return false;
}

bool handing_is_first(const struct run *r, const struct program *p, size_t i)
{
	uint32_t from = r->step[r->handing[i].giver].program;
	uint32_t to = r->step[r->handing[i].taker].program;
	size_t k = 0;

	while (r->step[r->handing[k].giver].program != from ||
		r->step[r->handing[k].taker].program != to)
		k++;
	return k == i && program_top(r, from) == program_number(r, p);
}
