/*
 * screen_wait: when the screen is whole, and waiting for what it shall show.
 */
#include "screen_inside.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

bool screen_proc(const char *format, pid_t pid, char *text, size_t size)
{
	char path[64];
	ssize_t n = -1;
	int fd;

	snprintf(path, sizeof(path), format, pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		n = read(fd, text, size - 1);
		close(fd);
	}
	text[n > 0 ? n : 0] = '\0';
	return n > 0;
}

/*
 * The program waits for news in ppoll, and nowhere else: curses waits in poll
 * for the rest of an escape sequence. Where the kernel does not tell us, that
 * it sleeps must do.
 */
static bool sleeps_for_news(pid_t pid)
{
	char text[512], *end;
	long call;

	if (screen_proc("/proc/%d/syscall", pid, text, sizeof(text))) {
		call = strtol(text, &end, 10); /* or "running" */
#ifdef SYS_ppoll_time64
		if (call == SYS_ppoll_time64)
			return true;
#endif
		return end > text && call == SYS_ppoll;
	}
	return !screen_proc("/proc/%d/stat", pid, text, sizeof(text)) ||
		!(end = strrchr(text, ')')) || strchr("SZX", end[2]);
}

/* Whether there are keys that the program has not read. To ask makes the
 * kernel hand on what we wrote. */
static bool has_keys(struct screen *s)
{
	struct pollfd p = {.fd = s->slave, .events = POLLIN};

	return poll(&p, 1, 0) == 1 && p.revents & POLLIN;
}

/* Whether the program rests (or has stopped, or ended): nothing that it was
 * about to write is missing. */
static bool rests(struct screen *s)
{
	if (s->ended || s->stopped || s->blocked)
		return true;
	return s->program && !has_keys(s) && sleeps_for_news(s->program);
}

/* Take in all that was written. False: the program is at work, and the screen
 * may be half a picture. */
static bool whole(struct screen *s)
{
	bool rested;

	while (screen_pump(s, 0))
		;
	rested = rests(s);
	return !screen_pump(s, 0) && rested;
}

bool screen_until(struct screen *s, bool (*is)(struct screen *, void *),
	void *data, const char *what, int seconds)
{
	int64_t end = screen_now() + seconds * INT64_C(1000);

	for (;;) {
		bool judged = whole(s);

		if (judged && is(s, data))
			return true;
		/* From one who has ended nothing more can come. */
		if (screen_now() >= end || (judged && s->ended))
			break;
		screen_pump(s, judged ? end - screen_now() : 1);
	}
	fprintf(stderr, "screen: waited %d s for: %s\n", seconds, what);
	screen_print(s);
	return false;
}

static bool is_there(struct screen *s, void *text)
{
	return screen_has(s, text);
}

static bool is_gone(struct screen *s, void *text)
{
	return !screen_has(s, text);
}

static bool is_stopped(struct screen *s, void *unused)
{
	(void)unused;
	return s->stopped;
}

static bool is_ended(struct screen *s, void *unused)
{
	(void)unused;
	return s->ended;
}

bool screen_wait(struct screen *s, const char *text, int seconds)
{
	return screen_until(s, is_there, (void *)text, text, seconds);
}

bool screen_wait_gone(struct screen *s, const char *text, int seconds)
{
	return screen_until(s, is_gone, (void *)text, text, seconds);
}

bool screen_wait_stopped(struct screen *s, int seconds)
{
	return screen_until(s, is_stopped, NULL, "a stop", seconds);
}

bool screen_wait_exit(struct screen *s, int seconds)
{
	return screen_until(s, is_ended, NULL, "its end", seconds);
}

static bool is_whole(struct screen *s, void *unused)
{
	(void)s;
	(void)unused;
	return true;
}

bool screen_settle(struct screen *s)
{
	return screen_until(s, is_whole, NULL, "rest", SCREEN_SECONDS);
}

/* The prompt is open, and nothing is typed. */
static bool is_prompting(struct screen *s)
{
	int row, column;
	bool visible;
	const char *text;
	size_t n;

	screen_cursor(s, &row, &column, &visible);
	text = screen_row(s, row);
	n = strlen(text);
	return visible && n && text[n - 1] == '>';
}

static bool is_ready(struct screen *s, void *unused)
{
	(void)unused;
	return is_prompting(s);
}

struct brought {
	const char *text;
	int before;
};

static bool is_brought(struct screen *s, void *data)
{
	const struct brought *b = data;

	return is_prompting(s) && screen_count(s, b->text) > b->before;
}

bool screen_line(struct screen *s, const char *line, const char *shows)
{
	struct brought b = {.text = shows};
	char what[512];

	if (!screen_until(s, is_ready, NULL, "an empty prompt",
			SCREEN_SECONDS))
		return false;
	b.before = screen_count(s, shows);
	screen_type(s, line);
	screen_key(s, "Enter");
	snprintf(what, sizeof(what), "one more \"%s\" after: %s", shows, line);
	return screen_until(s, is_brought, &b, what, SCREEN_SECONDS);
}

bool screen_wait_quiet(struct screen *s, int ms, int seconds)
{
	int64_t end = screen_now() + seconds * INT64_C(1000);

	while (screen_now() < end) {
		if (!screen_pump(s, ms))
			return true;
	}
	fprintf(stderr, "screen: not quiet within %d s\n", seconds);
	screen_print(s);
	return false;
}
