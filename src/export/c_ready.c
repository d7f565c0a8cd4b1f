/* c_ready: who can go on. */
#include <sys/epoll.h>

#include "base/clock.h"
#include "export/c.h"

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
	char wanted[24];

	c_number(wanted, sizeof(wanted), "wanted", ++w->polls);
	w->headers |= C_POLL;
	w->help |= HELP_READY | HELP_FLAGS;
	w->vars |= VAR_N;
	buf_printf(&b, "struct pollfd %s[] = {", wanted);
	for (size_t i = 0; i < list->items; i++) {
		buf_text(&b, i ? ", {.fd = " : "{.fd = ");
		c_fd(w, &b, &list->item[i].item[0]);
		buf_text(&b, ", .events = ");
		c_flags(&b, &list->item[i].item[1]);
		buf_char(&b, '}');
	}
	if (!list->items)
		buf_text(&b, "{.fd = -1}");
	c_say(w, "%s};", buf_str(&b));
	c_say(w, "n = poll(%s, %zu, %lld);", wanted, list->items,
		(long long)step_number(s, 1));
	if (!step_failed(s))
		c_die_if(w, "n < 0", s);
	buf_clear(&b);
	buf_printf(&b, "n, %s, ", wanted);
	if (list->items)
		put_names(w, &b, list);
	else
		buf_text(&b, "NULL");
	buf_printf(&b, ", %zu", list->items);
	c_tell(w, s, "show_ready", buf_str(&b));
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
	w->vars |= VAR_SETS;
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
		c_tell(w, s, "tell", buf_str(&b));
		buf_done(&b);
		return 0;
	}
	buf_text(&b, " < 0");
	c_die_if(w, buf_str(&b), s);
	w->help |= HELP_SET;
	if (program_has_threads(w->r, w->p))
		c_say(w, "flockfile(stdout);");
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
	if (program_has_threads(w->r, w->p))
		c_say(w, "funlockfile(stdout);");
	buf_done(&b);
	return 0;
}

static int call_epoll_create1(struct c *w, const struct step *s)
{
	struct buf b = {0};

	w->headers |= C_EPOLL;
	buf_text(&b, "epoll_create1(");
	c_flags(&b, step_arg(s, 0));
	buf_char(&b, ')');
	c_check_fd(w, s, buf_str(&b));
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
	c_flags(&b, step_arg(s, 1));
	buf_printf(&b, ", %s, ", buf_str(&fd));
	if (step_number(s, 1) == EPOLL_CTL_DEL) {
		buf_text(&b, "NULL)");
	} else {
		buf_text(&b, "&(struct epoll_event){.events = ");
		c_flags(&b, step_arg(s, 3));
		buf_printf(&b, ", .data.fd = %s})", buf_str(&fd));
	}
	c_check_zero(w, s, buf_str(&b));
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
		c_die_if(w, "n < 0", s);
	buf_clear(&b);
	if (known)
		buf_printf(&b, "n, events, (const int[]){%s}, "
			"(const char *[]){%s}, %zu", buf_str(&numbers),
			buf_str(&names), known);
	else
		buf_text(&b, "n, events, NULL, NULL, 0");
	c_tell(w, s, "show_events", buf_str(&b));
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
	c_check_fd(w, s, buf_str(&b));
	buf_done(&b);
	return 0;
}

const struct c_said c_said_ready[] = {
	{"poll", call_poll}, {"select", call_select},
	{"epoll_create1", call_epoll_create1}, {"epoll_ctl", call_epoll_ctl},
	{"epoll_wait", call_epoll_wait}, {"memfd_create", call_memfd_create},
	{NULL, NULL},
};
