/*
 * inside: what the files of this room share.
 *
 * actor.c    a line → its call → its answer
 * crew.c     the threads: who reads lines, who makes calls
 * further.c  a further process, made by fork
 * confine.c  what an actor gives up first
 *
 * A *worker* is a thread that makes calls. The *reader* is the one that reads
 * lines and hands them over. The lab looks at them from outside: a worker that
 * sleeps sleeps in its call, so neither waits for another in a way that looks
 * like sleep. What guards is spun on (held_take), and memory is not shared:
 * each thread frees what it made.
 */
#ifndef ACTOR_INSIDE_H
#define ACTOR_INSIDE_H

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "actor/actor_line.h"
#include "actor/confine.h"
#include "base/buf.h"
#include "base/lines.h"

struct actor;

struct worker {
	struct actor *actor;
	int number;            /* of the thread, from 1 */
	atomic_bool begun;
	pthread_t thread;      /* not of the first */
	sem_t told;            /* there may be lines, or the end */
	atomic_flag held;      /* guards … */
	struct buf lines;      /* … what was handed over; the reader alone
				  makes it longer */
	struct buf mine;       /* what was taken out of it, and … */
	size_t at;             /* … how far it is done */
	struct buf out;        /* an answer in the making */
	atomic_int passed[2];  /* pipes of a process it made, until its next
				  line; or -1 */
};

struct actor {
	struct confined own;
	const char *device;    /* its sockets are bound to it; or NULL */
	bool further;          /* made by fork: its parent is the reaper */
	atomic_flag writing;   /* an answer is written as a whole */
	atomic_flag forking;   /* one at a time: no child has another's pipes */
	atomic_bool ended;     /* no more lines come */
	int error;             /* … because of it, or 0 */
	struct lines in;       /* the reader's */
	struct worker worker[ACTOR_THREADS + 1]; /* by number */
};

/* Spin until nobody else holds it: a thread that spins runs. */
void held_take(atomic_flag *held);
void held_give(atomic_flag *held);

/* ---- actor.c ---- */

/* Make the call of a line of n bytes, and answer it. */
void actor_answer(struct worker *w, const char *text, size_t n);

/* ---- crew.c ---- */

/* Live: read lines, make calls, until there are no more of them. Its exit
 * status. The thread that calls it is worker 1. */
int actor_live(struct actor *a);

/* Write what is in w->out, and empty it. */
void worker_say(struct worker *w);

/* ---- further.c ---- */

/* Make a further process and answer; returns in the parent alone. */
void actor_fork(struct worker *w, uint64_t id);

/* Close the pipes of the last one. */
void further_forget(struct worker *w);

/* Whether a number is that of such a pipe. */
bool further_has(const struct worker *w, int64_t fd);

#endif
