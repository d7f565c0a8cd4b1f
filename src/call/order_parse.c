/*
 * order_parse: an order to the wire, behind its word.
 *
 * A *fault* is done to frames in hand (`drop #4`, `split 3 all`) or is a rule
 * for frames to come (`drop next 2 syn`, `loss 30%`). The faults that are only
 * a word and a place (drop, duplicate, swap, corrupt, split) are about the
 * oldest frame in hand when nothing stands behind them; the others, which
 * would say nothing about one frame, about every frame to come.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/intl.h"
#include "base/mem.h"
#include "call/line.h"
#include "call/line_parse.h"
#include "call/scan.h"

#define MTU_LEAST 68      /* RFC 791: every host takes so much */
#define MTU_MOST 65535
#define FRAME_MOST 65535
#define RATE_MOST 1000000 /* Mbit/s */

static int end_of_order(struct scan *s, const struct wire_order *w)
{
	char seen[SCAN_SEEN];

	scan_blank(s);
	if (!wire_at_frame(s) && scan_end(s))
		return 0;
	return scan_fail(s, _("%s: nothing more is expected here, not %s"),
		wire_word_at(w->verb), scan_seen(s, seen));
}

/* A filter is words; a number in front of it would be taken for a count. */
static int parse_filter(struct scan *s, struct wire_order *w)
{
	scan_blank(s);
	if (scan_is_digit(scan_peek(s)))
		return scan_fail(s, _("a filter is words, as in data from "
			"client"));
	w->filter = line_take_rest(s);
	return w->filter ? 0 : -EINVAL;
}

/* ---- which frames ---- */

/* #N | N | all, for frames in hand; false when something else stands there. */
static bool parse_which(struct scan *s, struct wire_order *w, int *error)
{
	*error = 0;
	scan_blank(s);
	if (wire_at_frame(s))
		*error = wire_parse_frame(s, &w->frame);
	else if (scan_is_digit(scan_peek(s)))
		*error = scan_number(s, _("frames"), 1, INT64_MAX, &w->count);
	else if (scan_word(s, "all"))
		w->count = -1;
	else
		return false;
	return true;
}

/* Behind a fault: frames in hand, `next` and how many, or a filter. */
static int parse_frames(struct scan *s, struct wire_order *w, bool oldest)
{
	int error;

	if (scan_word(s, "next")) {
		w->next = true;
		w->count = 1;
		scan_blank(s);
		if (scan_is_digit(scan_peek(s)) && scan_number(s, _("frames"),
				1, INT64_MAX, &w->count) < 0)
			return -EINVAL;
		return parse_filter(s, w);
	}
	w->in_hand = parse_which(s, w, &error) || (oldest && scan_end(s));
	if (!w->in_hand)
		return parse_filter(s, w);
	return error ? error : end_of_order(s, w);
}

/* Behind a fault that only a rule can do. */
static int parse_rule(struct scan *s, struct wire_order *w)
{
	size_t start;

	scan_blank(s);
	start = s->at;
	if (parse_frames(s, w, false) < 0)
		return -EINVAL;
	if (!w->in_hand)
		return 0;
	s->at = start;
	return scan_fail(s, _("%s is a rule for frames to come: next and how "
		"many, or a filter"), wire_word_at(w->verb));
}

static int parse_pass(struct scan *s, struct wire_order *w)
{
	char seen[SCAN_SEEN];
	int error;

	if (!parse_which(s, w, &error) && !scan_end(s))
		return scan_fail(s, _("pass: nothing (the oldest), a count, "
			"#4 or all, not %s"), scan_seen(s, seen));
	return error ? error : end_of_order(s, w);
}

static int parse_hold(struct scan *s, struct wire_order *w)
{
	scan_blank(s);
	if (scan_is_digit(scan_peek(s)) || wire_at_frame(s))
		return scan_fail(s, _("hold: a filter for frames to come, as "
			"in hold data from client, or nothing"));
	return parse_filter(s, w);
}

/* ---- how ---- */

static int parse_time(struct scan *s, const char *what, int64_t *ns)
{
	char seen[SCAN_SEEN];
	size_t n = 0;

	scan_blank(s);
	while (s->at + n < s->n && scan_is_name(s->text[s->at + n]))
		n++;
	*ns = line_parse_time(s->text + s->at, n);
	if (*ns < 0)
		return scan_fail(s, _("%s: a time, as in 2s, 500ms or 10us, "
			"not %s"), what, scan_seen(s, seen));
	s->at += n;
	return 0;
}

static int parse_seed(struct scan *s, struct wire_order *w)
{
	if (!scan_word(s, "seed"))
		return 0;
	scan_blank(s);
	if (scan_unsigned(s, "seed", UINT64_MAX, &w->seed) < 0)
		return -EINVAL;
	if (w->seed)
		return 0;
	s->at--;
	return scan_fail(s, _("seed: a number from 1 on"));
}

static int parse_delay(struct scan *s, struct wire_order *w)
{
	if (parse_time(s, "delay", &w->delay) < 0)
		return -EINVAL;
	if (scan_word(s, "jitter")) {
		if (parse_time(s, "jitter", &w->jitter) < 0 ||
				(w->jitter && parse_seed(s, w) < 0))
			return -EINVAL;
		if (w->jitter > w->delay)
			return scan_fail(s, _("jitter: at most the delay "
				"itself: no frame arrives before it was "
				"sent"));
	}
	return parse_frames(s, w, false);
}

/* 30% or 0.5%, in thousandths of a percent. */
static int parse_loss(struct scan *s, struct wire_order *w)
{
	size_t start;
	int64_t whole, unit = 1000;

	scan_blank(s);
	start = s->at;
	if (scan_number(s, "loss", 0, 100, &whole) < 0)
		return -EINVAL;
	w->number = whole * 1000;
	if (scan_peek(s) == '.')
		for (s->at++; scan_is_digit(scan_peek(s)) && unit > 1; s->at++)
			w->number += (unit /= 10) * (scan_peek(s) - '0');
	if (!scan_take(s, '%'))
		return scan_fail(s, _("loss: a percentage, as in 30%% or "
			"0.5%%"));
	if (w->number == 0 || w->number > 100000) {
		s->at = start;
		return scan_fail(s, _("loss: more than 0%%, at most 100%%"));
	}
	return parse_seed(s, w) < 0 ? -EINVAL : parse_rule(s, w);
}

/* 8kbit, 100 Mbit: the unit may stand alone. */
static int parse_rate(struct scan *s, struct wire_order *w)
{
	static const struct {
		const char *name;
		int64_t bits;
	} unit[] = {{"bit", 1}, {"kbit", 1000}, {"Mbit", 1000000}};
	char seen[SCAN_SEEN];
	size_t start, i;

	scan_blank(s);
	start = s->at;
	if (!scan_is_digit(scan_peek(s)))
		return scan_fail(s, _("rate: bits a second, as in 8kbit or "
			"10Mbit, not %s"), scan_seen(s, seen));
	for (; scan_is_digit(scan_peek(s)); s->at++)
		if (w->number <= RATE_MOST * INT64_C(1000000))
			w->number = w->number * 10 + (scan_peek(s) - '0');
	for (i = 0; i < sizeof(unit) / sizeof(unit[0]); i++)
		if (scan_word(s, unit[i].name))
			break;
	if (i == sizeof(unit) / sizeof(unit[0]))
		return scan_fail(s, _("rate: bit, kbit or Mbit behind the "
			"number, not %s"), scan_seen(s, seen));
	if (w->number == 0 || w->number > RATE_MOST * INT64_C(1000000) /
			unit[i].bits) {
		s->at = start;
		return scan_fail(s, _("rate: from 1bit to %dMbit"), RATE_MOST);
	}
	w->number *= unit[i].bits;
	return parse_rule(s, w);
}

/* "to 7"; "to client" is a filter. */
static int parse_new_byte(struct scan *s, struct wire_order *w)
{
	struct scan ahead = *s;
	int64_t to;

	w->to = -1;
	if (!scan_word(&ahead, "to"))
		return 0;
	scan_blank(&ahead);
	if (!scan_is_digit(scan_peek(&ahead)))
		return 0;
	s->at = ahead.at;
	if (scan_number(s, "to", 0, UINT8_MAX, &to) < 0)
		return -EINVAL;
	w->to = (int)to;
	return 0;
}

static int parse_corrupt(struct scan *s, struct wire_order *w)
{
	char seen[SCAN_SEEN];

	w->payload = scan_word(s, "payload");
	if (!w->payload && !scan_word(s, "byte"))
		return scan_fail(s, _("corrupt: byte or payload and a number, "
			"as in corrupt payload 0, not %s"),
			scan_seen(s, seen));
	scan_blank(s);
	if (scan_number(s, w->payload ? "payload" : "byte", 0, FRAME_MOST,
			&w->number) < 0 || parse_new_byte(s, w) < 0)
		return -EINVAL;
	w->mended = scan_word(s, "mended");
	return parse_frames(s, w, true);
}

static int parse_size(struct scan *s, struct wire_order *w, int64_t low,
	int64_t high)
{
	scan_blank(s);
	return scan_number(s, wire_word_at(w->verb), low, high, &w->number);
}

static int parse_mend(struct scan *s, struct wire_order *w)
{
	scan_blank(s);
	if (scan_is_digit(scan_peek(s)) &&
			scan_number(s, _("rule"), 1, INT64_MAX, &w->number) < 0)
		return -EINVAL;
	return end_of_order(s, w);
}

/* A host's name, behind vanish and reset. */
static int parse_host(struct scan *s, struct wire_order *w)
{
	char seen[SCAN_SEEN];
	size_t n = 0;

	scan_blank(s);
	while (scan_name(s) && s->at + n < s->n &&
		(scan_is_name(s->text[s->at + n]) || s->text[s->at + n] == '-'))
		n++;
	if (!n || n >= sizeof(w->host))
		return scan_fail(s, _("%s: a host, as in %s server, not %s"),
			wire_word_at(w->verb), wire_word_at(w->verb),
			scan_seen(s, seen));
	scan_copy(s, n, w->host, sizeof(w->host));
	s->at += n;
	return 0;
}

static int parse_order(struct scan *s, struct wire_order *w)
{
	switch (w->verb) {
	case WIRE_FLOW:
	case WIRE_CUT:
		return end_of_order(s, w);
	case WIRE_MEND:
		return parse_mend(s, w);
	case WIRE_HOLD:
		return parse_hold(s, w);
	case WIRE_PASS:
		return parse_pass(s, w);
	case WIRE_VANISH:
		return parse_host(s, w) < 0 ? -EINVAL : end_of_order(s, w);
	case WIRE_RESET:
		return parse_host(s, w) < 0 ? -EINVAL : parse_filter(s, w);
	case WIRE_DROP:
	case WIRE_DUPLICATE:
	case WIRE_SWAP:
		return parse_frames(s, w, true);
	case WIRE_DELAY:
		return parse_delay(s, w);
	case WIRE_LOSS:
		return parse_loss(s, w);
	case WIRE_RATE:
		return parse_rate(s, w);
	case WIRE_CORRUPT:
		return parse_corrupt(s, w);
	case WIRE_SPLIT:
		return parse_size(s, w, 1, FRAME_MOST) < 0 ? -EINVAL :
			parse_frames(s, w, true);
	case WIRE_MTU:
		return parse_size(s, w, MTU_LEAST, MTU_MOST) < 0 ? -EINVAL :
			parse_rule(s, w);
	}
	return -EINVAL;
}

int wire_order_parse(struct scan *s, struct wire_order *w)
{
	w->to = -1;
	if (parse_order(s, w) < 0)
		return -EINVAL;
	if (!w->filter)
		w->filter = mem_string("");
	return 0;
}
