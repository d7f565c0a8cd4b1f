/*
 * The gate: a frame that comes goes through the stages of the rules
 * (wire/meet.c); what is held lies in the hand (wire/held.h), what is delayed
 * waits for its time (wire/later.h). Orders are in wire/orders.c.
 *
 * On a wire that flows with no rule a frame costs nothing here but a note of
 * where its connection stands (wire/track.h).
 */
#include "wire/gate.h"

#include <stdlib.h>

#include "base/mem.h"
#include "wire/inside.h"

struct gate *gate_new(const struct gate_ports *ports,
	const struct filter_name *names)
{
	struct gate *g = mem_zero(sizeof(*g));

	g->ports = *ports;
	hosts_init(&g->hosts, names);
	g->rules = rules_new(&g->hosts);
	g->hand = hand_new();
	g->track = track_new();
	return g;
}

void gate_free(struct gate *g)
{
	if (!g)
		return;
	rules_free(g->rules);
	hand_free(g->hand);
	later_done(&g->later);
	track_free(g->track);
	free(g);
}

void gate_out(struct gate *g, int host, const uint8_t *frame, size_t len,
	enum made made)
{
	struct facts f;

	/* Only a frame that we damaged is not taken for what it says. */
	if (made == MADE_CORRUPT)
		facts_read(&f, frame, len);
	else
		facts_read_headers(&f, frame, len);
	if (!f.bad_sum && !f.bad_ip_sum)
		track_given(g->track, &f);
	g->ports.out(g->ports.arg, host, frame, len);
}

/* No rule and nothing held: it goes on as it came. */
static void flow(struct gate *g, int host, const uint8_t *frame, size_t len)
{
	struct gate_seen s = {.number = ++g->seen, .fate = FATE_PASSED};
	struct facts f;

	if (!track_flowing(g->track, frame, len)) {
		facts_read_headers(&f, frame, len);
		track_sent(g->track, &f, frame);
		track_given(g->track, &f);
	}
	g->ports.seen(g->ports.arg, host, frame, len, &s);
	g->ports.out(g->ports.arg, host, frame, len);
}

void gate_frame(struct gate *g, int host, const uint8_t *frame, size_t len,
	int64_t now)
{
	struct passing x = {
		.host = host, .frame = frame, .len = len, .now = now,
	};
	struct facts f;

	if (!rules_any(g->rules) && !hand_size(g->hand)) {
		flow(g, host, frame, len);
		return;
	}
	facts_read_headers(&f, frame, len);
	track_sent(g->track, &f, frame);
	meet(g, &x);
}

int64_t gate_due(const struct gate *g)
{
	return later_due(&g->later);
}

void gate_tick(struct gate *g, int64_t now)
{
	while (later_due(&g->later) <= now) {
		struct delayed d = later_take(&g->later);
		struct passing x = {
			.number = d.number, .host = d.host, .frame = d.frame,
			.len = d.len, .made = d.made, .now = now,
		};

		/* It was still under way when the wire was cut. */
		if (rules_have(g->rules, STAGE_CUT))
			meet_fate(g, &x, (struct gate_seen){
				.fate = FATE_DROPPED, .cut = true});
		else
			meet_go(g, &x);
		free(d.frame);
	}
}

size_t gate_delayed(const struct gate *g)
{
	return g->later.size;
}

bool gate_reaches(const struct gate *g, int host)
{
	return !rules_vanished(g->rules, host);
}
