/*
 * adapt: what each call of theirs is with us.
 *
 * What a call of ours does not take (a length, a level, a buffer) is left out;
 * a buffer that C hands in is what our result is bound to.
 */
#include "call/adapt.h"

#include <string.h>

/* ---- arguments ---- */

static bool arg_is(const struct statement *s, int i, const char *word)
{
	return i < s->nargs && strcmp(buf_str(&s->arg[i]), word) == 0;
}

static bool arg_begins(const struct statement *s, int i, const char *text)
{
	return i < s->nargs &&
		strncmp(buf_str(&s->arg[i]), text, strlen(text)) == 0;
}

static void drop_arg(struct statement *s, int i)
{
	if (i >= s->nargs)
		return;
	buf_done(&s->arg[i]);
	for (s->nargs--; i < s->nargs; i++)
		s->arg[i] = s->arg[i + 1];
	memset(&s->arg[i], 0, sizeof(s->arg[i]));
}

static void keep_args(struct statement *s, int most)
{
	while (s->nargs > most)
		drop_arg(s, most);
}

static void set_arg(struct statement *s, int i, const char *text)
{
	buf_clear(&s->arg[i]);
	buf_text(&s->arg[i], text);
}

static void insert_arg(struct statement *s, int i, const char *text)
{
	if (s->nargs == FOREIGN_ARGS)
		return;
	memmove(&s->arg[i + 1], &s->arg[i],
		sizeof(s->arg[0]) * (size_t)(s->nargs - i));
	memset(&s->arg[i], 0, sizeof(s->arg[i]));
	buf_text(&s->arg[i], text);
	s->nargs++;
}

/* The object of a method is the first argument of ours. */
static void object_to_arg(struct statement *s)
{
	if (!s->object.len || foreign_is_module(&s->object))
		return;
	insert_arg(s, 0, "");
	buf_add(&s->arg[0], s->object.p, s->object.len);
}

/* Behind the socket and the bytes: a length, in C; a plain 0 is the default. */
static void drop_length(struct statement *s)
{
	if (!s->object.len || foreign_is_module(&s->object))
		drop_arg(s, 2);
	if (arg_is(s, 2, "0"))
		drop_arg(s, 2);
}

/* The buffer at 1 becomes the target. */
static void buffer_to_target(struct statement *s)
{
	if (s->object.len || s->nargs < 3)
		return;
	buf_text(&s->name, buf_str(&s->arg[1]));
	s->target.kind = FOREIGN_WORD;
	s->target.p = buf_str(&s->name);
	s->target.len = s->name.len;
	drop_arg(s, 1);
	if (arg_begins(s, 1, "sizeof"))
		set_arg(s, 1, "64");
}

/* A number of seconds gets its unit. */
static void add_seconds(struct statement *s, int i)
{
	const char *text = i < s->nargs ? buf_str(&s->arg[i]) : "";

	if (arg_is(s, i, "None"))
		set_arg(s, i, "none");
	else if (text[0] && !text[strspn(text, "0123456789")])
		buf_char(&s->arg[i], 's');
}

/* ---- calls ---- */

static const char *adapt_send(struct statement *s)
{
	drop_length(s);
	return "send";
}

static const char *adapt_write(struct statement *s)
{
	if (!foreign_is_module(&s->object))
		drop_arg(s, 2);
	return "write";
}

static const char *adapt_recv(struct statement *s)
{
	buffer_to_target(s);
	if (arg_is(s, 2, "0"))
		drop_arg(s, 2);
	return NULL;
}

static const char *adapt_read(struct statement *s)
{
	buffer_to_target(s);
	return NULL;
}

/* recvfrom(s, buf, 64, 0, NULL, NULL): the address is in what we give. */
static const char *adapt_recvfrom(struct statement *s)
{
	bool c = !s->object.len;

	buffer_to_target(s);
	if (c)
		keep_args(s, 3);
	if (arg_is(s, 2, "0"))
		drop_arg(s, 2);
	return NULL;
}

/* s.sendto(b"x", ("server", 53)): our flags stand before the address. */
static const char *adapt_sendto(struct statement *s)
{
	if (s->object.len && s->nargs == 3)
		insert_arg(s, 2, "0");
	return NULL;
}

/* setsockopt(s, SOL_SOCKET, SO_X, &one, sizeof one): the option's name
 * implies its level. */
static void drop_level(struct statement *s)
{
	static const char *const levels[] = {"SOL_SOCKET", "IPPROTO_TCP",
		"SOL_TCP", "IPPROTO_IP", "SOL_IP", "IPPROTO_IPV6", "SOL_IPV6"};
	size_t i;

	for (i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		if (arg_is(s, 1, levels[i])) {
			drop_arg(s, 1);
			return;
		}
}

/* struct.pack("ii", 1, 0), as our foreign words print it. */
static void adapt_linger(struct statement *s)
{
	struct buf record = {0};
	const char *on, *time;

	if (!arg_is(s, 1, "SO_LINGER") || !arg_begins(s, 2, "struct.pack("))
		return;
	on = strchr(buf_str(&s->arg[2]), ',');
	time = on ? strchr(on + 1, ',') : NULL;
	if (!time)
		return;
	on += 1 + strspn(on + 1, " ");
	time += 1 + strspn(time + 1, " ");
	buf_printf(&record, "{l_onoff=%.*s, l_linger=%.*s}",
		(int)strcspn(on, ","), on, (int)strcspn(time, ")"), time);
	buf_done(&s->arg[2]);
	s->arg[2] = record;
}

static const char *adapt_setsockopt(struct statement *s)
{
	drop_level(s);
	keep_args(s, 3);
	adapt_linger(s);
	if (arg_begins(s, 2, "&"))
		set_arg(s, 2, arg_is(s, 1, "SO_LINGER") ?
			"{l_onoff=1, l_linger=0}" : "1");
	if (arg_is(s, 2, "True"))
		set_arg(s, 2, "1");
	if (arg_is(s, 2, "False"))
		set_arg(s, 2, "0");
	return NULL;
}

static const char *adapt_getsockopt(struct statement *s)
{
	drop_level(s);
	keep_args(s, 2);
	return NULL;
}

static const char *adapt_one(struct statement *s)
{
	keep_args(s, 1);
	return NULL;
}

/* accept4(s, NULL, NULL, SOCK_NONBLOCK) */
static const char *adapt_accept4(struct statement *s)
{
	if (s->nargs == 4) {
		drop_arg(s, 1);
		drop_arg(s, 1);
	}
	return NULL;
}

/* s.setblocking(False) */
static const char *adapt_blocking(struct statement *s)
{
	bool blocks = arg_is(s, 1, "True") || arg_is(s, 1, "1");

	if (s->nargs != 2)
		return NULL;
	set_arg(s, 1, "F_SETFL");
	if (!blocks)
		insert_arg(s, 2, "O_NONBLOCK");
	return "fcntl";
}

/* s.settimeout(2): what is nearest to it here. */
static const char *adapt_timeout(struct statement *s)
{
	if (s->nargs != 2)
		return NULL;
	insert_arg(s, 1, "SO_RCVTIMEO");
	add_seconds(s, 2);
	return "setsockopt";
}

/* A path instead of a host and port: "/tmp/x" */
static const char *adapt_address(struct statement *s)
{
	struct buf path = {0};

	if (!arg_begins(s, 1, "\"") || s->nargs != 2)
		return NULL;
	buf_printf(&path, "unix:%.*s", (int)s->arg[1].len - 2,
		buf_str(&s->arg[1]) + 1);
	buf_done(&s->arg[1]);
	s->arg[1] = path;
	return NULL;
}

/* socketpair(AF_UNIX, SOCK_STREAM, 0, fds): two names instead of an array. */
static const char *adapt_socketpair(struct statement *s)
{
	static const char names[] = "ab";

	keep_args(s, 3);
	if (s->second.len)
		return NULL;
	s->target = (struct foreign_token){FOREIGN_WORD, names, 1};
	s->second = (struct foreign_token){FOREIGN_WORD, names + 1, 1};
	return NULL;
}

static const char *adapt_select(struct statement *s)
{
	add_seconds(s, 3);
	return NULL;
}

static const char *adapt_epoll(struct statement *s)
{
	(void)s;
	return "epoll_create1";
}

static const char *register_with(struct statement *s, const char *operation)
{
	if (s->nargs < 2)
		return NULL;
	insert_arg(s, 1, operation);
	return "epoll_ctl";
}

static const char *adapt_register(struct statement *s)
{
	return register_with(s, "EPOLL_CTL_ADD");
}

static const char *adapt_modify(struct statement *s)
{
	return register_with(s, "EPOLL_CTL_MOD");
}

static const char *adapt_unregister(struct statement *s)
{
	return register_with(s, "EPOLL_CTL_DEL");
}

/* epoll_ctl(ep, EPOLL_CTL_ADD, conn, &event) */
static const char *adapt_epoll_ctl(struct statement *s)
{
	if (arg_begins(s, 3, "&"))
		set_arg(s, 3, "EPOLLIN");
	if (arg_is(s, 3, "NULL"))
		drop_arg(s, 3);
	return NULL;
}

/* epoll_wait(ep, events, 16, -1): how many there are, the list itself says. */
static const char *adapt_epoll_wait(struct statement *s)
{
	memset(&s->target, 0, sizeof(s->target));
	if (s->nargs == 4)
		drop_arg(s, 1);
	return NULL;
}

/* ioctl(s, FIONREAD, &n) */
static const char *adapt_ioctl(struct statement *s)
{
	if (arg_begins(s, 2, "&") && !s->target.len) {
		buf_text(&s->name, buf_str(&s->arg[2]) + 1);
		s->target.p = buf_str(&s->name);
		s->target.len = s->name.len;
	}
	keep_args(s, 2);
	return NULL;
}

/* socket.getaddrinfo("server", 80): a service is a name with us. */
static const char *adapt_getaddrinfo(struct statement *s)
{
	struct buf quoted = {0};

	if (s->nargs > 1 && foreign_is_word(buf_str(&s->arg[1])[0]) &&
			!arg_is(s, 1, "none") && !arg_is(s, 1, "None")) {
		buf_printf(&quoted, "\"%s\"", buf_str(&s->arg[1]));
		buf_done(&s->arg[1]);
		s->arg[1] = quoted;
	}
	if (arg_is(s, 1, "None") || arg_is(s, 1, "NULL"))
		set_arg(s, 1, "none");
	if (arg_is(s, 2, "NULL")) /* C's hints, and where the result goes */
		keep_args(s, 2);
	return NULL;
}

const char *adapt_statement(struct statement *s)
{
	static const struct {
		const char *theirs;
		const char *(*adapt)(struct statement *s);
	} calls[] = {
		{"send", adapt_send}, {"sendall", adapt_send},
		{"write", adapt_write}, {"recv", adapt_recv},
		{"read", adapt_read}, {"recvfrom", adapt_recvfrom},
		{"sendto", adapt_sendto}, {"setsockopt", adapt_setsockopt},
		{"getsockopt", adapt_getsockopt}, {"accept", adapt_one},
		{"getsockname", adapt_one}, {"getpeername", adapt_one},
		{"accept4", adapt_accept4}, {"setblocking", adapt_blocking},
		{"settimeout", adapt_timeout}, {"connect", adapt_address},
		{"bind", adapt_address}, {"socketpair", adapt_socketpair},
		{"select", adapt_select}, {"epoll", adapt_epoll},
		{"register", adapt_register}, {"modify", adapt_modify},
		{"unregister", adapt_unregister},
		{"epoll_ctl", adapt_epoll_ctl},
		{"epoll_wait", adapt_epoll_wait}, {"ioctl", adapt_ioctl},
		{"getaddrinfo", adapt_getaddrinfo},
	};
	size_t i;

	object_to_arg(s);
	if (!foreign_is(&s->function, "socketpair"))
		memset(&s->second, 0, sizeof(s->second));
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (foreign_is(&s->function, calls[i].theirs))
			return calls[i].adapt(s);
	return NULL;
}
