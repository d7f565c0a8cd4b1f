/* wire_parse: orders to the wire, the fates of frames, and `sees`. */
#include <errno.h>
#include <string.h>

#include "base/intl.h"
#include "base/mem.h"
#include "call/line.h"
#include "call/line_parse.h"
#include "call/nearest.h"
#include "call/scan.h"

static const char *const order_words[] = {
	[WIRE_FLOW] = "flow", [WIRE_HOLD] = "hold", [WIRE_PASS] = "pass",
	[WIRE_DROP] = "drop", [WIRE_DELAY] = "delay", [WIRE_CUT] = "cut",
	[WIRE_MEND] = "mend",
};

#define ORDERS ((int)(sizeof(order_words) / sizeof(order_words[0])))

static const char *const fate_words[] = {
	[FATE_PASSED] = "passed", [FATE_HELD] = "held",
	[FATE_DELAYED] = "delayed", [FATE_DROPPED] = "dropped",
	[FATE_ABSORBED] = "absorbed", [FATE_REPEAT] = "repeat",
};

#define FATES ((int)(sizeof(fate_words) / sizeof(fate_words[0])))

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

static bool at_frame(const struct scan *s)
{
	return scan_peek(s) == '#' && s->at + 1 < s->n &&
		scan_is_digit(s->text[s->at + 1]);
}

static int parse_frame(struct scan *s, int64_t *frame)
{
	scan_blank(s);
	if (!at_frame(s))
		return scan_fail(s, _("a frame, as in #4"));
	s->at++;
	return scan_number(s, _("frame"), 1, INT64_MAX, frame);
}

static int end_of_order(struct scan *s, const char *verb)
{
	char seen[SCAN_SEEN];

	if (scan_end(s))
		return 0;
	return scan_fail(s, _("%s: nothing more is expected here, not %s"),
		verb, scan_seen(s, seen));
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

/* #N | N | all, for frames in hand; false when something else stands there. */
static bool parse_which(struct scan *s, struct wire_order *w, int *error)
{
	*error = 0;
	scan_blank(s);
	if (at_frame(s))
		*error = parse_frame(s, &w->frame);
	else if (scan_is_digit(scan_peek(s)))
		*error = scan_number(s, _("frames"), 1, INT64_MAX, &w->count);
	else if (scan_word(s, "all"))
		w->count = -1;
	else
		return scan_end(s);
	return true;
}

static int parse_pass(struct scan *s, struct wire_order *w)
{
	char seen[SCAN_SEEN];
	int error;

	if (!parse_which(s, w, &error))
		return scan_fail(s, _("pass: nothing (the oldest), a count, "
			"#4 or all, not %s"), scan_seen(s, seen));
	return error ? error : end_of_order(s, "pass");
}

static int parse_drop(struct scan *s, struct wire_order *w)
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
	if (parse_which(s, w, &error))
		return error ? error : end_of_order(s, "drop");
	return parse_filter(s, w);
}

static int parse_delay(struct scan *s, struct wire_order *w)
{
	char seen[SCAN_SEEN];
	size_t n = 0;

	scan_blank(s);
	while (s->at + n < s->n && scan_is_name(s->text[s->at + n]))
		n++;
	w->delay = line_parse_time(s->text + s->at, n);
	if (w->delay < 0)
		return scan_fail(s, _("delay: a time, as in 2s, 500ms or "
			"10us, not %s"), scan_seen(s, seen));
	s->at += n;
	return parse_filter(s, w);
}

static int parse_hold(struct scan *s, struct wire_order *w)
{
	scan_blank(s);
	if (scan_is_digit(scan_peek(s)) || at_frame(s))
		return scan_fail(s, _("hold: a filter for frames to come, as "
			"in hold data from client, or nothing"));
	return parse_filter(s, w);
}

static int parse_order(struct scan *s, struct wire_order *w)
{
	switch (w->verb) {
	case WIRE_FLOW:
	case WIRE_CUT:
	case WIRE_MEND:
		return end_of_order(s, order_words[w->verb]);
	case WIRE_HOLD:
		return parse_hold(s, w);
	case WIRE_PASS:
		return parse_pass(s, w);
	case WIRE_DROP:
		return parse_drop(s, w);
	case WIRE_DELAY:
		return parse_delay(s, w);
	}
	return -EINVAL;
}

/* Behind the word of a fate: #5, and for repeats: of #4. */
static int parse_fate(struct scan *s, struct line *l)
{
	bool of = l->fate == FATE_ABSORBED || l->fate == FATE_REPEAT;

	if (parse_frame(s, &l->frame) < 0)
		return -EINVAL;
	if (of && !scan_word(s, "of"))
		return scan_fail(s, _("%s: of and the frame it repeats, as in "
			"of #4"), fate_words[l->fate]);
	if (of && parse_frame(s, &l->of) < 0)
		return -EINVAL;
	return end_of_order(s, fate_words[l->fate]);
}

/* Take " x N" off the end of a filter; false when N is no number. */
static bool take_times(char *filter, int64_t *times)
{
	size_t n = strlen(filter), digits = 0, x;
	struct scan s;

	while (digits < n && scan_is_digit(filter[n - 1 - digits]))
		digits++;
	x = n - digits;
	while (x > 0 && filter[x - 1] == ' ')
		x--;
	if (!digits || x == 0 || filter[x - 1] != 'x' ||
		(x > 1 && filter[x - 2] != ' '))
		return true;
	scan_init(&s, filter, n, NULL);
	s.at = n - digits;
	if (scan_number(&s, "x", 0, INT64_MAX, times) < 0)
		return false;
	for (x--; x > 0 && filter[x - 1] == ' '; x--)
		;
	filter[x] = '\0';
	return true;
}

static int parse_sees(struct scan *s, struct line *l)
{
	l->times = -1;
	scan_blank(s);
	l->filter = line_take_rest(s);
	if (!l->filter)
		return -EINVAL;
	if (!take_times(l->filter, &l->times))
		return scan_fail(s, _("sees: x and how many frames, as in "
			"x 2"));
	if (l->filter[0])
		return 0;
	return scan_fail(s, _("sees: which frames, as in sees rst from "
		"server"));
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
		return scan_fail(s, _("wire: hold, flow, pass, drop, delay, "
			"cut, mend or sees, not %s"), scan_seen(s, seen));
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
		if (parse_order(s, &l->wire) < 0)
			return -EINVAL;
		if (!l->wire.filter)
			l->wire.filter = mem_string("");
		return 0;
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
		l->kind = LINE_SEES;
		return parse_sees(s, l);
	}
	return fail_word(s, n);
}
