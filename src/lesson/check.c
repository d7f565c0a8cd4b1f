/*
 * check: lessons and scripts, headless: each page through a player, each
 * prediction answered rightly, each expectation judged by the lab. TAP.
 */
#include "lesson/check.h"

#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/intl.h"
#include "call/link.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "lesson/transcript.h"
#include "lesson/wrap.h"
#include "scene/scene.h"

#define BUILD_TIME (10 * CLOCK_S)
#define SILENCE (120 * CLOCK_S) /* of the lab; its own deadlines are shorter */
#define TAIL_ROWS 12

struct runner {
	const struct lesson *l;
	struct link *link;
	struct scene *scene;
	struct player *player;
	FILE *tap;
	const char *silent;  /* the lab said nothing for too long, or NULL */
};

/* ---- TAP ---- */

static void print_test(struct runner *r, bool ok, int number, size_t page)
{
	struct buf title = {0};
	struct buf safe = {0};

	wrap_plain(&title, r->l->page[page].title);
	for (const char *s = buf_str(&title); *s; s++) {
		if (*s == '#' || *s == '\\')
			buf_char(&safe, '\\');
		buf_char(&safe, *s);
	}
	fprintf(r->tap, "%sok %d - %s %s %zu: %s", ok ? "" : "not ", number,
		r->l->name, r->l->language, page + 1, buf_str(&safe));
	buf_done(&title);
	buf_done(&safe);
}

static void print_trouble(struct runner *r, size_t page)
{
	struct buf tail = {0};
	size_t block, step;
	const struct step *at;

	player_trouble_at(r->player, &block, &step);
	if (r->silent) {
		fprintf(r->tap, "# %s: %s\n", r->l->file, r->silent);
	} else if (block == SIZE_MAX) {
		fprintf(r->tap, "# %s:%d: %s\n", r->l->file,
			r->l->page[page].source_line,
			player_trouble(r->player));
	} else {
		at = &r->l->page[page].block[block].step[step];
		fprintf(r->tap, "# %s:%d: %s\n# %s\n", r->l->file,
			at->source_line, at->text,
			player_trouble_why(r->player));
	}
	scene_feed(r->scene, 0);
	transcript_tail(&tail, r->scene, scene_now(r->scene), TAIL_ROWS,
		"#   ");
	fprintf(r->tap, "# %s\n%s", _("the journal's last rows:"),
		buf_str(&tail));
	buf_done(&tail);
}

/* ---- running ---- */

/* Hear one answer. False when the lab was silent for too long. */
static bool hear(struct runner *r, int64_t timeout)
{
	struct answer a;

	if (!link_wait(r->link, &a, timeout))
		return false;
	if (a.kind != ANSWER_GREW)
		player_answer(r->player, &a);
	return true;
}

/* Until the player is not busy any more, or has trouble. */
static void settle(struct runner *r)
{
	while (!r->silent && !*player_trouble(r->player) &&
			player_state(r->player) == PLAYER_BUSY)
		if (!hear(r, SILENCE))
			r->silent = _("the lab does not answer");
}

static void answer_rightly(struct runner *r, size_t page)
{
	struct player_prediction asked;

	player_prediction(r->player, &asked);
	player_choose(r->player,
		lesson_right(&r->l->page[page].block[asked.block]));
}

/* Play a page to its end. Whether all went as it says. */
static bool play(struct runner *r, size_t page)
{
	player_page(r->player, page);
	for (;;) {
		settle(r);
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

/* The take that the lab is in now: what it can do. */
static const struct scene_take *built(struct runner *r)
{
	int64_t until = clock_mono() + BUILD_TIME;
	const struct scene_take *take;

	for (;;) {
		scene_feed(r->scene, 0);
		take = scene_take(r->scene, scene_now(r->scene));
		if (take || player_ended(r->player) || clock_mono() > until)
			return take;
		hear(r, CLOCK_S / 10);
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

static void print_skip(struct runner *r, int number, size_t page,
	const char *what, const char *why)
{
	print_test(r, true, number, page);
	fprintf(r->tap, " # SKIP %s%s%s\n", what, why[0] ? ": " : "", why);
}

static void run_page(struct runner *r, size_t page, int *number,
	struct check_result *result)
{
	const struct scene_take *take = built(r);
	const char *why;
	bool ok;

	if (take && take->loopback && lesson_needs_wire(&r->l->page[page])) {
		print_skip(r, (*number)++, page, _("it needs the wire"),
			take->why);
		result->skipped++;
		return;
	}
	if (!take && !player_ended(r->player))
		r->silent = _("the lab was not built");
	ok = !r->silent && !player_ended(r->player) && play(r, page);
	why = ok ? NULL : lacks(r, page);
	if (why) {
		print_skip(r, (*number)++, page, why, "");
		result->skipped++;
		return;
	}
	print_test(r, ok, (*number)++, page);
	fputc('\n', r->tap);
	if (ok) {
		result->passed++;
		return;
	}
	print_trouble(r, page);
	result->failed++;
}

void check_run(const struct lesson *l, struct link *link,
	struct journal_view *journal, FILE *tap, int *number,
	struct check_result *result)
{
	struct runner r = {.l = l, .link = link, .tap = tap};

	r.scene = scene_new(journal);
	r.player = player_new(l, link);
	for (size_t i = 0; i < l->pages; i++)
		run_page(&r, i, number, result);
	player_free(r.player);
	scene_free(r.scene);
}
