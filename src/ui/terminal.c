/* terminal: see terminal.h. */
#include "ui/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

#include "base/buf.h"
#include "base/mem.h"
#include "ui/prompt.h"
#include "ui/theme.h"

/* Most that a terminal is asked to copy: many refuse more. */
#define COPY_MAX 74994

static const int deadly[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGSEGV,
	SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS };

/* For the handler, which may call almost nothing: prepared beforehand. */
static struct {
	volatile sig_atomic_t ours; /* the terminal is taken over */
	struct termios before;
	char bytes[256];            /* that restore the terminal */
	size_t n;
	pid_t pid;
} restore;

static SCREEN *screen;
static int told[2] = { -1, -1 };
static volatile sig_atomic_t resized, continued, stopping;

static void add_capability(const char *name)
{
	const char *s = tigetstr(name);
	size_t n;

	if (s == NULL || s == (const char *)-1)
		return;
	n = strlen(s);
	if (restore.n + n <= sizeof restore.bytes) {
		memcpy(restore.bytes + restore.n, s, n);
		restore.n += n;
	}
}

static void prepare_restore(void)
{
	static const char mouse_off[] = "\033[?1000l\033[?1002l\033[?1006l"
		PROMPT_PASTE_OFF;
	const char *mouse = tigetstr("kmous");

	restore.n = 0;
	add_capability("sgr0");
	add_capability("cnorm");
	add_capability("rmkx");
	if (mouse != NULL && mouse != (const char *)-1) {
		memcpy(restore.bytes + restore.n, mouse_off,
			sizeof mouse_off - 1);
		restore.n += sizeof mouse_off - 1;
	}
	add_capability("rmcup");
	restore.pid = getpid();
}

/* Async-signal-safe. A terminal that nobody reads must not keep us alive. */
static void restore_now(void)
{
	int flags;
	ssize_t wrote;

	if (!restore.ours || getpid() != restore.pid)
		return;
	restore.ours = 0;
	flags = fcntl(STDOUT_FILENO, F_GETFL);
	fcntl(STDOUT_FILENO, F_SETFL, flags | O_NONBLOCK);
	tcflush(STDOUT_FILENO, TCOFLUSH);
	wrote = write(STDOUT_FILENO, restore.bytes, restore.n);
	(void)wrote;
	fcntl(STDOUT_FILENO, F_SETFL, flags);
	tcsetattr(STDIN_FILENO, TCSANOW, &restore.before);
}

static void die(int sig)
{
	struct sigaction sa = { .sa_handler = SIG_DFL };
	sigset_t set;

	restore_now();
	sigaction(sig, &sa, NULL);
	sigemptyset(&set);
	sigaddset(&set, sig);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(sig);
}

static void note(int sig)
{
	int saved = errno;
	ssize_t n;

	if (sig == SIGWINCH)
		resized = 1;
	if (sig == SIGCONT)
		continued = 1;
	if (sig == SIGTSTP)
		stopping = 1;
	n = write(told[1], "", 1);
	(void)n;
	errno = saved;
}

static void handle(int sig, void (*handler)(int))
{
	struct sigaction sa = { .sa_handler = handler }, old;

	/* what somebody set before us stays: a sanitizer, nohup */
	if (handler == die && sigaction(sig, NULL, &old) == 0 &&
			old.sa_handler != SIG_DFL)
		return;
	sigemptyset(&sa.sa_mask);
	sa.sa_flags = SA_RESTART;
	sigaction(sig, &sa, NULL);
}

static void take_signals(void)
{
	size_t i;

	for (i = 0; i < sizeof deadly / sizeof deadly[0]; i++)
		handle(deadly[i], die);
	handle(SIGWINCH, note);
	handle(SIGCONT, note);
	handle(SIGTSTP, note); /* Ctrl-Z is a key; this one is from outside */
}

static void set_up_keys(void)
{
	raw(); /* Ctrl-C and Ctrl-Z are keys */
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	meta(stdscr, TRUE);
	curs_set(0);
	set_escdelay(25);
	mouseinterval(0);
	mousemask(BUTTON1_PRESSED | BUTTON1_RELEASED | BUTTON1_CLICKED |
		BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
	def_prog_mode();
}

/* Whether the cursor can be put anywhere: a dumb terminal cannot. */
static bool can_draw(void)
{
	const char *cup;
	bool can;
	int err;

	if (setupterm(NULL, STDOUT_FILENO, &err) == ERR)
		return false;
	cup = tigetstr("cup");
	can = cup != NULL && cup != (const char *)-1;
	del_curterm(cur_term); /* the screen's own is to come */
	return can;
}

int terminal_begin(bool *ascii)
{
	const char *term = getenv("TERM");

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return -ENOTTY;
	if (tcgetattr(STDIN_FILENO, &restore.before) < 0)
		return -errno;
	if (screen == NULL && !can_draw())
		return -ENOTTY;
	if (told[0] < 0 && pipe2(told, O_NONBLOCK | O_CLOEXEC) < 0)
		return -errno;
	*ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	take_signals(); /* curses leaves alone what is set */
	if (screen == NULL) {
		screen = newterm(NULL, stdout, stdin);
		if (screen == NULL)
			return -ENOTTY;
		atexit(terminal_end);
		mem_out_hook = terminal_end;
	}
	prepare_restore();
	restore.ours = 1;
	set_up_keys();
	theme_init(*ascii);
	/* the console's font has no control pictures */
	if (term != NULL && strncmp(term, "linux", 5) == 0)
		*ascii = true;
	return 0;
}

void terminal_end(void)
{
	if (!restore.ours || getpid() != restore.pid)
		return;
	mousemask(0, NULL);
	endwin();
	restore.ours = 0;
}

int terminal_fd(void)
{
	return told[0];
}

static void learn_size(void)
{
	struct winsize ws;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_row > 0 &&
			ws.ws_col > 0)
		resizeterm(ws.ws_row, ws.ws_col);
}

static void take_back(void)
{
	restore.ours = 1;
	reset_prog_mode();
	set_up_keys();
	learn_size();
	clearok(curscr, TRUE);
}

bool terminal_signals(void)
{
	char bytes[64];
	bool any = false;

	while (read(told[0], bytes, sizeof bytes) > 0)
		;
	if (stopping) {
		stopping = 0;
		terminal_suspend();
	}
	if (resized) {
		resized = 0;
		learn_size();
		any = true;
	}
	if (continued) {
		continued = 0;
		take_back();
		any = true;
	}
	return any;
}

void terminal_suspend(void)
{
	terminal_end();
	handle(SIGTSTP, SIG_DFL);
	kill(0, SIGTSTP); /* the whole job, as a key would: `make run` as well */
	/* here again */
	handle(SIGTSTP, note);
	note(SIGCONT);
}

static void base64(struct buf *b, const uint8_t *p, size_t n)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		uint32_t v = (uint32_t)p[i] << 16;

		if (i + 1 < n)
			v |= (uint32_t)p[i + 1] << 8;
		if (i + 2 < n)
			v |= p[i + 2];
		buf_char(b, digit[v >> 18]);
		buf_char(b, digit[v >> 12 & 63]);
		buf_char(b, i + 1 < n ? digit[v >> 6 & 63] : '=');
		buf_char(b, i + 2 < n ? digit[v & 63] : '=');
	}
}

bool terminal_copy(const char *text, unsigned long n)
{
	const char *term = getenv("TERM");
	struct buf b = { 0 };

	/* the console would print what it does not know */
	if (term == NULL || strncmp(term, "linux", 5) == 0 ||
			strncmp(term, "vt", 2) == 0 || n > COPY_MAX)
		return false;
	buf_text(&b, "\033]52;c;");
	base64(&b, (const uint8_t *)text, n);
	buf_text(&b, "\a");
	fflush(stdout);
	fwrite(b.data, 1, b.len, stdout);
	fflush(stdout);
	buf_done(&b);
	return true;
}
