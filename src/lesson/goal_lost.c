/*
 * goal_lost: what a goal lacks and cannot get any more.
 *
 * In a closed world (lesson/goal_closed.c) a thing is lost when
 *   - a call, or a `has`, names a descriptor that was closed, and could not be
 *     so with a closed one; or the process that had the name has ended;
 *   - a receiving call shall give bytes, and its connection has come to its end
 *     with nothing left to read;
 *   - a lane shall get bytes, and no socket of its host can bring any more;
 *   - a lane shall give bytes, and no socket of its host can take any.
 * A call under way may still bring it, and so may whatever is not said here:
 * when in doubt nothing is lost.
 */
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>

#include "base/intl.h"
#include "call/wish.h"
#include "lesson/goal_inside.h"
#include "scene/scene.h"

/* ---- names ---- */

struct search {
	const struct deeds *d;
	const char *lane;
	uint32_t actor;      /* of the lane; SCENE_NONE */
	struct buf *why;     /* to be said of it */
	uint32_t row;        /* where it shows */
};

/* The last of a lane's actors that has ended; SCENE_NONE. */
static uint32_t ended_of(const struct search *x)
{
	const struct deeds *d = x->d;

	for (size_t i = scene_actors(d->scene); i-- > d->take->first_actor; ) {
		const struct scene_actor *a = scene_actor(d->scene, i);

		if (!strcmp(a->lane, x->lane) && a->ended < d->position)
			return (uint32_t)i;
	}
	return SCENE_NONE;
}

static bool has_ended(struct search *x)
{
	uint32_t ended = ended_of(x);

	if (ended == SCENE_NONE)
		return false;
	buf_printf(x->why, _("too late: the process of %s has ended"),
		x->lane);
	x->row = goal_row_before(x->d,
		scene_actor(x->d->scene, ended)->ended + 1);
	return true;
}

/* What a name of the lane stands for now: a descriptor, or -1. */
static int64_t descriptor_of(const struct search *x, const char *name)
{
	struct value v = {0};
	int64_t fd = -1;

	if (x->actor != SCENE_NONE && deeds_bound(x->d, x->actor, name,
			x->d->position, &v) && v.kind == VALUE_NUMBER)
		fd = v.number;
	value_done(&v);
	return fd;
}

static bool is_closed(struct search *x, const char *name)
{
	int64_t fd = descriptor_of(x, name);
	uint32_t call;

	if (fd < 0)
		return has_ended(x);
	if (scene_actor(x->d->scene, x->actor)->ended < x->d->position)
		return has_ended(x);
	call = deeds_closed_by(x->d, x->actor, fd);
	if (call == SCENE_NONE)
		return false;
	buf_printf(x->why, _("too late: %s is closed"), name);
	x->row = deed_row(x->d, call);
	return true;
}

/* Any name in an argument that is a descriptor, or a list of them. */
static bool has_closed(struct search *x, const struct value *v)
{
	if (v->kind == VALUE_NAME)
		return is_closed(x, v->text);
	for (size_t i = 0; i < v->items; i++)
		if (has_closed(x, &v->item[i]))
			return true;
	return false;
}

/* ---- calls ---- */

/* Whether a call with a closed descriptor could be what is expected. */
static bool may_be_closed(const struct call_pattern *p)
{
	const struct expect *x = &p->expect;

	if (x->kind == EXPECT_NOTHING)
		return true; /* it was made: that is all that is asked */
	for (int i = 0; x->kind == EXPECT_ANY_OF && i < x->nalt; i++) {
		const struct value *alt = &x->alt[i];

		if ((alt->kind == VALUE_ERRNO && alt->number == EBADF) ||
				(alt->kind == VALUE_LIST && alt->items) ||
				(p->row->result == RESULT_READY &&
				alt->kind == VALUE_ANY))
			return true; /* poll tells POLLNVAL in its list */
	}
	return false;
}

static bool names_closed(struct search *x, const struct call_pattern *p)
{
	for (int i = 0; i < p->nargs && !may_be_closed(p); i++) {
		enum param_kind kind = p->row->param[i].kind;

		if ((kind == PARAM_FD || kind == PARAM_FDS ||
				kind == PARAM_WANTED) &&
				has_closed(x, &p->arg[i]))
			return true;
	}
	return false;
}

/* Nothing but bytes will do. */
static bool wants_bytes(const struct expect *x)
{
	for (int i = 0; x->kind == EXPECT_ANY_OF && i < x->nalt; i++)
		if (x->alt[i].kind != VALUE_BYTES ||
				value_size(&x->alt[i]) == 0)
			return false;
	return x->kind == EXPECT_ANY_OF && x->nalt > 0;
}

/* Whether bytes can be read of a socket whose peer's FIN has come, behind which
 * comes nothing. The kernel counts the FIN as one more, until it is read. */
static bool has_left(const struct scene_sample *now)
{
	return now->receive_queue > 1;
}

static bool is_at_end(const struct scene_sample *now)
{
	return !has_left(now) && (now->state == TCP_CLOSE_WAIT ||
		now->state == TCP_LAST_ACK || now->state == TCP_CLOSING ||
		now->state == TCP_TIME_WAIT);
}

static bool receives_no_more(struct search *x, const struct call_pattern *p)
{
	const struct scene_sample *now;
	uint32_t socket;
	int64_t fd;

	if (!p->row->receives || !wants_bytes(&p->expect) || !p->nargs ||
			p->arg[0].kind != VALUE_NAME)
		return false;
	fd = descriptor_of(x, p->arg[0].text);
	socket = fd < 0 || fd > INT32_MAX ? SCENE_NONE : scene_socket_of(
		x->d->scene, x->actor, (int)fd, x->d->position);
	now = socket == SCENE_NONE ? NULL : scene_socket_at(x->d->scene,
		socket, x->d->position);
	if (!now || !is_at_end(now))
		return false;
	if (x->row == SCENE_NONE)
		x->row = goal_row_before(x->d, now->position);
	buf_printf(x->why, _("too late: %s is at its end, nothing more can "
		"come"), p->arg[0].text);
	return true;
}

/* Whether a call of the lane is under way that could be of a row, or, with row
 * NULL, move bytes. */
static bool is_under_way(const struct search *x, const struct call_row *row,
	bool got)
{
	for (size_t i = 0; i < x->d->pendings; i++) {
		const struct deed *e = &x->d->pending[i];

		if (!strcmp(deed_lane(x->d, e), x->lane) && (row ?
				e->row == row : got ? e->row->receives :
				e->row->sends))
			return true;
	}
	return false;
}

static bool pattern_lost(struct search *x, const struct call_pattern *p)
{
	return !is_under_way(x, p->row, false) &&
		(names_closed(x, p) || receives_no_more(x, p));
}

/* With a call that still has no follower, that one will do. */
static bool did_lost(struct search *x, const struct account *a)
{
	const struct call_did *did = a->line->did;

	if (did->then.row && pattern_lost(x, &did->then))
		return true;
	return !a->count.alone && pattern_lost(x, &did->first);
}

/* ---- bytes ---- */

/* Whether a socket may still bring bytes, or take some. What is not TCP may. */
static bool moves_bytes(const struct scene_socket *as,
	const struct scene_sample *now, bool got)
{
	if (strcmp(as->protocol, "tcp"))
		return true;
	if (as->actor == 0xffff)
		return false; /* nobody can reach it any more */
	switch (now->state) {
	case TCP_FIN_WAIT1:
	case TCP_FIN_WAIT2:
		return got;
	case TCP_CLOSE_WAIT:
		return !got || has_left(now);
	case TCP_TIME_WAIT:
	case TCP_LAST_ACK:
	case TCP_CLOSING:
		return got && has_left(now);
	case TCP_LISTEN:
		return now->receive_queue > 0; /* one could be accepted */
	default: /* as it was, or to be connected */
		return true;
	}
}

/* Whether there ever was a sample of a host's: else nothing is known. */
static bool is_known(const struct deeds *d, const char *host)
{
	for (size_t i = d->take->first_socket; i < scene_sockets(d->scene);
		i++) {
		const struct scene_socket *as = scene_socket(d->scene,
			(uint32_t)i);

		if (as->created < d->position &&
				!strcmp(scene_host(d->scene, as->host), host))
			return true;
	}
	return false;
}

static bool has_mover(const struct deeds *d, const char *host, bool got)
{
	for (size_t i = 0; i < d->sockets; i++) {
		const struct scene_sample *now = scene_socket_at(d->scene,
			d->socket[i], d->position);
		struct scene_socket as;

		if (now && scene_socket_then(d->scene, d->socket[i],
				d->position, &as) &&
				!strcmp(scene_host(d->scene, as.host), host) &&
				moves_bytes(&as, now, got))
			return true;
	}
	return false;
}

/* Where it shows: a socket was closed, an end came, or one was sampled so. */
static uint32_t row_of_loss(const struct search *x, const struct account *a)
{
	const struct deeds *d = x->d;
	uint32_t position = 0;

	if (d->closeds)
		return deed_row(d, d->closed[d->closeds - 1].call);
	if (a->tally.end != SCENE_NONE)
		return deed_row(d, a->tally.end);
	if (x->row != SCENE_NONE)
		return x->row;
	for (size_t i = 0; i < d->sockets; i++) {
		const struct scene_sample *now = scene_socket_at(d->scene,
			d->socket[i], d->position);

		if (now && now->position > position)
			position = now->position;
	}
	return goal_row_before(d, position);
}

static bool bytes_lost(struct search *x, const struct account *a)
{
	bool got = a->line->kind == LINE_GOT;
	const struct deeds *d = x->d;
	char host[LINE_LANE];

	line_host_of_lane(host, a->line->lane);
	if (is_under_way(x, NULL, got) || !is_known(d, host) ||
			has_mover(d, host, got))
		return false;
	x->row = row_of_loss(x, a);
	buf_printf(x->why, got ?
		_("too late: no socket of %s can bring any more") :
		_("too late: no socket of %s can send any more"), x->lane);
	return true;
}

/* ---- lines ---- */

static bool is_lost(struct search *x, const struct account *a)
{
	switch (a->line->kind) {
	case LINE_DID:
		return did_lost(x, a);
	case LINE_GOT:
	case LINE_GAVE:
		return bytes_lost(x, a);
	case LINE_HAS:
		return a->line->wish->name[0] && !a->line->wish->orphan &&
			is_closed(x, a->line->wish->name);
	case LINE_SEES:
	case LINE_EMPTY:
	case LINE_CALL:
	case LINE_RETURNS:
	case LINE_WAITS:
	case LINE_VERB:
	case LINE_WIRE:
	case LINE_FATE:
		return false;
	}
	return false;
}

void goal_lost(struct judged *j, const struct deeds *d,
	const struct account *a)
{
	struct buf why = {0};
	struct search x = {.d = d, .lane = a->lane, .why = &why, .row = j->row};

	if (!d->take || goal_was_opened(d))
		return;
	x.actor = deeds_actor(d, a->lane);
	if (is_lost(&x, a)) {
		j->state = GOAL_BROKEN;
		j->row = x.row;
		buf_printf(&why, "; %s", buf_str(&j->observed));
		buf_done(&j->observed);
		j->observed = why;
		why = (struct buf){0};
	}
	buf_done(&why);
}
