/* parts_whole: whether the page of an exercise has all that it needs
 * (lesson/parts.h). */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "lesson/lesson.h"
#include "lesson/parts_inside.h"
#include "lesson/reader.h"
#include "lesson/typed.h"

size_t parts_count(const struct page *p, enum block_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < p->blocks; i++)
		n += p->block[i].kind == kind;
	return n;
}

int parts_wrong(struct reader *r, int line, const char *sentence)
{
	r->d->line = line;
	return diag_set(r->d, 1, "%s", sentence);
}

int parts_mistake_ends(struct reader *r)
{
	const struct page *p = r->page;
	size_t n = parts_count(p, BLOCK_MISTAKE);
	const struct block *b;

	if (!n)
		return 0;
	b = &p->block[lesson_block(p, BLOCK_MISTAKE, n - 1)];
	if (r->part == PART_MISTAKE)
		return parts_wrong(r, b->source_line, _("this mistake has no "
			"```when behind it: the lines that tell that it was "
			"made"));
	if (!b->prose)
		return parts_wrong(r, b->source_line, _("this mistake has no "
			"words of its own: a paragraph behind its ```when"));
	return 0;
}

/* ---- lines to be put in order ---- */

static char *bare(const struct step *s)
{
	struct buf b = {0};

	typed_without_expect(&b, s->text);
	return b.data ? b.data : mem_string("");
}

bool parts_same_line(const struct step *a, const struct step *b)
{
	char *x = bare(a), *y = bare(b);
	bool same = !strcmp(x, y);

	free(x);
	free(y);
	return same;
}

/* Take the lines of b off those of parsons, told by left. The first that is
 * not among them, or NULL. */
static const struct step *take_lines(const struct block *parsons, bool *left,
	const struct block *b)
{
	for (size_t i = 0; i < b->steps; i++) {
		size_t k = 0;

		while (k < parsons->steps && !(left[k] && parts_same_line(
				&b->step[i], &parsons->step[k])))
			k++;
		if (k == parsons->steps)
			return &b->step[i];
		left[k] = false;
	}
	return NULL;
}

/* Solution and mistakes are orders of the lines that are given. */
static int check_order(struct reader *r, const struct block *parsons,
	const struct block *b)
{
	bool left[LESSON_LIST_ROWS];
	const struct step *alien;

	for (size_t i = 0; i < parsons->steps; i++)
		left[i] = true;
	alien = take_lines(parsons, left, b);
	if (alien)
		return parts_wrong(r, alien->source_line, _("this is not one "
			"of the lines of parsons, or it is there a second "
			"time"));
	if (b->kind == BLOCK_SOLUTION && b->steps + 1 < parsons->steps)
		return parts_wrong(r, b->source_line, _("the solution uses all "
			"lines of parsons, or all but one"));
	return 0;
}

static int check_parsons(struct reader *r)
{
	const struct page *p = r->page;
	size_t at = lesson_block(p, BLOCK_PARSONS, 0);

	if (at == SIZE_MAX)
		return 0;
	if (p->block[at].steps > LESSON_LIST_ROWS)
		return parts_wrong(r, p->block[at].step[LESSON_LIST_ROWS]
			.source_line, _("parsons has at most 15 lines: more "
			"are not in sight"));
	for (size_t i = 0; i < p->blocks; i++) {
		const struct block *b = &p->block[i];
		int error;

		if (b->kind != BLOCK_SOLUTION && b->kind != BLOCK_MISTAKE)
			continue;
		error = check_order(r, &p->block[at], b);
		if (error)
			return error;
	}
	return 0;
}

int parts_end(struct reader *r)
{
	const struct page *p = r->page;
	int last = p->blocks ? p->block[p->blocks - 1].source_line : 0;
	int error;

	if (!lesson_is_exercise(p))
		return 0;
	if (parts_count(p, BLOCK_HINT) != LESSON_HINTS)
		return parts_wrong(r, last, _("behind its goals an exercise "
			"has three hints: a list with numbers"));
	if (!parts_count(p, BLOCK_SOLUTION))
		return parts_wrong(r, last, _("this exercise has no "
			"```solution"));
	if (!parts_count(p, BLOCK_MISTAKE))
		return parts_wrong(r, last, _("this exercise has no "
			"```mistake: at least one is planned"));
	error = parts_mistake_ends(r);
	return error ? error : check_parsons(r);
}
