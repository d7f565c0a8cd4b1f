/*
 * screen: the real program on a pseudo terminal.
 *
 * The *shell* is a process of ours that leads the terminal's session: it
 * starts the program as the foreground job, tells us over a socket when the
 * job stops or ends, and continues it when we say so. Without it the program
 * would be an orphan, which the kernel does not let stop itself.
 */
#include "screen_inside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What the shell tells: the job's pid, then each change of its state. */
struct told {
	enum { TOLD_PID, TOLD_STOPPED, TOLD_ENDED } kind;
	int value;
};

static void die(const char *what)
{
	fprintf(stderr, "screen: %s: %s\n", what, strerror(errno));
	exit(2);
}

int64_t screen_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

const char *screen_program(void)
{
	const char *program = getenv("TOMADA");

	return program ? program : "build/tomada";
}

/* ---- the shell ---- */

static void tell(int control, int kind, int value)
{
	struct told t = {.kind = kind, .value = value};

	if (write(control, &t, sizeof(t)) < 0)
		_exit(1);
}

static void put_environment(const char *const env[])
{
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	for (size_t i = 0; env && env[i]; i++) {
		if (strchr(env[i], '='))
			putenv((char *)env[i]);
		else
			unsetenv(env[i]);
	}
}

static void run_job(const char *const env[], const char *const argv[])
{
	setpgid(0, 0);
	tcsetpgrp(0, getpid());
	signal(SIGTTOU, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	put_environment(env);
	execv(argv[0], (char *const *)argv);
	dprintf(2, "%s: %s\r\n", argv[0], strerror(errno));
	_exit(127);
}

/* Wait for the job; hear "continue" from the test. Never returns. */
static void shell(int control, const char *const env[],
	const char *const argv[])
{
	pid_t job;
	int status;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGTTOU, SIG_IGN);
	job = fork();
	if (job == 0) {
		close(control);
		run_job(env, argv);
	}
	setpgid(job, job);
	tell(control, TOLD_PID, job);
	while (waitpid(job, &status, WUNTRACED) == job) {
		char go;

		tcsetpgrp(0, getpgrp());
		if (!WIFSTOPPED(status)) {
			tell(control, TOLD_ENDED, status);
			break;
		}
		tell(control, TOLD_STOPPED, WSTOPSIG(status));
		if (read(control, &go, 1) != 1) {
			kill(job, SIGKILL);
			continue;
		}
		tcsetpgrp(0, job);
		kill(-job, SIGCONT);
	}
	/* The session's end would hang up the terminal: wait to be let go. */
	while (read(control, &status, 1) > 0)
		;
	_exit(0);
}

/* ---- the terminal ---- */

static int on_property(VTermProp property, VTermValue *v, void *user)
{
	struct screen *s = user;

	if (property == VTERM_PROP_ALTSCREEN)
		s->alternate = v->boolean;
	else if (property == VTERM_PROP_CURSORVISIBLE)
		s->cursor = v->boolean;
	else if (property == VTERM_PROP_MOUSE)
		s->mouse = v->number;
	else if (property == VTERM_PROP_TITLE ||
		property == VTERM_PROP_ICONNAME)
		s->titled = true;
	return 1;
}

static int on_bell(void *user)
{
	((struct screen *)user)->bells++;
	return 1;
}

static const VTermScreenCallbacks callbacks = {
	.settermprop = on_property,
	.bell = on_bell,
};

static void make_terminal(struct screen *s, int columns, int rows)
{
	s->vt = vterm_new(rows, columns);
	vterm_set_utf8(s->vt, 1);
	s->seen = vterm_obtain_screen(s->vt);
	s->cursor = true;
	vterm_screen_enable_altscreen(s->seen, 1);
	vterm_screen_set_callbacks(s->seen, &callbacks, s);
	vterm_screen_reset(s->seen, 1);
	s->titled = false;
}

struct screen *screen_start(int columns, int rows, const char *const env[],
	const char *const argv[])
{
	struct winsize size = {.ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)columns};
	struct screen *s = calloc(1, sizeof(*s));
	int control[2];

	if (!s)
		die("calloc");
	signal(SIGPIPE, SIG_IGN);
	make_terminal(s, columns, rows);
	if (openpty(&s->master, &s->slave, NULL, NULL, &size))
		die("openpty");
	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, control))
		die("socketpair");
	tcgetattr(s->slave, &s->first);
	s->shell = fork();
	if (s->shell < 0)
		die("fork");
	if (s->shell == 0) {
		close(s->master);
		close(control[0]);
		setsid();
		ioctl(s->slave, TIOCSCTTY, 0);
		for (int fd = 0; fd < 3; fd++)
			dup2(s->slave, fd);
		close(s->slave);
		fcntl(control[1], F_SETFD, FD_CLOEXEC);
		shell(control[1], env, argv);
	}
	close(control[1]);
	s->control = control[0];
	fcntl(s->control, F_SETFD, FD_CLOEXEC);
	fcntl(s->master, F_SETFD, FD_CLOEXEC);
	fcntl(s->slave, F_SETFD, FD_CLOEXEC);
	fcntl(s->master, F_SETFL, O_NONBLOCK);
	return s;
}

struct screen *screen_run(int columns, int rows, const char *const env[],
	const char *arguments)
{
	const char *argv[16] = {screen_program()};
	char copy[256], *rest = NULL, *word;
	int n = 1;

	snprintf(copy, sizeof(copy), "%s", arguments);
	for (word = strtok_r(copy, " ", &rest); word && n < 15;
		word = strtok_r(NULL, " ", &rest))
		argv[n++] = word;
	return screen_start(columns, rows, env, argv);
}

void screen_free(struct screen *s)
{
	if (!s)
		return;
	if (s->program > 0 && !s->ended) {
		screen_signal(s, SIGKILL);
		s->blocked = false;
		screen_wait_exit(s, SCREEN_SECONDS);
	}
	/* a terminal that was opened after this one may hold a copy of it */
	shutdown(s->control, SHUT_RDWR);
	close(s->control);
	waitpid(s->shell, NULL, 0);
	close(s->master);
	close(s->slave);
	vterm_free(s->vt);
	free(s->raw);
	free(s);
}

/* ---- reading ---- */

static void keep_raw(struct screen *s, const char *p, size_t n)
{
	if (s->raw_len + n > s->raw_cap) {
		s->raw_cap = (s->raw_len + n) * 2;
		s->raw = realloc(s->raw, s->raw_cap);
		if (!s->raw)
			die("realloc");
	}
	memcpy(s->raw + s->raw_len, p, n);
	s->raw_len += n;
}

static void read_terminal(struct screen *s)
{
	char p[65536];
	ssize_t n;

	while ((n = read(s->master, p, sizeof(p))) > 0) {
		keep_raw(s, p, (size_t)n);
		vterm_input_write(s->vt, p, (size_t)n);
		/* What the terminal answers by itself. */
		n = (ssize_t)vterm_output_read(s->vt, p, sizeof(p));
		if (n > 0)
			screen_send(s, p, (size_t)n);
	}
	vterm_screen_flush_damage(s->seen);
}

static void hear(struct screen *s)
{
	struct told t;

	if (read(s->control, &t, sizeof(t)) != sizeof(t)) {
		s->ended = true;
		return;
	}
	switch (t.kind) {
	case TOLD_PID:
		s->program = t.value;
		break;
	case TOLD_STOPPED:
		s->stopped = true;
		break;
	case TOLD_ENDED:
		s->ended = true;
		s->status = t.value;
		/* The terminal has all it wrote. */
		if (!s->blocked)
			read_terminal(s);
		break;
	}
}

bool screen_pump(struct screen *s, int64_t ms)
{
	struct pollfd p[2] = {
		{.fd = s->blocked ? -1 : s->master, .events = POLLIN},
		{.fd = s->ended ? -1 : s->control, .events = POLLIN},
	};

	if (ms < 0)
		ms = 0;
	if (poll(p, 2, (int)ms) <= 0)
		return false;
	if (p[0].revents)
		read_terminal(s);
	if (p[1].revents)
		hear(s);
	return true;
}

/* ---- doing ---- */

void screen_send(struct screen *s, const void *p, size_t n)
{
	const char *at = p;
	int64_t end = screen_now() + SCREEN_SECONDS * 1000;

	while (n > 0 && screen_now() < end) {
		ssize_t k = write(s->master, at, n);

		if (k > 0) {
			at += k;
			n -= (size_t)k;
		} else {
			struct pollfd out = {.fd = s->master,
				.events = POLLOUT};

			poll(&out, 1, 10);
			screen_pump(s, 0);
		}
	}
}

void screen_type(struct screen *s, const char *text)
{
	screen_send(s, text, strlen(text));
}

static void send_typed(struct screen *s)
{
	char p[256];
	size_t n = vterm_output_read(s->vt, p, sizeof(p));

	screen_send(s, p, n);
}

void screen_key(struct screen *s, const char *name)
{
	static const struct {
		const char *name;
		VTermKey key;
	} keys[] = {
		{"Enter", VTERM_KEY_ENTER}, {"Esc", VTERM_KEY_ESCAPE},
		{"Tab", VTERM_KEY_TAB}, {"Backspace", VTERM_KEY_BACKSPACE},
		{"Up", VTERM_KEY_UP}, {"Down", VTERM_KEY_DOWN},
		{"Left", VTERM_KEY_LEFT}, {"Right", VTERM_KEY_RIGHT},
		{"Home", VTERM_KEY_HOME}, {"End", VTERM_KEY_END},
		{"PgUp", VTERM_KEY_PAGEUP}, {"PgDn", VTERM_KEY_PAGEDOWN},
		{"Delete", VTERM_KEY_DEL},
	};

	if (strcmp(name, "Space") == 0)
		name = " ";
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strcmp(keys[i].name, name) == 0) {
			vterm_keyboard_key(s->vt, keys[i].key, VTERM_MOD_NONE);
			send_typed(s);
			return;
		}
	}
	if (strcmp(name, "S-Tab") == 0) {
		screen_type(s, "\033[Z");
	} else if (strncmp(name, "C-", 2) == 0 && name[2] && !name[3]) {
		char control = (char)(name[2] & 0x1f);

		screen_send(s, &control, 1);
	} else if (strncmp(name, "M-", 2) == 0) {
		screen_type(s, "\033");
		screen_type(s, name + 2);
	} else {
		screen_type(s, name);
	}
}

void screen_click(struct screen *s, int row, int column)
{
	vterm_mouse_move(s->vt, row, column, VTERM_MOD_NONE);
	vterm_mouse_button(s->vt, 1, true, VTERM_MOD_NONE);
	vterm_mouse_button(s->vt, 1, false, VTERM_MOD_NONE);
	send_typed(s);
}

/* Since so many bytes the screen was cleared, to be drawn anew. */
static bool is_cleared(struct screen *s, void *since)
{
	size_t from = *(size_t *)since;

	return memmem(s->raw + from, s->raw_len - from, "\033[2J", 4) != NULL;
}

bool screen_resize(struct screen *s, int columns, int rows)
{
	struct winsize size = {.ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)columns};
	size_t drawn;

	while (screen_pump(s, 0)) /* what was written for the old size */
		;
	drawn = s->raw_len;
	vterm_set_size(s->vt, rows, columns);
	ioctl(s->master, TIOCSWINSZ, &size);
	return s->stopped || screen_until(s, is_cleared, &drawn,
		"a screen of the new size", SCREEN_SECONDS);
}

void screen_signal(struct screen *s, int sig)
{
	while (!s->program && !s->ended)
		screen_pump(s, 100);
	if (!s->ended)
		kill(s->program, sig);
	if (sig == SIGKILL && s->stopped) /* let the shell wait for its end */
		screen_continue(s);
}

void screen_continue(struct screen *s)
{
	s->stopped = false;
	if (write(s->control, "c", 1) != 1)
		die("the shell of the test");
}

void screen_block(struct screen *s, bool blocked)
{
	s->blocked = blocked;
}

/* ---- asking ---- */

int screen_status(struct screen *s)
{
	return s->status;
}

pid_t screen_pid(struct screen *s)
{
	while (!s->program && !s->ended)
		screen_pump(s, 100);
	return s->program;
}

void screen_modes(struct screen *s, struct termios *first,
	struct termios *now)
{
	*first = s->first;
	tcgetattr(s->slave, now);
}

/* ---- processes ---- */

static pid_t parent_of(pid_t pid)
{
	char text[512], *end;
	int parent = -1;

	if (screen_proc("/proc/%d/stat", pid, text, sizeof(text)) &&
			(end = strrchr(text, ')')))
		sscanf(end + 1, " %*c %d", &parent);
	return parent;
}

size_t screen_family(struct screen *s, int *pidfd, size_t max)
{
	pid_t ours = screen_pid(s);
	size_t n = 0;
	DIR *proc = opendir("/proc");
	struct dirent *e;

	while (proc && n < max && (e = readdir(proc))) {
		pid_t pid = atoi(e->d_name), up = pid;

		while (up > 1 && up != ours)
			up = parent_of(up);
		if (pid <= 1 || pid == ours || up != ours)
			continue;
		pidfd[n] = (int)syscall(SYS_pidfd_open, pid, 0);
		if (pidfd[n] >= 0)
			n++;
	}
	if (proc)
		closedir(proc);
	return n;
}
