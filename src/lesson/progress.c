/* progress: the file that says how far the learner is (lesson/course.h). */
#include "lesson/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "lesson/course.h"
#include "lesson/lesson.h"
#include "lesson/load.h"
#include "lesson/player.h"

/* Of one line: "no-messages page 4 right 2 of 3 finished". */
struct entry {
	char name[48];
	int page, right, asked;
	bool finished;
};

static bool parse_entry(struct entry *e, const char *line)
{
	char last[16] = "";
	int n;

	memset(e, 0, sizeof(*e));
	n = sscanf(line, "%47s page %d right %d of %d %15s", e->name, &e->page,
		&e->right, &e->asked, last);
	e->finished = n == 5 && !strcmp(last, "finished");
	return (n == 4 || e->finished) && e->page > 0 && e->right >= 0 &&
		e->asked >= e->right;
}

static int progress_path(char *out, size_t size)
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");
	int n;

	if (state && *state == '/')
		n = snprintf(out, size, "%s/tomada/progress", state);
	else if (home && *home)
		n = snprintf(out, size, "%s/.local/state/tomada/progress",
			home);
	else
		return -ENOENT;
	return n < (int)size ? 0 : -ENAMETOOLONG;
}

static void read_all(struct buf *b)
{
	struct diag d = {0};
	char path[4096];

	if (!progress_path(path, sizeof(path)))
		load_file(b, path, &d); /* not there yet: nothing begun */
}

void progress_read(struct course *c)
{
	struct buf b = {0};
	char *line, *rest;

	read_all(&b);
	rest = b.data;
	while ((line = strsep(&rest, "\n"))) {
		struct entry e;

		if (!parse_entry(&e, line))
			continue;
		for (size_t i = 0; i < c->lessons; i++) {
			struct course_lesson *l = &c->lesson[i];

			if (strcmp(l->name, e.name))
				continue;
			l->reached = e.page < l->pages ? e.page : l->pages;
			l->finished = e.finished;
			l->right = e.right;
			l->asked = e.asked;
		}
	}
	buf_done(&b);
}

/* ---- writing ---- */

/* Make every folder above path, for nobody but us. */
static int make_folders(const char *path)
{
	char part[4096];

	for (const char *s = strchr(path + 1, '/'); s; s = strchr(s + 1, '/')) {
		snprintf(part, sizeof(part), "%.*s", (int)(s - path), path);
		if (mkdir(part, 0700) < 0 && errno != EEXIST)
			return -errno;
	}
	return 0;
}

/* The file's lines with that of one lesson changed, or added at the end. */
static void revise(struct buf *out, char *text, struct entry *now)
{
	char *line, *rest = text;
	struct buf kept = {0};

	while ((line = strsep(&rest, "\n"))) {
		struct entry e;

		if (parse_entry(&e, line) && !strcmp(e.name, now->name))
			now->finished = now->finished || e.finished;
		else if (*line || rest)
			buf_printf(&kept, "%s\n", line);
	}
	buf_add(out, buf_str(&kept), kept.len);
	buf_printf(out, "%s page %d right %d of %d%s\n", now->name, now->page,
		now->right, now->asked, now->finished ? " finished" : "");
	buf_done(&kept);
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

/* A fresh file beside it, then its name: who reads sees the old or the new. */
static int replace(const char *path, const struct buf *b)
{
	char fresh[4160];
	int error;
	int fd;

	snprintf(fresh, sizeof(fresh), "%s.XXXXXX", path);
	fd = mkostemp(fresh, O_CLOEXEC);
	if (fd < 0)
		return -errno;
	error = write_all(fd, buf_str(b), b->len);
	close(fd);
	if (!error && rename(fresh, path) < 0)
		error = -errno;
	if (error)
		unlink(fresh);
	return error;
}

int course_note(const char *lesson, int page, bool finished, int right,
	int asked)
{
	struct entry now = {.page = page, .right = right, .asked = asked,
		.finished = finished};
	struct buf old = {0}, fresh = {0};
	char path[4096];
	int error = progress_path(path, sizeof(path));

	if (strlen(lesson) >= sizeof(now.name))
		return -ENAMETOOLONG;
	snprintf(now.name, sizeof(now.name), "%s", lesson);
	if (!error)
		error = make_folders(path);
	if (error)
		return error;
	read_all(&old);
	revise(&fresh, old.data, &now);
	error = replace(path, &fresh);
	buf_done(&old);
	buf_done(&fresh);
	return error;
}

void course_follow(struct course_noted *n, const struct lesson *l,
	const struct player *p)
{
	size_t page = player_at_page(p) + 1;
	bool ended = player_state(p) == PLAYER_END;
	int right, asked;

	if (n->page == page && (n->ended || !ended))
		return;
	n->page = page;
	n->ended = ended;
	player_score(p, &right, &asked);
	(void)course_note(l->name, (int)page, ended, right, asked);
}
