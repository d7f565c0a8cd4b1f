/*
 * rules: what shall happen to frames to come. Of this room only.
 *
 * A *rule* is an order that stays in force: a fault, the frames it is for, how
 * many of them. The kinds are rows of one table in wire/rules.c.
 */
#ifndef WIRE_RULES_H
#define WIRE_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "call/line.h"

struct diag;
struct filter_name;
struct rules;

struct rules *rules_new(const struct filter_name *names); /* borrowed */
void rules_free(struct rules *r);

/* Put an order in force. 0, or -EINVAL with d filled in. */
int rules_add(struct rules *r, const struct wire_order *order,
	struct diag *d);

/* Which fate a frame meets first, FATE_PASSED when no rule is for it. A rule
 * with a count is used up by one. *delay is set for FATE_DELAYED. */
enum fate rules_judge(struct rules *r, const uint8_t *frame, size_t len,
	int64_t *delay);

void rules_end(struct rules *r, enum wire_verb verb); /* all of a kind */
void rules_mend(struct rules *r); /* all that mend ends */

bool rules_have(const struct rules *r, enum wire_verb verb);
bool rules_any(const struct rules *r);

#endif
