/*
 * actor: read a line, make its call, write the answer.
 *
 * Between the line and the answer there is exactly one system call, so that a
 * sleeping actor whose pipe is empty sleeps in that call and nowhere else.
 * (For a new descriptor there are one or two more, which never wait: the device
 * it is bound to, its cookie.)
 */
#include "actor/actor.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "actor/actor_line.h"
#include "actor/confine.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/lines.h"

/* What an actor is while it lives. */
struct actor {
	struct confined own;
	const char *device; /* its sockets are bound to it; or NULL */
};

/* Memory kept at hand, so that asking the kernel for more is no system call
 * between line and answer; larger pieces are mapped on their own. */
#define AT_HAND (4 << 20)
#define PIECE (2 << 20)

static void warm_memory(void)
{
	void *volatile piece; /* else the compiler sees that it is not used */

#ifdef __GLIBC__
	mallopt(M_MMAP_THRESHOLD, PIECE);
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	mallopt(M_TOP_PAD, AT_HAND);
#endif
	piece = malloc(PIECE / 2);
	free(piece);
}

static int write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t k = write(fd, p, n);

		if (k < 0 && errno != EINTR)
			return -errno;
		if (k > 0) {
			p += k;
			n -= k;
		}
	}
	return 0;
}

/* The kernel's own name for a socket; 0 when it has none. */
static uint64_t cookie_of(const struct line *l, const struct value *result)
{
	uint64_t cookie = 0;
	socklen_t size = sizeof(cookie);

	if (l->row->result != RESULT_FD || result->kind != VALUE_NUMBER)
		return 0;
	if (getsockopt((int)result->number, SOL_SOCKET, SO_COOKIE, &cookie,
			&size) < 0)
		return 0;
	return cookie;
}

/*
 * In a lab without namespaces nobody beyond the machine may reach a learner's
 * socket, whatever address it is given or left without: a new one is bound to
 * the loopback device (SO_BINDTODEVICE, which asks for no right since Linux
 * 5.7). Where that is refused there is no socket.
 */
static void keep_to_device(const struct actor *a, const struct line *l,
	struct value *result)
{
	int error;

	if (!a->device || l->row->result != RESULT_FD ||
		result->kind != VALUE_NUMBER)
		return;
	/* What accept gives has its device from the listening socket. */
	if (l->row->param[0].kind == PARAM_FD)
		return;
	if (setsockopt((int)result->number, SOL_SOCKET, SO_BINDTODEVICE,
			a->device, (socklen_t)strlen(a->device)) == 0)
		return;
	error = errno;
	close((int)result->number);
	value_done(result);
	value_of_errno(result, error);
}

/* The actor's own pipes are not the learner's to close. */
static bool is_ours(const struct line *l, const struct confined *own)
{
	int i;

	for (i = 0; i < l->nargs; i++)
		if (l->row->param[i].kind == PARAM_FD &&
			(l->arg[i].number == own->in ||
			l->arg[i].number == own->out))
			return true;
	return false;
}

static void answer(struct buf *b, const char *text, size_t n,
	const struct actor *a)
{
	struct value result = {0};
	struct actor_line l;
	struct diag d = {0};

	if (actor_line_parse(&l, text, n, &d) < 0) {
		actor_line_error(b, l.id, d.msg);
	} else if (is_ours(&l.line, &a->own)) {
		actor_line_error(b, l.id, _("this descriptor is the actor's "
			"own pipe"));
	} else {
		line_run(&l.line, &result);
		keep_to_device(a, &l.line, &result);
		actor_line_result(b, l.id, &result, cookie_of(&l.line,
			&result));
	}
	value_done(&result);
	line_done(&l.line);
}

/* Answer every line that is there. 0, or -errno. */
static int answer_all(struct lines *in, const struct actor *a,
	struct buf *out)
{
	int error;
	size_t n;
	char *text;

	while ((text = lines_next(in, &n, &error))) {
		answer(out, text, n, a);
		error = write_all(a->own.out, out->data, out->len);
		if (error)
			return error;
		buf_clear(out);
	}
	return error;
}

/* Until there are no more lines. 0, or -errno. */
static int converse(struct lines *in, const struct actor *a)
{
	struct buf out = {0};
	long got;
	int error = 0;

	do {
		got = lines_fill(in, a->own.in);
		if (got == -EINTR)
			continue;
		error = got < 0 ? (int)got : answer_all(in, a, &out);
	} while (got == -EINTR || (got > 0 && !error));
	buf_done(&out);
	return error;
}

int actor_main(const char *device)
{
	struct actor a = {.device = device};
	struct lines in;
	int error = confine(&a.own);

	if (error)
		return 1;
	warm_memory();
	lines_init(&in, LINE_MAX_BYTES + 32);
	error = converse(&in, &a);
	lines_done(&in);
	return error ? 1 : 0;
}
