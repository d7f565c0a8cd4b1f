/* turn: see turn.h. */
#include "ui/turn.h"

#include "base/buf.h"
#include "base/intl.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "ui/app.h"
#include "ui/exercise.h"
#include "ui/lectern.h"
#include "ui/parsons.h"
#include "ui/screen.h"
#include "ui/stage.h"

/* How many answers the question that is asked now has; 0: none is asked. */
static int options_asked(const struct app *a)
{
	struct player_prediction p;

	if (app_page(a) == NULL)
		return 0;
	player_prediction(a->player, &p);
	if (p.block < 0 || p.committed)
		return 0;
	return app_page(a)->block[p.block].options;
}

/* "a, b or c" */
static void add_answers(struct buf *b, int options)
{
	for (int i = 0; i < options; i++) {
		if (i > 0)
			buf_text(b, i == options - 1 ? _(" or ") : ", ");
		buf_char(b, (char)('a' + i));
	}
}

/* Space where the learner must act: run the lines, or say what is missing. */
static void look_again(struct app *a)
{
	struct exercise *e = &a->exercise;

	/* what nobody saw is shown, not taken away */
	if (!screen_shows_lesson(a))
		exercise_acted(e);
	screen_show_lesson(a);
	if (player_lines(a->player) > 0 && !e->ran)
		parsons_run(e, a->player);
	else
		exercise_ask(e);
}

/* Why Space does nothing. */
static void say_why_not(struct app *a)
{
	struct buf b = { 0 };

	if (player_ended(a->player)) {
		app_say(a, true, _("The lab has ended; r starts it again."));
	} else if (player_state(a->player) == PLAYER_LOCKED) {
		add_answers(&b, options_asked(a));
		app_say(a, false, _("Space waits for your answer: %s."),
			buf_str(&b));
	}
	buf_done(&b);
}

void turn_on(struct app *a)
{
	if (a->replay) {
		app_go(a, scene_after(a->scene, a->position));
		return;
	}
	if (app_page(a) == NULL) {
		app_say(a, false, a->link != NULL ?
			_("There is no script here: press : to type a call.") :
			_("This is the end of the recording."));
		return;
	}
	a->at.row = SCENE_NONE;
	if (player_state(a->player) == PLAYER_TURN) {
		a->setup_unfolded = false;
		screen_show_lesson(a);
	}
	if (player_state(a->player) == PLAYER_READY &&
			exercise_met(a->player)) { /* the solution is over */
		exercise_rebuilt(&a->exercise);
		app_say(a, false, _("The page anew, now without the solution: "
			"mind the numbers."));
	}
	if (lectern_on(a))
		return;
	if (player_state(a->player) == PLAYER_END && a->next != NULL)
		a->went_on = a->quit = true;
	else if (player_state(a->player) == PLAYER_TASK && !a->class.on)
		look_again(a);
	else if (!player_next(a->player))
		say_why_not(a);
}

/* Why an exercise gives no hint. */
static const char *why_no_hint(const struct app *a)
{
	if (player_ended(a->player))
		return _("The lab has ended; r starts it again.");
	if (player_state(a->player) == PLAYER_BUSY)
		return _("The page is being set up; wait a moment.");
	if (exercise_met(a->player))
		return _("There is nothing left to help with.");
	if (player_solved(a->player))
		return _("The solution is being shown: Space runs it.");
	return _("The exercise has not begun yet: Space goes on.");
}

void turn_help(struct app *a)
{
	if (exercise_page(a->player) == NULL) {
		app_say(a, false, _("There are no hints here: an exercise has "
			"them."));
		return;
	}
	if (a->replay)
		app_go(a, SCENE_NEVER);
	if (exercise_help(&a->exercise, a->player))
		screen_show_lesson(a);
	else
		app_say(a, false, "%s", why_no_hint(a));
	a->strip_top = -1;
}

bool turn_jump(struct app *a)
{
	uint32_t row = exercise_row(&a->exercise, a->player);

	if (row == SCENE_NONE || a->at.row == row)
		return false;
	app_go(a, SCENE_NEVER);
	a->at.row = row;
	a->at.column = a->at.wanted = stage_happened(a, row, 0);
	a->focus = PANE_STAGE;
	return true;
}

void turn_back(struct app *a)
{
	uint32_t before = scene_before(a->scene, a->position);

	if (before == a->position || scene_take(a->scene, before) == NULL)
		app_say(a, false, _("This is where it begins."));
	else
		app_go(a, before);
}

/* In a recording: by the marks that the player left there. */
static void turn_recorded(struct app *a, int way)
{
	uint32_t to = scene_page_beside(a->scene, a->position, way);
	struct scene_page at;

	scene_page(a->scene, a->position, &at);
	if (to != SCENE_NEVER)
		app_go(a, to + 1); /* its mark has been seen */
	else if (at.page == 0)
		app_say(a, false, _("There are no pages here."));
	else
		app_say(a, false, way < 0 ? _("This is the first page.") :
			_("This is the last page."));
}

/* The first position at which there is a lab. */
void turn_to_begin(struct app *a)
{
	uint32_t at = scene_after(a->scene, 0), now = scene_now(a->scene);

	while (at < now && scene_take(a->scene, at) == NULL)
		at = scene_after(a->scene, at);
	app_go(a, at);
}

static void turn_to(struct app *a, long page)
{
	const struct lesson *l = a->lesson;

	if (a->player == NULL || l == NULL || l->pages < 2) {
		app_say(a, false, _("There are no pages here."));
		return;
	}
	if (page < 0 || (size_t)page >= l->pages) {
		app_say(a, false, page < 0 ? _("This is the first page.") :
			_("This is the last page."));
		return;
	}
	app_go(a, SCENE_NEVER);
	a->setup_unfolded = false;
	screen_show_lesson(a);
	player_page(a->player, (size_t)page);
}

void turn_page(struct app *a, int way)
{
	if (a->player == NULL)
		turn_recorded(a, way);
	else if (player_asking(a->player) > 0) /* the lesson is behind them */
		turn_to(a, way > 0 ? (long)player_first_page(a->player) : -1);
	else
		turn_to(a, (long)player_at_page(a->player) + way);
}

void turn_choose(struct app *a, int option)
{
	int options = options_asked(a);
	struct buf b = { 0 };

	if (a->class.on && app_page(a) != NULL) {
		lectern_tell(a, option);
		return;
	}
	if (a->player != NULL && player_choose(a->player, option))
		return;
	if (options == 0) {
		app_say(a, false, _("Nothing is asked here. Press : to type a "
			"call."));
		return;
	}
	add_answers(&b, options);
	app_say(a, false, _("There is no answer %c; choose %s."), 'a' + option,
		buf_str(&b));
	buf_done(&b);
}
