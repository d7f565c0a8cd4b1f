/* programs: see programs.h. */
#include "ui/programs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/intl.h"
#include "export/export.h"
#include "scene/scene.h"

#define FOLDERS 99 /* tomada-zero, tomada-zero-2 … */

/* Where they go: here, else at home. */
static bool find_place(char *out, size_t size)
{
	const char *home = getenv("HOME");

	if (access(".", W_OK) == 0)
		snprintf(out, size, ".");
	else if (home != NULL && access(home, W_OK) == 0)
		snprintf(out, size, "%s", home);
	else
		return false;
	return true;
}

static void list_files(struct buf *b, const struct export_written *w)
{
	for (int i = 0; i < w->n; i++)
		buf_printf(b, "%s%s", i > 0 ? " " : "", w->name[i]);
}

/* The first folder of that name in which none of the files is; a name that is
 * a file's is passed over. */
static int write_python(struct scene *s, uint32_t at, char *folder, size_t size,
	const char *stem, struct export_written *w, char *why, size_t room)
{
	int r = -EEXIST;

	for (int i = 1; i <= FOLDERS && (r == -EEXIST || r == -ENOTDIR); i++) {
		if (i == 1)
			snprintf(folder, size, "%s", stem);
		else
			snprintf(folder, size, "%s-%d", stem, i);
		r = export_write(s, at, EXPORT_PYTHON, folder, w, why, room);
	}
	return r;
}

bool programs_write(struct buf *said, struct scene *s, uint32_t position,
	const char *name)
{
	char place[3000], stem[3200], folder[3300], why[512] = "";
	const struct scene_take *take = scene_take(s, position);
	struct export_written python = { 0 }, c = { 0 };
	uint32_t at = position;

	buf_clear(said);
	if (take == NULL || scene_calls(s) <= take->first_call)
		at = export_take(s, 0);
	if (at == SCENE_NONE) {
		buf_text(said, _("No call was made yet: there is "
			"nothing to write."));
		return false;
	}
	if (!find_place(place, sizeof place)) {
		buf_text(said, _("Neither this folder nor your home "
			"can be written to."));
		return false;
	}
	snprintf(stem, sizeof stem, "%s/tomada-%s", place, name);
	if (write_python(s, at, folder, sizeof folder, stem, &python, why,
			sizeof why) != 0) {
		buf_text(said, why);
		return false;
	}
	buf_printf(said, "%s: ", folder);
	list_files(said, &python);
	if (export_write(s, at, EXPORT_C, folder, &c, why, sizeof why) == 0) {
		buf_char(said, ' ');
		list_files(said, &c);
	} else
		buf_printf(said, _("; not in C: %s"), why);
	return true;
}
