/* pieces: struct iovec out of values. */
#include "call/pieces.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/mem.h"
#include "call/value.h"

static void pieces_init(struct pieces *p, size_t n)
{
	p->n = n;
	p->iov = mem_zero(n * sizeof(*p->iov));
	p->owned = mem_zero(n * sizeof(*p->owned));
}

void pieces_of_bytes(struct pieces *p, const struct value *v, size_t n)
{
	size_t i;

	pieces_init(p, n);
	for (i = 0; i < n; i++) {
		struct buf unrolled = {0};

		if (v[i].spelling == VALUE_REPEAT) {
			value_unroll(&unrolled, &v[i]);
			p->owned[i] = unrolled.data;
		}
		p->iov[i].iov_base = p->owned[i] ? (void *)p->owned[i] :
			v[i].bytes;
		p->iov[i].iov_len = value_size(&v[i]);
	}
}

void pieces_of_sizes(struct pieces *p, const struct value *v, size_t n)
{
	size_t i;

	pieces_init(p, n);
	for (i = 0; i < n; i++) {
		p->owned[i] = mem_zero((size_t)v[i].number);
		p->iov[i].iov_base = p->owned[i];
		p->iov[i].iov_len = (size_t)v[i].number;
	}
}

void pieces_done(struct pieces *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		free(p->owned[i]);
	free(p->owned);
	free(p->iov);
}

size_t pieces_size(const struct pieces *p)
{
	size_t size = 0, i;

	for (i = 0; i < p->n; i++)
		size += p->iov[i].iov_len;
	return size;
}

size_t pieces_given(int fd, ssize_t n, size_t room, bool trunc)
{
	int protocol = 0;
	socklen_t size = sizeof(protocol);

	/* one more call, which never waits, and only for who asks */
	if (trunc && getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol,
			&size) == 0 && protocol == IPPROTO_TCP)
		return 0;
	return (size_t)n < room ? (size_t)n : room;
}

void pieces_returned(struct value *record, ssize_t n)
{
	struct value returned = {0};

	value_of_number(&returned, n);
	value_add(record, "returned", &returned);
}

void pieces_add_bytes(struct value *record, const void *p, size_t n)
{
	struct value bytes = {0};

	value_of_bytes(&bytes, p, n);
	value_add(record, "bytes", &bytes);
}
