/*
 * c: a program in C, from its first line to its last: main, and a function for
 * each further thread. Their steps are in c_steps.c, the calls themselves in
 * c_call.c, the helpers' text in c_help.c.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/intl.h"
#include "export/c.h"

#define TAB "\t"

void c_say(struct c *w, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = spell_text(fmt, ap);
	va_end(ap);
	spell_statement(&w->body, w->depth, TAB, text, "");
	free(text);
}

/* ---- what stands before the body ---- */

static void put_headers(struct buf *b, unsigned headers)
{
	static const char *const name[] = {
		"arpa/inet.h", "endian.h", "errno.h", "fcntl.h", "netdb.h",
		"netinet/in.h", "netinet/tcp.h", "poll.h", "pthread.h",
		"semaphore.h", "signal.h", "stdint.h", "stdio.h", "stdlib.h",
		"string.h", "sys/epoll.h", "sys/ioctl.h", "sys/mman.h",
		"sys/select.h", "sys/socket.h", "sys/time.h", "sys/uio.h",
		"sys/un.h", "time.h", "unistd.h", "linux/errqueue.h",
		"linux/sockios.h",
	};

	buf_text(b, "#define _GNU_SOURCE\n");
	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++)
		if (headers & 1u << i)
			buf_printf(b, "#include <%s>\n", name[i]);
}

static void put_variables(struct buf *b, const struct c *w)
{
	static const struct {
		unsigned var;
		const char *text;
	} is[] = {
		{VAR_N, "ssize_t n;"},
		{VAR_VALUE, "int value;"},
		{VAR_ADDRESS, "struct sockaddr_storage address;\n\tsocklen_t "
			"address_size;"},
		{VAR_PID, "pid_t pid;"},
		{VAR_SETS, "fd_set reads, writes, excepts;"},
		{VAR_ERROR, "int error;"},
		{VAR_LIMIT, "struct timeval limit;"},
		{VAR_LINGER, "struct linger linger;"},
		{VAR_INFO, "struct tcp_info info;"},
		{VAR_CONTROL, "_Alignas(struct cmsghdr) char control[512];"},
		{VAR_FOUND, "struct addrinfo *found;"},
		{VAR_NAMES, "char host[NI_MAXHOST], service[NI_MAXSERV];"},
	};
	if (w->room)
		buf_printf(b, "\tchar buf[%zu];\n", w->room);
	if (w->vars & VAR_EVENTS)
		buf_printf(b, "\tstruct epoll_event events[%lld];\n",
			(long long)w->events);
	for (size_t i = 0; i < sizeof(is) / sizeof(*is); i++)
		if (w->vars & is[i].var)
			buf_printf(b, "\t%s\n", is[i].text);
}

/* Where there are threads, all of them know the hosts. */
static void put_hosts(struct buf *b, const struct c *w, bool shared)
{
	struct host_argument host[HOSTS_MOST];
	int n = program_hosts(w->r, w->p, host);

	for (int i = 0; i < n; i++) {
		const char *otherwise = host[i].family == AF_INET6 ? "::1" :
			"127.0.0.1";

		if (shared)
			buf_printf(b, "static const char *%s = \"%s\";\n",
				host[i].name, otherwise);
		else
			buf_printf(b, "\tconst char *%s = argc > %d ? argv[%d] "
				": \"%s\";\n", host[i].name, i + 1, i + 1,
				otherwise);
	}
}

static void put_shared_arguments(struct buf *b, const struct c *w)
{
	struct host_argument host[HOSTS_MOST];
	int n = program_hosts(w->r, w->p, host);

	for (int i = 0; i < n; i++)
		buf_printf(b, "\tif (argc > %d)\n\t\t%s = argv[%d];\n", i + 1,
			host[i].name, i + 1);
}

/* Something about each semaphore of a file: before, its name, behind. */
static void put_semaphores(struct buf *b, const struct c *w,
	const char *before, const char *behind)
{
	const struct run *r = w->r;

	for (size_t i = 0; i < r->handings; i++) {
		if (!handing_is_first(r, w->p, i))
			continue;
		buf_text(b, before);
		spell_handing(b, r, &r->handing[i]);
		buf_text(b, behind);
	}
}

/* What the functions of several threads know. */
static void put_shared(struct buf *b, const struct c *w)
{
	struct buf semaphores = {0};

	put_semaphores(&semaphores, w, "static sem_t ", ";\n");
	if (w->shared->len)
		buf_printf(b, "\n/* %s */\n%s", _("What all threads know."),
			buf_str(w->shared));
	if (semaphores.len)
		buf_printf(b, "\n/* %s */\n%s", _("From thread 1, the first, "
			"to thread 2: go on."), buf_str(&semaphores));
	buf_done(&semaphores);
}

static void put_heading(const struct c *w, struct buf *b)
{
	struct buf text = {0};

	spell_heading(&text, w->r, w->p, EXPORT_C);
	buf_text(b, "/*\n");
	for (const char *at = buf_str(&text), *end; *at; at = end + 1) {
		end = strchr(at, '\n');
		buf_printf(b, end > at ? " * %.*s\n" : " *%.*s\n",
			(int)(end - at), at);
	}
	buf_text(b, " */\n");
	buf_done(&text);
}

/* The lab's programs are spared SIGPIPE, and those in Python: a send to who has
 * gone tells it also where it came sooner in the journal. */
static bool may_meet_pipe(const struct run *r, const struct program *p)
{
	for (size_t i = 0; i < r->steps; i++) {
		const struct step *s = &r->step[i];

		if (s->kind == STEP_CALL && s->line.row->sends &&
			!s->is_datagram &&
			program_top(r, s->program) == program_number(r, p))
			return true;
	}
	return false;
}

/* ---- threads ---- */

int c_thread(struct c *w, const struct program *t)
{
	struct c of = {.r = w->r, .p = w->p, .depth = 1,
		.functions = w->functions, .shared = w->shared,
		.headers = w->headers, .help = w->help,
		.names_error = w->names_error};
	struct buf *b = w->functions;
	int e;

	memcpy(of.error, w->error, sizeof(of.error));
	e = c_steps(&of, t);
	buf_text(b, "\n/* ");
	buf_printf(b, _("The thread %s."), t->lane);
	buf_text(b, " */\nstatic void *");
	spell_thread(b, t);
	buf_text(b, "(void *unused)\n{\n");
	put_variables(b, &of);
	buf_text(b, of.room || of.vars ? "\n\t(void)unused;\n" :
		"\t(void)unused;\n");
	buf_char(b, '\n');
	buf_add(b, buf_str(&of.body), of.body.len);
	buf_text(b, "\n\treturn NULL;\n}\n");
	w->headers = of.headers;
	w->help = of.help;
	w->names_error = of.names_error;
	memcpy(w->error, of.error, sizeof(of.error));
	c_forget_addresses(&of, 0);
	free(of.address);
	buf_done(&of.body);
	return e;
}

/* ---- main ---- */

static void put_signals(struct buf *b, const struct c *w)
{
	if (may_meet_pipe(w->r, w->p))
		buf_printf(b, "\tsignal(SIGPIPE, SIG_IGN); /* %s */\n",
			_("send gives EPIPE instead"));
	if (program_alarms(w->r, w->p, true))
		buf_printf(b, "\tcatch(SIGALRM); /* %s */\n",
			_("a call that waits gives EINTR"));
}

static void put_main(struct buf *b, const struct c *w, bool threads)
{
	struct host_argument host[HOSTS_MOST];
	int hosts = program_hosts(w->r, w->p, host);

	buf_text(b, hosts ? "\nint main(int argc, char **argv)\n{\n" :
		"\nint main(void)\n{\n");
	if (!threads)
		put_hosts(b, w, false);
	put_variables(b, w);
	if ((hosts && !threads) || w->room || w->vars)
		buf_char(b, '\n');
	buf_printf(b, "\tsetlinebuf(stdout); /* %s */\n",
		_("each line at once, also into a pipe"));
	if (threads)
		put_shared_arguments(b, w);
	put_signals(b, w);
	if (threads)
		put_semaphores(b, w, "\tif (sem_init(&", ", 0, 0) < 0)\n"
			"\t\tdie(\"sem_init\");\n");
	if (w->p->early && program_pauses(w->r, w->p))
		buf_text(b, "\tstart = now();\n");
	buf_char(b, '\n');
	buf_add(b, buf_str(&w->body), w->body.len);
	buf_text(b, "\n\treturn 0;\n}\n");
}

int c_program(struct run *r, const struct program *p, struct buf *out)
{
	struct buf help = {0}, functions = {0}, shared = {0};
	struct c w = {.r = r, .p = p, .depth = 1, .functions = &functions,
		.shared = &shared, .headers = C_STDIO | C_STDLIB};
	bool threads = program_has_threads(r, p);
	int e;

	if (threads)
		put_hosts(&shared, &w, true);
	e = c_steps(&w, p);
	if (may_meet_pipe(r, p))
		w.headers |= C_SIGNAL;
	if (program_alarms(r, p, true))
		w.help |= HELP_CATCH;
	c_help(&w, &help);
	put_heading(&w, out);
	put_headers(out, w.headers);
	buf_add(out, buf_str(&help), help.len);
	if (threads)
		put_shared(out, &w);
	buf_add(out, buf_str(&functions), functions.len);
	put_main(out, &w, threads);
	c_forget_addresses(&w, 0);
	free(w.address);
	buf_done(&w.body);
	buf_done(&help);
	buf_done(&functions);
	buf_done(&shared);
	return e;
}
