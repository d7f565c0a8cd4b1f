/* check_lab: hearing the lab, and the lines of TAP (lesson/check_inside.h). */
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/intl.h"
#include "call/link.h"
#include "lesson/check_inside.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "lesson/still.h"
#include "lesson/transcript.h"
#include "lesson/wrap.h"
#include "scene/scene.h"

#define BUILD_TIME (10 * CLOCK_S)
#define SILENCE (120 * CLOCK_S) /* of the lab; its own deadlines are shorter */
#define TAIL_ROWS 12

/* ---- the lab ---- */

bool check_hear(struct runner *r, int64_t timeout)
{
	struct answer a;

	if (!link_wait(r->link, &a, timeout))
		return false;
	if (a.kind != ANSWER_GREW)
		player_answer(r->player, &a);
	return true;
}

void check_settle(struct runner *r, bool to_trouble)
{
	while (!r->silent && player_state(r->player) == PLAYER_BUSY &&
			!(to_trouble && *player_trouble(r->player)))
		if (!check_hear(r, SILENCE))
			r->silent = _("the lab does not answer");
}

/* "+" is told again only when there is more than was read: what comes between
 * the last reading and the wait is not missed. */
bool check_still(struct runner *r, int64_t timeout)
{
	int64_t until = clock_mono() + timeout;

	for (;;) {
		int64_t left = until - clock_mono();

		scene_feed(r->scene, 0);
		if (still_now(r->scene))
			return true;
		if (left <= 0 || player_ended(r->player))
			return false;
		check_hear(r, left < CLOCK_S / 10 ? left : CLOCK_S / 10);
	}
}

const struct scene_take *check_built(struct runner *r)
{
	int64_t until = clock_mono() + BUILD_TIME;
	const struct scene_take *take;

	for (;;) {
		scene_feed(r->scene, 0);
		take = scene_take(r->scene, scene_now(r->scene));
		if (take || player_ended(r->player) || clock_mono() > until)
			return take;
		check_hear(r, CLOCK_S / 10);
	}
}

/* ---- TAP ---- */

void check_print(struct runner *r, bool ok, size_t page, const char *what)
{
	struct buf title = {0};
	struct buf safe = {0};

	wrap_plain(&title, r->l->page[page].title);
	for (const char *s = buf_str(&title); *s; s++) {
		if (*s == '#' || *s == '\\')
			buf_char(&safe, '\\');
		buf_char(&safe, *s);
	}
	if (r->l->page[page].rounds > 1)
		buf_printf(&safe, _(" (round %d)"), r->l->round + 1);
	fprintf(r->tap, "%sok %d - %s %s %zu: %s", ok ? "" : "not ",
		(*r->number)++, r->l->name, r->l->language, page + 1,
		buf_str(&safe));
	if (what)
		fprintf(r->tap, ": %s", what);
	buf_done(&title);
	buf_done(&safe);
}

void check_passed(struct runner *r)
{
	fputc('\n', r->tap);
	r->result->passed++;
}

void check_failed(struct runner *r)
{
	fputc('\n', r->tap);
	r->result->failed++;
}

void check_skipped(struct runner *r, const char *what, const char *why)
{
	fprintf(r->tap, " # SKIP %s%s%s\n", what, why[0] ? ": " : "", why);
	r->result->skipped++;
}

void check_print_tail(struct runner *r)
{
	struct buf tail = {0};

	scene_feed(r->scene, 0);
	transcript_tail(&tail, r->scene, scene_now(r->scene), TAIL_ROWS,
		"#   ");
	fprintf(r->tap, "# %s\n%s", _("the journal's last rows:"),
		buf_str(&tail));
	buf_done(&tail);
}

void check_print_trouble(struct runner *r, size_t page)
{
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
}
