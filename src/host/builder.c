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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
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
};

/* Die with the lab, also when it died before we could ask for that. */
static void tie_to(int parent)
{
	struct pollfd gone = {.fd = parent, .events = POLLIN};

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
	for (int i = 0; i < b->plan->hosts; i++)
		b->ready.diag[i] = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC,
			NETLINK_SOCK_DIAG);
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

		if (c) {
			c->ended = true;
			c->status = status;
		}
	}
}

/* spawn HOST ARG\0ARG\0… */
static void order_spawn(struct builder_state *s, char *text, char *end)
{
	const struct build *b = &s->build;
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
	r = spawn_program(b->plan->loopback ? NULL : &b->host[host], b->folder,
		argv, &p);
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

/* ended PID: asked when its pidfd says that it has. */
static void order_ended(struct builder_state *s, const char *text)
{
	struct child *c = child_of(s, atoi(text));

	reap(s);
	if (!c || !c->ended) {
		say(s, NULL, 0, "failed %d", c ? EAGAIN : ESRCH);
		return;
	}
	say(s, NULL, 0, "ended %d", c->status);
	*c = s->child[--s->children];
}

static void obey(struct builder_state *s, char *text, long n)
{
	text[n] = '\0';
	if (!strncmp(text, "spawn ", 6))
		order_spawn(s, text + 6, text + n);
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
		tie_to(parent);
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
	/* Without a pid namespace nobody else ends them. */
	for (size_t i = 0; i < s.children; i++)
		if (!s.child[i].ended)
			kill(s.child[i].pid, SIGKILL);
	_exit(0);
}
