/* sendmsg and recvmsg with one SCM_RIGHTS control message (unix(7)). */
#include "base/fdpass.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/* Room for the descriptors, aligned as the kernel's headers want it. */
union control {
	struct cmsghdr head;
	char bytes[CMSG_SPACE(FDPASS_MAX * sizeof(int))];
};

int fdpass_send(int sock, const void *p, size_t n, const int *fd, int nfd)
{
	struct iovec part = {.iov_base = (void *)p, .iov_len = n};
	struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1};
	union control c;
	ssize_t sent;

	if (nfd < 0 || nfd > FDPASS_MAX)
		return -EINVAL;
	if (nfd > 0) {
		memset(&c, 0, sizeof(c));
		m.msg_control = c.bytes;
		m.msg_controllen = CMSG_SPACE(nfd * sizeof(int));
		c.head.cmsg_level = SOL_SOCKET;
		c.head.cmsg_type = SCM_RIGHTS;
		c.head.cmsg_len = CMSG_LEN(nfd * sizeof(int));
		memcpy(CMSG_DATA(&c.head), fd, nfd * sizeof(int));
	}
	do
		sent = sendmsg(sock, &m, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? -errno : 0;
}

/* Take the descriptors out of m: up to max into fd, the others are closed. */
static int take(struct msghdr *m, int *fd, int max)
{
	struct cmsghdr *c;
	int count = 0;

	for (c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
		size_t i, n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		for (i = 0; i < n; i++) {
			int one;

			memcpy(&one, CMSG_DATA(c) + i * sizeof(one),
				sizeof(one));
			if (count < max)
				fd[count++] = one;
			else
				close(one);
		}
	}
	return count;
}

long fdpass_recv(int sock, void *p, size_t n, int *fd, int *nfd)
{
	struct iovec part = {.iov_base = p, .iov_len = n};
	union control c;
	struct msghdr m = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = c.bytes,
		.msg_controllen = sizeof(c),
	};
	int max = *nfd;
	ssize_t got;

	*nfd = 0;
	do
		got = recvmsg(sock, &m, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return -errno;
	*nfd = take(&m, fd, max);
	if (m.msg_flags & MSG_TRUNC) {
		while (*nfd > 0)
			close(fd[--*nfd]);
		return -EMSGSIZE;
	}
	return got;
}
