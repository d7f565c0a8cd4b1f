/* python_move: bytes out, and bytes in. */
#include <sys/socket.h>

#include "base/intl.h"
#include "export/python.h"

static int call_send(struct python *w, const struct step *s)
{
	struct buf b = {0};

	python_socket(w, &b, step_arg(s, 0));
	buf_text(&b, ".send(");
	python_bytes(w, &b, step_arg(s, 1));
	python_flags(&b, step_arg(s, 2));
	python_say(w, "n = %s)", buf_str(&b));
	python_tell(w, s, "n");
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
	python_flags(&b, step_arg(s, 2));
	buf_text(&b, ", ");
	python_address(w, &b, s, step_arg(s, 3));
	python_say(w, "n = %s)", buf_str(&b));
	python_tell(w, s, "n");
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
	python_tell(w, s, "n");
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
	python_tell(w, s, "n");
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
	python_flags(&b, step_arg(s, 2));
	python_say(w, from ? "n, peer = %s)" : "n = %s)", buf_str(&b));
	python_tell(w, s, "n");
	buf_done(&b);
}

static int call_recv(struct python *w, const struct step *s)
{
	const char *to = python_given(w, s);
	bool from = step_is(s, "recvfrom"), nothing;
	struct buf b = {0}, shown = {0};

	if (truncates(s)) {
		receive_into(w, s);
		return 0;
	}
	w->need |= PYTHON_SHOWN;
	python_socket(w, &b, step_arg(s, 0));
	/* recv(0) does not ask the kernel: it gives b"" at once */
	nothing = !from && !step_number(s, 1);
	buf_printf(&b, ".%s(%lld", nothing ? "recvfrom" : s->line.row->name,
		(long long)step_number(s, 1));
	python_flags(&b, step_arg(s, 2));
	if (from && s->makes[0] != NOTHING) {
		python_say(w, "%s_bytes, %s_from = %s)", to, to, buf_str(&b));
		buf_printf(&shown, "shown(%s_bytes), \"from\", %s_from", to,
			to);
	} else if (from) {
		python_say(w, "data, peer = %s)", buf_str(&b));
		buf_text(&shown, "shown(data), \"from\", peer");
	} else {
		python_say(w, nothing ? "%s = %s)[0]" : "%s = %s)", to,
			buf_str(&b));
		buf_printf(&shown, "shown(%s)", to);
	}
	python_tell(w, s, buf_str(&shown));
	buf_done(&b);
	buf_done(&shown);
	return 0;
}

static int call_read(struct python *w, const struct step *s)
{
	struct buf b = {0}, shown = {0};

	w->need |= PYTHON_OS | PYTHON_SHOWN;
	python_fd(&b, w->r, step_arg(s, 0));
	python_say(w, "%s = os.read(%s, %lld)", python_given(w, s), buf_str(&b),
		(long long)step_number(s, 1));
	buf_printf(&shown, "shown(%s)", python_given(w, s));
	python_tell(w, s, buf_str(&shown));
	buf_done(&b);
	buf_done(&shown);
	return 0;
}

/* What the error queue tells: a struct sock_extended_err begins with it. */
static void say_errors(struct python *w)
{
	w->need |= PYTHON_ERRNO | PYTHON_STRUCT;
	python_say(w, "for level, kind, data in extra:");
	w->depth++;
	python_say(w, "number = struct.unpack_from(\"I\", data)[0]");
	python_say(w, "%s(\"  error\", errno.errorcode[number])",
		python_print(w));
	w->depth--;
}

static int call_recvmsg(struct python *w, const struct step *s)
{
	const struct value *sizes = step_arg(s, 1);
	bool bound = s->makes[0] != NOTHING;
	bool errors = step_number(s, 2) & MSG_ERRQUEUE;
	struct buf b = {0}, rooms = {0}, flags = {0};

	w->need |= PYTHON_SHOWN | PYTHON_FILLED;
	for (size_t i = 0; i < sizes->items; i++)
		buf_printf(&rooms, "%sbytearray(%lld)", i ? ", " : "",
			(long long)sizes->item[i].number);
	python_say(w, "rooms = [%s]", buf_str(&rooms));
	python_socket(w, &b, step_arg(s, 0));
	buf_text(&b, ".recvmsg_into(rooms");
	if (step_number(s, 2)) {
		buf_text(&b, errors ? ", 512" : ", 0");
		python_flags(&b, step_arg(s, 2));
	}
	buf_printf(&flags, bound ? "%s_from" : "peer", python_given(w, s));
	python_say(w, "n, %s, flags, %s = %s)", errors ? "extra" : "_",
		buf_str(&flags), buf_str(&b));
	buf_clear(&flags);
	buf_text(&flags, "filled(rooms, n), \"flags\", "
		"\"MSG_TRUNC\" if flags & socket.MSG_TRUNC else 0");
	if (errors) {
		buf_clear(&flags);
		buf_text(&flags, "filled(rooms, n), \"flags\", "
			"\"MSG_ERRQUEUE\" if flags & socket.MSG_ERRQUEUE "
			"else 0");
	}
	python_tell(w, s, buf_str(&flags));
	if (errors)
		say_errors(w);
	buf_done(&b);
	buf_done(&rooms);
	buf_done(&flags);
	return 0;
}

const struct python_said python_said_move[] = {
	{"send", call_send}, {"recv", call_recv}, {"sendto", call_sendto},
	{"recvfrom", call_recv}, {"write", call_write}, {"read", call_read},
	{"sendmsg", call_sendmsg}, {"recvmsg", call_recvmsg},
	{"writev", call_write}, {NULL, NULL},
};
