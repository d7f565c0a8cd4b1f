/*
 * sockets: what the kernel said of each socket, sample by sample.
 *
 * A socket is known by its cookie, for its take. Samples also tell which
 * descriptor it is and which ends it has: that ties calls to flows.
 */
#include "scene/inside.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>

enum { NEW_SYN_RECV = 12, GONE = 0 }; /* include/net/tcp_states.h */

static const char *const states[] = {
	[TCP_ESTABLISHED] = "ESTABLISHED",
	[TCP_SYN_SENT] = "SYN_SENT",
	[TCP_SYN_RECV] = "SYN_RECV",
	[TCP_FIN_WAIT1] = "FIN_WAIT1",
	[TCP_FIN_WAIT2] = "FIN_WAIT2",
	[TCP_TIME_WAIT] = "TIME_WAIT",
	[TCP_CLOSE] = "CLOSE",
	[TCP_CLOSE_WAIT] = "CLOSE_WAIT",
	[TCP_LAST_ACK] = "LAST_ACK",
	[TCP_LISTEN] = "LISTEN",
	[TCP_CLOSING] = "CLOSING",
	[NEW_SYN_RECV] = "NEW_SYN_RECV",
};

const char *scene_state_name(int state)
{
	return state > GONE && state <= NEW_SYN_RECV ? states[state] : "";
}

/* ---- the words of a sample ---- */

struct told_sample {
	struct scene_sample pub;
	int64_t fd, cookie;
	struct word protocol, local, peer;
};

static void take_timer(struct scene_sample *to, struct word w)
{
	static const char *const kinds[] = {"none", "retransmit", "keepalive",
		"timewait", "probe"};
	const char *colon = memchr(w.p, ':', w.n), *end = w.p + w.n, *second;
	int64_t ns, count;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (word_is((struct word){w.p, colon ? (size_t)(colon - w.p) :
			w.n}, kinds[i]))
			to->timer = (uint8_t)i;
	if (!colon)
		return;
	second = memchr(colon + 1, ':', (size_t)(end - colon - 1));
	ns = line_parse_time(colon + 1,
		(size_t)((second ? second : end) - colon - 1));
	if (ns > 0 && ns / 1000000 < UINT32_MAX)
		to->timer_ms = (uint32_t)(ns / 1000000);
	if (second && word_number((struct word){second + 1,
		(size_t)(end - second - 1)}, &count) && count >= 0)
		to->retransmits = (uint8_t)(count < 255 ? count : 255);
}

static uint32_t queue(struct word w)
{
	int64_t n;

	return word_number(w, &n) && n >= 0 && n < UINT32_MAX ? (uint32_t)n : 0;
}

static uint8_t state_number(struct word w)
{
	for (uint8_t i = NEW_SYN_RECV; i > GONE; i--)
		if (word_is(w, states[i]))
			return i;
	return GONE;
}

static void take_pair(struct told_sample *to, struct word w)
{
	if (word_cut(&w, "fd="))
		word_number(w, &to->fd);
	else if (word_cut(&w, "cookie="))
		word_number(w, &to->cookie);
	else if (word_cut(&w, "rq="))
		to->pub.receive_queue = queue(w);
	else if (word_cut(&w, "sq="))
		to->pub.send_queue = queue(w);
	else if (word_cut(&w, "timer="))
		take_timer(&to->pub, w);
}

/* Words with = tell what they are; the others stand in order: protocol, state,
 * local, peer; or `gone`. */
static bool read_sample(struct told_sample *to, struct told t)
{
	struct word w, plain[4] = {{"", 0}, {"", 0}, {"", 0}, {"", 0}};
	size_t n = 0;

	*to = (struct told_sample){.fd = -1, .cookie = -1};
	while ((w = told_word(&t)).n) {
		if (memchr(w.p, '=', w.n))
			take_pair(to, w);
		else if (n < 4)
			plain[n++] = w;
	}
	to->protocol = plain[0];
	to->pub.state = state_number(plain[1]);
	to->local = plain[2];
	to->peer = plain[3];
	return to->cookie >= 0 &&
		(to->pub.state != GONE || word_is(plain[0], "gone"));
}

/* What a socket of IPv6 says to IPv4 (RFC 4291, 2.5.5.2) goes over the wire as
 * IPv4. */
static void unmap(uint8_t *version, uint8_t address[16])
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};

	if (*version != 6 || memcmp(address, mapped, sizeof(mapped)))
		return;
	*version = 4;
	memmove(address, address + 12, 4);
	memset(address + 4, 0, 12);
}

/* 10.0.0.1:40000, [fd00::1]:80 */
static bool read_end(struct word w, uint8_t *version, uint8_t address[16],
	uint16_t *port)
{
	static const uint8_t none[16];
	const char *colon = w.n ? memrchr(w.p, ':', w.n) : NULL;
	struct word host = {w.p, colon ? (size_t)(colon - w.p) : 0};
	char text[64];
	int64_t n;

	if (!colon || !word_number((struct word){colon + 1,
		(size_t)(w.p + w.n - colon - 1)}, &n) || n < 1 || n > 65535)
		return false;
	*port = (uint16_t)n;
	if (word_cut(&host, "[") && host.n)
		host.n--;
	word_copy(text, sizeof(text), host);
	memset(address, 0, 16);
	*version = strchr(text, ':') ? 6 : 4;
	if (inet_pton(*version == 6 ? AF_INET6 : AF_INET, text, address) != 1)
		return false;
	unmap(version, address);
	return memcmp(address, none, 16) != 0;
}

static bool read_key(struct flow_key *key, const struct told_sample *t)
{
	uint8_t version;

	memset(key, 0, sizeof(*key));
	key->protocol = word_is(t->protocol, "tcp") ? IPPROTO_TCP : IPPROTO_UDP;
	return read_end(t->local, &key->version, key->address[0],
			&key->port[0]) &&
		read_end(t->peer, &version, key->address[1], &key->port[1]) &&
		version == key->version;
}

/* ---- sockets ---- */

void sockets_new_take(struct scene *s, uint32_t position)
{
	map_done(&s->by_cookie);
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
	to->slot = SCENE_NONE;
	map_set(&s->by_cookie, key, i);
	return i;
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
	clocks_set(s, socket, to->timer ? n->event->time +
		(int64_t)to->timer_ms * 1000000 : INT64_MAX);
	clocks_note(s, n->position);
	return i;
}

/* Who has the socket, as which descriptor. */
static struct descriptor *take_owner(struct scene *s, uint32_t socket,
	struct word lane, int64_t fd)
{
	struct scene_socket *to = &socket_at(s, socket)->pub;
	uint32_t actor = fd >= 0 && fd <= INT32_MAX ?
		calls_actor(s, lane) : SCENE_NONE;
	struct descriptor *d;

	if (actor == SCENE_NONE || actor >= 0xffff) {
		to->actor = 0xffff;
		to->fd = -1;
		return NULL;
	}
	to->actor = (uint16_t)actor;
	to->fd = (int)fd;
	d = calls_fd(s, actor, to->fd, true);
	d->socket = socket;
	sockets_named(s, actor, to->fd);
	return d;
}

void sockets_named(struct scene *s, uint32_t actor, int fd)
{
	const struct descriptor *d = calls_fd(s, actor, fd, false);
	const char *name = calls_name_of(s, actor, fd);
	struct scene_socket *to;

	if (!d || d->socket == SCENE_NONE || !*name)
		return;
	to = &socket_at(s, d->socket)->pub;
	word_copy(to->name, sizeof(to->name),
		(struct word){name, strlen(name)});
}

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
	if (!read_key(&key, told))
		return false;
	flows_of_socket(s, socket, &key);
	return true;
}

void sockets_line(struct scene *s, const struct news *n, struct word lane,
	struct told rest)
{
	struct told_sample told;
	struct descriptor *d;
	uint32_t socket, sample;
	int host;

	if (!read_sample(&told, rest))
		return;
	host = scene_host_of_lane(s, lane);
	if (host < 0)
		return;
	socket = find_or_add(s, n, host, told.cookie);
	d = take_owner(s, socket, lane, told.fd);
	sample = add_sample(s, n, socket, &told.pub);
	if (take_ends(s, socket, &told) && d)
		streams_known(s, d);
	acked_by_queue(s, scene_socket(s, socket),
		table_at(&s->samples, sample));
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

const struct scene_sample *scene_socket_at(const struct scene *s, uint32_t i,
	uint32_t position)
{
	const struct list *l = &socket_at(s, i)->samples;
	size_t low = 0, high = l->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct scene_sample *at = table_at(&s->samples,
			l->at[middle]);

		if (at->position < position)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? table_at(&s->samples, l->at[low - 1]) : NULL;
}

/* RFC 9293, figure 5, with Linux's names. Any state may end at once: a RST,
 * or a close that nobody is told of. */
static bool one_step(int from, int to)
{
	static const uint16_t next[NEW_SYN_RECV + 1] = {
#define TO(state) (1u << (state))
		[GONE] = TO(TCP_CLOSE) | TO(NEW_SYN_RECV) | TO(TCP_SYN_RECV),
		[TCP_ESTABLISHED] = TO(TCP_FIN_WAIT1) | TO(TCP_CLOSE_WAIT),
		[TCP_SYN_SENT] = TO(TCP_ESTABLISHED) | TO(TCP_SYN_RECV),
		[TCP_SYN_RECV] = TO(TCP_ESTABLISHED) | TO(TCP_FIN_WAIT1),
		[TCP_FIN_WAIT1] = TO(TCP_FIN_WAIT2) | TO(TCP_CLOSING) |
			TO(TCP_TIME_WAIT),
		[TCP_FIN_WAIT2] = TO(TCP_TIME_WAIT),
		[TCP_CLOSE] = TO(TCP_SYN_SENT) | TO(TCP_LISTEN),
		[TCP_CLOSE_WAIT] = TO(TCP_LAST_ACK),
		[TCP_CLOSING] = TO(TCP_TIME_WAIT),
		[NEW_SYN_RECV] = TO(TCP_SYN_RECV) | TO(TCP_ESTABLISHED),
#undef TO
	};

	if (from == to)
		return true;
	if (from != GONE && (to == GONE || to == TCP_CLOSE))
		return true;
	return next[from] >> to & 1;
}

bool scene_state_inferred(const struct scene *s, uint32_t socket,
	uint32_t position)
{
	const struct scene_sample *at = scene_socket_at(s, socket, position);
	const struct scene_sample *before;

	if (!at)
		return false;
	before = at->previous == SCENE_NONE ? NULL :
		table_at(&s->samples, at->previous);
	return !one_step(before ? before->state : GONE, at->state);
}

void sockets_free(struct scene *s)
{
	for (uint32_t i = 0; i < s->sockets.n; i++)
		free(socket_at(s, i)->samples.at);
	table_done(&s->sockets);
	table_done(&s->samples);
	map_done(&s->by_cookie);
	clocks_free(s);
}
