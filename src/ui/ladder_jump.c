/* ladder_jump: from an arrow to its bytes, from a call to its frames, and
 * back. */
#include "ui/ladder.h"

#include "base/intl.h"
#include "scene/scene.h"
#include "ui/app.h"
#include "ui/stage.h"

/* Frames of a connection that are looked at for those of a call. */
#define FRAMES_LOOKED 4096

/* ---- the frames of a call ---- */

/* Whether a frame carries one of the bytes offset … offset+n-1 of its way. */
static bool carries(const struct scene_frame *f, uint64_t offset, uint64_t n)
{
	/* a frame knows the low half of its offset: as distances, mod 2^32 */
	uint32_t ahead = f->stream - (uint32_t)offset;

	return f->len > 0 && (ahead < n || (uint32_t)-ahead < f->len);
}

/* Of a call that moved bytes: the frame carries one of them. Of another: it was
 * seen during the call, or (close, shutdown) right behind it. */
static bool belongs(const struct scene_call *c, const struct scene_frame *f,
	bool moves)
{
	if (moves)
		return f->way == c->way && carries(f, c->stream, c->taken);
	return f->position > c->entered;
}

/* What a receive took came with a frame that had arrived: not with the first
 * copy, that was lost. */
static bool can_have_brought(const struct app *a, uint32_t frame,
	const struct scene_call *c)
{
	return !call_row_at(c->row)->receives ||
		(scene_frame_fate(a->scene, frame, a->position) ==
		FATE_PASSED && scene_frame_fated(a->scene, frame,
		a->position) < c->returned);
}

/* The first frame that belongs to a call; SCENE_NONE. */
static uint32_t frame_of_call(const struct app *a, uint32_t call)
{
	const struct scene_call *c = scene_call(a->scene, call);
	bool moves = c->taken > 0 && c->error == 0;
	size_t n, i;
	const uint32_t *frame;

	if (c->flow == SCENE_NONE)
		return SCENE_NONE;
	frame = scene_flow_frames(a->scene, c->flow, a->position, &n);
	i = n > FRAMES_LOOKED ? n - FRAMES_LOOKED : 0;
	for (; i < n; i++) {
		const struct scene_frame *f = scene_frame(a->scene, frame[i]);

		if (f->repeat_of == SCENE_NONE && belongs(c, f, moves) &&
				(!moves || can_have_brought(a, frame[i], c)))
			return frame[i];
	}
	return SCENE_NONE;
}

/* ---- jumping ---- */

static void remember(struct app *a)
{
	struct app_ladder *l = &a->ladder;
	int most = (int)(sizeof l->from / sizeof l->from[0]);

	if (l->froms == most) {
		for (int i = 1; i < most; i++)
			l->from[i - 1] = l->from[i];
		l->froms--;
	}
	l->from[l->froms++] = (struct app_place){ a->at.row, a->at.column,
		a->view, a->focus };
}

static void select_cell(struct app *a, uint32_t row, int column)
{
	a->at.row = row;
	a->at.column = a->at.wanted = column;
	a->at.byte = a->at.field = 0;
	app_selected(a, &a->at.frame, &a->at.call);
}

static void to_bytes(struct app *a)
{
	remember(a);
	a->view = VIEW_BYTES;
	a->focus = PANE_VIEW;
	app_say(a, false, _("These are its bytes; Esc goes back to the "
		"ladder."));
}

static void to_frames(struct app *a, uint32_t call)
{
	uint32_t frame = frame_of_call(a, call);

	if (frame == SCENE_NONE) {
		app_say(a, false, _("No frame is known that belongs to this "
			"call."));
		return;
	}
	remember(a);
	select_cell(a, scene_frame(a->scene, frame)->row, STAGE_WIRE);
	app_say(a, false, _("Frame %u belongs to it; Esc goes back to the "
		"call."), scene_frame(a->scene, frame)->number);
}

void ladder_enter(struct app *a)
{
	uint32_t frame, call;

	app_selected(a, &frame, &call);
	if (call != SCENE_NONE)
		to_frames(a, call);
	else if (frame != SCENE_NONE)
		to_bytes(a);
}

bool ladder_back(struct app *a)
{
	struct app_ladder *l = &a->ladder;
	const struct app_place *p;

	if (!a->zoomed || l->froms == 0)
		return false;
	p = &l->from[--l->froms];
	a->view = p->view;
	a->focus = p->focus;
	select_cell(a, p->row, p->column);
	return true;
}
