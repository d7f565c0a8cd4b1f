/*
 * The `state` line (src/README.md, "The lines the lab writes").
 *
 * Most samples say nothing new, and there may be thousands: states are
 * compared, and only what differs becomes a line.
 */
#include "lab/sample_line.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "lab/inside.h"

#define ANEW (60 * CLOCK_MS) /* a timer that rings so much later was set anew */

static const char *const state_names[] = {
	"?", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2",
	"TIME_WAIT", "CLOSE", "CLOSE_WAIT", "LAST_ACK", "LISTEN", "CLOSING",
	"SYN_RECV",
};

static const char *const timer_names[] = {
	"none", "retransmit", "keepalive", "timewait", "probe",
};

bool sample_has_unsent(int state)
{
	switch (state) {
	case TCP_ESTABLISHED:
	case TCP_SYN_SENT:
	case TCP_FIN_WAIT1:
	case TCP_FIN_WAIT2:
	case TCP_CLOSE_WAIT:
	case TCP_LAST_ACK:
	case TCP_CLOSING:
		return true;
	default: /* of a request, a shadow or no connection it has none */
		return false;
	}
}

static void put_end(struct buf *b, int family, const uint8_t *address,
	uint16_t port)
{
	char text[INET6_ADDRSTRLEN] = "";

	inet_ntop(family, address, text, sizeof(text));
	buf_printf(b, family == AF_INET6 ? "[%s]:%u" : "%s:%u", text, port);
}

/* A path is one word: what would end the word is escaped. */
static void put_path(struct buf *b, const char *path)
{
	if (!path[0])
		buf_char(b, '-');
	for (; *path; path++) {
		unsigned char c = *path;

		if (c <= ' ' || c == '\\' || c == 0x7f)
			buf_printf(b, "\\x%02x", c);
		else
			buf_char(b, *path);
	}
}

static const char *protocol_of(const struct socket_state *k)
{
	if (k->family == AF_UNIX)
		return "unix";
	return k->protocol == IPPROTO_UDP ? "udp" : "tcp";
}

static void put_state(struct buf *b, const struct socket_state *k)
{
	unsigned state = k->state;

	if (state >= sizeof(state_names) / sizeof(state_names[0]))
		state = 0;
	buf_printf(b, "%s %s ", protocol_of(k), state_names[state]);
	if (k->family == AF_UNIX) {
		put_path(b, k->path);
		buf_char(b, ' ');
		put_path(b, k->peer_path);
	} else {
		put_end(b, k->family, k->local, k->local_port);
		buf_char(b, ' ');
		put_end(b, k->family, k->peer, k->peer_port);
	}
	buf_printf(b, " rq=%" PRIu32 " sq=%" PRIu32, k->receive_queue,
		k->send_queue);
}

static unsigned timer_of(const struct socket_state *k)
{
	return k->timer <= SAMPLE_TIMER_PROBE ? k->timer : SAMPLE_TIMER_NONE;
}

static bool is_news(const struct lab *lab, const struct socket_seen *s,
	const struct process *p, int64_t fd)
{
	const struct socket_state *is = &s->state, *was = &s->said;
	int64_t at = lab->now + is->timer_ms * CLOCK_MS;

	if (!s->told || s->owner != p || s->fd != fd)
		return true;
	if (is->family != was->family || is->protocol != was->protocol ||
		is->state != was->state ||
		is->receive_queue != was->receive_queue ||
		is->send_queue != was->send_queue ||
		is->unsent != was->unsent ||
		is->local_port != was->local_port ||
		is->peer_port != was->peer_port ||
		memcmp(is->local, was->local, sizeof(is->local)) ||
		memcmp(is->peer, was->peer, sizeof(is->peer)) ||
		strcmp(is->path, was->path) ||
		strcmp(is->peer_path, was->peer_path))
		return true;
	return timer_of(is) != timer_of(was) ||
		is->retransmits != was->retransmits ||
		(timer_of(is) != SAMPLE_TIMER_NONE && at >= s->said_at + ANEW);
}

void sample_tell(struct lab *lab, struct socket_seen *s,
	const struct process *p, int64_t fd)
{
	const struct socket_state *k = &s->state;
	struct buf b = {0};

	if (!is_news(lab, s, p, fd))
		return;
	s->told = true;
	s->owner = p;
	s->fd = fd;
	s->said = *k;
	s->said_at = lab->now + k->timer_ms * CLOCK_MS;
	buf_printf(&b, "%s: state fd=", p ? p->name
		: lab->plan.host[s->host].name);
	if (p)
		buf_printf(&b, "%" PRId64, fd);
	else
		buf_char(&b, '-');
	buf_printf(&b, " cookie=%" PRIu64 " ", s->name);
	put_state(&b, k);
	buf_printf(&b, " timer=%s", timer_names[timer_of(k)]);
	if (timer_of(k) != SAMPLE_TIMER_NONE)
		buf_printf(&b, ":%" PRIu32 "ms:%u", k->timer_ms,
			k->retransmits);
	if (k->protocol == IPPROTO_TCP && sample_has_unsent(k->state) &&
		k->unsent != SAMPLE_UNKNOWN)
		buf_printf(&b, " unsent=%" PRIu32, k->unsent);
	record_line(lab, b.data, b.len);
	buf_done(&b);
}

void sample_tell_gone(struct lab *lab, const struct socket_seen *s)
{
	record_printf(lab, "%s: state gone cookie=%" PRIu64,
		lab->plan.host[s->host].name, s->name);
}
