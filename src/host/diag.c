/* Requests to NETLINK_SOCK_DIAG (sock_diag(7), linux/inet_diag.h). */
#include "host/diag.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <linux/unix_diag.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"

#define REQUEST 256
#define ALL_STATES 0x1ffeu

/* A question in the making: which answers are its own, what they are read
 * with, and who wants them. */
struct question {
	int error;
	bool done;
	uint8_t protocol;
	uint32_t number;        /* its answers carry it */
	void (*read)(struct question *q, const struct nlmsghdr *h);
	void (*each)(const struct socket_state *s, void *arg);
	void *arg;
};

static struct nlmsghdr *header(char *buf, uint16_t type, uint16_t flags)
{
	struct nlmsghdr *h = mnl_nlmsg_put_header(buf);

	h->nlmsg_type = type;
	h->nlmsg_flags = NLM_F_REQUEST | flags;
	return h;
}

static struct nlmsghdr *request(char *buf, uint16_t type, uint16_t flags,
	int family, int protocol, struct inet_diag_req_v2 **r)
{
	struct nlmsghdr *h = header(buf, type, flags);

	*r = mnl_nlmsg_put_extra_header(h, sizeof(**r));
	(*r)->sdiag_family = family;
	(*r)->sdiag_protocol = protocol;
	(*r)->idiag_states = ALL_STATES;
	(*r)->id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
	(*r)->id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
	return h;
}

/* Exactly the socket of a state. */
static struct nlmsghdr *request_one(char *buf, uint16_t type, uint16_t flags,
	const struct socket_state *s, struct inet_diag_req_v2 **r)
{
	struct nlmsghdr *h =
		request(buf, type, flags, s->family, s->protocol, r);
	struct inet_diag_sockid *id = &(*r)->id;

	memcpy(id->idiag_src, s->local, sizeof(id->idiag_src));
	memcpy(id->idiag_dst, s->peer, sizeof(id->idiag_dst));
	id->idiag_sport = htons(s->local_port);
	id->idiag_dport = htons(s->peer_port);
	id->idiag_cookie[0] = (uint32_t)s->cookie;
	id->idiag_cookie[1] = (uint32_t)(s->cookie >> 32);
	return h;
}

/* ---- answers ---- */

static uint64_t cookie_of(const uint32_t half[2])
{
	return (uint64_t)half[1] << 32 | half[0];
}

static uint32_t unsent_of(const struct nlmsghdr *h)
{
	const size_t end = offsetof(struct tcp_info, tcpi_notsent_bytes) +
		sizeof(uint32_t);
	const struct nlattr *a;
	struct tcp_info info;

	mnl_attr_for_each(a, h, sizeof(struct inet_diag_msg)) {
		if (mnl_attr_get_type(a) != INET_DIAG_INFO ||
			mnl_attr_get_payload_len(a) < end)
			continue;
		memcpy(&info, mnl_attr_get_payload(a), end);
		return info.tcpi_notsent_bytes;
	}
	return 0;
}

static void read_inet(struct question *q, const struct nlmsghdr *h)
{
	const struct inet_diag_msg *m = mnl_nlmsg_get_payload(h);
	struct socket_state s = {.protocol = q->protocol};

	if (mnl_nlmsg_get_payload_len(h) < sizeof(*m)) {
		q->error = -EBADMSG;
		return;
	}
	s.family = m->idiag_family;
	s.state = m->idiag_state;
	s.timer = m->idiag_timer;
	s.retransmits = m->idiag_retrans;
	s.timer_ms = m->idiag_expires;
	memcpy(s.local, m->id.idiag_src, sizeof(s.local));
	memcpy(s.peer, m->id.idiag_dst, sizeof(s.peer));
	s.local_port = ntohs(m->id.idiag_sport);
	s.peer_port = ntohs(m->id.idiag_dport);
	s.receive_queue = m->idiag_rqueue;
	s.send_queue = m->idiag_wqueue;
	s.inode = m->idiag_inode;
	s.cookie = cookie_of(m->id.idiag_cookie);
	s.unsent = unsent_of(h);
	q->each(&s, q->arg);
}

/* One netlink message: data, an error, or the end. */
static void take(struct question *q, const struct nlmsghdr *h)
{
	if (h->nlmsg_seq != q->number)
		return; /* to a question that was given up */
	if (h->nlmsg_type == NLMSG_DONE) {
		q->done = true;
	} else if (h->nlmsg_type == NLMSG_ERROR) {
		const struct nlmsgerr *e = mnl_nlmsg_get_payload(h);

		q->error = mnl_nlmsg_get_payload_len(h) >= sizeof(e->error)
			? e->error
			: -EBADMSG;
		q->done = true;
	} else {
		q->read(q, h);
		q->done = !(h->nlmsg_flags & NLM_F_MULTI);
	}
}

static int ask(int fd, struct nlmsghdr *h, struct question *q)
{
	static uint32_t number;
	char answer[32768]
		__attribute__((aligned(__alignof__(struct nlmsghdr))));
	struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};

	q->number = h->nlmsg_seq = ++number;
	if (sendto(fd, h, h->nlmsg_len, 0, (struct sockaddr *)&kernel,
		    sizeof(kernel)) < 0)
		return -errno;
	while (!q->done) {
		ssize_t n = recv(fd, answer, sizeof(answer), 0);
		int left = (int)n;

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n ? -errno : -EBADMSG;
		for (h = (struct nlmsghdr *)answer; mnl_nlmsg_ok(h, left);
			h = mnl_nlmsg_next(h, &left))
			take(q, h);
	}
	return q->error;
}

/* ---- TCP and UDP ---- */

int diag_dump(int fd, int protocol,
	void (*each)(const struct socket_state *s, void *arg), void *arg)
{
	static const int family[] = {AF_INET, AF_INET6};
	struct inet_diag_req_v2 *r;
	char buf[REQUEST];
	int error = 0;

	for (int i = 0; i < 2 && !error; i++) {
		struct question q = {
			.protocol = protocol,
			.read = read_inet, .each = each, .arg = arg,
		};
		struct nlmsghdr *h = request(buf, SOCK_DIAG_BY_FAMILY,
			NLM_F_DUMP, family[i], protocol, &r);

		error = ask(fd, h, &q);
		/* A kernel without IPv6 has none of its sockets. */
		if (family[i] == AF_INET6 && error == -ENOENT)
			error = 0;
	}
	return error;
}

static void keep(const struct socket_state *s, void *arg)
{
	*(struct socket_state *)arg = *s;
}

int diag_again(int fd, struct socket_state *s)
{
	struct question q = {
		.protocol = s->protocol,
		.read = read_inet, .each = keep, .arg = s,
	};
	struct inet_diag_req_v2 *r;
	char buf[REQUEST];
	struct nlmsghdr *h =
		request_one(buf, SOCK_DIAG_BY_FAMILY, 0, s, &r);
	int error;

	r->idiag_ext = 1U << (INET_DIAG_INFO - 1);
	error = ask(fd, h, &q);
	/* ESTALE: these ends are another socket's by now. */
	if (error == -ENOENT || error == -ESTALE)
		return 0;
	return error ? error : 1;
}

int diag_destroy(int fd, const struct socket_state *s)
{
	struct question q = {.protocol = s->protocol};
	struct inet_diag_req_v2 *r;
	char buf[REQUEST];

	return ask(fd, request_one(buf, SOCK_DESTROY, NLM_F_ACK, s, &r), &q);
}

/* ---- AF_UNIX ---- */

/* The peer of each socket is known by inode: its name is another's answer. */
struct unix_seen {
	struct socket_state state;
	uint32_t inode, peer;
};

struct unix_all {
	struct unix_seen *seen;
	size_t n, cap;
	struct unix_seen *waits;     /* inode: of whom accept has not taken
					yet; path: of who listens */
	size_t waiting, waiting_cap;
};

/* A name is a path, or a zero and any bytes ("@" and those). */
static void read_path(char out[110], const struct nlattr *a)
{
	const char *name = mnl_attr_get_payload(a);
	size_t n = mnl_attr_get_payload_len(a);

	if (n >= 110)
		n = 109;
	memcpy(out, name, n);
	out[n] = '\0';
	if (n > 1 && !name[0])
		out[0] = '@';
}

/* Connections that wait for accept have a peer without an inode: who listens
 * has a list of those that connected. */
static void read_waiting(struct unix_all *all, const char *path,
	const struct nlattr *a)
{
	const uint32_t *inode = mnl_attr_get_payload(a);
	size_t n = mnl_attr_get_payload_len(a) / sizeof(*inode);

	for (size_t i = 0; i < n; i++) {
		struct unix_seen *u;

		all->waits = mem_grow(all->waits, &all->waiting_cap,
			all->waiting + 1, sizeof(*u));
		u = &all->waits[all->waiting++];
		*u = (struct unix_seen){.inode = inode[i]};
		strcpy(u->state.path, path);
	}
}

static void read_unix(struct question *q, const struct nlmsghdr *h)
{
	const struct unix_diag_msg *m = mnl_nlmsg_get_payload(h);
	struct unix_all *all = q->arg;
	struct unix_seen *u;
	const struct nlattr *a;

	if (mnl_nlmsg_get_payload_len(h) < sizeof(*m)) {
		q->error = -EBADMSG;
		return;
	}
	all->seen = mem_grow(all->seen, &all->cap, all->n + 1, sizeof(*u));
	u = &all->seen[all->n++];
	memset(u, 0, sizeof(*u));
	u->inode = m->udiag_ino;
	u->state.family = AF_UNIX;
	u->state.type = m->udiag_type;
	u->state.state = m->udiag_state;
	u->state.inode = m->udiag_ino;
	u->state.cookie = cookie_of(m->udiag_cookie);
	mnl_attr_for_each(a, h, sizeof(*m)) {
		size_t n = mnl_attr_get_payload_len(a);
		struct unix_diag_rqlen len;

		if (mnl_attr_get_type(a) == UNIX_DIAG_NAME) {
			read_path(u->state.path, a);
		} else if (mnl_attr_get_type(a) == UNIX_DIAG_PEER &&
			n >= sizeof(uint32_t)) {
			u->peer = mnl_attr_get_u32(a);
		} else if (mnl_attr_get_type(a) == UNIX_DIAG_ICONS) {
			read_waiting(all, u->state.path, a);
		} else if (mnl_attr_get_type(a) == UNIX_DIAG_RQLEN &&
			n >= sizeof(len)) {
			memcpy(&len, mnl_attr_get_payload(a), sizeof(len));
			u->state.receive_queue = len.udiag_rqueue;
			u->state.send_queue = len.udiag_wqueue;
		}
	}
}

static int by_inode(const void *a, const void *b)
{
	const struct unix_seen *x = a, *y = b;

	return (x->inode > y->inode) - (x->inode < y->inode);
}

static const struct unix_seen *find_unix(const struct unix_seen *in, size_t n,
	uint32_t inode)
{
	struct unix_seen key = {.inode = inode};

	return n ? bsearch(&key, in, n, sizeof(key), by_inode) : NULL;
}

/* Where it is connected to. */
static const struct unix_seen *peer_of(const struct unix_all *all,
	const struct unix_seen *u)
{
	if (u->peer)
		return find_unix(all->seen, all->n, u->peer);
	return find_unix(all->waits, all->waiting, u->inode);
}

int diag_dump_unix(int fd,
	void (*each)(const struct socket_state *s, void *arg), void *arg)
{
	struct unix_all all = {0};
	struct question q = {.read = read_unix, .arg = &all};
	char buf[REQUEST];
	struct nlmsghdr *h = header(buf, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP);
	struct unix_diag_req *r = mnl_nlmsg_put_extra_header(h, sizeof(*r));
	int error;

	r->sdiag_family = AF_UNIX;
	r->udiag_states = ALL_STATES;
	r->udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER | UDIAG_SHOW_ICONS |
		UDIAG_SHOW_RQLEN;
	error = ask(fd, h, &q);
	if (error == -ENOENT)
		error = 0; /* no unix_diag in this kernel */
	if (all.n)
		qsort(all.seen, all.n, sizeof(*all.seen), by_inode);
	if (all.waiting)
		qsort(all.waits, all.waiting, sizeof(*all.waits), by_inode);
	for (size_t i = 0; i < all.n && !error; i++) {
		struct unix_seen *u = &all.seen[i];
		const struct unix_seen *peer = peer_of(&all, u);

		if (peer)
			strcpy(u->state.peer_path, peer->state.path);
		each(&u->state, arg);
	}
	free(all.seen);
	free(all.waits);
	return error;
}
