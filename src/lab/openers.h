/*
 * openers: who has a socket that no call told us of: a program (`run`), or the
 * C library within a call, as getaddrinfo does.
 */
#ifndef LAB_OPENERS_H
#define LAB_OPENERS_H

#include <stdint.h>

struct lab;
struct process;

/* Call each with every socket of every process that runs on a host. What a
 * program started is not looked at. */
void openers_each_socket(const struct lab *lab, int host,
	void (*each)(const struct process *p, int fd, uint64_t inode,
		void *arg), void *arg);

#endif
