/* hand: what is done off the script: lines by hand, taking back, rebuilding. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/mem.h"
#include "call/link.h"
#include "lesson/lesson.h"
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
	return p->flight[0].id; /* nothing else was: it went at once */
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
	if (p->l)
		p->free_play = true;
	replay_mark_play(p);
	a.text = mem_string(line);
	a.id = replay_send(p, TASK_HAND, SIZE_MAX, 0, line);
	replay_add_act(p, a);
	return a.id;
}

static bool has_hand(const struct player *p)
{
	for (size_t i = 0; i < p->acts; i++)
		if (p->act[i].kind == ACT_HAND)
			return true;
	return false;
}

/* What was seen is seen again in the replay; what was answered stays so only
 * as far as the acts say. */
static void revise_records(struct player *p)
{
	for (size_t i = 0; i < p->records; i++) {
		struct record *r = &p->record[i];
		bool kept = false;

		if (r->page != p->page)
			continue;
		for (size_t k = 0; k < p->acts; k++)
			kept = kept || (p->act[k].kind == ACT_PREDICT &&
				p->act[k].block == r->block);
		r->committed = r->committed && kept;
		r->skipped = r->skipped && kept;
		r->observed = false;
		r->observation[0] = '\0';
	}
}

bool player_take_back(struct player *p)
{
	size_t keep = p->acts;

	if (!keep)
		return false;
	p->changes++;
	do
		keep--;
	while (keep && p->act[keep].joined);
	replay_drop_acts(p, keep);
	p->free_play = p->l && has_hand(p);
	revise_records(p);
	replay_build(p);
	return true;
}

static void drop_hand_acts(struct player *p)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->acts; i++) {
		if (p->act[i].kind == ACT_HAND)
			free(p->act[i].text);
		else
			p->act[kept++] = p->act[i];
	}
	p->acts = kept;
}

void player_rebuild(struct player *p)
{
	if (!p->free_play) {
		player_page(p, p->page);
		return;
	}
	p->changes++;
	p->free_play = false;
	drop_hand_acts(p);
	revise_records(p);
	replay_build(p);
}

void player_relink(struct player *p, struct link *link)
{
	p->changes++;
	p->link = link;
	p->ended = false;
	p->play_marked = false;
	player_rebuild(p);
}
