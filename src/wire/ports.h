/*
 * ports: the ends of the wire: for each host a TPACKET_V2 ring of frames that
 * it sent (its *tap*), and one of frames for it (its *door*). See
 * Documentation/networking/packet_mmap.rst.
 */
#ifndef WIRE_PORTS_H
#define WIRE_PORTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct port;

/* Map the rings of a tap and a door (AF_PACKET, bound). 0: the port owns both
 * and port_close closes them; -errno: they stay the caller's. The kernel waits
 * for milliseconds before it gives a socket a ring (synchronize_net): who opens
 * several may do it in threads. */
int port_open(struct port **out, int tap, int door);
void port_close(struct port *p);
int port_fd(const struct port *p); /* for poll: POLLIN */

/*
 * The next frame in the ring, borrowed until port_release, or NULL. Frames
 * longer than the ring's slot are given whole or not at all.
 */
const uint8_t *port_next(struct port *p, size_t *len);
void port_release(struct port *p);

/*
 * Frames for the host: any number is put, then all are pushed, in one system
 * call. Both give 0 or -errno. -EAGAIN of port_put: the ring is full, push;
 * -EMSGSIZE: the device takes no frame of that length. -ENOBUFS and -EAGAIN of
 * port_push: some are not taken yet, try again or forget them.
 */
int port_put(struct port *p, const uint8_t *frame, size_t len);
int port_push(struct port *p);

/* Take back what was not taken; how many frames that were. */
size_t port_forget(struct port *p);

/* Put one frame and push. When it is not taken it is forgotten: 0 or -errno
 * (-ENOBUFS, -EAGAIN: try again). */
int port_send(struct port *p, const uint8_t *frame, size_t len);

/* Frames that the kernel dropped because the ring was full, since last asked
 * (PACKET_STATISTICS). */
uint32_t port_drops(struct port *p);

#endif
