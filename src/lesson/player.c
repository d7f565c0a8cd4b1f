/*
 * player: what the learner does, and what the lab answers.
 * lesson/replay.h has the words.
 */
#include "lesson/player.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/mem.h"
#include "call/link.h"
#include "lesson/replay.h"

struct player *player_new(const struct lesson *l, struct link *link)
{
	struct player *p = mem_zero(sizeof(*p));

	p->l = p->mine = p->given = l;
	p->link = link;
	for (size_t i = 0; l && i < l->pages; i++)
		belief_add_page(p, 0, l, i);
	return p;
}

void player_free(struct player *p)
{
	if (!p)
		return;
	replay_drop_acts(p, 0);
	for (int i = 0; i < LESSON_ROUNDS; i++)
		lesson_free(p->round[i]);
	free(p->task);
	free(p->flight);
	free(p->act);
	free(p->record);
	free(p->fed);
	free(p->order);
	free(p->hints_of);
	free(p->asker);
	free(p->question);
	free(p);
}

void player_begin(struct player *p)
{
	p->free_play = false;
	replay_drop_acts(p, 0);
	belief_forget(p);
	ask_lead_up(p);
	replay_build(p);
}

void player_turn(struct player *p, size_t page)
{
	assert(!p->l || page < p->l->pages);
	p->changes++;
	p->page = page;
	exercise_begin(p);
	player_begin(p);
}

void player_page(struct player *p, size_t page)
{
	bool first = !p->begun;

	p->begun = true;
	p->asking = 0;
	p->l = p->mine;
	if (first)
		p->first_page = page;
	if (first && p->questions)
		ask_question(p, 1);
	else
		player_turn(p, page);
}

/* ---- state ---- */

const struct lesson *player_lesson(const struct player *p)
{
	return p->l;
}

const struct page *player_page_now(const struct player *p)
{
	return p->l ? &p->l->page[p->page] : NULL;
}

const struct block *player_block(const struct player *p)
{
	const struct page *page = player_page_now(p);

	return page && p->block < page->blocks ? &page->block[p->block] : NULL;
}

static enum player_state behind_page(const struct player *p)
{
	return p->page + 1 < p->l->pages ? PLAYER_TURN : PLAYER_END;
}

enum player_state player_state(const struct player *p)
{
	const struct block *b = player_block(p);

	if (p->ended || p->flights || p->tasks_sent < p->tasks)
		return PLAYER_BUSY;
	if (!p->l)
		return PLAYER_READY;
	if (p->asking && (!b || ask_observed(p)))
		return PLAYER_TURN;
	if (!b)
		return exercise_state(p, behind_page(p));
	if (b->kind == BLOCK_PREDICTION && belief_asked(p)->chosen < 0)
		return PLAYER_LOCKED;
	return PLAYER_READY;
}

unsigned player_changes(const struct player *p)
{
	return p->changes;
}

bool player_free_play(const struct player *p)
{
	return p->free_play;
}

bool player_ended(const struct player *p)
{
	return p->ended;
}

size_t player_at_page(const struct player *p)
{
	return p->page;
}

/* Of an older question only what is up to its answer is shown. */
static size_t last_shown(const struct player *p)
{
	const struct page *page = player_page_now(p);

	if (ask_observed(p))
		return page->block[ask_now(p)->block].decider_block;
	return page && page->blocks ? page->blocks - 1 : SIZE_MAX;
}

size_t player_at_block(const struct player *p)
{
	size_t last = last_shown(p);

	return p->block <= last ? p->block : last;
}

size_t player_at_step(const struct player *p)
{
	size_t last = last_shown(p);

	return p->block <= last ? p->step :
		player_page_now(p)->block[last].steps;
}

const char *player_trouble(const struct player *p)
{
	return p->trouble;
}

const char *player_trouble_why(const struct player *p)
{
	return p->trouble[0] ? p->trouble + p->trouble_why : "";
}

void player_trouble_at(const struct player *p, size_t *block, size_t *step)
{
	*block = p->trouble_block;
	*step = p->trouble_step;
}

void player_trouble_text(const struct player *p, const char *again,
	struct buf *b)
{
	if (!p->trouble[0] || p->trouble_block == SIZE_MAX)
		buf_text(b, p->trouble);
	else if (p->trouble_differs)
		buf_printf(b, _("The kernel answered otherwise than this page "
			"expects; %s begins it again. (%s)"), again,
			p->trouble);
	else
		buf_printf(b, _("The page cannot go on like this; %s begins it "
			"again. (%s)"), again, p->trouble);
}

/* ---- answers ---- */

/* The first trouble is the cause of the others. */
static void trouble(struct player *p, const struct flight *f, const char *why)
{
	const struct page *page = player_page_now(p);
	int n = 0;

	if (p->trouble[0])
		return;
	p->trouble_block = f ? f->block : SIZE_MAX;
	p->trouble_step = f ? f->step : 0;
	if (p->trouble_block != SIZE_MAX)
		n = snprintf(p->trouble, sizeof(p->trouble), _("line %d: "),
			page->block[f->block].step[f->step].source_line);
	p->trouble_why = (size_t)n;
	snprintf(p->trouble + n, sizeof(p->trouble) - (size_t)n, "%s", why);
}

void player_tell(struct player *p, const char *why)
{
	trouble(p, NULL, why);
}

static void forget_act(struct player *p, uint64_t id)
{
	struct act *a = replay_act(p, id);

	if (a)
		replay_remove_act(p, (size_t)(a - p->act));
}

/* The lab could not do a line: it did not happen, nor what is queued behind a
 * line of the page. What was sent since by hand did. */
static void refused(struct player *p, const struct flight *f)
{
	enum block_kind kind;

	switch (f->kind) {
	case FLIGHT_STEP:
		forget_act(p, f->id);
		replay_unqueue(p);
		belief_keep(p);
		kind = player_page_now(p)->block[f->block].kind;
		if (kind != BLOCK_STEPS && !(kind == BLOCK_SOLUTION &&
				p->solving))
			return;
		p->block = f->block;
		p->step = f->step;
		return;
	case FLIGHT_HAND:
		forget_act(p, f->id);
		return;
	case FLIGHT_REBUILD:
		replay_clear(p);
		return;
	case FLIGHT_SETUP:
	case FLIGHT_CHECK:
	case FLIGHT_FEED:
	case FLIGHT_ASKER:
		return;
	}
}

static void end_lab(struct player *p, const struct answer *a)
{
	char why[600];

	replay_clear(p);
	p->ended = true;
	if (a->text[0])
		snprintf(why, sizeof(why),
			_("the lab ended: %s; r starts it again"), a->text);
	else
		snprintf(why, sizeof(why), "%s",
			_("the lab ended; r starts it again"));
	trouble(p, NULL, why);
}

static void answered(struct player *p, const struct flight *f,
	const struct answer *a)
{
	if (a->kind != ANSWER_OK && f->kind != FLIGHT_ASKER) {
		if (!p->trouble[0])
			p->trouble_differs = a->kind == ANSWER_FAILED;
		trouble(p, f, a->text);
	}
	feed_answer(p, f, a);
	if (a->kind == ANSWER_ERROR)
		refused(p, f);
	else if (f->kind == FLIGHT_STEP)
		belief_observe(p, f->block, f->step, a);
}

void player_answer(struct player *p, const struct answer *a)
{
	struct flight f;
	size_t i;

	p->changes++;
	if (a->kind == ANSWER_ENDED)
		end_lab(p, a);
	for (i = 0; i < p->flights && p->flight[i].id != a->id; i++)
		;
	if (a->kind == ANSWER_ENDED || i == p->flights)
		return;
	f = p->flight[i];
	p->flights--;
	memmove(&p->flight[i], &p->flight[i + 1],
		(p->flights - i) * sizeof(*p->flight));
	if (a->kind != ANSWER_OK && ask_spoilt(p))
		return;
	answered(p, &f, a);
	replay_pump(p);
}
