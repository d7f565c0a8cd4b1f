/*
 * The builder: hosts as the plan says, programs on them without rights, and
 * nothing left behind, however it ends.
 */
#include "hosts.h"

#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/stat.h>

#define SELF "/proc/self/exe"

static int pidfd_of(pid_t pid)
{
	return syscall(SYS_pidfd_open, pid, 0);
}

/* Whether a process stands in the network namespace of this number. */
static bool inhabited(ino_t net)
{
	DIR *d = opendir("/proc");
	struct dirent *e;
	bool found = false;

	while (!found && (e = readdir(d))) {
		char path[300];
		struct stat s;

		snprintf(path, sizeof(path), "/proc/%s/ns/net", e->d_name);
		found = !stat(path, &s) && s.st_ino == net;
	}
	closedir(d);
	return found;
}

/* Run f in a process of its own, and let its failures be ours: 0, or the
 * line that failed. */
static void in_process(int (*f)(void))
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(f());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status))
		fail_msg("line %d of the process, modulo 256",
			WEXITSTATUS(status));
}

/* ---- */

static void test_hosts_are_as_planned(void **state)
{
	struct pair p = {0};
	struct host_actor a;
	struct buf said = {0};

	(void)state;
	host_plan_default(&p.plan);
	pair_start(&p);
	for (int i = 0; i < 2; i++) {
		assert_true(p.ready.tap[i] >= 0);
		assert_true(p.ready.fence[i] >= 0);
		assert_true(p.ready.diag[i] >= 0);
	}
	print_message("refused settings: \"%s\"\n", p.ready.said);
	pair_spawn(&p, 1, &a, "sh", "-c",
		"cat /proc/sys/kernel/hostname /etc/hosts "
		"/sys/class/net/eth0/address 2>&1; "
		"cat /proc/sys/net/ipv4/tcp_syn_retries "
		"/proc/sys/net/ipv4/tcp_congestion_control; "
		"getent ahostsv4 client");
	pair_all(&p, &a, &said);
	assert_int_equal(strncmp(buf_str(&said), "server\n", 7), 0);
	assert_non_null(strstr(buf_str(&said), "\n10.0.0.1 client\n"));
	assert_non_null(strstr(buf_str(&said), "\nfd00::2 server\n"));
	assert_non_null(strstr(buf_str(&said), "\n127\nreno\n10.0.0.1 "));
	assert_int_equal(actor_end(&p, &a), 0);
	buf_done(&said);
	actor_close(&a);
	pair_stop(&p);
}

static void test_real_clocks_are_the_kernels(void **state)
{
	struct pair p = {0};
	struct host_actor a;
	char line[32];

	(void)state;
	host_plan_default(&p.plan);
	p.plan.clocks = HOST_CLOCKS_REAL;
	pair_start(&p);
	pair_spawn(&p, 0, &a, "cat", "/proc/sys/net/ipv4/tcp_syn_retries");
	assert_string_equal(pair_line(&p, &a, line, sizeof(line)), "6");
	actor_close(&a);
	pair_stop(&p);
}

/* No capability in any set, no new ones, and 0, 1 and 2 alone open. */
static void test_programs_have_no_rights(void **state)
{
	struct pair p = {0};
	struct host_actor a;
	struct buf said = {0};
	char *at;
	int sets = 0;

	(void)state;
	host_plan_default(&p.plan);
	pair_start(&p);
	pair_spawn(&p, 0, &a, "sh", "-c",
		"cat /proc/self/status; echo fds; ls /proc/self/fd");
	pair_all(&p, &a, &said);
	for (at = said.data; (at = strstr(at, "\nCap")); at++, sets++)
		assert_memory_equal(at + strlen("\nCapInh:\t"),
			"0000000000000000\n", 17);
	assert_int_equal(sets, 5);
	assert_non_null(strstr(said.data, "\nNoNewPrivs:\t1\n"));
	/* ls itself has its folder open as 3. */
	assert_non_null(strstr(said.data, "fds\n0\n1\n2\n3\n"));
	assert_string_equal(strstr(said.data, "fds\n"), "fds\n0\n1\n2\n3\n");
	buf_done(&said);
	actor_close(&a);
	pair_stop(&p);
}

static void test_spawn_tells_errors_and_ends(void **state)
{
	char *missing[] = {"/nonexistent", NULL}, *nothing[] = {NULL};
	struct pair p = {0};
	struct host_actor a;

	(void)state;
	host_plan_default(&p.plan);
	pair_start(&p);
	assert_int_equal(builder_spawn(p.builder, 0, missing, &a), -ENOENT);
	assert_int_equal(builder_spawn(p.builder, 0, nothing, &a), -EINVAL);
	assert_int_equal(builder_spawn(p.builder, 7, missing, &a), -EINVAL);
	pair_spawn(&p, 0, &a, "sh", "-c", "read line; exit 3");
	assert_int_equal(builder_ended(p.builder, &a), -EAGAIN);
	assert_int_equal(write(a.in, "\n", 1), 1);
	assert_int_equal(actor_end(&p, &a), 3 << 8);
	assert_int_equal(builder_ended(p.builder, &a), -ESRCH);
	actor_close(&a);
	pair_spawn(&p, 0, &a, "cat");
	assert_int_equal(kill(a.pid, SIGKILL), 0);
	assert_int_equal(actor_end(&p, &a), SIGKILL);
	actor_close(&a);
	pair_stop(&p);
}

/* A program that outlives its parent is reaped by the builder. */
static void test_orphans_are_reaped(void **state)
{
	struct pair p = {0};
	struct host_actor a;
	char line[32], path[64];
	int orphan;

	(void)state;
	host_plan_default(&p.plan);
	pair_start(&p);
	/* Its number as we count is in its own status, first of NSpid. */
	pair_spawn(&p, 0, &a, "sh", "-c",
		"(grep -o 'NSpid:.[0-9]*' /proc/self/status | grep -o '[0-9]*';"
		" exec cat <&0 >/dev/null) & exit 0");
	pair_line(&p, &a, line, sizeof(line));
	assert_int_equal(actor_end(&p, &a), 0);
	orphan = pidfd_of(atoi(line));
	snprintf(path, sizeof(path), "/proc/%s", line);
	actor_close(&a); /* cat's input ends */
	if (orphan >= 0)
		assert_true(gone(orphan));
	for (int64_t end = clock_mono() + DEADLINE; !access(path, F_OK);)
		assert_true(clock_mono() < end);
	pair_stop(&p);
}

static ino_t net_of(struct pair *p, const struct host_actor *a)
{
	char line[64];

	pair_line(p, a, line, sizeof(line));
	return strtoul(strchr(line, '[') + 1, NULL, 10);
}

static pid_t pid_behind(int pidfd)
{
	char path[64], line[64];
	pid_t pid = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", pidfd);
	f = fopen(path, "r");
	while (!pid && fgets(line, sizeof(line), f))
		sscanf(line, "Pid: %d", &pid);
	fclose(f);
	return pid;
}

static void test_a_killed_builder_leaves_nothing(void **state)
{
	struct pair p = {0};
	struct host_actor a;
	ino_t net;

	(void)state;
	host_plan_default(&p.plan);
	pair_start(&p);
	pair_spawn(&p, 0, &a, "sh", "-c",
		"readlink /proc/self/ns/net; setsid cat");
	net = net_of(&p, &a);
	assert_true(inhabited(net));
	kill(pid_behind(builder_fd(p.builder)), SIGKILL);
	assert_true(gone(builder_fd(p.builder)));
	assert_true(gone(a.pidfd));
	assert_false(inhabited(net));
	assert_int_equal(builder_spawn(p.builder, 0, (char *[]){"cat", NULL},
		&a), -EPIPE);
	pair_stop(&p);
}

static void test_a_killed_lab_leaves_nothing(void **state)
{
	struct pair p = {0};
	struct host_actor a;
	int told[2], builder, program;
	pid_t pids[2], lab;

	(void)state;
	host_plan_default(&p.plan);
	pair_start(&p); /* skips, if it must, in this process */
	pair_stop(&p);
	assert_int_equal(pipe(told), 0);
	lab = fork();
	if (lab == 0) {
		pair_start(&p);
		pair_spawn(&p, 1, &a, "sh", "-c", "setsid cat");
		pids[0] = pid_behind(builder_fd(p.builder));
		pids[1] = a.pid;
		if (write(told[1], pids, sizeof(pids)) != sizeof(pids))
			_exit(1);
		for (;;)
			pause();
	}
	assert_int_equal(read(told[0], pids, sizeof(pids)), sizeof(pids));
	builder = pidfd_of(pids[0]);
	program = pidfd_of(pids[1]);
	assert_true(builder >= 0 && program >= 0);
	kill(lab, SIGKILL);
	assert_true(gone(builder));
	assert_true(gone(program));
	waitpid(lab, NULL, 0);
	close(builder);
	close(program);
	close(told[0]);
	close(told[1]);
}

/* ---- more hosts, and their homes ---- */

static void test_hosts_are_added(void **state)
{
	struct host_plan p;

	(void)state;
	host_plan_default(&p);
	assert_int_equal(host_plan_add(&p, "eve", "10.0.0.3"), 2);
	assert_string_equal(p.host[2].ipv6, "fd00::3");
	assert_string_equal(p.host[2].mac, "02:00:00:00:00:03");
	assert_int_equal(host_plan_add(&p, "eve", "10.0.0.4"), -EEXIST);
	assert_int_equal(host_plan_add(&p, "adam", "10.0.0.2"), -EEXIST);
	assert_int_equal(host_plan_add(&p, "adam", "10.0.0.0"), -EINVAL);
	assert_int_equal(host_plan_add(&p, "adam", "10.0.0.255"), -EINVAL);
	assert_int_equal(host_plan_add(&p, "adam", "10.0.0.04"), -EINVAL);
	assert_int_equal(host_plan_add(&p, "adam", "10.0.0.4x"), -EINVAL);
	assert_int_equal(host_plan_add(&p, "adam", "10.0.1.4"), -EINVAL);
	assert_int_equal(host_plan_add(&p, "", "10.0.0.4"), -EINVAL);
	assert_int_equal(host_plan_add(&p, "abcdefghijklmnop", "10.0.0.4"),
		-EINVAL);
	assert_int_equal(p.hosts, 3);
	assert_int_equal(host_plan_add(&p, "adam", "10.0.0.254"), 3);
	assert_string_equal(p.host[3].mac, "02:00:00:00:00:fe");
	assert_int_equal(host_plan_add(&p, "ann", "10.0.0.9"), -ENOSPC);
}

static void test_settings_are_added(void **state)
{
	struct pair p = {0};
	struct host_actor a;
	char line[32];

	(void)state;
	host_plan_default(&p.plan);
	assert_int_equal(host_plan_set(&p.plan, "kernel.hostname", "x"),
		-EINVAL);
	assert_int_equal(host_plan_set(&p.plan, "net.", "1"), -EINVAL);
	assert_int_equal(host_plan_set(&p.plan, "net/core", "1"), -EINVAL);
	assert_int_equal(host_plan_set(&p.plan, "net.ipv4...x", "1"), -EINVAL);
	assert_int_equal(host_plan_set(&p.plan, "net.ipv4.x", ""), -EINVAL);
	assert_int_equal(host_plan_set(&p.plan,
		"net.ipv4.tcp_abort_on_overflow", "0"), 0);
	assert_int_equal(host_plan_set(&p.plan,
		"net.ipv4.tcp_abort_on_overflow", "1"), 0);
	assert_int_equal(p.plan.settings, 1);
	assert_int_equal(host_plan_set(&p.plan, "net.ipv4.no_such", "1"), 0);
	pair_start(&p);
	assert_non_null(strstr(p.ready.said,
		"ipv4/no_such could not be set to 1: "));
	pair_spawn(&p, 1, &a, "cat",
		"/proc/sys/net/ipv4/tcp_abort_on_overflow");
	assert_string_equal(pair_line(&p, &a, line, sizeof(line)), "1");
	actor_close(&a);
	pair_stop(&p);
}

/* Each knows the three others, by name and by hardware address. A host may be
 * called like a device. */
static void test_four_hosts(void **state)
{
	struct pair p = {0};
	struct host_actor a;
	struct buf said = {0};

	(void)state;
	host_plan_default(&p.plan);
	host_plan_add(&p.plan, "lo", "10.0.0.3");
	host_plan_add(&p.plan, "all", "10.0.0.4");
	pair_start(&p);
	for (int i = 0; i < 4; i++) {
		assert_true(p.ready.tap[i] >= 0);
		assert_true(p.ready.diag[i] >= 0);
	}
	pair_spawn(&p, 3, &a, "sh", "-c",
		"cat /etc/hosts; ip link show eth0; "
		"ip neigh show nud permanent; hostname");
	pair_all(&p, &a, &said);
	assert_non_null(strstr(buf_str(&said), "\n10.0.0.3 lo\n"));
	assert_non_null(strstr(buf_str(&said), "\nfd00::4 all\n"));
	assert_non_null(strstr(buf_str(&said), " 02:00:00:00:00:04 "));
	for (int i = 1; i < 4; i++) {
		char line[80];

		snprintf(line, sizeof(line), "\n10.0.0.%d dev eth0 lladdr "
			"02:00:00:00:00:0%d PERMANENT", i, i);
		assert_non_null(strstr(buf_str(&said), line));
	}
	assert_non_null(strstr(buf_str(&said), "\nall\n"));
	buf_done(&said);
	actor_close(&a);
	for (int i = 2; i < 4; i++) {
		close(p.ready.tap[i]);
		close(p.ready.door[i]);
		close(p.ready.fence[i]);
		close(p.ready.diag[i]);
	}
	pair_stop(&p);
}

static void test_a_host_that_is_asked_for_names(void **state)
{
	struct pair p = {0};
	struct host_actor a;
	struct buf said = {0};

	(void)state;
	host_plan_default(&p.plan);
	p.plan.hosts = 1;
	p.plan.dns = host_plan_add(&p.plan, "dns", "10.0.0.53");
	p.plan.clocks = HOST_CLOCKS_REAL;
	pair_start(&p);
	pair_spawn(&p, 0, &a, "sh", "-c", "cat /etc/hosts /etc/resolv.conf "
		"/proc/sys/net/ipv4/ip_unprivileged_port_start");
	pair_all(&p, &a, &said);
	assert_string_equal(buf_str(&said), "127.0.0.1 localhost\n"
		"::1 localhost\n10.0.0.1 client\nfd00::1 client\n"
		"nameserver 10.0.0.53\noptions timeout:2 attempts:1\n1024\n");
	buf_done(&said);
	actor_close(&a);
	pair_spawn(&p, 1, &a, "sh", "-c", "head -3 /etc/hosts | tail -1; "
		"cat /proc/sys/net/ipv4/ip_unprivileged_port_start");
	said = (struct buf){0};
	pair_all(&p, &a, &said);
	assert_string_equal(buf_str(&said), "10.0.0.53 dns\n53\n");
	buf_done(&said);
	actor_close(&a);
	pair_stop(&p);
}

/* What a program says that stands in the home of a host. */
static void at_home(struct pair *p, int host, char *const argv[],
	const char *expected)
{
	struct buf said = {0};
	struct host_actor a;

	assert_int_equal(builder_spawn_home(p->builder, host, argv, &a), 0);
	pair_all(p, &a, &said);
	assert_string_equal(buf_str(&said), expected);
	buf_done(&said);
	actor_close(&a);
}

/* A host's own, and everybody's of that host; others stand elsewhere. */
static void homes(struct pair *p)
{
	char *make[] = {"touch", "left", NULL}, *look[] = {"ls", NULL};
	char *mode[] = {"stat", "-c", "%a", ".", NULL};
	struct host_actor a;
	struct buf said = {0};

	at_home(p, 0, look, "");
	at_home(p, 0, make, "");
	at_home(p, 0, look, "left\n");
	at_home(p, 0, mode, "700\n");
	at_home(p, 1, look, "");
	pair_spawn(p, 0, &a, "ls", "left");
	pair_all(p, &a, &said);
	assert_non_null(strstr(buf_str(&said), "cannot access"));
	buf_done(&said);
	actor_close(&a);
}

static void test_every_host_has_a_home(void **state)
{
	char *mounts[] = {"grep", "tomada.*size=1024k", "/proc/self/mounts", NULL};
	struct pair p = {0};

	(void)state;
	host_plan_default(&p.plan);
	pair_start(&p);
	homes(&p);
	/* It is mounted nowhere, for nobody. */
	at_home(&p, 0, mounts, "");
	pair_stop(&p);
}

/* How many folders of ours lie there. */
static int folders_in(const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	int n = 0;

	assert_non_null(d);
	while ((e = readdir(d)))
		n += !strncmp(e->d_name, "tomada.", 7);
	closedir(d);
	return n;
}

static void test_homes_in_loopback(void **state)
{
	char folder[] = "/tmp/tomada-test.XXXXXX";
	struct pair p = {0};
	int told[2], builder;
	pid_t lab, pid;

	(void)state;
	assert_non_null(mkdtemp(folder));
	setenv("XDG_RUNTIME_DIR", folder, 1);
	host_plan_default(&p.plan);
	p.plan.loopback = true;
	pair_start(&p);
	assert_int_equal(folders_in(folder), 2);
	homes(&p);
	pair_stop(&p);
	assert_int_equal(folders_in(folder), 0);

	/* Also when the lab is killed. */
	assert_int_equal(pipe(told), 0);
	lab = fork();
	if (lab == 0) {
		pair_start(&p);
		pid = pid_behind(builder_fd(p.builder));
		if (write(told[1], &pid, sizeof(pid)) != sizeof(pid))
			_exit(1);
		for (;;)
			pause();
	}
	assert_int_equal(read(told[0], &pid, sizeof(pid)), sizeof(pid));
	builder = pidfd_of(pid);
	assert_int_equal(folders_in(folder), 2);
	kill(lab, SIGKILL);
	waitpid(lab, NULL, 0);
	assert_true(gone(builder));
	assert_int_equal(folders_in(folder), 0);
	close(builder);
	close(told[0]);
	close(told[1]);
	unsetenv("XDG_RUNTIME_DIR");
	rmdir(folder);
}

/* ---- processes that another one made ---- */

/* A shell's child: it says its number, and ends with 5 when it is told. */
static void adopted(bool loopback)
{
	struct host_actor a, child, none = {.inner = 0};
	struct pair p = {0};
	char line[32];

	host_plan_default(&p.plan);
	p.plan.loopback = loopback;
	pair_start(&p);
	/* A shell in the background reads from nowhere, unless told where. It
	 * reads once its parent is gone, which else would lose its line. */
	pair_spawn(&p, 0, &a, "sh", "-c", "exec 3<&0; "
		"sh -c 'echo $$; while kill -0 $PPID; do :; done 2>/dev/null; "
		"read y <&3; exit 5' & read x <&3; exit 0");
	pair_line(&p, &a, line, sizeof(line));
	none.inner = 1 << 22;
	assert_int_equal(builder_adopt(p.builder, none.inner, &none), -ESRCH);
	assert_int_equal(builder_adopt(p.builder, atoi(line), &child), 0);
	assert_int_equal(child.inner, atoi(line));
	assert_int_equal(kill(child.pid, 0), 0);
	assert_int_equal(builder_ended(p.builder, &child), -EAGAIN);
	assert_int_equal(write(a.in, "\n", 1), 1);
	assert_int_equal(actor_end(&p, &a), 0);
	assert_int_equal(builder_ended(p.builder, &child), -EAGAIN);
	assert_int_equal(write(a.in, "\n", 1), 1);
	assert_true(gone(child.pidfd));
	assert_int_equal(builder_ended(p.builder, &child), 5 << 8);
	assert_int_equal(builder_ended(p.builder, &child), -ESRCH);
	close(child.pidfd);
	actor_close(&a);
	pair_stop(&p);
}

static void test_processes_are_adopted(void **state)
{
	(void)state;
	adopted(false);
}

static void test_processes_are_adopted_in_loopback(void **state)
{
	(void)state;
	adopted(true);
}

/* ---- rights ---- */

static void map_self(uid_t user)
{
	char text[32];
	int fd = open("/proc/self/uid_map", O_WRONLY);

	snprintf(text, sizeof(text), "%u %u 1", user, user);
	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		_exit(__LINE__ & 0xff);
	close(fd);
}

static int refused_by_limit(void)
{
	struct host_plan plan;
	struct host_ready ready;
	struct builder *b;
	char why[512];
	uid_t user = geteuid();
	int fd;

	if (unshare(CLONE_NEWUSER))
		return __LINE__ & 0xff;
	map_self(user);
	fd = open("/proc/sys/user/max_user_namespaces", O_WRONLY);
	if (fd < 0 || write(fd, "0", 1) != 1)
		return __LINE__ & 0xff;
	close(fd);
	host_plan_default(&plan);
	if (builder_start(&b, &plan, &ready, why, sizeof(why)) != -EPERM)
		return __LINE__ & 0xff;
	print_message("%s\n", why);
	if (!strstr(why, "sudo sysctl user.max_user_namespaces="))
		return __LINE__ & 0xff;
	/* Nothing stays behind. */
	if (b || waitpid(-1, NULL, 0) != -1 || errno != ECHILD)
		return __LINE__ & 0xff;
	plan.loopback = true;
	if (builder_start(&b, &plan, &ready, why, sizeof(why)))
		return __LINE__ & 0xff;
	builder_stop(b);
	return 0;
}

static void test_a_limit_of_0_is_named(void **state)
{
	struct pair p = {0};

	(void)state;
	host_plan_default(&p.plan);
	pair_start(&p);
	pair_stop(&p);
	in_process(refused_by_limit);
}

static int start_and_stop(void)
{
	struct host_plan plan;
	struct host_ready ready;
	struct host_actor a;
	struct builder *b;
	char why[512];

	host_plan_default(&plan);
	if (builder_start(&b, &plan, &ready, why, sizeof(why))) {
		print_message("%s\n", why);
		return __LINE__ & 0xff;
	}
	if (builder_spawn(b, 0, (char *[]){SELF, "role", NULL}, &a))
		return __LINE__ & 0xff;
	if (!gone(a.pidfd) || builder_ended(b, &a) != 7 << 8)
		return __LINE__ & 0xff;
	builder_stop(b);
	return 0;
}

static int as_nobody(void)
{
	if (setgroups(0, NULL) || setresgid(65534, 65534, 65534) ||
		setresuid(65534, 65534, 65534))
		return __LINE__ & 0xff;
	/* As if exec'd by that user: else /proc/self is root's. */
	prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
	return start_and_stop();
}

static void test_an_ordinary_user_may(void **state)
{
	struct pair p = {0};

	(void)state;
	if (geteuid() != 0) {
		print_message("skipped: we are an ordinary user anyway\n");
		skip();
	}
	host_plan_default(&p.plan);
	pair_start(&p);
	pair_stop(&p);
	in_process(as_nobody);
}

/* As the lab of root does: build, lose every capability, build anew. */
static int root_builds_anew(void)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct none[2] = {{0}};

	if (start_and_stop())
		return __LINE__ & 0xff;
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	for (int cap = 0; prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0; cap++)
		prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
	if (syscall(SYS_capset, &head, none))
		return __LINE__ & 0xff;
	return start_and_stop() || start_and_stop();
}

static void test_root_needs_no_rights_to_build_anew(void **state)
{
	struct pair p = {0};

	(void)state;
	if (geteuid() != 0) {
		print_message("skipped: only root drops capabilities\n");
		skip();
	}
	host_plan_default(&p.plan);
	pair_start(&p);
	pair_stop(&p);
	in_process(root_builds_anew);
}

static void test_loopback_needs_no_namespace(void **state)
{
	struct pair p = {0};
	struct host_actor a;
	char line[64], own[64] = "";

	(void)state;
	host_plan_default(&p.plan);
	p.plan.loopback = true;
	pair_start(&p);
	assert_int_equal(p.ready.tap[0], -1);
	assert_int_equal(p.ready.fence[1], -1);
	pair_spawn(&p, 1, &a, "sh", "-c", "readlink /proc/self/ns/net; cat");
	pair_line(&p, &a, line, sizeof(line));
	assert_true(readlink("/proc/self/ns/net", own, sizeof(own) - 1) > 0);
	assert_string_equal(line, own);
	pair_stop(&p);
	assert_true(gone(a.pidfd));
	actor_close(&a);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hosts_are_as_planned),
		cmocka_unit_test(test_real_clocks_are_the_kernels),
		cmocka_unit_test(test_programs_have_no_rights),
		cmocka_unit_test(test_spawn_tells_errors_and_ends),
		cmocka_unit_test(test_orphans_are_reaped),
		cmocka_unit_test(test_a_killed_builder_leaves_nothing),
		cmocka_unit_test(test_a_killed_lab_leaves_nothing),
		cmocka_unit_test(test_hosts_are_added),
		cmocka_unit_test(test_settings_are_added),
		cmocka_unit_test(test_four_hosts),
		cmocka_unit_test(test_a_host_that_is_asked_for_names),
		cmocka_unit_test(test_every_host_has_a_home),
		cmocka_unit_test(test_homes_in_loopback),
		cmocka_unit_test(test_processes_are_adopted),
		cmocka_unit_test(test_processes_are_adopted_in_loopback),
		cmocka_unit_test(test_a_limit_of_0_is_named),
		cmocka_unit_test(test_an_ordinary_user_may),
		cmocka_unit_test(test_root_needs_no_rights_to_build_anew),
		cmocka_unit_test(test_loopback_needs_no_namespace),
	};

	if (argc > 1 && !strcmp(argv[1], "role"))
		return 7;
	setenv("LC_ALL", "C", 1); /* programs' words are compared */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
