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

int stage_happened(const struct app *a, uint32_t row, int wanted)
{
	struct scene_row r;

	scene_row(a->scene, row, a->position, &r);
	if (wanted != STAGE_WIRE && r.host[wanted].kind != SCENE_EMPTY)
		return wanted;
	if (wanted == STAGE_WIRE && r.wire.kind != SCENE_EMPTY)
		return wanted;
	for (int i = 0; i < scene_hosts(a->scene); i++)
		if (r.host[i].kind != SCENE_EMPTY)
			return i;
	return r.wire.kind != SCENE_EMPTY ? STAGE_WIRE : wanted;
}

/* The selected row's column in which something happened: that which was chosen
 * last, when it has anything there. */
static void find_column(struct app *a)
{
	struct stage_span s;

	stage_span(a, &s);
	if (a->at.row == SCENE_NONE ||
			stage_is_fold(&s, stage_line_of(&s, a->at.row)))
		return;
	a->at.column = stage_happened(a, a->at.row, a->at.wanted);
	app_selected(a, &a->at.frame, &a->at.call);
}

/* Whether nothing is in the row but a frame that was sent once more. */
static bool only_again(const struct app *a, uint32_t row)
{
	const struct scene_frame *f;
	struct scene_row r;

	scene_row(a->scene, row, a->position, &r);
	for (int i = 0; i < scene_hosts(a->scene); i++)
		if (r.host[i].kind != SCENE_EMPTY)
			return false;
	if (r.wire.kind != SCENE_FRAME)
		return r.wire.kind == SCENE_FATE;
	f = scene_frame(a->scene, r.wire.ref);
	return f->again != SCENE_NONE || f->repeat_of != SCENE_NONE;
}

#define LOOK_BACK 64 /* rows of repeats that are passed over */

/* The line to begin with where none is selected: where a goal is not met, as
 * long as that is told; else the newest, but a kernel's clock may have rung
 * behind what the learner did last. */
static uint32_t first_line(const struct app *a, const struct stage_span *s)
{
	uint32_t told = exercise_row(&a->exercise, a->player), row = s->end;

	if (told != SCENE_NONE && !a->replay)
		return stage_line_of(s, told);
	for (int i = 0; i < LOOK_BACK && row > s->body; i++)
		if (!only_again(a, --row))
			return stage_line_of(s, row);
	return s->lines;
}

static void move_by(struct app *a, int by)
{
	struct stage_span s;
	int64_t line;

	stage_span(a, &s);
	if (a->at.row == SCENE_NONE) {
		a->at.wanted = a->at.column;
		stage_select(a, &s, first_line(a, &s));
	} else {
		line = (int64_t)stage_line_of(&s, a->at.row) + by;
		stage_select(a, &s, line < 0 ? 0 : (uint32_t)line);
	}
	find_column(a);
}

static void move_column(struct app *a, int by)
{
	int column = stage_column_of(a->at.column) + by;

	if (a->at.row == SCENE_NONE)
		move_by(a, 0);
	if (column >= 0 && column < stage_columns(a))
		a->at.column = stage_host_of(column);
	a->at.wanted = a->at.column;
	app_selected(a, &a->at.frame, &a->at.call);
	a->at.byte = a->at.field = 0;
}

bool stage_unfolds(const struct app *a)
{
	struct stage_span s;

	stage_span(a, &s);
	if (s.body <= s.first + 1)
		return false;
	if (a->at.row == SCENE_NONE)
		return s.folded;
	return a->at.row < s.body && (s.folded || a->at.row == s.first);
}

static void enter(struct app *a)
{
	struct stage_span s;

	if (stage_unfolds(a)) {
		stage_span(a, &s);
		a->setup_unfolded = !a->setup_unfolded;
		stage_select(a, &s, 0);
		return;
	}
	if (a->at.row == SCENE_NONE) {
		move_by(a, 0);
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
			a->at.column = a->at.wanted = stage_host_of(i);
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
