/* vanish: a host is gone, as when its power fails. */
#ifndef LAB_VANISH_H
#define LAB_VANISH_H

struct lab;

/*
 * End all processes of a host and take its TCP sockets away, without a packet
 * where the kernel lets us: a connection that a process holds says nothing.
 * One that nobody holds any more (FIN_WAIT, or not yet accepted) is reset, so
 * the wire has to let nothing of that host by before this is called. The host
 * is as after a start then: whoever calls from it next is a new process.
 */
void vanish_host(struct lab *lab, int host);

#endif
