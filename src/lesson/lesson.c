/* lesson: what is asked of a parsed lesson; scripts; the end of it. */
#include "lesson/lesson.h"

#include <errno.h>
#include <stdint.h>
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
	free(b->word);
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
		free(p->numbers);
	}
	for (size_t i = 0; i < l->links; i++) {
		free(l->link[i].to);
		free(l->link[i].language);
		free(l->link[i].term);
	}
	free(l->link);
	free(l->page);
	free(l->name);
	free(l->language);
	free(l->file);
	free(l->title);
	free(l->keep);
	free(l->notes);
	free(l);
}

size_t lesson_block(const struct page *p, enum block_kind kind, size_t i)
{
	for (size_t k = 0; k < p->blocks; k++)
		if (p->block[k].kind == kind && !i--)
			return k;
	return SIZE_MAX;
}

bool lesson_is_exercise(const struct page *p)
{
	return lesson_block(p, BLOCK_GOAL, 0) != SIZE_MAX;
}

size_t lesson_when(const struct page *p, size_t mistake)
{
	for (size_t k = mistake; k < p->blocks; k++)
		if (p->block[k].kind == BLOCK_WHEN)
			return k;
	return SIZE_MAX;
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

bool lesson_orders_wire(const struct page *p)
{
	for (size_t i = 0; i < p->blocks; i++) {
		const struct block *b = &p->block[i];

		if (b->kind != BLOCK_SETUP && b->kind != BLOCK_STEPS &&
				b->kind != BLOCK_SOLUTION)
			continue;
		for (size_t k = 0; k < b->steps; k++)
			if (b->step[k].line.kind == LINE_WIRE)
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
	p->numbers = mem_string("");
	p->rounds = l->rounds = 1;
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
