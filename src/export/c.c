/*
 * c: a program in C, from its first line to its last. The calls themselves are
 * in c_call.c, the helpers' text in c_help.c.
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

/* ---- what stands around a call ---- */

static void say_note(struct c *w, const char *note)
{
	for (const char *end; *note; note = end + 1) {
		end = strchr(note, '\n');
		c_say(w, "/* %.*s */", (int)(end - note), note);
	}
}

static void say_pause(struct c *w, const struct step *s)
{
	struct buf text = {0}, comment = {0}, reason = {0};

	if (s->awaits != NOTHING) {
		w->headers |= C_POLL;
		buf_printf(&text, "poll(&(struct pollfd){.fd = %s, .events = "
			"POLLIN}, 1, -1);", w->r->thing[s->awaits].name);
		c_say(w, "/* %s */", _("until somebody comes"));
		c_say(w, "%s", buf_str(&text));
		if (program_pauses(w->r, w->p))
			c_say(w, "start = now();");
		buf_clear(&text);
	}
	if (s->pauses) {
		w->help |= HELP_PAUSE;
		buf_printf(&text, "pause_until(%g);", step_seconds(s));
		spell_reason(&reason, w->r, s);
		c_comment(&comment, buf_str(&reason));
		spell_statement(&w->body, w->depth, TAB, buf_str(&text),
			buf_str(&comment));
	}
	buf_done(&text);
	buf_done(&comment);
	buf_done(&reason);
}

static int say_steps(struct c *w, const struct program *p);

/* What the forked process does is a block of its own; addresses that it
 * declares are not known behind it. */
static int say_child(struct c *w, const struct step *s)
{
	const struct program *child = &w->r->program[s->child];
	size_t addresses = w->addresses;
	int e;

	c_say(w, "if (pid == 0) { /* %s */", child->lane);
	w->depth++;
	e = say_steps(w, child);
	c_say(w, "exit(0);");
	w->depth--;
	c_say(w, "}");
	while (w->addresses > addresses)
		free(w->address[--w->addresses].made_by);
	return e;
}

static int say_step(struct c *w, const struct step *s)
{
	int e = 0;

	if (s->note)
		say_note(w, s->note);
	say_pause(w, s);
	switch (s->kind) {
	case STEP_CALL:
		e = c_call(w, s);
		break;
	case STEP_KILLED:
		w->headers |= C_SIGNAL;
		c_say(w, "raise(%s);", constant_name("signal", s->number));
		break;
	case STEP_END:
		break;
	}
	if (!e && s->starts && program_pauses(w->r, w->p))
		c_say(w, "start = now();");
	if (!e && s->child != NOTHING)
		e = say_child(w, s);
	return e;
}

/* Steps of several lines stand apart from their neighbours. */
static int say_steps(struct c *w, const struct program *p)
{
	int e = 0;

	for (size_t i = 0; i < p->n && !e; i++) {
		size_t begun = w->body.len;

		if (i)
			buf_char(&w->body, '\n');
		e = say_step(w, &w->r->step[p->step[i]]);
		if (i && w->body.len == begun + 1)
			w->body.data[--w->body.len] = '\0';
	}
	return e;
}

/* ---- what stands before the body ---- */

static void put_headers(struct buf *b, unsigned headers)
{
	static const char *const name[] = {
		"arpa/inet.h", "endian.h", "errno.h", "fcntl.h", "netdb.h",
		"netinet/in.h", "netinet/tcp.h", "poll.h", "signal.h",
		"stdint.h", "stdio.h", "stdlib.h", "string.h", "sys/epoll.h",
		"sys/ioctl.h", "sys/mman.h", "sys/select.h", "sys/socket.h",
		"sys/time.h", "sys/uio.h", "sys/un.h", "time.h", "unistd.h",
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
		{VAR_FOUND, "struct addrinfo *found;"},
		{VAR_NAMES, "char host[NI_MAXHOST], service[NI_MAXSERV];"},
	};
	struct host_argument host[HOSTS_MOST];
	int n = program_hosts(w->r, w->p, host);

	for (int i = 0; i < n; i++)
		buf_printf(b, "\tconst char *%s = argc > %d ? argv[%d] : "
			"\"%s\";\n", host[i].name, i + 1, i + 1,
			host[i].family == AF_INET6 ? "::1" : "127.0.0.1");
	if (w->room)
		buf_printf(b, "\tchar buf[%zu];\n", w->room);
	if (w->vars & VAR_EVENTS)
		buf_printf(b, "\tstruct epoll_event events[%lld];\n",
			(long long)w->events);
	for (size_t i = 0; i < sizeof(is) / sizeof(*is); i++)
		if (w->vars & is[i].var)
			buf_printf(b, "\t%s\n", is[i].text);
	if (n || w->room || w->vars)
		buf_char(b, '\n');
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

/* The lab's programs are spared SIGPIPE. */
static bool meets_pipe(const struct run *r, const struct program *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct step *s = &r->step[p->step[i]];

		if ((s->kind == STEP_CALL && step_failed(s) &&
			s->result.number == EPIPE) || (s->child != NOTHING &&
			meets_pipe(r, &r->program[s->child])))
			return true;
	}
	return false;
}

int c_program(struct run *r, const struct program *p, struct buf *out)
{
	struct c w = {.r = r, .p = p, .depth = 1,
		.headers = C_STDIO | C_STDLIB};
	struct host_argument host[HOSTS_MOST];
	struct buf help = {0};
	bool ignores = meets_pipe(r, p);
	int e = say_steps(&w, p);

	if (ignores)
		w.headers |= C_SIGNAL;
	c_help(&w, &help);
	put_heading(&w, out);
	put_headers(out, w.headers);
	buf_add(out, buf_str(&help), help.len);
	buf_text(out, program_hosts(r, p, host) ?
		"\nint main(int argc, char **argv)\n{\n" :
		"\nint main(void)\n{\n");
	put_variables(out, &w);
	buf_printf(out, "\tsetlinebuf(stdout); /* %s */\n",
		_("each line at once, also into a pipe"));
	if (ignores)
		buf_printf(out, "\tsignal(SIGPIPE, SIG_IGN); /* %s */\n",
			_("send gives EPIPE instead"));
	if (p->early && program_pauses(r, p))
		buf_text(out, "\tstart = now();\n");
	buf_char(out, '\n');
	buf_add(out, buf_str(&w.body), w.body.len);
	buf_text(out, "\n\treturn 0;\n}\n");
	while (w.addresses)
		free(w.address[--w.addresses].made_by);
	free(w.address);
	buf_done(&w.body);
	buf_done(&help);
	return e;
}
