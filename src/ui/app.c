/* app: see app.h. */
#include "ui/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "call/line.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "lesson/typed.h"
#include "ui/stage.h"

void app_forget_rows(struct app *a)
{
	a->position = 0;
	a->replay = false;
	a->at = (struct selection){ .row = SCENE_NONE, .column = STAGE_WIRE,
		.frame = SCENE_NONE, .call = SCENE_NONE,
		.socket = SCENE_NONE };
	a->firsts.take = SCENE_NONE;
	a->decided = a->deciding.row = SCENE_NONE;
	a->deciding.block = -1;
	a->ladder.top = a->ladder.flow = SCENE_NONE;
	a->ladder.froms = 0;
	exercise_rebuilt(&a->exercise);
}

void app_init(struct app *a)
{
	memset(a, 0, sizeof *a);
	app_forget_rows(a);
	a->strip_top = -1;
	a->strip_page = a->strip_block = SIZE_MAX;
	snprintf(a->side, sizeof a->side, "client");
	a->dirty = true;
}

void app_done(struct app *a)
{
	buf_done(&a->message);
	buf_done(&a->layer_text);
	finish_done(&a->finish);
	exercise_done(&a->exercise);
	glossary_done(a);
	class_done(&a->class);
}

const struct page *app_page(const struct app *a)
{
	const struct lesson *l = a->player != NULL ? player_lesson(a->player) :
		NULL;

	return l != NULL ? &l->page[player_at_page(a->player)] : NULL;
}

void app_say(struct app *a, bool trouble, const char *fmt, ...)
{
	char out[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(out, sizeof out, fmt, ap);
	va_end(ap);
	buf_clear(&a->message);
	buf_text(&a->message, out);
	a->message_is_trouble = trouble;
	a->dirty = true;
}

void app_go(struct app *a, uint32_t position)
{
	uint32_t now = scene_now(a->scene);

	a->replay = position < now;
	a->position = a->replay ? position : now;
	a->at.row = SCENE_NONE;
	a->dirty = true;
}

bool app_feed(struct app *a, int64_t budget)
{
	uint32_t before = scene_now(a->scene);
	bool more = scene_feed(a->scene, budget);

	if (scene_now(a->scene) != before) {
		a->dirty = true;
		if (!a->replay)
			a->position = scene_now(a->scene);
	}
	return more;
}

bool app_act(struct app *a, const char *text)
{
	bool done = false;
	struct diag d = { 0 };
	struct buf b = { 0 };
	char *offer = NULL;
	struct line l;

	if (a->player == NULL) {
		app_say(a, true, _("This is a recording: look around, but "
			"nothing can be done in it."));
		return false;
	}
	if (typed_parse(&l, &b, NULL, text, strlen(text), a->side, &d,
			&offer) != 0) {
		if (offer != NULL)
			app_say(a, true, _("%s Here that is: %s"), d.msg,
				offer);
		else
			app_say(a, true, "%s", d.msg);
	} else if (l.kind != LINE_EMPTY) {
		app_go(a, SCENE_NEVER);
		buf_clear(&a->message);
		exercise_acted(&a->exercise);
		a->acted = player_act(a->player, buf_str(&b));
		done = a->acted != 0;
		if (!done)
			app_say(a, true, player_ended(a->player) ?
				_("The lab has ended; r starts it again.") :
				_("The page is being set up; wait a moment."));
	}
	free(offer);
	line_done(&l);
	buf_done(&b);
	return done;
}

/* ---- what the selection means ---- */

uint32_t app_calls(const struct app *a)
{
	uint32_t low = 0, high = (uint32_t)scene_calls(a->scene);

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (scene_call(a->scene, mid)->entered < a->position)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The newest frame of the take, else its newest call. */
static void newest(const struct app *a, uint32_t *frame, uint32_t *call)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	uint32_t low = take != NULL ? take->first_frame : 0;
	uint32_t first = low, high = (uint32_t)scene_frames(a->scene);

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (scene_frame(a->scene, mid)->position < a->position)
			low = mid + 1;
		else
			high = mid;
	}
	if (low > first) {
		*frame = low - 1;
		return;
	}
	first = take != NULL ? take->first_call : 0;
	low = app_calls(a);
	if (low > first)
		*call = low - 1;
}

static bool cell_means(const struct scene_cell *c, uint32_t *frame,
	uint32_t *call)
{
	switch (c->kind) {
	case SCENE_CALL:
	case SCENE_RESULT:
		*call = c->ref;
		return true;
	case SCENE_FRAME:
	case SCENE_FATE:
		*frame = c->ref;
		return true;
	case SCENE_EMPTY:
	case SCENE_TOLD:
		return false;
	}
	return false;
}

void app_selected(const struct app *a, uint32_t *frame, uint32_t *call)
{
	struct scene_row row;
	int hosts = scene_hosts(a->scene), i;

	*frame = *call = SCENE_NONE;
	if (a->at.row == SCENE_NONE ||
			a->at.row >= scene_rows(a->scene, a->position)) {
		newest(a, frame, call);
		return;
	}
	scene_row(a->scene, a->at.row, a->position, &row);
	if (a->at.column >= 0 && a->at.column < hosts &&
			cell_means(&row.host[a->at.column], frame, call))
		return;
	if (cell_means(&row.wire, frame, call))
		return;
	for (i = 0; i < hosts; i++)
		if (cell_means(&row.host[i], frame, call))
			return;
}

uint32_t app_held(const struct app *a)
{
	uint32_t frame, call;

	if (a->at.row == SCENE_NONE)
		return SCENE_NONE;
	app_selected(a, &frame, &call);
	return frame != SCENE_NONE && scene_frame_fate(a->scene, frame,
		scene_now(a->scene)) == FATE_HELD ? frame : SCENE_NONE;
}
