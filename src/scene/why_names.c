/* why_names: descriptors, families, addresses and ports that cannot be had. */
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>

#include "scene/why_inside.h"

/* ---- ports in use ---- */

/* Where the call wanted to be: bind's address, or the one bound before. */
static bool wanted(struct question *q, struct end *to, char path[128])
{
	uint32_t bind = !strcmp(q->row->name, "bind") ? q->ref :
		why_last(q, "bind", q->socket, q->c->entered);

	return bind != SCENE_NONE && why_call_end(q, bind, 1, to, path);
}

/* The newest socket of the host, not this one, that has the port and is in a
 * state that a test takes. */
static uint32_t holder(struct question *q, const struct end *to,
	bool (*is)(int state))
{
	const struct scene_sample *at;
	struct scene_socket has;
	struct end on;
	uint32_t i = SCENE_NONE;

	while ((i = why_next_socket(q, q->host, i)) != SCENE_NONE) {
		at = why_sample(q, i);
		if (i == q->socket || !at || !is(at->state) ||
			!scene_socket_then(q->s, i, q->until, &has) ||
			(q->socket != SCENE_NONE && strcmp(has.protocol,
			why_as(q, q->socket)->protocol)) ||
			!why_end_read(has.local, &on))
			continue;
		if (why_end_overlaps(&on, to))
			return i;
	}
	return SCENE_NONE;
}

static bool is_listening(int state)
{
	return state == TCP_LISTEN;
}

static bool is_time_wait(int state)
{
	return state == TCP_TIME_WAIT;
}

static bool is_bound(int state)
{
	return state == TCP_CLOSE;
}

static bool is_connected(int state)
{
	return state != GONE && state != TCP_CLOSE && state != TCP_LISTEN &&
		state != TCP_TIME_WAIT;
}

static bool in_use_by_listener(struct question *q)
{
	struct end to;
	char path[128];
	uint32_t other;

	if (!wanted(q, &to, path) || to.path)
		return false;
	other = holder(q, &to, is_listening);
	if (other == SCENE_NONE)
		return false;
	say(q, why_sample(q, other)->position,
		_("The %s listens on port %d now."), why_socket(q, other),
		to.port);
	say(q, q->c->entered, _("SO_REUSEADDR does not help against a live "
		"listener; SO_REUSEPORT would, if both sockets had it before "
		"bind."));
	return true;
}

/* Whether a socket may share a port with those in TIME_WAIT. */
static bool reuses(struct question *q, uint32_t socket, uint32_t *where)
{
	char value[64];

	return why_option(q, socket, "SO_REUSEADDR", q->c->entered, value,
		where);
}

/* Which of the two lacked the option. A connection that was accepted has its
 * listener's. */
static void say_reuse(struct question *q, uint32_t other)
{
	uint32_t mine, others;
	bool i = reuses(q, q->socket, &mine), it = reuses(q, other, &others);

	if (i && !it)
		say(q, mine, _("The new socket has SO_REUSEADDR; the old one "
			"did not: both must have it."));
	else if (it && !i)
		say(q, others == SCENE_NONE ? q->c->entered : others,
			_("The old socket had SO_REUSEADDR; the new one has "
			  "not, at bind: both must have it."));
	else if (!i)
		say(q, q->c->entered, _("Neither of the two had SO_REUSEADDR; "
			"with it on both, bind would succeed."));
}

static bool in_use_by_time_wait(struct question *q)
{
	const struct scene_sample *at;
	struct end to;
	char path[128];
	uint32_t other;
	int64_t left;

	if (!wanted(q, &to, path) || to.path)
		return false;
	other = holder(q, &to, is_time_wait);
	if (other == SCENE_NONE)
		return false;
	at = why_sample(q, other);
	left = at->timer_ms * INT64_C(1000000) -
		(why_when(q, q->until) - why_when(q, at->position));
	say(q, at->position, _("A connection of port %d is in TIME_WAIT (%s "
		"to %s): %s closed it first."), to.port,
		why_as(q, other)->local,
		why_as(q, other)->peer, why_host(q, q->host));
	if (at->timer && left > 0)
		say(q, at->position, _("It keeps the port for %s more."),
			why_time(q, left));
	say_reuse(q, other);
	return true;
}

static bool in_use_by_connection(struct question *q)
{
	struct end to;
	char path[128];
	uint32_t other;

	if (!wanted(q, &to, path) || to.path)
		return false;
	other = holder(q, &to, is_connected);
	if (other == SCENE_NONE)
		return false;
	say(q, why_sample(q, other)->position,
		_("The %s still has port %d: its connection with %s is in "
		  "state %s."), why_socket(q, other), to.port,
		why_as(q, other)->peer,
		scene_state_name(why_sample(q, other)->state));
	say_reuse(q, other);
	return true;
}

static bool in_use_by_bound(struct question *q)
{
	struct named_at w;
	struct end to;
	char path[128];
	uint32_t bind, other;

	if (!wanted(q, &to, path) || to.path)
		return false;
	other = holder(q, &to, is_bound);
	w = (struct named_at){"bind", q->host, &to};
	bind = why_last_at(q, &w, q->c->entered);
	if (other == SCENE_NONE && bind != SCENE_NONE)
		other = why_socket_of_call(q, bind);
	if (other == SCENE_NONE || other == q->socket)
		return false;
	say(q, bind != SCENE_NONE ? scene_call(q->s, bind)->entered :
		why_sample(q, other)->position,
		_("The %s is bound to port %d."), why_socket(q, other),
		to.port);
	return true;
}

static bool in_use_by_path(struct question *q)
{
	const struct scene_sample *at;
	struct named_at w;
	struct end to;
	char path[128];
	uint32_t bind, socket;

	if (!wanted(q, &to, path) || !to.path)
		return false;
	w = (struct named_at){"bind", q->host, &to};
	bind = why_last_at(q, &w, q->c->entered);
	if (bind == SCENE_NONE) {
		say(q, q->c->entered, _("The path unix:%s exists already; who "
			"made it was not seen."), path);
		return true;
	}
	socket = why_socket_of_call(q, bind);
	at = why_sample(q, socket);
	say(q, scene_call(q->s, bind)->entered,
		_("The path unix:%s exists: a bind of %s made it."), path,
		why_lane(q, scene_call(q->s, bind)->actor));
	if (at && at->state != GONE && why_last(q, "close", socket,
		q->c->entered) == SCENE_NONE)
		say(q, at->position, _("The %s still has it."),
			why_socket(q, socket));
	else
		say(q, at ? at->position : q->c->entered,
			_("Its socket is closed, but the file stays until "
			  "unlink; SO_REUSEADDR is for ports, not for "
			  "paths."));
	return true;
}

static bool in_use(struct question *q)
{
	struct end to;
	char path[128];

	if (!wanted(q, &to, path) || to.path)
		return false;
	say(q, q->c->entered, _("Something on %s has port %d; no socket that "
		"was seen does. A list of the sockets of that host at this "
		"moment would tell."), why_host(q, q->host), to.port);
	return true;
}

/* ---- addresses ---- */

static bool not_my_address(struct question *q)
{
	char own[2][46], path[128];
	const char *a = NULL, *b = NULL;
	struct end to;
	int host;

	if (strcmp(q->row->name, "bind") || !wanted(q, &to, path) || to.path)
		return false;
	a = marks_address(q->s->host + q->host, 0, own[0]);
	b = marks_address(q->s->host + q->host, 1, own[1]);
	host = why_host_of(q, &to);
	if (host >= 0 && host != q->host)
		say(q, q->c->entered, _("%s is the address of %s; bind takes "
			"the address of the own end."),
			why_argument(q, 1)->text, why_host(q, host));
	else
		say(q, q->c->entered, _("%s is no address of %s."),
			why_argument(q, 1)->text, why_host(q, q->host));
	say(q, q->c->entered, _("%s has %s, %s and 127.0.0.1; any stands for "
		"all of them."), why_host(q, q->host), a ? a : "-",
		b ? b : "-");
	return true;
}

static bool no_address_left(struct question *q)
{
	if (strcmp(q->row->name, "connect"))
		return false;
	say(q, q->c->entered, _("The kernel found no address and port of %s "
		"from which this connection could be made: the address is not "
		"one to connect to, or every port is taken."),
		why_host(q, q->host));
	return true;
}

static bool family_mismatch(struct question *q)
{
	const struct value *v = NULL;
	struct end to;

	for (int i = 1; i < q->line.nargs; i++)
		if (q->line.arg[i].kind == VALUE_ADDRESS)
			v = &q->line.arg[i];
	if (!why_end_of(q, v, &to)) {
		if (strcmp(q->row->name, "socket"))
			return false;
		say(q, q->c->entered, _("This kernel has no such family, or "
			"the family has no such type."));
		return true;
	}
	say(q, q->c->entered, _("The %s is of another family than the "
		"address: %s."), why_socket(q, q->socket),
		to.path ? _("a path belongs to AF_UNIX") : to.version == 6 ?
		_("one with colons belongs to AF_INET6") :
		_("one of four numbers belongs to AF_INET"));
	return true;
}

static bool privileged_port(struct question *q)
{
	struct end to;
	char path[128];

	if (strcmp(q->row->name, "bind") || !wanted(q, &to, path) ||
		to.path || to.port < 1 || to.port >= 1024)
		return false;
	say(q, q->c->entered, _("Port %d lies below 1024 "
		"(ip_unprivileged_port_start): only a program with "
		"CAP_NET_BIND_SERVICE may have it, and %s has no "
		"capabilities."), to.port, why_lane(q, q->c->actor));
	return true;
}

static bool broadcast_not_allowed(struct question *q)
{
	const struct value *v = NULL;
	struct end to;
	char value[64];
	bool is;

	for (int i = 1; i < q->line.nargs; i++)
		if (q->line.arg[i].kind == VALUE_ADDRESS)
			v = &q->line.arg[i];
	is = why_end_of(q, v, &to) && to.version == 4 && to.bytes[3] == 255;
	if (!is || why_option(q, q->socket, "SO_BROADCAST", q->c->entered,
		value, NULL))
		return false;
	say(q, q->c->entered, _("%s is a broadcast address: all hosts of the "
		"network are meant."), v->text);
	say(q, q->c->entered, _("The %s has no SO_BROADCAST: without it nobody "
		"sends to all by mistake."), why_socket(q, q->socket));
	return true;
}

static bool path_not_allowed(struct question *q)
{
	const struct value *v = why_argument(q, 1);

	if (!v || v->kind != VALUE_ADDRESS || v->number != PORT_UNIX)
		return false;
	say(q, q->c->entered, _("The folder or the file of unix:%s does not "
		"let %s in: to connect one needs the right to write to the "
		"file, to bind the right to write to its folder."), v->text,
		why_lane(q, q->c->actor));
	return true;
}

static bool no_such_path(struct question *q)
{
	const struct value *v = why_argument(q, 1);

	if (!v || v->kind != VALUE_ADDRESS || v->number != PORT_UNIX)
		return false;
	if (!strcmp(q->row->name, "bind"))
		say(q, q->c->entered, _("There is no folder in which unix:%s "
			"could be made."), v->text);
	else
		say(q, q->c->entered, _("There is no unix:%s: nobody has bound "
			"a socket to it, or it was unlinked."), v->text);
	return true;
}

static bool bound_already(struct question *q)
{
	uint32_t before;

	if (strcmp(q->row->name, "bind"))
		return false;
	before = why_last(q, "bind", q->socket, q->c->entered);
	if (before != SCENE_NONE && why_call_done(q, before))
		say(q, scene_call(q->s, before)->entered,
			_("The %s was bound before: a socket is bound "
			  "once."), why_socket(q, q->socket));
	else if (why_last(q, "connect", q->socket, q->c->entered) !=
		SCENE_NONE)
		say(q, q->c->entered, _("connect gave the %s an address and a "
			"port already: bind comes before it."),
			why_socket(q, q->socket));
	else
		return false;
	return true;
}

/* ---- descriptors ---- */

static bool closes_it(struct question *q, uint32_t call, const void *arg)
{
	const struct call_more *mine = arg, *more = table_at(&q->s->mores,
		call);
	const struct scene_call *c = scene_call(q->s, call);

	return more->fd == mine->fd && call_row_at(c->row)->closes &&
		why_call_done(q, call) && scene_actor(q->s, c->actor)->process
		== q->actor->process;
}

static bool closed_descriptor(struct question *q)
{
	const struct call_more *more = table_at(&q->s->mores, q->ref);
	uint32_t close = more->fd < 0 ? SCENE_NONE :
		why_call_before(q, q->c->entered, closes_it, more);

	if (close != SCENE_NONE)
		say(q, scene_call(q->s, close)->entered,
			_("%s closed descriptor %d: the number stands for "
			  "nothing now."), why_lane(q,
			scene_call(q->s, close)->actor), more->fd);
	else
		say(q, q->c->entered, _("%s has no open descriptor of that "
			"number."), why_lane(q, q->c->actor));
	return true;
}

/* Open descriptors of the caller, as far as they were seen. */
static unsigned open_descriptors(const struct question *q)
{
	const struct actor *a = table_at(&q->s->actors, q->actor->process);
	unsigned n = 0;

	for (size_t fd = 0; fd < a->fds; fd++) {
		const struct place *p = a->fd + fd;

		for (size_t i = p->n; i-- > 0; )
			if (p->past[i].position < q->until) {
				n += p->past[i].opened != SCENE_NONE;
				break;
			}
	}
	return n;
}

static bool too_many_descriptors(struct question *q)
{
	say(q, q->c->entered, _("%s has as many descriptors open as "
		"RLIMIT_NOFILE lets it have; %u of them were made by its "
		"calls."), why_lane(q, q->c->actor), open_descriptors(q));
	if (!strncmp(q->row->name, "accept", 6))
		say(q, q->c->entered, _("The connection stays in the queue: "
			"accept can take it when something was closed."));
	else
		say(q, q->c->entered, _("close gives a number back."));
	return true;
}

static bool interrupts(struct question *q, uint32_t from, uint32_t *where)
{
	struct event e;

	/* the lab writes it between the entry and the return */
	for (uint32_t i = q->until, look = 0; i-- > from && look < WHY_LOOK;
		look++)
		if (scene_event(q->s, i, &e) && e.kind == EVENT_LINE &&
			memmem(e.data, e.len, ": interrupt", 11)) {
			*where = i;
			return true;
		}
	return false;
}

static bool interrupted(struct question *q)
{
	uint32_t where = q->c->entered;

	if (interrupts(q, q->c->entered, &where))
		say(q, where, _("A signal came while %s slept in %s: the call "
			"ended without having done anything, and may be made "
			"again."), why_lane(q, q->c->actor), q->row->name);
	else
		say(q, where, _("A signal came while the call waited; it may "
			"be made again."));
	return true;
}

static bool not_for_this_type(struct question *q)
{
	say(q, q->c->entered, _("%s is not for a socket like the %s: listen "
		"and accept are for sockets that make connections, of type "
		"SOCK_STREAM or SOCK_SEQPACKET."), q->row->name,
		why_socket(q, q->socket));
	return true;
}

const struct cause why_of_names[] = {
	{"in-use-by-listener", WHY_CALL, EADDRINUSE, in_use_by_listener},
	{"in-use-by-time-wait", WHY_CALL, EADDRINUSE, in_use_by_time_wait},
	{"in-use-by-connection", WHY_CALL, EADDRINUSE, in_use_by_connection},
	{"in-use-by-bound", WHY_CALL, EADDRINUSE, in_use_by_bound},
	{"in-use-by-path", WHY_CALL, EADDRINUSE, in_use_by_path},
	{"in-use", WHY_CALL, EADDRINUSE, in_use},
	{"not-my-address", WHY_CALL, EADDRNOTAVAIL, not_my_address},
	{"no-address-left", WHY_CALL, EADDRNOTAVAIL, no_address_left},
	{"family-mismatch", WHY_CALL, EAFNOSUPPORT, family_mismatch},
	{"privileged-port", WHY_CALL, EACCES, privileged_port},
	{"broadcast-not-allowed", WHY_CALL, EACCES, broadcast_not_allowed},
	{"path-not-allowed", WHY_CALL, EACCES, path_not_allowed},
	{"no-such-path", WHY_CALL, ENOENT, no_such_path},
	{"bound-already", WHY_CALL, EINVAL, bound_already},
	{"closed-descriptor", WHY_CALL, EBADF, closed_descriptor},
	{"too-many-descriptors", WHY_CALL, EMFILE, too_many_descriptors},
	{"interrupted", WHY_CALL, EINTR, interrupted},
	{"not-for-this-type", WHY_CALL, EOPNOTSUPP, not_for_this_type},
	{0},
};
