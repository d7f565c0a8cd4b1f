/*
 * strip: the lesson's pane: what ui/strip.h makes, drawn, scrolled, clicked.
 */
#include "ui/strip.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/mem.h"
#include "base/text.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "ui/app.h"
#include "ui/exercise.h"
#include "ui/pane.h"
#include "ui/parsons.h"
#include "ui/screen.h"
#include "ui/strip_class.h"
#include "ui/words.h"

/* Of the strip last drawn: its pane's rows, those of the body, and what a row
 * stands for. */
static struct {
	int pane, height, lines, top;
	struct {
		enum strip_click click;
		int which;
	} row[64];
} drawn;

/* ---- making ---- */

/* The page of an exercise. Its goals may have half of the pane, and all that the
 * task leaves. */
static void make_exercise(struct strip *body, struct strip *pinned,
	const struct app *a)
{
	int height = pinned->height, goals, most = height / 2;

	strip_goals(pinned, a, 0);
	goals = (int)pinned->lines;
	body->height -= height > 0 ? (goals < most ? goals : most) : 0;
	strip_exercise(body, a);
	if (height == 0)
		return;
	strip_squeeze(body, height - goals);
	if (height - (int)body->lines > most)
		most = height - (int)body->lines;
	if (goals > most) {
		strip_done(pinned);
		strip_goals(pinned, a, most);
	}
	body->height = height - (int)pinned->lines;
}

void strip_make(struct strip *body, struct strip *pinned, const struct app *a,
	int width, int height)
{
	strip_init(body, width, height);
	strip_init(pinned, width, height);
	if (app_page(a) == NULL) {
		strip_guide(body, a);
		return;
	}
	if (exercise_page(a->player) != NULL)
		make_exercise(body, pinned, a);
	else if (player_state(a->player) == PLAYER_END && a->class.asking)
		strip_class_again(body, a);
	else if (player_state(a->player) == PLAYER_END)
		strip_end(body, a);
	else if (player_left_out(a->player))
		strip_left_out(body, a);
	else
		strip_page(body, a);
	if (height > 0)
		strip_squeeze(body, body->height);
}

int strip_height(void)
{
	return drawn.pane;
}

int strip_width(int columns)
{
	return columns - 2 > STRIP_WIDE ? STRIP_WIDE : columns - 2;
}

/* ---- drawing ---- */

/* A new question or page is read from where it matters. */
static void follow(struct app *a)
{
	size_t page = 0, block = 0;

	if (app_page(a) != NULL) {
		page = player_at_page(a->player) +
			100 * player_asking(a->player);
		block = (player_at_block(a->player) * 8 +
			(size_t)player_state(a->player)) * 8 +
			(size_t)a->exercise.shows;
	}
	if (page != a->strip_page || block != a->strip_block) {
		a->strip_top = -1;
		a->word = 0;
	}
	a->strip_page = page;
	a->strip_block = block;
}

/* Rows from the edge on in which the sign that there is more may stand. */
#define MORE_ROWS 3

static void set_row(int y, enum strip_click click, int which)
{
	if (y < (int)(sizeof drawn.row / sizeof drawn.row[0])) {
		drawn.row[y].click = click;
		drawn.row[y].which = which;
	}
}

/* Which keys lead there: ": Tab ↓", ": PgDn" of the prompt. */
static void add_keys(struct buf *b, const struct app *a, bool above)
{
	int tabs = screen_focused(a) == &pane_lesson ? 0 :
		screen_view(a) == &pane_lesson ? 1 : PANE_STRIP - (int)a->focus;

	buf_char(b, ':');
	if (a->prompt != NULL) {
		buf_printf(b, " %s", above ? _("PgUp") : _("PgDn"));
		return;
	}
	while (tabs-- > 0)
		buf_text(b, " Tab");
	if (a->ascii)
		buf_printf(b, " %s", above ? _("Up") : _("Down"));
	else
		buf_text(b, above ? " ↑" : " ↓");
}

/* "+8 below", with the keys or without. */
static void say_more(struct buf *b, const struct app *a, int n, bool above,
	bool keys)
{
	buf_clear(b);
	buf_printf(b, above ? _("+%d above") : _("+%d below"), n);
	if (keys)
		add_keys(b, a, above);
}

/* The row nearest to the edge that has room for so many cells; -1. */
static int row_with_room(WINDOW *w, const struct strip *s, int height, int top,
	bool above, int cells)
{
	int rows = height >= 2 * MORE_ROWS ? MORE_ROWS :
		height >= 2 ? height / 2 : 1;

	for (int i = 0; i < rows; i++) {
		int y = above ? i : height - 1 - i;

		if (ink_cells(&s->line[top + y].ink) + cells + 3 <= getmaxx(w))
			return y;
	}
	return -1;
}

/* That there is more, at the right end of a row that has room for it; where
 * none has, the row at the edge is given up for it. */
static void draw_more(const struct app *a, WINDOW *w, const struct strip *s,
	int height, int top, bool above)
{
	int n = above ? top : (int)s->lines - top - height, y = -1, cells = 0;
	struct buf b = { 0 };

	for (int keys = 1; keys >= 0 && y < 0; keys--) {
		say_more(&b, a, n, above, keys);
		cells = text_cells(buf_str(&b), b.len);
		y = row_with_room(w, s, height, top, above, cells);
	}
	if (y < 0) {
		y = above ? 0 : height - 1;
		wmove(w, y, 0);
		wclrtoeol(w);
		set_row(y, STRIP_NOTHING, 0);
		say_more(&b, a, n + 1, above, true);
		cells = text_cells(buf_str(&b), b.len);
	}
	ink_put(w, y, getmaxx(w) - 1 - cells, cells, THEME_KEY, buf_str(&b));
	buf_done(&b);
}

/* The first line to show in height lines. */
static int first_line(const struct app *a, const struct strip *s, int height)
{
	int last = (int)s->lines - height, top = a->strip_top;

	if (top < 0) {
		top = s->to_end ? last : 0;
		if (s->see >= 0 && s->see < top)
			top = s->see;
		if (s->see >= top + height)
			top = s->see - height + 1;
	}
	if (top > last)
		top = last;
	return top > 0 ? top : 0;
}

/* Lines of s from top on, in the rows from y to end. */
static void draw_lines(WINDOW *w, const struct strip *s, int top, int y,
	int end)
{
	for (size_t i = (size_t)top; y < end; y++, i++) {
		bool there = i < s->lines;

		set_row(y, there ? s->line[i].click : STRIP_NOTHING,
			there ? s->line[i].which : 0);
		if (there)
			ink_draw(w, y, 1, s->width, &s->line[i].ink, A_NORMAL);
	}
}

#define FAR 4 /* empty rows that part more than they order */

/* Where the goals begin: at the bottom, but not far below a short body; and
 * they stay where they are when a hint is shorter than the task. */
static int pinned_row(const struct app *a, const struct strip *body,
	const struct strip *pinned, int rows)
{
	int last = rows - (int)pinned->lines;
	int row = strip_wish(a, body->width) - (int)pinned->lines;

	if (row < (int)body->lines + 1)
		row = (int)body->lines + 1;
	return row + FAR < last ? row : last;
}

static void draw(struct app *a, WINDOW *w, bool focused)
{
	int height = getmaxy(w), top, word;
	struct strip body, pinned;

	follow(a);
	strip_make(&body, &pinned, a, strip_width(getmaxx(w)), height);
	if (pinned.lines > 0)
		height = pinned_row(a, &body, &pinned, height);
	word = focused ? words_mark(a, &body) : -1;
	top = first_line(a, &body, height);
	if (word >= 0 && (word < top || word >= top + height))
		top = word < top ? word : word - height + 1;
	drawn.pane = getmaxy(w);
	drawn.height = height;
	drawn.lines = (int)body.lines;
	drawn.top = top;
	draw_lines(w, &body, top, 0, height);
	draw_lines(w, &pinned, 0, height, getmaxy(w));
	if (height > 0 && top > 0)
		draw_more(a, w, &body, height, top, true);
	if (height > 0 && top + height < (int)body.lines)
		draw_more(a, w, &body, height, top, false);
	strip_done(&body);
	strip_done(&pinned);
}

/* ---- keys and mouse ---- */

static void scroll_by(struct app *a, int by)
{
	int last = drawn.lines - drawn.height;
	int top = drawn.top + by;

	a->strip_top = top > last ? (last > 0 ? last : 0) : top < 0 ? 0 : top;
}

bool strip_hides(void)
{
	return drawn.lines > drawn.height;
}

void strip_scroll(struct app *a, int way)
{
	int page = drawn.height > 2 ? drawn.height - 1 : 1;

	if (screen_shows_lesson(a))
		scroll_by(a, way * page);
}

static bool key(struct app *a, int k)
{
	if (parsons_key(a, k))
		return true;
	switch (k) {
	case KEY_LEFT:
	case 'h':
		return words_move(a, -1);
	case KEY_RIGHT:
	case 'l':
		return words_move(a, 1);
	case KEY_UP:
		scroll_by(a, -1);
		return true;
	case '\n':
	case '\r':
	case KEY_ENTER:
		if (words_open(a))
			return true;
		/* fall through */
	case KEY_DOWN:
	case 'j':
		scroll_by(a, 1);
		return true;
	case KEY_HOME:
		a->strip_top = 0;
		return true;
	}
	return false;
}

static bool mouse(struct app *a, int y, int x, mmask_t buttons)
{
	int which;

	(void)x;
	if (buttons & (BUTTON4_PRESSED | BUTTON5_PRESSED)) {
		scroll_by(a, buttons & BUTTON4_PRESSED ? -1 : 1);
		return true;
	}
	if (y < 0 || y >= (int)(sizeof drawn.row / sizeof drawn.row[0]) ||
			a->player == NULL)
		return false;
	which = drawn.row[y].which;
	switch (drawn.row[y].click) {
	case STRIP_NOTHING:
		return false;
	case STRIP_OPTION:
		player_choose(a->player, which);
		return true;
	case STRIP_PLACE:
		if (buttons & BUTTON1_RELEASED)
			parsons_release(a, (size_t)which);
		else
			parsons_press(a, (size_t)which);
		return true;
	case STRIP_GOAL:
		if (!(buttons & BUTTON1_RELEASED) &&
				player_state(a->player) == PLAYER_TASK)
			exercise_ask(&a->exercise);
		return true;
	}
	return false;
}

/* ---- searching, copying ---- */

static bool find(struct app *a, const char *text, int way)
{
	struct strip s, pinned;
	bool found = false;
	int i;

	strip_make(&s, &pinned, a, strip_width(COLS), 0);
	for (i = drawn.top + way; i >= 0 && i < (int)s.lines; i += way)
		if (strcasestr(buf_str(&s.line[i].ink.text), text) != NULL) {
			a->strip_top = i;
			found = true;
			break;
		}
	strip_done(&s);
	strip_done(&pinned);
	return found;
}

static char *copy(struct app *a)
{
	struct buf b = { 0 };
	struct strip s[2];
	char *text;

	strip_make(&s[0], &s[1], a, strip_width(COLS), 0);
	for (int i = 0; i < 2; i++) {
		for (size_t k = 0; k < s[i].lines; k++)
			buf_printf(&b, "%s\n",
				buf_str(&s[i].line[k].ink.text));
		strip_done(&s[i]);
	}
	text = mem_string(buf_str(&b));
	buf_done(&b);
	return text;
}

const struct pane pane_lesson = {
	.title = N_("lesson"),
	.draw = draw,
	.key = key,
	.mouse = mouse,
	.find = find,
	.copy = copy,
};
