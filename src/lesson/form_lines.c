/*
 * form_lines: whether the lines of a lesson's fences are seen whole somewhere
 * on a screen of 80x24 (lesson/form.h).
 *
 * A column of the stage is narrow. What a call was is cut there, for the footer
 * has named it whole before Space ran it; bytes are cut and counted. Anything
 * else that came of a call is told nowhere but on the stage, unless it decides
 * a prediction: then it stands in the lesson, too.
 */
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "lesson/form.h"
#include "lesson/lesson.h"
#include "lesson/typed.h"

static void check_step(struct buf *b, const struct lesson *l,
	const struct step *s)
{
	struct buf line = {0};
	int cells;

	typed_without_expect(&line, s->text);
	cells = text_cells(buf_str(&line), line.len);
	buf_done(&line);
	if (cells > LESSON_STEP_COLUMNS)
		form_complain(b, l, s->source_line, _("this line is %d cells "
			"wide without its result; %d are there, where Space "
			"names it: say it with shorter names or bytes"), cells,
			LESSON_STEP_COLUMNS);
}

/* ---- results ---- */

static bool decides(const struct page *p, size_t block, size_t step)
{
	for (size_t i = 0; i < p->blocks; i++) {
		const struct block *k = &p->block[i];

		if (k->kind == BLOCK_PREDICTION && !k->poll &&
				k->decider_block == block &&
				k->decider_step == step)
			return true;
	}
	return false;
}

/* The stage says of server/2 no more than "/2 " where it has little room. */
static int lane_cells(const struct line *l)
{
	struct buf lane = {0};
	char host[LINE_LANE];
	int cells;

	line_host_of_lane(host, l->lane);
	buf_text(&lane, l->lane + strlen(host));
	if (l->thread)
		buf_printf(&lane, "/%d", l->thread);
	cells = lane.len ? (int)lane.len + 1 : 0;
	buf_done(&lane);
	return cells;
}

/* Cells that a result takes where it is short of room: of a number with its
 * name, 111 (ECONNREFUSED), the number. */
static int result_cells(const struct value *v)
{
	struct buf b = {0};
	const char *name;
	int cells;

	value_print(&b, v);
	name = v->kind == VALUE_CONSTANT ? strstr(buf_str(&b), " (") : NULL;
	cells = text_cells(buf_str(&b), name ? (size_t)(name - buf_str(&b))
		: b.len);
	buf_done(&b);
	return cells;
}

static void check_result(struct buf *b, const struct lesson *l,
	const struct step *s)
{
	const struct line *line = &s->line;
	int room = LESSON_RESULT_COLUMNS - lane_cells(line);

	if ((line->kind != LINE_CALL && line->kind != LINE_RETURNS) ||
			line->expect.kind != EXPECT_ANY_OF)
		return;
	for (int i = 0; i < line->expect.nalt; i++) {
		const struct value *v = &line->expect.alt[i];
		int cells = v->kind == VALUE_BYTES ? 0 : result_cells(v);

		if (cells > room)
			form_complain_at(b, l, s->source_line,
				line->expect.column, _("this result is %d "
				"cells wide; %d are there, in the stage's "
				"column: let it decide a prediction, which "
				"shows it whole, or ask for less"), cells,
				room);
	}
}

/* ---- pages ---- */

static void check_block(struct buf *b, const struct lesson *l,
	const struct page *p, size_t block)
{
	const struct block *k = &p->block[block];

	for (size_t i = 0; i < k->steps; i++) {
		if (k->kind == BLOCK_STEPS || k->kind == BLOCK_SOLUTION)
			check_step(b, l, &k->step[i]);
		if ((k->kind == BLOCK_STEPS || k->kind == BLOCK_CHECK) &&
				!decides(p, block, i))
			check_result(b, l, &k->step[i]);
	}
}

void form_lines(struct buf *b, const struct lesson *l)
{
	for (size_t i = 0; i < l->pages; i++)
		for (size_t k = 0; k < l->page[i].blocks; k++)
			check_block(b, l, &l->page[i], k);
}
