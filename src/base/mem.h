/*
 * mem: memory that never fails.
 *
 * When there is none left the program ends: mem_out_hook runs first (the
 * screen restores the terminal in it), then one sentence goes to standard
 * error, then exit status 2.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

extern void (*mem_out_hook)(void); /* NULL until somebody sets it */

/* size bytes, zeroed; the caller frees with free(). size 0 gives a pointer. */
void *mem_zero(size_t size);

/* A copy of n bytes at p, with a NUL behind them that n does not count. */
void *mem_dup(const void *p, size_t n);

/* A copy of the string s; NULL gives NULL. */
char *mem_string(const char *s);

/*
 * Make room in an array: p holds *cap members of size bytes; afterwards it
 * holds at least need. New members are not cleared. Grows by half, so that
 * appending costs constant time. Returns the array, which may have moved.
 */
void *mem_grow(void *p, size_t *cap, size_t need, size_t size);

#endif
