/*
 * control: lines from the screen, answers to it (src/README.md, "The control
 * socket").
 *
 * A screen that does not read may be stopped, or its terminal blocked: what it
 * is owed waits here and the lab goes on. One that is owed more than OWED gets
 * no further lines read until it has caught up.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab/inside.h"

#define OWED (1 << 20)

static void take(struct lab *lab, char *text, size_t n)
{
	char *end;
	uint64_t id;

	errno = 0;
	id = strtoull(text, &end, 10);
	if (end == text || errno || (*end != ' ' && *end != '\0')) {
		lab->control.ended = true; /* not our language: hang up */
		return;
	}
	if (*end == ' ')
		end++;
	orders_take(lab, id, end, n - (end - text));
}

void control_hear(struct lab *lab)
{
	struct control *c = &lab->control;
	int error = 0;
	char *text;
	size_t n;
	long r;

	/* The descriptor is watched edge-triggered: read all there is. */
	while (c->out.len < OWED) {
		r = lines_fill(&c->in, c->fd);
		if (r == -EINTR)
			continue;
		if (r <= 0 && r != -EAGAIN)
			c->ended = true;
		while ((text = lines_next(&c->in, &n, &error)))
			take(lab, text, n);
		if (error)
			c->ended = true;
		if (r <= 0)
			return;
	}
}

static void answer(struct lab *lab, uint64_t id, const char *kind)
{
	struct buf *b = &lab->control.out;

	/* The events that led to the answer are in the journal already: whoever
	 * reads the answer must know to look there first. */
	if (journal_size(lab->journal) != lab->control.told) {
		buf_text(b, "+\n");
		lab->control.told = journal_size(lab->journal);
	}
	buf_printf(b, "%llu %s", (unsigned long long)id, kind);
}

/* A result that is longer says enough by its beginning: all of it is in the
 * journal. */
#define RESULT_MOST 500

void control_ok(struct lab *lab, uint64_t id, const char *result)
{
	answer(lab, id, "ok");
	buf_printf(&lab->control.out, "%s%.*s\n", *result ? " " : "",
		RESULT_MOST, result);
}

void control_failed(struct lab *lab, uint64_t id, const char *text)
{
	answer(lab, id, "failed ");
	buf_printf(&lab->control.out, "%s\n", text);
}

void control_error(struct lab *lab, uint64_t id, int column, const char *text)
{
	answer(lab, id, "error ");
	buf_printf(&lab->control.out, "%d %s\n", column, text);
}

/* Growth is told again only after everything told before was read: a screen
 * that sleeps finds one "+", not thousands. */
static void tell_growth(struct lab *lab)
{
	struct control *c = &lab->control;
	int unread = 0;

	if (journal_size(lab->journal) == c->told || c->out.len || c->unread)
		return;
	/* Its reading wakes us: EPOLLOUT, edge-triggered. */
	c->unread = ioctl(c->fd, SIOCOUTQ, &unread) == 0 && unread;
	if (c->unread)
		return;
	c->told = journal_size(lab->journal);
	buf_text(&c->out, "+\n");
}

void control_flush(struct lab *lab)
{
	struct control *c = &lab->control;

	tell_growth(lab);
	while (c->out.len) {
		ssize_t n = send(c->fd, c->out.data, c->out.len,
			MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return;
		buf_cut(&c->out, n);
	}
}
