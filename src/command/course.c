/* course: tomada without a command: the list of lessons; Enter begins one, and
 * after it the list is there again. */
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "command/command.h"
#include "command/session.h"
#include "lesson/lesson.h"
#include "ui/ui.h"

static int play(const struct command_options *o, const char *name, size_t page)
{
	struct diag d = {0};
	struct lesson *l;
	char why[512];
	int status;

	if (lesson_load(&l, name, o->language, &d) < 0) {
		diag_print(&d, why, sizeof(why));
		return command_fail("%s", why);
	}
	status = session_show(o, l, page, true);
	lesson_free(l);
	return status;
}

int command_course(const struct command_options *o)
{
	char name[64];
	size_t page;
	int r;

	if (o->plain)
		return plain_course(o->language) < 0 ? 2 : 0;
	while ((r = ui_course(o->language, name, sizeof(name), &page)) > 0) {
		int status = play(o, name, page);

		if (status)
			return status;
	}
	return r < 0 ? command_fail(_("the course cannot be shown: %s"),
			       strerror(-r))
		     : 0;
}
