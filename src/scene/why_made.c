/* why_made: frames that the wire made, or made others of. */
#include <netinet/in.h>
#include <stdio.h>

#include "packet/facts.h"
#include "scene/why_inside.h"

static bool made_on_the_wire(struct question *q)
{
	const char *order = scene_rule_order(q->s, q->f->rule, q->position);
	uint32_t of = q->f->made_of == SCENE_NONE ? 0 :
		why_number(q, q->f->made_of);

	switch ((enum made)q->f->made) {
	case MADE_NOT:
		return false;
	case MADE_RESET:
		return false; /* why_end.c */
	case MADE_DUPLICATE:
		say(q, q->f->position, _("No host sent this frame: it is a "
			"second copy of frame #%u, made on the wire."), of);
		break;
	case MADE_SPLIT:
		say(q, q->f->position, _("No host sent this frame: it is a "
			"part of frame #%u, which was split on the wire."),
			of);
		break;
	case MADE_CORRUPT:
		say(q, q->f->position, _("No host sent this frame as it is: "
			"it is frame #%u, with a byte changed on the wire."),
			of);
		break;
	case MADE_ICMP:
		say(q, q->f->position, _("No host sent this frame: the wire "
			"answers frame #%u as a router would, for which it is "
			"too long."), of);
		break;
	}
	if (*order)
		say(q, q->f->position, _("Rule %u says so: %s."), q->f->rule,
			order);
	return true;
}

static bool replaced(struct question *q)
{
	const char *order;

	if (scene_frame_fate(q->s, q->ref, q->position) != FATE_REPLACED)
		return false;
	say(q, q->f->position, _("Frame #%u itself went no further: what was "
		"made of it on the wire goes instead."), q->f->number);
	order = scene_rule_order(q->s, q->f->rule, q->position);
	if (*order && q->f->first_fate == FATE_REPLACED)
		say(q, q->f->position, _("Rule %u says so: %s."), q->f->rule,
			order);
	return true;
}

/* Of a frame that a host sent it says nothing: cards fill sums in late. */
static bool bad_checksum(struct question *q)
{
	struct event e;
	struct facts f;

	if (q->f->made != MADE_CORRUPT || !scene_frame_bytes(q->s, q->ref, &e))
		return false;
	facts_read(&f, e.data, e.len);
	if (!f.bad_ip_sum && !(f.sum_known && f.bad_sum))
		return false;
	say(q, q->f->position, _("The checksum of frame #%u does not fit its "
		"bytes: whose kernel it reaches throws it away, and says "
		"nothing."), q->f->number);
	if (f.protocol == IPPROTO_TCP)
		say(q, q->f->position, _("Its sender gets no acknowledgement, "
			"and sends the bytes again."));
	made_on_the_wire(q);
	return true;
}

const struct cause why_of_made[] = {
	{"replaced", WHY_FRAME, 0, replaced},
	{"bad-checksum", WHY_FRAME, 0, bad_checksum},
	{"made-on-the-wire", WHY_FRAME, 0, made_on_the_wire},
	{0},
};
