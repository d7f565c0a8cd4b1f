/*
 * room: tomada check --class: whether the machine of a room has what a lesson
 * before a class needs. A line for each thing, as TAP, and below what is not
 * well what to do about it.
 */
#include "command/check.h"

#include <langinfo.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/diag.h"
#include "base/intl.h"
#include "call/link.h"
#include "command/command.h"
#include "command/session.h"
#include "journal/journal.h"
#include "lesson/check.h"
#include "lesson/course.h"
#include "scene/scene.h"
#include "ui/sight.h"

#define COLUMNS_NEEDED 80
#define ROWS_NEEDED 24
#define PATIENCE (20 * CLOCK_S) /* a lab is there within */
#define DISK_NEEDED (UINT64_C(64) << 20) /* bytes for journals */

/* The lesson that proves that lessons run here: every kind of thing is in it. */
#define PROOF "no-messages"

struct room {
	int number, failed;
};

static void say(struct room *r, bool well, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void say(struct room *r, bool well, const char *fmt, ...)
{
	char text[PATH_MAX + 512];
	va_list ap;

	r->failed += !well;
	printf("%s %d - ", well ? "ok" : "not ok", ++r->number);
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	command_print(stdout, text);
	putchar('\n');
}

/* Below what was said: what to do, or what it means. */
static void advise(const char *sentence)
{
	fputs("#   ", stdout);
	command_print(stdout, sentence);
	putchar('\n');
}

/* ---- the terminal ---- */

static void look_at_size(struct room *r)
{
	int columns, rows;
	bool well;

	if (!sight_size(&columns, &rows)) {
		say(r, true, "%s # SKIP", _("no terminal here: size, colours "
			"and signs are not looked at"));
		return;
	}
	well = columns >= COLUMNS_NEEDED && rows >= ROWS_NEEDED;
	say(r, well, _("the terminal has %d columns and %d rows"), columns,
		rows);
	if (!well)
		advise(_("Make the letters smaller, or the window larger, until "
			"there are 80 and 24."));
	else if (columns > 120 || rows > 36)
		advise(_("Larger letters are easier to read from the last row: "
			"80 and 24 are enough."));
}

static void look_at_colours(struct room *r)
{
	const char *term = getenv("TERM");
	const char *no = getenv("NO_COLOR");
	int colours = sight_colours();

	if (colours < 0) {
		say(r, false, _("a terminal of the kind \"%s\" is not known "
			"here"), term != NULL ? term : "");
		advise(_("Try: TERM=xterm-256color tomada …; or install "
			"ncurses-term."));
		return;
	}
	if (no != NULL && no[0] != '\0')
		colours = 0;
	say(r, true, ngettext("%d colour", "%d colours", (unsigned)colours),
		colours);
	if (colours < 8)
		advise(_("It can be read without: what a colour says, a sign "
			"says too."));
}

static void look_at_letters(struct room *r)
{
	bool utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0, told;
	const char *wrong;

	say(r, utf8, _("letters: %s"), nl_langinfo(CODESET));
	if (!utf8) {
		advise(_("All is drawn in ASCII. For lines and boxes: "
			"LC_ALL=C.UTF-8 tomada …"));
		return;
	}
	wrong = sight_wrong_sign(&told);
	if (wrong != NULL) {
		say(r, false, _("the sign %s has another width here than we "
			"count"), wrong);
		advise(_("Lines would not stand in their columns. Switch \"wide "
			"ambiguous characters\" off in the terminal's "
			"settings."));
	} else if (told)
		say(r, true, _("signs like ┆ ☐ ☑ █ take one column each, as the "
			"terminal itself says"));
	else
		say(r, true, _("signs like ┆ ☐ ☑ █ take one column each, as far "
			"as this system knows"));
}

/* ---- the lab ---- */

/* Until the lab is built; NULL: it never was. */
static const struct scene_take *wait_for_lab(struct session *s,
	struct scene *scene)
{
	int64_t end = clock_mono() + PATIENCE;
	const struct scene_take *take = NULL;

	while (take == NULL && clock_mono() < end) {
		struct pollfd p = { .fd = link_fd(s->link), .events = POLLIN };
		struct answer a;

		poll(&p, 1, 20);
		link_pump(s->link);
		while (link_next(s->link, &a))
			if (a.kind == ANSWER_ENDED)
				end = 0;
		while (scene_feed(scene, 0))
			;
		take = scene_take(scene, scene_now(scene));
	}
	return take;
}

static void look_at_rights(struct room *r, const struct scene_take *take)
{
	if (take == NULL) {
		say(r, false, "%s", _("the lab was not built"));
		advise(_("Try \"tomada lab\": it says why."));
	} else if (take->loopback) {
		say(r, false, "%s", _("no namespaces: the frames on the wire "
			"will be missing"));
		advise(take->why);
		advise(_("The calls and their bytes are real all the same; "
			"pages that need the wire say so."));
	} else
		say(r, true, _("two hosts and a wire of our own, on kernel %s"),
			take->kernel);
}

/* The second terminal finds what the first one writes. */
static void look_at_notes(struct room *r, const struct session *s)
{
	char live[4096], folder[4096];
	struct statvfs disk;

	if (journal_live_path(live, sizeof(live)) < 0 ||
			journal_folder(folder, sizeof(folder)) < 0) {
		say(r, false, "%s", _("\"tomada notes\" would not find the "
			"lesson"));
		advise(_("Open the second terminal as the same user, with the "
			"same XDG_RUNTIME_DIR."));
		return;
	}
	say(r, true, "%s", _("\"tomada notes\" finds the lesson; its journal "
		"lies in"));
	advise(folder); /* a line of its own: it may be long */
	if (strcmp(live, s->path) != 0)
		advise(_("Another lab is open just now. The notes follow a "
			"lesson of --class before any other."));
	if (statvfs(folder, &disk) != 0)
		return;
	if ((uint64_t)disk.f_bavail * disk.f_frsize >= DISK_NEEDED)
		return;
	say(r, false, _("less than 64 MB are free in %s"), folder);
	advise(_("What happens in a lesson is written there: make room."));
}

static void look_at_lab(struct room *r)
{
	const struct scene_take *take;
	struct session s;
	struct scene *scene;
	char why[512];

	if (session_start(&s, why, sizeof(why)) < 0) {
		say(r, false, "%s", _("the lab cannot be started"));
		advise(why);
		return;
	}
	scene = scene_new(s.journal);
	take = wait_for_lab(&s, scene);
	look_at_rights(r, take);
	look_at_notes(r, &s);
	scene_free(scene);
	unlink(s.path);
	session_end(&s);
}

/* ---- the lessons ---- */

static void look_at_lessons(struct room *r, const char *language)
{
	struct diag d = {0};
	struct course *c;
	char why[512], real[PATH_MAX];
	const char *folder = realpath(course_folder(), real);

	if (folder == NULL)
		folder = course_folder();
	if (course_load(&c, language, &d) < 0) {
		diag_print(&d, why, sizeof(why));
		say(r, false, _("the lessons in %s cannot be read"), folder);
		advise(why);
		return;
	}
	say(r, true, ngettext("%zu lesson in %s", "%zu lessons in %s",
		c->lessons), c->lessons, folder);
	course_free(c);
}

static void play_one(struct room *r, const char *language)
{
	struct check_result result = {0};
	int number = 1;
	int64_t begin = clock_mono();
	char *text = NULL;
	size_t size = 0;
	FILE *tap = open_memstream(&text, &size);
	bool well;

	well = tap != NULL && check_file(tap, PROOF, language, &number,
		&result) == 0 && result.failed == 0;
	if (tap != NULL)
		fclose(tap);
	say(r, well, _("%s was played from its beginning to its end in "
		"%.1f s"), PROOF, (double)(clock_mono() - begin) / CLOCK_S);
	if (!well)
		advise(_("Something is different here: \"tomada check\" says "
			"what."));
	if (well && result.skipped > 0)
		advise(_("Pages that need the wire were left out."));
	free(text);
}

int command_room(const struct command_options *o)
{
	struct room r = {0};
	char verdict[256];

	if (o->argc > 0)
		return command_fail(_("check --class: takes no file; it looks "
			"at this machine"));
	look_at_size(&r);
	if (isatty(STDOUT_FILENO)) {
		look_at_colours(&r);
		look_at_letters(&r);
	}
	fflush(stdout);
	look_at_lab(&r);
	look_at_lessons(&r, o->language);
	fflush(stdout);
	play_one(&r, o->language);
	printf("1..%d\n", r.number);
	if (r.failed == 0)
		snprintf(verdict, sizeof(verdict), "# %s\n", _("This room is "
			"ready. Last thing: press the clicker's forward key in "
			"a lesson."));
	else
		snprintf(verdict, sizeof(verdict), ngettext("# %d thing is not "
			"well.\n", "# %d things are not well.\n",
			(unsigned)r.failed), r.failed);
	command_print(stdout, verdict);
	return r.failed ? 1 : 0;
}
