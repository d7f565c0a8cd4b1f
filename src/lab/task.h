/*
 * task: what the kernel says of a process and its threads (proc(5)).
 *
 * Thread 1 is the main one. An actor's thread for lane `server/2` is called
 * "thread 2". Those that are neither serve all: they read lines and hand them
 * over.
 */
#ifndef LAB_TASK_H
#define LAB_TASK_H

#include <sched.h>
#include <sys/types.h>

#define TASK_ALL 0

/*
 * The state letter of a thread and of those that serve it: 'S' when all of
 * them sleep, 'T' when all are stopped, 'R' when they differ or one does
 * anything else, 0 when there is no such process. Where they ran last is added
 * to *ran (NULL: not asked). thread TASK_ALL: all there are.
 */
char task_state(pid_t pid, int thread, cpu_set_t *ran);

/* The thread's own id, or pid when none has its name. */
pid_t task_find(pid_t pid, int thread);

#endif
