/* goal: each line of each goal judged, and which mistake was made. */
#include "lesson/goal.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "lesson/goal_inside.h"
#include "scene/scene.h"

void goal_lane(char out[GOAL_LANE], const struct line *l)
{
	if (l->thread > 1)
		snprintf(out, GOAL_LANE, "%s/%d", l->lane, l->thread);
	else
		snprintf(out, GOAL_LANE, "%s", l->lane);
}

static void judge_line(struct judged *j, const struct deeds *d,
	const struct line *l)
{
	switch (l->kind) {
	case LINE_DID:
		goal_did(j, d, l);
		return;
	case LINE_GOT:
	case LINE_GAVE:
		goal_bytes(j, d, l);
		return;
	case LINE_SEES:
		goal_sees(j, d, l);
		return;
	case LINE_HAS:
		goal_has(j, d, l);
		return;
	case LINE_EMPTY:
	case LINE_CALL:
	case LINE_RETURNS:
	case LINE_WAITS:
	case LINE_VERB:
	case LINE_WIRE:
	case LINE_FATE:
		return; /* they ask nothing, so nothing meets them */
	}
}

static void judged_done(struct judged *j)
{
	buf_done(&j->expected);
	buf_done(&j->observed);
}

/* Whole letters of it, and … where some are left out. */
static void hand_out(char *out, size_t size, const struct buf *text)
{
	static const char dots[] = "…";
	size_t most = size - sizeof(dots), at = 0, n;
	const char *from = buf_str(text);
	int32_t point;

	if (text->len < size) {
		memcpy(out, from, text->len + 1);
		return;
	}
	while ((n = text_letter(from + at, text->len - at, &point)) + at <=
		most)
		at += n;
	memcpy(out, from, at);
	memcpy(out + at, dots, sizeof(dots));
}

/* The line that decides: the first that is broken, else the first that is not
 * met; else the last. */
static void judge_block(struct goal_result *out, const struct block *b,
	const struct deeds *d)
{
	struct judged j;

	*out = (struct goal_result){.state = GOAL_OPEN, .row = SCENE_NONE};
	for (size_t i = 0; i < b->steps; i++) {
		j = (struct judged){.row = SCENE_NONE};
		judge_line(&j, d, &b->step[i].line);
		if (i == 0 || j.state == GOAL_BROKEN ||
			out->state == GOAL_MET) {
			out->state = j.state;
			out->step = i;
			out->row = j.row;
			hand_out(out->expected, sizeof(out->expected),
				&j.expected);
			hand_out(out->observed, sizeof(out->observed),
				&j.observed);
		}
		judged_done(&j);
		if (out->state == GOAL_BROKEN)
			return;
	}
}

static bool was_made(const struct page *page, size_t mistake,
	const struct deeds *d)
{
	size_t when = lesson_when(page, mistake);
	struct goal_result r;

	if (when == SIZE_MAX || page->block[when].steps == 0)
		return false;
	judge_block(&r, &page->block[when], d);
	return r.state == GOAL_MET;
}

void goals_judge(struct goals *out, const struct page *page, struct scene *s,
	uint32_t position)
{
	struct deeds d;

	*out = (struct goals){.mistake = SIZE_MAX};
	deeds_read(&d, s, position);
	for (size_t i = 0; i < page->blocks; i++) {
		const struct block *b = page->block + i;

		if (b->kind == BLOCK_GOAL && out->goals < LESSON_GOALS) {
			struct goal_result *r = &out->goal[out->goals++];

			judge_block(r, b, &d);
			out->met += r->state == GOAL_MET;
		} else if (b->kind == BLOCK_MISTAKE &&
			out->mistake == SIZE_MAX && was_made(page, i, &d)) {
			out->mistake = i;
		}
	}
	deeds_done(&d);
}
