/* confine: what a process of ours gives up before it does its work. */
#ifndef BASE_CONFINE_H
#define BASE_CONFINE_H

/*
 * Lose every capability for good, and set no_new_privs: an exec gives none
 * back, to root neither. 0 or -errno.
 */
int confine_rights(void);

/*
 * Keep two descriptors, which become 3 and 4 and close on exec, and standard
 * error (the sanitizers write there); 0 and 1 become /dev/null and all others
 * are closed. 0 or -errno.
 */
int confine_descriptors(int *first, int *second);

#endif
