/* timed: see timed.h. */
#include "timed.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"

#define QUIET_MS 30
#define PATIENCE (120 * CLOCK_S)

struct program timed_start(char *const argv[])
{
	struct winsize size = {.ws_row = 60, .ws_col = 200};
	struct program p = {.began = clock_mono()};

	p.pid = forkpty(&p.pty, NULL, NULL, &size);
	if (p.pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		execvp(argv[0], argv);
		_exit(127);
	}
	return p;
}

void timed_stop(struct program *p)
{
	kill(p->pid, SIGTERM);
	close(p->pty);
	waitpid(p->pid, NULL, 0);
}

int64_t timed_wait_for(struct program *p, const char *pattern)
{
	struct buf seen = {0};
	char piece[65536];
	int64_t took = -1;
	size_t len = strlen(pattern);

	while (clock_mono() - p->began < PATIENCE) {
		struct pollfd f = {.fd = p->pty, .events = POLLIN};
		ssize_t n;

		if (poll(&f, 1, 1000) <= 0)
			continue;
		n = read(p->pty, piece, sizeof(piece));
		if (n <= 0)
			break;
		buf_add(&seen, piece, (size_t)n);
		if (memmem(seen.data, seen.len, pattern, len)) {
			took = clock_mono() - p->began;
			break;
		}
	}
	buf_done(&seen);
	return took;
}

size_t timed_drain(struct program *p, int64_t *last)
{
	char piece[65536];
	size_t bytes = 0;

	for (;;) {
		struct pollfd f = {.fd = p->pty, .events = POLLIN};
		ssize_t n;

		if (poll(&f, 1, QUIET_MS) <= 0)
			return bytes;
		n = read(p->pty, piece, sizeof(piece));
		if (n <= 0)
			return bytes;
		bytes += (size_t)n;
		*last = clock_mono();
	}
}

/* CPU time in ns, finer than the ticks of /proc/PID/stat. */
static int64_t cpu_ns(pid_t pid)
{
	char path[64];
	long long ns = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/schedstat", pid);
	f = fopen(path, "r");
	if (f && fscanf(f, "%lld", &ns) != 1)
		ns = 0;
	if (f)
		fclose(f);
	return ns;
}

int timed_key(struct program *p, const char *keys, struct timed_took *took)
{
	int64_t cpu = cpu_ns(p->pid), began = clock_mono(), last = began;

	if (write(p->pty, keys, strlen(keys)) < 0)
		return -1;
	took->bytes = (double)timed_drain(p, &last);
	took->ms = (double)(last - began) / CLOCK_MS;
	took->us = (double)(cpu_ns(p->pid) - cpu) / CLOCK_US;
	return 0;
}

double timed_resident_mb(pid_t pid)
{
	char path[64];
	long pages = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/statm", pid);
	f = fopen(path, "r");
	if (f && fscanf(f, "%*s %ld", &pages) != 1)
		pages = 0;
	if (f)
		fclose(f);
	return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double timed_median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof(*v), by_size);
	return v[n / 2];
}
