/* course: the list of lessons, by tracks, with the learner's progress; Enter
 * begins one. */
#include "ui/course_list.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <curses.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/text.h"
#include "lesson/course.h"
#include "ui/glossary.h"
#include "ui/layers.h"
#include "ui/terminal.h"
#include "ui/ui.h"

enum { CTRL_L = 12, CTRL_Z = 26, ESCAPE = 27 };

/* ---- keys ---- */

/* The nearest lesson from i on, in the direction way, that has the text. */
static void find(struct course_list *l, size_t i, int way)
{
	size_t n = l->c->lessons;

	if (l->app.search[0] == '\0')
		return;
	for (size_t tried = 0; tried < n; tried++, i = (i + n +
			(size_t)(way + (int)n)) % n) {
		const struct course_lesson *x = &l->c->lesson[i % n];

		if (strcasestr(x->title, l->app.search) != NULL ||
				strcasestr(x->name, l->app.search) != NULL) {
			l->at = i % n;
			return;
		}
	}
	app_say(&l->app, false, _("\"%s\" is not there."), l->app.search);
}

static void search_key(struct course_list *l, wint_t k, bool is_char)
{
	size_t n = strlen(l->app.search);
	struct buf b = { 0 };

	if (k == ESCAPE) {
		l->at = l->found_from;
		l->app.layer = LAYER_NONE;
	} else if (k == '\n' || k == '\r' || (!is_char && k == KEY_ENTER)) {
		l->app.layer = LAYER_NONE;
	} else if (k == 0x7f || k == 8 || (!is_char && k == KEY_BACKSPACE)) {
		while (n > 0 && (l->app.search[--n] & 0xc0) == 0x80)
			;
		l->app.search[n] = '\0';
	} else if (is_char && k >= ' ') {
		text_put(&b, (int32_t)k);
		if (n + b.len < sizeof l->app.search)
			memcpy(l->app.search + n, b.data, b.len + 1);
		buf_done(&b);
	} else
		return;
	if (l->app.layer != LAYER_NONE || k != ESCAPE)
		find(l, l->found_from, 1);
}

static void click(struct course_list *l)
{
	MEVENT e;

	if (getmouse(&e) != OK || (e.bstate & BUTTON1_RELEASED))
		return;
	if (l->app.layer != LAYER_NONE)
		l->app.layer = LAYER_NONE;
	else if (e.bstate & BUTTON4_PRESSED)
		l->at -= l->at > 0;
	else if (e.bstate & BUTTON5_PRESSED)
		l->at += l->at + 1 < l->c->lessons;
	else
		for (size_t i = 0; i < l->c->lessons; i++)
			if (l->first_line + course_line_of(l, i) == e.y) {
				l->begin = l->at == i;
				l->at = i;
			}
}

static void go_by(struct course_list *l, int by)
{
	long to = (long)l->at + by, last = (long)l->c->lessons - 1;

	l->at = to < 0 ? 0 : (size_t)(to > last ? last : to);
}

static void open_layer(struct course_list *l, enum app_layer layer)
{
	l->app.layer = layer;
	l->app.layer_at = 0;
	if (layer == LAYER_SEARCH) {
		l->app.search[0] = '\0';
		l->found_from = l->at;
	}
}

static void list_key(struct course_list *l, wint_t k)
{
	int page = getmaxy(stdscr) - COURSE_LIST_Y - COURSE_BELOW - 2;

	switch (k) {
	case KEY_UP:
	case 'k':
		go_by(l, -1);
		return;
	case KEY_DOWN:
	case 'j':
		go_by(l, 1);
		return;
	case KEY_PPAGE:
		go_by(l, -page);
		return;
	case KEY_NPAGE:
		go_by(l, page);
		return;
	case KEY_HOME:
		l->at = 0;
		return;
	case KEY_END:
		l->at = l->c->lessons - 1;
		return;
	case '\n':
	case '\r':
	case KEY_ENTER:
	case ' ':
		l->begin = true;
		return;
	case '/':
		open_layer(l, LAYER_SEARCH);
		return;
	case 'n':
		find(l, (l->at + 1) % l->c->lessons, 1);
		return;
	case 'N':
		find(l, l->at + l->c->lessons - 1, -1);
		return;
	case 'g':
		glossary_open(&l->app);
		return;
	case '?':
		open_layer(l, LAYER_HELP);
		return;
	case 'q':
	case ESCAPE:
		l->quit = true;
		return;
	}
}

static void key(struct course_list *l, wint_t k, bool is_char)
{
	buf_clear(&l->app.message);
	if (!is_char && k == KEY_MOUSE)
		click(l);
	else if (is_char && k == CTRL_L)
		clearok(curscr, TRUE);
	else if (is_char && k == CTRL_Z)
		terminal_suspend();
	else if (l->app.layer == LAYER_NONE)
		list_key(l, is_char && k > 0x7f ? 0 : k);
	else if (l->app.layer == LAYER_SEARCH)
		search_key(l, k, is_char);
	else if (l->app.layer == LAYER_HELP)
		l->app.layer = LAYER_NONE;
	else
		layers_key(&l->app, k, is_char);
}

static void wait_for_keys(struct course_list *l)
{
	struct pollfd p[2] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = terminal_fd(), .events = POLLIN },
	};
	wint_t k;
	int got;

	ppoll(p, 2, NULL, NULL);
	if (p[0].revents & (POLLHUP | POLLERR | POLLNVAL)) {
		raise(SIGHUP);
		l->quit = true; /* where that is ignored */
	}
	if (terminal_signals())
		clearok(curscr, TRUE);
	while (!l->begin && !l->quit && (got = get_wch(&k)) != ERR)
		key(l, k, got != KEY_CODE_YES);
}

int ui_course(const char *language, char *chosen, size_t size)
{
	struct course_list l = { .top = 0 };
	struct diag d = { 0 };
	bool ascii;
	int r;

	r = course_load(&l.c, language, &d);
	if (r != 0)
		return r;
	app_init(&l.app);
	l.app.language = language;
	if (l.c->lessons == 0)
		r = -ENOENT;
	else
		r = terminal_begin(&ascii);
	if (r != 0)
		goto out;
	course_look_due(l.c, language);
	l.at = course_next(l.c);
	while (!l.begin && !l.quit) {
		course_draw(&l);
		wait_for_keys(&l);
	}
	terminal_end();
	if (l.begin) {
		snprintf(chosen, size, "%s", l.c->lesson[l.at].name);
		r = 1;
	}
out:
	app_done(&l.app);
	course_free(l.c);
	return r;
}
