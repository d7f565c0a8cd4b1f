/*
 * A machine that does not allow it: a seccomp filter refuses one system call
 * after the other, and each time there is one sentence, -EPERM, and nothing
 * that stays.
 */
#include "hosts.h"

#include <fcntl.h>
#include <linux/sockios.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mount.h>

/* Refuse a call with an errno, when its argument (from 1; 0: always) has these
 * bits. */
struct refusal {
	const char *what;    /* what the sentence must say */
	int call, error;
	int argument;
	uint64_t mask, value;
};

static const struct refusal refusals[] = {
	{"make a user namespace", SCMP_SYS(clone), EPERM, 1, CLONE_NEWUSER,
		CLONE_NEWUSER},
	{"make a user namespace", SCMP_SYS(clone), ENOSYS, 1,
		CLONE_NEWUSER, CLONE_NEWUSER},
	{"make a user namespace", SCMP_SYS(clone), ENOSPC, 1,
		CLONE_NEWUSER, CLONE_NEWUSER},
	{"make mounts of its own", SCMP_SYS(mount), EACCES, 0, 0, 0},
	{"make the namespaces of a host", SCMP_SYS(unshare), EPERM, 0, 0, 0},
	{"make the namespaces of a host", SCMP_SYS(setns), EPERM, 0, 0, 0},
	{"make the namespaces of a host", SCMP_SYS(sethostname), EACCES,
		0, 0, 0},
	{"open a packet socket", SCMP_SYS(socket), EPERM, 1, UINT64_MAX,
		AF_PACKET},
};

#define REFUSALS (sizeof(refusals) / sizeof(*refusals))

static int forbid(const struct refusal *r)
{
	scmp_filter_ctx c = seccomp_init(SCMP_ACT_ALLOW);
	int e;

	if (r->argument)
		e = seccomp_rule_add(c, SCMP_ACT_ERRNO(r->error), r->call, 1,
			SCMP_CMP(r->argument - 1, SCMP_CMP_MASKED_EQ, r->mask,
				r->value));
	else
		e = seccomp_rule_add(c, SCMP_ACT_ERRNO(r->error), r->call, 0);
	if (!e)
		e = seccomp_load(c);
	seccomp_release(c);
	return e;
}

/* In a process of its own, for a filter stays: 0, or what was wrong. */
static int be_refused(const struct refusal *r)
{
	struct host_plan plan;
	struct host_ready ready;
	struct builder *b;
	char why[512];
	int e;

	if (forbid(r))
		return 1;
	host_plan_default(&plan);
	e = builder_start(&b, &plan, &ready, why, sizeof(why));
	print_message("%s\n", why);
	if (e != -EPERM || b)
		return 2;
	if (!strstr(why, r->what) || why[strlen(why) - 1] != '.')
		return 3;
	if (waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD)
		return 4;
	return 0;
}

static void test_each_step_may_be_refused(void **state)
{
	struct pair p = {0};

	(void)state;
	host_plan_default(&p.plan);
	pair_start(&p); /* what is refused anyway proves nothing */
	pair_stop(&p);
	for (size_t i = 0; i < REFUSALS; i++) {
		pid_t pid = fork();
		int status;

		if (pid == 0)
			_exit(be_refused(&refusals[i]));
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(status, 0);
	}
}

/* What is not a lack of rights is another error, said as it is. */
static void test_a_fault_is_not_a_refusal(void **state)
{
	static const struct refusal full = {
		"", SCMP_SYS(unshare), ENOMEM, 0, 0, 0};
	struct pair p = {0};
	int status;
	pid_t pid;

	(void)state;
	host_plan_default(&p.plan);
	pair_start(&p);
	pair_stop(&p);
	pid = fork();
	if (pid == 0) {
		char why[512];

		if (forbid(&full))
			_exit(1);
		_exit(builder_start(&p.builder, &p.plan, &p.ready, why,
			sizeof(why)) == -ENOMEM ? 0 : 2);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

/* Refused settings do not stop it, and are said once for all hosts. */
static void test_refused_settings_are_said(void **state)
{
	static const struct refusal no_ethtool = {
		"", SCMP_SYS(ioctl), EPERM, 2, UINT64_MAX, SIOCETHTOOL};
	struct pair p = {0};
	int status;
	pid_t pid;

	(void)state;
	host_plan_default(&p.plan);
	pair_start(&p);
	pair_stop(&p);
	pid = fork();
	if (pid == 0) {
		char why[512];
		const char *said = p.ready.said;

		if (forbid(&no_ethtool) || builder_start(&p.builder, &p.plan,
			&p.ready, why, sizeof(why)))
			_exit(1);
		print_message("%s\n", said);
		builder_stop(p.builder);
		said = strstr(said, "tx-checksum could not be switched off: ");
		_exit(said && !strstr(said + 1, "tx-checksum") ? 0 : 2);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static int put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY), r;

	if (fd < 0)
		return -errno;
	r = write(fd, text, strlen(text)) < 0 ? -errno : 0;
	close(fd);
	return r;
}

/* As in many a container: /proc/sys may be read and not written. */
static int be_read_only(void)
{
	char map[64];
	uid_t user = geteuid();
	gid_t group = getegid();

	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) ||
		put("/proc/self/setgroups", "deny"))
		return -errno;
	snprintf(map, sizeof(map), "%u %u 1", user, user);
	if (put("/proc/self/uid_map", map))
		return -errno;
	snprintf(map, sizeof(map), "%u %u 1", group, group);
	if (put("/proc/self/gid_map", map))
		return -errno;
	if (mount("/proc/sys", "/proc/sys", NULL, MS_BIND | MS_REC, NULL) ||
		mount(NULL, "/proc/sys", NULL,
			MS_REMOUNT | MS_BIND | MS_RDONLY, NULL))
		return -errno;
	return 0;
}

/* The addresses that a host has given itself: those of a link. */
static int link_addresses(struct pair *p)
{
	char *argv[] = {"cat", "/proc/net/if_inet6", NULL};
	char text[4096];
	struct host_actor a;
	size_t n = 0;
	ssize_t k;

	if (builder_spawn(p->builder, 0, argv, &a))
		return -1;
	while ((k = read(a.out, text + n, sizeof(text) - 1 - n)) > 0)
		n += k;
	text[n] = '\0';
	return strstr(text, "fd00") ? strstr(text, "fe80") != NULL : -1;
}

/* The wire is silent all the same, and one sentence says what is missing. */
static void test_settings_that_cannot_be_written(void **state)
{
	struct pair p = {0};
	int status;
	pid_t pid;

	(void)state;
	host_plan_default(&p.plan);
	pair_start(&p);
	pair_stop(&p);
	pid = fork();
	if (pid == 0) {
		char why[512];

		if (be_read_only())
			_exit(1);
		if (builder_start(&p.builder, &p.plan, &p.ready, why,
			sizeof(why)))
			_exit(2);
		print_message("%s\n", p.ready.said);
		if (!strstr(p.ready.said, "/proc/sys") ||
			strlen(p.ready.said) > 100)
			_exit(3);
		status = link_addresses(&p);
		builder_stop(p.builder);
		_exit(status ? 4 : 0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_step_may_be_refused),
		cmocka_unit_test(test_a_fault_is_not_a_refusal),
		cmocka_unit_test(test_refused_settings_are_said),
		cmocka_unit_test(test_settings_that_cannot_be_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
