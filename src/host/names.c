/*
 * Names: in the lab a name is asked of its own /etc/hosts, then of nobody.
 *
 * The files are made on a tmpfs that is mounted for a moment over a directory
 * that any machine has; each is bound over the machine's own, in our mount
 * namespace only, and stays when the tmpfs is taken off again.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "base/intl.h"
#include "host/build.h"

static const char *const moment[] = {"/tmp", "/mnt", "/run", "/home"};

static const char nsswitch[] =
	"passwd: files\n"
	"group: files\n"
	"hosts: files dns\n"
	"networks: files\n"
	"protocols: files\n"
	"services: files\n";

/* No server: and nobody listens on port 53 here, which is said at once. */
static const char resolver[] = "options timeout:1 attempts:1\n";

static void hosts_file(struct buf *b, const struct host_plan *p)
{
	buf_text(b, "127.0.0.1 localhost\n::1 localhost\n");
	for (int i = 0; i < p->hosts; i++)
		buf_printf(b, "%s %s\n", p->host[i].ipv4, p->host[i].name);
	for (int i = 0; i < p->hosts; i++)
		buf_printf(b, "%s %s\n", p->host[i].ipv6, p->host[i].name);
}

/* Cover one file with a text; one that is not there needs no cover. */
static int cover(const char *folder, const char *target, const char *text)
{
	char path[64];
	size_t n = strlen(text);
	int fd, r = 0;

	if (access(target, F_OK))
		return 0;
	snprintf(path, sizeof(path), "%s/%s", folder,
		strrchr(target, '/') + 1);
	fd = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0)
		return -errno;
	if (write(fd, text, n) != (ssize_t)n)
		r = -EIO;
	close(fd);
	if (!r && mount(path, target, NULL, MS_BIND, NULL))
		r = -errno;
	return r;
}

void names_cover(struct build *b)
{
	struct buf hosts = {0};
	const char *folder = NULL;
	int r = -ENOENT;

	hosts_file(&hosts, b->plan);
	const struct {
		const char *path, *text;
	} covers[] = {
		{"/etc/hosts", buf_str(&hosts)},
		{"/etc/nsswitch.conf", nsswitch},
		{"/etc/resolv.conf", resolver},
		/* They would answer from the real network. A file that is no
		 * socket refuses whoever connects. */
		{"/run/nscd/socket", ""},
		{"/run/systemd/resolve/io.systemd.Resolve", ""},
	};

	for (size_t i = 0; i < sizeof(moment) / sizeof(*moment) && r; i++) {
		r = mount("tomada", moment[i], "tmpfs", MS_NODEV | MS_NOEXEC,
			    "size=64k,mode=755")
			? -errno
			: 0;
		folder = moment[i];
	}
	if (r) {
		build_say(b, _("Names of hosts are the machine's own: %s."),
			strerror(-r));
		goto out;
	}
	for (size_t i = 0; i < sizeof(covers) / sizeof(*covers); i++) {
		r = cover(folder, covers[i].path, covers[i].text);
		if (r)
			build_say(b, _("%s is the machine's own: %s."),
				covers[i].path, strerror(-r));
	}
	umount2(folder, MNT_DETACH);
out:
	buf_done(&hosts);
}
