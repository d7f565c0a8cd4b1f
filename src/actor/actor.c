/*
 * actor: a line, its call, the answer.
 *
 * Between the line and the answer there is exactly one system call, so that a
 * thread that sleeps sleeps in that call and nowhere else. (For a new
 * descriptor there are one or two more, which never wait: the device it is
 * bound to, its cookie. What the C library does to find a name is its own.)
 */
#include "actor/actor.h"

#include <errno.h>
#include <nss.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "actor/inside.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"

/* The kernel's own name for a socket; 0 when it has none. */
static uint64_t cookie_of(const struct value *fd)
{
	uint64_t cookie = 0;
	socklen_t size = sizeof(cookie);

	if (fd->kind != VALUE_NUMBER ||
		getsockopt((int)fd->number, SOL_SOCKET, SO_COOKIE, &cookie,
			&size) < 0)
		return 0;
	return cookie;
}

static void cookies_of(const struct line *l, const struct value *result,
	uint64_t cookie[2])
{
	size_t i;

	cookie[0] = cookie[1] = 0;
	if (l->row->result == RESULT_FD)
		cookie[0] = cookie_of(result);
	if (l->row->result == RESULT_FDS)
		for (i = 0; i < result->items && i < 2; i++)
			cookie[i] = cookie_of(&result->item[i]);
}

/*
 * In a lab without namespaces nobody beyond the machine may reach a learner's
 * socket, whatever address it is given or left without: a new one of the
 * Internet's families is bound to the loopback device (SO_BINDTODEVICE, which
 * asks for no right since Linux 5.7). Where that is refused there is no
 * socket. What accept gives has its device from the listening socket.
 */
static void keep_to_device(const struct actor *a, const struct line *l,
	struct value *result)
{
	int error;

	if (!a->device || strcmp(l->row->name, "socket") != 0 ||
		result->kind != VALUE_NUMBER ||
		(l->arg[0].number != AF_INET && l->arg[0].number != AF_INET6))
		return;
	if (setsockopt((int)result->number, SOL_SOCKET, SO_BINDTODEVICE,
			a->device, (socklen_t)strlen(a->device)) == 0)
		return;
	error = errno;
	close((int)result->number);
	value_done(result);
	value_of_errno(result, error);
}

/* ---- what is not the learner's ---- */

static bool is_pipe(const struct actor *a, int64_t fd)
{
	int i;

	for (i = 1; i <= ACTOR_THREADS; i++)
		if (a->worker[i].begun && further_has(&a->worker[i], fd))
			return true;
	return fd == a->own.in || fd == a->own.out;
}

/* Whether a list of descriptors, or of what is wanted of them, names one. */
static bool list_has_pipe(const struct actor *a, const struct value *list)
{
	size_t i;

	for (i = 0; i < list->items; i++) {
		const struct value *v = &list->item[i];

		if (v->kind == VALUE_ENTRY)
			v = &v->item[0];
		if (is_pipe(a, v->number))
			return true;
	}
	return false;
}

/* The actor's own pipes are not the learner's: to a call they are not there. */
static bool is_ours(const struct actor *a, const struct line *l)
{
	int i;

	for (i = 0; i < l->nargs; i++) {
		enum param_kind kind = l->row->param[i].kind;

		if (kind == PARAM_FD && is_pipe(a, l->arg[i].number))
			return true;
		if ((kind == PARAM_FDS || kind == PARAM_WANTED) &&
			list_has_pipe(a, &l->arg[i]))
			return true;
	}
	return false;
}

/* ---- an answer ---- */

static void make_call(struct worker *w, const struct actor_line *l)
{
	struct value result = {0};
	uint64_t cookie[2];

	if (is_ours(w->actor, &l->line))
		value_of_errno(&result, EBADF);
	else
		line_run(&l->line, &result);
	keep_to_device(w->actor, &l->line, &result);
	cookies_of(&l->line, &result, cookie);
	actor_line_result(&w->out, l->id, &result, cookie);
	value_done(&result);
}

void actor_answer(struct worker *w, const char *text, size_t n)
{
	struct actor_line l;
	struct diag d = {0};

	if (actor_line_parse(&l, text, n, &d) < 0)
		actor_line_error(&w->out, l.id, d.msg);
	else if (l.thread != w->number)
		actor_line_error(&w->out, l.id, _("no further thread can be "
			"begun"));
	else if (l.line.row->run)
		make_call(w, &l);
	else
		actor_fork(w, l.id);
	line_done(&l.line);
	worker_say(w);
}

int actor_main(const char *device)
{
	struct actor *a = mem_zero(sizeof(*a));
	int status = 1;

	a->device = device;
	/* No question about a name leaves the machine either. */
	if (device)
		__nss_configure_lookup("hosts", "files");
	if (confine(&a->own) == 0)
		status = actor_live(a);
	free(a);
	return status;
}
