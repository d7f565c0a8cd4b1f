/* lesson: tomada lesson NAME|FILE… [--page N] [--class]; --list prints the names, for
 * completion. */
#include <stdio.h>

#include "base/diag.h"
#include "base/intl.h"
#include "command/command.h"
#include "command/play.h"
#include "lesson/course.h"

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
	if (o->list && o->argc == 0)
		return list(o->language);
	if (o->argc == 0)
		return command_fail(_("lesson: name a lesson or a file; "
				      "\"tomada lesson --list\" has the names"));
	return play(o, o->argv, o->argc, o->page);
}
