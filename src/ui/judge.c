/* judge: see judge.h. */
#include "ui/judge.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "ui/app.h"
#include "ui/exercise.h"
#include "ui/finish.h"
#include "ui/parsons.h"
#include "ui/screen.h"

/* The newest row in which a call of the lane returned, or waits; *host: whose
 * it is. */
static uint32_t last_row_of(const struct scene *s, const char *lane, int *host)
{
	for (size_t i = scene_actors(s); i-- > 0; ) {
		const struct scene_actor *x = scene_actor(s, i);
		const struct scene_call *c;

		if (strcmp(x->lane, lane) != 0 || x->last_call == SCENE_NONE)
			continue;
		c = scene_call(s, x->last_call);
		*host = x->host;
		return c->returned != SCENE_NEVER ? c->row_returned :
			c->row_entered;
	}
	return SCENE_NONE;
}

/* When a prediction has just been decided: the row that did it. */
static void find_deciding_row(struct app *a)
{
	const struct page *page = app_page(a);
	struct player_prediction p;
	const struct block *b;

	player_prediction(a->player, &p);
	if (!p.observed || p.poll) {
		a->deciding.row = SCENE_NONE;
		a->deciding.block = -1;
		return;
	}
	if (a->deciding.block == p.block)
		return;
	while (app_feed(a, 0))
		;
	a->deciding.block = p.block;
	b = &page->block[page->block[p.block].decider_block];
	a->deciding.row = last_row_of(a->scene,
		b->step[page->block[p.block].decider_step].line.lane,
		&a->deciding.host);
}

/* Lines that are moved with the arrows ask for the focus; when they are in
 * order, the stage has it again. */
static void give_focus(struct app *a, bool were_open)
{
	bool open = parsons_open(a->player) || (were_open &&
		player_state(a->player) == PLAYER_BUSY);

	a->moves_lines = open;
	if (open == were_open)
		return;
	if (open)
		a->view = VIEW_LESSON;
	a->focus = open ? PANE_VIEW : PANE_STAGE;
}

/* A question begins: it cannot be answered unread. */
static void show_question(struct app *a)
{
	bool asks = player_state(a->player) == PLAYER_LOCKED;

	if (asks && !a->asks)
		screen_show_lesson(a);
	a->asks = asks;
}

/* A page begins: on that of an exercise the prompt opens on the side of its
 * solution. */
static void choose_side(struct app *a)
{
	const struct page *page = app_page(a);
	size_t at = lesson_block(page, BLOCK_SOLUTION, 0);

	if (at == SIZE_MAX || page->block[at].step[0].line.kind != LINE_CALL)
		return;
	snprintf(a->side, sizeof a->side, "%s",
		page->block[at].step[0].line.lane);
}

/* The goals, judged; what comes of it is told where the lesson is not seen. */
static void judge_goals(struct app *a)
{
	struct exercise *e = &a->exercise;
	bool met = exercise_met(a->player), broken;
	struct buf b = { 0 };

	if (player_goals_open(a->player))
		while (app_feed(a, 0))
			;
	broken = e->shows == EXERCISE_MISSING;
	if (!exercise_follow(e, a->player, a->scene))
		return;
	a->dirty = true;
	if (screen_shows_lesson(a))
		return;
	if (!met && exercise_met(a->player)) {
		exercise_praise(&b, a->player);
		app_say(a, false, "%s", buf_str(&b));
		buf_done(&b);
	} else if (!broken && e->shows == EXERCISE_MISSING)
		app_say(a, true, _("A goal cannot be met any more; Space tells "
			"which."));
}

/* Whether the lab has a wire, the journal tells. */
static void look_for_wire(struct app *a)
{
	const struct scene_take *take = scene_take(a->scene,
		scene_now(a->scene));

	if (take != NULL)
		player_no_wire(a->player, take->loopback);
}

void judge(struct app *a)
{
	const struct page *page = app_page(a);
	uint32_t row;

	if (page == NULL)
		return;
	look_for_wire(a);
	if (page != a->sided) {
		a->sided = page;
		choose_side(a);
	}
	find_deciding_row(a);
	show_question(a);
	judge_goals(a);
	row = exercise_row(&a->exercise, a->player);
	a->decided = row != SCENE_NONE ? row : a->deciding.row;
	a->decided_host = row != SCENE_NONE ? 0 : a->deciding.host;
	give_focus(a, a->moves_lines);
	if (player_state(a->player) == PLAYER_END && a->lesson != NULL)
		finish_look(&a->finish, a->lesson, a->language);
}
