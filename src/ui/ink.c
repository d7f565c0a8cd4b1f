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

void ink_add(struct ink *k, int style, const char *s, size_t n)
{
	buf_add(&k->text, s, n);
	while (n-- > 0)
		buf_char(&k->style, (char)style);
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
	int n;

	for (n = ink_cells(k); n < cells; n++)
		ink_add(k, THEME_PLAIN, " ", 1);
}

void ink_repeat(struct ink *k, int style, const char *sign, int n)
{
	while (n-- > 0)
		ink_text(k, style, sign);
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

void ink_harmless(struct buf *b, const char *s, size_t n, int *cells,
	bool folded)
{
	size_t i = 0;

	while (i < n) {
		int32_t point;
		size_t len = text_letter(s + i, n - i, &point);
		int c = point < 0 ? -1 : text_cells_of(point);

		if (c < 0) { /* broken, or a control character */
			if (*cells < 1)
				return;
			buf_char(b, '?');
			*cells -= 1;
		} else if (folded && point > 0x7e) {
			if (*cells < c)
				return;
			if (c > 0)
				buf_text(b, fold(point));
			if (c > 1)
				buf_char(b, '?');
			*cells -= c;
		} else {
			if (*cells < c)
				return;
			buf_add(b, s + i, len);
			*cells -= c;
		}
		i += len;
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

/*
 * Put harmless text at y, x; the caller sees to it that it fits. As cells, for
 * curses takes a string letter by letter, at ten times the cost. A mark without
 * a letter before it is left out.
 */
static void put_cells(WINDOW *w, int y, int x, const struct buf *text, attr_t a)
{
	cchar_t cell[128];
	wchar_t letter[CCHARW_MAX + 1];
	size_t at = 0, marks = 0;
	int n = 0, used = 0;

	while (at < text->len) {
		int32_t point;
		int cells;

		at += text_letter(text->data + at, text->len - at, &point);
		cells = text_cells_of(point);
		if (cells == 0) {
			if (n == 0 || marks + 2 > CCHARW_MAX)
				continue;
			letter[++marks] = (wchar_t)point;
		} else {
			if (n == (int)(sizeof cell / sizeof *cell)) {
				mvwadd_wchnstr(w, y, x, cell, n);
				x += used;
				n = used = 0;
			}
			letter[0] = (wchar_t)point;
			marks = 0;
			used += cells;
			n++;
		}
		letter[marks + 1] = L'\0';
		set_cell(&cell[n - 1], letter, a);
	}
	if (n > 0)
		mvwadd_wchnstr(w, y, x, cell, n);
}

void ink_draw(WINDOW *w, int y, int x, int width, const struct ink *k,
	attr_t over)
{
	struct buf out = { 0 };
	size_t i = 0, j;
	int cells = width;

	while (i < k->text.len && cells > 0) {
		int style = (uint8_t)k->style.data[i];
		int from = x + width - cells;

		for (j = i; j < k->text.len &&
				(uint8_t)k->style.data[j] == style; j++)
			;
		buf_clear(&out);
		ink_harmless(&out, k->text.data + i, j - i, &cells, folds());
		put_cells(w, y, from, &out, attributes(style) | over);
		i = j;
	}
	buf_done(&out);
}

void ink_put(WINDOW *w, int y, int x, int width, int style, const char *s)
{
	struct buf out = { 0 };

	ink_harmless(&out, s, strlen(s), &width, folds());
	put_cells(w, y, x, &out, attributes(style));
	buf_done(&out);
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
