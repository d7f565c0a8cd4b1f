/* wire_print: orders to the wire as the notation writes them. */
#include <inttypes.h>

#include "base/buf.h"
#include "call/line.h"
#include "call/line_parse.h"

/* " data from client", or nothing for every frame. */
static void print_filter(struct buf *b, const struct wire_order *w)
{
	if (w->filter && w->filter[0])
		buf_printf(b, " %s", w->filter);
}

/* Frames in hand, or how many to come. */
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

static void print_seed(struct buf *b, const struct wire_order *w)
{
	if (w->seed)
		buf_printf(b, " seed %" PRIu64, w->seed);
}

static void print_delay(struct buf *b, const struct wire_order *w)
{
	buf_char(b, ' ');
	line_print_time(b, w->delay);
	if (!w->jitter)
		return;
	buf_text(b, " jitter ");
	line_print_time(b, w->jitter);
	print_seed(b, w);
}

/* Thousandths of a percent: 30%, 0.5%. */
static void print_loss(struct buf *b, const struct wire_order *w)
{
	int64_t rest = w->number % 1000;
	int digits = 3;

	buf_printf(b, " %" PRId64, w->number / 1000);
	for (; rest && rest % 10 == 0; rest /= 10)
		digits--;
	if (rest)
		buf_printf(b, ".%0*" PRId64, digits, rest);
	buf_char(b, '%');
	print_seed(b, w);
}

static void print_rate(struct buf *b, const struct wire_order *w)
{
	if (w->number % 1000000 == 0)
		buf_printf(b, " %" PRId64 "Mbit", w->number / 1000000);
	else if (w->number % 1000 == 0)
		buf_printf(b, " %" PRId64 "kbit", w->number / 1000);
	else
		buf_printf(b, " %" PRId64 "bit", w->number);
}

static void print_corrupt(struct buf *b, const struct wire_order *w)
{
	buf_printf(b, " %s %" PRId64, w->payload ? "payload" : "byte",
		w->number);
	if (w->to >= 0)
		buf_printf(b, " to %d", w->to);
	if (w->mended)
		buf_text(b, " mended");
}

/* What stands between the verb and the frames it is about. */
static void print_how(struct buf *b, const struct wire_order *w)
{
	switch (w->verb) {
	case WIRE_DELAY:
		print_delay(b, w);
		break;
	case WIRE_LOSS:
		print_loss(b, w);
		break;
	case WIRE_RATE:
		print_rate(b, w);
		break;
	case WIRE_CORRUPT:
		print_corrupt(b, w);
		break;
	case WIRE_SPLIT:
	case WIRE_MTU:
		buf_printf(b, " %" PRId64, w->number);
		break;
	case WIRE_MEND:
		if (w->number)
			buf_printf(b, " %" PRId64, w->number);
		break;
	case WIRE_VANISH:
	case WIRE_RESET:
		buf_printf(b, " %s", w->host);
		break;
	case WIRE_FLOW:
	case WIRE_HOLD:
	case WIRE_PASS:
	case WIRE_DROP:
	case WIRE_CUT:
	case WIRE_DUPLICATE:
	case WIRE_SWAP:
		break;
	}
}

void wire_order_print(struct buf *b, const struct wire_order *w)
{
	buf_text(b, wire_word_at(w->verb));
	print_how(b, w);
	print_which(b, w);
	print_filter(b, w);
}
