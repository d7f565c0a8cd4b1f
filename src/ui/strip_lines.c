/* strip_lines: the lines of the strip, and how text gets into them. */
#include "ui/strip.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "call/line.h"
#include "lesson/lesson.h"
#include "lesson/typed.h"
#include "lesson/wrap.h"

/* Below this width two columns say less than one. */
#define STRIP_BESIDE 60

void strip_init(struct strip *s, int width, int height)
{
	*s = (struct strip){ .width = width, .height = height, .see = -1 };
}

void strip_done(struct strip *s)
{
	for (size_t i = 0; i < s->lines; i++)
		ink_done(&s->line[i].ink);
	free(s->line);
	s->line = NULL;
	s->lines = s->room = 0;
}

struct ink *strip_clicked(struct strip *s, enum strip_click click, int which)
{
	struct strip_line *l;

	s->line = mem_grow(s->line, &s->room, s->lines + 1, sizeof *s->line);
	l = &s->line[s->lines++];
	*l = (struct strip_line){ .click = click, .which = which };
	return &l->ink;
}

struct ink *strip_line(struct strip *s)
{
	return strip_clicked(s, STRIP_NOTHING, 0);
}

void strip_gap(struct strip *s)
{
	if (s->lines > 0 && s->line[s->lines - 1].ink.text.len > 0)
		strip_line(s);
}

static bool is_empty(const struct strip_line *l)
{
	return l->ink.text.len == 0;
}

void strip_squeeze(struct strip *s, int lines)
{
	int over = (int)s->lines - lines;
	size_t empty = 0, kept = 0;

	for (size_t i = 0; i < s->lines; i++)
		empty += is_empty(&s->line[i]);
	if (over <= 0 || (size_t)over > empty)
		return;
	for (size_t i = 0; i < s->lines; i++) {
		if (over > 0 && is_empty(&s->line[i])) {
			ink_done(&s->line[i].ink);
			over--;
			continue;
		}
		if (s->see == (int)i)
			s->see = (int)kept;
		s->line[kept++] = s->line[i];
	}
	s->lines = kept;
}

static int style_of(unsigned wrap, int plain)
{
	if (wrap & WRAP_LINK)
		return THEME_LINK;
	if (wrap & WRAP_CODE)
		return THEME_CODE;
	if (wrap & WRAP_STRONG)
		return THEME_STRONG;
	if (wrap & WRAP_EMPHASIS)
		return THEME_EMPHASIS;
	return plain;
}

void strip_marked(struct strip *s, const char *marked, int indent,
	const struct ink *lead, int plain)
{
	struct wrapped w;

	wrap_indented(&w, marked, s->width, indent);
	for (size_t i = 0; i < w.lines; i++) {
		const struct wrap_line *l = &w.line[i];
		struct ink *k = strip_line(s);

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

void strip_prose(struct strip *s, const char *marked)
{
	strip_marked(s, marked, 0, NULL, THEME_PLAIN);
}

void strip_told(struct strip *s, const char *heading, const char *words,
	int style)
{
	struct ink lead = { 0 };
	int indent;

	ink_text(&lead, THEME_DIM, heading);
	indent = ink_cells(&lead) + 1;
	strip_marked(s, words, indent < s->width / 2 ? indent : 2, &lead,
		style);
	ink_done(&lead);
}

void strip_option(struct strip *s, const struct option *o, int i, bool chosen,
	int plain)
{
	struct ink lead = { 0 };
	size_t first = s->lines;

	ink_printf(&lead, THEME_FOCUS, " %s", chosen ?
		theme_sign(SIGN_POINTER) : " ");
	ink_printf(&lead, THEME_KEY, "%c", 'a' + i);
	strip_marked(s, o->text, WRAP_OPTION_INDENT, &lead,
		chosen ? THEME_STRONG : plain);
	for (; first < s->lines; first++) {
		s->line[first].click = STRIP_OPTION;
		s->line[first].which = i;
	}
	ink_done(&lead);
}

static void below(struct strip *s, const struct strip *part)
{
	for (size_t i = 0; i < part->lines; i++)
		ink_append(strip_line(s), &part->line[i].ink);
}

void strip_beside(struct strip *s, struct strip *left, struct strip *right)
{
	if (s->width < STRIP_BESIDE) {
		below(s, left);
		below(s, right);
		goto out;
	}
	for (size_t i = 0; i < left->lines || i < right->lines; i++) {
		struct ink *k = strip_line(s);

		if (i < left->lines)
			ink_append(k, &left->line[i].ink);
		ink_cut(k, left->width);
		ink_pad(k, left->width);
		ink_printf(k, THEME_DIM, " %s ", theme_sign(SIGN_VERTICAL));
		if (i < right->lines)
			ink_append(k, &right->line[i].ink);
	}
out:
	strip_done(left);
	strip_done(right);
}

void strip_step(struct buf *b, const struct step *s)
{
	struct line l = s->line; /* borrowed but for the expectation */

	memset(&l.expect, 0, sizeof l.expect);
	if (s->many)
		typed_without_expect(b, s->text);
	else
		line_print(b, &l);
}
