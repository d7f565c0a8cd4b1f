/*
 * actor: the child that makes the calls.
 *
 * One numbered line in, one system call, one line out (src/README.md, "The
 * actor's line").
 */
#ifndef ACTOR_ACTOR_H
#define ACTOR_ACTOR_H

/*
 * Be an actor: lines on descriptor 0, answers on descriptor 1, both moved out
 * of the way so that the first socket is 3. Drops every capability and sets
 * no_new_privs and limits first. With a device (NULL: none) its sockets speak
 * over that device and no other. Returns the exit status at the end of its
 * input.
 */
int actor_main(const char *device);

#endif
