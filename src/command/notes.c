/* notes: tomada notes: the speaker's notes, on a second terminal. */
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "command/command.h"
#include "journal/journal.h"
#include "ui/ui.h"

int command_notes(const struct command_options *o)
{
	struct journal_view *journal;
	struct diag d = {0};
	char path[4096], why[512];
	int r;

	if (o->argc)
		return command_fail(_("notes: takes no argument"));
	if (journal_live_path(path, sizeof(path)) < 0)
		return command_fail(_("notes: no lesson is being played; begin "
				      "one on another terminal"));
	if (journal_map(&journal, path, &d) < 0) {
		diag_print(&d, why, sizeof(why));
		return command_fail("%s", why);
	}
	r = notes_run(journal);
	journal_unmap(journal);
	return r < 0 ? command_fail("notes: %s", strerror(-r)) : 0;
}
