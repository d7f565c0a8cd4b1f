/* due: what the orders that are not answered yet wait for. */
#include "lab/inside.h"

bool orders_need_still(const struct lab *lab)
{
	for (const struct order *o = lab->orders; o; o = o->next)
		if (o->stage == ORDER_CALL || o->stage == ORDER_RETURNS ||
			o->stage == ORDER_SEES || o->stage == ORDER_HAS ||
			o->stage == ORDER_ENDS || o->stage == ORDER_SIGNAL)
			return true;
	return false;
}

bool orders_need_settled(const struct lab *lab)
{
	for (const struct order *o = lab->orders; o; o = o->next) {
		const struct expect *e = order_expect(o);

		if (e->after || e->within) /* it has a time of its own */
			continue;
		if (o->stage == ORDER_SEES || o->stage == ORDER_ENDS)
			return true;
		if ((o->stage == ORDER_CALL || o->stage == ORDER_RETURNS) &&
			e->kind == EXPECT_ANY_OF)
			return true;
	}
	return false;
}

/* Whether it waits for what only looking tells. */
static bool is_looked_for(const struct lab *lab, const struct order *o)
{
	return o->stage == ORDER_INTERRUPT || o->stage == ORDER_STOP ||
		(o->stage == ORDER_SIGNAL && still_is(lab)) ||
		(o->stage == ORDER_ENDS && settled_is(lab));
}

int64_t orders_due(const struct lab *lab)
{
	int64_t due = INT64_MAX, soon = lab->now + CLOCK_MS, this;

	for (const struct order *o = lab->orders; o; o = o->next) {
		if (o->stage == ORDER_QUEUED || o->stage == ORDER_KILL)
			continue;
		this = o->deadline;
		if (is_looked_for(lab, o))
			this = soon;
		else if (o->stage == ORDER_HAS && o->again > lab->now)
			this = o->again;
		if (this < due)
			due = this;
	}
	return due;
}
