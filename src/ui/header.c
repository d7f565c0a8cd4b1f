/* header: see header.h. */
#include "ui/header.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "ui/app.h"
#include "ui/ink.h"
#include "ui/layout.h"

static void add_wire(struct ink *k, const struct app *a)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	struct scene_wire wire;

	if (take == NULL)
		return;
	if (take->loopback) {
		ink_text(k, THEME_STRONG, _("no wire"));
		return;
	}
	scene_wire(a->scene, a->position, &wire);
	if (wire.cut)
		ink_text(k, THEME_TROUBLE, _("wire CUT"));
	else if (wire.held > 0)
		ink_printf(k, THEME_WAITS, _("wire HOLDS %u"), wire.held);
	else if (wire.holds)
		ink_text(k, THEME_WAITS, _("wire holds"));
	else
		ink_text(k, THEME_PLAIN, _("wire flows"));
	if (wire.rules > 0)
		ink_printf(k, THEME_PLAIN, ngettext(", %u rule", ", %u rules",
			wire.rules), wire.rules);
}

/* What is played: a lesson, older questions, a lab. */
static void add_name(struct ink *k, const struct app *a)
{
	if (a->player != NULL && player_asking(a->player) > 0)
		ink_text(k, THEME_FOCUS, _("Before we begin"));
	else
		ink_text(k, THEME_FOCUS, a->lesson != NULL ? a->lesson->title :
			a->link != NULL ? _("The lab") : _("A recording"));
}

/* Where in it. */
static void add_page(struct ink *k, const struct app *a, bool narrow)
{
	const char *dot = theme_sign(SIGN_DOT);
	size_t asking = a->player != NULL ? player_asking(a->player) : 0;

	if (asking > 0)
		ink_printf(k, THEME_PLAIN, _(" %s question %zu of %zu, from "
			"\"%s\""), dot, asking, a->questions,
			player_lesson(a->player)->title);
	else if (a->lesson != NULL && a->player != NULL && a->lesson->pages > 1)
		ink_printf(k, THEME_PLAIN, narrow ? " %s %zu/%zu" :
			_(" %s page %zu/%zu"), dot,
			player_at_page(a->player) + 1, a->lesson->pages);
}

static void add_place(struct ink *k, const struct app *a, bool narrow)
{
	const char *dot = theme_sign(SIGN_DOT);
	struct scene_page at;

	add_page(k, a, narrow);
	scene_page(a->scene, a->position, &at);
	if (a->player == NULL && at.page > 0)
		ink_printf(k, THEME_PLAIN, _(" %s %s, page %d"), dot,
			at.lesson, at.page);
	if (a->lesson != NULL && a->player != NULL &&
			player_free_play(a->player))
		ink_printf(k, THEME_STRONG, " %s %s", dot, _("FREE PLAY"));
	if (a->replay)
		ink_printf(k, THEME_WAITS, _(" %s REPLAY %u/%u"), dot,
			a->position, scene_now(a->scene));
	if (a->kernel_view)
		ink_printf(k, THEME_STRONG, " %s %s", dot,
			_("kernel's view"));
}

#define TITLE_LEAST 6 /* cells of a title that say anything */

void header_draw(struct app *a, WINDOW *w)
{
	int width = getmaxx(w), cells, room;
	struct ink left = { 0 };
	struct ink place = { 0 };
	struct ink right = { 0 };

	add_wire(&right, a);
	ink_pad(&right, ink_cells(&right) + (width < LAYOUT_NARROW ? 2 : 5));
	ink_text(&right, THEME_KEY, "?");
	ink_printf(&right, THEME_PLAIN, " %s", _("help"));
	cells = ink_cells(&right);
	room = width - cells - (width < LAYOUT_NARROW ? 3 : 4);
	add_name(&left, a);
	add_place(&place, a, width < LAYOUT_NARROW);
	/* where we are says more than the end of a lesson's title */
	if (a->player == NULL || player_asking(a->player) == 0)
		ink_cut(&left, room - ink_cells(&place) > TITLE_LEAST ?
			room - ink_cells(&place) : TITLE_LEAST);
	ink_append(&left, &place);
	ink_cut(&left, room);
	ink_draw(w, 0, 1, width - 1, &left, A_NORMAL);
	ink_draw(w, 0, width - cells - 1, cells, &right, A_NORMAL);
	ink_done(&left);
	ink_done(&place);
	ink_done(&right);
}
