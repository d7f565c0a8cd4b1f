/* notes_follow: which journal, and what happens in it; see notes.h. */
#include "ui/notes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/diag.h"
#include "journal/journal.h"
#include "lesson/lesson.h"

/* A folder is read for another journal only so often. */
#define LOOK_AROUND CLOCK_S

/* A lesson marks its first page before so many events; what a bare lab holds
 * behind them need not be read. */
#define HEAD 200

/* What a journal is, for the notes; the greater goes before the lesser. */
enum rank { RANK_NONE, RANK_LAB, RANK_LESSON, RANK_CLASS, RANK_NAMED };

void notes_done(struct notes *n)
{
	if (n->journal != NULL)
		journal_unmap(n->journal);
	lesson_free(n->lesson);
	memset(n, 0, sizeof *n);
}

static void forget_lesson(struct notes *n)
{
	lesson_free(n->lesson);
	n->lesson = NULL;
	n->name[0] = '\0';
	n->page = n->step = 0;
}

/* ---- the mark of a page ---- */

/* "lab: page no-messages 4 en class" */
struct page_mark {
	char name[48], language[8];
	int page;
	bool of_class;
};

static bool is_line(const struct event *e, char *line, size_t size)
{
	if (e->kind != EVENT_LINE || e->len >= size)
		return false;
	memcpy(line, e->data, e->len);
	line[e->len] = '\0';
	return true;
}

static bool is_page(const char *line, struct page_mark *m)
{
	char who[8] = "";

	if (sscanf(line, "lab: page %47s %d %7s %7s", m->name, &m->page,
			m->language, who) < 3)
		return false;
	m->of_class = strcmp(who, "class") == 0;
	return true;
}

/* ---- which one ---- */

static enum rank rank_of(const char *path)
{
	struct journal_view *j;
	struct diag d = { 0 };
	enum rank rank = RANK_LAB;
	struct event e = { .next = 0 };
	struct page_mark m;
	char line[256];

	if (journal_map(&j, path, &d) < 0)
		return RANK_NONE;
	e.next = journal_begin(j);
	for (int i = 0; i < HEAD && rank == RANK_LAB &&
			journal_read(j, e.next, &e) > 0; i++)
		if (is_line(&e, line, sizeof line) && is_page(line, &m))
			rank = m.of_class ? RANK_CLASS : RANK_LESSON;
	journal_unmap(j);
	return rank;
}

static enum rank rank_now(const struct notes *n)
{
	if (n->recorded || (n->live && n->named))
		return RANK_NAMED;
	if (!n->live)
		return RANK_NONE;
	return n->page == 0 ? RANK_LAB : n->of_class ? RANK_CLASS : RANK_LESSON;
}

struct best {
	const struct notes *n;
	enum rank rank;
	char path[4096];
};

static bool compare(const char *path, void *arg)
{
	struct best *b = arg;
	enum rank rank;

	if (strcmp(path, b->n->path) == 0 || strlen(path) >= sizeof b->path)
		return true;
	rank = rank_of(path);
	if (rank > b->rank) {
		strcpy(b->path, path);
		b->rank = rank;
	}
	return b->rank < RANK_CLASS;
}

static int follow(struct notes *n, const char *path, struct diag *d)
{
	struct journal_view *found;
	int r = journal_map(&found, path, d);

	if (r < 0)
		return r;
	if (n->journal != NULL)
		journal_unmap(n->journal);
	n->journal = found;
	n->offset = journal_begin(found);
	snprintf(n->path, sizeof n->path, "%s", path);
	forget_lesson(n);
	n->named = n->of_class = false;
	n->began = n->ended = 0;
	n->live = true;
	return 0;
}

int notes_name(struct notes *n, const char *path, struct diag *d)
{
	int r = follow(n, path, d);

	if (r < 0)
		return r;
	n->named = true;
	n->recorded = !journal_is_live(n->journal);
	return 0;
}

/* Another journal that is better than ours, if there is one. */
static bool look_around(struct notes *n)
{
	struct best b = { .n = n, .rank = rank_now(n) };
	struct diag d = { 0 };

	n->looked = clock_mono();
	if (b.rank < RANK_LAB && n->page > 0)
		b.rank = RANK_LAB; /* a page that is over says more */
	if (b.rank >= RANK_CLASS)
		return false;
	return journal_each_live(compare, &b) == 0 && b.path[0] != '\0' &&
		follow(n, b.path, &d) == 0;
}

/* ---- what happens in it ---- */

/* Another lesson of those that follow one another. */
static void count_lesson(struct notes *n)
{
	struct notes_lessons *run = &n->run[n->of_class];

	if (n->began <= run->last)
		return; /* it was left, and is followed again */
	run->first = run->lessons > 0 ? run->first : n->began;
	run->last = n->began;
	run->lessons++;
}

/* A page that is built anew has not been turned to. */
static void turn(struct notes *n, const struct page_mark *m, int64_t time)
{
	struct diag d = { 0 };
	bool first = n->page == 0;

	n->step = 0;
	if (strcmp(m->name, n->name) == 0 && m->page == n->page)
		return;
	if (strcmp(m->name, n->name) != 0) {
		forget_lesson(n);
		memcpy(n->name, m->name, sizeof n->name);
		memcpy(n->language, m->language, sizeof n->language);
		if (lesson_load(&n->lesson, n->name, n->language, &d) != 0)
			n->lesson = NULL;
	}
	n->page = m->page;
	n->turned = time;
	n->of_class = m->of_class;
	if (first)
		count_lesson(n);
}

static bool hear(struct notes *n, const struct event *e)
{
	struct page_mark mark;
	char line[256];
	int step;

	if (n->began == 0)
		n->began = e->time;
	if (!is_line(e, line, sizeof line))
		return false;
	if (is_page(line, &mark))
		turn(n, &mark, e->time);
	else if (sscanf(line, "lab: step %d", &step) == 1)
		n->step = step;
	else
		return false;
	return true;
}

int notes_follow(struct notes *n)
{
	bool news = false, was_live = n->live;
	struct event e;

	if (n->journal != NULL)
		n->live = journal_is_live(n->journal);
	if (n->journal == NULL || clock_mono() - n->looked >= LOOK_AROUND)
		news = look_around(n);
	if (n->journal == NULL)
		return -ENOENT;
	while (journal_read(n->journal, n->offset, &e) > 0) {
		news = hear(n, &e) || news;
		n->offset = e.next;
		if (n->recorded)
			n->ended = e.time;
	}
	if (was_live && !n->live && !n->recorded)
		n->ended = clock_wall();
	return news || n->live != was_live;
}
