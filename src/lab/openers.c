/* /proc/PID/fd (proc(5)): a link "socket:[INODE]" for each. */
#include "lab/openers.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lab/inside.h"

static void sockets_of(const struct process *p,
	void (*each)(const struct process *p, int fd, uint64_t inode,
		void *arg), void *arg)
{
	char text[64];
	struct dirent *e;
	uint64_t inode;
	ssize_t n;
	DIR *d;

	snprintf(text, sizeof(text), "/proc/%d/fd", (int)p->actor.pid);
	d = opendir(text);
	while (d && (e = readdir(d))) {
		n = readlinkat(dirfd(d), e->d_name, text, sizeof(text) - 1);
		text[n > 0 ? n : 0] = '\0';
		if (sscanf(text, "socket:[%" SCNu64 "]", &inode) == 1)
			each(p, atoi(e->d_name), inode, arg);
	}
	if (d)
		closedir(d);
}

void openers_each_socket(const struct lab *lab, int host,
	void (*each)(const struct process *p, int fd, uint64_t inode,
		void *arg), void *arg)
{
	for (const struct process *p = lab->processes; p; p = p->next)
		if (p->running && p->host == host)
			sockets_of(p, each, arg);
}
