/* stage_draw: the timeline drawn into its window. See stage.h. */
#include "ui/stage.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "ui/app.h"
#include "ui/ink.h"
#include "ui/ladder.h"
#include "ui/layout.h"

/* Lines of the window that are remembered; a taller one costs more. */
#define LINES_KEPT 256

/* What all lines that are drawn depend on … */
struct picture {
	struct stage_span span;
	uint32_t position, now, decided;
	bool focused, kernel_view;
};

/* … and the lines that the window shows, so that when the selection moves only
 * two of them are drawn again. */
static struct {
	bool known;
	struct picture made_from;
	struct {
		uint32_t line;
		int mark;  /* how it is selected */
	} at[LINES_KEPT];
} shown;

/* "client ────┬──── wire ────┬──── server" */
static void draw_heading(struct app *a, WINDOW *w, bool focused, bool rules)
{
	int width = getmaxx(w), n = stage_columns(a), i, x, cw;
	int style = focused ? THEME_FOCUS : THEME_TITLE;

	ink_rule(w, 0, 1, width - 2, THEME_DIM, SIGN_HORIZONTAL, false);
	for (i = 0; i < n; i++) {
		const char *name = stage_column_name(a, i);
		int cells = text_cells(name, strlen(name)), at;

		layout_column(width, n, i, &x, &cw);
		at = i == 0 ? x : i == n - 1 ? x + cw - cells :
			x - 1 + (cw - cells) / 2;
		if (i > 0 && rules)
			ink_put(w, 0, x - 2, 1, THEME_DIM,
				theme_sign(SIGN_TEE_DOWN));
		ink_put(w, 0, at > 0 ? at - 1 : 0, 1, style, i == 0 &&
			focused ? theme_sign(SIGN_POINTER) : " ");
		ink_put(w, 0, at, cells, style, name);
		ink_put(w, 0, at + cells, 1, THEME_PLAIN, " ");
	}
}

/* In the wire's column: why it is empty. */
static void draw_why_no_frames(struct app *a, WINDOW *w)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	int x, cw;

	if (take == NULL || !take->loopback)
		return;
	layout_column(getmaxx(w), stage_columns(a), 1, &x, &cw);
	ink_wrapped(w, 1, x, getmaxy(w) - 1, cw, THEME_DIM, take->why);
}

/* How a cell is drawn: where its column is, and what it says. */
struct drawn {
	int x, width;
	struct ink k;
};

/* Whether the call in a column that has not enough room may go on over the
 * wire's column: nothing stands there. */
static bool may_spill(const struct app *a, const struct scene_row *row,
	int column)
{
	const struct scene_take *take = scene_take(a->scene, a->position);

	return row->wire.kind == SCENE_EMPTY && (column == 0 || column == 2) &&
		take != NULL && !take->loopback; /* which says why it is so */
}

/* What a line says in a column. True: it goes on over the wire's: that of the
 * first host to the right, that of the second to the left. */
static bool make_cell(struct app *a, const struct stage_span *s, uint32_t line,
	const struct scene_row *row, int column, struct drawn *d, int width)
{
	int n = stage_columns(a), host = stage_host_of(column), x, cw, more;
	const char *waits = theme_sign(SIGN_WAITS);
	uint32_t index = stage_row_of(s, line);

	layout_column(width, n, column, &d->x, &d->width);
	if (stage_is_fold(s, line)) {
		stage_fold(a, s, host, d->width, &d->k);
		return false;
	}
	if (stage_cell(a, index, row, host, d->width, &d->k) ||
			!may_spill(a, row, column))
		return false;
	if (column > 0 && strncmp(buf_str(&d->k.text), waits,
			strlen(waits)) == 0)
		return false; /* lanes that wait keep their place */
	layout_column(width, n, 1, &x, &cw);
	ink_clear(&d->k);
	stage_cell_over(a, index, row, host, d->width + 3 + cw, &d->k);
	more = ink_cells(&d->k) - d->width;
	if (more <= 0)
		return false;
	d->width += more;
	d->x -= column > 0 ? more : 0;
	return true;
}

static void draw_cell(WINDOW *w, int y, struct drawn *d, bool at, bool here,
	bool selected)
{
	if (at)
		ink_put(w, y, d->x - 1, 1, THEME_FOCUS,
			theme_sign(SIGN_POINTER));
	if (here)
		ink_pad(&d->k, d->width);
	ink_draw(w, y, d->x, d->width, &d->k, here ? A_REVERSE :
		selected ? A_BOLD : A_NORMAL);
}

static void draw_line(struct app *a, WINDOW *w, int y,
	const struct stage_span *s, uint32_t line)
{
	uint32_t index = stage_row_of(s, line);
	bool selected = a->at.row != SCENE_NONE &&
		stage_line_of(s, a->at.row) == line;
	int chosen = stage_column_of(a->at.column), wire = stage_column_of(
		STAGE_WIRE);
	struct drawn d[SCENE_HOSTS + 1] = { 0 };
	int n = stage_columns(a), spilled = -1, decided = -1;
	struct scene_row row;

	scene_row(a->scene, index, a->position, &row);
	if (index == a->decided && !stage_is_fold(s, line))
		decided = stage_column_of(stage_happened(a, index,
			a->decided_host));
	for (int i = 0; i < n; i++)
		if (make_cell(a, s, line, &row, i, &d[i], getmaxx(w)))
			spilled = i;
	if (spilled >= 0 && chosen == wire)
		chosen = spilled; /* it stands there as well */
	for (int i = 0; i < n; i++) {
		bool at = selected && i == chosen;

		if (i == decided)
			ink_put(w, y, d[i].x - 1, 1, THEME_GOOD,
				theme_sign(SIGN_POINTER));
		if (i != wire || spilled < 0)
			draw_cell(w, y, &d[i], at, at &&
				a->focus == PANE_STAGE, selected);
		ink_done(&d[i].k);
	}
}

/* Keep the selection in sight; without one, the newest lines. */
static void scroll_to(struct app *a, const struct stage_span *s, int height)
{
	uint32_t h = height > 0 ? (uint32_t)height : 1;
	uint32_t last = s->lines > h ? s->lines - h : 0;
	uint32_t at;

	if (a->at.row == SCENE_NONE) {
		a->stage_top = last;
		return;
	}
	at = stage_line_of(s, a->at.row);
	if (at < a->stage_top)
		a->stage_top = at;
	if (at >= a->stage_top + h)
		a->stage_top = at - h + 1;
	if (a->stage_top > last)
		a->stage_top = last;
}

/* How a line is selected: not, in a column, in a column that has the focus. */
static int mark_of(const struct app *a, const struct stage_span *s,
	uint32_t line)
{
	int column = stage_column_of(a->at.column);

	if (a->at.row == SCENE_NONE || stage_line_of(s, a->at.row) != line)
		return 0;
	return 1 + 2 * column + (a->focus == PANE_STAGE);
}

/* A line with nothing but the rules between the columns. */
static void draw_blank(const struct app *a, WINDOW *w, int y)
{
	int n = stage_columns(a), x, cw;

	wmove(w, y, 0);
	wclrtoeol(w);
	for (int i = 1; i < n; i++) {
		layout_column(getmaxx(w), n, i, &x, &cw);
		ink_rule(w, y, x - 2, 1, THEME_DIM, SIGN_VERTICAL, true);
	}
}

/* The lines that the window, not erased, does not show yet. Returns the first
 * row below them. */
static int draw_lines(struct app *a, WINDOW *w, const struct stage_span *s,
	bool fresh)
{
	int y;

	for (y = 1; y < getmaxy(w); y++) {
		uint32_t line = a->stage_top + (uint32_t)y - 1;
		int mark = mark_of(a, s, line);
		bool kept = y < LINES_KEPT;

		if (line >= s->lines)
			break;
		if (!fresh && kept && shown.at[y].line == line &&
				shown.at[y].mark == mark)
			continue;
		if (!fresh)
			draw_blank(a, w, y);
		draw_line(a, w, y, s, line);
		if (kept) {
			shown.at[y].line = line;
			shown.at[y].mark = mark;
		}
	}
	return y;
}

/* ┆ below the last line, for each lane of a host that waits. */
static void draw_waiting(struct app *a, WINDOW *w, int from, int host, int x,
	int width)
{
	uint32_t actor[STAGE_LANES];
	size_t n = stage_waiting(a, host, actor, STAGE_LANES);
	struct ink k = { 0 };

	if (n == 0)
		return;
	stage_lanes(a, host, actor, n < STAGE_LANES ? n : STAGE_LANES, width,
		&k);
	for (; from < getmaxy(w); from++)
		ink_draw(w, from, x, width, &k, A_NORMAL);
	ink_done(&k);
}

/* Rules between the columns. */
static void draw_rules(const struct app *a, WINDOW *w)
{
	int n = stage_columns(a), x, cw;

	for (int i = 1; i < n; i++) {
		layout_column(getmaxx(w), n, i, &x, &cw);
		ink_rule(w, 1, x - 2, getmaxy(w) - 1, THEME_DIM,
			SIGN_VERTICAL, true);
	}
}

/* Who waits below the last line. */
static void draw_waits(struct app *a, WINDOW *w, int from)
{
	int n = stage_columns(a), x, cw;

	for (int i = 0; i < n; i++) {
		int host = stage_host_of(i);

		layout_column(getmaxx(w), n, i, &x, &cw);
		if (host != STAGE_WIRE)
			draw_waiting(a, w, from, host, x, cw);
	}
}

void stage_forget(void)
{
	shown.known = false;
	stage_call_forget();
	ladder_forget();
}

/* Whether more than the selection changed since the stage was drawn. Lines
 * over the sentence why there are no frames cannot be drawn by themselves. */
static bool changed(const struct app *a, const struct stage_span *s,
	bool focused)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	struct picture p;
	bool same;

	memset(&p, 0, sizeof p); /* it is compared as bytes */
	memcpy(&p.span, s, sizeof p.span);
	p.position = a->position;
	p.now = scene_now(a->scene);
	p.decided = a->decided;
	p.focused = focused;
	p.kernel_view = a->kernel_view;
	same = shown.known && memcmp(&p, &shown.made_from, sizeof p) == 0;
	shown.made_from = p;
	shown.known = take == NULL || !take->loopback;
	return !same;
}

void stage_draw(struct app *a, WINDOW *w, bool focused)
{
	struct stage_span s;

	a->stage_height = getmaxy(w) - 1;
	if (a->zoomed) {
		ladder_draw(a, w, focused);
		return;
	}
	stage_span(a, &s);
	if (getmaxx(w) < LAYOUT_NARROW) {
		werase(w);
		draw_heading(a, w, focused, false);
		stage_draw_narrow(a, w, &s);
		return;
	}
	scroll_to(a, &s, a->stage_height);
	if (!changed(a, &s, focused)) {
		draw_lines(a, w, &s, false);
		return;
	}
	werase(w);
	draw_heading(a, w, focused, true);
	draw_why_no_frames(a, w);
	draw_rules(a, w);
	draw_waits(a, w, draw_lines(a, w, &s, true));
}
