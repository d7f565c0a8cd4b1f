/* course: the list of lessons, with progress; Enter begins one. */
#include "ui/ui.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <curses.h>

#include "base/diag.h"
#include "base/intl.h"
#include "lesson/course.h"
#include "ui/ink.h"
#include "ui/terminal.h"

enum { CTRL_C = 3, CTRL_L = 12, CTRL_Z = 26, ESCAPE = 27 };

struct list {
	struct course *c;
	size_t at;       /* chosen lesson */
	int top;         /* first line seen */
	int first_line;  /* of the screen, with a line of the list */
	bool begin, quit;
};

/* The line of the list that lesson i stands on: tracks have one each. */
static int line_of(const struct list *l, size_t i)
{
	const struct course_lesson *x = l->c->lesson;
	int line = 0;

	for (size_t j = 0; j <= i; j++)
		if (j == 0 || strcmp(x[j].track, x[j - 1].track) != 0)
			line += j == 0 ? 1 : 2;
	return line + (int)i;
}

static void draw_lesson(const struct list *l, size_t i, int y, int width)
{
	const struct course_lesson *x = &l->c->lesson[i];
	struct ink k = { 0 };
	struct ink right = { 0 };
	bool chosen = i == l->at;

	ink_printf(&k, THEME_FOCUS, " %s ", chosen ?
		theme_sign(SIGN_POINTER) : " ");
	ink_printf(&k, x->finished ? THEME_GOOD : THEME_DIM, "%s ",
		theme_sign(x->finished ? SIGN_DONE : SIGN_OPEN));
	ink_text(&k, chosen ? THEME_STRONG : THEME_PLAIN, x->title);
	if (x->reached > 0 && !x->finished)
		ink_printf(&right, THEME_DIM, _("page %d of %d"), x->reached,
			x->pages);
	else
		ink_printf(&right, THEME_DIM, ngettext("%d page", "%d pages",
			(unsigned)x->pages), x->pages);
	if (x->asked > 0)
		ink_printf(&right, THEME_DIM, _(", %d of %d predicted"),
			x->right, x->asked);
	ink_cut(&k, width - ink_cells(&right) - 2);
	ink_pad(&k, width - ink_cells(&right));
	ink_append(&k, &right);
	ink_draw(stdscr, y, 0, width, &k, A_NORMAL);
	ink_done(&k);
	ink_done(&right);
}

static void draw_list(struct list *l, int y0, int height, int width)
{
	const struct course_lesson *x = l->c->lesson;
	int chosen = line_of(l, l->at);

	if (chosen - 1 < l->top)
		l->top = chosen - 1;
	if (chosen >= l->top + height)
		l->top = chosen - height + 1;
	l->first_line = y0 - l->top;
	for (size_t i = 0; i < l->c->lessons; i++) {
		int line = line_of(l, i);
		bool track = i == 0 || strcmp(x[i].track, x[i - 1].track) != 0;

		if (track && line - 1 >= l->top && line - 1 < l->top + height)
			ink_put(stdscr, y0 + line - 1 - l->top, 1, width - 2,
				THEME_STRONG, _(x[i].track));
		if (line >= l->top && line < l->top + height)
			draw_lesson(l, i, y0 + line - l->top, width);
	}
}

static void draw(struct list *l)
{
	int rows = getmaxy(stdscr), width = getmaxx(stdscr);
	struct ink k = { 0 };

	werase(stdscr);
	ink_text(&k, THEME_FOCUS, "tomada");
	ink_printf(&k, THEME_DIM, "  %s", _("a client, a server, and a wire "
		"that you hold in your hand"));
	ink_cut(&k, width - 2);
	ink_draw(stdscr, 0, 1, width - 2, &k, A_NORMAL);
	ink_clear(&k);
	draw_list(l, 2, rows - 4, width > 78 ? 78 : width - 1);
	ink_printf(&k, THEME_KEY, "%s", _("Enter"));
	ink_printf(&k, THEME_PLAIN, " %s %s ", _("begin"),
		theme_sign(SIGN_DOT));
	ink_printf(&k, THEME_KEY, "%s", _("arrows"));
	ink_printf(&k, THEME_PLAIN, " %s %s ", _("choose"),
		theme_sign(SIGN_DOT));
	ink_text(&k, THEME_KEY, "q");
	ink_printf(&k, THEME_PLAIN, " %s", _("leave"));
	ink_draw(stdscr, rows - 1, 1, width - 2, &k, A_NORMAL);
	ink_done(&k);
	leaveok(stdscr, TRUE);
	wnoutrefresh(stdscr);
	doupdate();
}

static void click(struct list *l)
{
	MEVENT e;

	if (getmouse(&e) != OK)
		return;
	if (e.bstate & BUTTON4_PRESSED)
		l->at -= l->at > 0;
	else if (e.bstate & BUTTON5_PRESSED)
		l->at += l->at + 1 < l->c->lessons;
	else
		for (size_t i = 0; i < l->c->lessons; i++)
			if (l->first_line + line_of(l, i) == e.y) {
				l->begin = l->at == i;
				l->at = i;
			}
}

static void key(struct list *l, wint_t k)
{
	switch (k) {
	case KEY_UP:
	case 'k':
		l->at -= l->at > 0;
		return;
	case KEY_DOWN:
	case 'j':
		l->at += l->at + 1 < l->c->lessons;
		return;
	case KEY_HOME:
		l->at = 0;
		return;
	case KEY_END:
		l->at = l->c->lessons - 1;
		return;
	case KEY_MOUSE:
		click(l);
		return;
	case '\n':
	case '\r':
	case KEY_ENTER:
	case ' ':
		l->begin = true;
		return;
	case 'q':
	case ESCAPE:
		l->quit = true;
		return;
	case CTRL_L:
		clearok(curscr, TRUE);
		return;
	case CTRL_Z:
		terminal_suspend();
		return;
	}
}

static void wait_for_keys(struct list *l)
{
	struct pollfd p[2] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = terminal_fd(), .events = POLLIN },
	};
	wint_t k;

	poll(p, 2, -1);
	if (p[0].revents & (POLLHUP | POLLERR | POLLNVAL)) {
		raise(SIGHUP);
		l->quit = true; /* where that is ignored */
	}
	if (terminal_signals())
		clearok(curscr, TRUE);
	while (!l->begin && !l->quit && get_wch(&k) != ERR)
		key(l, k);
}

int ui_course(const char *language, char *chosen, size_t size)
{
	struct list l = { .top = 0 };
	struct diag d = { 0 };
	const struct course_lesson *x;
	bool ascii;
	int r;

	r = course_load(&l.c, language, &d);
	if (r != 0)
		return r;
	if (l.c->lessons == 0)
		r = -ENOENT;
	else
		r = terminal_begin(&ascii);
	if (r != 0)
		goto out;
	l.at = course_next(l.c);
	while (!l.begin && !l.quit) {
		draw(&l);
		wait_for_keys(&l);
	}
	terminal_end();
	x = &l.c->lesson[l.at];
	if (l.begin) {
		snprintf(chosen, size, "%s", x->name);
		r = 1;
	}
out:
	course_free(l.c);
	return r;
}
