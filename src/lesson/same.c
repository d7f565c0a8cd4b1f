/* same: whether a line by hand is the step that comes next. */
#include "lesson/same.h"

#include <string.h>

#include "base/buf.h"
#include "call/line.h"
#include "call/wish.h"

static bool same_value(const struct value *a, const struct value *b)
{
	struct buf x = {0}, y = {0};
	bool same;

	if (a->kind == VALUE_BYTES && b->kind == VALUE_BYTES) {
		value_unroll(&x, a);
		value_unroll(&y, b);
		same = x.len == y.len && !memcmp(buf_str(&x), buf_str(&y),
			x.len);
	} else {
		value_print(&x, a);
		value_print(&y, b);
		same = !strcmp(buf_str(&x), buf_str(&y));
	}
	buf_done(&x);
	buf_done(&y);
	return same;
}

/* Whether v is what is meant when the parameter is left out. */
static bool is_default(const struct param *param, const struct value *v)
{
	struct buf b = {0};
	bool is;

	value_print(&b, v);
	is = param->otherwise && !strcmp(buf_str(&b), param->otherwise);
	buf_done(&b);
	return is;
}

static bool same_call(const struct line *a, const struct line *b)
{
	int n = a->nargs > b->nargs ? a->nargs : b->nargs;

	if (a->row != b->row || strcmp(a->name, b->name) ||
			strcmp(a->second, b->second))
		return false;
	for (int i = 0; i < n; i++) {
		const struct param *param = &a->row->param[i];
		bool same;

		if (i >= a->nargs)
			same = is_default(param, &b->arg[i]);
		else if (i >= b->nargs)
			same = is_default(param, &a->arg[i]);
		else
			same = same_value(&a->arg[i], &b->arg[i]);
		if (!same)
			return false;
	}
	return true;
}

/* A seed that is not given is 1. */
static uint64_t seed_of(const struct wire_order *w)
{
	return w->seed ? w->seed : 1;
}

static bool same_order(const struct wire_order *a, const struct wire_order *b)
{
	/* "pass" means one, the oldest */
	int64_t x = !a->count && !a->frame && !a->next ? 1 : a->count;
	int64_t y = !b->count && !b->frame && !b->next ? 1 : b->count;

	return a->verb == b->verb && a->frame == b->frame && x == y &&
		a->next == b->next && a->in_hand == b->in_hand &&
		a->delay == b->delay && a->jitter == b->jitter &&
		seed_of(a) == seed_of(b) && a->number == b->number &&
		a->payload == b->payload && a->mended == b->mended &&
		a->to == b->to && !strcmp(a->host, b->host) &&
		!strcmp(a->filter ? a->filter : "",
			b->filter ? b->filter : "");
}

static bool same_wish(const struct socket_wish *a, const struct socket_wish *b)
{
	struct buf x = {0}, y = {0};
	bool same;

	wish_print(&x, a);
	wish_print(&y, b);
	same = !strcmp(buf_str(&x), buf_str(&y));
	buf_done(&x);
	buf_done(&y);
	return same;
}

bool line_same(const struct line *a, const struct line *b)
{
	if (a->kind != b->kind || a->thread != b->thread ||
			strcmp(a->lane, b->lane))
		return false;
	switch (a->kind) {
	case LINE_CALL:
		return same_call(a, b);
	case LINE_RETURNS:
	case LINE_WAITS:
		return a->row == b->row;
	case LINE_VERB:
		return !strcmp(a->verb, b->verb) &&
			!strcmp(a->rest ? a->rest : "",
				b->rest ? b->rest : "");
	case LINE_WIRE:
		return same_order(&a->wire, &b->wire);
	case LINE_SEES:
		return a->times == b->times && !strcmp(a->filter, b->filter);
	case LINE_HAS:
		return a->times == b->times && same_wish(a->wish, b->wish);
	case LINE_EMPTY:
	case LINE_FATE:
	case LINE_DID:
	case LINE_GOT:
	case LINE_GAVE:
		return false;
	}
	return false;
}
