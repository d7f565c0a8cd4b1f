/* write: takes of a journal, and their programs as files. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/intl.h"
#include "export/inside.h"

int export_language(const char *name, enum export_language *out)
{
	if (!strcmp(name, "python"))
		*out = EXPORT_PYTHON;
	else if (!strcmp(name, "c"))
		*out = EXPORT_C;
	else
		return -EINVAL;
	return 0;
}

/* ---- takes ---- */

/* The take of a call, with its number among those that have calls. */
static const struct scene_take *take_numbered(const struct scene *s,
	unsigned number, unsigned *takes)
{
	const struct scene_take *found = NULL, *last = NULL;

	*takes = 0;
	for (uint32_t i = 0; i < scene_calls(s); i++) {
		const struct scene_take *t = scene_take(s,
			scene_call(s, i)->entered + 1);

		if (t != last)
			++*takes;
		last = t;
		if (*takes == number || !number)
			found = t;
	}
	return found;
}

unsigned export_takes(const struct scene *s)
{
	unsigned takes;

	take_numbered(s, 0, &takes);
	return takes;
}

uint32_t export_take(const struct scene *s, unsigned number)
{
	unsigned takes;
	const struct scene_take *t = take_numbered(s, number, &takes);
	uint32_t low, high = scene_now(s) + 1;

	if (!t)
		return SCENE_NONE;
	for (low = t->begin + 1; high - low > 1; ) {
		uint32_t middle = low + (high - low) / 2;

		if (scene_take(s, middle) == t)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* ---- programs ---- */

size_t run_starting(const struct run *r, uint32_t *out)
{
	size_t n = 0;

	for (uint32_t pass = 0; pass < 2; pass++)
		for (uint32_t i = 0; i < r->programs; i++)
			if (program_top(r, i) == i &&
				(i == r->first) == !pass)
				out[n++] = i;
	return n;
}

static int refuse(char *why, size_t size, int e, const char *path)
{
	snprintf(why, size, "%s: %s", path, strerror(-e));
	return e;
}

/* Write one file that is not there yet. */
static int write_file(int folder, const char *name, const struct buf *text)
{
	int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
		text->data[0] == '#' && text->data[1] == '!' ? 0777 : 0666);
	size_t done = 0;
	int e = 0;

	if (fd < 0)
		return -errno;
	while (done < text->len && !e) {
		ssize_t n = write(fd, text->data + done, text->len - done);

		if (n < 0 && errno != EINTR)
			e = -errno;
		else if (n > 0)
			done += (size_t)n;
	}
	if (close(fd) < 0 && !e)
		e = -errno;
	if (e)
		unlinkat(folder, name, 0);
	return e;
}

/* All of them, or none. */
static int write_files(const char *path, const struct export_written *out,
	const struct buf *text, char *why, size_t size)
{
	bool made = mkdir(path, 0777) == 0;
	int e = 0, i, folder;
	char file[4200];

	if (!made && errno != EEXIST)
		return refuse(why, size, -errno, path);
	folder = open(path, O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		return refuse(why, size, -errno, path);
	for (i = 0; i < out->n && !e; i++)
		e = write_file(folder, out->name[i], &text[i]);
	if (e) {
		snprintf(file, sizeof(file), "%s/%s", path, out->name[i - 1]);
		if (e == -EEXIST)
			snprintf(why, size, _("%s is there already; it is "
				"not written over"), file);
		else
			refuse(why, size, e, file);
		while (--i > 0)
			unlinkat(folder, out->name[i - 1], 0);
	}
	close(folder);
	if (e && made)
		rmdir(path);
	return e;
}

static int write_programs(struct run *r, enum export_language to,
	const char *folder, struct export_written *out)
{
	uint32_t start[EXPORT_PROGRAMS];
	struct buf text[EXPORT_PROGRAMS] = {{0}};
	int e = 0;

	out->n = (int)run_starting(r, start);
	for (int i = 0; i < out->n && !e; i++) {
		const struct program *p = &r->program[start[i]];

		snprintf(out->name[i], sizeof(out->name[i]), "%s.%s", p->lane,
			to == EXPORT_C ? "c" : "py");
		e = to == EXPORT_C ? c_program(r, p, &text[i]) :
			python_program(r, p, &text[i]);
	}
	if (!e)
		e = write_files(folder, out, text, r->why, r->size);
	for (int i = 0; i < out->n; i++)
		buf_done(&text[i]);
	if (e)
		out->n = 0;
	return e;
}

int export_write(struct scene *s, uint32_t position, enum export_language to,
	const char *folder, struct export_written *out, char *why,
	size_t size)
{
	struct run r = {.why = why, .size = size};
	int e;

	memset(out, 0, sizeof(*out));
	*why = '\0';
	e = run_read(&r, s, position);
	if (!e)
		e = run_name(&r);
	if (!e)
		e = run_order(&r);
	if (!e)
		run_share(&r);
	if (!e)
		e = write_programs(&r, to, folder, out);
	run_done(&r);
	return e;
}
