/*
 * descriptors: what a number of a process stands for, now and at any position.
 *
 * A number stands for something *opened*, which copies made by dup and fork
 * share, as they share the kernel's open file description. What that is, is
 * told by samples, which may come after the call that made it.
 */
#include "scene/inside.h"

#include <stdlib.h>

#include "base/mem.h"

#define NUMBERS 65536 /* of a process: a higher one is not kept */

static struct actor *process_of(const struct scene *s, uint32_t actor)
{
	const struct actor *a = table_at(&s->actors, actor);

	return table_at(&s->actors, a->pub.process);
}

uint32_t descriptors_find(const struct scene *s, uint32_t actor, int fd)
{
	const struct actor *a = process_of(s, actor);
	const struct place *p;

	if (fd < 0 || (size_t)fd >= a->fds)
		return SCENE_NONE;
	p = a->fd + fd;
	return p->n ? p->past[p->n - 1].opened : SCENE_NONE;
}

void descriptors_set(struct scene *s, uint32_t actor, int fd, uint32_t opened,
	uint32_t position)
{
	struct actor *a = process_of(s, actor);
	struct place *p;

	if (fd < 0 || fd >= NUMBERS || descriptors_find(s, actor, fd) == opened)
		return;
	if ((size_t)fd >= a->fds) {
		a->fd = mem_grow(a->fd, &a->fd_cap, (size_t)fd + 1,
			sizeof(*a->fd));
		memset(a->fd + a->fds, 0,
			((size_t)fd + 1 - a->fds) * sizeof(*a->fd));
		a->fds = (size_t)fd + 1;
	}
	p = a->fd + fd;
	p->past = mem_grow(p->past, &p->cap, p->n + 1, sizeof(*p->past));
	p->past[p->n++] = (struct tenure){position, opened};
}

uint32_t descriptors_open(struct scene *s, uint32_t actor, int fd,
	uint32_t position)
{
	uint32_t opened = descriptors_find(s, actor, fd);
	struct opened *o;

	if (opened != SCENE_NONE || fd < 0 || fd >= NUMBERS)
		return opened;
	o = table_add(&s->openeds);
	o->socket = o->pair = SCENE_NONE;
	opened = s->openeds.n - 1;
	descriptors_set(s, actor, fd, opened, position);
	return opened;
}

void descriptors_known(struct scene *s, uint32_t opened, uint32_t socket,
	uint32_t position)
{
	struct opened *o = opened_at(s, opened);

	if (o->socket != SCENE_NONE)
		return;
	o->socket = socket;
	o->known = position;
	if (o->pair != SCENE_NONE &&
		opened_at(s, o->pair)->socket != SCENE_NONE)
		sockets_paired(s, socket, opened_at(s, o->pair)->socket);
}

void descriptors_fork(struct scene *s, uint32_t from, uint32_t to,
	uint32_t position)
{
	const struct actor *parent = process_of(s, from);

	for (size_t fd = 0; fd < parent->fds; fd++) {
		uint32_t opened = descriptors_find(s, from, (int)fd);

		if (opened != SCENE_NONE)
			descriptors_set(s, to, (int)fd, opened, position);
	}
}

uint32_t scene_socket_of(const struct scene *s, uint32_t actor, int fd,
	uint32_t position)
{
	const struct actor *a = process_of(s, actor);
	const struct opened *o;
	size_t low = 0, high;
	const struct place *p;

	if (fd < 0 || (size_t)fd >= a->fds)
		return SCENE_NONE;
	p = a->fd + fd;
	for (high = p->n; low < high; ) {
		size_t middle = low + (high - low) / 2;

		if (p->past[middle].position < position)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0 || p->past[low - 1].opened == SCENE_NONE)
		return SCENE_NONE;
	o = opened_at(s, p->past[low - 1].opened);
	return o->socket != SCENE_NONE && o->known < position ?
		o->socket : SCENE_NONE;
}

void descriptors_free(struct scene *s)
{
	for (uint32_t i = 0; i < s->actors.n; i++) {
		struct actor *a = table_at(&s->actors, i);

		for (size_t fd = 0; fd < a->fds; fd++)
			free(a->fd[fd].past);
		free(a->fd);
	}
	for (uint32_t i = 0; i < s->openeds.n; i++)
		free(opened_at(s, i)->loose.at);
	table_done(&s->openeds);
}
