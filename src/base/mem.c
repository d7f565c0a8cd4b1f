/* mem: the C library's memory, and what happens when it has none. */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void (*mem_out_hook)(void);

static void out_of_memory(void)
{
	static const char sentence[] =
		"tomada: out of memory; what the journal holds is safe\n";

	if (mem_out_hook)
		mem_out_hook();
	/* When even this fails there is nobody left to tell. */
	(void)!write(STDERR_FILENO, sentence, sizeof(sentence) - 1);
	_exit(2);
}

void *mem_zero(size_t size)
{
	void *p = calloc(1, size ? size : 1);

	if (!p)
		out_of_memory();
	return p;
}

void *mem_dup(const void *p, size_t n)
{
	char *copy = mem_zero(n + 1);

	if (n)
		memcpy(copy, p, n);
	return copy;
}

char *mem_string(const char *s)
{
	return s ? mem_dup(s, strlen(s)) : NULL;
}

void *mem_grow(void *p, size_t *cap, size_t need, size_t size)
{
	size_t more = *cap + *cap / 2 + 8;

	if (need <= *cap)
		return p;
	if (more < need)
		more = need;
	if (more > SIZE_MAX / size)
		out_of_memory();
	p = realloc(p, more * size);
	if (!p)
		out_of_memory();
	*cap = more;
	return p;
}
