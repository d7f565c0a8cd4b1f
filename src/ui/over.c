/* over: see over.h. */
#include "ui/over.h"

#include <stddef.h>

static struct {
	WINDOW *w;
	bool asked;     /* for this frame */
	bool hides;     /* rows, since an earlier frame … */
	int from, to;   /* … these */
	bool same;      /* as this frame does */
} over;

void over_begin(void)
{
	over.asked = over.same = false;
}

/* Whether the window that is kept has that size and place. */
static bool fits(int rows, int columns, int y, int x)
{
	return over.w != NULL && getmaxy(over.w) == rows &&
		getmaxx(over.w) == columns && getbegy(over.w) == y &&
		getbegx(over.w) == x;
}

WINDOW *over_window(int rows, int columns, int y, int x)
{
	bool same = fits(rows, columns, y, x);

	if (!same) {
		if (over.w != NULL)
			delwin(over.w);
		over.w = newwin(rows, columns, y, x);
		if (over.w == NULL)
			return NULL;
		leaveok(over.w, TRUE);
	}
	over.asked = true;
	over.same = same && over.hides;
	werase(over.w);
	return over.w;
}

bool over_uncovered(int y)
{
	return over.hides && !over.same && y >= over.from && y < over.to;
}

void over_show(void)
{
	over.hides = over.asked;
	if (!over.asked)
		return;
	over.from = getbegy(over.w);
	over.to = over.from + getmaxy(over.w);
	wnoutrefresh(over.w);
}

void over_forget(void)
{
	over.hides = over.same = false;
}
