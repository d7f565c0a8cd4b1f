/*
 * paint: a terminal program on a 200x60 pty, timed from outside.
 *
 *   paint first PATTERN PROGRAM …          ms until PATTERN is written, and
 *                                          its resident memory then, in MB
 *   paint key PATTERN KEYS TIMES PROGRAM … per key, when PATTERN was seen:
 *                                          median ms until the last byte of
 *                                          the answer, median CPU µs, bytes
 *   paint answer PATTERN KEY ANSWER PROGRAM …
 *                                          ms from KEY, typed when PATTERN
 *                                          was seen, until ANSWER is written;
 *                                          the program may be busy meanwhile
 *
 * KEYS is typed as a whole TIMES times over, each key after the answer to the
 * one before; \x1b and the like are given as $'…' by the shell. An answer ends
 * when nothing was written for 30 ms (not counted in its time).
 */
#include <errno.h>
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
#define MOST 4096

struct program {
	pid_t pid;
	int pty;
	int64_t began;
};

static struct program start(char **argv)
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

static void stop(struct program *p)
{
	kill(p->pid, SIGTERM);
	close(p->pty);
	waitpid(p->pid, NULL, 0);
}

/* Read until pattern was seen; the time it took in ns, or -1. */
static int64_t wait_for(struct program *p, const char *pattern)
{
	struct buf seen = {0};
	char piece[65536];
	int64_t took = -1;
	size_t len = strlen(pattern);

	while (clock_mono() - p->began < 120 * CLOCK_S) {
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

/* Read until it is quiet; bytes, and when the last of them came. */
static size_t drain(struct program *p, int64_t *last)
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

static double resident_mb(pid_t pid)
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

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof(*v), by_size);
	return v[n / 2];
}

static int first(const char *pattern, char **argv)
{
	struct program p = start(argv);
	int64_t took = wait_for(&p, pattern);

	if (took < 0) {
		fprintf(stderr, "paint: never saw %s\n", pattern);
		stop(&p);
		return 1;
	}
	printf("%.2f %.1f\n", (double)took / CLOCK_MS, resident_mb(p.pid));
	stop(&p);
	return 0;
}

static int keys(const char *pattern, const char *typed, int times, char **argv)
{
	static double ms[MOST], us[MOST], bytes[MOST];
	struct program p = start(argv);
	int64_t last = 0;
	int n = 0;

	if (wait_for(&p, pattern) < 0) {
		fprintf(stderr, "paint: never saw %s\n", pattern);
		stop(&p);
		return 1;
	}
	drain(&p, &last);
	for (int i = 0; i < times && n < MOST; i++, n++) {
		int64_t cpu = cpu_ns(p.pid), began = clock_mono();

		last = began;
		if (write(p.pty, typed, strlen(typed)) < 0)
			break;
		bytes[n] = (double)drain(&p, &last);
		ms[n] = (double)(last - began) / CLOCK_MS;
		us[n] = (double)(cpu_ns(p.pid) - cpu) / CLOCK_US;
	}
	printf("%.2f %.0f %.0f\n", median(ms, n), median(us, n),
		median(bytes, n));
	stop(&p);
	return 0;
}

static int answer(const char *pattern, const char *key, const char *expected,
	char **argv)
{
	struct program p = start(argv);
	int64_t took = wait_for(&p, pattern);

	if (took >= 0) {
		p.began = clock_mono();
		took = write(p.pty, key, strlen(key)) < 0 ? -1
			: wait_for(&p, expected);
	}
	if (took < 0)
		fprintf(stderr, "paint: never saw %s, or then %s\n", pattern,
			expected);
	else
		printf("%.2f\n", (double)took / CLOCK_MS);
	stop(&p);
	return took < 0;
}

int main(int argc, char **argv)
{
	if (argc >= 4 && !strcmp(argv[1], "first"))
		return first(argv[2], argv + 3);
	if (argc >= 6 && !strcmp(argv[1], "key"))
		return keys(argv[2], argv[3], atoi(argv[4]), argv + 5);
	if (argc >= 6 && !strcmp(argv[1], "answer"))
		return answer(argv[2], argv[3], argv[4], argv + 5);
	fprintf(stderr, "usage: paint first|key|answer …\n");
	return 2;
}
