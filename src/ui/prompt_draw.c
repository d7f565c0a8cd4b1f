/* prompt_draw: the line being typed, and what is said above it. See prompt.h. */
#include "ui/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "ui/app.h"
#include "ui/ink.h"
#include "ui/message.h"
#include "ui/prompt_edit.h"
#include "ui/prompt_inside.h"
#include "ui/prompt_line.h"

/* The part of the line that is seen, control characters as symbols. */
static void ink_line(struct ink *k, const struct app *a,
	const struct prompt_window *seen, size_t bad)
{
	const char *more = theme_sign(SIGN_MORE);

	if (seen->more_left)
		ink_text(k, THEME_DIM, more);
	for (size_t at = seen->first, len; at < seen->end; at += len) {
		const char *letter = edit_text() + at;
		int style = at == bad ? THEME_TROUBLE : THEME_PLAIN;
		int32_t point;

		len = text_letter(letter, edit_len() - at, &point);
		if (point < 0 || text_cells_of(point) < 0) {
			struct buf b = {0};

			text_symbol(&b, (uint8_t)*letter, a->ascii);
			ink_text(k, style, buf_str(&b));
			buf_done(&b);
		} else {
			ink_add(k, style, letter, len);
		}
	}
	if (seen->more_right)
		ink_text(k, THEME_DIM, more);
}

/* Where the line stands in so many columns. */
struct place {
	int begin;                 /* the cells of what stands before it */
	struct prompt_window seen;
	size_t bad;                /* its letter that is wrong; SIZE_MAX … */
	int column;                /* … and its column; -1: none is seen */
};

static void find_place(struct place *p, struct ink *lead, const struct app *a,
	int columns)
{
	const struct diag *wrong = &a->prompt->wrong;

	if (edit_searching())
		ink_text(lead, THEME_STRONG, edit_search_text());
	else
		ink_printf(lead, THEME_STRONG, "%s> ", a->side);
	ink_cut(lead, columns / 2);
	p->begin = ink_cells(lead);
	p->bad = SIZE_MAX;
	p->column = -1;
	prompt_window(&p->seen, edit_text(), edit_len(), edit_point(),
		columns - p->begin - 1);
	if (!wrong->msg[0] || !wrong->column)
		return;
	p->bad = prompt_column(edit_text(), edit_len(), wrong->column);
	p->column = prompt_cell(&p->seen, edit_text(), edit_len(), p->bad);
	if (p->column >= 0)
		p->column += p->begin;
}

static void ink_offer(struct ink *k, const struct prompt *p)
{
	if (p->offer)
		ink_printf(k, THEME_DIM, _("  Tab takes: %s"), p->offer);
}

/* How what is wrong stands above the line. */
struct told {
	int x;      /* where the sentence begins in its row; -1: in several */
	bool arrow; /* down to the column: the sentence stands to the right of
		       it, or to the left; where neither has room it goes
		       without, for the letter stands out */
	bool apart; /* the offer has no room behind it: it stands above */
	int rows;   /* in all */
};

static void find_told(struct told *t, const struct prompt *p, int column,
	int columns)
{
	int cells = text_cells(p->wrong.msg, strlen(p->wrong.msg));
	struct ink offer = {0};
	int end;

	t->arrow = true;
	if (column >= 0 && column + 2 + cells <= columns)
		t->x = column + 2;
	else if (column > cells)
		t->x = column - 1 - cells;
	else {
		t->arrow = false;
		t->x = cells + 2 <= columns ? 1 : -1;
	}
	ink_offer(&offer, p);
	end = t->x + cells + ink_cells(&offer);
	t->apart = p->offer && (t->x < 0 || end > columns ||
		(t->x < column && end > column));
	ink_done(&offer);
	t->rows = t->apart + (t->x >= 0 ? 1 :
		message_rows(p->wrong.msg, columns - 2));
}

static void draw_wrong(const struct app *a, WINDOW *w, int rows, int column)
{
	const struct prompt *p = a->prompt;
	int columns = getmaxx(w), y = 0;
	struct ink k = {0};
	struct told t;

	find_told(&t, p, column, columns);
	ink_offer(&k, p);
	if (t.apart && rows > 1)
		ink_draw(w, y++, 0, columns - 1, &k, 0);
	if (t.x < 0) {
		message_draw(w, y, rows - y, THEME_TROUBLE, p->wrong.msg);
	} else {
		int x = t.x + text_cells(p->wrong.msg, strlen(p->wrong.msg));

		ink_put(w, rows - 1, t.x, columns - t.x, THEME_TROUBLE,
			p->wrong.msg);
		if (t.arrow)
			ink_put(w, rows - 1, column, 1, THEME_TROUBLE,
				a->ascii ? "v" : "↓");
		if (!t.apart)
			ink_draw(w, rows - 1, x, columns - x, &k, 0);
	}
	ink_done(&k);
}

static void draw_choice(struct prompt *p, WINDOW *w, int row)
{
	const struct completion *c = &p->choice;
	int columns = getmaxx(w), x = 1;
	size_t i;

	for (i = p->choice_from; i < c->count; i++) {
		const char *text = c->candidate[i];
		int cells = text_cells(text, strlen(text));

		/* The last cells are for the sign that there are more. */
		if (i > p->choice_from && x + cells > columns - 7)
			break;
		ink_put(w, row, x, columns - x, THEME_CODE, text);
		x += cells + 2;
	}
	p->choice_next = i;
	if (i < c->count || p->choice_from) {
		struct ink k = {0};

		ink_printf(&k, THEME_DIM, "%s Tab", theme_sign(SIGN_MORE));
		ink_draw(w, row, columns - 6, 6, &k, 0);
		ink_done(&k);
	}
}

static void draw_hint(struct app *a, WINDOW *w, int row)
{
	struct completion c = {0};
	struct ink k = {0};
	char *offer = NULL;
	size_t quote;

	if (prompt_needs_encoding(edit_text(), edit_len(), edit_point(),
			&quote))
		ink_text(&k, THEME_DIM, _("these letters need an encoding to"
				" become bytes: Tab puts utf8"));
	else if (!edit_len())
		ink_text(&k, THEME_DIM, _("a call, or a verb of the wire · Tab"
				" completes · Ctrl-T other side · Esc leaves"));
	else if ((offer = prompt_suggest(a, &c)))
		ink_printf(&k, THEME_DIM, _("Tab takes: %s"), offer);
	else if (c.hint)
		ink_text(&k, THEME_DIM, c.hint);
	free(offer);
	completion_done(&c);
	ink_cut(&k, getmaxx(w) - 2);
	ink_draw(w, row, 1, getmaxx(w) - 2, &k, 0);
	ink_done(&k);
}

/* What helps with the line; before that, until the next key, what the lab
 * answered. In the rows above it. */
static void draw_above(struct app *a, WINDOW *w, int rows, int column)
{
	if (a->prompt->wrong.msg[0])
		draw_wrong(a, w, rows, column);
	else if (a->prompt->choice.count)
		draw_choice(a->prompt, w, rows - 1);
	else if (a->message.len)
		message_draw(w, 0, rows, a->message_is_trouble ?
			THEME_TROUBLE : THEME_STRONG, buf_str(&a->message));
	else
		draw_hint(a, w, rows - 1);
}

int prompt_rows_said(const struct app *a, int width)
{
	const struct prompt *p = a->prompt;
	struct ink lead = {0};
	struct place at;
	struct told t;

	if (!p->wrong.msg[0])
		return p->choice.count ? 1 :
			message_rows(buf_str(&a->message), width - 2);
	find_place(&at, &lead, a, width);
	ink_done(&lead);
	find_told(&t, p, at.column, width);
	return t.rows;
}

void prompt_draw(struct app *a, WINDOW *w)
{
	int columns = getmaxx(w), row = getmaxy(w) - 1;
	struct ink k = {0};
	struct place p;

	if (!a->prompt)
		return;
	find_place(&p, &k, a, columns);
	ink_line(&k, a, &p.seen, p.bad);
	ink_draw(w, row, 0, columns, &k, 0);
	ink_done(&k);
	if (row > 0)
		draw_above(a, w, row, p.column);
	wmove(w, row, p.begin + p.seen.cursor);
}
