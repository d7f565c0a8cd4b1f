/* strip_wish: how many rows the lesson would like to have. See strip.h. */
#include "ui/strip.h"

#include "lesson/lesson.h"
#include "lesson/player.h"
#include "ui/app.h"
#include "ui/exercise.h"
#include "ui/parsons.h"

/* What a page without pictures may take of 24 rows. */
#define TALL 15
#define TALL_TYPED 11 /* where the stage is typed on */

/* An exercise as it begins, whatever is told of it now: it is as tall as its
 * task, so that nothing moves when a hint is told. */
static void make_task(struct strip *body, struct strip *pinned,
	const struct app *a, int width)
{
	strip_init(body, width, 0);
	strip_init(pinned, width, 0);
	strip_page(body, a);
	strip_goals(pinned, a, 0);
	if (player_lines(a->player) == 0)
		return;
	strip_gap(body);
	parsons_lines(body, a);
}

bool strip_answers(const struct app *a)
{
	struct player_prediction p;

	if (app_page(a) == NULL || exercise_page(a->player) != NULL ||
			player_state(a->player) == PLAYER_END || a->class.on)
		return false;
	player_prediction(a->player, &p);
	return p.observed || (p.committed && p.poll);
}

/* The rows of an answer and its question, without those between paragraphs;
 * 0: nothing is answered. */
static int answer_wish(const struct app *a, int width)
{
	struct strip body, pinned;
	int rows;

	if (!strip_answers(a))
		return 0;
	strip_make(&body, &pinned, a, width, 1);
	rows = (int)body.lines;
	strip_done(&body);
	strip_done(&pinned);
	return rows < TALL_TYPED ? rows : TALL_TYPED;
}

int strip_wish(const struct app *a, int width)
{
	const struct page *page = app_page(a);
	struct strip body, pinned;
	bool list;
	int rows;

	if (page == NULL)
		return 0;
	if (exercise_page(a->player) == NULL && !a->class.on &&
			player_state(a->player) != PLAYER_END)
		return answer_wish(a, width);
	list = player_lines(a->player) > 0;
	if (exercise_page(a->player) == NULL)
		strip_make(&body, &pinned, a, width, 0);
	else
		make_task(&body, &pinned, a, width);
	rows = (int)(body.lines + pinned.lines) + 1;
	strip_done(&body);
	strip_done(&pinned);
	if (a->class.on && !list)
		return rows; /* the stage and the queues stay in sight */
	if (list || player_state(a->player) == PLAYER_END)
		return rows < TALL ? rows : TALL;
	return rows < TALL_TYPED ? rows : TALL_TYPED;
}
