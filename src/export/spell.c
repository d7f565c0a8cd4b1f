/*
 * spell: what programs of both languages have in common: how they call what
 * they print, the results that the journal saw, remarks, the heading.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/intl.h"
#include "base/mem.h"
#include "base/text.h"
#include "export/inside.h"

#define RESULT_MOST 36 /* letters of a result that stand in a comment */

/* ---- arguments and results ---- */

const struct value *step_arg(const struct step *s, int i)
{
	return i < s->line.nargs ? &s->line.arg[i] : NULL;
}

int64_t step_number(const struct step *s, int i)
{
	const struct value *v = step_arg(s, i);

	return v ? v->number : 0;
}

const struct value *step_of_kind(const struct step *s, enum param_kind kind)
{
	for (int i = 0; i < s->line.nargs; i++)
		if (s->line.row->param[i].kind == kind)
			return &s->line.arg[i];
	return NULL;
}

bool step_waits(const struct step *s)
{
	return s->over == SCENE_NEVER;
}

bool step_failed(const struct step *s)
{
	return !step_waits(s) && s->result.kind == VALUE_ERRNO;
}

bool step_is_interrupted(const struct step *s)
{
	return s->kind == STEP_CALL && step_failed(s) &&
		s->result.number == EINTR;
}

bool step_watches(const struct run *r, const struct step *s, uint32_t thing)
{
	const struct thing *ep = run_thing(r, step_arg(s, 0));

	for (const struct step *x = r->step; ep && x < s; x++)
		if (step_is(x, "epoll_ctl") &&
			run_thing(r, step_arg(x, 0)) == ep &&
			run_thing(r, step_arg(x, 2)) == &r->thing[thing])
			return true;
	return false;
}

bool step_tells_zero(const struct step *s)
{
	if (s->kind != STEP_CALL)
		return false;
	return step_failed(s) || step_is(s, "listen") || (step_is(s, "bind") &&
		s->is_datagram);
}

void spell_label(struct buf *b, const struct step *s)
{
	const struct call_row *row = s->line.row;
	bool fd = row->param[0].kind == PARAM_FD, any = false;

	buf_text(b, row->name);
	for (int i = 0; i < s->line.nargs; i++) {
		enum param_kind kind = row->param[i].kind;

		if (kind != PARAM_FD && kind != PARAM_SIZE &&
			kind != PARAM_SIZES && kind != PARAM_OPTION &&
			kind != PARAM_CONST &&
			!(kind == PARAM_NUMBER && fd))
			continue;
		if (kind == PARAM_CONST && !s->line.arg[i].number && i)
			continue; /* the usual one */
		buf_text(b, any ? ", " : "(");
		value_print(b, &s->line.arg[i]);
		any = true;
	}
	if (any)
		buf_char(b, ')');
}

void spell_result(struct buf *b, const struct step *s)
{
	struct buf text = {0};
	enum result_kind kind = s->line.row->result;

	if (step_waits(s)) {
		buf_text(b, s->alarm || s->deadly ?
			_("the signal ends the program") :
			_("the journal ends while it waits"));
		return;
	}
	if (!step_failed(s) && (kind == RESULT_FD || kind == RESULT_FDS ||
		kind == RESULT_ZERO || kind == RESULT_PROCESS ||
		kind == RESULT_CONST))
		return;
	value_print(&text, &s->result);
	if (text_letters(buf_str(&text), text.len) <= RESULT_MOST)
		buf_text(b, buf_str(&text));
	else if (call_moved(s->line.row, &s->result))
		buf_printf(b, ngettext("%llu byte", "%llu bytes",
			(unsigned long)call_moved(s->line.row, &s->result)),
			(unsigned long long)call_moved(s->line.row,
			&s->result));
	buf_done(&text);
}

void spell_flags(struct buf *b, const struct value *v, const char *prefix)
{
	struct buf text = {0};
	const char *at;

	if (v->kind == VALUE_CONSTANT)
		constant_print(&text, v->set, v->number);
	else
		value_print(&text, v);
	for (at = buf_str(&text); *at; at++) {
		bool begins = at == text.data || at[-1] == ' ';

		if (begins && *at >= 'A' && *at <= 'Z')
			buf_text(b, prefix);
		buf_char(b, *at);
	}
	buf_done(&text);
}

void spell_name(struct buf *b, const struct value *v)
{
	for (const char *at = v->text; *at; at++)
		buf_char(b, *at == '.' ? '_' : *at);
}

/* ---- remarks ---- */

char *spell_text(const char *fmt, va_list ap)
{
	va_list again;
	char *text;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	text = mem_zero((size_t)(n < 0 ? 0 : n) + 1);
	vsnprintf(text, (size_t)(n < 0 ? 0 : n) + 1, fmt, ap);
	return text;
}

void spell_remark(struct buf *b, const void *text, size_t n)
{
	const char *s = text;
	char before = 0;
	int32_t point;

	for (size_t i = 0, size; i < n; i += size) {
		size = text_letter(s + i, n - i, &point);
		if (point < 0 || text_cells_of(point) <= 0) {
			text_escape(b, s + i, size);
			before = 0;
			continue;
		}
		if ((before == '*' && s[i] == '/') ||
			(before == '/' && s[i] == '*'))
			buf_char(b, ' ');
		buf_add(b, s + i, size);
		before = s[i];
	}
}

void spell_reason(struct buf *b, const struct run *r, const struct step *s,
	const struct step *x)
{
	struct buf call = {0};

	if (x->kind == STEP_CALL) {
		struct line l = x->line; /* borrowed, without its defaults */

		l.nargs = x->written;
		line_print_call(&call, &l);
		if (text_letters(buf_str(&call), call.len) > RESULT_MOST) {
			buf_clear(&call);
			spell_label(&call, x);
		}
	} else {
		buf_text(&call, _("its end"));
	}
	if (x->program == s->program) /* what it did itself must get through */
		buf_printf(b, _("after %s"), buf_str(&call));
	else
		buf_printf(b, _("after %s: %s"), r->program[x->program].lane,
			buf_str(&call));
	buf_done(&call);
}

/* ---- the heading ---- */

static void put_usage(struct buf *b, const struct run *r,
	const struct program *p, enum export_language to)
{
	struct host_argument host[HOSTS_MOST];
	int n = program_hosts(r, p, host);

	buf_printf(b, to == EXPORT_C ? "    ./%s" : "    python3 %s.py",
		p->lane);
	for (int i = 0; i < n; i++) {
		buf_text(b, i ? " [" : " [");
		for (const char *c = host[i].name; *c; c++)
			buf_char(b, (char)(*c >= 'a' && *c <= 'z' ? *c - 32 :
				*c));
	}
	for (int i = 0; i < n; i++)
		buf_char(b, ']');
	buf_char(b, '\n');
}

static void put_what(struct buf *b, const struct run *r,
	const struct program *p)
{
	if (r->page) {
		struct buf lesson = {0};

		spell_remark(&lesson, r->lesson, strlen(r->lesson));
		buf_printf(b, _("The calls of %s in \"%s\", page %d, as "
			"tomada saw them."), p->lane, buf_str(&lesson),
			r->page);
		buf_done(&lesson);
	} else {
		buf_printf(b, _("The calls of %s, as tomada saw them."),
			p->lane);
	}
	buf_char(b, '\n');
}

void spell_heading(struct buf *b, const struct run *r,
	const struct program *p, enum export_language to)
{
	uint32_t start[EXPORT_PROGRAMS];
	size_t n = run_starting(r, start);
	struct host_argument host[HOSTS_MOST];
	bool hosts = false;

	put_what(b, r, p);
	buf_char(b, '\n');
	if (to == EXPORT_C)
		for (size_t i = 0; i < n; i++)
			buf_printf(b, "    cc %s-o %s %s.c\n",
				program_has_threads(r, &r->program[start[i]]) ?
				"-pthread " : "", r->program[start[i]].lane,
				r->program[start[i]].lane);
	for (size_t i = 0; i < n; i++) {
		put_usage(b, r, &r->program[start[i]], to);
		hosts |= program_hosts(r, &r->program[start[i]], host) > 0;
	}
	buf_char(b, '\n');
	if (n == 2)
		buf_text(b, _("Each in a terminal of its own, in this "
			"order.\n"));
	else if (n > 2)
		buf_text(b, _("Each in a terminal of its own, in this order, "
			"one right after the other.\n"));
	if (r->in_time)
		buf_text(b, _("The first one waits ten seconds for the "
			"others to be started.\n"));
	if (hosts)
		buf_text(b, _("An address that is left out is that of this "
			"machine.\n"));
	if (r->wire) {
		buf_text(b, _("The wire had orders, which no program can give "
			"(below, as comments):\n"));
		buf_text(b, _("without them the results may be others.\n"));
	}
	if (r->told.len)
		buf_printf(b, _("The lab was set up with:\n%s"),
			buf_str(&r->told));
}

int64_t option_in(const struct value *v, int64_t unit)
{
	if (!v)
		return 0;
	if (v->kind != VALUE_TIME)
		return v->number;
	return v->number < 0 ? 0 : v->number / unit;
}
