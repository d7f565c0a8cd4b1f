/* screen_inside: what the files of screen share. */
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

int64_t screen_now(void); /* ms */

/* Take in what comes within ms. True when something came. */
bool screen_pump(struct screen *s, int64_t ms);

/* What a file of /proc that is named after a process says; false: nothing. */
bool screen_proc(const char *format, pid_t pid, char *text, size_t size);

#endif
