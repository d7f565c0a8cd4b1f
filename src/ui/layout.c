/* layout: see layout.h. */
#include "ui/layout.h"

#include <string.h>

enum {
	QUEUES = 4,        /* ruler, state, count, letters */
	QUEUES_TALL = 6,   /* … and both queues of a socket in full */
	STRIP = 9,         /* what a lesson's page may need */
	STRIP_MORE = 5,    /* given to it on tall screens */
	STAGE_MIN = 4,     /* heading and three rows */
	STAGE_USED = 6,    /* below this the queues give their rows to it */
	SMALL = 18,        /* rows of a screen with few of anything */
	VIEW_MIN = 2,      /* that what is said leaves to the view */
};

static int min(int a, int b)
{
	return a < b ? a : b;
}

static int max(int a, int b)
{
	return a > b ? a : b;
}

/* Give the next h rows to r. */
static void take(struct rect *r, int *y, int h, int columns)
{
	*r = (struct rect){ .y = *y, .x = 0, .h = max(h, 0), .w = columns };
	*y += r->h;
}

/* Prompt and footer, from the last row upwards. The rows they take are those of
 * the part above them, which has so many: nothing else may jump. Returns how
 * many rows are left between them and the header. */
static int make_bottom(struct layout *l, const struct layout_wish *wish,
	int above)
{
	int columns = wish->columns, rows = wish->rows;
	int prompt = wish->prompt ? 2 : 0;
	int more = max(min(wish->message, above - prompt - VIEW_MIN), 0);
	int footer = 1 + (prompt > 0 ? 0 : more);

	prompt += prompt > 0 ? more : 0;
	rows -= footer;
	l->footer = (struct rect){ rows, 0, footer, columns };
	rows -= prompt;
	if (prompt > 0)
		l->prompt = (struct rect){ rows, 0, prompt, columns };
	return rows - 1;
}

static void make_zoomed(struct layout *l, const struct layout_wish *wish,
	int y, int body)
{
	int columns = wish->columns;

	if (wish->stage_focused) {
		int queues = body >= 18 ? QUEUES : 0;

		take(&l->stage, &y, body - queues, columns);
		take(&l->queues, &y, queues, columns);
		return;
	}
	if (wish->strip_focused) {
		take(&l->ruler, &y, 1, columns);
		take(&l->strip, &y, body - 1, columns);
		return;
	}
	take(&l->tabs, &y, 1, columns);
	take(&l->view, &y, body - 1, columns);
}

/* A page that needs more rows gets them from the stage, and from the queues
 * when the stage would have too few. */
static void stretch(const struct layout_wish *wish, int rest, int *strip,
	int *queues)
{
	int used = max(rest < SMALL ? STAGE_MIN : STAGE_USED, wish->stage);
	int most;

	if (wish->strip <= *strip)
		return;
	most = rest - 1 - *queues - used;
	if (wish->strip > most && !wish->queues) {
		*queues = 0;
		most = rest - 1 - used;
	}
	*strip = max(*strip, min(wish->strip, most));
}

void layout_make(struct layout *l, const struct layout_wish *wish)
{
	int columns = wish->columns;
	int y = 0, body, queues, strip, view, rest;
	bool own;

	memset(l, 0, sizeof *l);
	l->tiny = wish->rows < LAYOUT_MIN_ROWS ||
		columns < LAYOUT_MIN_COLUMNS;
	if (l->tiny)
		return;
	take(&l->header, &y, 1, columns);
	rest = wish->rows - 2;
	if (wish->zoomed) {
		make_zoomed(l, wish, y, make_bottom(l, wish, rest));
		return;
	}
	queues = rest < SMALL || columns < LAYOUT_NARROW ? 0 :
		rest < 34 ? QUEUES : QUEUES_TALL;
	strip = rest >= 22 ? STRIP + min(STRIP_MORE, (rest - 22) / 4) :
		max(4, (rest - queues - 1) / 2);
	if (wish->lesson_view)
		stretch(wish, rest, &strip, &queues);
	own = wish->has_lesson && !wish->lesson_view && wish->rows >= 30 &&
		columns >= 100;
	view = strip;
	if (own)
		view = (rest - queues - 2 - STRIP) / 2;
	else if (!wish->lesson_view)
		view = max(strip, (rest - queues - 1) / 2);
	body = make_bottom(l, wish, own ? STRIP : view);
	rest -= queues + 1 + view + (own ? 1 + STRIP : 0);
	take(&l->stage, &y, max(rest, STAGE_MIN), columns);
	take(&l->queues, &y, queues, columns);
	take(&l->tabs, &y, 1, columns);
	if (own) {
		take(&l->view, &y, view, columns);
		take(&l->ruler, &y, 1, columns);
	}
	rest = body + 1 - y;
	take(own ? &l->strip : &l->view, &y, rest, columns);
}

/* Two hosts and the wire share the width alike; with more of them the wire,
 * which then says who sent to whom, has half as much again as a host. */
static int share(int width, int n, int i)
{
	int parts = n > 3 ? 2 * n + 1 : n;
	int before = n > 3 ? 2 * i + (i > 1) : i;

	return before * (width + 1) / parts;
}

void layout_column(int width, int n, int i, int *x, int *w)
{
	*x = i == 0 ? 1 : share(width, n, i) + 2;
	*w = (i == n - 1 ? width : share(width, n, i + 1) - 1) - *x;
}
