/* why_attempt: a connection that was tried: to whom, and on which flow. */
#include <netinet/in.h>
#include <stdio.h>

#include "scene/why_inside.h"

static uint32_t position_of_frame(const void *member, const void *arg)
{
	(void)arg;
	return ((const struct scene_frame *)member)->position;
}

/* A connection that fails at once may never have been sampled with its ends:
 * then its first SYN tells the flow. */
static void find_flow(struct question *q, struct attempt *a)
{
	const struct scene_call *c = scene_call(q->s, a->call);
	int host = scene_actor(q->s, c->actor)->host;
	uint32_t i = table_below(&q->s->frames, position_of_frame, NULL,
		c->entered);
	struct facts f;

	for (int look = 0; i < q->s->frames.n && look < WHY_LOOK; look++, i++) {
		const struct scene_frame *frame = scene_frame(q->s, i);

		if (frame->position >= a->until)
			return;
		if (frame->host != host || frame->flow == SCENE_NONE ||
			(frame->flags & (FACTS_SYN | FACTS_ACK)) != FACTS_SYN ||
			!why_facts(q, i, &f) || f.target_port != a->to.port)
			continue;
		a->flow = frame->flow;
		a->way = frame->way;
		return;
	}
}

bool why_attempt(struct question *q, struct attempt *a)
{
	*a = (struct attempt){.flow = SCENE_NONE, .host = -1};
	a->call = !strcmp(q->row->name, "connect") ? q->ref :
		why_last(q, "connect", q->socket, q->c->entered);
	if (a->call == SCENE_NONE ||
		!why_call_end(q, a->call, 1, &a->to, a->path))
		return false;
	a->until = q->until;
	if (a->to.path) {
		a->host = q->host;
		return true;
	}
	a->host = a->to.any ? q->host : why_host_of(q, &a->to);
	find_flow(q, a);
	if (a->flow == SCENE_NONE && q->flow != SCENE_NONE) {
		a->flow = q->flow;
		a->way = q->way;
	}
	return true;
}

uint32_t why_error(struct question *q, uint32_t flow, int way, uint32_t to,
	struct facts *f)
{
	size_t n;
	const uint32_t *frames = scene_flow_frames(q->s, flow, q->position, &n);

	for (int look = 0; n-- > 0 && look < WHY_LOOK; look++) {
		const struct scene_frame *frame = scene_frame(q->s, frames[n]);

		if (frame->way == way || why_arrived(q, frames[n]) >= to ||
			!why_facts(q, frames[n], f))
			continue;
		if (f->protocol == IPPROTO_ICMP ||
			f->protocol == IPPROTO_ICMPV6)
			return frames[n];
	}
	return SCENE_NONE;
}

static bool is_at(struct question *q, uint32_t call, const void *arg)
{
	const struct named_at *w = arg;
	const struct scene_call *c = scene_call(q->s, call);
	struct end e;
	char path[128];

	if (scene_actor(q->s, c->actor)->host != w->host ||
		!why_is_row(q, call, w->name) || !why_call_done(q, call) ||
		!why_call_end(q, call, 1, &e, path))
		return false;
	if (e.path || w->at->path)
		return e.path && w->at->path && !strcmp(e.path, w->at->path);
	return why_end_overlaps(&e, w->at);
}

uint32_t why_last_at(struct question *q, const struct named_at *w,
	uint32_t position)
{
	return why_call_before(q, position, is_at, w);
}

const char *why_end(struct question *q, const struct end *e)
{
	int host = e->any ? -1 : why_host_of(q, e);

	if (e->path)
		return why_text(q, _("the path unix:%s"), e->path);
	if (host >= 0)
		return why_text(q, _("port %d of %s"), e->port,
			why_host(q, host));
	return why_text(q, _("port %d"), e->port);
}
