/* belief: the predictions of a player: what was chosen, what came of it. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "call/link.h"
#include "lesson/lesson.h"
#include "lesson/replay.h"

struct record *belief_record(const struct player *p, size_t block)
{
	for (size_t i = 0; i < p->records; i++)
		if (p->record[i].page == p->page &&
				p->record[i].block == block)
			return &p->record[i];
	return NULL;
}

struct record *belief_asked(const struct player *p)
{
	if (!p->l || p->block >= p->l->page[p->page].blocks)
		return NULL;
	return belief_record(p, p->block);
}

static const struct block *block_of(const struct player *p,
	const struct record *r)
{
	return &p->l->page[r->page].block[r->block];
}

void belief_forget(struct player *p)
{
	for (size_t i = 0; i < p->records; i++) {
		struct record *r = &p->record[i];

		if (r->page != p->page)
			continue;
		r->chosen = -1;
		r->committed = r->skipped = r->observed = false;
		r->observation[0] = '\0';
	}
}

void belief_commit(struct player *p)
{
	struct record *r = belief_asked(p);
	struct buf b = {0};

	r->committed = true;
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
 * says that the expectation was met. Who waits, and in which call, is said as
 * the journal says it.
 */
static void result_of(struct buf *b, const struct answer *a,
	const struct line *l)
{
	const char *observed = behind_observed(a->text);
	bool met = a->kind == ANSWER_OK;

	if (!met)
		buf_text(b, observed ? observed : a->text);
	else if (l->expect.kind == EXPECT_WAITS)
		buf_printf(b, "%s: %s waits", l->lane, l->row->name);
	else if (a->text[0])
		buf_text(b, a->text);
	else if (l->expect.nalt == 1)
		line_print_expect(b, &l->expect);
}

void belief_observe(struct player *p, size_t block, size_t step,
	const struct answer *a)
{
	const struct page *page = &p->l->page[p->page];

	for (size_t i = 0; i < p->records; i++) {
		struct record *r = &p->record[i];
		const struct block *b = block_of(p, r);
		struct buf result = {0};

		if (r->page != p->page || b->poll ||
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
	out->poll = b->poll;
	out->committed = r->committed;
	out->observed = r->observed;
	out->right = r->chosen == lesson_right(b);
	out->decided_by = r->decided_by;
	memcpy(out->observation, r->observation, sizeof(out->observation));
}

void player_prediction(const struct player *p, struct player_prediction *out)
{
	const struct record *shown = NULL;

	memset(out, 0, sizeof(*out));
	out->block = out->chosen = -1;
	for (size_t i = 0; i < p->records; i++)
		if (p->record[i].page == p->page &&
				p->record[i].block <= p->block)
			shown = &p->record[i];
	if (shown)
		tell(p, shown, out);
}

bool player_committed(const struct player *p, size_t page,
	struct player_prediction *out)
{
	const struct record *last = NULL;

	memset(out, 0, sizeof(*out));
	out->block = out->chosen = -1;
	for (size_t i = 0; i < p->records; i++)
		if (p->record[i].page == page && p->record[i].committed)
			last = &p->record[i];
	if (last)
		tell(p, last, out);
	return last != NULL;
}

void player_score(const struct player *p, int *right, int *asked)
{
	*right = *asked = 0;
	for (size_t i = 0; i < p->records; i++) {
		const struct record *r = &p->record[i];
		const struct block *b = block_of(p, r);

		if (!r->committed || b->poll)
			continue;
		++*asked;
		*right += r->chosen == lesson_right(b);
	}
}
