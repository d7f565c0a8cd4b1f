/*
 * diagram: see diagram.h.
 *
 * It is made on a *canvas* of cells: lines first, as the directions in which
 * each cell is left, so that crossings come by themselves; then labels, states
 * and names over them. Box drawing of one weight with square corners is what
 * every font has.
 */
#include "ui/diagram.h"

#include <stdio.h>
#include <string.h>

#include "base/intl.h"
#include "base/text.h"
#include "ui/diagram_shape.h"
#include "ui/ink.h"
#include "ui/theme.h"

enum { UP = 1, DOWN = 2, BACK = 4, ON = 8 }; /* where a line leaves a cell */

enum {
	GAP_LEAST = 2, /* lines from one level to the next */
	GAP_MOST = 4,
	LINES_MOST = (DIAGRAM_LEVELS - 1) * GAP_MOST + 1,
	BOTH = THEME_STRONG, /* a way that both ends have gone */
};

static const char *const line_sign[16][2] = {
	{ " ", " " }, { "│", "|" }, { "│", "|" }, { "│", "|" },
	{ "─", "-" }, { "┘", "+" }, { "┐", "+" }, { "┤", "+" },
	{ "─", "-" }, { "└", "+" }, { "┌", "+" }, { "├", "+" },
	{ "─", "-" }, { "┴", "+" }, { "┬", "+" }, { "┼", "+" },
};

struct cell {
	char text[8];      /* "" : the line's sign */
	unsigned char lines;
	unsigned char style;
	bool reverse;
};

struct canvas {
	struct cell cell[LINES_MOST][DIAGRAM_WIDTH];
	int gap;
	bool ascii;
};

static int gap_of(int lines)
{
	int gap = (lines - 1) / (DIAGRAM_LEVELS - 1);

	return gap > GAP_MOST ? GAP_MOST : gap;
}

int diagram_height(int lines, int columns)
{
	int gap = gap_of(lines);

	return gap < GAP_LEAST || columns < DIAGRAM_WIDTH ? 0 :
		(DIAGRAM_LEVELS - 1) * gap + 1;
}

/* ---- the canvas ---- */

static struct cell *at(struct canvas *c, int y, int x)
{
	static struct cell nowhere;

	return y >= 0 && y < LINES_MOST && x >= 0 && x < DIAGRAM_WIDTH ?
		&c->cell[y][x] : &nowhere;
}

static int line_of(const struct canvas *c, const struct diagram_corner *p)
{
	return p->level * c->gap + p->below;
}

/* Text from x on, a letter a cell. */
static void put(struct canvas *c, int y, int x, int style, bool reverse,
	const char *s)
{
	size_t n = strlen(s), used;
	int32_t point;

	for (; n > 0; s += used, n -= used, x++) {
		struct cell *to = at(c, y, x);

		used = text_letter(s, n, &point);
		snprintf(to->text, sizeof to->text, "%.*s", (int)used, s);
		to->style = (unsigned char)style;
		to->reverse = reverse;
	}
}

/* Leave from towards a neighbour and come in there. */
static void stroke(struct canvas *c, int y0, int x0, int y1, int x1,
	int style)
{
	int dy = (y1 > y0) - (y1 < y0), dx = (x1 > x0) - (x1 < x0);
	int out = dy > 0 ? DOWN : dy < 0 ? UP : dx > 0 ? ON : BACK;
	int in = dy > 0 ? UP : dy < 0 ? DOWN : dx > 0 ? BACK : ON;

	while (y0 != y1 || x0 != x1) {
		at(c, y0, x0)->lines |= (unsigned char)out;
		at(c, y0, x0)->style = (unsigned char)style;
		y0 += dy;
		x0 += dx;
		at(c, y0, x0)->lines |= (unsigned char)in;
		at(c, y0, x0)->style = (unsigned char)style;
	}
}

static void draw_head(struct canvas *c, const struct diagram_way *w,
	const struct diagram_corner *end, int style)
{
	const char *head = w->head == 'v' ? (c->ascii ? "v" : "▼") :
		w->head == '<' ? (c->ascii ? "<" : "◄") :
		c->ascii ? ">" : "►";

	/* with a line between two levels there is room for the bend alone */
	if (w->head == 'v' && c->gap <= GAP_LEAST)
		return;
	put(c, line_of(c, end), end->column, style, false, head);
}

static void draw_way(struct canvas *c, const struct diagram_way *w, int style)
{
	const struct diagram_corner *p = w->corner, *last = p;
	const char *label = _(w->label);
	int x = w->at.column;

	/* it leaves its state downwards, and comes in from above */
	if (p->below > 0)
		stroke(c, line_of(c, p) - 1, p->column, line_of(c, p),
			p->column, style);
	for (int i = 1; i < DIAGRAM_CORNERS && p[i].column != 0; i++) {
		stroke(c, line_of(c, last), last->column, line_of(c, &p[i]),
			p[i].column, style);
		last = &p[i];
	}
	if (w->head == 'v')
		stroke(c, line_of(c, last), last->column,
			line_of(c, last) + 1, last->column, style);
	draw_head(c, w, last, style);
	if (w->before)
		x -= text_cells(label, strlen(label)) - 1;
	put(c, line_of(c, &w->at), x < 0 ? 0 : x, style, false, label);
}

/* ---- the ends ---- */

/* Both kinds of SYN_RECV are one; the CLOSE that comes last is the end. */
static enum diagram_state place_of(const struct diagram_end *e, size_t i)
{
	int state = e->state[i].state;

	if (state == STATE_NEW_SYN_RECV)
		return STATE_SYN_RECV;
	return state == STATE_CLOSE && i > 0 ? STATE_OVER :
		(enum diagram_state)state;
}

/* Where it is now; 0: nowhere that is known. */
static enum diagram_state now_of(const struct diagram_end *e)
{
	if (e->gone && e->states > 0)
		return STATE_OVER;
	return e->states > 0 ? place_of(e, e->states - 1) :
		(enum diagram_state)0;
}

static bool went(const struct diagram_end *e, const struct diagram_way *w)
{
	for (size_t i = 1; i < e->states; i++)
		if (place_of(e, i - 1) == w->from && place_of(e, i) == w->to)
			return true;
	/* what accept gave was born of a listening socket */
	if (e->states > 0 && w->from == STATE_LISTEN &&
			w->to == STATE_SYN_RECV)
		return place_of(e, 0) == STATE_SYN_RECV;
	return e->gone && e->states > 0 && w->to == STATE_OVER &&
		place_of(e, e->states - 1) == w->from;
}

/* Whether an end was there; *inferred: nobody saw it. */
static bool was_in(const struct diagram_end *e, enum diagram_state state,
	bool *inferred)
{
	bool was = e->gone && state == STATE_OVER && e->states > 0;

	*inferred = false;
	for (size_t i = 0; i < e->states; i++)
		if (place_of(e, i) == state) {
			*inferred = e->state[i].inferred;
			was = true;
		}
	return was;
}

/* ---- states ---- */

static const char *name_of(enum diagram_state state)
{
	return scene_state_name(state == STATE_OVER ? STATE_CLOSE :
		(int)state);
}

static void draw_state(struct canvas *c, enum diagram_state state,
	const struct diagram_end *end, int ends)
{
	const struct diagram_place *p = &diagram_place[state];
	int y = p->level * c->gap, style = THEME_PLAIN, here = 0, walked = 0;
	bool inferred, guessed = true;
	char text[32];
	int x, n;

	for (int i = 0; i < ends; i++) {
		if (!was_in(&end[i], state, &inferred))
			continue;
		style = walked++ > 0 ? (int)BOTH : end[i].style;
		guessed = guessed && inferred;
		here += now_of(&end[i]) == state;
	}
	guessed = guessed && walked > 0;
	n = snprintf(text, sizeof text, guessed ? "( %s?)" : "[ %s ]",
		name_of(state));
	x = p->column - n / 2;
	put(c, y, x, style, here > 0, text);
	for (int i = 0; i < ends; i++) {
		int cells = text_cells(end[i].name, strlen(end[i].name));

		if (now_of(&end[i]) != state)
			continue;
		put(c, y, i == 0 ? x - 1 - cells : x + n + 1, end[i].style,
			false, end[i].name);
		put(c, y, i == 0 ? x - 1 : x + n, end[i].style, false, " ");
	}
}

/* ---- all ---- */

static void flush(const struct canvas *c, WINDOW *w, int y, int x, int height)
{
	for (int i = 0; i < height; i++)
		for (int j = 0; j < DIAGRAM_WIDTH; j++) {
			const struct cell *from = &c->cell[i][j];
			struct ink k = { 0 };

			if (from->text[0] == '\0' && from->lines == 0)
				continue;
			ink_text(&k, from->style, from->text[0] != '\0' ?
				from->text : line_sign[from->lines][c->ascii]);
			ink_draw(w, y + i, x + j, 1, &k, from->reverse ?
				A_REVERSE : A_NORMAL);
			ink_done(&k);
		}
}

void diagram_draw(WINDOW *w, int y, int x, int height,
	const struct diagram_end *end, int ends, bool ascii)
{
	struct canvas c = { .gap = gap_of(height), .ascii = ascii };

	/* what was gone lies over what was not */
	for (int lit = 0; lit < 2; lit++)
		for (size_t i = 0; i < diagram_ways; i++) {
			int style = THEME_DIM, n = 0;

			for (int e = 0; e < ends; e++)
				if (went(&end[e], &diagram_way[i]))
					style = n++ > 0 ? (int)BOTH :
						end[e].style;
			if ((n > 0) == (lit > 0))
				draw_way(&c, &diagram_way[i], style);
		}
	for (int i = 1; i < DIAGRAM_PLACES; i++)
		if (i != STATE_NEW_SYN_RECV)
			draw_state(&c, (enum diagram_state)i, end, ends);
	flush(&c, w, y, x, height);
}
