/*
 * lab: how the live process begins and ends.
 *
 * It is forked, never exec'd. It leaves the screen's session, so that Ctrl-C
 * and Ctrl-Z are the screen's alone, keeps no descriptor but its own, and once
 * the hosts stand it has no capability: what it goes on doing needs only
 * descriptors that are open.
 */
#include "lab/lab.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/confine.h"
#include "base/intl.h"
#include "base/mem.h"
#include "lab/inside.h"

/* What the child tells the parent before anything else. */
struct begun {
	int error;      /* 0 or -errno */
	const char *at; /* what failed: the parent has the same memory image */
};

/* A session of our own; a signal of the end arrives as a descriptor. */
static int settle_in(struct lab *lab, pid_t parent)
{
	sigset_t end;

	setsid();
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&end);
	sigaddset(&end, SIGTERM);
	sigaddset(&end, SIGHUP);
	sigprocmask(SIG_SETMASK, &end, NULL);
	lab->term = signalfd(-1, &end, SFD_CLOEXEC | SFD_NONBLOCK);
	if (lab->term < 0)
		return -errno;
	prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
	if (getppid() != parent)
		return -ESRCH;
	return 0;
}

static int begin(struct lab *lab, const struct lab_options *o,
	const char *path, pid_t parent, int *handshake, const char **at)
{
	struct diag d;
	int r;

	*at = N_("its descriptors");
	r = confine_descriptors(&lab->control.fd, handshake);
	if (r)
		return r;
	*at = N_("its signals");
	r = settle_in(lab, parent);
	if (r)
		return r;
	*at = N_("its journal");
	r = journal_create(&lab->journal, path,
		o->limit ? o->limit : JOURNAL_LIMIT);
	if (r)
		return r;
	return journal_map(&lab->view, path, &d);
}

static void find_program(struct lab *lab, const struct lab_options *o)
{
	static char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	self[n > 0 ? n : 0] = '\0';
	lab->program = o->program ? o->program : self;
}

static void init(struct lab *lab, const struct lab_options *o, int control)
{
	lab->control.fd = control;
	lines_init(&lab->control.in, LINE_MAX_BYTES + 64);
	lab->orders_end = &lab->orders;
	lab->now = lab->budget_at = clock_mono();
	sched_getaffinity(0, sizeof(lab->own_cpus), &lab->own_cpus);
	find_program(lab, o);
	host_plan_default(&lab->started);
	if (o->real_clocks)
		lab->started.clocks = HOST_CLOCKS_REAL;
	lab->started.loopback = o->loopback;
	lab->plan = lab->started;
}

static void end(struct lab *lab)
{
	build_end(lab);
	control_flush(lab);
	free(lab->sockets);
	lines_done(&lab->control.in);
	buf_done(&lab->control.out);
	buf_done(&lab->announce);
	if (lab->view)
		journal_unmap(lab->view);
	journal_close(lab->journal);
}

/* The hosts, while the screen draws its first picture. Rights are a thread's
 * own, and the journal starts one, but not before much is written. */
static void build(struct lab *lab)
{
	int r;

	build_hosts(lab);
	r = confine_rights();
	if (r) {
		record_note(lab, _("The lab cannot start, %s failed: %s."),
			_("giving up its rights"), strerror(-r));
		build_end(lab);
		_exit(2);
	}
	build_tell(lab);
}

static void live(const struct lab_options *o, const char *path, pid_t parent,
	int control, int handshake)
{
	static struct lab lab;
	struct begun b = {0};

	init(&lab, o, control);
	b.error = begin(&lab, o, path, parent, &handshake, &b.at);
	if (write(handshake, &b, sizeof(b)) != sizeof(b) || b.error)
		_exit(2);
	close(handshake);
	build(&lab);
	lab_loop(&lab);
	end(&lab);
	_exit(0);
}

static int find_path(const struct lab_options *o, char *out, size_t size)
{
	if (!o->journal)
		return journal_fresh_path(out, size);
	if (snprintf(out, size, "%s", o->journal) >= (int)size)
		return -ENAMETOOLONG;
	return 0;
}

int lab_start(const struct lab_options *o, struct lab_started *out, char *why,
	size_t size)
{
	int pair[2] = {-1, -1}, handshake[2] = {-1, -1};
	struct begun b = {.error = -EPIPE, .at = N_("its beginning")};
	pid_t parent = getpid(), pid = -1;
	int r = find_path(o, out->journal, sizeof(out->journal));

	if (r) {
		snprintf(why, size, _("No folder for the journal: %s."),
			strerror(-r));
		return r;
	}
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0 ||
		pipe2(handshake, O_CLOEXEC) < 0)
		goto fail;
	pid = fork();
	if (pid < 0)
		goto fail;
	if (pid == 0) {
		fcntl(pair[1], F_SETFL, O_NONBLOCK);
		live(o, out->journal, parent, pair[1], handshake[1]);
	}
	close(pair[1]);
	close(handshake[1]);
	if (read(handshake[0], &b, sizeof(b)) != sizeof(b))
		b.error = -EPIPE;
	close(handshake[0]);
	if (b.error) {
		snprintf(why, size, _("The lab cannot start, %s failed: %s."),
			_(b.at), strerror(-b.error));
		close(pair[0]);
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
		return b.error;
	}
	out->fd = pair[0];
	out->pid = pid;
	return 0;

fail:
	r = -errno;
	snprintf(why, size, _("The lab cannot start: %s."), strerror(-r));
	for (int i = 0; i < 2; i++) {
		if (pair[i] >= 0)
			close(pair[i]);
		if (handshake[i] >= 0)
			close(handshake[i]);
	}
	return r;
}
