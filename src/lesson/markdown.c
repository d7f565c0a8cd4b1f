/*
 * markdown: Markdown → pages, blocks, steps: md4c's callbacks, each handed to
 * what it is about (lesson/reader.h).
 */
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "lesson/lesson.h"
#include "lesson/reader.h"
#include "lesson/source.h"

static int enter_block(MD_BLOCKTYPE type, void *detail, void *data)
{
	struct reader *r = data;

	switch (type) {
	case MD_BLOCK_H:
		return heading_enter(r, ((MD_BLOCK_H_DETAIL *)detail)->level);
	case MD_BLOCK_P:
		return paragraph_enter(r);
	case MD_BLOCK_CODE:
		return fence_enter(r, detail);
	case MD_BLOCK_UL:
		return list_enter(r, false, 0);
	case MD_BLOCK_OL:
		return list_enter(r, true,
			((MD_BLOCK_OL_DETAIL *)detail)->start);
	case MD_BLOCK_LI:
		return item_enter(r, detail);
	case MD_BLOCK_QUOTE:
		return quote_enter(r);
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
		return heading_leave(r, ((MD_BLOCK_H_DETAIL *)detail)->level);
	case MD_BLOCK_CODE:
		return fence_leave(r);
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		r->list = LIST_NONE;
		r->into = NULL;
		return 0;
	case MD_BLOCK_LI:
		return item_leave(r);
	case MD_BLOCK_QUOTE:
		r->in_quote = false;
		r->into = NULL;
		return 0;
	case MD_BLOCK_HTML:
		r->in_html = false;
		return comment_end(r);
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

	if (type == MD_SPAN_IMG) {
		reader_seen(r, ((MD_SPAN_IMG_DETAIL *)detail)->src.text);
		return reader_wrong(r, _("a terminal shows no pictures"));
	}
	if (!r->into || (type == MD_SPAN_STRONG && r->in_heading))
		return 0; /* a heading is strong as it is */
	if (type == MD_SPAN_STRONG)
		buf_char(r->into, MARK_STRONG);
	else if (type == MD_SPAN_EM)
		buf_char(r->into, MARK_EMPHASIS);
	else if (type == MD_SPAN_CODE)
		buf_char(r->into, MARK_CODE);
	else if (type == MD_SPAN_A)
		buf_char(r->into, MARK_LINK);
	return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *data)
{
	return type == MD_SPAN_A && ((struct reader *)data)->into
		? link_enter(data, detail) : toggle(type, detail, data);
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
	return reader_wrong(r,
		_("write the letter itself in place of this entity"));
}

static int text(MD_TEXTTYPE type, const MD_CHAR *piece, MD_SIZE n, void *data)
{
	struct reader *r = data;

	if (r->in_fence)
		return fence_text(r, piece, n);
	if (type == MD_TEXT_HTML)
		return comment_text(r, piece, n);
	reader_seen(r, piece);
	if (!r->into)
		return reader_wrong(r, _("text has no place here"));
	if (r->into == &r->flow && !r->flow_line)
		r->flow_line = reader_line(r);
	switch (type) {
	case MD_TEXT_NORMAL:
	case MD_TEXT_CODE:
	case MD_TEXT_LATEXMATH:
		return reader_text(r, piece, n);
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
	int error = page_end(r);

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
	r->l->keep = reader_take(&r->keep);
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
	buf_done(&r->hint);
	buf_done(&r->html);
	buf_done(&r->fence);
	numbers_done(&r->numbers);
}

static int parse(struct lesson **out, const char *file, const char *source,
	size_t n, int round, struct diag *d)
{
	static const MD_PARSER parser = {
		.flags = MD_FLAG_TASKLISTS | MD_FLAG_NOINDENTEDCODEBLOCKS,
		.enter_block = enter_block, .leave_block = leave_block,
		.enter_span = enter_span, .leave_span = toggle, .text = text,
	};
	struct diag spare = {0};
	struct reader r = {.text = source, .n = n, .d = d ? d : &spare,
		.round = round, .paragraph_at = SIZE_MAX};
	int error;

	*out = NULL;
	r.d->file = file;
	error = source_check(source, n, r.d);
	if (error)
		return error;
	r.l = lesson_named(file);
	r.l->round = round;
	r.l->rounds = 1;
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

int lesson_parse_round(struct lesson **out, const char *file,
	const char *source, size_t n, int round, struct diag *d)
{
	int error = parse(out, file, source, n, round, d);
	int rounds = error ? 1 : (*out)->rounds;

	if (error || round < rounds)
		return error;
	lesson_free(*out);
	return parse(out, file, source, n, round % rounds, d);
}

int lesson_parse(struct lesson **out, const char *file, const char *source,
	size_t n, struct diag *d)
{
	return lesson_parse_round(out, file, source, n, 0, d);
}
