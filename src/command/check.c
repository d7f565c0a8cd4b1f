/*
 * check: tomada check [FILE…]: lessons and scripts without a screen, each in a
 * lab of its own, every expectation compared. TAP.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/intl.h"
#include "command/check.h"
#include "command/command.h"
#include "command/session.h"
#include "lesson/check.h"
#include "lesson/course.h"
#include "lesson/form.h"
#include "lesson/lesson.h"
#include "lesson/load.h"

int check_file(FILE *tap, const char *name, const char *language, int *number,
	struct check_result *result)
{
	struct diag d = {0};
	struct session s;
	struct lesson *l;
	char why[512];
	int failed = result->failed;

	if (lesson_load(&l, name, language, &d) < 0) {
		diag_print(&d, why, sizeof(why));
		return command_fail("%s", why);
	}
	if (session_start(&s, why, sizeof(why)) < 0) {
		lesson_free(l);
		return command_fail("%s", why);
	}
	check_run(l, s.link, s.journal, tap, number, result);
	/* Only what went wrong is worth looking at again: the journals that
	 * are kept are few, and belong to people. */
	if (result->failed > failed)
		fprintf(tap, "# journal: %s\n", s.path);
	else
		unlink(s.path);
	session_end(&s);
	lesson_free(l);
	fflush(tap);
	return 0;
}

/* A lesson of the course: its form, then what it says. When both languages have
 * the same fences, those of the first are those of the other. */
static int run_lesson(const char *name, int *number,
	struct check_result *result)
{
	bool alike = check_form(name, stdout, number, result);
	int status = 0;

	for (int i = 0; i < FORM_LANGUAGES; i++) {
		if (i > 0 && alike)
			printf(_("# %s %s: not run by itself, for its fences "
				"are those of %s\n"), name, form_language[i],
				form_language[0]);
		else if (check_file(stdout, name, form_language[i], number,
				result))
			status = 2;
	}
	return status;
}

static int run_course(int *number, struct check_result *result)
{
	struct diag d = {0};
	struct course *c;
	char why[512];
	int status = 0;

	if (course_load(&c, "en", &d) < 0) {
		diag_print(&d, why, sizeof(why));
		return command_fail("%s", why);
	}
	for (size_t i = 0; i < c->lessons; i++)
		if (run_lesson(c->lesson[i].name, number, result))
			status = 2;
	check_form_of_glossary(stdout, number, result);
	course_free(c);
	return status;
}

/* What was named: a file is checked for its form by itself, a script (.lab) has
 * none; anything else is a lesson of the course. */
static int run_named(const struct command_options *o, const char *name,
	int *number, struct check_result *result)
{
	struct diag d = {0};
	struct lesson *l;
	char why[512];

	if (lesson_load(&l, name, o->language, &d) < 0) {
		diag_print(&d, why, sizeof(why));
		return command_fail("%s", why);
	}
	lesson_free(l);
	if (!load_is_file(name))
		return run_lesson(name, number, result);
	if (!load_is_script(name))
		check_form_of_file(name, stdout, number, result);
	return check_file(stdout, name, o->language, number, result);
}

int command_check(const struct command_options *o)
{
	struct check_result result = {0};
	int number = 1, status = 0;

	if (o->class_mode)
		return command_room(o);
	if (o->watch)
		return command_watch(o);
	if (o->argc == 0)
		status = run_course(&number, &result);
	for (int i = 0; i < o->argc; i++)
		if (run_named(o, o->argv[i], &number, &result))
			status = 2;
	printf("1..%d\n", number - 1);
	if (status)
		return status;
	return result.failed ? 1 : 0;
}
