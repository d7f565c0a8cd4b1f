/*
 * check_exercise: what is proved of every exercise, in every round
 * (lesson/check_inside.h): that it is open at its start, that each planned
 * mistake is recognised as what it is, and that the solution passes.
 *
 * Of lines that are put in order all run, always. So what is proved of an order
 * that leaves a line out is what its learner would see: the line stands behind
 * the others and runs after them.
 *
 * Goals are judged whenever the lab is still, as on the screen. What must come
 * may take its time (a call that waits has a timeout, a clock rings), so the
 * judgement is asked again until it is as it should be, for some seconds.
 */
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/intl.h"
#include "lesson/check_inside.h"
#include "lesson/goal.h"
#include "lesson/lesson.h"
#include "lesson/parts.h"
#include "lesson/player.h"
#include "lesson/still.h"
#include "scene/scene.h"

#define REST (10 * CLOCK_S)    /* until the lab is still */
#define LATER (3 * CLOCK_S)    /* until a judgement is as it should be */

enum proof { PROOF_START, PROOF_MISTAKE, PROOF_SOLUTION, PROOF_ORDER };

static bool all_met(const struct goals *g)
{
	return g->goals && g->met == g->goals;
}

/* Whether a judgement is what must come. block: the mistake that was made. */
static bool is_so(const struct goals *g, enum proof proof, size_t block)
{
	switch (proof) {
	case PROOF_START:
		return !all_met(g) && g->mistake == SIZE_MAX;
	case PROOF_MISTAKE:
		return !all_met(g) && g->mistake == block;
	case PROOF_SOLUTION:
	case PROOF_ORDER:
		return all_met(g) && g->mistake == SIZE_MAX;
	}
	return false;
}

/* Whether all goals must be met in the end. */
static bool must_pass(enum proof proof)
{
	return proof == PROOF_SOLUTION || proof == PROOF_ORDER;
}

/* Judge at each still until it is so. False when it never was; *silent then
 * tells that the lab did not come to rest. */
static bool judge(struct runner *r, struct goals *g, size_t page,
	enum proof proof, size_t block)
{
	int64_t until = clock_mono() + LATER;
	uint32_t judged = UINT32_MAX;

	if (!check_still(r, REST)) {
		r->silent = _("the lab does not come to rest");
		return false;
	}
	for (;;) {
		uint32_t now = scene_now(r->scene);

		if (now != judged && still_now(r->scene)) {
			goals_judge(g, &r->l->page[page], r->scene, now);
			judged = now;
			if (is_so(g, proof, block))
				return true;
			if (!must_pass(proof) && all_met(g))
				return false;
		}
		if (clock_mono() > until || player_ended(r->player))
			return false;
		check_hear(r, CLOCK_S / 10);
		scene_feed(r->scene, 0);
	}
}

/* ---- what was wrong ---- */

static void print_goals(struct runner *r, const struct page *p,
	const struct goals *g)
{
	for (int i = 0; i < g->goals; i++) {
		const struct goal_result *got = &g->goal[i];
		const struct block *b = &p->block[lesson_block(p, BLOCK_GOAL,
			(size_t)i)];

		if (got->state == GOAL_MET)
			continue;
		fprintf(r->tap, "# %s:%d: %s\n", r->l->file,
			b->step[got->step].source_line,
			b->step[got->step].text);
		fprintf(r->tap, _("# expected %s, observed %s\n"),
			got->expected, got->observed);
	}
}

static void print_judgement(struct runner *r, const struct page *p,
	const struct goals *g, enum proof proof, size_t block)
{
	int line = block == SIZE_MAX ? p->source_line
		: p->block[block].source_line;
	const char *name = g->mistake == SIZE_MAX ? ""
		: p->block[g->mistake].word;

	if (all_met(g) && !must_pass(proof))
		fprintf(r->tap, _("# %s:%d: all goals are met\n"), r->l->file,
			line);
	if (g->mistake == SIZE_MAX && proof == PROOF_MISTAKE)
		fprintf(r->tap, _("# %s:%d: no mistake is recognised: the "
			"lines of its when are not all true\n"), r->l->file,
			line);
	else if (g->mistake != SIZE_MAX && (proof != PROOF_MISTAKE ||
			g->mistake != block))
		fprintf(r->tap, _("# %s:%d: taken for the mistake “%s”\n"),
			r->l->file, line, name);
	if (must_pass(proof))
		print_goals(r, p, g);
}

/* ---- proofs ---- */

static void name_proof(struct buf *b, enum proof proof, const struct page *p,
	size_t block)
{
	switch (proof) {
	case PROOF_START:
		buf_text(b, _("its start does not pass"));
		return;
	case PROOF_MISTAKE:
		buf_printf(b, _("the mistake “%s” is recognised"),
			p->block[block].word);
		return;
	case PROOF_SOLUTION:
		buf_text(b, _("the solution passes"));
		return;
	case PROOF_ORDER:
		buf_text(b, _("the solution passes with the line that it "
			"leaves out behind it"));
		return;
	}
}

static void prove(struct runner *r, size_t page, enum proof proof,
	size_t block)
{
	const struct page *p = &r->l->page[page];
	struct goals g = {.mistake = SIZE_MAX};
	struct buf what = {0};
	bool judged, ok;

	/* what a mistake does may well be impossible, and so may a line that
	 * is of no use; a solution may not */
	check_settle(r, false);
	judged = !r->silent && (proof != PROOF_SOLUTION ||
		!*player_trouble(r->player));
	ok = judged && judge(r, &g, page, proof, block);
	name_proof(&what, proof, p, block);
	check_print(r, ok, page, buf_str(&what));
	buf_done(&what);
	if (ok) {
		check_passed(r);
	} else {
		check_failed(r);
		if (r->silent || !judged)
			check_print_trouble(r, page);
		else
			print_judgement(r, p, &g, proof, block);
		check_print_tail(r);
	}
	goals_done(&g);
}

/* The lines of a parsons fence run in the order in which they are given. */
static void prove_start(struct runner *r, size_t page)
{
	if (player_lines(r->player))
		player_run_order(r->player);
	prove(r, page, PROOF_START, SIZE_MAX);
}

/* Where in the lines of parsons a line is that stands at none of n places. */
static size_t line_of(const struct player *p, const struct block *parsons,
	size_t n, const struct step *s)
{
	size_t i = n;

	while (i < parsons->steps && !parts_same_line(s,
			&parsons->step[player_order(p, i)]))
		i++;
	return i;
}

/* Put the lines as a block says, those that it leaves out behind them in the
 * order in which they are given. */
static void put_in_order(struct runner *r, const struct block *parsons,
	const struct block *b)
{
	size_t n = parsons->steps, from;

	for (size_t i = 0; i < n; i++) {
		if (i < b->steps) {
			from = line_of(r->player, parsons, i, &b->step[i]);
		} else {
			from = i;
			for (size_t k = i; k < n; k++)
				if (player_order(r->player, k) <
						player_order(r->player, from))
					from = k;
		}
		if (from < n)
			player_move(r->player, from, -(int)(from - i));
	}
}

/* Run what a block of lines does: of those to be put in order all. */
static void run_lines(struct runner *r, const struct page *p, size_t block)
{
	size_t parsons = lesson_block(p, BLOCK_PARSONS, 0);

	if (parsons == SIZE_MAX) {
		player_try(r->player, block);
		return;
	}
	put_in_order(r, &p->block[parsons], &p->block[block]);
	player_run_order(r->player);
}

static void prove_mistakes(struct runner *r, size_t page)
{
	const struct page *p = &r->l->page[page];
	size_t block;

	for (size_t i = 0; !r->silent && (block = lesson_block(p,
			BLOCK_MISTAKE, i)) != SIZE_MAX; i++) {
		run_lines(r, p, block);
		prove(r, page, PROOF_MISTAKE, block);
	}
}

/* As it is shown, and as a learner runs it. */
static void prove_solution(struct runner *r, size_t page)
{
	const struct page *p = &r->l->page[page];
	size_t block = lesson_block(p, BLOCK_SOLUTION, 0);

	if (r->silent || block == SIZE_MAX)
		return;
	player_try(r->player, block);
	prove(r, page, PROOF_SOLUTION, block);
	if (r->silent || p->block[block].steps >= player_lines(r->player))
		return;
	run_lines(r, p, block);
	prove(r, page, PROOF_ORDER, block);
}

void check_exercise(struct runner *r, size_t page)
{
	prove_start(r, page);
	prove_mistakes(r, page);
	prove_solution(r, page);
}
