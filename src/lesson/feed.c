/*
 * feed: calls that wait, and what comes as the learner asks.
 *
 * Whenever a call of a feed's lane waits, made by hand or by a line of the
 * exercise, the next line of the feed is sent. Behind it the call is looked at
 * once more, for the next line of that lane must not meet it half awake.
 *
 * Lines that are run one behind the other, in an exercise or when a page is
 * built again, stand for a program: before the next call of a lane the one
 * that waits may end by itself, as with SO_RCVTIMEO.
 */
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

	p->askers = 0;
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

	for (size_t i = 0; page && i < page->blocks; i++) {
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

static void ask_result(struct player *p, const struct asker *asker,
	const char *within)
{
	struct buf b = {0};

	print_lane(&b, asker->lane, asker->thread);
	buf_printf(&b, ": %s returns -> ?%s", asker->row->name, within);
	replay_send(p, FLIGHT_ASKER, SIZE_MAX, 0, buf_str(&b))->asker = *asker;
	buf_done(&b);
}

/* ---- calls that wait ---- */

/* The one of a line's lane; p->askers when there is none. */
static size_t find(const struct player *p, const char *lane, int thread)
{
	size_t i = 0;

	while (i < p->askers && (strcmp(p->asker[i].lane, lane) ||
			p->asker[i].thread != thread))
		i++;
	return i;
}

static void forget(struct player *p, const struct asker *asker)
{
	size_t i = find(p, asker->lane, asker->thread);

	if (i < p->askers)
		p->asker[i] = p->asker[--p->askers];
}

static void remember(struct player *p, const struct asker *asker)
{
	forget(p, asker);
	p->asker = mem_grow(p->asker, &p->askers_room, p->askers + 1,
		sizeof(*p->asker));
	p->asker[p->askers++] = *asker;
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

/* The text of an act that a program could have made; NULL for one of a lab
 * fence, whose lines say themselves what is waited for. */
static const char *text_of(const struct player *p, const struct act *a)
{
	const struct block *b;

	switch (a->kind) {
	case ACT_STEP:
		b = &player_page_now(p)->block[a->block];
		return b->kind == BLOCK_STEPS ? NULL : b->step[a->step].text;
	case ACT_PREDICT:
		return NULL;
	case ACT_HAND:
		return a->text;
	}
	return NULL;
}

/* The call that a line (NULL: none) makes. False when it makes none. */
static bool call_of(const char *text, struct asker *call)
{
	struct buf send = {0};
	struct line l;
	bool is;

	if (!text)
		return false;
	is = !typed_parse(&l, &send, NULL, text, strlen(text), NULL, NULL,
		NULL) && l.kind == LINE_CALL;
	if (is) {
		*call = (struct asker){.thread = l.thread > 1 ? l.thread : 0,
			.row = l.row, .all = wants_all(&l)};
		memcpy(call->lane, l.lane, sizeof(call->lane));
	}
	line_done(&l);
	buf_done(&send);
	return is;
}

bool feed_hold_on(struct player *p, const struct act *a)
{
	struct asker next, before;
	size_t i;

	if (!p->askers || !call_of(text_of(p, a), &next))
		return false;
	i = find(p, next.lane, next.thread);
	if (i == p->askers)
		return false;
	before = p->asker[i];
	before.all = false; /* nothing more comes for it */
	forget(p, &before);
	ask_result(p, &before, "");
	return true;
}

static void act_waits(struct player *p, const struct act *a)
{
	struct asker asker;

	if (!call_of(text_of(p, a), &asker))
		return;
	remember(p, &asker);
	send_next(p, &asker);
}

/* The learner did not make this call, so nothing is sent for it. */
static void setup_waits(struct player *p, const struct flight *f)
{
	const struct page *page = player_page_now(p);
	struct asker asker;

	if (call_of(page->block[f->block].step[f->step].text, &asker))
		remember(p, &asker);
}

void feed_answer(struct player *p, const struct flight *f,
	const struct answer *a)
{
	bool waits = a->kind == ANSWER_OK && !strcmp(a->text, "waits");
	const struct act *act = replay_act(p, f->id);

	switch (f->kind) {
	case FLIGHT_REBUILD:
	case FLIGHT_CHECK:
		return;
	case FLIGHT_SETUP:
		if (waits)
			setup_waits(p, f);
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
			ask_result(p, &f->asker, " within 1s");
		return;
	case FLIGHT_ASKER:
		if (!waits)
			forget(p, &f->asker);
		else if (f->asker.all)
			send_next(p, &f->asker);
		return;
	}
}
