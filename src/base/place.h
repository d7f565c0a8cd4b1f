/* place: files that came with the program. */
#ifndef BASE_PLACE_H
#define BASE_PLACE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Find a file or folder that lies at a path relative to the folder of the
 * running program ("../lessons"). True when it can be read; out then has its
 * whole path.
 */
bool place_beside_program(char *out, size_t size, const char *relative);

#endif
