/* fence: the fences of a page, line by line (lesson/reader.h). */
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "lesson/lesson.h"
#include "lesson/reader.h"
#include "lesson/source.h"
#include "lesson/steps.h"

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

/* Add a line, with its numbers replaced, to the block. A column of the line as
 * it is then is told as one of the line that stands in the file. */
static int add_step(struct reader *r)
{
	struct buf line = {0};
	int error = numbers_replace(&r->numbers, r->round, &line,
		buf_str(&r->fence), r->fence.len, r->d);

	if (!error) {
		error = steps_add(r->steps, buf_str(&line), line.len,
			r->fence_line, 1, r->d);
		if (error)
			r->d->column = numbers_column(&r->numbers, r->round,
				buf_str(&r->fence), r->fence.len,
				r->d->column);
	}
	buf_done(&line);
	if (error) {
		r->d->line = r->fence_line;
		r->d->column += r->fence_column - 1;
	}
	return error ? error : refuse_program(r);
}

static int add_fence_line(struct reader *r)
{
	int error = 0;

	if (r->fence_line && r->steps)
		error = add_step(r);
	else if (r->fence_line) {
		error = numbers_add(&r->numbers, buf_str(&r->fence),
			r->fence.len, r->fence_column, r->d);
		if (error)
			r->d->line = r->fence_line;
	}
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

/* A fence that any page may have. */
static int begin_common(struct reader *r, enum block_kind kind)
{
	int error = parts_other_fence(r);

	if (!error)
		error = flow_end(r);
	if (error)
		return error;
	if (kind == BLOCK_SETUP && has_begun(r->page))
		return reader_wrong(r, _("setup runs when the page begins: it "
			"stands before its steps and predictions"));
	r->steps = lesson_add_block(r->page, kind, reader_line(r));
	return 0;
}

static int begin_fence(struct reader *r, const char *word, size_t n,
	const char *behind, size_t m)
{
	static const struct {
		const char *word;
		enum block_kind kind;
	} kinds[] = {
		{"setup", BLOCK_SETUP}, {"lab", BLOCK_STEPS},
		{"check", BLOCK_CHECK},
	};
	bool known;
	int error;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (n == strlen(kinds[i].word) &&
				!memcmp(word, kinds[i].word, n))
			return begin_common(r, kinds[i].kind);
	if (n == 7 && !memcmp(word, "starter", n))
		return reader_wrong(r, _("exercises that are programs "
			"(starter) are not in this version yet"));
	error = parts_fence(r, word, n, behind, m, &known, &r->steps);
	if (known)
		return error;
	return reader_wrong(r, n ? _("this fence is none of setup, lab, check, "
			"numbers, goal, parsons, feed, solution, mistake, when")
		: _("a fence says what it is: ```setup, ```lab or ```check"));
}

int fence_enter(struct reader *r, const MD_BLOCK_CODE_DETAIL *c)
{
	const char *word = c->lang.text, *behind = c->info.text;
	size_t n = c->lang.size, m = c->info.size;

	if (!reader_seen(r, n ? word : NULL))
		reader_step_over_blanks(r);
	if (!r->page)
		return reader_wrong(r, _("a fence before the first page"));
	if (r->list != LIST_NONE || r->in_quote)
		return reader_wrong(r, _("a fence inside a list or a quote"));
	r->in_fence = true;
	r->into = NULL;
	r->fence_at = r->at;
	for (size_t cut = n; m && cut; cut--, m--)
		behind++;
	while (m && *behind == ' ') {
		behind++;
		m--;
	}
	while (m && behind[m - 1] == ' ')
		m--;
	return begin_fence(r, word, n, m ? behind : "", m);
}

static void numbers_end(struct reader *r)
{
	struct buf all = {0};

	numbers_print(&all, &r->numbers);
	free(r->page->numbers);
	r->page->numbers = mem_string(buf_str(&all));
	buf_done(&all);
	if (r->numbers.rounds)
		r->page->rounds = r->numbers.rounds;
	if (r->l->rounds < r->page->rounds)
		r->l->rounds = r->page->rounds;
}

int fence_leave(struct reader *r)
{
	int error = add_fence_line(r);

	if (!error && !(r->steps ? r->steps->steps : r->numbers.count)) {
		r->at = r->fence_at;
		error = reader_wrong(r, _("this fence has no line in it"));
	}
	if (!error && !r->steps)
		numbers_end(r);
	r->in_fence = false;
	r->steps = NULL;
	if (!error)
		reader_step_over_blanks(r); /* to the line that closes it */
	return error;
}
