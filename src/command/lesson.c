/* lesson: tomada lesson NAME|FILE; --list prints the names, for completion. */
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "command/command.h"
#include "command/session.h"
#include "lesson/course.h"
#include "lesson/lesson.h"

static int list(const char *language)
{
	struct diag d = {0};
	struct course *c;
	char why[512];

	if (course_load(&c, language, &d) < 0) {
		diag_print(&d, why, sizeof(why));
		return command_fail("%s", why);
	}
	for (size_t i = 0; i < c->lessons; i++)
		puts(c->lesson[i].name);
	course_free(c);
	return 0;
}

int command_lesson(const struct command_options *o)
{
	struct diag d = {0};
	struct lesson *l;
	char why[512];
	int status;

	if (o->list && o->argc == 0)
		return list(o->language);
	if (o->argc != 1)
		return command_fail(_("lesson: name one lesson or file; "
				      "\"tomada lesson --list\" has the names"));
	if (lesson_load(&l, o->argv[0], o->language, &d) < 0) {
		diag_print(&d, why, sizeof(why));
		return command_fail("%s", why);
	}
	status = session_show(o, l, 0, !strchr(o->argv[0], '/'));
	lesson_free(l);
	return status;
}
