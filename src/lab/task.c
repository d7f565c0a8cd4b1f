/* task: files of /proc, taken apart. */
#include "lab/task.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIELD_CPU 39
#define PATH 64
#define NAMED "thread "

/* A line of /proc/…/stat. */
struct stat_line {
	char name[64];
	char state;
	int cpu;        /* it ran there last, or -1 */
};

/* What a small file holds, as a string: its length, or -1. */
static ssize_t read_file(const char *path, char *out, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -1;
	n = read(fd, out, size - 1);
	close(fd);
	out[n > 0 ? n : 0] = '\0';
	return n;
}

/* The field of that number; state is field 3 and stands at p. */
static const char *field(const char *p, int number)
{
	for (int i = 3; i < number && p; i++) {
		p = strchr(p, ' ');
		p = p ? p + 1 : NULL;
	}
	return p;
}

static bool read_stat(const char *path, struct stat_line *s)
{
	char text[1024], *open_name, *end;
	const char *p;

	if (read_file(path, text, sizeof(text)) <= 0)
		return false;
	/* The name, field 2, is in parentheses and may hold anything. */
	open_name = strchr(text, '(');
	end = strrchr(text, ')');
	if (!open_name || !end || end[1] != ' ')
		return false;
	snprintf(s->name, sizeof(s->name), "%.*s",
		(int)(end - open_name - 1), open_name + 1);
	s->state = end[2];
	p = field(end + 2, FIELD_CPU);
	s->cpu = p ? atoi(p) : -1;
	return true;
}

/* The next number among the names of a folder, or 0. */
static pid_t next_number(DIR *d)
{
	struct dirent *e;

	while ((e = readdir(d)))
		if (isdigit((unsigned char)e->d_name[0]))
			return atoi(e->d_name);
	return 0;
}

static DIR *open_tasks(pid_t pid)
{
	char path[PATH];

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	return opendir(path);
}

static bool read_task(pid_t pid, pid_t tid, struct stat_line *s)
{
	char path[PATH];

	snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", (int)pid,
		(int)tid);
	return read_stat(path, s);
}

static bool has_number(const struct stat_line *s)
{
	return !strncmp(s->name, NAMED, sizeof(NAMED) - 1);
}

/* Whether a task is the one that makes the calls of a thread. */
static bool is_thread(pid_t pid, pid_t tid, const struct stat_line *s,
	int thread)
{
	if (thread == 1 || tid == pid)
		return thread == 1 && tid == pid;
	return has_number(s) && atoi(s->name + sizeof(NAMED) - 1) == thread;
}

/* Of several tasks, each in its state, one that stands for all. */
static char join(char all, char one)
{
	if (one != 'S' && one != 'T')
		return 'R';
	return !all || all == one ? one : 'R';
}

static void note(const struct stat_line *s, char *state, cpu_set_t *ran)
{
	*state = join(*state, s->state);
	if (ran && s->cpu >= 0)
		CPU_SET(s->cpu, ran);
}

char task_state(pid_t pid, int thread, cpu_set_t *ran)
{
	DIR *d = open_tasks(pid);
	struct stat_line s;
	pid_t tid, own = 0;
	char state = 0;

	if (!d)
		return 0;
	while ((tid = next_number(d))) {
		if (!read_task(pid, tid, &s))
			continue;
		if (thread != TASK_ALL && is_thread(pid, tid, &s, thread))
			own = tid;
		else if (thread == TASK_ALL || (tid != pid && !has_number(&s)))
			note(&s, &state, ran);
	}
	closedir(d);
	/* Who hands lines over is looked at before who takes them. */
	if (own && read_task(pid, own, &s))
		note(&s, &state, ran);
	return state;
}

pid_t task_find(pid_t pid, int thread)
{
	DIR *d = open_tasks(pid);
	struct stat_line s;
	pid_t tid, found = pid;

	if (!d)
		return pid;
	while ((tid = next_number(d)))
		if (read_task(pid, tid, &s) && is_thread(pid, tid, &s, thread))
			found = tid;
	closedir(d);
	return found;
}
