/*
 * The builder: builds, says that it is ready, then starts programs until its
 * socket closes. It is the parent of all that runs in the lab and reaps it.
 *
 * src/README.md, "The builder", has the lines it reads and writes.
 */
#include <errno.h>
#include <linux/netlink.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/confine.h"
#include "base/fdpass.h"
#include "base/mem.h"
#include "host/build.h"

#define REQUEST_MAX 65536
#define ARGS_MAX 256

const char *const build_step_word[STEP_COUNT] = {
	[STEP_CLONE] = "clone",
	[STEP_IDS] = "ids",
	[STEP_MOUNTS] = "mounts",
	[STEP_NAMESPACE] = "namespace",
	[STEP_VETH] = "veth",
	[STEP_ADDRESS] = "address",
	[STEP_PACKET] = "packet",
	[STEP_DIAG] = "diag",
};

struct child {
	pid_t pid;
	bool ended;
	int status;
};

struct builder_state {
	int sock, signals;
	struct build build;
	struct child *child; /* until somebody has asked how they ended */
	size_t children, cap;
	struct child adopted[ADOPTED_MOST]; /* not started by us: the last */
	size_t adoptions;                   /* that ended, in a ring */
};

/*
 * Die with the lab, also when it died before we could ask for that. In
 * loopback there is something to put in order then, and our socket tells.
 */
static void tie_to(int parent, bool loopback)
{
	struct pollfd gone = {.fd = parent, .events = POLLIN};

	if (loopback) /* pid 1 of a pid namespace is it anyway */
		prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	else
		prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (poll(&gone, 1, 0) > 0)
		_exit(1);
	close(parent);
}

static int hear_children(void)
{
	sigset_t set;

	/* What the lab ignores, its programs shall not; and whoever ignores
	 * SIGCHLD is not told how its children end. */
	signal(SIGPIPE, SIG_DFL);
	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_SETMASK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void say(struct builder_state *s, const int *fd, int nfd,
	const char *fmt, ...) __attribute__((format(printf, 4, 5)));

static void say(struct builder_state *s, const int *fd, int nfd,
	const char *fmt, ...)
{
	char text[1024];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	/* When nobody is there to hear it, the next read ends us. */
	fdpass_send(s->sock, text, n, fd, nfd);
}

/* In the machine's own place: sockets can be asked after there as well. */
static void build_nothing(struct build *b)
{
	for (int i = 0; i < b->plan->hosts; i++) {
		b->ready.diag[i] = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC,
			NETLINK_SOCK_DIAG);
		b->host[i].home = home_make(b);
	}
}

static void hand_over(struct builder_state *s)
{
	struct host_ready *r = &s->build.ready;
	int fd[FDPASS_MAX], n = 0;

	for (int i = 0; i < s->build.plan->hosts; i++) {
		if (!s->build.plan->loopback) {
			fd[n++] = r->tap[i];
			fd[n++] = r->door[i];
			fd[n++] = r->fence[i];
		}
		if (r->diag[i] >= 0)
			fd[n++] = r->diag[i];
	}
	say(s, fd, n, "ready %s", buf_str(&s->build.said));
	while (n > 0)
		close(fd[--n]);
	buf_done(&s->build.said);
}

static struct child *child_of(struct builder_state *s, pid_t pid)
{
	for (size_t i = 0; i < s->children; i++)
		if (s->child[i].pid == pid)
			return &s->child[i];
	return NULL;
}

/* Whoever lost its parent is our child as well. */
static void reap(struct builder_state *s)
{
	struct signalfd_siginfo told;
	int status;
	pid_t pid;

	while (read(s->signals, &told, sizeof(told)) > 0)
		;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		struct child *c = child_of(s, pid);

		if (!c)
			c = &s->adopted[s->adoptions++ % ADOPTED_MOST];
		*c = (struct child){pid, true, status};
	}
}

/* spawn HOST ARG\0ARG\0…, home HOST ARG\0ARG\0… */
static void order_spawn(struct builder_state *s, bool home, char *text,
	char *end)
{
	const struct build *b = &s->build;
	struct birth_place where = {.folder = b->folder, .home = -1};
	char *argv[ARGS_MAX + 1];
	struct spawned p;
	int argc = 0, r;
	long host = strtol(text, &text, 10);

	if (*text++ != ' ' || host < 0 || host >= b->plan->hosts) {
		say(s, NULL, 0, "failed %d", EINVAL);
		return;
	}
	for (; text < end && argc < ARGS_MAX; text += strlen(text) + 1)
		argv[argc++] = text;
	argv[argc] = NULL;
	if (!argc || text < end) {
		say(s, NULL, 0, "failed %d", argc ? E2BIG : EINVAL);
		return;
	}
	if (!b->plan->loopback)
		where.host = &b->host[host];
	if (home)
		where.home = b->host[host].home;
	r = spawn_program(&where, argv, &p);
	if (r) {
		say(s, NULL, 0, "failed %d", -r);
		return;
	}
	s->child = mem_grow(s->child, &s->cap, s->children + 1,
		sizeof(*s->child));
	s->child[s->children++] = (struct child){.pid = p.pid};
	say(s, (int[]){p.in, p.out, p.pidfd}, 3, "spawned %d", p.pid);
	close(p.in);
	close(p.out);
	close(p.pidfd);
}

/* adopt PID: a process of the lab that we did not start. */
static void order_adopt(struct builder_state *s, const char *text)
{
	int pid = atoi(text), fd = -1;

	if (pid > 0)
		fd = syscall(SYS_pidfd_open, pid, 0);
	if (fd < 0) {
		say(s, NULL, 0, "failed %d", pid > 0 ? errno : EINVAL);
		return;
	}
	say(s, &fd, 1, "adopted %d", pid);
	close(fd);
}

/* How a process ended that had another parent than us at first. */
static struct child *adopted(struct builder_state *s, pid_t pid)
{
	size_t n = s->adoptions < ADOPTED_MOST ? s->adoptions : ADOPTED_MOST;

	for (size_t i = 1; i <= n; i++) {
		struct child *c =
			&s->adopted[(s->adoptions - i) % ADOPTED_MOST];

		if (c->ended && c->pid == pid)
			return c;
	}
	return NULL;
}

/* ended PID: asked when its pidfd says that it has. */
static void order_ended(struct builder_state *s, const char *text)
{
	pid_t pid = atoi(text);
	struct child *c;

	reap(s);
	c = child_of(s, pid);
	if (!c)
		c = adopted(s, pid);
	if (!c || !c->ended) {
		/* Whoever has a parent still is not ours to wait for. */
		bool runs = c || (pid > 0 && !kill(pid, 0));

		say(s, NULL, 0, "failed %d", runs ? EAGAIN : ESRCH);
		return;
	}
	say(s, NULL, 0, "ended %d", c->status);
	if (c >= s->adopted && c < s->adopted + ADOPTED_MOST)
		c->ended = false;
	else
		*c = s->child[--s->children];
}

static void obey(struct builder_state *s, char *text, long n)
{
	text[n] = '\0';
	if (!strncmp(text, "spawn ", 6))
		order_spawn(s, false, text + 6, text + n);
	else if (!strncmp(text, "home ", 5))
		order_spawn(s, true, text + 5, text + n);
	else if (!strncmp(text, "adopt ", 6))
		order_adopt(s, text + 6);
	else if (!strncmp(text, "ended ", 6))
		order_ended(s, text + 6);
	else
		say(s, NULL, 0, "failed %d", EINVAL);
}

/* Until the socket closes. */
static void serve(struct builder_state *s)
{
	struct pollfd on[] = {
		{.fd = s->sock, .events = POLLIN},
		{.fd = s->signals, .events = POLLIN},
	};
	char *text = mem_zero(REQUEST_MAX + 1);

	while (poll(on, 2, -1) > 0 || errno == EINTR) {
		int nfd = 0;
		long n;

		if (on[1].revents)
			reap(s);
		if (!on[0].revents)
			continue;
		n = fdpass_recv(s->sock, text, REQUEST_MAX, NULL, &nfd);
		if (n == -EMSGSIZE)
			say(s, NULL, 0, "failed %d", E2BIG);
		else if (n <= 0)
			break;
		else
			obey(s, text, n);
	}
	free(text);
}

/* End whoever is our child now. False when there is nobody, or nobody knows
 * (proc_pid_children(5)). */
static bool kill_children(void)
{
	FILE *f = fopen("/proc/thread-self/children", "re");
	bool any = false;
	int pid;

	while (f && fscanf(f, "%d", &pid) == 1)
		any |= !kill(pid, SIGKILL);
	if (f)
		fclose(f);
	return any;
}

/* Without a pid namespace nobody else ends them, nor removes their folders.
 * Whoever dies leaves us its children. */
static void clear_away(struct builder_state *s)
{
	for (size_t i = 0; i < s->children; i++)
		if (!s->child[i].ended)
			kill(s->child[i].pid, SIGKILL);
	while (kill_children())
		while (waitpid(-1, NULL, 0) < 0 && errno == EINTR)
			;
	for (int i = 0; i < s->build.plan->hosts; i++)
		home_done(s->build.host[i].home);
}

void builder_live(int sock, int parent, const struct host_plan *plan)
{
	struct builder_state s = {.sock = sock, .build = {.plan = plan}};
	int r;

	setsid();
	memset(s.build.ready.tap, -1, sizeof(s.build.ready.tap));
	memset(s.build.ready.door, -1, sizeof(s.build.ready.door));
	memset(s.build.ready.fence, -1, sizeof(s.build.ready.fence));
	memset(s.build.ready.diag, -1, sizeof(s.build.ready.diag));
	if (!getcwd(s.build.folder, sizeof(s.build.folder)))
		strcpy(s.build.folder, "/");
	s.build.step = STEP_CLONE;
	r = confine_descriptors(&s.sock, &parent);
	if (!r) {
		tie_to(parent, plan->loopback);
		s.signals = hear_children();
		r = s.signals < 0 ? -errno : 0;
	}
	if (!r && plan->loopback)
		build_nothing(&s.build);
	else if (!r)
		r = hosts_build(&s.build);
	if (r) {
		say(&s, NULL, 0, "refused %s %d",
			build_step_word[s.build.step], -r);
		_exit(1);
	}
	hand_over(&s);
	serve(&s);
	if (plan->loopback)
		clear_away(&s);
	_exit(0);
}
