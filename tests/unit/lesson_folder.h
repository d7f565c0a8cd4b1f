/*
 * lesson_folder: a folder of lessons with one lesson, x, in both languages, and
 * what the checker says of its form.
 */
#ifndef TESTS_UNIT_LESSON_FOLDER_H
#define TESTS_UNIT_LESSON_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "lesson/check.h"

static char folder[64];

static int setup(void **state)
{
	char path[128];

	(void)state;
	strcpy(folder, "/tmp/tomada-form-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	setenv("TOMADA_LESSONS", folder, 1);
	snprintf(path, sizeof(path), "%s/x", folder);
	return mkdir(path, 0700);
}

static int teardown(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -r '%s'", folder);
	return system(command);
}

static void put(const char *language, const char *text)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/x/%s.md", folder, language);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

/* The form of both: passes when says is NULL, else fails saying it. */
static void judged(const char *en, const char *pt, const char *says)
{
	struct check_result result = {0};
	char *text = NULL;
	size_t size = 0;
	FILE *tap = open_memstream(&text, &size);
	int number = 7;

	put("en", en);
	put("pt_BR", pt);
	check_form("x", tap, &number, &result);
	fclose(tap);
	assert_int_equal(number, 8);
	assert_int_equal(result.failed, says != NULL);
	assert_int_equal(result.passed, says == NULL);
	if (strncmp(text, says ? "not ok 7 - x" : "ok 7 - x", 8) ||
			(says && !strstr(text, says)))
		fail_msg("expected %s, observed %s", says, text);
	free(text);
}

#define PAGE "## P\n```lab\nclient: close(3) -> 0\n```\n"
#define TASK "## Q\n- [x] a\n\n  W\n\n- [ ] b `-> 4`\n\n  W\n\n" \
	"```lab\nclient: socket(AF_INET) -> 3\n```\n"
#define END "## E\nend\n\n> keep\n"

/* Of a test with its number: the TAP of it, the caller's. */
__attribute__((unused))
static char *tap_of(bool (*test)(FILE *, int *, struct check_result *),
	bool passes)
{
	struct check_result result = {0};
	char *text = NULL;
	size_t size = 0;
	FILE *tap = open_memstream(&text, &size);
	int number = 1;

	assert_true(test(tap, &number, &result) == passes);
	assert_int_equal(result.failed, !passes);
	fclose(tap);
	return text;
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

#endif
