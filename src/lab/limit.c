/*
 * limit: calls that wait, but only so long. Nothing needs to happen for them to
 * return, so that a lab where one waits is not settled.
 */
#include <sys/socket.h>
#include <unistd.h>

#include "lab/copy.h"
#include "lab/inside.h"

/* Whether a time is set for calls of that kind on the socket they work on. */
static bool option_limits(const struct process *p, const struct call *c)
{
	const struct call_row *row = c->line.row;
	const struct held_fd *h = holdings_fd(p, c->fd);
	int option = row->receives || row->result == RESULT_FD ? SO_RCVTIMEO :
		SO_SNDTIMEO;
	struct timeval t = {0};
	socklen_t size = sizeof(t);
	int fd = h && h->cookie ? copy_socket(p, h) : -1;

	if (fd < 0)
		return false;
	if (getsockopt(fd, SOL_SOCKET, option, &t, &size) < 0)
		t = (struct timeval){0};
	close(fd);
	return t.tv_sec || t.tv_usec;
}

bool lanes_limited(const struct lab *lab)
{
	for (const struct lane *l = lab->lanes; l; l = l->next)
		if (l->pending && (line_has_timeout(&l->pending->line) ||
				option_limits(l->process, l->pending)))
			return true;
	return false;
}
