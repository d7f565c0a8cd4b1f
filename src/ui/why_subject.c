/* why_subject: what is asked about, and what an answer rests on, as lines. */
#include "ui/why.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "call/line.h"
#include "lesson/transcript.h"
#include "scene/scene.h"
#include "ui/sockets_text.h"

#define ROWS_LOOKED_AT 64 /* back from the newest */

/* ---- finding it ---- */

static bool of_cell(struct scene *s, uint32_t position,
	const struct scene_cell *c, struct why_subject *about,
	struct why *out)
{
	switch (c->kind) {
	case SCENE_CALL:
	case SCENE_RESULT:
		about->kind = WHY_CALL;
		break;
	case SCENE_FRAME:
	case SCENE_FATE:
		about->kind = WHY_FRAME;
		break;
	case SCENE_EMPTY:
	case SCENE_TOLD:
		return false;
	}
	about->ref = c->ref;
	if (scene_why(s, position, about->kind, about->ref, out))
		return true;
	why_done(out);
	return false;
}

bool why_of_row(struct scene *s, uint32_t position, uint32_t row, int column,
	struct why_subject *about, struct why *out)
{
	struct scene_row r;

	memset(out, 0, sizeof *out);
	scene_row(s, row, position, &r);
	if (column >= 0 && column < scene_hosts(s) &&
			of_cell(s, position, &r.host[column], about, out))
		return true;
	if (column < 0 && of_cell(s, position, &r.wire, about, out))
		return true;
	for (int i = 0; i < scene_hosts(s); i++)
		if (of_cell(s, position, &r.host[i], about, out))
			return true;
	return of_cell(s, position, &r.wire, about, out);
}

bool why_newest(struct scene *s, uint32_t position, struct why_subject *about,
	struct why *out)
{
	const struct scene_take *take = scene_take(s, position);
	uint32_t row = scene_rows(s, position);
	uint32_t first = take != NULL ? take->first_row : 0;

	memset(out, 0, sizeof *out);
	for (int i = 0; i < ROWS_LOOKED_AT && row > first; i++)
		if (why_of_row(s, position, --row, 0, about, out))
			return true;
	return false;
}

/* ---- naming it ---- */

static void name_call(struct buf *b, struct scene *s, uint32_t position,
	uint32_t ref)
{
	const struct scene_call *c = scene_call(s, ref);
	struct line l;
	struct value result = { 0 };

	buf_printf(b, "%s: ", scene_actor(s, c->actor)->lane);
	if (scene_call_line(s, ref, &l))
		line_print_call(b, &l);
	line_done(&l);
	buf_text(b, " -> ");
	if (c->returned >= position) {
		buf_text(b, scene_actor(s, c->actor)->ended < position ?
			_("never") : _("waits"));
		return;
	}
	if (scene_call_result(s, ref, &result))
		value_print(b, &result);
	value_done(&result);
}

static void name_socket(struct buf *b, struct scene *s, uint32_t position,
	uint32_t ref)
{
	const struct scene_sample *m = scene_socket_at(s, ref, position);
	struct scene_socket x;

	if (!scene_socket_then(s, ref, position, &x))
		x = *scene_socket(s, ref);
	buf_printf(b, "%s:", x.actor != 0xffff ?
		scene_actor(s, x.actor)->lane : scene_host(s, x.host));
	if (x.name[0] != '\0')
		buf_printf(b, " %s", x.name);
	else if (x.fd >= 0)
		buf_printf(b, " %d", x.fd);
	if (m != NULL && m->state != 0)
		buf_printf(b, " %s", scene_state_name(m->state));
	buf_printf(b, " %s", sockets_local(&x, m));
	if (sockets_has_peer(&x, m))
		buf_printf(b, " %s", x.peer);
}

void why_name(struct buf *b, struct scene *s, uint32_t position,
	const struct why_subject *about, bool ascii)
{
	switch (about->kind) {
	case WHY_CALL:
		name_call(b, s, position, about->ref);
		return;
	case WHY_FRAME:
		transcript_event(b, s, scene_frame(s, about->ref)->position,
			ascii);
		return;
	case WHY_SOCKET:
		name_socket(b, s, position, about->ref);
		return;
	}
}

void why_evidence(struct buf *b, struct scene *s, uint32_t position,
	bool ascii)
{
	struct event e;
	uint32_t socket;

	if (position == SCENE_NONE || transcript_event(b, s, position, ascii))
		return;
	socket = scene_sampled(s, position);
	if (socket != SCENE_NONE)
		name_socket(b, s, position + 1, socket);
	else if (scene_event(s, position, &e) && e.kind == EVENT_LINE)
		buf_add(b, e.data, e.len); /* a mark: as the journal has it */
}
