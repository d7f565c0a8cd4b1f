/* c_move: bytes out, and bytes in. */
#include <sys/socket.h>

#include "base/intl.h"
#include "export/c.h"

/* ---- bytes out ---- */

static int call_send(struct c *w, const struct step *s)
{
	struct buf b = {0};

	if (step_is(s, "write"))
		w->headers |= C_UNISTD;
	buf_printf(&b, "%s(", s->line.row->name);
	c_fd(w, &b, step_arg(s, 0));
	buf_text(&b, ", ");
	c_bytes(w, &b, step_arg(s, 1));
	if (!step_is(s, "write")) {
		buf_text(&b, ", ");
		c_flags(&b, step_arg(s, 2));
	}
	if (step_is(s, "sendto")) {
		const struct value *to = step_arg(s, 3);

		buf_text(&b, ", ");
		if (to->kind == VALUE_ADDRESS && to->number == PORT_NONE)
			buf_text(&b, "NULL, 0");
		else
			c_address(w, &b, s, to, "to");
	}
	buf_char(&b, ')');
	c_check_count(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

/* struct iovec pieces[] = {{"ab", 2}, {"cdef", 4}}; its name into out. */
static void say_pieces(struct c *w, const struct value *v, char *out,
	size_t size)
{
	struct buf b = {0};

	w->headers |= C_UIO;
	c_number(out, size, "pieces", ++w->pieces);
	for (size_t i = 0; i < v->items; i++) {
		buf_text(&b, i ? ", {" : "{");
		c_bytes(w, &b, &v->item[i]);
		buf_char(&b, '}');
	}
	c_say(w, "struct iovec %s[] = {%s};", out, buf_str(&b));
	buf_done(&b);
}

static int call_writev(struct c *w, const struct step *s)
{
	struct buf b = {0};
	char pieces[24];

	w->headers |= C_UNISTD;
	say_pieces(w, step_arg(s, 1), pieces, sizeof(pieces));
	buf_text(&b, "writev(");
	c_fd(w, &b, step_arg(s, 0));
	buf_printf(&b, ", %s, %zu)", pieces, step_arg(s, 1)->items);
	c_check_count(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_sendmsg(struct c *w, const struct step *s)
{
	const struct value *to = step_arg(s, 3);
	struct buf b = {0}, address = {0};
	char pieces[24], message[24];

	say_pieces(w, step_arg(s, 1), pieces, sizeof(pieces));
	c_number(message, sizeof(message), "message", ++w->messages);
	buf_printf(&b, "struct msghdr %s = {.msg_iov = %s, .msg_iovlen = %zu",
		message, pieces, step_arg(s, 1)->items);
	if (to->kind != VALUE_ADDRESS || to->number != PORT_NONE) {
		char *comma;

		c_address(w, &address, s, to, "to");
		comma = strrchr(address.data, ',');
		*comma = '\0';
		buf_printf(&b, ", .msg_name = %s, .msg_namelen = %s",
			address.data + strlen("(struct sockaddr *)"),
			comma + 2);
	}
	c_say(w, "%s};", buf_str(&b));
	buf_clear(&b);
	buf_text(&b, "sendmsg(");
	c_fd(w, &b, step_arg(s, 0));
	buf_printf(&b, ", &%s, ", message);
	c_flags(&b, step_arg(s, 2));
	buf_char(&b, ')');
	c_check_count(w, s, buf_str(&b));
	buf_done(&b);
	buf_done(&address);
	return 0;
}

/* ---- bytes in ---- */

/* Where the bytes of a receive go, and what counts them: buf and n, or
 * variables of their own when the bytes have a name. */
static void choose_room(struct c *w, const struct step *s, struct buf *to,
	struct buf *count)
{
	const struct thing *t = s->makes[0] == NOTHING ? NULL :
		&w->r->thing[s->makes[0]];
	size_t size = (size_t)step_number(s, 1);

	if (t && t->used) {
		buf_printf(to, step_is(s, "recvfrom") ? "%s_bytes" : "%s",
			t->name);
		buf_printf(count, "%s_size", buf_str(to));
		if (t->shared)
			buf_printf(w->shared, "static char %s[%zu];\n"
				"static ssize_t %s;\n", buf_str(to),
				size ? size : 1, buf_str(count));
		else
			c_say(w, "char %s[%zu];", buf_str(to), size ? size : 1);
		return;
	}
	buf_text(to, "buf");
	buf_text(count, "n");
	w->vars |= VAR_N;
	if (size > w->room)
		w->room = size;
	if (!w->room)
		w->room = 1;
}

/* recvfrom: where the address goes. */
static void choose_address(struct c *w, const struct step *s,
	struct buf *from)
{
	const struct thing *t = s->makes[0] == NOTHING ? NULL :
		&w->r->thing[s->makes[0]];

	w->help |= HELP_ADDRESS;
	if (t && t->used) {
		buf_printf(from, "%s_from", t->name);
		if (t->shared)
			buf_printf(w->shared, "static struct sockaddr_storage "
				"%s;\nstatic socklen_t %s_size;\n",
				buf_str(from), buf_str(from));
		else
			c_say(w, "struct sockaddr_storage %s;", buf_str(from));
		c_say(w, "%s%s_size = sizeof(%s);", t->shared ? "" :
			"socklen_t ", buf_str(from), buf_str(from));
		return;
	}
	buf_text(from, "address");
	w->vars |= VAR_ADDRESS;
	c_say(w, "address_size = sizeof(address);");
}

static int call_recv(struct c *w, const struct step *s)
{
	struct buf to = {0}, count = {0}, from = {0}, b = {0};
	bool trunc = !step_is(s, "read") && step_number(s, 2) & MSG_TRUNC;
	bool is_new;

	choose_room(w, s, &to, &count);
	is_new = strcmp(buf_str(&count), "n") &&
		!w->r->thing[s->makes[0]].shared;
	if (step_is(s, "recvfrom"))
		choose_address(w, s, &from);
	if (step_is(s, "read"))
		w->headers |= C_UNISTD;
	buf_printf(&b, "%s%s = %s(", is_new ? "ssize_t " : "",
		buf_str(&count), s->line.row->name);
	c_fd(w, &b, step_arg(s, 0));
	buf_printf(&b, ", %s, %lld", buf_str(&to),
		(long long)step_number(s, 1));
	if (!step_is(s, "read")) {
		buf_text(&b, ", ");
		c_flags(&b, step_arg(s, 2));
	}
	if (from.len)
		buf_printf(&b, ", (struct sockaddr *)&%s, &%s_size",
			buf_str(&from), buf_str(&from));
	c_say(w, "%s);", buf_str(&b));
	buf_clear(&b);
	if (!step_failed(s)) {
		buf_printf(&b, "%s < 0", buf_str(&count));
		c_die_if(w, buf_str(&b), s);
		buf_clear(&b);
	}
	if (trunc) { /* the number may be greater than that of the bytes */
		w->help |= HELP_TELL;
		c_tell(w, s, "tell", buf_str(&count));
	} else {
		w->help |= HELP_SHOW | HELP_QUOTE;
		buf_printf(&b, "%s, %s", buf_str(&to), buf_str(&count));
		c_tell(w, s, "show", buf_str(&b));
	}
	if (from.len && !step_failed(s))
		c_say(w, "show_address(\"  from\", &%s, %s_size);",
			buf_str(&from), buf_str(&from));
	buf_done(&to);
	buf_done(&count);
	buf_done(&from);
	buf_done(&b);
	return 0;
}

/* What the error queue tells. */
static void say_error(struct c *w, const struct step *s, const char *message)
{
	const struct value *error = value_field(&s->result, "error");

	w->help |= HELP_ERROR;
	if (error)
		c_knows_error(w, error->number);
	c_say(w, "show_error(&%s);", message);
}

static int call_recvmsg(struct c *w, const struct step *s)
{
	const struct value *sizes = step_arg(s, 1);
	bool errors = step_number(s, 2) & MSG_ERRQUEUE;
	struct buf b = {0}, rooms = {0}, from = {0};
	size_t sum = 0;
	char room[24], message[24];

	w->headers |= C_UIO;
	w->help |= HELP_FILLED | HELP_QUOTE;
	w->vars |= VAR_N | (errors ? VAR_CONTROL : 0);
	choose_address(w, s, &from);
	for (size_t i = 0; i < sizes->items; i++) {
		buf_printf(&rooms, sum ? "%s{buf + %zu" : "%s{buf",
			i ? ", " : "", sum);
		buf_printf(&rooms, ", %lld}",
			(long long)sizes->item[i].number);
		sum += (size_t)sizes->item[i].number;
	}
	if (sum > w->room)
		w->room = sum;
	c_number(room, sizeof(room), "rooms", ++w->rooms);
	c_number(message, sizeof(message), "message", ++w->messages);
	c_say(w, "struct iovec %s[] = {%s};", room, buf_str(&rooms));
	c_say(w, "struct msghdr %s = {.msg_name = &%s, .msg_namelen = "
		"%s_size, .msg_iov = %s, .msg_iovlen = %zu%s};", message,
		buf_str(&from), buf_str(&from), room, sizes->items, errors ?
		", .msg_control = control, .msg_controllen = sizeof(control)" :
		"");
	buf_text(&b, "n = recvmsg(");
	c_fd(w, &b, step_arg(s, 0));
	buf_printf(&b, ", &%s, ", message);
	c_flags(&b, step_arg(s, 2));
	c_say(w, "%s);", buf_str(&b));
	buf_clear(&b);
	buf_printf(&b, "&%s, n", message);
	if (!step_failed(s))
		c_die_if(w, "n < 0", s);
	c_tell(w, s, "show_filled", buf_str(&b));
	if (!step_failed(s)) {
		c_say(w, "%s_size = %s.msg_namelen;", buf_str(&from),
			message);
		c_say(w, "show_address(\"  from\", &%s, %s_size);",
			buf_str(&from), buf_str(&from));
		if (errors)
			say_error(w, s, message);
	}
	buf_done(&b);
	buf_done(&rooms);
	buf_done(&from);
	return 0;
}

const struct c_said c_said_move[] = {
	{"send", call_send}, {"recv", call_recv}, {"sendto", call_send},
	{"recvfrom", call_recv}, {"write", call_send}, {"read", call_recv},
	{"sendmsg", call_sendmsg}, {"recvmsg", call_recvmsg},
	{"writev", call_writev}, {NULL, NULL},
};
