/*
 * The rules in force, and the table of faults.
 *
 * To add a fault: its verb and fate in call/line.h, a row here, and, when its
 * fate is a new one, its case in gate_frame (wire/gate.c).
 */
#include "wire/rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "packet/filter.h"

/* The first row that has a rule for a frame decides: a frame on a cut wire
 * cannot be held, one that is held is not delayed as well. */
static const struct fault {
	enum wire_verb verb;
	enum fate fate;
	bool mends; /* ended by `mend` */
} fault[] = {
	{WIRE_CUT, FATE_DROPPED, true},
	{WIRE_DROP, FATE_DROPPED, true},
	{WIRE_HOLD, FATE_HELD, false},
	{WIRE_DELAY, FATE_DELAYED, true},
};

#define FAULTS (sizeof(fault) / sizeof(*fault))
#define FOREVER (-1)

struct rule {
	struct rule *older;
	char *text;             /* of its filter */
	struct filter *filter;  /* NULL: every frame */
	int64_t left;           /* frames to go, or FOREVER */
	int64_t delay;
};

struct rules {
	const struct filter_name *names;
	struct rule *newest[FAULTS]; /* by row; the newest is asked first */
};

struct rules *rules_new(const struct filter_name *names)
{
	struct rules *r = mem_zero(sizeof(*r));

	r->names = names;
	return r;
}

/* Take the rule at *at out of its row. */
static void end(struct rule **at)
{
	struct rule *r = *at;

	*at = r->older;
	filter_free(r->filter);
	free(r->text);
	free(r);
}

static size_t row_of(enum wire_verb verb)
{
	size_t i = 0;

	while (i < FAULTS && fault[i].verb != verb)
		i++;
	return i;
}

/* Said again, a rule without a count replaces the one before: what people
 * repeat must not pile up. */
static void forget_same(struct rule **at, const char *text)
{
	while (*at)
		if ((*at)->left == FOREVER && !strcmp((*at)->text, text))
			end(at);
		else
			at = &(*at)->older;
}

int rules_add(struct rules *r, const struct wire_order *order,
	struct diag *d)
{
	struct rule **row = &r->newest[row_of(order->verb)];
	const char *text = order->filter ? order->filter : "";
	struct filter *filter = NULL;
	struct rule *new;
	int e;

	if (*text) {
		e = filter_compile(&filter, text, r->names, d);
		if (e)
			return e;
	}
	if (!order->next)
		forget_same(row, text);
	new = mem_zero(sizeof(*new));
	new->older = *row;
	new->text = mem_string(text);
	new->filter = filter;
	new->left = FOREVER;
	if (order->next)
		new->left = order->count > 0 ? order->count : 1;
	new->delay = order->delay;
	*row = new;
	return 0;
}

enum fate rules_judge(struct rules *r, const uint8_t *frame, size_t len,
	int64_t *delay)
{
	for (size_t i = 0; i < FAULTS; i++) {
		struct rule **at = &r->newest[i];

		while (*at && (*at)->filter &&
			!filter_match((*at)->filter, frame, len))
			at = &(*at)->older;
		if (!*at)
			continue;
		*delay = (*at)->delay;
		if ((*at)->left != FOREVER && --(*at)->left == 0)
			end(at);
		return fault[i].fate;
	}
	return FATE_PASSED;
}

void rules_end(struct rules *r, enum wire_verb verb)
{
	struct rule **row = &r->newest[row_of(verb)];

	while (*row)
		end(row);
}

void rules_mend(struct rules *r)
{
	for (size_t i = 0; i < FAULTS; i++)
		if (fault[i].mends)
			rules_end(r, fault[i].verb);
}

bool rules_have(const struct rules *r, enum wire_verb verb)
{
	return r->newest[row_of(verb)] != NULL;
}

bool rules_any(const struct rules *r)
{
	for (size_t i = 0; i < FAULTS; i++)
		if (r->newest[i])
			return true;
	return false;
}

void rules_free(struct rules *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < FAULTS; i++)
		while (r->newest[i])
			end(&r->newest[i]);
	free(r);
}
