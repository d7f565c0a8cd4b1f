/* journal_file: a folder of the test's own, and a journal's path in it. */
#ifndef JOURNAL_FILE_H
#define JOURNAL_FILE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64], path[128];

static inline int make_folder(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/tomada-test-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/j.pcapng", folder);
	return 0;
}

static inline int remove_folder(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

#endif
