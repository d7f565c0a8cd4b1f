/* Through the pidfd of the process that holds it. */
#include "lab/copy.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lab/inside.h"

int copy_socket(const struct process *p, const struct held_fd *h)
{
	uint64_t cookie = 0;
	socklen_t size = sizeof(cookie);
	int fd;

	if (!p->running)
		return -ESRCH;
	fd = (int)syscall(SYS_pidfd_getfd, p->actor.pidfd, (int)h->fd, 0);
	if (fd < 0)
		return -errno;
	if (getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &size) ||
		cookie != h->cookie) {
		close(fd);
		return -EBADF;
	}
	return fd;
}
