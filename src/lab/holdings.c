/*
 * holdings: what a process has from its calls: names that are bound to
 * results, and descriptors with the kernel's names of their sockets. Its
 * threads share them.
 */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "lab/inside.h"

/* ---- names ---- */

static struct binding *binding(const struct process *p, const char *name,
	size_t n)
{
	for (size_t i = p->bounds; i-- > 0;)
		if (!strncmp(p->bound[i].name, name, n) &&
			!p->bound[i].name[n])
			return &p->bound[i];
	return NULL;
}

const struct value *holdings_bound(const struct process *p, const char *name)
{
	const char *dot = strchr(name, '.');
	size_t n = dot ? (size_t)(dot - name) : strlen(name);
	const struct binding *b = binding(p, name, n);

	if (!b || !dot)
		return b ? &b->value : NULL;
	return b->value.kind == VALUE_RECORD
		? value_field(&b->value, dot + 1) : NULL;
}

const char *holdings_name(const struct process *p, int64_t fd)
{
	for (size_t i = p->bounds; i-- > 0;)
		if (p->bound[i].descriptor && p->bound[i].value.number == fd)
			return p->bound[i].name;
	return NULL;
}

/* The newest goes last: of two names of a number it is the one we say. */
static void bind_name(struct process *p, const char *name,
	const struct value *v, bool descriptor)
{
	struct binding *old = binding(p, name, strlen(name)), *b;

	if (old) {
		value_done(&old->value);
		memmove(old, old + 1, (p->bound + --p->bounds - old) *
			sizeof(*old));
	}
	p->bound = mem_grow(p->bound, &p->bound_cap, p->bounds + 1,
		sizeof(*b));
	b = &p->bound[p->bounds++];
	memset(b, 0, sizeof(*b));
	snprintf(b->name, sizeof(b->name), "%s", name);
	b->descriptor = descriptor;
	value_copy(&b->value, v);
}

/* ---- descriptors ---- */

const struct held_fd *holdings_fd(const struct process *p, int64_t fd)
{
	for (size_t i = 0; i < p->nfds; i++)
		if (p->fds[i].fd == fd)
			return &p->fds[i];
	return NULL;
}

/* Its number is free again: names keep it, but it is no longer theirs. */
static void drop_fd(struct process *p, int64_t fd)
{
	for (size_t i = 0; i < p->bounds; i++)
		if (p->bound[i].value.number == fd)
			p->bound[i].descriptor = false;
	for (size_t i = 0; i < p->nfds; i++)
		if (p->fds[i].fd == fd) {
			p->fds[i] = p->fds[--p->nfds];
			return;
		}
}

/* What a call that names a family makes: socket, socketpair. */
static void describe(struct held_fd *h, const struct line *call)
{
	const char *set = call->row->param[0].set;

	h->family = AF_INET;
	h->type = SOCK_STREAM;
	if (!set || strcmp(set, "family"))
		return;
	if (call->nargs > 0)
		h->family = (int)call->arg[0].number;
	if (call->nargs > 1)
		h->type = call->arg[1].number & 0xf;
	if (h->family == AF_UNIX)
		return;
	h->protocol = h->type == SOCK_DGRAM ? IPPROTO_UDP : IPPROTO_TCP;
}

static void hold_fd(struct process *p, const struct call *c, int64_t fd,
	uint64_t cookie)
{
	const struct held_fd *from = holdings_fd(p, c->fd);
	struct held_fd h = {0};

	if (from && cookie) /* accept, dup: as the one it comes from */
		h = *from;
	else if (cookie)
		describe(&h, &c->line);
	h.fd = fd;
	h.cookie = cookie;
	drop_fd(p, fd);
	p->fds = mem_grow(p->fds, &p->fd_cap, p->nfds + 1, sizeof(h));
	p->fds[p->nfds++] = h;
}

/* ---- from a call ---- */

static bool is_number(const struct value *v)
{
	return v->kind == VALUE_NUMBER;
}

static void add_one(struct process *p, const struct call *c,
	const uint64_t cookie[2])
{
	bool descriptor = c->line.row->result == RESULT_FD &&
		is_number(&c->result);

	/* Also a number that is given by cookie alone: fcntl F_DUPFD. */
	descriptor |= cookie[0] && is_number(&c->result);
	if (descriptor)
		hold_fd(p, c, c->result.number, cookie[0]);
	if (c->line.name[0])
		bind_name(p, c->line.name, &c->result, descriptor);
}

static void add_two(struct process *p, const struct call *c,
	const uint64_t cookie[2])
{
	const char *name[2] = {c->line.name, c->line.second};
	const struct value *v = c->result.item;

	if (!c->line.second[0] && c->line.name[0])
		bind_name(p, c->line.name, &c->result, false);
	for (int i = 0; i < 2; i++) {
		if (is_number(&v[i]))
			hold_fd(p, c, v[i].number, cookie[i]);
		if (c->line.second[0] && name[i][0])
			bind_name(p, name[i], &v[i], is_number(&v[i]));
	}
}

void holdings_add(struct process *p, const struct call *c,
	const uint64_t cookie[2])
{
	const struct call_row *row = c->line.row;

	if (c->result.kind == VALUE_ERRNO)
		return;
	if (row->closes)
		drop_fd(p, c->fd);
	if (row->result == RESULT_PROCESS) /* the name is the new process's */
		return;
	if (row->result == RESULT_FDS && c->result.kind == VALUE_LIST &&
		c->result.items == 2)
		add_two(p, c, cookie);
	else
		add_one(p, c, cookie);
}

void holdings_copy(struct process *to, const struct process *from)
{
	for (size_t i = 0; i < from->bounds; i++)
		bind_name(to, from->bound[i].name, &from->bound[i].value,
			from->bound[i].descriptor);
	if (!from->nfds)
		return;
	to->fds = mem_grow(to->fds, &to->fd_cap, from->nfds,
		sizeof(*to->fds));
	memcpy(to->fds, from->fds, from->nfds * sizeof(*to->fds));
	to->nfds = from->nfds;
}

void holdings_lose(struct process *p)
{
	for (size_t i = 0; i < p->bounds; i++)
		value_done(&p->bound[i].value);
	free(p->bound);
	free(p->fds);
	p->bound = NULL;
	p->fds = NULL;
	p->bounds = p->bound_cap = p->nfds = p->fd_cap = 0;
}
