/* deeds_match: a call beside a pattern, and in words. */
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "lesson/deeds.h"
#include "lesson/goal_inside.h"
#include "scene/scene.h"

/* ---- arguments ---- */

/* Two numbers of a process stand for one socket: copies that dup made. */
static bool same_socket(const struct deeds *d, const struct deed *e,
	const struct value *a, const struct value *b)
{
	uint32_t at = deed_call(d, e)->entered, one;

	if (a->kind != VALUE_NUMBER || b->kind != VALUE_NUMBER)
		return false;
	one = scene_socket_of(d->scene, e->actor, (int)a->number, at);
	return one != SCENE_NONE && one == scene_socket_of(d->scene, e->actor,
		(int)b->number, at);
}

static bool matches_argument(const struct deeds *d, const struct deed *e,
	int i, const struct value *wanted)
{
	struct value is = {0}, expected = {0};
	bool same;

	if (wanted->kind == VALUE_ANY)
		return true;
	deed_argument(d, e, i, &is);
	deeds_resolve(d, e->actor, deed_call(d, e)->entered, &is, wanted);
	value_copy(&expected, wanted);
	deeds_resolve(d, e->actor, deed_call(d, e)->entered, &expected, &is);
	same = value_matches(&expected, &is) ||
		(e->row->param[i].kind == PARAM_FD &&
		same_socket(d, e, &expected, &is));
	value_done(&is);
	value_done(&expected);
	return same;
}

/* ---- results ---- */

static bool matches_value(const struct deeds *d, const struct deed *e,
	const struct value *wanted)
{
	uint32_t at = deed_call(d, e)->returned + 1;
	struct value is = {0}, expected = {0};
	bool same;

	value_copy(&is, &e->result);
	deeds_resolve(d, e->actor, at, &is, wanted);
	value_copy(&expected, wanted);
	deeds_resolve(d, e->actor, at, &expected, &is);
	same = value_matches(&expected, &is);
	value_done(&is);
	value_done(&expected);
	return same;
}

static bool matches_span(const struct deeds *d, const struct deed *e,
	const struct expect *x)
{
	int64_t took;

	if (!x->after && !x->within)
		return true;
	took = scene_call_time(d->scene, e->call, true) -
		scene_call_time(d->scene, e->call, false);
	return took >= x->after && (!x->within || took <= x->within);
}

static bool matches_result(const struct deeds *d, const struct deed *e,
	const struct expect *x)
{
	const struct scene_call *c = deed_call(d, e);

	switch (x->kind) {
	case EXPECT_NOTHING:
		return c->entered >= d->begin;
	case EXPECT_WAITS:
		return deed_waits(d, e);
	case EXPECT_ASK:
		return false;
	case EXPECT_ANY_OF:
		break;
	}
	if (!deed_returned(d, e) || c->returned < d->begin ||
		!matches_span(d, e, x))
		return false;
	for (int i = 0; i < x->nalt; i++)
		if (matches_value(d, e, &x->alt[i]))
			return true;
	return false;
}

bool deed_is_call(const struct deeds *d, const struct deed *e,
	const struct call_pattern *p)
{
	if (e->row != p->row)
		return false;
	for (int i = 0; i < p->nargs; i++)
		if (!matches_argument(d, e, i, &p->arg[i]))
			return false;
	return true;
}

bool deed_is_on(const struct deeds *d, const struct deed *e,
	const struct call_pattern *p)
{
	if (e->row != p->row)
		return false;
	for (int i = 0; i < p->nargs; i++)
		if (e->row->param[i].kind == PARAM_FD &&
				!matches_argument(d, e, i, &p->arg[i]))
			return false;
	return true;
}

bool deed_matches(const struct deeds *d, const struct deed *e,
	const struct call_pattern *p)
{
	return e->row == p->row && matches_result(d, e, &p->expect) &&
		deed_is_call(d, e, p);
}

/* ---- words ---- */

void deed_print(struct buf *b, const struct deed *e)
{
	buf_printf(b, "%s(", e->row->name);
	for (int i = 0; i < e->nargs; i++) {
		buf_text(b, i ? ", " : "");
		words_value(b, &e->arg[i]);
	}
	buf_char(b, ')');
}

void deed_print_end(struct buf *b, const struct deeds *d,
	const struct deed *e)
{
	struct buf result = {0};

	if (deed_returned(d, e)) {
		words_value(&result, &e->result);
		buf_printf(b, _("gave %s"), buf_str(&result));
	} else if (deed_waits(d, e)) {
		buf_text(b, _("still waits"));
	} else {
		buf_text(b, _("has not returned"));
	}
	buf_done(&result);
}

void deed_print_last(struct buf *b, const struct deeds *d, uint32_t call)
{
	struct buf name = {0}, end = {0};
	struct deed e;

	deed_read(&e, d, call);
	deed_print(&name, &e);
	deed_print_end(&end, d, &e);
	buf_printf(b, _("the last, %s, %s"), buf_str(&name), buf_str(&end));
	buf_done(&name);
	buf_done(&end);
	deed_done(&e);
}
