/*
 * c_call: each call as C says it, its result checked and, where it teaches,
 * printed: what the files of the themes share, and the list of these.
 */
#include <errno.h>

#include "base/intl.h"
#include "export/c.h"

static void say_with(struct c *w, const char *text, const char *comment)
{
	spell_statement(&w->body, w->depth, "\t", text, comment);
}

/* The comment with what the journal saw: of success, or of failure. */
static void comment_of(struct buf *b, const struct step *s)
{
	struct buf result = {0};

	spell_result(&result, s);
	if (result.len)
		c_comment(b, buf_str(&result));
	buf_done(&result);
}

void c_tell(struct c *w, const struct step *s, const char *function,
	const char *rest)
{
	struct buf text = {0}, comment = {0};

	buf_printf(&text, "%s(\"", function);
	spell_label(&text, s);
	buf_printf(&text, "\", %s);", rest);
	comment_of(&comment, s);
	say_with(w, buf_str(&text), buf_str(&comment));
	buf_done(&text);
	buf_done(&comment);
}

/* printf("LABEL -> FORMAT\n", rest); */
void c_print(struct c *w, const struct step *s, const char *format,
	const char *rest)
{
	struct buf text = {0}, comment = {0};

	buf_text(&text, "printf(\"");
	spell_label(&text, s);
	buf_printf(&text, " -> %s\\n\", %s);", format, rest);
	comment_of(&comment, s);
	say_with(w, buf_str(&text), buf_str(&comment));
	buf_done(&text);
	buf_done(&comment);
}

void c_die_if(struct c *w, const char *condition, const struct step *s)
{
	w->help |= HELP_DIE;
	c_say(w, "if (%s)", condition);
	w->depth++;
	c_say(w, "die(\"%s\");", s->line.row->name);
	w->depth--;
}

/* A call that gives 0: checked, and told only where it was not sure. */
void c_check_zero(struct c *w, const struct step *s, const char *call)
{
	struct buf text = {0};

	if (step_failed(s)) {
		w->help |= HELP_TELL;
		c_tell(w, s, "tell", call);
		return;
	}
	buf_printf(&text, "%s < 0", call);
	c_die_if(w, buf_str(&text), s);
	if (step_tells_zero(s)) {
		buf_clear(&text);
		buf_text(&text, "puts(\"");
		spell_label(&text, s);
		buf_text(&text, " -> 0\");");
		c_say(w, "%s", buf_str(&text));
	}
	buf_done(&text);
}

/* A call that gives a number, of bytes or else: n. */
void c_check_count(struct c *w, const struct step *s, const char *call)
{
	w->help |= HELP_TELL;
	if (step_failed(s)) {
		c_tell(w, s, "tell", call);
		return;
	}
	w->vars |= VAR_N;
	c_say(w, "n = %s;", call);
	c_die_if(w, "n < 0", s);
	c_tell(w, s, "tell", "n");
}

const char *c_declare(struct c *w, const struct thing *t)
{
	if (t->shared && !t->again)
		buf_printf(w->shared, "static int %s;\n", t->name);
	return t->shared || t->again ? "" : "int ";
}

/* A call that gives a descriptor. */
void c_check_fd(struct c *w, const struct step *s, const char *call)
{
	const struct thing *t = s->makes[0] == NOTHING ? NULL :
		&w->r->thing[s->makes[0]];
	struct buf text = {0};

	if (!t) {
		w->help |= HELP_TELL;
		c_tell(w, s, "tell", call);
		return;
	}
	c_say(w, "%s%s = %s;", c_declare(w, t), t->name, call);
	buf_printf(&text, "%s < 0", t->name);
	c_die_if(w, buf_str(&text), s);
	buf_done(&text);
}

void c_flags(struct buf *b, const struct value *v)
{
	if (!v)
		buf_text(b, "0");
	else
		spell_flags(b, v, "");
}

void c_knows_error(struct c *w, int64_t error)
{
	if (error > 0 && error < ERRORS)
		w->error[error] = true;
}

/* What failed may fail otherwise when it is made again: by these names, too. */
static void know_errors(struct c *w, const struct step *s)
{
	c_knows_error(w, s->result.number);
	if (s->line.row->sends || s->line.row->receives) {
		c_knows_error(w, EAGAIN);
		c_knows_error(w, ECONNRESET);
	}
	if (s->line.row->sends)
		c_knows_error(w, EPIPE);
	if (step_is(s, "connect"))
		c_knows_error(w, ECONNREFUSED);
}

int c_call(struct c *w, const struct step *s)
{
	static const struct c_said *const all[] = {
		c_said_open, c_said_move, c_said_ready, c_said_option,
		c_said_name,
	};

	w->headers |= C_SOCKET;
	if (step_failed(s))
		know_errors(w, s);
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		for (const struct c_said *c = all[i]; c->name; c++)
			if (step_is(s, c->name))
				return c->say(w, s);
	return run_refuse(w->r, s->row, _("%s is not written in C"),
		s->line.row->name);
}
