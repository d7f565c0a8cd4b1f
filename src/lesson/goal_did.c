/* goal_did: goals about calls: how many there were that are so. */
#include <string.h>

#include "base/intl.h"
#include "lesson/goal_inside.h"
#include "scene/scene.h"

/* A follower comes: it is that of all that had none. */
static void follow(struct count *c, const struct deeds *d,
	const struct deed *e, const struct call_pattern *then)
{
	if (deed_matches(d, e, then)) {
		c->whole += c->alone;
		c->match = e->call;
	} else {
		c->lonely = c->last_alone;
		c->after = e->call;
	}
	c->alone = 0;
}

static void add(struct count *c, const struct deeds *d, const struct deed *e,
	const struct call_did *did)
{
	if (c->alone && deed_is_on(d, e, &did->then))
		follow(c, d, e, &did->then);
	if (e->row != did->first.row)
		return;
	if (deed_is_new(d, e))
		c->named = e->call;
	if (deed_is_new(d, e) && deed_is_call(d, e, &did->first))
		c->near = e->call;
	if (!deed_matches(d, e, &did->first))
		return;
	if (did->then.row) {
		c->alone++;
		c->last_alone = e->call;
	} else {
		c->whole++;
		c->match = e->call;
	}
}

void did_settled(struct account *a, const struct deeds *d,
	const struct deed *e)
{
	if ((e->row == a->line->did->first.row ||
			e->row == a->line->did->then.row) &&
			!strcmp(deed_lane(d, e), a->lane))
		add(&a->count, d, e, a->line->did);
}

/* As it stands now. */
static struct count count_all(const struct deeds *d, const struct account *a)
{
	struct account now = *a;

	for (size_t i = 0; i < d->pendings; i++)
		did_settled(&now, d, &d->pending[i]);
	if (now.count.alone) {
		now.count.lonely = now.count.last_alone;
		now.count.after = SCENE_NONE;
	}
	return now.count;
}

static void say_expected(struct buf *b, const struct line *l, const char *lane)
{
	struct buf call = {0}, then = {0}, often = {0};

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
	struct deed e;

	deed_read(&e, d, c->lonely);
	deed_print(&first, &e);
	deed_done(&e);
	if (c->after != SCENE_NONE) {
		deed_read(&e, d, c->after);
		deed_print(&after, &e);
		deed_print_end(&end, d, &e);
		deed_done(&e);
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
	const struct count *c, const struct account *a)
{
	if (c->whole) {
		words_times(b, c->whole);
		buf_text(b, "; ");
		deed_print_last(b, d, c->match);
	} else if (c->lonely != SCENE_NONE) {
		say_lonely(b, d, c, a->line->did);
	} else if (c->named != SCENE_NONE) {
		buf_text(b, _("not so yet"));
		buf_text(b, "; ");
		deed_print_last(b, d, c->near != SCENE_NONE ? c->near :
			c->named);
	} else {
		buf_printf(b, _("no %s on %s yet"),
			a->line->did->first.row->name, a->lane);
	}
}

/* The call to show: SCENE_NONE when there is none. */
static uint32_t shown(const struct count *c)
{
	const uint32_t one[] = {c->whole ? c->match : SCENE_NONE, c->after,
		c->lonely, c->near};

	for (size_t i = 0; i < sizeof(one) / sizeof(*one); i++)
		if (one[i] != SCENE_NONE)
			return one[i];
	return c->named;
}

/* A wait may be over later: too many of them now are not too many for ever. */
static bool is_for_now(const struct call_did *did)
{
	return did->first.expect.kind == EXPECT_WAITS ||
		(did->then.row && did->then.expect.kind == EXPECT_WAITS);
}

void goal_did(struct judged *j, const struct deeds *d,
	const struct account *a)
{
	const struct line *l = a->line;
	struct count c = count_all(d, a);

	j->lacks = c.whole < l->least;
	if (j->lacks)
		j->state = GOAL_OPEN;
	else if (l->most >= 0 && c.whole > l->most)
		j->state = is_for_now(l->did) ? GOAL_OPEN : GOAL_BROKEN;
	else
		j->state = GOAL_MET;
	say_expected(&j->expected, l, a->lane);
	say_observed(&j->observed, d, &c, a);
	if (shown(&c) != SCENE_NONE)
		j->row = deed_row(d, shown(&c));
}
