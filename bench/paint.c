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
 * one before; \x1b and the like are given as $'…' by the shell.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "timed.h"

#define MOST 4096

static int first(const char *pattern, char **argv)
{
	struct program p = timed_start(argv);
	int64_t took = timed_wait_for(&p, pattern);

	if (took < 0) {
		fprintf(stderr, "paint: never saw %s\n", pattern);
		timed_stop(&p);
		return 1;
	}
	printf("%.2f %.1f\n", (double)took / CLOCK_MS, timed_resident_mb(p.pid));
	timed_stop(&p);
	return 0;
}

static int keys(const char *pattern, const char *typed, int times, char **argv)
{
	static double ms[MOST], us[MOST], bytes[MOST];
	struct program p = timed_start(argv);
	struct timed_took took;
	int64_t last;
	int n = 0;

	if (timed_wait_for(&p, pattern) < 0) {
		fprintf(stderr, "paint: never saw %s\n", pattern);
		timed_stop(&p);
		return 1;
	}
	timed_drain(&p, &last);
	for (; n < times && n < MOST && !timed_key(&p, typed, &took); n++) {
		ms[n] = took.ms;
		us[n] = took.us;
		bytes[n] = took.bytes;
	}
	printf("%.2f %.0f %.0f\n", timed_median(ms, n), timed_median(us, n),
		timed_median(bytes, n));
	timed_stop(&p);
	return 0;
}

static int answer(const char *pattern, const char *key, const char *expected,
	char **argv)
{
	struct program p = timed_start(argv);
	int64_t took = timed_wait_for(&p, pattern);

	if (took >= 0) {
		p.began = clock_mono();
		took = write(p.pty, key, strlen(key)) < 0 ? -1
			: timed_wait_for(&p, expected);
	}
	if (took < 0)
		fprintf(stderr, "paint: never saw %s, or then %s\n", pattern,
			expected);
	else
		printf("%.2f\n", (double)took / CLOCK_MS);
	timed_stop(&p);
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
