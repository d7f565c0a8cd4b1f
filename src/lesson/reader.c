/* reader: places in the source, prose, headings (lesson/reader.h). */
#include "lesson/reader.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "lesson/lesson.h"
#include "lesson/prediction.h"
#include "lesson/source.h"

/* ---- places ---- */

void reader_place(struct reader *r, size_t at, int *line, int *column)
{
	int lines, columns;

	if (at < r->placed || !r->placed) {
		r->placed = 0;
		r->placed_line = r->placed_column = 1;
	}
	source_place(r->text + r->placed, at - r->placed, &lines, &columns);
	r->placed_column = columns + (lines > 1 ? 0 : r->placed_column - 1);
	r->placed_line += lines - 1;
	r->placed = at;
	*line = r->placed_line;
	*column = r->placed_column;
}

int reader_line(struct reader *r)
{
	int line, column;

	reader_place(r, r->at, &line, &column);
	return line;
}

int reader_wrong(struct reader *r, const char *sentence)
{
	int column;

	reader_place(r, r->at, &r->d->line, &column);
	return diag_set(r->d, column, "%s", sentence);
}

bool reader_seen(struct reader *r, const char *piece)
{
	if (!piece || piece < r->text || piece >= r->text + r->n)
		return false;
	r->at = (size_t)(piece - r->text);
	r->begun = true;
	return true;
}

void reader_step_over_blanks(struct reader *r)
{
	const char *end = memchr(r->text + r->at, '\n', r->n - r->at);
	size_t at = !r->begun ? 0 : end ? (size_t)(end - r->text) : r->n;

	while (at < r->n && strchr(" \t\r\n", r->text[at]))
		at++;
	if (at < r->n)
		r->at = at;
	r->begun = true;
}

/* ---- the flow of prose ---- */

char *reader_take(struct buf *b)
{
	char *s;

	while (b->len && strchr(" \n", b->data[b->len - 1]))
		b->data[--b->len] = '\0';
	s = mem_string(buf_str(b));
	buf_done(b);
	return s;
}

int reader_text(struct reader *r, const char *piece, size_t n)
{
	int column;

	if (!numbers_replace(&r->numbers, r->round, r->into, piece, n, r->d))
		return 0;
	reader_place(r, r->at, &r->d->line, &column);
	r->d->column += column - 1;
	return -EINVAL;
}

int flow_end(struct reader *r)
{
	int error = r->flow.len ? parts_prose_ends(r) : 0;
	char *prose = reader_take(&r->flow);

	r->paragraph_at = SIZE_MAX;
	if (!error && r->page && prose[0])
		parts_block_of_prose(r)->prose = prose;
	else
		free(prose);
	return error;
}

int flow_begin(struct reader *r, const char *sep)
{
	int error;

	if (!r->in_heading && (!r->page || r->part != PART_PAGE))
		reader_step_over_blanks(r); /* a heading is there already */
	if (!r->page)
		return reader_wrong(r, _("prose before the first page; a "
			"heading of level 2 (## …) begins one"));
	error = parts_prose(r);
	if (error)
		return error;
	if (r->flow.len)
		buf_text(&r->flow, sep);
	else
		r->flow_line = 0; /* known with its first text */
	r->paragraph_at = SIZE_MAX;
	r->into = &r->flow;
	return 0;
}

char *flow_take_paragraph(struct reader *r)
{
	struct buf last = {0};

	if (r->paragraph_at == SIZE_MAX || r->paragraph_at >= r->flow.len)
		return NULL;
	buf_text(&last, r->flow.data + r->paragraph_at);
	r->flow.len = r->paragraph_at;
	r->flow.data[r->flow.len] = '\0';
	r->paragraph_at = SIZE_MAX;
	return reader_take(&last);
}

/* ---- headings ---- */

int page_end(struct reader *r)
{
	int error = flow_end(r);

	if (!error && r->page)
		error = parts_end(r);
	if (!error && r->page)
		error = prediction_link(r->page, r->d);
	numbers_done(&r->numbers);
	r->part = PART_PAGE;
	return error;
}

int heading_enter(struct reader *r, unsigned level)
{
	int error;

	reader_step_over_blanks(r);
	if (r->list != LIST_NONE || r->in_quote)
		return reader_wrong(r, _("a heading inside a list or a quote"));
	r->in_heading = true;
	if (level > 2) {
		error = flow_begin(r, "\n\n");
		if (!error)
			buf_char(&r->flow, MARK_STRONG);
		return error;
	}
	error = page_end(r);
	if (error)
		return error;
	r->into = &r->title;
	if (level == 1 && (r->has_title || r->page))
		return reader_wrong(r, r->has_title
			? _("a second title; a heading of level 2 (## …) "
				"begins a page")
			: _("the title (# …) comes before the first page"));
	if (level == 2 && !r->has_title)
		return reader_wrong(r, _("a page before the title (# …)"));
	if (level == 2) {
		r->page = lesson_add_page(r->l, reader_line(r));
		r->page->notes = mem_string("");
		r->page->numbers = mem_string("");
		r->page->rounds = 1;
	}
	return 0;
}

int heading_leave(struct reader *r, unsigned level)
{
	char *title;

	r->into = NULL;
	r->in_heading = false;
	if (level > 2) {
		buf_char(&r->flow, MARK_STRONG);
		return 0;
	}
	title = reader_take(&r->title);
	if (level == 1) {
		r->l->title = title;
		r->has_title = true;
	} else {
		r->page->title = title;
	}
	return title[0] ? 0 : reader_wrong(r, _("this heading is empty"));
}

/* ---- paragraphs and quotes ---- */

int paragraph_enter(struct reader *r)
{
	int error;

	r->paragraphs++;
	if (r->in_quote) {
		if (r->keep.len)
			buf_text(&r->keep, "\n\n");
		r->into = &r->keep;
		return 0;
	}
	if (r->list == LIST_HINTS) {
		r->into = &r->hint;
		if (r->hint.len)
			buf_text(&r->hint, "\n\n");
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
	error = flow_begin(r, "\n\n");
	if (!error && r->list == LIST_NONE)
		r->paragraph_at = r->flow.len;
	return error;
}

int quote_enter(struct reader *r)
{
	reader_step_over_blanks(r);
	if (r->in_quote || r->list != LIST_NONE)
		return reader_wrong(r, _("a quote inside a list or a quote"));
	if (!r->page)
		return reader_wrong(r, _("a quote before the first page"));
	if (r->has_keep)
		return reader_wrong(r, _("a second quote; a quote is the one "
			"sentence to keep"));
	r->in_quote = r->has_keep = true;
	return 0;
}
