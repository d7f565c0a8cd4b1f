/*
 * process: actors, and programs that run in their place: begun, heard, ended.
 *
 * An actor is started when one of its lanes is first used. What it made is
 * remembered (lab/holdings.c), and forgotten when it ends; its name stays, and
 * so does how it ended, until a line has asked.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/intl.h"
#include "base/mem.h"
#include "base/text.h"
#include "lab/inside.h"
#include "lab/task.h"

#define ANSWER_LIMIT (1 << 20)
#define RUN_WORDS 32
#define FILLS 16           /* reads from a pipe before others have their turn */

struct process *process_find(struct lab *lab, const char *name)
{
	struct process *p = lab->processes;

	while (p && strcmp(p->name, name))
		p = p->next;
	return p;
}

struct process *process_get(struct lab *lab, const char *name, struct diag *d)
{
	struct process *p = process_find(lab, name), **at = &lab->processes;
	struct buf hosts = {0};
	char host[LINE_LANE];
	int index;

	if (p)
		return p;
	line_host_of_lane(host, name);
	index = build_host_index(lab, host);
	if (index < 0) {
		names_hosts(lab, &hosts);
		diag_set(d, 1, _("there is no host %s; the hosts are %s"), host,
			buf_str(&hosts));
		buf_done(&hosts);
		return NULL;
	}
	p = mem_zero(sizeof(*p));
	snprintf(p->name, sizeof(p->name), "%s", name);
	p->host = index;
	lines_init(&p->from, ANSWER_LIMIT);
	while (*at)
		at = &(*at)->next;
	*at = p;
	return p;
}

/* ---- how it begins ---- */

void process_began(struct lab *lab, struct process *p)
{
	fcntl(p->actor.in, F_SETFL, O_NONBLOCK);
	fcntl(p->actor.out, F_SETFL, O_NONBLOCK);
	p->running = true;
	p->heard = journal_size(lab->journal);
	lab->changed++;
}

/* Start argv as the process of that name: an actor begins in the home of its
 * host, a program where the lab was started. NULL with d. */
static struct process *start(struct lab *lab, const char *name, bool actor,
	char *const argv[], struct diag *d)
{
	struct process *p = process_get(lab, name, d);
	int r;

	if (!p)
		return NULL;
	r = actor ? builder_spawn_home(lab->builder, p->host, argv, &p->actor)
		  : builder_spawn(lab->builder, p->host, argv, &p->actor);
	if (r) {
		diag_set(d, 1, _("no process for %s, %s: %s"), name, argv[0],
			strerror(-r));
		return NULL;
	}
	p->program = !actor;
	p->service = false;
	process_began(lab, p);
	record_printf(lab, "%s: starts", name);
	return p;
}

struct process *process_actor(struct lab *lab, const char *name,
	struct diag *d)
{
	struct process *p = process_find(lab, name);
	char role[] = "actor", device[] = "lo";

	if (p && p->running && p->program) {
		diag_set(d, 1, _("%s runs a program, which takes no calls; "
			"kill it, or give the call to another name"), name);
		return NULL;
	}
	if (p && p->running)
		return p;
	return start(lab, name, true,
		(char *[]){(char *)lab->program, role,
			lab->plan.loopback ? device : NULL, NULL}, d);
}

/* Whether a program cannot be run under that name. 0, or -EINVAL with d. */
static int refuse_run(struct lab *lab, const char *name, const char *program,
	struct diag *d)
{
	const struct process *p = process_find(lab, name);

	if (lab->plan.loopback)
		return diag_set(d, 1, _("%s would run in this machine's own "
			"network: programs are run in a lab with a wire only"),
			program ? program : name);
	if (!program)
		return diag_set(d, 1, _("run which program? run nc -l 9999"));
	if (p && p->running)
		return diag_set(d, 1, _("%s has a process already; run the "
			"program under another name, like %s2"), name, name);
	return 0;
}

int process_run(struct lab *lab, const char *name, const char *words,
	struct diag *d)
{
	char *text = mem_string(words), *argv[RUN_WORDS + 1], *save;
	struct process *p;
	int n = 0, r;

	for (char *w = strtok_r(text, " \t", &save); w && n < RUN_WORDS;
		w = strtok_r(NULL, " \t", &save))
		argv[n++] = w;
	argv[n] = NULL;
	r = refuse_run(lab, name, argv[0], d);
	if (r)
		goto out;
	p = start(lab, name, false, argv, d);
	if (!p) {
		r = -EINVAL;
		goto out;
	}
	record_printf(lab, "%s: run %s", name, words);
	close(p->actor.in);
	p->actor.in = -1;
	lab->called = true;
	lab_active(lab);
out:
	free(text);
	return r;
}

struct process *process_serve(struct lab *lab, const char *name,
	char *const argv[], struct diag *d)
{
	struct process *p = start(lab, name, false, argv, d);

	if (!p)
		return NULL;
	p->service = true; /* its input stays open: it leaves at the end */
	return p;
}

/* ---- how it ends ---- */

/* What it held is gone with it. */
static void forget(struct process *p)
{
	holdings_lose(p);
	buf_clear(&p->to);
	lines_done(&p->from);
	lines_init(&p->from, ANSWER_LIMIT);
	if (p->running) {
		if (p->actor.in >= 0)
			close(p->actor.in);
		close(p->actor.out);
		close(p->actor.pidfd);
	}
	p->running = p->mute = false;
}

static void end(struct lab *lab, struct process *p)
{
	int status = builder_ended(lab->builder, &p->actor);

	/* When nobody can tell, the builder was killed: so was it. */
	p->status = status >= 0 ? status : SIGKILL;
	p->ended = true;
	if (WIFEXITED(p->status))
		record_printf(lab, "%s: ended exit %d", p->name,
			WEXITSTATUS(p->status));
	else
		record_printf(lab, "%s: ended %d", p->name,
			WTERMSIG(p->status));
	lanes_lost(lab, p);
	forget(p);
	lab->changed++;
	lab_active(lab);
	still_soon(lab);
}

static bool has_ended(const struct process *p)
{
	struct pollfd pidfd = {.fd = p->actor.pidfd, .events = POLLIN};

	return poll(&pidfd, 1, 0) == 1;
}

int process_signal(struct process *p, int sig)
{
	if (!p->running)
		return -ESRCH;
	return syscall(SYS_pidfd_send_signal, p->actor.pidfd, sig, NULL, 0) < 0
		? -errno : 0;
}

bool process_stopped(const struct process *p)
{
	return task_state(p->actor.pid, TASK_ALL, NULL) == 'T';
}

bool process_rests(const struct process *p)
{
	return p->running && task_state(p->actor.pid, TASK_ALL, NULL) != 'R';
}

void processes_free(struct lab *lab)
{
	struct process *p;

	lanes_free(lab);
	while ((p = lab->processes)) {
		lab->processes = p->next;
		forget(p);
		lines_done(&p->from);
		buf_done(&p->to);
		free(p);
	}
	lab->changed++;
}

/* ---- lines to it and from it ---- */

void process_push(struct lab *lab, struct process *p)
{
	size_t before = p->to.len;
	ssize_t n;

	while (p->to.len) {
		n = write(p->actor.in, p->to.data, p->to.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		buf_cut(&p->to, n);
	}
	/* Whether we wait for room in its pipe has changed, or may have. */
	if (before || p->to.len)
		lab->changed += p->to.len != before;
}

/* A program printed a line; it may hold anything. */
static void told(struct lab *lab, const struct process *p, const char *text,
	size_t n)
{
	struct buf said = {0};

	buf_printf(&said, "%s: says \"", p->name);
	text_escape(&said, text, n);
	buf_char(&said, '"');
	record_line(lab, said.data, said.len);
	buf_done(&said);
}

void process_hear(struct lab *lab, struct process *p)
{
	int error = 0, fills = FILLS;
	char *text;
	size_t n;
	long r = 0;

	/* Draining hears others and maybe this one, to its end: a new one may
	 * have its name by then. So nothing is known from one turn to the next.
	 */
	while (p->running && !p->mute && !error && fills--) {
		/* What it started or made may hold its pipe when it has ended.
		 */
		bool gone = has_ended(p);

		r = lines_fill(&p->from, p->actor.out);
		if (gone && r == -EAGAIN) {
			lines_feed(&p->from, "", 0);
			r = 0;
		}
		/* What its call caused lies in the rings by now. */
		if (r > 0)
			frames_drain_all(lab);
		while ((text = lines_next(&p->from, &n, &error)))
			if (p->program)
				told(lab, p, text, n);
			else
				lanes_answered(lab, p, text, n);
		if (r <= 0 && r != -EINTR)
			break;
	}
	if (error) /* a line without end: nobody may make us grow */
		process_signal(p, SIGKILL);
	if ((r == 0 || error) && !p->mute) {
		p->mute = true; /* its end is awaited, its pipe no longer */
		lab->changed++;
	}
	if (p->running && p->mute && has_ended(p))
		end(lab, p);
}
