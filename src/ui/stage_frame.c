/*
 * stage_frame: what the stage says of a frame, and whose bytes it carries.
 */
#include "ui/stage.h"

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "packet/facts.h"
#include "packet/fields_dns.h"
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

int stage_byte_style(void *data, uint64_t i)
{
	struct stage_bytes *o = data;
	uint64_t at = o->from + i;

	if (at < o->begin || at >= o->end) {
		o->style = stage_owner(o->a, o->flow, o->way, at, &o->end);
		o->begin = at;
		if (o->end <= at)
			o->end = at + 1;
	}
	return o->style;
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
	case FATE_REPLACED:
		return f->first_fate == FATE_REPLACED ? CELL_CHANGED :
			CELL_LATER;
	case FATE_ABSORBED:
		return CELL_LATER;
	}
	return CELL_WENT;
}

int stage_letters(const struct app *a, const struct scene_frame *f, char *out,
	size_t size)
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

void stage_payload(const struct app *a, const struct scene_frame *f,
	const struct facts *facts, const uint8_t *frame, int cells,
	struct ink *out)
{
	struct stage_bytes bytes = { .a = a, .flow = f->flow, .way = f->way,
		.from = f->stream };
	struct cell_owner by = { stage_byte_style, &bytes };

	/* What an ICMP error quotes belongs to the flow, but is no payload; a
	 * message of the DNS is told in words. */
	if ((facts->protocol != IPPROTO_TCP &&
			facts->protocol != IPPROTO_UDP) || fields_is_dns(facts))
		return;
	if (facts->payload_len > 0 && f->flow != SCENE_NONE)
		cell_bytes(out, frame + facts->payload, facts->payload_len,
			cells, &by, a->ascii);
}

/* "LOGIN↵ FIN", "SYN ACK", "ARP who has 10.0.0.2". */
static void frame_words(const struct app *a, const struct scene_frame *f,
	const struct event *e, int width, struct ink *out)
{
	const uint8_t told = FACTS_FIN | FACTS_SYN | FACTS_RST;
	struct buf b = { 0 };
	struct facts facts;

	facts_read_headers(&facts, e->data, e->len);
	stage_payload(a, f, &facts, e->data, width, out);
	if (out->text.len == 0) {
		words_frame(&b, &facts, e->data, e->len, width, a->ascii);
		ink_text(out, THEME_PLAIN, buf_str(&b));
	} else if (f->flags & told) {
		words_flags(&b, f->flags & told);
		ink_printf(out, THEME_PLAIN, " %s", buf_str(&b));
	}
	buf_done(&b);
}

bool stage_leftwards(const struct scene_frame *f)
{
	if (f->host == 0 || f->target == 0)
		return f->host != 0;
	return f->target < f->host;
}

/* The first host stands to the left of the wire, all others to the right of
 * it: between two of them no arrow in the wire's column points the way. */
static bool is_beside(const struct app *a, const struct scene_frame *f)
{
	return scene_hosts(a->scene) > 2 && f->host != 0 && f->target != 0;
}

/* "client→dns"; where that would take more than half of the width, as few
 * letters of each as tell it from the others. */
static void who_to_whom(const struct app *a, const struct scene_frame *f,
	int width, struct buf *b)
{
	int hosts = scene_hosts(a->scene), end[2] = { f->host, f->target };
	bool whole = true;

	if (hosts < 3)
		return;
	for (int pass = 0; pass < 2; pass++, whole = false) {
		buf_clear(b);
		for (int i = 0; i < 2; i++) {
			const char *name = end[i] < hosts ?
				scene_host(a->scene, end[i]) : _("all");

			buf_printf(b, "%s%.*s", i > 0 ? theme_sign(SIGN_TO) :
				"", whole || end[i] >= hosts ? LINE_LANE :
				stage_telling(a, end[i]), name);
		}
		if (text_cells(b->data, b->len) <= width / 2)
			return;
	}
}

void stage_frame(struct app *a, uint32_t ref, bool seen, int width,
	struct ink *out)
{
	const struct scene_frame *f = scene_frame(a->scene, ref);
	struct cell_frame cell = { .number = f->number, .ascii = a->ascii };
	struct ink words = { 0 };
	struct buf whom = { 0 };
	struct event e;
	char letters[32];

	if (!scene_frame_bytes(a->scene, ref, &e))
		return;
	who_to_whom(a, f, width, &whom);
	cell.words = &words;
	cell.whom = buf_str(&whom);
	cell.letters_style = stage_letters(a, f, letters, sizeof letters);
	cell.letters = letters;
	cell.told = seen ? told_at(a, ref) : NULL;
	cell.times = seen ? scene_frame_repeats(a->scene, ref, a->position) + 1
		: 1;
	if (f->again != SCENE_NONE)
		cell.again = scene_frame(a->scene, f->again)->number;
	cell.names_it = seen;
	cell.made = f->made != MADE_NOT;
	cell.beside = is_beside(a, f);
	cell.leftwards = !cell.beside && stage_leftwards(f);
	cell.arrow = arrow_of(a, f, ref, seen);
	frame_words(a, f, &e, cell_frame_room(&cell, width), &words);
	cell_frame(out, &cell, width);
	ink_done(&words);
	buf_done(&whom);
}
