/* course_draw: the list of lessons, drawn; see course_list.h. */
#include "ui/course_list.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "lesson/course.h"
#include "lesson/wrap.h"
#include "ui/course_words.h"
#include "ui/ink.h"
#include "ui/layers.h"
#include "ui/message.h"
#include "ui/over.h"

enum {
	WIDE = 100,       /* the list is no wider, for the eye's sake */
	NAMED = 96,       /* from this width on lessons have their names */
	NAME_CELLS = 14,
	TITLE_LEAST = 30, /* cells that a lesson has for its title */
};

/* ---- the list's lines ---- */

static bool begins_track(const struct course_list *l, size_t i)
{
	const struct course_lesson *x = l->c->lesson;

	return i == 0 || strcmp(x[i].track, x[i - 1].track) != 0;
}

int course_line_of(const struct course_list *l, size_t i)
{
	int line = 0;

	for (size_t j = 0; j <= i; j++)
		if (begins_track(l, j))
			line += j == 0 ? 1 : 2;
	return line + (int)i;
}

static void add_part(struct ink *k, int style, struct buf *part)
{
	if (part->len > 0 && ink_cells(k) > 0)
		ink_printf(k, THEME_DIM, " %s ", theme_sign(SIGN_DOT));
	ink_text(k, style, buf_str(part));
	buf_clear(part);
}

/* "done · exercise done"; the first of it where there is not so much room. */
static void add_progress(struct ink *k, const struct course_lesson *x,
	int room)
{
	struct buf part = { 0 };

	course_how_far(&part, x);
	add_part(k, x->finished ? THEME_GOOD : x->reached > 0 ? THEME_STRONG :
		THEME_DIM, &part);
	course_exercises(&part, x);
	add_part(k, x->done > 0 ? THEME_GOOD : THEME_DIM, &part);
	if (ink_cells(k) > room) {
		ink_clear(k);
		course_how_far(&part, x);
		add_part(k, THEME_PLAIN, &part);
	}
	buf_done(&part);
}

static void draw_lesson(const struct course_list *l, size_t i, int y, int width)
{
	const struct course_lesson *x = &l->c->lesson[i];
	bool chosen = i == l->at;
	struct ink k = { 0 };
	struct ink right = { 0 };
	struct buf title = { 0 };

	ink_printf(&k, THEME_FOCUS, " %s ", chosen ?
		theme_sign(SIGN_POINTER) : " ");
	ink_printf(&k, x->finished ? THEME_GOOD : THEME_DIM, "%s ",
		theme_sign(x->finished ? SIGN_DONE : SIGN_OPEN));
	if (width >= NAMED) {
		ink_text(&k, THEME_DIM, x->name);
		ink_pad(&k, 5 + NAME_CELLS);
	}
	wrap_plain(&title, x->title);
	ink_text(&k, chosen ? THEME_STRONG : THEME_PLAIN, buf_str(&title));
	add_progress(&right, x, width - TITLE_LEAST);
	ink_cut(&k, width - ink_cells(&right) - 2);
	ink_pad(&k, width - ink_cells(&right));
	ink_append(&k, &right);
	ink_draw(stdscr, y, 0, width, &k, A_NORMAL);
	ink_done(&k);
	ink_done(&right);
	buf_done(&title);
}

/* "Essentials ──────────────────── 3 of 7 done" */
static void draw_track(const struct course_list *l, size_t i, int y, int width)
{
	size_t end = course_track_end(l->c, i);
	struct ink k = { 0 };
	struct ink right = { 0 };
	int rule;

	ink_printf(&k, THEME_STRONG, " %s ", _(l->c->lesson[i].track));
	ink_printf(&right, THEME_DIM, _(" %zu of %zu done"),
		course_finished(l->c, i, end), end - i);
	rule = width - ink_cells(&k) - ink_cells(&right);
	if (rule > 0)
		ink_repeat(&k, THEME_DIM, theme_sign(SIGN_HORIZONTAL), rule);
	ink_append(&k, &right);
	ink_draw(stdscr, y, 0, width, &k, A_NORMAL);
	ink_done(&k);
	ink_done(&right);
}

static void draw_list(struct course_list *l, int height, int width)
{
	int chosen = course_line_of(l, l->at);
	int lines = course_line_of(l, l->c->lessons - 1) + 1;

	if (l->top > lines - height)
		l->top = lines - height;
	/* with the heading above it, and a line of what lies further on */
	if (chosen - 1 - (l->at > 0) < l->top)
		l->top = chosen - 1 - (l->at > 0);
	if (chosen >= l->top + height)
		l->top = chosen - height + 1;
	if (l->top < 0)
		l->top = 0;
	l->first_line = COURSE_LIST_Y - l->top;
	for (size_t i = 0; i < l->c->lessons; i++) {
		int y = course_line_of(l, i) - l->top;

		if (begins_track(l, i) && y > 0 && y <= height)
			draw_track(l, i, COURSE_LIST_Y + y - 1, width);
		if (y >= 0 && y < height)
			draw_lesson(l, i, COURSE_LIST_Y + y, width);
	}
}

/* How many lessons lie above and below what is seen. */
static void draw_more(const struct course_list *l, int height, int width)
{
	int above = 0, below = 0;
	char text[64];

	for (size_t i = 0; i < l->c->lessons; i++) {
		above += course_line_of(l, i) < l->top;
		below += course_line_of(l, i) >= l->top + height;
	}
	ink_rule(stdscr, COURSE_LIST_Y + height, 0, getmaxx(stdscr), THEME_DIM,
		SIGN_HORIZONTAL, false);
	if (above > 0) {
		snprintf(text, sizeof text, _("+%d above"), above);
		ink_put(stdscr, COURSE_LIST_Y - 1, width - text_cells(text,
			strlen(text)), width, THEME_KEY, text);
	}
	if (below > 0) {
		snprintf(text, sizeof text, _(" +%d below "), below);
		ink_put(stdscr, COURSE_LIST_Y + height, width - text_cells(text,
			strlen(text)), width, THEME_KEY, text);
	}
}

/* ---- around it ---- */

static void draw_head(const struct course_list *l, int width)
{
	size_t n = l->c->lessons, done = course_finished(l->c, 0, n);
	const char *words = _("a client, a server, and a wire that you hold in "
		"your hand");
	struct ink k = { 0 };
	struct ink right = { 0 };

	if (done > 0)
		ink_printf(&right, THEME_PLAIN, _("%zu of %zu done"), done, n);
	ink_text(&k, THEME_FOCUS, " tomada");
	if (ink_cells(&k) + text_cells(words, strlen(words)) + 4 <=
			width - ink_cells(&right))
		ink_printf(&k, THEME_DIM, "  %s", words);
	ink_pad(&k, width - ink_cells(&right));
	ink_append(&k, &right);
	ink_draw(stdscr, 0, 0, width, &k, A_NORMAL);
	ink_done(&k);
	ink_done(&right);
}

/* Of the chosen lesson, what has no room in its line. */
static void draw_chosen(const struct course_list *l, int y, int width)
{
	const struct course_lesson *x = &l->c->lesson[l->at];
	const char *dot = theme_sign(SIGN_DOT);
	struct buf due = { 0 };
	struct ink k = { 0 };

	ink_printf(&k, THEME_CODE, " tomada lesson %s", x->name);
	ink_printf(&k, THEME_DIM, ngettext(" %s %d page", " %s %d pages",
		(unsigned)x->pages), dot, x->pages);
	course_due(&due, x);
	if (due.len > 0)
		ink_printf(&k, THEME_WAITS, " %s %s", dot, buf_str(&due));
	buf_done(&due);
	if (x->asked > 0)
		ink_printf(&k, THEME_DIM, _(" %s predictions right: %d of %d"),
			dot, x->right, x->asked);
	if (x->times > 1)
		ink_printf(&k, THEME_DIM, ngettext(" %s done %d time",
			" %s done %d times", (unsigned)x->times), dot,
			x->times);
	ink_cut(&k, width);
	ink_draw(stdscr, y, 0, width, &k, A_NORMAL);
	ink_done(&k);
}

/* As long as there is room for it, whole. */
static void add_key(struct ink *k, int width, const char *key,
	const char *words)
{
	if (ink_cells(k) + text_cells(key, strlen(key)) +
			text_cells(words, strlen(words)) + 4 > width)
		return;
	if (ink_cells(k) > 1)
		ink_printf(k, THEME_DIM, " %s ", theme_sign(SIGN_DOT));
	ink_text(k, THEME_KEY, key);
	ink_printf(k, THEME_PLAIN, " %s", words);
}

static void draw_keys(const struct course_list *l, int y, int width)
{
	struct buf enter = { 0 };
	struct ink k = { 0 };

	course_enter(&enter, &l->c->lesson[l->at]);
	ink_text(&k, THEME_PLAIN, " ");
	add_key(&k, width, _("Enter"), buf_str(&enter));
	add_key(&k, width, "/", _("search"));
	add_key(&k, width, "g", _("glossary"));
	add_key(&k, width, "?", _("help"));
	add_key(&k, width, "q", _("leave"));
	add_key(&k, width, _("arrows"), _("choose"));
	ink_draw(stdscr, y, 0, width, &k, A_NORMAL);
	ink_done(&k);
	buf_done(&enter);
}

static void draw_help(struct course_list *l)
{
	static const struct {
		const char *key, *help;
	} row[] = {
		{ N_("Enter"), N_("the lesson: from its beginning, or where "
			"you left it") },
		{ N_("arrows"), N_("choose; PgUp PgDn Home End go further") },
		{ "/", N_("search by title or name; n and N: the next, the one "
			"before") },
		{ "g", N_("what the words of the field mean") },
		{ "q", N_("leave") },
		{ "", "" },
		{ "", N_("A lesson has a question first: predict, then look. "
			"Most have an exercise.") },
		{ "", N_("Questions that are due open the next lesson that you "
			"begin: remembering is") },
		{ "", N_("what makes things stay. Progress is kept on this "
			"machine alone.") },
	};
	enum { LINES_OF_HELP = sizeof row / sizeof row[0] };
	struct ink line[LINES_OF_HELP] = { 0 };

	for (int i = 0; i < LINES_OF_HELP; i++) {
		if (row[i].key[0] != '\0') {
			ink_text(&line[i], THEME_KEY, _(row[i].key));
			ink_pad(&line[i], 8);
		}
		if (row[i].help[0] != '\0')
			ink_text(&line[i], THEME_PLAIN, _(row[i].help));
	}
	layers_box(_("The course"), line, LINES_OF_HELP, &l->app.layer_at,
		_("any key closes"));
	for (int i = 0; i < LINES_OF_HELP; i++)
		ink_done(&line[i]);
}

void course_draw(struct course_list *l)
{
	int rows = getmaxy(stdscr);
	int width = getmaxx(stdscr) - 1 > WIDE ? WIDE : getmaxx(stdscr) - 1;
	int height = rows - COURSE_LIST_Y - COURSE_BELOW;

	height = height > 1 ? height : 1;
	werase(stdscr);
	draw_head(l, width);
	draw_list(l, height, width);
	draw_more(l, height, width);
	draw_chosen(l, rows - 2, width);
	if (l->app.message.len > 0) /* as everywhere, in the last row */
		message_draw(stdscr, rows - 1, 1, THEME_TROUBLE,
			buf_str(&l->app.message));
	else
		draw_keys(l, rows - 1, width);
	leaveok(stdscr, TRUE);
	wnoutrefresh(stdscr);
	over_begin();
	if (l->app.layer == LAYER_HELP)
		draw_help(l);
	else if (l->app.layer == LAYER_SEARCH)
		layers_line("/", l->app.search);
	else if (l->app.layer != LAYER_NONE)
		layers_draw(&l->app);
	over_show();
	doupdate();
}
