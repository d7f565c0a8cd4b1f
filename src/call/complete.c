/*
 * complete: what may stand at the cursor.
 *
 * The text before the cursor is looked at once, from the left: whose line it
 * is, which call, which parameter. What stands there need not be right yet, so
 * this is no parser; where it cannot tell, it offers nothing.
 */
#include "call/complete.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "base/mem.h"
#include "call/complete_inside.h"
#include "call/line.h"
#include "call/line_parse.h"
#include "call/table.h"
#include "call/verb.h"

static void offer_calls(struct completing *c)
{
	size_t i;

	for (i = 0; call_row_at(i); i++)
		complete_word(c, call_row_at(i)->name, "(");
}

static void offer_verbs(struct completing *c, bool lab)
{
	const struct verb *v;
	size_t i;

	for (i = 0; (v = verb_at(i)); i++)
		if (v->lab == lab && v->help)
			complete_word(c, v->name, v->takes == VERB_NOTHING ||
				v->takes == VERB_SIGNAL ? "" : " ");
}

static void offer_orders(struct completing *c)
{
	size_t i;

	for (i = 0; wire_word_at(i); i++)
		complete_word(c, wire_word_at(i), "");
}

/* What a verb or a call does, when it is the only one left. */
static void hint_only(struct completing *c, bool lab)
{
	const struct call_row *row;
	const struct verb *v;
	char name[LINE_NAME];

	if (c->out->count != 1)
		return;
	snprintf(name, sizeof(name), "%.*s",
		(int)strcspn(c->out->candidate[0], "( "),
		c->out->candidate[0]);
	row = lab ? NULL : call_row(name);
	v = verb_row(lab, name);
	if (row)
		complete_hint_call(c, row, -1);
	else if (v && v->help)
		complete_hint(c, _(v->help));
}

/* The first word of what an actor does; bound: behind "x =". */
static void actor_begins(struct completing *c, bool bound, bool lane_given)
{
	offer_calls(c);
	if (!bound) {
		offer_verbs(c, false);
		complete_word(c, "has", " ");
	}
	if (!bound && !lane_given) {
		offer_orders(c);
		complete_list(c, c->world->lanes, ":");
		complete_word(c, "wire", ":");
		complete_word(c, "lab", ":");
	}
	complete_tidy(c->out);
	hint_only(c, false);
}

static void wire_line(struct completing *c)
{
	char word[LINE_NAME];
	size_t n;

	if (complete_at_word(c)) {
		offer_orders(c);
		return;
	}
	n = scan_name(&c->s);
	scan_copy(&c->s, n, word, sizeof(word));
	c->s.at += n;
	if (wire_is_order(word))
		complete_order(c, word);
}

static void lab_line(struct completing *c)
{
	char word[LINE_NAME];
	size_t n;

	if (complete_at_word(c)) {
		offer_verbs(c, true);
		complete_tidy(c->out);
		hint_only(c, true);
		return;
	}
	n = scan_name(&c->s);
	scan_copy(&c->s, n, word, sizeof(word));
	c->s.at += n;
	if (verb_row(true, word))
		complete_verb(c, verb_row(true, word));
}

/* Take "s =" or "a, b =" at the cursor; whether it stands there. */
static bool take_names(struct scan *s)
{
	struct scan ahead = *s;

	do {
		scan_blank(&ahead);
		if (!scan_name(&ahead))
			return false;
		ahead.at += scan_name(&ahead);
	} while (scan_take(&ahead, ','));
	if (!scan_take(&ahead, '='))
		return false;
	s->at = ahead.at;
	return true;
}

/* Behind a word that is no binding: what it is the beginning of. */
static void behind_word(struct completing *c, const char *word, bool bound,
	bool lane_given)
{
	const struct call_row *row = call_row(word);
	const struct verb *verb = verb_row(false, word);

	if (row && scan_take(&c->s, '(')) {
		complete_call(c, row);
	} else if (bound) {
		return;
	} else if (row && scan_word(&c->s, "returns")) {
		complete_result(c, row, true);
	} else if (row && complete_at_word(c)) {
		complete_word(c, "returns", " -> ");
	} else if (strcmp(word, "has") == 0) {
		complete_has(c);
	} else if (verb && verb->help) {
		complete_verb(c, verb);
	} else if (!lane_given && wire_is_order(word)) {
		complete_order(c, word);
	}
}

static void actor_line(struct completing *c, bool lane_given)
{
	bool bound = take_names(&c->s);
	char word[LINE_NAME];
	size_t n;

	if (complete_at_word(c)) {
		actor_begins(c, bound, lane_given);
		return;
	}
	n = scan_name(&c->s);
	scan_copy(&c->s, n, word, sizeof(word));
	if (!n)
		return;
	c->s.at += n;
	behind_word(c, word, bound, lane_given);
}

/* The lane that is written, n bytes; the cursor goes behind its colon. */
static size_t take_lane(struct scan *s, const char **lane)
{
	struct scan ahead = *s;
	size_t n = 0;

	scan_blank(&ahead);
	*lane = ahead.text + ahead.at;
	while (ahead.at + n < ahead.n && (scan_is_name((*lane)[n]) ||
			(*lane)[n] == '-' || (*lane)[n] == '/'))
		n++;
	ahead.at += n;
	if (!n || !scan_take(&ahead, ':'))
		return 0;
	*s = ahead;
	return n;
}

void complete(struct completion *out, const char *text, size_t at,
	const struct complete_world *world)
{
	struct completing c = {.out = out, .world = world};
	const char *lane;
	size_t n;

	memset(out, 0, sizeof(*out));
	out->from = at;
	scan_init(&c.s, text, at, NULL);
	n = take_lane(&c.s, &lane);
	if (n == 4 && memcmp(lane, "wire", 4) == 0)
		wire_line(&c);
	else if (n == 3 && memcmp(lane, "lab", 3) == 0)
		lab_line(&c);
	else
		actor_line(&c, n > 0);
	if (!out->candidate)
		out->candidate = mem_zero(sizeof(*out->candidate));
	complete_tidy(out);
}

void completion_done(struct completion *c)
{
	size_t i;

	for (i = 0; i < c->count; i++)
		free(c->candidate[i]);
	free(c->candidate);
	free(c->hint);
	memset(c, 0, sizeof(*c));
}
