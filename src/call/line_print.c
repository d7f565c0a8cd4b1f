/* line_print: a line as the notation writes it; it parses back to the same. */
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "call/did.h"
#include "call/line.h"
#include "call/line_parse.h"
#include "call/wish.h"

void line_print_time(struct buf *b, int64_t ns)
{
	if (ns < 0)
		buf_text(b, "none");
	else if (ns % CLOCK_S == 0)
		buf_printf(b, "%" PRId64 "s", ns / CLOCK_S);
	else if (ns % CLOCK_MS == 0)
		buf_printf(b, "%" PRId64 "ms", ns / CLOCK_MS);
	else
		buf_printf(b, "%" PRId64 "us", ns / CLOCK_US);
}

void line_print_call(struct buf *b, const struct line *l)
{
	int i;

	if (l->second[0])
		buf_printf(b, "%s, %s = ", l->name, l->second);
	else if (l->name[0])
		buf_printf(b, "%s = ", l->name);
	buf_printf(b, "%s(", l->row->name);
	for (i = 0; i < l->nargs; i++) {
		if (i)
			buf_text(b, ", ");
		value_print(b, &l->arg[i]);
	}
	buf_char(b, ')');
}

void span_print(struct buf *b, const struct expect *e)
{
	if (e->after) {
		buf_text(b, " after ");
		line_print_time(b, e->after);
	}
	if (e->within) {
		buf_text(b, " within ");
		line_print_time(b, e->within);
	}
}

void line_print_expect(struct buf *b, const struct expect *e)
{
	int i;

	switch (e->kind) {
	case EXPECT_NOTHING:
		return;
	case EXPECT_WAITS:
		buf_text(b, "waits");
		return;
	case EXPECT_ASK:
		buf_char(b, '?');
		span_print(b, e);
		return;
	case EXPECT_ANY_OF:
		break;
	}
	for (i = 0; i < e->nalt; i++) {
		if (i)
			buf_text(b, " | ");
		value_print(b, &e->alt[i]);
	}
	span_print(b, e);
}

static void print_arrow(struct buf *b, const struct expect *e)
{
	if (e->kind == EXPECT_NOTHING)
		return;
	buf_text(b, " -> ");
	line_print_expect(b, e);
}

static void print_fate(struct buf *b, const struct line *l)
{
	buf_printf(b, "%s #%" PRId64, fate_word(l->fate), l->frame);
	if (l->of)
		buf_printf(b, l->fate == FATE_REPLACED ? " by #%" PRId64 :
			" of #%" PRId64, l->of);
	if (l->rule)
		buf_printf(b, " by %" PRId64, l->rule);
}

static void print_sees(struct buf *b, const struct line *l)
{
	if (l->kind == LINE_HAS) {
		buf_text(b, "has");
		wish_print(b, l->wish);
	} else {
		buf_printf(b, l->filter[0] ? "sees %s" : "sees", l->filter);
	}
	if (l->times >= 0)
		buf_printf(b, " x %" PRId64, l->times);
	span_print(b, &l->expect);
}

void line_print(struct buf *b, const struct line *l)
{
	if (l->kind == LINE_EMPTY)
		return;
	buf_text(b, l->lane);
	if (l->thread)
		buf_printf(b, "/%d", l->thread);
	buf_text(b, ": ");
	switch (l->kind) {
	case LINE_EMPTY:
		break;
	case LINE_CALL:
		line_print_call(b, l);
		print_arrow(b, &l->expect);
		break;
	case LINE_RETURNS:
		buf_printf(b, "%s returns", l->row->name);
		print_arrow(b, &l->expect);
		break;
	case LINE_WAITS:
		buf_printf(b, "%s waits", l->row->name);
		break;
	case LINE_VERB:
		buf_printf(b, l->rest[0] ? "%s %s" : "%s", l->verb, l->rest);
		break;
	case LINE_WIRE:
		wire_order_print(b, &l->wire);
		break;
	case LINE_FATE:
		print_fate(b, l);
		break;
	case LINE_SEES:
	case LINE_HAS:
		print_sees(b, l);
		break;
	case LINE_DID:
		did_print(b, l);
		break;
	case LINE_GOT:
	case LINE_GAVE:
		got_print(b, l);
		break;
	}
}

void line_host_of_lane(char *out, const char *lane)
{
	size_t n = strlen(lane);

	while (n > 1 && lane[n - 1] >= '0' && lane[n - 1] <= '9')
		n--;
	if (n >= LINE_LANE)
		n = LINE_LANE - 1;
	memcpy(out, lane, n);
	out[n] = '\0';
}
