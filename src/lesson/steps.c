/*
 * steps: lines of a fence or a script → steps.
 *
 * A lesson orders and asks. Lines that only the lab or the player may say
 * (what the wire did, which page is shown) are refused here, so that a lesson
 * cannot put words into the journal's mouth.
 */
#include "lesson/steps.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "lesson/lesson.h"
#include "lesson/typed.h"

static bool one_of(const char *word, const char *const *words)
{
	while (*words)
		if (!strcmp(*words++, word))
			return true;
	return false;
}

static int check_verb(const struct line *l, struct diag *d)
{
	static const char *const of_lab[] = {
		"wait", "clocks", "mtu", "arp", "host", "dns", "set",
		"needs", NULL
	};
	static const char *const of_actor[] = {
		"interrupt", "kill", "stop", "cont", "run", "ends", "says", NULL
	};

	if (!strcmp(l->lane, "lab") ? one_of(l->verb, of_lab)
			: one_of(l->verb, of_actor))
		return 0;
	return diag_set(d, 1, _("a lesson cannot say “%s: %s”: the lab and the "
		"player do"), l->lane, l->verb);
}

/* What a goal or a when may ask: it is judged from what was seen, and nothing
 * of it is sent to the lab. */
static int check_asked(const struct line *l, bool many, struct diag *d)
{
	if (many)
		return diag_set(d, 1, _("a line of a goal stands for itself "
			"alone"));
	switch (l->kind) {
	case LINE_SEES:
	case LINE_HAS:
		if (!l->expect.after && !l->expect.within)
			return 0;
		return diag_set(d, 1, _("a goal is judged whenever nothing "
			"moves any more: no after and no within here"));
	case LINE_CALL:
	case LINE_RETURNS:
	case LINE_WAITS:
	case LINE_VERB:
	case LINE_WIRE:
	case LINE_FATE:
		return diag_set(d, 1, _("goal and when do nothing, they ask: "
			"“lane: did …”, “lane: got …”, “lane: gave …”, "
			"“wire: sees …”, “host: has …”"));
	case LINE_EMPTY:
	case LINE_DID:
	case LINE_GOT:
	case LINE_GAVE:
		return 0;
	}
	return 0;
}

/* A learner puts these lines in order: they act, and tell no result. */
static int check_given(const struct line *l, struct diag *d)
{
	switch (l->kind) {
	case LINE_CALL:
		if (l->expect.kind == EXPECT_NOTHING)
			return 0;
		return diag_set(d, l->expect.column, _("a line of parsons "
			"tells no result: that is to be found"));
	case LINE_EMPTY:
	case LINE_VERB:
	case LINE_WIRE:
		return 0;
	case LINE_RETURNS:
	case LINE_WAITS:
	case LINE_FATE:
	case LINE_SEES:
	case LINE_HAS:
	case LINE_DID:
	case LINE_GOT:
	case LINE_GAVE:
		return diag_set(d, 1, _("a line of parsons acts: a call, or "
			"an order to the wire"));
	}
	return 0;
}

static int check_line(const struct line *l, struct diag *d)
{
	switch (l->kind) {
	case LINE_VERB:
		return check_verb(l, d);
	case LINE_FATE:
		return diag_set(d, 1, _("only the wire says what became of a "
			"frame; ask with “wire: sees …”"));
	case LINE_WAITS:
		return diag_set(d, 1, _("only the kernel says that a call "
			"waits; ask with “-> waits” behind the call"));
	case LINE_CALL:
	case LINE_RETURNS:
		if (l->expect.kind == EXPECT_ASK)
			return diag_set(d, l->expect.column,
				_("“-> ?” is nothing that the lab can compare; "
				"write the result"));
		return 0;
	case LINE_EMPTY:
	case LINE_WIRE:
	case LINE_SEES:
	case LINE_HAS:
		return 0;
	case LINE_DID:
	case LINE_GOT:
	case LINE_GAVE:
		return diag_set(d, 1, _("did, got and gave stand in goal and "
			"when fences alone"));
	}
	return 0;
}

static int check(const struct block *b, const struct line *l, bool many,
	struct diag *d)
{
	int error;

	if (b->kind == BLOCK_GOAL || b->kind == BLOCK_WHEN)
		return check_asked(l, many, d);
	error = check_line(l, d);
	if (!error && b->kind == BLOCK_PARSONS)
		error = check_given(l, d);
	return error;
}

int steps_add(struct block *b, const char *text, size_t n, int line,
	int column, struct diag *d)
{
	struct line l;
	struct buf out = {0};
	struct step *s;
	bool many;
	int error;

	error = typed_parse(&l, &out, &many, text, n, NULL, d, NULL);
	if (!error)
		error = check(b, &l, many, d);
	if (error || l.kind == LINE_EMPTY) {
		line_done(&l);
		buf_done(&out);
		if (error && d) {
			d->line = line;
			d->column = d->column ? d->column + column - 1
				: column;
		}
		return error;
	}
	b->step = mem_grow(b->step, &b->steps_room, b->steps + 1,
		sizeof(*b->step));
	s = &b->step[b->steps++];
	s->line = l;
	s->many = many;
	s->text = mem_string(buf_str(&out));
	s->source_line = line;
	buf_done(&out);
	return 0;
}

void steps_done(struct block *b)
{
	for (size_t i = 0; i < b->steps; i++) {
		line_done(&b->step[i].line);
		free(b->step[i].text);
	}
	free(b->step);
	b->step = NULL;
	b->steps = 0;
}
