/*
 * stage_row: what a row of the scene says in each column of the stage.
 */
#include "ui/stage.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "call/line.h"
#include "ui/app.h"
#include "ui/cell.h"
#include "ui/ink.h"

static bool call_cell(struct app *a, uint32_t index,
	const struct scene_cell *at, int host, int width, bool packed,
	struct ink *out)
{
	const struct scene_call *c = scene_call(a->scene, at->ref);
	struct cell_call cell = { .ascii = a->ascii };
	struct stage_bytes owner = { .a = a, .flow = c->flow, .way = c->way,
		.from = c->stream };
	const char *lane = scene_actor(a->scene, c->actor)->lane;
	const struct stage_call *parsed = stage_call(a, at->ref);
	struct buf asked = { 0 }, given = { 0 };
	char letter[8];
	bool whole;

	if (parsed == NULL)
		return true;
	cell.line = &parsed->line;
	cell.lane = strcmp(lane, scene_host(a->scene, host)) ? lane : NULL;
	cell.only_result = at->kind == SCENE_RESULT;
	cell.packed = packed;
	if (c->send != SCENE_NONE && !a->kernel_view) {
		uint16_t l = scene_send(a->scene, c->send)->letter;

		scene_letter(letter, l);
		cell.letter = letter;
		cell.letter_style = ink_letter(l);
	}
	cell.waits = c->waits < a->position;
	if (c->returned < a->position && c->row_returned == index &&
			parsed->returned)
		cell.result = &parsed->result;
	if (parsed->line.row->receives)
		cell.owner = (struct cell_owner){ stage_byte_style, &owner };
	if (stage_given(a, at->ref, &parsed->line, &asked, &given)) {
		cell.asked = buf_str(&asked);
		cell.given = buf_str(&given);
	}
	whole = cell_call(out, &cell, width);
	buf_done(&asked);
	buf_done(&given);
	return whole;
}

bool stage_call_cell(struct app *a, uint32_t index, const struct scene_cell *at,
	int host, int width, struct ink *out)
{
	return call_cell(a, index, at, host, width, false, out);
}

/* "ended 9" as a sentence, or the line as it is. */
static void told_words(struct buf *b, const struct line *l)
{
	int n;

	if (l->kind != LINE_VERB) {
		line_print(b, l);
		return;
	}
	if (strcmp(l->verb, "ended") == 0 && l->rest != NULL) {
		if (sscanf(l->rest, "exit %d", &n) == 1)
			buf_printf(b, _("%s left (exit %d)"), l->lane, n);
		else
			buf_printf(b, _("%s killed by signal %s"), l->lane,
				l->rest);
		return;
	}
	if (strcmp(l->verb, "note") == 0 && l->rest != NULL) {
		size_t n_rest = strlen(l->rest), at;
		const char *why;

		if (n_rest >= 2 && l->rest[0] == '"' && text_unescape(b,
				l->rest + 1, n_rest - 2, false, &at, &why) == 0)
			return;
		buf_clear(b);
	}
	if (strcmp(l->lane, "lab") != 0)
		buf_printf(b, "%s ", l->lane);
	buf_text(b, l->verb);
	if (l->rest != NULL && l->rest[0] != '\0')
		buf_printf(b, " %s", l->rest);
}

static void told_cell(struct app *a, uint32_t ref, int width, struct ink *out)
{
	struct line line = { 0 };
	struct buf b = { 0 };
	struct event e;

	if (!scene_event(a->scene, ref, &e) || e.kind != EVENT_LINE)
		return;
	if (line_parse(&line, (const char *)e.data, e.len, NULL, NULL, NULL)
			== 0 && line.kind == LINE_WIRE)
		wire_order_print(&b, &line.wire);
	else if (line.kind != LINE_EMPTY)
		told_words(&b, &line);
	else
		buf_add(&b, e.data, e.len);
	ink_printf(out, THEME_DIM, "%s ", theme_sign(SIGN_DOT));
	ink_add(out, THEME_CODE, buf_str(&b), b.len);
	ink_cut(out, width);
	line_done(&line);
	buf_done(&b);
}

/* A ┆ for each lane but one of the host that waits in this row: what is said
 * beside them is about that one. Returns the cells they took. */
static int others(const struct app *a, uint32_t index, int host,
	uint32_t call, struct ink *out)
{
	uint32_t actor[STAGE_LANES];
	size_t n = scene_row_waiting(a->scene, index, host, a->position, actor,
		STAGE_LANES), i;
	uint16_t own = scene_call(a->scene, call)->actor;
	int cells = 0;

	for (i = 0; i < n && i < STAGE_LANES; i++)
		if (actor[i] != own) {
			ink_printf(out, THEME_WAITS, "%s ",
				theme_sign(SIGN_WAITS));
			cells += 2;
		}
	return cells;
}

static void waiting_cell(const struct app *a, uint32_t index, int host,
	int width, struct ink *out)
{
	uint32_t actor[STAGE_LANES];
	size_t n;

	if (host == STAGE_WIRE)
		return;
	n = scene_row_waiting(a->scene, index, host, a->position, actor,
		STAGE_LANES);
	stage_lanes(a, host, actor, n < STAGE_LANES ? n : STAGE_LANES, width,
		out);
}

static bool write_cell(struct app *a, uint32_t index,
	const struct scene_row *row, int host, int width, bool packed,
	struct ink *out)
{
	const struct scene_cell *c = host == STAGE_WIRE ? &row->wire :
		&row->host[host];

	switch (c->kind) {
	case SCENE_EMPTY:
		waiting_cell(a, index, host, width, out);
		return true;
	case SCENE_CALL:
	case SCENE_RESULT:
		width -= others(a, index, host, c->ref, out);
		return call_cell(a, index, c, host, width, packed, out);
	case SCENE_FRAME:
		stage_frame(a, c->ref, true, width, out);
		return true;
	case SCENE_FATE:
		stage_frame(a, c->ref, false, width, out);
		return true;
	case SCENE_TOLD:
		told_cell(a, c->ref, width, out);
		return true;
	}
	return true;
}

bool stage_cell(struct app *a, uint32_t index, const struct scene_row *row,
	int host, int width, struct ink *out)
{
	return write_cell(a, index, row, host, width, false, out);
}

void stage_cell_over(struct app *a, uint32_t index, const struct scene_row *row,
	int host, int width, struct ink *out)
{
	write_cell(a, index, row, host, width, true, out);
}

size_t stage_waiting(const struct app *a, int host, uint32_t *out, size_t max)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	size_t n = 0, i = take != NULL ? take->first_actor : 0;

	for (; i < scene_actors(a->scene); i++) {
		const struct scene_actor *x = scene_actor(a->scene, i);
		uint32_t ref;

		if (x->started >= a->position)
			break; /* and so were those behind it */
		if (x->host != host || x->ended < a->position)
			continue;
		ref = scene_pending(a->scene, i, a->position);
		if (ref == SCENE_NONE ||
				scene_call(a->scene, ref)->waits >= a->position)
			continue;
		if (n < max)
			out[n] = (uint32_t)i;
		n++;
	}
	return n;
}

/* "┆ ┆ server/2"; short: "┆ ┆/2". */
static void write_lanes(const struct app *a, int host, const uint32_t *actor,
	size_t n, bool whole, struct ink *out)
{
	const char *own = scene_host(a->scene, host);

	for (size_t i = 0; i < n; i++) {
		const char *lane = scene_actor(a->scene, actor[i])->lane;
		size_t common = strlen(own);

		if (i > 0)
			ink_text(out, THEME_PLAIN, " ");
		ink_text(out, THEME_WAITS, theme_sign(SIGN_WAITS));
		if (strcmp(lane, own) == 0)
			continue;
		if (whole)
			ink_printf(out, THEME_DIM, " %s", lane);
		else
			ink_text(out, THEME_DIM, strncmp(lane, own, common) ==
				0 ? lane + common : lane);
	}
}

void stage_lanes(const struct app *a, int host, const uint32_t *actor, size_t n,
	int width, struct ink *out)
{
	struct ink k = { 0 };

	write_lanes(a, host, actor, n, true, &k);
	if (ink_cells(&k) > width) {
		ink_clear(&k);
		write_lanes(a, host, actor, n, false, &k);
		ink_cut(&k, width);
	}
	ink_append(out, &k);
	ink_done(&k);
}
