/*
 * forks: actors that an actor made.
 *
 * The child has its own pipes, which its parent holds the far ends of until
 * it reads its next line: the lab takes copies of them (pidfd_getfd(2)). The
 * child's id is told as the builder counts, for actors and builder share a pid
 * namespace; the builder gives us hold of it.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/intl.h"
#include "lab/inside.h"

static bool is_free(struct lab *lab, const char *name)
{
	const struct process *p = process_find(lab, name);

	return !p || !p->running;
}

int fork_check(struct lab *lab, const char *parent, const char *name,
	struct diag *d)
{
	char host[LINE_LANE], own[LINE_LANE];

	if (!name[0])
		return 0;
	line_host_of_lane(host, name);
	line_host_of_lane(own, parent);
	if (strcmp(host, own))
		return diag_set(d, 1, _("%s cannot name a process of %s: "
			"it is called %s and a number, like %s2"), name, own,
			own, own);
	if (!is_free(lab, name) || !strcmp(name, parent))
		return diag_set(d, 1, _("%s has a process already; give the "
			"new one another number"), name);
	return 0;
}

/* host2, host3 …: the first that is free. */
static void next_free(struct lab *lab, int host, char *out, size_t size)
{
	int n = 2;

	do {
		snprintf(out, size, "%s%d", lab->plan.host[host].name, n++);
	} while (!is_free(lab, out));
}

static int take_pipe(const struct process *parent, int fd)
{
	int own = (int)syscall(SYS_pidfd_getfd, parent->actor.pidfd, fd, 0);

	return own < 0 ? -errno : own;
}

static void let_go(struct host_actor *a)
{
	if (a->in >= 0)
		close(a->in);
	if (a->out >= 0)
		close(a->out);
	if (a->pidfd >= 0)
		close(a->pidfd);
}

/* Find and take what belongs to the child. 0 or -errno. */
static int take(struct lab *lab, const struct process *parent, pid_t inner,
	const int pipes[2], struct host_actor *a)
{
	struct host_actor found;
	int r;

	*a = (struct host_actor){.pidfd = -1, .inner = inner};
	a->in = take_pipe(parent, pipes[0]);
	a->out = take_pipe(parent, pipes[1]);
	if (a->in < 0)
		return a->in;
	if (a->out < 0)
		return a->out;
	r = builder_adopt(lab->builder, inner, &found);
	if (r)
		return r;
	a->pid = found.pid;
	a->pidfd = found.pidfd;
	return 0;
}

void fork_adopt(struct lab *lab, struct process *parent, const char *name,
	pid_t pid, const int pipes[2])
{
	struct host_actor a;
	char own[LINE_LANE];
	struct process *p;
	int r = take(lab, parent, pid, pipes, &a);

	if (r) { /* without its pipes it ends by itself */
		record_note(lab, _("%s made a process that the lab cannot "
			"reach: %s."), parent->name, strerror(-r));
		let_go(&a);
		return;
	}
	if (name[0] && is_free(lab, name))
		snprintf(own, sizeof(own), "%s", name);
	else
		next_free(lab, parent->host, own, sizeof(own));
	p = process_get(lab, own, NULL);
	p->actor = a;
	p->program = false;
	process_began(lab, p);
	holdings_copy(p, parent);
	record_printf(lab, "%s: forked from %s", own, parent->name);
}
