/* fdpass: a message with descriptors over a Unix socket (unix(7), SCM_RIGHTS).
 */
#ifndef BASE_FDPASS_H
#define BASE_FDPASS_H

#include <stddef.h>

#define FDPASS_MAX 16

/* Send n bytes (at least one) with nfd descriptors (at most FDPASS_MAX). 0 or
 * -errno. Neither this nor fdpass_recv is ended by a signal (EINTR). */
int fdpass_send(int sock, const void *p, size_t n, const int *fd, int nfd);

/*
 * Receive one message of at most n bytes into p. Descriptors arrive with
 * close-on-exec set, at most *nfd of them into fd; *nfd becomes their number.
 * More descriptors than asked for are closed. Returns the bytes, 0 when the
 * other end is closed, or -errno (-EMSGSIZE: the message was longer than n; it
 * is gone, its descriptors are closed).
 */
long fdpass_recv(int sock, void *p, size_t n, int *fd, int *nfd);

#endif
