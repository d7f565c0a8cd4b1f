/*
 * further: fork, as a call of the learner's.
 *
 * The child has the learner's descriptors and names, and pipes of its own. It
 * is forked twice and the one in between leaves: so its parent is the reaper,
 * who waits for its end as for any actor's, and it survives the actor that
 * made it, as real children do.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "actor/inside.h"
#include "base/mem.h"

/* Pipe ends, all in the parent at first. */
struct ends {
	int in[2], out[2];  /* of the child: read, write */
	int ready[2];       /* the child says its number */
};

void further_forget(struct worker *w)
{
	int i;

	for (i = 0; i < 2; i++) {
		if (w->passed[i] >= 0)
			close(w->passed[i]);
		w->passed[i] = -1;
	}
}

bool further_has(const struct worker *w, int64_t fd)
{
	return fd >= 0 && (fd == w->passed[0] || fd == w->passed[1]);
}

static void close_pair(int pair[2])
{
	int i;

	for (i = 0; i < 2; i++) {
		if (pair[i] >= 0)
			close(pair[i]);
		pair[i] = -1;
	}
}

static void ends_close(struct ends *e)
{
	close_pair(e->in);
	close_pair(e->out);
	close_pair(e->ready);
}

/* A pipe at high numbers, out of the learner's way. 0 or -errno. */
static int high_pipe(int pair[2], int flags)
{
	int low[2], error = 0, i;

	if (pipe2(low, O_CLOEXEC | flags) < 0)
		return -errno;
	for (i = 0; i < 2; i++) {
		pair[i] = confine_high(low[i]);
		if (pair[i] < 0)
			error = -errno;
	}
	close_pair(low);
	return error;
}

static int ends_open(struct ends *e)
{
	int error;

	memset(e, -1, sizeof(*e));
	error = high_pipe(e->in, 0);
	if (!error)
		error = high_pipe(e->out, 0);
	if (!error)
		error = high_pipe(e->ready, O_NONBLOCK);
	if (error)
		ends_close(e);
	return error;
}

/* ---- the child ---- */

/* Its parent is whoever reaps, from now on, and it ends with that one. */
static void find_parent(pid_t between)
{
	pid_t reaper;

	while ((reaper = getppid()) == between)
		sched_yield();
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (getppid() != reaper)
		_exit(1); /* it died just now */
}

/* Its pipes take the numbers that its maker's had. */
static void take_ends(struct actor *a, struct ends *e)
{
	if (dup3(e->in[0], a->own.in, O_CLOEXEC) < 0 ||
		dup3(e->out[1], a->own.out, O_CLOEXEC) < 0)
		_exit(1);
}

static _Noreturn void live_on(const struct actor *maker, struct ends *e,
	pid_t between)
{
	struct actor *a = mem_zero(sizeof(*a));
	pid_t self = getpid();
	int i;

	a->own = maker->own;
	a->device = maker->device;
	a->further = true;
	find_parent(between);
	prctl(PR_SET_NAME, "tomada", 0, 0, 0);
	take_ends(a, e);
	for (i = 1; i <= ACTOR_THREADS; i++)
		if (maker->worker[i].begun)
			further_forget((struct worker *)&maker->worker[i]);
	if (write(e->ready[1], &self, sizeof(self)) != sizeof(self))
		_exit(1);
	ends_close(e);
	_exit(actor_live(a));
}

/* Says why when there will be no child. */
static _Noreturn void be_between(const struct actor *a, struct ends *e)
{
	pid_t between = getpid(), child = fork();
	int error = -errno;

	if (child == 0)
		live_on(a, e, between);
	if (child < 0 && write(e->ready[1], &error, sizeof(error)) < 0)
		_exit(1);
	_exit(0); /* nobody waits for it: SA_NOCLDWAIT, in confine.c */
}

/* ---- the parent ---- */

/*
 * The number of the child, or -errno. Asked again and again instead of waited
 * for: a worker that sleeps would seem to sleep in a call. (And waitpid(2)
 * seems to sleep even with WNOHANG.)
 */
static pid_t await(int ready)
{
	pid_t child = 0;

	for (;;) {
		ssize_t n = read(ready, &child, sizeof(child));

		if (n == (ssize_t)sizeof(child))
			return child;
		if (n == 0)
			return -EAGAIN; /* it was killed before it spoke */
		sched_yield();
	}
}

static pid_t make(struct worker *w, struct ends *e)
{
	pid_t between = fork(), child;

	if (between < 0)
		return -errno;
	if (between == 0)
		be_between(w->actor, e);
	close(e->ready[1]);
	e->ready[1] = -1;
	child = await(e->ready[0]);
	if (child > 0) {
		w->passed[0] = e->in[1];
		w->passed[1] = e->out[0];
		e->in[1] = e->out[0] = -1;
	}
	return child;
}

void actor_fork(struct worker *w, uint64_t id)
{
	static const uint64_t no_cookie[2];
	struct value failed = {0};
	struct ends e;
	pid_t child;
	int error;

	held_take(&w->actor->forking);
	error = ends_open(&e);
	child = error ? error : make(w, &e);
	if (!error)
		ends_close(&e);
	held_give(&w->actor->forking);
	/* Also EMFILE, for its pipes, which no other fork would need. */
	if (child < 0) {
		value_of_errno(&failed, -child);
		actor_line_result(&w->out, id, &failed, no_cookie);
	} else {
		actor_line_process(&w->out, id, child,
			(int[]){w->passed[0], w->passed[1]});
	}
}
