/* One program on a host, with no capability and two pipes. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/confine.h"
#include "host/build.h"

/* What the child needs; all descriptors are close-on-exec. */
struct birth {
	const struct birth_place *where;
	char *const *argv;
	int in, out;    /* become 0, and 1 and 2 */
	int failed;     /* takes the errno when it never became the program */
};

static int settle(const struct birth *b)
{
	sigset_t none;
	int r = 0;

	/* No keyboard signal meant for the screen shall end it. */
	setsid();
	if (b->where->host)
		r = place_enter(b->where->host);
	if (r)
		return r;
	/* In a host's mount namespace one stands at the root. */
	if ((b->where->home < 0 || fchdir(b->where->home)) &&
		chdir(b->where->folder) && chdir("/"))
		return -errno;
	/* What it says of errors is heard as well: the lab's own standard
	 * error may be the terminal that the screen draws on. */
	if (dup2(b->in, 0) < 0 || dup2(b->out, 1) < 0 || dup2(b->out, 2) < 0)
		return -errno;
	r = confine_rights();
	if (r)
		return r;
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	return 0;
}

static void become(const struct birth *b) __attribute__((noreturn));

static void become(const struct birth *b)
{
	int error = -settle(b);
	ssize_t n;

	if (!error) {
		execvp(b->argv[0], b->argv);
		error = errno;
	}
	n = write(b->failed, &error, sizeof(error));
	(void)n;
	_exit(127);
}

static void shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

int spawn_program(const struct birth_place *where, char *const argv[],
	struct spawned *out)
{
	int in[2] = {-1, -1}, from[2] = {-1, -1}, told[2] = {-1, -1};
	int r = 0, error;
	struct birth b;
	pid_t pid;

	*out = (struct spawned){.in = -1, .out = -1, .pidfd = -1};
	if (pipe2(in, O_CLOEXEC) || pipe2(from, O_CLOEXEC) ||
		pipe2(told, O_CLOEXEC)) {
		r = -errno;
		goto out;
	}
	b = (struct birth){where, argv, in[0], from[1], told[1]};
	pid = fork();
	if (pid == 0)
		become(&b);
	if (pid < 0) {
		r = -errno;
		goto out;
	}
	shut(&told[1]);
	/* Ends without a word when exec has closed the other end. */
	if (read(told[0], &error, sizeof(error)) == sizeof(error)) {
		r = -error;
		goto out;
	}
	out->pidfd = syscall(SYS_pidfd_open, pid, 0);
	if (out->pidfd < 0) {
		r = -errno;
		kill(pid, SIGKILL);
		goto out;
	}
	out->pid = pid;
	out->in = in[1];
	out->out = from[0];
	in[1] = from[0] = -1;
out:
	for (int i = 0; i < 2; i++) {
		shut(&in[i]);
		shut(&from[i]);
		shut(&told[i]);
	}
	return r;
}
