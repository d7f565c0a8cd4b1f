/*
 * c_call: each call as C says it, in the order of the table, its result checked
 * and, where it teaches, printed.
 */
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/intl.h"
#include "export/c.h"

/* ---- pieces of a statement ---- */

static void say_with(struct c *w, const char *text, const char *comment)
{
	spell_statement(&w->body, w->depth, "\t", text, comment);
}

/* The comment with what the journal saw: of success, or of failure. */
static void comment_of(struct buf *b, const struct step *s)
{
	struct buf result = {0};

	spell_result(&result, s);
	if (result.len && !strstr(buf_str(&result), "*/"))
		buf_printf(b, "/* %s */", buf_str(&result));
	buf_done(&result);
}

/* tell("send(s)", n); and the like: function, what stands behind the label. */
static void tell(struct c *w, const struct step *s, const char *function,
	const char *rest)
{
	struct buf text = {0}, comment = {0};

	buf_printf(&text, "%s(\"", function);
	spell_label(&text, s);
	buf_printf(&text, "\", %s);", rest);
	comment_of(&comment, s);
	say_with(w, buf_str(&text), buf_str(&comment));
	buf_done(&text);
	buf_done(&comment);
}

/* printf("LABEL -> FORMAT\n", rest); */
static void print(struct c *w, const struct step *s, const char *format,
	const char *rest)
{
	struct buf text = {0}, comment = {0};

	buf_text(&text, "printf(\"");
	spell_label(&text, s);
	buf_printf(&text, " -> %s\\n\", %s);", format, rest);
	comment_of(&comment, s);
	say_with(w, buf_str(&text), buf_str(&comment));
	buf_done(&text);
	buf_done(&comment);
}

static void die_if(struct c *w, const char *condition, const struct step *s)
{
	w->help |= HELP_DIE;
	c_say(w, "if (%s)", condition);
	w->depth++;
	c_say(w, "die(\"%s\");", s->line.row->name);
	w->depth--;
}

/* A call that gives 0: checked, and told only where it was not sure. */
static void check_zero(struct c *w, const struct step *s, const char *call)
{
	struct buf text = {0};

	if (step_failed(s)) {
		w->help |= HELP_TELL;
		tell(w, s, "tell", call);
		return;
	}
	buf_printf(&text, "%s < 0", call);
	die_if(w, buf_str(&text), s);
	if (step_tells_zero(s)) {
		buf_clear(&text);
		buf_text(&text, "puts(\"");
		spell_label(&text, s);
		buf_text(&text, " -> 0\");");
		c_say(w, "%s", buf_str(&text));
	}
	buf_done(&text);
}

/* A call that gives a number, of bytes or else: n. */
static void check_count(struct c *w, const struct step *s, const char *call)
{
	w->vars |= VAR_N;
	w->help |= HELP_TELL;
	if (step_failed(s)) {
		tell(w, s, "tell", call);
		return;
	}
	c_say(w, "n = %s;", call);
	die_if(w, "n < 0", s);
	tell(w, s, "tell", "n");
}

/* A call that gives a descriptor. */
static void check_fd(struct c *w, const struct step *s, const char *call)
{
	const struct thing *t = s->makes[0] == NOTHING ? NULL :
		&w->r->thing[s->makes[0]];
	struct buf text = {0};

	if (!t) {
		w->help |= HELP_TELL;
		tell(w, s, "tell", call);
		return;
	}
	c_say(w, "%s%s = %s;", t->again ? "" : "int ", t->name, call);
	buf_printf(&text, "%s < 0", t->name);
	die_if(w, buf_str(&text), s);
	buf_done(&text);
}

static void put_flags(struct buf *b, const struct value *v)
{
	if (!v)
		buf_text(b, "0");
	else
		spell_flags(b, v, "");
}

/* ---- from nothing to a connection ---- */

static int call_socket(struct c *w, const struct step *s)
{
	struct buf b = {0};

	buf_text(&b, "socket(");
	for (int i = 0; i < 3; i++) {
		if (i)
			buf_text(&b, ", ");
		put_flags(&b, step_arg(s, i));
	}
	buf_char(&b, ')');
	if (step_number(s, 2))
		w->headers |= C_IN;
	check_fd(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_socketpair(struct c *w, const struct step *s)
{
	struct buf b = {0};
	const struct thing *t = w->r->thing;

	buf_text(&b, "socketpair(");
	for (int i = 0; i < 3; i++) {
		put_flags(&b, step_arg(s, i));
		buf_text(&b, ", ");
	}
	if (s->makes[0] == NOTHING) {
		buf_text(&b, "(int[2]){0})");
		check_zero(w, s, buf_str(&b));
	} else {
		const struct thing *one = &t[s->makes[0]];
		const struct thing *other = &t[s->makes[1]];

		buf_printf(&b, "%s_%s)", one->name, other->name);
		c_say(w, "int %s_%s[2];", one->name, other->name);
		check_zero(w, s, buf_str(&b));
		c_say(w, "%s%s = %s_%s[0];", one->again ? "" : "int ",
			one->name, one->name, other->name);
		c_say(w, "%s%s = %s_%s[1];", other->again ? "" : "int ",
			other->name, one->name, other->name);
	}
	buf_done(&b);
	return 0;
}

static int call_with_address(struct c *w, const struct step *s)
{
	struct buf b = {0};

	buf_printf(&b, "%s(", s->line.row->name);
	c_fd(w, &b, step_arg(s, 0));
	buf_text(&b, ", ");
	c_address(w, &b, s, step_arg(s, 1),
		step_is(s, "bind") ? "own" : "to");
	buf_char(&b, ')');
	check_zero(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_listen(struct c *w, const struct step *s)
{
	struct buf b = {0};

	buf_text(&b, "listen(");
	c_fd(w, &b, step_arg(s, 0));
	buf_printf(&b, ", %lld)", (long long)step_number(s, 1));
	check_zero(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_accept(struct c *w, const struct step *s)
{
	struct buf b = {0};

	buf_printf(&b, "%s(", s->line.row->name);
	c_fd(w, &b, step_arg(s, 0));
	buf_text(&b, ", NULL, NULL");
	if (step_is(s, "accept4")) {
		buf_text(&b, ", ");
		put_flags(&b, step_arg(s, 1));
	}
	buf_char(&b, ')');
	check_fd(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

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
		put_flags(&b, step_arg(s, 2));
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
	check_count(w, s, buf_str(&b));
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
	check_count(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_sendmsg(struct c *w, const struct step *s)
{
	const struct value *to = step_arg(s, 3);
	struct buf b = {0}, address = {0};
	char pieces[24];

	say_pieces(w, step_arg(s, 1), pieces, sizeof(pieces));
	buf_printf(&b, "struct msghdr message%d = {.msg_iov = %s, "
		".msg_iovlen = %zu", w->pieces, pieces,
		step_arg(s, 1)->items);
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
	buf_printf(&b, ", &message%d, ", w->pieces);
	put_flags(&b, step_arg(s, 2));
	buf_char(&b, ')');
	check_count(w, s, buf_str(&b));
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
		c_say(w, "struct sockaddr_storage %s;", buf_str(from));
		c_say(w, "socklen_t %s_size = sizeof(%s);", buf_str(from),
			buf_str(from));
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

	choose_room(w, s, &to, &count);
	if (step_is(s, "recvfrom"))
		choose_address(w, s, &from);
	if (step_is(s, "read"))
		w->headers |= C_UNISTD;
	buf_printf(&b, "%s%s = %s(", strcmp(buf_str(&count), "n") ?
		"ssize_t " : "", buf_str(&count), s->line.row->name);
	c_fd(w, &b, step_arg(s, 0));
	buf_printf(&b, ", %s, %lld", buf_str(&to),
		(long long)step_number(s, 1));
	if (!step_is(s, "read")) {
		buf_text(&b, ", ");
		put_flags(&b, step_arg(s, 2));
	}
	if (from.len)
		buf_printf(&b, ", (struct sockaddr *)&%s, &%s_size",
			buf_str(&from), buf_str(&from));
	c_say(w, "%s);", buf_str(&b));
	buf_clear(&b);
	if (!step_failed(s)) {
		buf_printf(&b, "%s < 0", buf_str(&count));
		die_if(w, buf_str(&b), s);
		buf_clear(&b);
	}
	if (trunc) { /* the number may be greater than that of the bytes */
		w->help |= HELP_TELL;
		tell(w, s, "tell", buf_str(&count));
	} else {
		w->help |= HELP_SHOW | HELP_QUOTE;
		buf_printf(&b, "%s, %s", buf_str(&to), buf_str(&count));
		tell(w, s, "show", buf_str(&b));
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

static int call_recvmsg(struct c *w, const struct step *s)
{
	const struct value *sizes = step_arg(s, 1);
	struct buf b = {0}, rooms = {0}, from = {0};
	size_t sum = 0;
	char call[64];

	if (step_number(s, 2) & MSG_ERRQUEUE)
		return run_refuse(w->r, s->row, _("recvmsg with MSG_ERRQUEUE "
			"is not written as a program"));
	w->headers |= C_UIO;
	w->help |= HELP_FILLED | HELP_QUOTE;
	w->vars |= VAR_N;
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
	w->pieces++;
	c_say(w, "struct iovec rooms%d[] = {%s};", w->pieces,
		buf_str(&rooms));
	c_say(w, "struct msghdr message%d = {.msg_name = &%s, .msg_namelen = "
		"%s_size, .msg_iov = rooms%d, .msg_iovlen = %zu};", w->pieces,
		buf_str(&from), buf_str(&from), w->pieces, sizes->items);
	buf_text(&b, "n = recvmsg(");
	c_fd(w, &b, step_arg(s, 0));
	buf_printf(&b, ", &message%d, ", w->pieces);
	put_flags(&b, step_arg(s, 2));
	c_say(w, "%s);", buf_str(&b));
	snprintf(call, sizeof(call), "&message%d, n", w->pieces);
	if (!step_failed(s))
		die_if(w, "n < 0", s);
	tell(w, s, "show_filled", call);
	if (!step_failed(s)) {
		c_say(w, "%s_size = message%d.msg_namelen;", buf_str(&from),
			w->pieces);
		c_say(w, "show_address(\"  from\", &%s, %s_size);",
			buf_str(&from), buf_str(&from));
	}
	buf_done(&b);
	buf_done(&rooms);
	buf_done(&from);
	return 0;
}

/* ---- who can go on ---- */

static const struct value *descriptor_in(const struct value *item)
{
	return item->kind == VALUE_ENTRY ? &item->item[0] : item;
}

/* (const char *[]){"ear", "conn"} */
static void put_names(struct c *w, struct buf *b, const struct value *list)
{
	buf_text(b, "(const char *[]){");
	for (size_t i = 0; i < list->items; i++) {
		buf_text(b, i ? ", \"" : "\"");
		c_fd(w, b, descriptor_in(&list->item[i]));
		buf_char(b, '"');
	}
	buf_char(b, '}');
}

/* (const int[]){ear, conn} */
static void put_numbers(struct c *w, struct buf *b, const struct value *list)
{
	buf_text(b, "(const int[]){");
	for (size_t i = 0; i < list->items; i++) {
		if (i)
			buf_text(b, ", ");
		c_fd(w, b, descriptor_in(&list->item[i]));
	}
	buf_char(b, '}');
}

static int call_poll(struct c *w, const struct step *s)
{
	const struct value *list = step_arg(s, 0);
	struct buf b = {0};
	int number = ++w->pieces;

	w->headers |= C_POLL;
	w->help |= HELP_READY | HELP_FLAGS;
	w->vars |= VAR_N;
	buf_printf(&b, "struct pollfd wanted%d[] = {", number);
	for (size_t i = 0; i < list->items; i++) {
		buf_text(&b, i ? ", {.fd = " : "{.fd = ");
		c_fd(w, &b, &list->item[i].item[0]);
		buf_text(&b, ", .events = ");
		put_flags(&b, &list->item[i].item[1]);
		buf_char(&b, '}');
	}
	if (!list->items)
		buf_text(&b, "{.fd = -1}");
	c_say(w, "%s};", buf_str(&b));
	c_say(w, "n = poll(wanted%d, %zu, %lld);", number, list->items,
		(long long)step_number(s, 1));
	if (!step_failed(s))
		die_if(w, "n < 0", s);
	buf_clear(&b);
	buf_printf(&b, "n, wanted%d, ", number);
	if (list->items)
		put_names(w, &b, list);
	else
		buf_text(&b, "NULL");
	buf_printf(&b, ", %zu", list->items);
	tell(w, s, "show_ready", buf_str(&b));
	buf_done(&b);
	return 0;
}

static void say_set(struct c *w, const struct value *list, const char *set)
{
	struct buf b = {0};

	c_say(w, "FD_ZERO(&%s);", set);
	for (size_t i = 0; i < list->items; i++) {
		buf_clear(&b);
		c_fd(w, &b, &list->item[i]);
		c_say(w, "FD_SET(%s, &%s);", buf_str(&b), set);
	}
	buf_done(&b);
}

static int call_select(struct c *w, const struct step *s)
{
	static const char *const set[] = {"reads", "writes", "excepts"};
	static const char *const word[] = {"read", "write", "except"};
	int64_t ns = step_number(s, 3);
	struct buf b = {0};

	w->headers |= C_SELECT;
	w->vars |= VAR_N | VAR_SETS;
	for (int i = 0; i < 3; i++)
		say_set(w, step_arg(s, i), set[i]);
	buf_text(&b, "select(FD_SETSIZE, &reads, &writes, &excepts, ");
	if (ns < 0)
		buf_text(&b, "NULL)");
	else
		buf_printf(&b, "&(struct timeval){.tv_sec = %lld, "
			".tv_usec = %lld})", (long long)(ns / CLOCK_S),
			(long long)(ns % CLOCK_S / CLOCK_US));
	if (step_failed(s)) {
		w->help |= HELP_TELL;
		tell(w, s, "tell", buf_str(&b));
		buf_done(&b);
		return 0;
	}
	c_say(w, "n = %s;", buf_str(&b));
	die_if(w, "n < 0", s);
	w->help |= HELP_SET;
	c_say(w, "printf(\"select ->\");");
	for (int i = 0; i < 3; i++) {
		const struct value *list = step_arg(s, i);

		buf_clear(&b);
		buf_printf(&b, "print_set(\"%s\", &%s, ", word[i], set[i]);
		if (list->items) {
			put_numbers(w, &b, list);
			buf_text(&b, ", ");
			put_names(w, &b, list);
		} else {
			buf_text(&b, "NULL, NULL");
		}
		c_say(w, "%s, %zu);", buf_str(&b), list->items);
	}
	c_say(w, "putchar('\\n');");
	buf_done(&b);
	return 0;
}

static int call_epoll_create1(struct c *w, const struct step *s)
{
	struct buf b = {0};

	w->headers |= C_EPOLL;
	buf_text(&b, "epoll_create1(");
	put_flags(&b, step_arg(s, 0));
	buf_char(&b, ')');
	check_fd(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_epoll_ctl(struct c *w, const struct step *s)
{
	struct buf b = {0}, fd = {0};

	w->headers |= C_EPOLL;
	c_fd(w, &fd, step_arg(s, 2));
	buf_text(&b, "epoll_ctl(");
	c_fd(w, &b, step_arg(s, 0));
	buf_text(&b, ", ");
	put_flags(&b, step_arg(s, 1));
	buf_printf(&b, ", %s, &(struct epoll_event){.events = ",
		buf_str(&fd));
	put_flags(&b, step_arg(s, 3));
	buf_printf(&b, ", .data.fd = %s})", buf_str(&fd));
	check_zero(w, s, buf_str(&b));
	buf_done(&b);
	buf_done(&fd);
	return 0;
}

static int call_epoll_wait(struct c *w, const struct step *s)
{
	struct buf numbers = {0}, names = {0}, b = {0};
	int64_t most = step_number(s, 1);
	size_t known = 0;

	w->headers |= C_EPOLL;
	w->help |= HELP_EVENTS | HELP_FLAGS;
	w->vars |= VAR_N | VAR_EVENTS;
	if (most > w->events)
		w->events = most;
	for (size_t i = 0; i < w->r->things; i++) {
		if (!step_watches(w->r, s, (uint32_t)i))
			continue;
		buf_printf(&numbers, "%s%s", known ? ", " : "",
			w->r->thing[i].name);
		buf_printf(&names, "%s\"%s\"", known ? ", " : "",
			w->r->thing[i].name);
		known++;
	}
	buf_text(&b, "n = epoll_wait(");
	c_fd(w, &b, step_arg(s, 0));
	c_say(w, "%s, events, %lld, %lld);", buf_str(&b), (long long)most,
		(long long)step_number(s, 2));
	if (!step_failed(s))
		die_if(w, "n < 0", s);
	buf_clear(&b);
	if (known)
		buf_printf(&b, "n, events, (const int[]){%s}, "
			"(const char *[]){%s}, %zu", buf_str(&numbers),
			buf_str(&names), known);
	else
		buf_text(&b, "n, events, NULL, NULL, 0");
	tell(w, s, "show_events", buf_str(&b));
	buf_done(&numbers);
	buf_done(&names);
	buf_done(&b);
	return 0;
}

static int call_memfd_create(struct c *w, const struct step *s)
{
	struct buf b = {0};

	w->headers |= C_MMAN;
	buf_text(&b, "memfd_create(");
	c_text(&b, step_arg(s, 0));
	buf_text(&b, ", MFD_CLOEXEC)");
	check_fd(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

/* ---- options ---- */

static int64_t time_in(const struct value *v, int64_t unit)
{
	if (!v)
		return 0;
	if (v->kind != VALUE_TIME)
		return v->number;
	return v->number < 0 ? 0 : v->number / unit;
}

static void put_option(struct c *w, struct buf *b, const struct step *s,
	const struct option_row *o)
{
	buf_printf(b, "%s(", s->line.row->name);
	c_fd(w, b, step_arg(s, 0));
	buf_printf(b, ", %s, %s, ", o->level == SOL_SOCKET ? "SOL_SOCKET" :
		o->level == IPPROTO_IP ? "IPPROTO_IP" :
		o->level == IPPROTO_IPV6 ? "IPPROTO_IPV6" : "IPPROTO_TCP",
		o->name);
	if (o->level != SOL_SOCKET)
		w->headers |= C_IN;
	if (o->tcp)
		w->headers |= C_TCP;
}

/* "&(int){1}, sizeof(int)" */
static void put_option_value(struct c *w, struct buf *b,
	const struct option_row *o, const struct value *v)
{
	int64_t us;

	switch (o->type) {
	case OPTION_NUMBER:
	case OPTION_SWITCH:
	case OPTION_ERRNO:
	case OPTION_TCP_INFO:
		buf_printf(b, "&(int){%lld}, sizeof(int)",
			(long long)v->number);
		break;
	case OPTION_SECONDS:
		buf_printf(b, "&(int){%lld}, sizeof(int)",
			(long long)time_in(v, CLOCK_S));
		break;
	case OPTION_MS:
		buf_printf(b, "&(int){%lld}, sizeof(int)",
			(long long)time_in(v, CLOCK_MS));
		break;
	case OPTION_TIME:
		w->headers |= C_TIMEVAL;
		us = time_in(v, CLOCK_US);
		buf_printf(b, "&(struct timeval){.tv_sec = %lld, .tv_usec = "
			"%lld}, sizeof(struct timeval)",
			(long long)(us / 1000000), (long long)(us % 1000000));
		break;
	case OPTION_LINGER:
		buf_printf(b, "&(struct linger){.l_onoff = %lld, .l_linger = "
			"%lld}, sizeof(struct linger)",
			(long long)time_in(value_field(v, "l_onoff"), 1),
			(long long)time_in(value_field(v, "l_linger"),
			CLOCK_S));
		break;
	}
}

static int call_setsockopt(struct c *w, const struct step *s)
{
	const struct option_row *o = option_row(step_number(s, 1));
	struct buf b = {0};

	put_option(w, &b, s, o);
	put_option_value(w, &b, o, step_arg(s, 2));
	buf_char(&b, ')');
	check_zero(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

/* The value was read: print it in its type. */
static void print_option(struct c *w, const struct step *s,
	const struct option_row *o)
{
	switch (o->type) {
	case OPTION_NUMBER:
	case OPTION_SWITCH:
	case OPTION_TCP_INFO:
		w->help |= HELP_TELL;
		tell(w, s, "tell", "value");
		break;
	case OPTION_SECONDS:
		print(w, s, "%d s", "value");
		break;
	case OPTION_MS:
		print(w, s, "%d ms", "value");
		break;
	case OPTION_ERRNO:
		w->headers |= C_STRING;
		print(w, s, "%s", "value ? strerrorname_np(value) : \"0\"");
		break;
	case OPTION_TIME:
		print(w, s, "%ld s %ld us", "(long)limit.tv_sec, "
			"(long)limit.tv_usec");
		break;
	case OPTION_LINGER:
		print(w, s, "{l_onoff=%d, l_linger=%d}", "linger.l_onoff, "
			"linger.l_linger");
		break;
	}
}

static int call_getsockopt(struct c *w, const struct step *s)
{
	const struct option_row *o = option_row(step_number(s, 1));
	const char *value = o->type == OPTION_TIME ? "limit" :
		o->type == OPTION_LINGER ? "linger" : "value";
	struct buf b = {0};

	if (o->type == OPTION_TCP_INFO)
		return run_refuse(w->r, s->row, _("getsockopt of TCP_INFO is "
			"not written as a program"));
	if (o->type == OPTION_TIME)
		w->vars |= VAR_LIMIT;
	else if (o->type == OPTION_LINGER)
		w->vars |= VAR_LINGER;
	else
		w->vars |= VAR_VALUE;
	put_option(w, &b, s, o);
	buf_printf(&b, "&%s, &(socklen_t){sizeof(%s)})", value, value);
	check_zero(w, s, buf_str(&b));
	if (!step_failed(s))
		print_option(w, s, o);
	buf_done(&b);
	return 0;
}

static int call_fcntl(struct c *w, const struct step *s)
{
	struct buf b = {0};

	w->headers |= C_FCNTL;
	buf_text(&b, "fcntl(");
	c_fd(w, &b, step_arg(s, 0));
	if (step_number(s, 1) == F_SETFL) {
		buf_text(&b, ", F_SETFL, ");
		put_flags(&b, step_arg(s, 2));
		buf_char(&b, ')');
		check_zero(w, s, buf_str(&b));
	} else if (step_failed(s)) {
		buf_text(&b, ", F_GETFL)");
		check_zero(w, s, buf_str(&b));
	} else {
		w->vars |= VAR_VALUE;
		c_say(w, "value = %s, F_GETFL);", buf_str(&b));
		die_if(w, "value < 0", s);
		print(w, s, "%s", "value & O_NONBLOCK ? "
			"\"O_RDWR | O_NONBLOCK\" : \"O_RDWR\"");
	}
	buf_done(&b);
	return 0;
}

static int call_ioctl(struct c *w, const struct step *s)
{
	struct buf b = {0};

	w->headers |= C_IOCTL;
	w->vars |= VAR_VALUE;
	buf_text(&b, "ioctl(");
	c_fd(w, &b, step_arg(s, 0));
	buf_text(&b, ", ");
	put_flags(&b, step_arg(s, 1));
	if (strstr(buf_str(&b), "SIOC"))
		w->headers |= C_SOCKIOS;
	buf_text(&b, ", &value)");
	check_zero(w, s, buf_str(&b));
	if (!step_failed(s)) {
		w->help |= HELP_TELL;
		tell(w, s, "tell", "value");
	}
	buf_done(&b);
	return 0;
}

/* ---- the end ---- */

static int call_shutdown(struct c *w, const struct step *s)
{
	struct buf b = {0};

	buf_text(&b, "shutdown(");
	c_fd(w, &b, step_arg(s, 0));
	buf_text(&b, ", ");
	put_flags(&b, step_arg(s, 1));
	buf_char(&b, ')');
	check_zero(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_close(struct c *w, const struct step *s)
{
	struct buf b = {0};

	w->headers |= C_UNISTD;
	buf_text(&b, "close(");
	c_fd(w, &b, step_arg(s, 0));
	buf_char(&b, ')');
	check_zero(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_unlink(struct c *w, const struct step *s)
{
	const char *path = step_arg(s, 0)->text;
	struct buf b = {0};

	w->headers |= C_UNISTD;
	buf_text(&b, "unlink(");
	c_literal(&b, path, strlen(path));
	buf_char(&b, ')');
	check_zero(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

/* ---- processes ---- */

static int call_dup(struct c *w, const struct step *s)
{
	struct buf b = {0};

	w->headers |= C_UNISTD;
	buf_printf(&b, "%s(", s->line.row->name);
	c_fd(w, &b, step_arg(s, 0));
	if (step_is(s, "dup2")) {
		buf_text(&b, ", ");
		c_fd(w, &b, step_arg(s, 1));
	}
	buf_char(&b, ')');
	if (s->makes[0] == NOTHING)
		check_zero(w, s, buf_str(&b));
	else
		check_fd(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

static int call_fork(struct c *w, const struct step *s)
{
	w->headers |= C_UNISTD;
	if (step_failed(s)) {
		check_zero(w, s, "fork()");
		return 0;
	}
	w->vars |= VAR_PID;
	c_say(w, "pid = fork();");
	die_if(w, "pid < 0", s);
	return 0;
}

static int call_signal(struct c *w, const struct step *s)
{
	static const char *const does[] = {"SIG_DFL", "SIG_IGN"};
	int64_t number = step_number(s, 1);
	struct buf b = {0};

	w->headers |= C_SIGNAL;
	buf_text(&b, "signal(");
	put_flags(&b, step_arg(s, 0));
	if (number == 0 || number == 1) {
		buf_printf(&b, ", %s)", does[number]);
	} else {
		w->help |= HELP_HANDLE;
		buf_text(&b, ", handle)");
	}
	if (step_failed(s)) {
		w->help |= HELP_TELL;
		buf_text(&b, " == SIG_ERR ? -1 : 0");
		tell(w, s, "tell", buf_str(&b));
	} else {
		buf_text(&b, " == SIG_ERR");
		die_if(w, buf_str(&b), s);
	}
	buf_done(&b);
	return 0;
}

/* ---- names ---- */

static int call_name(struct c *w, const struct step *s)
{
	struct buf b = {0};

	w->vars |= VAR_ADDRESS;
	c_say(w, "address_size = sizeof(address);");
	buf_printf(&b, "%s(", s->line.row->name);
	c_fd(w, &b, step_arg(s, 0));
	buf_text(&b, ", (struct sockaddr *)&address, &address_size)");
	check_zero(w, s, buf_str(&b));
	if (!step_failed(s)) {
		w->help |= HELP_ADDRESS;
		buf_clear(&b);
		buf_text(&b, "show_address(\"");
		spell_label(&b, s);
		c_say(w, "%s ->\", &address, address_size);", buf_str(&b));
	}
	buf_done(&b);
	return 0;
}

/* The resolver has errors of its own, without names for people. */
static void check_lookup(struct c *w, const struct step *s)
{
	const char *name = step_failed(s) ?
		errno_name((int)s->result.number) : NULL;
	struct buf b = {0};

	w->vars |= VAR_ERROR;
	if (name) {
		buf_printf(&b, "error == %s ? \"%s\" : gai_strerror(error)",
			name, name);
		print(w, s, "%s", buf_str(&b));
	} else {
		c_say(w, "if (error) {");
		w->depth++;
		c_say(w, "fprintf(stderr, \"%s: %%s\\n\", "
			"gai_strerror(error));", s->line.row->name);
		c_say(w, "exit(1);");
		w->depth--;
		c_say(w, "}");
	}
	buf_done(&b);
}

static int call_getaddrinfo(struct c *w, const struct step *s)
{
	struct buf b = {0}, hints = {0};
	int number = ++w->pieces;

	w->headers |= C_NETDB;
	buf_printf(&hints, "struct addrinfo hints%d = {.ai_flags = ", number);
	put_flags(&hints, step_arg(s, 4));
	buf_text(&hints, ", .ai_family = ");
	put_flags(&hints, step_arg(s, 2));
	buf_text(&hints, ", .ai_socktype = ");
	put_flags(&hints, step_arg(s, 3));
	c_say(w, "%s};", buf_str(&hints));
	c_say(w, "struct addrinfo *found%d;", number);
	buf_text(&b, "error = getaddrinfo(");
	c_text(&b, step_arg(s, 0));
	buf_text(&b, ", ");
	c_text(&b, step_arg(s, 1));
	c_say(w, "%s, &hints%d, &found%d);", buf_str(&b), number, number);
	check_lookup(w, s);
	if (!step_failed(s)) {
		w->help |= HELP_ADDRESS;
		c_say(w, "for (struct addrinfo *a = found%d; a; "
			"a = a->ai_next)", number);
		w->depth++;
		buf_clear(&b);
		spell_label(&b, s);
		c_say(w, "show_address(\"%s ->\", (void *)a->ai_addr, "
			"a->ai_addrlen);", buf_str(&b));
		w->depth--;
		c_say(w, "freeaddrinfo(found%d);", number);
	}
	buf_done(&b);
	buf_done(&hints);
	return 0;
}

static int call_getnameinfo(struct c *w, const struct step *s)
{
	struct buf b = {0};
	int number = ++w->pieces;

	w->headers |= C_NETDB;
	buf_text(&b, "error = getnameinfo(");
	c_address(w, &b, s, step_arg(s, 0), "to");
	c_say(w, "char host%d[NI_MAXHOST], service%d[NI_MAXSERV];", number,
		number);
	buf_printf(&b, ", host%d, sizeof(host%d), service%d, "
		"sizeof(service%d), ", number, number, number, number);
	put_flags(&b, step_arg(s, 1));
	c_say(w, "%s);", buf_str(&b));
	check_lookup(w, s);
	if (!step_failed(s)) {
		buf_clear(&b);
		buf_printf(&b, "host%d, service%d", number, number);
		print(w, s, "%s %s", buf_str(&b));
	}
	buf_done(&b);
	return 0;
}

/* ---- all of them ---- */

static const struct {
	const char *name;
	int (*say)(struct c *w, const struct step *s);
} calls[] = {
	{"socket", call_socket}, {"socketpair", call_socketpair},
	{"bind", call_with_address}, {"listen", call_listen},
	{"accept", call_accept}, {"accept4", call_accept},
	{"connect", call_with_address},
	{"send", call_send}, {"recv", call_recv}, {"sendto", call_send},
	{"recvfrom", call_recv}, {"write", call_send}, {"read", call_recv},
	{"sendmsg", call_sendmsg}, {"recvmsg", call_recvmsg},
	{"writev", call_writev},
	{"poll", call_poll}, {"select", call_select},
	{"epoll_create1", call_epoll_create1}, {"epoll_ctl", call_epoll_ctl},
	{"epoll_wait", call_epoll_wait}, {"memfd_create", call_memfd_create},
	{"setsockopt", call_setsockopt}, {"getsockopt", call_getsockopt},
	{"fcntl", call_fcntl}, {"ioctl", call_ioctl},
	{"shutdown", call_shutdown}, {"close", call_close},
	{"unlink", call_unlink},
	{"dup", call_dup}, {"dup2", call_dup}, {"fork", call_fork},
	{"signal", call_signal},
	{"getsockname", call_name}, {"getpeername", call_name},
	{"getaddrinfo", call_getaddrinfo}, {"getnameinfo", call_getnameinfo},
};

int c_call(struct c *w, const struct step *s)
{
	w->headers |= C_SOCKET;
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (step_is(s, calls[i].name))
			return calls[i].say(w, s);
	return run_refuse(w->r, s->row, _("%s is not written in C"),
		s->line.row->name);
}
