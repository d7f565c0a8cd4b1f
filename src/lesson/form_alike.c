/*
 * form_alike: whether a lesson is the same in two languages but for its prose
 * (lesson/form.h). The first one leads: complaints are about the other.
 */
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "call/line.h"
#include "lesson/form.h"
#include "lesson/lesson.h"

struct pair {
	struct buf *b;
	const struct lesson *first, *other;
};

/* The next block from at on that is not prose, NULL behind the last. */
static const struct block *shared_block(const struct page *p, size_t *at)
{
	while (*at < p->blocks && p->block[*at].kind == BLOCK_PROSE)
		++*at;
	return *at < p->blocks ? &p->block[(*at)++] : NULL;
}

static void compare_steps(struct pair *p, const struct block *x,
	const struct block *y)
{
	for (size_t i = 0; i < y->steps; i++)
		if (i >= x->steps || strcmp(x->step[i].text, y->step[i].text)) {
			form_complain(p->b, p->other, y->step[i].source_line,
				_("this line is “%s” in %s"), i < x->steps
				? x->step[i].text : "", p->first->language);
			return;
		}
	if (x->steps > y->steps)
		form_complain(p->b, p->other, y->source_line,
			_("“%s” of %s is missing"), x->step[y->steps].text,
			p->first->language);
}

static bool same_option(const struct option *x, const struct option *y)
{
	struct buf a = {0}, b = {0};
	bool same;

	line_print_expect(&a, &x->expect);
	line_print_expect(&b, &y->expect);
	same = x->right == y->right && x->has_expect == y->has_expect &&
		!strcmp(buf_str(&a), buf_str(&b));
	buf_done(&a);
	buf_done(&b);
	return same;
}

static void compare_options(struct pair *p, const struct block *x,
	const struct block *y)
{
	if (x->options != y->options)
		form_complain(p->b, p->other, y->source_line,
			_("%d options, but %d in %s"), y->options, x->options,
			p->first->language);
	for (int i = 0; i < x->options && i < y->options; i++)
		if (!same_option(&x->option[i], &y->option[i]))
			form_complain(p->b, p->other, y->option[i].source_line,
				_("its tick or its “-> …” differs from that "
				"in %s"), p->first->language);
}

/* The lane of a feed, the name of a mistake. */
static void compare_words(struct pair *p, const struct block *x,
	const struct block *y)
{
	if (strcmp(x->word ? x->word : "", y->word ? y->word : ""))
		form_complain(p->b, p->other, y->source_line, _("this is "
			"“%s” in %s"), x->word ? x->word : "",
			p->first->language);
}

/* A class has its speaker in either language. */
static void compare_notes(struct pair *p, int line, const char *x,
	const char *y)
{
	if (!x[0] == !y[0])
		return;
	form_complain(p->b, p->other, line, x[0]
		? _("speaker's notes, <!-- … -->, are missing here; %s has "
			"them")
		: _("there are speaker's notes here; %s has none"),
		p->first->language);
}

static void compare_pages(struct pair *p, const struct page *x,
	const struct page *y)
{
	size_t i = 0, k = 0;

	compare_notes(p, y->source_line, x->notes, y->notes);
	if (strcmp(x->numbers, y->numbers))
		form_complain(p->b, p->other, y->source_line, _("the numbers "
			"of this page differ from those in %s"),
			p->first->language);
	for (;;) {
		const struct block *one = shared_block(x, &i);
		const struct block *other = shared_block(y, &k);

		if (!one && !other)
			return;
		if (!one || !other || one->kind != other->kind) {
			form_complain(p->b, p->other, other
				? other->source_line : y->source_line,
				_("fences and predictions stand in another "
				"order than in %s"), p->first->language);
			return;
		}
		compare_words(p, one, other);
		compare_steps(p, one, other);
		compare_options(p, one, other);
	}
}

void form_alike(struct buf *b, const struct lesson *first,
	const struct lesson *other)
{
	struct pair p = {b, first, other};

	if (first->pages != other->pages) {
		form_complain(b, other, 1, _("%zu pages, but %zu in %s"),
			other->pages, first->pages, first->language);
		return;
	}
	compare_notes(&p, 1, first->notes, other->notes);
	for (size_t i = 0; i < first->pages; i++)
		compare_pages(&p, &first->page[i], &other->page[i]);
}
