/*
 * command: one file per subcommand; the only room that brings lab, lesson and
 * ui together.
 *
 * A command gets what follows its own name and returns the exit status: 0 all
 * went well, 1 an expectation was not met, 2 it could not be carried out (one
 * sentence on standard error says why).
 */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

struct command_options {
	const char *language;  /* "en", "pt_BR" */
	bool plain;            /* lines, no screen */
	bool list;             /* lesson --list */
	bool watch;            /* check --watch */
	bool class_mode;       /* --class: a lesson before a class; check: the
				  room's machine */
	int page;              /* lesson --page, from 1; 0: not given */
	const char *to;        /* export --to, NULL */
	const char *take;      /* export --take, NULL: the last */
	const char *folder;    /* export -o, NULL: this one */
	int argc;              /* what follows the command's name */
	char **argv;
};

int command_course(const struct command_options *o);
int command_lesson(const struct command_options *o);
int command_lab(const struct command_options *o);
int command_check(const struct command_options *o);
int command_open(const struct command_options *o);
int command_notes(const struct command_options *o);
int command_why(const struct command_options *o);
int command_export(const struct command_options *o);

/* Write text as the terminal may have it: names of files can hold any byte, and
 * words of the catalogue are UTF-8 whatever the locale. */
void command_print(FILE *f, const char *text);

/* Write "tomada: " and a sentence to standard error. Returns 2. */
int command_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
