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
#include "lesson/player.h"
#include "lesson/progress.h"
#include "lesson/wrap.h"

/* The tracks of our own course, for the translators. */
static const char *const tracks[] __attribute__((unused)) = {
	N_("Essentials"), N_("Why can't they connect?"), N_("Depth"),
	N_("Engineer"),
};

/* The lessons of a build (build/ has folders of its own), of an installation.
 */
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
	for (size_t i = 0; i < l->pages; i++)
		e->exercises += lesson_is_exercise(&l->page[i]);
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

/* ---- progress ---- */

static void take_progress(struct course_lesson *l, const struct progress *p)
{
	const struct progress_line *e = progress_find(p, PROGRESS_LESSON,
		l->name, 0, 0);

	if (e) {
		l->reached = e->page;
		l->finished = e->finished;
		l->times = e->times;
		l->right = e->right;
		l->asked = e->asked;
	}
	for (int page = 1; page <= l->pages; page++)
		l->done += progress_find(p, PROGRESS_EXERCISE, l->name, page,
			0) != NULL;
}

/* The one whose line is the newest: a line that is changed goes to the end. */
static size_t last_played(const struct course *c, const struct progress *p)
{
	for (size_t line = p->lines; line-- > 0; )
		for (size_t i = 0; i < c->lessons; i++)
			if (p->line[line].kind == PROGRESS_LESSON &&
					!strcmp(p->line[line].name,
					c->lesson[i].name))
				return i;
	return SIZE_MAX;
}

/* A page that is gone is the last. */
static void add_progress(struct course *c)
{
	struct progress p;

	progress_load(&p);
	c->last = last_played(c, &p);
	for (size_t i = 0; i < c->lessons; i++) {
		struct course_lesson *l = &c->lesson[i];

		take_progress(l, &p);
		if (l->reached > l->pages)
			l->reached = l->pages;
	}
	progress_done(&p);
}

void course_look_due(struct course *c, const char *language)
{
	int64_t today = progress_today();
	struct progress p;

	progress_load(&p);
	for (size_t i = 0; i < c->lessons; i++)
		c->lesson[i].due = course_resume(&c->lesson[i]) > 0 ? 0 :
			recall_count(&p, c->lesson[i].name, language, today);
	progress_done(&p);
}

size_t course_resume(const struct course_lesson *l)
{
	bool at_end = l->finished && l->reached >= l->pages;

	return at_end || l->reached < 1 ? 0 : (size_t)l->reached - 1;
}

bool course_after(const char *name, char *out, size_t size)
{
	struct diag d = {0};
	struct course *c;
	bool found = false;

	if (course_load(&c, "en", &d))
		return false;
	for (size_t i = 0; i + 1 < c->lessons; i++)
		if (!strcmp(c->lesson[i].name, name)) {
			snprintf(out, size, "%s", c->lesson[i + 1].name);
			found = true;
		}
	course_free(c);
	return found;
}

void course_reached(struct course_lesson *out, const char *name)
{
	struct progress p;

	memset(out, 0, sizeof(*out));
	snprintf(out->name, sizeof(out->name), "%s", name);
	progress_load(&p);
	take_progress(out, &p);
	progress_done(&p);
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
	add_progress(r.c);
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

/* Begun, and left before its end. */
static bool is_under_way(const struct course_lesson *l)
{
	return l->finished ? course_resume(l) > 0 : l->reached > 0;
}

size_t course_next(const struct course *c)
{
	if (c->last < c->lessons && is_under_way(&c->lesson[c->last]))
		return c->last;
	for (size_t i = 0; i < c->lessons; i++)
		if (c->lesson[i].reached && !c->lesson[i].finished)
			return i;
	for (size_t i = 0; i < c->lessons; i++)
		if (!c->lesson[i].finished)
			return i;
	return 0;
}

/* ---- following a player ---- */

/* counts: this end is one of its times. */
static int note_page(const char *lesson, int page, bool ended, bool counts,
	int right, int asked)
{
	struct progress_line now = {.kind = PROGRESS_LESSON, .page = page,
		.right = right, .asked = asked, .finished = ended};
	const struct progress_line *old;
	struct progress p;

	if (strlen(lesson) >= sizeof(now.name))
		return -ENAMETOOLONG;
	snprintf(now.name, sizeof(now.name), "%s", lesson);
	progress_load(&p);
	old = progress_find(&p, PROGRESS_LESSON, lesson, 0, 0);
	now.times = (old ? old->times : 0) + counts;
	progress_done(&p);
	return progress_change(&now);
}

int course_note(const char *lesson, int page, bool finished, int right,
	int asked)
{
	return note_page(lesson, page, finished, finished, right, asked);
}

/* While an older question is asked, the lesson is begun, on its first page. */
static int follow_page(struct course_noted *n, const struct lesson *l,
	const struct player *p)
{
	size_t page = player_asking(p) ? 1 : player_at_page(p) + 1;
	bool ended = player_state(p) == PLAYER_END;
	int right, asked, error;

	if (n->page == page && (n->ended || !ended))
		return 0;
	player_score(p, &right, &asked);
	error = note_page(l->name, (int)page, ended, ended && !n->counted,
		right, asked);
	if (error == -EAGAIN)
		return error;
	n->page = page;
	n->ended = ended;
	n->counted = n->counted || ended;
	return error;
}

/* Its goals are met, and by nobody but the learner. */
static bool has_done(const struct player *p)
{
	enum player_state state = player_state(p);

	return !player_asking(p) && !player_left_out(p) &&
		(state == PLAYER_TURN ||
		state == PLAYER_END) && !player_goals_open(p) &&
		!player_solved(p) && lesson_is_exercise(
			&player_lesson(p)->page[player_at_page(p)]);
}

static int follow_exercise(struct course_noted *n, const struct lesson *l,
	const struct player *p, int64_t today)
{
	struct progress_line now = {.kind = PROGRESS_EXERCISE, .day = today};
	size_t page = player_at_page(p);
	int error;

	if (!has_done(p) || page >= 32 || n->exercises & 1U << page)
		return 0;
	snprintf(now.name, sizeof(now.name), "%s", l->name);
	now.page = (int)page + 1;
	error = progress_change(&now);
	if (error != -EAGAIN)
		n->exercises |= 1U << page;
	return error;
}

void course_follow(struct course_noted *n, const struct lesson *l,
	const struct player *p)
{
	int64_t today = progress_today();

	if (n->busy && n->changes == player_changes(p))
		return;
	n->changes = player_changes(p);
	n->busy = follow_page(n, l, p) == -EAGAIN ||
		follow_exercise(n, l, p, today) == -EAGAIN ||
		recall_note(&n->recall, p, today) == -EAGAIN;
}
