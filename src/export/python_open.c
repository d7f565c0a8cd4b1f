/*
 * python_open: from nothing to a connection, to its end; processes; names.
 */
#include <sys/socket.h>

#include "base/intl.h"
#include "export/python.h"

/* ---- from nothing to a connection ---- */

static int call_socket(struct python *w, const struct step *s)
{
	struct buf b = {0};
	bool pair = step_is(s, "socketpair");

	buf_printf(&b, "socket.%s(", s->line.row->name);
	spell_flags(&b, step_arg(s, 0), "socket.");
	buf_text(&b, ", ");
	spell_flags(&b, step_arg(s, 1), "socket.");
	python_flags(&b, step_arg(s, 2));
	if (pair)
		python_say(w, "%s, %s = %s)", python_made(w, s, 0),
			python_made(w, s, 1), buf_str(&b));
	else
		python_say(w, "%s = %s)", python_made(w, s, 0), buf_str(&b));
	if (step_failed(s))
		python_tell(w, s, NULL);
	buf_done(&b);
	return 0;
}

static int call_with_address(struct python *w, const struct step *s)
{
	const struct value *v = step_arg(s, 1);
	struct buf b = {0};

	python_socket(w, &b, step_arg(s, 0));
	if (v->kind == VALUE_ADDRESS && v->number == PORT_NONE) {
		w->need |= PYTHON_CTYPES | PYTHON_STRUCT | PYTHON_NOBODY;
		python_say(w, "with_nobody(\"%s\", %s)", s->line.row->name,
			buf_str(&b));
	} else {
		buf_printf(&b, ".%s(", s->line.row->name);
		python_address(w, &b, s, v);
		python_say(w, "%s)", buf_str(&b));
	}
	python_tell_zero(w, s);
	buf_done(&b);
	return 0;
}

static int call_listen(struct python *w, const struct step *s)
{
	struct buf b = {0};

	python_socket(w, &b, step_arg(s, 0));
	python_say(w, "%s.listen(%lld)", buf_str(&b),
		(long long)step_number(s, 1));
	python_tell_zero(w, s);
	buf_done(&b);
	return 0;
}

static int call_accept(struct python *w, const struct step *s)
{
	const char *name = python_made(w, s, 0);
	struct buf b = {0};

	python_socket(w, &b, step_arg(s, 0));
	python_say(w, "%s, peer = %s.accept()", name, buf_str(&b));
	if (step_number(s, 1) & SOCK_NONBLOCK)
		python_say(w, "%s.setblocking(False)", name);
	if (step_failed(s))
		python_tell(w, s, NULL);
	buf_done(&b);
	return 0;
}

/* ---- the end ---- */

static int call_shutdown(struct python *w, const struct step *s)
{
	struct buf b = {0};

	python_socket(w, &b, step_arg(s, 0));
	buf_text(&b, ".shutdown(");
	spell_flags(&b, step_arg(s, 1), "socket.");
	python_say(w, "%s)", buf_str(&b));
	python_tell_zero(w, s);
	buf_done(&b);
	return 0;
}

/* A variable that was closed says nothing when it is closed again: its number
 * does. */
static int call_close(struct python *w, const struct step *s)
{
	const struct thing *t = run_thing(w->r, step_arg(s, 0));
	struct buf b = {0};

	if (t && !step_failed(s)) {
		python_say(w, "%s.close()", t->name);
	} else {
		w->need |= PYTHON_OS;
		python_fd(&b, w->r, step_arg(s, 0));
		python_say(w, "os.close(%s)", buf_str(&b));
	}
	python_tell_zero(w, s);
	buf_done(&b);
	return 0;
}

static int call_unlink(struct python *w, const struct step *s)
{
	struct buf b = {0};

	w->need |= PYTHON_OS;
	python_address(w, &b, s, step_arg(s, 0));
	python_say(w, "os.unlink(%s)", buf_str(&b));
	python_tell_zero(w, s);
	buf_done(&b);
	return 0;
}

/* ---- processes ---- */

static int call_dup(struct python *w, const struct step *s)
{
	const struct thing *t = run_thing(w->r, step_arg(s, 0));
	struct buf b = {0};

	if (t && t->kind == THING_SOCKET) {
		python_say(w, "%s = %s.dup()", python_made(w, s, 0), t->name);
	} else {
		w->need |= PYTHON_OS;
		python_fd(&b, w->r, step_arg(s, 0));
		python_say(w, "%s = socket.socket(fileno=os.dup(%s))",
			python_made(w, s, 0), buf_str(&b));
	}
	if (step_failed(s))
		python_tell(w, s, NULL);
	buf_done(&b);
	return 0;
}

static int call_dup2(struct python *w, const struct step *s)
{
	struct buf b = {0};

	w->need |= PYTHON_OS;
	python_fd(&b, w->r, step_arg(s, 0));
	buf_text(&b, ", ");
	python_fd(&b, w->r, step_arg(s, 1));
	if (s->makes[0] != NOTHING)
		python_say(w, "%s = socket.socket(fileno=os.dup2(%s))",
			python_made(w, s, 0), buf_str(&b));
	else
		python_say(w, "os.dup2(%s)", buf_str(&b));
	python_tell_zero(w, s);
	buf_done(&b);
	return 0;
}

static int call_fork(struct python *w, const struct step *s)
{
	w->need |= PYTHON_OS;
	if (step_failed(s)) {
		python_say(w, "os.fork()");
		python_tell(w, s, NULL);
	} else {
		python_say(w, "pid = os.fork()");
	}
	return 0;
}

static int call_signal(struct python *w, const struct step *s)
{
	static const char *const does[] = {"signal.SIG_DFL", "signal.SIG_IGN"};
	int64_t number = step_number(s, 1);
	struct buf b = {0};

	w->need |= PYTHON_SIGNAL;
	spell_flags(&b, step_arg(s, 0), "signal.");
	python_say(w, "signal.signal(%s, %s)", buf_str(&b),
		number == 0 || number == 1 ? does[number] :
		"lambda number, frame: None");
	python_tell_zero(w, s);
	buf_done(&b);
	return 0;
}

/* ---- names ---- */

static int call_name(struct python *w, const struct step *s)
{
	struct buf b = {0};

	python_socket(w, &b, step_arg(s, 0));
	python_say(w, "address = %s.%s()", buf_str(&b), s->line.row->name);
	python_tell(w, s, "address");
	buf_done(&b);
	return 0;
}

static int call_getaddrinfo(struct python *w, const struct step *s)
{
	struct buf b = {0};

	if (step_failed(s))
		w->need |= PYTHON_LOOKUP;
	python_text(&b, step_arg(s, 0));
	buf_text(&b, ", ");
	python_text(&b, step_arg(s, 1));
	buf_text(&b, ", ");
	spell_flags(&b, step_arg(s, 2), "socket.");
	buf_text(&b, ", ");
	spell_flags(&b, step_arg(s, 3), "socket.");
	if (step_number(s, 4)) {
		buf_text(&b, ", 0");
		python_flags(&b, step_arg(s, 4));
	}
	python_say(w, "found = socket.getaddrinfo(%s)", buf_str(&b));
	python_tell(w, s, "[entry[4] for entry in found]");
	buf_done(&b);
	return 0;
}

static int call_getnameinfo(struct python *w, const struct step *s)
{
	struct buf b = {0};

	if (step_failed(s))
		w->need |= PYTHON_LOOKUP;
	python_address(w, &b, s, step_arg(s, 0));
	buf_text(&b, ", ");
	spell_flags(&b, step_arg(s, 1), "socket.");
	python_say(w, "host, service = socket.getnameinfo(%s)", buf_str(&b));
	python_tell(w, s, "host, service");
	buf_done(&b);
	return 0;
}

const struct python_said python_said_open[] = {
	{"socket", call_socket}, {"socketpair", call_socket},
	{"bind", call_with_address}, {"listen", call_listen},
	{"accept", call_accept}, {"accept4", call_accept},
	{"connect", call_with_address}, {"shutdown", call_shutdown},
	{"close", call_close}, {"unlink", call_unlink}, {"dup", call_dup},
	{"dup2", call_dup2}, {"fork", call_fork}, {"signal", call_signal},
	{"getsockname", call_name}, {"getpeername", call_name},
	{"getaddrinfo", call_getaddrinfo}, {"getnameinfo", call_getnameinfo},
	{NULL, NULL},
};
