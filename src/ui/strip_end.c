/*
 * strip_end: what stays of a lesson, on its last page: the first belief and
 * what the kernel showed, the score, the sentence to keep; then the page's own
 * prose, which is the question to take along; then the run as programs, and
 * what comes next.
 */
#include "ui/strip.h"

#include "base/buf.h"
#include "base/intl.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "ui/app.h"
#include "ui/exercise.h"
#include "ui/finish.h"
#include "ui/strip_class.h"

/* The first thing that was believed, and now. */
static void add_belief(struct strip *s, const struct app *a)
{
	const struct option *first, *right;

	if (!finish_belief(a->player, &first, &right))
		return;
	strip_told(s, _("At first you thought:"), first->text, THEME_PLAIN);
	if (first == right)
		strip_told(s, _("And now:"), _("the kernel agreed with you."),
			THEME_PLAIN);
	else
		strip_told(s, _("The kernel showed:"), right->text,
			THEME_PLAIN);
}

/* "Predictions right: 3 of 4 · Exercises done: 1 of 1" */
static void add_score(struct strip *s, const struct app *a)
{
	int right, asked, exercises, met;
	struct ink *k;

	player_score(a->player, &right, &asked);
	exercise_count(player_lesson(a->player), a->exercise.done, &exercises,
		&met);
	if (met < a->finish.done)
		met = a->finish.done;
	if (asked == 0 && exercises == 0)
		return;
	k = strip_line(s);
	if (asked > 0)
		ink_printf(k, THEME_PLAIN, _("Predictions right: %d of %d"),
			right, asked);
	if (asked > 0 && exercises > 0)
		ink_printf(k, THEME_DIM, " %s ", theme_sign(SIGN_DOT));
	if (exercises > 0)
		ink_printf(k, THEME_PLAIN, _("Exercises done: %d of %d"), met,
			exercises);
}

/* On a machine whose labs have no wire. */
static void add_left_out(struct strip *s, const struct app *a)
{
	struct buf b = { 0 };

	finish_left_out(&b, a->player);
	if (b.len > 0)
		strip_marked(s, buf_str(&b), 0, NULL, THEME_DIM);
	buf_done(&b);
}

static void add_programs(struct strip *s, const struct app *a)
{
	const char *said = buf_str(&a->finish.programs);

	if (*said != '\0')
		strip_told(s, _("Your programs:"), said, THEME_PLAIN);
	else
		strip_prose(s, _("\1E\1 writes this run as programs, in C and "
			"in Python, for you to keep."));
}

static void add_next(struct strip *s, const struct app *a)
{
	struct ink *k;

	if (a->finish.last)
		strip_prose(s, _("That was the last lesson so far. What you "
			"have learned is asked again; \3tomada lab\3 is a "
			"lab of your own."));
	if (a->finish.name[0] == '\0')
		return;
	k = strip_line(s);
	ink_printf(k, THEME_DIM, "%s ", _("Next:"));
	ink_text(k, THEME_STRONG, buf_str(&a->finish.title));
	if (a->next == NULL)
		ink_printf(k, THEME_DIM, "  tomada lesson %s", a->finish.name);
}

void strip_end(struct strip *s, const struct app *a)
{
	const struct lesson *l = player_lesson(a->player);

	ink_printf(strip_line(s), THEME_STRONG, _("The end of \"%s\""),
		l->title);
	if (a->class.on) {
		strip_class_belief(s, a);
	} else {
		add_belief(s, a);
		add_score(s, a);
	}
	add_left_out(s, a);
	if (l->keep != NULL && l->keep[0] != '\0') {
		strip_gap(s);
		strip_marked(s, l->keep, 0, NULL, THEME_STRONG);
	}
	strip_page(s, a);
	s->to_end = false;
	strip_gap(s);
	add_programs(s, a);
	add_next(s, a);
}
