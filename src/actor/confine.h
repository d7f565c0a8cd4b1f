/* confine: an actor gives up what it does not need to make a learner's calls.
 */
#ifndef ACTOR_CONFINE_H
#define ACTOR_CONFINE_H

/* Descriptors that the actor keeps for itself, out of the learner's way. */
struct confined {
	int in, out;
};

/*
 * Limits; descriptors 0 and 1 moved to high numbers that an exec would close,
 * /dev/null in the place of 0, 1 and 2; no capability, now or through an exec;
 * no_new_privs; SIGPIPE ignored, SIGINT interrupting; death with the parent.
 * 0 or -errno.
 */
int confine(struct confined *out);

/* A copy of fd that closes on exec, with a number as high as can be had; -1
 * and errno. */
int confine_high(int fd);

#endif
