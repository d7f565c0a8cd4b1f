/*
 * order_class: what a step does for others, what of theirs decides its result,
 * and whether it waits for that by itself.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/mem.h"
#include "export/order.h"

#define SEGMENT 1400   /* bytes that surely arrive at once */
#define PATIENCE 3000  /* ms: a call that waits so long waits long enough */

/* ---- what a step does ---- */

bool order_went_well(const struct step *s)
{
	return s->over != SCENE_NEVER && s->result.kind != VALUE_ERRNO;
}

bool order_connects(const struct step *s)
{
	return step_is(s, "connect") && s->over != SCENE_NEVER &&
		(order_went_well(s) || s->result.number == EINPROGRESS);
}

static void class_send(struct step *s)
{
	uint64_t size = 0;

	s->act = ORDER_DATA;
	s->observe = ORDER_PLACE;
	for (int i = 0; i < s->line.nargs; i++) {
		const struct value *v = &s->line.arg[i];

		if (s->line.row->param[i].kind == PARAM_BYTES)
			size += value_size(v);
		else if (s->line.row->param[i].kind == PARAM_BUFFERS)
			for (size_t k = 0; k < v->items; k++)
				size += value_size(&v->item[k]);
	}
	if (!order_went_well(s) || s->waited ||
		(uint64_t)s->result.number < size)
		s->observe |= ORDER_DATA | ORDER_ROOM;
	if (s->is_datagram) {
		s->act |= ORDER_TURN;
		s->observe |= ORDER_TURN;
	}
}

void order_class(struct step *s)
{
	static const char *const looks[] = {
		"poll", "select", "epoll_wait", "ioctl", "getaddrinfo",
		"getnameinfo", NULL,
	};

	if (s->kind != STEP_CALL) {
		s->act = ORDER_PLACE | ORDER_DATA | ORDER_ROOM;
		s->observe = ORDER_DATA;
		return;
	}
	if (s->line.row->sends) {
		class_send(s);
	} else if (s->line.row->receives) {
		s->act = ORDER_ROOM;
		s->observe = ORDER_DATA;
	} else if (step_is(s, "listen") || step_is(s, "bind") ||
		step_is(s, "unlink")) {
		s->act = ORDER_PLACE;
	} else if (step_is(s, "connect")) {
		s->act = ORDER_DATA | ORDER_TURN;
		s->observe = ORDER_PLACE | ORDER_TURN;
	} else if (step_is(s, "accept") || step_is(s, "accept4")) {
		s->observe = ORDER_DATA;
	} else if (step_is(s, "close") || step_is(s, "shutdown")) {
		s->act = ORDER_DATA | ORDER_PLACE;
		s->observe = step_is(s, "close") ? ORDER_DATA : 0;
	} else if (step_is(s, "getsockopt")) {
		const struct option_row *o = option_row(step_number(s, 1));

		if (o && (o->type == OPTION_ERRNO ||
			o->type == OPTION_TCP_INFO))
			s->observe = ORDER_DATA;
	}
	for (int i = 0; looks[i]; i++)
		if (step_is(s, looks[i]))
			s->observe = ORDER_DATA | ORDER_ROOM;
}

bool order_ends(const struct step *s)
{
	return s->kind == STEP_END || step_is(s, "close") ||
		step_is(s, "shutdown");
}

/* How many flows the calls of all steps are about. */
static size_t flows_of(const struct run *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->steps; i++) {
		const struct step *x = &r->step[i];
		uint32_t flow = x->kind == STEP_CALL ?
			scene_call(r->s, x->call)->flow : SCENE_NONE;

		if (flow != SCENE_NONE && flow >= n)
			n = flow + (size_t)1;
	}
	return n;
}

/* How many bytes of each way of each flow were taken before a position: flow *
 * 2 + way; the caller frees it. */
static uint64_t *taken_before(const struct run *r, uint32_t position)
{
	uint64_t *taken = mem_zero((flows_of(r) * 2 + 1) * sizeof(*taken));

	for (size_t i = 0; i < r->steps; i++) {
		const struct step *x = &r->step[i];
		const struct scene_call *c;
		uint64_t *of;

		if (x->kind != STEP_CALL || x->over > position ||
			!x->line.row->receives)
			continue;
		c = scene_call(r->s, x->call);
		if (c->flow == SCENE_NONE)
			continue;
		of = &taken[c->flow * 2 + c->way];
		if (c->stream + c->taken > *of)
			*of = c->stream + c->taken;
	}
	return taken;
}

bool order_has_unread(const struct run *r, uint32_t program,
	uint32_t position)
{
	uint32_t process = r->program[program].process;
	uint64_t *taken = taken_before(r, position);
	bool unread = false;

	for (size_t i = 0; i < r->steps && !unread; i++) {
		const struct step *x = &r->step[i];
		const struct scene_call *c;

		if (x->kind != STEP_CALL || !x->line.row->sends ||
			r->program[x->program].process == process ||
			x->entered >= position)
			continue;
		c = scene_call(r->s, x->call);
		unread = c->flow != SCENE_NONE && c->send != SCENE_NONE &&
			taken[c->flow * 2 + c->way] <
			scene_send(r->s, c->send)->end;
	}
	free(taken);
	return unread;
}

/* A call that gave what was there: a FIN behind it changes nothing. */
static bool has_all_it_wants(const struct step *s)
{
	return s->kind == STEP_CALL && order_went_well(s) &&
		(step_is(s, "connect") ||
		call_moved(s->line.row, &s->result) > 0);
}

static bool accepted(const struct step *s)
{
	return s->kind == STEP_CALL && order_went_well(s) &&
		!strncmp(s->line.row->name, "accept", 6);
}

bool order_conflict(const struct step *earlier, const struct step *later)
{
	bool ends = order_ends(later);
	unsigned both;

	if (accepted(earlier) && !step_is(later, "connect"))
		return false; /* what comes over it later is not its matter */
	if (ends && step_is(earlier, "close"))
		return false; /* it would have gone well in any case */
	if (ends && has_all_it_wants(earlier) && !earlier->line.row->sends &&
		!later->unread)
		return false;
	both = (earlier->act & later->observe) |
		(earlier->observe & later->act);
	if (earlier->place && later->place && earlier->place != later->place)
		both &= ~(unsigned)ORDER_PLACE; /* at different addresses */
	if (!earlier->place || earlier->place != later->place)
		both &= ~(unsigned)ORDER_TURN;
	return both;
}

/* ---- who waits by itself ---- */

/* Whether a receive has this flag. */
static bool has_flag(const struct step *s, int flag)
{
	for (int i = 0; i < s->line.nargs; i++)
		if (s->line.row->param[i].kind == PARAM_FLAGS &&
			s->line.row->receives && s->line.arg[i].number & flag)
			return true;
	return false;
}

static bool is_nonblocking(const struct run *r, const struct step *s)
{
	const struct thing *t = s->line.nargs ?
		run_thing(r, &s->line.arg[0]) : NULL;

	return s->nonblocking || !t || has_flag(s, MSG_DONTWAIT);
}

/* Whether the bytes that a receive gave are those of one send, and few. */
static bool is_one_piece(const struct run *r, const struct step *s)
{
	const struct scene_call *c = scene_call(r->s, s->call);
	const struct thing *t = run_thing(r, &s->line.arg[0]);
	uint64_t end, taken = call_moved(s->line.row, &s->result);
	const struct scene_send *send;
	uint32_t owner;

	if (!taken || (t && t->type == SOCK_DGRAM))
		return true; /* the end, an error, a datagram: never in parts */
	if (c->flow == SCENE_NONE)
		return false;
	owner = scene_owner(r->s, c->flow, c->way, c->stream, &end);
	if (owner == SCENE_NONE)
		return false;
	send = scene_send(r->s, owner);
	return c->stream + taken <= end && send->end - send->begin <= SEGMENT;
}

/* Whether a wait is over after a short time, whatever comes. */
static bool is_impatient(const struct step *s)
{
	int64_t ms = s->limit / CLOCK_MS;

	if (step_is(s, "poll"))
		ms = step_number(s, 1);
	else if (step_is(s, "epoll_wait"))
		ms = step_number(s, 2);
	else if (step_is(s, "select"))
		ms = step_number(s, 3) < 0 ? -1 :
			step_number(s, 3) / CLOCK_MS;
	else if (!ms)
		return false;
	return ms >= 0 && ms < PATIENCE;
}

bool order_waits(const struct run *r, const struct step *s)
{
	if (s->kind != STEP_CALL || is_impatient(s))
		return false;
	if (s->waited)
		return true;
	if (is_nonblocking(r, s) || !s->line.row->may_wait)
		return false;
	if (step_is(s, "accept") || step_is(s, "accept4"))
		return true;
	if (!s->line.row->receives)
		return false;
	return has_flag(s, MSG_WAITALL) || is_one_piece(r, s);
}

bool order_timed_out(const struct step *s)
{
	if (s->kind != STEP_CALL || s->over == SCENE_NEVER || !s->waited)
		return false;
	if (s->result.kind == VALUE_ERRNO)
		return s->result.number == EAGAIN ||
			s->result.number == ETIMEDOUT ||
			s->result.number == EINPROGRESS;
	if (s->line.row->result == RESULT_READY)
		return !s->result.items;
	if (step_is(s, "select")) {
		size_t ready = 0;

		for (size_t i = 0; i < s->result.items; i++)
			ready += s->result.item[i].items;
		return !ready;
	}
	return false;
}

bool order_is_hasty(const struct run *r, const struct step *s)
{
	int error = s->kind == STEP_CALL && s->over != SCENE_NEVER &&
		s->result.kind == VALUE_ERRNO ? (int)s->result.number : 0;

	if (s->kind != STEP_CALL || order_waits(r, s))
		return false;
	return s->deadly || error == EPIPE || error == ECONNRESET ||
		error == EISCONN ||
		(error == ECONNREFUSED && !step_is(s, "connect")) ||
		(!error && (s->line.row->receives || step_is(s, "ioctl") ||
		s->line.row->result == RESULT_READY || step_is(s, "select") ||
		(step_is(s, "getsockopt") && s->observe)));
}
