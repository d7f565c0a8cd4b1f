/* stage: the timeline of hosts and wire, as a pane: the selection, keys, the
 * mouse. See stage.h. */
#include "ui/stage.h"

#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "ui/app.h"
#include "ui/ladder.h"
#include "ui/layout.h"
#include "ui/pane.h"

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
	.draw = stage_draw,
	.key = key,
	.mouse = mouse,
	.find = stage_find,
	.copy = stage_copy,
};
