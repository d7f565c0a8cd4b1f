/* replay: what the player sends, and how a page is built again. */
#include "lesson/replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "call/link.h"

static void add_task(struct player *p, enum task_kind kind, size_t block,
	size_t step)
{
	p->task = mem_grow(p->task, &p->tasks_room, p->tasks + 1,
		sizeof(*p->task));
	p->task[p->tasks++] = (struct task){
		.kind = kind, .block = block, .step = step,
	};
}

void replay_clear(struct player *p)
{
	for (size_t i = 0; i < p->acts; i++)
		p->act[i].queued = false;
	p->tasks = p->tasks_sent = 0;
	p->flights = 0;
	p->setting_up = false;
}

/* ---- acts ---- */

void replay_add_act(struct player *p, struct act a)
{
	p->act = mem_grow(p->act, &p->acts_room, p->acts + 1,
		sizeof(*p->act));
	p->act[p->acts++] = a;
}

void replay_remove_act(struct player *p, size_t i)
{
	free(p->act[i].text);
	p->acts--;
	memmove(&p->act[i], &p->act[i + 1],
		(p->acts - i) * sizeof(*p->act));
}

void replay_drop_acts(struct player *p, size_t keep)
{
	while (p->acts > keep)
		free(p->act[--p->acts].text);
}

struct act *replay_act(const struct player *p, uint64_t id)
{
	for (size_t i = 0; i < p->acts; i++)
		if (!p->act[i].queued && p->act[i].id == id)
			return &p->act[i];
	return NULL;
}

void replay_unqueue(struct player *p)
{
	p->tasks = p->tasks_sent;
	for (size_t i = p->acts; i > 0; i--)
		if (p->act[i - 1].queued)
			replay_remove_act(p, i - 1);
}

/* ---- sending ---- */

struct flight *replay_send(struct player *p, enum flight_kind kind,
	size_t block, size_t step, const char *text)
{
	uint64_t id = link_send(p->link, text);

	p->flight = mem_grow(p->flight, &p->flights_room, p->flights + 1,
		sizeof(*p->flight));
	p->flight[p->flights] = (struct flight){
		.id = id, .kind = kind, .block = block, .step = step,
	};
	return &p->flight[p->flights++];
}

static uint64_t send_line(struct player *p, enum flight_kind kind,
	size_t block, size_t step)
{
	const struct page *page = player_page_now(p);

	return replay_send(p, kind, block, step,
		page->block[block].step[step].text)->id;
}

static void send_mark(struct player *p, struct buf *b)
{
	link_send(p->link, buf_str(b));
	buf_done(b);
}

void replay_mark_play(struct player *p)
{
	if (!p->play_marked)
		link_send(p->link, "lab: play");
	p->play_marked = true;
}

/* Lines in the learner's order are the learner's doing. A solution's are
 * counted on behind the page's steps. */
static void mark_line(struct player *p, size_t block, size_t step)
{
	const struct page *page = player_page_now(p);
	struct buf b = {0};

	if (page->block[block].kind == BLOCK_PARSONS) {
		replay_mark_play(p);
		return;
	}
	buf_printf(&b, "lab: step %d", lesson_step_number(page, block, step));
	send_mark(p, &b);
	p->play_marked = false;
}

void player_mark_class(struct player *p)
{
	p->marks_class = true;
}

static void mark_page(struct player *p)
{
	struct buf b = {0};

	buf_printf(&b, "lab: page %s %zu %s%s", p->l->name, p->page + 1,
		p->l->language, p->marks_class ? " class" : "");
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

static struct act *first_queued(const struct player *p)
{
	struct act *a = p->act;

	while (!a->queued)
		a++;
	return a;
}

static void send_act(struct player *p)
{
	struct act *a = first_queued(p);

	a->queued = false;
	switch (a->kind) {
	case ACT_STEP:
		mark_line(p, a->block, a->step);
		a->id = send_line(p, FLIGHT_STEP, a->block, a->step);
		return;
	case ACT_PREDICT:
		mark_choice(p, a->block);
		return;
	case ACT_HAND:
		replay_mark_play(p);
		a->id = replay_send(p, FLIGHT_HAND, SIZE_MAX, 0, a->text)->id;
		return;
	}
}

static void send_task(struct player *p, const struct task *t)
{
	switch (t->kind) {
	case TASK_REBUILD:
		p->play_marked = false;
		replay_send(p, FLIGHT_REBUILD, SIZE_MAX, 0, "lab: rebuild");
		return;
	case TASK_PAGE:
		mark_page(p);
		return;
	case TASK_SETUP:
		if (t->step == 0)
			link_send(p->link, "lab: setup");
		send_line(p, FLIGHT_SETUP, t->block, t->step);
		return;
	case TASK_CHECK:
		send_line(p, FLIGHT_CHECK, t->block, t->step);
		return;
	case TASK_ACT:
		send_act(p);
		return;
	}
}

void replay_pump(struct player *p)
{
	while (p->tasks_sent < p->tasks && !p->flights && !p->ended) {
		const struct task *t = &p->task[p->tasks_sent];

		if (t->kind == TASK_ACT && feed_hold_on(p, first_queued(p)))
			return;
		p->tasks_sent++;
		send_task(p, t);
	}
	if (p->tasks_sent == p->tasks && !p->flights)
		replay_clear(p);
}

/* ---- the position ---- */

static void queue_block(struct player *p, enum task_kind kind, size_t block)
{
	size_t steps = player_page_now(p)->block[block].steps;

	for (size_t k = 0; k < steps; k++)
		add_task(p, kind, block, k);
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
	case BLOCK_MISTAKE:
	case BLOCK_WHEN:
		return false;
	case BLOCK_STEPS:
		return p->step < b->steps;
	case BLOCK_SOLUTION:
		return p->solving && p->step < b->steps;
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
	const struct page *page = player_page_now(p);

	while (p->block < page->blocks &&
			!stays_at(p, &page->block[p->block])) {
		p->block++;
		p->step = 0;
	}
}

bool replay_looks(const struct line *l)
{
	return l->kind == LINE_RETURNS || l->kind == LINE_SEES ||
		l->kind == LINE_HAS || (l->kind == LINE_VERB &&
		(!strcmp(l->verb, "ends") || !strcmp(l->verb, "says")));
}

/* Whether a line only looks that comes next. */
static bool looks_next(const struct player *p)
{
	const struct block *b = player_block(p);

	return b && b->kind != BLOCK_PREDICTION &&
		replay_looks(&b->step[p->step].line);
}

static void queue_act(struct player *p, struct act *a)
{
	add_task(p, TASK_ACT, SIZE_MAX, 0);
	a->queued = true;
	a->id = 0;
	if (a->kind == ACT_HAND || !player_block(p))
		return;
	if (a->kind == ACT_STEP && a->block == p->block)
		p->step = a->step + 1;
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
		queue_act(p, &p->act[p->acts - 1]);
	} while (looks_next(p));
	replay_pump(p);
}

void replay_build(struct player *p)
{
	const struct page *page = player_page_now(p);

	replay_clear(p);
	belief_unsee(p);
	feed_begin(p);
	p->met = false;
	p->trouble[0] = '\0';
	p->block = p->step = 0;
	add_task(p, TASK_REBUILD, SIZE_MAX, 0);
	if (page && wire_lacks(p, page)) {
		add_task(p, TASK_PAGE, SIZE_MAX, 0);
		wire_skip(p);
	} else if (page) {
		add_task(p, TASK_PAGE, SIZE_MAX, 0);
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
