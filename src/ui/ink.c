/* ink: see ink.h. */
#include "ui/ink.h"

#include <langinfo.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/text.h"

/* Letters that colours repeat after: a multiple of every palette's size. */
#define LETTER_STYLES 96

int ink_letter(uint16_t letter)
{
	return INK_LETTER + letter % LETTER_STYLES;
}

/* The style of the text that has none yet. */
static void add_style(struct ink *k, int style)
{
	size_t from = k->style.len, n = k->text.len - from;

	buf_add(&k->style, buf_str(&k->text) + from, n); /* so many bytes … */
	if (n > 0)
		memset(k->style.data + from, style, n);
}

void ink_add(struct ink *k, int style, const char *s, size_t n)
{
	buf_add(&k->text, s, n);
	add_style(k, style);
}

void ink_text(struct ink *k, int style, const char *s)
{
	ink_add(k, style, s, strlen(s));
}

void ink_printf(struct ink *k, int style, const char *fmt, ...)
{
	char out[512];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(out, sizeof out, fmt, ap);
	va_end(ap);
	if (n > 0)
		ink_text(k, style, out);
}

void ink_append(struct ink *k, const struct ink *more)
{
	buf_add(&k->text, buf_str(&more->text), more->text.len);
	buf_add(&k->style, buf_str(&more->style), more->style.len);
}

int ink_cells(const struct ink *k)
{
	return text_cells(buf_str(&k->text), k->text.len);
}

void ink_pad(struct ink *k, int cells)
{
	ink_repeat(k, THEME_PLAIN, " ", cells - ink_cells(k));
}

void ink_repeat(struct ink *k, int style, const char *sign, int n)
{
	size_t len = strlen(sign);

	while (n-- > 0)
		buf_add(&k->text, sign, len);
	add_style(k, style);
}

void ink_cut(struct ink *k, int cells)
{
	const char *more = theme_sign(SIGN_MORE);
	int room = cells - text_cells(more, strlen(more));
	size_t at = 0, n;
	int used = 0, style;
	int32_t point;

	if (ink_cells(k) <= cells)
		return;
	if (room < 0)
		room = 0;
	while (at < k->text.len) {
		int c;

		n = text_letter(k->text.data + at, k->text.len - at, &point);
		c = text_cells_of(point);
		if (c > 0 && used + c > room)
			break;
		used += c > 0 ? c : 0;
		at += n;
	}
	style = at > 0 ? (uint8_t)k->style.data[at - 1] : THEME_PLAIN;
	k->text.len = k->style.len = at;
	k->text.data[at] = k->style.data[at] = '\0';
	if (cells > 0)
		ink_text(k, style, more);
}

void ink_clear(struct ink *k)
{
	buf_clear(&k->text);
	buf_clear(&k->style);
}

void ink_done(struct ink *k)
{
	buf_done(&k->text);
	buf_done(&k->style);
}

/* Latin letters U+00C0 … U+00FF without what ASCII cannot write. */
static const char latin[] =
	"AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTs"
	"aaaaaaaceeeeiiiidnooooo/ouuuuyty";

static const char *fold(int32_t point)
{
	static char one[2];

	if (point >= 0xc0 && point <= 0xff) {
		one[0] = latin[point - 0xc0];
		return one;
	}
	switch (point) {
	case 0xa0: return " ";
	case 0xaa: return "a";
	case 0xba: return "o";
	case 0xab: case 0xbb: case 0x201c: case 0x201d: return "\"";
	case 0x2018: case 0x2019: return "'";
	case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014:
		return "-";
	case 0xb7: return ".";
	case 0xd7: return "x";
	case 0x2022: return "*";
	case 0x2026: return "~";
	case 0x2190: return "<";
	case 0x2192: return ">";
	case 0x2500: return "-";
	case 0x2502: return "|";
	}
	return "?";
}

/* What a letter is drawn as: at most two letters, in so many cells. */
struct drawn {
	int32_t point[2];
	int points, cells;
};

/* The letter at s; returns its length in bytes. */
static size_t harmless(struct drawn *d, const char *s, size_t n, bool folded)
{
	int32_t point;
	size_t len;

	if (*s >= ' ' && *s < 0x7f) { /* most are */
		d->point[0] = *s;
		d->points = d->cells = 1;
		return 1;
	}
	len = text_letter(s, n, &point);
	d->cells = point < 0 ? -1 : text_cells_of(point);
	d->points = 1;
	d->point[0] = point;
	if (d->cells < 0) { /* broken, or a control character */
		d->point[0] = '?';
		d->cells = 1;
	} else if (folded && point > 0x7e) {
		d->point[0] = *fold(point);
		d->point[1] = '?';
		d->points = d->cells;
	}
	return len;
}

void ink_harmless(struct buf *b, const char *s, size_t n, int *cells,
	bool folded)
{
	struct drawn d;

	for (size_t i = 0; i < n; ) {
		i += harmless(&d, s + i, n - i, folded);
		if (*cells < d.cells)
			return;
		for (int j = 0; j < d.points; j++)
			text_put(b, d.point[j]);
		*cells -= d.cells;
	}
}

static bool folds(void)
{
	static int known = -1;

	if (known < 0)
		known = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	return known;
}

static attr_t attributes(int style)
{
	return style >= INK_LETTER ? theme_letter((uint16_t)(style - INK_LETTER))
		: theme_role((enum theme_role)style);
}

/* Set a cell to a letter with its marks. */
static void set_cell(cchar_t *cell, const wchar_t *letter, attr_t a)
{
	setcchar(cell, letter, a & A_ATTRIBUTES & ~A_COLOR,
		(short)PAIR_NUMBER(a), NULL);
}

/* Cells on their way to a window: curses takes a string letter by letter, at
 * ten times the cost. */
struct cells {
	WINDOW *w;
	int y, x;   /* where they go */
	cchar_t cell[128];
	int n, used;
	bool begun; /* a letter of this style: the last of them is … */
	wchar_t letter[CCHARW_MAX + 1];
	size_t marks; /* … with so many marks */
};

static void begin_cells(struct cells *c, WINDOW *w, int y, int x)
{
	c->w = w;
	c->y = y;
	c->x = x;
	c->n = c->used = 0;
}

static void put_cells(struct cells *c)
{
	if (c->n > 0)
		mvwadd_wchnstr(c->w, c->y, c->x, c->cell, c->n);
	c->x += c->used;
	c->n = c->used = 0;
}

/* A letter of so many cells; one of none is a mark, which is left out when
 * there is no letter of its style before it. */
static void add_letter(struct cells *c, int32_t point, int cells, attr_t a)
{
	if (cells == 0) {
		if (!c->begun || c->marks + 2 > CCHARW_MAX)
			return;
		c->letter[++c->marks] = (wchar_t)point;
	} else {
		if (c->n == (int)(sizeof c->cell / sizeof *c->cell))
			put_cells(c);
		c->letter[0] = (wchar_t)point;
		c->marks = 0;
		c->begun = true;
		c->used += cells;
		c->n++;
	}
	c->letter[c->marks + 1] = L'\0';
	set_cell(&c->cell[c->n - 1], c->letter, a);
}

/* The letter of len bytes at s once more, as often as it follows itself: much
 * of a screen is blanks and rules. Returns the bytes of all of them. */
static size_t add_again(struct cells *c, const char *s, size_t n, size_t len,
	int cells, int *room)
{
	size_t i = 0;

	if (c->n == 0 || c->marks > 0)
		return 0;
	while (*room >= cells && i + 2 * len <= n &&
			memcmp(s, s + i + len, len) == 0 &&
			c->n < (int)(sizeof c->cell / sizeof *c->cell)) {
		c->cell[c->n] = c->cell[c->n - 1];
		c->n++;
		c->used += cells;
		*room -= cells;
		i += len;
	}
	return i;
}

/* Text in one style, as much as there is room for. */
static void add_text(struct cells *c, const char *s, size_t n, attr_t a,
	int *room)
{
	bool folded = folds();
	struct drawn d;

	c->begun = false;
	for (size_t i = 0, len; i < n; i += len) {
		len = harmless(&d, s + i, n - i, folded);
		if (*room < d.cells)
			return;
		for (int j = 0; j < d.points; j++)
			add_letter(c, d.point[j], d.points > 1 ? 1 : d.cells,
				a);
		*room -= d.cells;
		if (d.points == 1 && d.cells > 0)
			i += add_again(c, s + i, n - i, len, d.cells, room);
	}
}

void ink_draw(WINDOW *w, int y, int x, int width, const struct ink *k,
	attr_t over)
{
	struct cells c;
	size_t i = 0, j;

	begin_cells(&c, w, y, x);
	while (i < k->text.len && width > 0) {
		int style = (uint8_t)k->style.data[i];

		for (j = i; j < k->text.len &&
				(uint8_t)k->style.data[j] == style; j++)
			;
		add_text(&c, k->text.data + i, j - i, attributes(style) | over,
			&width);
		i = j;
	}
	put_cells(&c);
}

void ink_put(WINDOW *w, int y, int x, int width, int style, const char *s)
{
	struct cells c;

	begin_cells(&c, w, y, x);
	add_text(&c, s, strlen(s), attributes(style), &width);
	put_cells(&c);
}

size_t ink_line_of(const char *text, int width)
{
	size_t n = strlen(text), at = 0, cut = 0;
	int used = 0;

	while (at < n) {
		int32_t point;
		size_t len = text_letter(text + at, n - at, &point);

		used += text_cells(text + at, len);
		if (used > width)
			break;
		at += len;
		if (at == n || text[at] == ' ')
			cut = at;
	}
	if (cut > 0)
		return cut;
	return at > 0 ? at : n; /* a word longer than a line, or no room */
}

void ink_wrapped(WINDOW *w, int y, int x, int lines, int width, int style,
	const char *text)
{
	while (*text != '\0' && lines-- > 0) {
		size_t n = ink_line_of(text, width);

		ink_put(w, y++, x, text_cells(text, n), style, text);
		text += n;
		text += strspn(text, " ");
	}
}

void ink_rule(WINDOW *w, int y, int x, int n, int style, enum theme_sign sign,
	bool down)
{
	attr_t a = attributes(style);
	wchar_t letter[2] = L"";
	cchar_t cell;

	if (n <= 0 || mbstowcs(letter, theme_sign(sign), 1) != 1)
		return;
	set_cell(&cell, letter, a);
	if (down)
		mvwvline_set(w, y, x, &cell, n);
	else
		mvwhline_set(w, y, x, &cell, n);
}
