/*
 * read: the journal of a take → programs and their steps.
 *
 * What is no call is kept as a note before the step that came next, or, where
 * no program could do it, refused.
 */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "call/scan.h"
#include "call/value_parse.h"
#include "export/inside.h"

int run_refuse(struct run *r, uint32_t row, const char *fmt, ...)
{
	int n = snprintf(r->why, r->size, _("row %u: "), row);
	va_list ap;

	if (n < 0 || (size_t)n >= r->size)
		n = 0;
	va_start(ap, fmt);
	vsnprintf(r->why + n, r->size - (size_t)n, fmt, ap);
	va_end(ap);
	return -EOPNOTSUPP;
}

/* The row of the stage in which something was told at a position. */
static uint32_t row_at(const struct run *r, uint32_t position)
{
	return scene_rows(r->s, position + 1) - r->take->first_row;
}

/* ---- programs and steps ---- */

static uint32_t program_of_actor(const struct run *r, uint32_t actor)
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

	for (size_t i = 0; i < r->programs; i++)
		earlier += !strcmp(scene_actor(r->s, r->program[i].actor)->lane,
			a->lane);
	snprintf(p->lane, sizeof(p->lane), earlier ? "%s-%d" : "%s", a->lane,
		earlier + 1);
}

static uint32_t add_program(struct run *r, uint32_t actor)
{
	const struct scene_actor *a = scene_actor(r->s, actor);
	struct program *p;

	r->program = mem_grow(r->program, &r->program_cap, r->programs + 1,
		sizeof(*r->program));
	p = &r->program[r->programs];
	memset(p, 0, sizeof(*p));
	name_program(r, p, a);
	p->host = a->host;
	p->actor = actor;
	p->parent = a->forked_from == SCENE_NONE ? NOTHING :
		program_of_actor(r, a->forked_from);
	return (uint32_t)r->programs++;
}

static struct step *add_step(struct run *r, uint32_t program,
	enum step_kind kind, uint32_t position, struct buf *notes)
{
	struct program *p = &r->program[program];
	struct step *s;

	r->step = mem_grow(r->step, &r->step_cap, r->steps + 1,
		sizeof(*r->step));
	s = &r->step[r->steps];
	memset(s, 0, sizeof(*s));
	s->kind = kind;
	s->program = program;
	s->row = row_at(r, position);
	s->entered = position;
	s->over = position;
	s->makes[0] = s->makes[1] = s->child = s->awaits = s->after = NOTHING;
	if (notes[program].len)
		s->note = mem_string(buf_str(&notes[program]));
	buf_clear(&notes[program]);
	p->step = mem_grow(p->step, &p->cap, p->n + 1, sizeof(*p->step));
	p->step[p->n++] = (uint32_t)r->steps++;
	return s;
}

/* NULL: it has none yet. */
static const struct step *last_step(const struct run *r, uint32_t program)
{
	const struct program *p = &r->program[program];

	return p->n ? &r->step[p->step[p->n - 1]] : NULL;
}

/* Put in what is meant by the arguments that were left out. */
static void put_defaults(struct line *l)
{
	const struct call_row *row = l->row;

	for (int i = l->nargs; i < call_params(row); i++) {
		const struct param *p = &row->param[i];
		struct scan scan;

		if (!p->otherwise)
			break;
		scan_init(&scan, p->otherwise, strlen(p->otherwise), NULL);
		if (value_parse_argument(&scan, row, p,
			i ? &l->arg[i - 1] : NULL, &l->arg[i]) < 0)
			break;
		l->nargs = i + 1;
	}
}

/* ---- what stands in the journal ---- */

struct reading {
	struct run *r;
	uint32_t end;    /* positions from here on are not read */
	uint32_t call;   /* the next one of the scene */
	struct buf notes[EXPORT_PROGRAMS]; /* of each program */
};

/* The program of an actor, made when it is not there: 0, or refused. */
static int find_program(struct reading *t, uint32_t actor, uint32_t row,
	uint32_t *out)
{
	struct run *r = t->r;
	const struct scene_actor *a = scene_actor(r->s, actor);

	if (a->thread)
		return run_refuse(r, row, _("%s is a thread; programs with "
			"threads are not written"), a->lane);
	*out = program_of_actor(r, actor);
	if (*out != NOTHING)
		return 0;
	if (r->programs == EXPORT_PROGRAMS)
		return run_refuse(r, row, _("%s is one more program than can "
			"be written, %d"), a->lane, EXPORT_PROGRAMS);
	*out = add_program(r, actor);
	return 0;
}

/* The program that a fork made, also when it never makes a call: it has what
 * it was given. */
static int read_child(struct reading *t, uint32_t parent, uint32_t row,
	uint32_t position, uint32_t *out)
{
	struct run *r = t->r;

	for (uint32_t i = parent + 1; i < scene_actors(r->s); i++) {
		const struct scene_actor *a = scene_actor(r->s, i);

		if (a->forked_from == parent && a->started > position &&
			program_of_actor(r, i) == NOTHING)
			return find_program(t, i, row, out);
	}
	return run_refuse(r, row, _("the process that was forked is not in the "
		"journal"));
}

static int read_call(struct reading *t)
{
	struct run *r = t->r;
	uint32_t call = t->call++;
	const struct scene_call *c = scene_call(r->s, call);
	uint32_t row = c->row_entered - r->take->first_row + 1;
	uint32_t program;
	struct step *s;

	if (find_program(t, c->actor, row, &program) < 0)
		return -EOPNOTSUPP;
	s = add_step(r, program, STEP_CALL, c->entered, t->notes);
	s->call = call;
	s->row = row;
	s->over = c->returned < t->end ? c->returned : SCENE_NEVER;
	s->waited = c->waits < s->over;
	if (!scene_call_line(r->s, call, &s->line))
		return run_refuse(r, row, _("this call cannot be read"));
	s->written = s->line.nargs;
	put_defaults(&s->line);
	if (s->over == SCENE_NEVER)
		return 0;
	s->took = scene_call_time(r->s, call, true) -
		scene_call_time(r->s, call, false);
	if (!scene_call_result(r->s, call, &s->result))
		return run_refuse(r, row, _("what this call gave cannot be "
			"read"));
	if (s->result.kind == VALUE_ERRNO && s->result.number == EINTR)
		return run_refuse(r, row, _("a signal interrupted %s; no "
			"program can send itself one at that moment"),
			s->line.row->name);
	if (s->line.row->result == RESULT_PROCESS &&
		s->result.kind != VALUE_ERRNO)
		return read_child(t, c->actor, row, c->entered, &s->child);
	return 0;
}

static void note_line(struct buf *b, const struct event *e)
{
	spell_remark(b, e->data, e->len);
	buf_char(b, '\n');
}

/* What the wire and the lab were told: no program can do it. */
static void note(struct reading *t, const struct event *e)
{
	for (uint32_t i = 0; i < t->r->programs; i++)
		note_line(&t->notes[i], e);
}

/* client 10.0.0.1 fd00::1 */
static void read_host(struct run *r, const char *rest)
{
	struct lab_host *h = &r->host[r->hosts];

	if (r->hosts < SCENE_HOSTS && sscanf(rest, "%23s %45s %45s", h->name,
		h->address[0], h->address[1]) >= 2)
		r->hosts++;
}

/* Verbs of the lab that are about how it is built, and those that time is. */
static void read_lab(struct reading *t, const struct event *e,
	const struct line *l)
{
	static const char *const told[] = {
		"set", "mtu", "arp", "dns", "wait", NULL,
	};
	struct run *r = t->r;

	if (!strcmp(l->verb, "host"))
		read_host(r, l->rest);
	for (int i = 0; told[i]; i++)
		if (!strcmp(l->verb, told[i])) {
			if (r->programs)
				note(t, e);
			else
				note_line(&r->told, e);
		}
}

static int read_verb(struct reading *t, const struct event *e,
	uint32_t position, const struct line *l)
{
	static const char *const refused[] = {
		"interrupt", "stop", "cont", "run", "says", NULL,
	};

	if (!strcmp(l->lane, "lab")) {
		read_lab(t, e, l);
		return 0;
	}
	for (int i = 0; refused[i]; i++)
		if (!strcmp(l->verb, refused[i]))
			return run_refuse(t->r, row_at(t->r, position),
				_("%s was told from outside (%s); a program "
				"cannot do that to itself"), l->lane, l->verb);
	return 0;
}

static int read_line(struct reading *t, const struct event *e,
	uint32_t position)
{
	struct line l;
	int e2 = 0;

	if (line_parse(&l, (const char *)e->data, e->len, NULL, NULL,
		NULL) < 0) {
		line_done(&l); /* what the lab writes of itself */
		return 0;
	}
	if (l.kind == LINE_WIRE) {
		t->r->wire = true;
		note(t, e);
	} else if (l.kind == LINE_VERB) {
		e2 = read_verb(t, e, position, &l);
	}
	line_done(&l);
	return e2;
}

/* Programs that a signal ended, when the event at a position says so. */
static int read_ends(struct reading *t, uint32_t position)
{
	struct run *r = t->r;

	for (uint32_t i = 0; i < r->programs; i++) {
		const struct program *p = &r->program[i];
		const struct scene_actor *a = scene_actor(r->s, p->actor);
		const struct step *last = last_step(r, i);

		if (a->ended != position || a->ended_by <= 0)
			continue;
		if (last && last->over == SCENE_NEVER &&
			a->ended_by != SIGPIPE)
			return run_refuse(r, last->row, _("%s was killed while "
				"it waited in %s; a program cannot do that to "
				"itself"), p->lane, last->line.row->name);
		if (!last || last->over != SCENE_NEVER)
			add_step(r, i, STEP_KILLED, position, t->notes)->
				number = a->ended_by;
	}
	return 0;
}

static int read_events(struct reading *t)
{
	struct run *r = t->r;
	int e = 0;

	for (uint32_t at = r->take->begin; at < t->end && !e; at++) {
		struct event event;

		if (t->call < scene_calls(r->s) &&
			scene_call(r->s, t->call)->entered == at) {
			e = read_call(t);
			continue;
		}
		if (!scene_event(r->s, at, &event) ||
			event.kind != EVENT_LINE)
			continue;
		e = read_line(t, &event, at);
		if (!e)
			e = read_ends(t, at);
	}
	return e;
}

/* Every program leaves in the end, unless it was killed or still waits. */
static void add_ends(struct reading *t)
{
	struct run *r = t->r;

	for (uint32_t i = 0; i < r->programs; i++) {
		const struct step *last = last_step(r, i);

		if (!last || (last->kind == STEP_CALL &&
			last->over != SCENE_NEVER))
			add_step(r, i, STEP_END, t->end, t->notes);
	}
}

int run_read(struct run *r, struct scene *s, uint32_t position)
{
	struct reading t = {.r = r, .end = position};
	struct scene_page page;
	int e;

	r->s = s;
	r->take = scene_take(s, position);
	if (!r->take || r->take->first_call >= scene_calls(s) ||
		scene_call(s, r->take->first_call)->entered >= position) {
		snprintf(r->why, r->size, _("no call was made yet: there is "
			"nothing to write down"));
		return -ENODATA;
	}
	t.call = r->take->first_call;
	scene_page(s, position, &page);
	snprintf(r->lesson, sizeof(r->lesson), "%s", page.lesson);
	r->page = page.page;
	e = read_events(&t);
	if (!e)
		add_ends(&t);
	for (int i = 0; i < EXPORT_PROGRAMS; i++)
		buf_done(&t.notes[i]);
	return e;
}

void run_done(struct run *r)
{
	for (size_t i = 0; i < r->steps; i++) {
		line_done(&r->step[i].line);
		value_done(&r->step[i].result);
		free(r->step[i].note);
	}
	for (size_t i = 0; i < r->programs; i++)
		free(r->program[i].step);
	free(r->program);
	free(r->step);
	free(r->thing);
	buf_done(&r->told);
}
