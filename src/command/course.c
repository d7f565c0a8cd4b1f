/* course: tomada without a command: the list of lessons; Enter begins one, and
 * after it the list is there again. */
#include <string.h>

#include "base/intl.h"
#include "command/command.h"
#include "command/play.h"
#include "ui/ui.h"

int command_course(const struct command_options *o)
{
	char name[64];
	int r;

	if (o->plain)
		return plain_course(o->language) < 0 ? 2 : 0;
	while ((r = ui_course(o->language, name, sizeof(name))) > 0) {
		int status = play(o, (char *[]){name}, 1, 0);

		if (status)
			return status;
	}
	return r < 0 ? command_fail(_("the course cannot be shown: %s"),
			       strerror(-r))
		     : 0;
}
