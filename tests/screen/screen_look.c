/*
 * screen_look: what stands on the screen, and what was written to get it there.
 */
#include "screen_inside.h"

#include <stdio.h>
#include <string.h>

/* ---- looking ---- */

static void put_point(char *out, size_t size, uint32_t c)
{
	char p[5] = {0};

	if (c < 0x80) {
		p[0] = (char)c;
	} else if (c < 0x800) {
		p[0] = (char)(0xc0 | c >> 6);
		p[1] = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		p[0] = (char)(0xe0 | c >> 12);
		p[1] = (char)(0x80 | (c >> 6 & 0x3f));
		p[2] = (char)(0x80 | (c & 0x3f));
	} else {
		p[0] = (char)(0xf0 | c >> 18);
		p[1] = (char)(0x80 | (c >> 12 & 0x3f));
		p[2] = (char)(0x80 | (c >> 6 & 0x3f));
		p[3] = (char)(0x80 | (c & 0x3f));
	}
	strncat(out, p, size - strlen(out) - 1);
}

static void colour_of(struct screen *s, VTermColor c, uint8_t *rgb, int *index)
{
	*index = VTERM_COLOR_IS_INDEXED(&c) ? c.indexed.idx : -1;
	vterm_screen_convert_color_to_rgb(s->seen, &c);
	rgb[0] = c.rgb.red;
	rgb[1] = c.rgb.green;
	rgb[2] = c.rgb.blue;
}

bool screen_cell(struct screen *s, int row, int column,
	struct screen_cell *out)
{
	VTermPos at = {.row = row, .col = column};
	VTermScreenCell c;

	memset(out, 0, sizeof(*out));
	if (!vterm_screen_get_cell(s->seen, at, &c))
		return false;
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && c.chars[i] &&
		c.chars[i] != (uint32_t)-1; i++)
		put_point(out->text, sizeof(out->text), c.chars[i]);
	out->width = c.width;
	out->bold = c.attrs.bold;
	out->underline = c.attrs.underline != 0;
	out->italic = c.attrs.italic;
	out->reverse = c.attrs.reverse;
	out->default_front = VTERM_COLOR_IS_DEFAULT_FG(&c.fg);
	out->default_back = VTERM_COLOR_IS_DEFAULT_BG(&c.bg);
	colour_of(s, c.fg, out->front, &out->front_index);
	colour_of(s, c.bg, out->back, &out->back_index);
	return true;
}

const char *screen_row(struct screen *s, int row)
{
	static char ring[64][4096];
	static int turn;
	char *out = ring[turn++ % 64];
	int columns, rows;
	size_t end = 0;

	out[0] = '\0';
	screen_size(s, &columns, &rows);
	for (int i = 0; i < columns;) {
		struct screen_cell c;

		if (!screen_cell(s, row, i, &c))
			break;
		strncat(out, c.text[0] ? c.text : " ",
			sizeof(ring[0]) - strlen(out) - 1);
		if (c.text[0] && strcmp(c.text, " "))
			end = strlen(out);
		i += c.width > 0 ? c.width : 1;
	}
	out[end] = '\0';
	return out;
}

bool screen_find(struct screen *s, const char *text, int *row, int *column)
{
	int columns, rows;

	screen_size(s, &columns, &rows);
	for (int y = 0; y < rows; y++) {
		const char *line = screen_row(s, y);
		const char *at = strstr(line, text);
		size_t bytes = 0;

		if (!at)
			continue;
		*row = y;
		/* Back from bytes to cells. */
		for (*column = 0; line + bytes < at;) {
			struct screen_cell c;

			if (!screen_cell(s, y, *column, &c))
				return false;
			bytes += c.text[0] ? strlen(c.text) : 1;
			*column += c.width > 0 ? c.width : 1;
		}
		return true;
	}
	return false;
}

bool screen_has(struct screen *s, const char *text)
{
	int row, column;

	return screen_find(s, text, &row, &column);
}

int screen_count(struct screen *s, const char *text)
{
	int columns, rows, n = 0;

	screen_size(s, &columns, &rows);
	for (int y = 0; y < rows; y++) {
		const char *at = screen_row(s, y);

		while ((at = strstr(at, text))) {
			n++;
			at += strlen(text);
		}
	}
	return n;
}

void screen_print(struct screen *s)
{
	int columns, rows, row, column;
	bool visible;

	screen_size(s, &columns, &rows);
	screen_cursor(s, &row, &column, &visible);
	fprintf(stderr, "---- %dx%d, cursor %d,%d %s%s\n", columns, rows, row,
		column, visible ? "seen" : "hidden",
		s->ended ? ", ended" : s->stopped ? ", stopped" : "");
	for (int y = 0; y < rows; y++)
		fprintf(stderr, "|%s\n", screen_row(s, y));
	fprintf(stderr, "----\n");
}

void screen_size(struct screen *s, int *columns, int *rows)
{
	vterm_get_size(s->vt, rows, columns);
}

void screen_cursor(struct screen *s, int *row, int *column, bool *visible)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(s->vt), &at);
	*row = at.row;
	*column = at.col;
	*visible = s->cursor;
}

bool screen_alternate(struct screen *s)
{
	return s->alternate;
}

int screen_mouse(struct screen *s)
{
	return s->mouse;
}

int screen_bells(struct screen *s)
{
	return s->bells;
}

bool screen_titled(struct screen *s)
{
	return s->titled;
}

const uint8_t *screen_raw(struct screen *s, size_t *len)
{
	*len = s->raw_len;
	return (const uint8_t *)s->raw;
}

/* ---- what was written ---- */

/* The length of the escape sequence at p, 0 when curses writes none such. */
static size_t sequence(const uint8_t *p, size_t n)
{
	size_t i = 2;

	if (n < 2)
		return 0;
	if (strchr("78=>McHDE", p[1]))
		return 2;
	if (p[1] == '(' || p[1] == ')')
		return n > 2 && strchr("0AB", p[2]) ? 3 : 0;
	if (p[1] != '[')
		return 0;
	while (i < n && ((p[i] >= '0' && p[i] <= '?') || p[i] == ' '))
		i++;
	/* Moving, erasing, inserting, modes, colours, the region. */
	if (i < n && p[i] && strchr("@ABCDEFGHIJKLMPSTXZ`abdefghlmrsu", p[i]))
		return i + 1;
	/* xterm's, around the full-screen buffer: keep and restore a title. */
	if (n >= 9 && (!memcmp(p, "\033[22;0;0t", 9) ||
			!memcmp(p, "\033[23;0;0t", 9)))
		return 9;
	return i + 1 <= n && i > 2 && p[2] == '?' && p[i] == 'c' ? i + 1 : 0;
}

/* The length of the letter at p, 0 when it is ill-formed or a control. */
static size_t letter(const uint8_t *p, size_t n)
{
	size_t len = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2
		: p[0] < 0xf0 ? 3 : p[0] < 0xf5 ? 4 : 0;

	if (p[0] < 0x20 || p[0] == 0x7f || len > n)
		return 0;
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	}
	return p[0] == 0xc2 && p[1] < 0xa0 ? 0 : len; /* C1 controls */
}

const char *screen_raw_trouble(struct screen *s, size_t *at)
{
	const uint8_t *p = (const uint8_t *)s->raw;
	size_t n = s->raw_len, i = 0;

	while (i < n) {
		size_t len = 1;

		*at = i;
		if (p[i] == 0x1b) {
			len = sequence(p + i, n - i);
			if (!len)
				return "an escape sequence";
		} else if (!p[i] || !strchr("\r\n\b\t\016\017", p[i])) {
			len = letter(p + i, n - i);
			if (!len)
				return "a control character";
		}
		i += len;
	}
	return NULL;
}

bool screen_raw_has(struct screen *s, const void *p, size_t n)
{
	return memmem(s->raw, s->raw_len, p, n) != NULL;
}
