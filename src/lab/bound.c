/*
 * bound: a TCP socket between bind and listen, or connect. It has an address,
 * which no dump tells: the socket itself is asked.
 */
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab/copy.h"
#include "lab/inside.h"

static void set_local(struct socket_state *k, const struct sockaddr_storage *a)
{
	const struct sockaddr_in6 *in6 = (const void *)a;
	const struct sockaddr_in *in = (const void *)a;

	if (a->ss_family == AF_INET6) {
		memcpy(k->local, &in6->sin6_addr, sizeof(in6->sin6_addr));
		k->local_port = ntohs(in6->sin6_port);
	} else if (a->ss_family == AF_INET) {
		memcpy(k->local, &in->sin_addr, sizeof(in->sin_addr));
		k->local_port = ntohs(in->sin_port);
	}
}

void sample_bound(struct lab *lab, const struct process *p,
	const struct held_fd *h)
{
	struct sockaddr_storage a = {0};
	socklen_t size = sizeof(a);
	int fd = copy_socket(p, h);

	if (fd < 0)
		return;
	if (!getsockname(fd, (struct sockaddr *)&a, &size))
		for (size_t i = 0; i < lab->nsockets; i++)
			if (lab->sockets[i].name == h->cookie)
				set_local(&lab->sockets[i].state, &a);
	close(fd);
}
