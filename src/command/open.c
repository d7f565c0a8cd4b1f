/* open: tomada open FILE: step through a journal of an earlier run. */
#include "base/diag.h"
#include "base/intl.h"
#include "command/command.h"
#include "journal/journal.h"
#include "ui/ui.h"

int command_open(const struct command_options *o)
{
	struct ui_setup u = {.language = o->language};
	struct diag d = {0};
	char why[512];
	int r;

	if (o->argc != 1) {
		char folder[4096];

		return journal_folder(folder, sizeof(folder)) < 0 ?
			command_fail(_("open: name one journal")) :
			command_fail(_("open: name one journal; the last ten "
				"lie in %s"), folder);
	}
	if (journal_map(&u.journal, o->argv[0], &d) < 0) {
		diag_print(&d, why, sizeof(why));
		return command_fail("%s", why);
	}
	r = o->plain ? plain_run(&u) : ui_run(&u);
	journal_unmap(u.journal);
	return r < 0 ? 2 : r;
}
