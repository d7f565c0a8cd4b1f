/* notes: on a terminal and in lines; see notes.h. */
#include "ui/notes.h"

#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <curses.h>

#include "base/clock.h"
#include "base/intl.h"
#include "lesson/lesson.h"
#include "lesson/wrap.h"
#include "ui/strip.h"
#include "ui/terminal.h"
#include "ui/ui.h"

/* The journal is another process's: it cannot tell us that it grew. */
#define LOOK_AGAIN (250 * CLOCK_MS)

enum { CTRL_L = 12, CTRL_Z = 26, ESCAPE = 27 };

static const struct timespec moment = { 0, LOOK_AGAIN };

/* ---- both ways to tell it ---- */

static void clock_now(char *out, size_t size)
{
	time_t t = time(NULL);
	struct tm tm;

	localtime_r(&t, &tm);
	strftime(out, size, "%H:%M", &tm);
}

/* "Zero is goodbye, page 3 of 7: Are you sure?" */
static void add_title(struct ink *k, const struct notes *n)
{
	const struct lesson *l = n->lesson;
	struct buf title = { 0 };

	if (n->page == 0) {
		ink_text(k, THEME_STRONG, _("The speaker's notes"));
	} else if (l == NULL || (size_t)n->page > l->pages) {
		ink_printf(k, THEME_STRONG, _("%s, page %d"), n->name, n->page);
	} else {
		wrap_plain(&title, l->title);
		ink_printf(k, THEME_STRONG, _("%s, page %d of %zu"),
			buf_str(&title), n->page, l->pages);
		buf_clear(&title);
		wrap_plain(&title, l->page[n->page - 1].title);
		ink_printf(k, THEME_PLAIN, ": %s", buf_str(&title));
	}
	buf_done(&title);
}

/* ---- a terminal ---- */

struct view {
	struct notes n;
	int top;               /* first line of the notes that is seen */
	int shown;             /* the page that top is about */
	bool quit;
};

static void draw_strip(const struct strip *s, int top, int y, int end)
{
	for (; y < end && top < (int)s->lines; y++, top++)
		ink_draw(stdscr, y, 1, getmaxx(stdscr) - 2, &s->line[top].ink,
			A_NORMAL);
}

static void draw_head(const struct view *v)
{
	int width = getmaxx(stdscr) - 2;
	struct ink k = { 0 };
	struct strip times;
	char now[16];

	clock_now(now, sizeof now);
	ink_printf(&k, THEME_FOCUS, "%s   ", now);
	add_title(&k, &v->n);
	ink_cut(&k, width);
	ink_draw(stdscr, 0, 1, width, &k, A_NORMAL);
	ink_done(&k);
	strip_init(&times, width, 0);
	notes_times(&times, &v->n, clock_wall());
	draw_strip(&times, 0, 1, 2);
	strip_done(&times);
	ink_rule(stdscr, 2, 0, getmaxx(stdscr), THEME_DIM, SIGN_HORIZONTAL,
		false);
}

static void draw(struct view *v)
{
	int rows = getmaxy(stdscr), width = strip_width(getmaxx(stdscr));
	struct strip page, next;
	int room, below;

	werase(stdscr);
	strip_init(&page, width, 0);
	strip_init(&next, width, 0);
	notes_page(&page, &v->n);
	notes_next(&next, &v->n);
	/* what comes next may take half of the screen, more if it is free */
	room = rows - 5;
	below = (int)next.lines;
	if (below > room / 2 && below > room - (int)page.lines)
		below = room / 2 > room - (int)page.lines ? room / 2 :
			room - (int)page.lines;
	if (v->top > (int)page.lines - (room - below))
		v->top = (int)page.lines - (room - below);
	if (v->top < 0)
		v->top = 0;
	draw_head(v);
	draw_strip(&page, v->top, 3, 3 + room - below);
	ink_put(stdscr, 3 + room - below, 1, width, THEME_STRONG, _("Next"));
	draw_strip(&next, 0, 4 + room - below, rows - 1);
	ink_put(stdscr, rows - 1, 1, width, THEME_DIM,
		v->top + room - below < (int)page.lines ?
		_("arrows scroll · q leaves") : _("q leaves"));
	strip_done(&page);
	strip_done(&next);
	leaveok(stdscr, TRUE);
	wnoutrefresh(stdscr);
	doupdate();
}

static void read_keys(struct view *v)
{
	wint_t key;

	while (!v->quit && get_wch(&key) != ERR)
		switch (key) {
		case 'q':
		case ESCAPE:
			v->quit = true;
			break;
		case KEY_UP:
		case 'k':
			v->top--;
			break;
		case KEY_DOWN:
		case 'j':
			v->top++;
			break;
		case KEY_PPAGE:
			v->top -= 5;
			break;
		case KEY_NPAGE:
		case ' ':
			v->top += 5;
			break;
		case CTRL_L:
			clearok(curscr, TRUE);
			break;
		case CTRL_Z:
			terminal_suspend();
			break;
		}
}

static void run_screen(struct view *v)
{
	while (!v->quit) {
		struct pollfd p[2] = {
			{ .fd = STDIN_FILENO, .events = POLLIN },
			{ .fd = terminal_fd(), .events = POLLIN },
		};

		if (v->n.page != v->shown) {
			v->shown = v->n.page;
			v->top = 0;
		}
		draw(v);
		ppoll(p, 2, &moment, NULL);
		if (p[0].revents & (POLLHUP | POLLERR | POLLNVAL)) {
			raise(SIGHUP);
			v->quit = true; /* where that is ignored */
		}
		if (terminal_signals())
			clearok(curscr, TRUE);
		read_keys(v);
		notes_follow(&v->n);
	}
}

/* ---- lines ---- */

static void print_strip(struct strip *s)
{
	bool folded = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;

	for (size_t i = 0; i < s->lines; i++) {
		const struct buf *text = &s->line[i].ink.text;
		struct buf safe = { 0 };
		int cells = 1 << 20;

		ink_harmless(&safe, buf_str(text), text->len, &cells, folded);
		printf("%s\n", buf_str(&safe));
		buf_done(&safe);
	}
	strip_done(s);
}

/* Each page once, as it is turned to. */
static void print(const struct notes *n)
{
	struct ink *title;
	struct strip s;
	char now[16];

	clock_now(now, sizeof now);
	strip_init(&s, 78, 0);
	strip_line(&s);
	title = strip_line(&s);
	ink_printf(title, THEME_FOCUS, "%s  ", now);
	add_title(title, n);
	notes_times(&s, n, clock_wall());
	strip_line(&s);
	notes_page(&s, n);
	strip_gap(&s);
	ink_text(strip_line(&s), THEME_PLAIN, _("Next"));
	notes_next(&s, n);
	print_strip(&s);
	fflush(stdout);
}

/* Wait a moment; false when the person typed q. */
static bool wait_moment(bool *listens)
{
	struct pollfd p = { .fd = *listens ? STDIN_FILENO : -1,
		.events = POLLIN };
	char c[64];
	ssize_t n;

	if (ppoll(&p, 1, &moment, NULL) <= 0)
		return true;
	n = read(STDIN_FILENO, c, sizeof c);
	if (n <= 0)
		*listens = false; /* no keyboard: until the journal ends */
	return n <= 0 || memchr(c, 'q', (size_t)n) == NULL;
}

static void run_lines(struct notes *n)
{
	char name[sizeof n->name] = "";
	bool listens = true;
	int page = 0;

	printf("%s\n", _("The speaker's notes; they follow the lesson. "
		"q and Enter leave."));
	do {
		notes_follow(n);
		if (n->page > 0 && (n->page != page ||
				strcmp(n->name, name) != 0)) {
			page = n->page;
			memcpy(name, n->name, sizeof name);
			print(n);
		}
	} while ((n->live || listens) && wait_moment(&listens));
}

int notes_run(bool plain, const char *journal, struct diag *d)
{
	struct view v = { .top = 0 };
	bool ascii;
	int r = journal != NULL ? notes_name(&v.n, journal, d) : 0;

	if (r == 0)
		r = notes_follow(&v.n);
	if (r < 0)
		return r;
	if (!plain && terminal_begin(&ascii) == 0) {
		run_screen(&v);
		terminal_end();
	} else
		run_lines(&v.n);
	notes_done(&v.n);
	return 0;
}
