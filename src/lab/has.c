/* has: which sockets of a host are as a line wishes them. */
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "call/kernel_address.h"
#include "call/wish.h"
#include "lab/inside.h"
#include "lab/options.h"
#include "lab/sample_line.h"

static bool is_protocol(const struct socket_state *k, const char *word)
{
	if (!strcmp(word, "unix"))
		return k->family == AF_UNIX;
	return k->protocol ==
		(strcmp(word, "udp") ? IPPROTO_TCP : IPPROTO_UDP);
}

/* ---- ends ---- */

static void unix_end(struct value *v, const char *path)
{
	struct sockaddr_storage a = {.ss_family = AF_UNIX};
	struct sockaddr_un *un = (void *)&a;
	size_t n = strlen(path), at = offsetof(struct sockaddr_un, sun_path);

	memcpy(un->sun_path, path, n);
	if (path[0] == '@')
		un->sun_path[0] = '\0';
	kernel_address_value(v, &a, (socklen_t)(n ? at + n : 0));
}

static void inet_end(struct value *v, int family, const uint8_t *address,
	uint16_t port)
{
	struct sockaddr_storage a = {.ss_family = family};
	struct sockaddr_in6 *in6 = (void *)&a;
	struct sockaddr_in *in = (void *)&a;

	if (family == AF_INET6) {
		memcpy(&in6->sin6_addr, address, sizeof(in6->sin6_addr));
		in6->sin6_port = htons(port);
	} else {
		memcpy(&in->sin_addr, address, sizeof(in->sin_addr));
		in->sin_port = htons(port);
	}
	value_of_address(v, &a);
}

static bool has_end(const struct lab *lab, const struct socket_seen *s,
	const struct value *wanted, bool peer)
{
	const struct socket_state *k = &s->state;
	struct value is = {0}, expected = {0};
	bool match;

	if (wanted->kind == VALUE_NONE)
		return true;
	if (k->family == AF_UNIX)
		unix_end(&is, peer ? k->peer_path : k->path);
	else
		inet_end(&is, k->family, peer ? k->peer : k->local,
			peer ? k->peer_port : k->local_port);
	names_expected(lab, s->owner, wanted, &is, &expected);
	match = value_matches(&expected, &is);
	value_done(&is);
	value_done(&expected);
	return match;
}

/* ---- all the rest ---- */

static bool has_count_of(int64_t wanted, uint32_t is)
{
	return wanted < 0 || wanted == is;
}

static bool has_unsent(const struct socket_state *k, int64_t wanted)
{
	return wanted < 0 || (k->protocol == IPPROTO_TCP &&
		sample_has_unsent(k->state) && wanted == k->unsent);
}

static bool has_options(const struct lab *lab, const struct socket_seen *s,
	const struct socket_wish *w)
{
	const struct held_fd *h = s->owner ? holdings_fd(s->owner, s->fd)
					   : NULL;

	for (int i = 0; i < w->options; i++) {
		struct value is = {0}, expected = {0};
		bool match = h && options_read(s->owner, h, w->option[i], &is);

		if (match) {
			names_expected(lab, s->owner, &w->wanted[i], &is,
				&expected);
			match = value_matches(&expected, &is);
		}
		value_done(&is);
		value_done(&expected);
		if (!match)
			return false;
	}
	return true;
}

static bool matches(const struct lab *lab, const struct socket_seen *s,
	const struct socket_wish *w)
{
	const struct socket_state *k = &s->state;

	return (!w->protocol[0] || is_protocol(k, w->protocol)) &&
		(!w->state || w->state == k->state) &&
		(w->timer < 0 || w->timer == k->timer) &&
		(!w->orphan || (!s->owner && !k->inode)) &&
		has_count_of(w->recv, k->receive_queue) &&
		has_count_of(w->send, k->send_queue) &&
		has_unsent(k, w->unsent) &&
		has_end(lab, s, &w->local, false) &&
		has_end(lab, s, &w->peer, true) && has_options(lab, s, w);
}

bool has_count(struct lab *lab, int host, const struct process *p,
	const struct socket_wish *w, int64_t *count)
{
	const struct held_fd *named = NULL;
	const struct value *v;

	*count = 0;
	if (w->name[0]) {
		v = p ? holdings_bound(p, w->name) : NULL;
		if (!v)
			return false;
		if (v->kind == VALUE_NUMBER)
			named = holdings_fd(p, v->number);
		if (!named || !named->cookie)
			return true; /* closed: there is no such socket */
	}
	sample_look(lab, host);
	for (size_t i = 0; i < lab->nsockets; i++) {
		const struct socket_seen *s = &lab->sockets[i];

		if (s->host == host && (!named || s->name == named->cookie))
			*count += matches(lab, s, w);
	}
	return true;
}
