/*
 * strip_exercise: the page of an exercise: its task, a hint or what is
 * missing, above the goals, which are pinned.
 */
#include "ui/strip.h"

#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "lesson/wrap.h"
#include "ui/app.h"
#include "ui/exercise.h"
#include "ui/parsons.h"

/* ---- goals ---- */

static enum goal_state state_of(const struct app *a, int i)
{
	if (exercise_met(a->player))
		return GOAL_MET;
	return a->exercise.judged ? a->exercise.goals.goal[i].state :
		GOAL_OPEN;
}

/* ☐ ☑ ✕, or [ ] [x] [!] where the terminal has no boxes. */
static void add_sign(struct ink *k, enum goal_state state)
{
	static const struct {
		enum theme_sign sign;
		const char *plain;
		int style;
	} of[] = {
		[GOAL_OPEN] = { SIGN_OPEN, "[ ]", THEME_STRONG },
		[GOAL_MET] = { SIGN_DONE, "[x]", THEME_GOOD },
		[GOAL_BROKEN] = { SIGN_LOST, "[!]", THEME_TROUBLE },
	};
	bool boxes = strcmp(theme_sign(SIGN_OPEN), "☐") == 0;

	ink_text(k, of[state].style, boxes ? theme_sign(of[state].sign) :
		of[state].plain);
}

static void add_goal(struct strip *s, const struct app *a,
	const struct page *page, int i)
{
	struct ink lead = { 0 };
	size_t first = s->lines;
	bool told = a->exercise.shows == EXERCISE_MISSING &&
		exercise_first(&a->exercise) == i && !exercise_met(a->player);

	ink_text(&lead, THEME_FOCUS, told ? theme_sign(SIGN_POINTER) : " ");
	add_sign(&lead, state_of(a, i));
	strip_marked(s, exercise_goal(page, i), ink_cells(&lead) + 1, &lead,
		THEME_PLAIN);
	for (; first < s->lines; first++) {
		s->line[first].click = STRIP_GOAL;
		s->line[first].which = i;
	}
	ink_done(&lead);
}

static int goals_of(const struct page *page)
{
	int n = 0;

	while (lesson_block(page, BLOCK_GOAL, (size_t)n) != SIZE_MAX)
		n++;
	return n;
}

/* Each goal in one line, cut where it must be. */
static void cut_goals(struct strip *s, const struct app *a,
	const struct page *page, int goals)
{
	for (int i = 0; i < goals; i++) {
		size_t first = s->lines;

		add_goal(s, a, page, i);
		if (s->lines <= first + 1)
			continue;
		ink_text(&s->line[first].ink, THEME_DIM,
			theme_sign(SIGN_MORE));
		while (s->lines > first + 1)
			ink_done(&s->line[--s->lines].ink);
	}
}

/* "☐ 1 of 3 goals met: The server has read …" */
static void sum_up(struct strip *s, const struct app *a,
	const struct page *page, int goals)
{
	int first = exercise_first(&a->exercise), met = 0, i;
	struct ink *k = strip_clicked(s, STRIP_GOAL, 0);
	struct buf plain = { 0 };

	for (i = 0; i < goals; i++)
		met += state_of(a, i) == GOAL_MET;
	add_sign(k, met == goals ? GOAL_MET : state_of(a, first < 0 ? 0 :
		first));
	ink_printf(k, THEME_PLAIN, _(" %d of %d goals met"), met, goals);
	if (met < goals) {
		wrap_plain(&plain, exercise_goal(page, first < 0 ? 0 : first));
		ink_printf(k, THEME_PLAIN, ": %s", buf_str(&plain));
	}
	ink_cut(k, s->width);
	buf_done(&plain);
}

#define SHORT 7 /* a strip of fewer rows has one for its goals */

void strip_goals(struct strip *s, const struct app *a, int most)
{
	const struct page *page = exercise_page(a->player);
	int goals = page != NULL ? goals_of(page) : 0;

	for (int i = 0; i < goals; i++)
		add_goal(s, a, page, i);
	if (most == 0 || (int)s->lines <= most)
		return;
	strip_done(s);
	if (goals <= most && s->height >= SHORT)
		cut_goals(s, a, page, goals);
	else
		sum_up(s, a, page, goals);
}

/* ---- what is told above them ---- */

static void add_hint(struct strip *s, const struct app *a)
{
	int n = player_hints(a->player);
	struct ink *k = strip_line(s);
	const char *hint = exercise_hint(a->player);

	ink_printf(k, THEME_STRONG, _("Hint %d of %d"), n, LESSON_HINTS);
	if (hint != NULL)
		strip_prose(s, hint);
}

static void add_offer(struct strip *s)
{
	strip_prose(s, _("There are no more hints. \1t\1 again shows the "
		"solution: it runs line by line, and then the page is yours "
		"once more, without it."));
}

/* "expected  recv on server: twice" */
static void add_fact(struct strip *s, const char *heading, int indent,
	const char *fact, int style)
{
	struct ink lead = { 0 };

	ink_text(&lead, THEME_DIM, heading);
	strip_marked(s, fact, indent, &lead, style);
	ink_done(&lead);
}

static void add_way_on(struct strip *s, const struct goal_result *g)
{
	struct buf b = { 0 };

	if (g->row != SCENE_NONE)
		buf_printf(&b, _("%s on the stage marks where; \1Enter\1 goes "
			"there. "), theme_sign(SIGN_POINTER));
	if (g->state == GOAL_BROKEN)
		buf_text(&b, _("\1u\1 takes the last act back, \1r\1 begins "
			"the page again."));
	if (b.len > 0)
		strip_marked(s, buf_str(&b), 0, NULL, THEME_DIM);
	buf_done(&b);
}

/* Lines that could not all run show nothing of the goals. */
static bool add_refusal(struct strip *s, const struct app *a)
{
	size_t place;
	const char *why = a->exercise.ran ?
		parsons_refusal(a->player, &place) : NULL;
	struct buf line = { 0 };
	struct buf b = { 0 };

	if (why == NULL)
		return false;
	parsons_line(&line, a->player, place);
	buf_printf(&b, _("It ended at \3%s\3: %s."), buf_str(&line), why);
	strip_prose(s, buf_str(&b));
	buf_done(&line);
	buf_done(&b);
	return true;
}

static void add_missing(struct strip *s, const struct app *a)
{
	const struct exercise *e = &a->exercise;
	int i = exercise_first(e), indent;
	const char *belief = exercise_belief(e, a->player);
	const char *expected = _("expected"), *observed = _("observed");
	const struct goal_result *g;
	struct ink lead = { 0 };

	if (i < 0) {
		strip_prose(s, _("Nothing has been judged yet: the lab is "
			"still at work."));
		return;
	}
	if (add_refusal(s, a)) {
		if (belief != NULL)
			strip_prose(s, belief);
		return;
	}
	g = &e->goals.goal[i];
	ink_text(&lead, THEME_PLAIN, expected);
	indent = ink_cells(&lead);
	ink_clear(&lead);
	ink_text(&lead, THEME_PLAIN, observed);
	if (ink_cells(&lead) > indent)
		indent = ink_cells(&lead);
	ink_done(&lead);
	add_fact(s, expected, indent + 2, exercise_expected(e,
		exercise_page(a->player), i), THEME_PLAIN);
	add_fact(s, observed, indent + 2, g->observed, THEME_PLAIN);
	if (belief != NULL)
		strip_prose(s, belief);
	add_way_on(s, g);
}

/* Its lines, the next one marked. */
static void add_solution(struct strip *s, const struct app *a)
{
	const struct page *page = app_page(a);
	size_t at = lesson_block(page, BLOCK_SOLUTION, 0);
	size_t block = player_at_block(a->player);
	size_t step = player_at_step(a->player);
	const struct block *b;

	if (at == SIZE_MAX)
		return;
	b = &page->block[at];
	ink_text(strip_line(s), THEME_STRONG,
		_("The solution, line by line"));
	for (size_t i = 0; i < b->steps; i++) {
		bool next = block == at && step == i;
		struct ink *k;

		if (next)
			s->see = (int)s->lines;
		k = strip_line(s);
		ink_printf(k, THEME_FOCUS, "%s ", next ?
			theme_sign(SIGN_POINTER) : " ");
		ink_text(k, block > at || (block == at && i < step) ?
			THEME_DIM : THEME_CODE, b->step[i].text);
		ink_cut(k, s->width);
	}
}

static void add_praise(struct strip *s, const struct app *a)
{
	struct buf b = { 0 };

	exercise_praise(&b, a->player);
	if (a->prompt != NULL)
		buf_printf(&b, " %s", _("Esc leaves the prompt, then Space "
			"goes on."));
	strip_marked(s, buf_str(&b), 0, NULL, THEME_STRONG);
	strip_gap(s);
	buf_done(&b);
}

void strip_exercise(struct strip *s, const struct app *a)
{
	bool met = exercise_met(a->player);

	if (met) {
		add_praise(s, a);
		if (player_lines(a->player) == 0)
			strip_page(s, a);
	} else if (player_solved(a->player)) {
		add_solution(s, a);
	} else
		switch (a->exercise.shows) {
		case EXERCISE_TASK:
			strip_page(s, a);
			break;
		case EXERCISE_HINT:
			add_hint(s, a);
			break;
		case EXERCISE_OFFER:
			add_offer(s);
			break;
		case EXERCISE_MISSING:
			add_missing(s, a);
			break;
		}
	if (player_lines(a->player) > 0 && !player_solved(a->player)) {
		strip_gap(s);
		parsons_lines(s, a);
		s->to_end = false;
	}
}
