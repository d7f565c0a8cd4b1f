/* goal_bytes: goals about all the bytes that a lane got or gave. */
#include <string.h>

#include "base/intl.h"
#include "lesson/goal_inside.h"
#include "scene/scene.h"

/* False: there are no more of them. */
static bool next_wanted(struct tally *t, const struct line *l,
	uint8_t *byte)
{
	while (t->piece < l->nargs) {
		const struct value *v = &l->arg[t->piece];

		if (t->at < value_size(v)) {
			*byte = v->bytes[t->at++ % v->len];
			return true;
		}
		t->piece++;
		t->at = 0;
	}
	return false;
}

/* The first n bytes of a value, which may be a repeat of a few. */
static void tally_value(struct account *a, const struct deed *e,
	const struct value *v, uint64_t n)
{
	struct tally *t = &a->tally;
	uint8_t wanted;
	uint64_t i;

	if (n)
		t->last = e->call;
	for (i = 0; i < n && a->line->nargs && t->shown == SCENE_NONE; i++) {
		uint8_t is = v->bytes[i % v->len];

		if (!next_wanted(t, a->line, &wanted)) {
			t->shown = e->call;
		} else if (is != wanted) {
			t->shown = e->call;
			t->wrong = true;
			t->wrong_at = t->total + i + 1;
			t->is = is;
			t->wanted = wanted;
		}
	}
	t->total += n;
}

/* Of bytes, or of a list of bytes, at most so many. */
static void tally_some(struct account *a, const struct deed *e,
	const struct value *v, uint64_t most)
{
	uint64_t n = value_size(v);

	if (v->kind == VALUE_BYTES)
		tally_value(a, e, v, n < most ? n : most);
	for (size_t i = 0; v->kind == VALUE_LIST && i < v->items; i++) {
		n = value_size(&v->item[i]);
		tally_some(a, e, &v->item[i], most);
		most -= n < most ? n : most;
	}
}

static bool peeks(const struct deed *e)
{
	for (int i = 0; i < e->nargs; i++)
		if (e->row->param[i].kind == PARAM_FLAGS &&
			(e->arg[i].number & MSG_PEEK))
			return true;
	return false;
}

static void tally_received(struct account *a, const struct deed *e)
{
	const struct value *v = &e->result;
	const struct value *bytes = value_field(v, "bytes"),
		*buffers = value_field(v, "buffers");

	if (peeks(e))
		return;
	if (v->kind == VALUE_BYTES && value_size(v) == 0)
		a->tally.end = e->call;
	tally_some(a, e, bytes ? bytes : buffers ? buffers : v, UINT64_MAX);
}

static void tally_sent(struct account *a, const struct deeds *d,
	const struct deed *e)
{
	struct value v;

	if (e->result.kind != VALUE_NUMBER || e->result.number <= 0)
		return;
	for (int i = 0; i < e->nargs; i++) {
		enum param_kind kind = e->row->param[i].kind;

		if (kind != PARAM_BYTES && kind != PARAM_BUFFERS)
			continue;
		deed_argument(d, e, i, &v);
		tally_some(a, e, &v, (uint64_t)e->result.number);
		value_done(&v);
		return;
	}
}

void bytes_settled(struct account *a, const struct deeds *d,
	const struct deed *e)
{
	bool got = a->line->kind == LINE_GOT;

	if (!(got ? e->row->receives : e->row->sends) ||
			!deed_returned(d, e) ||
			deed_call(d, e)->returned < d->begin ||
			strcmp(deed_lane(d, e), a->lane))
		return;
	if (got)
		tally_received(a, e);
	else
		tally_sent(a, d, e);
}

static uint64_t wanted_size(const struct line *l)
{
	uint64_t n = 0;

	for (int i = 0; i < l->nargs; i++)
		n += value_size(&l->arg[i]);
	return n;
}

static void say_bytes_expected(struct buf *b, const struct line *l,
	const char *lane)
{
	bool got = l->kind == LINE_GOT;
	struct buf bytes = {0};

	if (!l->nargs)
		words_size(&bytes, l->least, l->most);
	for (int i = 0; i < l->nargs; i++) {
		buf_text(&bytes, i ? " " : "");
		words_value(&bytes, &l->arg[i]);
	}
	buf_printf(b, got ? _("%s received in all: %s") :
		_("%s sent in all: %s"), lane, buf_str(&bytes));
	buf_done(&bytes);
}

static void say_byte(struct buf *b, uint8_t byte)
{
	struct value v = {0};

	value_of_bytes(&v, &byte, 1);
	value_print(b, &v);
	value_done(&v);
}

static void say_wrong(struct buf *b, const struct tally *t)
{
	struct buf is = {0}, wanted = {0};

	say_byte(&is, t->is);
	say_byte(&wanted, t->wanted);
	buf_printf(b, _("byte %llu is %s, not %s"),
		(unsigned long long)t->wrong_at, buf_str(&is),
		buf_str(&wanted));
	buf_done(&is);
	buf_done(&wanted);
}

static void say_bytes_observed(struct buf *b, const struct deeds *d,
	const struct account *a)
{
	const struct tally *t = &a->tally;
	uint64_t size = wanted_size(a->line);
	bool surplus = t->shown != SCENE_NONE && !t->wrong;
	uint64_t n = surplus ? t->total - size : t->total;

	if (t->total == 0) {
		buf_text(b, _("nothing yet"));
		return;
	}
	if (t->wrong)
		say_wrong(b, t);
	else if (surplus)
		buf_printf(b, ngettext("%llu byte too many", "%llu bytes too "
			"many", (unsigned long)n), (unsigned long long)n);
	else if (a->line->nargs)
		buf_printf(b, _("%llu of %llu bytes"), (unsigned long long)n,
			(unsigned long long)size);
	else
		buf_printf(b, ngettext("%llu byte", "%llu bytes",
			(unsigned long)n), (unsigned long long)n);
	buf_text(b, "; ");
	deed_print_last(b, d, t->last);
}

static enum goal_state judge_bytes(const struct line *l,
	const struct tally *t)
{
	if (l->nargs && t->shown != SCENE_NONE)
		return GOAL_BROKEN;
	if (l->nargs)
		return t->total == wanted_size(l) ? GOAL_MET : GOAL_OPEN;
	if (t->total < (uint64_t)l->least)
		return GOAL_OPEN;
	return l->most >= 0 && t->total > (uint64_t)l->most ? GOAL_BROKEN :
		GOAL_MET;
}

/* A call that has not returned moved nothing yet: the account is all. */
void goal_bytes(struct judged *j, const struct deeds *d,
	const struct account *a)
{
	const struct tally *t = &a->tally;

	j->state = judge_bytes(a->line, t);
	j->lacks = j->state == GOAL_OPEN;
	say_bytes_expected(&j->expected, a->line, a->lane);
	say_bytes_observed(&j->observed, d, a);
	if (t->shown != SCENE_NONE)
		j->row = deed_row(d, t->shown);
	else if (t->last != SCENE_NONE)
		j->row = deed_row(d, t->last);
}
