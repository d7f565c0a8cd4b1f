/*
 * ahead: allocate, touch, publish, in this order. Only what lies below ready
 * belongs to the writer; whoever grows the file holds the mutex.
 */
#include "journal/ahead.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#define FIRST (UINT64_C(64) << 10)
#define PIECE (UINT64_C(1) << 20) /* the longest that a writer may wait for */
#define LEAST (UINT64_C(256) << 10)
#define MOST (UINT64_C(16) << 20)

static uint64_t whole_pages(uint64_t n)
{
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);

	return (n + page - 1) / page * page;
}

/* How much shall lie ready before the writer: more for those who write much,
 * because pages that are never used cost everybody memory. */
static uint64_t distance(uint64_t used)
{
	uint64_t n = used / 2;

	return n < LEAST ? LEAST : n > MOST ? MOST : n;
}

static void touch(uint8_t *p, size_t n)
{
#ifdef MADV_POPULATE_WRITE
	if (madvise(p, n, MADV_POPULATE_WRITE) == 0)
		return;
#endif
	/* Older kernels. Nobody uses these bytes yet: writing is allowed. */
	for (size_t i = 0; i < n; i += 4096)
		*(volatile uint8_t *)(p + i) = 0;
}

/* Grow to size bytes, in one piece. Under growing. */
static int grow(struct ahead *a, uint64_t size)
{
	uint64_t ready = a->ready;
	int error;

	if (a->error || size <= ready)
		return a->error;
	if (size > a->limit)
		return -ENOSPC;
	do
		error = posix_fallocate(a->fd, (off_t)ready,
			(off_t)(size - ready));
	while (error == EINTR);
	if (error) {
		a->error = -error;
		return a->error;
	}
	touch(a->map + ready, size - ready);
	atomic_store_explicit(&a->ready, size, memory_order_release);
	return 0;
}

static void *grow_ahead(void *arg)
{
	struct ahead *a = arg;

	while (!a->stop) {
		uint64_t target = a->target, size = a->ready + PIECE;
		int r;

		if (a->ready >= target) {
			sem_wait(&a->wake);
			continue;
		}
		pthread_mutex_lock(&a->growing);
		r = grow(a, size < target ? size : target);
		pthread_mutex_unlock(&a->growing);
		if (r < 0)
			break;
	}
	return NULL;
}

/* Signals are for the caller's threads: ours takes none. */
static void start_thread(struct ahead *a)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	a->threaded = pthread_create(&a->thread, NULL, grow_ahead, a) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

int ahead_init(struct ahead *a, int fd, uint64_t limit)
{
	uint64_t first;
	int r;

	*a = (struct ahead){.fd = fd, .limit = whole_pages(limit)};
	a->map = mmap(NULL, a->limit, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
		0);
	if (a->map == MAP_FAILED)
		return -errno;
	/* A child that the caller forks has no business in here. */
	madvise(a->map, a->limit, MADV_DONTFORK);
	pthread_mutex_init(&a->growing, NULL);
	sem_init(&a->wake, 0, 0);
	first = whole_pages(FIRST);
	r = grow(a, first < a->limit ? first : a->limit);
	if (r < 0)
		ahead_done(a);
	return r;
}

void ahead_done(struct ahead *a)
{
	if (a->threaded) {
		a->stop = true;
		sem_post(&a->wake);
		pthread_join(a->thread, NULL);
	}
	sem_destroy(&a->wake);
	pthread_mutex_destroy(&a->growing);
	munmap(a->map, a->limit);
}

/* Ask for more when half of the distance is used up. */
static void look_ahead(struct ahead *a, uint64_t used, uint64_t ready)
{
	uint64_t target;

	/* Most journals stay small, and need no thread. */
	if (used < FIRST / 2)
		return;
	if (ready >= used + distance(used) / 2 || ready >= a->limit)
		return;
	if (ready < a->target)
		return; /* asked for already */
	target = whole_pages(used + distance(used));
	a->target = target < a->limit ? target : a->limit;
	if (!a->threaded)
		start_thread(a);
	else
		sem_post(&a->wake);
}

int ahead_need(struct ahead *a, uint64_t size)
{
	uint64_t ready = atomic_load_explicit(&a->ready, memory_order_acquire);
	int r = 0;

	if (size > a->limit)
		return -ENOSPC;
	if (size > ready) {
		pthread_mutex_lock(&a->growing);
		r = grow(a, whole_pages(size));
		pthread_mutex_unlock(&a->growing);
		ready = a->ready;
	}
	if (size <= ready)
		r = 0;
	look_ahead(a, size, ready);
	return r;
}
