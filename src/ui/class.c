/* class: see class.h. */
#include "ui/class.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "lesson/player.h"

#define VOTES_MOST 9999 /* a large room */

void class_done(struct class *c)
{
	free(c->question);
	c->question = NULL;
	c->questions = c->room = 0;
}

const struct class_question *class_asked(const struct class *c)
{
	return c->asking ? &c->question[c->at] : NULL;
}

static size_t find(const struct class *c, size_t page, size_t block)
{
	size_t i = 0;

	while (i < c->questions && (c->question[i].page != page ||
			c->question[i].block != block))
		i++;
	return i;
}

const struct class_question *class_question(const struct class *c, size_t page,
	size_t block)
{
	size_t i = find(c, page, block);

	return i < c->questions ? &c->question[i] : NULL;
}

/* ---- phases ---- */

static void begin(struct class *c, size_t at, enum class_phase phase)
{
	if (c->asking && c->at == at)
		return;
	c->at = at;
	c->phase = phase;
	c->asking = true;
	c->told = 0;
	c->changes++;
}

static void ask(struct class *c, const struct player *p)
{
	struct player_prediction asked;
	size_t at;

	player_prediction(p, &asked);
	at = find(c, player_at_page(p), (size_t)asked.block);
	if (at == c->questions) { /* else the page again: votes stay */
		c->question = mem_grow(c->question, &c->room, at + 1,
			sizeof *c->question);
		c->question[c->questions++] = (struct class_question){
			.page = player_at_page(p),
			.block = (size_t)asked.block,
			.poll = asked.poll,
		};
	}
	c->asked_again = false;
	begin(c, at, CLASS_ASKS);
}

void class_follow(struct class *c, const struct player *p)
{
	enum player_state state = player_state(p);

	if (!c->on)
		return;
	if (state == PLAYER_LOCKED) {
		ask(c, p);
	} else if (state == PLAYER_END && !c->asked_again &&
			c->questions > 0 && c->question[0].poll) {
		begin(c, 0, CLASS_AGAIN);
	} else if (c->asking) {
		c->asking = false;
		c->changes++;
	}
}

bool class_next(struct class *c)
{
	c->changes++;
	switch (c->phase) {
	case CLASS_ASKS:
		c->phase = CLASS_VOTES;
		return true;
	case CLASS_VOTES:
		if (c->question[c->at].poll)
			return false;
		c->phase = CLASS_DISCUSSES;
		return true;
	case CLASS_DISCUSSES:
		return false;
	case CLASS_AGAIN:
		c->asking = false;
		c->asked_again = true;
		return true;
	}
	return false;
}

const char *class_next_name(const struct class *c)
{
	switch (c->phase) {
	case CLASS_ASKS:
		return N_("vote");
	case CLASS_VOTES:
		return c->question[c->at].poll ? N_("begin") :
			N_("discuss, and vote again");
	case CLASS_DISCUSSES:
		return N_("let the kernel answer");
	case CLASS_AGAIN:
		return N_("what it comes to");
	}
	return "";
}

const char *class_says(const struct class *c)
{
	switch (c->phase) {
	case CLASS_ASKS:
		return N_("What do you think?");
	case CLASS_VOTES:
		return c->question[c->at].poll ?
			N_("Vote: everybody, and everybody alone. The last "
			"page asks again.") :
			N_("Vote: everybody, and everybody alone.");
	case CLASS_DISCUSSES:
		return N_("Find a neighbour who voted otherwise; convince "
			"them. Then vote again.");
	case CLASS_AGAIN:
		return N_("And what do you think now? Vote again.");
	}
	return "";
}

/* ---- votes ---- */

static int wrong(struct diag *d, const char *text, const char *at)
{
	return diag_set(d, (int)(at - text) + 1, _("votes are typed like this: "
		"a 12 b 3 c 9"));
}

int class_vote(struct class *c, const char *text, int options, struct diag *d)
{
	struct class_question *q = &c->question[c->at];
	int after = c->phase == CLASS_DISCUSSES || c->phase == CLASS_AGAIN;
	int votes[LESSON_OPTIONS] = { 0 };
	const char *s = text;
	bool any = false;

	for (int i = 0;; i++) {
		const char *option;
		long n;
		char *end;

		s += strspn(s, " ,;:=\t");
		option = s;
		if (*s == '\0')
			break;
		if (isalpha((unsigned char)*s)) {
			i = tolower((unsigned char)*s++) - 'a';
			s += strspn(s, " :=\t");
		}
		if (i < 0 || i >= options)
			return wrong(d, text, option);
		if (!isdigit((unsigned char)*s))
			return wrong(d, text, s);
		n = strtol(s, &end, 10);
		if (n > VOTES_MOST)
			return wrong(d, text, s);
		votes[i] = (int)n;
		any = true;
		s = end;
	}
	if (!any)
		return wrong(d, text, s);
	memcpy(q->votes[after], votes, sizeof votes);
	q->taken[after] = true;
	if (c->phase == CLASS_ASKS)
		c->phase = CLASS_VOTES;
	c->changes++;
	return 0;
}

int class_most(const struct class_question *q, int after)
{
	int most = 0;

	if (!q->taken[after])
		return -1;
	for (int i = 1; i < LESSON_OPTIONS; i++)
		if (q->votes[after][i] > q->votes[after][most])
			most = i;
	return q->votes[after][most] > 0 ? most : -1;
}

int class_sum(const struct class_question *q, int after)
{
	int sum = 0;

	for (int i = 0; i < LESSON_OPTIONS; i++)
		sum += q->votes[after][i];
	return sum;
}

int class_greatest(const struct class_question *q)
{
	int greatest = 0;

	for (int round = 0; round < 2; round++)
		for (int i = 0; i < LESSON_OPTIONS; i++)
			if (q->taken[round] && q->votes[round][i] > greatest)
				greatest = q->votes[round][i];
	return greatest;
}
