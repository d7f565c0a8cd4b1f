/*
 * check: lessons and scripts, headless: each page through a player, each
 * prediction answered rightly, each expectation judged by the lab, each
 * exercise proved. TAP.
 */
#include "lesson/check.h"

#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "lesson/check_inside.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "scene/scene.h"

static void answer_rightly(struct runner *r, size_t page)
{
	struct player_prediction asked;

	player_prediction(r->player, &asked);
	player_choose(r->player,
		lesson_right(&r->l->page[page].block[asked.block]));
}

/* Play a page to its end, or to its task. Whether all went as it says. */
static bool play(struct runner *r, size_t page)
{
	player_page(r->player, page);
	for (;;) {
		check_settle(r, true);
		if (r->silent || *player_trouble(r->player))
			return false;
		switch (player_state(r->player)) {
		case PLAYER_LOCKED:
			answer_rightly(r, page);
			break;
		case PLAYER_READY:
			if (!player_next(r->player))
				return false;
			break;
		case PLAYER_BUSY:
			break;
		case PLAYER_TASK:
		case PLAYER_TURN:
		case PLAYER_END:
			return true;
		}
	}
}

/* What the machine lacks of that which the page needs (`lab: needs`), or NULL:
 * that is no mistake of the page. */
static const char *lacks(struct runner *r, size_t page)
{
	static const char needs[] = "lab: needs ";
	size_t block, step;

	if (r->silent || !*player_trouble(r->player))
		return NULL;
	player_trouble_at(r->player, &block, &step);
	if (block == SIZE_MAX || strncmp(
			r->l->page[page].block[block].step[step].text, needs,
			sizeof(needs) - 1))
		return NULL;
	return player_trouble_why(r->player);
}

static void run_page(struct runner *r, size_t page)
{
	const struct scene_take *take = check_built(r);
	const char *why;
	bool ok;

	if (take && take->loopback && lesson_needs_wire(&r->l->page[page])) {
		check_print(r, true, page, NULL);
		check_skipped(r, _("it needs the wire"), take->why);
		return;
	}
	if (!take && !player_ended(r->player))
		r->silent = _("the lab was not built");
	ok = !r->silent && !player_ended(r->player) && play(r, page);
	why = ok ? NULL : lacks(r, page);
	check_print(r, ok || why, page, NULL);
	if (why) {
		check_skipped(r, why, "");
	} else if (!ok) {
		check_failed(r);
		check_print_trouble(r, page);
		check_print_tail(r);
	} else {
		check_passed(r);
		if (lesson_is_exercise(&r->l->page[page]))
			check_exercise(r, page);
	}
}

/* The pages that are different in this round from those before. */
static void run_round(struct runner *r)
{
	r->player = player_new(r->l, r->link);
	for (size_t i = 0; i < r->l->pages; i++)
		if (r->l->round < r->l->page[i].rounds)
			run_page(r, i);
	player_free(r->player);
}

/* The lesson in another round: from its file. */
static void run_other_round(struct runner *r, const struct lesson *l, int round)
{
	struct diag d = {0};
	struct lesson *other;
	char why[4500];

	if (lesson_load_round(&other, l->file, l->language, round, &d)) {
		diag_print(&d, why, sizeof(why));
		fprintf(r->tap, "not ok %d - %s %s\n# %s\n", (*r->number)++,
			l->name, l->language, why);
		r->result->failed++;
		return;
	}
	r->l = other;
	run_round(r);
	lesson_free(other);
}

void check_run(const struct lesson *l, struct link *link,
	struct journal_view *journal, FILE *tap, int *number,
	struct check_result *result)
{
	struct runner r = {.l = l, .link = link, .tap = tap, .number = number,
		.result = result};

	r.scene = scene_new(journal);
	run_round(&r);
	for (int round = 1; round < l->rounds && !r.silent; round++)
		run_other_round(&r, l, round);
	scene_free(r.scene);
}
