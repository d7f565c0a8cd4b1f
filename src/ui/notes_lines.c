/* notes_lines: what the notes say (see notes.h). */
#include "ui/notes.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/intl.h"
#include "lesson/lesson.h"
#include "lesson/wrap.h"
#include "ui/strip.h"

static const struct page *page_of(const struct notes *n)
{
	return n->lesson != NULL && n->page > 0 &&
		(size_t)n->page <= n->lesson->pages ?
		&n->lesson->page[n->page - 1] : NULL;
}

/* "0:07", "12:30", "1:02:03" */
static void add_span(struct ink *k, int style, int64_t ns)
{
	long s = ns > 0 ? (long)(ns / CLOCK_S) : 0;

	if (s >= 3600)
		ink_printf(k, style, "%ld:%02ld:%02ld", s / 3600,
			s / 60 % 60, s % 60);
	else
		ink_printf(k, style, "%ld:%02ld", s / 60, s % 60);
}

void notes_times(struct strip *s, const struct notes *n, int64_t now)
{
	const struct notes_lessons *run = &n->run[n->of_class];
	const char *dot = theme_sign(SIGN_DOT);
	struct ink *k = strip_line(s);

	if (!n->live)
		now = n->ended;
	if (n->page > 0) {
		ink_printf(k, THEME_DIM, "%s ", _("this page"));
		add_span(k, THEME_STRONG, now - n->turned);
		ink_printf(k, THEME_DIM, " %s ", dot);
	}
	ink_printf(k, THEME_DIM, "%s ", n->page > 0 ? _("this lesson") :
		_("this lab"));
	add_span(k, THEME_STRONG, now - n->began);
	if (n->page > 0 && run->lessons > 1) {
		ink_printf(k, THEME_DIM, " %s %s ", dot, _("since the first"));
		add_span(k, THEME_STRONG, now - run->first);
	}
	if (n->recorded)
		ink_printf(k, THEME_DIM, " %s %s", dot, _("a recording"));
	else if (!n->live)
		ink_printf(k, THEME_WAITS, " %s %s", dot,
			_("it is over; the next one will appear here"));
}

/* A paragraph of the source is one of the screen, wherever its lines end; but
 * what is listed stays so. */
static void add_notes(struct strip *s, const char *notes)
{
	struct buf joined = { 0 };

	for (const char *p = notes; *p != '\0'; p++) {
		bool ends = *p == '\n' && (p[1] == '\n' || p[1] == '-' ||
			p[1] == '*' || (p > notes && p[-1] == '\n'));

		buf_char(&joined, *p == '\n' && !ends ? ' ' : *p);
	}
	strip_prose(s, buf_str(&joined));
	buf_done(&joined);
}

void notes_page(struct strip *s, const struct notes *n)
{
	const struct page *page = page_of(n);

	if (n->page == 0) {
		strip_prose(s, _("No page yet: a lab without a lesson has no "
			"notes."));
		return;
	}
	if (page == NULL) {
		strip_prose(s, _("This lesson is not in the lessons' folder: "
			"its notes cannot be found."));
		return;
	}
	if (n->page == 1 && n->lesson->notes != NULL &&
			n->lesson->notes[0] != '\0') {
		add_notes(s, n->lesson->notes);
		strip_gap(s);
	}
	add_notes(s, page->notes != NULL && page->notes[0] != '\0' ?
		page->notes : _("(no notes for this page)"));
}

/* ---- what comes next ---- */

static void add_question(struct strip *s, const struct block *b)
{
	for (int i = 0; i < b->options; i++) {
		const struct option *o = &b->option[i];
		struct ink lead = { 0 };

		ink_printf(&lead, THEME_GOOD, "  %s ", o->right ?
			theme_sign(SIGN_DONE) : " ");
		ink_printf(&lead, THEME_KEY, "%c", 'a' + i);
		strip_marked(s, o->text, 6, &lead, THEME_PLAIN);
		ink_done(&lead);
	}
}

/* The block in which the step that ran last stands; before the first has run,
 * the page's beginning. */
static size_t block_of(const struct page *page, int step)
{
	for (size_t i = page->blocks; step > 0 && i-- > 0; ) {
		const struct block *b = &page->block[i];

		if (b->kind == BLOCK_STEPS && b->steps > 0 &&
				lesson_step_number(page, i, 0) <= step)
			return i;
	}
	return 0;
}

/* Steps of a block that did not run. Those of a solution are counted on behind
 * the page's. */
static void add_steps(struct strip *s, const struct block *b, int first,
	int step)
{
	for (size_t i = 0; i < b->steps; i++)
		if (first + (int)i > step)
			ink_printf(strip_line(s), THEME_CODE, "    %s",
				b->step[i].text);
}

void notes_next(struct strip *s, const struct notes *n)
{
	const struct page *page = page_of(n);
	int counted = 1;

	if (page == NULL)
		return;
	for (size_t i = 0; i < page->blocks; i++) {
		const struct block *b = &page->block[i];

		if (b->kind == BLOCK_PREDICTION && (n->step == 0 ||
				i > block_of(page, n->step))) {
			add_question(s, b);
		} else if (b->kind == BLOCK_STEPS ||
				b->kind == BLOCK_SOLUTION) {
			add_steps(s, b, counted, n->step);
			counted += (int)b->steps;
		}
	}
	if ((size_t)n->page < n->lesson->pages) {
		struct ink *k = strip_line(s);
		struct buf title = { 0 };

		ink_printf(k, THEME_DIM, _("page %d: "), n->page + 1);
		wrap_plain(&title, n->lesson->page[n->page].title);
		ink_text(k, THEME_PLAIN, buf_str(&title));
		buf_done(&title);
	} else
		ink_text(strip_line(s), THEME_DIM,
			_("the end of the lesson"));
}
