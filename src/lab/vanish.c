/*
 * A socket in repair mode (TCP_REPAIR, as those use it who move a connection
 * to another machine) is closed without a word. To switch that on we need
 * CAP_NET_ADMIN over the host's user namespace, and have it: it is ours.
 */
#include "lab/vanish.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "lab/copy.h"
#include "lab/inside.h"

#define DEATH_MS 1000

/* A listening socket has nobody to speak to, and is not asked. */
static void silence(const struct process *p)
{
	for (size_t i = 0; i < p->nfds; i++) {
		int fd, on = 1;

		if (!p->fds[i].cookie || p->fds[i].protocol != IPPROTO_TCP)
			continue;
		fd = copy_socket(p, &p->fds[i]);
		if (fd < 0)
			continue;
		setsockopt(fd, IPPROTO_TCP, TCP_REPAIR, &on, sizeof(on));
		close(fd);
	}
}

static void kill_and_wait(struct process *p)
{
	struct pollfd gone = {.fd = p->actor.pidfd, .events = POLLIN};

	process_signal(p, SIGKILL);
	poll(&gone, 1, DEATH_MS);
}

struct left {
	struct socket_state *socket;
	size_t n, cap;
};

static void note(const struct socket_state *s, void *arg)
{
	struct left *left = arg;

	left->socket = mem_grow(left->socket, &left->cap, left->n + 1,
		sizeof(*s));
	left->socket[left->n++] = *s;
}

/* What is left is nobody's. */
static void destroy_left(struct lab *lab, int host)
{
	struct left left = {0};

	if (!diag_dump(lab->ready.diag[host], IPPROTO_TCP, note, &left))
		for (size_t i = 0; i < left.n; i++)
			if (!left.socket[i].inode)
				diag_destroy(lab->ready.diag[host],
					&left.socket[i]);
	free(left.socket);
}

void vanish_host(struct lab *lab, int host)
{
	for (struct process *p = lab->processes; p; p = p->next)
		if (p->running && p->host == host)
			silence(p);
	for (struct process *p = lab->processes; p; p = p->next)
		if (p->running && p->host == host)
			kill_and_wait(p);
	if (!lab->plan.loopback)
		destroy_left(lab, host);
	lab_active(lab);
	still_soon(lab);
}
