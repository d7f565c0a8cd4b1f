/* load: find a lesson's file, read it, parse it. */
#include <errno.h>
#include <fcntl.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "lesson/course.h"
#include "lesson/lesson.h"
#include "lesson/load.h"

/* The path a diag points to, until the next load. */
static char path_told[4096];

static int wrong_path(struct diag *d, const char *path, int error,
	const char *sentence)
{
	snprintf(path_told, sizeof(path_told), "%s", path);
	d->file = path_told;
	d->line = 0;
	diag_set(d, 0, sentence, strerror(-error));
	return error;
}

int load_file(struct buf *b, const char *path, struct diag *d)
{
	char piece[16384];
	struct stat st;
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return wrong_path(d, path, -errno, _("cannot be opened: %s"));
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return wrong_path(d, path, -EINVAL, _("is not a file"));
	}
	while ((n = read(fd, piece, sizeof(piece))) > 0 &&
			b->len <= LESSON_BYTES)
		buf_add(b, piece, (size_t)n);
	if (n < 0)
		n = -errno;
	close(fd);
	return n < 0 ? wrong_path(d, path, (int)n, _("cannot be read: %s")) : 0;
}

static bool ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && !strcmp(s + n - m, end);
}

bool load_is_file(const char *name_or_file)
{
	return strchr(name_or_file, '/') || ends_in(name_or_file, ".md") ||
		ends_in(name_or_file, ".lab");
}

bool load_is_script(const char *name_or_file)
{
	return ends_in(name_or_file, ".lab");
}

static int load_path(struct lesson **out, const char *path, int round,
	struct diag *d)
{
	struct buf b = {0};
	int error = load_file(&b, path, d);

	if (!error) {
		snprintf(path_told, sizeof(path_told), "%s", path);
		error = load_is_script(path)
			? lesson_parse_script(out, path_told, buf_str(&b),
				b.len, d)
			: lesson_parse_round(out, path_told, buf_str(&b),
				b.len, round, d);
	}
	buf_done(&b);
	return error;
}

/* LANGUAGE.md in the lesson's folder, else a sister (pt_PT reads pt_BR), else
 * English. False when there is none of them. */
static bool find_language(char *path, size_t size, const char *folder,
	const char *language)
{
	struct dirent *e;
	DIR *dir;
	bool found = false;

	snprintf(path, size, "%s/%s.md", folder, language);
	if (!access(path, R_OK))
		return true;
	dir = opendir(folder);
	while (dir && !found && (e = readdir(dir)))
		if (strlen(language) >= 2 && ends_in(e->d_name, ".md") &&
				!strncmp(e->d_name, language, 2)) {
			snprintf(path, size, "%s/%s", folder, e->d_name);
			found = true;
		}
	if (dir)
		closedir(dir);
	if (found)
		return true;
	snprintf(path, size, "%s/en.md", folder);
	return !access(path, R_OK);
}

int lesson_load(struct lesson **out, const char *name_or_file,
	const char *language, struct diag *d)
{
	return lesson_load_round(out, name_or_file, language, 0, d);
}

int lesson_load_round(struct lesson **out, const char *name_or_file,
	const char *language, int round, struct diag *d)
{
	char folder[3072], path[4096];

	*out = NULL;
	if (load_is_file(name_or_file))
		return load_path(out, name_or_file, round, d);
	snprintf(folder, sizeof(folder), "%s/%s", course_folder(),
		name_or_file);
	if (find_language(path, sizeof(path), folder, language))
		return load_path(out, path, round, d);
	return wrong_path(d, name_or_file, -ENOENT,
		_("there is no lesson of this name; tomada lesson --list "
			"names them"));
}
