/* ask: older questions, before the lesson's own first page. */
#include <stdlib.h>

#include "base/mem.h"
#include "lesson/replay.h"

void player_ask_first(struct player *p, const struct player_question *q,
	size_t n)
{
	free(p->question);
	p->question = mem_zero((n + 1) * sizeof(*q));
	p->questions = n;
	for (size_t i = 0; i < n; i++) {
		p->question[i] = q[i];
		belief_add_page(p, i + 1, q[i].lesson, q[i].page);
	}
}

size_t player_asking(const struct player *p)
{
	return p->asking;
}

size_t player_first_page(const struct player *p)
{
	return p->first_page;
}

const struct player_question *ask_now(const struct player *p)
{
	return p->asking ? &p->question[p->asking - 1] : NULL;
}

bool ask_observed(const struct player *p)
{
	const struct player_question *q = ask_now(p);

	return q && belief_record(p, q->block)->observed;
}

void ask_lead_up(struct player *p)
{
	const struct player_question *q = ask_now(p);
	const struct page *page = player_page_now(p);

	for (size_t i = 0; q && i < q->block; i++) {
		const struct block *b = &page->block[i];

		if (b->kind == BLOCK_PREDICTION) {
			belief_record(p, i)->skipped = true;
			replay_add_act(p, (struct act){
				.kind = ACT_PREDICT, .block = i,
			});
		}
		for (size_t k = 0; b->kind == BLOCK_STEPS && k < b->steps; k++)
			replay_add_act(p, (struct act){
				.kind = ACT_STEP, .block = i, .step = k,
			});
	}
	p->given_acts = p->acts;
}

void ask_question(struct player *p, size_t number)
{
	while (number <= p->questions && wire_lacks(p,
			&p->question[number - 1].lesson->page[
			p->question[number - 1].page]))
		number++;
	if (number > p->questions) {
		player_page(p, p->first_page);
		return;
	}
	p->asking = number;
	p->l = ask_now(p)->lesson;
	player_turn(p, ask_now(p)->page);
}

bool ask_spoilt(struct player *p)
{
	if (!p->asking || !p->setting_up || p->acts > p->given_acts)
		return false;
	ask_question(p, p->asking + 1);
	return true;
}
