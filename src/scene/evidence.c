/* evidence: what causes are found by: calls, frames, sockets near an event. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
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

bool why_nonblocking(struct question *q, uint32_t call, uint32_t *where)
{
	const struct scene_call *c = scene_call(q->s, call);
	uint32_t socket = why_socket_of_call(q, call), by;
	struct buf b = {0};
	struct event e;
	bool flagged = false;

	*where = c->entered;
	if (scene_event(q->s, c->entered, &e))
		flagged = memmem(e.data, e.len, "MSG_DONTWAIT", 12) != NULL;
	buf_done(&b);
	if (flagged)
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
	if (scene_event(q->s, *where, &e))
		flagged = memmem(e.data, e.len, "SOCK_NONBLOCK", 13) != NULL;
	return flagged;
}

/* ---- frames ---- */

static uint32_t position_of_frame(const void *member, const void *arg)
{
	(void)arg;
	return ((const struct scene_frame *)member)->position;
}

bool why_facts(struct question *q, uint32_t frame, struct facts *out)
{
	struct event e;

	if (frame == SCENE_NONE || !scene_frame_bytes(q->s, frame, &e))
		return false;
	facts_read_headers(out, e.data, e.len);
	return true;
}

uint32_t why_arrived(const struct question *q, uint32_t frame)
{
	const struct scene_frame *f = scene_frame(q->s, frame);

	if (scene_frame_fate(q->s, frame, q->position) != FATE_PASSED)
		return SCENE_NEVER;
	return f->first_fate == FATE_PASSED ? f->position : f->fated;
}

static bool is_sought(const struct question *q, uint32_t frame,
	const struct sought *w)
{
	const struct scene_frame *f = scene_frame(q->s, frame);
	uint32_t at = f->position;

	if (w->arrived)
		at = why_arrived(q, frame);
	return at >= w->from && at < w->to && at < q->position &&
		(w->way < 0 || f->way == w->way) &&
		(f->flags & w->with) == w->with && !(f->flags & w->without) &&
		(!w->data || f->len);
}

static const uint32_t *near_frames(const struct question *q, uint32_t flow,
	size_t *from, size_t *n)
{
	const uint32_t *frames = scene_flow_frames(q->s, flow, q->position, n);

	*from = *n > WHY_LOOK ? *n - WHY_LOOK : 0;
	return frames;
}

uint32_t why_frame_last(const struct question *q, uint32_t flow,
	const struct sought *w)
{
	size_t n, from;
	const uint32_t *frames = near_frames(q, flow, &from, &n);

	while (n-- > from)
		if (is_sought(q, frames[n], w))
			return frames[n];
	return SCENE_NONE;
}

uint32_t why_frame_first(const struct question *q, uint32_t flow,
	const struct sought *w)
{
	size_t n, from;
	const uint32_t *frames = near_frames(q, flow, &from, &n);

	for (; from < n; from++)
		if (is_sought(q, frames[from], w))
			return frames[from];
	return SCENE_NONE;
}

size_t why_frames(const struct question *q, uint32_t flow,
	const struct sought *w)
{
	size_t n, from, found = 0;
	const uint32_t *frames = near_frames(q, flow, &from, &n);

	for (; from < n; from++)
		found += is_sought(q, frames[from], w);
	return found;
}

uint32_t why_number(const struct question *q, uint32_t frame)
{
	return scene_frame(q->s, frame)->number;
}

int64_t why_when(struct question *q, uint32_t position)
{
	struct event e;

	return scene_event(q->s, position, &e) ? e.time : 0;
}

/* The order of the rule that decided its fate, or NULL: a rule decides the
 * first one; the later ones came by hand. */
static const char *by_rule(struct question *q, const struct scene_frame *f)
{
	const char *order = scene_rule_order(q->s, f->rule, q->position);

	return f->rule && *order && f->fated >= q->position ? order : NULL;
}

static void say_dropped(struct question *q, const struct scene_frame *f,
	uint32_t at)
{
	const char *order = by_rule(q, f);
	struct scene_wire w;

	scene_wire(q->s, at, &w);
	if (w.cut)
		say(q, at, _("The wire is cut: frame #%u did not arrive."),
			f->number);
	else if (order)
		say(q, at, _("Rule %u of the wire, \"%s\", dropped frame "
			"#%u."), f->rule, order, f->number);
	else
		say(q, at, _("Frame #%u was dropped on the wire."), f->number);
}

static void say_delayed(struct question *q, const struct scene_frame *f,
	uint32_t at)
{
	const char *order = by_rule(q, f);

	if (order)
		say(q, at, _("Rule %u of the wire, \"%s\", delays frame #%u."),
			f->rule, order, f->number);
	else
		say(q, at, _("Frame #%u is delayed on the wire."), f->number);
}

bool why_is_lost(const struct question *q, uint32_t frame)
{
	switch (scene_frame_fate(q->s, frame, q->position)) {
	case FATE_HELD:
	case FATE_DELAYED:
	case FATE_DROPPED:
	case FATE_REPEAT:
		return true;
	case FATE_PASSED:
	case FATE_ABSORBED:
	case FATE_REPLACED:
		break;
	}
	return false;
}

bool why_say_lost(struct question *q, uint32_t frame)
{
	const struct scene_frame *f;
	uint32_t at;

	if (frame == SCENE_NONE || !why_is_lost(q, frame))
		return false;
	f = scene_frame(q->s, frame);
	at = f->fated < q->position ? f->fated : f->position;
	switch (scene_frame_fate(q->s, frame, q->position)) {
	case FATE_HELD:
		say(q, at, _("Frame #%u is held on the wire; pass #%u lets it "
			"go."), f->number, f->number);
		break;
	case FATE_REPEAT:
		say(q, at, _("Frame #%u repeats one that is held on the "
			"wire."), f->number);
		break;
	case FATE_DELAYED:
		say_delayed(q, f, at);
		break;
	case FATE_DROPPED:
		say_dropped(q, f, at);
		break;
	case FATE_PASSED:
	case FATE_ABSORBED:
	case FATE_REPLACED:
		break;
	}
	return true;
}

uint32_t why_datagram(struct question *q, uint32_t i, int host, int port,
	struct facts *f)
{
	if (i == SCENE_NONE)
		i = table_below(&q->s->frames, position_of_frame, NULL,
			q->position);
	for (int look = 0; i-- > 0 && look < WHY_LOOK; look++) {
		const struct scene_frame *frame = scene_frame(q->s, i);

		if (frame->target == host && !frame->flags &&
			why_facts(q, i, f) && f->protocol == IPPROTO_UDP &&
			f->target_port == port)
			return i;
	}
	return SCENE_NONE;
}

/* ---- streams ---- */

static bool covers(const struct scene_frame *f, uint64_t end)
{
	return f->len && (int32_t)(f->stream - (uint32_t)end) <= 0 &&
		(int32_t)(f->stream + f->len - (uint32_t)end) > 0;
}

void why_received(struct question *q, uint32_t flow, int way, uint64_t offset,
	uint32_t until, struct received *r)
{
	size_t n, from;
	const uint32_t *frames = scene_flow_frames(q->s, flow, until, &n);
	bool grew = true;

	*r = (struct received){offset, SCENE_NONE, SCENE_NONE};
	from = n > 256 ? n - 256 : 0;
	while (grew) {
		grew = false;
		for (size_t i = from; i < n; i++) {
			const struct scene_frame *f = scene_frame(q->s,
				frames[i]);

			if (f->way != way || !covers(f, r->end) ||
				why_arrived(q, frames[i]) >= until)
				continue;
			r->end += f->stream + f->len - (uint32_t)r->end;
			grew = true;
		}
	}
	for (size_t i = from; i < n; i++) {
		const struct scene_frame *f = scene_frame(q->s, frames[i]);

		if (f->way != way || !f->len || scene_frame_fate(q->s,
			frames[i], until) == FATE_REPLACED)
			continue;
		if (why_arrived(q, frames[i]) < until) {
			if ((int32_t)(f->stream - (uint32_t)r->end) > 0)
				r->beyond = frames[i];
		} else if (covers(f, r->end) && r->missing == SCENE_NONE) {
			r->missing = frames[i];
		}
	}
}

uint32_t why_reset(struct question *q)
{
	struct sought w = {.way = 1 - q->way, .with = FACTS_RST,
		.arrived = true, .to = q->until};

	return why_frame_last(q, q->flow, &w);
}

/* ---- sockets ---- */

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

uint64_t why_asked(const struct question *q)
{
	const struct value *v = why_argument(q, 1);
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

uint32_t why_next_socket(const struct question *q, int host, uint32_t after)
{
	uint32_t first = scene_first_socket(q->s, q->position);
	uint32_t i = after == SCENE_NONE ? (uint32_t)scene_sockets(q->s) :
		after;

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
	return socket != SCENE_NONE &&
		strcmp(scene_socket(q->s, socket)->protocol, protocol) == 0;
}

bool why_listens(const struct question *q, uint32_t socket)
{
	const struct scene_sample *at = why_sample(q, socket);

	return at && at->state == TCP_LISTEN;
}
