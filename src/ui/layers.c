/* layers: see layers.h. */
#include "ui/layers.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "ui/app.h"
#include "ui/glossary.h"
#include "ui/ink.h"
#include "ui/keys.h"
#include "ui/lectern.h"
#include "ui/menu.h"
#include "ui/over.h"
#include "ui/search.h"
#include "ui/why.h"

enum {
	ESCAPE = 27,
	LINES_MOST = 256, /* of a text */
};

/* ---- boxes ---- */

/* A box narrower than the screen by less than this takes all of it: what would
 * be left at its sides says nothing. */
#define SIDES 24

/* How many of so many lines are seen at once. */
static int box_rows(int lines)
{
	int room = getmaxy(stdscr) - 4;

	return lines < room ? lines : room;
}

void layers_box(const char *title, const struct ink *line, int lines,
	int *at, const char *hint)
{
	int rows = getmaxy(stdscr), columns = getmaxx(stdscr);
	int width = 30, height, i, y;
	struct ink bar = { 0 };
	WINDOW *w;

	for (i = 0; i < lines; i++)
		if (ink_cells(&line[i]) + 4 > width)
			width = ink_cells(&line[i]) + 4;
	if (width > columns - SIDES)
		width = columns;
	height = box_rows(lines) + 2;
	if (*at > lines - (height - 2))
		*at = lines - (height - 2);
	if (*at < 0)
		*at = 0;
	w = over_window(height, width, (rows - height) / 2,
		(columns - width) / 2);
	if (w == NULL)
		return;
	ink_rule(w, 1, 0, height - 2, THEME_DIM, SIGN_VERTICAL, true);
	ink_rule(w, 1, width - 1, height - 2, THEME_DIM, SIGN_VERTICAL, true);
	ink_printf(&bar, THEME_BAR, "  %s", title);
	ink_pad(&bar, width);
	ink_draw(w, 0, 0, width, &bar, A_REVERSE);
	for (i = *at, y = 1; i < lines && y < height - 1; i++, y++)
		ink_draw(w, y, 2, width - 4, &line[i], A_NORMAL);
	ink_clear(&bar);
	ink_printf(&bar, THEME_BAR, "  %s", hint);
	if (height - 2 < lines)
		ink_printf(&bar, THEME_BAR, "   %d-%d / %d", *at + 1,
			*at + height - 2, lines);
	ink_pad(&bar, width);
	ink_draw(w, height - 1, 0, width, &bar, A_REVERSE);
	ink_done(&bar);
}

/* ---- a line to type in ---- */

void layers_line(const char *lead, const char *typed)
{
	layers_line_said(NULL, lead, typed, 0);
}

void layers_line_said(const char *said, const char *lead, const char *typed,
	int wrong)
{
	int rows = getmaxy(stdscr), columns = getmaxx(stdscr);
	int height = said != NULL ? 2 : 1;
	size_t right = wrong > 0 ? (size_t)wrong - 1 : strlen(typed);
	WINDOW *w = over_window(height, columns, rows - height, 0);
	struct ink k = { 0 };

	if (w == NULL)
		return;
	if (said != NULL)
		ink_put(w, 0, 1, columns - 2, THEME_TROUBLE, said);
	ink_text(&k, THEME_KEY, lead);
	ink_add(&k, THEME_PLAIN, typed, right);
	ink_text(&k, THEME_TROUBLE, typed + right);
	ink_text(&k, THEME_SELECTED, " ");
	ink_draw(w, height - 1, 1, columns - 2, &k, A_NORMAL);
	ink_done(&k);
}

/* ---- the key map ---- */

static int help_lines(struct ink *line, int room)
{
	const struct key_row *row;
	int group = -1, n = 0;

	for (size_t i = 0; (row = keys_at(i)) != NULL && n + 2 < room; i++) {
		if (row->help == NULL)
			continue;
		if ((int)row->group != group) {
			group = (int)row->group;
			if (n > 0)
				n++;
			ink_text(&line[n++], THEME_STRONG, keys_group(group));
		}
		ink_printf(&line[n], THEME_KEY, "  %s", _(row->label));
		ink_pad(&line[n], 11);
		ink_text(&line[n++], THEME_PLAIN, _(row->help));
	}
	return n;
}

/* Why a held frame is not sent again at once; the header has room to say so
 * only on a wide screen. */
static int clock_lines(struct ink *line)
{
	ink_text(&line[1], THEME_PLAIN, _("slow clocks: kernels wait 2 min "
		"before they send data again; what is held"));
	ink_text(&line[2], THEME_PLAIN, _("breeds no repeats (a SYN does); "
		"`lab: clocks real` for the kernel's own"));
	return 3;
}

static void draw_help(struct app *a)
{
	struct ink line[80] = { 0 };
	int n = help_lines(line, 77), i;

	n += clock_lines(line + n);
	layers_box(_("Keys"), line, n, &a->layer_at,
		_("arrows scroll, q closes"));
	for (i = 0; i < 80; i++)
		ink_done(&line[i]);
}

/* ---- text ---- */

/* Break text at spaces into lines of at most width cells. */
static int text_lines(const char *text, struct ink *line, int room, int width)
{
	int n = 0;

	while (*text != '\0' && n < room) {
		const char *stop = strchrnul(text, '\n');
		size_t len = (size_t)(stop - text), take = len;

		while (text_cells(text, take) > width) {
			size_t cut = take - 1;

			while (cut > 0 && text[cut] != ' ')
				cut--;
			if (cut == 0) { /* one long word: cut at a letter */
				cut = take - 1;
				while (cut > 1 && (text[cut] & 0xc0) == 0x80)
					cut--;
			}
			take = cut;
		}
		ink_add(&line[n++], THEME_PLAIN, text, take);
		text += take;
		if (take == len)
			text += *text == '\n';
		else
			while (*text == ' ')
				text++;
	}
	return n;
}

static void draw_text(struct app *a)
{
	struct ink line[LINES_MOST] = { 0 };
	const char *text = buf_str(&a->layer_text);
	const char *body = strchrnul(text, '\n');
	char title[128];
	int n, i;

	snprintf(title, sizeof title, "%.*s", (int)(body - text), text);
	n = text_lines(*body == '\n' ? body + 1 : body, line, LINES_MOST,
		getmaxx(stdscr) - 8);
	layers_box(title, line, n, &a->layer_at, _("arrows scroll, q closes"));
	for (i = 0; i < LINES_MOST; i++)
		ink_done(&line[i]);
}

static void scroll_key(struct app *a, wint_t key)
{
	int page = box_rows(INT_MAX);

	switch (key) {
	case KEY_UP:
	case 'k':
		a->layer_at--;
		return;
	case KEY_DOWN:
	case 'j':
		a->layer_at++;
		return;
	case KEY_NPAGE:
	case ' ':
		a->layer_at += page;
		return;
	case KEY_PPAGE:
	case 'b':
		a->layer_at -= page;
		return;
	case KEY_HOME:
		a->layer_at = 0;
		return;
	case KEY_END:
		a->layer_at = LINES_MOST; /* drawing puts it right */
		return;
	case '\n':
	case '\r':
	case KEY_ENTER:
	case ESCAPE:
	case 'q':
	case '?':
	case 'K': /* that opened it */
		a->layer = LAYER_NONE;
		return;
	}
}

/* ---- all ---- */

void layers_draw(struct app *a)
{
	switch (a->layer) {
	case LAYER_NONE:
		return;
	case LAYER_HELP:
		draw_help(a);
		return;
	case LAYER_MENU:
		menu_draw(a);
		return;
	case LAYER_TEXT:
		draw_text(a);
		return;
	case LAYER_ASK:
		ask_draw(a);
		return;
	case LAYER_SEARCH:
		search_draw(a);
		return;
	case LAYER_WHY:
		why_draw(a);
		return;
	case LAYER_GLOSSARY:
		glossary_draw(a);
		return;
	case LAYER_VOTES:
		lectern_draw(a);
		return;
	}
}

void layers_key(struct app *a, wint_t key, bool is_char)
{
	switch (a->layer) {
	case LAYER_NONE:
		return;
	case LAYER_HELP:
	case LAYER_TEXT:
		scroll_key(a, key);
		return;
	case LAYER_MENU:
		menu_key(a, key);
		return;
	case LAYER_ASK:
		ask_key(a, key, is_char);
		return;
	case LAYER_SEARCH:
		search_key(a, key, is_char);
		return;
	case LAYER_WHY:
		why_key(a, (int)key);
		return;
	case LAYER_GLOSSARY:
		glossary_key(a, key, is_char);
		return;
	case LAYER_VOTES:
		lectern_key(a, key, is_char);
		return;
	}
}
