/*
 * folder: where journals live, and which of them.
 *
 * A name is the time at which it was made, to the microsecond and in UTC, and
 * the process: 20261121-093000.250000-4711.pcapng. Names sort by age. Files
 * with other names are nobody's business.
 */
#include "journal/journal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

#define KEPT 9 /* and the fresh one: ten */

/* ---- the folder ---- */

/* Make every folder on the way to path. */
static int make_folders(char *path)
{
	for (char *p = path + 1; ; p++) {
		char at = *p;

		if (at != '/' && at != '\0')
			continue;
		*p = '\0';
		if (mkdir(path, 0700) < 0 && errno != EEXIST) {
			int r = -errno;

			*p = at;
			/* One that we may not write may be there all the
			 * same: only the last one must be ours. */
			if (at == '\0' || access(path, F_OK) < 0)
				return r;
		}
		*p = at;
		if (at == '\0')
			return access(path, W_OK | X_OK) < 0 ? -errno : 0;
	}
}

/* Try base/below; base must be an absolute path. */
static int try_folder(char *out, size_t size, const char *base,
	const char *below)
{
	int n;

	if (!base || base[0] != '/')
		return -ENOENT;
	n = snprintf(out, size, "%s/%s", base, below);
	if (n < 0 || (size_t)n >= size)
		return -ENAMETOOLONG;
	return make_folders(out);
}

int journal_folder(char *out, size_t size)
{
	struct stat st;
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	int r = -ENOENT;

	/* The runtime folder is made at login, never by us. */
	if (runtime && stat(runtime, &st) == 0)
		r = try_folder(out, size, runtime, "tomada");
	if (r < 0)
		r = try_folder(out, size, getenv("XDG_STATE_HOME"),
			"tomada/journals");
	if (r < 0)
		r = try_folder(out, size, getenv("HOME"),
			".local/state/tomada/journals");
	return r;
}

/* ---- the files ---- */

static int is_journal(const struct dirent *d)
{
	static const char shape[] = "dddddddd-dddddd.dddddd-";
	const char *p = d->d_name;

	for (size_t i = 0; shape[i]; i++, p++)
		if (shape[i] == 'd' ? *p < '0' || *p > '9' : *p != shape[i])
			return 0;
	p += strspn(p, "0123456789");
	return strcmp(p, ".pcapng") == 0;
}

/* Whether a process is writing the file. */
static bool is_written(int folder, const char *name)
{
	struct flock whole = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
	int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool written;

	if (fd < 0)
		return false;
	written = fcntl(fd, F_OFD_GETLK, &whole) == 0 &&
		whole.l_type != F_UNLCK;
	close(fd);
	return written;
}

/* Hand each journal of a folder to each(), the newest first, until it returns
 * false. */
static int each_journal(const char *folder,
	bool (*each)(int fd, const char *name, void *arg), void *arg)
{
	struct dirent **found = NULL;
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int n, r = 0;
	bool on = true;

	if (fd < 0)
		return -errno;
	n = scandirat(fd, ".", &found, is_journal, alphasort);
	if (n < 0)
		r = -errno;
	while (n-- > 0) {
		on = on && each(fd, found[n]->d_name, arg);
		free(found[n]);
	}
	free(found);
	close(fd);
	return r;
}

static bool keep_some(int fd, const char *name, void *arg)
{
	int *kept = arg;

	if (is_written(fd, name))
		return true;
	if (*kept < KEPT)
		++*kept;
	else
		unlinkat(fd, name, 0);
	return true;
}

int journal_fresh_path(char *out, size_t size)
{
	int64_t now = clock_wall();
	time_t seconds = (time_t)(now / CLOCK_S);
	struct tm tm;
	char stamp[32];
	size_t len;
	int n, kept = 0, r = journal_folder(out, size);

	if (r < 0)
		return r;
	r = each_journal(out, keep_some, &kept);
	if (r < 0)
		return r;
	gmtime_r(&seconds, &tm);
	strftime(stamp, sizeof(stamp), "%Y%m%d-%H%M%S", &tm);
	len = strlen(out);
	n = snprintf(out + len, size - len, "/%s.%06d-%ld.pcapng", stamp,
		(int)(now % CLOCK_S / CLOCK_US), (long)getpid());
	return n < 0 || (size_t)n >= size - len ? -ENAMETOOLONG : 0;
}

/* A look for the journals that are being written. */
struct living {
	char path[4096];
	size_t folder; /* bytes of it that are the folder's */
	bool (*each)(const char *path, void *arg);
	void *arg;
};

static bool tell_living(int fd, const char *name, void *arg)
{
	struct living *l = arg;
	size_t room = sizeof(l->path) - l->folder;

	if (!is_written(fd, name) || 1 + strlen(name) >= room)
		return true;
	snprintf(l->path + l->folder, room, "/%s", name);
	return l->each(l->path, l->arg);
}

int journal_each_live(bool (*each)(const char *path, void *arg), void *arg)
{
	struct living l = {.each = each, .arg = arg};
	char folder[sizeof(l.path)];
	int r = journal_folder(folder, sizeof(folder));

	if (r < 0)
		return r;
	l.folder = strlen(folder);
	memcpy(l.path, folder, l.folder);
	return each_journal(folder, tell_living, &l);
}

struct wanted {
	char *out;
	size_t size;
	bool found;
};

static bool take_first(const char *path, void *arg)
{
	struct wanted *w = arg;

	w->found = strlen(path) < w->size;
	if (w->found)
		strcpy(w->out, path);
	return false;
}

int journal_live_path(char *out, size_t size)
{
	struct wanted w = {.out = out, .size = size};
	int r = journal_each_live(take_first, &w);

	if (r < 0)
		return r;
	return w.found ? 0 : -ENOENT;
}
