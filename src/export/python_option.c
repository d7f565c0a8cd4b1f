/* python_option: options of sockets and flags of descriptors. */
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/intl.h"
#include "export/python.h"

/* Whether Python's socket module, of all versions that are in use, has it. */
static bool is_named(const struct option_row *o)
{
	static const char *const unnamed[] = {
		"IP_MTU_DISCOVER", "IP_MTU", "IP_RECVERR", NULL,
	};

	for (int i = 0; unnamed[i]; i++)
		if (!strcmp(unnamed[i], o->name))
			return false;
	return true;
}

/* "socket.SOL_SOCKET, socket.SO_REUSEADDR"; what Python has no name for is a
 * number. */
static void put_option(struct buf *b, const struct option_row *o)
{
	const char *level = o->level == SOL_SOCKET ? "SOL_SOCKET" :
		o->level == IPPROTO_IP ? "IPPROTO_IP" :
		o->level == IPPROTO_IPV6 ? "IPPROTO_IPV6" : "IPPROTO_TCP";

	buf_printf(b, "socket.%s, ", level);
	if (is_named(o))
		buf_printf(b, "socket.%s", o->name);
	else
		buf_printf(b, "%d", o->option);
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
		buf_printf(b, "%lld", (long long)option_in(v, CLOCK_S));
		break;
	case OPTION_MS:
		buf_printf(b, "%lld", (long long)option_in(v, CLOCK_MS));
		break;
	case OPTION_TIME: /* struct timeval */
		w->need |= PYTHON_STRUCT;
		us = option_in(v, CLOCK_US);
		buf_printf(b, "struct.pack(\"@ll\", %lld, %lld)",
			(long long)(us / 1000000), (long long)(us % 1000000));
		break;
	case OPTION_LINGER:
		w->need |= PYTHON_STRUCT;
		buf_printf(b, "struct.pack(\"ii\", %lld, %lld)",
			(long long)option_in(value_field(v, "l_onoff"), 1),
			(long long)option_in(value_field(v, "l_linger"),
			CLOCK_S));
		break;
	}
}

static int call_setsockopt(struct python *w, const struct step *s)
{
	const struct option_row *o = option_row(step_number(s, 1));
	struct buf b = {0};

	if (!is_named(o))
		python_say(w, "# %d: %s", o->option, o->name);
	python_socket(w, &b, step_arg(s, 0));
	buf_text(&b, ".setsockopt(");
	put_option(&b, o);
	buf_text(&b, ", ");
	put_option_value(w, &b, o, step_arg(s, 2));
	python_say(w, "%s)", buf_str(&b));
	python_tell_zero(w, s);
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

	if (o->type == OPTION_TCP_INFO) {
		w->need |= PYTHON_STRUCT | PYTHON_INFO;
		python_socket(w, &b, step_arg(s, 0));
		python_say(w, "info = tcp_info(%s)", buf_str(&b));
		python_tell(w, s, "info");
		buf_done(&b);
		return 0;
	}
	shown = option_shown(w, o, &size);
	python_socket(w, &b, step_arg(s, 0));
	buf_text(&b, ".getsockopt(");
	put_option(&b, o);
	if (size)
		buf_printf(&b, ", %d", size);
	python_say(w, "value = %s)", buf_str(&b));
	python_tell(w, s, shown);
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
		python_tell_zero(w, s);
		return 0;
	}
	w->need |= PYTHON_FCNTL | PYTHON_OS;
	python_fd(&b, w->r, step_arg(s, 0));
	if (sets) {
		buf_text(&b, ", fcntl.F_SETFL, ");
		spell_flags(&b, step_arg(s, 2), "os.");
		python_say(w, "fcntl.fcntl(%s)", buf_str(&b));
		python_tell_zero(w, s);
	} else {
		python_say(w, "flags = fcntl.fcntl(%s, fcntl.F_GETFL)",
			buf_str(&b));
		python_tell(w, s, "\"O_RDWR | O_NONBLOCK\" "
			"if flags & os.O_NONBLOCK else \"O_RDWR\"");
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
	python_tell(w, s, "struct.unpack(\"i\", answer)[0]");
	buf_done(&name);
	buf_done(&b);
	return 0;
}

const struct python_said python_said_option[] = {
	{"setsockopt", call_setsockopt}, {"getsockopt", call_getsockopt},
	{"fcntl", call_fcntl}, {"ioctl", call_ioctl}, {NULL, NULL},
};
