/*
 * reader: the state of reading one lesson, between md4c's callbacks.
 *
 * md4c hands out pieces of text that lie in the source wherever they stood
 * there; their place says on which line and column something is wrong.
 * `into` is where text goes now; a *flow* is prose that grows until a fence,
 * a prediction, hints or a heading end it.
 */
#ifndef LESSON_READER_H
#define LESSON_READER_H

#include <stdbool.h>
#include <stddef.h>

#include <md4c.h>

#include "base/buf.h"
#include "lesson/numbers.h"
#include "lesson/parts.h"

struct block;
struct diag;
struct lesson;
struct page;

enum list { LIST_NONE, LIST_NEW, LIST_PLAIN, LIST_TASKS, LIST_HINTS };

struct reader {
	const char *text;
	size_t n;
	struct diag *d;
	struct lesson *l;
	struct page *page;   /* the last one, or NULL */
	size_t at;           /* source offset of the last piece of text … */
	bool begun;          /* … if there was one */
	size_t placed;       /* an offset whose line and column are known, so
				that places cost little */
	int placed_line, placed_column;

	int round;
	struct numbers numbers; /* of the page */
	enum part part;      /* how far the page's exercise is */

	struct buf *into;    /* where text goes, or NULL */
	struct buf flow, title, keep, option, why, hint, html, fence;
	int flow_line;
	size_t paragraph_at; /* of the flow: its last paragraph; SIZE_MAX when
				it ends in something else, or is empty */
	bool has_title, has_keep, in_quote, in_heading, in_html;

	enum list list;
	bool ordered;
	unsigned number;     /* of the next item */
	int paragraphs;      /* of this item so far */
	size_t item_at;      /* offset of its box */

	bool in_fence;
	struct block *steps; /* the fence's block; NULL: it gives numbers */
	size_t fence_at;     /* offset of the fence's line */
	size_t html_at;      /* where the HTML began */
	int fence_line, fence_column;
};

/* All that return int: 0, or -EINVAL with the reader's diag. */

/* ---- reader.c: places, prose, headings ---- */

int reader_wrong(struct reader *r, const char *sentence); /* where we are */
void reader_place(struct reader *r, size_t at, int *line, int *column);
int reader_line(struct reader *r);

/* Remember where a piece of text stands; false when it is not of the source. */
bool reader_seen(struct reader *r, const char *piece);

/* md4c tells of blocks without text only by their kind. Their place is at
 * least behind what was seen last: go to the next line that is not blank. */
void reader_step_over_blanks(struct reader *r);

/* The buffer's text, trimmed at its end; the caller's. The buffer is empty
 * afterwards. */
char *reader_take(struct buf *b);

/* Text goes where `into` points, with its numbers replaced. */
int reader_text(struct reader *r, const char *piece, size_t n);

/* Prose goes to the page, behind sep when something is there already; and the
 * end of it. */
int flow_begin(struct reader *r, const char *sep);
int flow_end(struct reader *r);

/* The last paragraph of the flow, which is taken off it: the caller's, or NULL
 * when the flow does not end in one. */
char *flow_take_paragraph(struct reader *r);

int heading_enter(struct reader *r, unsigned level);
int heading_leave(struct reader *r, unsigned level);
int page_end(struct reader *r);
int paragraph_enter(struct reader *r);
int quote_enter(struct reader *r);

/* ---- fence.c ---- */

int fence_enter(struct reader *r, const MD_BLOCK_CODE_DETAIL *c);
int fence_text(struct reader *r, const char *piece, size_t n);
int fence_leave(struct reader *r);

/* ---- blocks.c: lists, predictions, links, notes ---- */

int list_enter(struct reader *r, bool ordered, unsigned start);
int item_enter(struct reader *r, const MD_BLOCK_LI_DETAIL *li);
int item_leave(struct reader *r);
int link_enter(struct reader *r, const MD_SPAN_A_DETAIL *a);
int comment_text(struct reader *r, const char *piece, size_t n);
int comment_end(struct reader *r); /* a whole <!-- … --> was read */

#endif
