/*
 * picture: play a real run and write its screen, with its colours, as SVG.
 *
 *   picture COLUMNSxROWS OUT.svg [STEP…] [-- ARGUMENT…]
 *
 * A STEP is the name of a key (Enter, Space, PgDn, C-x …, see screen.h), =TEXT
 * to type, @TEXT to wait until the screen shows it, or !TEXT until it does not.
 * The arguments are the program's ("lesson no-messages" when none are given).
 * Exit status 1 when something waited for did not come.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screen.h"

#define CELL_WIDTH 8.4
#define CELL_HEIGHT 18.0
#define MARGIN 12.0
#define FRONT "#d8dee9"
#define BACK "#1d2129"

/* A palette for the first sixteen colours that is easy on the eyes. */
static const char *const palette[16] = {"#3b4252", "#e06c75", "#98c379",
	"#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d8dee9", "#6b7689",
	"#ff7b86", "#b5e090", "#ffd68a", "#82c4ff", "#dd93f2", "#77d4e0",
	"#ffffff"};

static void colour(char *out, int index, const uint8_t *rgb, bool is_default,
	const char *otherwise)
{
	if (is_default)
		strcpy(out, otherwise);
	else if (index >= 0 && index < 16)
		strcpy(out, palette[index]);
	else
		sprintf(out, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
}

struct look {
	char front[8], back[8];
	bool bold, italic, underline;
};

static void look_of(struct look *l, const struct screen_cell *c)
{
	char front[8], back[8];

	colour(front, c->front_index, c->front, c->default_front, FRONT);
	colour(back, c->back_index, c->back, c->default_back, BACK);
	memset(l, 0, sizeof(*l));
	strcpy(l->front, c->reverse ? back : front);
	strcpy(l->back, c->reverse ? front : back);
	l->bold = c->bold;
	l->italic = c->italic;
	l->underline = c->underline;
}

static void put_escaped(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '&')
			fputs("&amp;", out);
		else if (*text == '<')
			fputs("&lt;", out);
		else if (*text == '>')
			fputs("&gt;", out);
		else
			fputc(*text, out);
	}
}

/* Cells from column on that look alike, as one rectangle and one text. */
static void put_run(FILE *out, int row, int column, int cells,
	const struct look *l, const char *text)
{
	double x = MARGIN + column * CELL_WIDTH, y = MARGIN + row * CELL_HEIGHT;

	if (strcmp(l->back, BACK))
		fprintf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\""
			" height=\"%.1f\" fill=\"%s\"/>\n", x, y,
			cells * CELL_WIDTH, CELL_HEIGHT, l->back);
	if (strspn(text, " ") == strlen(text))
		return;
	fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" textLength=\"%.1f\""
		" fill=\"%s\"%s%s%s>", x, y + CELL_HEIGHT * 0.75,
		cells * CELL_WIDTH, l->front,
		l->bold ? " font-weight=\"bold\"" : "",
		l->italic ? " font-style=\"italic\"" : "",
		l->underline ? " text-decoration=\"underline\"" : "");
	put_escaped(out, text);
	fputs("</text>\n", out);
}

static void put_row(FILE *out, struct screen *s, int row, int columns)
{
	char text[4096] = "";
	struct look look = {0};
	int begin = 0;

	for (int i = 0; i < columns;) {
		struct screen_cell c;
		struct look l;

		if (!screen_cell(s, row, i, &c))
			break;
		look_of(&l, &c);
		if (i == 0)
			look = l;
		if (memcmp(&l, &look, sizeof(l))) {
			put_run(out, row, begin, i - begin, &look, text);
			look = l;
			begin = i;
			text[0] = '\0';
		}
		strncat(text, c.text[0] ? c.text : " ",
			sizeof(text) - strlen(text) - 1);
		i += c.width > 0 ? c.width : 1;
	}
	put_run(out, row, begin, columns - begin, &look, text);
}

static bool put_picture(const char *path, struct screen *s)
{
	FILE *out = fopen(path, "w");
	int columns, rows;

	if (!out) {
		perror(path);
		return false;
	}
	screen_size(s, &columns, &rows);
	fprintf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\""
		" height=\"%.0f\" font-size=\"14\" xml:space=\"preserve\""
		" font-family=\"DejaVu Sans Mono, Menlo, Consolas,"
		" monospace\">\n", columns * CELL_WIDTH + 2 * MARGIN,
		rows * CELL_HEIGHT + 2 * MARGIN);
	fprintf(out, "<rect width=\"100%%\" height=\"100%%\" rx=\"8\""
		" fill=\"" BACK "\"/>\n");
	for (int row = 0; row < rows; row++)
		put_row(out, s, row, columns);
	fputs("</svg>\n", out);
	return fclose(out) == 0;
}

static bool step(struct screen *s, const char *what)
{
	if (what[0] == '@' && what[1])
		return screen_wait(s, what + 1, SCREEN_SECONDS);
	if (what[0] == '!' && what[1])
		return screen_wait_gone(s, what + 1, SCREEN_SECONDS);
	if (what[0] == '=' && what[1])
		screen_type(s, what + 1);
	else
		screen_key(s, what);
	return true;
}

int main(int argc, char **argv)
{
	const char *run[64] = {screen_program(), "lesson", "no-messages"};
	int columns, rows, last = 3, n = 1;
	struct screen *s;
	bool ok = true;

	if (argc < 3 || sscanf(argv[1], "%dx%d", &columns, &rows) != 2) {
		fprintf(stderr, "usage: picture COLUMNSxROWS OUT.svg [STEP…]"
				" [-- ARGUMENT…]\n");
		return 2;
	}
	while (last < argc && strcmp(argv[last], "--"))
		last++;
	if (last < argc) {
		for (int i = last + 1; i < argc && n < 63; i++)
			run[n++] = argv[i];
		run[n] = NULL;
	}
	s = screen_start(columns, rows, NULL, run);
	for (int i = 3; ok && i < last; i++)
		ok = step(s, argv[i]);
	if (ok)
		ok = screen_settle(s);
	ok = put_picture(argv[2], s) && ok;
	screen_free(s);
	return !ok;
}
