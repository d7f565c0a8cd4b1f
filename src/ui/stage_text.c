/*
 * stage_text: rows of the stage as plain text: to search, to copy, to read
 * whole.
 */
#include "ui/stage.h"

#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/intl.h"
#include "base/mem.h"
#include "call/line.h"
#include "lesson/transcript.h"
#include "ui/app.h"

/* A slice of a search takes so long. */
#define SLICE (8 * CLOCK_MS)

/* A row's events as lines of the transcript, the selected column's first. */
void stage_row_text(struct app *a, uint32_t index, struct buf *b)
{
	int hosts = scene_hosts(a->scene), i;
	struct scene_row row;

	scene_row(a->scene, index, a->position, &row);
	for (i = -1; i < hosts; i++) {
		const struct scene_cell *c = i < 0 ? &row.wire : &row.host[i];

		if (c->kind == SCENE_EMPTY)
			continue;
		if (b->len > 0)
			buf_char(b, '\n');
		transcript_event(b, a->scene, c->position, a->ascii);
	}
}

/* Whether a search that was begun is one of the lines that there are now. */
static bool is_begun(const struct app *a, const struct stage_span *s, int way)
{
	return a->seek.goes_on && a->seek.way == way &&
		a->seek.first == s->first && a->seek.line < s->lines;
}

bool stage_find(struct app *a, const char *text, int way)
{
	int64_t until = clock_mono() + SLICE;
	struct app_seek *k = &a->seek;
	struct stage_span s;
	struct buf b = { 0 };
	int64_t line;
	bool found = false;

	stage_span(a, &s);
	line = is_begun(a, &s, way) ? (int64_t)k->line :
		a->at.row == SCENE_NONE ? (way > 0 ? -1 : (int64_t)s.lines) :
		(int64_t)stage_line_of(&s, a->at.row);
	k->goes_on = false;
	while (!found && !k->goes_on) {
		line += way;
		if (line < 0 || line >= (int64_t)s.lines)
			break;
		buf_clear(&b);
		stage_row_text(a, stage_row_of(&s, (uint32_t)line), &b);
		found = strcasestr(buf_str(&b), text) != NULL;
		k->goes_on = !found && clock_mono() >= until;
	}
	if (found)
		stage_select(a, &s, (uint32_t)line);
	k->way = way;
	k->line = line < 0 ? 0 : (uint32_t)line;
	k->lines = s.lines;
	k->first = s.first;
	buf_done(&b);
	return found;
}

char *stage_copy(struct app *a)
{
	struct buf b = { 0 };
	char *text;

	if (a->at.row == SCENE_NONE)
		return NULL;
	stage_row_text(a, a->at.row, &b);
	text = mem_string(buf_str(&b));
	buf_done(&b);
	return text;
}

/* ---- all of a row ---- */

/* "  set 8192, kernel says 16384" */
static void unfold_given(struct app *a, uint32_t ref, const struct line *line,
	struct buf *b)
{
	struct buf asked = { 0 }, given = { 0 };

	if (line->row != NULL && stage_given(a, ref, line, &asked, &given))
		buf_printf(b, _("\n  set %s, kernel says %s"), buf_str(&asked),
			buf_str(&given));
	buf_done(&asked);
	buf_done(&given);
}

static void unfold_call(struct app *a, uint32_t ref, struct buf *b)
{
	const struct scene_call *c = scene_call(a->scene, ref);
	struct value result = { 0 };
	struct line line = { 0 };

	if (scene_call_line(a->scene, ref, &line))
		line_print(b, &line);
	if (c->returned < a->position &&
			scene_call_result(a->scene, ref, &result)) {
		int64_t ns = scene_call_time(a->scene, ref, true) -
			scene_call_time(a->scene, ref, false);

		buf_text(b, " -> ");
		value_print(b, &result);
		if (result.kind == VALUE_ERRNO)
			buf_printf(b, "\n  %s", errno_sentence(
				(int)result.number));
		unfold_given(a, ref, &line, b);
		buf_printf(b, _("\n  took %.3f s"), (double)ns / 1e9);
	} else if (c->waits < a->position)
		buf_printf(b, "  %s", _("waits"));
	if (line.row != NULL)
		buf_printf(b, "\n  %s  %s", _(line.row->help),
			line.row->manual);
	buf_char(b, '\n');
	value_done(&result);
	line_done(&line);
}

bool stage_unfold(struct app *a)
{
	int hosts = scene_hosts(a->scene), i;
	struct scene_row row;

	if (a->at.row == SCENE_NONE)
		return false;
	buf_clear(&a->layer_text);
	buf_printf(&a->layer_text, "%s\n", _("The selected row"));
	scene_row(a->scene, a->at.row, a->position, &row);
	for (i = -1; i < hosts; i++) {
		const struct scene_cell *c = i < 0 ? &row.wire : &row.host[i];

		if (c->kind == SCENE_EMPTY)
			continue;
		if (c->kind == SCENE_CALL || c->kind == SCENE_RESULT) {
			unfold_call(a, c->ref, &a->layer_text);
			continue;
		}
		transcript_event(&a->layer_text, a->scene, c->position,
			a->ascii);
		buf_char(&a->layer_text, '\n');
	}
	return true;
}
