/* notes: tomada notes: the speaker's notes, on a second terminal. */
#include <errno.h>
#include <string.h>

#include "base/intl.h"
#include "command/command.h"
#include "ui/ui.h"

int command_notes(const struct command_options *o)
{
	int r;

	if (o->argc)
		return command_fail(_("notes: takes no argument"));
	r = notes_run(o->plain);
	if (r == -ENOENT)
		return command_fail(_("notes: no lesson is being played; begin "
				      "one on another terminal"));
	return r < 0 ? command_fail("notes: %s", strerror(-r)) : 0;
}
