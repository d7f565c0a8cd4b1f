/*
 * sample: what the kernel says of our sockets, written when it differs from
 * what was written last.
 *
 * A *walk* asks one host for all its sockets. The tables of sockets are the
 * namespace's own and small, so a walk costs some microseconds; in loopback
 * mode they are the whole machine's, and only sockets of our processes are
 * kept. A socket that a process holds and no table lists is in state CLOSE. A
 * socket keeps its first cookie in the journal when the kernel replaces it by
 * its *shadow* in TIME_WAIT, which has a new one.
 *
 * Walks are paid from a bucket: SAVED at once, a new one each PRICE, or each
 * SHARE times what the walk took. So a lone frame is followed by a sample, a
 * flood costs 60 walks a second, and thousands of sockets cost no more of a
 * processor than a few do. (lab/sample_line.c has how a socket is told.)
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "lab/cookies.h"
#include "lab/inside.h"
#include "lab/openers.h"
#include "lab/options.h"
#include "lab/sample_line.h"

#define PRICE (CLOCK_S / 60)
#define SHARE 16
#define SAVED (20 * PRICE)
#define AGAIN_MOST 64   /* sockets of a walk that are asked for unsent bytes */

/* ---- a walk ---- */

struct walk {
	struct lab *lab;
	int host;
	struct socket_state *state;     /* as dumped */
	size_t n, cap;
	struct cookies known;           /* cookie → place in lab->sockets */
	struct cookies held;            /* cookie → place in holder */
	struct cookies opened;          /* inode → the same, see openers.h */
	bool has_opened;
	struct cookies ends;            /* hash of ends → place, see shadow_of */
	bool has_ends;
	struct holder {
		const struct process *process;
		int64_t fd;
		const struct held_fd *held; /* NULL: its opener */
	} *holder;
	size_t holders, holder_cap;
};

static void note(const struct socket_state *state, void *arg)
{
	struct walk *w = arg;

	w->state = mem_grow(w->state, &w->cap, w->n + 1, sizeof(*state));
	w->state[w->n++] = *state;
}

/* All sockets there are. 0 or -errno. */
static int dump(struct walk *w)
{
	int fd = w->lab->ready.diag[w->host];
	int r = diag_dump(fd, IPPROTO_TCP, note, w);

	if (!r)
		r = diag_dump(fd, IPPROTO_UDP, note, w);
	if (!r)
		r = diag_dump_unix(fd, note, w);
	return r;
}

/* A dump says how many bytes are queued, not how many of them were sent. */
static void ask_for_unsent(struct walk *w)
{
	int left = AGAIN_MOST;

	for (size_t i = 0; i < w->n; i++) {
		struct socket_state *k = &w->state[i];

		if (k->protocol != IPPROTO_TCP || !k->send_queue ||
			!sample_has_unsent(k->state))
			continue;
		k->unsent = SAMPLE_UNKNOWN;
		if (left-- > 0)
			diag_again(w->lab->ready.diag[w->host], k);
	}
}

/* ---- who has them ---- */

static size_t add_holder(struct walk *w, const struct process *p, int64_t fd,
	const struct held_fd *held)
{
	w->holder = mem_grow(w->holder, &w->holder_cap, w->holders + 1,
		sizeof(*w->holder));
	w->holder[w->holders] = (struct holder){p, fd, held};
	return w->holders++;
}

/* Who holds what, of the actors on this host. */
static void find_holders(struct walk *w)
{
	for (struct process *p = w->lab->processes; p; p = p->next)
		for (size_t i = 0; i < p->nfds && p->host == w->host; i++)
			if (p->fds[i].cookie)
				cookies_add(&w->held, p->fds[i].cookie,
					add_holder(w, p, p->fds[i].fd,
						&p->fds[i]));
}

static void note_opened(const struct process *p, int fd, uint64_t inode,
	void *arg)
{
	struct walk *w = arg;

	cookies_add(&w->opened, inode, add_holder(w, p, fd, NULL));
}

static const struct holder *holder_of(const struct walk *w, uint64_t name)
{
	size_t i = cookies_find(&w->held, name);

	return i == COOKIES_NONE ? NULL : &w->holder[i];
}

/* Nobody was told to make it: descriptors are looked through, once for each
 * such socket. */
static const struct holder *opener_of(struct walk *w, struct socket_seen *s)
{
	uint32_t inode = s->state.inode;
	size_t i;

	if (!inode || w->lab->plan.loopback)
		return NULL;
	if (s->sought != inode || (s->owner && !s->owner->running)) {
		s->sought = inode;
		if (!w->has_opened)
			openers_each_socket(w->lab, w->host, note_opened, w);
		w->has_opened = true;
	} else if (s->owner) {
		note_opened(s->owner, (int)s->fd, inode, w);
	}
	i = cookies_find(&w->opened, inode);
	return i == COOKIES_NONE ? NULL : &w->holder[i];
}

/* ---- sockets that are known ---- */

static void find_known(struct walk *w)
{
	struct lab *lab = w->lab;

	for (size_t i = 0; i < lab->nsockets; i++) {
		struct socket_seen *s = &lab->sockets[i];

		if (s->host != w->host)
			continue;
		s->found = false;
		cookies_add(&w->known, s->name, i);
		cookies_add(&w->known, s->state.cookie, i);
	}
}

static struct socket_seen *add(struct walk *w, uint64_t name)
{
	struct lab *lab = w->lab;
	struct socket_seen *s;

	lab->sockets = mem_grow(lab->sockets, &lab->socket_cap,
		lab->nsockets + 1, sizeof(*s));
	cookies_add(&w->known, name, lab->nsockets);
	s = &lab->sockets[lab->nsockets++];
	memset(s, 0, sizeof(*s));
	s->name = name;
	s->host = w->host;
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

/* FNV-1a; whoever finds something by it looks closer. */
static uint64_t hash_of_ends(const struct socket_state *k)
{
	const uint16_t port[2] = {k->local_port, k->peer_port};
	const struct {
		const void *p;
		size_t n;
	} part[] = {
		{port, sizeof(port)}, {k->local, sizeof(k->local)},
		{k->peer, sizeof(k->peer)},
	};
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < sizeof(part) / sizeof(*part); i++)
		for (size_t j = 0; j < part[i].n; j++)
			h = (h ^ ((const uint8_t *)part[i].p)[j]) *
				0x100000001b3u;
	return h;
}

/* The socket that a shadow stands for: the same ends under another cookie. */
static struct socket_seen *shadowed(struct walk *w,
	const struct socket_state *k)
{
	struct lab *lab = w->lab;
	struct socket_seen *s;
	size_t i;

	/* Only a shadow that was not seen before asks for this. */
	for (i = 0; i < lab->nsockets && !w->has_ends; i++) {
		s = &lab->sockets[i];
		if (s->host == w->host && s->ends && !s->found &&
			s->state.state != TCP_LISTEN)
			cookies_add(&w->ends, hash_of_ends(&s->state), i);
	}
	w->has_ends = true;
	i = cookies_find(&w->ends, hash_of_ends(k));
	s = i == COOKIES_NONE ? NULL : &lab->sockets[i];
	return s && !s->found && same_ends(&s->state, k) ? s : NULL;
}

static struct socket_seen *find(struct walk *w, const struct socket_state *k)
{
	size_t i = cookies_find(&w->known, k->cookie);

	if (i != COOKIES_NONE)
		return &w->lab->sockets[i];
	return k->state == TCP_TIME_WAIT ? shadowed(w, k) : NULL;
}

/* Every socket that a process holds is known, also before any table lists it.
 */
static void add_held(struct walk *w)
{
	for (size_t i = 0; i < w->holders; i++) {
		const struct held_fd *h = w->holder[i].held;
		struct socket_state k = {
			.cookie = h->cookie, .state = TCP_CLOSE,
			.family = h->family, .protocol = h->protocol,
			.type = h->type,
		};

		if (!find(w, &k))
			add(w, k.cookie)->state = k;
	}
}

static void take(struct walk *w, const struct socket_state *k)
{
	struct socket_seen *s = find(w, k);

	if (!s) {
		/* In loopback mode these are the whole machine's. */
		if (w->lab->plan.loopback && !holder_of(w, k->cookie))
			return;
		s = add(w, k->cookie);
	}
	s->found = s->ends = true;
	s->state = *k;
}

/* ---- telling ---- */

/* No table listed it, and a process holds it. */
static void close_state(struct socket_state *k)
{
	k->state = TCP_CLOSE;
	k->timer = SAMPLE_TIMER_NONE;
	k->retransmits = 0;
	k->timer_ms = 0;
	k->send_queue = k->receive_queue = k->unsent = 0;
}

static void tell_all(struct walk *w)
{
	struct lab *lab = w->lab;

	for (size_t i = 0; i < lab->nsockets; i++) {
		struct socket_seen *s = &lab->sockets[i];
		const struct holder *h;

		if (s->host != w->host)
			continue;
		h = holder_of(w, s->name);
		if (!s->found && !h) {
			sample_tell_gone(lab, s);
			*s = lab->sockets[--lab->nsockets];
			i--;
			continue;
		}
		if (!s->found)
			close_state(&s->state);
		else if (!h)
			h = opener_of(w, s);
		sample_tell(lab, s, h ? h->process : NULL, h ? h->fd : -1);
	}
}

void sample_look(struct lab *lab, int host)
{
	struct walk w = {.lab = lab, .host = host};

	lab->dirty &= ~(1U << host);
	/* Half of a table would kill the sockets of the other half. */
	if (lab->ready.diag[host] < 0 || dump(&w))
		goto out;
	ask_for_unsent(&w);
	find_holders(&w);
	find_known(&w);
	add_held(&w);
	for (size_t i = 0; i < w.n; i++)
		take(&w, &w.state[i]);
	tell_all(&w);
out:
	cookies_done(&w.known);
	cookies_done(&w.held);
	cookies_done(&w.ends);
	cookies_done(&w.opened);
	free(w.holder);
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
	int64_t began, price;

	lab->dirty |= 1U << host;
	refill(lab);
	if (lab->budget < PRICE || !lab->builder)
		return;
	began = clock_mono();
	sample_look(lab, host);
	price = SHARE * (clock_mono() - began);
	lab->budget -= price > PRICE ? price : PRICE;
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
		sample_look(lab, i);
}

bool sample_settled(const struct lab *lab)
{
	for (size_t i = 0; i < lab->nsockets; i++) {
		const struct socket_state *k = &lab->sockets[i].state;

		if (k->protocol != IPPROTO_TCP)
			continue;
		if (k->timer == SAMPLE_TIMER_RETRANSMIT ||
			k->timer == SAMPLE_TIMER_PROBE)
			return false;
		if (k->send_queue && k->state != TCP_LISTEN)
			return false;
	}
	return true;
}

void sample_forget(struct lab *lab)
{
	lab->nsockets = 0;
	lab->dirty = 0;
	lab->budget = SAVED;
	options_forget(lab);
}
