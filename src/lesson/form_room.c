/*
 * form_room: whether a lesson fits the screen of 80x24 (lesson/form.h).
 *
 * What stands on an exercise's page changes: the task, a hint under its
 * heading, or what is missing. The goals stay below each of them, and with a
 * parsons fence its lines, behind an empty one.
 */
#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "lesson/form.h"
#include "lesson/lesson.h"
#include "lesson/typed.h"
#include "lesson/wrap.h"

#define WHY_ROWS 4   /* an explanation stands beside what was observed */
#define HINT_HEADING 1
#define MISSING_ROWS 2 /* expected …, observed … */
#define PREDICTED_COLUMNS 37 /* side by side, a rule between them */
#define OBSERVED_COLUMNS 38
#define OBSERVED_INDENT 2

static void check_title(struct buf *b, const struct lesson *l, int line,
	const char *title)
{
	struct buf plain = {0};
	int cells;

	wrap_plain(&plain, title);
	cells = text_cells(buf_str(&plain), plain.len);
	buf_done(&plain);
	if (cells > LESSON_TITLE)
		form_complain(b, l, line, _("this title is %d cells wide; %d "
			"are there"), cells, LESSON_TITLE);
}

/* Prediction and observation side by side: what was chosen to the left, below
 * its heading, what came to the right, and whether it was so. */
static int observed_rows(const struct page *p, const struct block *k,
	const struct option *o)
{
	const struct step *s;
	struct buf came = {0};
	int left, right;

	if (k->poll)
		return 1 + wrap_rows(o->text, LESSON_COLUMNS,
			WRAP_OPTION_INDENT);
	s = &p->block[k->decider_block].step[k->decider_step];
	buf_char(&came, MARK_CODE);
	typed_without_expect(&came, s->text);
	buf_char(&came, MARK_CODE);
	buf_text(&came, " -> ");
	line_print_expect(&came, &s->line.expect);
	left = 1 + wrap_rows(o->text, PREDICTED_COLUMNS, WRAP_OPTION_INDENT);
	right = 1 + wrap_rows(buf_str(&came), OBSERVED_COLUMNS,
		OBSERVED_INDENT) + 1;
	buf_done(&came);
	return left > right ? left : right;
}

/* The page's prose moves up out of sight; these are what is to be read. */
static void check_observed(struct buf *b, const struct lesson *l,
	const struct page *p, const struct block *k)
{
	for (int i = 0; i < k->options; i++) {
		const struct option *o = &k->option[i];
		int rows = observed_rows(p, k, o) + 1 + wrap_rows(o->why,
			LESSON_COLUMNS, 0);

		if (rows > LESSON_ROWS)
			form_complain(b, l, o->source_line, _("this option and "
				"what is observed, side by side, and its "
				"explanation take %d rows; %d are there"), rows,
				LESSON_ROWS);
	}
}

static void check_options(struct buf *b, const struct lesson *l,
	const struct block *k)
{
	for (int i = 0; i < k->options; i++) {
		int rows = wrap_rows(k->option[i].why, LESSON_COLUMNS, 0);

		if (rows > WHY_ROWS)
			form_complain(b, l, k->option[i].source_line, _("the "
				"explanation takes %d rows of %d; %d are "
				"there"), rows, LESSON_COLUMNS, WHY_ROWS);
	}
}

/* ---- exercises ---- */

struct exercise_room {
	int rows;   /* of the strip */
	int below;  /* of them those that goals and lines take */
};

static struct exercise_room room_of(const struct page *p)
{
	size_t parsons = lesson_block(p, BLOCK_PARSONS, 0);
	struct exercise_room room = {LESSON_ROWS,
		wrap_goal_rows(p, LESSON_COLUMNS)};

	if (parsons != SIZE_MAX) {
		room.rows = LESSON_LIST_ROWS;
		room.below += 1 + (int)p->block[parsons].steps;
	}
	return room;
}

static void check_hint(struct buf *b, const struct lesson *l,
	const struct block *k, struct exercise_room room)
{
	int rows = HINT_HEADING + wrap_rows(k->prose, LESSON_COLUMNS, 0) +
		room.below;

	if (rows > room.rows)
		form_complain(b, l, k->source_line, _("this hint and the goals "
			"below it take %d rows of %d; %d are there"), rows,
			LESSON_COLUMNS, room.rows);
}

static void check_mistake(struct buf *b, const struct lesson *l,
	const struct block *k, struct exercise_room room)
{
	int rows = MISSING_ROWS + wrap_rows(k->prose, LESSON_COLUMNS, 0) +
		room.below;

	if (rows > room.rows)
		form_complain(b, l, k->source_line, _("the words of this "
			"mistake, what was expected and observed, and the "
			"goals take %d rows of %d; %d are there"), rows,
			LESSON_COLUMNS, room.rows);
}

static void check_lines(struct buf *b, const struct lesson *l,
	const struct block *k)
{
	for (size_t i = 0; i < k->steps; i++) {
		const char *text = k->step[i].text;
		size_t n = 0;

		while (text[n])
			n++;
		if (text_cells(text, n) > LESSON_LIST_COLUMNS)
			form_complain(b, l, k->step[i].source_line, _("this "
				"line is %d cells wide; %d are there"),
				text_cells(text, n), LESSON_LIST_COLUMNS);
	}
}

/* Goals of more rows than half the strip would be cut. */
static void check_goals(struct buf *b, const struct lesson *l,
	const struct page *p, struct exercise_room room)
{
	int rows = wrap_goal_rows(p, LESSON_COLUMNS);

	if (rows > room.rows / 2)
		form_complain(b, l, p->block[lesson_block(p, BLOCK_GOAL, 0)]
			.source_line, _("the goals take %d rows of %d; %d are "
			"there"), rows, LESSON_COLUMNS - WRAP_GOAL_INDENT,
			room.rows / 2);
}

static void check_exercise(struct buf *b, const struct lesson *l,
	const struct page *p)
{
	struct exercise_room room = room_of(p);
	int rows = wrap_page_rows(p, LESSON_COLUMNS) + room.below;

	if (rows > room.rows)
		form_complain(b, l, p->source_line, _("prose and goals (and "
			"lines) of this page take %d rows of %d; %d are "
			"there"), rows, LESSON_COLUMNS, room.rows);
	check_goals(b, l, p, room);
	for (size_t i = 0; i < p->blocks; i++) {
		const struct block *k = &p->block[i];

		if (k->kind == BLOCK_HINT)
			check_hint(b, l, k, room);
		else if (k->kind == BLOCK_MISTAKE)
			check_mistake(b, l, k, room);
		else if (k->kind == BLOCK_PARSONS)
			check_lines(b, l, k);
	}
}

/* ---- pages ---- */

static void check_page(struct buf *b, const struct lesson *l,
	const struct page *p)
{
	bool is_last = p == &l->page[l->pages - 1];
	int room = is_last ? LESSON_END_ROWS : LESSON_ROWS;
	int rows = wrap_page_rows(p, LESSON_COLUMNS);

	check_title(b, l, p->source_line, p->title);
	for (size_t i = 0; i < p->blocks; i++) {
		check_options(b, l, &p->block[i]);
		check_observed(b, l, p, &p->block[i]);
	}
	if (lesson_is_exercise(p))
		check_exercise(b, l, p);
	else if (rows > room)
		form_complain(b, l, p->source_line, _("prose and questions of "
			"this page take %d rows of %d; %d are there"), rows,
			LESSON_COLUMNS, room);
}

static void check_keep(struct buf *b, const struct lesson *l)
{
	int rows = wrap_rows(l->keep, LESSON_COLUMNS, 0);

	if (l->keep[0] && rows > LESSON_KEEP_ROWS)
		form_complain(b, l, l->page[l->pages - 1].source_line,
			_("the sentence to keep takes %d rows of %d; %d are "
			"there"), rows, LESSON_COLUMNS, LESSON_KEEP_ROWS);
}

void form_room(struct buf *b, const struct lesson *l)
{
	check_title(b, l, 1, l->title);
	check_keep(b, l);
	for (size_t i = 0; i < l->pages; i++)
		check_page(b, l, &l->page[i]);
}
