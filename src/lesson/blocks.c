/* blocks: lists, predictions, links, notes (lesson/reader.h). */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "lesson/lesson.h"
#include "lesson/prediction.h"
#include "lesson/reader.h"
#include "lesson/source.h"

/* ---- lists and predictions ---- */

int list_enter(struct reader *r, bool ordered, unsigned start)
{
	if (r->list != LIST_NONE || r->in_quote)
		return reader_wrong(r, _("a list inside a list or a quote"));
	r->list = LIST_NEW;
	r->ordered = ordered;
	r->number = start;
	if (!r->page || r->part == PART_PAGE)
		return 0;
	reader_step_over_blanks(r);
	r->list = LIST_HINTS;
	return parts_list(r, ordered);
}

static int mixed_boxes(struct reader *r)
{
	return reader_wrong(r, _("a list has a box [ ] at each item, or at "
		"none"));
}

static struct option *last_option(struct reader *r)
{
	struct block *b = &r->page->block[r->page->blocks - 1];

	return &b->option[b->options - 1];
}

static int enter_option(struct reader *r, const MD_BLOCK_LI_DETAIL *li)
{
	struct block *b;

	int error;

	r->at = r->item_at = li->task_mark_offset;
	if (!r->page)
		return reader_wrong(r, _("a prediction before the first page"));
	if (r->list == LIST_HINTS)
		return reader_wrong(r, _("a prediction stands before the goals "
			"of an exercise"));
	if (r->list == LIST_PLAIN)
		return mixed_boxes(r);
	if (r->list == LIST_NEW) {
		error = flow_end(r);
		if (error)
			return error;
		lesson_add_block(r->page, BLOCK_PREDICTION, reader_line(r));
	}
	r->list = LIST_TASKS;
	b = &r->page->block[r->page->blocks - 1];
	if (b->options == LESSON_OPTIONS)
		return reader_wrong(r, _("a prediction has at most 5 options"));
	b->option[b->options].source_line = reader_line(r);
	b->option[b->options].right = li->task_mark != ' ';
	b->options++;
	r->into = &r->option;
	return 0;
}

int item_enter(struct reader *r, const MD_BLOCK_LI_DETAIL *li)
{
	int error;

	r->paragraphs = 0;
	if (li->is_task)
		return enter_option(r, li);
	if (r->list == LIST_TASKS) {
		reader_step_over_blanks(r);
		return mixed_boxes(r);
	}
	if (r->list == LIST_HINTS)
		return parts_hint(r);
	error = flow_begin(r, r->list == LIST_NEW ? "\n\n" : "\n");
	r->list = LIST_PLAIN;
	if (error)
		return error;
	if (r->ordered)
		buf_printf(&r->flow, "%u. ", r->number++);
	else
		buf_text(&r->flow, "• ");
	return 0;
}

int item_leave(struct reader *r)
{
	struct option *o;
	const char *arrow;
	int line, column = 1;
	int error;

	r->into = NULL;
	if (r->list == LIST_HINTS)
		return parts_hint_ends(r);
	if (r->list != LIST_TASKS)
		return 0;
	o = last_option(r);
	o->text = reader_take(&r->option);
	o->why = reader_take(&r->why);
	arrow = memmem(r->text + r->item_at, r->n - r->item_at, "->", 2);
	if (arrow)
		reader_place(r, (size_t)(arrow - r->text), &line, &column);
	error = prediction_take_expect(o, column, r->d);
	if (error)
		r->d->line = line;
	return error;
}

/* ---- links ---- */

static bool is_word(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '-' &&
				s[i] != '_')
			return false;
	return n > 0;
}

/* ../TO/LANGUAGE.md#term → its parts. */
static bool split_target(struct link_target *t, const char *s, size_t n)
{
	const char *hash, *slash;
	size_t whole, to;

	if (n < 3 || memcmp(s, "../", 3))
		return false;
	hash = memchr(s, '#', n);
	whole = hash ? (size_t)(hash - s) : n;
	s += 3;
	whole -= 3;
	slash = memchr(s, '/', whole);
	to = slash ? (size_t)(slash - s) : 0;
	if (!slash || !is_word(s, to) || whole - to < 5 ||
			memcmp(s + whole - 3, ".md", 3) ||
			!is_word(slash + 1, whole - to - 4))
		return false;
	t->to = mem_dup(s, to);
	t->language = mem_dup(slash + 1, whole - to - 4);
	t->term = hash ? mem_dup(hash + 1, n - (size_t)(hash + 1 - s) - 3)
		: mem_string("");
	return true;
}

int link_enter(struct reader *r, const MD_SPAN_A_DETAIL *a)
{
	struct lesson *l = r->l;
	struct link_target t = {0};
	const char *bracket = memchr(r->text + r->at, '[', r->n - r->at);

	/* no text of it was handed out yet that would tell its place */
	if (!reader_seen(r, a->href.size ? a->href.text : NULL) && bracket)
		r->at = (size_t)(bracket - r->text);
	reader_place(r, r->at, &t.source_line, &t.source_column);
	if (r->into != &r->flow && r->into != &r->option &&
			r->into != &r->why && r->into != &r->hint)
		return reader_wrong(r, _("a link has its place in prose, in "
			"hints and in predictions"));
	if (!split_target(&t, a->href.text, a->href.size))
		return reader_wrong(r, _("a link leads to a lesson, "
			"../NAME/LANGUAGE.md, or into the glossary, "
			"../glossary/LANGUAGE.md#term; a terminal opens no "
			"other"));
	l->link = mem_grow(l->link, &l->links_room, l->links + 1,
		sizeof(*l->link));
	l->link[l->links++] = t;
	buf_char(r->into, MARK_LINK);
	return 0;
}

/* ---- notes ---- */

static int no_html(struct reader *r)
{
	return reader_wrong(r, _("HTML cannot be shown; only a comment, "
		"<!-- … -->, is understood: a speaker's note"));
}

/* A whole <!-- comment -->: the speaker's note. */
int comment_end(struct reader *r)
{
	char **notes = r->page ? &r->page->notes : &r->l->notes;
	struct buf all = {0};
	char *html = reader_take(&r->html);
	const char *s = html + 4;
	size_t n = strlen(html);
	int error;

	if (n < 7 || strncmp(html, "<!--", 4) || strcmp(html + n - 3, "-->") ||
			strstr(html, "-->") != html + n - 3) {
		free(html);
		r->at = r->html_at;
		return no_html(r);
	}
	n -= 7;
	for (; n && strchr(" \t\n", *s); n--)
		s++;
	while (n && strchr(" \t\n", s[n - 1]))
		n--;
	buf_text(&all, *notes ? *notes : "");
	if (all.len && n)
		buf_text(&all, "\n\n");
	r->into = &all;
	r->at = r->html_at;
	error = reader_text(r, s, n);
	r->into = NULL;
	free(*notes);
	*notes = all.data ? all.data : mem_string("");
	free(html);
	return error;
}

int comment_text(struct reader *r, const char *piece, size_t n)
{
	if (reader_seen(r, piece) && !r->html.len)
		r->html_at = r->at;
	buf_add(&r->html, piece, n);
	if (r->in_html)
		return 0; /* judged as a whole when the block ends */
	if (strncmp(buf_str(&r->html), "<!--", 4))
		return no_html(r);
	if (r->html.len >= 7 &&
			!strcmp(r->html.data + r->html.len - 3, "-->"))
		return comment_end(r);
	return 0;
}
