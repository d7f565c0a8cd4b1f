/* sample_line: the `state` line of a socket. Of sample.c only, and of who asks
 * what a state means. */
#ifndef LAB_SAMPLE_LINE_H
#define LAB_SAMPLE_LINE_H

#include <stdbool.h>
#include <stdint.h>

struct lab;
struct process;
struct socket_seen;

/* idiag_timer (linux/inet_diag.h). */
enum sample_timer {
	SAMPLE_TIMER_NONE,
	SAMPLE_TIMER_RETRANSMIT,
	SAMPLE_TIMER_KEEPALIVE,
	SAMPLE_TIMER_TIMEWAIT,
	SAMPLE_TIMER_PROBE,
};

#define SAMPLE_UNKNOWN UINT32_MAX /* the unsent bytes of who was not asked */

/* Whether the kernel counts the unsent bytes of a TCP socket in this state. */
bool sample_has_unsent(int state);

/* Write what s is, when it differs from what was written last. p holds it as
 * fd, or NULL. */
void sample_tell(struct lab *lab, struct socket_seen *s,
	const struct process *p, int64_t fd);
void sample_tell_gone(struct lab *lab, const struct socket_seen *s);

#endif
