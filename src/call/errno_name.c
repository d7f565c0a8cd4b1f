/* errno_name: the names of errors, from the C library's own table. */
#include "call/table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "call/nearest.h"

/* Linux's numbers end at 133 (EHWPOISON); a few more do no harm. */
#define ERRNO_LAST 160

/* Second names of a number that strerrorname_np has under another. */
static const struct {
	const char *name;
	int number;
} second_name[] = {
	{"EWOULDBLOCK", EWOULDBLOCK},
	{"ENOTSUP", ENOTSUP},
	{"EDEADLOCK", EDEADLOCK},
};

#define SECOND_NAMES (sizeof(second_name) / sizeof(second_name[0]))

const char *errno_name(int number)
{
	return number > 0 ? strerrorname_np(number) : NULL;
}

int errno_number(const char *name)
{
	const char *known;
	size_t i;
	int n;

	if (name[0] != 'E')
		return 0;
	for (n = 1; n <= ERRNO_LAST; n++) {
		known = strerrorname_np(n);
		if (known && strcmp(known, name) == 0)
			return n;
	}
	for (i = 0; i < SECOND_NAMES; i++)
		if (strcmp(second_name[i].name, name) == 0)
			return second_name[i].number;
	return 0;
}

const char *errno_nearest(const char *name)
{
	struct nearest near;
	const char *known;
	int n;

	nearest_init(&near, name);
	for (n = 1; n <= ERRNO_LAST; n++) {
		known = strerrorname_np(n);
		if (known)
			nearest_try(&near, known);
	}
	return near.word;
}

const char *errno_sentence(int number)
{
	return strerror(number);
}
