/* kernel_address: an address of the notation as the kernel takes it, and back.
 */
#ifndef CALL_KERNEL_ADDRESS_H
#define CALL_KERNEL_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

struct value;

/* Longest path of a socket, and longest abstract name with its @. */
#define KERNEL_PATH_MOST 107

/* A numeric address; its size. `none` is AF_UNSPEC and nothing more. 0 when
 * it is no numeric address. */
socklen_t kernel_address(struct sockaddr_storage *to, const struct value *v);

/* Make v, which holds nothing yet, what the kernel gave: size bytes of it, 0
 * (or nothing but a family) when it gave none. */
void kernel_address_value(struct value *v,
	const struct sockaddr_storage *address, socklen_t size);

/* Whether the text of a host is an IPv4 or IPv6 address. */
bool kernel_address_is_host(const char *text);

#endif
