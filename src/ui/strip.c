/*
 * strip: the lesson: prose, the question, what was predicted and what was
 * observed, and the end page. Without a lesson: how to begin.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/mem.h"
#include "base/text.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "lesson/wrap.h"
#include "ui/app.h"
#include "ui/ink.h"
#include "ui/pane.h"

struct strip_line {
	struct ink ink;
	int option;      /* that a click here chooses; -1 */
};

/* The lines of the strip as of now, and which part must be seen. */
struct strip {
	struct strip_line *line;
	size_t lines, room;
	int width;
	bool to_end;     /* the last lines matter more than the first */
};

/* Of the strip last drawn: how tall, and which option a row stands for. */
static struct {
	int height, lines, top;
	signed char option[64];
} drawn;

/* ---- making lines ---- */

static struct ink *add_line(struct strip *s)
{
	struct strip_line *l;

	s->line = mem_grow(s->line, &s->room, s->lines + 1, sizeof *s->line);
	l = &s->line[s->lines++];
	*l = (struct strip_line){ .option = -1 };
	return &l->ink;
}

static void strip_done(struct strip *s)
{
	for (size_t i = 0; i < s->lines; i++)
		ink_done(&s->line[i].ink);
	free(s->line);
}

static int style_of(unsigned wrap, int plain)
{
	if (wrap & WRAP_CODE)
		return THEME_CODE;
	if (wrap & WRAP_STRONG)
		return THEME_STRONG;
	if (wrap & WRAP_EMPHASIS)
		return THEME_EMPHASIS;
	return plain;
}

/* Marked text from cell `indent` on; lead stands before its first line. */
static void add_marked(struct strip *s, const char *marked, int indent,
	const struct ink *lead, int plain, int option)
{
	struct wrapped w;

	wrap_indented(&w, marked, s->width, indent);
	for (size_t i = 0; i < w.lines; i++) {
		const struct wrap_line *l = &w.line[i];
		struct ink *k = add_line(s);

		s->line[s->lines - 1].option = option;
		if (i == 0 && lead != NULL)
			ink_append(k, lead);
		ink_pad(k, l->indent);
		for (size_t j = 0; j < l->spans; j++) {
			const struct wrap_span *x = &w.span[l->span + j];

			ink_add(k, style_of(x->style, plain), w.text + x->at,
				x->len);
		}
	}
	wrap_done(&w);
}

static void add_option(struct strip *s, const struct option *o, int i,
	bool chosen, int plain)
{
	struct ink lead = { 0 };

	ink_printf(&lead, THEME_FOCUS, " %s", chosen ?
		theme_sign(SIGN_POINTER) : " ");
	ink_printf(&lead, THEME_KEY, "%c", 'a' + i);
	add_marked(s, o->text, WRAP_OPTION_INDENT, &lead,
		chosen ? THEME_STRONG : plain, i);
	ink_done(&lead);
}

static void add_options(struct strip *s, const struct block *b,
	const struct player_prediction *p)
{
	for (int i = 0; i < b->options; i++)
		add_option(s, &b->option[i], i, p->chosen == i,
			p->committed ? THEME_DIM : THEME_PLAIN);
}

/* Below the options, where there is room: the choice in words. */
static void add_choice(struct strip *s, const struct player_prediction *p,
	int options, int height)
{
	struct buf letters = { 0 };
	struct ink *k;
	char hint[64];

	if (p->chosen < 0 || (int)s->lines >= height)
		return;
	if ((int)s->lines + 2 <= height)
		add_line(s);
	k = add_line(s);
	ink_text(k, THEME_PLAIN, _("Your prediction: "));
	ink_printf(k, THEME_STRONG, "%c", 'a' + p->chosen);
	if (p->committed) {
		ink_printf(k, THEME_DIM, "  %s", _("now watch"));
	} else {
		for (int i = 0; i < options; i++)
			buf_printf(&letters, "%c ", 'a' + i);
		snprintf(hint, sizeof hint, _("%schange"), buf_str(&letters));
		ink_pad(k, s->width - text_cells(hint, strlen(hint)));
		ink_text(k, THEME_DIM, hint);
	}
	buf_done(&letters);
}

/* "predicted | observed", side by side. */
static void add_columns(struct strip *s, const struct option *o,
	const struct player_prediction *p)
{
	int half = s->width / 2 - 2;
	struct strip left = { .width = half };
	struct strip right = { .width = s->width - half - 3 };
	size_t i;

	ink_text(add_line(&left), THEME_DIM, _("you predicted"));
	ink_text(add_line(&right), THEME_DIM, _("observed"));
	if (o != NULL)
		add_option(&left, o, p->chosen, false, THEME_PLAIN);
	add_marked(&right, p->observation, 0, NULL, THEME_CODE, -1);
	ink_printf(add_line(&right), p->right ? THEME_GOOD : THEME_TROUBLE,
		"%s %s", theme_sign(p->right ? SIGN_DONE : SIGN_OPEN),
		p->right ? _("as you predicted") : _("not as you predicted"));
	for (i = 0; i < left.lines || i < right.lines; i++) {
		struct ink *k = add_line(s);

		if (i < left.lines)
			ink_append(k, &left.line[i].ink);
		ink_cut(k, half);
		ink_pad(k, half);
		ink_printf(k, THEME_DIM, " %s ", theme_sign(SIGN_VERTICAL));
		if (i < right.lines)
			ink_append(k, &right.line[i].ink);
	}
	strip_done(&left);
	strip_done(&right);
}

/* What came of a prediction, then why; of a poll nothing was observed. */
static void add_observed(struct strip *s, const struct block *b,
	const struct player_prediction *p)
{
	const struct option *o = p->chosen >= 0 ? &b->option[p->chosen] : NULL;

	if (!p->poll) {
		add_columns(s, o, p);
	} else if (o != NULL) {
		ink_text(add_line(s), THEME_DIM, _("you predicted"));
		add_option(s, o, p->chosen, false, THEME_PLAIN);
	}
	if (o != NULL && o->why != NULL && o->why[0] != '\0')
		add_marked(s, o->why, 0, NULL, THEME_PLAIN, -1);
}

static bool has_prose(const struct page *page)
{
	for (size_t i = 0; i < page->blocks; i++)
		if (page->block[i].kind == BLOCK_PROSE)
			return true;
	return false;
}

/* A script has no prose: its steps, the next one marked. */
static void add_steps(struct strip *s, const struct page *page, size_t at_block,
	size_t at_step)
{
	for (size_t i = 0; i < page->blocks; i++)
		for (size_t j = 0; j < page->block[i].steps; j++) {
			bool next = i == at_block && j == at_step;
			bool over = i < at_block || (i == at_block &&
				j < at_step);
			struct ink *k = add_line(s);

			ink_printf(k, THEME_FOCUS, "%s ", next ?
				theme_sign(SIGN_POINTER) : " ");
			ink_text(k, over ? THEME_DIM : THEME_CODE,
				page->block[i].step[j].text);
		}
}

static void add_belief(struct strip *s, const char *when,
	const struct option *o)
{
	struct ink lead = { 0 };
	int indent;

	ink_text(&lead, THEME_DIM, when);
	indent = ink_cells(&lead) + 1;
	add_marked(s, o->text, indent < s->width / 2 ? indent : 2, &lead,
		THEME_PLAIN, -1);
	ink_done(&lead);
}

/* First belief and now, predictions right, one sentence to keep. */
static void add_end(struct strip *s, const struct app *a)
{
	struct player_prediction p;
	const struct lesson *l = a->lesson;
	int right, asked;
	struct ink *k;

	if (s->lines > 0)
		add_line(s);
	ink_printf(add_line(s), THEME_STRONG, _("The end of \"%s\""), l->title);
	for (size_t i = 0; i < l->pages; i++) {
		const struct block *b;

		if (!player_committed(a->player, i, &p) || p.chosen < 0)
			continue;
		b = &l->page[i].block[p.block];
		add_belief(s, _("At first you thought:"),
			&b->option[p.chosen]);
		for (int j = 0; j < b->options && !p.right; j++)
			if (b->option[j].right)
				add_belief(s, _("The kernel showed:"),
					&b->option[j]);
		break;
	}
	player_score(a->player, &right, &asked);
	if (asked > 0) {
		k = add_line(s);
		ink_printf(k, THEME_PLAIN, _("Predictions right: %d of %d"),
			right, asked);
	}
	if (l->keep != NULL && l->keep[0] != '\0')
		add_marked(s, l->keep, 0, NULL, THEME_STRONG, -1);
	s->to_end = true;
}

/* Everything up to where the page is; what comes later stays hidden. */
static void add_page(struct strip *s, const struct app *a, int height)
{
	const struct page *page =
		&a->lesson->page[player_at_page(a->player)];
	enum player_state state = player_state(a->player);
	size_t at = player_at_block(a->player);
	struct player_prediction p;

	player_prediction(a->player, &p);
	if (state == PLAYER_TURN || state == PLAYER_END)
		at = page->blocks;
	for (size_t i = 0; i < page->blocks && i <= at; i++) {
		const struct block *b = &page->block[i];

		if (b->kind == BLOCK_PROSE) {
			if (s->lines > 0)
				add_line(s);
			add_marked(s, b->prose, 0, NULL, THEME_PLAIN, -1);
		} else if (b->kind == BLOCK_PREDICTION && (int)i == p.block) {
			if (p.observed || (p.committed && p.poll))
				add_observed(s, b, &p);
			else {
				add_options(s, b, &p);
				add_choice(s, &p, b->options, height);
			}
			s->to_end = true;
		}
	}
	if (!has_prose(page))
		add_steps(s, page, at, player_at_step(a->player));
	if (state == PLAYER_END)
		add_end(s, a);
}

static void add_guide(struct strip *s, const struct app *a)
{
	static const char lab[] = N_("This is an empty lab: a client, a server,"
		" and the wire between them, which is yours. Press \3:\3 and "
		"type a call; Tab completes it, Ctrl-T changes side.\n\n"
		"On the server: \3ear = socket(AF_INET, SOCK_STREAM)\3, "
		"\3bind(ear, any:9999)\3, \3listen(ear, 5)\3, "
		"\3conn = accept(ear)\3.\n"
		"On the client: \3s = socket(AF_INET, SOCK_STREAM)\3, "
		"\3connect(s, server:9999)\3, \3send(s, \"hello\")\3.\n\n"
		"\3o\3 holds every frame, \3p\3 passes one, \3x\3 drops one, "
		"\3m\3 has other faults.\n\n"
		"The lab obeys too: \3lab: clocks real\3, "
		"\3lab: host eve 10.0.0.3\3, \3lab: dns\3.");
	static const char journal[] = N_("This is a recording. Backspace goes "
		"back one event, Space on again, Home to its beginning, End "
		"to its end; \3[\3 and \3]\3 turn the pages. Select a row with "
		"the arrows; \0031\3 shows its bytes, \0033\3 the sockets as "
		"they were then.");

	add_marked(s, a->link != NULL ? _(lab) : _(journal), 0, NULL,
		THEME_PLAIN, -1);
}

static void make(struct strip *s, const struct app *a, int width, int height)
{
	*s = (struct strip){ .width = width };
	if (a->lesson != NULL && a->player != NULL)
		add_page(s, a, height);
	else
		add_guide(s, a);
}

/* ---- the pane ---- */

/* A new question or page is read from where it matters. */
static void follow(struct app *a)
{
	size_t page = 0, block = 0;

	if (a->player != NULL && a->lesson != NULL) {
		page = player_at_page(a->player);
		block = player_at_block(a->player) * 8 +
			(size_t)player_state(a->player);
	}
	if (page != a->strip_page || block != a->strip_block)
		a->strip_top = -1;
	a->strip_page = page;
	a->strip_block = block;
}

/* Rows from the edge on in which the sign that there is more may stand. */
#define MORE_ROWS 3

/* "+8 below": at the right end of the row nearest to the edge that has room
 * for it; where none has, the row at the edge is given up for it. */
static void draw_more(WINDOW *w, const struct strip *s, int top, bool above)
{
	int height = getmaxy(w), edge = above ? 0 : height - 1, y = edge, i;
	int n = above ? top : (int)s->lines - top - height, cells;
	char text[64];

	snprintf(text, sizeof text, above ? _("+%d above") : _("+%d below"),
		n + 1); /* one more, should the row be given up */
	cells = text_cells(text, strlen(text));
	for (i = 0; i < MORE_ROWS && i < height / 2; i++) {
		y = above ? i : height - 1 - i;
		if (ink_cells(&s->line[top + y].ink) + cells + 3 <= getmaxx(w))
			break;
	}
	if (i == MORE_ROWS || i == height / 2) {
		y = edge;
		wmove(w, y, 0);
		wclrtoeol(w);
		if (y < (int)sizeof drawn.option)
			drawn.option[y] = -1;
	} else
		snprintf(text, sizeof text, above ? _("+%d above") :
			_("+%d below"), n);
	ink_put(w, y, getmaxx(w) - 1 - cells, cells, THEME_KEY, text);
}

static void draw(struct app *a, WINDOW *w, bool focused)
{
	int height = getmaxy(w), width = getmaxx(w) - 2, top, y;
	struct strip s;

	(void)focused;
	if (width > 100)
		width = 100; /* longer lines are hard to read */
	follow(a);
	make(&s, a, width, height);
	top = a->strip_top;
	if (top < 0)
		top = s.to_end ? (int)s.lines - height : 0;
	if (top > (int)s.lines - height)
		top = (int)s.lines - height;
	if (top < 0)
		top = 0;
	drawn.height = height;
	drawn.lines = (int)s.lines;
	drawn.top = top;
	for (y = 0; y < height; y++) {
		size_t i = (size_t)(top + y);

		if (y < (int)sizeof drawn.option)
			drawn.option[y] = (signed char)(i < s.lines ?
				s.line[i].option : -1);
		if (i < s.lines)
			ink_draw(w, y, 1, width, &s.line[i].ink, A_NORMAL);
	}
	if (top > 0)
		draw_more(w, &s, top, true);
	if (top + height < (int)s.lines)
		draw_more(w, &s, top, false);
	strip_done(&s);
}

static void scroll_by(struct app *a, int by)
{
	int last = drawn.lines - drawn.height;
	int top = drawn.top + by;

	a->strip_top = top > last ? (last > 0 ? last : 0) : top < 0 ? 0 : top;
}

static bool key(struct app *a, int k)
{
	switch (k) {
	case KEY_UP:
		scroll_by(a, -1);
		return true;
	case KEY_DOWN:
	case 'j':
	case '\n':
	case '\r':
	case KEY_ENTER:
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
	(void)x;
	if (buttons & (BUTTON4_PRESSED | BUTTON5_PRESSED)) {
		scroll_by(a, buttons & BUTTON4_PRESSED ? -1 : 1);
		return true;
	}
	if (y >= 0 && y < (int)sizeof drawn.option && drawn.option[y] >= 0 &&
			a->player != NULL) {
		player_choose(a->player, drawn.option[y]);
		return true;
	}
	return false;
}

static bool find(struct app *a, const char *text, int way)
{
	struct strip s;
	bool found = false;
	int i;

	make(&s, a, 78, 9);
	for (i = drawn.top + way; i >= 0 && i < (int)s.lines; i += way)
		if (strcasestr(buf_str(&s.line[i].ink.text), text) != NULL) {
			a->strip_top = i;
			found = true;
			break;
		}
	strip_done(&s);
	return found;
}

static char *copy(struct app *a)
{
	struct buf b = { 0 };
	struct strip s;
	char *text;

	make(&s, a, 78, 9);
	for (size_t i = 0; i < s.lines; i++)
		buf_printf(&b, "%s\n", buf_str(&s.line[i].ink.text));
	text = mem_string(buf_str(&b));
	strip_done(&s);
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
