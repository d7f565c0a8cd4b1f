/*
 * course: the order of the lessons and how far the learner is. course.h has
 * the formats of both files.
 */
#include "lesson/course.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "base/place.h"
#include "lesson/lesson.h"
#include "lesson/load.h"
#include "lesson/progress.h"
#include "lesson/wrap.h"

/* The tracks of our own course, for the translators. */
static const char *const tracks[] __attribute__((unused)) = {
	N_("Essentials"), N_("Why can't they connect?"), N_("Depth"),
	N_("Engineer"),
};

/* The lessons of a build (build/ has folders of its own), of an installation. */
static const char *const places[] = {
	"../lessons", "../../lessons", "../share/tomada/lessons",
};

const char *course_folder(void)
{
	static char folder[4096];
	const char *told = getenv("TOMADA_LESSONS");

	if (told && *told) {
		snprintf(folder, sizeof(folder), "%s", told);
		return folder;
	}
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (place_beside_program(folder, sizeof(folder), places[i]))
			return folder;
	return PREFIX "/share/tomada/lessons";
}

/* ---- reading ---- */

struct course_reader {
	struct course *c;
	size_t room;
	const char *language;
	char track[48];
};

static void trim(char **s)
{
	char *hash = strchr(*s, '#');
	size_t n;

	if (hash)
		*hash = '\0';
	while (isspace((unsigned char)**s))
		++*s;
	n = strlen(*s);
	while (n && isspace((unsigned char)(*s)[n - 1]))
		(*s)[--n] = '\0';
}

static int add_lesson(struct course_reader *r, const char *name,
	struct diag *d)
{
	struct course_lesson *e;
	struct lesson *l;
	struct buf title = {0};
	int error;

	if (strlen(name) >= sizeof(e->name))
		return diag_set(d, 1, _("this name is too long"));
	for (size_t i = 0; i < r->c->lessons; i++)
		if (!strcmp(r->c->lesson[i].name, name))
			return diag_set(d, 1, _("“%s” stands here twice"),
				name);
	error = lesson_load(&l, name, r->language, d);
	if (error)
		return error;
	r->c->lesson = mem_grow(r->c->lesson, &r->room, r->c->lessons + 1,
		sizeof(*e));
	e = &r->c->lesson[r->c->lessons++];
	memset(e, 0, sizeof(*e));
	snprintf(e->name, sizeof(e->name), "%s", name);
	snprintf(e->track, sizeof(e->track), "%s", r->track);
	wrap_plain(&title, l->title);
	e->title = mem_string(buf_str(&title));
	e->pages = (int)l->pages;
	buf_done(&title);
	lesson_free(l);
	return 0;
}

static int read_line(struct course_reader *r, char *line, struct diag *d)
{
	bool indented = isspace((unsigned char)*line);

	trim(&line);
	if (!*line)
		return 0;
	if (indented && !r->track[0])
		return diag_set(d, 1, _("a lesson before the first track; a "
			"track's name begins at the margin"));
	if (indented)
		return add_lesson(r, line, d);
	if (strlen(line) >= sizeof(r->track))
		return diag_set(d, 1, _("this name is too long"));
	snprintf(r->track, sizeof(r->track), "%s", line);
	return 0;
}

int course_load(struct course **out, const char *language, struct diag *d)
{
	static char path[4096];
	struct course_reader r = {.language = language};
	struct buf b = {0};
	char *line, *rest;
	int number = 0;
	int error;

	snprintf(path, sizeof(path), "%s/course", course_folder());
	r.c = mem_zero(sizeof(*r.c));
	error = load_file(&b, path, d);
	rest = b.data;
	while (!error && (line = strsep(&rest, "\n"))) {
		d->file = path;
		d->line = ++number;
		error = read_line(&r, line, d);
	}
	buf_done(&b);
	if (error) {
		course_free(r.c);
		*out = NULL;
		return error;
	}
	d->line = 0;
	progress_read(r.c);
	*out = r.c;
	return 0;
}

void course_free(struct course *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->lessons; i++)
		free(c->lesson[i].title);
	free(c->lesson);
	free(c);
}

size_t course_next(const struct course *c)
{
	for (size_t i = 0; i < c->lessons; i++)
		if (c->lesson[i].reached && !c->lesson[i].finished)
			return i;
	for (size_t i = 0; i < c->lessons; i++)
		if (!c->lesson[i].finished)
			return i;
	return 0;
}
