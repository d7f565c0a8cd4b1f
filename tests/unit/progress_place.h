/* progress_place: a folder for the learner's file, and lessons, of the test's
 * own. */
#ifndef TESTS_UNIT_PROGRESS_PLACE_H
#define TESTS_UNIT_PROGRESS_PLACE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "lesson/load.h"

#define PLACE_UNUSED __attribute__((unused))

static char folder[64], file[128];

static PLACE_UNUSED void put(const char *name, const void *text, size_t n)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static PLACE_UNUSED void put_text(const char *name, const char *text)
{
	put(name, text, strlen(text));
}

static PLACE_UNUSED void make_folder(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	assert_int_equal(mkdir(path, 0700), 0);
}

/* What the file has is exactly this. */
static PLACE_UNUSED void file_is(const char *text)
{
	struct buf b = {0};
	struct diag d = {0};

	assert_int_equal(load_file(&b, file, &d), 0);
	assert_string_equal(buf_str(&b), text);
	buf_done(&b);
}

static int place_begin(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/tomada-progress-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(file, sizeof(file), "%s/tomada/progress", folder);
	setenv("TOMADA_LESSONS", folder, 1);
	setenv("XDG_STATE_HOME", folder, 1);
	make_folder("tomada");
	return 0;
}

static int place_end(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -r '%s'", folder);
	return system(command);
}

#endif
