/* footer: see footer.h. */
#include "ui/footer.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "ui/app.h"
#include "ui/ink.h"
#include "ui/keys.h"
#include "ui/lectern.h"
#include "ui/message.h"
#include "ui/prompt.h"
#include "ui/screen.h"
#include "ui/stage.h"
#include "ui/strip.h"

#define KEYS_LEAST 12 /* cells in which a key says anything */
#define RULE 3        /* cells between what is said and the keys */
#define NEXT_BESIDE 12 /* cells that the next thing leaves: its key takes some.
			  What it says is read here alone, so it is whole at 80
			  columns (LESSON_STEP_COLUMNS) */

struct footer {
	struct footer_item item[20];
	size_t n;
};

static void add(struct footer *f, enum command c, const char *label,
	const char *words)
{
	for (size_t i = 0; i < f->n && c != CMD_NONE; i++)
		if (f->item[i].command == c)
			return; /* said already, in better words */
	if (f->n < sizeof f->item / sizeof f->item[0])
		f->item[f->n++] = (struct footer_item){ c, label, words };
}

/* Which keys answer: "a b c d". */
static const char *answers(const struct app *a)
{
	const struct page *page = app_page(a);
	static char out[16];
	struct player_prediction p;
	int i, n = 0;

	player_prediction(a->player, &p);
	if (p.block >= 0)
		n = page->block[p.block].options;
	for (i = 0; i < n && i < 7; i++)
		snprintf(out + 2 * i, 3, "%c ", 'a' + i);
	out[n > 0 ? 2 * n - 1 : 0] = '\0';
	return out;
}

/* What t does now: "hint 2 of 3". */
static const char *hint_words(const struct app *a)
{
	static char out[48];
	int n = player_hints(a->player);

	if (n == LESSON_HINTS)
		return _("solution");
	snprintf(out, sizeof out, _("hint %d of %d"), n + 1, LESSON_HINTS);
	return out;
}

/* An exercise waits for its learner. */
static void add_task(struct footer *f, const struct app *a, const char *words)
{
	const struct exercise *e = &a->exercise;

	if (player_lines(a->player) > 0) {
		add(f, CMD_NEXT, NULL, e->ran ? words : _("run this order"));
		add(f, CMD_MOVE_LINE, NULL, NULL);
	} else {
		bool asked = e->shows == EXERCISE_MISSING ||
			e->shows == EXERCISE_OFFER;

		add(f, CMD_NEXT, NULL, asked && screen_shows_lesson(a) ?
			_("the task") : words);
		if (exercise_lost(e, a->player)) {
			add(f, CMD_TAKE_BACK, NULL, NULL);
			add(f, CMD_REBUILD, NULL, NULL);
		}
		add(f, CMD_PROMPT, NULL, _("type a call"));
	}
	add(f, CMD_HINT, NULL, hint_words(a));
	if (player_lines(a->player) > 0)
		add(f, CMD_NONE, "j k", _("select"));
	if (exercise_row(e, a->player) != SCENE_NONE &&
			a->at.row == SCENE_NONE)
		add(f, CMD_ENTER, NULL, _("to the row"));
}

/* "on to zero": the lesson behind this one. */
static const char *next_lesson(const struct app *a)
{
	static char out[96];

	snprintf(out, sizeof out, _("on to %s"), a->next);
	return out;
}

/* A clicker's forward, and what a teacher with a keyboard may do; false:
 * nothing leads on. */
static bool add_class(struct footer *f, const struct app *a, const char *words)
{
	const char *forward = _("PgDn"), *others = lectern_others(a);
	static char page[64];

	if (lectern_page(a) != SIZE_MAX) {
		snprintf(page, sizeof page, _("turn to page %zu"),
			lectern_page(a) + 1);
		add(f, CMD_NEXT, forward, page);
	} else if (a->class.asking) {
		add(f, CMD_NEXT, forward, _(class_next_name(&a->class)));
		add(f, CMD_VOTES, NULL, NULL);
		add(f, CMD_SKIP, NULL, NULL);
	} else if (player_state(a->player) == PLAYER_BUSY ||
			(player_state(a->player) == PLAYER_END &&
			a->next == NULL)) {
		return false;
	} else
		add(f, CMD_NEXT, forward, player_state(a->player) ==
			PLAYER_END ? next_lesson(a) : words);
	if (others != NULL)
		add(f, CMD_ANSWER, others, ngettext("the other answer",
			"the other answers", strlen(others) / 2 + 1));
	add(f, CMD_BLANK, NULL, NULL);
	return true;
}

/* A step went otherwise than its page says: Space may do so for ever. */
static bool stumbled(const struct app *a)
{
	size_t block, step;

	player_trouble_at(a->player, &block, &step);
	return player_trouble(a->player)[0] != '\0' && block != SIZE_MAX &&
		!player_free_play(a->player) &&
		player_lines(a->player) == 0;
}

/* The next thing, always first; but for what leads out of trouble. */
static void add_next(struct footer *f, const struct app *a, struct buf *words,
	int width)
{
	struct ink fit = { 0 };

	if (a->replay) {
		add(f, CMD_NEXT, a->class.on ? _("PgDn") : NULL, _("forward"));
		add(f, CMD_NOW, NULL, NULL);
		return;
	}
	if (a->player != NULL && player_ended(a->player)) {
		add(f, CMD_REBUILD, NULL, _("start the lab again"));
		return;
	}
	if (app_page(a) == NULL) {
		if (a->link != NULL)
			add(f, CMD_PROMPT, NULL, _("type a call"));
		return;
	}
	player_next_text(a->player, words);
	ink_text(&fit, THEME_PLAIN, buf_str(words));
	ink_cut(&fit, width - NEXT_BESIDE > width / 2 + 2
		? width - NEXT_BESIDE : width / 2 + 2);
	buf_clear(words);
	buf_text(words, buf_str(&fit.text));
	ink_done(&fit);
	if (a->class.on && add_class(f, a, buf_str(words)))
		return;
	if (stumbled(a))
		add(f, CMD_REBUILD, NULL, NULL);
	switch (player_state(a->player)) {
	case PLAYER_BUSY:
		add(f, CMD_NONE, NULL, buf_str(words));
		return;
	case PLAYER_LOCKED:
		add(f, CMD_ANSWER, answers(a), _("predict"));
		return;
	case PLAYER_TASK:
		add_task(f, a, buf_str(words));
		return;
	case PLAYER_READY:
	case PLAYER_TURN:
		add(f, CMD_NEXT, NULL, buf_str(words));
		return;
	case PLAYER_END:
		if (a->next != NULL)
			add(f, CMD_NEXT, NULL, next_lesson(a));
		add(f, CMD_LEAVE, NULL, _("leave"));
		add(f, CMD_PROGRAMS, NULL, NULL);
		add(f, CMD_RESTART, NULL, NULL);
		return;
	}
}

static void add_others(struct footer *f, const struct app *a)
{
	struct scene_wire wire;

	if (a->player != NULL && !a->replay) {
		if (player_asking(a->player) > 0 &&
				player_state(a->player) != PLAYER_TURN)
			add(f, CMD_PAGE_ON, NULL, _("skip"));
		scene_wire(a->scene, a->position, &wire);
		if (a->lesson != NULL && player_free_play(a->player))
			add(f, CMD_REBUILD, NULL, _("back to the page"));
		if (wire.held > 0) {
			add(f, CMD_PASS, NULL, NULL);
			add(f, CMD_DROP, NULL, NULL);
		}
	}
	add(f, CMD_BACK, a->class.on ? _("PgUp") : NULL, NULL);
	if (a->player != NULL && a->lesson != NULL)
		add(f, CMD_PROMPT, NULL, NULL);
	add(f, CMD_LEAVE, NULL, NULL);
	if (a->at.row != SCENE_NONE && a->focus == PANE_STAGE) {
		add(f, CMD_ENTER, NULL, a->zoomed ? _("jump") :
			stage_unfolds(a) ? NULL : _("all of it"));
		add(f, CMD_WHY, NULL, NULL);
	} else if (!a->zoomed && a->focus == PANE_STAGE && stage_unfolds(a))
		add(f, CMD_ENTER, NULL, _("unfold the setup"));
	if (a->zoomed)
		add(f, CMD_ZOOM, NULL, _("back"));
	if (a->zoomed && a->focus == PANE_STAGE)
		add(f, CMD_ONLY, NULL, NULL);
	if (a->player != NULL) {
		add(f, CMD_HOLD, NULL, NULL);
		add(f, CMD_TAKE_BACK, NULL, NULL);
		add(f, CMD_MENU, NULL, NULL);
	}
	add(f, CMD_PANE_ON, NULL, NULL);
	add(f, CMD_ZOOM, NULL, NULL);
	add(f, CMD_KERNEL, NULL, NULL);
}

/* Whether the lesson is longer than its pane. */
static bool scrolls(const struct app *a)
{
	return screen_shows_lesson(a) && strip_hides();
}

/* What there is outside of the prompt; less of it where more is to be named. */
static const char *behind_prompt(const struct app *a)
{
	if (prompt_typing(a) || (scrolls(a) &&
			!exercise_lost(&a->exercise, a->player)))
		return _("leave");
	if (exercise_page(a->player) == NULL)
		return _("leave the prompt");
	return exercise_lost(&a->exercise, a->player) ?
		_("leave; then u: take back") : _("leave; then t: a hint");
}

static void add_prompt(struct footer *f, const struct app *a)
{
	if (exercise_met(a->player))
		add(f, CMD_NONE, "Esc", _("leave the prompt: it is done"));
	add(f, CMD_NONE, _("Enter"), _("run"));
	add(f, CMD_NONE, "Tab", _("complete"));
	add(f, CMD_NONE, "Ctrl-T", _("other side"));
	if (prompt_typing(a))
		add(f, CMD_NONE, "Ctrl-C", _("clear"));
	if (!exercise_met(a->player))
		add(f, CMD_NONE, "Esc", behind_prompt(a));
	if (scrolls(a))
		add(f, CMD_NONE, _("PgDn"), _("the rest"));
	if (!prompt_typing(a))
		add(f, CMD_NONE, "Ctrl-C", _("interrupt"));
}

static void add_all(struct footer *f, const struct app *a, struct buf *words,
	int width)
{
	if (a->prompt != NULL) {
		add_prompt(f, a);
	} else if (a->asked_to_leave) {
		add(f, CMD_LEAVE, NULL, _("leave"));
		add(f, CMD_NONE, _("any other key"), _("stay"));
	} else {
		add_next(f, a, words, width);
		add_others(f, a);
	}
}

/* Whether the next thing has room, whole, behind what is said. */
static bool shares_row(const struct app *a, int width)
{
	struct footer f = { .n = 0 };
	struct buf words = { 0 };
	struct ink k = { 0 };
	int left = width - message_end(buf_str(&a->message), width);
	bool shares;

	add_all(&f, a, &words, width);
	keys_footer(&k, f.item, f.n > 0 ? 1 : 0, width);
	shares = ink_cells(&k) + RULE <= left;
	ink_done(&k);
	buf_done(&words);
	return shares;
}

int footer_rows(const struct app *a, int width)
{
	int rows = a->prompt != NULL ? 0 :
		message_rows(buf_str(&a->message), width);

	return rows == 0 ? 1 : rows + !shares_row(a, width);
}

/* What is said. Returns the cells of the last row that are left for keys. */
static int draw_said(const struct app *a, WINDOW *w)
{
	int rows = getmaxy(w), left = getmaxx(w) - 2;
	const char *said = buf_str(&a->message);
	bool shares;

	if (a->prompt != NULL || *said == '\0')
		return left;
	shares = rows <= message_rows(said, left) || shares_row(a, left);
	left -= message_draw(w, 0, shares ? rows : rows - 1,
		a->message_is_trouble ? THEME_TROUBLE : THEME_STRONG, said);
	if (!shares)
		return getmaxx(w) - 2;
	if (left < RULE + KEYS_LEAST)
		return 0;
	ink_put(w, rows - 1, getmaxx(w) - left, 1, THEME_DIM,
		theme_sign(SIGN_VERTICAL));
	return left - RULE;
}

/* What lies on top takes all keys, and names those of its own. */
static void add_layer(struct footer *f, const struct app *a)
{
	bool typed = a->layer == LAYER_ASK || a->layer == LAYER_SEARCH ||
		a->layer == LAYER_VOTES ||
		(a->layer == LAYER_GLOSSARY && a->glossary.typing);

	add(f, CMD_LEAVE, typed ? "Esc" : NULL, _("close this"));
}

void footer_draw(struct app *a, WINDOW *w)
{
	struct footer f = { .n = 0 };
	struct ink k = { 0 };
	struct buf words = { 0 };
	int width = draw_said(a, w);

	if (width == 0)
		return;
	if (a->layer != LAYER_NONE)
		add_layer(&f, a);
	else
		add_all(&f, a, &words, getmaxx(w) - 2);
	keys_footer(&k, f.item, f.n, width);
	ink_draw(w, getmaxy(w) - 1, getmaxx(w) - 1 - width, width, &k,
		A_NORMAL);
	ink_done(&k);
	buf_done(&words);
}
