/* place: files that came with the program, by where the program lies. */
#include "base/place.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool place_beside_program(char *out, size_t size, const char *relative)
{
	char program[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", program, sizeof(program) - 1);
	char *slash;

	if (n <= 0)
		return false;
	program[n] = '\0';
	slash = strrchr(program, '/');
	if (!slash)
		return false;
	*slash = '\0';
	n = snprintf(out, size, "%s/%s", program, relative);
	return n < (ssize_t)size && access(out, R_OK) == 0;
}
