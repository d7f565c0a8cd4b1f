/* deeds: the calls of a take, followed as the journal grows. */
#include "lesson/deeds.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scene/scene.h"

/* ---- one ---- */

/* The arguments move; what is left of the line is freed. */
static void read_line(struct deed *e, struct scene *s)
{
	struct line l;

	if (scene_call_line(s, e->call, &l)) {
		e->nargs = l.nargs;
		e->arg = mem_zero((size_t)l.nargs * sizeof(*e->arg));
		memcpy(e->arg, l.arg, (size_t)l.nargs * sizeof(*e->arg));
		memset(l.arg, 0, sizeof(l.arg));
		memcpy(e->name, l.name, sizeof(e->name));
		memcpy(e->second, l.second, sizeof(e->second));
	}
	line_done(&l);
}

static void read_result(struct deed *e, const struct deeds *d)
{
	if (e->result.kind == VALUE_NONE && deed_returned(d, e))
		scene_call_result(d->scene, e->call, &e->result);
}

void deed_read(struct deed *e, const struct deeds *d, uint32_t call)
{
	const struct scene_call *c = scene_call(d->scene, call);

	*e = (struct deed){.call = call, .actor = c->actor,
		.row = call_row_at(c->row)};
	read_line(e, d->scene);
	read_result(e, d);
}

void deed_done(struct deed *e)
{
	for (int k = 0; k < e->nargs; k++)
		value_done(&e->arg[k]);
	free(e->arg);
	value_done(&e->result);
	memset(e, 0, sizeof(*e));
}

/* ---- following ---- */

static bool is_settled(const struct deeds *d, const struct deed *e)
{
	return deed_returned(d, e) ||
		scene_actor(d->scene, e->actor)->ended < d->position;
}

/* Bind the names of one that is settled. */
static void bind_names(struct deeds *d, const struct deed *e)
{
	bool pair = e->result.kind == VALUE_LIST && e->result.items == 2 &&
		e->second[0];
	uint32_t process = scene_actor(d->scene, e->actor)->process;
	uint32_t returned = deed_call(d, e)->returned;

	if (!e->name[0] || e->result.kind == VALUE_ERRNO ||
			e->result.kind == VALUE_NONE)
		return;
	deeds_names_bind(&d->names, process, e->name, returned,
		pair ? &e->result.item[0] : &e->result);
	if (pair)
		deeds_names_bind(&d->names, process, e->second, returned,
			&e->result.item[1]);
}

/* Note what it made, what it closed. */
static void note(struct deeds *d, const struct deed *e)
{
	bool failed = e->result.kind == VALUE_ERRNO ||
		e->result.kind == VALUE_NONE;
	struct value fd;

	if (failed || !deed_is_new(d, e))
		return;
	d->made = d->made || deed_row_makes(e->row);
	if (d->made || !e->row->closes)
		return;
	deed_argument(d, e, 0, &fd);
	if (fd.kind == VALUE_NUMBER) {
		d->closed = mem_grow(d->closed, &d->closeds_room,
			d->closeds + 1, sizeof(*d->closed));
		d->closed[d->closeds++] = (struct deeds_closed){
			.process = scene_actor(d->scene, e->actor)->process,
			.fd = fd.number, .call = e->call,
		};
	}
	value_done(&fd);
}

struct follow {
	void (*settled)(const struct deed *e, void *arg);
	void *arg;
};

/* False: it is not settled. */
static bool settle(struct deeds *d, struct deed *e, const struct follow *f)
{
	if (!is_settled(d, e))
		return false;
	read_result(e, d);
	bind_names(d, e); /* a goal may name what it made: `-> conn` */
	f->settled(e, f->arg);
	note(d, e);
	deed_done(e);
	return true;
}

static void settle_pending(struct deeds *d, const struct follow *f)
{
	size_t kept = 0;

	for (size_t i = 0; i < d->pendings; i++) {
		struct deed e = d->pending[i];

		d->work++;
		if (!settle(d, &e, f))
			d->pending[kept++] = e;
	}
	d->pendings = kept;
}

static void read_calls(struct deeds *d, const struct follow *f)
{
	size_t calls = scene_calls(d->scene);

	for (; d->next < calls; d->next++) {
		struct deed e;

		if (scene_call(d->scene, d->next)->entered >= d->position)
			return;
		d->work++;
		deed_read(&e, d, d->next);
		if (settle(d, &e, f))
			continue;
		d->pending = mem_grow(d->pending, &d->pendings_room,
			d->pendings + 1, sizeof(*d->pending));
		d->pending[d->pendings++] = e;
	}
}

/* ---- sockets that are not gone ---- */

static void list_socket(struct deeds *d, uint32_t socket)
{
	size_t i = socket - d->take->first_socket, was = d->listed_room;

	if (i >= was) {
		d->listed = mem_grow(d->listed, &d->listed_room, i + 1,
			sizeof(*d->listed));
		memset(d->listed + was, 0, d->listed_room - was);
	}
	if (d->listed[i])
		return;
	d->listed[i] = true;
	d->socket = mem_grow(d->socket, &d->sockets_room, d->sockets + 1,
		sizeof(*d->socket));
	d->socket[d->sockets++] = socket;
}

/* What is gone is left out, until there is a sample of it once more. */
static void read_sockets(struct deeds *d)
{
	uint32_t events = scene_now(d->scene);
	size_t kept = 0;

	for (; d->looked < d->position && d->looked < events; d->looked++) {
		uint32_t socket = scene_sampled(d->scene, d->looked);

		if (socket != SCENE_NONE && socket >= d->take->first_socket)
			list_socket(d, socket);
	}
	for (size_t i = 0; i < d->sockets; i++) {
		const struct scene_sample *now = scene_socket_at(d->scene,
			d->socket[i], d->position);

		d->work++;
		if (now && now->state)
			d->socket[kept++] = d->socket[i];
		else
			d->listed[d->socket[i] - d->take->first_socket] =
				false;
	}
	d->sockets = kept;
}

bool deeds_follow(struct deeds *d, struct scene *s, uint32_t position,
	void (*settled)(const struct deed *e, void *arg), void *arg)
{
	const struct scene_take *take = scene_take(s, position);
	uint32_t begin = take ? scene_setup_over(s, position) : SCENE_NEVER;
	struct follow f = {settled, arg};

	if (d->scene && (d->scene != s || d->position > position ||
			!d->take || !take || d->take->begin != take->begin ||
			d->begin != begin))
		return false;
	if (!d->scene && take) {
		d->next = take->first_call;
		d->looked = take->begin;
	}
	d->scene = s;
	d->take = take; /* it may have moved */
	d->position = position;
	d->begin = begin;
	if (!take)
		return true;
	settle_pending(d, &f);
	read_calls(d, &f);
	read_sockets(d);
	return true;
}

void deeds_done(struct deeds *d)
{
	for (size_t i = 0; i < d->pendings; i++)
		deed_done(&d->pending[i]);
	free(d->pending);
	deeds_names_done(&d->names);
	free(d->closed);
	free(d->socket);
	free(d->listed);
	memset(d, 0, sizeof(*d));
}

/* ---- what is known of one ---- */

const struct scene_call *deed_call(const struct deeds *d,
	const struct deed *e)
{
	return scene_call(d->scene, e->call);
}

const char *deed_lane(const struct deeds *d, const struct deed *e)
{
	return scene_actor(d->scene, e->actor)->lane;
}

bool deed_returned(const struct deeds *d, const struct deed *e)
{
	return deed_call(d, e)->returned < d->position;
}

bool deed_waits(const struct deeds *d, const struct deed *e)
{
	return !deed_returned(d, e) && deed_call(d, e)->waits < d->position &&
		scene_actor(d->scene, e->actor)->ended >= d->position;
}

bool deed_is_new(const struct deeds *d, const struct deed *e)
{
	const struct scene_call *c = deed_call(d, e);

	return c->entered >= d->begin ||
		(deed_returned(d, e) && c->returned >= d->begin);
}

uint32_t deed_row(const struct deeds *d, uint32_t call)
{
	const struct scene_call *c = scene_call(d->scene, call);

	return c->returned < d->position ? c->row_returned : c->row_entered;
}

bool deed_row_makes(const struct call_row *row)
{
	return row->result == RESULT_FD || row->result == RESULT_FDS ||
		row->result == RESULT_PROCESS;
}

uint32_t deeds_actor(const struct deeds *d, const char *lane)
{
	for (size_t i = scene_actors(d->scene); i-- > d->take->first_actor; ) {
		const struct scene_actor *a = scene_actor(d->scene, i);

		if (a->started < d->position && !strcmp(a->lane, lane))
			return (uint32_t)i;
	}
	return SCENE_NONE;
}

uint32_t deeds_closed_by(const struct deeds *d, uint32_t actor, int64_t fd)
{
	uint32_t process = scene_actor(d->scene, actor)->process;

	for (size_t i = d->closeds; i-- > 0 && !d->made; )
		if (d->closed[i].process == process && d->closed[i].fd == fd)
			return d->closed[i].call;
	return SCENE_NONE;
}
