/* notes: the speaker's notes of the page that a live journal is at, and the
 * time, for a second terminal. Prints; draws nothing. */
#include "ui/ui.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "journal/journal.h"
#include "lesson/lesson.h"
#include "lesson/wrap.h"
#include "scene/scene.h"
#include "ui/ink.h"

/* The journal is another process's: it cannot tell us that it grew. */
#define LOOK_AGAIN 250 /* ms */

static void clock_now(char *out, size_t size)
{
	time_t t = time(NULL);
	struct tm tm;

	localtime_r(&t, &tm);
	strftime(out, size, "%H:%M", &tm);
}

static void print_marked(const char *marked)
{
	struct buf plain = { 0 };
	struct buf safe = { 0 };
	int cells = 1 << 20;
	const char *p, *stop;

	wrap_plain(&plain, marked);
	for (p = buf_str(&plain); *p != '\0'; p = *stop != '\0' ? stop + 1 :
			stop) {
		stop = strchrnul(p, '\n');
		buf_clear(&safe);
		ink_harmless(&safe, p, (size_t)(stop - p), &cells, false);
		printf("%s\n", buf_str(&safe));
	}
	buf_done(&plain);
	buf_done(&safe);
}

static void show(const struct scene_page *at, const char *language)
{
	struct lesson *l = NULL;
	struct diag d = { 0 };
	char now[16];
	size_t i = (size_t)at->page - 1;

	clock_now(now, sizeof now);
	if (lesson_load(&l, at->lesson, at->language[0] != '\0' ?
			at->language : language, &d) != 0 || i >= l->pages) {
		printf("\n%s  %s %d\n", now, at->lesson, at->page);
	} else {
		printf(_("\n%s  %s, page %d of %zu: %s\n\n"), now, l->title,
			at->page, l->pages, l->page[i].title);
		if (at->page == 1 && l->notes != NULL)
			print_marked(l->notes);
		print_marked(l->page[i].notes != NULL &&
			l->page[i].notes[0] != '\0' ? l->page[i].notes :
			_("(no notes for this page)"));
	}
	fflush(stdout);
	lesson_free(l);
}

/* Wait a moment; false when the person typed q or the input ended. */
static bool wait_moment(bool *listens)
{
	struct pollfd p = { .fd = *listens ? STDIN_FILENO : -1,
		.events = POLLIN };
	char c[64];
	ssize_t n;

	if (poll(&p, 1, LOOK_AGAIN) <= 0)
		return true;
	n = read(STDIN_FILENO, c, sizeof c);
	if (n <= 0)
		*listens = false; /* no keyboard: until the journal ends */
	return n <= 0 || memchr(c, 'q', (size_t)n) == NULL;
}

int notes_run(struct journal_view *journal)
{
	struct scene *s = scene_new(journal);
	struct scene_page at = { .page = 0 }, shown = { .page = 0 };
	bool listens = true, live;

	printf("%s\n", _("The speaker's notes; they follow the lesson. "
		"q and Enter leave."));
	do {
		live = journal_is_live(journal);
		while (scene_feed(s, 0))
			;
		scene_page(s, scene_now(s), &at);
		if (at.page > 0 && (at.page != shown.page ||
				strcmp(at.lesson, shown.lesson) != 0)) {
			shown = at;
			show(&at, "en");
		}
	} while (live && wait_moment(&listens));
	scene_free(s);
	return 0;
}
