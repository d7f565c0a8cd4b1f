/*
 * link: network devices, addresses, routes and neighbours by rtnetlink(7),
 * through libmnl. A socket acts on the network namespace it was opened in,
 * wherever its user stands. Of this room only. All return 0 or -errno.
 */
#ifndef HOST_LINK_H
#define HOST_LINK_H

#include <stdint.h>

struct mnl_socket;

int link_open(struct mnl_socket **out); /* close with mnl_socket_close */

/* A veth here, its other end in the namespace behind descriptor peer_ns. */
int link_make_veth(struct mnl_socket *nl, const char *name, const char *mac,
	uint32_t mtu, const char *peer, int peer_ns);

/* Set the flags given (IFF_*) and leave the others. */
int link_set_flags(struct mnl_socket *nl, const char *name, uint32_t flags);

/* Have the kernel give a device no IPv6 address by itself, and so say nothing
 * over it that nobody asked for. Before it is up. */
int link_keep_silent(struct mnl_socket *nl, const char *name);

/* An address of /bits. It makes no route: link_add_route does. */
int link_add_address(struct mnl_socket *nl, int index, int family,
	const char *address, int bits);

/* The route to an address's own network. rto_min: the shortest retransmission
 * time on it in ms, 0: the kernel's. */
int link_add_route(struct mnl_socket *nl, int index, int family,
	const char *address, int bits, uint32_t rto_min);

/* Who has an address, for good. */
int link_add_neighbour(struct mnl_socket *nl, int index, int family,
	const char *address, const char *mac);

#endif
