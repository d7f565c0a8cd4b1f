/*
 * strip_observed: prediction and observation side by side, then why.
 *
 * The row of the stage that decided carries a mark (app.decided); here its step
 * is named, so that the eye finds it.
 */
#include "ui/strip.h"

#include "base/buf.h"
#include "base/intl.h"
#include "lesson/lesson.h"
#include "lesson/player.h"

static void add_left(struct strip *s, const struct option *o,
	const struct player_prediction *p)
{
	ink_text(strip_line(s), THEME_DIM, _("you predicted"));
	if (o != NULL)
		strip_option(s, o, p->chosen, false, THEME_PLAIN);
	else
		ink_printf(strip_line(s), THEME_PLAIN, "  %s", _("nothing"));
}

void strip_result(struct buf *out, const struct page *page,
	const struct block *b, const struct player_prediction *p)
{
	const struct step *decider =
		&page->block[b->decider_block].step[b->decider_step];
	struct buf name = { 0 };

	strip_step(&name, decider);
	buf_printf(out, "\3%s\3", buf_str(&name));
	if (p->observation[0] != '\0')
		buf_printf(out, " -> \1%s\1", p->observation);
	buf_done(&name);
}

void strip_observation(struct strip *s, const struct page *page,
	const struct block *b, const struct player_prediction *p)
{
	struct buf result = { 0 };
	struct ink lead = { 0 };
	struct ink *k;

	k = strip_line(s);
	ink_text(k, THEME_DIM, _("observed"));
	ink_printf(k, THEME_DIM, ", %s %s", theme_sign(SIGN_POINTER),
		_("on the stage"));
	strip_result(&result, page, b, p);
	strip_marked(s, buf_str(&result), 2, NULL, THEME_PLAIN);
	ink_printf(&lead, p->right ? THEME_GOOD : THEME_TROUBLE, "%s",
		theme_sign(p->right ? SIGN_DONE : SIGN_LOST));
	strip_marked(s, p->chosen < 0 ? _("this is what happened") :
		p->right ? _("as you predicted") : _("not as you predicted"),
		2, p->chosen < 0 ? NULL : &lead,
		p->right ? THEME_GOOD : THEME_TROUBLE);
	ink_done(&lead);
	buf_done(&result);
}

void strip_observed(struct strip *s, const struct page *page,
	const struct block *b, const struct player_prediction *p)
{
	const struct option *o = p->chosen >= 0 ? &b->option[p->chosen] : NULL;
	int half = s->width / 2 - 2;
	struct strip left, right;

	if (!p->poll) {
		strip_init(&left, half, 0);
		strip_init(&right, s->width - half - 3, 0);
		add_left(&left, o, p);
		strip_observation(&right, page, b, p);
		strip_beside(s, &left, &right);
	} else if (o != NULL) {
		ink_text(strip_line(s), THEME_DIM, _("you predicted"));
		strip_option(s, o, p->chosen, false, THEME_PLAIN);
	}
	if (o != NULL && o->why != NULL && o->why[0] != '\0')
		strip_prose(s, o->why);
}
