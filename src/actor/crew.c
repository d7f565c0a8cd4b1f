/*
 * crew: the threads of an actor.
 *
 * The reader hands a line over, which makes its worker ready to run, before it
 * reads (and sleeps) again. So who looks at the pipe (empty), at the reader
 * (sleeps) and at the worker (sleeps), in that order, and has no answer, knows
 * that the worker sleeps in its call.
 */
#include <errno.h>
#include <inttypes.h>
#include <malloc.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "actor/inside.h"
#include "base/intl.h"

/* A call, its text and the resolver need less than that. */
#define STACK (1 << 20)

/* Memory kept at hand, so that asking the kernel for more is no system call
 * between line and answer; larger pieces are mapped on their own. */
#define AT_HAND (4 << 20)
#define PIECE (2 << 20)

void held_take(atomic_flag *held)
{
	while (atomic_flag_test_and_set_explicit(held, memory_order_acquire))
		sched_yield();
}

void held_give(atomic_flag *held)
{
	atomic_flag_clear_explicit(held, memory_order_release);
}

/* For the whole process, while it has one thread: each of its threads gets
 * memory of its own, so that none waits for another's. */
static void tune_memory(void)
{
#ifdef __GLIBC__
	mallopt(M_ARENA_MAX, ACTOR_THREADS + 2);
	mallopt(M_MMAP_THRESHOLD, PIECE);
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	mallopt(M_TOP_PAD, AT_HAND);
#endif
}

/* For each thread that makes calls. */
static void warm_memory(void)
{
	void *volatile piece; /* else the compiler sees that it is not used */

	piece = malloc(PIECE / 2);
	free(piece);
}

static int write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t k = write(fd, p, n);

		if (k < 0 && errno != EINTR)
			return -errno;
		if (k > 0) {
			p += k;
			n -= k;
		}
	}
	return 0;
}

void worker_say(struct worker *w)
{
	struct actor *a = w->actor;

	held_take(&a->writing);
	if (write_all(a->own.out, w->out.data, w->out.len) < 0)
		_exit(1); /* nobody hears us any more */
	held_give(&a->writing);
	buf_clear(&w->out);
}

/* ---- workers ---- */

/* Swap what was handed over with what is done. False: nothing was. */
static bool take_more(struct worker *w)
{
	struct buf more;

	buf_clear(&w->mine);
	w->at = 0;
	held_take(&w->held);
	more = w->lines;
	w->lines = w->mine;
	w->mine = more;
	held_give(&w->held);
	return w->mine.len > 0;
}

/* The next line, good until the next call; NULL when there are no more. */
static const char *next_line(struct worker *w, size_t *n)
{
	const char *line, *end;

	while (w->at == w->mine.len) {
		bool ended = atomic_load(&w->actor->ended);

		if (take_more(w))
			break;
		if (ended)
			return NULL;
		while (sem_wait(&w->told) < 0)
			; /* a signal between calls changes nothing */
	}
	line = w->mine.data + w->at;
	end = memchr(line, '\n', w->mine.len - w->at);
	*n = (size_t)(end - line);
	w->at += *n + 1;
	return line;
}

static void work(struct worker *w)
{
	const char *line;
	size_t n;

	while ((line = next_line(w, &n))) {
		further_forget(w);
		actor_answer(w, line, n);
	}
}

static void worker_init(struct actor *a, int number)
{
	struct worker *w = &a->worker[number];

	w->actor = a;
	w->number = number;
	w->passed[0] = w->passed[1] = -1;
	atomic_flag_clear(&w->held);
	sem_init(&w->told, 0, 0);
	w->begun = true;
}

static void *begin(void *of)
{
	struct worker *w = of;
	char name[16];
	sigset_t none;

	snprintf(name, sizeof(name), "thread %d", w->number);
	prctl(PR_SET_NAME, name, 0, 0, 0);
	sigemptyset(&none);
	pthread_sigmask(SIG_SETMASK, &none, NULL);
	warm_memory();
	buf_printf(&w->out, "thread %d\n", w->number);
	worker_say(w);
	work(w);
	return NULL;
}

/* A thread on a stack that is large enough and no larger. 0 or an errno. */
static int start_thread(pthread_t *thread, void *(*run)(void *), void *of)
{
	pthread_attr_t attr;
	int error;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK);
	error = pthread_create(thread, &attr, run, of);
	pthread_attr_destroy(&attr);
	return error;
}

/* ---- the reader ---- */

/* The worker that a line is for, begun when it is not yet. The first one when
 * no more threads are to be had: it is asked first, and answers late rather
 * than never. */
static struct worker *worker_of(struct actor *a, int number)
{
	struct worker *w = &a->worker[number];

	if (w->begun)
		return w;
	worker_init(a, number);
	if (start_thread(&w->thread, begin, w) == 0)
		return w;
	w->begun = false;
	return &a->worker[1];
}

static void hand_over(struct worker *w, const char *text, size_t n)
{
	held_take(&w->held);
	buf_add(&w->lines, text, n);
	buf_char(&w->lines, '\n');
	held_give(&w->held);
	sem_post(&w->told);
}

/* Hand over what is there. 0, or -errno. */
static int hand_over_all(struct actor *a)
{
	char *text;
	int error;
	size_t n;

	while ((text = lines_next(&a->in, &n, &error)))
		hand_over(worker_of(a, actor_line_thread(text, n)), text, n);
	return error;
}

static void *read_lines(void *of)
{
	struct actor *a = of;
	int error = 0, i;
	long got;

	prctl(PR_SET_NAME, "lines", 0, 0, 0);
	do {
		got = lines_fill(&a->in, a->own.in);
		if (got != -EINTR)
			error = got < 0 ? (int)got : hand_over_all(a);
	} while (got == -EINTR || (got > 0 && !error));
	/* Nobody's death would end it: its parent is the reaper. */
	if (a->further)
		_exit(error ? 1 : 0);
	a->error = error;
	atomic_store(&a->ended, true);
	for (i = 1; i <= ACTOR_THREADS; i++)
		if (a->worker[i].begun)
			sem_post(&a->worker[i].told);
	return NULL;
}

int actor_live(struct actor *a)
{
	sigset_t all, before;
	pthread_t reader;
	int error, i;

	tune_memory();
	warm_memory();
	worker_init(a, 1);
	lines_init(&a->in, LINE_MAX_BYTES + 32);
	/* Signals are for those who make calls. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = start_thread(&reader, read_lines, a);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (error)
		return 1;
	work(&a->worker[1]);
	pthread_join(reader, NULL);
	for (i = 2; i <= ACTOR_THREADS; i++)
		if (a->worker[i].begun)
			pthread_join(a->worker[i].thread, NULL);
	for (i = 1; i <= ACTOR_THREADS; i++) {
		buf_done(&a->worker[i].lines);
		buf_done(&a->worker[i].mine);
		buf_done(&a->worker[i].out);
	}
	lines_done(&a->in);
	return a->error ? 1 : 0;
}
