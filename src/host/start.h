/* start: a process that is the builder. Of this room only. */
#ifndef HOST_START_H
#define HOST_START_H

#include <sys/types.h>

struct host_plan;

/*
 * Fork a builder for the plan, in namespaces of its own unless it says
 * loopback; sock is its end of the socket. The process id, or -errno.
 */
pid_t start_builder(int sock, const struct host_plan *plan);

/* Builder pid is ready: remember what a later one needs. */
void start_remember(pid_t pid);

#endif
