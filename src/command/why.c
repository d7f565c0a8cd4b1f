/*
 * why: tomada why JOURNAL [WHAT]: the causes of what failed and of what waits,
 * from a journal, however old.
 *
 * WHAT is a lane (all that is to be told of its calls, and of its host's
 * sockets), a frame (#4), a row (12), or `all`. Rows are counted from 1, in the
 * newest lab of the journal, as the stage shows them.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "call/line.h"
#include "command/command.h"
#include "journal/journal.h"
#include "scene/scene.h"
#include "scene/why.h"

struct telling {
	struct scene *s;
	uint32_t now;
	const struct scene_take *take;
	int told;
};

/* ---- words ---- */

/* The row in which something was last told at a position, from 1. */
static uint32_t row_at(const struct telling *t, uint32_t position)
{
	uint32_t rows = scene_rows(t->s, position == SCENE_NONE ?
		t->now : position + 1);

	return rows > t->take->first_row ? rows - t->take->first_row : 0;
}

/* "client: connect(s, server:9998) -> ECONNREFUSED" */
static void put_call(struct buf *b, struct telling *t, uint32_t call,
	uint32_t position)
{
	const struct scene_call *c = scene_call(t->s, call);
	const struct scene_actor *a = scene_actor(t->s, c->actor);
	struct value result;
	struct line l;

	buf_printf(b, "%s: ", a->lane);
	if (scene_call_line(t->s, call, &l))
		line_print_call(b, &l);
	line_done(&l);
	buf_text(b, " -> ");
	if (c->returned >= position) {
		buf_text(b, a->ended < position ? _("never") : _("waits"));
		return;
	}
	if (scene_call_result(t->s, call, &result))
		value_print(b, &result);
	value_done(&result);
}

static void put_frame(struct buf *b, struct telling *t, uint32_t frame)
{
	const struct scene_frame *f = scene_frame(t->s, frame);

	buf_printf(b, _("frame #%u from %s"), f->number,
		scene_host(t->s, f->host));
}

static void put_socket(struct buf *b, struct telling *t, uint32_t socket)
{
	const struct scene_socket *is = scene_socket(t->s, socket);
	const struct scene_sample *at = scene_socket_at(t->s, socket, t->now);

	buf_printf(b, "%s: ", scene_host(t->s, is->host));
	if (is->name[0])
		buf_printf(b, "%s ", is->name);
	buf_printf(b, "%s %s %s", is->local, is->peer,
		at ? scene_state_name(at->state) : "");
}

/* ---- telling ---- */

/* over: the position at which a wait ended; SCENE_NONE: it lasts, or is none */
static void print(struct telling *t, const struct buf *about,
	uint32_t position, const struct why *w, uint32_t over)
{
	if (t->told++)
		putchar('\n');
	printf(_("%.*s   (row %u)\n"), (int)about->len, about->data,
		row_at(t, position));
	printf("  %s\n", w->cause);
	if (over != SCENE_NONE)
		printf(_("  - This wait is over: row %u ended it. While it "
			"lasted:\n"), row_at(t, over));
	for (int i = 0; i < w->n; i++)
		if (w->fact[i].position == SCENE_NONE)
			printf("  - %s\n", w->fact[i].text);
		else
			printf(_("  - %s (row %u)\n"), w->fact[i].text,
				row_at(t, w->fact[i].position));
}

/* Ask about a call as of a position. */
static void tell_call(struct telling *t, uint32_t call, uint32_t position)
{
	const struct scene_call *c = scene_call(t->s, call);
	struct buf about = {0};
	struct why w;

	if (scene_why(t->s, position, WHY_CALL, call, &w)) {
		put_call(&about, t, call, position);
		print(t, &about, c->returned < position ? c->returned :
			c->entered, &w, c->returned >= position &&
			c->returned < t->now ? c->returned : SCENE_NONE);
	}
	why_done(&w);
	buf_done(&about);
}

static void tell_frame(struct telling *t, uint32_t frame)
{
	struct buf about = {0};
	struct why w;

	if (scene_why(t->s, t->now, WHY_FRAME, frame, &w)) {
		put_frame(&about, t, frame);
		print(t, &about, scene_frame(t->s, frame)->position, &w, SCENE_NONE);
	}
	why_done(&w);
	buf_done(&about);
}

static void tell_socket(struct telling *t, uint32_t socket)
{
	const struct scene_sample *at = scene_socket_at(t->s, socket, t->now);
	struct buf about = {0};
	struct why w;

	if (scene_why(t->s, t->now, WHY_SOCKET, socket, &w)) {
		put_socket(&about, t, socket);
		print(t, &about, at ? at->position : SCENE_NONE, &w,
			SCENE_NONE);
	}
	why_done(&w);
	buf_done(&about);
}

/* ---- what is asked ---- */

/* Whether a call failed, or never returned. */
static bool is_failure(const struct telling *t, uint32_t call)
{
	const struct scene_call *c = scene_call(t->s, call);

	return c->error || c->returned >= t->now;
}

/* Calls of a lane (NULL: of all); everything that there is to tell, also of
 * what waited once, or only what failed. */
static void tell_calls(struct telling *t, const char *lane, bool everything)
{
	for (uint32_t i = t->take->first_call; i < scene_calls(t->s); i++) {
		const struct scene_call *c = scene_call(t->s, i);
		const struct scene_actor *a = scene_actor(t->s, c->actor);

		if (lane && strcmp(lane, a->lane))
			continue;
		if (everything && c->waits < c->returned &&
			c->returned < t->now && call_row_at(c->row)->may_wait)
			tell_call(t, i, c->returned);
		if (everything || is_failure(t, i))
			tell_call(t, i, t->now);
	}
}

static void tell_sockets(struct telling *t, const char *host)
{
	for (uint32_t i = t->take->first_socket; i < scene_sockets(t->s); i++)
		if (!host || !strcmp(host, scene_host(t->s,
			scene_socket(t->s, i)->host)))
			tell_socket(t, i);
}

static void tell_all(struct telling *t)
{
	tell_calls(t, NULL, true);
	for (uint32_t i = t->take->first_frame; i < scene_frames(t->s); i++)
		tell_frame(t, i);
	tell_sockets(t, NULL);
}

static void tell_cell(struct telling *t, const struct scene_cell *c)
{
	switch (c->kind) {
	case SCENE_CALL:
	case SCENE_RESULT:
		tell_call(t, c->ref, t->now);
		break;
	case SCENE_FRAME:
	case SCENE_FATE:
		tell_frame(t, c->ref);
		break;
	case SCENE_EMPTY:
	case SCENE_TOLD:
		break;
	}
}

static int tell_row(struct telling *t, const char *number)
{
	uint32_t rows = scene_rows(t->s, t->now) - t->take->first_row;
	unsigned long row = strtoul(number, NULL, 10);
	struct scene_row r;

	if (row < 1 || row > rows)
		return command_fail(_("there is no row %s: there are %u"),
			number, rows);
	scene_row(t->s, t->take->first_row + (uint32_t)row - 1, t->now, &r);
	for (int i = 0; i < SCENE_HOSTS; i++)
		tell_cell(t, &r.host[i]);
	tell_cell(t, &r.wire);
	return 0;
}

static int tell_numbered(struct telling *t, const char *number)
{
	uint32_t frame = scene_frame_numbered(t->s,
		(uint32_t)strtoul(number, NULL, 10), t->now);

	if (frame == SCENE_NONE)
		return command_fail(_("there is no frame #%s"), number);
	tell_frame(t, frame);
	return 0;
}

static int tell_lane(struct telling *t, const char *lane)
{
	bool known = false;

	for (size_t i = t->take->first_actor; i < scene_actors(t->s); i++)
		known |= !strcmp(lane, scene_actor(t->s, i)->lane);
	for (int i = 0; i < scene_hosts(t->s); i++)
		known |= !strcmp(lane, scene_host(t->s, i));
	if (!known)
		return command_fail(_("\"%s\" is no lane of this journal: a "
			"lane (client), a frame (#4), a row (12) or all"),
			lane);
	tell_calls(t, lane, true);
	tell_sockets(t, lane);
	return 0;
}

static int tell(struct telling *t, const char *what)
{
	size_t digits;
	int r = 0;

	if (!what) {
		tell_calls(t, NULL, false);
	} else {
		digits = strspn(what + (*what == '#'), "0123456789");
		if (!strcmp(what, "all"))
			tell_all(t);
		else if (*what == '#' && digits && !what[1 + digits])
			r = tell_numbered(t, what + 1);
		else if (digits && !what[digits])
			r = tell_row(t, what);
		else
			r = tell_lane(t, what);
	}
	if (!r && !t->told)
		puts(what ? _("There is nothing to tell: that is as it should "
			      "be.") :
			    _("Nothing failed, and nothing waits."));
	return r;
}

int command_why(const struct command_options *o)
{
	struct journal_view *v;
	struct telling t = {0};
	struct diag d = {0};
	char why[512];
	int r;

	if (o->argc < 1 || o->argc > 2)
		return command_fail(_("why: name one journal, and what to ask "
			"about if it is not all that failed"));
	if (journal_map(&v, o->argv[0], &d) < 0) {
		diag_print(&d, why, sizeof(why));
		return command_fail("%s", why);
	}
	t.s = scene_new(v);
	scene_feed(t.s, 0);
	t.now = scene_now(t.s);
	t.take = scene_take(t.s, t.now);
	r = t.take ? tell(&t, o->argc > 1 ? o->argv[1] : NULL) :
		command_fail(_("%s: no lab was built in this journal"),
			o->argv[0]);
	scene_free(t.s);
	journal_unmap(v);
	return r;
}
