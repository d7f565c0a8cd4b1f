/*
 * errno_name: the names of errors, from the C library's own table; and of what
 * getaddrinfo(3) gives, which are negative.
 */
#include "call/table.h"

#include <errno.h>
#include <netdb.h>
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

/* netdb.h; EAI_SYSTEM is not told, for errno says more. */
static const struct {
	const char *name;
	int number;
} lookup_error[] = {
	{"EAI_BADFLAGS", EAI_BADFLAGS},
	{"EAI_NONAME", EAI_NONAME},
	{"EAI_AGAIN", EAI_AGAIN},
	{"EAI_FAIL", EAI_FAIL},
	{"EAI_NODATA", EAI_NODATA},
	{"EAI_FAMILY", EAI_FAMILY},
	{"EAI_SOCKTYPE", EAI_SOCKTYPE},
	{"EAI_SERVICE", EAI_SERVICE},
	{"EAI_ADDRFAMILY", EAI_ADDRFAMILY},
	{"EAI_MEMORY", EAI_MEMORY},
	{"EAI_OVERFLOW", EAI_OVERFLOW},
};

#define LOOKUP_ERRORS (sizeof(lookup_error) / sizeof(lookup_error[0]))

const char *errno_name(int number)
{
	size_t i;

	if (number > 0)
		return strerrorname_np(number);
	for (i = 0; i < LOOKUP_ERRORS; i++)
		if (lookup_error[i].number == number)
			return lookup_error[i].name;
	return NULL;
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
	for (i = 0; i < LOOKUP_ERRORS; i++)
		if (strcmp(lookup_error[i].name, name) == 0)
			return lookup_error[i].number;
	return 0;
}

const char *errno_nearest(const char *name)
{
	struct nearest near;
	const char *known;
	size_t i;
	int n;

	nearest_init(&near, name);
	for (n = 1; n <= ERRNO_LAST; n++) {
		known = strerrorname_np(n);
		if (known)
			nearest_try(&near, known);
	}
	for (i = 0; i < LOOKUP_ERRORS; i++)
		nearest_try(&near, lookup_error[i].name);
	return near.word;
}

const char *errno_sentence(int number)
{
	return number < 0 ? gai_strerror(number) : strerror(number);
}
