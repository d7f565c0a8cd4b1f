/* confine: limits, descriptors, rights and signals, in that order. */
#include "actor/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/confine.h"

/* A program's usual number of descriptors; a lesson may use them up. */
#define DESCRIPTORS 1024

/* The learner's first numbers are not taken by our pipes. */
#define LOW 64

/* Enough for one send of 512 MB and its line, and for what the C library sets
 * aside for each of sixteen threads (64 MB, hardly ever touched). */
#define MEMORY ((rlim_t)3 << 30)

/* Bytes of a regular file (memfd_create): it shows that it is always ready, and
 * as many files as there are descriptors fill no machine. */
#define FILE_BYTES 65536

/* The address sanitizer reserves terabytes that it never touches. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* Lower a limit, hard and soft; one that is lower already stays. */
static int lower(int what, rlim_t most)
{
	struct rlimit limit;

	if (getrlimit(what, &limit) < 0)
		return -errno;
	if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > most)
		limit.rlim_max = most;
	limit.rlim_cur = limit.rlim_max;
	return setrlimit(what, &limit) < 0 ? -errno : 0;
}

static int set_limits(void)
{
	int error = lower(RLIMIT_NOFILE, DESCRIPTORS);

	if (!error)
		error = lower(RLIMIT_CORE, 0);
	if (!error)
		error = lower(RLIMIT_FSIZE, FILE_BYTES);
	if (!error && !SANITIZED)
		error = lower(RLIMIT_AS, MEMORY);
	return error;
}

int confine_high(int fd)
{
	struct rlimit limit;
	int high = -1;
	rlim_t from;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return -1;
	/* A debugger may keep the highest numbers for itself. */
	for (from = limit.rlim_cur; high < 0 && from > LOW; from -= 2)
		high = fcntl(fd, F_DUPFD_CLOEXEC, (int)from - 2);
	return high;
}

/* The pipes take the two highest numbers there are: a learner who opens
 * sockets until there are none left meets them last. */
static int move_pipes(struct confined *out)
{
	int null, fd;

	out->in = confine_high(STDIN_FILENO);
	out->out = confine_high(STDOUT_FILENO);
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (out->in < 0 || out->out < 0 || null < 0)
		return -errno;
	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (dup2(null, fd) < 0)
			return -errno;
	if (null > STDERR_FILENO)
		close(null);
	return 0;
}

/* Whatever else was inherited would shift the numbers of the sockets. */
static void close_others(const struct confined *keep)
{
	int first = keep->in < keep->out ? keep->in : keep->out, fd;

	if (syscall(SYS_close_range, STDERR_FILENO + 1, first - 1, 0) == 0)
		return;
	/* An old kernel, or a filter that does not know the call. */
	for (fd = STDERR_FILENO + 1; fd < first; fd++)
		close(fd);
}

static void interrupted(int signal)
{
	(void)signal; /* its arrival is what ends the waiting call */
}

static int set_signals(void)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	struct sigaction interrupt = {.sa_handler = interrupted}; /* no
		SA_RESTART: the learner sees EINTR */
	struct sigaction forget = {.sa_handler = SIG_DFL,
		.sa_flags = SA_NOCLDWAIT}; /* further.c */
	sigset_t none;

	sigemptyset(&none);
	if (sigaction(SIGPIPE, &ignore, NULL) < 0 ||
		sigaction(SIGXFSZ, &ignore, NULL) < 0 || /* EFBIG instead */
		sigaction(SIGINT, &interrupt, NULL) < 0 ||
		sigaction(SIGCHLD, &forget, NULL) < 0 ||
		sigprocmask(SIG_SETMASK, &none, NULL) < 0 ||
		prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
		return -errno;
	return 0;
}

int confine(struct confined *out)
{
	int error = set_limits();

	if (!error)
		error = move_pipes(out);
	if (!error)
		close_others(out);
	if (!error)
		error = confine_rights();
	if (!error)
		error = set_signals();
	return error;
}
