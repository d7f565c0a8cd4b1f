/* goal: each line of each goal judged, and which mistake was made. */
#include "lesson/goal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "lesson/goal_inside.h"
#include "packet/filter.h"
#include "scene/scene.h"

/* What was counted for a page, line by line in the order of its blocks. */
struct judging {
	const struct page *page;
	bool closed_world;
	struct deeds deeds;
	struct account *account;
	size_t accounts;
	uint64_t work; /* of deeds, before the last judgement */
};

/* ---- accounts ---- */

static void account_begin(struct account *a, const struct line *l)
{
	*a = (struct account){
		.line = l,
		.count = {
			.last_alone = SCENE_NONE, .match = SCENE_NONE,
			.named = SCENE_NONE, .near = SCENE_NONE,
			.lonely = SCENE_NONE, .after = SCENE_NONE,
		},
		.tally = {.last = SCENE_NONE, .shown = SCENE_NONE,
			.end = SCENE_NONE},
		.sight = {.row = SCENE_NONE},
	};
	if (l->thread > 1)
		snprintf(a->lane, GOAL_LANE, "%s/%d", l->lane, l->thread);
	else
		snprintf(a->lane, GOAL_LANE, "%s", l->lane);
}

static void account_done(struct account *a)
{
	filter_free(a->sight.filter);
	a->sight.filter = NULL;
}

static void settled(const struct deed *e, void *arg)
{
	struct judging *k = arg;

	for (size_t i = 0; i < k->accounts; i++) {
		struct account *a = &k->account[i];

		switch (a->line->kind) {
		case LINE_DID:
			did_settled(a, &k->deeds, e);
			break;
		case LINE_GOT:
		case LINE_GAVE:
			bytes_settled(a, &k->deeds, e);
			break;
		case LINE_SEES:
		case LINE_HAS:
		case LINE_EMPTY:
		case LINE_CALL:
		case LINE_RETURNS:
		case LINE_WAITS:
		case LINE_VERB:
		case LINE_WIRE:
		case LINE_FATE:
			break;
		}
	}
}

static bool is_judged(const struct block *b)
{
	return b->kind == BLOCK_GOAL || b->kind == BLOCK_WHEN;
}

/* How many accounts come before those of a block. */
static size_t accounts_before(const struct page *page, size_t block)
{
	size_t n = 0;

	for (size_t i = 0; i < block; i++)
		if (is_judged(&page->block[i]))
			n += page->block[i].steps;
	return n;
}

static struct judging *judging_new(const struct page *page)
{
	struct judging *k = mem_zero(sizeof(*k));
	struct account *a;

	k->page = page;
	k->closed_world = goal_is_closed_world(page);
	k->accounts = accounts_before(page, page->blocks);
	a = k->account = mem_zero(k->accounts * sizeof(*k->account));
	for (size_t i = 0; i < page->blocks; i++)
		for (size_t n = 0; is_judged(&page->block[i]) &&
				n < page->block[i].steps; n++)
			account_begin(a++, &page->block[i].step[n].line);
	return k;
}

static void judging_free(struct judging *k)
{
	if (!k)
		return;
	for (size_t i = 0; i < k->accounts; i++)
		account_done(&k->account[i]);
	free(k->account);
	deeds_done(&k->deeds);
	free(k);
}

/* Go on from the last judgement where that can be, else from the beginning. */
static struct judging *follow(struct judging *k, const struct page *page,
	struct scene *s, uint32_t position)
{
	if (k && k->page == page) {
		k->work = k->deeds.work;
		if (deeds_follow(&k->deeds, s, position, settled, k))
			return k;
	}
	judging_free(k);
	k = judging_new(page);
	deeds_follow(&k->deeds, s, position, settled, k);
	return k;
}

/* ---- lines, blocks ---- */

uint32_t goal_row_before(const struct deeds *d, uint32_t position)
{
	uint32_t rows = scene_rows(d->scene, position);

	return rows > d->take->first_row ? rows - 1 : SCENE_NONE;
}

static void judge_line(struct judged *j, struct judging *k, struct account *a)
{
	struct deeds *d = &k->deeds;

	switch (a->line->kind) {
	case LINE_DID:
		goal_did(j, d, a);
		break;
	case LINE_GOT:
	case LINE_GAVE:
		goal_bytes(j, d, a);
		break;
	case LINE_SEES:
		goal_sees(j, d, a);
		break;
	case LINE_HAS:
		goal_has(j, d, a);
		break;
	case LINE_EMPTY:
	case LINE_CALL:
	case LINE_RETURNS:
	case LINE_WAITS:
	case LINE_VERB:
	case LINE_WIRE:
	case LINE_FATE:
		return; /* they ask nothing, so nothing meets them */
	}
	if (k->closed_world && j->lacks)
		goal_lost(j, d, a);
}

static void judged_done(struct judged *j)
{
	buf_done(&j->expected);
	buf_done(&j->observed);
}

/* Whole letters of it, and … where some are left out. */
static void hand_out(char *out, size_t size, const struct buf *text)
{
	static const char dots[] = "…";
	size_t most = size - sizeof(dots), at = 0, n;
	const char *from = buf_str(text);
	int32_t point;

	if (text->len < size) {
		memcpy(out, from, text->len + 1);
		return;
	}
	while ((n = text_letter(from + at, text->len - at, &point)) + at <=
		most)
		at += n;
	memcpy(out, from, at);
	memcpy(out + at, dots, sizeof(dots));
}

/* The line that decides: the first that is broken, else the first that is not
 * met; else the last. */
static void judge_block(struct goal_result *out, struct judging *k,
	size_t block)
{
	const struct block *b = &k->page->block[block];
	struct account *a = k->account + accounts_before(k->page, block);
	struct judged j;

	*out = (struct goal_result){.state = GOAL_OPEN, .row = SCENE_NONE};
	for (size_t i = 0; i < b->steps; i++) {
		j = (struct judged){.row = SCENE_NONE};
		judge_line(&j, k, &a[i]);
		if (i == 0 || j.state == GOAL_BROKEN ||
			out->state == GOAL_MET) {
			out->state = j.state;
			out->step = i;
			out->row = j.row;
			hand_out(out->expected, sizeof(out->expected),
				&j.expected);
			hand_out(out->observed, sizeof(out->observed),
				&j.observed);
		}
		judged_done(&j);
		if (out->state == GOAL_BROKEN)
			return;
	}
}

static bool was_made(struct judging *k, size_t mistake)
{
	size_t when = lesson_when(k->page, mistake);
	struct goal_result r;

	if (when == SIZE_MAX || k->page->block[when].steps == 0)
		return false;
	judge_block(&r, k, when);
	return r.state == GOAL_MET;
}

void goals_judge(struct goals *g, const struct page *page, struct scene *s,
	uint32_t position)
{
	struct judging *k = follow(g->kept, page, s, position);

	*g = (struct goals){.mistake = SIZE_MAX, .kept = k};
	for (size_t i = 0; i < page->blocks; i++) {
		const struct block *b = page->block + i;

		if (b->kind == BLOCK_GOAL && g->goals < LESSON_GOALS) {
			struct goal_result *r = &g->goal[g->goals++];

			judge_block(r, k, i);
			g->met += r->state == GOAL_MET;
		} else if (b->kind == BLOCK_MISTAKE &&
				g->mistake == SIZE_MAX && was_made(k, i)) {
			g->mistake = i;
		}
	}
}

void goals_forget(struct goals *g)
{
	judging_free(g->kept);
	g->kept = NULL;
}

void goals_done(struct goals *g)
{
	goals_forget(g);
	memset(g, 0, sizeof(*g));
}

uint64_t goals_work(const struct goals *g)
{
	return g->kept ? g->kept->deeds.work - g->kept->work : 0;
}
