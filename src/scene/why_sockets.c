/* why_sockets: ends of sockets, and sockets as they were known. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>

#include "scene/why_inside.h"

/* ---- ends ---- */

static bool end_numeric(const char *host, struct end *out)
{
	static const uint8_t none[16];

	memset(out->bytes, 0, sizeof(out->bytes));
	if (inet_pton(AF_INET, host, out->bytes) == 1)
		out->version = 4;
	else if (inet_pton(AF_INET6, host, out->bytes) == 1)
		out->version = 6;
	out->any = memcmp(out->bytes, none, 16) == 0;
	return out->version != 0;
}

bool why_end_of(const struct question *q, const struct value *v,
	struct end *out)
{
	*out = (struct end){0};
	if (!v || v->kind != VALUE_ADDRESS || !v->text)
		return false;
	if (v->number == PORT_UNIX) {
		out->path = v->text;
		return true;
	}
	out->port = v->number > 0 ? (int)v->number : 0;
	if (strcmp(v->text, "any") == 0) {
		out->version = 4;
		out->any = true;
		return true;
	}
	for (int i = 0; i < q->s->hosts; i++)
		if (strcmp(q->s->host[i].name, v->text) == 0) {
			out->version = q->s->host[i].address[0].version;
			memcpy(out->bytes, q->s->host[i].address[0].bytes, 16);
			return out->version != 0;
		}
	return end_numeric(v->text, out);
}

bool why_end_read(const char *text, struct end *out)
{
	const char *colon = strrchr(text, ':');
	char host[64];
	size_t n;

	*out = (struct end){0};
	if (!colon)
		return false;
	n = (size_t)(colon - text);
	if (n >= sizeof(host))
		return false;
	memcpy(host, text, n);
	host[n] = '\0';
	if (host[0] == '[' && n > 1)
		host[n - 1] = '\0';
	out->port = atoi(colon + 1);
	return end_numeric(host[0] == '[' ? host + 1 : host, out);
}

bool why_end_overlaps(const struct end *a, const struct end *b)
{
	if (!a->version || !b->version || a->port != b->port)
		return false;
	/* a socket of IPv6 takes IPv4's too, unless it was told not to */
	if (a->any || b->any)
		return a->version == b->version ||
			(a->any && a->version == 6) ||
			(b->any && b->version == 6);
	return a->version == b->version &&
		memcmp(a->bytes, b->bytes, 16) == 0;
}

int why_host_of(const struct question *q, const struct end *e)
{
	for (int i = 0; i < q->s->hosts; i++)
		for (int k = 0; k < 2; k++) {
			const struct address *a = q->s->host[i].address + k;

			if (a->version && a->version == e->version &&
				memcmp(a->bytes, e->bytes, 16) == 0)
				return i;
		}
	/* 127.0.0.0/8 and ::1 are the host itself */
	if ((e->version == 4 && e->bytes[0] == 127) || (e->version == 6 &&
		IN6_IS_ADDR_LOOPBACK((const struct in6_addr *)e->bytes)))
		return q->host;
	return -1;
}

const struct value *why_argument(const struct question *q, int i)
{
	return i < q->line.nargs ? &q->line.arg[i] : NULL;
}

/* ---- sockets ---- */

const struct scene_socket *why_as(const struct question *q, uint32_t socket)
{
	static const struct scene_socket unknown = {
		.host = -1, .actor = 0xffff, .fd = -1, .flow = SCENE_NONE,
		.last_sample = SCENE_NONE,
	};
	uint32_t face = socket == SCENE_NONE ? SCENE_NONE :
		socket_at(q->s, socket)->face;
	const struct face *f;

	for (; face != SCENE_NONE; face = f->previous) {
		f = table_at(&q->s->faces, face);
		if (f->position < q->position)
			return &f->as;
	}
	return &unknown;
}

/* Who sends on a way of a flow, if that is known by now. */
uint32_t why_sender(const struct question *q, uint32_t flow, int way)
{
	uint32_t socket = stream_at(q->s, flow, way)->socket;

	return why_as(q, socket)->flow == flow ? socket : SCENE_NONE;
}

bool why_owner(const struct question *q, uint32_t socket, uint32_t before,
	struct scene_socket *was)
{
	uint32_t face = socket_at(q->s, socket)->face;
	const struct face *f;

	for (; face != SCENE_NONE; face = f->previous) {
		f = table_at(&q->s->faces, face);
		if (f->position >= before || f->as.actor == 0xffff)
			continue;
		*was = f->as;
		return true;
	}
	return false;
}

uint64_t why_size(const struct line *l)
{
	const struct value *v = l->nargs > 1 ? &l->arg[1] : NULL;
	uint64_t n = 0;

	if (!v)
		return 0;
	if (v->kind == VALUE_BYTES)
		return value_size(v);
	if (v->kind == VALUE_NUMBER)
		return v->number > 0 ? (uint64_t)v->number : 0;
	for (size_t i = 0; i < v->items; i++)
		n += v->item[i].kind == VALUE_BYTES ? value_size(v->item + i) :
			(uint64_t)v->item[i].number;
	return n;
}

uint64_t why_asked(const struct question *q)
{
	return why_size(&q->line);
}

uint32_t why_next_socket(const struct question *q, int host, uint32_t after)
{
	uint32_t all = (uint32_t)scene_sockets(q->s);
	uint32_t first = scene_first_socket(q->s, q->position);
	uint32_t i = after == SCENE_NONE ? all : after;

	if (all - first > WHY_SOCKETS)
		first = all - WHY_SOCKETS;
	while (i-- > first)
		if (scene_socket(q->s, i)->host == host &&
			scene_socket(q->s, i)->created < q->position)
			return i;
	return SCENE_NONE;
}

const struct scene_sample *why_sample(const struct question *q,
	uint32_t socket)
{
	return socket == SCENE_NONE ? NULL :
		scene_socket_at(q->s, socket, q->until);
}

const struct scene_sample *why_sample_before(const struct question *q,
	uint32_t socket, uint32_t position)
{
	return socket == SCENE_NONE ? NULL :
		scene_socket_at(q->s, socket, position);
}

bool why_is(const struct question *q, uint32_t socket, const char *protocol)
{
	return strcmp(why_as(q, socket)->protocol, protocol) == 0;
}
