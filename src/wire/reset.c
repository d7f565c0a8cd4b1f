/* The order `reset`: a RST to the ends of a host's connections. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "packet/filter.h"
#include "wire/inside.h"

/* Any word for its frames will do: those that go either way. */
static bool is_meant(const struct filter *filter, const struct forged *rst,
	const struct forge_reset *r)
{
	struct forge_reset back = *r;
	struct forged answer;
	bool match = !filter || filter_match(filter, rst->frame, rst->len);

	if (match)
		return true;
	for (int i = 0; i < 2; i++) {
		back.key.port[i] = r->key.port[!i];
		memcpy(back.key.address[i], r->key.address[!i],
			sizeof(back.key.address[i]));
	}
	back.from = r->to;
	back.to = r->from;
	forge_rst(&answer, &back);
	match = filter_match(filter, answer.frame, answer.len);
	free(answer.frame);
	return match;
}

/* A RST to every end of a host's that is meant. How many. */
static size_t reset_all(struct gate *g, int host, const struct filter *filter)
{
	struct forge_reset r;
	struct forged rst;
	size_t n = 0, at = 0;

	while (track_next(g->track, g->hosts.mac[host], &at, &r)) {
		struct passing x = {.made = MADE_RESET};
		int from = hosts_of_mac(&g->hosts, r.from);

		forge_rst(&rst, &r);
		if (is_meant(filter, &rst, &r)) {
			x.host = from >= 0 ? from : !host;
			x.frame = rst.frame;
			x.len = rst.len;
			meet_go(g, &x);
			n++;
		}
		free(rst.frame);
	}
	return n;
}

int order_reset(struct gate *g, const struct wire_order *o,
	struct diag *d)
{
	struct filter *filter = NULL;
	int host = hosts_find(&g->hosts, o->host);
	size_t n;

	if (host < 0)
		return diag_set(d, 0, _("there is no host %s"), o->host);
	if (rules_have(g->rules, STAGE_CUT))
		return order_on_cut_wire(d);
	if (rules_vanished(g->rules, host))
		return diag_set(d, 0, _("%s has vanished, nothing reaches it; "
			"mend it first"), o->host);
	if (o->filter && *o->filter &&
		filter_compile(&filter, o->filter, g->hosts.names, d))
		return -EINVAL;
	n = reset_all(g, host, filter);
	filter_free(filter);
	if (n)
		return 0;
	return diag_set(d, 0, o->filter && *o->filter
		? _("no open TCP connection of %s matches")
		: _("%s has no open TCP connection on the wire"), o->host);
}
