/* why_end: connections that end: RST, EPIPE, and who is gone. */
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>

#include "scene/why_inside.h"

/* ---- the RST, and what its sender was about ---- */

/* A RST that counts for a question: of a call the one that reached its socket,
 * of a frame that frame itself. */
struct reset {
	uint32_t frame, at;  /* at: position at which it was sent */
	uint32_t sender;     /* socket, SCENE_NONE */
	int host;            /* who sent it, or seems to have */
	int way;
};

static bool find_reset(struct question *q, struct reset *r)
{
	const struct scene_frame *f;

	if (q->flow == SCENE_NONE)
		return false;
	if (q->kind == WHY_FRAME)
		r->frame = q->facts.flags & FACTS_RST ? q->ref : SCENE_NONE;
	else
		r->frame = why_reset(q);
	if (r->frame == SCENE_NONE)
		return false;
	f = scene_frame(q->s, r->frame);
	r->at = f->position;
	r->way = f->way;
	r->host = f->host;
	r->sender = why_sender(q, q->flow, f->way);
	return true;
}

static void say_reset(struct question *q, const struct reset *r)
{
	if (q->kind == WHY_CALL)
		say(q, r->at, _("Frame #%u is a RST from %s: it ended the "
			"connection."), why_number(q, r->frame),
			why_host(q, r->host));
}

static bool reset_forged(struct question *q)
{
	struct reset r;

	if (!find_reset(q, &r) ||
		scene_frame(q->s, r.frame)->made != MADE_RESET)
		return false;
	say(q, r.at, _("Frame #%u is a RST in the name of %s; %s never sent "
		"it: it was made on the wire."), why_number(q, r.frame),
		why_host(q, r.host), why_host(q, r.host));
	return true;
}

/* The end of a process that had a socket, near a RST: the actor. */
static uint32_t ended_owner(const struct question *q, uint32_t socket,
	uint32_t before)
{
	const struct scene_actor *a;
	struct scene_socket was;

	if (socket == SCENE_NONE || !why_owner(q, socket, before, &was))
		return SCENE_NONE;
	a = scene_actor(q->s, was.actor);
	return a->ended < q->position ? was.actor : SCENE_NONE;
}

/* The newest close of a socket, by a call. */
static uint32_t close_of(struct question *q, uint32_t socket, uint32_t before)
{
	uint32_t call = why_last(q, "close", socket, before);

	return call == SCENE_NONE ? why_last(q, "shutdown", socket, before) :
		call;
}

/* Bytes that a socket had received and its program had not taken. */
static uint64_t unread_at(const struct question *q, uint32_t socket,
	uint32_t position)
{
	const struct scene_sample *at = why_sample_before(q, socket, position);

	/* one that has closed since keeps nothing: ask when it had */
	while (at && at->receive_queue == 0 && at->previous != SCENE_NONE &&
		(at->state == GONE || at->state == TCP_CLOSE))
		at = sample_at(q->s, at->previous);
	return at && at->state != TCP_LISTEN ? at->receive_queue : 0;
}

/* What made the end of a socket: its close, or its process' end. */
static void say_closed(struct question *q, uint32_t socket, uint32_t before,
	uint32_t *at)
{
	uint32_t close = why_last(q, "close", socket, before);
	uint32_t actor = ended_owner(q, socket, before);

	*at = SCENE_NONE;
	if (close != SCENE_NONE) {
		*at = scene_call(q->s, close)->entered;
		say(q, *at, _("%s closed the %s."), why_lane(q,
			scene_call(q->s, close)->actor),
			why_socket(q, socket));
	} else if (actor != SCENE_NONE) {
		const struct scene_actor *a = scene_actor(q->s, actor);

		*at = a->ended;
		if (a->ended_by > 0)
			say(q, *at, _("%s was ended by signal %d; its kernel "
				"closed the %s for it."), a->lane, a->ended_by,
				why_socket(q, socket));
		else
			say(q, *at, _("%s ended; its kernel closed the %s for "
				"it."), a->lane, why_socket(q, socket));
	}
}

static bool lingers_not(struct question *q, uint32_t socket, uint32_t before,
	uint32_t *where)
{
	char value[64];

	return why_option(q, socket, "SO_LINGER", before, value, where) &&
		strstr(value, "l_onoff=1") && strstr(value, "l_linger=0");
}

static bool reset_by_linger(struct question *q)
{
	struct reset r;
	uint32_t where, at;

	if (!find_reset(q, &r) || !lingers_not(q, r.sender, r.at, &where) ||
		close_of(q, r.sender, r.at) == SCENE_NONE)
		return false;
	say_reset(q, &r);
	say_closed(q, r.sender, r.at, &at);
	say(q, where == SCENE_NONE ? r.at : where,
		_("SO_LINGER was on, with 0 seconds: then close throws away "
		  "what is queued and sends a RST instead of a FIN."));
	return true;
}

static bool reset_by_unread(struct question *q)
{
	struct reset r;
	uint32_t at;
	uint64_t n;

	if (!find_reset(q, &r) || r.sender == SCENE_NONE)
		return false;
	n = unread_at(q, r.sender, r.at);
	if (!n || (why_last(q, "close", r.sender, r.at) == SCENE_NONE &&
		ended_owner(q, r.sender, r.at) == SCENE_NONE))
		return false;
	say_reset(q, &r);
	say_closed(q, r.sender, r.at, &at);
	say(q, why_sample_before(q, r.sender, r.at)->position,
		_("%s lay there, received and not read: they are lost, and a "
		  "RST says so, where a FIN would mean that all was well."),
		why_bytes(q, n));
	return true;
}

/* Nobody had accepted it when its listener went. */
static bool reset_by_listener(struct question *q)
{
	struct scene_socket was;
	struct scene_state st[8];
	struct reset r;
	uint32_t i = SCENE_NONE, at;
	struct end mine, on;

	if (!find_reset(q, &r) || r.sender == SCENE_NONE ||
		!scene_socket_then(q->s, r.sender, q->position, &was) ||
		was.actor != 0xffff || !why_end_read(was.local, &mine) ||
		ended_owner(q, r.sender, r.at) != SCENE_NONE)
		return false;
	while ((i = why_next_socket(q, r.host, i)) != SCENE_NONE) {
		const struct scene_sample *now = why_sample(q, i);
		size_t n = scene_states(q->s, i, q->until, st, 8);
		bool did = false;

		while (n-- > 0)
			did |= st[n].state == TCP_LISTEN;
		if (did && why_end_read(why_as(q, i)->local, &on) &&
			why_end_overlaps(&on, &mine) && (!now ||
			now->state != TCP_LISTEN || now->position < r.at))
			break;
	}
	if (i == SCENE_NONE || (why_last(q, "close", i, r.at) == SCENE_NONE &&
		ended_owner(q, i, r.at) == SCENE_NONE))
		return false;
	say_reset(q, &r);
	say_closed(q, i, r.at, &at);
	say(q, at, _("This connection lay in its queue; accept had not taken "
		"it. With the listener its kernel ended all of those."));
	return true;
}

/* What the RST answers: a segment that found nobody. */
static bool reset_by_nobody(struct question *q)
{
	struct reset r;
	struct sought w;
	uint32_t sent, at;
	const struct scene_sample *was;

	if (!find_reset(q, &r))
		return false;
	w = (struct sought){.way = 1 - r.way, .arrived = true, .to = r.at};
	sent = why_frame_last(q, q->flow, &w);
	if (sent == SCENE_NONE || (scene_frame(q->s, sent)->flags & FACTS_SYN))
		return false;
	was = why_sample_before(q, r.sender, r.at);
	if (r.sender != SCENE_NONE && was && was->state != GONE &&
		was->state != TCP_CLOSE && why_as(q, r.sender)->actor
		!= 0xffff && why_last(q, "close", r.sender, r.at) == SCENE_NONE)
		return false;
	say_reset(q, &r);
	if (r.sender != SCENE_NONE)
		say_closed(q, r.sender, r.at, &at);
	say(q, scene_frame(q->s, sent)->position,
		_("Frame #%u came to %s afterwards, where no socket takes it "
		  "any more: a RST is the answer to that."),
		why_number(q, sent), why_host(q, r.host));
	return true;
}

/* A RST that refuses a SYN, asked about as a frame. */
static bool reset_refuses(struct question *q)
{
	struct sought w = {.with = FACTS_SYN, .without = FACTS_ACK};
	uint32_t syn;

	if (!(q->facts.flags & FACTS_RST) || q->flow == SCENE_NONE ||
		q->f->made != MADE_NOT)
		return false;
	w.way = 1 - q->way;
	w.to = q->f->position;
	syn = why_frame_last(q, q->flow, &w);
	w = (struct sought){.way = q->way, .with = FACTS_SYN,
		.to = q->f->position};
	if (syn == SCENE_NONE ||
		why_frame_last(q, q->flow, &w) != SCENE_NONE)
		return false;
	say(q, scene_frame(q->s, syn)->position,
		_("Frame #%u, a SYN, asked for a connection to port %u of "
		  "%s."), why_number(q, syn), q->facts.source_port,
		why_host(q, q->host));
	say(q, q->f->position, _("No socket there takes it: the RST says no, "
		"at once."));
	return true;
}

/* Who asked in vain whether the other end is still there says so, to whom it
 * may concern. */
static bool reset_by_giving_up(struct question *q)
{
	struct sought w = {.way = q->way, .to = q->f->position};
	uint32_t probe;

	if (!(q->facts.flags & FACTS_RST) || q->flow == SCENE_NONE)
		return false;
	probe = why_frame_last(q, q->flow, &w);
	if (!why_is_probe(q, probe, q->facts.seq))
		return false;
	say(q, scene_frame(q->s, probe)->position,
		_("Frame #%u had asked whether the other end is still there, "
		  "and nothing came back."), why_number(q, probe));
	say(q, q->f->position, _("%s gave the connection up: the RST says so, "
		"should anybody be there to hear it."), why_host(q, q->host));
	return true;
}

static bool reset_unexplained(struct question *q)
{
	struct reset r;

	if (!find_reset(q, &r)) {
		if (q->kind == WHY_FRAME)
			return false;
		say(q, q->c->entered, _("No RST was seen that reached the %s; "
			"the kernel says that one did. Frames of this "
			"connection would tell who sent it."),
			why_socket(q, q->socket));
		return true;
	}
	say_reset(q, &r);
	say(q, r.at, _("What made %s send it, was not seen: a sample of its "
		"socket, or the call that closed it, would tell."),
		why_host(q, r.host));
	return true;
}

/* ---- AF_UNIX has no frames ---- */

static bool unix_peer_closed(struct question *q)
{
	uint64_t n;
	uint32_t at;

	if (!why_is(q, q->socket, "unix"))
		return false;
	if (q->peer == SCENE_NONE) {
		say(q, q->c->entered, _("The other end of the %s was closed."),
			why_socket(q, q->socket));
		return true;
	}
	n = unread_at(q, q->peer, q->until);
	say_closed(q, q->peer, q->until, &at);
	if (q->error == ECONNRESET && n)
		say(q, at == SCENE_NONE ? q->c->entered : at,
			_("%s lay there unread: that makes it a reset."),
			why_bytes(q, n));
	return q->out->n > 0;
}

/* ---- EPIPE ---- */

static void say_sigpipe(struct question *q)
{
	if (q->error == EPIPE && !why_says(q, q->ref, "MSG_NOSIGNAL"))
		say(q, q->c->entered, _("With the error comes SIGPIPE, which "
			"is ignored here; it would end a program that does "
			"not expect it. MSG_NOSIGNAL keeps it away."));
}

static bool pipe_own_shutdown(struct question *q)
{
	uint32_t shut = why_last(q, "shutdown", q->socket, q->c->entered);

	if (shut == SCENE_NONE || why_argument_is(q, shut, 1, "SHUT_RDWR") +
		why_argument_is(q, shut, 1, "SHUT_WR") == 0)
		return false;
	say(q, scene_call(q->s, shut)->entered,
		_("%s itself ended its sending: shutdown was called on the "
		  "%s."), why_lane(q, scene_call(q->s, shut)->actor),
		why_socket(q, q->socket));
	say_sigpipe(q);
	return true;
}

static bool pipe_after_reset(struct question *q)
{
	struct sought fin = {.way = 1 - q->way, .with = FACTS_FIN,
		.arrived = true};
	uint32_t reset = q->flow == SCENE_NONE ? SCENE_NONE : why_reset(q);
	uint32_t end;

	if (reset == SCENE_NONE)
		return false;
	fin.to = scene_frame(q->s, reset)->position;
	end = why_frame_last(q, q->flow, &fin);
	if (end != SCENE_NONE)
		say(q, scene_frame(q->s, end)->position,
			_("Frame #%u, a FIN from %s, had said that it sends "
			  "nothing more."), why_number(q, end),
			why_host(q, scene_frame(q->s, end)->host));
	say(q, scene_frame(q->s, reset)->position,
		_("Frame #%u, a RST from %s, then ended the connection: "
		  "nobody reads what is sent."), why_number(q, reset),
		why_host(q, scene_frame(q->s, reset)->host));
	say_sigpipe(q);
	return true;
}

static bool pipe_never_connected(struct question *q)
{
	if (why_last(q, "connect", q->socket, q->c->entered) != SCENE_NONE ||
		q->flow != SCENE_NONE || why_is(q, q->socket, "unix"))
		return false;
	say(q, q->c->entered, _("The %s has no connection: there is no other "
		"end that could read."), why_socket(q, q->socket));
	say_sigpipe(q);
	return true;
}

static bool pipe_unexplained(struct question *q)
{
	say(q, q->c->entered, _("The connection of the %s is over for "
		"sending; the RST or the failed call that ended it was not "
		"seen."), why_socket(q, q->socket));
	say_sigpipe(q);
	return true;
}

/* ---- ended by a signal ---- */

static bool killed_by_sigpipe(struct question *q)
{
	if (q->actor->ended_by != SIGPIPE)
		return false;
	say(q, q->actor->ended, _("Signal 13, SIGPIPE, ended %s in this call: "
		"the kernel sends it to who writes into a connection that is "
		"over."), q->actor->lane);
	if (q->flow != SCENE_NONE)
		pipe_after_reset(q);
	say(q, q->c->entered, _("A program that ignores SIGPIPE, or says "
		"MSG_NOSIGNAL, gets EPIPE instead."));
	return true;
}

static bool killed(struct question *q)
{
	if (q->actor->ended_by > 0)
		say(q, q->actor->ended, _("Signal %d ended %s in the middle "
			"of the call: it never returned."),
			q->actor->ended_by, q->actor->lane);
	else
		say(q, q->actor->ended, _("%s ended in the middle of the "
			"call: it never returned."), q->actor->lane);
	return true;
}

const struct cause why_of_end[] = {
	{"reset-forged", WHY_CALL, ECONNRESET, reset_forged},
	{"reset-by-linger", WHY_CALL, ECONNRESET, reset_by_linger},
	{"reset-by-unread", WHY_CALL, ECONNRESET, reset_by_unread},
	{"reset-by-listener", WHY_CALL, ECONNRESET, reset_by_listener},
	{"reset-by-nobody", WHY_CALL, ECONNRESET, reset_by_nobody},
	{"unix-peer-closed", WHY_CALL, ECONNRESET, unix_peer_closed},
	{"reset", WHY_CALL, ECONNRESET, reset_unexplained},
	{"reset-forged", WHY_FRAME, 0, reset_forged},
	{"reset-refuses", WHY_FRAME, 0, reset_refuses},
	{"reset-by-linger", WHY_FRAME, 0, reset_by_linger},
	{"reset-by-unread", WHY_FRAME, 0, reset_by_unread},
	{"reset-by-listener", WHY_FRAME, 0, reset_by_listener},
	{"reset-by-nobody", WHY_FRAME, 0, reset_by_nobody},
	{"reset-by-giving-up", WHY_FRAME, 0, reset_by_giving_up},
	{"reset", WHY_FRAME, 0, reset_unexplained},
	{"pipe-own-shutdown", WHY_CALL, EPIPE, pipe_own_shutdown},
	{"pipe-after-reset", WHY_CALL, EPIPE, pipe_after_reset},
	{"unix-peer-closed", WHY_CALL, EPIPE, unix_peer_closed},
	{"pipe-never-connected", WHY_CALL, EPIPE, pipe_never_connected},
	{"pipe", WHY_CALL, EPIPE, pipe_unexplained},
	{"killed-by-sigpipe", WHY_CALL, CAUSE_KILLED, killed_by_sigpipe},
	{"killed", WHY_CALL, CAUSE_KILLED, killed},
	{0},
};
