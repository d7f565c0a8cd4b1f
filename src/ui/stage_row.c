/*
 * stage_row: what a row of the scene says in each column of the stage.
 */
#include "ui/stage.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "call/line.h"
#include "packet/facts.h"
#include "packet/words.h"
#include "ui/app.h"
#include "ui/cell.h"
#include "ui/ink.h"

/* Frames of a take that are looked through for the first SYN, FIN and RST. */
#define FIRSTS_LOOKED 4096

int stage_owner(const struct app *a, uint32_t flow, int way, uint64_t offset,
	uint64_t *end)
{
	uint32_t send;

	*end = UINT64_MAX;
	if (a->kernel_view || flow == SCENE_NONE)
		return THEME_PLAIN;
	send = scene_owner(a->scene, flow, way, offset, end);
	if (send == SCENE_NONE)
		return THEME_PLAIN;
	return ink_letter(scene_send(a->scene, send)->letter);
}

/* Owners of bytes of one stream from an offset on; remembers the last run. */
struct owner {
	const struct app *a;
	uint32_t flow;
	int way;
	uint64_t from;
	uint64_t begin, end; /* of the run, in the stream */
	int style;
};

static int owner_style(void *data, uint64_t i)
{
	struct owner *o = data;
	uint64_t at = o->from + i;

	if (at < o->begin || at >= o->end) {
		o->style = stage_owner(o->a, o->flow, o->way, at, &o->end);
		o->begin = at;
		if (o->end <= at)
			o->end = at + 1;
	}
	return o->style;
}

static void call_cell(struct app *a, uint32_t index, uint32_t ref, bool entered,
	int host, int width, struct ink *out)
{
	const struct scene_call *c = scene_call(a->scene, ref);
	struct cell_call cell = { .ascii = a->ascii };
	struct owner owner = { .a = a, .flow = c->flow, .way = c->way,
		.from = c->stream };
	const char *lane = scene_actor(a->scene, c->actor)->lane;
	const struct stage_call *parsed = stage_call(a, ref);
	char letter[8];

	if (parsed == NULL)
		return;
	cell.line = &parsed->line;
	cell.lane = strcmp(lane, scene_host(a->scene, host)) ? lane : NULL;
	cell.only_result = !entered;
	if (c->send != SCENE_NONE && !a->kernel_view) {
		uint16_t l = scene_send(a->scene, c->send)->letter;

		scene_letter(letter, l);
		cell.letter = letter;
		cell.letter_style = ink_letter(l);
	}
	cell.waits = c->waits < a->position;
	if (c->returned < a->position && c->row_returned == index &&
			parsed->returned)
		cell.result = &parsed->result;
	if (parsed->line.row->receives)
		cell.owner = (struct cell_owner){ owner_style, &owner };
	cell_call(out, &cell, width);
}

static void look_for_firsts(struct app *a)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	struct app_firsts *f = &a->firsts;
	size_t n = scene_frames(a->scene);

	if (take == NULL)
		return;
	if (f->take != take->begin) {
		*f = (struct app_firsts){ take->begin, take->first_frame,
			{ SCENE_NONE, SCENE_NONE, SCENE_NONE } };
	}
	for (; f->looked < n && f->looked < take->first_frame + FIRSTS_LOOKED;
			f->looked++) {
		static const uint8_t flag[] = { FACTS_SYN, FACTS_FIN,
			FACTS_RST };
		const struct scene_frame *x = scene_frame(a->scene, f->looked);

		for (size_t i = 0; i < 3; i++)
			if ((x->flags & flag[i]) && f->frame[i] == SCENE_NONE)
				f->frame[i] = f->looked;
	}
}

static const char *told_at(struct app *a, uint32_t frame)
{
	static const char *const words[] = {
		N_("open?"), N_("I am done"), N_("no such conversation"),
	};

	look_for_firsts(a);
	for (size_t i = 0; i < 3; i++)
		if (a->firsts.frame[i] == frame)
			return _(words[i]);
	return NULL;
}

static enum cell_arrow arrow_of(const struct app *a,
	const struct scene_frame *f, uint32_t ref, bool seen)
{
	enum fate fate = scene_frame_fate(a->scene, ref, a->position);

	if (!seen)
		return fate == FATE_PASSED ? CELL_FROM_HAND : CELL_DROPPED;
	switch (fate) {
	case FATE_HELD:
	case FATE_REPEAT:
	case FATE_DELAYED:
		return CELL_HELD;
	case FATE_PASSED:
		return f->first_fate == FATE_PASSED ? CELL_WENT : CELL_LATER;
	case FATE_DROPPED:
		return f->first_fate == FATE_DROPPED ? CELL_DROPPED :
			CELL_LATER;
	case FATE_ABSORBED:
		return CELL_LATER;
	}
	return CELL_WENT;
}

/* The letters of the sends whose bytes a frame carries: "A", "AB". */
static int frame_letters(struct app *a, const struct scene_frame *f,
	char *out, size_t size)
{
	uint64_t at = f->stream, stop = (uint64_t)f->stream + f->len, end;
	int style = THEME_PLAIN;
	int n;

	out[0] = '\0';
	if (f->flow == SCENE_NONE || a->kernel_view)
		return style;
	for (n = 0; at < stop && n < 3; n++) {
		uint32_t send = scene_owner(a->scene, f->flow, f->way, at,
			&end);
		char letter[8];

		if (send == SCENE_NONE || end <= at)
			break;
		scene_letter(letter, scene_send(a->scene, send)->letter);
		snprintf(out + strlen(out), size - strlen(out), "%s", letter);
		if (n == 0)
			style = ink_letter(scene_send(a->scene, send)->letter);
		at = end;
	}
	return style;
}

static void frame_cell(struct app *a, uint32_t ref, bool seen, int width,
	struct ink *out)
{
	const struct scene_frame *f = scene_frame(a->scene, ref);
	struct owner owner = { .a = a, .flow = f->flow, .way = f->way,
		.from = f->stream };
	struct cell_owner by = { owner_style, &owner };
	struct cell_frame cell = { .number = f->number, .ascii = a->ascii };
	struct ink words = { 0 };
	struct buf b = { 0 };
	struct facts facts;
	struct event e;
	char letters[32];

	if (!scene_frame_bytes(a->scene, ref, &e))
		return;
	facts_read(&facts, e.data, e.len);
	if (facts.payload_len > 0 && f->flow != SCENE_NONE) {
		cell_bytes(&words, e.data + facts.payload, facts.payload_len,
			width, &by, a->ascii);
		if (f->flags & (FACTS_FIN | FACTS_SYN | FACTS_RST)) {
			words_flags(&b, f->flags & (FACTS_FIN | FACTS_SYN |
				FACTS_RST));
			ink_printf(&words, THEME_PLAIN, " %s", buf_str(&b));
		}
	} else {
		words_frame(&b, &facts, e.data, e.len, width, a->ascii);
		ink_text(&words, THEME_PLAIN, buf_str(&b));
	}
	cell.words = &words;
	cell.letters_style = frame_letters(a, f, letters, sizeof letters);
	cell.letters = letters;
	cell.told = seen ? told_at(a, ref) : NULL;
	cell.times = seen ? scene_frame_repeats(a->scene, ref, a->position) + 1
		: 1;
	cell.leftwards = f->host != 0;
	cell.arrow = arrow_of(a, f, ref, seen);
	cell_frame(out, &cell, width);
	ink_done(&words);
	buf_done(&b);
}

/* "ended 9" as a sentence, or the line as it is. */
static void told_words(struct buf *b, const struct line *l)
{
	int n;

	if (l->kind != LINE_VERB) {
		line_print(b, l);
		return;
	}
	if (strcmp(l->verb, "ended") == 0 && l->rest != NULL) {
		if (sscanf(l->rest, "exit %d", &n) == 1)
			buf_printf(b, _("%s left (exit %d)"), l->lane, n);
		else
			buf_printf(b, _("%s killed by signal %s"), l->lane,
				l->rest);
		return;
	}
	if (strcmp(l->verb, "note") == 0 && l->rest != NULL) {
		size_t n_rest = strlen(l->rest), at;
		const char *why;

		if (n_rest >= 2 && l->rest[0] == '"' && text_unescape(b,
				l->rest + 1, n_rest - 2, false, &at, &why) == 0)
			return;
		buf_clear(b);
	}
	if (strcmp(l->lane, "lab") != 0)
		buf_printf(b, "%s ", l->lane);
	buf_text(b, l->verb);
	if (l->rest != NULL && l->rest[0] != '\0')
		buf_printf(b, " %s", l->rest);
}

static void told_cell(struct app *a, uint32_t ref, int width, struct ink *out)
{
	struct line line = { 0 };
	struct buf b = { 0 };
	struct event e;

	if (!scene_event(a->scene, ref, &e) || e.kind != EVENT_LINE)
		return;
	if (line_parse(&line, (const char *)e.data, e.len, NULL, NULL, NULL)
			== 0 && line.kind == LINE_WIRE)
		wire_order_print(&b, &line.wire);
	else if (line.kind != LINE_EMPTY)
		told_words(&b, &line);
	else
		buf_add(&b, e.data, e.len);
	ink_printf(out, THEME_DIM, "%s ", theme_sign(SIGN_DOT));
	ink_add(out, THEME_CODE, buf_str(&b), b.len);
	ink_cut(out, width);
	line_done(&line);
	buf_done(&b);
}

void stage_cell(struct app *a, uint32_t index, const struct scene_row *row,
	int host, int width, struct ink *out)
{
	const struct scene_cell *c = host == STAGE_WIRE ? &row->wire :
		&row->host[host];

	switch (c->kind) {
	case SCENE_EMPTY:
		if (host != STAGE_WIRE &&
				scene_row_waits(a->scene, index, host,
				a->position))
			ink_text(out, THEME_WAITS, theme_sign(SIGN_WAITS));
		return;
	case SCENE_CALL:
		call_cell(a, index, c->ref, true, host, width, out);
		return;
	case SCENE_RESULT:
		call_cell(a, index, c->ref, false, host, width, out);
		return;
	case SCENE_FRAME:
		frame_cell(a, c->ref, true, width, out);
		return;
	case SCENE_FATE:
		frame_cell(a, c->ref, false, width, out);
		return;
	case SCENE_TOLD:
		told_cell(a, c->ref, width, out);
		return;
	}
}

bool stage_waits(const struct app *a, int host)
{
	const struct scene_take *take = scene_take(a->scene, a->position);

	for (size_t i = scene_actors(a->scene); i-- > 0; ) {
		const struct scene_actor *x = scene_actor(a->scene, i);
		uint32_t call;

		if (take != NULL && x->started < take->begin)
			break; /* actors of a take before */
		if (x->host != host || x->started >= a->position)
			continue;
		call = scene_pending(a->scene, i, a->position);
		if (call != SCENE_NONE &&
				scene_call(a->scene, call)->waits < a->position)
			return true;
	}
	return false;
}

/* The calls and frames of the fold, and what a host came to by them. */
struct folded {
	unsigned calls, frames;
	bool connected;
	const char *waiting; /* the call it waits in */
};

static void count_folded(struct app *a, const struct stage_span *s, int host,
	struct folded *n)
{
	for (uint32_t i = s->first; i < s->body; i++) {
		const struct scene_cell *c;
		struct scene_row row;

		scene_row(a->scene, i, a->position, &row);
		n->frames += row.wire.kind == SCENE_FRAME;
		if (host == STAGE_WIRE)
			continue;
		c = &row.host[host];
		n->calls += c->kind == SCENE_CALL;
		if (c->kind == SCENE_CALL || c->kind == SCENE_RESULT) {
			const struct scene_call *x = scene_call(a->scene,
				c->ref);
			const struct call_row *r = call_row_at(x->row);

			if (r == NULL)
				continue;
			if (x->returned >= a->position) {
				if (x->waits < a->position)
					n->waiting = r->name;
			} else if (x->error == 0 &&
					(strcmp(r->name, "connect") == 0 ||
					strcmp(r->name, "accept") == 0))
				n->connected = true;
		}
	}
}

void stage_fold(struct app *a, const struct stage_span *s, int host,
	int width, struct ink *out)
{
	struct folded n = { 0 };

	count_folded(a, s, host, &n);
	if (host == STAGE_WIRE) {
		if (n.frames > 0)
			ink_printf(out, THEME_DIM, ngettext("+ %u frame",
				"+ %u frames", n.frames), n.frames);
	} else if (n.calls > 0) {
		ink_printf(out, THEME_DIM, ngettext("+ %u call", "+ %u calls",
			n.calls), n.calls);
		if (n.waiting != NULL) {
			ink_printf(out, THEME_DIM, ", %s", n.waiting);
			ink_printf(out, THEME_WAITS, " %s", _("waits"));
		} else if (n.connected)
			ink_printf(out, THEME_DIM, ", %s", _("connected"));
	}
	ink_cut(out, width);
}
