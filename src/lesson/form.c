/*
 * form: what the checker asks of a lesson without running it: that it fits the
 * screen, ends as every lesson does, names only what there is, and says the
 * same in each language.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "lesson/check.h"
#include "lesson/course.h"
#include "lesson/lesson.h"
#include "lesson/lint.h"
#include "lesson/wrap.h"

#define WHY_ROWS 4 /* an explanation stands beside what was observed */

/* Languages that every lesson is written in; the first leads. */
static const char *const languages[] = {"en", "pt_BR"};

/* ---- complaints ---- */

__attribute__((format(printf, 4, 5)))
static void complain(struct buf *b, const struct lesson *l, int line,
	const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	buf_printf(b, "# %s:%d: %s\n", l->file, line, text);
}

/* ---- one lesson by itself ---- */

static int rows_of(const char *marked)
{
	struct wrapped w;
	int n;

	wrap_text(&w, marked, LESSON_COLUMNS);
	n = (int)w.lines;
	wrap_done(&w);
	return n;
}

static void lint(struct buf *b, const struct lesson *l, int line,
	const char *marked)
{
	struct buf word = {0};

	if (!lint_marked(marked, &word))
		complain(b, l, line, _("“%s” stands there as code, but the "
			"table of calls does not know it"), buf_str(&word));
	buf_done(&word);
}

static void check_block(struct buf *b, const struct lesson *l,
	const struct block *k)
{
	if (k->prose)
		lint(b, l, k->source_line, k->prose);
	for (int i = 0; i < k->options; i++) {
		const struct option *o = &k->option[i];
		int rows = rows_of(o->why);

		lint(b, l, o->source_line, o->text);
		lint(b, l, o->source_line, o->why);
		if (rows > WHY_ROWS)
			complain(b, l, o->source_line, _("the explanation "
				"takes %d rows of %d; %d are there"), rows,
				LESSON_COLUMNS, WHY_ROWS);
	}
}

static void check_page(struct buf *b, const struct lesson *l,
	const struct page *p)
{
	bool is_last = p == &l->page[l->pages - 1];
	int room = is_last ? LESSON_END_ROWS : LESSON_ROWS;
	int rows = wrap_page_rows(p, LESSON_COLUMNS);

	if (rows > room)
		complain(b, l, p->source_line, _("prose and questions of this "
			"page take %d rows of %d; %d are there"), rows,
			LESSON_COLUMNS, room);
	for (size_t i = 0; i < p->blocks; i++)
		check_block(b, l, &p->block[i]);
}

static void check_lesson(struct buf *b, const struct lesson *l)
{
	const struct page *last = &l->page[l->pages - 1];

	if (l->pages > LESSON_PAGES)
		complain(b, l, l->page[LESSON_PAGES].source_line,
			_("a lesson has at most %d pages; this one has %zu"),
			LESSON_PAGES, l->pages);
	if (!l->keep[0])
		complain(b, l, 1, _("no sentence to keep: a quote, > …"));
	lint(b, l, 1, l->keep);
	for (size_t i = 0; i < last->blocks; i++)
		if (last->block[i].kind != BLOCK_PROSE)
			complain(b, l, last->block[i].source_line,
				_("the last page is the end page: it has no "
				"fence and no prediction"));
	for (size_t i = 0; i < l->pages; i++)
		check_page(b, l, &l->page[i]);
}

/* ---- two languages against each other ---- */

/* The next block from at on that is not prose, NULL behind the last. */
static const struct block *shared_block(const struct page *p, size_t *at)
{
	while (*at < p->blocks && p->block[*at].kind == BLOCK_PROSE)
		++*at;
	return *at < p->blocks ? &p->block[(*at)++] : NULL;
}

static void compare_steps(struct buf *b, const struct lesson *l,
	const struct block *x, const struct block *y)
{
	for (size_t i = 0; i < y->steps; i++)
		if (i >= x->steps || strcmp(x->step[i].text, y->step[i].text)) {
			complain(b, l, y->step[i].source_line, _("this line "
				"is “%s” in %s"), i < x->steps
				? x->step[i].text : "", languages[0]);
			return;
		}
	if (x->steps > y->steps)
		complain(b, l, y->source_line, _("“%s” of %s is missing"),
			x->step[y->steps].text, languages[0]);
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

static void compare_options(struct buf *b, const struct lesson *l,
	const struct block *x, const struct block *y)
{
	if (x->options != y->options)
		complain(b, l, y->source_line, _("%d options, but %d in %s"),
			y->options, x->options, languages[0]);
	for (int i = 0; i < x->options && i < y->options; i++)
		if (!same_option(&x->option[i], &y->option[i]))
			complain(b, l, y->option[i].source_line, _("its tick "
				"or its “-> …” differs from that in %s"),
				languages[0]);
}

static void compare_pages(struct buf *b, const struct lesson *l,
	const struct page *x, const struct page *y)
{
	size_t i = 0, k = 0;

	for (;;) {
		const struct block *one = shared_block(x, &i);
		const struct block *other = shared_block(y, &k);

		if (!one && !other)
			return;
		if (!one || !other || one->kind != other->kind) {
			complain(b, l, other ? other->source_line
				: y->source_line, _("fences and predictions "
				"stand in another order than in %s"),
				languages[0]);
			return;
		}
		compare_steps(b, l, one, other);
		compare_options(b, l, one, other);
	}
}

static void compare(struct buf *b, const struct lesson *x,
	const struct lesson *y)
{
	if (x->pages != y->pages) {
		complain(b, y, 1, _("%zu pages, but %zu in %s"), y->pages,
			x->pages, languages[0]);
		return;
	}
	for (size_t i = 0; i < x->pages; i++)
		compare_pages(b, y, &x->page[i], &y->page[i]);
}

/* ---- the test ---- */

static struct lesson *load(struct buf *b, const char *name,
	const char *language)
{
	char path[4096], why[4500];
	struct diag d = {0};
	struct lesson *l;

	snprintf(path, sizeof(path), "%s/%s/%s.md", course_folder(), name,
		language);
	if (lesson_load(&l, path, language, &d)) {
		diag_print(&d, why, sizeof(why));
		buf_printf(b, "# %s\n", why);
	}
	return l;
}

void check_form(const char *name, FILE *tap, int *number,
	struct check_result *result)
{
	struct buf b = {0};
	struct lesson *first = load(&b, name, languages[0]);

	if (first)
		check_lesson(&b, first);
	for (size_t i = 1; i < sizeof(languages) / sizeof(*languages); i++) {
		struct lesson *other = load(&b, name, languages[i]);

		if (other)
			check_lesson(&b, other);
		if (first && other)
			compare(&b, first, other);
		lesson_free(other);
	}
	lesson_free(first);
	fprintf(tap, "%sok %d - %s: %s\n%s", b.len ? "not " : "", (*number)++,
		name, _("form, and both languages alike"), buf_str(&b));
	if (b.len)
		result->failed++;
	else
		result->passed++;
	buf_done(&b);
}
