/* check: what `tomada check` and `tomada check --watch` share. */
#ifndef COMMAND_CHECK_H
#define COMMAND_CHECK_H

#include <stdio.h>

struct check_result;
struct command_options;

/* Run one lesson or script in a fresh lab, TAP to tap. 0, or 2 when it could
 * not be run, which was said. */
int check_file(FILE *tap, const char *name, const char *language, int *number,
	struct check_result *result);

/* Whether this machine has what a lesson before a class needs. */
int command_room(const struct command_options *o);

/* Check a file, and again at each save, until somebody ends it. */
int command_watch(const struct command_options *o);

#endif
