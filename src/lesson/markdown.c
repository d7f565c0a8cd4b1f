/*
 * markdown: Markdown → pages, blocks, steps, by md4c's callbacks.
 *
 * md4c hands out pieces of text that lie in the source wherever they stood
 * there; their place says on which line and column something is wrong.
 * `into` is where text goes now; a *flow* is prose that grows until a fence,
 * a prediction or a heading ends it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <md4c.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "base/text.h"
#include "lesson/lesson.h"
#include "lesson/prediction.h"
#include "lesson/source.h"
#include "lesson/steps.h"

enum list { LIST_NONE, LIST_NEW, LIST_PLAIN, LIST_TASKS };

struct reader {
	const char *text;
	size_t n;
	struct diag *d;
	struct lesson *l;
	struct page *page;   /* the last one, or NULL */
	size_t at;           /* source offset of the last piece of text */
	size_t placed;       /* an offset whose line is known: … */
	int placed_line;     /* … so that places cost little */

	struct buf *into;    /* where text goes, or NULL */
	struct buf flow, title, keep, option, why, html, fence;
	int flow_line;
	bool has_title, has_keep, in_quote, in_heading, in_html;

	enum list list;
	bool ordered;
	unsigned number;     /* of the next item */
	int paragraphs;      /* of this item so far */
	size_t item_at;      /* offset of its box */

	bool in_fence;
	struct block *steps; /* the fence's block */
	size_t fence_at;     /* offset of the fence's line */
	int fence_line, fence_column;
};

/* ---- places ---- */

static void place(struct reader *r, size_t at, int *line, int *column)
{
	size_t from = at >= r->placed ? r->placed : 0;
	int here;

	if (!from)
		r->placed_line = 1;
	source_place(r->text + from, at - from, &here, column);
	here += r->placed_line - 1;
	while (at > 0 && r->text[at - 1] != '\n')
		at--;
	r->placed = at;
	r->placed_line = here;
	*line = here;
}

static int line_at(struct reader *r)
{
	int line, column;

	place(r, r->at, &line, &column);
	return line;
}

static int wrong(struct reader *r, const char *sentence)
{
	int column;

	place(r, r->at, &r->d->line, &column);
	return diag_set(r->d, column, "%s", sentence);
}

/* Remember where a piece of text stands; false when it is not of the source. */
static bool seen(struct reader *r, const char *piece)
{
	if (!piece || piece < r->text || piece >= r->text + r->n)
		return false;
	r->at = (size_t)(piece - r->text);
	return true;
}

/*
 * md4c tells of blocks without text only by their kind. Their place is at
 * least behind what was seen last: skip the blank lines there.
 */
static void step_over_blanks(struct reader *r)
{
	const char *end = memchr(r->text + r->at, '\n', r->n - r->at);
	size_t at = end ? (size_t)(end - r->text) : r->n;

	while (at < r->n && strchr(" \t\r\n", r->text[at]))
		at++;
	if (at < r->n)
		r->at = at;
}

/* ---- the flow of prose ---- */

static char *take(struct buf *b)
{
	char *s;

	while (b->len && strchr(" \n", b->data[b->len - 1]))
		b->data[--b->len] = '\0';
	s = mem_string(buf_str(b));
	buf_done(b);
	return s;
}

static void end_flow(struct reader *r)
{
	char *prose = take(&r->flow);

	if (r->page && prose[0])
		lesson_add_block(r->page, BLOCK_PROSE, r->flow_line)->prose =
			prose;
	else
		free(prose);
}

/* Prose goes to the page, behind sep when something is there already. */
static int begin_flow(struct reader *r, const char *sep)
{
	if (!r->page) {
		step_over_blanks(r);
		return wrong(r, _("prose before the first page; a heading of "
			"level 2 (## …) begins one"));
	}
	if (r->flow.len)
		buf_text(&r->flow, sep);
	else
		r->flow_line = 0; /* known with its first text */
	r->into = &r->flow;
	return 0;
}

/* ---- headings ---- */

static int end_page(struct reader *r)
{
	end_flow(r);
	return r->page ? prediction_link(r->page, r->d) : 0;
}

static int enter_heading(struct reader *r, unsigned level)
{
	int error;

	step_over_blanks(r);
	if (r->list != LIST_NONE || r->in_quote)
		return wrong(r, _("a heading inside a list or a quote"));
	r->in_heading = true;
	if (level > 2) {
		error = begin_flow(r, "\n\n");
		if (!error)
			buf_char(&r->flow, MARK_STRONG);
		return error;
	}
	error = end_page(r);
	if (error)
		return error;
	r->into = &r->title;
	if (level == 1 && (r->has_title || r->page))
		return wrong(r, r->has_title ? _("a second title; a heading of "
			"level 2 (## …) begins a page")
			: _("the title (# …) comes before the first page"));
	if (level == 2 && !r->has_title)
		return wrong(r, _("a page before the title (# …)"));
	if (level == 2) {
		r->page = lesson_add_page(r->l, line_at(r));
		r->page->notes = mem_string("");
	}
	return 0;
}

static int leave_heading(struct reader *r, unsigned level)
{
	char *title;

	r->into = NULL;
	r->in_heading = false;
	if (level > 2) {
		buf_char(&r->flow, MARK_STRONG);
		return 0;
	}
	title = take(&r->title);
	if (level == 1) {
		r->l->title = title;
		r->has_title = true;
	} else {
		r->page->title = title;
	}
	return title[0] ? 0 : wrong(r, _("this heading is empty"));
}

/* ---- fences ---- */

static int add_fence_line(struct reader *r)
{
	int error = 0;

	if (r->steps && r->fence_line)
		error = steps_add(r->steps, buf_str(&r->fence), r->fence.len,
			r->fence_line, r->fence_column, r->d);
	buf_clear(&r->fence);
	r->fence_line = 0;
	return error;
}

/* A piece of a fence: md4c gives the indentation, the line and the newline
 * each by itself; only the line lies in the source. */
static int fence_text(struct reader *r, const char *piece, size_t n)
{
	int column;

	if (n == 1 && piece[0] == '\n')
		return add_fence_line(r);
	if (seen(r, piece) && !r->fence_line) {
		place(r, r->at, &r->fence_line, &column);
		r->fence_column = column - (int)r->fence.len;
	}
	buf_add(&r->fence, piece, n);
	return 0;
}

static bool has_begun(const struct page *p)
{
	for (size_t i = 0; i < p->blocks; i++)
		if (p->block[i].kind != BLOCK_PROSE &&
				p->block[i].kind != BLOCK_SETUP)
			return true;
	return false;
}

static int begin_fence(struct reader *r, const char *word, size_t n)
{
	static const struct {
		const char *word;
		enum block_kind kind;
	} kinds[] = {
		{"setup", BLOCK_SETUP}, {"lab", BLOCK_STEPS},
		{"check", BLOCK_CHECK},
	};
	static const char *const later[] = {"starter", "solution", "mistake"};

	for (size_t i = 0; i < 3; i++) {
		if (n == strlen(later[i]) && !memcmp(word, later[i], n))
			return wrong(r, _("exercises (starter, solution, "
				"mistake) are not in this version yet"));
		if (n != strlen(kinds[i].word) ||
				memcmp(word, kinds[i].word, n))
			continue;
		if (kinds[i].kind == BLOCK_SETUP && has_begun(r->page))
			return wrong(r, _("setup runs when the page begins: it "
				"stands before its steps and predictions"));
		r->steps = lesson_add_block(r->page, kinds[i].kind,
			line_at(r));
		return 0;
	}
	return wrong(r, n ? _("this fence is none of setup, lab, check")
		: _("a fence says what it is: ```setup, ```lab or ```check"));
}

static int enter_fence(struct reader *r, const MD_BLOCK_CODE_DETAIL *c)
{
	end_flow(r);
	if (!seen(r, c->lang.size ? c->lang.text : NULL))
		step_over_blanks(r);
	if (!r->page)
		return wrong(r, _("a fence before the first page"));
	if (r->list != LIST_NONE || r->in_quote)
		return wrong(r, _("a fence inside a list or a quote"));
	r->in_fence = true;
	r->into = NULL;
	r->fence_at = r->at;
	return begin_fence(r, c->lang.text, c->lang.size);
}

static int leave_fence(struct reader *r)
{
	int error = add_fence_line(r);

	if (!error && !r->steps->steps) {
		r->at = r->fence_at;
		error = wrong(r, _("this fence has no line in it"));
	}
	r->in_fence = false;
	r->steps = NULL;
	return error;
}

/* ---- lists and predictions ---- */

static int enter_list(struct reader *r, bool ordered, unsigned start)
{
	if (r->list != LIST_NONE || r->in_quote)
		return wrong(r, _("a list inside a list or a quote"));
	r->list = LIST_NEW;
	r->ordered = ordered;
	r->number = start;
	return 0;
}

static struct option *last_option(struct reader *r)
{
	struct block *b = &r->page->block[r->page->blocks - 1];

	return &b->option[b->options - 1];
}

static int enter_option(struct reader *r, const MD_BLOCK_LI_DETAIL *li)
{
	struct block *b;

	r->at = r->item_at = li->task_mark_offset;
	if (!r->page)
		return wrong(r, _("a prediction before the first page"));
	if (r->list == LIST_PLAIN)
		return wrong(r, _("a list has a box [ ] at each item, or at "
			"none"));
	if (r->list == LIST_NEW) {
		end_flow(r);
		lesson_add_block(r->page, BLOCK_PREDICTION, line_at(r));
	}
	r->list = LIST_TASKS;
	b = &r->page->block[r->page->blocks - 1];
	if (b->options == LESSON_OPTIONS)
		return wrong(r, _("a prediction has at most 5 options"));
	b->option[b->options].source_line = line_at(r);
	b->option[b->options].right = li->task_mark != ' ';
	b->options++;
	r->into = &r->option;
	return 0;
}

static int enter_item(struct reader *r, const MD_BLOCK_LI_DETAIL *li)
{
	int error;

	r->paragraphs = 0;
	if (li->is_task)
		return enter_option(r, li);
	if (r->list == LIST_TASKS) {
		step_over_blanks(r);
		return wrong(r, _("a list has a box [ ] at each item, or at "
			"none"));
	}
	error = begin_flow(r, r->list == LIST_NEW ? "\n\n" : "\n");
	r->list = LIST_PLAIN;
	if (error)
		return error;
	if (r->ordered)
		buf_printf(&r->flow, "%u. ", r->number++);
	else
		buf_text(&r->flow, "• ");
	return 0;
}

static int leave_item(struct reader *r)
{
	struct option *o;
	const char *arrow;
	int line, column = 1;
	int error;

	r->into = NULL;
	if (r->list != LIST_TASKS)
		return 0;
	o = last_option(r);
	o->text = take(&r->option);
	o->why = take(&r->why);
	arrow = memmem(r->text + r->item_at, r->n - r->item_at, "->", 2);
	if (arrow)
		place(r, (size_t)(arrow - r->text), &line, &column);
	error = prediction_take_expect(o, column, r->d);
	if (error)
		r->d->line = line;
	return error;
}

/* ---- paragraphs, quotes, notes ---- */

static int enter_paragraph(struct reader *r)
{
	r->paragraphs++;
	if (r->in_quote) {
		if (r->keep.len)
			buf_text(&r->keep, "\n\n");
		r->into = &r->keep;
		return 0;
	}
	if (r->list == LIST_TASKS) {
		r->into = r->paragraphs == 1 ? &r->option : &r->why;
		if (r->into->len)
			buf_text(r->into, "\n\n");
		return 0;
	}
	if (r->list == LIST_PLAIN && r->paragraphs == 1)
		return 0; /* the item's bullet stands there already */
	return begin_flow(r, "\n\n");
}

static int enter_quote(struct reader *r)
{
	step_over_blanks(r);
	if (r->in_quote || r->list != LIST_NONE)
		return wrong(r, _("a quote inside a list or a quote"));
	if (!r->page)
		return wrong(r, _("a quote before the first page"));
	if (r->has_keep)
		return wrong(r, _("a second quote; a quote is the one sentence "
			"to keep"));
	r->in_quote = r->has_keep = true;
	return 0;
}

/* A whole <!-- comment -->: the speaker's note. */
static int end_comment(struct reader *r)
{
	char **notes = r->page ? &r->page->notes : &r->l->notes;
	struct buf all = {0};
	char *html = take(&r->html);
	const char *s = html + 4;
	size_t n = strlen(html);

	if (n < 7 || strncmp(html, "<!--", 4) || strcmp(html + n - 3, "-->") ||
			strstr(html, "-->") != html + n - 3) {
		free(html);
		return wrong(r, _("HTML cannot be shown; only a comment, "
			"<!-- … -->, is understood: a speaker's note"));
	}
	n -= 7;
	for (; n && strchr(" \t\n", *s); n--)
		s++;
	while (n && strchr(" \t\n", s[n - 1]))
		n--;
	buf_text(&all, *notes ? *notes : "");
	if (all.len && n)
		buf_text(&all, "\n\n");
	buf_add(&all, s, n);
	free(*notes);
	*notes = all.data ? all.data : mem_string("");
	free(html);
	return 0;
}

static int html_text(struct reader *r, const char *piece, size_t n)
{
	if (r->html.len == 0)
		seen(r, piece);
	buf_add(&r->html, piece, n);
	if (r->in_html)
		return 0; /* judged as a whole when the block ends */
	if (strncmp(buf_str(&r->html), "<!--", 4))
		return wrong(r, _("HTML cannot be shown; only a comment, "
			"<!-- … -->, is understood: a speaker's note"));
	if (r->html.len >= 7 &&
			!strcmp(r->html.data + r->html.len - 3, "-->"))
		return end_comment(r);
	return 0;
}

/* ---- what md4c calls ---- */

static int enter_block(MD_BLOCKTYPE type, void *detail, void *data)
{
	struct reader *r = data;

	switch (type) {
	case MD_BLOCK_H:
		return enter_heading(r, ((MD_BLOCK_H_DETAIL *)detail)->level);
	case MD_BLOCK_P:
		return enter_paragraph(r);
	case MD_BLOCK_CODE:
		return enter_fence(r, detail);
	case MD_BLOCK_UL:
		return enter_list(r, false, 0);
	case MD_BLOCK_OL:
		return enter_list(r, true,
			((MD_BLOCK_OL_DETAIL *)detail)->start);
	case MD_BLOCK_LI:
		return enter_item(r, detail);
	case MD_BLOCK_QUOTE:
		return enter_quote(r);
	case MD_BLOCK_HTML:
		r->in_html = true;
		return 0;
	case MD_BLOCK_DOC:
	case MD_BLOCK_HR: /* a rule has nothing to say on a screen */
	case MD_BLOCK_TABLE:
	case MD_BLOCK_THEAD:
	case MD_BLOCK_TBODY:
	case MD_BLOCK_TR:
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		return 0;
	}
	return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
	struct reader *r = data;

	switch (type) {
	case MD_BLOCK_H:
		return leave_heading(r, ((MD_BLOCK_H_DETAIL *)detail)->level);
	case MD_BLOCK_CODE:
		return leave_fence(r);
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		r->list = LIST_NONE;
		r->into = NULL;
		return 0;
	case MD_BLOCK_LI:
		return leave_item(r);
	case MD_BLOCK_QUOTE:
		r->in_quote = false;
		r->into = NULL;
		return 0;
	case MD_BLOCK_HTML:
		r->in_html = false;
		return end_comment(r);
	case MD_BLOCK_P:
		if (r->list == LIST_NONE)
			r->into = NULL;
		return 0;
	case MD_BLOCK_DOC:
	case MD_BLOCK_HR:
	case MD_BLOCK_TABLE:
	case MD_BLOCK_THEAD:
	case MD_BLOCK_TBODY:
	case MD_BLOCK_TR:
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		return 0;
	}
	return 0;
}

static int toggle(MD_SPANTYPE type, void *detail, void *data)
{
	struct reader *r = data;

	(void)detail;
	if (type == MD_SPAN_IMG)
		return wrong(r, _("a terminal shows no pictures"));
	if (!r->into || (type == MD_SPAN_STRONG && r->in_heading))
		return 0; /* a heading is strong as it is */
	if (type == MD_SPAN_STRONG)
		buf_char(r->into, MARK_STRONG);
	else if (type == MD_SPAN_EM)
		buf_char(r->into, MARK_EMPHASIS);
	else if (type == MD_SPAN_CODE)
		buf_char(r->into, MARK_CODE);
	return 0;
}

/* The few entities that Markdown needs; letters are written as they are. */
static int entity(struct reader *r, const char *piece, size_t n)
{
	static const struct { const char *name, *letter; } known[] = {
		{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"},
		{"&quot;", "\""}, {"&nbsp;", "\u00a0"},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (n == strlen(known[i].name) &&
				!memcmp(piece, known[i].name, n)) {
			buf_text(r->into, known[i].letter);
			return 0;
		}
	return wrong(r, _("write the letter itself in place of this entity"));
}

static int text(MD_TEXTTYPE type, const MD_CHAR *piece, MD_SIZE n, void *data)
{
	struct reader *r = data;

	if (r->in_fence)
		return fence_text(r, piece, n);
	if (type == MD_TEXT_HTML)
		return html_text(r, piece, n);
	seen(r, piece);
	if (!r->into)
		return wrong(r, _("text has no place here"));
	if (r->into == &r->flow && !r->flow_line)
		r->flow_line = line_at(r);
	switch (type) {
	case MD_TEXT_NORMAL:
	case MD_TEXT_CODE:
	case MD_TEXT_LATEXMATH:
		buf_add(r->into, piece, n);
		return 0;
	case MD_TEXT_BR:
		buf_char(r->into, '\n');
		return 0;
	case MD_TEXT_SOFTBR:
		buf_char(r->into, ' ');
		return 0;
	case MD_TEXT_ENTITY:
		return entity(r, piece, n);
	case MD_TEXT_NULLCHAR: /* source_check lets none by */
	case MD_TEXT_HTML:
		return 0;
	}
	return 0;
}

/* What must be there at the end of the file. */
static int finish(struct reader *r)
{
	int error = end_page(r);

	if (error)
		return error;
	r->d->line = 1;
	if (!r->has_title)
		return diag_set(r->d, 1, _("no title: a heading of level 1 "
			"(# …)"));
	if (!r->page)
		return diag_set(r->d, 1, _("no page: a heading of level 2 "
			"(## …) begins one"));
	if (!r->l->notes)
		r->l->notes = mem_string("");
	r->l->keep = take(&r->keep);
	r->d->line = 0;
	return 0;
}

static void reader_done(struct reader *r)
{
	buf_done(&r->flow);
	buf_done(&r->title);
	buf_done(&r->keep);
	buf_done(&r->option);
	buf_done(&r->why);
	buf_done(&r->html);
	buf_done(&r->fence);
}

int lesson_parse(struct lesson **out, const char *file, const char *source,
	size_t n, struct diag *d)
{
	static const MD_PARSER parser = {
		.flags = MD_FLAG_TASKLISTS | MD_FLAG_NOINDENTEDCODEBLOCKS,
		.enter_block = enter_block, .leave_block = leave_block,
		.enter_span = toggle, .leave_span = toggle, .text = text,
	};
	struct diag spare = {0};
	struct reader r = {.text = source, .n = n, .d = d ? d : &spare};
	int error;

	*out = NULL;
	r.d->file = file;
	error = source_check(source, n, r.d);
	if (error)
		return error;
	r.l = lesson_named(file);
	error = md_parse(source, (MD_SIZE)n, &parser, &r);
	if (!error)
		error = finish(&r);
	else if (error != -EINVAL)
		error = diag_set(r.d, 0, _("this cannot be read as Markdown"));
	reader_done(&r);
	if (error) {
		lesson_free(r.l);
		return error;
	}
	*out = r.l;
	return 0;
}
