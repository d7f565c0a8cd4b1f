/* ladder: the zoomed stage as a pane. See ladder.h. */
#include "ui/ladder.h"

#include <string.h>

#include "base/intl.h"
#include "base/text.h"
#include "ui/app.h"
#include "ui/ink.h"
#include "ui/stage.h"

enum {
	LINES_MOST = 256,
	PASSAGES_MOST = 64,
};

/* What is seen, as it was found for one drawing. */
struct seen {
	struct ladder_shape shape;
	struct ladder_at line[LINES_MOST];
	int lines;
	struct ladder_passage passage[PASSAGES_MOST];
	size_t passages;
};

/* What the window shows is made from this: the same again is not drawn. */
static struct {
	bool known;
	struct picture {
		uint32_t position, now, row, flow, top, decided;
		int column, part;
		bool focused, kernel_view;
	} made_from;
} shown;

static struct seen seen;

void ladder_forget(void)
{
	shown.known = false;
}

/* ---- one line ---- */

static int64_t time_at(struct app *a, uint32_t position)
{
	struct event e;

	return scene_event(a->scene, position, &e) ? e.time : 0;
}

/* When the first thing of a line happened. */
static int64_t time_of(struct app *a, struct ladder_at at)
{
	uint32_t first = SCENE_NEVER;
	struct scene_row row;

	scene_row(a->scene, at.row, a->position, &row);
	for (int i = STAGE_WIRE; i < scene_hosts(a->scene); i++) {
		const struct scene_cell *c = i == STAGE_WIRE ? &row.wire :
			&row.host[i];

		if (ladder_shows(a, &row, i, at.part) && c->position < first)
			first = c->position;
	}
	return time_at(a, first < SCENE_NEVER ? first : row.begin);
}

static void times_of(struct app *a, struct ladder_at at, struct ladder_line *l)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	struct ladder_at before = at;
	int64_t now = time_of(a, at);

	l->since = ladder_step(a, &before, -1) ? now - time_of(a, before) : -1;
	l->total = take != NULL ? now - time_at(a, take->begin) : 0;
}

/* Whether an actor is in a call in a line: it was entered before, or at the
 * beginning of this row, and returns in this row or later. */
static bool is_inside(const struct app *a, const struct scene_row *row,
	struct ladder_at at, uint32_t actor)
{
	uint32_t call = scene_pending(a->scene, actor, row->begin);
	int host = scene_actor(a->scene, actor)->host;
	const struct scene_cell *c = &row->host[host];

	if (call != SCENE_NONE)
		return true;
	if (c->kind != SCENE_CALL ||
			scene_call(a->scene, c->ref)->actor != actor)
		return false;
	return scene_call(a->scene, c->ref)->row_returned != at.row ||
		scene_call(a->scene, c->ref)->returned >= a->position;
}

/* How many actors of a host are in a call in a line. */
static uint8_t bars_of(const struct app *a, const struct scene_row *row,
	struct ladder_at at, int host)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	uint32_t i = take != NULL ? take->first_actor : 0;
	uint8_t n = 0;

	for (; i < scene_actors(a->scene) && n < LADDER_BARS; i++) {
		const struct scene_actor *x = scene_actor(a->scene, i);

		if (x->started > row->begin)
			break; /* and so did those behind it */
		n += x->host == host && x->ended > row->begin &&
			is_inside(a, row, at, i);
	}
	return n;
}

static bool same_line(struct ladder_at a, struct ladder_at b)
{
	return a.row == b.row && a.part == b.part;
}

/* The columns from … to-1 of what is selected: a host's calls, or the wire. */
static void selected_columns(const struct app *a, int *from, int *to)
{
	const struct ladder_shape *s = &seen.shape;
	int host = a->at.column;

	if (host != STAGE_WIRE && host < s->hosts) {
		*from = s->text[host];
		*to = s->text[host] + s->room[host];
		return;
	}
	*from = s->life[0] + 1;
	*to = s->sides ? s->life[1] : s->width - 1;
}

static size_t flights_at(struct ladder_at at, struct ladder_flight *out)
{
	size_t n = 0;

	for (size_t i = 0; i < seen.passages; i++)
		if (ladder_before(seen.passage[i].leaves, at) &&
				ladder_before(at, seen.passage[i].arrives))
			out[n++] = seen.passage[i].flight;
	return n;
}

static void draw_inks(struct app *a, WINDOW *w, int y, const struct ink k[3],
	int from, bool selected, bool focused)
{
	int cells = ink_cells(&k[1]);
	attr_t over = selected ? A_BOLD : A_NORMAL;

	ink_draw(w, y, 0, from, &k[0], over);
	ink_draw(w, y, from, cells, &k[1], selected && focused ? A_REVERSE :
		over);
	ink_draw(w, y, from + cells, getmaxx(w), &k[2], over);
	if (selected)
		ink_put(w, y, 0, 1, THEME_FOCUS, theme_sign(SIGN_POINTER));
	else if (a->decided != SCENE_NONE && seen.line[y - 1].row == a->decided)
		ink_put(w, y, 0, 1, THEME_GOOD, theme_sign(SIGN_POINTER));
}

/* What a host does: bars tell who waits beside it. */
static void say(struct app *a, struct ladder_at at,
	const struct scene_row *row, int host, int width, struct ink *out)
{
	const struct scene_cell *c = &row->host[host];

	if (c->kind == SCENE_CALL || c->kind == SCENE_RESULT)
		stage_call_cell(a, at.row, c, host, width, out);
	else
		stage_cell(a, at.row, row, host, width, out);
}

static void draw_line(struct app *a, WINDOW *w, int y, struct ladder_at at,
	bool selected, bool focused)
{
	struct ink text[LADDER_HOSTS] = { 0 };
	struct ink label = { 0 }, note = { 0 }, out[3] = { 0 };
	struct ladder_flight flight[PASSAGES_MOST];
	const struct ladder_shape *s = &seen.shape;
	struct ladder_line l = { .flight = flight };
	struct ladder_arrow arrow;
	struct scene_row row;
	int i, from = 0, to = 0, x, room;

	scene_row(a->scene, at.row, a->position, &row);
	for (i = 0; i < s->hosts && i < scene_hosts(a->scene); i++) {
		l.bars[i] = bars_of(a, &row, at, i);
		if (!ladder_shows(a, &row, i, at.part))
			continue;
		say(a, at, &row, i, s->room[i] - (l.bars[i] > 1 ?
			l.bars[i] - 1 : 0), &text[i]);
		l.text[i] = &text[i];
	}
	if (ladder_shows(a, &row, STAGE_WIRE, at.part)) {
		ladder_note_place(s, &x, &room);
		if (row.wire.kind == SCENE_TOLD) {
			stage_cell(a, at.row, &row, STAGE_WIRE, room, &note);
			l.note = &note;
		} else if (ladder_arrow(a, s, &row.wire, &arrow, &label))
			l.arrow = &arrow;
	}
	times_of(a, at, &l);
	l.flights = flights_at(at, flight);
	if (selected)
		selected_columns(a, &from, &to);
	ladder_line(out, s, &l, from, to);
	draw_inks(a, w, y, out, from, selected, focused);
	for (i = 0; i < 3; i++)
		ink_done(&out[i]);
	for (i = 0; i < LADDER_HOSTS; i++)
		ink_done(&text[i]);
	ink_done(&label);
	ink_done(&note);
}

/* ---- all of them ---- */

/* That the others are left out. */
static void draw_only(WINDOW *w, int room)
{
	struct ink k = { 0 };

	ink_printf(&k, THEME_STRONG, "%s ", _("one connection"));
	ink_draw(w, 0, 2, room, &k, A_NORMAL);
	ink_done(&k);
}

/* "client ───────────────── server", each over its lifeline. */
static void draw_heading(struct app *a, WINDOW *w, bool focused)
{
	const struct ladder_shape *s = &seen.shape;
	int style = focused ? THEME_FOCUS : THEME_TITLE, i, edge = 0;

	ink_rule(w, 0, 1, getmaxx(w) - 2, THEME_DIM, SIGN_HORIZONTAL, false);
	if (s->when > 0)
		ink_put(w, 0, 1, s->when - 1, THEME_DIM, focused ? " " : "");
	for (i = 0; i < s->hosts; i++) {
		const char *name = stage_column_name(a, stage_column_of(i));
		int cells = text_cells(name, strlen(name));
		int x = s->life[i] - (s->sides ? cells / 2 : 0);

		if (x + cells > getmaxx(w) - 2)
			x = getmaxx(w) - 2 - cells;
		if (x <= edge)
			x = edge + 1;
		ink_put(w, 0, x - 1, 1, style, i == 0 && focused ?
			theme_sign(SIGN_POINTER) : " ");
		ink_put(w, 0, x, cells, style, name);
		ink_put(w, 0, x + cells, 1, THEME_PLAIN, " ");
		edge = x + cells + 1;
	}
	if (a->ladder.flow != SCENE_NONE)
		draw_only(w, s->life[0] - 4);
}

/* Below the newest line: the lifelines, who waits, what is in our hand. */
static void draw_rest(struct app *a, WINDOW *w, int y)
{
	struct ladder_flight flight[PASSAGES_MOST];
	struct ladder_at behind = { SCENE_NONE - 1, LADDER_AFTER };
	struct ladder_line l = { .since = -1, .flight = flight };
	struct ladder_shape s = seen.shape;
	struct ink out[3] = { 0 };
	int i;

	s.when = 0; /* nothing happens in these lines */
	for (i = 0; i < s.hosts && i < scene_hosts(a->scene); i++)
		l.bars[i] = (uint8_t)stage_waiting(a, i, NULL, 0);
	l.flights = flights_at(behind, flight);
	ladder_line(out, &s, &l, 0, 0);
	for (; y < getmaxy(w); y++)
		ink_draw(w, y, 0, getmaxx(w), &out[2], A_NORMAL);
	for (i = 0; i < 3; i++)
		ink_done(&out[i]);
}

static bool is_shown(const struct app *a, bool focused)
{
	struct picture p;
	bool same;

	memset(&p, 0, sizeof p); /* it is compared as bytes */
	p.position = a->position;
	p.now = scene_now(a->scene);
	p.row = a->at.row;
	p.column = a->at.column;
	p.flow = a->ladder.flow;
	p.top = a->ladder.top;
	p.part = a->ladder.top_part;
	p.decided = a->decided;
	p.focused = focused;
	p.kernel_view = a->kernel_view;
	same = shown.known && memcmp(&p, &shown.made_from, sizeof p) == 0;
	shown.made_from = p;
	shown.known = true;
	return same;
}

static void look(struct app *a, WINDOW *w)
{
	int max = getmaxy(w) - 1;

	ladder_shape(&seen.shape, getmaxx(w), scene_hosts(a->scene));
	a->ladder.parts = !seen.shape.sides;
	seen.lines = ladder_lines(a, seen.line, max < LINES_MOST ? max :
		LINES_MOST);
	seen.passages = seen.lines == 0 ? 0 : ladder_passages(a, seen.line[0],
		seen.line[seen.lines - 1], seen.passage, PASSAGES_MOST);
}

void ladder_draw(struct app *a, WINDOW *w, bool focused)
{
	struct ladder_at at = { 0 };
	bool any;
	int i;

	look(a, w);
	if (is_shown(a, focused))
		return;
	werase(w);
	draw_heading(a, w, focused);
	any = a->at.row != SCENE_NONE && ladder_selected(a, &at);
	for (i = 0; i < seen.lines; i++)
		draw_line(a, w, i + 1, seen.line[i], any &&
			same_line(at, seen.line[i]), focused);
	draw_rest(a, w, i + 1);
}

/* ---- the selection ---- */

/* Whether the column has something in that line. */
static bool stands(const struct app *a, struct ladder_at at, int column)
{
	struct scene_row row;

	scene_row(a->scene, at.row, a->position, &row);
	return column < scene_hosts(a->scene) &&
		ladder_shows(a, &row, column, at.part);
}

static void go_to(struct app *a, struct ladder_at at)
{
	int i = STAGE_WIRE;

	a->at.row = at.row;
	while (!stands(a, at, a->at.column) && i < scene_hosts(a->scene))
		a->at.column = i++;
	a->at.byte = a->at.field = 0;
	app_selected(a, &a->at.frame, &a->at.call);
}

static void move_by(struct app *a, int by)
{
	struct ladder_at at;

	if (!ladder_selected(a, &at))
		return;
	if (a->at.row != SCENE_NONE && by != 0)
		ladder_step(a, &at, by);
	go_to(a, at);
}

/* To the next column to that side in which the line has something. */
static void move_column(struct app *a, int by)
{
	int column = stage_column_of(a->at.column) + by;
	struct ladder_at at;

	if (!ladder_selected(a, &at))
		return;
	for (; column >= 0 && column < stage_columns(a); column += by)
		if (stands(a, at, stage_host_of(column))) {
			a->at.column = a->at.wanted = stage_host_of(column);
			break;
		}
	go_to(a, at);
}

static void to_first(struct app *a)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	struct ladder_at at;

	if (take == NULL || take->first_row >= scene_rows(a->scene,
			a->position))
		return;
	a->at.row = take->first_row;
	if (ladder_selected(a, &at))
		go_to(a, at);
}

bool ladder_key(struct app *a, int key)
{
	switch (key) {
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
		to_first(a);
		return true;
	case '\n':
	case '\r':
	case KEY_ENTER:
		if (a->at.row == SCENE_NONE)
			move_by(a, 0);
		else
			ladder_enter(a);
		return true;
	}
	return false;
}

bool ladder_mouse(struct app *a, int y, int x, mmask_t buttons)
{
	const struct ladder_shape *s = &seen.shape;

	if (buttons & (BUTTON4_PRESSED | BUTTON5_PRESSED)) {
		move_by(a, buttons & BUTTON4_PRESSED ? -1 : 1);
		return true;
	}
	if (y < 1 || y > seen.lines)
		return false;
	a->at.column = STAGE_WIRE;
	for (int i = 0; i < s->hosts; i++)
		if (x >= s->text[i] && x < s->text[i] + s->room[i] &&
				stands(a, seen.line[y - 1], i))
			a->at.column = i;
	go_to(a, seen.line[y - 1]);
	return true;
}

void ladder_only(struct app *a)
{
	uint32_t flow = stage_flow(a);

	a->ladder.top = SCENE_NONE;
	if (a->ladder.flow != SCENE_NONE) {
		a->ladder.flow = SCENE_NONE;
		app_say(a, false, _("All connections are shown."));
	} else if (!a->zoomed || a->focus != PANE_STAGE)
		app_say(a, false, _("In the ladder (z on the stage) this shows "
			"one connection only."));
	else if (flow == SCENE_NONE)
		app_say(a, false, _("Select a call or a frame of the "
			"connection first."));
	else
		a->ladder.flow = flow;
}
