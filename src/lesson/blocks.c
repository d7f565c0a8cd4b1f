/* blocks: fences, lists, predictions, notes (lesson/reader.h). */
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "lesson/lesson.h"
#include "lesson/prediction.h"
#include "lesson/reader.h"
#include "lesson/source.h"
#include "lesson/steps.h"

/* ---- fences ---- */

/* A lesson comes from anywhere, and a program could do anything with the
 * reader's files; who runs a script has written it or read it. */
static int refuse_program(struct reader *r)
{
	const struct block *b = r->steps;
	const struct line *l = b->steps ? &b->step[b->steps - 1].line : NULL;

	if (!l || l->kind != LINE_VERB || strcmp(l->verb, "run") ||
			b->step[b->steps - 1].source_line != r->fence_line)
		return 0;
	r->d->line = r->fence_line;
	return diag_set(r->d, r->fence_column, _("a lesson does not start "
		"programs; a script (.lab) may"));
}

static int add_fence_line(struct reader *r)
{
	int error = 0;

	if (r->steps && r->fence_line)
		error = steps_add(r->steps, buf_str(&r->fence), r->fence.len,
			r->fence_line, r->fence_column, r->d);
	if (!error && r->steps && r->fence_line)
		error = refuse_program(r);
	buf_clear(&r->fence);
	r->fence_line = 0;
	return error;
}

/* A piece of a fence: md4c gives the indentation, the line and the newline
 * each by itself; only the line lies in the source. */
int fence_text(struct reader *r, const char *piece, size_t n)
{
	int column;

	if (n == 1 && piece[0] == '\n')
		return add_fence_line(r);
	if (reader_seen(r, piece) && !r->fence_line) {
		reader_place(r, r->at, &r->fence_line, &column);
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
			return reader_wrong(r, _("exercises (starter, "
				"solution, mistake) are not in this version "
				"yet"));
		if (n != strlen(kinds[i].word) ||
				memcmp(word, kinds[i].word, n))
			continue;
		if (kinds[i].kind == BLOCK_SETUP && has_begun(r->page))
			return reader_wrong(r, _("setup runs when the page "
				"begins: it stands before its steps and "
				"predictions"));
		r->steps = lesson_add_block(r->page, kinds[i].kind,
			reader_line(r));
		return 0;
	}
	return reader_wrong(r, n ? _("this fence is none of setup, lab, check")
		: _("a fence says what it is: ```setup, ```lab or ```check"));
}

int fence_enter(struct reader *r, const MD_BLOCK_CODE_DETAIL *c)
{
	flow_end(r);
	if (!reader_seen(r, c->lang.size ? c->lang.text : NULL))
		reader_step_over_blanks(r);
	if (!r->page)
		return reader_wrong(r, _("a fence before the first page"));
	if (r->list != LIST_NONE || r->in_quote)
		return reader_wrong(r, _("a fence inside a list or a quote"));
	r->in_fence = true;
	r->into = NULL;
	r->fence_at = r->at;
	return begin_fence(r, c->lang.text, c->lang.size);
}

int fence_leave(struct reader *r)
{
	int error = add_fence_line(r);

	if (!error && !r->steps->steps) {
		r->at = r->fence_at;
		error = reader_wrong(r, _("this fence has no line in it"));
	}
	r->in_fence = false;
	r->steps = NULL;
	if (!error)
		reader_step_over_blanks(r); /* to the line that closes it */
	return error;
}

/* ---- lists and predictions ---- */

int list_enter(struct reader *r, bool ordered, unsigned start)
{
	if (r->list != LIST_NONE || r->in_quote)
		return reader_wrong(r, _("a list inside a list or a quote"));
	r->list = LIST_NEW;
	r->ordered = ordered;
	r->number = start;
	return 0;
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

	r->at = r->item_at = li->task_mark_offset;
	if (!r->page)
		return reader_wrong(r, _("a prediction before the first page"));
	if (r->list == LIST_PLAIN)
		return mixed_boxes(r);
	if (r->list == LIST_NEW) {
		flow_end(r);
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
	buf_add(&all, s, n);
	free(*notes);
	*notes = all.data ? all.data : mem_string("");
	free(html);
	return 0;
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
