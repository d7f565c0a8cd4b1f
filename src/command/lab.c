/* lab: tomada lab [FILE.lab]: an empty client and server, or a script. */
#include "base/diag.h"
#include "base/intl.h"
#include "command/command.h"
#include "command/session.h"
#include "lesson/lesson.h"

int command_lab(const struct command_options *o)
{
	struct diag d = {0};
	struct lesson *script = NULL;
	struct session_lesson s = {.lesson = NULL};
	char why[512];
	bool on;
	int status;

	if (o->argc > 1)
		return command_fail(_("lab: one script at most"));
	if (o->argc == 1 &&
		lesson_load(&script, o->argv[0], o->language, &d) < 0) {
		diag_print(&d, why, sizeof(why));
		return command_fail("%s", why);
	}
	s.lesson = script;
	status = session_show(o, &s, &on);
	lesson_free(script);
	return status;
}
