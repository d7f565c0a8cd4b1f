/* lectern: see lectern.h. */
#include "ui/lectern.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "ui/app.h"
#include "ui/class.h"
#include "ui/layers.h"

enum { ESCAPE = 27 };

/* ---- going on ---- */

/* What the question was about runs; of a poll there is nothing to run. */
static void answer(struct app *a)
{
	const struct class_question *q = class_asked(&a->class);
	bool poll = q != NULL && q->poll;

	if (player_skip(a->player) && !poll &&
			player_state(a->player) == PLAYER_READY)
		player_next(a->player);
}

size_t lectern_page(const struct app *a)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	const struct lesson *l = app_page(a) != NULL ?
		player_lesson(a->player) : NULL;
	enum player_state state = l != NULL ? player_state(a->player) :
		PLAYER_BUSY;
	size_t page;

	if (!a->class.on || state == PLAYER_BUSY || state == PLAYER_END ||
			take == NULL || !take->loopback)
		return SIZE_MAX;
	page = player_at_page(a->player);
	if (!lesson_orders_wire(&l->page[page]) && (state != PLAYER_TURN ||
			!lesson_orders_wire(&l->page[page + 1])))
		return SIZE_MAX;
	do
		page++;
	while (page + 1 < l->pages && lesson_orders_wire(&l->page[page]));
	return page < l->pages ? page : SIZE_MAX;
}

bool lectern_on(struct app *a)
{
	size_t page = lectern_page(a);

	if (page != SIZE_MAX) {
		app_say(a, false, _("What needs a wire was left out: this "
			"machine gives us none."));
		player_page(a->player, page);
		return true;
	}
	if (!a->class.on || !a->class.asking)
		return false;
	if (!class_next(&a->class))
		answer(a);
	a->strip_top = -1;
	return true;
}

void lectern_skip(struct app *a)
{
	if (!a->class.on)
		app_say(a, false, _("Only a class skips a question: "
			"tomada lesson --class"));
	else if (!a->class.asking)
		app_say(a, false, _("No question is asked here; PgDn goes "
			"on."));
	else if (a->class.phase == CLASS_AGAIN)
		lectern_on(a);
	else
		answer(a);
}

void lectern_tell(struct app *a, int option)
{
	struct player_prediction p;

	if (a->class.asking) {
		app_say(a, false, _("The class answers here: v takes its "
			"votes, PgDn goes on."));
		return;
	}
	player_prediction(a->player, &p);
	if (p.block < 0 || option >= app_page(a)->block[p.block].options) {
		app_say(a, false, _("Nothing is asked here."));
		return;
	}
	if (!p.poll && !p.observed) {
		app_say(a, false, _("The kernel has not answered yet: PgDn "
			"goes on."));
		return;
	}
	a->class.told = option + 1;
	a->class.changes++;
	a->strip_top = -1;
}

const char *lectern_others(const struct app *a)
{
	static char out[2 * LESSON_OPTIONS];
	struct player_prediction p;
	const struct block *b;
	int told, n = 0;

	player_prediction(a->player, &p);
	if (a->class.asking || p.block < 0 || (!p.poll && !p.observed))
		return NULL;
	b = &app_page(a)->block[p.block];
	told = a->class.told > 0 ? a->class.told - 1 :
		p.poll ? -1 : lesson_right(b);
	for (int i = 0; i < b->options; i++)
		if (i != told)
			n += snprintf(out + n, sizeof out - (size_t)n, "%s%c",
				n > 0 ? " " : "", 'a' + i);
	return out;
}

/* ---- votes ---- */

static const struct block *asked(const struct app *a)
{
	const struct class_question *q = class_asked(&a->class);

	return &player_lesson(a->player)->page[q->page].block[q->block];
}

void lectern_open(struct app *a)
{
	if (!a->class.on) {
		app_say(a, false, _("Only a class votes: "
			"tomada lesson --class"));
		return;
	}
	if (!a->class.asking) {
		app_say(a, false, _("No question is asked here; votes are "
			"taken while one is."));
		return;
	}
	a->layer = LAYER_VOTES;
	a->votes[0] = '\0';
	a->votes_wrong = 0;
}

void lectern_draw(const struct app *a)
{
	layers_line_said(a->votes_wrong > 0 ? buf_str(&a->message) : NULL,
		a->votes[0] != '\0' ? _("votes: ") :
		_("votes, like a 12 b 3 c 9: "), a->votes, a->votes_wrong);
}

static void close_line(struct app *a)
{
	a->layer = LAYER_NONE;
	a->votes_wrong = 0;
	buf_clear(&a->message);
}

/* What is no vote stays as it was typed: were the line closed, what the teacher
 * types on would be keys, and a blank would let the kernel answer. */
static void take(struct app *a)
{
	struct diag d = { 0 };

	if (a->votes[0] != '\0' && a->class.asking &&
			class_vote(&a->class, a->votes, asked(a)->options, &d)
			!= 0) {
		a->votes_wrong = d.column;
		app_say(a, true, "%s", d.msg);
		return;
	}
	a->strip_top = -1;
	close_line(a);
}

static void mend(struct app *a)
{
	if (a->votes_wrong > 0)
		buf_clear(&a->message);
	a->votes_wrong = 0;
}

void lectern_key(struct app *a, wint_t key, bool is_char)
{
	size_t n = strlen(a->votes);

	if (key == ESCAPE) {
		close_line(a);
	} else if (key == '\n' || key == '\r' || (!is_char &&
			(key == KEY_ENTER || key == KEY_NPAGE))) {
		take(a);
	} else if (key == 0x7f || key == 8 || (!is_char &&
			key == KEY_BACKSPACE)) {
		if (n > 0)
			a->votes[n - 1] = '\0';
		mend(a);
	} else if (is_char && key >= ' ' && key < 0x7f &&
			n + 1 < sizeof a->votes) {
		a->votes[n] = (char)key;
		a->votes[n + 1] = '\0';
		mend(a);
	}
}
