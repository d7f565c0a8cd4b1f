/*
 * kernel_address: struct sockaddr_in, _in6 and _un; nothing is resolved.
 *
 * An abstract name of AF_UNIX is written with @ where the kernel has a NUL,
 * and ends where the size says; a path ends in a NUL.
 */
#include "call/kernel_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/un.h>

#include "call/value.h"

#define PATH_AT offsetof(struct sockaddr_un, sun_path)

static socklen_t unix_address(struct sockaddr_un *to, const char *text)
{
	size_t n = strnlen(text, KERNEL_PATH_MOST);

	to->sun_family = AF_UNIX;
	memcpy(to->sun_path, text, n);
	if (text[0] != '@')
		return (socklen_t)(PATH_AT + n + 1);
	to->sun_path[0] = '\0';
	return (socklen_t)(PATH_AT + n);
}

bool kernel_address_is_host(const char *text)
{
	uint8_t bytes[sizeof(struct in6_addr)];

	return inet_pton(AF_INET, text, bytes) == 1 ||
		inet_pton(AF_INET6, text, bytes) == 1;
}

socklen_t kernel_address(struct sockaddr_storage *to, const struct value *v)
{
	struct sockaddr_in *in = (void *)to;
	struct sockaddr_in6 *in6 = (void *)to;

	memset(to, 0, sizeof(*to));
	if (v->number == PORT_NONE)
		return sizeof(struct sockaddr);
	if (v->number == PORT_UNIX)
		return unix_address((void *)to, v->text);
	if (inet_pton(AF_INET, v->text, &in->sin_addr) == 1) {
		in->sin_family = AF_INET;
		in->sin_port = htons((uint16_t)v->number);
		return sizeof(*in);
	}
	if (inet_pton(AF_INET6, v->text, &in6->sin6_addr) == 1) {
		in6->sin6_family = AF_INET6;
		in6->sin6_port = htons((uint16_t)v->number);
		return sizeof(*in6);
	}
	return 0;
}

void kernel_address_value(struct value *v,
	const struct sockaddr_storage *address, socklen_t size)
{
	if (size <= PATH_AT || address->ss_family == AF_UNSPEC)
		value_of_no_address(v);
	else if (address->ss_family == AF_UNIX)
		value_of_unix(v, (const void *)address, size);
	else
		value_of_address(v, address);
}
