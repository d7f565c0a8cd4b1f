/* ladder_lines: which lines the ladder has, one after the other. */
#include "ui/ladder.h"

#include "scene/scene.h"
#include "ui/app.h"
#include "ui/stage.h"

/* Rows that are looked at one by one for the next of a connection; beyond them
 * its next call or frame is asked for. */
#define ROWS_LOOKED 64

/* Calls and frames, from the newest before a row on, whose result or passing
 * may stand behind it. */
#define LATE_LOOKED 8

/* What lines depend on, but the row. */
struct extent {
	uint32_t first, end; /* rows of the take */
	bool parts;          /* a row may have several lines */
};

static struct extent extent_of(const struct app *a)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	struct extent e = { .end = scene_rows(a->scene, a->position) };

	e.first = take != NULL ? take->first_row : 0;
	if (e.first > e.end)
		e.first = e.end;
	e.parts = a->ladder.parts;
	return e;
}

bool ladder_before(struct ladder_at a, struct ladder_at b)
{
	return a.row != b.row ? a.row < b.row : a.part < b.part;
}

static uint32_t flow_of(const struct app *a, const struct scene_cell *c)
{
	switch (c->kind) {
	case SCENE_CALL:
	case SCENE_RESULT:
		return scene_call(a->scene, c->ref)->flow;
	case SCENE_FRAME:
	case SCENE_FATE:
		return scene_frame(a->scene, c->ref)->flow;
	case SCENE_EMPTY:
	case SCENE_TOLD:
		return SCENE_NONE;
	}
	return SCENE_NONE;
}

bool ladder_shows(const struct app *a, const struct scene_row *row, int host,
	enum ladder_part part)
{
	const struct scene_cell *c = host == STAGE_WIRE ? &row->wire :
		&row->host[host];
	bool later = row->wire.kind != SCENE_EMPTY &&
		c->position > row->wire.position;

	if (c->kind == SCENE_EMPTY || (a->ladder.flow != SCENE_NONE &&
			flow_of(a, c) != a->ladder.flow))
		return false;
	switch (part) {
	case LADDER_ALL:
		return true;
	case LADDER_BEFORE:
		return host != STAGE_WIRE && !later;
	case LADDER_WIRE:
		return host == STAGE_WIRE;
	case LADDER_AFTER:
		return host != STAGE_WIRE && later;
	}
	return false;
}

static bool has_line(const struct app *a, const struct scene_row *row,
	enum ladder_part part)
{
	for (int i = STAGE_WIRE; i < scene_hosts(a->scene); i++)
		if (ladder_shows(a, row, i, part))
			return true;
	return false;
}

/* The nearest line of a row from a part on. */
static bool line_in_row(const struct app *a, const struct extent *e,
	uint32_t row, int part, int way, struct ladder_at *at)
{
	int low = e->parts ? LADDER_BEFORE : LADDER_ALL;
	int high = e->parts ? LADDER_AFTER : LADDER_ALL;
	struct scene_row r;

	scene_row(a->scene, row, a->position, &r);
	for (; part >= low && part <= high; part += way)
		if (has_line(a, &r, (enum ladder_part)part)) {
			*at = (struct ladder_at){ row, (enum ladder_part)part };
			return true;
		}
	return false;
}

/* Of n members in the order of their positions, how many came before one. */
static size_t below(const struct app *a, const uint32_t *member, size_t n,
	bool calls, uint32_t position)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		uint32_t at = calls ?
			scene_call(a->scene, member[mid])->entered :
			scene_frame(a->scene, member[mid])->position;

		if (at < position)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static uint32_t begin_of(const struct app *a, uint32_t row)
{
	struct scene_row r;

	if (row >= scene_rows(a->scene, a->position))
		return a->position;
	scene_row(a->scene, row, a->position, &r);
	return r.begin;
}

/* The row of a call or frame; SCENE_NONE: a repeat, which has none. */
static uint32_t row_of_member(const struct app *a, uint32_t member, bool calls)
{
	const struct scene_frame *f;

	if (calls)
		return scene_call(a->scene, member)->row_entered;
	f = scene_frame(a->scene, member);
	return f->repeat_of == SCENE_NONE ? f->row : SCENE_NONE;
}

/* The row in which a call returned or a frame went on; SCENE_NONE. */
static uint32_t late_row(const struct app *a, uint32_t member, bool calls)
{
	const struct scene_frame *f;

	if (calls)
		return scene_call(a->scene, member)->returned < a->position ?
			scene_call(a->scene, member)->row_returned : SCENE_NONE;
	f = scene_frame(a->scene, member);
	return f->repeat_of == SCENE_NONE && f->fated < a->position &&
		f->fated > f->position ? ladder_row_of(a, f->fated) :
		SCENE_NONE;
}

/* The nearer of two rows, on that side of `row` or in it. */
static uint32_t nearer(uint32_t best, uint32_t at, uint32_t row, int way)
{
	if (at == SCENE_NONE || (way > 0 ? at < row : at > row))
		return best;
	return best == SCENE_NONE || (way > 0 ? at < best : at > best) ? at :
		best;
}

/* The next row, from `row` on, in which a call or a frame of the connection
 * stands; SCENE_NONE: there is none. */
static uint32_t row_of_flow(const struct app *a, uint32_t row, int way)
{
	uint32_t bound = begin_of(a, way > 0 ? row : row + 1);
	uint32_t best = SCENE_NONE;

	for (int calls = 0; calls < 2; calls++) {
		size_t n, i;
		const uint32_t *member = calls ?
			scene_flow_calls(a->scene, a->ladder.flow, a->position,
				&n) :
			scene_flow_frames(a->scene, a->ladder.flow,
				a->position, &n);
		uint32_t at = SCENE_NONE;
		size_t late;

		i = below(a, member, n, calls, bound);
		for (late = 0; late < LATE_LOOKED && late < i; late++)
			best = nearer(best, late_row(a, member[i - 1 - late],
				calls), row, way);
		while (at == SCENE_NONE && (way > 0 ? i < n : i > 0)) {
			at = row_of_member(a, member[way > 0 ? i : i - 1],
				calls);
			i += (size_t)way;
		}
		best = nearer(best, at, row, way);
	}
	return best;
}

bool ladder_step(const struct app *a, struct ladder_at *at, int way)
{
	struct extent e = extent_of(a);
	uint32_t row = at->row;
	int part, looked;

	if (e.parts && row < e.end && line_in_row(a, &e, row,
			(int)at->part + way, way, at))
		return true;
	part = !e.parts ? LADDER_ALL : way > 0 ? LADDER_BEFORE : LADDER_AFTER;
	for (looked = 0; ; looked++) {
		if (way > 0 ? row + 1 >= e.end : row <= e.first)
			return false;
		row = way > 0 ? row + 1 : row - 1;
		if (looked >= ROWS_LOOKED && a->ladder.flow != SCENE_NONE) {
			row = row_of_flow(a, row, way);
			if (row == SCENE_NONE || row < e.first || row >= e.end)
				return false;
		}
		if (line_in_row(a, &e, row, part, way, at))
			return true;
	}
}

bool ladder_newest(const struct app *a, struct ladder_at *at)
{
	struct extent e = extent_of(a);

	if (e.first >= e.end)
		return false;
	*at = (struct ladder_at){ e.end, LADDER_ALL };
	return ladder_step(a, at, -1);
}

bool ladder_selected(const struct app *a, struct ladder_at *at)
{
	struct extent e = extent_of(a);
	struct scene_row row;
	int part;

	if (a->at.row == SCENE_NONE || a->at.row < e.first ||
			a->at.row >= e.end)
		return ladder_newest(a, at);
	*at = (struct ladder_at){ a->at.row, LADDER_ALL };
	scene_row(a->scene, a->at.row, a->position, &row);
	for (part = LADDER_ALL; part <= LADDER_AFTER; part++) {
		if ((part == LADDER_ALL) == e.parts)
			continue;
		at->part = (enum ladder_part)part;
		if (ladder_shows(a, &row, a->at.column, at->part))
			return true;
	}
	return line_in_row(a, &e, a->at.row, e.parts ? LADDER_BEFORE :
		LADDER_ALL, 1, at) || ladder_step(a, at, 1) ||
		ladder_step(a, at, -1);
}

/* Go back from a line so far that max lines end with it. */
static struct ladder_at lines_before(const struct app *a, struct ladder_at at,
	int max)
{
	while (--max > 0 && ladder_step(a, &at, -1))
		;
	return at;
}

/* max lines from `from` on; returns how many there are. */
static int fill(const struct app *a, struct ladder_at from,
	struct ladder_at *out, int max)
{
	int n = 0;

	do
		out[n++] = from;
	while (n < max && ladder_step(a, &from, 1));
	return n;
}

/* Whether a line that was there is there still, or again. */
static bool is_line(const struct app *a, struct ladder_at at)
{
	struct extent e = extent_of(a);
	struct ladder_at same;

	return at.row >= e.first && at.row < e.end &&
		e.parts == (at.part != LADDER_ALL) && line_in_row(a, &e,
		at.row, (int)at.part, 1, &same) && same.part == at.part;
}

int ladder_lines(struct app *a, struct ladder_at *out, int max)
{
	struct ladder_at top = { a->ladder.top, (enum ladder_part)
		a->ladder.top_part };
	struct ladder_at must, newest, last;
	int n;

	if (max < 1 || !ladder_newest(a, &newest) || !ladder_selected(a, &must))
		return 0;
	last = lines_before(a, newest, max);
	if (a->at.row == SCENE_NONE || !is_line(a, top))
		top = a->at.row == SCENE_NONE ? last : must;
	if (ladder_before(last, top))
		top = last;
	if (ladder_before(must, top))
		top = must;
	n = fill(a, top, out, max);
	if (ladder_before(out[n - 1], must)) {
		top = lines_before(a, must, max);
		n = fill(a, top, out, max);
	}
	a->ladder.top = top.row;
	a->ladder.top_part = (int)top.part;
	return n;
}

uint32_t ladder_row_of(const struct app *a, uint32_t position)
{
	uint32_t rows = scene_rows(a->scene, position + 1);

	return rows > 0 ? rows - 1 : 0;
}
