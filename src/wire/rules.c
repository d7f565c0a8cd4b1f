/*
 * The rules in force.
 *
 * To add a fault: its verb in call/line.h, a stage here, and its case in
 * meet_rule (wire/meet.c).
 */
#include "wire/rules.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "packet/filter.h"
#include "wire/hosts.h"

struct rules {
	const struct hosts *hosts;
	struct rule *newest[STAGES]; /* the newest is asked first */
	unsigned in_force;           /* a bit for each stage that has one */
	int64_t numbers;             /* given so far */
};

struct rules *rules_new(const struct hosts *hosts)
{
	struct rules *r = mem_zero(sizeof(*r));

	r->hosts = hosts;
	return r;
}

/* Take the rule at *at out of its stage. */
static void end(struct rules *r, enum stage stage, struct rule **at)
{
	struct rule *rule = *at;

	*at = rule->older;
	filter_free(rule->filter);
	free(rule->order.filter);
	free(rule);
	if (!r->newest[stage])
		r->in_force &= ~(1U << stage);
}

/* STAGES: the order makes no rule. */
static enum stage stage_of(enum wire_verb verb)
{
	switch (verb) {
	case WIRE_VANISH:
		return STAGE_VANISH;
	case WIRE_CUT:
		return STAGE_CUT;
	case WIRE_DROP:
		return STAGE_DROP;
	case WIRE_LOSS:
		return STAGE_LOSS;
	case WIRE_MTU:
		return STAGE_MTU;
	case WIRE_CORRUPT:
		return STAGE_CORRUPT;
	case WIRE_SPLIT:
		return STAGE_SPLIT;
	case WIRE_DUPLICATE:
		return STAGE_DUPLICATE;
	case WIRE_SWAP:
		return STAGE_SWAP;
	case WIRE_HOLD:
		return STAGE_HOLD;
	case WIRE_RATE:
		return STAGE_RATE;
	case WIRE_DELAY:
		return STAGE_DELAY;
	case WIRE_FLOW:
	case WIRE_PASS:
	case WIRE_MEND:
	case WIRE_RESET:
		break;
	}
	return STAGES;
}

/* Said again, a rule without a count replaces the one before: what people
 * repeat must not pile up. */
static void forget_same(struct rules *r, enum stage stage,
	const struct rule *new)
{
	struct rule **at = &r->newest[stage];

	while (*at)
		if ((*at)->left == RULE_FOREVER && (*at)->host == new->host &&
			!strcmp((*at)->order.filter, new->order.filter))
			end(r, stage, at);
		else
			at = &(*at)->older;
}

int rules_add(struct rules *r, const struct wire_order *order,
	struct diag *d)
{
	const char *text = order->filter ? order->filter : "";
	enum stage stage = stage_of(order->verb);
	struct filter *filter = NULL;
	struct rule *new;
	int host = -1;

	if (order->verb == WIRE_VANISH) {
		host = hosts_find(r->hosts, order->host);
		if (host < 0)
			return diag_set(d, 0, _("there is no host %s"),
				order->host);
	}
	if (*text && filter_compile(&filter, text, r->hosts->names, d))
		return -EINVAL;
	new = mem_zero(sizeof(*new));
	new->order = *order;
	new->order.filter = mem_string(text);
	new->filter = filter;
	new->host = host;
	new->left = RULE_FOREVER;
	if (order->next)
		new->left = order->count > 0 ? order->count : 1;
	else
		forget_same(r, stage, new);
	new->random = order->seed ? order->seed : 1;
	new->number = ++r->numbers;
	new->older = r->newest[stage];
	r->newest[stage] = new;
	r->in_force |= 1U << stage;
	return 0;
}

static bool is_for(const struct rules *r, const struct rule *rule, int host,
	const uint8_t *frame, size_t len)
{
	if (rule->order.verb == WIRE_VANISH)
		return host == rule->host ||
			hosts_target(r->hosts, frame, len) == rule->host;
	return !rule->filter || filter_match(rule->filter, frame, len);
}

struct rule *rules_match(const struct rules *r, enum stage stage, int host,
	const uint8_t *frame, size_t len)
{
	struct rule *rule = r->newest[stage];

	while (rule && !is_for(r, rule, host, frame, len))
		rule = rule->older;
	return rule;
}

void rules_use(struct rules *r, struct rule *rule)
{
	enum stage stage = stage_of(rule->order.verb);
	struct rule **at = &r->newest[stage];

	if (rule->left == RULE_FOREVER || --rule->left > 0)
		return;
	while (*at != rule)
		at = &(*at)->older;
	end(r, stage, at);
}

/* splitmix64: every seed gives another row, and each step mixes all bits. */
uint64_t rule_draw(struct rule *rule, uint64_t below)
{
	uint64_t z = rule->random += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	z ^= z >> 31;
	return below ? z % below : 0;
}

int64_t rule_delay(struct rule *rule)
{
	int64_t jitter = rule->order.jitter;
	uint64_t all = 2 * (uint64_t)jitter + 1;

	if (!jitter)
		return rule->order.delay;
	return rule->order.delay + ((int64_t)rule_draw(rule, all) - jitter);
}

void rules_end(struct rules *r, enum stage stage)
{
	while (r->newest[stage])
		end(r, stage, &r->newest[stage]);
}

void rules_mend(struct rules *r)
{
	for (enum stage s = 0; s < STAGES; s++)
		if (s != STAGE_HOLD)
			rules_end(r, s);
}

/* The rule with the lowest number above another, or NULL. */
static struct rule **rule_above(struct rules *r, int64_t number,
	enum stage *stage)
{
	struct rule **best = NULL;

	for (enum stage s = 0; s < STAGES; s++)
		for (struct rule **at = &r->newest[s]; *at;
			at = &(*at)->older)
			if ((*at)->number > number &&
				(!best || (*at)->number < (*best)->number)) {
				best = at;
				*stage = s;
			}
	return best;
}

/* "2 (drop data), 3 (cut)" */
static void name_rules(struct rules *r, struct buf *b)
{
	struct rule **at = NULL;
	enum stage stage;

	while ((at = rule_above(r, at ? (*at)->number : 0, &stage))) {
		buf_printf(b, "%s%" PRId64 " (", b->len ? ", " : "",
			(*at)->number);
		wire_order_print(b, &(*at)->order);
		buf_char(b, ')');
	}
}

int rules_mend_one(struct rules *r, int64_t number, struct diag *d)
{
	enum stage stage;
	struct rule **at = rule_above(r, number - 1, &stage);
	struct buf names = {0};

	if (at && (*at)->number == number) {
		end(r, stage, at);
		return 0;
	}
	if (!rules_any(r))
		return diag_set(d, 0, "%s", _("no rule is in force"));
	name_rules(r, &names);
	diag_set(d, 0, _("there is no rule %" PRId64 "; in force: %s"),
		number, buf_str(&names));
	buf_done(&names);
	return -EINVAL;
}

bool rules_have(const struct rules *r, enum stage stage)
{
	return r->newest[stage] != NULL;
}

bool rules_any(const struct rules *r)
{
	return r->in_force != 0;
}

bool rules_vanished(const struct rules *r, int host)
{
	const struct rule *rule = r->newest[STAGE_VANISH];

	while (rule && rule->host != host)
		rule = rule->older;
	return rule != NULL;
}

void rules_free(struct rules *r)
{
	if (!r)
		return;
	for (enum stage s = 0; s < STAGES; s++)
		rules_end(r, s);
	free(r);
}
