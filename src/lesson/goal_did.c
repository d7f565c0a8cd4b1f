/* goal_did: goals about calls: how many there were that are so. */
#include <string.h>

#include "base/intl.h"
#include "lesson/goal_inside.h"
#include "scene/scene.h"

struct count {
	int64_t whole;             /* calls that match, with what must follow */
	int64_t first;             /* that match but for what must follow */
	const struct deed *match;  /* the last that matches */
	const struct deed *named;  /* the last of that name since the setup … */
	const struct deed *near;   /* … and of those arguments, too */
	const struct deed *lonely; /* the last with another follower … */
	const struct deed *after;  /* … which is this one, or NULL */
};

/* The lane's next call of a row behind deed i; NULL. */
static const struct deed *next_of(const struct deeds *d, size_t i,
	const struct call_row *row)
{
	for (size_t k = i + 1; k < d->n; k++)
		if (d->deed[k].row == row && !strcmp(deed_lane(d, d->deed + i),
			deed_lane(d, d->deed + k)))
			return d->deed + k;
	return NULL;
}

static void count_calls(struct count *c, const struct deeds *d,
	const struct line *l)
{
	const struct call_did *did = l->did;
	char lane[GOAL_LANE];

	*c = (struct count){0};
	goal_lane(lane, l);
	for (size_t i = 0; i < d->n; i++) {
		const struct deed *e = d->deed + i, *next;

		if (e->row != did->first.row || strcmp(deed_lane(d, e), lane))
			continue;
		if (deed_is_new(d, e))
			c->named = e;
		if (deed_is_new(d, e) && deed_is_call(d, e, &did->first))
			c->near = e;
		if (!deed_matches(d, e, &did->first))
			continue;
		c->first++;
		next = did->then.row ? next_of(d, i, did->then.row) : NULL;
		if (did->then.row && !(next && deed_matches(d, next,
			&did->then))) {
			c->lonely = e;
			c->after = next;
			continue;
		}
		c->whole++;
		c->match = next ? next : e;
	}
}

static void say_expected(struct buf *b, const struct line *l)
{
	struct buf call = {0}, then = {0}, often = {0};
	char lane[GOAL_LANE];

	goal_lane(lane, l);
	did_tell(&call, &l->did->first);
	words_range(&often, l->least, l->most);
	if (l->did->then.row) {
		did_tell(&then, &l->did->then);
		buf_printf(b, _("%s on %s, and then %s: %s"), buf_str(&call),
			lane, buf_str(&then), buf_str(&often));
	} else {
		buf_printf(b, _("%s on %s: %s"), buf_str(&call), lane,
			buf_str(&often));
	}
	buf_done(&call);
	buf_done(&then);
	buf_done(&often);
}

static void say_lonely(struct buf *b, const struct deeds *d,
	const struct count *c, const struct call_did *did)
{
	struct buf first = {0}, after = {0}, end = {0};

	deed_print(&first, c->lonely);
	if (c->after) {
		deed_print(&after, c->after);
		deed_print_end(&end, d, c->after);
		buf_printf(b, _("behind %s came %s, which %s"),
			buf_str(&first), buf_str(&after), buf_str(&end));
	} else {
		buf_printf(b, _("%s, and no %s behind it"), buf_str(&first),
			did->then.row->name);
	}
	buf_done(&first);
	buf_done(&after);
	buf_done(&end);
}

static void say_observed(struct buf *b, const struct deeds *d,
	const struct count *c, const struct line *l)
{
	char lane[GOAL_LANE];

	goal_lane(lane, l);
	if (c->whole) {
		words_times(b, c->whole);
		buf_text(b, "; ");
		deed_print_last(b, d, c->match);
	} else if (c->lonely) {
		say_lonely(b, d, c, l->did);
	} else if (c->named) {
		buf_text(b, _("not so yet"));
		buf_text(b, "; ");
		deed_print_last(b, d, c->near ? c->near : c->named);
	} else {
		buf_printf(b, _("no %s on %s yet"), l->did->first.row->name,
			lane);
	}
}

/* A wait may be over later: too many of them now are not too many for ever. */
static bool is_for_now(const struct call_did *did)
{
	return did->first.expect.kind == EXPECT_WAITS ||
		(did->then.row && did->then.expect.kind == EXPECT_WAITS);
}

void goal_did(struct judged *j, const struct deeds *d, const struct line *l)
{
	const struct deed *shown;
	struct count c;

	count_calls(&c, d, l);
	if (c.whole < l->least)
		j->state = GOAL_OPEN;
	else if (l->most >= 0 && c.whole > l->most)
		j->state = is_for_now(l->did) ? GOAL_OPEN : GOAL_BROKEN;
	else
		j->state = GOAL_MET;
	say_expected(&j->expected, l);
	say_observed(&j->observed, d, &c, l);
	shown = c.whole ? c.match : c.after ? c.after : c.lonely ? c.lonely :
		c.near ? c.near : c.named;
	if (shown)
		j->row = deed_row(d, shown);
}
