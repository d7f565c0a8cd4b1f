/*
 * ready: how long until a lab's hosts are there (namespaces, veths, addresses,
 * settings). Prints the median and the range of 21 builds, in milliseconds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "host/host.h"

#define TIMES 21

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void close_all(const struct host_plan *plan, struct host_ready *r)
{
	for (int i = 0; i < plan->hosts; i++) {
		close(r->tap[i]);
		close(r->fence[i]);
		close(r->diag[i]);
	}
}

int main(void)
{
	double ms[TIMES];

	for (int i = 0; i < TIMES; i++) {
		struct host_plan plan;
		struct host_ready ready;
		struct builder *b;
		char why[512];
		int64_t began = clock_mono();

		host_plan_default(&plan);
		if (builder_start(&b, &plan, &ready, why, sizeof(why)) < 0) {
			fprintf(stderr, "%s\n", why);
			return 1;
		}
		ms[i] = (double)(clock_mono() - began) / CLOCK_MS;
		builder_stop(b);
		close_all(&plan, &ready);
	}
	qsort(ms, TIMES, sizeof(ms[0]), by_size);
	printf("%.2f %.2f %.2f\n", ms[TIMES / 2], ms[0], ms[TIMES - 1]);
	return 0;
}
