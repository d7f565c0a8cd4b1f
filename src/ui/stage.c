/* stage: the timeline of hosts and wire, as a pane. See stage.h. */
#include "ui/stage.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "ui/app.h"
#include "ui/ink.h"
#include "ui/ladder.h"
#include "ui/layout.h"
#include "ui/pane.h"

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

/* ---- drawing ---- */

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

static void draw_line(struct app *a, WINDOW *w, int y,
	const struct stage_span *s, uint32_t line)
{
	uint32_t index = stage_row_of(s, line);
	bool selected = a->at.row != SCENE_NONE &&
		stage_line_of(s, a->at.row) == line;
	int width = getmaxx(w), n = stage_columns(a), i, x, cw;
	struct scene_row row;
	struct ink k = { 0 };

	scene_row(a->scene, index, a->position, &row);
	if (index == a->decided && !stage_is_fold(s, line))
		ink_put(w, y, 0, 1, THEME_GOOD, theme_sign(SIGN_POINTER));
	for (i = 0; i < n; i++) {
		int host = stage_host_of(i);
		bool at = selected && a->at.column == host;
		bool here = at && a->focus == PANE_STAGE;

		layout_column(width, n, i, &x, &cw);
		if (at)
			ink_put(w, y, x - 1, 1, THEME_FOCUS,
				theme_sign(SIGN_POINTER));
		ink_clear(&k);
		if (stage_is_fold(s, line))
			stage_fold(a, s, host, cw, &k);
		else
			stage_cell(a, index, &row, host, cw, &k);
		if (here)
			ink_pad(&k, cw);
		ink_draw(w, y, x, cw, &k, here ? A_REVERSE :
			selected ? A_BOLD : A_NORMAL);
	}
	ink_done(&k);
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

/* Rules between the columns, and who waits below the last line. */
static void draw_columns(struct app *a, WINDOW *w, int from)
{
	int width = getmaxx(w), n = stage_columns(a), i, x, cw;

	for (i = 0; i < n; i++) {
		int host = stage_host_of(i);

		layout_column(width, n, i, &x, &cw);
		if (i > 0)
			ink_rule(w, 1, x - 2, getmaxy(w) - 1, THEME_DIM,
				SIGN_VERTICAL, true);
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

static void draw(struct app *a, WINDOW *w, bool focused)
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
	draw_columns(a, w, draw_lines(a, w, &s, true));
}

/* ---- the selection ---- */

void stage_select(struct app *a, const struct stage_span *s,
	uint32_t line)
{
	if (s->lines == 0)
		return;
	if (line >= s->lines)
		line = s->lines - 1;
	a->at.row = stage_row_of(s, line);
	a->at.byte = 0;
	a->at.field = 0;
	app_selected(a, &a->at.frame, &a->at.call);
}

/* The first cell of the selected row in which something happened, where the
 * column that was left last has nothing. */
static void find_column(struct app *a)
{
	const struct scene_cell *at;
	struct scene_row r;

	if (a->at.row == SCENE_NONE)
		return;
	scene_row(a->scene, a->at.row, a->position, &r);
	at = a->at.column == STAGE_WIRE ? &r.wire : &r.host[a->at.column];
	for (int i = 0; at->kind == SCENE_EMPTY && i < scene_hosts(a->scene);
			i++)
		if (r.host[i].kind != SCENE_EMPTY) {
			a->at.column = i;
			at = &r.host[i];
		}
	app_selected(a, &a->at.frame, &a->at.call);
}

static void move_by(struct app *a, int by)
{
	struct stage_span s;
	int64_t line;

	stage_span(a, &s);
	if (a->at.row == SCENE_NONE) {
		/* nothing is selected: the newest is the one to begin with */
		stage_select(a, &s, s.lines);
		find_column(a);
		return;
	}
	line = (int64_t)stage_line_of(&s, a->at.row) + by;
	stage_select(a, &s, line < 0 ? 0 : (uint32_t)line);
}

static void move_column(struct app *a, int by)
{
	int column = stage_column_of(a->at.column) + by;

	if (a->at.row == SCENE_NONE)
		move_by(a, 0);
	if (column >= 0 && column < stage_columns(a))
		a->at.column = stage_host_of(column);
	app_selected(a, &a->at.frame, &a->at.call);
	a->at.byte = a->at.field = 0;
}

static void enter(struct app *a)
{
	struct stage_span s;

	stage_span(a, &s);
	if (a->at.row == SCENE_NONE) {
		move_by(a, 0);
		return;
	}
	if (a->at.row < s.body && s.body > s.first + 1 &&
			(s.folded || a->at.row == s.first)) {
		a->setup_unfolded = !a->setup_unfolded;
		a->at.row = s.first;
		return;
	}
	if (stage_unfold(a)) {
		a->layer = LAYER_TEXT;
		a->layer_at = 0;
	}
}

static bool key(struct app *a, int k)
{
	struct stage_span s;

	if (a->zoomed)
		return ladder_key(a, k);
	switch (k) {
	case KEY_UP:
		move_by(a, -1);
		return true;
	case KEY_DOWN:
	case 'j':
		move_by(a, 1);
		return true;
	case KEY_LEFT:
	case 'h':
		move_column(a, -1);
		return true;
	case KEY_RIGHT:
	case 'l':
		move_column(a, 1);
		return true;
	case KEY_HOME:
		stage_span(a, &s);
		stage_select(a, &s, 0);
		return true;
	case '\n':
	case '\r':
	case KEY_ENTER:
		enter(a);
		return true;
	}
	return false;
}

static bool mouse(struct app *a, int y, int x, mmask_t buttons)
{
	int width, n = stage_columns(a), i, cx, cw;
	struct stage_span s;

	if (a->zoomed)
		return ladder_mouse(a, y, x, buttons);
	if (buttons & BUTTON4_PRESSED) {
		move_by(a, -1);
		return true;
	}
	if (buttons & BUTTON5_PRESSED) {
		move_by(a, 1);
		return true;
	}
	stage_span(a, &s);
	if (y < 1 || a->stage_top + (uint32_t)y - 1 >= s.lines)
		return false;
	getmaxyx(stdscr, i, width);
	for (i = 0; i < n; i++) {
		layout_column(width, n, i, &cx, &cw);
		if (x >= cx - 1 && x <= cx + cw)
			a->at.column = stage_host_of(i);
	}
	stage_select(a, &s, a->stage_top + (uint32_t)y - 1);
	return true;
}

const struct pane pane_stage = {
	.title = N_("stage"),
	.draw = draw,
	.key = key,
	.mouse = mouse,
	.find = stage_find,
	.copy = stage_copy,
};
