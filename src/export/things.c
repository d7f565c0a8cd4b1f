/*
 * things: what the names and descriptors of each step stand for.
 *
 * A descriptor that no name is bound to gets one, fd3, for a program needs it.
 * Each value of a line that is a descriptor, or a name, becomes the name of its
 * thing with the thing's index as its number; what is no thing (recv(99, 4))
 * stays a number.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "export/inside.h"

/* What a name of a lane is bound to. */
struct binding {
	char name[LINE_NAME];
	uint32_t thing;
	int64_t fd;       /* -1: none */
};

struct names { /* of one process */
	uint32_t fd[FD_MOST];
	struct binding *bound;
	size_t n, cap;
};

struct naming {
	struct run *r;
	struct names *of; /* of each process, by its first thread's program */
};

static struct names *names_of(struct naming *g, const struct step *s)
{
	return &g->of[g->r->program[s->program].process];
}

static uint32_t add_thing(struct run *r, struct thing t, const char *wish)
{
	thing_name(r, &t, wish);
	r->thing = mem_grow(r->thing, &r->thing_cap, r->things + 1,
		sizeof(*r->thing));
	r->thing[r->things] = t;
	return (uint32_t)r->things++;
}

struct thing *run_thing(const struct run *r, const struct value *v)
{
	if (v->kind != VALUE_NAME || v->number < 0 ||
		(size_t)v->number >= r->things)
		return NULL;
	return &r->thing[v->number];
}

/* ---- what stands in a line ---- */

static struct binding *find_binding(struct names *n, const char *name,
	size_t len)
{
	for (size_t i = n->n; i--; )
		if (!strncmp(n->bound[i].name, name, len) &&
			!n->bound[i].name[len])
			return &n->bound[i];
	return NULL;
}

static void bind_name(struct names *n, const char *name, uint32_t thing,
	int64_t fd)
{
	struct binding *b = find_binding(n, name, strlen(name));

	if (!b) {
		n->bound = mem_grow(n->bound, &n->cap, n->n + 1,
			sizeof(*n->bound));
		b = &n->bound[n->n++];
		snprintf(b->name, sizeof(b->name), "%s", name);
	}
	b->thing = thing;
	b->fd = fd;
}

static uint32_t of_fd(const struct names *n, int64_t fd)
{
	return fd >= 0 && fd < FD_MOST ? n->fd[fd] : NOTHING;
}

/* Make v the name of a thing; field: ".from", or "". */
static void name_value(struct run *r, struct value *v, uint32_t thing,
	const char *field)
{
	struct buf name = {0};

	buf_printf(&name, "%s%s", r->thing[thing].name, field);
	free(v->text);
	v->text = mem_string(buf_str(&name));
	v->kind = VALUE_NAME;
	v->number = thing;
	r->thing[thing].used = true;
	buf_done(&name);
}

static void resolve_name(struct naming *g, struct names *n, struct value *v)
{
	size_t len = strcspn(v->text, ".");
	struct binding *b = find_binding(n, v->text, len);
	char field[LINE_NAME];
	uint32_t thing;

	v->number = -1;
	if (!b)
		return;
	thing = of_fd(n, b->fd); /* a number may have been given out again */
	snprintf(field, sizeof(field), "%s", v->text + len);
	name_value(g->r, v, thing == NOTHING ? b->thing : thing, field);
}

static void resolve(struct naming *g, struct names *n, struct value *v,
	bool fd)
{
	if (v->kind == VALUE_NAME)
		resolve_name(g, n, v);
	else if (v->kind == VALUE_NUMBER && fd &&
		of_fd(n, v->number) != NOTHING)
		name_value(g->r, v, of_fd(n, v->number), "");
	else if (v->kind == VALUE_LIST || v->kind == VALUE_RECORD)
		for (size_t i = 0; i < v->items; i++)
			resolve(g, n, &v->item[i], fd);
	else if (v->kind == VALUE_ENTRY)
		resolve(g, n, &v->item[0], true);
}

/* ---- what a call makes ---- */

static void make_fd(struct naming *g, struct step *s, int which,
	const char *name, int64_t fd, struct thing t)
{
	struct names *n = names_of(g, s);
	char wish[LINE_NAME];
	uint32_t thing;

	t.program = g->r->program[s->program].process;
	t.open_since = NOTHING;
	if (*name)
		snprintf(wish, sizeof(wish), "%s", name);
	else
		snprintf(wish, sizeof(wish), "fd%lld", (long long)fd);
	thing = add_thing(g->r, t, wish);
	s->makes[which] = thing;
	if (fd >= 0 && fd < FD_MOST)
		n->fd[fd] = thing;
	if (*name)
		bind_name(n, name, thing, fd);
}

static struct thing new_socket(const struct step *s)
{
	int64_t type = s->line.arg[1].number;

	return (struct thing){.kind = THING_SOCKET,
		.family = (int)s->line.arg[0].number,
		.type = (int)(type & 0xf),
		.nonblocking = type & SOCK_NONBLOCK};
}

/* What a call that gives a descriptor makes. */
static struct thing new_fd(const struct run *r, const struct step *s)
{
	const char *call = s->line.row->name;
	const struct thing *from = s->line.nargs ?
		run_thing(r, &s->line.arg[0]) : NULL;
	struct thing t;

	if (!strcmp(call, "socket"))
		return new_socket(s);
	if (!strcmp(call, "epoll_create1"))
		return (struct thing){.kind = THING_EPOLL};
	if (!strcmp(call, "memfd_create"))
		return (struct thing){.kind = THING_FILE};
	t = from ? *from : (struct thing){.kind = THING_SOCKET};
	t.used = t.closed = t.again = false;
	if (!strcmp(call, "accept") || !strcmp(call, "accept4")) {
		t.nonblocking = s->line.nargs > 1 &&
			(s->line.arg[1].number & SOCK_NONBLOCK);
	}
	return t;
}

static void make(struct naming *g, struct step *s)
{
	enum result_kind kind = s->line.row->result;

	if (kind == RESULT_FD) {
		make_fd(g, s, 0, s->line.name, s->result.number,
			new_fd(g->r, s));
	} else if (kind == RESULT_FDS && s->result.items == 2) {
		make_fd(g, s, 0, s->line.name, s->result.item[0].number,
			new_socket(s));
		make_fd(g, s, 1, s->line.second, s->result.item[1].number,
			new_socket(s));
	} else if (s->line.name[0] && kind != RESULT_PROCESS) {
		s->makes[0] = add_thing(g->r, (struct thing){
			.kind = THING_DATA,
			.program = g->r->program[s->program].process},
			s->line.name);
		bind_name(names_of(g, s), s->line.name, s->makes[0], -1);
	}
}

/* A number for the port, or the path, of an address. */
static uint64_t place_of(const struct value *v)
{
	uint64_t sum = 1;

	if (v->kind != VALUE_ADDRESS || v->number != PORT_UNIX)
		return v->kind == VALUE_ADDRESS && v->number > 0 ?
			(uint64_t)v->number : 0;
	for (const char *at = v->text; *at; at++)
		sum = sum * 31 + (unsigned char)*at;
	return sum << 16;
}

/* Which port or path a step is about. */
static void find_place(const struct run *r, struct step *s)
{
	const struct value *v = step_of_kind(s, PARAM_ADDRESS);
	struct thing *t = s->line.nargs ? run_thing(r, &s->line.arg[0]) : NULL;

	if (v && place_of(v))
		s->place = place_of(v);
	else if (t && !v)
		s->place = t->place;
	if (t && v && (step_is(s, "bind") || step_is(s, "connect")))
		t->place = s->place;
}

/* What a call that went well changes of its descriptor. */
static void change(struct naming *g, struct step *s)
{
	int64_t fd = s->fd;
	struct thing *t = run_thing(g->r, &s->line.arg[0]);
	const char *call = s->line.row->name;

	if (!t)
		return;
	if (s->line.row->closes) {
		t->closed = true;
		if (fd >= 0 && fd < FD_MOST)
			names_of(g, s)->fd[fd] = NOTHING;
	} else if (!strcmp(call, "listen") || (!strcmp(call, "bind") &&
		t->type == SOCK_DGRAM)) {
		t->open_since = s->over;
	} else if (!strcmp(call, "setsockopt") &&
		!strcmp(option_row(s->line.arg[1].number)->name,
		"SO_RCVTIMEO")) {
		t->limit = s->line.arg[2].number > 0 ?
			s->line.arg[2].number : 0;
	} else if (!strcmp(call, "fcntl") &&
		s->line.arg[1].number == F_SETFL) {
		t->nonblocking = s->line.arg[2].number & O_NONBLOCK;
	}
}

/* The number of the descriptor that a line begins with, -1. */
static int64_t fd_of(struct names *n, const struct line *l)
{
	const struct value *v = &l->arg[0];
	const struct binding *b;

	if (!l->nargs || l->row->param[0].kind != PARAM_FD)
		return -1;
	if (v->kind == VALUE_NUMBER)
		return v->number;
	b = v->kind == VALUE_NAME ?
		find_binding(n, v->text, strlen(v->text)) : NULL;
	return b ? b->fd : -1;
}

/* How the descriptor was when the call was made. */
static void note_thing(struct step *s, const struct thing *t)
{
	s->nonblocking = t->nonblocking;
	s->limit = t->limit;
	s->is_datagram = t->type == SOCK_DGRAM;
}

/* What its arguments stand for is known when a call is entered … */
static int enter(void *to, struct step *s)
{
	struct naming *g = to;
	struct names *n = names_of(g, s);

	if (s->kind != STEP_CALL)
		return 0;
	s->fd = fd_of(n, &s->line);
	for (int i = 0; i < s->line.nargs; i++) {
		enum param_kind kind = s->line.row->param[i].kind;

		resolve(g, n, &s->line.arg[i], kind == PARAM_FD ||
			kind == PARAM_FDS);
	}
	if (s->line.nargs && run_thing(g->r, &s->line.arg[0]))
		note_thing(s, run_thing(g->r, &s->line.arg[0]));
	find_place(g->r, s);
	return 0;
}

/* … and what it makes and changes is there when it returns. */
static void leave(void *to, struct step *s)
{
	struct naming *g = to;
	struct names *n = names_of(g, s);

	if (s->kind != STEP_CALL || s->result.kind == VALUE_ERRNO)
		return;
	change(g, s);
	/* What had the number of dup2 keeps its variable. */
	if (s->line.name[0] || strcmp(s->line.row->name, "dup2"))
		make(g, s);
	if (s->child != NOTHING) {
		struct names *child = &g->of[s->child];

		memcpy(child->fd, n->fd, sizeof(child->fd));
		for (size_t i = 0; i < n->n; i++)
			bind_name(child, n->bound[i].name, n->bound[i].thing,
				n->bound[i].fd);
	}
	resolve(g, n, &s->result, !strcmp(s->line.row->name, "select"));
}

int run_name(struct run *r)
{
	struct naming g = {.r = r,
		.of = mem_zero(r->programs * sizeof(*g.of))};
	int e;

	for (size_t i = 0; i < r->programs; i++)
		for (int k = 0; k < FD_MOST; k++)
			g.of[i].fd[k] = NOTHING;
	e = run_walk(r, enter, leave, &g);
	for (size_t i = 0; i < r->programs; i++)
		free(g.of[i].bound);
	free(g.of);
	return e;
}
