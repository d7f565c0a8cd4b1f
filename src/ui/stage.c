/* stage: the timeline of hosts and wire, as a pane. See stage.h. */
#include "ui/stage.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "ui/app.h"
#include "ui/ink.h"
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

/* ---- which lines there are ---- */

void stage_span(const struct app *a, struct stage_span *out)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	uint32_t low, high, mid;
	struct scene_row row;

	memset(out, 0, sizeof *out);
	out->end = scene_rows(a->scene, a->position);
	out->first = take != NULL ? take->first_row : 0;
	if (out->first > out->end)
		out->first = out->end;
	/* the rows of the setup come first: find where they end */
	for (low = out->first, high = out->end; low < high; ) {
		mid = low + (high - low) / 2;
		scene_row(a->scene, mid, a->position, &row);
		if (row.setup)
			low = mid + 1;
		else
			high = mid;
	}
	out->body = low;
	out->folded = !a->setup_unfolded && out->body > out->first + 1;
	out->lines = out->folded ? out->end - out->body + 1 :
		out->end - out->first;
}

uint32_t stage_line_of(const struct stage_span *s, uint32_t row)
{
	if (row < s->first)
		return 0;
	if (!s->folded)
		return row - s->first;
	return row < s->body ? 0 : row - s->body + 1;
}

uint32_t stage_row_of(const struct stage_span *s, uint32_t line)
{
	if (!s->folded)
		return s->first + line;
	return line == 0 ? s->first : s->body + line - 1;
}

bool stage_is_fold(const struct stage_span *s, uint32_t line)
{
	return s->folded && line == 0;
}

int stage_columns(const struct app *a)
{
	int hosts = scene_hosts(a->scene);

	return (hosts < 2 ? 2 : hosts) + 1;
}

int stage_host_of(int column)
{
	return column == 0 ? 0 : column == 1 ? STAGE_WIRE : column - 1;
}

int stage_column_of(int host)
{
	return host == STAGE_WIRE ? 1 : host == 0 ? 0 : host + 1;
}

/* ---- drawing ---- */

static const char *column_name(const struct app *a, int column)
{
	int host = stage_host_of(column);

	if (host == STAGE_WIRE)
		return _("wire");
	if (host < scene_hosts(a->scene))
		return scene_host(a->scene, host);
	return host == 0 ? "client" : "server";
}

/* "client ────┬──── wire ────┬──── server" */
static void draw_heading(struct app *a, WINDOW *w, bool focused, bool rules)
{
	int width = getmaxx(w), n = stage_columns(a), i, x, cw;
	int style = focused ? THEME_FOCUS : THEME_TITLE;

	ink_rule(w, 0, 1, width - 2, THEME_DIM, SIGN_HORIZONTAL, false);
	for (i = 0; i < n; i++) {
		const char *name = column_name(a, i);
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

/* Rules between the columns, ┆ below the last line of a waiting host. */
static void draw_columns(struct app *a, WINDOW *w, int from)
{
	int width = getmaxx(w), n = stage_columns(a), i, x, cw;

	for (i = 0; i < n; i++) {
		int host = stage_host_of(i);

		layout_column(width, n, i, &x, &cw);
		if (i > 0)
			ink_rule(w, 1, x - 2, getmaxy(w) - 1, THEME_DIM,
				SIGN_VERTICAL, true);
		if (host != STAGE_WIRE && stage_waits(a, host))
			ink_rule(w, from, x, getmaxy(w) - from, THEME_WAITS,
				SIGN_WAITS, true);
	}
}

/* ---- where columns do not fit side by side ---- */

static int cells_of_row(const struct scene_row *row, int hosts)
{
	int n = row->wire.kind != SCENE_EMPTY;

	for (int i = 0; i < hosts; i++)
		n += row->host[i].kind != SCENE_EMPTY;
	return n > 0 ? n : 1;
}

static int narrow_row(struct app *a, WINDOW *w, int y, uint32_t index,
	const struct scene_row *row)
{
	int width = getmaxx(w), n = stage_columns(a), i;
	bool selected = a->at.row == index;
	struct ink k = { 0 };

	for (i = 0; i < n; i++) {
		int host = stage_host_of(i);
		const struct scene_cell *c = host == STAGE_WIRE ? &row->wire :
			&row->host[host];

		if (c->kind == SCENE_EMPTY)
			continue;
		ink_clear(&k);
		stage_cell(a, index, row, host, width - 9, &k);
		if (y >= 1 && y < getmaxy(w)) {
			if (selected && a->at.column == host)
				ink_put(w, y, 0, 1, THEME_FOCUS,
					theme_sign(SIGN_POINTER));
			ink_put(w, y, 1, 6, THEME_DIM, column_name(a, i));
			ink_draw(w, y, 8, width - 9, &k, A_NORMAL);
		}
		y++;
	}
	ink_done(&k);
	return y;
}

/* Upwards from the row that must be seen, so that only what is seen is asked
 * for. */
static void draw_narrow(struct app *a, WINDOW *w, const struct stage_span *s)
{
	int room = getmaxy(w) - 1, hosts = scene_hosts(a->scene), y, used = 0;
	uint32_t last = s->lines > 0 ? s->lines - 1 : 0, line;
	struct scene_row row;

	if (s->lines == 0)
		return;
	if (a->at.row != SCENE_NONE)
		last = stage_line_of(s, a->at.row);
	for (line = last + 1; line-- > 0 && used < room; ) {
		scene_row(a->scene, stage_row_of(s, line), a->position, &row);
		used += stage_is_fold(s, line) ? 1 : cells_of_row(&row, hosts);
	}
	line++;
	y = used > room ? 1 - (used - room) : 1;
	for (; line < s->lines && y < getmaxy(w); line++) {
		uint32_t index = stage_row_of(s, line);
		struct ink k = { 0 };

		if (!stage_is_fold(s, line)) {
			scene_row(a->scene, index, a->position, &row);
			y = narrow_row(a, w, y, index, &row);
			continue;
		}
		ink_text(&k, THEME_DIM, _("setup"));
		for (int i = 0; i < hosts; i++) {
			ink_printf(&k, THEME_DIM, "  %s ", scene_host(a->scene,
				i));
			stage_fold(a, s, i, 40, &k);
		}
		ink_draw(w, y++, 1, getmaxx(w) - 2, &k, A_NORMAL);
		ink_done(&k);
	}
}

void stage_forget(void)
{
	shown.known = false;
	stage_call_forget();
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

	stage_span(a, &s);
	a->stage_height = getmaxy(w) - 1;
	if (getmaxx(w) < LAYOUT_NARROW) {
		werase(w);
		draw_heading(a, w, focused, false);
		draw_narrow(a, w, &s);
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

static void move_by(struct app *a, int by)
{
	struct stage_span s;
	int64_t line;

	stage_span(a, &s);
	if (a->at.row == SCENE_NONE) {
		/* nothing is selected: the newest is the one to begin with */
		stage_select(a, &s, s.lines);
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
