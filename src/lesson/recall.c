/* recall: which older questions are due, and what was answered. */
#include "lesson/recall.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "lesson/progress.h"

/* ---- questions and blocks ---- */

/* The prediction of a page by its number, from 1; SIZE_MAX. */
static size_t block_of(const struct page *page, int number)
{
	return number > 0 ? lesson_block(page, BLOCK_PREDICTION,
		(size_t)number - 1) : SIZE_MAX;
}

/* The number of a prediction on its page. */
static int number_of(const struct page *page, size_t block)
{
	int n = 1;

	for (size_t i = 0; i < block; i++)
		n += page->block[i].kind == BLOCK_PREDICTION;
	return n;
}

/* ---- what is due ---- */

/* By how often in a row it was right: days, or lessons begun. */
static int64_t wait_of(int right)
{
	static const int waits[] = {1, 1, 3, 7, 14, 30};
	size_t most = sizeof(waits) / sizeof(*waits) - 1;

	return waits[(size_t)right < most ? (size_t)right : most];
}

/* For how long it has been due, of days and lessons whichever is longer; below
 * 0 it is not. */
static int64_t due_for(const struct progress_line *q, int64_t today, int begun)
{
	int64_t days = today - q->day, lessons = begun - q->lessons;

	return (days > lessons ? days : lessons) - wait_of(q->right);
}

static bool is_finished(const struct progress *p, const char *name)
{
	const struct progress_line *l = progress_find(p, PROGRESS_LESSON, name,
		0, 0);

	return l && l->finished;
}

/* The newest line of a question, of a lesson that was finished. */
static bool is_question(const struct progress *p,
	const struct progress_line *q)
{
	return q->kind == PROGRESS_QUESTION && is_finished(p, q->name) &&
		q == progress_find(p, PROGRESS_QUESTION, q->name, q->page,
			q->number);
}

struct due {
	const struct progress_line *question;
	int64_t for_long;
};

/* The longest first; of those that are due as long, the one that was seen
 * first, and then in the order of the course's pages. */
static int compare(const void *a, const void *b)
{
	const struct due *x = a, *y = b;
	const struct progress_line *q = x->question, *r = y->question;

	if (x->for_long != y->for_long)
		return x->for_long > y->for_long ? -1 : 1;
	if (q->day != r->day)
		return q->day < r->day ? -1 : 1;
	return q < r ? -1 : q > r;
}

static size_t find_due(struct due *out, const struct progress *p,
	const char *name, int64_t today)
{
	bool is_new = !progress_find(p, PROGRESS_LESSON, name, 0, 0);
	int begun = progress_begun(p) + is_new;
	size_t n = 0;

	for (size_t i = 0; i < p->lines; i++) {
		const struct progress_line *q = &p->line[i];

		if (!is_question(p, q) || !strcmp(q->name, name))
			continue;
		out[n].question = q;
		out[n].for_long = due_for(q, today, begun);
		n += out[n].for_long >= 0;
	}
	qsort(out, n, sizeof(*out), compare);
	return n;
}

/* Whether its page is asked already. */
static bool has_page(const struct recall *r, size_t n,
	const struct progress_line *q)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(r[i].lesson->name, q->name) &&
			r[i].page == (size_t)q->page - 1)
			return true;
	return false;
}

/* The question as the lesson has it today; false when it has it no more. */
static bool open_question(struct recall *out, const struct progress_line *q,
	const char *language)
{
	struct diag d = {0};
	const struct page *page;

	out->page = (size_t)q->page - 1;
	if (lesson_load(&out->lesson, q->name, language, &d) < 0)
		return false;
	page = out->page < out->lesson->pages ?
		&out->lesson->page[out->page] : NULL;
	out->block = page ? block_of(page, q->number) : SIZE_MAX;
	if (out->block != SIZE_MAX && !page->block[out->block].poll)
		return true;
	lesson_free(out->lesson);
	return false;
}

static size_t choose(struct recall out[RECALL_MOST], const struct progress *p,
	const char *name, const char *language, int64_t today)
{
	struct due *due = mem_zero((p->lines + 1) * sizeof(*due));
	size_t dues = find_due(due, p, name, today), n = 0;

	for (size_t i = 0; i < dues && n < RECALL_MOST; i++)
		if (!has_page(out, n, due[i].question))
			n += open_question(&out[n], due[i].question, language);
	free(due);
	return n;
}

size_t recall_due(struct recall out[RECALL_MOST], const char *name,
	const char *language, int64_t today)
{
	struct progress p;
	size_t n;

	progress_load(&p);
	n = choose(out, &p, name, language, today);
	progress_done(&p);
	return n;
}

int recall_count(const struct progress *p, const char *name,
	const char *language, int64_t today)
{
	struct recall due[RECALL_MOST];
	size_t n = choose(due, p, name, language, today);

	recall_done(due, n);
	return (int)n;
}

void recall_done(struct recall *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		lesson_free(r[i].lesson);
}

/* ---- what was answered ---- */

/*
 * How far a right answer leads in the row of waits. Who was wrong, was shown
 * and knows it the next time has waited once, as who was right at once has.
 */
static int right_now(const struct progress_line *old, bool counts)
{
	if (!old)
		return 1;
	if (!counts)
		return old->right;
	return (old->right > 0 ? old->right : 1) + 1;
}

/* again: in this session something else was answered before. */
static int note(const struct player_answered *a, bool again, int64_t today)
{
	struct progress_line now = {.kind = PROGRESS_QUESTION,
		.page = (int)a->page + 1, .first = a->chosen,
		.last = a->chosen, .day = today};
	const struct progress_line *old;
	struct progress known;
	bool counts;

	snprintf(now.name, sizeof(now.name), "%s", a->lesson->name);
	now.number = number_of(&a->lesson->page[a->page], a->block);
	progress_load(&known);
	old = progress_find(&known, PROGRESS_QUESTION, now.name, now.page,
		now.number);
	counts = !old || (a->older && !again) || old->day != today;
	now.lessons = progress_begun(&known);
	if (!counts) {
		now.day = old->day;
		now.lessons = old->lessons;
	}
	now.right = a->right && !a->poll ? right_now(old, counts) : 0;
	progress_done(&known);
	return progress_change(&now);
}

int recall_note(struct recall_noted *n, const struct player *p, int64_t today)
{
	struct player_answered a;
	int error = 0, failed;

	for (size_t i = 0; i < RECALL_SESSION && player_answered(p, i, &a);
		i++) {
		if (a.chosen < 0 || n->chosen[i] == a.chosen + 1)
			continue;
		failed = note(&a, n->chosen[i] > 0, today);
		if (failed == -EAGAIN)
			return failed;
		n->chosen[i] = (signed char)(a.chosen + 1);
		error = error ? error : failed;
	}
	return error;
}

void recall_remember(struct player *p)
{
	const struct lesson *l = player_lesson(p);
	size_t at = player_at_page(p);
	struct progress known;
	bool finished;

	if (!l || player_asking(p))
		return;
	progress_load(&known);
	finished = is_finished(&known, l->name);
	for (size_t i = 0; i < known.lines; i++) {
		const struct progress_line *q = &known.line[i];
		const struct page *page;
		size_t block;

		if (q->kind != PROGRESS_QUESTION || strcmp(q->name, l->name) ||
			(size_t)q->page > (finished ? at : l->pages))
			continue;
		page = &l->page[q->page - 1];
		block = block_of(page, q->number);
		if (block != SIZE_MAX)
			player_remember(p, (size_t)q->page - 1, block,
				page->block[block].poll ? q->first : q->last);
	}
	progress_done(&known);
}
