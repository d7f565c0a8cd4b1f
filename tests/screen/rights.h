/* rights: tests that need frames are skipped where nobody may make the
 * namespaces they come from. Include behind cmocka.h. */
#ifndef TESTS_SCREEN_RIGHTS_H
#define TESTS_SCREEN_RIGHTS_H

#include <stdlib.h>

static inline void need_namespaces(void)
{
	if (system("unshare -Urn true 2>/dev/null") != 0) {
		print_message("Skipped: no right to make namespaces\n");
		skip();
	}
}

#endif
