/* table_ready: asking the kernel which descriptors could go on now. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/intl.h"
#include "base/mem.h"
#include "call/table_inside.h"

/* No process has more descriptors, so no more events are to be had. */
#define EVENTS_MOST 1024

/* ---- poll ---- */

static void run_poll(struct call_run *run)
{
	const struct value *wanted = &run->args[0];
	struct pollfd *p = mem_zero(wanted->items * sizeof(*p));
	size_t i;
	int n;

	for (i = 0; i < wanted->items; i++) {
		p[i].fd = (int)wanted->item[i].item[0].number;
		p[i].events = (short)wanted->item[i].item[1].number;
	}
	n = poll(p, wanted->items, call_arg(run, 1));
	if (n < 0) {
		run->error = errno;
	} else {
		value_of_list(&run->result, VALUE_LIST);
		for (i = 0; i < wanted->items; i++)
			if (p[i].revents)
				value_add_entry(&run->result, p[i].fd, "poll",
					(unsigned short)p[i].revents);
	}
	free(p);
}

/* ---- select ---- */

/* Put the descriptors of a list into a set; the highest and one more. */
static int set_of(fd_set *set, const struct value *list, int most)
{
	size_t i;

	FD_ZERO(set);
	for (i = 0; i < list->items; i++) {
		int fd = (int)list->item[i].number;

		FD_SET(fd, set);
		if (fd >= most)
			most = fd + 1;
	}
	return most;
}

/* Add what is left in a set, in the order in which it was asked for. */
static void add_set(struct value *record, const char *key,
	const struct value *asked, const fd_set *set)
{
	struct value list = {0};
	size_t i;

	value_of_list(&list, VALUE_LIST);
	for (i = 0; i < asked->items; i++) {
		struct value fd = {0};

		if (!FD_ISSET((int)asked->item[i].number, set))
			continue;
		value_of_number(&fd, asked->item[i].number);
		value_add(&list, NULL, &fd);
	}
	value_add(record, key, &list);
}

static void run_select(struct call_run *run)
{
	static const char *const key[] = {"read", "write", "except"};
	int64_t ns = run->args[3].number;
	struct timeval timeout = {
		.tv_sec = ns / CLOCK_S, .tv_usec = ns % CLOCK_S / CLOCK_US,
	};
	fd_set set[3];
	int most = 0, i, n;

	for (i = 0; i < 3; i++)
		most = set_of(&set[i], &run->args[i], most);
	n = select(most, &set[0], &set[1], &set[2], ns < 0 ? NULL : &timeout);
	if (n < 0) {
		run->error = errno;
		return;
	}
	value_of_list(&run->result, VALUE_RECORD);
	for (i = 0; i < 3; i++) {
		/* The kernel leaves the bits beyond the process's descriptor
		 * table as they were (core_sys_select in fs/select.c); its 0
		 * says that none is ready. */
		if (n == 0)
			FD_ZERO(&set[i]);
		add_set(&run->result, key[i], &run->args[i], &set[i]);
	}
}

/* ---- epoll ---- */

static void run_epoll_create1(struct call_run *run)
{
	call_gave(run, epoll_create1(call_arg(run, 0)));
}

static void run_epoll_ctl(struct call_run *run)
{
	struct epoll_event event = {
		.events = (uint32_t)run->args[3].number,
		.data = {.fd = call_arg(run, 2)},
	};

	call_gave(run, epoll_ctl(call_arg(run, 0), call_arg(run, 1),
		call_arg(run, 2), &event));
}

static void run_epoll_wait(struct call_run *run)
{
	int max = call_arg(run, 1), n, i;
	struct epoll_event *event;

	if (max > EVENTS_MOST)
		max = EVENTS_MOST;
	event = mem_zero((size_t)(max > 0 ? max : 0) * sizeof(*event));
	n = epoll_wait(call_arg(run, 0), event, max, call_arg(run, 2));
	if (n < 0) {
		run->error = errno;
	} else {
		value_of_list(&run->result, VALUE_LIST);
		for (i = 0; i < n; i++)
			value_add_entry(&run->result, event[i].data.fd,
				"epoll", event[i].events);
	}
	free(event);
}

/* ---- what is always ready ---- */

static void run_memfd_create(struct call_run *run)
{
	const struct value *name = &run->args[0];
	struct buf text = {0};

	if (name->kind == VALUE_BYTES)
		value_unroll(&text, name);
	call_gave(run, memfd_create(name->kind == VALUE_BYTES ?
		buf_str(&text) : NULL, MFD_CLOEXEC));
	buf_done(&text);
}

static const struct call_row rows[] = {
	{
		.name = "poll",
		.param = {
			{PARAM_WANTED, "wanted", "poll", NULL},
			{PARAM_NUMBER, "timeout", NULL, "-1"},
		},
		.result = RESULT_READY,
		.result_set = "poll",
		.run = run_poll,
		.may_wait = true,
		.help = N_("wait for one of several descriptors; the timeout "
			"is in ms, -1: none"),
		.manual = "poll(2)",
		.python = "select.poll().poll({1})",
		.c = "poll({0}, {1})",
	},
	{
		.name = "select",
		.param = {
			{PARAM_FDS, "reads", NULL, NULL},
			{PARAM_FDS, "writes", NULL, "[]"},
			{PARAM_FDS, "excepts", NULL, "[]"},
			{PARAM_TIME, "timeout", NULL, "none"},
		},
		.result = RESULT_RECORD,
		.run = run_select,
		.may_wait = true,
		.help = N_("wait until one can be read, one written, or one "
			"has urgent news"),
		.manual = "select(2)",
		.python = "select.select({0}, {1}, {2}, {3})",
		.c = "select(FD_SETSIZE, {0}, {1}, {2}, {3})",
	},
	{
		.name = "epoll_create1",
		.param = {
			{PARAM_FLAGS, "flags", "epoll flags", "0"},
		},
		.result = RESULT_FD,
		.run = run_epoll_create1,
		.help = N_("make a list of interest that the kernel keeps"),
		.manual = "epoll_create(2)",
		.python = "select.epoll(flags={0})",
		.c = "epoll_create1({0})",
	},
	{
		.name = "epoll_ctl",
		.param = {
			{PARAM_FD, "ep", NULL, NULL},
			{PARAM_CONST, "op", "epoll operation", NULL},
			{PARAM_FD, "fd", NULL, NULL},
			{PARAM_FLAGS, "events", "epoll", "0"},
		},
		.result = RESULT_ZERO,
		.run = run_epoll_ctl,
		.help = N_("put a descriptor on that list, change it, take it "
			"off"),
		.manual = "epoll_ctl(2)",
		.python = "{0}.register({2}, {3})",
		.c = "epoll_ctl({0}, {1}, {2}, {3})",
	},
	{
		.name = "epoll_wait",
		.param = {
			{PARAM_FD, "ep", NULL, NULL},
			{PARAM_NUMBER, "max", NULL, "16"},
			{PARAM_NUMBER, "timeout", NULL, "-1"},
		},
		.result = RESULT_READY,
		.result_set = "epoll",
		.run = run_epoll_wait,
		.may_wait = true,
		.help = N_("wait for those on the list; the timeout is in ms, "
			"-1: none"),
		.manual = "epoll_wait(2)",
		.python = "{0}.poll({2} / 1000, {1})",
		.c = "epoll_wait({0}, events, {1}, {2})",
	},
	{
		.name = "memfd_create",
		.param = {
			{PARAM_TEXT, "name", NULL, NULL},
		},
		.result = RESULT_FD,
		.run = run_memfd_create,
		.help = N_("make a file without a path: poll finds it ready, "
			"epoll refuses it"),
		.manual = "memfd_create(2)",
		.python = "os.memfd_create({0})",
		.c = "memfd_create({0}, MFD_CLOEXEC)",
	},
};

const struct call_rows table_ready = CALL_ROWS(rows);
