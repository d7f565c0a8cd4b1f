/*
 * timed: a terminal program on a 200x60 pseudo terminal, typed to and timed
 * from outside. An answer to a key ends when nothing was written for 30 ms,
 * which are not counted in its time.
 */
#ifndef BENCH_TIMED_H
#define BENCH_TIMED_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct program {
	pid_t pid;
	int pty;
	int64_t began;  /* clock_mono */
};

/* What one key took. */
struct timed_took {
	double ms;      /* until the last byte of its answer */
	double us;      /* of the program's processor time */
	double bytes;   /* written */
};

struct program timed_start(char *const argv[]);
void timed_stop(struct program *p);

/* Read until pattern was written. Nanoseconds since p->began, or -1 after two
 * minutes or at the program's end. */
int64_t timed_wait_for(struct program *p, const char *pattern);

/* Read until it is quiet; returns bytes, and sets *last to when the last of
 * them came, if any did. */
size_t timed_drain(struct program *p, int64_t *last);

/* Type keys and read the answer. 0 or -1. */
int timed_key(struct program *p, const char *keys, struct timed_took *took);

double timed_resident_mb(pid_t pid);

/* Sorts v. */
double timed_median(double *v, int n);

#endif
