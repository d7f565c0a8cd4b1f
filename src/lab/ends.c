/* ends: see ends.h. */
#include "lab/ends.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/intl.h"
#include "lab/inside.h"

/* What stands behind the arrow, or NULL. */
static const char *behind_arrow(const struct order *o)
{
	const char *rest = o->line.rest ? o->line.rest : "";

	if (strncmp(rest, "->", 2))
		return NULL;
	rest += 2;
	return rest + strspn(rest, " \t");
}

static int find(struct lab *lab, struct order *o, struct diag *d)
{
	o->process = process_find(lab, o->lane_name);
	if (!o->process)
		return diag_set(d, 1, _("%s has no process yet: its first call "
			"starts it"), o->lane_name);
	return 0;
}

/* ---- ends ---- */

int ends_begin(struct lab *lab, struct order *o, struct diag *d)
{
	if (find(lab, o, d))
		return -EINVAL;
	if (!o->process->running && !o->process->ended)
		return diag_set(d, 1, _("%s has ended, and a line has said so "
			"already"), o->lane_name);
	o->stage = ORDER_ENDS;
	return 0;
}

static void put_end(struct buf *b, int status)
{
	const char *name;

	if (WIFEXITED(status)) {
		buf_printf(b, "exit %d", WEXITSTATUS(status));
		return;
	}
	name = constant_name("signal", WTERMSIG(status));
	if (name)
		buf_text(b, name);
	else
		buf_printf(b, _("signal %d"), WTERMSIG(status));
}

/* Whether it ended like that; the parser has seen to what may stand there. */
static bool is_end(const char *wanted, int status)
{
	int64_t sig;

	if (!strncmp(wanted, "exit", 4))
		return WIFEXITED(status) &&
			WEXITSTATUS(status) == atoi(wanted + 4);
	return WIFSIGNALED(status) && constant_number("signal", wanted, &sig) &&
		sig == WTERMSIG(status);
}

bool ends_go_on(struct lab *lab, struct order *o)
{
	const char *wanted = behind_arrow(o);
	struct process *p = o->process;
	struct buf why = {0};

	if (!p->ended && !(settled_is(lab) && process_rests(p)) &&
		lab->now < o->deadline)
		return false;
	if (p->ended && (!wanted || is_end(wanted, p->status))) {
		p->ended = false;
		return order_ok(lab, o);
	}
	if (p->ended) {
		buf_printf(&why, _("expected %s, observed "), wanted);
		put_end(&why, p->status);
		p->ended = false;
	} else {
		buf_printf(&why, _("expected %s to end, and it goes on"),
			p->name);
	}
	order_failed(lab, o, why.data);
	buf_done(&why);
	return true;
}

/* ---- says ---- */

int says_begin(struct lab *lab, struct order *o, struct diag *d)
{
	const char *wanted = behind_arrow(o);
	struct expect *e = &o->line.expect;

	if (!wanted)
		return diag_set(d, 1, _("this line is the journal's: it says "
			"what happened; ask with says -> \"…\""));
	if (find(lab, o, d) || expect_parse(e, wanted, strlen(wanted), NULL, d))
		return -EINVAL;
	for (int i = 0; i < e->nalt; i++)
		if (e->alt[i].kind != VALUE_BYTES &&
			e->alt[i].kind != VALUE_ANY)
			return diag_set(d, 1, _("says what? says -> "
				"\"listening\""));
	if (e->within)
		o->deadline = lab->now + e->within;
	o->stage = ORDER_SAYS;
	return 0;
}

static bool holds(const struct value *wanted, const struct value *line)
{
	struct buf a = {0}, b = {0};
	bool found;

	if (wanted->kind == VALUE_ANY)
		return true;
	value_unroll(&a, wanted);
	value_unroll(&b, line);
	found = memmem(buf_str(&b), b.len, buf_str(&a), a.len) != NULL;
	buf_done(&a);
	buf_done(&b);
	return found;
}

/* Whether a line of the journal is what the process says, and has it. */
static bool is_said(const struct order *o, const char *text, size_t n)
{
	const struct expect *e = &o->line.expect;
	struct value said = {0};
	char begin[LINE_LANE + 8];
	size_t k = snprintf(begin, sizeof(begin), "%s: says ",
		o->process->name);
	bool found = false;

	if (n <= k || memcmp(text, begin, k) ||
		line_parse_value(&said, text + k, n - k, NULL))
		goto out;
	for (int i = 0; i < e->nalt && !found; i++)
		found = holds(&e->alt[i], &said);
out:
	value_done(&said);
	return found;
}

bool says_go_on(struct lab *lab, struct order *o)
{
	struct process *p = o->process;
	struct buf why = {0};
	struct event e;

	while (journal_read(lab->view, p->heard, &e) == 1) {
		p->heard = e.next;
		if (e.kind == EVENT_LINE &&
			is_said(o, (const char *)e.data, e.len))
			return order_ok(lab, o);
	}
	if (lab->now < o->deadline)
		return false;
	buf_printf(&why, _("expected a line with %s, %s said none"),
		behind_arrow(o), p->name);
	order_failed(lab, o, why.data);
	buf_done(&why);
	return true;
}
