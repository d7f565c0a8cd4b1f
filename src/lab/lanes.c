/*
 * lanes: an actor for each lane, and its calls.
 *
 * An actor is started when its lane is first used. It is given one line at a
 * time; while that call has not returned the lane is busy. What it made is
 * remembered (lab/holdings.c), and forgotten with its process.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/intl.h"
#include "base/mem.h"
#include "base/text.h"
#include "lab/answer.h"
#include "lab/inside.h"
#include "lab/process.h"

#define ANSWER_LIMIT (1 << 20)
#define RUN_WORDS 32
#define FILLS 16           /* reads from a pipe before others have their turn */
#define UNASSERTED_MOST 32 /* calls a lane remembers for `returns` */

struct lane *lane_find(struct lab *lab, const char *name)
{
	struct lane *l = lab->lanes;

	while (l && strcmp(l->name, name))
		l = l->next;
	return l;
}

static struct lane *lane_new(struct lab *lab, const char *name, int host)
{
	struct lane *l = mem_zero(sizeof(*l)), **at = &lab->lanes;

	snprintf(l->name, sizeof(l->name), "%s", name);
	l->host = host;
	l->cpu = -1;
	lines_init(&l->from, ANSWER_LIMIT);
	while (*at)
		at = &(*at)->next;
	*at = l;
	return l;
}

/* Start argv as the lane's process. NULL with d. */
static struct lane *start_process(struct lab *lab, const char *name,
	char *const argv[], struct diag *d)
{
	struct lane *l = lane_find(lab, name);
	char host[LINE_LANE];
	int r, index;

	line_host_of_lane(host, name);
	index = build_host_index(lab, host);
	if (index < 0) {
		diag_set(d, 1, _("there is no host %s; the hosts are "
			"%s and %s"), host, lab->plan.host[0].name,
			lab->plan.host[1].name);
		return NULL;
	}
	if (!l)
		l = lane_new(lab, name, index);
	r = builder_spawn(lab->builder, index, argv, &l->actor);
	if (r) {
		diag_set(d, 1, _("no process for %s, %s: %s"), name, argv[0],
			strerror(-r));
		return NULL;
	}
	fcntl(l->actor.in, F_SETFL, O_NONBLOCK);
	fcntl(l->actor.out, F_SETFL, O_NONBLOCK);
	l->running = true;
	lab->changed++;
	record_printf(lab, "%s: starts", name);
	return l;
}

struct lane *lane_start(struct lab *lab, const char *name, struct diag *d)
{
	struct lane *l = lane_find(lab, name);
	char role[] = "actor", device[] = "lo";

	if (l && l->running && l->program) {
		diag_set(d, 1, _("%s runs a program, which takes no calls; "
			"kill it, or give the call to another name"), name);
		return NULL;
	}
	if (l && l->running)
		return l;
	l = start_process(lab, name,
		(char *[]){(char *)lab->program, role,
			lab->plan.loopback ? device : NULL, NULL}, d);
	if (l)
		l->program = false;
	return l;
}

int lane_run(struct lab *lab, const char *name, const char *words,
	struct diag *d)
{
	char *text = mem_string(words), *argv[RUN_WORDS + 1], *save;
	struct lane *l = lane_find(lab, name);
	int n = 0, r = -EINVAL;

	for (char *w = strtok_r(text, " \t", &save); w && n < RUN_WORDS;
		w = strtok_r(NULL, " \t", &save))
		argv[n++] = w;
	argv[n] = NULL;
	if (lab->plan.loopback) {
		diag_set(d, 1, _("%s would run in this machine's own network: "
			"programs are run in a lab with a wire only"),
			n ? argv[0] : name);
		goto out;
	}
	if (n == 0) {
		diag_set(d, 1, _("run which program? run nc -l 9999"));
		goto out;
	}
	if (l && l->running) {
		diag_set(d, 1, _("%s has a process already; run the program "
			"under another name, like %s2"), name, name);
		goto out;
	}
	l = start_process(lab, name, argv, d);
	if (!l)
		goto out;
	l->program = true;
	record_printf(lab, "%s: run %s", name, words);
	close(l->actor.in);
	l->actor.in = -1;
	lab->called = true;
	lab_active(lab);
	r = 0;
out:
	free(text);
	return r;
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
	struct buf said = {0};

	c->line = *line;
	memset(line, 0, sizeof(*line));
	c->number = ++l->given;
	c->fd = fd;
	c->entered = lab->now;
	while (*at)
		at = &(*at)->next;
	*at = c;
	l->pending = c;
	lab->called = true;
	buf_printf(&said, "%s: ", l->name);
	line_print_call(&said, &c->line);
	record_line(lab, said.data, said.len);
	buf_done(&said);
	buf_printf(&l->to, "%" PRIu64 " %s\n", c->number, resolved);
	lane_push(lab, l);
	lab_active(lab);
	still_soon(lab);
	return c;
}

void lane_push(struct lab *lab, struct lane *l)
{
	size_t before = l->to.len;
	ssize_t n;

	while (l->to.len) {
		n = write(l->actor.in, l->to.data, l->to.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		buf_cut(&l->to, n);
	}
	/* Whether we wait for room in its pipe has changed, or may have. */
	if (before || l->to.len)
		lab->changed += l->to.len != before;
}

/* ---- answers ---- */

static void returned(struct lab *lab, struct lane *l, struct answer_line *a)
{
	struct call *c = l->pending;
	struct buf said = {0};

	lab_active(lab);
	still_soon(lab);
	process_state(l->actor.pid, &l->cpu);
	if (l->cpu >= 0)
		CPU_SET(l->cpu, &lab->cpus);
	l->pending = NULL;
	c->returned = true;
	c->result = a->result;
	buf_printf(&said, "%s: %s returns -> ", l->name, c->line.row->name);
	buf_add(&said, a->text, a->text_len);
	record_line(lab, said.data, said.len);
	buf_done(&said);
	lane_remember(lab, l, c, a->cookie);
	sample_host(lab, l->host);
}

/* An actor answers what it was asked, once. Anything else is a fault of ours,
 * which is told rather than hidden. */
static void take_answer(struct lab *lab, struct lane *l, char *text, size_t n)
{
	struct answer_line a;
	struct diag d = {0};

	if (answer_parse(&a, text, n, &d)) {
		record_note(lab, _("%s answered what nobody understands: %s"),
			l->name, d.msg);
		if (l->pending)
			lane_signal(l, SIGKILL);
		return;
	}
	if (!l->pending || a.number != l->pending->number) {
		record_note(lab, _("%s answered line %" PRIu64
			", which was not asked"), l->name, a.number);
		value_done(&a.result);
		return;
	}
	returned(lab, l, &a);
}

/* A program printed a line; it may hold anything. */
static void told(struct lab *lab, const struct lane *l, const char *text,
	size_t n)
{
	struct buf said = {0};

	buf_printf(&said, "%s: says \"", l->name);
	text_escape(&said, text, n);
	buf_char(&said, '"');
	record_line(lab, said.data, said.len);
	buf_done(&said);
}

/* Its process is gone; what it held is gone with it. */
static void forget(struct lane *l)
{
	if (l->pending)
		l->pending->lost = true;
	l->pending = NULL;
	for (struct call *c = l->calls; c; c = c->next)
		c->lost |= !c->returned;
	lane_lose(l);
	buf_clear(&l->to);
	lines_done(&l->from);
	lines_init(&l->from, ANSWER_LIMIT);
	if (l->running) {
		if (l->actor.in >= 0)
			close(l->actor.in);
		close(l->actor.out);
		close(l->actor.pidfd);
	}
	l->running = l->mute = false;
	l->cpu = -1;
}

static void end(struct lab *lab, struct lane *l)
{
	int status = builder_ended(lab->builder, &l->actor);

	if (status >= 0 && WIFEXITED(status))
		record_printf(lab, "%s: ended exit %d", l->name,
			WEXITSTATUS(status));
	else /* when nobody can tell, the builder was killed: so was it */
		record_printf(lab, "%s: ended %d", l->name,
			status >= 0 ? WTERMSIG(status) : SIGKILL);
	forget(l);
	lab->changed++;
	lab_active(lab);
	still_soon(lab);
}

static bool has_ended(const struct lane *l)
{
	struct pollfd pidfd = {.fd = l->actor.pidfd, .events = POLLIN};

	return poll(&pidfd, 1, 0) == 1;
}

void lane_hear(struct lab *lab, struct lane *l)
{
	/* What a program started may hold its pipe when it has ended. */
	bool gone = l->program && has_ended(l);
	int error = 0, fills = FILLS;
	char *text;
	size_t n;
	long r = 0;

	while (!l->mute && !error && fills--) {
		r = lines_fill(&l->from, l->actor.out);
		if (gone && r == -EAGAIN) {
			lines_feed(&l->from, "", 0);
			r = 0;
		}
		/* What its call caused lies in the rings by now. */
		if (r > 0)
			frames_drain_all(lab);
		while ((text = lines_next(&l->from, &n, &error)))
			if (l->program)
				told(lab, l, text, n);
			else
				take_answer(lab, l, text, n);
		if (r <= 0 && r != -EINTR)
			break;
	}
	if (error) /* a line without end: nobody may make us grow */
		lane_signal(l, SIGKILL);
	if ((r == 0 || error) && !l->mute) {
		l->mute = true; /* its end is awaited, its pipe no longer */
		lab->changed++;
	}
	if (l->mute && has_ended(l))
		end(lab, l);
}

/* ---- its process ---- */

int lane_signal(struct lane *l, int sig)
{
	if (!l->running)
		return -ESRCH;
	return syscall(SYS_pidfd_send_signal, l->actor.pidfd, sig, NULL, 0) < 0
		? -errno : 0;
}

enum lane_state lane_state(struct lane *l)
{
	int unread = 0, answered = 0;
	char state;

	if (!l->running)
		return LANE_IDLE;
	/* The order matters: what was read from its pipe before it slept, and
	 * an answer would lie in the other pipe before it slept again. */
	if (l->pending && (l->to.len ||
			ioctl(l->actor.in, FIONREAD, &unread) < 0))
		return LANE_RUNS;
	state = process_state(l->actor.pid, &l->cpu);
	if (state == 'T')
		return LANE_STOPPED;
	if (!l->pending)
		return LANE_IDLE;
	if (state != 'S' || unread)
		return LANE_RUNS;
	if (ioctl(l->actor.out, FIONREAD, &answered) < 0 || answered)
		return LANE_RUNS;
	return LANE_SLEEPS;
}

void lane_tell_waits(struct lab *lab, struct lane *l)
{
	struct call *c = l->pending;

	if (!c || c->waits_told)
		return;
	c->waits_told = true;
	record_printf(lab, "%s: %s waits", l->name, c->line.row->name);
}

void lanes_free(struct lab *lab)
{
	struct lane *l;

	while ((l = lab->lanes)) {
		lab->lanes = l->next;
		forget(l);
		for (struct call *c; (c = l->calls);) {
			l->calls = c->next;
			call_free(c);
		}
		lines_done(&l->from);
		buf_done(&l->to);
		free(l);
	}
	lab->changed++;
}
