/* Requests to NETLINK_SOCK_DIAG (sock_diag(7), linux/inet_diag.h). */
#include "host/diag.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#define REQUEST 256
#define ALL_STATES 0x1ffeu

/* A dump in the making: whose answers these are, and who wants them. */
struct dump {
	int error;
	bool done;
	uint8_t protocol;
	void (*each)(const struct socket_state *s, void *arg);
	void *arg;
};

static struct nlmsghdr *request(char *buf, uint16_t flags, int family,
	int protocol, struct inet_diag_req_v2 **r)
{
	struct nlmsghdr *h = mnl_nlmsg_put_header(buf);

	h->nlmsg_type = SOCK_DIAG_BY_FAMILY;
	h->nlmsg_flags = NLM_F_REQUEST | flags;
	*r = mnl_nlmsg_put_extra_header(h, sizeof(**r));
	(*r)->sdiag_family = family;
	(*r)->sdiag_protocol = protocol;
	(*r)->idiag_states = ALL_STATES;
	(*r)->id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
	(*r)->id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
	return h;
}

static void read_state(struct socket_state *s, uint8_t protocol,
	const struct inet_diag_msg *m)
{
	memset(s, 0, sizeof(*s));
	s->family = m->idiag_family;
	s->protocol = protocol;
	s->state = m->idiag_state;
	s->timer = m->idiag_timer;
	s->retransmits = m->idiag_retrans;
	s->timer_ms = m->idiag_expires;
	memcpy(s->local, m->id.idiag_src, sizeof(s->local));
	memcpy(s->peer, m->id.idiag_dst, sizeof(s->peer));
	s->local_port = ntohs(m->id.idiag_sport);
	s->peer_port = ntohs(m->id.idiag_dport);
	s->receive_queue = m->idiag_rqueue;
	s->send_queue = m->idiag_wqueue;
	s->inode = m->idiag_inode;
	s->cookie = (uint64_t)m->id.idiag_cookie[1] << 32 |
		m->id.idiag_cookie[0];
}

/* One netlink message: data, an error, or the end. */
static void take(struct dump *d, const struct nlmsghdr *h)
{
	struct socket_state s;

	if (h->nlmsg_type == NLMSG_DONE) {
		d->done = true;
	} else if (h->nlmsg_type == NLMSG_ERROR) {
		const struct nlmsgerr *e = mnl_nlmsg_get_payload(h);

		d->error = mnl_nlmsg_get_payload_len(h) >= sizeof(e->error)
			? e->error
			: -EBADMSG;
		d->done = true;
	} else if (mnl_nlmsg_get_payload_len(h) >=
		sizeof(struct inet_diag_msg)) {
		read_state(&s, d->protocol, mnl_nlmsg_get_payload(h));
		d->each(&s, d->arg);
		d->done = !(h->nlmsg_flags & NLM_F_MULTI);
	}
}

static int ask(int fd, struct nlmsghdr *h, struct dump *d)
{
	char answer[32768]
		__attribute__((aligned(__alignof__(struct nlmsghdr))));
	struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};

	if (sendto(fd, h, h->nlmsg_len, 0, (struct sockaddr *)&kernel,
		    sizeof(kernel)) < 0)
		return -errno;
	while (!d->done) {
		ssize_t n = recv(fd, answer, sizeof(answer), 0);
		int left = (int)n;

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n ? -errno : -EBADMSG;
		for (h = (struct nlmsghdr *)answer; mnl_nlmsg_ok(h, left);
			h = mnl_nlmsg_next(h, &left))
			take(d, h);
	}
	return d->error;
}

static void keep(const struct socket_state *s, void *arg)
{
	*(struct socket_state *)arg = *s;
}

int diag_socket(int fd, int family, int protocol, const void *local,
	uint16_t local_port, const void *peer, uint16_t peer_port,
	struct socket_state *out)
{
	struct dump d = {.protocol = protocol, .each = keep, .arg = out};
	size_t n = family == AF_INET6 ? 16 : 4;
	struct inet_diag_req_v2 *r;
	char buf[REQUEST];
	struct nlmsghdr *h = request(buf, 0, family, protocol, &r);
	int error;
	/* A UDP socket is looked up as if a packet had come to it: the source
	 * is the peer (udp_dump_one(), "for historical reasons"). */
	bool turned = protocol == IPPROTO_UDP;

	memcpy(turned ? r->id.idiag_dst : r->id.idiag_src, local, n);
	memcpy(turned ? r->id.idiag_src : r->id.idiag_dst, peer, n);
	r->id.idiag_sport = htons(turned ? peer_port : local_port);
	r->id.idiag_dport = htons(turned ? local_port : peer_port);
	error = ask(fd, h, &d);
	if (error == -ENOENT)
		return 0;
	return error ? error : 1;
}

int diag_dump(int fd, int protocol,
	void (*each)(const struct socket_state *s, void *arg), void *arg)
{
	static const int family[] = {AF_INET, AF_INET6};
	struct inet_diag_req_v2 *r;
	char buf[REQUEST];
	int error = 0;

	for (int i = 0; i < 2 && !error; i++) {
		struct dump d = {
			.protocol = protocol, .each = each, .arg = arg};
		struct nlmsghdr *h =
			request(buf, NLM_F_DUMP, family[i], protocol, &r);

		error = ask(fd, h, &d);
		/* A kernel without IPv6 has none of its sockets. */
		if (family[i] == AF_INET6 && error == -ENOENT)
			error = 0;
	}
	return error;
}
