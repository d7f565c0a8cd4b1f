/*
 * Homes: a folder for each host, where its actors begin, so that what they make
 * there (a socket's path) is in nobody's way and is gone with the lab.
 *
 * In a lab with namespaces it is a tmpfs that is mounted nowhere: a descriptor
 * is all there is of it, and when the last one is closed, however that came
 * about, the folder is gone. In loopback mode it is a fresh folder, which the
 * builder removes at its end.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "base/intl.h"
#include "host/build.h"

#define WHAT "size=1m,nr_inodes=4096,mode=700"

int moment_mount(const char *options, const char **folder)
{
	static const char *const any[] = {"/tmp", "/mnt", "/run", "/home"};

	for (size_t i = 0; i < sizeof(any) / sizeof(*any); i++) {
		*folder = any[i];
		if (!mount("tomada", any[i], "tmpfs",
			    MS_NODEV | MS_NOEXEC | MS_NOSUID, options))
			return 0;
	}
	return -errno;
}

static int make_apart(void)
{
	const char *folder;
	int r = moment_mount(WHAT, &folder), fd;

	if (r)
		return r;
	fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	r = fd < 0 ? -errno : fd;
	umount2(folder, MNT_DETACH);
	return r;
}

static int make_in(const char *folder)
{
	char path[PATH_MAX];
	int fd;

	if (!folder || folder[0] != '/' ||
		snprintf(path, sizeof(path), "%s/tomada.XXXXXX", folder) >=
			(int)sizeof(path))
		return -ENOENT;
	if (!mkdtemp(path))
		return -errno;
	fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

int home_make(struct build *b)
{
	int r;

	if (!b->plan->loopback) {
		r = make_apart();
	} else {
		r = make_in(getenv("XDG_RUNTIME_DIR"));
		if (r < 0)
			r = make_in("/tmp");
	}
	if (r >= 0)
		return r;
	build_say(b, _("There is no folder for the hosts, actors stand where "
		"the lab was started: %s."), strerror(-r));
	return -1;
}

void home_done(int home)
{
	char link[32], path[PATH_MAX];
	struct dirent *e;
	ssize_t n;
	DIR *d;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", home);
	n = home < 0 ? -1 : readlink(link, path, sizeof(path) - 1);
	if (n < 0)
		return;
	path[n] = '\0';
	d = opendir(path);
	/* No call makes a folder: there are sockets, and what was renamed. */
	while (d && (e = readdir(d)))
		unlinkat(dirfd(d), e->d_name, 0);
	if (d)
		closedir(d);
	rmdir(path);
	close(home);
}
