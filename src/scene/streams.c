/*
 * streams: whose bytes are whose.
 *
 * Each send has a letter from the moment it is entered. Its bytes begin where
 * those of the send before it on the same stream end, and are as many as it
 * returns; while it has not, all that follows is taken for its own, because
 * its frames are seen before its result. When several wait at once (threads)
 * the first that entered comes first.
 *
 * Which flow a descriptor belongs to is told by samples, which may come after
 * the call has returned: until then its calls are *loose*.
 */
#include "scene/inside.h"

#include <stdio.h>

static struct scene_send *send_at(const struct scene *s, uint32_t i)
{
	return table_at(&s->sends, i);
}

/* ---- sends ---- */

/* Give their places to the sends that have returned, and to the first that
 * has not. */
static void settle(struct scene *s, struct stream *st)
{
	for (; st->open < st->sends.n; st->open++) {
		struct scene_send *send = send_at(s, st->sends.at[st->open]);
		struct scene_call *c = table_at(&s->calls, send->call);

		send->begin = c->stream = st->written;
		if (c->returned == SCENE_NEVER) {
			send->end = UINT64_MAX;
			return;
		}
		send->end = st->written += c->taken;
	}
}

static void place_send(struct scene *s, uint32_t i, uint32_t flow, int way)
{
	struct scene_send *send = send_at(s, i);
	struct stream *st = stream_at(s, flow, way);

	send->flow = flow;
	send->way = (uint8_t)way;
	send->begin = send->end = st->written;
	if (st->sends.n)
		send->previous = st->sends.at[st->sends.n - 1];
	list_add(&st->sends, i);
	settle(s, st);
}

static uint32_t add_send(struct scene *s, uint32_t call)
{
	const struct scene_take *t = marks_take(s);
	struct scene_send *send = table_add(&s->sends);
	uint32_t i = s->sends.n - 1;

	*send = (struct scene_send){
		.call = call, .flow = SCENE_NONE, .returned = SCENE_NEVER,
		.previous = SCENE_NONE,
		.letter = (uint16_t)(i - (t ? t->first_send : 0)),
	};
	return i;
}

/* ---- receives ---- */

static void place_receive(struct scene *s, uint32_t call, uint32_t flow,
	int way)
{
	struct scene_call *c = table_at(&s->calls, call);
	const struct call_more *more = table_at(&s->mores, call);
	struct stream *st = stream_at(s, flow, way);

	c->stream = history_last(&st->taken);
	if (!more->peeks)
		history_add(&st->taken, c->returned, c->stream + c->taken);
}

/* ---- calls ---- */

/* The flow of the call is known: give its bytes their place. */
static void place(struct scene *s, uint32_t call, uint32_t flow, int way)
{
	struct scene_call *c = table_at(&s->calls, call);
	const struct call_row *row = call_row_at(c->row);

	if (c->flow != SCENE_NONE)
		return; /* a frame of it told before the sample did */
	c->flow = flow;
	((struct call_more *)table_at(&s->mores, call))->placed = s->now - 1;
	flows_add_call(s, flow, call);
	c->way = (uint8_t)(row->receives ? 1 - way : way);
	if (c->send != SCENE_NONE)
		place_send(s, c->send, flow, way);
	else if (row->receives && c->returned != SCENE_NEVER)
		place_receive(s, call, flow, c->way);
}

/* Place it now, or when its flow is known. */
static void place_or_wait(struct scene *s, uint32_t call, bool may_wait)
{
	const struct scene_call *c = scene_call(s, call);
	const struct call_more *more = table_at(&s->mores, call);
	const struct scene_socket *socket;
	struct opened *o;
	uint32_t opened;

	if (more->fd < 0)
		return;
	opened = may_wait ? descriptors_open(s, c->actor, more->fd,
		c->entered) : descriptors_find(s, c->actor, more->fd);
	if (opened == SCENE_NONE)
		return;
	o = opened_at(s, opened);
	socket = o->socket != SCENE_NONE ? scene_socket(s, o->socket) : NULL;
	if (socket && socket->flow != SCENE_NONE && !o->loose.n &&
		!more->connects)
		place(s, call, socket->flow, socket->way);
	else if (may_wait)
		list_add(&o->loose, call);
}

void streams_known(struct scene *s, uint32_t opened)
{
	struct opened *o = opened_at(s, opened);
	const struct scene_socket *socket = scene_socket(s, o->socket);

	for (size_t i = 0; i < o->loose.n; i++)
		place(s, o->loose.at[i], socket->flow, socket->way);
	o->loose.n = 0;
}

void streams_datagram(struct scene *s, uint32_t frame)
{
	struct scene_frame *f = frame_at(s, frame);
	uint32_t call = s->entered[f->host];
	const struct scene_call *c;

	if (call == SCENE_NONE)
		return;
	c = scene_call(s, call);
	if (c->send == SCENE_NONE || c->returned != SCENE_NEVER)
		return;
	if (c->flow == SCENE_NONE)
		place(s, call, f->flow, f->way);
	if (c->flow == f->flow && c->way == f->way)
		f->stream = (uint32_t)c->stream;
}

void streams_entered(struct scene *s, uint32_t call)
{
	struct scene_call *c = table_at(&s->calls, call);
	const struct call_more *more = table_at(&s->mores, call);
	const struct call_row *row = call_row_at(c->row);

	if (row->sends)
		c->send = add_send(s, call);
	if (!row->receives)
		place_or_wait(s, call, row->sends || more->connects);
}

void streams_returned(struct scene *s, uint32_t call)
{
	const struct scene_call *c = scene_call(s, call);

	if (c->send != SCENE_NONE) {
		struct scene_send *send = send_at(s, c->send);

		send->returned = c->returned;
		if (send->flow != SCENE_NONE)
			settle(s, stream_at(s, send->flow, send->way));
	} else if (call_row_at(c->row)->receives) {
		place_or_wait(s, call, c->error == 0);
	}
}

/* ---- queries ---- */

const struct scene_send *scene_send(const struct scene *s, uint32_t i)
{
	return send_at(s, i);
}

void scene_letter(char *out, uint16_t letter)
{
	if (letter < 26)
		snprintf(out, 8, "%c", 'A' + letter);
	else
		snprintf(out, 8, "%c%d", 'A' + letter % 26, letter / 26 + 1);
}

uint32_t scene_owner(const struct scene *s, uint32_t flow, int way,
	uint64_t offset, uint64_t *end)
{
	const struct stream *st;
	const struct scene_send *send;
	size_t low = 0, high;

	if (flow >= s->flows.n)
		return SCENE_NONE;
	st = stream_at(s, flow, way);
	/* Up to the open one their places are final and do not fall. */
	high = st->open < st->sends.n ? st->open + 1 : st->sends.n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (send_at(s, st->sends.at[middle])->begin <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return SCENE_NONE;
	send = send_at(s, st->sends.at[low - 1]);
	if (offset >= send->end)
		return SCENE_NONE;
	if (end)
		*end = send->end;
	return st->sends.at[low - 1];
}
