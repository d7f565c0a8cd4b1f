/* screen_inside: what screen.c and screen_look.c share. */
#ifndef TESTS_SCREEN_SCREEN_INSIDE_H
#define TESTS_SCREEN_SCREEN_INSIDE_H

#include "screen.h"

#include <vterm.h>

struct screen {
	VTerm *vt;
	VTermScreen *seen;
	int master, slave, control; /* slave is kept open to read its modes */
	pid_t shell, program;
	bool stopped, ended, blocked;
	int status;
	bool alternate, cursor, titled;
	int mouse, bells;
	struct termios first;
	char *raw;
	size_t raw_len, raw_cap;
};

#endif
