/* copy: our own descriptor of a socket that a process holds. */
#ifndef LAB_COPY_H
#define LAB_COPY_H

struct held_fd;
struct process;

/*
 * A copy of exactly that socket (pidfd_getfd(2)), for the caller to close, or
 * -errno: -EBADF when another thread has closed it meanwhile. It shall live for
 * a moment only: while it does, the process's own close is not the last one.
 * We may: the process is its own user's, and lies in a user namespace that
 * this user owns, or is our descendant.
 */
int copy_socket(const struct process *p, const struct held_fd *h);

#endif
