/*
 * options: what the kernel made of the options of our sockets.
 *
 * An option is *fresh* when it has the value that the first socket of its kind
 * (family, type, protocol) had when it was made. What is not fresh is told:
 * `client: options cookie=4097 SO_RCVBUF=16384`. Some options *move*: the
 * kernel itself changes them as a connection goes on. They are told only once
 * somebody has set them on this socket, or on the one it was accepted from.
 */
#ifndef LAB_OPTIONS_H
#define LAB_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct call;
struct held_fd;
struct lab;
struct option_row;
struct process;
struct value;

/* A call of p returned, and what it made is known: look at the sockets whose
 * options it may have changed. */
void options_returned(struct lab *lab, struct process *p,
	const struct call *c);

/* What an option of a socket that p holds is now. False when it cannot be
 * read; v is untouched then. */
bool options_read(const struct process *p, const struct held_fd *h,
	const struct option_row *o, struct value *v);

/* The hosts are gone. */
void options_forget(struct lab *lab);

#endif
