/*
 * dns_server: UDP port 53 of a lab's host, IPv4 and IPv6. It listens on that
 * host's own addresses and no others: where nobody has them it listens nowhere.
 *
 * A host lets anybody bind that port (net.ipv4.ip_unprivileged_port_start):
 * the server has given up its rights before.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "actor/confine.h"
#include "actor/dns.h"

#define PORT 53
#define LONGEST 4096 /* bytes of a message; the rest is of no interest */

/* A socket on that port of a host; -1 and errno. */
static int listen_on(const struct dns_host *h, int family)
{
	struct sockaddr_in in = {
		.sin_family = AF_INET, .sin_port = htons(PORT),
		.sin_addr = h->four,
	};
	struct sockaddr_in6 in6 = {
		.sin6_family = AF_INET6, .sin6_port = htons(PORT),
		.sin6_addr = h->six,
	};
	int fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0), error;

	if (fd < 0)
		return -1;
	if (family == AF_INET)
		error = bind(fd, (struct sockaddr *)&in, sizeof(in));
	else
		error = bind(fd, (struct sockaddr *)&in6, sizeof(in6));
	if (!error)
		return fd;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

/* Answer one message; what cannot be sent is lost, as UDP is. */
static void answer(const struct dns_zone *z, int fd)
{
	uint8_t message[LONGEST], out[DNS_MOST];
	struct sockaddr_storage from;
	socklen_t size = sizeof(from);
	ssize_t n = recvfrom(fd, message, sizeof(message), MSG_DONTWAIT,
		(struct sockaddr *)&from, &size);
	size_t most = n < 0 ? 0 : dns_answer(z, message, (size_t)n, out);

	if (most)
		sendto(fd, out, most, MSG_DONTWAIT | MSG_NOSIGNAL,
			(struct sockaddr *)&from, size);
}

/* Until the input ends. */
static void serve(const struct dns_zone *z, int in, const int fds[2])
{
	struct pollfd p[] = {
		{.fd = in, .events = POLLIN},
		{.fd = fds[0], .events = POLLIN},
		{.fd = fds[1], .events = POLLIN}, /* -1 is left alone */
	};
	char nothing[64];
	int i;

	for (;;) {
		if (poll(p, 3, -1) < 0)
			continue; /* EINTR */
		for (i = 1; i < 3; i++)
			if (p[i].revents)
				answer(z, p[i].fd);
		if (p[0].revents && read(in, nothing, sizeof(nothing)) <= 0)
			return;
	}
}

static int fail(int out, const char *what, const char *why)
{
	dprintf(out, "error %s: %s\n", what, why);
	return 1;
}

int dns_main(char *const *words)
{
	struct dns_zone zone = {0};
	const struct dns_host *self = &zone.host[0];
	struct confined own;
	int fds[2];

	if (confine(&own) < 0)
		return 1;
	for (; *words; words++)
		if (dns_add(&zone, *words) < 0)
			return fail(own.out, *words, "NAME=IPv4,IPv6");
	if (!self->has4 || !self->has6)
		return fail(own.out, "its own host", "NAME=IPv4,IPv6");
	fds[0] = listen_on(self, AF_INET);
	if (fds[0] < 0)
		return fail(own.out, "port 53", strerror(errno));
	fds[1] = listen_on(self, AF_INET6); /* a machine may have no IPv6 */
	dprintf(own.out, "ready\n");
	serve(&zone, own.in, fds);
	return 0;
}
