/*
 * progress_file: the learner's file in the file system.
 *
 * Who changes it holds a lock on its folder (flock(2), which ends with the
 * process), so the fresh file can have one name and what a kill left of it is
 * overwritten by the next. A file that is a link to another place (in a folder
 * that somebody keeps in a repository) is replaced there.
 */
#include "lesson/progress_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "lesson/lesson.h"
#include "lesson/load.h"

/* Somebody who writes is done in a few ms; one who is stopped meanwhile must
 * not stop us. */
#define TRIES 50
#define PAUSE_MS 5

/* ---- where ---- */

static int file_path(char out[PATH_MAX])
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");
	int n;

	if (state && *state == '/')
		n = snprintf(out, PATH_MAX, "%s/tomada/progress", state);
	else if (home && *home)
		n = snprintf(out, PATH_MAX, "%s/.local/state/tomada/progress",
			home);
	else
		return -ENOENT;
	return n < PATH_MAX ? 0 : -ENAMETOOLONG;
}

/* Make every folder above path, for nobody but us. */
static int make_folders(const char *path)
{
	char part[PATH_MAX];

	for (const char *s = strchr(path + 1, '/'); s; s = strchr(s + 1, '/')) {
		snprintf(part, sizeof(part), "%.*s", (int)(s - path), path);
		if (mkdir(part, 0700) < 0 && errno != EEXIST)
			return -errno;
	}
	return 0;
}

/* ---- reading ---- */

static int read_at(struct buf *b, const char *path)
{
	struct diag d = {0};
	int error = load_file(b, path, &d);

	if (error == -ENOENT)
		return 0;
	return !error && b->len > LESSON_BYTES ? -EFBIG : error;
}

int progress_file_read(struct buf *b)
{
	char path[PATH_MAX];
	int error = file_path(path);

	return error ? error : read_at(b, path);
}

/* ---- replacing ---- */

/* The folder of a path, locked: a descriptor, or -errno. */
static int lock_folder(const char *path)
{
	const struct timespec pause = {0, PAUSE_MS * 1000000L};
	char folder[PATH_MAX];
	int fd, error = 0;

	snprintf(folder, sizeof(folder), "%.*s",
		(int)(strrchr(path, '/') - path), path);
	fd = open(folder[0] ? folder : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	for (int i = 0; i < TRIES; i++) {
		error = flock(fd, LOCK_EX | LOCK_NB) < 0 ? -errno : 0;
		if (error != -EWOULDBLOCK && error != -EINTR)
			break;
		nanosleep(&pause, NULL);
	}
	/* A file system without locks: the renaming has to do. */
	if (error != -EWOULDBLOCK && error != -EINTR)
		return fd;
	close(fd);
	return -EAGAIN;
}

static int write_all(int fd, const char *s, size_t n)
{
	while (n) {
		ssize_t done = write(fd, s, n);

		if (done < 0 && errno != EINTR)
			return -errno;
		if (done > 0) {
			s += done;
			n -= (size_t)done;
		}
	}
	return fsync(fd) < 0 ? -errno : 0;
}

/* Beside it, then in its place: who reads sees the old or the new. */
static int replace(int folder, const char *path, const struct buf *b)
{
	const char *name = strrchr(path, '/') + 1;
	char fresh[NAME_MAX + 8];
	int fd, error;

	snprintf(fresh, sizeof(fresh), "%s.new", name);
	fd = openat(folder, fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC |
		O_NOFOLLOW, 0600);
	if (fd < 0)
		return -errno;
	error = write_all(fd, buf_str(b), b->len);
	if (close(fd) < 0 && !error)
		error = -errno;
	if (!error && renameat(folder, fresh, folder, name) < 0)
		error = -errno;
	if (error)
		unlinkat(folder, fresh, 0);
	else
		fsync(folder); /* it is in place; the disk may know it later */
	return error;
}

int progress_file_change(void (*revise)(struct buf *fresh,
	const struct buf *text, void *arg), void *arg)
{
	struct buf text = {0}, fresh = {0};
	char told[PATH_MAX], path[PATH_MAX];
	int folder, error = file_path(told);

	if (!error)
		error = make_folders(told);
	if (error)
		return error;
	if (!realpath(told, path))
		memcpy(path, told, sizeof(path));
	folder = lock_folder(path);
	if (folder < 0)
		return folder;
	error = read_at(&text, path);
	if (!error) {
		revise(&fresh, &text, arg);
		error = replace(folder, path, &fresh);
	}
	close(folder);
	buf_done(&text);
	buf_done(&fresh);
	return error;
}
