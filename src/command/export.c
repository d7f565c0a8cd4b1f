/*
 * export: tomada export JOURNAL --to python|c [--take N] [-o FOLDER]: the calls
 * of one take of a journal as programs. Takes (a page gone through, a lab built
 * anew) are counted from 1, those without a call left out.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/diag.h"
#include "base/intl.h"
#include "command/command.h"
#include "export/export.h"
#include "journal/journal.h"
#include "scene/scene.h"

/* The position of the take that was asked for; SCENE_NONE: it was said that
 * there is none. */
static uint32_t find_take(const struct command_options *o,
	const struct scene *s)
{
	unsigned takes = export_takes(s);
	unsigned long number = 0;
	char *end = NULL;

	if (o->take) {
		number = strtoul(o->take, &end, 10);
		if (end == o->take || *end || number < 1) {
			command_fail(_("--take %s: a number from 1"), o->take);
			return SCENE_NONE;
		}
	}
	if (!takes)
		command_fail(_("%s: no call was made in this journal"),
			o->argv[0]);
	else if (number > takes)
		command_fail(ngettext("--take %s: the journal has %u take "
			"with calls", "--take %s: the journal has %u takes "
			"with calls", takes), o->take, takes);
	else
		return export_take(s, (unsigned)number);
	return SCENE_NONE;
}

static int write_programs(const struct command_options *o, struct scene *s,
	enum export_language to)
{
	const char *folder = o->folder ? o->folder : ".";
	uint32_t position = find_take(o, s);
	struct export_written w;
	char why[1024];

	if (position == SCENE_NONE)
		return 2;
	if (export_write(s, position, to, folder, &w, why, sizeof(why)) < 0)
		return command_fail("%s", why);
	for (int i = 0; i < w.n; i++)
		printf("%s/%s\n", folder, w.name[i]);
	return 0;
}

int command_export(const struct command_options *o)
{
	enum export_language to;
	struct journal_view *v;
	struct scene *s;
	struct diag d = {0};
	char why[512];
	int r;

	if (o->argc != 1)
		return command_fail(_("export: name one journal"));
	if (!o->to || export_language(o->to, &to) < 0)
		return command_fail(_("export: --to python or --to c"));
	if (journal_map(&v, o->argv[0], &d) < 0) {
		diag_print(&d, why, sizeof(why));
		return command_fail("%s", why);
	}
	s = scene_new(v);
	scene_feed(s, 0);
	r = write_programs(o, s, to);
	scene_free(s);
	journal_unmap(v);
	return r;
}
