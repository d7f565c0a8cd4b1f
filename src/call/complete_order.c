/*
 * complete_order: orders to the wire, expectations on frames and sockets, and
 * verbs.
 *
 * What may stand at the cursor depends on how many words of the order were
 * written, and on the one before.
 */
#include <stdio.h>
#include <string.h>

#include "base/intl.h"
#include "call/complete_inside.h"
#include "call/line.h"
#include "call/table.h"
#include "call/verb.h"
#include "call/wish.h"

/* The words behind an order, before the one being typed. */
struct written {
	int words;
	char last[LINE_NAME];
};

static struct written count_words(struct completing *c)
{
	struct written w = {0};
	struct scan s = c->s;
	size_t n;

	complete_take_word(c);
	s.n = c->out->from;
	for (scan_blank(&s); s.at < s.n; scan_blank(&s)) {
		for (n = 0; s.at + n < s.n && s.text[s.at + n] != ' ' &&
			s.text[s.at + n] != '\t'; n++)
			;
		scan_copy(&s, n, w.last, sizeof(w.last));
		w.words++;
		s.at += n;
	}
	return w;
}

static bool is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static void offer_filter(struct completing *c)
{
	static const char *const words[] = {"syn", "synack", "rst", "fin",
		"ack", "data", "from", "to", NULL};

	complete_list(c, words, "");
}

static void offer_span(struct completing *c)
{
	complete_word(c, "x", " ");
	complete_word(c, "after", " ");
	complete_word(c, "within", " ");
}

/* ---- orders ---- */

/* What an order takes before the frames it is about. */
static const struct order {
	const char *word;
	int first;         /* so many words … */
	const char *hint;  /* … of these, msgid */
	bool in_hand;      /* it can be about frames in hand */
	bool rule;         /* … and about frames to come */
} orders[] = {
	{"flow", 0, NULL, false, false},
	{"hold", 0, NULL, false, false},
	{"pass", 0, NULL, true, false},
	{"drop", 0, NULL, true, true},
	{"delay", 1, N_("a time, as in 2s, 500ms or 10us; then a filter"),
		true, true},
	{"vanish", 1, N_("a host: it is gone without a word"), false, false},
	{"reset", 1, N_("a host: it is sent a forged RST"), false, false},
	{"duplicate", 0, NULL, true, true},
	{"swap", 0, NULL, true, true},
	{"loss", 1, N_("a percentage, as in 30%"), false, true},
	{"rate", 1, N_("bits a second, as in 8kbit or 10Mbit"), false, true},
	{"corrupt", 2, N_("byte N of the frame, or payload N"), true, true},
	{"split", 1, N_("before which byte of the payload"), true, true},
	{"mtu", 1, N_("the longest packet that gets through"), false, true},
	{"mend", 0, N_("a rule's number; nothing: all rules"), false, false},
};

static const struct order *order_of(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		if (is(orders[i].word, word))
			return &orders[i];
	return NULL;
}

/* Words that only this order has, at this place. */
static void offer_own(struct completing *c, const struct order *o,
	const struct written *w)
{
	if (o->first && !w->words && (is(o->word, "vanish") ||
			is(o->word, "reset")))
		complete_hosts(c, "");
	if (is(o->word, "corrupt") && !w->words) {
		complete_word(c, "byte", " ");
		complete_word(c, "payload", " ");
	}
	if (is(o->word, "corrupt") && w->words == 2)
		complete_word(c, "to", " ");
	if (is(o->word, "corrupt") && w->words >= 2)
		complete_word(c, "mended", "");
	if (is(o->word, "delay") && w->words == 1)
		complete_word(c, "jitter", " ");
	if ((is(o->word, "delay") && w->words == 3) ||
			(is(o->word, "loss") && w->words == 1))
		complete_word(c, "seed", " ");
}

static void at_order(struct completing *c, const struct order *o,
	const struct written *w)
{
	offer_own(c, o, w);
	if (w->words < o->first || (o->hint && !o->first && !w->words)) {
		if (o->hint)
			complete_hint(c, _(o->hint));
		return;
	}
	if (w->words == o->first && o->in_hand)
		complete_word(c, "all", "");
	if (w->words == o->first && o->rule)
		complete_word(c, "next", " ");
	if (o->rule || is(o->word, "hold") || is(o->word, "reset"))
		offer_filter(c);
}

void complete_order(struct completing *c, const char *order)
{
	struct written w = count_words(c);
	const struct order *o = order_of(order);

	if (is(w.last, "from") || is(w.last, "to")) {
		complete_hosts(c, "");
	} else if (o) {
		at_order(c, o, &w);
	} else { /* sees */
		offer_filter(c);
		if (w.words)
			offer_span(c);
	}
}

/* ---- sockets ---- */

static void offer_timers(struct completing *c)
{
	size_t i;

	for (i = 0; wish_timer_at(i); i++)
		complete_word(c, wish_timer_at(i), "");
}

void complete_has(struct completing *c)
{
	struct written w = count_words(c);
	const char *option;
	size_t i;

	complete_hint(c, _("what a socket of this host is like: a name, a "
		"state, local, peer, recv N …"));
	if (is(w.last, "timer")) {
		offer_timers(c);
		return;
	}
	if (is(w.last, "local") || is(w.last, "peer")) {
		complete_addresses(c);
		return;
	}
	for (i = 0; wish_word_at(i); i++)
		complete_word(c, wish_word_at(i), "");
	for (i = 0; (option = constant_at("option", i)); i++)
		complete_word(c, option, "=");
	complete_set(c, "state");
	complete_list(c, c->world->names, "");
	offer_span(c);
}

/* ---- verbs ---- */

void complete_verb(struct completing *c, const struct verb *v)
{
	const char *p = v->choices;
	char word[LINE_NAME];
	size_t n;

	if (complete_at_word(c)) {
		for (; p && *p; p += n + (p[n] == '|')) {
			n = strcspn(p, "|");
			snprintf(word, sizeof(word), "%.*s", (int)n, p);
			complete_word(c, word, "");
		}
		if (v->takes == VERB_SIGNAL)
			complete_set(c, "signal");
	}
	if (v->help)
		complete_hint(c, _(v->help));
}
