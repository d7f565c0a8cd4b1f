/*
 * diag: what the kernel says of a socket (sock_diag(7)), through libmnl.
 */
#ifndef HOST_DIAG_H
#define HOST_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The kernel reads these without a lock: in the very moment of a change old and
 * new may stand side by side (a timer's new kind with the old one's time). */
struct socket_state {
	uint8_t family, protocol;
	uint8_t state;              /* include/net/tcp_states.h, 1 … 12 */
	uint8_t timer, retransmits; /* idiag_timer, idiag_retrans */
	uint32_t timer_ms;          /* idiag_expires */
	uint8_t local[16], peer[16];
	uint16_t local_port, peer_port;
	uint32_t receive_queue, send_queue;
	uint32_t unsent;            /* tcpi_notsent_bytes: diag_again has it */
	uint32_t inode;             /* 0: no process has it */
	uint64_t cookie;            /* SO_COOKIE */
	/* Of AF_UNIX (protocol 0, type SOCK_…): the name it is bound to and
	 * its peer's: a path, "@name" when abstract, "" for none. */
	uint8_t type;
	char path[110], peer_path[110];
};

/* Call each with every socket of the namespace, TCP or UDP, both families, in
 * any state; unsent is not asked for and 0. 0 or -errno. */
int diag_dump(int fd, int protocol,
	void (*each)(const struct socket_state *s, void *arg), void *arg);

/* The same for AF_UNIX. */
int diag_dump_unix(int fd,
	void (*each)(const struct socket_state *s, void *arg), void *arg);

/*
 * Ask once more for one TCP socket of a dump (its family, ends and cookie),
 * with what a dump leaves out. 1 and *s is what it is now, 0 when there is none
 * any more, or -errno.
 */
int diag_again(int fd, struct socket_state *s);

/* Take a TCP socket of a dump away from whoever has it: calls on it give
 * ECONNABORTED. A connection is reset: its peer is told, where the wire lets
 * that by. 0 or -errno (-EOPNOTSUPP: not in this kernel). */
int diag_destroy(int fd, const struct socket_state *s);

#endif
