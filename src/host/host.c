/* The lab's side: start a builder, ask it for processes, end it. */
#include "host/host.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fdpass.h"
#include "base/intl.h"
#include "base/mem.h"
#include "host/build.h"
#include "host/start.h"

#define ANSWER 1024
#define GOODBYE_MS 1000
#define NET_V4 "10.0.0."
#define NET_V6 "fd00::"

struct builder {
	pid_t pid;
	int sock, pidfd;
	bool loopback;
};

void host_plan_default(struct host_plan *p)
{
	*p = (struct host_plan){
		.host = {
			{"client", "10.0.0.1", "fd00::1", "02:00:00:00:00:01"},
			{"server", "10.0.0.2", "fd00::2", "02:00:00:00:00:02"},
		},
		.hosts = 2,
		.clocks = HOST_CLOCKS_SLOW,
		.mtu = 1500,
	};
}

int host_plan_add(struct host_plan *p, const char *name, const char *ipv4)
{
	struct host_spec h = {0};
	unsigned n, end = 0;

	if (sscanf(ipv4, NET_V4 "%3u%n", &n, (int *)&end) != 1 ||
		ipv4[end] || n < 1 || n > 254)
		return -EINVAL;
	snprintf(h.ipv4, sizeof(h.ipv4), NET_V4 "%u", n);
	snprintf(h.ipv6, sizeof(h.ipv6), NET_V6 "%u", n);
	snprintf(h.mac, sizeof(h.mac), "02:00:00:00:00:%02x", n);
	if (!name[0] || strlen(name) >= sizeof(h.name) || strcmp(ipv4, h.ipv4))
		return -EINVAL;
	strcpy(h.name, name);
	for (int i = 0; i < p->hosts; i++)
		if (!strcmp(p->host[i].name, name) ||
			!strcmp(p->host[i].ipv4, h.ipv4))
			return -EEXIST;
	if (p->hosts == HOST_MAX)
		return -ENOSPC;
	p->host[p->hosts] = h;
	return p->hosts++;
}

int host_plan_set(struct host_plan *p, const char *name, const char *value)
{
	struct host_setting s = {0}, *old;

	/* It becomes a path below a folder that it must not leave. */
	if (strncmp(name, "net.", 4) || !name[4] || strchr(name, '/') ||
		strstr(name, "..") || !value[0])
		return -EINVAL;
	if (strlen(name + 4) >= sizeof(s.name) ||
		strlen(value) >= sizeof(s.value))
		return -EINVAL;
	strcpy(s.name, name + 4);
	strcpy(s.value, value);
	for (char *dot = s.name; (dot = strchr(dot, '.')); dot++)
		*dot = '/';
	for (int i = 0; i < p->settings; i++) {
		old = &p->setting[i];
		if (!strcmp(old->name, s.name)) {
			*old = s;
			return 0;
		}
	}
	if (p->settings == HOST_SETTINGS)
		return -ENOSPC;
	p->setting[p->settings++] = s;
	return 0;
}

static void close_all(int *fd, int n)
{
	while (n > 0)
		close(fd[--n]);
}

/* The step a `refused` line names. */
static enum build_step step_of(const char *word)
{
	for (int i = 0; i < STEP_COUNT; i++)
		if (!strcmp(word, build_step_word[i]))
			return i;
	return STEP_CLONE;
}

/* Descriptors arrive host by host: tap, door, fence, diag; in loopback diag, or
 * none at all. */
static int deal_out(struct host_ready *ready, const struct host_plan *plan,
	int *fd, int n)
{
	int each = plan->loopback ? 1 : 4;

	for (int i = 0; i < HOST_MAX; i++)
		ready->tap[i] = ready->door[i] = ready->fence[i] =
			ready->diag[i] = -1;
	if (n == 0 && plan->loopback)
		return 0;
	if (n != each * plan->hosts) {
		close_all(fd, n);
		return -EPROTO;
	}
	for (int i = 0; i < plan->hosts; i++) {
		if (!plan->loopback) {
			ready->tap[i] = *fd++;
			ready->door[i] = *fd++;
			ready->fence[i] = *fd++;
		}
		ready->diag[i] = *fd++;
	}
	return 0;
}

static int hear_ready(struct builder *b, const struct host_plan *plan,
	struct host_ready *ready, char *why, size_t size)
{
	char text[sizeof("ready ") + sizeof(ready->said)], word[16];
	int fd[FDPASS_MAX], nfd = FDPASS_MAX, error, r;
	long n = fdpass_recv(b->sock, text, sizeof(text) - 1, fd, &nfd);

	if (n <= 0) {
		snprintf(why, size, "%s",
			_("the process that builds the hosts has died."));
		return n < 0 ? (int)n : -ECHILD;
	}
	text[n] = '\0';
	if (sscanf(text, "refused %15s %d", word, &error) == 2)
		return refusal_explain(step_of(word), error, why, size);
	r = strncmp(text, "ready ", 6) ? -EPROTO
				       : deal_out(ready, plan, fd, nfd);
	if (r)
		snprintf(why, size, "%s", strerror(-r));
	else
		snprintf(ready->said, sizeof(ready->said), "%.*s",
			(int)sizeof(ready->said) - 1, text + strlen("ready "));
	return r;
}

static void end(struct builder *b)
{
	struct pollfd gone = {.fd = b->pidfd, .events = POLLIN};

	/*
	 * With a pid namespace its death is the death of all. In loopback it
	 * ends its children itself, when it finds its socket closed.
	 */
	shutdown(b->sock, SHUT_RDWR);
	if (!b->loopback || poll(&gone, 1, GOODBYE_MS) <= 0)
		kill(b->pid, SIGKILL);
	while (waitpid(b->pid, NULL, 0) < 0 && errno == EINTR)
		;
	close(b->sock);
	if (b->pidfd >= 0)
		close(b->pidfd);
	free(b);
}

int builder_start(struct builder **out, const struct host_plan *plan,
	struct host_ready *ready, char *why, size_t size)
{
	struct builder *b;
	int sock[2], r;
	pid_t pid;

	*out = NULL;
	why[0] = '\0';
	if (plan->hosts < 1 || plan->hosts > HOST_MAX ||
		socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sock)) {
		r = plan->hosts < 1 || plan->hosts > HOST_MAX ? -EINVAL
							      : -errno;
		snprintf(why, size, "%s", strerror(-r));
		return r;
	}
	pid = start_builder(sock[1], plan);
	close(sock[1]);
	if (pid < 0) {
		close(sock[0]);
		return refusal_explain(STEP_CLONE, -pid, why, size);
	}
	b = mem_zero(sizeof(*b));
	b->pid = pid;
	b->sock = sock[0];
	b->loopback = plan->loopback;
	b->pidfd = syscall(SYS_pidfd_open, pid, 0);
	r = hear_ready(b, plan, ready, why, size);
	if (r) {
		end(b);
		return r;
	}
	if (!plan->loopback)
		start_remember(pid);
	*out = b;
	return 0;
}

/* Ask in one message, and take the answer. Bytes of it, or -errno, also for
 * the builder's `failed`. */
static long ask(struct builder *b, const struct buf *question, char *answer,
	size_t size, int *fd, int *nfd)
{
	int r = fdpass_send(b->sock, question->data, question->len, NULL, 0);
	int want = *nfd, error;
	long n;

	*nfd = 0;
	if (r)
		return r;
	*nfd = want;
	n = fdpass_recv(b->sock, answer, size - 1, fd, nfd);
	if (n <= 0)
		return n ? n : -EPIPE;
	answer[n] = '\0';
	if (sscanf(answer, "failed %d", &error) == 1)
		return -error;
	return n;
}

/* The process behind a pidfd, as we count (pidfd_open(2)). */
static pid_t pid_behind(int pidfd)
{
	char line[128];
	pid_t pid = -1;
	FILE *f;

	snprintf(line, sizeof(line), "/proc/self/fdinfo/%d", pidfd);
	f = fopen(line, "re");
	if (!f)
		return -1;
	while (pid < 0 && fgets(line, sizeof(line), f))
		sscanf(line, "Pid: %d", &pid);
	fclose(f);
	return pid;
}

static int spawn(struct builder *b, const char *order, int host,
	char *const argv[], struct host_actor *out)
{
	struct buf question = {0};
	char answer[ANSWER];
	int fd[3], nfd = 3;
	long n;

	buf_printf(&question, "%s %d ", order, host);
	for (; *argv; argv++)
		buf_add(&question, *argv, strlen(*argv) + 1);
	n = ask(b, &question, answer, sizeof(answer), fd, &nfd);
	buf_done(&question);
	if (n < 0)
		return (int)n;
	if (nfd != 3 || sscanf(answer, "spawned %d", &out->inner) != 1) {
		close_all(fd, nfd);
		return -EPROTO;
	}
	out->in = fd[0];
	out->out = fd[1];
	out->pidfd = fd[2];
	out->pid = pid_behind(fd[2]);
	return 0;
}

int builder_spawn(struct builder *b, int host, char *const argv[],
	struct host_actor *out)
{
	return spawn(b, "spawn", host, argv, out);
}

int builder_spawn_home(struct builder *b, int host, char *const argv[],
	struct host_actor *out)
{
	return spawn(b, "home", host, argv, out);
}

int builder_adopt(struct builder *b, pid_t inner, struct host_actor *out)
{
	struct buf question = {0};
	char answer[ANSWER];
	int nfd = 1, fd;
	long n;

	buf_printf(&question, "adopt %d", inner);
	n = ask(b, &question, answer, sizeof(answer), &fd, &nfd);
	buf_done(&question);
	if (n < 0)
		return (int)n;
	if (nfd != 1)
		return -EPROTO;
	*out = (struct host_actor){
		.in = -1, .out = -1, .pidfd = fd,
		.pid = pid_behind(fd), .inner = inner,
	};
	return 0;
}

int builder_ended(struct builder *b, const struct host_actor *a)
{
	struct buf question = {0};
	char answer[ANSWER];
	int nfd = 0, status;
	long n;

	buf_printf(&question, "ended %d", a->inner);
	n = ask(b, &question, answer, sizeof(answer), NULL, &nfd);
	buf_done(&question);
	if (n < 0)
		return (int)n;
	return sscanf(answer, "ended %d", &status) == 1 ? status : -EPROTO;
}

int builder_fd(const struct builder *b)
{
	return b->pidfd;
}

void builder_stop(struct builder *b)
{
	if (b)
		end(b);
}
