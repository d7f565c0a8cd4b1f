/*
 * watch: tomada check --watch FILE: what is wrong in a lesson while it is
 * written, told anew at each save.
 *
 * A *save* is whatever puts other bytes under the file's name: an editor writes
 * it anew, or renames a fresh one over it, or moves it away and back. So the
 * folder is watched, not the file. What follows upon a save within a moment
 * belongs to it.
 *
 * Form is told first, at once: FILE:LINE:COLUMN: sentence. Only a file without
 * a mistake of form is run. The terminal is written to and never set to
 * anything, so there is nothing to restore.
 */
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/intl.h"
#include "command/check.h"
#include "command/command.h"
#include "lesson/check.h"
#include "lesson/form.h"
#include "lesson/lesson.h"

#define MOMENT_MS 60   /* between the parts of one save */
#define AGAIN_MS 500   /* a folder that went away is looked for */
#define PLACES 2       /* the name's folder, and where a link leads */
#define SAVES (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | \
	IN_DELETE | IN_ATTRIB)
#define LEAVES (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED)

struct place {
	char folder[PATH_MAX], name[NAME_MAX + 1];
	int watch; /* -1: not watched */
};

struct watch {
	const struct command_options *o;
	const char *file;
	char sister[PATH_MAX];
	struct place place[PLACES];
	int places;
	int fd;        /* inotify's */
	bool terminal; /* what is told goes to one */
	bool lost;     /* a folder is not watched */
};

static bool ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n > m && !strcmp(s + n - m, end);
}

/* ---- what is told ---- */

/* What is wrong with the form of the file, itself and against its sister. */
static void tell_form(struct watch *w, struct buf *b)
{
	struct diag d = {0};
	struct lesson *l;
	char why[4500];

	if (!ends_in(w->file, ".lab")) {
		if (form_of_file(b, w->file) && form_sister(w->sister,
				sizeof(w->sister), w->file))
			form_of_pair(b, w->sister, w->file);
	} else if (lesson_load(&l, w->file, "", &d)) {
		diag_print(&d, why, sizeof(why));
		buf_printf(b, "%s\n", why);
	} else {
		lesson_free(l);
	}
}

/* Of TAP what went wrong: the names of tests that failed, and what is said
 * below them. */
static void tell_failures(const char *tap)
{
	static const char failed[] = "not ok ";

	for (size_t n; *tap; tap += n + (tap[n] == '\n')) {
		const char *name;

		n = strcspn(tap, "\n");
		name = memmem(tap, n, " - ", 3);
		if (!strncmp(tap, failed, strlen(failed)) && name)
			printf("%.*s\n", (int)(tap + n - name) - 3, name + 3);
		else if (!strncmp(tap, "# ", 2))
			printf("  %.*s\n", (int)n - 2, tap + 2);
	}
}

static void tell_run(struct watch *w)
{
	struct check_result result = {0};
	char *tap = NULL;
	size_t size;
	int number = 1, error;
	FILE *f = open_memstream(&tap, &size);

	if (!f)
		return;
	error = check_file(f, w->file, w->o->language, &number, &result);
	fclose(f);
	tell_failures(tap);
	free(tap);
	if (!error)
		printf(_("%d passed, %d failed, %d skipped\n"), result.passed,
			result.failed, result.skipped);
}

static void tell(struct watch *w)
{
	time_t now = time(NULL);
	struct buf wrong = {0};
	struct tm tm;
	char when[32] = "";

	if (localtime_r(&now, &tm))
		strftime(when, sizeof(when), "%H:%M:%S", &tm);
	if (w->terminal)
		fputs("\033[H\033[2J", stdout);
	printf("%s  %s\n", w->file, when);
	tell_form(w, &wrong);
	fputs(buf_str(&wrong), stdout);
	fflush(stdout);
	if (!wrong.len)
		tell_run(w);
	if (w->terminal)
		puts(_("It is checked again when it is saved; Ctrl-C ends."));
	fflush(stdout);
	buf_done(&wrong);
}

/* ---- the folders ---- */

static void add_place(struct watch *w, const char *path)
{
	struct place *p = &w->place[w->places];
	char one[PATH_MAX], other[PATH_MAX];

	snprintf(one, sizeof(one), "%s", path);
	snprintf(other, sizeof(other), "%s", path);
	snprintf(p->folder, sizeof(p->folder), "%s", dirname(one));
	snprintf(p->name, sizeof(p->name), "%s", basename(other));
	p->watch = -1;
	w->places++;
}

/* The file's folder and, when it is a link, that of the file itself. */
static void find_places(struct watch *w)
{
	char real[PATH_MAX], folder[PATH_MAX], path[2 * PATH_MAX];

	w->places = 0;
	add_place(w, w->file);
	if (!realpath(w->place[0].folder, folder) ||
			!realpath(w->file, real))
		return;
	snprintf(path, sizeof(path), "%s/%s", folder, w->place[0].name);
	if (strcmp(real, path))
		add_place(w, real);
}

/* Watch all folders anew; a link may lead elsewhere by now. */
static void watch_places(struct watch *w)
{
	for (int i = 0; i < w->places; i++)
		if (w->place[i].watch >= 0)
			inotify_rm_watch(w->fd, w->place[i].watch);
	find_places(w);
	w->lost = false;
	for (int i = 0; i < w->places; i++) {
		w->place[i].watch = inotify_add_watch(w->fd,
			w->place[i].folder, SAVES | IN_DELETE_SELF |
			IN_MOVE_SELF | IN_ONLYDIR);
		w->lost = w->lost || w->place[i].watch < 0;
	}
}

/* Whether an event is about the file, or about its sister. */
static bool is_ours(const struct watch *w, const struct inotify_event *e)
{
	const char *sister = strrchr(w->sister, '/');

	sister = sister ? sister + 1 : w->sister;
	for (int i = 0; i < w->places; i++)
		if (e->wd == w->place[i].watch && e->len &&
				(!strcmp(e->name, w->place[i].name) ||
				(*sister && !strcmp(e->name, sister))))
			return true;
	return false;
}

static bool is_watched(const struct watch *w, int wd)
{
	for (int i = 0; i < w->places; i++)
		if (w->place[i].watch == wd)
			return true;
	return false;
}

/* Take what has happened. Whether the file may be another one now. */
static bool take_events(struct watch *w)
{
	char room[4096] __attribute__((aligned(8)));
	bool saved = false;
	ssize_t n;

	while ((n = read(w->fd, room, sizeof(room))) > 0)
		for (char *at = room; at < room + n;) {
			struct inotify_event *e = (void *)at;

			if (e->mask & IN_Q_OVERFLOW || is_ours(w, e))
				saved = true;
			if (e->mask & LEAVES && is_watched(w, e->wd))
				saved = w->lost = true;
			at += sizeof(*e) + e->len;
		}
	return saved;
}

/* Wait for a save and all that belongs to it. */
static void wait_for_save(struct watch *w)
{
	struct pollfd p = {.fd = w->fd, .events = POLLIN};
	int64_t until = 0; /* the end of that moment; 0: no save yet */

	for (;;) {
		int64_t left = (until - clock_mono()) / CLOCK_MS;

		if (until && left <= 0)
			return;
		poll(&p, 1, until ? (int)left : w->lost ? AGAIN_MS : -1);
		if (take_events(w))
			until = clock_mono() + MOMENT_MS * CLOCK_MS;
		if (!w->lost || until)
			continue;
		watch_places(w);
		if (!w->lost)
			return;
	}
}

int command_watch(const struct command_options *o)
{
	struct watch w = {.o = o, .terminal = isatty(STDOUT_FILENO)};

	if (o->argc != 1 || !(ends_in(o->argv[0], ".md") ||
			ends_in(o->argv[0], ".lab")))
		return command_fail(_("check --watch: one file, FILE.md or "
			"FILE.lab"));
	w.file = o->argv[0];
	w.fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (w.fd < 0)
		return command_fail(_("files cannot be watched: %s"),
			strerror(errno));
	for (;;) {
		watch_places(&w); /* first: a save while it is told counts */
		tell(&w);
		wait_for_save(&w);
	}
}
