/*
 * sample: what the kernel says of our sockets, written when it differs from
 * what was written last.
 *
 * A *walk* asks one host for all its sockets. The table of sockets is the
 * namespace's own and small, so a walk costs some microseconds; in loopback
 * mode it is the whole machine's, and only sockets of our lanes are kept. A
 * socket that a lane holds and no table lists is in state CLOSE. A socket
 * keeps its first cookie in the journal when the kernel replaces it by its
 * shadow in TIME_WAIT, which has a new one.
 *
 * Walks are paid from a bucket: SAVED at once, a new one each PRICE. So a
 * lone frame is followed by a sample, and a flood costs 60 walks a second.
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "lab/inside.h"

#define PRICE (CLOCK_S / 60)
#define SAVED (20 * PRICE)
#define ANEW (60 * CLOCK_MS) /* a timer that rings so much later was set anew */

enum { TIMER_NONE, TIMER_RETRANSMIT, TIMER_KEEPALIVE, TIMER_TIMEWAIT,
	TIMER_PROBE };

static const char *const state_names[] = {
	"?", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2",
	"TIME_WAIT", "CLOSE", "CLOSE_WAIT", "LAST_ACK", "LISTEN", "CLOSING",
	"SYN_RECV",
};

static const char *const timer_names[] = {
	"none", "retransmit", "keepalive", "timewait", "probe",
};

/* ---- who has it ---- */

static const struct held_fd *holder(const struct lab *lab, int host,
	uint64_t name, const struct lane **lane)
{
	for (const struct lane *l = lab->lanes; l; l = l->next) {
		if (l->host != host)
			continue;
		for (size_t i = 0; i < l->nfds; i++)
			if (l->fds[i].cookie == name) {
				*lane = l;
				return &l->fds[i];
			}
	}
	*lane = NULL;
	return NULL;
}

/* ---- writing ---- */

static void put_end(struct buf *b, int family, const uint8_t *address,
	uint16_t port)
{
	char text[INET6_ADDRSTRLEN] = "";

	inet_ntop(family, address, text, sizeof(text));
	buf_printf(b, family == AF_INET6 ? "[%s]:%u" : "%s:%u", text, port);
}

static void put_state(const struct lab *lab, struct buf *b,
	const struct socket_seen *s)
{
	const struct socket_state *k = &s->state;
	const struct held_fd *held;
	const struct lane *l;
	unsigned state = k->state;

	held = holder(lab, s->host, s->name, &l);
	if (state >= sizeof(state_names) / sizeof(state_names[0]))
		state = 0;
	buf_printf(b, "%s: state fd=", l ? l->name
		: lab->plan.host[s->host].name);
	if (held)
		buf_printf(b, "%" PRId64, held->fd);
	else
		buf_char(b, '-');
	buf_printf(b, " cookie=%" PRIu64 " %s %s ", s->name,
		k->protocol == IPPROTO_UDP ? "udp" : "tcp",
		state_names[state]);
	put_end(b, k->family, k->local, k->local_port);
	buf_char(b, ' ');
	put_end(b, k->family, k->peer, k->peer_port);
	buf_printf(b, " rq=%" PRIu32 " sq=%" PRIu32, k->receive_queue,
		k->send_queue);
}

static unsigned timer_of(const struct socket_state *k)
{
	return k->timer <= TIMER_PROBE ? k->timer : TIMER_NONE;
}

static void tell(struct lab *lab, struct socket_seen *s)
{
	unsigned timer = timer_of(&s->state);
	int64_t at = lab->now + s->state.timer_ms * CLOCK_MS;
	struct buf b = {0};
	size_t n;

	put_state(lab, &b, s);
	n = b.len;
	if (s->said.len == n && !memcmp(s->said.data, b.data, n) &&
		s->said_timer == timer &&
		s->said_retransmits == s->state.retransmits &&
		(timer == TIMER_NONE || at < s->said_timer_at + ANEW)) {
		buf_done(&b);
		return;
	}
	buf_printf(&b, " timer=%s", timer_names[timer]);
	if (timer != TIMER_NONE)
		buf_printf(&b, ":%" PRIu32 "ms:%u", s->state.timer_ms,
			s->state.retransmits);
	record_line(lab, b.data, b.len);
	buf_clear(&s->said);
	buf_add(&s->said, b.data, n);
	s->said_timer = timer;
	s->said_retransmits = s->state.retransmits;
	s->said_timer_at = at;
	buf_done(&b);
}

/* ---- a walk ---- */

struct walk {
	struct socket_state *state;
	size_t n, cap;
};

static void note(const struct socket_state *state, void *arg)
{
	struct walk *w = arg;

	w->state = mem_grow(w->state, &w->cap, w->n + 1, sizeof(*state));
	w->state[w->n++] = *state;
}

static struct socket_seen *add(struct lab *lab, int host, uint64_t name)
{
	struct socket_seen *s;

	lab->sockets = mem_grow(lab->sockets, &lab->socket_cap,
		lab->nsockets + 1, sizeof(*s));
	s = &lab->sockets[lab->nsockets++];
	memset(s, 0, sizeof(*s));
	s->name = name;
	s->host = host;
	return s;
}

static bool same_ends(const struct socket_state *a,
	const struct socket_state *b)
{
	return a->family == b->family && a->protocol == b->protocol &&
		a->local_port == b->local_port &&
		a->peer_port == b->peer_port &&
		!memcmp(a->local, b->local, sizeof(a->local)) &&
		!memcmp(a->peer, b->peer, sizeof(a->peer));
}

static struct socket_seen *find(struct lab *lab, int host,
	const struct socket_state *k)
{
	bool shadow = k->state == TCP_TIME_WAIT;
	struct socket_seen *s;

	for (size_t i = 0; i < lab->nsockets; i++) {
		s = &lab->sockets[i];
		if (s->host == host && !s->found &&
			(s->name == k->cookie || s->state.cookie == k->cookie))
			return s;
	}
	/* The shadow of a socket: the same ends under another cookie. */
	for (size_t i = 0; i < lab->nsockets && shadow; i++) {
		s = &lab->sockets[i];
		if (s->host == host && !s->found && s->ends &&
			same_ends(&s->state, k))
			return s;
	}
	return NULL;
}

/* In loopback mode the walk meets the sockets of the whole machine. */
static bool is_ours(const struct lab *lab, int host,
	const struct socket_state *k)
{
	const struct lane *l;

	return !lab->plan.loopback || holder(lab, host, k->cookie, &l);
}

/* Every socket that a lane holds is known, also before any table lists it. */
static void add_held(struct lab *lab, int host)
{
	for (const struct lane *l = lab->lanes; l; l = l->next) {
		for (size_t i = 0; i < l->nfds && l->host == host; i++) {
			struct socket_state k = {
				.cookie = l->fds[i].cookie,
				.state = TCP_CLOSE,
				.family = l->fds[i].family,
				.protocol = l->fds[i].protocol,
			};

			if (!find(lab, host, &k))
				add(lab, host, k.cookie)->state = k;
		}
	}
}

static void take(struct lab *lab, int host, const struct socket_state *k)
{
	struct socket_seen *s = find(lab, host, k);

	if (!s) {
		if (!is_ours(lab, host, k))
			return;
		s = add(lab, host, k->cookie);
	}
	s->found = s->ends = true;
	s->state = *k;
}

/* Those that no table listed: held, and then in state CLOSE, or gone. */
static void tell_all(struct lab *lab, int host)
{
	const struct lane *l;

	for (size_t i = 0; i < lab->nsockets; i++) {
		struct socket_seen *s = &lab->sockets[i];

		if (s->host != host)
			continue;
		if (!s->found && !holder(lab, host, s->name, &l)) {
			record_printf(lab, "%s: state gone cookie=%" PRIu64,
				lab->plan.host[host].name, s->name);
			buf_done(&s->said);
			*s = lab->sockets[--lab->nsockets];
			i--;
			continue;
		}
		if (!s->found) {
			s->state.state = TCP_CLOSE;
			s->state.timer = TIMER_NONE;
			s->state.retransmits = 0;
			s->state.send_queue = s->state.receive_queue = 0;
		}
		tell(lab, s);
	}
}

static void walk(struct lab *lab, int host)
{
	int fd = lab->ready.diag[host], r;
	struct walk w = {0};

	lab->dirty &= ~(1U << host);
	if (fd < 0)
		return;
	r = diag_dump(fd, IPPROTO_TCP, note, &w);
	if (!r && lab->datagrams)
		r = diag_dump(fd, IPPROTO_UDP, note, &w);
	if (r) { /* half of a table would kill the sockets of the other */
		free(w.state);
		return;
	}
	for (size_t i = 0; i < lab->nsockets; i++)
		lab->sockets[i].found = false;
	add_held(lab, host);
	for (size_t i = 0; i < w.n; i++)
		take(lab, host, &w.state[i]);
	tell_all(lab, host);
	free(w.state);
}

/* ---- when ---- */

static void refill(struct lab *lab)
{
	lab->budget += lab->now - lab->budget_at;
	lab->budget_at = lab->now;
	if (lab->budget > SAVED)
		lab->budget = SAVED;
}

void sample_host(struct lab *lab, int host)
{
	lab->dirty |= 1U << host;
	refill(lab);
	if (lab->budget < PRICE || !lab->builder)
		return;
	lab->budget -= PRICE;
	walk(lab, host);
}

void sample_step(struct lab *lab)
{
	for (int i = 0; i < lab->plan.hosts; i++)
		if (lab->dirty & 1U << i)
			sample_host(lab, i);
}

int64_t sample_due(const struct lab *lab)
{
	if (!lab->dirty || !lab->builder)
		return INT64_MAX;
	return lab->now + (lab->budget < PRICE ? PRICE - lab->budget : 0);
}

void sample_all(struct lab *lab)
{
	for (int i = 0; i < lab->plan.hosts; i++)
		walk(lab, i);
}

bool sample_settled(const struct lab *lab)
{
	for (size_t i = 0; i < lab->nsockets; i++) {
		const struct socket_state *k = &lab->sockets[i].state;

		if (k->timer == TIMER_RETRANSMIT || k->timer == TIMER_PROBE)
			return false;
		if (k->send_queue && k->state != TCP_LISTEN &&
			k->protocol == IPPROTO_TCP)
			return false;
	}
	return true;
}

void sample_forget(struct lab *lab)
{
	for (size_t i = 0; i < lab->nsockets; i++)
		buf_done(&lab->sockets[i].said);
	lab->nsockets = 0;
	lab->dirty = 0;
	lab->budget = SAVED;
	lab->datagrams = false;
}
