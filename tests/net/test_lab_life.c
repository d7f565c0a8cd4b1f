/* How labs and actors live and end; that nothing stays behind. */
#include <dirent.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>

#include "lab_session.h"

/* ---- looking at processes ---- */

static bool read_proc(pid_t pid, const char *what, char *out, size_t size)
{
	char path[64];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, what);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return false;
	n = read(fd, out, size - 1);
	close(fd);
	out[n > 0 ? n : 0] = '\0';
	return n >= 0;
}

static pid_t parent_of(pid_t pid)
{
	char text[1024], *p;

	if (!read_proc(pid, "stat", text, sizeof(text)))
		return 0;
	p = strrchr(text, ')');
	return p ? atoi(p + 4) : 0;
}

/* All that descend from pid, itself not counted. */
static int descendants(pid_t pid, pid_t *out, int most)
{
	DIR *d = opendir("/proc");
	struct dirent *e;
	int n = 0;

	assert_non_null(d);
	while ((e = readdir(d))) {
		pid_t at = atoi(e->d_name), up = at;

		while (up > 1 && up != pid)
			up = parent_of(up);
		if (at > 1 && at != pid && up == pid && n < most)
			out[n++] = at;
	}
	closedir(d);
	return n;
}

/* Processes that live in one of so many network namespaces. */
static int living_in(const ino_t *net, int n)
{
	DIR *d = opendir("/proc");
	struct dirent *e;
	struct stat st;
	char path[300];
	int found = 0;

	assert_non_null(d);
	while ((e = readdir(d))) {
		snprintf(path, sizeof(path), "/proc/%s/ns/net", e->d_name);
		if (atoi(e->d_name) < 1 || stat(path, &st))
			continue;
		for (int i = 0; i < n; i++)
			found += st.st_ino == net[i];
	}
	closedir(d);
	return found;
}

static int namespaces_of(const pid_t *pid, int n, ino_t *out)
{
	struct stat st, own;
	char path[64];
	int found = 0;

	assert_int_equal(stat("/proc/self/ns/net", &own), 0);
	for (int i = 0; i < n; i++) {
		snprintf(path, sizeof(path), "/proc/%d/ns/net", (int)pid[i]);
		if (stat(path, &st) == 0 && st.st_ino != own.st_ino)
			out[found++] = st.st_ino;
	}
	return found;
}

static bool is_alive(pid_t pid)
{
	char text[1024], *p;

	if (!read_proc(pid, "stat", text, sizeof(text)))
		return false;
	p = strrchr(text, ')');
	return p && p[2] != 'Z' && p[2] != 'X';
}

/* Wait until none of them is alive and nobody lives in the namespaces. */
static void assert_gone(const pid_t *pid, int n, const ino_t *net, int nets)
{
	int64_t end = clock_mono() + ANSWER_MAX;
	struct timespec t = {0, 1000000};
	bool any = true;

	while (any && clock_mono() < end) {
		any = living_in(net, nets) > 0;
		for (int i = 0; i < n; i++)
			any |= is_alive(pid[i]);
		nanosleep(&t, NULL); /* between looks; the deadline judges */
	}
	assert_false(any);
}

/* Kill one member of a lab with waiting actors; nothing may remain. */
static void kill_and_look(pid_t (*which)(struct session *s))
{
	struct session *s = session_namespaces(NULL);
	pid_t all[32];
	ino_t net[32];
	int n, nets;

	session_run(s, CONNECTED "server: recv(conn, 9) -> waits\n");
	n = descendants(s->lab.pid, all, 31);
	assert_true(n >= 3); /* builder and two actors */
	nets = namespaces_of(all, n, net);
	assert_true(nets >= 2);
	kill(which(s), SIGKILL);
	if (which(s) == s->lab.pid)
		all[n++] = s->lab.pid;
	else
		session_until(s, "lab: note");
	assert_gone(all, n, net, nets);
	/* The journal opens and shows what was seen. */
	assert_true(session_has(s, "server: recv waits"));
	session_close(s);
}

static pid_t the_lab(struct session *s)
{
	return s->lab.pid;
}

static pid_t the_builder(struct session *s)
{
	static pid_t found;
	pid_t all[32];
	int n = descendants(s->lab.pid, all, 32);

	for (int i = 0; i < n; i++)
		if (parent_of(all[i]) == s->lab.pid)
			found = all[i];
	return found;
}

static void test_lab_killed(void **state)
{
	(void)state;
	kill_and_look(the_lab);
}

static void test_builder_killed(void **state)
{
	(void)state;
	kill_and_look(the_builder);
}

/* Processes other than this one that are this program. */
static int like_us(void)
{
	DIR *d = opendir("/proc");
	char path[300], own[512], exe[512];
	struct dirent *e;
	ssize_t n, k = readlink("/proc/self/exe", own, sizeof(own));
	int found = 0;

	assert_non_null(d);
	while ((e = readdir(d))) {
		pid_t pid = atoi(e->d_name);

		if (pid < 1 || pid == getpid() || !is_alive(pid))
			continue;
		snprintf(path, sizeof(path), "/proc/%d/exe", (int)pid);
		n = readlink(path, exe, sizeof(exe));
		found += n == k && !memcmp(exe, own, n);
	}
	closedir(d);
	return found;
}

/* The lab is killed while an actor forks, each time a little later. */
static void killed_in_fork(const struct lab_options *o)
{
	struct timespec t = {0};

	for (int i = 0; i < 12; i++) {
		struct session *s = session_open(o);
		int64_t end = clock_mono() + ANSWER_MAX;

		session_run(s, "server: s = socket(AF_INET, SOCK_STREAM)\n"
			"server: server2 = fork()\n");
		for (int k = 3; k < 8; k++)
			link_send(s->link, "server: fork()");
		link_pump(s->link);
		t.tv_nsec = i * 100000;
		nanosleep(&t, NULL); /* any time will do */
		kill(s->lab.pid, SIGKILL);
		session_end(s);
		while (like_us() > 0 && clock_mono() < end)
			nanosleep(&(struct timespec){0, 1000000}, NULL);
		assert_int_equal(like_us(), 0);
		session_close(s);
	}
}

static void test_killed_in_fork(void **state)
{
	const struct lab_options loopback = {.loopback = true}, plain = {0};

	(void)state;
	killed_in_fork(&plain);
	killed_in_fork(&loopback);
}

/* After the builder's death the lab says so and can be had again. */
static void test_rebuilt_after_death(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, CONNECTED);
	kill(the_builder(s), SIGKILL);
	session_until(s, "the lab ended; r starts it again");
	session_refused(s, ANSWER_ERROR, "client: close(s)",
		"the lab ended; r (lab: rebuild) starts it again");
	session_run(s, "lab: rebuild\n" CONNECTED "wire: sees syn x 1\n");
	session_close(s);
}

static void test_closed_cleanly(void **state)
{
	struct session *s = session_namespaces(NULL);
	pid_t all[32];
	ino_t net[32];
	struct stat st;
	int n, nets;

	(void)state;
	session_run(s, CONNECTED "server: recv(conn, 9) -> waits\n");
	n = descendants(s->lab.pid, all, 32);
	nets = namespaces_of(all, n, net);
	assert_int_equal(session_end(s), 0);
	assert_gone(all, n, net, nets);
	/* Closed: what is behind the last event was cut off. */
	session_text(s);
	assert_int_equal(stat(s->lab.journal, &st), 0);
	assert_int_equal(st.st_size, s->at);
	session_close(s);
}

static void test_interrupt(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, CONNECTED
		"server: recv(conn, 64) -> waits\n"
		"server: interrupt\n"
		"server: recv returns -> EINTR\n"
		/* it is free for the next call, whose name was not bound */
		"client: send(s, \"x\") -> 1\n"
		"server: recv(conn, 64) -> \"x\"\n");
	session_refused(s, ANSWER_ERROR, "server: interrupt",
		"server is in no call");
	session_close(s);
}

static void test_actor_killed(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, CONNECTED
		"client: recv(s, 64) -> waits\n"
		"server: recv(conn, 64) -> waits\n"
		"client: kill\n"
		/* its kernel says goodbye */
		"server: recv returns -> \"\"\n"
		"wire: sees fin from client\n");
	assert_true(session_has(s, "client: kill\n"));
	assert_true(session_has(s, "client: ended 9\n"));
	session_refused(s, ANSWER_ERROR, "client: send(s, \"x\")",
		"s stands for nothing: the process of client ended, and its "
		"names with it");
	session_refused(s, ANSWER_ERROR, "zz: recv(s, 1)",
		"there is no host zz; the hosts are client, server");
	session_run(s, "client: s = socket(AF_INET, SOCK_STREAM) -> 3\n");
	assert_int_equal(session_count(s, "client: starts\n"), 2);
	session_close(s);
}

/* An expectation of a call fails with its process. */
static void test_killed_while_expected(void **state)
{
	struct session *s = session_namespaces(NULL);
	struct answer a;
	uint64_t id;

	(void)state;
	session_run(s, CONNECTED "wire: cut\n"
		"client: send(s, \"x\") -> 1\n"
		"server: recv(conn, 9) -> waits\n");
	id = link_send(s->link, "server: recv returns -> \"x\"");
	link_send(s->link, "server: kill");
	a = session_answer(s, id);
	assert_int_equal(a.kind, ANSWER_FAILED);
	assert_string_equal(a.text, "expected \"x\", and server ended in recv");
	session_close(s);
}

static void test_stop_and_cont(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, CONNECTED
		"server: stop\n"
		/* the kernel of a stopped process takes bytes all the same */
		"client: send(s, \"x\") -> 1\n"
		"server: recv(conn, 9) -> waits\n"
		"server: cont\n"
		"server: recv returns -> \"x\"\n");
	session_close(s);
}

/* Let run on before it stood still, it never stands: the one who asked for it
 * is told, and the lab goes on. */
static void test_stop_taken_back(void **state)
{
	struct session *s = session_namespaces(NULL);
	uint64_t stop;
	struct answer a;

	(void)state;
	session_run(s, "server: ear = socket(AF_INET, SOCK_STREAM) -> 3\n");
	stop = link_send(s->link, "server: stop");
	a = session_answer(s, link_send(s->link, "server: cont"));
	assert_int_equal(a.kind, ANSWER_OK);
	a = session_answer(s, stop);
	assert_true(a.kind == ANSWER_OK || a.kind == ANSWER_FAILED);
	session_run(s, "server: close(ear) -> 0\n");
	session_close(s);
}

/* A program that has ended is gone, whoever still holds its pipe; what it said
 * is told, its errors too. */
static void test_program_leaves_a_child(void **state)
{
	struct session *s = session_namespaces(NULL);
	struct timespec before, after;
	clockid_t clock;

	(void)state;
	session_run(s, "server: run setsid -f sleep 20\n"
		"client: run ls /no/such/folder\n");
	session_until(s, "server: ended exit 0");
	session_until(s, "client: ended exit 2");
	assert_true(session_has(s, "client: says \"ls: "));
	/* and nothing keeps the lab awake */
	assert_int_equal(clock_getcpuclockid(s->lab.pid, &clock), 0);
	clock_gettime(clock, &before);
	session_run(s, "lab: wait 500ms");
	clock_gettime(clock, &after);
	assert_true((after.tv_sec - before.tv_sec) * CLOCK_S + after.tv_nsec -
		before.tv_nsec < 100 * CLOCK_MS);
	session_close(s);
}

/* What a program will do next nobody knows: a value may still come of it. */
static void test_program_is_waited_for(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s,
		"server: u = socket(AF_INET, SOCK_DGRAM) -> 3\n"
		"server: bind(u, any:9999) -> 0\n"
		"client: run bash -c "
		"{sleep,0.5};echo>/dev/udp/10.0.0.2/9999\n"
		"server: recv(u, 64) -> \"\\n\"\n");
	session_close(s);
}

static void test_further_process(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, CONNECTED
		"client2: t = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"client2: connect(t, server:9999) -> 0\n"
		"server: two = accept(ear) -> 5\n"
		"client2: send(t, \"2\") -> 1\n"
		"server: recv(two, 9) -> \"2\"\n"
		"server: getpeername(two) -> client:_\n");
	session_close(s);
}

static void test_settings(void **state)
{
	struct session *s = session_namespaces(NULL);
	struct answer a;

	(void)state;
	session_run(s, "lab: clocks real\nlab: mtu 600\n");
	assert_true(session_has(s, "clocks=real mtu=600 "));
	session_run(s, CONNECTED);
	a = session_say(s, "lab: clocks slow");
	assert_int_equal(a.kind, ANSWER_ERROR);
	session_run(s, "lab: rebuild\n");
	assert_int_equal(session_count(s, "clocks=slow mtu=1500 "), 2);
	/* everything is fresh: names, numbers, ports */
	session_run(s, CONNECTED "lab: page tour 2 en\nlab: step 1\n");
	assert_true(session_has(s, "lab: page tour 2 en\nlab: step 1\n"));
	session_close(s);
}

static void test_ipv6(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s,
		"server: ear = socket(AF_INET6, SOCK_STREAM) -> 3\n"
		"server: bind(ear, any:9999) -> 0\n"
		"server: listen(ear, 5) -> 0\n"
		"client: s = socket(AF_INET6, SOCK_STREAM) -> 3\n"
		"client: connect(s, server:9999) -> 0\n"
		"client: getpeername(s) -> server:9999\n"
		"wire: sees syn from client x 1\n");
	session_close(s);
}

/* Sockets as the kernel has them, from birth to death. */
static void test_states(void **state)
{
	struct session *s = session_namespaces(NULL);

	(void)state;
	session_run(s, CONNECTED "client: send(s, \"hello\") -> 5\n"
		"lab: wait 60ms\n");
	assert_true(session_has(s, "server: state fd=3 cookie="));
	assert_true(session_has(s, " tcp LISTEN 0.0.0.0:9999 0.0.0.0:0 "));
	assert_true(session_has(s, "tcp SYN_SENT 10.0.0.1:"));
	assert_true(session_has(s, "tcp ESTABLISHED 10.0.0.1:"));
	session_until(s, "rq=5 sq=0");
	session_run(s, "server: recv(conn, 9) -> \"hello\"\n"
		"client: close(s) -> 0\nserver: recv(conn, 9) -> \"\"\n"
		"server: close(conn) -> 0\n");
	session_until(s, "TIME_WAIT");
	session_until(s, "server: state gone cookie=");
	session_close(s);
}

static void test_no_capability(void **state)
{
	struct session *s = session_namespaces(NULL);
	char text[4096], *p;

	(void)state;
	session_run(s, CONNECTED);
	assert_true(read_proc(s->lab.pid, "status", text, sizeof(text)));
	for (p = text; (p = strstr(p, "\nCap")); p++) {
		/* An ordinary user cannot take anything off the bounding set,
		 * which gives nothing by itself. */
		if (geteuid() != 0 && !strncmp(p, "\nCapBnd", 7))
			continue;
		assert_int_equal(strtoull(p + 8, NULL, 16), 0);
	}
	/* And a fresh lab can be had without any. */
	session_run(s, "lab: rebuild\n" CONNECTED);
	session_close(s);
}

/* At the limit the wire holds; nobody crashes; it is said. */
static void test_full(void **state)
{
	struct lab_options o = {.limit = 64 << 10};
	struct session *s = session_namespaces(&o);
	struct answer a;

	(void)state;
	session_run(s, CONNECTED);
	link_send(s->link, "client: send(s, repeat(\"A\", 3000000))");
	session_until(s, "lab: full");
	a = session_say(s, "server: recv(conn, 10)");
	assert_int_equal(a.kind, ANSWER_ERROR);
	assert_string_equal(a.text, "the journal is full: the wire holds and "
		"nothing more is done");
	assert_int_equal(session_close(s), 0);
}

/* A screen that does not read holds up nothing. */
static void test_unread_control(void **state)
{
	struct session *s = session_namespaces(NULL);
	struct buf lines = {0};
	uint64_t id;

	(void)state;
	session_run(s, CONNECTED);
	for (int i = 0; i < 5000; i++)
		id = link_send(s->link, "lab: no such thing, said at length");
	id = link_send(s->link, "client: send(s, \"done\")");
	/* Only write, never read. */
	for (int64_t end = clock_mono() + ANSWER_MAX;
		!session_has(s, "client: send returns -> 4") &&
		clock_mono() < end;)
		link_pump(s->link);
	assert_true(session_has(s, "client: send returns -> 4"));
	assert_int_equal(session_answer(s, id).kind, ANSWER_OK);
	buf_done(&lines);
	session_close(s);
}

static void test_loopback(void **state)
{
	struct lab_options o = {.loopback = true};
	struct session *s = session_open(&o);
	struct answer a;

	(void)state;
	session_run(s,
		"server: ear = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"server: setsockopt(ear, SO_REUSEADDR, 1) -> 0\n"
		"server: bind(ear, any:0) -> 0\n"
		"server: getsockname(ear) -> server:_\n");
	assert_true(session_has(s, "lab: built loopback clocks=real"));
	assert_true(session_has(s, "getsockname returns -> 127.0.0.1:"));
	session_run(s, "server: listen(ear, 5) -> 0\n"
		"server: conn = accept(ear) -> waits\n"
		"server: interrupt\n"
		"server: accept returns -> EINTR\n"
		"wire: sees syn\n");
	a = session_say(s, "wire: hold");
	assert_int_equal(a.kind, ANSWER_ERROR);
	a = session_say(s, "client: run true");
	assert_int_equal(a.kind, ANSWER_ERROR);
	session_close(s);
}

/* The device that socket fd of a process is bound to, "" when to none. */
static void device_of(pid_t pid, int fd, char *out, socklen_t size)
{
	int process = syscall(SYS_pidfd_open, pid, 0), copy;

	assert_true(process >= 0);
	copy = syscall(SYS_pidfd_getfd, process, fd, 0);
	if (copy < 0 && errno == EPERM)
		skip(); /* we may not look into it */
	assert_true(copy >= 0);
	assert_int_equal(getsockopt(copy, SOL_SOCKET, SO_BINDTODEVICE, out,
		&size), 0);
	out[size ? size - 1 : 0] = '\0';
	close(copy);
	close(process);
}

/* Without namespaces nobody beyond the machine may reach a lab's socket, bound
 * to whatever address, or to none. */
static void test_loopback_is_closed(void **state)
{
	struct lab_options o = {.loopback = true};
	struct session *s = session_open(&o);
	pid_t pid[4];
	char device[32];

	(void)state;
	session_run(s,
		"server: ear = socket(AF_INET, SOCK_STREAM) -> 3\n"
		"server: bind(ear, 0.0.0.0:0) -> 0\n"
		"server: listen(ear, 5) -> 0\n"
		"server: own = socket(AF_INET6, SOCK_STREAM) -> 4\n"
		"server: listen(own, 5) -> 0\n");
	/* the builder and its one actor */
	assert_int_equal(descendants(s->lab.pid, pid, 4), 2);
	for (int i = 0; i < 2; i++) {
		if (parent_of(pid[i]) == s->lab.pid)
			continue;
		for (int fd = 3; fd <= 4; fd++) {
			device_of(pid[i], fd, device, sizeof(device));
			assert_string_equal(device, "lo");
		}
	}
	session_close(s);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lab_killed),
		cmocka_unit_test(test_builder_killed),
		cmocka_unit_test(test_killed_in_fork),
		cmocka_unit_test(test_rebuilt_after_death),
		cmocka_unit_test(test_closed_cleanly),
		cmocka_unit_test(test_interrupt),
		cmocka_unit_test(test_actor_killed),
		cmocka_unit_test(test_killed_while_expected),
		cmocka_unit_test(test_stop_and_cont),
		cmocka_unit_test(test_stop_taken_back),
		cmocka_unit_test(test_program_leaves_a_child),
		cmocka_unit_test(test_program_is_waited_for),
		cmocka_unit_test(test_further_process),
		cmocka_unit_test(test_settings),
		cmocka_unit_test(test_ipv6),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_no_capability),
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_unread_control),
		cmocka_unit_test(test_loopback),
		cmocka_unit_test(test_loopback_is_closed),
	};

	SESSION_ACTOR(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
