/* lesson: what is asked of a parsed lesson; scripts; the end of it. */
#include "lesson/lesson.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/mem.h"
#include "lesson/source.h"
#include "lesson/steps.h"

static void block_done(struct block *b)
{
	steps_done(b);
	for (int i = 0; i < b->options; i++) {
		free(b->option[i].text);
		free(b->option[i].why);
		expect_done(&b->option[i].expect);
	}
	free(b->prose);
}

void lesson_free(struct lesson *l)
{
	if (!l)
		return;
	for (size_t i = 0; i < l->pages; i++) {
		struct page *p = &l->page[i];

		for (size_t k = 0; k < p->blocks; k++)
			block_done(&p->block[k]);
		free(p->block);
		free(p->title);
		free(p->notes);
	}
	free(l->page);
	free(l->name);
	free(l->language);
	free(l->file);
	free(l->title);
	free(l->keep);
	free(l->notes);
	free(l);
}

int lesson_right(const struct block *prediction)
{
	for (int i = 0; i < prediction->options; i++)
		if (prediction->option[i].right)
			return i;
	return 0;
}

bool lesson_needs_wire(const struct page *p)
{
	for (size_t i = 0; i < p->blocks; i++)
		for (size_t k = 0; k < p->block[i].steps; k++) {
			enum line_kind kind = p->block[i].step[k].line.kind;

			if (kind == LINE_WIRE || kind == LINE_SEES)
				return true;
		}
	return false;
}

int lesson_step_number(const struct page *p, size_t block, size_t step)
{
	size_t n = step + 1;

	for (size_t i = 0; i < block; i++)
		if (p->block[i].kind == BLOCK_STEPS)
			n += p->block[i].steps;
	return (int)n;
}

int lesson_parse_script(struct lesson **out, const char *file,
	const char *text, size_t n, struct diag *d)
{
	struct lesson *l = lesson_named(file);
	struct page *p = lesson_add_page(l, 1);
	struct block *b = lesson_add_block(p, BLOCK_STEPS, 1);
	size_t at = 0, end;
	int line = 1;
	int error;

	l->title = mem_string(l->name);
	l->keep = mem_string("");
	l->notes = mem_string("");
	p->title = mem_string(l->name);
	p->notes = mem_string("");
	d->file = file;
	error = source_check(text, n, d);
	for (; !error && at < n; at = end + 1, line++) {
		const char *newline = memchr(text + at, '\n', n - at);

		end = newline ? (size_t)(newline - text) : n;
		error = steps_add(b, text + at, end - at -
			(end > at && text[end - 1] == '\r'), line, 1, d);
	}
	if (error) {
		lesson_free(l);
		l = NULL;
	}
	*out = l;
	return error;
}
