/*
 * wire_parse: what stands behind `wire:`: the word of an order (order_parse.c
 * reads on), the fate of a frame, or `sees`.
 */
#include <errno.h>
#include <string.h>

#include "base/intl.h"
#include "call/line.h"
#include "call/line_parse.h"
#include "call/nearest.h"
#include "call/scan.h"

static const char *const order_words[] = {
	[WIRE_FLOW] = "flow", [WIRE_HOLD] = "hold", [WIRE_PASS] = "pass",
	[WIRE_DROP] = "drop", [WIRE_DELAY] = "delay", [WIRE_CUT] = "cut",
	[WIRE_MEND] = "mend", [WIRE_VANISH] = "vanish",
	[WIRE_RESET] = "reset", [WIRE_DUPLICATE] = "duplicate",
	[WIRE_SWAP] = "swap", [WIRE_LOSS] = "loss", [WIRE_RATE] = "rate",
	[WIRE_CORRUPT] = "corrupt", [WIRE_SPLIT] = "split",
	[WIRE_MTU] = "mtu",
};

#define ORDERS ((int)(sizeof(order_words) / sizeof(order_words[0])))

static const char *const fate_words[] = {
	[FATE_PASSED] = "passed", [FATE_HELD] = "held",
	[FATE_DELAYED] = "delayed", [FATE_DROPPED] = "dropped",
	[FATE_ABSORBED] = "absorbed", [FATE_REPEAT] = "repeat",
	[FATE_REPLACED] = "replaced",
};

#define FATES ((int)(sizeof(fate_words) / sizeof(fate_words[0])))

static const char *const made_words[] = {
	[MADE_NOT] = "", [MADE_DUPLICATE] = "duplicate",
	[MADE_SPLIT] = "split", [MADE_CORRUPT] = "corrupt",
	[MADE_RESET] = "reset", [MADE_ICMP] = "icmp",
};

const char *made_word(enum made made)
{
	return made_words[made];
}

const char *fate_word(enum fate fate)
{
	return fate_words[fate];
}

const char *wire_word_at(size_t i)
{
	if (i < (size_t)ORDERS)
		return order_words[i];
	return i == (size_t)ORDERS ? "sees" : NULL;
}

bool wire_is_order(const char *word)
{
	size_t i;

	for (i = 0; wire_word_at(i); i++)
		if (strcmp(wire_word_at(i), word) == 0)
			return true;
	return false;
}

bool wire_at_frame(const struct scan *s)
{
	return scan_peek(s) == '#' && s->at + 1 < s->n &&
		scan_is_digit(s->text[s->at + 1]);
}

int wire_parse_frame(struct scan *s, int64_t *frame)
{
	scan_blank(s);
	if (!wire_at_frame(s))
		return scan_fail(s, _("a frame, as in #4"));
	s->at++;
	return scan_number(s, _("frame"), 1, INT64_MAX, frame);
}

static int end_of_order(struct scan *s, const char *verb)
{
	char seen[SCAN_SEEN];

	scan_blank(s);
	if (!wire_at_frame(s) && scan_end(s))
		return 0;
	return scan_fail(s, _("%s: nothing more is expected here, not %s"),
		verb, scan_seen(s, seen));
}

/* #5; of repeats also: of #4; of what is replaced: by #9. */
static int parse_frames(struct scan *s, struct line *l)
{
	bool replaced = l->fate == FATE_REPLACED;

	if (wire_parse_frame(s, &l->frame) < 0)
		return -EINVAL;
	if (!replaced && l->fate != FATE_ABSORBED && l->fate != FATE_REPEAT)
		return 0;
	if (replaced && !scan_word(s, "by"))
		return scan_fail(s, _("replaced: by and the frame that goes "
			"instead, as in by #9"));
	if (!replaced && !scan_word(s, "of"))
		return scan_fail(s, _("%s: of and the frame it repeats, as in "
			"of #4"), fate_words[l->fate]);
	return wire_parse_frame(s, &l->of);
}

/* Behind the word of a fate: frames, and by which rule. */
static int parse_fate(struct scan *s, struct line *l)
{
	if (parse_frames(s, l) < 0)
		return -EINVAL;
	if (scan_word(s, "by")) {
		scan_blank(s);
		if (scan_number(s, _("rule"), 1, INT64_MAX, &l->rule) < 0)
			return -EINVAL;
	}
	return end_of_order(s, fate_words[l->fate]);
}

static int fail_word(struct scan *s, size_t n)
{
	char word[LINE_NAME], seen[SCAN_SEEN];
	struct nearest near;
	size_t i;

	scan_copy(s, n, word, sizeof(word));
	nearest_init(&near, word);
	for (i = 0; wire_word_at(i); i++)
		nearest_try(&near, wire_word_at(i));
	if (!near.word)
		return scan_fail(s, _("wire: hold, flow, pass, cut, mend, "
			"vanish, reset, sees, or a fault such as drop or "
			"delay, not %s"), scan_seen(s, seen));
	scan_offer_word(s, n, near.word);
	return scan_fail(s, _("wire: there is no %s; did you mean %s?"), word,
		near.word);
}

int wire_parse(struct scan *s, struct line *l)
{
	char word[LINE_NAME];
	size_t n;
	int i;

	scan_blank(s);
	n = scan_name(s);
	scan_copy(s, n, word, sizeof(word));
	for (i = 0; i < ORDERS; i++) {
		if (strcmp(word, order_words[i]) != 0)
			continue;
		s->at += n;
		l->kind = LINE_WIRE;
		l->wire.verb = i;
		return wire_order_parse(s, &l->wire);
	}
	for (i = 0; i < FATES; i++) {
		if (strcmp(word, fate_words[i]) != 0)
			continue;
		s->at += n;
		l->kind = LINE_FATE;
		l->fate = i;
		return parse_fate(s, l);
	}
	if (strcmp(word, "sees") == 0) {
		s->at += n;
		return sees_parse(s, l);
	}
	return fail_word(s, n);
}
