/*
 * python_steps: what stands around the calls of a program in Python: pauses,
 * loops, forked processes, threads.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/intl.h"
#include "export/python.h"

#define TAB "    "

static void say_note(struct python *w, const char *note)
{
	for (const char *end; *note; note = end + 1) {
		end = strchr(note, '\n');
		python_say(w, "# %.*s", (int)(end - note), note);
	}
}

static void say_start(struct python *w)
{
	if (!program_pauses(w->r, w->p))
		return;
	w->need |= PYTHON_TIME;
	w->starts = true;
	python_say(w, "start = time.monotonic()");
}

/* A pause, and what the other program has done by then; gap: so much longer in
 * each turn of a loop. */
static void say_pause(struct python *w, const struct step *s, double gap)
{
	struct buf text = {0}, comment = {0};

	w->need |= PYTHON_TIME | PYTHON_PAUSE;
	buf_printf(&text, "pause_until(%g", step_seconds(s));
	if (gap > 0)
		buf_printf(&text, " + %g * i", gap);
	buf_char(&text, ')');
	buf_text(&comment, "# ");
	spell_reason(&comment, w->r, s, &w->r->step[s->after]);
	spell_reasoned(&w->body, w->depth, TAB, buf_str(&text),
		buf_str(&comment));
	buf_done(&text);
	buf_done(&comment);
}

/* The first program waits for others to come. */
static void say_await(struct python *w, const struct step *s)
{
	struct buf text = {0}, comment = {0};

	w->need |= PYTHON_SELECT;
	buf_printf(&text, "select.select([%s], [], [])",
		w->r->thing[s->awaits].name);
	buf_printf(&comment, "# %s", _("until somebody comes"));
	spell_reasoned(&w->body, w->depth, TAB, buf_str(&text),
		buf_str(&comment));
	say_start(w);
	buf_done(&text);
	buf_done(&comment);
}

/* try: … except OSError: print its name */
static int say_failure(struct python *w, const struct step *s)
{
	bool lookup = step_is(s, "getaddrinfo") || step_is(s, "getnameinfo");
	struct buf label = {0};
	int e;

	python_say(w, "try:");
	w->depth++;
	e = python_call(w, s);
	w->depth--;
	spell_label(&label, s);
	w->need |= PYTHON_ERRNO;
	python_say(w, "except OSError as error:  # %s",
		errno_name((int)s->result.number));
	w->depth++;
	python_say(w, "%s(\"%s ->\", %s)", python_print(w), buf_str(&label),
		lookup ? "lookup_error(error)" :
		"errno.errorcode[error.errno]");
	w->depth--;
	buf_done(&label);
	return e;
}

/* ---- threads ---- */

static int say_starts(struct python *w, const struct program *p,
	uint32_t before)
{
	const struct program *t;
	struct buf name = {0};
	int e = 0;

	for (size_t i = 0; !e && (t = program_thread(w->r, p, before, i));
		i++) {
		w->need |= PYTHON_OS | PYTHON_THREADING | PYTHON_FAILED;
		e = python_thread(w, t);
		buf_clear(&name);
		spell_thread(&name, t);
		python_say(w, "thread_%d = threading.Thread(target=%s)",
			t->thread, buf_str(&name));
		python_say(w, "thread_%d.start()", t->thread);
		buf_char(&w->body, '\n');
	}
	buf_done(&name);
	return e;
}

static void say_joins(struct python *w, const struct program *p)
{
	const struct program *t;

	for (size_t i = 0; (t = program_thread(w->r, p, NOTHING, i)); i++)
		python_say(w, "thread_%d.join()", t->thread);
}

/* from_1_to_2.release(): to those that wait for s. */
static void say_gives(struct python *w, const struct step *s, bool begun)
{
	const struct run *r = w->r;
	struct buf b = {0};

	for (size_t i = 0; i < r->handings; i++) {
		const struct handing *h = &r->handing[i];

		if (&r->step[h->giver] != s || h->begun != begun)
			continue;
		buf_clear(&b);
		spell_handing(&b, r, h);
		python_say(w, "%s.release()", buf_str(&b));
	}
	buf_done(&b);
}

static void say_takes(struct python *w, const struct step *s)
{
	const struct run *r = w->r;
	struct buf b = {0}, comment = {0};

	for (size_t i = 0; i < r->handings; i++) {
		const struct handing *h = &r->handing[i];

		if (&r->step[h->taker] != s)
			continue;
		buf_clear(&b);
		buf_clear(&comment);
		spell_handing(&b, r, h);
		buf_text(&b, ".acquire()");
		buf_text(&comment, "# ");
		spell_reason(&comment, r, s, &r->step[h->giver]);
		spell_reasoned(&w->body, w->depth, TAB, buf_str(&b),
			buf_str(&comment));
		if (!h->begun)
			continue;
		w->need |= PYTHON_TIME;
		python_say(w, "time.sleep(0.3)  # %s",
			_("until it sleeps in it"));
	}
	buf_done(&b);
	buf_done(&comment);
}

/* ---- signals ---- */

/* A signal comes while the call waits. SIGALRM itself needs no help. */
static int say_alarm(struct python *w, const struct program *p,
	const struct step *s)
{
	const struct step *last = &w->r->step[p->step[p->n - 1]];
	double seconds = (double)s->alarm / 1000;

	if (p->thread)
		return run_refuse(w->r, s->row, _("a signal interrupted %s in "
			"%s; Python begins it again there, unseen: only the "
			"first thread is told of signals"), s->line.row->name,
			p->lane);
	w->need |= PYTHON_SIGNAL;
	if (step_is_interrupted(s)) {
		w->need |= PYTHON_ERRNO | PYTHON_INTERRUPT;
		python_say(w, "interrupt_in(%g)", seconds);
	} else if (last->number == SIGALRM) {
		python_say(w, "signal.setitimer(signal.ITIMER_REAL, %g)",
			seconds);
	} else {
		w->need |= PYTHON_OS | PYTHON_END;
		python_say(w, "end_in(%g, signal.%s)", seconds,
			constant_name("signal", last->number));
	}
	return 0;
}

/* ---- steps ---- */

/* What the forked process does is a block of its own. */
static int say_child(struct python *w, const struct step *s)
{
	const struct program *child = &w->r->program[s->child];
	int e;

	python_say(w, "if pid == 0:  # %s", child->lane);
	w->depth++;
	e = python_steps(w, child);
	python_say(w, "os._exit(0)");
	w->depth--;
	return e;
}

/* loops: its pause is in a loop. */
static int say_before(struct python *w, const struct program *p,
	const struct step *s, bool loops)
{
	int e = say_starts(w, p, (uint32_t)(s - w->r->step));

	if (e)
		return e;
	if (s->note)
		say_note(w, s->note);
	if (s->kind == STEP_END)
		say_joins(w, p);
	say_takes(w, s);
	if (s->awaits != NOTHING)
		say_await(w, s);
	if (s->pauses && !loops)
		say_pause(w, s, 0);
	say_gives(w, s, true);
	return s->alarm ? say_alarm(w, p, s) : 0;
}

static int say_step(struct python *w, const struct step *s)
{
	switch (s->kind) {
	case STEP_CALL:
		return step_failed(s) ? say_failure(w, s) :
			python_call(w, s);
	case STEP_KILLED:
		if (s->in_call)
			break; /* say_alarm has seen to it */
		w->need |= PYTHON_OS | PYTHON_SIGNAL;
		python_say(w, "os.kill(os.getpid(), signal.%s)",
			constant_name("signal", s->number));
		break;
	case STEP_END:
		break;
	}
	return 0;
}

static int say_behind(struct python *w, const struct program *p,
	const struct step *s)
{
	if (s->starts)
		say_start(w);
	say_gives(w, s, false);
	if (step_waits(s) && !s->alarm && !s->deadly)
		say_joins(w, p);
	return s->child != NOTHING ? say_child(w, s) : 0;
}

/* One step, or the turns of a loop, from step i. */
static int say_turns(struct python *w, const struct program *p, size_t i,
	size_t round, size_t turns)
{
	bool loops = turns > 1 && program_gap(w->r, p, i, round) > 0;
	int e = say_before(w, p, &w->r->step[p->step[i]], loops);

	if (turns > 1) {
		python_say(w, "for i in range(%zu):", turns);
		w->depth++;
	}
	for (size_t k = i; k < i + round && !e; k++) {
		const struct step *s = &w->r->step[p->step[k]];
		double gap = turns > 1 ? program_gap(w->r, p, k, round) : 0;

		if (k > i)
			buf_char(&w->body, '\n');
		if (gap > 0)
			say_pause(w, s, gap);
		e = say_step(w, s);
	}
	if (turns > 1)
		w->depth--;
	return e ? e : say_behind(w, p,
		&w->r->step[p->step[i + round * turns - 1]]);
}

/* Steps of several lines stand apart from their neighbours. */
int python_steps(struct python *w, const struct program *p)
{
	size_t round, turns;
	bool large = false;
	int e = 0;

	for (size_t i = 0; i < p->n && !e; i += round * turns) {
		struct buf before = w->body;
		size_t lines = 0;

		w->body = (struct buf){0};
		turns = program_turns(w->r, p, i, &round);
		e = say_turns(w, p, i, round, turns);
		for (size_t k = 0; k < w->body.len; k++)
			lines += w->body.data[k] == '\n';
		if (i && lines && (lines > 1 || large))
			buf_char(&before, '\n');
		large = lines > 1;
		buf_add(&before, buf_str(&w->body), w->body.len);
		buf_done(&w->body);
		w->body = before;
	}
	return e;
}
