/* next: what Space does, and the words that say so. */
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "lesson/replay.h"
#include "lesson/typed.h"

static void turn(struct player *p)
{
	if (p->asking)
		ask_question(p, p->asking + 1);
	else
		player_page(p, p->page + 1);
}

bool player_next(struct player *p)
{
	const struct block *b = player_block(p);
	enum player_state state = player_state(p);
	bool joined = false;

	p->changes++;
	if (!p->l)
		return false;
	if (state == PLAYER_TURN) {
		turn(p);
		return true;
	}
	if (state == PLAYER_TASK || (state == PLAYER_READY && !b))
		return exercise_next(p);
	if (state != PLAYER_READY)
		return false;
	p->trouble[0] = '\0';
	if (belief_asked(p)) {
		belief_commit(p);
		joined = true;
		b = player_block(p);
	}
	if (b && (b->kind == BLOCK_STEPS || b->kind == BLOCK_SOLUTION))
		replay_step(p, joined);
	else
		replay_pump(p);
	return true;
}

static bool has_steps(const struct player *p, const struct block *b)
{
	return b->kind == BLOCK_STEPS ||
		(b->kind == BLOCK_SOLUTION && p->solving);
}

const struct step *player_step(const struct player *p)
{
	const struct page *page = player_page_now(p);
	const struct block *b = player_block(p);

	if (b && has_steps(p, b))
		return &b->step[p->step];
	for (size_t i = p->block + 1; i < page->blocks; i++) {
		if (page->block[i].kind == BLOCK_PREDICTION)
			return NULL;
		if (has_steps(p, &page->block[i]))
			return &page->block[i].step[0];
	}
	return NULL;
}

static void print_run(struct buf *b, const struct step *s)
{
	struct line l = s->line; /* borrowed but for what is expected, which
				    would give the answer away */
	char nothing[] = "";
	bool told = l.kind == LINE_RETURNS ||
		(l.kind == LINE_VERB && replay_looks(&l));
	struct buf text = {0};

	memset(&l.expect, 0, sizeof(l.expect));
	if (told)
		l.rest = nothing;
	if (s->many)
		typed_without_expect(&text, s->text);
	else
		line_print(&text, &l);
	buf_printf(b, told ? _("see “%s”") : _("run “%s”"), buf_str(&text));
	buf_done(&text);
}

static void print_ready(const struct player *p, struct buf *b)
{
	const struct step *s = player_step(p);

	if (s)
		print_run(b, s);
	else if (!player_block(p))
		buf_text(b, _("now without it"));
	else
		buf_text(b, _("go on"));
}

static void print_task(const struct player *p, struct buf *b)
{
	if (p->in_class)
		buf_text(b, _("the solution"));
	else if (p->lines && !p->ran)
		buf_text(b, _("run the lines in this order"));
	else
		buf_text(b, _("what is missing?"));
}

static void print_turn(const struct player *p, struct buf *b)
{
	if (p->asking && p->asking < p->questions)
		buf_printf(b, _("question %zu of %zu"), p->asking + 1,
			p->questions);
	else
		buf_printf(b, _("turn to page %zu"),
			(p->asking ? p->first_page : p->page + 1) + 1);
}

void player_next_text(const struct player *p, struct buf *b)
{
	if (!p->l)
		return;
	switch (player_state(p)) {
	case PLAYER_BUSY:
		buf_text(b, p->ended ? _("the lab ended") : _("running"));
		return;
	case PLAYER_LOCKED:
		buf_text(b, _("answer first:"));
		for (int i = 0; i < player_block(p)->options; i++)
			buf_printf(b, " %c", 'a' + i);
		return;
	case PLAYER_READY:
		print_ready(p, b);
		return;
	case PLAYER_TASK:
		print_task(p, b);
		return;
	case PLAYER_TURN:
		print_turn(p, b);
		return;
	case PLAYER_END:
		buf_text(b, _("the end"));
		return;
	}
}
