/*
 * words: see words.h.
 *
 * Which words have help is asked when somebody walks over them, never while
 * drawing without a choice. Two words are tried before one, for there are terms
 * such as "listen queue". The same word is walked over once in a line.
 */
#include "ui/words.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "call/table.h"
#include "lesson/glossary.h"
#include "packet/facts.h"
#include "ui/app.h"
#include "ui/glossary.h"
#include "ui/ink.h"
#include "ui/pane.h"
#include "ui/screen.h"
#include "ui/strip.h"

#define WORDS_MOST 128 /* of what is shown */

/* A word of a line that has help. */
struct word {
	int line;
	size_t at, n; /* bytes of the line's text */
};

/* ---- what has help ---- */

static const struct call_row *call_of(const char *word, size_t n)
{
	char name[64];

	snprintf(name, sizeof name, "%.*s", (int)n, word);
	return n < sizeof name ? call_row(name) : NULL;
}

static const struct option_row *option_of(const char *word, size_t n)
{
	const struct option_row *o;

	for (size_t i = 0; (o = option_row_at(i)) != NULL; i++)
		if (strlen(o->name) == n && strncmp(o->name, word, n) == 0)
			return o;
	return NULL;
}

static int errno_of(const char *word, size_t n)
{
	char name[64];

	snprintf(name, sizeof name, "%.*s", (int)n, word);
	return n < sizeof name && word[0] == 'E' ? errno_number(name) : 0;
}

static bool has_help(struct app *a, const char *word, size_t n, bool code)
{
	const struct glossary *g = glossary_words(a);

	if ((code && call_of(word, n) != NULL) || option_of(word, n) != NULL ||
			errno_of(word, n) != 0)
		return true;
	return g != NULL && glossary_find(g, word, n) != NULL;
}

/* ---- the words of the lesson ---- */

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_' ||
		((unsigned char)c & 0x80) != 0;
}

/* Bytes of the word at s, with its hyphens. */
static size_t word_len(const char *s)
{
	size_t n = 0;

	while (is_letter(s[n]) || (n > 0 && s[n] == '-' && is_letter(s[n + 1])))
		n++;
	return n;
}

static size_t words_of_line(struct app *a, const struct ink *k, int line,
	struct word *out, size_t n)
{
	const char *text = buf_str(&k->text), *s = text;
	const char *style = buf_str(&k->style);

	while (*s != '\0' && n < WORDS_MOST) {
		size_t one = word_len(s), two = 0;
		bool code = style[s - text] == THEME_CODE;

		if (one == 0) {
			s++;
			continue;
		}
		if (s[one] == ' ' && word_len(s + one + 1) > 0)
			two = one + 1 + word_len(s + one + 1);
		if (two > 0 && !code && has_help(a, s, two, false))
			one = two;
		else if (!has_help(a, s, one, code)) {
			s += one;
			continue;
		}
		out[n++] = (struct word){ line, (size_t)(s - text), one };
		s += one;
	}
	return n;
}

static size_t words_of(struct app *a, const struct strip *s, struct word *out)
{
	size_t n = 0;

	for (size_t i = 0; i < s->lines; i++)
		n = words_of_line(a, &s->line[i].ink, (int)i, out, n);
	return n;
}

/* The lesson as it was drawn, with its words; strip_done both. */
static size_t make(struct app *a, struct strip *body, struct strip *pinned,
	struct word *out)
{
	strip_make(body, pinned, a, strip_width(COLS), strip_height());
	return words_of(a, body, out);
}

bool words_move(struct app *a, int by)
{
	struct word word[WORDS_MOST];
	struct strip body, pinned;
	int n = (int)make(a, &body, &pinned, word);

	strip_done(&body);
	strip_done(&pinned);
	if (n == 0)
		return false;
	if (a->word == 0)
		a->word = by > 0 ? 1 : n;
	else
		a->word = (a->word - 1 + by + n) % n + 1;
	return true;
}

int words_mark(struct app *a, struct strip *s)
{
	struct word word[WORDS_MOST], *w;
	size_t n;

	if (a->word == 0)
		return -1;
	n = words_of(a, s, word);
	if ((size_t)a->word > n) { /* the page has changed */
		a->word = 0;
		return -1;
	}
	w = &word[a->word - 1];
	memset(s->line[w->line].ink.style.data + w->at, THEME_SELECTED, w->n);
	return w->line;
}

/* ---- help ---- */

/* "{0}.send({1})" with the names of the parameters: "fd.send(bytes)". */
static void add_spelling(struct buf *b, const char *language,
	const struct call_row *row, const char *spelling)
{
	const char *p;

	if (spelling == NULL)
		return;
	buf_printf(b, "%-7s ", language);
	for (p = spelling; *p != '\0'; p++) {
		int i = p[0] == '{' && p[1] != '\0' && p[2] == '}' ?
			p[1] - '0' : -1;

		if (i < 0 || i >= call_params(row)) {
			buf_char(b, *p);
			continue;
		}
		buf_text(b, row->param[i].name);
		p += 2;
	}
	buf_char(b, '\n');
}

static void show(struct app *a)
{
	a->layer = LAYER_TEXT;
	a->layer_at = 0;
}

static void help_call(struct app *a, const struct call_row *row)
{
	struct buf *b = &a->layer_text;

	buf_clear(b);
	buf_printf(b, "%s\n", row->name);
	call_signature(b, row);
	buf_printf(b, "\n\n%s\n\n", _(row->help));
	buf_printf(b, _("manual  %s\n"), row->manual);
	add_spelling(b, "Python", row, row->python);
	add_spelling(b, "C", row, row->c);
	show(a);
}

static void help_option(struct app *a, const struct option_row *o)
{
	buf_clear(&a->layer_text);
	buf_printf(&a->layer_text, "%s\n%s\n", o->name, _(o->help));
	show(a);
}

static void help_errno(struct app *a, const char *word, size_t n, int number)
{
	buf_clear(&a->layer_text);
	buf_printf(&a->layer_text, "%.*s\n%d: %s\n", (int)n, word, number,
		strerror(number));
	show(a);
}

/* What our own table or the glossary says; the glossary tells more of an errno
 * than its number. */
static bool help(struct app *a, const char *word, size_t n, bool code)
{
	const struct call_row *row = code ? call_of(word, n) : NULL;
	const struct option_row *option = option_of(word, n);
	int number = errno_of(word, n);

	if (row != NULL)
		help_call(a, row);
	else if (option != NULL)
		help_option(a, option);
	else if (glossary_open_at(a, word, n))
		return true;
	else if (number != 0)
		help_errno(a, word, n, number);
	else
		return false;
	return true;
}

bool words_open(struct app *a)
{
	struct word word[WORDS_MOST], *w;
	struct strip body, pinned;
	size_t n = a->word > 0 ? make(a, &body, &pinned, word) : 0;
	bool opened = false;

	if (a->word == 0)
		return false;
	if ((size_t)a->word <= n) {
		const struct ink *k;

		w = &word[a->word - 1];
		k = &body.line[w->line].ink;
		opened = help(a, buf_str(&k->text) + w->at, w->n,
			buf_str(&k->style)[w->at] == THEME_CODE);
	}
	strip_done(&body);
	strip_done(&pinned);
	return opened;
}

/* What is special of a frame: that it is sent again, its flag, else that it is
 * a segment. */
static bool help_frame(struct app *a, uint32_t frame)
{
	static const struct {
		uint8_t flag;
		const char *word;
	} flags[] = {
		{ FACTS_RST, "RST" }, { FACTS_SYN, "SYN" },
		{ FACTS_FIN, "FIN" },
	};
	const struct scene_frame *f = scene_frame(a->scene, frame);
	const char *again = _("retransmission");

	if (f->again != SCENE_NONE &&
			glossary_open_at(a, again, strlen(again)))
		return true;
	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
		if (f->flags & flags[i].flag)
			return glossary_open_at(a, flags[i].word,
				strlen(flags[i].word));
	if (f->len > 0)
		return glossary_open_at(a, "segment", 7);
	return f->flags & FACTS_ACK ? glossary_open_at(a, "ACK", 3) :
		glossary_open_at(a, "frame", 5);
}

void words_help(struct app *a)
{
	const struct call_row *row = NULL;
	uint32_t frame, call;

	if (screen_focused(a) == &pane_lesson && (words_open(a) ||
			(words_move(a, 1) && words_open(a))))
		return;
	app_selected(a, &frame, &call);
	if (a->at.row != SCENE_NONE && call != SCENE_NONE)
		row = call_row_at(scene_call(a->scene, call)->row);
	if (row != NULL)
		help_call(a, row);
	else if (a->at.row == SCENE_NONE || frame == SCENE_NONE ||
			!help_frame(a, frame))
		app_say(a, false, _("Select a row (arrows) or a word of the "
			"lesson (Tab, then right); then K."));
}
