/*
 * python_call: each call as Python says it, in the order of the table, with a
 * line that prints what it gave. What Python has no word for is refused.
 */
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/intl.h"
#include "export/python.h"

/* ---- pieces of a statement ---- */

/* print("recv(conn, 64) ->", shown(data))  # "LOGIN\n" */
static void tell(struct python *w, const struct step *s, const char *given)
{
	struct buf text = {0}, result = {0}, comment = {0};

	buf_text(&text, "print(\"");
	spell_label(&text, s);
	if (given)
		buf_printf(&text, " ->\", %s)", given);
	else
		buf_text(&text, " -> 0\")");
	spell_result(&result, s);
	if (result.len && !step_failed(s))
		buf_printf(&comment, "# %s", buf_str(&result));
	spell_statement(&w->body, w->depth, "    ", buf_str(&text),
		buf_str(&comment));
	buf_done(&text);
	buf_done(&result);
	buf_done(&comment);
}

/* A call that gives 0 tells it only where that was not sure. */
static void tell_zero(struct python *w, const struct step *s)
{
	if (step_tells_zero(s))
		tell(w, s, NULL);
}

/* ", socket.MSG_DONTWAIT"; nothing for 0. */
static void put_flags(struct buf *b, const struct value *v)
{
	if (!v || !v->number)
		return;
	buf_text(b, ", ");
	spell_flags(b, v, "socket.");
}

static const char *made(const struct python *w, const struct step *s, int i)
{
	if (s->makes[i] != NOTHING)
		return w->r->thing[s->makes[i]].name;
	return i || !s->line.name[0] ? "new" : s->line.name;
}

/* The variable of bytes, and of a field of them, that a call gives. */
static const char *given(const struct python *w, const struct step *s)
{
	return s->makes[0] == NOTHING ? "data" :
		w->r->thing[s->makes[0]].name;
}

static void put_seconds(struct buf *b, int64_t ns)
{
	char text[32];

	snprintf(text, sizeof(text), "%g", (double)ns / CLOCK_S);
	buf_text(b, text);
}

/* ---- from nothing to a connection ---- */

static int call_socket(struct python *w, const struct step *s)
{
	struct buf b = {0};
	bool pair = step_is(s, "socketpair");

	buf_printf(&b, "socket.%s(", s->line.row->name);
	spell_flags(&b, step_arg(s, 0), "socket.");
	buf_text(&b, ", ");
	spell_flags(&b, step_arg(s, 1), "socket.");
	put_flags(&b, step_arg(s, 2));
	if (pair)
		python_say(w, "%s, %s = %s)", made(w, s, 0), made(w, s, 1),
			buf_str(&b));
	else
		python_say(w, "%s = %s)", made(w, s, 0), buf_str(&b));
	if (step_failed(s))
		tell(w, s, NULL);
	buf_done(&b);
	return 0;
}

static int call_with_address(struct python *w, const struct step *s)
{
	const struct value *v = step_arg(s, 1);
	struct buf b = {0};
	int e = 0;

	if (v->kind == VALUE_ADDRESS && v->number == PORT_NONE) {
		e = run_refuse(w->r, s->row, _("Python's %s takes no address "
			"of AF_UNSPEC (none)"), s->line.row->name);
	} else {
		python_socket(w, &b, step_arg(s, 0));
		buf_printf(&b, ".%s(", s->line.row->name);
		python_address(w, &b, s, v);
		python_say(w, "%s)", buf_str(&b));
		tell_zero(w, s);
	}
	buf_done(&b);
	return e;
}

static int call_listen(struct python *w, const struct step *s)
{
	struct buf b = {0};

	python_socket(w, &b, step_arg(s, 0));
	python_say(w, "%s.listen(%lld)", buf_str(&b),
		(long long)step_number(s, 1));
	tell_zero(w, s);
	buf_done(&b);
	return 0;
}

static int call_accept(struct python *w, const struct step *s)
{
	const char *name = made(w, s, 0);
	struct buf b = {0};

	python_socket(w, &b, step_arg(s, 0));
	python_say(w, "%s, peer = %s.accept()", name, buf_str(&b));
	if (step_number(s, 1) & SOCK_NONBLOCK)
		python_say(w, "%s.setblocking(False)", name);
	if (step_failed(s))
		tell(w, s, NULL);
	buf_done(&b);
	return 0;
}

/* ---- bytes ---- */

static int call_send(struct python *w, const struct step *s)
{
	struct buf b = {0};

	python_socket(w, &b, step_arg(s, 0));
	buf_text(&b, ".send(");
	python_bytes(w, &b, step_arg(s, 1));
	put_flags(&b, step_arg(s, 2));
	python_say(w, "n = %s)", buf_str(&b));
	tell(w, s, "n");
	buf_done(&b);
	return 0;
}

static bool has_address(const struct value *v)
{
	return v && (v->kind != VALUE_ADDRESS || v->number != PORT_NONE);
}

static int call_sendto(struct python *w, const struct step *s)
{
	struct buf b = {0};

	if (!has_address(step_arg(s, 3)))
		return call_send(w, s);
	python_socket(w, &b, step_arg(s, 0));
	buf_text(&b, ".sendto(");
	python_bytes(w, &b, step_arg(s, 1));
	put_flags(&b, step_arg(s, 2));
	buf_text(&b, ", ");
	python_address(w, &b, s, step_arg(s, 3));
	python_say(w, "n = %s)", buf_str(&b));
	tell(w, s, "n");
	buf_done(&b);
	return 0;
}

static int call_sendmsg(struct python *w, const struct step *s)
{
	struct buf b = {0};

	python_socket(w, &b, step_arg(s, 0));
	buf_text(&b, ".sendmsg(");
	python_buffers(w, &b, step_arg(s, 1));
	if (has_address(step_arg(s, 3)) || step_number(s, 2)) {
		buf_text(&b, ", [], ");
		spell_flags(&b, step_arg(s, 2), "socket.");
	}
	if (has_address(step_arg(s, 3))) {
		buf_text(&b, ", ");
		python_address(w, &b, s, step_arg(s, 3));
	}
	python_say(w, "n = %s)", buf_str(&b));
	tell(w, s, "n");
	buf_done(&b);
	return 0;
}

/* os.write(s.fileno(), b"…"), os.writev(s.fileno(), [b"…"]) */
static int call_write(struct python *w, const struct step *s)
{
	struct buf b = {0};

	w->need |= PYTHON_OS;
	python_fd(&b, w->r, step_arg(s, 0));
	buf_text(&b, ", ");
	if (step_is(s, "writev"))
		python_buffers(w, &b, step_arg(s, 1));
	else
		python_bytes(w, &b, step_arg(s, 1));
	python_say(w, "n = os.%s(%s)", s->line.row->name, buf_str(&b));
	tell(w, s, "n");
	buf_done(&b);
	return 0;
}

static bool truncates(const struct step *s)
{
	return step_number(s, 2) & MSG_TRUNC;
}

/* With MSG_TRUNC the number that the call gives is not that of the bytes: only
 * recv_into tells both. */
static void receive_into(struct python *w, const struct step *s)
{
	bool from = step_is(s, "recvfrom");
	struct buf b = {0};

	python_socket(w, &b, step_arg(s, 0));
	python_say(w, "room = bytearray(%lld)", (long long)step_number(s, 1));
	buf_printf(&b, ".%s(room, %lld", from ? "recvfrom_into" : "recv_into",
		(long long)step_number(s, 1));
	put_flags(&b, step_arg(s, 2));
	python_say(w, from ? "n, peer = %s)" : "n = %s)", buf_str(&b));
	tell(w, s, "n");
	buf_done(&b);
}

static int call_recv(struct python *w, const struct step *s)
{
	const char *to = given(w, s);
	bool from = step_is(s, "recvfrom");
	struct buf b = {0}, shown = {0};

	if (truncates(s)) {
		receive_into(w, s);
		return 0;
	}
	w->need |= PYTHON_SHOWN;
	python_socket(w, &b, step_arg(s, 0));
	buf_printf(&b, ".%s(%lld", s->line.row->name,
		(long long)step_number(s, 1));
	put_flags(&b, step_arg(s, 2));
	if (from && s->makes[0] != NOTHING) {
		python_say(w, "%s_bytes, %s_from = %s)", to, to, buf_str(&b));
		buf_printf(&shown, "shown(%s_bytes), \"from\", %s_from", to,
			to);
	} else if (from) {
		python_say(w, "data, peer = %s)", buf_str(&b));
		buf_text(&shown, "shown(data), \"from\", peer");
	} else {
		python_say(w, "%s = %s)", to, buf_str(&b));
		buf_printf(&shown, "shown(%s)", to);
	}
	tell(w, s, buf_str(&shown));
	buf_done(&b);
	buf_done(&shown);
	return 0;
}

static int call_read(struct python *w, const struct step *s)
{
	struct buf b = {0}, shown = {0};

	w->need |= PYTHON_OS | PYTHON_SHOWN;
	python_fd(&b, w->r, step_arg(s, 0));
	python_say(w, "%s = os.read(%s, %lld)", given(w, s), buf_str(&b),
		(long long)step_number(s, 1));
	buf_printf(&shown, "shown(%s)", given(w, s));
	tell(w, s, buf_str(&shown));
	buf_done(&b);
	buf_done(&shown);
	return 0;
}

static int call_recvmsg(struct python *w, const struct step *s)
{
	const struct value *sizes = step_arg(s, 1);
	bool bound = s->makes[0] != NOTHING;
	struct buf b = {0}, rooms = {0}, flags = {0};

	if (step_number(s, 2) & MSG_ERRQUEUE)
		return run_refuse(w->r, s->row, _("recvmsg with MSG_ERRQUEUE "
			"is not written as a program"));
	w->need |= PYTHON_SHOWN | PYTHON_FILLED;
	for (size_t i = 0; i < sizes->items; i++)
		buf_printf(&rooms, "%sbytearray(%lld)", i ? ", " : "",
			(long long)sizes->item[i].number);
	python_say(w, "rooms = [%s]", buf_str(&rooms));
	python_socket(w, &b, step_arg(s, 0));
	buf_text(&b, ".recvmsg_into(rooms");
	if (step_number(s, 2)) {
		buf_text(&b, ", 0");
		put_flags(&b, step_arg(s, 2));
	}
	if (bound)
		python_say(w, "n, _, flags, %s_from = %s)", given(w, s),
			buf_str(&b));
	else
		python_say(w, "n, _, flags, peer = %s)", buf_str(&b));
	buf_text(&flags, "filled(rooms, n), \"flags\", "
		"\"MSG_TRUNC\" if flags & socket.MSG_TRUNC else 0");
	tell(w, s, buf_str(&flags));
	buf_done(&b);
	buf_done(&rooms);
	buf_done(&flags);
	return 0;
}

/* ---- who can go on ---- */

/* ", ear=ear, conn=conn": how ready() and named() call what they find. */
static void put_named(struct buf *b, const struct run *r,
	const struct value *list)
{
	for (size_t i = 0; i < list->items; i++) {
		const struct value *v = &list->item[i];
		const struct thing *t = run_thing(r, v->kind == VALUE_ENTRY ?
			&v->item[0] : v);

		if (t)
			buf_printf(b, ", %s=%s", t->name, t->name);
	}
}

static int call_poll(struct python *w, const struct step *s)
{
	const struct value *wanted = step_arg(s, 0);
	struct buf b = {0};

	w->need |= PYTHON_SELECT | PYTHON_READY;
	python_say(w, "wanted = select.poll()");
	for (size_t i = 0; i < wanted->items; i++) {
		const struct value *fd = &wanted->item[i].item[0];
		const struct thing *t = run_thing(w->r, fd);

		buf_clear(&b);
		if (t)
			buf_text(&b, t->name);
		else
			python_fd(&b, w->r, fd);
		buf_text(&b, ", ");
		spell_flags(&b, &wanted->item[i].item[1], "select.");
		python_say(w, "wanted.register(%s)", buf_str(&b));
	}
	if (step_number(s, 1) < 0)
		python_say(w, "events = wanted.poll()");
	else
		python_say(w, "events = wanted.poll(%lld)",
			(long long)step_number(s, 1));
	buf_clear(&b);
	buf_text(&b, "ready(events, \"POLL\"");
	put_named(&b, w->r, wanted);
	buf_char(&b, ')');
	tell(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static void put_list(struct python *w, struct buf *b, const struct value *v)
{
	buf_char(b, '[');
	for (size_t i = 0; i < v->items; i++) {
		const struct thing *t = run_thing(w->r, &v->item[i]);

		if (i)
			buf_text(b, ", ");
		if (t)
			buf_text(b, t->name);
		else
			value_print(b, &v->item[i]);
	}
	buf_char(b, ']');
}

static int call_select(struct python *w, const struct step *s)
{
	static const char *const set[] = {"read", "write", "except"};
	int64_t timeout = step_number(s, 3);
	struct buf b = {0};

	w->need |= PYTHON_SELECT | PYTHON_NAMED;
	for (int i = 0; i < 3; i++) {
		if (i)
			buf_text(&b, ", ");
		put_list(w, &b, step_arg(s, i));
	}
	if (timeout >= 0) {
		buf_text(&b, ", ");
		put_seconds(&b, timeout);
	}
	python_say(w, "reads, writes, excepts = select.select(%s)",
		buf_str(&b));
	buf_clear(&b);
	for (int i = 0; i < 3; i++) {
		buf_printf(&b, "%s\"%s\", named(%ss", i ? ", " : "", set[i],
			set[i]);
		put_named(&b, w->r, step_arg(s, i));
		buf_char(&b, ')');
	}
	tell(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_epoll_create1(struct python *w, const struct step *s)
{
	w->need |= PYTHON_SELECT; /* close-on-exec is always set there */
	python_say(w, "%s = select.epoll()", made(w, s, 0));
	if (step_failed(s))
		tell(w, s, NULL);
	return 0;
}

static void put_epoll(struct python *w, struct buf *b, const struct value *v)
{
	const struct thing *t = run_thing(w->r, v);

	if (t && t->kind == THING_EPOLL) {
		buf_text(b, t->name);
		return;
	}
	buf_text(b, "select.epoll.fromfd(");
	python_fd(b, w->r, v);
	buf_char(b, ')');
}

static int call_epoll_ctl(struct python *w, const struct step *s)
{
	int64_t op = step_number(s, 1);
	const struct thing *t = run_thing(w->r, step_arg(s, 2));
	struct buf b = {0};

	w->need |= PYTHON_SELECT;
	put_epoll(w, &b, step_arg(s, 0));
	buf_text(&b, op == EPOLL_CTL_ADD ? ".register(" :
		op == EPOLL_CTL_MOD ? ".modify(" : ".unregister(");
	if (t)
		buf_text(&b, t->name);
	else
		python_fd(&b, w->r, step_arg(s, 2));
	if (op != EPOLL_CTL_DEL) {
		buf_text(&b, ", ");
		spell_flags(&b, step_arg(s, 3), "select.");
	}
	python_say(w, "%s)", buf_str(&b));
	tell_zero(w, s);
	buf_done(&b);
	return 0;
}

static int call_epoll_wait(struct python *w, const struct step *s)
{
	int64_t ms = step_number(s, 2);
	struct buf b = {0};

	w->need |= PYTHON_SELECT | PYTHON_READY;
	put_epoll(w, &b, step_arg(s, 0));
	if (ms < 0) {
		python_say(w, "events = %s.poll(maxevents=%lld)", buf_str(&b),
			(long long)step_number(s, 1));
	} else {
		buf_text(&b, ".poll(");
		put_seconds(&b, ms * CLOCK_MS);
		python_say(w, "events = %s, %lld)", buf_str(&b),
			(long long)step_number(s, 1));
	}
	buf_clear(&b);
	buf_text(&b, "ready(events, \"EPOLL\"");
	for (size_t i = 0; i < w->r->things; i++)
		if (step_watches(w->r, s, (uint32_t)i))
			buf_printf(&b, ", %s=%s", w->r->thing[i].name,
				w->r->thing[i].name);
	buf_char(&b, ')');
	tell(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_memfd_create(struct python *w, const struct step *s)
{
	struct buf b = {0};

	w->need |= PYTHON_OS;
	python_text(&b, step_arg(s, 0));
	python_say(w, "%s = open(os.memfd_create(%s), \"r+b\", buffering=0)",
		made(w, s, 0), buf_str(&b));
	if (step_failed(s))
		tell(w, s, NULL);
	buf_done(&b);
	return 0;
}

/* ---- options ---- */

/* "socket.SOL_SOCKET, socket.SO_REUSEADDR"; what Python has no name for is a
 * number. */
static void put_option(struct buf *b, const struct option_row *o)
{
	static const char *const unnamed[] = {
		"IP_MTU_DISCOVER", "IP_MTU", "IP_RECVERR", NULL,
	};
	const char *level = o->level == SOL_SOCKET ? "SOL_SOCKET" :
		o->level == IPPROTO_IP ? "IPPROTO_IP" :
		o->level == IPPROTO_IPV6 ? "IPPROTO_IPV6" : "IPPROTO_TCP";

	buf_printf(b, "socket.%s, ", level);
	for (int i = 0; unnamed[i]; i++)
		if (!strcmp(unnamed[i], o->name)) {
			buf_printf(b, "%d", o->option);
			return;
		}
	buf_printf(b, "socket.%s", o->name);
}

static int64_t time_in(const struct value *v, int64_t unit)
{
	if (!v)
		return 0;
	if (v->kind != VALUE_TIME)
		return v->number;
	return v->number < 0 ? 0 : v->number / unit;
}

static void put_option_value(struct python *w, struct buf *b,
	const struct option_row *o, const struct value *v)
{
	int64_t us;

	switch (o->type) {
	case OPTION_NUMBER:
	case OPTION_SWITCH:
	case OPTION_ERRNO:
	case OPTION_TCP_INFO:
		buf_printf(b, "%lld", (long long)v->number);
		break;
	case OPTION_SECONDS:
		buf_printf(b, "%lld", (long long)time_in(v, CLOCK_S));
		break;
	case OPTION_MS:
		buf_printf(b, "%lld", (long long)time_in(v, CLOCK_MS));
		break;
	case OPTION_TIME: /* struct timeval */
		w->need |= PYTHON_STRUCT;
		us = time_in(v, CLOCK_US);
		buf_printf(b, "struct.pack(\"@ll\", %lld, %lld)",
			(long long)(us / 1000000), (long long)(us % 1000000));
		break;
	case OPTION_LINGER:
		w->need |= PYTHON_STRUCT;
		buf_printf(b, "struct.pack(\"ii\", %lld, %lld)",
			(long long)time_in(value_field(v, "l_onoff"), 1),
			(long long)time_in(value_field(v, "l_linger"),
			CLOCK_S));
		break;
	}
}

static int call_setsockopt(struct python *w, const struct step *s)
{
	const struct option_row *o = option_row(step_number(s, 1));
	struct buf b = {0};

	python_socket(w, &b, step_arg(s, 0));
	buf_text(&b, ".setsockopt(");
	put_option(&b, o);
	buf_text(&b, ", ");
	put_option_value(w, &b, o, step_arg(s, 2));
	python_say(w, "%s)", buf_str(&b));
	tell_zero(w, s);
	buf_done(&b);
	return 0;
}

/* What is printed of an option's value, and of how many bytes it is. */
static const char *option_shown(struct python *w, const struct option_row *o,
	int *size)
{
	*size = 0;
	switch (o->type) {
	case OPTION_NUMBER:
	case OPTION_SWITCH:
	case OPTION_TCP_INFO:
		break;
	case OPTION_ERRNO:
		w->need |= PYTHON_ERRNO;
		return "errno.errorcode.get(value, value)";
	case OPTION_SECONDS:
		return "value, \"s\"";
	case OPTION_MS:
		return "value, \"ms\"";
	case OPTION_TIME:
		*size = 16;
		w->need |= PYTHON_STRUCT;
		return "\"%d s %d us\" % struct.unpack(\"@ll\", value)";
	case OPTION_LINGER:
		*size = 8;
		w->need |= PYTHON_STRUCT;
		return "\"{l_onoff=%d, l_linger=%d}\" % "
			"struct.unpack(\"ii\", value)";
	}
	return "value";
}

static int call_getsockopt(struct python *w, const struct step *s)
{
	const struct option_row *o = option_row(step_number(s, 1));
	const char *shown;
	struct buf b = {0};
	int size;

	if (o->type == OPTION_TCP_INFO)
		return run_refuse(w->r, s->row, _("getsockopt of TCP_INFO is "
			"not written as a program"));
	shown = option_shown(w, o, &size);
	python_socket(w, &b, step_arg(s, 0));
	buf_text(&b, ".getsockopt(");
	put_option(&b, o);
	if (size)
		buf_printf(&b, ", %d", size);
	python_say(w, "value = %s)", buf_str(&b));
	tell(w, s, shown);
	buf_done(&b);
	return 0;
}

static int call_fcntl(struct python *w, const struct step *s)
{
	const struct thing *t = run_thing(w->r, step_arg(s, 0));
	bool sets = step_number(s, 1) == F_SETFL;
	int64_t flags = step_number(s, 2);
	struct buf b = {0};

	if (sets && t && t->kind == THING_SOCKET &&
		!(flags & ~(int64_t)O_NONBLOCK)) {
		python_say(w, "%s.setblocking(%s)", t->name,
			flags ? "False" : "True");
		tell_zero(w, s);
		return 0;
	}
	w->need |= PYTHON_FCNTL | PYTHON_OS;
	python_fd(&b, w->r, step_arg(s, 0));
	if (sets) {
		buf_text(&b, ", fcntl.F_SETFL, ");
		spell_flags(&b, step_arg(s, 2), "os.");
		python_say(w, "fcntl.fcntl(%s)", buf_str(&b));
		tell_zero(w, s);
	} else {
		python_say(w, "flags = fcntl.fcntl(%s, fcntl.F_GETFL)",
			buf_str(&b));
		tell(w, s, "\"O_RDWR | O_NONBLOCK\" if flags & os.O_NONBLOCK "
			"else \"O_RDWR\"");
	}
	buf_done(&b);
	return 0;
}

static int call_ioctl(struct python *w, const struct step *s)
{
	const struct value *request = step_arg(s, 1);
	struct buf name = {0}, b = {0};

	w->need |= PYTHON_FCNTL | PYTHON_TERMIOS | PYTHON_STRUCT;
	value_print(&name, request);
	python_fd(&b, w->r, step_arg(s, 0));
	/* the same requests, under the names that Python has for them */
	python_say(w, "answer = fcntl.ioctl(%s, termios.%s, bytes(4))",
		buf_str(&b), !strcmp(buf_str(&name), "SIOCOUTQ") ? "TIOCOUTQ" :
		"FIONREAD");
	tell(w, s, "struct.unpack(\"i\", answer)[0]");
	buf_done(&name);
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
	tell_zero(w, s);
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
	tell_zero(w, s);
	buf_done(&b);
	return 0;
}

static int call_unlink(struct python *w, const struct step *s)
{
	struct buf b = {0};

	w->need |= PYTHON_OS;
	python_address(w, &b, s, step_arg(s, 0));
	python_say(w, "os.unlink(%s)", buf_str(&b));
	tell_zero(w, s);
	buf_done(&b);
	return 0;
}

/* ---- processes ---- */

static int call_dup(struct python *w, const struct step *s)
{
	const struct thing *t = run_thing(w->r, step_arg(s, 0));
	struct buf b = {0};

	if (t && t->kind == THING_SOCKET) {
		python_say(w, "%s = %s.dup()", made(w, s, 0), t->name);
	} else {
		w->need |= PYTHON_OS;
		python_fd(&b, w->r, step_arg(s, 0));
		python_say(w, "%s = socket.socket(fileno=os.dup(%s))",
			made(w, s, 0), buf_str(&b));
	}
	if (step_failed(s))
		tell(w, s, NULL);
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
			made(w, s, 0), buf_str(&b));
	else
		python_say(w, "os.dup2(%s)", buf_str(&b));
	tell_zero(w, s);
	buf_done(&b);
	return 0;
}

static int call_fork(struct python *w, const struct step *s)
{
	w->need |= PYTHON_OS;
	if (step_failed(s)) {
		python_say(w, "os.fork()");
		tell(w, s, NULL);
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
	tell_zero(w, s);
	buf_done(&b);
	return 0;
}

/* ---- names ---- */

static int call_name(struct python *w, const struct step *s)
{
	struct buf b = {0};

	python_socket(w, &b, step_arg(s, 0));
	python_say(w, "address = %s.%s()", buf_str(&b), s->line.row->name);
	tell(w, s, "address");
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
		put_flags(&b, step_arg(s, 4));
	}
	python_say(w, "found = socket.getaddrinfo(%s)", buf_str(&b));
	tell(w, s, "[entry[4] for entry in found]");
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
	tell(w, s, "host, service");
	buf_done(&b);
	return 0;
}

/* ---- all of them ---- */

static const struct {
	const char *name;
	int (*say)(struct python *w, const struct step *s);
} calls[] = {
	{"socket", call_socket}, {"socketpair", call_socket},
	{"bind", call_with_address}, {"listen", call_listen},
	{"accept", call_accept}, {"accept4", call_accept},
	{"connect", call_with_address},
	{"send", call_send}, {"recv", call_recv}, {"sendto", call_sendto},
	{"recvfrom", call_recv}, {"write", call_write}, {"read", call_read},
	{"sendmsg", call_sendmsg}, {"recvmsg", call_recvmsg},
	{"writev", call_write},
	{"poll", call_poll}, {"select", call_select},
	{"epoll_create1", call_epoll_create1}, {"epoll_ctl", call_epoll_ctl},
	{"epoll_wait", call_epoll_wait}, {"memfd_create", call_memfd_create},
	{"setsockopt", call_setsockopt}, {"getsockopt", call_getsockopt},
	{"fcntl", call_fcntl}, {"ioctl", call_ioctl},
	{"shutdown", call_shutdown}, {"close", call_close},
	{"unlink", call_unlink},
	{"dup", call_dup}, {"dup2", call_dup2}, {"fork", call_fork},
	{"signal", call_signal},
	{"getsockname", call_name}, {"getpeername", call_name},
	{"getaddrinfo", call_getaddrinfo}, {"getnameinfo", call_getnameinfo},
};

int python_call(struct python *w, const struct step *s)
{
	w->need |= PYTHON_SOCKET;
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (step_is(s, calls[i].name))
			return calls[i].say(w, s);
	return run_refuse(w->r, s->row, _("%s is not written in Python"),
		s->line.row->name);
}
