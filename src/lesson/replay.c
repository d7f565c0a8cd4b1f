/* replay: what the player sends, and how a page is built again. */
#include "lesson/replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "call/link.h"
#include "lesson/lesson.h"

static const struct page *page_of(const struct player *p)
{
	return p->l ? &p->l->page[p->page] : NULL;
}

static void add_task(struct player *p, enum task_kind kind, size_t block,
	size_t step, const char *text)
{
	p->task = mem_grow(p->task, &p->tasks_room, p->tasks + 1,
		sizeof(*p->task));
	p->task[p->tasks++] = (struct task){
		.kind = kind, .block = block, .step = step,
		.text = mem_string(text),
	};
}

void replay_clear(struct player *p)
{
	for (size_t i = 0; i < p->tasks; i++)
		free(p->task[i].text);
	p->tasks = p->tasks_sent = 0;
	p->flights = 0;
	p->setting_up = false;
}

void replay_add_act(struct player *p, struct act a)
{
	p->act = mem_grow(p->act, &p->acts_room, p->acts + 1,
		sizeof(*p->act));
	p->act[p->acts++] = a;
}

void replay_drop_acts(struct player *p, size_t keep)
{
	while (p->acts > keep)
		free(p->act[--p->acts].text);
}

/* ---- sending ---- */

uint64_t replay_send(struct player *p, enum task_kind kind, size_t block,
	size_t step, const char *text)
{
	uint64_t id = link_send(p->link, text);

	p->flight = mem_grow(p->flight, &p->flights_room, p->flights + 1,
		sizeof(*p->flight));
	p->flight[p->flights++] = (struct flight){
		.id = id, .kind = kind, .block = block, .step = step,
	};
	return id;
}

static void send_mark(struct player *p, struct buf *b)
{
	link_send(p->link, buf_str(b));
	buf_done(b);
}

void replay_mark_step(struct player *p, size_t block, size_t step)
{
	struct buf b = {0};

	buf_printf(&b, "lab: step %d",
		lesson_step_number(page_of(p), block, step));
	send_mark(p, &b);
	p->play_marked = false;
}

void replay_mark_play(struct player *p)
{
	if (!p->play_marked)
		link_send(p->link, "lab: play");
	p->play_marked = true;
}

static void mark_page(struct player *p)
{
	struct buf b = {0};

	buf_printf(&b, "lab: page %s %zu %s", p->l->name, p->page + 1,
		p->l->language);
	send_mark(p, &b);
}

static void mark_choice(struct player *p, size_t block)
{
	const struct record *r = belief_record(p, block);
	struct buf b = {0};

	if (r->chosen < 0)
		return; /* it was skipped */
	buf_printf(&b, "lab: predict %c", 'a' + r->chosen);
	send_mark(p, &b);
}

static const char *step_text(const struct player *p, const struct task *t)
{
	return page_of(p)->block[t->block].step[t->step].text;
}

static void send_task(struct player *p, const struct task *t)
{
	switch (t->kind) {
	case TASK_REBUILD:
		p->play_marked = false;
		replay_send(p, t->kind, SIZE_MAX, 0, "lab: rebuild");
		return;
	case TASK_PAGE:
		mark_page(p);
		return;
	case TASK_PREDICT:
		mark_choice(p, t->block);
		return;
	case TASK_SETUP:
		if (t->step == 0)
			link_send(p->link, "lab: setup");
		replay_send(p, t->kind, t->block, t->step, step_text(p, t));
		return;
	case TASK_STEP:
		replay_mark_step(p, t->block, t->step);
		replay_send(p, t->kind, t->block, t->step, step_text(p, t));
		return;
	case TASK_CHECK:
		replay_send(p, t->kind, t->block, t->step, step_text(p, t));
		return;
	case TASK_HAND:
		replay_mark_play(p);
		replay_send(p, t->kind, SIZE_MAX, 0, t->text);
		return;
	}
}

void replay_pump(struct player *p)
{
	while (p->tasks_sent < p->tasks && !p->flights && !p->ended)
		send_task(p, &p->task[p->tasks_sent++]);
	if (p->tasks_sent == p->tasks && !p->flights)
		replay_clear(p);
}

/* ---- the position ---- */

static void queue_block(struct player *p, enum task_kind kind, size_t block)
{
	for (size_t k = 0; k < page_of(p)->block[block].steps; k++)
		add_task(p, kind, block, k, NULL);
}

/* Whether the position may not move on from a block. */
static bool stays_at(struct player *p, const struct block *b)
{
	const struct record *r;

	switch (b->kind) {
	case BLOCK_PROSE:
	case BLOCK_SETUP:
	case BLOCK_GOAL:
	case BLOCK_HINT:
	case BLOCK_PARSONS:
	case BLOCK_FEED:
	case BLOCK_SOLUTION:
	case BLOCK_MISTAKE:
	case BLOCK_WHEN:
		return false;
	case BLOCK_STEPS:
		return p->step < b->steps;
	case BLOCK_PREDICTION:
		r = belief_record(p, p->block);
		return !r->committed && !r->skipped;
	case BLOCK_CHECK:
		queue_block(p, TASK_CHECK, p->block);
		return false;
	}
	return false;
}

void replay_advance(struct player *p)
{
	const struct page *page = page_of(p);

	while (p->block < page->blocks &&
			!stays_at(p, &page->block[p->block])) {
		p->block++;
		p->step = 0;
	}
}

static bool only_looks(const struct player *p)
{
	const struct page *page = page_of(p);
	enum line_kind kind;

	if (p->block >= page->blocks ||
			page->block[p->block].kind != BLOCK_STEPS)
		return false;
	kind = page->block[p->block].step[p->step].line.kind;
	return kind == LINE_RETURNS || kind == LINE_SEES ||
		kind == LINE_HAS;
}

/* Queue the step at the position, without the act. */
static void queue_step(struct player *p)
{
	add_task(p, TASK_STEP, p->block, p->step, NULL);
	p->step++;
	replay_advance(p);
}

void replay_step(struct player *p, bool joined)
{
	do {
		replay_add_act(p, (struct act){
			.kind = ACT_STEP, .block = p->block, .step = p->step,
			.joined = joined,
		});
		joined = true;
		queue_step(p);
	} while (only_looks(p));
	replay_pump(p);
}

static void queue_act(struct player *p, const struct act *a)
{
	switch (a->kind) {
	case ACT_STEP:
		queue_step(p);
		return;
	case ACT_PREDICT:
		add_task(p, TASK_PREDICT, a->block, 0, NULL);
		replay_advance(p);
		return;
	case ACT_HAND:
		add_task(p, TASK_HAND, SIZE_MAX, 0, a->text);
		return;
	}
}

void replay_build(struct player *p)
{
	const struct page *page = page_of(p);

	replay_clear(p);
	p->trouble[0] = '\0';
	p->block = p->step = 0;
	add_task(p, TASK_REBUILD, SIZE_MAX, 0, NULL);
	if (page) {
		add_task(p, TASK_PAGE, SIZE_MAX, 0, NULL);
		for (size_t i = 0; i < page->blocks; i++)
			if (page->block[i].kind == BLOCK_SETUP)
				queue_block(p, TASK_SETUP, i);
		replay_advance(p);
	}
	for (size_t i = 0; i < p->acts; i++)
		queue_act(p, &p->act[i]);
	p->setting_up = true;
	replay_pump(p);
}
