/* process: what the kernel says of a process. */
#ifndef LAB_PROCESS_H
#define LAB_PROCESS_H

#include <sys/types.h>

/* Its state letter in /proc/PID/stat (proc(5)), 0 when there is no such
 * process; *cpu is where it ran last, or -1. */
char process_state(pid_t pid, int *cpu);

#endif
