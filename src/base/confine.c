/* Capabilities (capabilities(7)) and descriptors, given up once and for all. */
#include "base/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int confine_rights(void)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return -errno;
	for (int cap = 0; prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0; cap++)
		/* Refused to whoever has no rights: with no_new_privs there
		 * is no way to any then. */
		if (prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) && errno != EPERM)
			return -errno;
	/* The ambient ones go with the permitted: capabilities(7). */
	return syscall(SYS_capset, &head, none) ? -errno : 0;
}

int confine_descriptors(int *first, int *second)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	int a = fcntl(*first, F_DUPFD_CLOEXEC, 10);
	int b = fcntl(*second, F_DUPFD_CLOEXEC, 10);

	if (null < 0 || a < 0 || b < 0)
		return -errno;
	if (dup2(null, 0) < 0 || dup2(null, 1) < 0 ||
		dup3(a, 3, O_CLOEXEC) < 0 || dup3(b, 4, O_CLOEXEC) < 0)
		return -errno;
	closefrom(5);
	*first = 3;
	*second = 4;
	return 0;
}
