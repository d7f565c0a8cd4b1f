/*
 * holdings: what a lane has from its calls: names that are bound to results,
 * and descriptors with the kernel's names of their sockets.
 */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "lab/inside.h"

const struct value *lane_bound(const struct lane *l, const char *name)
{
	for (size_t i = 0; i < l->bounds; i++)
		if (!strcmp(l->bound[i].name, name))
			return &l->bound[i].value;
	return NULL;
}

static void bind_name(struct lane *l, const char *name, const struct value *v)
{
	struct binding *b = NULL;

	for (size_t i = 0; i < l->bounds; i++)
		if (!strcmp(l->bound[i].name, name))
			b = &l->bound[i];
	if (!b) {
		l->bound = mem_grow(l->bound, &l->bound_cap, l->bounds + 1,
			sizeof(*b));
		b = &l->bound[l->bounds++];
		memset(b, 0, sizeof(*b));
		snprintf(b->name, sizeof(b->name), "%s", name);
	}
	value_done(&b->value);
	value_copy(&b->value, v);
}

const struct held_fd *lane_fd(const struct lane *l, int64_t fd)
{
	for (size_t i = 0; i < l->nfds; i++)
		if (l->fds[i].fd == fd)
			return &l->fds[i];
	return NULL;
}

static void drop_fd(struct lane *l, int64_t fd)
{
	for (size_t i = 0; i < l->nfds; i++)
		if (l->fds[i].fd == fd) {
			l->fds[i] = l->fds[--l->nfds];
			return;
		}
}

static void hold_fd(struct lane *l, const struct call *c, uint64_t cookie)
{
	struct held_fd h = {c->result.number, AF_INET, IPPROTO_TCP, cookie};
	const struct held_fd *from = lane_fd(l, c->fd);

	if (from) { /* accept: as the listening socket */
		h.family = from->family;
		h.protocol = from->protocol;
	} else if (c->line.nargs > 0) { /* socket(family, type …) */
		h.family = c->line.arg[0].number;
		if (c->line.nargs > 1 &&
			(c->line.arg[1].number & 0xf) == SOCK_DGRAM)
			h.protocol = IPPROTO_UDP;
	}
	drop_fd(l, h.fd);
	l->fds = mem_grow(l->fds, &l->fd_cap, l->nfds + 1, sizeof(h));
	l->fds[l->nfds++] = h;
}

void lane_remember(struct lab *lab, struct lane *l, const struct call *c,
	uint64_t cookie)
{
	if (c->result.kind == VALUE_ERRNO)
		return;
	if (cookie) {
		hold_fd(l, c, cookie);
		lab->datagrams |= lane_fd(l, c->result.number)->protocol ==
			IPPROTO_UDP;
	}
	if (c->line.row->closes)
		drop_fd(l, c->fd);
	if (c->line.name[0])
		bind_name(l, c->line.name, &c->result);
}

void lane_lose(struct lane *l)
{
	for (size_t i = 0; i < l->bounds; i++)
		value_done(&l->bound[i].value);
	free(l->bound);
	free(l->fds);
	l->bound = NULL;
	l->fds = NULL;
	l->bounds = l->bound_cap = l->nfds = l->fd_cap = 0;
}
