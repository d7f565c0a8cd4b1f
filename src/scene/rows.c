/*
 * rows: where each event is drawn.
 *
 * Only the last row is ever joined, so the cells of a row lie side by side, in
 * the order in which they came to be.
 */
#include "scene/inside.h"

static const struct cell *cell_at(const struct scene *s, uint32_t i)
{
	return table_at(&s->cells, i);
}

static const struct fated *fated_of(const struct scene *s, const struct cell *c)
{
	return table_at(&s->fates, c->ref);
}

static uint32_t position_of(const struct scene *s, const struct cell *c)
{
	switch ((enum scene_cell_kind)c->kind) {
	case SCENE_EMPTY:
		break;
	case SCENE_CALL:
		return scene_call(s, c->ref)->entered;
	case SCENE_RESULT:
		return scene_call(s, c->ref)->returned;
	case SCENE_FRAME:
		return scene_frame(s, c->ref)->position;
	case SCENE_FATE:
		return fated_of(s, c)->position;
	case SCENE_TOLD:
		return c->ref;
	}
	return SCENE_NEVER;
}

/* ---- joining ---- */

/* The last thing that happened, in this take. */
static const struct cell *last_cell(const struct scene *s)
{
	const struct scene_take *t = marks_take(s);
	const struct cell *c = s->cells.n ?
		cell_at(s, s->cells.n - 1) : NULL;

	return c && t && s->rows.n == t->first_row ? NULL : c;
}

/* Returns the row of the cell. */
static uint32_t put_cell(struct scene *s, bool joins, int column,
	enum scene_cell_kind kind, uint32_t ref)
{
	struct cell *c;

	if (!joins)
		((struct row *)table_add(&s->rows))->first = s->cells.n;
	c = table_add(&s->cells);
	*c = (struct cell){ref, (uint8_t)kind, (uint8_t)column};
	return s->rows.n - 1;
}

static bool is_free(const struct scene *s, int column)
{
	const struct row *last = table_at(&s->rows, s->rows.n - 1);

	for (uint32_t i = last->first; i < s->cells.n; i++)
		if (cell_at(s, i)->column == column)
			return false;
	return true;
}

void rows_call(struct scene *s, uint32_t call)
{
	struct scene_call *c = table_at(&s->calls, call);

	c->row_entered = put_cell(s, false, scene_actor(s, c->actor)->host,
		SCENE_CALL, call);
}

/* Whether the last thing was a frame that went to a host. */
static bool just_went_to(const struct scene *s, int host)
{
	const struct cell *last = last_cell(s);
	const struct scene_frame *f = NULL;

	if (last && last->kind == SCENE_FRAME) {
		f = scene_frame(s, last->ref);
		if (f->first_fate != FATE_PASSED)
			f = NULL;
	} else if (last && last->kind == SCENE_FATE) {
		if (fated_of(s, last)->fate == FATE_PASSED)
			f = scene_frame(s, fated_of(s, last)->frame);
	}
	return f && f->target == host;
}

void rows_result(struct scene *s, uint32_t call)
{
	struct scene_call *c = table_at(&s->calls, call);
	int host = scene_actor(s, c->actor)->host;
	bool joins = c->row_entered == s->rows.n - 1 ||
		(just_went_to(s, host) && is_free(s, host));

	c->row_returned = put_cell(s, joins, host, SCENE_RESULT, call);
}

void rows_frame(struct scene *s, uint32_t frame)
{
	struct scene_frame *f = table_at(&s->frames, frame);
	const struct cell *last = last_cell(s);
	bool joins = last && last->kind == SCENE_CALL &&
		last->column == f->host;

	f->row = put_cell(s, joins, WIRE_COLUMN, SCENE_FRAME, frame);
}

void rows_fate(struct scene *s, uint32_t fate)
{
	put_cell(s, false, WIRE_COLUMN, SCENE_FATE, fate);
}

void rows_told(struct scene *s, uint32_t position, int host)
{
	put_cell(s, false, host < 0 ? WIRE_COLUMN : host, SCENE_TOLD,
		position);
}

/* ---- queries ---- */

static uint32_t begin_of_row(const void *member, const void *arg)
{
	const struct row *row = member;
	const struct scene *s = arg;

	return position_of(s, cell_at(s, row->first));
}

uint32_t scene_rows(const struct scene *s, uint32_t position)
{
	return table_below(&s->rows, begin_of_row, s, position);
}

static void put_out(const struct scene *s, const struct cell *c,
	struct scene_row *out)
{
	struct scene_cell *to = c->column == WIRE_COLUMN ?
		&out->wire : out->host + c->column;

	/* The result of a call in its own row is told by the call. */
	if (c->kind == SCENE_RESULT && to->kind == SCENE_CALL)
		return;
	to->kind = c->kind;
	to->ref = c->kind == SCENE_FATE ? fated_of(s, c)->frame : c->ref;
	to->position = position_of(s, c);
}

void scene_row(const struct scene *s, uint32_t i, uint32_t position,
	struct scene_row *out)
{
	const struct row *row = table_at(&s->rows, i);
	uint32_t end = i + 1 < s->rows.n ?
		((struct row *)table_at(&s->rows, i + 1))->first : s->cells.n;
	const struct mark *m;

	*out = (struct scene_row){.begin = begin_of_row(row, s)};
	for (uint32_t k = row->first; k < end; k++) {
		const struct cell *c = cell_at(s, k);

		if (position_of(s, c) < position)
			put_out(s, c, out);
	}
	m = marks_at(s, out->begin);
	if (!m)
		return;
	if (m->page != SCENE_NONE)
		out->page = (uint32_t)((struct scene_page *)table_at(
			&s->pages, m->page))->page;
	out->step = m->step;
	out->setup = m->setup;
}

/* Whether an actor is drawn as waiting in a row that begins at begin. */
static bool actor_waits(const struct scene *s, uint32_t actor, uint32_t row,
	uint32_t begin, uint32_t position)
{
	const struct scene_actor *a = scene_actor(s, actor);
	uint32_t call = calls_last(s, actor, begin);
	const struct scene_call *c;

	if (call == SCENE_NONE || a->ended < begin)
		return false;
	c = scene_call(s, call);
	return c->waits < position &&
		(c->row_returned == SCENE_NONE || c->row_returned >= row);
}

size_t scene_row_waiting(const struct scene *s, uint32_t i, int host,
	uint32_t position, uint32_t *out, size_t max)
{
	uint32_t begin = begin_of_row(table_at(&s->rows, i), s), end;
	const struct scene_take *t = scene_take(s, begin), *next;
	size_t n = 0;

	if (begin >= position)
		return 0;
	next = t ? scene_take_after(s, t) : NULL;
	end = next ? next->first_actor : s->actors.n;
	for (uint32_t k = t ? t->first_actor : 0; k < end; k++) {
		if (scene_actor(s, k)->host != host ||
			!actor_waits(s, k, i, begin, position))
			continue;
		if (n < max)
			out[n] = k;
		n++;
	}
	return n;
}

/* ---- stepping ---- */

static uint32_t position_of_cell(const void *member, const void *arg)
{
	return position_of(arg, member);
}

uint32_t scene_before(const struct scene *s, uint32_t position)
{
	uint32_t cells = table_below(&s->cells, position_of_cell, s, position);
	size_t turns = list_below(&s->turns, position);
	uint32_t cell, turn;

	if (!cells && !turns)
		return position;
	cell = cells ? position_of(s, cell_at(s, cells - 1)) : 0;
	turn = turns ? s->turns.at[turns - 1] : 0;
	return cell > turn ? cell : turn;
}

/* The first visible event at or behind a position, or now. */
static uint32_t first_seen(const struct scene *s, uint32_t position)
{
	uint32_t cells = table_below(&s->cells, position_of_cell, s, position);
	size_t turns = list_below(&s->turns, position);
	uint32_t cell = cells < s->cells.n ?
		position_of(s, cell_at(s, cells)) : s->now;
	uint32_t turn = turns < s->turns.n ? s->turns.at[turns] : s->now;

	return cell < turn ? cell : turn;
}

uint32_t scene_after(const struct scene *s, uint32_t position)
{
	uint32_t seen = first_seen(s, position);

	return seen == s->now ? seen : first_seen(s, seen + 1);
}
