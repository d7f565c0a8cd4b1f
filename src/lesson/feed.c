/*
 * feed: what comes as the learner asks.
 *
 * Whenever a call of the feed's lane waits, made by hand or by a line of the
 * exercise, the next line of the feed is sent. Behind it the call is looked at
 * once more: the next line of that lane must not meet it half awake.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "call/link.h"
#include "lesson/replay.h"
#include "lesson/typed.h"

void feed_begin(struct player *p)
{
	const struct page *page = player_page_now(p);

	free(p->fed);
	p->fed = page && page->blocks ?
		mem_zero(page->blocks * sizeof(*p->fed)) : NULL;
}

/* The lane as a line names it. */
static void print_lane(struct buf *b, const char *lane, int thread)
{
	buf_text(b, lane);
	if (thread)
		buf_printf(b, "/%d", thread);
}

static bool is_for(const struct block *b, const struct asker *asker)
{
	struct buf lane = {0};
	bool is;

	print_lane(&lane, asker->lane, asker->thread);
	is = b->kind == BLOCK_FEED && !strcmp(b->word, buf_str(&lane));
	buf_done(&lane);
	return is;
}

static void send_next(struct player *p, const struct asker *asker)
{
	const struct page *page = player_page_now(p);

	for (size_t i = 0; i < page->blocks; i++) {
		const struct block *b = &page->block[i];
		size_t step = p->fed[i];

		if (!is_for(b, asker) || step == b->steps)
			continue;
		p->fed[i]++;
		replay_send(p, FLIGHT_FEED, i, step, b->step[step].text)
			->asker = *asker;
		return;
	}
}

static void look_again(struct player *p, const struct asker *asker)
{
	struct buf b = {0};

	print_lane(&b, asker->lane, asker->thread);
	buf_printf(&b, ": %s returns -> ?", asker->row->name);
	replay_send(p, FLIGHT_ASKER, SIZE_MAX, 0, buf_str(&b))->asker = *asker;
	buf_done(&b);
}

/* With MSG_WAITALL a call asks on until it has all that it wants. */
static bool wants_all(const struct line *l)
{
	struct buf b = {0};
	bool all;

	line_print_call(&b, l);
	all = strstr(buf_str(&b), "MSG_WAITALL") != NULL;
	buf_done(&b);
	return all;
}

static void ask(struct player *p, const struct line *l)
{
	struct asker asker = {.thread = l->thread, .row = l->row};

	if (l->kind != LINE_CALL)
		return;
	snprintf(asker.lane, sizeof(asker.lane), "%s", l->lane);
	asker.all = wants_all(l);
	send_next(p, &asker);
}

/* The call of a line on the page, or by hand. */
static void act_waits(struct player *p, const struct act *a)
{
	const struct page *page = player_page_now(p);
	struct buf send = {0};
	struct line l;

	if (a->kind == ACT_STEP) {
		if (page->block[a->block].kind != BLOCK_STEPS)
			ask(p, &page->block[a->block].step[a->step].line);
		return;
	}
	if (!typed_parse(&l, &send, NULL, a->text, strlen(a->text), NULL,
			NULL, NULL))
		ask(p, &l);
	line_done(&l);
	buf_done(&send);
}

void feed_answer(struct player *p, const struct flight *f,
	const struct answer *a)
{
	bool waits = a->kind == ANSWER_OK && !strcmp(a->text, "waits");
	const struct act *act = replay_act(p, f->id);

	if (!exercise_is(p))
		return;
	switch (f->kind) {
	case FLIGHT_REBUILD:
	case FLIGHT_SETUP:
	case FLIGHT_CHECK:
		return;
	case FLIGHT_STEP:
	case FLIGHT_HAND:
		if (waits && act)
			act_waits(p, act);
		return;
	case FLIGHT_FEED:
		if (a->kind == ANSWER_ERROR)
			p->fed[f->block]--;
		else
			look_again(p, &f->asker);
		return;
	case FLIGHT_ASKER:
		if (waits && f->asker.all)
			send_next(p, &f->asker);
		return;
	}
}
