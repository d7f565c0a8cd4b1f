/* screen: see screen.h. */
#include "ui/screen.h"

#include <stdio.h>
#include <string.h>
#include <wctype.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "lesson/lesson.h"
#include "ui/app.h"
#include "ui/header.h"
#include "ui/ink.h"
#include "ui/layers.h"
#include "ui/layout.h"
#include "ui/pane.h"
#include "ui/prompt.h"
#include "ui/stage.h"

enum part {
	PART_HEADER, PART_STAGE, PART_QUEUES, PART_TABS, PART_VIEW, PART_RULER,
	PART_STRIP, PART_PROMPT, PART_FOOTER, PARTS
};

static struct {
	struct layout_wish wish;
	struct layout layout;
	WINDOW *w[PARTS];
	int tab[3][2];      /* where the names of the views stand */
} screen;

static const struct {
	enum app_view view;
	const char *key, *name;
} views[3] = {
	{ VIEW_LESSON, "0", N_("lesson") },
	{ VIEW_BYTES, "1", N_("bytes") },
	{ VIEW_SOCKETS, "3", N_("sockets") },
};

const struct pane *screen_view(const struct app *a)
{
	switch (a->view) {
	case VIEW_LESSON:
	case VIEW_STREAM:
		return &pane_lesson;
	case VIEW_BYTES:
		return &pane_bytes;
	case VIEW_SOCKETS:
		return &pane_sockets;
	}
	return &pane_lesson;
}

const struct pane *screen_focused(const struct app *a)
{
	switch (a->focus) {
	case PANE_STAGE:
		return &pane_stage;
	case PANE_VIEW:
		return screen_view(a);
	case PANE_STRIP:
		return &pane_lesson;
	}
	return &pane_stage;
}

void screen_move_focus(struct app *a, int by)
{
	int n = screen.layout.strip.h > 0 ? 3 : 2;

	a->focus = (enum app_pane)(((int)a->focus + by + n) % n);
}

/* ---- windows ---- */

static void place(enum part p, const struct rect *r)
{
	if (screen.w[p] != NULL)
		delwin(screen.w[p]);
	screen.w[p] = r->h > 0 ? newwin(r->h, r->w, r->y, r->x) : NULL;
	if (screen.w[p] != NULL)
		leaveok(screen.w[p], p != PART_PROMPT);
}

void screen_forget(bool clear)
{
	memset(&screen.wish, 0, sizeof screen.wish);
	if (clear)
		clearok(curscr, TRUE);
}

/* Lay out again when what it depends on has changed. */
static void arrange(const struct app *a)
{
	struct layout_wish wish;

	memset(&wish, 0, sizeof wish); /* it is compared as bytes */
	getmaxyx(stdscr, wish.rows, wish.columns);
	wish.lesson_view = a->view == VIEW_LESSON;
	wish.has_lesson = a->lesson != NULL;
	wish.zoomed = a->zoomed;
	wish.stage_focused = a->focus == PANE_STAGE;
	wish.prompt = a->prompt != NULL;
	if (memcmp(&wish, &screen.wish, sizeof wish) == 0)
		return;
	screen.wish = wish;
	layout_make(&screen.layout, &wish);
	place(PART_HEADER, &screen.layout.header);
	place(PART_STAGE, &screen.layout.stage);
	place(PART_QUEUES, &screen.layout.queues);
	place(PART_TABS, &screen.layout.tabs);
	place(PART_VIEW, &screen.layout.view);
	place(PART_RULER, &screen.layout.ruler);
	place(PART_STRIP, &screen.layout.strip);
	place(PART_PROMPT, &screen.layout.prompt);
	place(PART_FOOTER, &screen.layout.footer);
	werase(stdscr);
	leaveok(stdscr, TRUE);
	wnoutrefresh(stdscr);
}

/* ---- drawing ---- */

static void add_capitals(struct buf *b, const char *name)
{
	size_t n = strlen(name);

	while (n > 0) {
		int32_t point;
		size_t used = text_letter(name, n, &point);

		text_put(b, (int32_t)towupper((wint_t)point));
		name += used;
		n -= used;
	}
}

/* "0 LESSON  1 bytes  3 sockets ────": the view shown in capitals. */
static void draw_tabs(const struct app *a, WINDOW *w)
{
	struct ink k = { 0 };
	size_t i;

	ink_text(&k, THEME_PLAIN, " ");
	for (i = 0; i < 3; i++) {
		bool shown = a->view == views[i].view;
		const char *name = _(views[i].name);

		screen.tab[i][0] = ink_cells(&k);
		ink_printf(&k, THEME_KEY, "%s ", views[i].key);
		if (shown) {
			struct buf big = { 0 };

			add_capitals(&big, name);
			ink_text(&k, a->focus == PANE_VIEW ? THEME_FOCUS :
				THEME_TITLE, buf_str(&big));
			buf_done(&big);
		} else
			ink_text(&k, THEME_DIM, name);
		screen.tab[i][1] = ink_cells(&k);
		ink_text(&k, THEME_PLAIN, "  ");
	}
	ink_draw(w, 0, 0, getmaxx(w), &k, A_NORMAL);
	ink_rule(w, 0, ink_cells(&k) - 1, getmaxx(w) - ink_cells(&k) + 1,
		THEME_DIM, SIGN_HORIZONTAL, false);
	ink_done(&k);
}

static void draw_ruler(const struct app *a, WINDOW *w)
{
	struct ink k = { 0 };

	ink_text(&k, THEME_PLAIN, " ");
	ink_text(&k, a->focus == PANE_STRIP ? THEME_FOCUS : THEME_TITLE,
		_("lesson"));
	ink_text(&k, THEME_PLAIN, " ");
	ink_draw(w, 0, 0, getmaxx(w), &k, A_NORMAL);
	ink_rule(w, 0, ink_cells(&k), getmaxx(w) - ink_cells(&k), THEME_DIM,
		SIGN_HORIZONTAL, false);
	ink_done(&k);
}

/* One line above the footer, over whatever stands there. */
static void draw_message(struct app *a)
{
	WINDOW *w = screen.w[PART_PROMPT] != NULL ? screen.w[PART_PROMPT] :
		screen.w[PART_STRIP] != NULL ? screen.w[PART_STRIP] :
		screen.w[PART_VIEW] != NULL ? screen.w[PART_VIEW] :
		screen.w[PART_STAGE];
	int y = a->prompt != NULL ? 0 : getmaxy(w) - 1;
	struct ink k = { 0 };

	if (a->message.len == 0)
		return;
	ink_text(&k, a->message_is_trouble ? THEME_TROUBLE : THEME_STRONG,
		buf_str(&a->message));
	ink_cut(&k, getmaxx(w) - 2);
	wmove(w, y, 0);
	wclrtoeol(w);
	ink_draw(w, y, 1, getmaxx(w) - 2, &k, A_NORMAL);
	ink_done(&k);
}

static void draw_tiny(void)
{
	werase(stdscr);
	ink_put(stdscr, 0, 0, getmaxx(stdscr), THEME_PLAIN,
		_("Too small: 40x12 is needed."));
	leaveok(stdscr, TRUE);
	wnoutrefresh(stdscr);
	doupdate();
}

static void draw_parts(struct app *a)
{
	WINDOW **w = screen.w;

	header_draw(a, w[PART_HEADER]);
	if (w[PART_STAGE] != NULL)
		pane_stage.draw(a, w[PART_STAGE], a->focus == PANE_STAGE);
	if (w[PART_QUEUES] != NULL)
		stage_queues(a, w[PART_QUEUES]);
	if (w[PART_TABS] != NULL)
		draw_tabs(a, w[PART_TABS]);
	if (w[PART_VIEW] != NULL)
		screen_view(a)->draw(a, w[PART_VIEW], a->focus == PANE_VIEW);
	if (w[PART_RULER] != NULL)
		draw_ruler(a, w[PART_RULER]);
	if (w[PART_STRIP] != NULL)
		pane_lesson.draw(a, w[PART_STRIP], a->focus == PANE_STRIP);
	footer_draw(a, w[PART_FOOTER]);
	draw_message(a);
}

void screen_draw(struct app *a)
{
	int i;

	arrange(a);
	if (screen.layout.tiny) {
		draw_tiny();
		return;
	}
	if (screen.layout.strip.h == 0 && a->focus == PANE_STRIP)
		a->focus = PANE_VIEW;
	for (i = 0; i < PARTS; i++)
		if (screen.w[i] != NULL)
			werase(screen.w[i]);
	draw_parts(a);
	for (i = 0; i < PARTS; i++)
		if (screen.w[i] != NULL && i != PART_PROMPT) {
			touchwin(screen.w[i]);
			wnoutrefresh(screen.w[i]);
		}
	if (a->layer != LAYER_NONE)
		layers_draw(a);
	if (a->prompt != NULL && screen.w[PART_PROMPT] != NULL) {
		prompt_draw(a, screen.w[PART_PROMPT], 1);
		touchwin(screen.w[PART_PROMPT]);
		wnoutrefresh(screen.w[PART_PROMPT]); /* the cursor stays here */
	}
	doupdate();
}

/* ---- the mouse ---- */

static bool inside(enum part p, const MEVENT *e, int *y, int *x)
{
	WINDOW *w = screen.w[p];

	if (w == NULL || !wenclose(w, e->y, e->x))
		return false;
	*y = e->y - getbegy(w);
	*x = e->x - getbegx(w);
	return true;
}

static void to_pane(struct app *a, const struct pane *p, enum app_pane focus,
	int y, int x, mmask_t buttons)
{
	if (buttons & (BUTTON1_PRESSED | BUTTON1_CLICKED))
		a->focus = focus;
	if (p->mouse != NULL)
		p->mouse(a, y, x, buttons);
}

void screen_mouse(struct app *a, const MEVENT *e)
{
	int y, x;
	size_t i;

	if (inside(PART_STAGE, e, &y, &x))
		to_pane(a, &pane_stage, PANE_STAGE, y, x, e->bstate);
	else if (inside(PART_VIEW, e, &y, &x))
		to_pane(a, screen_view(a), PANE_VIEW, y, x, e->bstate);
	else if (inside(PART_STRIP, e, &y, &x))
		to_pane(a, &pane_lesson, PANE_STRIP, y, x, e->bstate);
	else if (inside(PART_TABS, e, &y, &x)) {
		for (i = 0; i < 3; i++)
			if (x >= screen.tab[i][0] && x < screen.tab[i][1])
				a->view = views[i].view;
	} else if (inside(PART_FOOTER, e, &y, &x) && a->prompt == NULL &&
			a->link != NULL &&
			(e->bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED)))
		prompt_open(a);
}
