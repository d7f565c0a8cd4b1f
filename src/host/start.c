/*
 * The builder's process. The lab itself never enters a namespace and needs no
 * capability: clone(2) makes the builder in its namespaces at once.
 *
 * Between the two stands a helper for a moment. It is forked by the C library,
 * which puts locks in order that another thread of the lab may hold just now;
 * clone does not. The builder is the lab's child all the same (CLONE_PARENT).
 *
 * One case is harder. A lab of root drops its capabilities once it is built,
 * and may then have to build anew; but only who holds CAP_SETFCAP may enter id
 * 0 in a new user namespace (user_namespaces(7)). So root keeps the user
 * namespace of its first builder: who owns one may come back without any
 * capability.
 */
#include "host/start.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fdpass.h"
#include "host/build.h"

#define APART (CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWUTS)

static int kept_user_namespace = -1;

/* fork(2) with flags of clone(2): the child goes on here, with a copy of the
 * memory. */
static pid_t fork_with(unsigned long flags)
{
	long pid = syscall(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);

	return pid < 0 ? -errno : pid;
}

static int put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), r = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		r = -errno;
	close(fd);
	return r;
}

/* Our id means itself in the new user namespace, and is the only one. */
static int map_ids(uid_t user, gid_t group)
{
	char text[64];
	int r;

	/* Without this the group may not be written; older kernels lack it. */
	r = put("/proc/self/setgroups", "deny");
	if (r && r != -ENOENT)
		return r;
	snprintf(text, sizeof(text), "%u %u 1", user, user);
	r = put("/proc/self/uid_map", text);
	if (r)
		return r;
	snprintf(text, sizeof(text), "%u %u 1", group, group);
	return put("/proc/self/gid_map", text);
}

/* In the new namespaces: enter our id, and be the builder. */
static void live_in_new(int sock, int self, uid_t user, gid_t group,
	const struct host_plan *plan) __attribute__((noreturn));

static void live_in_new(int sock, int self, uid_t user, gid_t group,
	const struct host_plan *plan)
{
	char text[64];
	int r = map_ids(user, group);

	if (!r)
		builder_live(sock, self, plan);
	snprintf(text, sizeof(text), "refused %s %d",
		build_step_word[STEP_IDS], -r);
	fdpass_send(sock, text, strlen(text), NULL, 0);
	_exit(1);
}

static bool may_map_root(void)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[2] = {{0}};

	return !syscall(SYS_capget, &head, data) &&
		data[CAP_TO_INDEX(CAP_SETFCAP)].effective &
		CAP_TO_MASK(CAP_SETFCAP);
}

/* The helper's whole life: the pid of the builder, or -errno. */
static pid_t make_builder(int sock, int self, const struct host_plan *plan)
{
	bool kept = geteuid() == 0 && kept_user_namespace >= 0 &&
		!may_map_root();
	uid_t user = geteuid();
	gid_t group = getegid();
	pid_t pid;

	if (kept && setns(kept_user_namespace, CLONE_NEWUSER))
		return -errno;
	pid = fork_with(CLONE_PARENT | APART | (kept ? 0 : CLONE_NEWUSER));
	if (pid != 0)
		return pid;
	if (kept)
		builder_live(sock, self, plan);
	live_in_new(sock, self, user, group, plan);
}

static pid_t start_apart(int sock, int self, const struct host_plan *plan)
{
	pid_t helper, pid = -EIO;
	int told[2];

	if (pipe2(told, O_CLOEXEC))
		return -errno;
	helper = fork();
	if (helper == 0) {
		ssize_t n;

		pid = make_builder(sock, self, plan);
		n = write(told[1], &pid, sizeof(pid));
		_exit(n != sizeof(pid));
	}
	close(told[1]);
	if (helper < 0)
		pid = -errno;
	else if (read(told[0], &pid, sizeof(pid)) != sizeof(pid))
		pid = -EIO;
	close(told[0]);
	while (helper > 0 && waitpid(helper, NULL, 0) < 0 && errno == EINTR)
		;
	return pid;
}

pid_t start_builder(int sock, const struct host_plan *plan)
{
	int self = syscall(SYS_pidfd_open, getpid(), 0);
	pid_t pid;

	if (self < 0)
		return -errno;
	if (plan->loopback) {
		pid = fork();
		if (pid == 0)
			builder_live(sock, self, plan);
		if (pid < 0)
			pid = -errno;
	} else {
		pid = start_apart(sock, self, plan);
	}
	close(self);
	return pid;
}

void start_remember(pid_t pid)
{
	char path[64];

	if (geteuid() != 0 || kept_user_namespace >= 0)
		return;
	snprintf(path, sizeof(path), "/proc/%d/ns/user", pid);
	kept_user_namespace = open(path, O_RDONLY | O_CLOEXEC);
}
