/*
 * python_call: each call as Python says it, with a line that prints what it
 * gave: what the files of the themes share, and the list of these. What Python
 * has no word for is refused.
 */
#include <stdio.h>

#include "base/clock.h"
#include "base/intl.h"
#include "export/python.h"

/* Several threads print one after the other: print itself may be interrupted
 * between two words. */
const char *python_print(struct python *w)
{
	if (!program_has_threads(w->r, w->p))
		return "print";
	w->need |= PYTHON_TELL | PYTHON_THREADING;
	return "tell";
}

/* print("recv(conn, 64) ->", shown(data))  # "LOGIN\n" */
void python_tell(struct python *w, const struct step *s, const char *given)
{
	struct buf text = {0}, result = {0}, comment = {0};

	buf_printf(&text, "%s(\"", python_print(w));
	spell_label(&text, s);
	if (given)
		buf_printf(&text, " ->\", %s)", given);
	else
		buf_text(&text, " -> 0\")");
	spell_result(&result, s);
	if (result.len && !step_failed(s))
		buf_printf(&comment, "# %s", buf_str(&result));
	spell_statement(&w->body, w->depth, "    ", buf_str(&text),
		buf_str(&comment));
	buf_done(&text);
	buf_done(&result);
	buf_done(&comment);
}

/* A call that gives 0 tells it only where that was not sure. */
void python_tell_zero(struct python *w, const struct step *s)
{
	if (step_tells_zero(s))
		python_tell(w, s, NULL);
}

/* ", socket.MSG_DONTWAIT"; nothing for 0. */
void python_flags(struct buf *b, const struct value *v)
{
	if (!v || !v->number)
		return;
	buf_text(b, ", ");
	spell_flags(b, v, "socket.");
}

const char *python_made(const struct python *w, const struct step *s, int i)
{
	if (s->makes[i] != NOTHING)
		return w->r->thing[s->makes[i]].name;
	return i || !s->line.name[0] ? "new" : s->line.name;
}

/* The variable of bytes, and of a field of them, that a call gives. */
const char *python_given(const struct python *w, const struct step *s)
{
	return s->makes[0] == NOTHING ? "data" :
		w->r->thing[s->makes[0]].name;
}

void python_seconds(struct buf *b, int64_t ns)
{
	char text[32];

	snprintf(text, sizeof(text), "%g", (double)ns / CLOCK_S);
	buf_text(b, text);
}

int python_call(struct python *w, const struct step *s)
{
	static const struct python_said *const all[] = {
		python_said_open, python_said_move, python_said_ready,
		python_said_option,
	};

	w->need |= PYTHON_SOCKET;
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		for (const struct python_said *c = all[i]; c->name; c++)
			if (step_is(s, c->name))
				return c->say(w, s);
	return run_refuse(w->r, s->row, _("%s is not written in Python"),
		s->line.row->name);
}
