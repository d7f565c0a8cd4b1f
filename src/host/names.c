/*
 * Names: in the lab a name is asked of its own /etc/hosts, then of nobody; or,
 * where a host of the lab answers for names, of that one.
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

#define SMALL "size=64k,mode=755"

static const char nsswitch[] =
	"passwd: files\n"
	"group: files\n"
	"hosts: files dns\n"
	"networks: files\n"
	"protocols: files\n"
	"services: files\n";

/* No server: and nobody listens on port 53 here, which is said at once. */
static const char resolver[] = "options timeout:1 attempts:1\n";

/* One question, asked once: what is lost stays lost, and is seen to be. With
 * slow clocks people hold the question while they think. */
#define PATIENCE_REAL 2
#define PATIENCE_SLOW 30

static void resolver_file(struct buf *b, const struct host_plan *p)
{
	buf_printf(b, "nameserver %s\noptions timeout:%d attempts:1\n",
		p->host[p->dns].ipv4, p->clocks == HOST_CLOCKS_SLOW
			? PATIENCE_SLOW : PATIENCE_REAL);
}

/* In place of one host's number. */
#define EVERYBODY HOST_MAX

static void hosts_file(struct buf *b, const struct host_plan *p, int who)
{
	buf_text(b, "127.0.0.1 localhost\n::1 localhost\n");
	for (int i = 0; i < p->hosts; i++)
		if (who == EVERYBODY || who == i)
			buf_printf(b, "%s %s\n", p->host[i].ipv4,
				p->host[i].name);
	for (int i = 0; i < p->hosts; i++)
		if (who == EVERYBODY || who == i)
			buf_printf(b, "%s %s\n", p->host[i].ipv6,
				p->host[i].name);
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

struct covering {
	const char *target, *text;
};

/* Cover all of them; what cannot be covered is said. */
static void cover_all(struct build *b, const struct covering *c, size_t n)
{
	const char *folder;
	int r = moment_mount(SMALL, &folder);

	if (r) {
		build_say(b, _("Names of hosts are the machine's own: %s."),
			strerror(-r));
		return;
	}
	for (; n--; c++) {
		r = cover(folder, c->target, c->text);
		if (r)
			build_say(b, _("%s is the machine's own: %s."),
				c->target, strerror(-r));
	}
	umount2(folder, MNT_DETACH);
}

void names_cover(struct build *b)
{
	struct buf hosts = {0};

	hosts_file(&hosts, b->plan, EVERYBODY);
	const struct covering covers[] = {
		{"/etc/hosts", buf_str(&hosts)},
		{"/etc/nsswitch.conf", nsswitch},
		{"/etc/resolv.conf", resolver},
		/* They would answer from the real network. A file that is no
		 * socket refuses whoever connects. */
		{"/run/nscd/socket", ""},
		{"/run/systemd/resolve/io.systemd.Resolve", ""},
	};

	cover_all(b, covers, sizeof(covers) / sizeof(*covers));
	buf_done(&hosts);
}

void names_cover_host(struct build *b, int host)
{
	struct buf hosts = {0}, asks = {0};

	hosts_file(&hosts, b->plan, host);
	resolver_file(&asks, b->plan);
	const struct covering covers[] = {
		{"/etc/hosts", buf_str(&hosts)},
		{"/etc/resolv.conf", buf_str(&asks)},
	};

	cover_all(b, covers, sizeof(covers) / sizeof(*covers));
	buf_done(&hosts);
	buf_done(&asks);
}
