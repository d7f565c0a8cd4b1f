/*
 * lab: the live process.
 *
 * One epoll loop: wire, actors, sampling; the only writer of the journal.
 * src/README.md has the words it speaks: the control socket, still and
 * settled, the lines it writes.
 */
#ifndef LAB_LAB_H
#define LAB_LAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct lab_options {
	const char *journal;  /* path to create; NULL: a fresh one */
	int64_t limit;        /* bytes; 0: JOURNAL_LIMIT */
	bool real_clocks;     /* else slow, until a line says otherwise */
	bool loopback;        /* do not even try namespaces */
	const char *program;  /* an actor is this program with the argument
				 "actor", and in loopback mode the device
				 its sockets keep to; NULL: the one that
				 runs */
};

struct lab_started {
	int fd;               /* the control socket: for link_new */
	pid_t pid;
	char journal[4096];   /* its path */
};

/*
 * Fork the lab. 0 or -errno with why filled in. Its journal is there then; its
 * hosts are still being built, and lines sent to it wait for them. The lab ends
 * when fd is closed.
 */
int lab_start(const struct lab_options *o, struct lab_started *out, char *why,
	size_t size);

#endif
