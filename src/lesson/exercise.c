/*
 * exercise: goals, hints, the solution, the same page in other numbers, and
 * lines to be put in order.
 */
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "lesson/replay.h"

bool exercise_is(const struct player *p)
{
	const struct page *page = player_page_now(p);

	return page && !p->asking && lesson_is_exercise(page) &&
		!wire_lacks(p, page);
}

/* Its script is done: the learner acts, or the solution runs. */
static bool is_open(const struct player *p)
{
	const struct block *b = player_block(p);

	return exercise_is(p) && (!b || b->kind == BLOCK_SOLUTION);
}

static size_t block_of(const struct player *p, enum block_kind kind)
{
	return exercise_is(p) ? lesson_block(player_page_now(p), kind, 0)
		: SIZE_MAX;
}

enum player_state exercise_state(const struct player *p,
	enum player_state done)
{
	if (!exercise_is(p))
		return done;
	if (p->solved && (p->solving || p->met))
		return p->in_class ? done : PLAYER_READY;
	return p->met ? done : PLAYER_TASK;
}

bool player_goals_open(const struct player *p)
{
	return is_open(p) && (!p->met || player_block(p));
}

void player_judged(struct player *p, bool all_met)
{
	if (!player_goals_open(p) || !all_met)
		return;
	p->changes++;
	p->met = true;
}

void player_in_class(struct player *p, bool on)
{
	p->changes++;
	p->in_class = on;
}

/* ---- hints, the solution ---- */

int player_hints(const struct player *p)
{
	return p->hints;
}

/* Whoever turns the page and comes back has still seen them. */
static void keep_hints(struct player *p)
{
	if (p->asking)
		return;
	if (!p->hints_of)
		p->hints_of = mem_zero(p->given->pages * sizeof(int));
	p->hints_of[p->page] = p->hints;
}

bool player_hint(struct player *p)
{
	if (!is_open(p) || p->met || p->solving || p->hints == LESSON_HINTS)
		return false;
	p->changes++;
	p->hints++;
	keep_hints(p);
	return true;
}

bool player_solved(const struct player *p)
{
	return p->solved;
}

bool player_solve(struct player *p)
{
	if (block_of(p, BLOCK_SOLUTION) == SIZE_MAX || p->solving ||
			p->ended || (p->hints < LESSON_HINTS && !p->in_class))
		return false;
	p->changes++;
	hand_drop(p);
	p->solving = p->solved = true;
	hand_build(p);
	return true;
}

/* ---- now without it ---- */

/* What the player knows of the lesson by number must be the same in it. */
static bool same_shape(const struct lesson *a, const struct lesson *b)
{
	if (a->pages != b->pages)
		return false;
	for (size_t i = 0; i < a->pages; i++) {
		if (a->page[i].blocks != b->page[i].blocks)
			return false;
		for (size_t k = 0; k < a->page[i].blocks; k++) {
			const struct block *x = &a->page[i].block[k];
			const struct block *y = &b->page[i].block[k];

			if (x->kind != y->kind || x->steps != y->steps ||
					x->options != y->options)
				return false;
		}
	}
	return true;
}

/* The round that follows in which this page has other numbers, if it has any;
 * of another page there may be more of them. */
static int round_behind(const struct player *p)
{
	int now = p->mine->round, columns = player_page_now(p)->rounds;
	int round = now;

	do
		round = (round + 1) % p->mine->rounds;
	while (columns > 1 && round % columns == now % columns);
	return round;
}

/* The lesson in that round. 0 or -errno with d. */
static int next_round(struct player *p, struct diag *d)
{
	int round = round_behind(p);

	if (round == p->given->round) {
		p->l = p->mine = p->given;
		return 0;
	}
	if (!p->round[round]) {
		struct lesson *fresh;
		int error = lesson_load_round(&fresh, p->given->file,
			p->given->language, round, d);

		if (error)
			return error;
		if (!same_shape(p->given, fresh)) {
			lesson_free(fresh);
			return diag_set(d, 0, _("the lesson's file was "
				"changed; the numbers stay as they are"));
		}
		p->round[round] = fresh;
	}
	p->l = p->mine = p->round[round];
	return 0;
}

static void without_it(struct player *p)
{
	struct diag d = {0};
	int error = next_round(p, &d);

	p->hints = 0;
	keep_hints(p);
	player_page(p, p->page);
	if (error)
		player_tell(p, d.msg);
}

bool exercise_next(struct player *p)
{
	if (player_state(p) == PLAYER_READY) {
		without_it(p);
		return true;
	}
	if (p->in_class)
		return player_solve(p);
	return p->lines && !p->ran && player_run_order(p);
}

/* ---- lines to be put in order ---- */

void exercise_begin(struct player *p)
{
	size_t block = block_of(p, BLOCK_PARSONS);

	free(p->order);
	p->order = NULL;
	p->lines = 0;
	p->hints = p->hints_of && !p->asking ? p->hints_of[p->page] : 0;
	p->met = p->solving = p->solved = p->ran = false;
	if (block == SIZE_MAX)
		return;
	p->lines = player_page_now(p)->block[block].steps;
	p->order = mem_zero((p->lines + 1) * sizeof(*p->order));
	for (size_t i = 0; i < p->lines; i++)
		p->order[i] = i;
}

size_t player_lines(const struct player *p)
{
	return p->lines;
}

size_t player_order(const struct player *p, size_t i)
{
	return p->order[i];
}

bool player_move(struct player *p, size_t i, int by)
{
	size_t to = by < 0 ? i - (size_t)-by : i + (size_t)by;
	size_t moved;

	if (i >= p->lines || to >= p->lines || !by)
		return false;
	p->changes++;
	p->ran = false;
	moved = p->order[i];
	if (to > i)
		memmove(&p->order[i], &p->order[i + 1],
			(to - i) * sizeof(moved));
	else
		memmove(&p->order[to + 1], &p->order[to],
			(i - to) * sizeof(moved));
	p->order[to] = moved;
	return true;
}

static void add_line(struct player *p, size_t block, size_t step, bool joined)
{
	replay_add_act(p, (struct act){
		.kind = ACT_STEP, .block = block, .step = step,
		.joined = joined,
	});
}

bool player_run_order(struct player *p)
{
	if (!p->lines || p->ended)
		return false;
	p->changes++;
	hand_drop(p);
	for (size_t i = 0; i < p->lines; i++)
		add_line(p, block_of(p, BLOCK_PARSONS), p->order[i],
			i > 0);
	p->ran = true;
	hand_build(p);
	return true;
}

void player_try(struct player *p, size_t block)
{
	p->changes++;
	hand_drop(p);
	for (size_t i = 0; i < player_page_now(p)->block[block].steps; i++)
		add_line(p, block, i, i > 0);
	hand_build(p);
}
