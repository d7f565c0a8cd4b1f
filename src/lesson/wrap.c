/*
 * wrap: marked text → lines of styled spans.
 *
 * Text is cut into *words*: what lies between two places where a line may
 * break. A word may change its style in the middle and may hold blanks (inside
 * code), so a line is built from words, and its spans from the runs of one
 * style within it.
 */
#include "lesson/wrap.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "lesson/lesson.h"

struct wrapper {
	struct wrapped *out;
	size_t lines_room, spans_room;
	struct buf text;
	int width, indent, hang;
	unsigned style;    /* in force where we read */
	bool blank;        /* a blank waits before the next word */
	unsigned blank_style;
};

static bool is_mark(char c)
{
	return c == MARK_STRONG || c == MARK_EMPHASIS || c == MARK_CODE ||
		c == MARK_LINK;
}

static unsigned toggled(unsigned style, char mark)
{
	switch (mark) {
	case MARK_STRONG:
		return style ^ WRAP_STRONG;
	case MARK_EMPHASIS:
		return style ^ WRAP_EMPHASIS;
	case MARK_CODE:
		return style ^ WRAP_CODE;
	case MARK_LINK:
		return style ^ WRAP_LINK;
	}
	return style;
}

static void new_line(struct wrapper *w, int indent)
{
	struct wrapped *o = w->out;

	o->line = mem_grow(o->line, &w->lines_room, o->lines + 1,
		sizeof(*o->line));
	o->line[o->lines++] = (struct wrap_line){
		.span = o->spans, .indent = indent, .cells = indent,
	};
	w->blank = false;
}

/* Append bytes of one style to the last line. */
static void put(struct wrapper *w, const char *s, size_t n, unsigned style)
{
	struct wrapped *o = w->out;
	struct wrap_line *l = &o->line[o->lines - 1];
	int cells = text_cells(s, n);
	struct wrap_span *span;

	if (!n)
		return;
	if (!l->spans || o->span[o->spans - 1].style != style) {
		o->span = mem_grow(o->span, &w->spans_room, o->spans + 1,
			sizeof(*o->span));
		o->span[o->spans++] = (struct wrap_span){
			.style = style, .at = w->text.len,
		};
		l->spans++;
	}
	span = &o->span[o->spans - 1];
	span->len += n;
	span->cells += cells;
	l->cells += cells;
	buf_add(&w->text, s, n);
}

/* Put a word's letters, changing style at its marks; cut it where a line of
 * its own is too narrow. */
static void put_word(struct wrapper *w, const char *s, size_t n)
{
	struct wrapped *o = w->out;
	size_t at = 0;

	while (at < n) {
		int32_t point;
		size_t len = text_letter(s + at, n - at, &point);
		struct wrap_line *l = &o->line[o->lines - 1];

		if (is_mark(s[at])) {
			w->style = toggled(w->style, s[at]);
		} else {
			if (l->spans && l->cells + text_cells(s + at, len) >
					w->width)
				new_line(w, w->indent + w->hang);
			put(w, s + at, len, w->style);
		}
		at += len;
	}
}

static int word_cells(const char *s, size_t n)
{
	int cells = 0;

	for (size_t i = 0; i < n;) {
		int32_t point;
		size_t len = text_letter(s + i, n - i, &point);

		if (!is_mark(s[i]))
			cells += text_cells(s + i, len);
		i += len;
	}
	return cells;
}

/* Bytes of the word at s: up to a blank outside code, or a newline. With
 * broken, blanks in code end it too. */
static size_t word_length(const char *s, unsigned style, bool broken)
{
	size_t n = 0;

	while (s[n] && s[n] != '\n' && (s[n] != ' ' ||
			(!broken && style & WRAP_CODE))) {
		style = toggled(style, s[n]);
		n++;
	}
	return n;
}

static void add_word(struct wrapper *w, const char *s, size_t n)
{
	struct wrapped *o = w->out;
	struct wrap_line *l = &o->line[o->lines - 1];
	int cells = word_cells(s, n);

	if (l->spans && l->cells + w->blank + cells > w->width)
		new_line(w, w->indent + w->hang);
	else if (w->blank && l->spans)
		put(w, " ", 1, w->blank_style & w->style);
	w->blank = false;
	put_word(w, s, n);
}

/* "• " and "12. " at the beginning of a line of marked text: their cells. */
static int bullet_cells(const char *s)
{
	size_t digits = strspn(s, "0123456789");

	if (!strncmp(s, "• ", strlen("• ")))
		return 2;
	if (digits && digits < 4 && s[digits] == '.' && s[digits + 1] == ' ')
		return (int)digits + 2;
	return 0;
}

static void wrap(struct wrapper *w, const char *s)
{
	bool line_begins = true;

	while (*s) {
		size_t n;

		if (line_begins) {
			w->hang = bullet_cells(s);
			if (w->hang >= w->width - w->indent)
				w->hang = 0;
			new_line(w, w->indent);
			line_begins = false;
		}
		if (*s == '\n') {
			s++;
			line_begins = true;
			continue;
		}
		if (*s == ' ') {
			w->blank = true;
			w->blank_style = w->style;
			s++;
			continue;
		}
		n = word_length(s, w->style, false);
		if (word_cells(s, n) > w->width - w->indent - w->hang)
			n = word_length(s, w->style, true);
		add_word(w, s, n);
		s += n;
	}
}

void wrap_indented(struct wrapped *out, const char *marked, int width,
	int indent)
{
	struct wrapper w = {.out = out, .width = width, .indent = indent};

	memset(out, 0, sizeof(*out));
	if (w.width < 1)
		w.width = 1;
	if (w.indent < 0 || w.indent >= w.width)
		w.indent = 0;
	wrap(&w, marked);
	out->text = w.text.data ? w.text.data : mem_string("");
}

void wrap_text(struct wrapped *out, const char *marked, int width)
{
	wrap_indented(out, marked, width, 0);
}

void wrap_done(struct wrapped *w)
{
	free(w->line);
	free(w->span);
	free(w->text);
	memset(w, 0, sizeof(*w));
}

int wrap_rows(const char *marked, int width, int indent)
{
	struct wrapped w;
	int n;

	wrap_indented(&w, marked, width, indent);
	n = (int)w.lines;
	wrap_done(&w);
	return n;
}

int wrap_page_rows(const struct page *p, int width)
{
	int n = 0;

	for (size_t i = 0; i < p->blocks; i++) {
		const struct block *b = &p->block[i];

		if (b->kind == BLOCK_PROSE)
			n += wrap_rows(b->prose, width, 0) + (n > 0);
		for (int k = 0; k < b->options; k++)
			n += wrap_rows(b->option[k].text, width,
				WRAP_OPTION_INDENT);
	}
	return n;
}

int wrap_goal_rows(const struct page *p, int width)
{
	int n = 0;

	for (size_t i = 0; i < p->blocks; i++)
		if (p->block[i].kind == BLOCK_GOAL)
			n += wrap_rows(p->block[i].prose, width,
				WRAP_GOAL_INDENT);
	return n;
}

void wrap_plain(struct buf *b, const char *marked)
{
	for (; *marked; marked++)
		if (!is_mark(*marked))
			buf_char(b, *marked);
}
