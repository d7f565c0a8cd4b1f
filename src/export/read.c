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

/* What was told up to now stands before a step. */
static void take_notes(struct reading *t, struct step *s)
{
	struct buf *notes = &t->notes[s->program], all = {0};

	if (!notes->len)
		return;
	buf_printf(&all, "%s%s", s->note ? s->note : "", buf_str(notes));
	free(s->note);
	s->note = mem_string(buf_str(&all));
	buf_done(&all);
	buf_clear(notes);
}

static struct step *add_step(struct reading *t, uint32_t program,
	enum step_kind kind, uint32_t position)
{
	struct step *s = run_add_step(t->r, program, kind, position);

	s->row = row_at(t->r, position);
	take_notes(t, s);
	return s;
}

/* The last step of a program is made at a position, not before. */
static void move_step(struct reading *t, uint32_t program, uint32_t position)
{
	struct step *s = run_move_step(t->r, program);

	s->entered = position;
	s->waited = false;
	take_notes(t, s);
}

/* NULL: it has none yet. */
static const struct step *last_step(const struct run *r, uint32_t program)
{
	const struct program *p = &r->program[program];

	return p->n ? &r->step[p->step[p->n - 1]] : NULL;
}

/* The program that a fork made, also when it never makes a call: it has what
 * it was given. */
static int read_child(struct reading *t, uint32_t parent, uint32_t row,
	uint32_t position, uint32_t *out)
{
	struct run *r = t->r;
	uint32_t actor = r->program[parent].actor;
	uint32_t process = scene_actor(r->s, actor)->process;
	int e;

	for (uint32_t i = process + 1; i < scene_actors(r->s); i++) {
		const struct scene_actor *a = scene_actor(r->s, i);

		if (a->forked_from != process || a->started <= position ||
			run_program(r, i) != NOTHING)
			continue;
		e = run_make_program(r, i, row, out);
		if (!e) /* the thread that forked goes on in it */
			r->program[*out].parent = parent;
		return e;
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

	if (run_make_program(r, c->actor, row, &program) < 0)
		return -EOPNOTSUPP;
	s = add_step(t, program, STEP_CALL, c->entered);
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
	if (s->line.row->result == RESULT_PROCESS &&
		s->result.kind != VALUE_ERRNO)
		return read_child(t, program, row, c->entered, &s->child);
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

/* A process that was stopped goes on. No program can do that to itself, nor
 * need it: a call that it was in gives what is there when it goes on, so the
 * call is made then. */
static void read_cont(struct reading *t, uint32_t position,
	const struct line *l)
{
	struct run *r = t->r;

	for (uint32_t i = 0; i < r->programs; i++) {
		const struct program *p = &r->program[i];
		const struct scene_actor *a = scene_actor(r->s,
			r->program[p->process].actor);
		const struct step *last = last_step(r, i);

		if (!strcmp(a->lane, l->lane) && a->ended > position &&
			last && last->over > position &&
			last->over != SCENE_NEVER)
			move_step(t, i, position);
	}
}

static int read_verb(struct reading *t, const struct event *e,
	uint32_t position, const struct line *l)
{
	static const char *const refused[] = {"run", "says", NULL};

	if (!strcmp(l->verb, "cont"))
		read_cont(t, position, l);
	if (!strcmp(l->lane, "lab")) {
		read_lab(t, e, l);
		return 0;
	}
	for (int i = 0; refused[i]; i++)
		if (!strcmp(l->verb, refused[i]))
			return run_refuse(t->r, row_at(t->r, position),
				_("%s is a program that was started; nobody "
				"told what it calls"), l->lane);
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
static void read_ends(struct reading *t, uint32_t position)
{
	struct run *r = t->r;

	for (uint32_t i = 0; i < r->programs; i++) {
		const struct program *p = &r->program[i];
		const struct scene_actor *a = scene_actor(r->s, p->actor);
		const struct step *last = last_step(r, i);
		bool in_call = last && last->over == SCENE_NEVER;
		struct step *s;

		if (p->thread || a->ended != position || a->ended_by <= 0)
			continue;
		if (in_call && a->ended_by == SIGPIPE) {
			r->step[p->step[p->n - 1]].deadly = true;
			continue;
		}
		s = add_step(t, i, STEP_KILLED, position);
		s->number = a->ended_by;
		s->in_call = in_call;
	}
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
			read_ends(t, at);
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
			add_step(t, i, STEP_END, t->end);
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
	if (!e) {
		add_ends(&t);
		run_start_threads(r);
	}
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
	free(r->handing);
	buf_done(&r->told);
}
