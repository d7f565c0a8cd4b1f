/* why_unready: no way to the address, no peer, no queue: what the call needs is
 * not there. */
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>

#include "scene/why_inside.h"

/* ---- no way ---- */

static bool no_route(struct question *q)
{
	const struct value *v = why_argument(q, !strcmp(q->row->name,
		"sendto") ? 2 : 1);
	struct end to;

	/* the address stands behind the flags in sendto */
	for (int i = 1; i < q->line.nargs; i++)
		if (q->line.arg[i].kind == VALUE_ADDRESS)
			v = &q->line.arg[i];
	if (!why_end_of(q, v, &to) || to.path)
		return false;
	say(q, q->c->entered, _("No route of %s leads to %s: no interface has "
		"a network with that address, and there is no default route."),
		why_host(q, q->host), v->text);
	say(q, q->c->entered, _("Its own kernel says so; no frame was sent."));
	return true;
}

static bool host_unreachable(struct question *q)
{
	struct attempt a;
	struct facts f;
	uint32_t error;

	if (!why_attempt(q, &a))
		return false;
	error = a.flow == SCENE_NONE ? SCENE_NONE :
		why_error(q, a.flow, a.way, q->until, &f);
	if (error != SCENE_NONE)
		say(q, scene_frame(q->s, error)->position,
			_("Frame #%u is an ICMP error from %s: the way to %s "
			  "ends there."), why_number(q, error),
			why_host(q, scene_frame(q->s, error)->host),
			why_end(q, &a.to));
	else
		say(q, q->c->entered, _("%s lies on the network of %s, but "
			"nobody there answered to that address (ARP)."),
			why_end(q, &a.to), why_host(q, q->host));
	return true;
}

/* ---- not connected ---- */

static bool not_connected(struct question *q)
{
	uint32_t reset = q->flow == SCENE_NONE ? SCENE_NONE : why_reset(q);
	const struct scene_sample *at = why_sample(q, q->socket);

	if (reset != SCENE_NONE) {
		say(q, scene_frame(q->s, reset)->position,
			_("Frame #%u, a RST, ended the connection of the %s: "
			  "it has no peer any more."), why_number(q, reset),
			why_socket(q, q->socket));
		return true;
	}
	if (at && at->state == TCP_LISTEN)
		say(q, at->position, _("The %s listens: it takes connections, "
			"but has none itself. accept gives one."),
			why_socket(q, q->socket));
	else if (why_last(q, "connect", q->socket, q->c->entered) ==
		SCENE_NONE)
		say(q, q->c->entered, _("The %s was never connected: neither "
			"connect nor accept gave it a peer."),
			why_socket(q, q->socket));
	else
		say(q, at ? at->position : q->c->entered,
			_("The %s has no connection at this moment: its "
			  "connect has not succeeded, or it is over."),
			why_socket(q, q->socket));
	return true;
}

/* ---- accept ---- */

static bool accept_before_listen(struct question *q)
{
	if (strncmp(q->row->name, "accept", 6) || why_last(q, "listen",
		q->socket, q->c->entered) != SCENE_NONE)
		return false;
	say(q, q->c->entered, _("listen was not called on the %s: it has no "
		"queue from which a connection could be taken."),
		why_socket(q, q->socket));
	return true;
}

static bool accept_shut_down(struct question *q)
{
	uint32_t shut;

	if (strncmp(q->row->name, "accept", 6))
		return false;
	shut = why_last(q, "shutdown", q->socket, q->until);
	if (shut == SCENE_NONE)
		return false;
	say(q, scene_call(q->s, shut)->entered,
		_("shutdown was called on the %s: it listens no more, and "
		  "who waits in accept is woken."), why_socket(q, q->socket));
	return true;
}

const struct cause why_of_unready[] = {
	{"no-route", WHY_CALL, ENETUNREACH, no_route},
	{"host-unreachable", WHY_CALL, EHOSTUNREACH, host_unreachable},
	{"not-connected", WHY_CALL, ENOTCONN, not_connected},
	{"accept-before-listen", WHY_CALL, EINVAL, accept_before_listen},
	{"accept-shut-down", WHY_CALL, EINVAL, accept_shut_down},
	{0},
};
