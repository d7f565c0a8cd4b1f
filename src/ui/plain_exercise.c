/*
 * plain_exercise: an exercise in lines: its goals as they are met, and the
 * words `goals`, `hint`, `list`, `move`, `run`, `back`, `again`, `page`,
 * `programs`.
 */
#include "ui/plain_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/mem.h"
#include "lesson/lesson.h"
#include "scene/scene.h"
#include "ui/parsons.h"
#include "ui/programs.h"
#include "ui/ui.h"

/* ---- goals ---- */

static const char *sign_of(enum goal_state state)
{
	switch (state) {
	case GOAL_OPEN:
		return "[ ] ";
	case GOAL_MET:
		return "[x] ";
	case GOAL_BROKEN:
		return "[!] ";
	}
	return "";
}

/* All goals, or those that have changed since they were told. */
static void tell_goals(struct plain *p, bool all)
{
	const struct page *page = exercise_page(p->player);
	const struct goals *g = &p->exercise.goals;

	for (int i = 0; page != NULL && i < g->goals; i++) {
		enum goal_state state = g->goal[i].state;

		if (all || state != p->told[i])
			plain_marked(p, sign_of(state),
				exercise_goal(page, i));
		p->told[i] = state;
	}
}

/* Of the first goal that is not met: what is expected, what there is. */
static void tell_missing(struct plain *p)
{
	const struct exercise *e = &p->exercise;
	int i = exercise_first(e);
	const char *belief, *goal, *expected;
	size_t place;

	if (i < 0 || exercise_page(p->player) == NULL)
		return;
	if (e->ran && parsons_refusal(p->player, &place) != NULL) {
		printf(_("It ended at line %zu: "), place + 1);
		plain_say(p, "", parsons_refusal(p->player, &place));
	} else {
		goal = exercise_goal(exercise_page(p->player), i);
		expected = exercise_expected(e, exercise_page(p->player), i);
		plain_marked(p, sign_of(e->goals.goal[i].state), goal);
		if (expected != goal)
			plain_marked(p, _("expected: "), expected);
		plain_marked(p, _("observed: "), e->goals.goal[i].observed);
	}
	belief = exercise_belief(e, p->player);
	if (belief != NULL)
		plain_marked(p, "", belief);
	if (e->goals.goal[i].state == GOAL_BROKEN)
		plain_say(p, "", _("back takes the last act back, again begins "
			"the page again."));
}

/* ---- lines in order ---- */

static void tell_list(struct plain *p)
{
	size_t n = player_lines(p->player), i;
	struct buf *result = mem_zero(n * sizeof *result);
	bool *failed = mem_zero(n * sizeof *failed);
	struct buf line = { 0 };

	if (p->exercise.ran)
		parsons_results(result, failed, p->player, p->scene,
			scene_now(p->scene));
	for (i = 0; i < n; i++) {
		buf_clear(&line);
		buf_printf(&line, "%2zu  ", i + 1);
		parsons_line(&line, p->player, i);
		if (result[i].len > 0)
			buf_printf(&line, "  -> %s", buf_str(&result[i]));
		plain_say(p, "", buf_str(&line));
		buf_done(&result[i]);
	}
	buf_done(&line);
	free(result);
	free(failed);
}

/* "3 up", "3 down", "3 to 1" */
static bool parse_move(const char *text, long lines, long *from, long *by)
{
	char *end;
	long to;

	*from = strtol(text, &end, 10);
	if (end == text || *from < 1 || *from > lines)
		return false;
	if (strcmp(end, " up") == 0)
		*by = -1;
	else if (strcmp(end, " down") == 0)
		*by = 1;
	else if (strncmp(end, " to ", 4) == 0) {
		to = strtol(end + 4, &end, 10);
		if (*end != '\0' || to < 1 || to > lines)
			return false;
		*by = to - *from;
	} else
		return false;
	return true;
}

static void move_line(struct plain *p, const char *text)
{
	long from, by, n = (long)player_lines(p->player);

	if (!parse_move(text, n, &from, &by)) {
		printf(_("Say move 3 up, move 3 down or move 3 to 1; there are "
			"%ld lines.\n"), n);
		return;
	}
	p->exercise.place = (size_t)(from - 1);
	parsons_move(&p->exercise, p->player, (int)by);
	tell_list(p);
}

/* ---- help ---- */

static void tell_hint(struct plain *p)
{
	if (!exercise_help(&p->exercise, p->player)) {
		plain_say(p, "", _("There is nothing to help with now."));
		return;
	}
	if (p->exercise.shows == EXERCISE_HINT) {
		printf(_("Hint %d of %d\n"), player_hints(p->player),
			LESSON_HINTS);
		plain_marked(p, "", exercise_hint(p->player));
	} else if (p->exercise.shows == EXERCISE_OFFER)
		plain_say(p, "", _("There are no more hints. hint again shows "
			"the solution: an empty line runs its\nnext line, and "
			"then the page is yours once more, without it."));
}

/* The page, built without its last act, or from its beginning. */
static void build_again(struct plain *p, bool back)
{
	exercise_rebuilt(&p->exercise);
	if (!back)
		player_rebuild(p->player);
	else if (!player_take_back(p->player))
		plain_say(p, "", _("There is nothing to take back."));
}

static void write_programs(struct plain *p)
{
	struct buf said = { 0 };

	programs_write(&said, p->scene, scene_now(p->scene),
		p->u->lesson != NULL ? p->u->lesson->name : "lab");
	plain_say(p, "", buf_str(&said));
	buf_done(&said);
}

/* ---- what is typed ---- */

/* An empty line where the learner must act. */
static bool look_again(struct plain *p)
{
	if (player_lines(p->player) > 0 && !p->exercise.ran)
		return parsons_run(&p->exercise, p->player);
	tell_missing(p);
	return true;
}

static bool order_word(struct plain *p, const char *line)
{
	if (player_lines(p->player) == 0)
		return false;
	if (strcmp(line, "run") == 0) {
		if (!parsons_run(&p->exercise, p->player))
			plain_say(p, "", _("It cannot be run now."));
	} else if (strcmp(line, "list") == 0)
		tell_list(p);
	else if (strncmp(line, "move ", 5) == 0)
		move_line(p, line + 5);
	else
		return false;
	return true;
}

bool plain_exercise(struct plain *p, const char *line)
{
	if (strcmp(line, "programs") == 0) {
		write_programs(p);
		return true;
	}
	if (player_lesson(p->player) == NULL)
		return false;
	if (strcmp(line, "page") == 0) {
		p->page = 0;
		p->goals_told = false;
	} else if (strcmp(line, "hint") == 0) {
		tell_hint(p);
	} else if (strcmp(line, "back") == 0 || strcmp(line, "again") == 0) {
		build_again(p, strcmp(line, "back") == 0);
	} else if (exercise_page(p->player) == NULL) {
		return false;
	} else if (strcmp(line, "goals") == 0) {
		tell_goals(p, true);
		tell_missing(p);
	} else if (*line == '\0') {
		/* the same page once more, without the solution */
		if (player_state(p->player) == PLAYER_READY &&
				exercise_met(p->player)) {
			exercise_rebuilt(&p->exercise);
			p->page = 0;
		}
		return player_state(p->player) == PLAYER_TASK &&
			look_again(p);
	} else
		return order_word(p, line);
	return true;
}

/* ---- what is told unasked ---- */

void plain_judge(struct plain *p)
{
	struct exercise *e = &p->exercise;
	bool ran = e->runs;
	struct buf b = { 0 };

	const struct scene_take *take = scene_take(p->scene,
		scene_now(p->scene));

	if (take != NULL)
		player_no_wire(p->player, take->loopback);
	if (player_lesson(p->player) == NULL || p->input_over)
		return;
	exercise_follow(e, p->player, p->scene);
	if (!e->judged && !e->runs && !player_solved(p->player))
		p->goals_told = false;
	if (!e->judged || exercise_page(p->player) == NULL || !p->goals_told ||
			player_state(p->player) == PLAYER_BUSY)
		return;
	if (ran)
		tell_list(p);
	tell_goals(p, ran);
	if (exercise_met(p->player) && !p->praised) {
		exercise_praise(&b, p->player);
		plain_say(p, "", buf_str(&b));
		buf_done(&b);
	} else if (e->shows == EXERCISE_MISSING)
		tell_missing(p);
	p->praised = exercise_met(p->player);
	if (e->shows == EXERCISE_MISSING)
		e->shows = EXERCISE_TASK; /* told is told */
}

void plain_task(struct plain *p)
{
	const struct page *page = exercise_page(p->player);

	if (page == NULL || p->goals_told || !p->exercise.judged ||
			player_solved(p->player) || p->input_over)
		return;
	p->goals_told = true;
	p->praised = false;
	tell_goals(p, true);
	if (player_lines(p->player) > 0)
		tell_list(p);
}
