/* notes: tomada notes [JOURNAL]: the speaker's notes, on a second terminal. */
#include <errno.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "command/command.h"
#include "ui/ui.h"

int command_notes(const struct command_options *o)
{
	struct diag d = {0};
	char why[512];
	int r;

	if (o->argc > 1)
		return command_fail(_("notes: name one journal, or none"));
	r = notes_run(o->plain, o->argc ? o->argv[0] : NULL, &d);
	if (d.msg[0]) {
		diag_print(&d, why, sizeof(why));
		return command_fail("%s", why);
	}
	if (r == -ENOENT)
		return command_fail(_("notes: no lesson is being played; begin "
				      "one on another terminal"));
	return r < 0 ? command_fail("notes: %s", strerror(-r)) : 0;
}
