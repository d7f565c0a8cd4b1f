/*
 * check: tomada check [FILE…]: lessons and scripts without a screen, each in a
 * lab of its own, every expectation compared. TAP.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/intl.h"
#include "command/command.h"
#include "command/session.h"
#include "lesson/check.h"
#include "lesson/course.h"
#include "lesson/lesson.h"

static const char *const languages[] = {"en", "pt_BR"};

/* One lesson or script in a fresh lab. 0, or 2 when it could not be run. */
static int run(const char *name, const char *language, int *number,
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
	check_run(l, s.link, s.journal, stdout, number, result);
	/* Only what went wrong is worth looking at again: the journals that
	 * are kept are few, and belong to people. */
	if (result->failed > failed)
		printf("# journal: %s\n", s.path);
	else
		unlink(s.path);
	session_end(&s);
	lesson_free(l);
	fflush(stdout);
	return 0;
}

/* Every lesson of the course: its form, then each language. */
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
	for (size_t i = 0; i < c->lessons; i++) {
		const char *name = c->lesson[i].name;

		check_form(name, stdout, number, result);
		for (size_t k = 0; k < sizeof(languages) / sizeof(*languages);
			k++)
			if (run(name, languages[k], number, result))
				status = 2;
	}
	course_free(c);
	return status;
}

int command_check(const struct command_options *o)
{
	struct check_result result = {0};
	int number = 1, status = 0;

	if (o->argc == 0)
		status = run_course(&number, &result);
	for (int i = 0; i < o->argc; i++)
		if (run(o->argv[i], o->language, &number, &result))
			status = 2;
	printf("1..%d\n", number - 1);
	if (status)
		return status;
	return result.failed ? 1 : 0;
}
