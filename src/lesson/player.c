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
#include "lesson/lesson.h"
#include "lesson/replay.h"
#include "lesson/typed.h"

static void add_records(struct player *p)
{
	size_t room = 0;

	for (size_t i = 0; p->l && i < p->l->pages; i++)
		for (size_t k = 0; k < p->l->page[i].blocks; k++) {
			if (p->l->page[i].block[k].kind != BLOCK_PREDICTION)
				continue;
			p->record = mem_grow(p->record, &room, p->records + 1,
				sizeof(*p->record));
			p->record[p->records++] = (struct record){
				.page = i, .block = k, .chosen = -1,
			};
		}
}

struct player *player_new(const struct lesson *l, struct link *link)
{
	struct player *p = mem_zero(sizeof(*p));

	p->l = l;
	p->link = link;
	add_records(p);
	return p;
}

void player_free(struct player *p)
{
	if (!p)
		return;
	replay_clear(p);
	replay_drop_acts(p, 0);
	free(p->task);
	free(p->flight);
	free(p->act);
	free(p->record);
	free(p);
}

void player_page(struct player *p, size_t page)
{
	assert(!p->l || page < p->l->pages);
	p->changes++;
	p->page = page;
	p->free_play = false;
	replay_drop_acts(p, 0);
	belief_forget(p);
	replay_build(p);
}

/* ---- state ---- */

const struct block *player_block(const struct player *p)
{
	if (!p->l || p->block >= p->l->page[p->page].blocks)
		return NULL;
	return &p->l->page[p->page].block[p->block];
}

enum player_state player_state(const struct player *p)
{
	const struct block *b = player_block(p);

	if (p->ended || p->flights || p->tasks_sent < p->tasks)
		return PLAYER_BUSY;
	if (!p->l)
		return PLAYER_READY;
	if (!b)
		return p->page + 1 < p->l->pages ? PLAYER_TURN : PLAYER_END;
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

size_t player_at_block(const struct player *p)
{
	size_t blocks = p->l ? p->l->page[p->page].blocks : 0;

	return p->block < blocks || !blocks ? p->block : blocks - 1;
}

size_t player_at_step(const struct player *p)
{
	const struct page *page = p->l ? &p->l->page[p->page] : NULL;

	if (page && p->block >= page->blocks && page->blocks)
		return page->block[page->blocks - 1].steps;
	return p->step;
}

const char *player_trouble(const struct player *p)
{
	return p->trouble;
}

const char *player_trouble_why(const struct player *p)
{
	return p->trouble + p->trouble_why;
}

void player_trouble_at(const struct player *p, size_t *block, size_t *step)
{
	*block = p->trouble_block;
	*step = p->trouble_step;
}

/* ---- what Space does ---- */

bool player_next(struct player *p)
{
	enum player_state state = player_state(p);
	bool joined = false;

	p->changes++;
	if (state == PLAYER_TURN) {
		player_page(p, p->page + 1);
		return true;
	}
	if (state != PLAYER_READY || !p->l)
		return false;
	p->trouble[0] = '\0';
	if (belief_asked(p)) {
		belief_commit(p);
		joined = true;
	}
	if (player_block(p) && player_block(p)->kind == BLOCK_STEPS)
		replay_step(p, joined);
	else
		replay_pump(p);
	return true;
}

const struct step *player_step(const struct player *p)
{
	const struct page *page = &p->l->page[p->page];
	const struct block *b = player_block(p);

	if (b && b->kind == BLOCK_STEPS)
		return &b->step[p->step];
	for (size_t i = p->block + 1; i < page->blocks; i++) {
		if (page->block[i].kind == BLOCK_PREDICTION)
			return NULL;
		if (page->block[i].kind == BLOCK_STEPS)
			return &page->block[i].step[0];
	}
	return NULL;
}

static void print_run(struct buf *b, const struct step *s)
{
	struct line l = s->line; /* borrowed but for the expectation, which
				    would give the answer away */
	struct buf text = {0};

	memset(&l.expect, 0, sizeof(l.expect));
	if (s->many)
		typed_without_expect(&text, s->text);
	else
		line_print(&text, &l);
	buf_printf(b, l.kind == LINE_RETURNS ? _("see “%s”") :
		_("run “%s”"), buf_str(&text));
	buf_done(&text);
}

void player_next_text(const struct player *p, struct buf *b)
{
	const struct step *s;

	if (!p->l)
		return;
	switch (player_state(p)) {
	case PLAYER_BUSY:
		buf_text(b, p->ended ? _("the lab ended") : _("running"));
		return;
	case PLAYER_LOCKED:
		buf_text(b, _("answer first:"));
		for (int i = 0; i < player_block(p)->options; i++)
			buf_printf(b, " %c", 'a' + i);
		return;
	case PLAYER_READY:
		s = player_step(p);
		if (s)
			print_run(b, s);
		else
			buf_text(b, _("answer"));
		return;
	case PLAYER_TASK:
	case PLAYER_TURN:
		buf_printf(b, _("turn to page %zu"), p->page + 2);
		return;
	case PLAYER_END:
		buf_text(b, _("the end"));
		return;
	}
}

bool player_choose(struct player *p, int option)
{
	struct record *r = belief_asked(p);
	enum player_state state = player_state(p);

	if (!r || option < 0 || option >= player_block(p)->options ||
			(state != PLAYER_LOCKED && state != PLAYER_READY))
		return false;
	p->changes++;
	r->chosen = option;
	return true;
}

bool player_skip(struct player *p)
{
	struct record *r = belief_asked(p);

	if (!r || player_state(p) == PLAYER_BUSY)
		return false;
	p->changes++;
	r->chosen = -1;
	r->skipped = true;
	replay_add_act(p, (struct act){
		.kind = ACT_PREDICT, .block = r->block,
	});
	replay_advance(p);
	replay_pump(p);
	return true;
}

/* ---- answers ---- */

/* The first trouble is the cause of the others. */
static void trouble(struct player *p, const struct flight *f, const char *why)
{
	const struct page *page = p->l ? &p->l->page[p->page] : NULL;
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

/* The lab could not do a line: it did not happen. */
static void refused(struct player *p, const struct flight *f)
{
	size_t keep = 0;

	switch (f->kind) {
	case TASK_STEP:
		while (keep < p->acts && (p->act[keep].kind != ACT_STEP ||
				p->act[keep].block != f->block ||
				p->act[keep].step != f->step))
			keep++;
		replay_drop_acts(p, keep);
		replay_clear(p);
		p->block = f->block;
		p->step = f->step;
		return;
	case TASK_HAND:
		for (; keep < p->acts; keep++)
			if (p->act[keep].id == f->id) {
				free(p->act[keep].text);
				p->acts--;
				memmove(&p->act[keep], &p->act[keep + 1],
					(p->acts - keep) * sizeof(*p->act));
			}
		return;
	case TASK_REBUILD:
		replay_clear(p);
		return;
	case TASK_SETUP:
	case TASK_CHECK:
	case TASK_PAGE:
	case TASK_PREDICT:
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
	if (a->kind != ANSWER_OK)
		trouble(p, &f, a->text);
	if (a->kind == ANSWER_ERROR)
		refused(p, &f);
	else if (f.kind == TASK_STEP)
		belief_observe(p, f.block, f.step, a);
	replay_pump(p);
}
