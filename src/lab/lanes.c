/*
 * lanes: the threads of actors, and their calls.
 *
 * A lane is given one call at a time; while that has not returned the lane is
 * busy. All lanes of a process share its pipe: a line names its thread, and an
 * answer the line it is for.
 */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/intl.h"
#include "base/mem.h"
#include "lab/answer.h"
#include "lab/inside.h"
#include "lab/options.h"
#include "lab/task.h"

#define UNASSERTED_MOST 32 /* calls a lane remembers for `returns` */

/* Of a call that neither returns nor sleeps, as when a debugger holds its
 * process: no wire must stop for it, and so it is waited for but once. */
#define CATCH_UP_MOST CLOCK_S

struct lane *lane_find(struct lab *lab, const char *process, int thread)
{
	struct lane *l = lab->lanes;

	if (thread < 1)
		thread = 1;
	while (l && (l->thread != thread || strcmp(l->process->name, process)))
		l = l->next;
	return l;
}

static struct lane *lane_new(struct lab *lab, struct process *p, int thread)
{
	struct lane *l = mem_zero(sizeof(*l)), **at = &lab->lanes;

	l->process = p;
	l->thread = thread;
	if (thread > 1)
		snprintf(l->name, sizeof(l->name), "%s/%d", p->name, thread);
	else
		snprintf(l->name, sizeof(l->name), "%s", p->name);
	while (*at)
		at = &(*at)->next;
	*at = l;
	return l;
}

struct lane *lane_start(struct lab *lab, const char *process, int thread,
	struct diag *d)
{
	struct process *p = process_actor(lab, process, d);
	struct lane *l;

	if (!p)
		return NULL;
	l = lane_find(lab, process, thread);
	return l ? l : lane_new(lab, p, thread < 1 ? 1 : thread);
}

/* ---- calls ---- */

static void call_free(struct call *c)
{
	line_done(&c->line);
	value_done(&c->result);
	free(c);
}

void lane_tidy(struct lane *l)
{
	int n = 0;

	for (struct call *c = l->calls; c; c = c->next)
		n++;
	for (struct call **at = &l->calls; *at;) {
		struct call *c = *at;
		bool over = (c->returned || c->lost) && !c->orders &&
			(c->asserted || n > UNASSERTED_MOST);

		if (!over) {
			at = &c->next;
			continue;
		}
		*at = c->next;
		call_free(c);
		n--;
	}
}

struct call *lane_unasserted(struct lane *l, const struct call_row *row)
{
	struct call *found = NULL;

	for (struct call *c = l->calls; c; c = c->next)
		if (!c->asserted && !c->lost && c->line.row == row)
			found = c;
	return found;
}

struct call *lane_call(struct lab *lab, struct lane *l, struct line *line,
	const char *resolved, int64_t fd)
{
	struct call *c = mem_zero(sizeof(*c)), **at = &l->calls;
	struct process *p = l->process;
	struct buf said = {0};

	c->line = *line;
	memset(line, 0, sizeof(*line));
	c->number = ++p->given;
	c->fd = fd;
	while (*at)
		at = &(*at)->next;
	*at = c;
	l->pending = c;
	lab->called = true;
	buf_printf(&said, "%s: ", l->name);
	line_print_call(&said, &c->line);
	record_line(lab, said.data, said.len);
	buf_done(&said);
	c->entered = clock_mono();
	buf_printf(&p->to, "%" PRIu64, c->number);
	if (l->thread > 1)
		buf_printf(&p->to, "/%d", l->thread);
	buf_printf(&p->to, " %s\n", resolved);
	process_push(lab, p);
	lab_active(lab);
	still_soon(lab);
	return c;
}

/* ---- answers ---- */

static struct lane *asked(struct lab *lab, const struct process *p,
	uint64_t number)
{
	for (struct lane *l = lab->lanes; l; l = l->next)
		if (l->process == p && l->pending &&
			l->pending->number == number)
			return l;
	return NULL;
}

static void returned(struct lab *lab, struct lane *l, struct answer_line *a)
{
	struct process *p = l->process;
	struct call *c = l->pending;
	struct buf said = {0};

	lab_active(lab);
	still_soon(lab);
	task_state(p->actor.pid, l->thread, &lab->cpus);
	l->pending = NULL;
	c->returned = true;
	c->left = clock_mono();
	c->result = a->result;
	buf_printf(&said, "%s: %s returns -> ", l->name, c->line.row->name);
	names_print(p, c->line.row, &c->result, &said);
	record_line(lab, said.data, said.len);
	buf_done(&said);
	holdings_add(p, c, a->cookie);
	options_returned(lab, p, c);
	if (a->pipes[0] >= 0 && c->result.kind == VALUE_NUMBER)
		fork_adopt(lab, p, c->line.name, (pid_t)c->result.number,
			a->pipes);
	sample_host(lab, p->host);
}

/* An actor answers what it was asked, once. Anything else is a fault of ours,
 * which is told rather than hidden. */
void lanes_answered(struct lab *lab, struct process *p, const char *text,
	size_t n)
{
	struct answer_line a;
	struct diag d = {0};
	struct lane *l;

	if (answer_is_beginning(text, n))
		return;
	if (answer_parse(&a, text, n, &d)) {
		record_note(lab, _("%s answered what nobody understands: %s"),
			p->name, d.msg);
		process_signal(p, SIGKILL);
		value_done(&a.result);
		return;
	}
	l = asked(lab, p, a.number);
	if (l) {
		returned(lab, l, &a);
		return;
	}
	record_note(lab, _("%s answered line %" PRIu64
		", which was not asked"), p->name, a.number);
	value_done(&a.result);
}

void lanes_lost(struct lab *lab, const struct process *p)
{
	for (struct lane *l = lab->lanes; l; l = l->next) {
		if (l->process != p)
			continue;
		l->pending = NULL;
		for (struct call *c = l->calls; c; c = c->next)
			c->lost |= !c->returned;
		lane_tidy(l);
	}
}

/* ---- its thread ---- */

enum lane_state lane_state(struct lab *lab, struct lane *l)
{
	const struct process *p = l->process;
	int unread = 0, answered = 0;
	char state;

	if (!p->running)
		return LANE_IDLE;
	/* The order matters: what was read from its pipe before it slept, and
	 * an answer would lie in the other pipe before it slept again. */
	if (l->pending && (p->to.len ||
			ioctl(p->actor.in, FIONREAD, &unread) < 0))
		return LANE_RUNS;
	state = task_state(p->actor.pid, l->thread, &lab->cpus);
	if (state == 'T')
		return LANE_STOPPED;
	if (!l->pending)
		return LANE_IDLE;
	if (state != 'S' || unread)
		return LANE_RUNS;
	if (ioctl(p->actor.out, FIONREAD, &answered) < 0 || answered)
		return LANE_RUNS;
	return LANE_SLEEPS;
}

/* Whether it has said something, or has ended. What is mute says nothing. */
static bool has_news(const struct process *p)
{
	struct pollfd news[] = {
		{.fd = p->mute ? -1 : p->actor.out, .events = POLLIN},
		{.fd = p->actor.pidfd, .events = POLLIN},
	};

	return poll(news, 2, 0) > 0;
}

static void catch_up(struct lab *lab, struct lane *l)
{
	int64_t until = 0;

	while (l->pending && !l->pending->given_up &&
			lane_state(lab, l) == LANE_RUNS) {
		if (!until)
			until = clock_mono() + CATCH_UP_MOST;
		l->pending->given_up = clock_mono() > until;
		process_push(lab, l->process);
		if (has_news(l->process))
			process_hear(lab, l->process);
		else
			sched_yield();
	}
}

void lanes_catch_up(struct lab *lab)
{
	/* To hear one takes frames of other hosts, too: then theirs as well. */
	while (lab->sent) {
		unsigned hosts = lab->sent;

		lab->sent = 0;
		for (struct lane *l = lab->lanes; l; l = l->next)
			if (hosts & 1U << l->process->host)
				catch_up(lab, l);
	}
}

void lane_tell_waits(struct lab *lab, struct lane *l)
{
	struct call *c = l->pending;

	if (!c || c->waits_told)
		return;
	c->waits_told = true;
	record_printf(lab, "%s: %s waits", l->name, c->line.row->name);
}

void lane_interrupt(struct lane *l)
{
	pid_t pid = l->process->actor.pid;

	syscall(SYS_tgkill, pid, task_find(pid, l->thread), SIGINT);
}

void lanes_free(struct lab *lab)
{
	struct lane *l;

	while ((l = lab->lanes)) {
		lab->lanes = l->next;
		for (struct call *c; (c = l->calls);) {
			l->calls = c->next;
			call_free(c);
		}
		free(l);
	}
}
