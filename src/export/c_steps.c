/*
 * c_steps: what stands around the calls of a program in C: pauses, loops,
 * forked processes, threads.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/intl.h"
#include "export/c.h"

#define TAB "\t"

/* A statement and why it is made. */
static void say_with(struct c *w, const char *text, const char *told)
{
	struct buf comment = {0};

	c_comment(&comment, told);
	spell_reasoned(&w->body, w->depth, TAB, text, buf_str(&comment));
	buf_done(&comment);
}

static void say_note(struct c *w, const char *note)
{
	for (const char *end; *note; note = end + 1) {
		end = strchr(note, '\n');
		c_say(w, "/* %.*s */", (int)(end - note), note);
	}
}

static void say_start(struct c *w)
{
	if (!program_pauses(w->r, w->p))
		return;
	w->help |= HELP_CLOCK;
	c_say(w, "start = now();");
}

/* A pause; gap: so much longer in each turn of a loop. */
static void say_pause(struct c *w, const struct step *s, double gap)
{
	struct buf text = {0}, reason = {0};

	w->help |= HELP_PAUSE;
	buf_printf(&text, "pause_until(%g", step_seconds(s));
	if (gap > 0)
		buf_printf(&text, " + %g * i", gap);
	buf_text(&text, ");");
	spell_reason(&reason, w->r, s, &w->r->step[s->after]);
	say_with(w, buf_str(&text), buf_str(&reason));
	buf_done(&text);
	buf_done(&reason);
}

/* The first program waits for others to come. */
static void say_await(struct c *w, const struct step *s)
{
	w->headers |= C_POLL;
	c_say(w, "/* %s */", _("until somebody comes"));
	c_say(w, "poll(&(struct pollfd){.fd = %s, .events = POLLIN}, 1, -1);",
		w->r->thing[s->awaits].name);
	say_start(w);
}

/* ---- threads ---- */

/* errno = pthread_create(…); checked */
static void say_pthread(struct c *w, const char *call, const char *arguments)
{
	w->headers |= C_ERRNO | C_PTHREAD;
	w->help |= HELP_DIE;
	c_say(w, "errno = %s(%s);", call, arguments);
	c_say(w, "if (errno)");
	w->depth++;
	c_say(w, "die(\"%s\");", call);
	w->depth--;
}

static int say_starts(struct c *w, const struct program *p, uint32_t before)
{
	const struct program *t;
	struct buf b = {0};
	int e = 0;

	for (size_t i = 0; !e && (t = program_thread(w->r, p, before, i));
		i++) {
		e = c_thread(w, t);
		buf_clear(&b);
		buf_printf(&b, "&thread_%d, NULL, ", t->thread);
		spell_thread(&b, t);
		buf_text(&b, ", NULL");
		c_say(w, "pthread_t thread_%d;", t->thread);
		say_pthread(w, "pthread_create", buf_str(&b));
		buf_char(&w->body, '\n');
	}
	buf_done(&b);
	return e;
}

static void say_joins(struct c *w, const struct program *p)
{
	const struct program *t;
	char name[32];

	for (size_t i = 0; (t = program_thread(w->r, p, NOTHING, i)); i++) {
		snprintf(name, sizeof(name), "thread_%d, NULL", t->thread);
		say_pthread(w, "pthread_join", name);
	}
}

/* hand_over(&from_1_to_2): to those that wait for s. */
static void say_gives(struct c *w, const struct step *s, bool begun)
{
	const struct run *r = w->r;
	struct buf b = {0};

	for (size_t i = 0; i < r->handings; i++) {
		const struct handing *h = &r->handing[i];

		if (&r->step[h->giver] != s || h->begun != begun)
			continue;
		w->help |= HELP_HAND;
		buf_clear(&b);
		spell_handing(&b, r, h);
		c_say(w, "hand_over(&%s);", buf_str(&b));
	}
	buf_done(&b);
}

static void say_takes(struct c *w, const struct step *s)
{
	const struct run *r = w->r;
	struct buf b = {0}, reason = {0};

	for (size_t i = 0; i < r->handings; i++) {
		const struct handing *h = &r->handing[i];

		if (&r->step[h->taker] != s)
			continue;
		buf_clear(&b);
		buf_clear(&reason);
		buf_text(&b, "take_over(&");
		spell_handing(&b, r, h);
		buf_text(&b, ");");
		spell_reason(&reason, r, s, &r->step[h->giver]);
		say_with(w, buf_str(&b), buf_str(&reason));
		if (!h->begun)
			continue;
		w->headers |= C_UNISTD;
		say_with(w, "usleep(300000);", _("until it sleeps in it"));
	}
	buf_done(&b);
	buf_done(&reason);
}

/* ---- signals ---- */

/* A signal comes while the call waits. */
static void say_alarm(struct c *w, const struct program *p,
	const struct step *s)
{
	const struct step *last = &w->r->step[p->step[p->n - 1]];
	int number = step_is_interrupted(s) ? SIGALRM : last->number;
	struct buf b = {0};

	w->headers |= C_SIGNAL;
	w->help |= program_has_threads(w->r, w->p) ? HELP_SIGNAL_THREAD :
		HELP_SIGNAL;
	buf_printf(&b, "signal_in(%g, %s);", (double)s->alarm / 1000,
		constant_name("signal", number));
	say_with(w, buf_str(&b), _("it comes while the call waits"));
	buf_done(&b);
}

/* ---- steps ---- */

/* What the forked process does is a block of its own; addresses that it
 * declares are not known behind it. */
static int say_child(struct c *w, const struct step *s)
{
	const struct program *child = &w->r->program[s->child];
	size_t addresses = w->addresses;
	int e;

	c_say(w, "if (pid == 0) { /* %s */", child->lane);
	w->depth++;
	e = c_steps(w, child);
	c_say(w, "exit(0);");
	w->depth--;
	c_say(w, "}");
	c_forget_addresses(w, addresses);
	return e;
}

/* loops: its pause is in a loop. */
static int say_before(struct c *w, const struct program *p,
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
	if (s->alarm)
		say_alarm(w, p, s);
	return 0;
}

static int say_behind(struct c *w, const struct program *p,
	const struct step *s)
{
	if (s->starts)
		say_start(w);
	say_gives(w, s, false);
	if (step_waits(s) && !s->alarm && !s->deadly)
		say_joins(w, p);
	return s->child != NOTHING ? say_child(w, s) : 0;
}

static int say_step(struct c *w, const struct step *s)
{
	switch (s->kind) {
	case STEP_CALL:
		return c_call(w, s);
	case STEP_KILLED:
		if (s->in_call)
			break; /* say_alarm has seen to it */
		w->headers |= C_SIGNAL;
		c_say(w, "raise(%s);", constant_name("signal", s->number));
		break;
	case STEP_END:
		break;
	}
	return 0;
}

/* The steps of a turn; addresses are declared in front of the loop. */
static int say_loop(struct c *w, const struct program *p, size_t i,
	size_t round, size_t turns)
{
	struct buf before = w->body;
	int e = 0;

	w->body = (struct buf){0};
	w->ahead = &before;
	w->depth++;
	for (size_t k = i; k < i + round && !e; k++) {
		const struct step *s = &w->r->step[p->step[k]];
		double gap = program_gap(w->r, p, k, round);

		if (k > i)
			buf_char(&w->body, '\n');
		if (gap > 0)
			say_pause(w, s, gap);
		e = say_step(w, s);
	}
	w->depth--;
	w->ahead = NULL;
	for (int k = 0; k < w->depth; k++)
		buf_text(&before, TAB);
	buf_printf(&before, "for (int i = 0; i < %zu; i++) {\n", turns);
	buf_add(&before, buf_str(&w->body), w->body.len);
	buf_done(&w->body);
	w->body = before;
	c_say(w, "}");
	return e;
}

/* Steps of several lines stand apart from their neighbours. */
int c_steps(struct c *w, const struct program *p)
{
	size_t round, turns;
	int e = 0;

	for (size_t i = 0; i < p->n && !e; i += round * turns) {
		const struct step *s = &w->r->step[p->step[i]];
		size_t begun = w->body.len;

		turns = program_turns(w->r, p, i, &round);
		if (i)
			buf_char(&w->body, '\n');
		e = say_before(w, p, s, turns > 1 &&
			program_gap(w->r, p, i, round) > 0);
		if (!e)
			e = turns > 1 ? say_loop(w, p, i, round, turns) :
				say_step(w, s);
		if (!e)
			e = say_behind(w, p, &w->r->step[
				p->step[i + round * turns - 1]]);
		if (i && w->body.len == begun + 1)
			w->body.data[--w->body.len] = '\0';
	}
	return e;
}
