/* hand: what is done off the script: lines by hand, taking back, rebuilding. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/mem.h"
#include "call/link.h"
#include "lesson/replay.h"
#include "lesson/same.h"
#include "lesson/typed.h"

/* Whether a line is the step that Space would run now. */
static bool is_next_step(const struct player *p, const char *line)
{
	const struct step *s = p->l && player_block(p) ? player_step(p) : NULL;
	const struct record *r = belief_asked(p);
	struct buf mine = {0}, theirs = {0};
	struct diag d = {0};
	struct line l;
	bool same;

	if (!s || (r && r->chosen < 0))
		return false;
	if (s->many) {
		typed_without_expect(&mine, line);
		typed_without_expect(&theirs, s->text);
		same = !strcmp(buf_str(&mine), buf_str(&theirs));
		buf_done(&mine);
		buf_done(&theirs);
		return same;
	}
	same = !line_parse(&l, line, strlen(line), NULL, &d, NULL) &&
		line_same(&l, &s->line);
	line_done(&l);
	return same;
}

bool player_expects(const struct player *p, const char *line)
{
	return !p->flights && !p->setting_up && !p->ended &&
		is_next_step(p, line);
}

static uint64_t act_step(struct player *p)
{
	bool joined = false;

	if (belief_asked(p)) {
		belief_commit(p);
		joined = true;
	}
	replay_step(p, joined);
	return p->flight[0].id; /* its own, or of what it has to wait for */
}

uint64_t player_act(struct player *p, const char *line)
{
	struct act a = {.kind = ACT_HAND};

	if (p->setting_up || p->ended)
		return 0;
	p->changes++;
	p->trouble[0] = '\0';
	if (!p->flights && is_next_step(p, line))
		return act_step(p);
	p->free_play = p->l && !exercise_is(p);
	replay_mark_play(p);
	a.text = mem_string(line);
	a.id = replay_send(p, FLIGHT_HAND, SIZE_MAX, 0, line)->id;
	replay_add_act(p, a);
	return a.id;
}

/* Whether an act is one of the page's script. */
static bool is_script(const struct player *p, const struct act *a)
{
	switch (a->kind) {
	case ACT_STEP:
		return player_page_now(p)->block[a->block].kind == BLOCK_STEPS;
	case ACT_PREDICT:
		return true;
	case ACT_HAND:
		return false;
	}
	return false;
}

static bool has_hand(const struct player *p)
{
	for (size_t i = 0; i < p->acts; i++)
		if (p->act[i].kind == ACT_HAND)
			return true;
	return false;
}

void hand_build(struct player *p)
{
	p->free_play = p->l && !exercise_is(p) && has_hand(p);
	belief_keep(p);
	replay_build(p);
}

bool player_take_back(struct player *p)
{
	size_t keep = p->acts;

	if (keep <= p->given_acts)
		return false;
	p->changes++;
	do
		keep--;
	while (keep > p->given_acts && p->act[keep].joined);
	replay_drop_acts(p, keep);
	p->ran = false;
	hand_build(p);
	return true;
}

bool hand_drop(struct player *p)
{
	bool dropped = p->solving;

	for (size_t i = p->acts; i > 0; i--)
		if (!is_script(p, &p->act[i - 1])) {
			replay_remove_act(p, i - 1);
			dropped = true;
		}
	p->solving = p->ran = false;
	return dropped;
}

void player_rebuild(struct player *p)
{
	p->changes++;
	if (hand_drop(p))
		hand_build(p);
	else
		player_begin(p);
}

void player_relink(struct player *p, struct link *link)
{
	p->changes++;
	p->link = link;
	p->ended = false;
	p->play_marked = false;
	player_rebuild(p);
}
