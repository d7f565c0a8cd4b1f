/*
 * herd WAY WORKERS CONNECTIONS LEAST MOST: how many workers wake up for one
 * connection? So many processes wait for connections to one listener, each in
 * its own way:
 *
 *	accept     all of them sleep in accept(2)
 *	epoll      each sleeps in an epoll of its own, then accepts
 *	exclusive  the same, with EPOLLEXCLUSIVE
 *
 * Connections come one by one. Each time that a worker goes to sleep is a
 * voluntary context switch (getrusage(2)); their number tells how often one
 * woke up, also where epoll_wait(2) found nothing left and slept again without
 * telling anybody. EAGAINs of accept tell much less. Says the number; the end is 0
 * when it is between LEAST and MOST, 1 when it is not, 2 for an error.
 */
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORKERS_MOST 64

enum way { WAY_ACCEPT, WAY_EPOLL, WAY_EXCLUSIVE, WAY_NONE };

static const char *const ways[] = {"accept", "epoll", "exclusive"};

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static int listener(struct sockaddr_in *address, enum way way)
{
	int type = SOCK_STREAM | (way == WAY_ACCEPT ? 0 : SOCK_NONBLOCK);
	int ear = socket(AF_INET, type, 0);
	socklen_t size = sizeof(*address);

	*address = (struct sockaddr_in){.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	if (ear < 0 || bind(ear, (struct sockaddr *)address, size) ||
		listen(ear, 16) ||
		getsockname(ear, (struct sockaddr *)address, &size))
		die("herd: listen");
	return ear;
}

/* ---- a worker ---- */

static int interest(int ear, enum way way)
{
	struct epoll_event event = {.events = EPOLLIN |
		(way == WAY_EXCLUSIVE ? EPOLLEXCLUSIVE : 0)};
	int ep = epoll_create1(0);

	if (ep < 0 || epoll_ctl(ep, EPOLL_CTL_ADD, ear, &event))
		_exit(2);
	return ep;
}

/* Until the listener is shut down: then accept gives EINVAL. */
static void work(int ear, enum way way, int ready)
{
	int ep = way == WAY_ACCEPT ? -1 : interest(ear, way);
	struct epoll_event event;

	if (write(ready, "", 1) != 1)
		_exit(2);
	for (;;) {
		int conn;

		if (ep >= 0 && epoll_wait(ep, &event, 1, -1) < 0)
			_exit(2);
		conn = accept(ear, NULL, NULL);
		if (conn >= 0)
			close(conn);
		else if (errno == EINVAL)
			_exit(0);
		else if (errno != EAGAIN)
			_exit(2);
	}
}

static void begin(int ear, enum way way, int workers)
{
	int ready[2];
	char byte;

	if (pipe(ready))
		die("herd: pipe");
	for (int i = 0; i < workers; i++) {
		pid_t pid = fork();

		if (pid < 0)
			die("herd: fork");
		if (pid == 0)
			work(ear, way, ready[1]);
	}
	for (int i = 0; i < workers; i++)
		if (read(ready[0], &byte, 1) != 1)
			die("herd: read");
}

/* ---- the clients, one by one ---- */

/* Long enough for those who woke up in vain to sleep again. */
static void rest(void)
{
	struct timespec t = {.tv_nsec = 2000000};

	nanosleep(&t, NULL);
}

static void visit(const struct sockaddr_in *address)
{
	int s = socket(AF_INET, SOCK_STREAM, 0);
	char byte;

	if (s < 0 || connect(s, (const struct sockaddr *)address,
		sizeof(*address)))
		die("herd: connect");
	if (read(s, &byte, 1) != 0) /* closed by who accepted it */
		die("herd: read");
	close(s);
}

static long switches(int workers)
{
	struct rusage usage;
	int status;

	for (int i = 0; i < workers; i++)
		if (wait(&status) < 0 || status) {
			fprintf(stderr, "herd: a worker failed\n");
			exit(2);
		}
	getrusage(RUSAGE_CHILDREN, &usage);
	return usage.ru_nvcsw;
}

static enum way way_of(const char *word)
{
	int i = WAY_ACCEPT;

	while (i < WAY_NONE && strcmp(ways[i], word))
		i++;
	return i;
}

int main(int argc, char **argv)
{
	enum way way = argc == 6 ? way_of(argv[1]) : WAY_NONE;
	int workers = argc == 6 ? atoi(argv[2]) : 0;
	struct sockaddr_in address;
	long n;
	int ear;

	if (way == WAY_NONE || workers < 1 || workers > WORKERS_MOST) {
		fprintf(stderr, "herd accept|epoll|exclusive WORKERS "
			"CONNECTIONS LEAST MOST\n");
		return 2;
	}
	ear = listener(&address, way);
	begin(ear, way, workers);
	rest();
	for (int i = atoi(argv[3]); i > 0; i--) {
		visit(&address);
		rest();
	}
	if (shutdown(ear, SHUT_RDWR))
		die("herd: shutdown");
	n = switches(workers);
	printf("%s: %ld context switches\n", argv[1], n);
	return n < atol(argv[4]) || n > atol(argv[5]);
}
