/* line_print: a line as the notation writes it; it parses back to the same. */
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "call/line.h"
#include "call/line_parse.h"

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

	if (l->name[0])
		buf_printf(b, "%s = ", l->name);
	buf_printf(b, "%s(", l->row->name);
	for (i = 0; i < l->nargs; i++) {
		if (i)
			buf_text(b, ", ");
		value_print(b, &l->arg[i]);
	}
	buf_char(b, ')');
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
		return;
	case EXPECT_ANY_OF:
		break;
	}
	for (i = 0; i < e->nalt; i++) {
		if (i)
			buf_text(b, " | ");
		value_print(b, &e->alt[i]);
	}
	if (e->within) {
		buf_text(b, " within ");
		line_print_time(b, e->within);
	}
}

/* " data from client", or nothing for every frame. */
static void print_filter(struct buf *b, const struct wire_order *w)
{
	if (w->filter && w->filter[0])
		buf_printf(b, " %s", w->filter);
}

static void print_which(struct buf *b, const struct wire_order *w)
{
	if (w->next)
		buf_text(b, " next");
	if (w->frame)
		buf_printf(b, " #%" PRId64, w->frame);
	else if (w->count < 0)
		buf_text(b, " all");
	else if (w->count > (w->next ? 1 : 0))
		buf_printf(b, " %" PRId64, w->count);
}

void wire_order_print(struct buf *b, const struct wire_order *w)
{
	buf_text(b, wire_word_at(w->verb));
	switch (w->verb) {
	case WIRE_FLOW:
	case WIRE_CUT:
	case WIRE_MEND:
		return;
	case WIRE_PASS:
	case WIRE_DROP:
		print_which(b, w);
		break;
	case WIRE_DELAY:
		buf_char(b, ' ');
		line_print_time(b, w->delay);
		break;
	case WIRE_HOLD:
		break;
	}
	print_filter(b, w);
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
		buf_printf(b, " of #%" PRId64, l->of);
}

static void print_sees(struct buf *b, const struct line *l)
{
	buf_printf(b, "sees %s", l->filter);
	if (l->times >= 0)
		buf_printf(b, " x %" PRId64, l->times);
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
		print_sees(b, l);
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
