/*
 * glossary: see glossary.h.
 *
 * Terms stand at the left, the meaning of the chosen one beside them; on a
 * narrow screen the meaning stands below. What is typed behind / chooses the
 * first term that begins so, else the first that has it anywhere.
 */
#include "ui/glossary.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/text.h"
#include "lesson/glossary.h"
#include "lesson/wrap.h"
#include "ui/app.h"
#include "ui/ink.h"
#include "ui/over.h"
#include "ui/strip.h"
#include "ui/theme.h"

enum {
	ESCAPE = 27,
	NAMES = 24,       /* cells of the list … */
	NARROW = 64,      /* … on screens wider than this */
	MEANING_ROWS = 7, /* of the meaning when it stands below */
	WIDTH_MOST = 100,
};

/* ---- the words ---- */

const struct glossary *glossary_words(struct app *a)
{
	struct diag d = { 0 };
	char why[512];

	if (a->glossary.words == NULL && !a->glossary.absent &&
			glossary_load(&a->glossary.words, a->language, &d) != 0) {
		diag_print(&d, why, sizeof why);
		app_say(a, true, "%s", why);
		a->glossary.words = NULL;
		a->glossary.absent = true;
	}
	return a->glossary.words;
}

void glossary_done(struct app *a)
{
	glossary_free(a->glossary.words);
	a->glossary.words = NULL;
}

void glossary_open(struct app *a)
{
	a->glossary.absent = false; /* g asks again */
	if (glossary_words(a) == NULL)
		return;
	a->glossary.typing = a->glossary.missing = false;
	a->layer = LAYER_GLOSSARY;
}

bool glossary_open_at(struct app *a, const char *word, size_t n)
{
	const struct glossary *g = glossary_words(a);
	const struct glossary_term *t = g != NULL ?
		glossary_find(g, word, n) : NULL;

	if (t == NULL)
		return false;
	a->glossary.at = 0;
	while (glossary_at(g, a->glossary.at) != t)
		a->glossary.at++;
	glossary_open(a);
	return true;
}

static size_t count(const struct glossary *g)
{
	size_t n = 0;

	while (glossary_at(g, n) != NULL)
		n++;
	return n;
}

/* ---- drawing ---- */

/* Where the parts of the layer stand. */
struct place {
	int rows, columns;       /* of the whole box */
	int list_rows, list_cells;
	int y, x, cells, height; /* of the meaning */
};

static struct place place(void)
{
	struct place p = { .rows = getmaxy(stdscr) - 2,
		.columns = getmaxx(stdscr) };

	if (p.columns > WIDTH_MOST)
		p.columns = WIDTH_MOST;
	p.list_rows = p.rows - 2;
	p.y = 1;
	if (p.columns > NARROW) {
		p.list_cells = NAMES;
		p.x = 2 + NAMES + 3;
	} else {
		p.list_cells = p.columns - 4;
		p.x = 2;
		p.list_rows -= p.list_rows > 2 * MEANING_ROWS ?
			MEANING_ROWS + 1 : p.list_rows / 2;
		p.y = p.list_rows + 2;
	}
	p.cells = p.columns - p.x - 2;
	p.height = p.rows - 1 - p.y;
	return p;
}

static void draw_names(struct app *a, WINDOW *w, const struct place *p)
{
	struct app_glossary *s = &a->glossary;
	const struct glossary_term *t;
	struct ink k = { 0 };

	if (s->at < s->top)
		s->top = s->at;
	if (s->at >= s->top + (size_t)p->list_rows)
		s->top = s->at - (size_t)p->list_rows + 1;
	for (int y = 0; y < p->list_rows; y++) {
		bool chosen = s->top + (size_t)y == s->at;

		t = glossary_at(s->words, s->top + (size_t)y);
		if (t == NULL)
			break;
		ink_clear(&k);
		ink_printf(&k, THEME_FOCUS, "%s ", chosen ?
			theme_sign(SIGN_POINTER) : " ");
		ink_add(&k, chosen ? THEME_STRONG : THEME_PLAIN, t->names,
			strcspn(t->names, ",")); /* its first name */
		ink_cut(&k, p->list_cells);
		ink_draw(w, y + 1, 2, p->list_cells, &k, A_NORMAL);
	}
	ink_done(&k);
}

static void draw_meaning(struct app *a, WINDOW *w, const struct place *p)
{
	const struct glossary_term *t = glossary_at(a->glossary.words,
		a->glossary.at);
	struct strip s;

	if (t == NULL || p->cells < 1)
		return;
	strip_init(&s, p->cells, 0);
	ink_text(strip_line(&s), THEME_STRONG, t->names);
	strip_prose(&s, t->meaning);
	for (int y = 0; y < p->height && y < (int)s.lines; y++)
		ink_draw(w, p->y + y, p->x, p->cells, &s.line[y].ink, A_NORMAL);
	strip_done(&s);
}

static void draw_bar(WINDOW *w, int y, int columns, const char *text)
{
	struct ink k = { 0 };

	ink_printf(&k, THEME_BAR, "  %s", text);
	ink_pad(&k, columns);
	ink_draw(w, y, 0, columns, &k, A_REVERSE);
	ink_done(&k);
}

/* The keys; while something is looked for that, and that it is not there. */
static void draw_foot(const struct app *a, WINDOW *w, const struct place *p)
{
	const struct app_glossary *s = &a->glossary;
	struct buf b = { 0 };

	if (s->typing)
		buf_printf(&b, "/%s%s", s->typed, s->missing ? "   " : "");
	if (s->missing)
		buf_printf(&b, _("\"%s\" is not there."), s->typed);
	else if (!s->typing)
		buf_text(&b, _("arrows choose, / finds, q closes"));
	draw_bar(w, p->rows - 1, p->columns, buf_str(&b));
	buf_done(&b);
}

void glossary_draw(struct app *a)
{
	struct place p = place();
	WINDOW *w = over_window(p.rows, p.columns, 1,
		(getmaxx(stdscr) - p.columns) / 2);

	if (w == NULL)
		return;
	draw_bar(w, 0, p.columns, _("Glossary"));
	if (p.columns > NARROW)
		ink_rule(w, 1, 2 + NAMES + 1, p.rows - 2, THEME_DIM,
			SIGN_VERTICAL, true);
	else
		ink_rule(w, p.list_rows + 1, 0, p.columns, THEME_DIM,
			SIGN_HORIZONTAL, false);
	draw_names(a, w, &p);
	draw_meaning(a, w, &p);
	draw_foot(a, w, &p);
}

/* ---- keys ---- */

/* The term that what is typed means; where there is none, the one that was
 * chosen before. */
static void look(struct app *a)
{
	struct app_glossary *s = &a->glossary;
	const struct glossary_term *t;

	s->missing = false;
	s->at = s->from;
	if (s->typed[0] == '\0')
		return;
	for (size_t i = 0; (t = glossary_at(s->words, i)) != NULL; i++)
		if (strncasecmp(t->names, s->typed, strlen(s->typed)) == 0) {
			s->at = i;
			return;
		}
	for (size_t i = 0; (t = glossary_at(s->words, i)) != NULL; i++)
		if (strcasestr(t->names, s->typed) != NULL) {
			s->at = i;
			return;
		}
	s->missing = true;
}

static void type(struct app *a, wint_t key, bool is_char)
{
	struct app_glossary *s = &a->glossary;
	size_t n = strlen(s->typed);
	struct buf b = { 0 };

	if (key == ESCAPE || key == '\n' || key == '\r' || key == KEY_ENTER) {
		s->typing = false;
	} else if (key == KEY_BACKSPACE || key == 0x7f || key == 8) {
		while (n > 0 && (s->typed[--n] & 0xc0) == 0x80)
			;
		s->typed[n] = '\0';
	} else if (is_char && key >= ' ') {
		text_put(&b, (int32_t)key);
		if (n + b.len < sizeof s->typed)
			memcpy(s->typed + n, buf_str(&b), b.len + 1);
		buf_done(&b);
	}
	look(a);
}

static void move_by(struct app *a, int by)
{
	size_t last = count(a->glossary.words) - 1, *at = &a->glossary.at;

	if (by < 0)
		*at -= (size_t)-by < *at ? (size_t)-by : *at;
	else
		*at = *at + (size_t)by < last ? *at + (size_t)by : last;
}

void glossary_key(struct app *a, wint_t key, bool is_char)
{
	if (a->glossary.typing) {
		type(a, key, is_char);
		return;
	}
	a->glossary.missing = false;
	switch (key) {
	case KEY_UP:
	case 'k':
		move_by(a, -1);
		return;
	case KEY_DOWN:
	case 'j':
		move_by(a, 1);
		return;
	case KEY_PPAGE:
		move_by(a, -place().list_rows);
		return;
	case KEY_NPAGE:
	case ' ':
		move_by(a, place().list_rows);
		return;
	case KEY_HOME:
		a->glossary.at = 0;
		return;
	case KEY_END:
		move_by(a, (int)count(a->glossary.words));
		return;
	case '/':
		a->glossary.typed[0] = '\0';
		a->glossary.from = a->glossary.at;
		a->glossary.typing = true;
		return;
	case 'q':
	case 'g':
	case ESCAPE:
		a->layer = LAYER_NONE;
		return;
	}
}
