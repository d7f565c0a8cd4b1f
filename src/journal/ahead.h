/*
 * ahead: a file that grows ahead of the one who writes it through a mapping.
 *
 * Blocks of the file are allocated (so a full disk is an error here and never
 * a SIGBUS in the middle of a block) and its pages are touched (so the writer
 * never waits for fresh memory) before they are used. The first piece is small
 * and made at once; later ones are made by a thread of their own, which starts
 * when half of that is used up. Should the writer overtake it, the writer makes
 * what it needs itself.
 */
#ifndef JOURNAL_AHEAD_H
#define JOURNAL_AHEAD_H

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct ahead {
	int fd;
	uint8_t *map;           /* limit bytes; those below ready may be used */
	uint64_t limit;         /* bytes, whole pages */
	_Atomic uint64_t ready; /* bytes allocated and touched, whole pages */
	_Atomic uint64_t target;/* how far the thread is to go */
	pthread_mutex_t growing;/* held by whoever makes the next piece */
	int error;              /* -errno for good; under growing */
	bool threaded;          /* the thread runs */
	atomic_bool stop;
	pthread_t thread;
	sem_t wake;
};

/* Map limit bytes of the empty file fd, which stays the caller's, and make the
 * first piece. 0 or -errno. */
int ahead_init(struct ahead *a, int fd, uint64_t limit);

/* End the thread and the mapping. */
void ahead_done(struct ahead *a);

/* Make sure that the first size bytes may be used, and that more will be.
 * 0, or -errno (-ENOSPC also for the limit) for this size; less may do. */
int ahead_need(struct ahead *a, uint64_t size);

#endif
