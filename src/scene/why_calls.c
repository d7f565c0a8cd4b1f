/* why_calls: the calls near an event, and what they set. */
#include <stdio.h>

#include "base/buf.h"
#include "scene/why_inside.h"

/* ---- calls ---- */

static uint32_t entered_of(const void *member, const void *arg)
{
	(void)arg;
	return ((const struct scene_call *)member)->entered;
}

static uint32_t first_of_take(const struct question *q)
{
	const struct scene_take *t = scene_take(q->s, q->position);

	return t ? t->first_call : 0;
}

uint32_t why_call_before(struct question *q, uint32_t position, call_test is,
	const void *arg)
{
	uint32_t i = table_below(&q->s->calls, entered_of, NULL, position);
	uint32_t first = first_of_take(q);

	for (int look = 0; i-- > first && look < WHY_LOOK; look++)
		if (is(q, i, arg))
			return i;
	return SCENE_NONE;
}

/* A sample that tells which socket a descriptor is may come late. */
static uint32_t socket_near(const struct question *q, uint32_t actor, int fd,
	uint32_t from, uint32_t to)
{
	uint32_t socket = scene_socket_of(q->s, actor, fd, from + 1);

	if (socket == SCENE_NONE && to != SCENE_NEVER)
		socket = scene_socket_of(q->s, actor, fd,
			to < q->position ? to : q->position);
	if (socket == SCENE_NONE)
		socket = scene_socket_of(q->s, actor, fd, q->position);
	return socket;
}

uint32_t why_socket_of_call(const struct question *q, uint32_t call)
{
	const struct call_more *more = table_at(&q->s->mores, call);
	const struct scene_call *c = scene_call(q->s, call);

	return more->fd < 0 ? SCENE_NONE : socket_near(q, c->actor, more->fd,
		c->entered, c->returned);
}

bool why_placed(const struct question *q, uint32_t call)
{
	const struct call_more *more = table_at(&q->s->mores, call);

	return scene_call(q->s, call)->flow != SCENE_NONE &&
		more->placed < q->position;
}

bool why_is_row(const struct question *q, uint32_t call, const char *name)
{
	return strcmp(call_row_at(scene_call(q->s, call)->row)->name, name) ==
		0;
}

bool why_call_done(const struct question *q, uint32_t call)
{
	const struct scene_call *c = scene_call(q->s, call);

	return c->returned < q->position && c->error == 0;
}

struct named_on {
	const char *name;
	uint32_t socket;
};

static bool is_named_on(struct question *q, uint32_t call, const void *arg)
{
	const struct named_on *w = arg;

	return why_is_row(q, call, w->name) &&
		why_socket_of_call(q, call) == w->socket;
}

uint32_t why_last(struct question *q, const char *name, uint32_t socket,
	uint32_t position)
{
	struct named_on w = {name, socket};

	return socket == SCENE_NONE ? SCENE_NONE :
		why_call_before(q, position, is_named_on, &w);
}

bool why_says(struct question *q, uint32_t call, const char *text)
{
	struct event e;

	return scene_event(q->s, scene_call(q->s, call)->entered, &e) &&
		memmem(e.data, e.len, text, strlen(text)) != NULL;
}

bool why_argument_is(struct question *q, uint32_t call, int i,
	const char *text)
{
	struct buf b = {0};
	struct line l;
	bool is = false;

	if (scene_call_line(q->s, call, &l) && i < l.nargs) {
		value_print(&b, &l.arg[i]);
		is = strstr(buf_str(&b), text) != NULL;
	}
	buf_done(&b);
	line_done(&l);
	return is;
}

bool why_call_end(struct question *q, uint32_t call, int i, struct end *out,
	char path[128])
{
	struct line l;
	bool is = scene_call_line(q->s, call, &l) && i < l.nargs &&
		why_end_of(q, &l.arg[i], out);

	if (is && out->path) {
		snprintf(path, 128, "%s", out->path);
		out->path = path;
	}
	line_done(&l);
	return is;
}

/* ---- options ---- */

/* NAME=value among the words of an options line. */
static bool option_told(const char *options, const char *name, char value[64])
{
	size_t n = strlen(name);

	for (const char *at = options; (at = strstr(at, name)); at += n) {
		const char *end = at + n;

		if ((at != options && at[-1] != ' ') || *end != '=')
			continue;
		end++;
		at = end;
		if (*end == '{') /* a record has blanks in it */
			end += strcspn(end, "}") + 1;
		else
			end += strcspn(end, " ");
		snprintf(value, 64, "%.*s", (int)(end - at), at);
		return true;
	}
	return false;
}

struct option_on {
	const char *name;
	uint32_t socket;
};

static bool sets_option(struct question *q, uint32_t call, const void *arg)
{
	const struct option_on *w = arg;

	return why_is_row(q, call, "setsockopt") && why_call_done(q, call) &&
		why_socket_of_call(q, call) == w->socket &&
		why_argument_is(q, call, 1, w->name);
}

bool why_option(struct question *q, uint32_t socket, const char *name,
	uint32_t position, char value[64], uint32_t *where)
{
	struct option_on w = {name, socket};
	struct buf b = {0};
	struct line l;
	uint32_t call;

	if (socket == SCENE_NONE)
		return false;
	call = why_call_before(q, position, sets_option, &w);
	if (where)
		*where = call == SCENE_NONE ? SCENE_NONE :
			scene_call(q->s, call)->entered;
	if (option_told(scene_options(q->s, socket, position), name, value))
		return true;
	if (call == SCENE_NONE || !scene_call_line(q->s, call, &l))
		return false;
	if (l.nargs > 2)
		value_print(&b, &l.arg[2]);
	snprintf(value, 64, "%s", buf_str(&b));
	buf_done(&b);
	line_done(&l);
	return strcmp(value, "0") && strcmp(value, "none");
}

/* fcntl(s, F_SETFL, …), a socket made with SOCK_NONBLOCK, ioctl: whichever was
 * the last to tell. */
static bool sets_flags(struct question *q, uint32_t call, const void *arg)
{
	uint32_t socket = *(const uint32_t *)arg;

	return why_is_row(q, call, "fcntl") && why_call_done(q, call) &&
		why_socket_of_call(q, call) == socket &&
		why_argument_is(q, call, 1, "F_SETFL");
}

/* The call that made the socket: its result was the descriptor. */
static bool makes_socket(struct question *q, uint32_t call, const void *arg)
{
	uint32_t socket = *(const uint32_t *)arg;
	const struct scene_call *c = scene_call(q->s, call);
	enum result_kind kind = call_row_at(c->row)->result;
	struct value v;
	bool is = false;

	if ((kind != RESULT_FD && kind != RESULT_FDS) ||
		!why_call_done(q, call) || why_is_row(q, call, "dup") ||
		why_is_row(q, call, "dup2") ||
		!scene_call_result(q->s, call, &v))
		return false;
	for (size_t i = 0; i < v.items; i++)
		is |= scene_socket_of(q->s, c->actor, (int)v.item[i].number,
			q->position) == socket;
	if (v.kind == VALUE_NUMBER)
		is = socket_near(q, c->actor, (int)v.number, c->returned,
			SCENE_NEVER) == socket;
	value_done(&v);
	return is;
}

bool why_was_made(struct question *q, uint32_t socket)
{
	return why_call_before(q, q->position, makes_socket, &socket) !=
		SCENE_NONE;
}

bool why_nonblocking(struct question *q, uint32_t call, uint32_t *where)
{
	const struct scene_call *c = scene_call(q->s, call);
	uint32_t socket = why_socket_of_call(q, call), by;

	*where = c->entered;
	if (why_says(q, call, "MSG_DONTWAIT"))
		return true;
	by = why_call_before(q, c->entered, sets_flags, &socket);
	if (by != SCENE_NONE) {
		*where = scene_call(q->s, by)->entered;
		return why_argument_is(q, by, 2, "O_NONBLOCK");
	}
	by = why_call_before(q, c->entered, makes_socket, &socket);
	if (by == SCENE_NONE)
		return false;
	*where = scene_call(q->s, by)->entered;
	return why_says(q, by, "SOCK_NONBLOCK");
}
