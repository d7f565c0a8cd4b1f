/*
 * sockets: what the kernel said of each socket, sample by sample.
 *
 * A socket is known by its cookie, for its take. Samples also tell which
 * descriptor it is and which ends it has: that ties calls to flows.
 */
#include "scene/inside.h"

#include <netinet/tcp.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"

/* ---- sockets ---- */

void sockets_new_take(struct scene *s, uint32_t position)
{
	map_done(&s->by_cookie);
	s->first_socket = s->sockets.n;
	clocks_new_take(s, position);
}

static uint32_t find_or_add(struct scene *s, const struct news *n, int host,
	int64_t cookie)
{
	uint64_t key = (uint64_t)cookie * SCENE_HOSTS + (uint64_t)host;
	uint32_t i = map_get(&s->by_cookie, key);
	struct socket *to;

	if (i != MAP_NONE)
		return i;
	to = table_add(&s->sockets);
	i = s->sockets.n - 1;
	to->pub = (struct scene_socket){
		.host = host, .actor = 0xffff, .fd = -1,
		.cookie = (uint64_t)cookie, .flow = SCENE_NONE,
		.created = n->position, .last_sample = SCENE_NONE,
	};
	to->rings = INT64_MAX;
	to->slot = to->face = to->pair = SCENE_NONE;
	map_set(&s->by_cookie, key, i);
	return i;
}

/* Whether a clock runs that will do something. An orphan in FIN_WAIT2 that may
 * stay for minutes borrows keepalive's for all but the last part (tcp_close in
 * net/ipv4/tcp.c), and when that rings nothing is seen. */
static bool has_clock(const struct scene_sample *m)
{
	return m->timer && !(m->timer == 2 && m->state == TCP_FIN_WAIT2);
}

static uint32_t add_sample(struct scene *s, const struct news *n,
	uint32_t socket, const struct scene_sample *told)
{
	struct socket *of = socket_at(s, socket);
	struct scene_sample *to = table_add(&s->samples);
	uint32_t i = s->samples.n - 1;

	*to = *told;
	to->position = n->position;
	to->socket = socket;
	to->previous = of->pub.last_sample;
	of->pub.last_sample = i;
	list_add(&of->samples, i);
	if (to->previous == SCENE_NONE ||
		sample_at(s, to->previous)->state != to->state)
		list_add(&of->turns, i);
	clocks_set(s, socket, has_clock(to) ? n->event->time +
		(int64_t)to->timer_ms * 1000000 : INT64_MAX);
	clocks_note(s, n->position);
	return i;
}

/* What a socket is like changed: keep it as it is from here on. */
static void turn_face(struct scene *s, uint32_t socket, uint32_t position)
{
	struct socket *to = socket_at(s, socket);
	struct face *f = to->face == SCENE_NONE ? NULL :
		table_at(&s->faces, to->face);
	struct scene_socket as = to->pub;

	as.last_sample = SCENE_NONE;
	if (f && memcmp(&f->as, &as, sizeof(as)) == 0)
		return;
	if (!f || f->position != position) {
		f = table_add(&s->faces);
		f->position = position;
		f->previous = to->face;
		to->face = s->faces.n - 1;
	}
	f->as = as;
}

/* Who has the socket, as which descriptor: what that stands for, or
 * SCENE_NONE. */
static uint32_t take_owner(struct scene *s, const struct news *n,
	uint32_t socket, struct word lane, int64_t fd)
{
	struct scene_socket *to = &socket_at(s, socket)->pub;
	uint32_t actor = fd >= 0 && fd <= INT32_MAX ?
		calls_actor(s, lane) : SCENE_NONE;
	uint32_t opened;

	if (actor == SCENE_NONE || actor >= 0xffff) {
		to->actor = 0xffff;
		to->fd = -1;
		return SCENE_NONE;
	}
	to->actor = (uint16_t)actor;
	to->fd = (int)fd;
	opened = descriptors_find(s, actor, to->fd);
	/* It was closed, and its number given to another, unseen. */
	if (opened != SCENE_NONE && opened_at(s, opened)->socket !=
		SCENE_NONE && opened_at(s, opened)->socket != socket)
		descriptors_set(s, actor, to->fd, SCENE_NONE, n->position);
	opened = descriptors_open(s, actor, to->fd, n->position);
	if (opened != SCENE_NONE)
		descriptors_known(s, opened, socket, n->position);
	return opened;
}

static void take_name(struct scene *s, uint32_t actor, int fd)
{
	uint32_t opened = descriptors_find(s, actor, fd);
	const char *name = calls_name_of(s, actor, fd);
	struct scene_socket *to;

	if (opened == SCENE_NONE || opened_at(s, opened)->socket ==
		SCENE_NONE || !*name)
		return;
	to = &socket_at(s, opened_at(s, opened)->socket)->pub;
	if (strcmp(to->name, name))
		word_copy(to->name, sizeof(to->name),
			(struct word){name, strlen(name)});
}

void sockets_named(struct scene *s, uint32_t actor, int fd, uint32_t position)
{
	uint32_t opened = descriptors_find(s, actor, fd);

	take_name(s, actor, fd);
	if (opened != SCENE_NONE && opened_at(s, opened)->socket != SCENE_NONE)
		turn_face(s, opened_at(s, opened)->socket, position);
}

/* ---- the ends of AF_UNIX ---- */

void sockets_paired(struct scene *s, uint32_t a, uint32_t b)
{
	socket_at(s, a)->pair = b;
	socket_at(s, b)->pair = a;
}

/* Whether b was accepted at the path that a is connected to. */
static bool is_accepted_of(const struct scene_socket *b,
	const struct scene_socket *a)
{
	return strcmp(a->peer, "-") && strcmp(a->peer, b->local) == 0;
}

static bool is_connected(const struct scene *s, const struct socket *to)
{
	return to->pair == SCENE_NONE && strcmp(to->pub.protocol, "unix") == 0
		&& sample_at(s, to->pub.last_sample)->state == TCP_ESTABLISHED;
}

/* Who connected to a path has it for its peer, who was accepted there for its
 * own: the oldest of those that have no other end yet. */
static void find_pair(struct scene *s, uint32_t socket)
{
	const struct socket *from = socket_at(s, socket), *to;

	if (!is_connected(s, from))
		return;
	for (uint32_t i = s->first_socket; i < s->sockets.n; i++) {
		to = socket_at(s, i);
		if (i == socket || to->pub.host != from->pub.host ||
			!is_connected(s, to))
			continue;
		if (is_accepted_of(&to->pub, &from->pub) ||
			is_accepted_of(&from->pub, &to->pub)) {
			sockets_paired(s, socket, i);
			return;
		}
	}
}

/* ---- lines ---- */

/* Without frames only the queue tells what was acknowledged. */
static void acked_by_queue(struct scene *s, const struct scene_socket *to,
	const struct scene_sample *sample)
{
	const struct scene_take *t = marks_take(s);
	struct stream *st;

	if (!t || !t->loopback || to->flow == SCENE_NONE)
		return;
	st = stream_at(s, to->flow, to->way);
	if (st->open == st->sends.n && st->written > sample->send_queue)
		history_add(&st->acked, sample->position,
			st->written - sample->send_queue);
}

/* The ends that the sample tells; they are known already as a rule. Returns
 * whether the flow is known. */
static bool take_ends(struct scene *s, uint32_t socket,
	const struct told_sample *told)
{
	struct scene_socket *to = &socket_at(s, socket)->pub;
	struct flow_key key;

	if (told->pub.state == GONE)
		return false;
	if (to->flow != SCENE_NONE && word_is(told->local, to->local) &&
		word_is(told->peer, to->peer))
		return true;
	word_copy(to->protocol, sizeof(to->protocol), told->protocol);
	word_copy(to->local, sizeof(to->local), told->local);
	word_copy(to->peer, sizeof(to->peer), told->peer);
	if (!told_sample_key(told, &key))
		return false;
	flows_of_socket(s, socket, &key);
	return true;
}

void sockets_line(struct scene *s, const struct news *n, struct word lane,
	struct told rest)
{
	uint32_t socket, sample, opened;
	struct told_sample told;
	bool known;
	int host;

	if (!told_sample_read(&told, rest))
		return;
	host = scene_host_of_lane(s, lane);
	if (host < 0)
		return;
	socket = find_or_add(s, n, host, told.cookie);
	opened = take_owner(s, n, socket, lane, told.fd);
	sample = add_sample(s, n, socket, &told.pub);
	known = take_ends(s, socket, &told);
	if (opened != SCENE_NONE)
		take_name(s, scene_socket(s, socket)->actor, (int)told.fd);
	turn_face(s, socket, n->position);
	if (known && opened != SCENE_NONE)
		streams_known(s, opened);
	find_pair(s, socket);
	acked_by_queue(s, scene_socket(s, socket), sample_at(s, sample));
}

/* options cookie=4097 SO_RCVBUF=16384 TCP_NODELAY=1 */
void sockets_options(struct scene *s, const struct news *n, struct word lane,
	struct told rest)
{
	struct word w = told_word(&rest);
	int host = scene_host_of_lane(s, lane);
	struct option_mark *m;
	struct buf b = {0};
	int64_t cookie;

	if (host < 0 || !word_cut(&w, "cookie=") || !word_number(w, &cookie))
		return;
	told_spaces(&rest);
	buf_add(&b, rest.at, (size_t)(rest.end - rest.at));
	m = table_add(&s->options);
	*m = (struct option_mark){n->position, mem_string(buf_str(&b))};
	buf_done(&b);
	list_add(&socket_at(s, find_or_add(s, n, host, cookie))->options,
		s->options.n - 1);
}

/* ---- queries ---- */

size_t scene_sockets(const struct scene *s)
{
	return s->sockets.n;
}

const struct scene_socket *scene_socket(const struct scene *s, uint32_t i)
{
	return &socket_at(s, i)->pub;
}

uint32_t scene_first_socket(const struct scene *s, uint32_t position)
{
	const struct scene_take *t = scene_take(s, position);

	return t ? t->first_socket : 0;
}

/* How many of a list of samples were taken before a position. */
static size_t samples_below(const struct scene *s, const struct list *l,
	uint32_t position)
{
	size_t low = 0, high = l->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (sample_at(s, l->at[middle])->position < position)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool scene_socket_then(const struct scene *s, uint32_t i, uint32_t position,
	struct scene_socket *out)
{
	uint32_t face = socket_at(s, i)->face;
	const struct face *f;
	size_t n;

	for (; face != SCENE_NONE; face = f->previous) {
		f = table_at(&s->faces, face);
		if (f->position >= position)
			continue;
		*out = f->as;
		n = samples_below(s, &socket_at(s, i)->samples, position);
		if (n)
			out->last_sample = socket_at(s, i)->samples.at[n - 1];
		return true;
	}
	return false;
}

const struct scene_sample *scene_socket_at(const struct scene *s, uint32_t i,
	uint32_t position)
{
	const struct list *l = &socket_at(s, i)->samples;
	size_t n = samples_below(s, l, position);

	return n ? sample_at(s, l->at[n - 1]) : NULL;
}

size_t sockets_turns(const struct scene *s, uint32_t socket, uint32_t position)
{
	return samples_below(s, &socket_at(s, socket)->turns, position);
}

static uint32_t position_of_sample(const void *member, const void *arg)
{
	(void)arg;
	return ((const struct scene_sample *)member)->position;
}

uint32_t scene_sampled(const struct scene *s, uint32_t position)
{
	uint32_t i = table_below(&s->samples, position_of_sample, NULL,
		position);

	return i < s->samples.n && sample_at(s, i)->position == position ?
		sample_at(s, i)->socket : SCENE_NONE;
}

uint32_t scene_peer(const struct scene *s, uint32_t socket, uint32_t position)
{
	const struct socket *of = socket_at(s, socket);
	uint32_t peer = of->pair;

	if (peer == SCENE_NONE && of->pub.flow != SCENE_NONE)
		peer = stream_at(s, of->pub.flow, 1 - of->pub.way)->socket;
	return peer != SCENE_NONE && scene_socket(s, peer)->created < position ?
		peer : SCENE_NONE;
}

const char *scene_options(const struct scene *s, uint32_t socket,
	uint32_t position)
{
	const struct list *l = &socket_at(s, socket)->options;
	const struct option_mark *m;

	/* Options are changed by hand: there are few. */
	for (size_t i = l->n; i-- > 0; ) {
		m = table_at(&s->options, l->at[i]);
		if (m->position < position)
			return m->text;
	}
	return "";
}

void sockets_free(struct scene *s)
{
	for (uint32_t i = 0; i < s->sockets.n; i++) {
		free(socket_at(s, i)->samples.at);
		free(socket_at(s, i)->turns.at);
		free(socket_at(s, i)->options.at);
	}
	for (uint32_t i = 0; i < s->options.n; i++)
		free(((struct option_mark *)table_at(&s->options, i))->text);
	table_done(&s->sockets);
	table_done(&s->samples);
	table_done(&s->faces);
	table_done(&s->options);
	map_done(&s->by_cookie);
	clocks_free(s);
}
