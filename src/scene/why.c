/*
 * why: the table of causes, and who asks them.
 *
 * To add a cause: its entry in the list of its theme (why_open.c …), with a
 * name that no other has; and in tests/why a script that produces it, and its
 * neighbour that does not.
 */
#include "scene/why.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "scene/why_inside.h"

static const struct cause *const themes[] = {
	why_of_names, why_of_open, why_of_unready, why_of_wait,
	why_of_datagrams, why_of_data, why_of_end, why_of_silence,
	why_of_made, why_of_again, why_of_wire, why_of_state,
};

#define THEMES (sizeof(themes) / sizeof(*themes))

/* ---- telling ---- */

void say(struct question *q, uint32_t position, const char *fmt, ...)
{
	struct why_fact *f;
	struct buf b = {0};
	char text[1024];
	va_list ap;

	if (q->out->n == WHY_FACTS)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	buf_text(&b, text);
	f = q->out->fact + q->out->n++;
	f->text = mem_string(buf_str(&b));
	f->position = position;
	buf_done(&b);
}

const char *why_text(struct question *q, const char *fmt, ...)
{
	char *to = q->text[q->texts++ % WHY_TEXTS];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(to, sizeof(q->text[0]), fmt, ap);
	va_end(ap);
	return to;
}

const char *why_host(const struct question *q, int host)
{
	const char *name = scene_host(q->s, host);

	return *name ? name : "?";
}

const char *why_lane(const struct question *q, uint32_t actor)
{
	return scene_actor(q->s, actor)->lane;
}

/* By its name, else its descriptor, else its own end. */
const char *why_socket(struct question *q, uint32_t socket)
{
	const struct scene_socket *is = why_as(q, socket);
	const char *who;

	if (is->host < 0)
		return _("socket");
	who = is->actor != 0xffff ? why_lane(q, is->actor) :
		why_host(q, is->host);
	if (is->name[0])
		return why_text(q, _("socket %s of %s"), is->name, who);
	if (is->fd >= 0)
		return why_text(q, _("socket %d of %s"), is->fd, who);
	return why_text(q, _("socket %s of %s"), is->local, who);
}

const char *why_time(struct question *q, int64_t ns)
{
	if (ns < 1000000)
		return why_text(q, _("%.1f ms"), (double)ns / 1e6);
	if (ns < 1000000000)
		return why_text(q, _("%.0f ms"), (double)ns / 1e6);
	return why_text(q, _("%.1f s"), (double)ns / 1e9);
}

const char *why_bytes(struct question *q, uint64_t n)
{
	return why_text(q, ngettext("%llu byte", "%llu bytes",
		(unsigned long)n), (unsigned long long)n);
}

/* ---- asking ---- */

/* The errno that getsockopt(s, SO_ERROR) gives stands for the call before. */
static int error_told(const struct question *q)
{
	const struct value *option = why_argument(q, 1);

	if (q->c->error || strcmp(q->row->name, "getsockopt") || !option ||
		!option->text || strcmp(option->text, "SO_ERROR"))
		return q->c->error;
	return q->result.number > 0 && q->result.number < 4096 ?
		(int)q->result.number : 0;
}

static void about_socket(struct question *q, uint32_t socket)
{
	const struct scene_socket *is = why_as(q, socket);
	uint32_t pair;

	q->socket = socket;
	q->flow = is->flow;
	q->way = is->way;
	if (q->flow != SCENE_NONE) {
		q->peer = why_sender(q, q->flow, 1 - q->way);
	} else if (socket != SCENE_NONE) {
		pair = scene_peer(q->s, socket, q->position);
		q->peer = why_is(q, pair, "unix") ? pair : SCENE_NONE;
	}
}

static bool ask_call(struct question *q)
{
	if (q->ref >= scene_calls(q->s))
		return false;
	q->c = scene_call(q->s, q->ref);
	if (q->c->entered >= q->position)
		return false;
	q->row = call_row_at(q->c->row);
	q->actor = scene_actor(q->s, q->c->actor);
	q->host = q->actor->host;
	q->returned = q->c->returned < q->position;
	q->ended = !q->returned && q->actor->ended < q->position;
	q->until = q->returned ? q->c->returned : q->position;
	if (!scene_call_line(q->s, q->ref, &q->line))
		return false;
	if (q->returned)
		scene_call_result(q->s, q->ref, &q->result);
	about_socket(q, why_socket_of_call(q, q->ref));
	if (q->flow == SCENE_NONE && why_placed(q, q->ref)) {
		q->flow = q->c->flow;
		q->way = q->row->receives ? 1 - q->c->way : q->c->way;
	}
	q->error = q->returned ? error_told(q) : q->ended ? CAUSE_KILLED :
		CAUSE_WAITS;
	/* it may be about to return: only the kernel's word counts */
	return q->error != CAUSE_WAITS || q->c->waits < q->position;
}

static bool ask_frame(struct question *q)
{
	if (q->ref >= scene_frames(q->s))
		return false;
	q->f = scene_frame(q->s, q->ref);
	if (q->f->position >= q->position || !why_facts(q, q->ref, &q->facts))
		return false;
	q->flow = q->f->flow;
	q->way = q->f->way;
	q->host = q->f->host;
	if (q->flow != SCENE_NONE) {
		q->socket = why_sender(q, q->flow, q->way);
		q->peer = why_sender(q, q->flow, 1 - q->way);
	}
	return true;
}

static bool ask_socket(struct question *q)
{
	if (q->ref >= scene_sockets(q->s) ||
		scene_socket(q->s, q->ref)->created >= q->position)
		return false;
	q->host = scene_socket(q->s, q->ref)->host;
	about_socket(q, q->ref);
	return true;
}

static bool ask(struct question *q)
{
	switch (q->kind) {
	case WHY_CALL:
		return ask_call(q);
	case WHY_FRAME:
		return ask_frame(q);
	case WHY_SOCKET:
		return ask_socket(q);
	}
	return false;
}

static bool is_asked(const struct question *q, const struct cause *c)
{
	return c->kind == q->kind &&
		(q->kind != WHY_CALL || c->error == q->error);
}

static bool find_cause(struct question *q)
{
	for (size_t i = 0; i < THEMES; i++)
		for (const struct cause *c = themes[i]; c->name; c++) {
			if (!is_asked(q, c))
				continue;
			if (c->tell(q)) {
				if (q->error == CAUSE_WAITS)
					why_say_limits(q);
				q->out->cause = c->name;
				return true;
			}
			why_done(q->out); /* what it said before it saw that
					     it is another one */
		}
	return false;
}

bool scene_why(struct scene *s, uint32_t position, enum why_kind kind,
	uint32_t ref, struct why *out)
{
	struct question q = {
		.s = s, .position = position, .until = position, .kind = kind,
		.ref = ref, .socket = SCENE_NONE, .peer = SCENE_NONE,
		.flow = SCENE_NONE, .host = -1, .out = out,
	};
	bool told;

	*out = (struct why){0};
	told = ask(&q) && find_cause(&q);
	line_done(&q.line);
	value_done(&q.result);
	return told;
}

void why_done(struct why *w)
{
	for (int i = 0; i < w->n; i++)
		free(w->fact[i].text);
	*w = (struct why){0};
}

/* Several questions may have one cause (a RST, and what it did). */
static bool is_first(const struct cause *cause)
{
	for (size_t k = 0; k < THEMES; k++)
		for (const struct cause *c = themes[k]; c->name; c++)
			if (strcmp(c->name, cause->name) == 0)
				return c == cause;
	return false;
}

const char *why_cause_at(size_t i)
{
	for (size_t k = 0; k < THEMES; k++)
		for (const struct cause *c = themes[k]; c->name; c++)
			if (is_first(c) && i-- == 0)
				return c->name;
	return NULL;
}
