/*
 * empty_lab: a lab without a script, its prompt open on the client's side, and
 * lines typed there. Include behind cmocka.h.
 */
#ifndef TESTS_SCREEN_EMPTY_LAB_H
#define TESTS_SCREEN_EMPTY_LAB_H

#include <string.h>

#include "screen.h"

/* The first row names the wire, or that there is none, once there is a lab. */
static inline bool lab_is_built(struct screen *s, void *unused)
{
	(void)unused;
	return strstr(screen_row(s, 0), "wire") != NULL;
}

/* Sizes and env as screen_start has them; the caller frees it. */
static inline struct screen *empty_lab(int columns, int rows,
	const char *const env[])
{
	struct screen *s = screen_run(columns, rows, env, "lab --lang en");

	assert_true(screen_until(s, lab_is_built, NULL, "a lab",
		SCREEN_SECONDS));
	screen_key(s, ":");
	assert_true(screen_wait(s, "client>", SCREEN_SECONDS));
	return s;
}

/* A line, and what it brings to the stage. */
static inline void line(struct screen *s, const char *text, const char *brings)
{
	assert_true(screen_line(s, text, brings));
}

#endif
