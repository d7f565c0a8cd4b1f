/*
 * pump: bytes through a connection, and the time they took.
 *
 *   pump take PORT BYTES       accept one, read BYTES, print MB/s
 *   pump give HOST PORT BYTES  connect, write BYTES in 64 KiB pieces
 *   pump echo PORT             accept one, send back what comes
 *   pump ping HOST PORT TIMES  64-byte round trips; prints the median in µs
 *
 * HOST is an IPv4 address. Used on the lab's wire and on a bridge alike.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"

static char piece[65536];

static void die(const char *what)
{
	fprintf(stderr, "pump: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int take_one(int port)
{
	struct sockaddr_in a = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port)};
	int on = 1, ear = socket(AF_INET, SOCK_STREAM, 0), conn;

	setsockopt(ear, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(ear, (void *)&a, sizeof(a)) < 0 || listen(ear, 1) < 0)
		die("listen");
	conn = accept(ear, NULL, NULL);
	if (conn < 0)
		die("accept");
	setsockopt(conn, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return conn;
}

/* The other end may still be on its way: try for five seconds. */
static int reach(const char *host, int port)
{
	struct sockaddr_in a = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port)};
	int64_t until = clock_mono() + 5 * CLOCK_S;
	int on = 1, fd;

	inet_pton(AF_INET, host, &a.sin_addr);
	for (;;) {
		fd = socket(AF_INET, SOCK_STREAM, 0);
		if (connect(fd, (void *)&a, sizeof(a)) == 0)
			break;
		close(fd);
		if (clock_mono() > until)
			die("connect");
		usleep(2000);
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return fd;
}

static int take(int port, long long bytes)
{
	int fd = take_one(port);
	int64_t began = clock_mono();
	long long got = 0;
	ssize_t n;

	while (got < bytes && (n = read(fd, piece, sizeof(piece))) > 0)
		got += n;
	printf("%.0f\n",
		(double)got / 1e6 / ((double)(clock_mono() - began) / CLOCK_S));
	return got == bytes ? 0 : 1;
}

static int give(const char *host, int port, long long bytes)
{
	int fd = reach(host, port);
	char end;

	while (bytes > 0) {
		size_t want = bytes < (long long)sizeof(piece) ? (size_t)bytes
							       : sizeof(piece);
		ssize_t n = write(fd, piece, want);

		if (n < 0)
			die("write");
		bytes -= n;
	}
	shutdown(fd, SHUT_WR);
	return read(fd, &end, 1) == 0 ? 0 : 1;
}

static int echo(int port)
{
	int fd = take_one(port);
	ssize_t n;

	while ((n = read(fd, piece, sizeof(piece))) > 0)
		if (write(fd, piece, (size_t)n) != n)
			die("write");
	return 0;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int ping(const char *host, int port, int times)
{
	int fd = reach(host, port);
	double *us = calloc((size_t)times, sizeof(*us));

	for (int i = 0; i < times; i++) {
		int64_t began = clock_mono();
		size_t got = 0;

		if (write(fd, piece, 64) != 64)
			die("write");
		while (got < 64) {
			ssize_t n = read(fd, piece, 64 - got);

			if (n <= 0)
				die("read");
			got += (size_t)n;
		}
		us[i] = (double)(clock_mono() - began) / CLOCK_US;
	}
	qsort(us, (size_t)times, sizeof(*us), by_size);
	printf("%.1f\n", us[times / 2]);
	free(us);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && !strcmp(argv[1], "take"))
		return take(atoi(argv[2]), atoll(argv[3]));
	if (argc == 5 && !strcmp(argv[1], "give"))
		return give(argv[2], atoi(argv[3]), atoll(argv[4]));
	if (argc == 3 && !strcmp(argv[1], "echo"))
		return echo(atoi(argv[2]));
	if (argc == 5 && !strcmp(argv[1], "ping"))
		return ping(argv[2], atoi(argv[3]), atoi(argv[4]));
	fprintf(stderr, "usage: pump take|give|echo|ping …\n");
	return 2;
}
