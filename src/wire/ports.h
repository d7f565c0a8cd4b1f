/*
 * ports: the ends of the wire: a TPACKET_V2 ring for each host's tap
 * (Documentation/networking/packet_mmap.rst).
 */
#ifndef WIRE_PORTS_H
#define WIRE_PORTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct port;

/* Map the ring of a tap (AF_PACKET, bound). 0: the port owns the tap and
 * port_close closes it; -errno: it stays the caller's. The kernel waits for
 * milliseconds before it gives a socket a ring (synchronize_net): who opens
 * several may do it in threads. */
int port_open(struct port **out, int tap);
void port_close(struct port *p);
int port_fd(const struct port *p); /* for poll: POLLIN */

/*
 * The next frame in the ring, borrowed until port_release, or NULL. Frames
 * longer than the ring's slot are given whole or not at all.
 */
const uint8_t *port_next(struct port *p, size_t *len);
void port_release(struct port *p);

/* Send a frame to the host. 0 or -errno (-ENOBUFS, -EAGAIN: try again). */
int port_send(struct port *p, const uint8_t *frame, size_t len);

/* Frames that the kernel dropped because the ring was full, since last asked
 * (PACKET_STATISTICS). */
uint32_t port_drops(struct port *p);

#endif
