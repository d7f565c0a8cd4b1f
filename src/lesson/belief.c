/* belief: the predictions of a player: what was chosen, what came of it. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "call/link.h"
#include "base/mem.h"
#include "lesson/replay.h"

void belief_add_page(struct player *p, size_t asking, const struct lesson *l,
	size_t page)
{
	for (size_t i = 0; i < l->page[page].blocks; i++) {
		if (l->page[page].block[i].kind != BLOCK_PREDICTION)
			continue;
		p->record = mem_grow(p->record, &p->records_room,
			p->records + 1, sizeof(*p->record));
		p->record[p->records++] = (struct record){
			.asking = asking, .page = page, .block = i,
			.chosen = -1, .remembered = -1, .first = -1,
		};
	}
}

/* Whether it is about the page that is played. */
static bool is_here(const struct player *p, const struct record *r)
{
	return r->asking == p->asking && r->page == p->page;
}

struct record *belief_record(const struct player *p, size_t block)
{
	for (size_t i = 0; i < p->records; i++)
		if (is_here(p, &p->record[i]) && p->record[i].block == block)
			return &p->record[i];
	return NULL;
}

struct record *belief_asked(const struct player *p)
{
	return player_block(p) ? belief_record(p, p->block) : NULL;
}

static const struct block *block_of(const struct player *p,
	const struct record *r)
{
	const struct lesson *l = r->asking ?
		p->question[r->asking - 1].lesson : p->mine;

	return &l->page[r->page].block[r->block];
}

static void unsee(struct record *r)
{
	r->observed = false;
	r->observation[0] = '\0';
}

void belief_forget(struct player *p)
{
	for (size_t i = 0; i < p->records; i++) {
		struct record *r = &p->record[i];

		if (!is_here(p, r))
			continue;
		if (r->committed)
			r->remembered = r->chosen;
		r->chosen = -1;
		r->committed = r->skipped = false;
		unsee(r);
	}
}

void belief_unsee(struct player *p)
{
	for (size_t i = 0; i < p->records; i++)
		if (is_here(p, &p->record[i]))
			unsee(&p->record[i]);
}

void belief_keep(struct player *p)
{
	for (size_t i = 0; i < p->records; i++) {
		struct record *r = &p->record[i];
		bool kept = false;

		if (!is_here(p, r))
			continue;
		for (size_t k = 0; k < p->acts; k++)
			kept = kept || (p->act[k].kind == ACT_PREDICT &&
				p->act[k].block == r->block);
		r->committed = r->committed && kept;
		r->skipped = r->skipped && kept;
	}
}

void belief_commit(struct player *p)
{
	struct record *r = belief_asked(p);
	struct buf b = {0};

	r->committed = true;
	if (r->first < 0)
		r->first = r->chosen;
	buf_printf(&b, "lab: predict %c", 'a' + r->chosen);
	link_send(p->link, buf_str(&b));
	buf_done(&b);
	replay_add_act(p, (struct act){
		.kind = ACT_PREDICT, .block = r->block,
	});
	replay_advance(p);
}

/*
 * What stands behind "observed" in the lab's sentence, which may be a
 * translated one: the words between the two values are the same as in the
 * message it was made from. NULL when it is another sentence.
 */
static const char *behind_observed(const char *text)
{
	const char *message = _("expected %s, observed %s");
	const char *from = strstr(message, "%s");
	const char *to = from ? strstr(from + 2, "%s") : NULL;
	char words[64];
	const char *found;

	if (!to || to[2] || (size_t)(to - from) > sizeof(words))
		return NULL;
	snprintf(words, sizeof(words), "%.*s", (int)(to - from - 2), from + 2);
	found = strstr(text, words);
	return found ? found + strlen(words) : NULL;
}

/*
 * What the kernel gave, out of the lab's answer. An `ok` with nothing behind it
 * says that the expectation was met.
 */
static void result_of(struct buf *b, const struct answer *a,
	const struct line *l)
{
	const char *observed = behind_observed(a->text);
	bool met = a->kind == ANSWER_OK;

	if (!met)
		buf_text(b, observed ? observed : a->text);
	else if (l->expect.kind == EXPECT_WAITS)
		buf_text(b, "waits");
	else if (a->text[0])
		buf_text(b, a->text);
	else if (l->expect.nalt == 1)
		line_print_expect(b, &l->expect);
}

void belief_observe(struct player *p, size_t block, size_t step,
	const struct answer *a)
{
	const struct page *page = player_page_now(p);

	for (size_t i = 0; i < p->records; i++) {
		struct record *r = &p->record[i];
		const struct block *b = block_of(p, r);
		struct buf result = {0};

		if (!is_here(p, r) || b->poll ||
				b->decider_block != block ||
				b->decider_step != step)
			continue;
		result_of(&result, a, &page->block[block].step[step].line);
		r->observed = true;
		r->decided_by = a->id;
		snprintf(r->observation, sizeof(r->observation), "%s",
			buf_str(&result));
		buf_done(&result);
	}
}

static void tell(const struct player *p, const struct record *r,
	struct player_prediction *out)
{
	const struct block *b = block_of(p, r);

	out->block = (int)r->block;
	out->chosen = r->chosen;
	out->first = r->first;
	out->poll = b->poll;
	out->committed = r->committed;
	out->observed = r->observed;
	out->right = r->chosen == lesson_right(b);
	out->decided_by = r->decided_by;
	memcpy(out->observation, r->observation, sizeof(out->observation));
}

static void tell_none(struct player_prediction *out)
{
	memset(out, 0, sizeof(*out));
	out->block = out->chosen = out->first = -1;
}

void player_prediction(const struct player *p, struct player_prediction *out)
{
	const struct record *shown = NULL;
	size_t block = player_at_block(p);

	tell_none(out);
	for (size_t i = 0; i < p->records; i++)
		if (is_here(p, &p->record[i]) && p->record[i].block <= block)
			shown = &p->record[i];
	if (shown)
		tell(p, shown, out);
}

bool player_committed(const struct player *p, size_t page,
	struct player_prediction *out)
{
	const struct record *last = NULL;

	tell_none(out);
	for (size_t i = 0; i < p->records; i++) {
		const struct record *r = &p->record[i];

		if (!r->asking && r->page == page &&
				(r->committed || r->remembered >= 0))
			last = r;
	}
	if (!last)
		return false;
	tell(p, last, out);
	if (!last->committed) {
		out->chosen = last->remembered;
		out->committed = true;
		out->right = out->chosen == lesson_right(block_of(p, last));
	}
	return true;
}

bool player_answered(const struct player *p, size_t i,
	struct player_answered *out)
{
	const struct record *r;
	const struct block *b;

	if (i >= p->records)
		return false;
	r = &p->record[i];
	b = block_of(p, r);
	*out = (struct player_answered){
		.lesson = r->asking ? p->question[r->asking - 1].lesson :
			p->mine,
		.page = r->page, .block = r->block, .older = r->asking > 0,
		.chosen = r->committed && (r->observed || b->poll) ?
			r->chosen : -1,
		.poll = b->poll, .right = r->chosen == lesson_right(b),
	};
	return true;
}

void player_remember(struct player *p, size_t page, size_t block, int chosen)
{
	for (size_t i = 0; i < p->records; i++) {
		struct record *r = &p->record[i];

		if (!r->asking && r->page == page && r->block == block &&
				chosen < block_of(p, r)->options)
			r->remembered = r->first = chosen;
	}
	p->changes++;
}

void player_score(const struct player *p, int *right, int *asked)
{
	*right = *asked = 0;
	for (size_t i = 0; i < p->records; i++) {
		const struct record *r = &p->record[i];
		const struct block *b = block_of(p, r);
		int chosen = r->committed ? r->chosen : r->remembered;

		if (r->asking || r->skipped || chosen < 0 || b->poll)
			continue;
		++*asked;
		*right += chosen == lesson_right(b);
	}
}

/* ---- answering ---- */

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
