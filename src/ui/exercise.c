/* exercise: see exercise.h. */
#include "ui/exercise.h"

#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "lesson/still.h"
#include "scene/scene.h"

static const struct page *page_of(const struct player *p)
{
	const struct lesson *l = p != NULL ? player_lesson(p) : NULL;

	return l != NULL ? &l->page[player_at_page(p)] : NULL;
}

/* Whether all lines of the solution have run. */
static bool is_played(const struct player *p, const struct page *page)
{
	size_t solution = lesson_block(page, BLOCK_SOLUTION, 0);
	size_t at = player_at_block(p);

	return player_solved(p) && (at > solution || (at == solution &&
		player_at_step(p) == page->block[at].steps));
}

const struct page *exercise_page(const struct player *p)
{
	const struct page *page = page_of(p);

	return page != NULL && lesson_is_exercise(page) &&
		player_asking(p) == 0 && player_state(p) != PLAYER_LOCKED &&
		!player_left_out(p) ? page : NULL;
}

bool exercise_met(const struct player *p)
{
	const struct page *page = exercise_page(p);

	if (page == NULL)
		return false;
	switch (player_state(p)) {
	case PLAYER_BUSY:
	case PLAYER_LOCKED:
	case PLAYER_TASK:
		return false;
	case PLAYER_READY:
		return is_played(p, page);
	case PLAYER_TURN:
	case PLAYER_END:
		return true;
	}
	return false;
}

/* ---- judging ---- */

void exercise_done(struct exercise *e)
{
	goals_done(&e->goals);
}

/* Something else than before is played: begin afresh. */
static bool turned(struct exercise *e, const struct player *p)
{
	const struct lesson *l = player_lesson(p);
	size_t page = player_at_page(p), asking = player_asking(p);
	unsigned done = e->done, changes = e->changes + 1;

	if (e->lesson == l && e->page == page && e->asking == asking &&
			l->round == e->round)
		return false;
	exercise_done(e);
	*e = (struct exercise){ .lesson = l, .page = page, .asking = asking,
		.round = l->round, .done = done,
		.changes = changes };
	return true;
}

static int broken_of(const struct goals *g)
{
	int n = 0;

	for (int i = 0; i < g->goals; i++)
		n += g->goal[i].state == GOAL_BROKEN;
	return n;
}

bool exercise_follow(struct exercise *e, struct player *p, struct scene *s)
{
	bool fresh;
	int broken;

	if (p == NULL || player_lesson(p) == NULL)
		return false;
	fresh = turned(e, p);
	if (!player_goals_open(p) || player_state(p) == PLAYER_BUSY ||
			(e->judged && e->position == scene_now(s)) ||
			!still_now(s))
		return fresh;
	broken = e->judged ? broken_of(&e->goals) : 0;
	goals_judge(&e->goals, page_of(p), s, scene_now(s));
	e->judged = true;
	e->position = scene_now(s);
	e->changes++;
	player_judged(p, e->goals.goals > 0 && e->goals.met == e->goals.goals);
	if (exercise_met(p) && !player_solved(p) && e->page < EXERCISE_PAGES)
		e->done |= 1u << e->page;
	/* what cannot be met any more says so by itself; so does a run of
	 * lines that did not do it */
	if (broken_of(&e->goals) > broken || (e->runs && !exercise_met(p)))
		e->shows = EXERCISE_MISSING;
	e->runs = false;
	return true;
}

int exercise_first(const struct exercise *e)
{
	for (int i = 0; e->judged && i < e->goals.goals; i++)
		if (e->goals.goal[i].state == GOAL_BROKEN)
			return i;
	for (int i = 0; e->judged && i < e->goals.goals; i++)
		if (e->goals.goal[i].state == GOAL_OPEN)
			return i;
	return -1;
}

bool exercise_lost(const struct exercise *e, const struct player *p)
{
	return e->judged && broken_of(&e->goals) > 0 &&
		exercise_page(p) != NULL && !exercise_met(p);
}

uint32_t exercise_row(const struct exercise *e, const struct player *p)
{
	int i = exercise_first(e);

	return i >= 0 && e->shows == EXERCISE_MISSING &&
		exercise_page(p) != NULL && !exercise_met(p) ?
		e->goals.goal[i].row : SCENE_NONE;
}

/* ---- asking ---- */

void exercise_acted(struct exercise *e)
{
	if (e->shows == EXERCISE_MISSING || e->shows == EXERCISE_OFFER)
		e->shows = EXERCISE_TASK;
	e->changes++;
}

void exercise_rebuilt(struct exercise *e)
{
	exercise_acted(e);
	e->judged = e->ran = e->runs = false;
	goals_forget(&e->goals);
}

void exercise_ask(struct exercise *e)
{
	e->shows = e->shows == EXERCISE_TASK || e->shows == EXERCISE_HINT ?
		EXERCISE_MISSING : EXERCISE_TASK;
	e->changes++;
}

bool exercise_help(struct exercise *e, struct player *p)
{
	if (player_state(p) != PLAYER_TASK)
		return false;
	e->changes++;
	if (player_hint(p)) {
		e->shows = EXERCISE_HINT;
	} else if (e->shows != EXERCISE_OFFER) {
		e->shows = EXERCISE_OFFER;
	} else {
		exercise_rebuilt(e);
		return player_solve(p);
	}
	return true;
}

/* ---- words ---- */

const char *exercise_hint(const struct player *p)
{
	const struct page *page = page_of(p);
	int n = player_hints(p);
	size_t at = n > 0 ? lesson_block(page, BLOCK_HINT, (size_t)n - 1) :
		SIZE_MAX;

	return at != SIZE_MAX ? page->block[at].prose : NULL;
}

const char *exercise_belief(const struct exercise *e, const struct player *p)
{
	const struct page *page = page_of(p);

	return e->judged && e->goals.mistake < page->blocks ?
		page->block[e->goals.mistake].prose : NULL;
}

void exercise_praise(struct buf *b, const struct player *p)
{
	int hints = player_hints(p);

	if (player_solved(p))
		buf_text(b, player_state(p) == PLAYER_TURN ||
			player_state(p) == PLAYER_END ?
			_("That was the solution, and what it does.") :
			_("That was the solution. Now without it: Space gives "
			"you the page anew."));
	else if (hints == 0)
		buf_text(b, _("Done, and without a hint: every goal is met."));
	else
		buf_printf(b, ngettext("Done, with %d hint: every goal is "
			"met.", "Done, with %d hints: every goal is met.",
			(unsigned)hints), hints);
}

const char *exercise_goal(const struct page *page, int i)
{
	size_t at = lesson_block(page, BLOCK_GOAL, (size_t)i);

	if (at == SIZE_MAX)
		return "";
	if (page->block[at].prose != NULL)
		return page->block[at].prose;
	return page->block[at].steps > 0 ? page->block[at].step[0].text : "";
}

const char *exercise_expected(const struct exercise *e,
	const struct page *page, int i)
{
	const struct goal_result *g = &e->goals.goal[i];

	return g->state == GOAL_OPEN && g->row == SCENE_NONE ?
		exercise_goal(page, i) : g->expected;
}

void exercise_count(const struct lesson *l, unsigned done, int *all, int *met)
{
	*all = *met = 0;
	for (size_t i = 0; i < l->pages; i++)
		if (lesson_is_exercise(&l->page[i])) {
			++*all;
			*met += i < EXERCISE_PAGES && (done >> i & 1);
		}
}
