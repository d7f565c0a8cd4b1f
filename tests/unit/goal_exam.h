/*
 * goal_exam: pages of goals made from lines, judged over a journal that was
 * made by hand (scene_script.h): the world of the test that runs.
 */
#ifndef GOAL_EXAM_H
#define GOAL_EXAM_H

#include "lesson/goal.h"
#include "scene_script.h"

/* ---- a page ---- */

struct exam {
	struct script script;
	struct block block[4];
	struct step step[4][3];
	struct page page;
};

static inline void exam_block(struct exam *x, enum block_kind kind,
	const char *const *lines)
{
	struct block *b = &x->block[x->page.blocks];
	struct diag d = {0};

	b->kind = kind;
	b->step = x->step[x->page.blocks++];
	for (; lines && *lines; lines++, b->steps++)
		if (line_parse(&b->step[b->steps].line, *lines,
			strlen(*lines), NULL, &d, NULL) < 0)
			fail_msg("%s: %d: %s", *lines, d.column, d.msg);
}

static inline void exam_begin(struct exam *x)
{
	memset(x, 0, sizeof(*x));
	x->page.block = x->block;
}

static inline void exam_done(struct exam *x)
{
	for (size_t i = 0; i < x->page.blocks; i++)
		for (size_t k = 0; k < x->block[i].steps; k++)
			line_done(&x->step[i][k].line);
}

/* ---- one goal ---- */

static struct scene *world; /* of the test that runs */
static const char *const *solution; /* of the page, NULL: it has none */

/* A page whose goal is this line. */
static inline void exam_of(struct exam *x, const char *line)
{
	const char *const lines[] = {line, NULL};

	exam_begin(x);
	exam_block(x, BLOCK_GOAL, lines);
	if (solution)
		exam_block(x, BLOCK_SOLUTION, solution);
}

/* Judge one line as of a position. */
static inline struct goal_result ask_at(struct scene *s, const char *line,
	uint32_t position)
{
	struct goals out = {0};
	struct goal_result r;
	struct exam x;

	exam_of(&x, line);
	goals_judge(&out, &x.page, s, position);
	assert_int_equal(out.goals, 1);
	assert_int_equal(out.met, out.goal[0].state == GOAL_MET);
	r = out.goal[0];
	goals_done(&out);
	exam_done(&x);
	return r;
}

/* Judging goes on from judgement to judgement: at each position it must come to
 * what is judged there afresh. */
static inline void goes_on(const char *line)
{
	struct goals out = {0};
	struct exam x;

	exam_of(&x, line);
	for (uint32_t at = 0; at <= scene_now(world); at++) {
		struct goal_result fresh = ask_at(world, line, at);

		goals_judge(&out, &x.page, world, at);
		if (fresh.state != out.goal[0].state ||
				fresh.row != out.goal[0].row ||
				strcmp(fresh.expected, out.goal[0].expected) ||
				strcmp(fresh.observed, out.goal[0].observed))
			fail_msg("%s at %u\n%d %s (row %u)\n%d %s (row %u)",
				line, at, fresh.state, fresh.observed,
				fresh.row, out.goal[0].state,
				out.goal[0].observed, out.goal[0].row);
	}
	/* all there is, and all there will be */
	goals_judge(&out, &x.page, world, SCENE_NEVER);
	assert_int_equal(out.goal[0].state, ask_at(world, line,
		scene_now(world)).state);
	goals_done(&out);
	exam_done(&x);
}

static inline void is(enum goal_state state, const char *line)
{
	struct goal_result r = ask_at(world, line, scene_now(world));

	if (r.state != state)
		fail_msg("%s\nexpected state %d, observed %d\n%s\n%s", line,
			state, r.state, r.expected, r.observed);
	goes_on(line);
}

#define met(line) is(GOAL_MET, line)
#define open_(line) is(GOAL_OPEN, line)
#define broken(line) is(GOAL_BROKEN, line)

/* What people read, and the position at which the row that is shown began;
 * SCENE_NONE: no row. */
static inline void says(const char *line, const char *expected,
	const char *observed, uint32_t begin)
{
	struct goal_result r = ask_at(world, line, scene_now(world));
	struct scene_row row;

	assert_string_equal(r.expected, expected);
	assert_string_equal(r.observed, observed);
	if (begin == SCENE_NONE) {
		assert_int_equal(r.row, SCENE_NONE);
		return;
	}
	assert_int_not_equal(r.row, SCENE_NONE);
	scene_row(world, r.row, scene_now(world), &row);
	assert_int_equal(row.begin, begin);
}

#define PLAY(script, events) \
	(world = script_play(script, events, sizeof(events) / \
		sizeof(*events)))

#endif
