/* parts: what the page of an exercise is made of, and in which order. */
#include "lesson/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "call/line.h"
#include "lesson/lesson.h"
#include "lesson/parts_inside.h"
#include "lesson/reader.h"
#include "lesson/source.h"

/* ---- prose ---- */

int parts_prose(struct reader *r)
{
	bool plain = !r->in_heading && r->list == LIST_NONE;

	switch (r->part) {
	case PART_PAGE:
		return 0;
	case PART_WHEN:
		if (plain)
			return 0;
		return reader_wrong(r, _("a mistake's words are plain "
			"paragraphs"));
	case PART_GOALS:
		if (plain && !r->flow.len)
			return 0;
		return reader_wrong(r, plain
			? _("a goal's sentence is one paragraph, immediately "
				"before its fence")
			: _("behind a goal stand further goals and the "
				"hints"));
	case PART_MISTAKE:
		return reader_wrong(r, _("behind a mistake comes its ```when: "
			"the lines that tell that it was made"));
	case PART_HINTS:
	case PART_LINES:
	case PART_SOLUTION:
		return reader_wrong(r, _("prose of an exercise stands before "
			"its goals"));
	}
	return 0;
}

int parts_prose_ends(struct reader *r)
{
	if (r->part != PART_GOALS)
		return 0;
	return parts_wrong(r, r->flow_line, _("a paragraph behind a goal is "
		"the sentence of the next goal: its fence must follow"));
}

struct block *parts_block_of_prose(struct reader *r)
{
	struct page *p = r->page;
	size_t i = parts_count(p, BLOCK_MISTAKE);

	if (r->part == PART_WHEN)
		return &p->block[lesson_block(p, BLOCK_MISTAKE, i - 1)];
	return lesson_add_block(p, BLOCK_PROSE, r->flow_line);
}

/* ---- hints ---- */

int parts_list(struct reader *r, bool ordered)
{
	int error;

	if (!ordered || r->part != PART_GOALS)
		return reader_wrong(r, parts_count(r->page, BLOCK_HINT)
			? _("a second list; the hints are one, with numbers")
			: _("a list behind the goals is that of the hints: it "
				"has numbers"));
	error = flow_end(r);
	r->part = PART_HINTS;
	return error;
}

int parts_hint(struct reader *r)
{
	/* the line of an item is that of its text: one without any is
	 * refused when it ends */
	lesson_add_block(r->page, BLOCK_HINT, 0);
	r->into = &r->hint;
	return 0;
}

int parts_hint_ends(struct reader *r)
{
	struct block *b = &r->page->block[r->page->blocks - 1];

	b->prose = reader_take(&r->hint);
	b->source_line = reader_line(r);
	if (!b->prose[0])
		return reader_wrong(r, _("this hint is empty"));
	if (parts_count(r->page, BLOCK_HINT) > LESSON_HINTS)
		return reader_wrong(r, _("an exercise has three hints: where "
			"to look, what it has to do with, nearly the line"));
	return 0;
}

/* ---- fences ---- */

static int begin_numbers(struct reader *r)
{
	if (r->numbers.count)
		return reader_wrong(r, _("a second numbers fence on this "
			"page"));
	if (r->page->blocks || r->flow.len)
		return reader_wrong(r, _("numbers stand first on their page"));
	return 0;
}

static int begin_goal(struct reader *r, struct block **out)
{
	char *sentence;
	int error;

	if (r->part > PART_GOALS)
		return reader_wrong(r, _("goals stand before the hints"));
	if (parts_count(r->page, BLOCK_GOAL) == LESSON_GOALS)
		return reader_wrong(r, _("an exercise has at most 4 goals"));
	sentence = flow_take_paragraph(r);
	if (!sentence)
		return reader_wrong(r, _("a goal says in a paragraph, "
			"immediately before its fence, what is to be true"));
	error = flow_end(r);
	if (error) {
		free(sentence);
		return error;
	}
	*out = lesson_add_block(r->page, BLOCK_GOAL, reader_line(r));
	(*out)->prose = sentence;
	r->part = PART_GOALS;
	return 0;
}

static int needs_hints(struct reader *r)
{
	int error = flow_end(r);

	if (error)
		return error;
	if (r->part == PART_PAGE)
		return reader_wrong(r, _("this fence belongs to an exercise: "
			"it stands behind goals and hints"));
	if (r->part == PART_GOALS)
		return reader_wrong(r, _("the hints are missing before this: "
			"a list with numbers, behind the goals"));
	return 0;
}

static int begin_parsons(struct reader *r, struct block **out)
{
	int error = needs_hints(r);

	if (error)
		return error;
	if (r->part > PART_LINES)
		return reader_wrong(r, _("parsons stands before the "
			"solution"));
	if (r->part == PART_LINES)
		return reader_wrong(r, _("an exercise has one parsons, or a "
			"feed, not both"));
	*out = lesson_add_block(r->page, BLOCK_PARSONS, reader_line(r));
	r->part = PART_LINES;
	return 0;
}

/* A lane is what a line can begin with and an actor has. */
static bool is_lane(const char *word)
{
	struct buf b = {0};
	struct line l;
	bool good;

	buf_printf(&b, "%s: close(3)", word);
	good = !strchr(word, ':') && !line_parse(&l, buf_str(&b), b.len, NULL,
		NULL, NULL);
	if (good)
		line_done(&l);
	buf_done(&b);
	return good;
}

static bool has_feed(const struct page *p, const char *lane)
{
	for (size_t i = 0; i < p->blocks; i++)
		if (p->block[i].kind == BLOCK_FEED &&
				!strcmp(p->block[i].word, lane))
			return true;
	return false;
}

static int begin_feed(struct reader *r, char *lane, struct block **out)
{
	int error = needs_hints(r);

	if (error)
		return error;
	if (r->part > PART_LINES)
		return reader_wrong(r, _("feed stands before the solution"));
	if (parts_count(r->page, BLOCK_PARSONS))
		return reader_wrong(r, _("an exercise has one parsons, or a "
			"feed, not both"));
	if (!is_lane(lane))
		return reader_wrong(r, _("feed says whose calls it waits for: "
			"```feed server"));
	if (has_feed(r->page, lane))
		return reader_wrong(r, _("a second feed for this lane"));
	if (parts_count(r->page, BLOCK_FEED) == LESSON_FEEDS)
		return reader_wrong(r, _("an exercise has at most 8 feeds"));
	*out = lesson_add_block(r->page, BLOCK_FEED, reader_line(r));
	(*out)->word = mem_string(lane);
	r->part = PART_LINES;
	return 0;
}

static int begin_solution(struct reader *r, struct block **out)
{
	int error = needs_hints(r);

	if (error)
		return error;
	if (r->part >= PART_SOLUTION)
		return reader_wrong(r, r->part == PART_SOLUTION
			? _("a second solution")
			: _("the solution stands before the mistakes"));
	*out = lesson_add_block(r->page, BLOCK_SOLUTION, reader_line(r));
	r->part = PART_SOLUTION;
	return 0;
}

static bool is_name(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n > 0 && !s[n];
}

static int begin_mistake(struct reader *r, char *name, struct block **out)
{
	int error = needs_hints(r);

	if (!error)
		error = parts_mistake_ends(r);
	if (error)
		return error;
	if (r->part < PART_SOLUTION)
		return reader_wrong(r, _("mistakes stand behind the "
			"solution"));
	if (!is_name(name))
		return reader_wrong(r, _("a mistake has a name: ```mistake "
			"one-recv (small letters, digits and -)"));
	if (parts_count(r->page, BLOCK_MISTAKE) == LESSON_MISTAKES)
		return reader_wrong(r, _("an exercise has at most 16 "
			"mistakes"));
	for (size_t i = 0; i < r->page->blocks; i++)
		if (r->page->block[i].kind == BLOCK_MISTAKE &&
				!strcmp(r->page->block[i].word, name))
			return reader_wrong(r, _("a mistake of this name is "
				"there already"));
	*out = lesson_add_block(r->page, BLOCK_MISTAKE, reader_line(r));
	(*out)->word = mem_string(name);
	r->part = PART_MISTAKE;
	return 0;
}

static int begin_when(struct reader *r, struct block **out)
{
	int error = needs_hints(r);

	if (error)
		return error;
	if (r->part != PART_MISTAKE)
		return reader_wrong(r, _("when stands immediately behind its "
			"mistake"));
	*out = lesson_add_block(r->page, BLOCK_WHEN, reader_line(r));
	r->part = PART_WHEN;
	return 0;
}

enum fence { FENCE_NUMBERS, FENCE_GOAL, FENCE_PARSONS, FENCE_FEED,
	FENCE_SOLUTION, FENCE_MISTAKE, FENCE_WHEN, FENCES };

static const char *const fences[FENCES] = {"numbers", "goal", "parsons",
	"feed", "solution", "mistake", "when"};

static int begin(struct reader *r, enum fence fence, char *behind,
	struct block **out)
{
	bool named = fence == FENCE_FEED || fence == FENCE_MISTAKE;

	if (behind[0] && !named)
		return reader_wrong(r, _("nothing stands behind the word of "
			"this fence"));
	switch (fence) {
	case FENCE_NUMBERS:
		return begin_numbers(r);
	case FENCE_GOAL:
		return begin_goal(r, out);
	case FENCE_PARSONS:
		return begin_parsons(r, out);
	case FENCE_FEED:
		return begin_feed(r, behind, out);
	case FENCE_SOLUTION:
		return begin_solution(r, out);
	case FENCE_MISTAKE:
		return begin_mistake(r, behind, out);
	case FENCE_WHEN:
		return begin_when(r, out);
	case FENCES:
		break;
	}
	return 0;
}

int parts_fence(struct reader *r, const char *word, size_t n,
	const char *behind, size_t m, bool *known, struct block **out)
{
	char *rest;
	int i, error;

	for (i = 0; i < FENCES; i++)
		if (strlen(fences[i]) == n && !memcmp(word, fences[i], n))
			break;
	*known = i < FENCES;
	*out = NULL;
	if (!*known)
		return 0;
	rest = mem_dup(behind, m);
	error = begin(r, (enum fence)i, rest, out);
	free(rest);
	return error;
}

int parts_other_fence(struct reader *r)
{
	return r->part == PART_PAGE ? 0 : reader_wrong(r, _("setup, lab and "
		"check stand before the goals of an exercise"));
}
