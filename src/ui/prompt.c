/*
 * prompt: a line of the notation being typed.
 *
 * ui/prompt_edit.h holds the text and the cursor; here is what keys mean and
 * what is drawn. There is one readline in a program, and so one prompt.
 *
 * A *candidate* is a word that Tab could put at the cursor. An *offer* is the
 * translation of a line that was written in another language.
 */
#include "ui/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "base/text.h"
#include "call/complete.h"
#include "call/line.h"
#include "lesson/typed.h"
#include "ui/app.h"
#include "ui/ink.h"
#include "ui/prompt_edit.h"
#include "ui/prompt_line.h"
#include "ui/prompt_world.h"
#include "ui/why.h"

enum { CTRL_T = 0x14, ESC = 0x1b };

struct prompt {
	bool pasting;
	struct diag wrong;         /* of the line as it stands; msg "" */
	char *offer;               /* what it may have meant, owned; or NULL */
	char *sent;                /* the newest line the lab got, owned */
	struct completion choice;  /* what Tab found, when more than one */
	size_t choice_from;        /* first candidate that is shown … */
	size_t choice_next;        /* … and the first that had no room */
};

static struct prompt only;

/* ---- open and close ---- */

static void forget_choice(void)
{
	completion_done(&only.choice);
	memset(&only.choice, 0, sizeof(only.choice));
	only.choice_from = only.choice_next = 0;
}

void prompt_open(struct app *a)
{
	if (a->prompt)
		return;
	if (!edit_open()) {
		app_say(a, true, _("/dev/null cannot be opened:"
				" there is no prompt."));
		return;
	}
	if (!a->side[0])
		prompt_next_side(a->side, a, "");
	memset(&only, 0, sizeof(only));
	a->prompt = &only;
	curs_set(1);
}

void prompt_close(struct app *a)
{
	if (!a->prompt)
		return;
	forget_choice();
	free(only.offer);
	free(only.sent);
	only.offer = only.sent = NULL;
	edit_close();
	curs_set(0);
	a->prompt = NULL;
}

void prompt_give_back(struct app *a)
{
	if (a->prompt && only.sent && !edit_len() && !edit_searching())
		edit_replace(0, 0, only.sent);
	free(only.sent);
	only.sent = NULL;
}

/* ---- editing ---- */

/* The lane whose line this is when it names none. */
static const char *lane_of(const struct app *a)
{
	return prompt_is_wire(edit_text(), edit_len()) ? "wire"
							      : a->side;
}

/* A word for the program and not for the lab: what to do instead. */
static const char *meant_for_us(const char *text)
{
	static const char *const leave[] = {"q", "quit", "exit"};

	for (size_t i = 0; i < sizeof(leave) / sizeof(leave[0]); i++)
		if (strcmp(text, leave[i]) == 0)
			return _("Esc leaves the prompt, then q leaves "
				"tomada");
	if (strcmp(text, "help") == 0)
		return _("Esc leaves the prompt, then ? shows the keys");
	return NULL;
}

static void enter(struct app *a)
{
	struct buf out = {0};
	struct line l;
	bool done = true;
	const char *instead;

	if (edit_searching()) {
		edit_enter(); /* ends the search; the line may be changed */
		return;
	}
	if (strspn(edit_text(), " ") == edit_len()) {
		prompt_close(a);
		return;
	}
	free(only.offer);
	only.offer = NULL;
	if (strcmp(edit_text(), "why") == 0) { /* a word for the screen */
		edit_enter();
		prompt_close(a);
		a->at.row = SCENE_NONE; /* of what happened last */
		a->focus = PANE_STAGE;
		why_open(a);
		return;
	}
	instead = meant_for_us(edit_text());
	if (instead) {
		diag_set(&only.wrong, 0, "%s", instead);
		return;
	}
	if (typed_parse(&l, &out, NULL, edit_text(), edit_len(), lane_of(a),
			&only.wrong, &only.offer)) {
		edit_go(edit_len()); /* the arrow shows where it is wrong */
	} else {
		if (l.kind != LINE_EMPTY) {
			done = app_act(a, buf_str(&out));
		}
		if (done) { /* else it stays, to be tried again */
			free(only.sent);
			only.sent = mem_string(edit_text());
			edit_enter();
		}
	}
	line_done(&l);
	buf_done(&out);
}

/*
 * What Tab could do here: candidates into c, and the offer, which the caller
 * frees, when Tab would take that: not while a word is being typed that can
 * be completed.
 */
static char *suggest(struct app *a, struct completion *c)
{
	struct complete_world world;
	struct line l;
	char *offer = NULL;
	size_t typed;

	prompt_world(&world, a, lane_of(a));
	complete(c, edit_text(), edit_point(), &world);
	prompt_world_done(&world);
	typed = edit_point() - c->from;
	if (typed > 0 && c->count &&
		(c->count > 1 || strlen(c->candidate[0]) > typed))
		return NULL;
	if (line_parse(&l, edit_text(), edit_len(), lane_of(a), NULL,
			&offer) == 0) {
		free(offer);
		offer = NULL;
	}
	line_done(&l);
	return offer;
}

static void take_candidates(const struct completion *c)
{
	size_t common = prompt_common(c->candidate, c->count);
	char *text = mem_dup(c->candidate[0], common);

	text[common] = '\0';
	if (common >= edit_point() - c->from)
		edit_replace(c->from, edit_point(), text);
	free(text);
}

static void tab(struct app *a)
{
	size_t quote, point = edit_point();
	char *offer;

	if (only.choice.count) { /* again: show the others */
		only.choice_from = only.choice_next < only.choice.count
			? only.choice_next : 0;
		return;
	}
	if (prompt_needs_encoding(edit_text(), edit_len(), point, &quote)) {
		edit_replace(quote, quote, "utf8");
		edit_go(point + 4);
		return;
	}
	offer = suggest(a, &only.choice);
	if (offer)
		edit_replace(0, edit_len(), offer);
	else if (only.choice.count)
		take_candidates(&only.choice);
	if (offer || only.choice.count < 2)
		forget_choice();
	free(offer);
}

/* No line begins with a colon: the key was pressed once more. */
static void insert(wint_t key)
{
	if (key != ':' || edit_point() > 0 || edit_searching())
		edit_insert((int32_t)key);
}

/* A key that stands for a letter or a control character. */
static void type(struct app *a, wint_t key)
{
	switch (key) {
	case ESC:
		if (edit_searching())
			edit_stop_search();
		else
			prompt_close(a);
		break;
	case CTRL_T:
		prompt_next_side(a->side, a, a->side);
		break;
	case '\r':
	case '\n':
		enter(a);
		break;
	default:
		insert(key);
		break;
	}
}

/* In what is pasted the end of a line is a space: nothing runs unread. */
static void paste(wint_t key)
{
	if (key == '\r' || key == '\n' || key == '\t')
		key = ' ';
	if (key >= ' ' && key != 0x7f)
		insert(key);
}

void prompt_key(struct app *a, wint_t key, bool is_char)
{
	struct buf before = {0};

	if (!a->prompt)
		return;
	buf_clear(&a->message);
	buf_add(&before, edit_text(), edit_len());
	if (is_char && key == '\t' && !only.pasting) {
		tab(a);
	} else {
		forget_choice();
		if (!is_char && (key == KEY_PASTE_BEGINS ||
					key == KEY_PASTE_ENDS))
			only.pasting = key == KEY_PASTE_BEGINS;
		else if (!is_char && key == KEY_ENTER)
			enter(a);
		else if (!is_char)
			edit_key((int)key);
		else if (only.pasting)
			paste(key);
		else
			type(a, key);
	}
	if (before.len != edit_len() ||
		memcmp(buf_str(&before), edit_text(), before.len))
		only.wrong.msg[0] = '\0';
	buf_done(&before);
	if (a->prompt && edit_ended())
		prompt_close(a);
}

/* ---- drawing ---- */

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

/* What is wrong, with an arrow down to the column: the sentence stands to the
 * right of it, or to the left; where neither has room it goes without an
 * arrow, for the letter stands out. An offer is named behind it where there is
 * room; a sentence without an arrow is cut for it, but to no less than this. */
#define SENTENCE_LEAST 20

static void draw_wrong(const struct app *a, WINDOW *w, int row, int column)
{
	int columns = getmaxx(w), x = column + 2, cells, room;
	struct ink k = {0}, offer = {0};
	bool arrow;

	if (only.offer)
		ink_printf(&offer, THEME_DIM, _("  Tab takes: %s"), only.offer);
	ink_text(&k, THEME_TROUBLE, only.wrong.msg);
	cells = ink_cells(&k);
	room = columns - 2 - ink_cells(&offer);
	if (column < 0 || x + cells > columns)
		x = column - 1 - cells;
	arrow = x >= 0;
	if (arrow) {
		ink_put(w, row, column, 1, THEME_TROUBLE, a->ascii ? "v" : "↓");
	} else {
		x = 1;
		if (only.offer && room >= SENTENCE_LEAST)
			ink_cut(&k, room);
	}
	if ((!arrow || x > column) &&
			x + ink_cells(&k) + ink_cells(&offer) <= columns)
		ink_append(&k, &offer);
	ink_cut(&k, columns - x);
	ink_draw(w, row, x, columns - x, &k, 0);
	ink_done(&offer);
	ink_done(&k);
}

static void draw_choice(WINDOW *w, int row)
{
	const struct completion *c = &only.choice;
	int columns = getmaxx(w), x = 1;
	size_t i;

	for (i = only.choice_from; i < c->count; i++) {
		const char *text = c->candidate[i];
		int cells = text_cells(text, strlen(text));

		/* The last cells are for the sign that there are more. */
		if (i > only.choice_from && x + cells > columns - 7)
			break;
		ink_put(w, row, x, columns - x, THEME_CODE, text);
		x += cells + 2;
	}
	only.choice_next = i;
	if (i < c->count || only.choice_from) {
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
	else if ((offer = suggest(a, &c)))
		ink_printf(&k, THEME_DIM, _("Tab takes: %s"), offer);
	else if (c.hint)
		ink_text(&k, THEME_DIM, c.hint);
	free(offer);
	completion_done(&c);
	ink_cut(&k, getmaxx(w) - 2);
	ink_draw(w, row, 1, getmaxx(w) - 2, &k, 0);
	ink_done(&k);
}

static void draw_message(const struct app *a, WINDOW *w, int row)
{
	struct ink k = {0};

	ink_text(&k, a->message_is_trouble ? THEME_TROUBLE : THEME_STRONG,
		buf_str(&a->message));
	ink_cut(&k, getmaxx(w) - 2);
	ink_draw(w, row, 1, getmaxx(w) - 2, &k, 0);
	ink_done(&k);
}

/* What helps with the line; before that, until the next key, what the lab
 * answered. */
static void draw_above(struct app *a, WINDOW *w, int row, int wrong_cell)
{
	if (only.wrong.msg[0])
		draw_wrong(a, w, row, wrong_cell);
	else if (only.choice.count)
		draw_choice(w, row);
	else if (a->message.len)
		draw_message(a, w, row);
	else
		draw_hint(a, w, row);
}

void prompt_draw(struct app *a, WINDOW *w, int row)
{
	struct prompt_window seen;
	struct ink k = {0};
	size_t bad = SIZE_MAX;
	int columns = getmaxx(w), begin, column = -1;

	if (!a->prompt)
		return;
	if (edit_searching())
		ink_text(&k, THEME_STRONG, edit_search_text());
	else
		ink_printf(&k, THEME_STRONG, "%s> ", a->side);
	ink_cut(&k, columns / 2);
	begin = ink_cells(&k);
	prompt_window(&seen, edit_text(), edit_len(), edit_point(),
		columns - begin - 1);
	if (only.wrong.msg[0] && only.wrong.column) {
		bad = prompt_column(edit_text(), edit_len(),
			only.wrong.column);
		column = prompt_cell(&seen, edit_text(), edit_len(), bad);
	}
	ink_line(&k, a, &seen, bad);
	ink_draw(w, row, 0, columns, &k, 0);
	ink_done(&k);
	if (row > 0)
		draw_above(a, w, row - 1, column < 0 ? -1 : begin + column);
	wmove(w, row, begin + seen.cursor);
}
