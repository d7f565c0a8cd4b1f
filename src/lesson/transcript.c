/* transcript: an event of the journal as a line of plain text. */
#include "lesson/transcript.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "call/line.h"
#include "packet/facts.h"
#include "packet/words.h"
#include "scene/scene.h"

#define PAYLOAD_CELLS 48

/* ---- frames ---- */

/* Frames lie in the order of their positions: the one at a position. */
static uint32_t frame_at(const struct scene *s, uint32_t position)
{
	uint32_t low = 0, high = (uint32_t)scene_frames(s);

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (scene_frame(s, middle)->position < position)
			low = middle + 1;
		else
			high = middle;
	}
	return low < scene_frames(s) &&
		scene_frame(s, low)->position == position ? low : SCENE_NONE;
}

static void add_way(struct buf *b, const struct scene *s,
	const struct scene_frame *f)
{
	int target = f->target != 0xff ? f->target
		: scene_hosts(s) == 2 ? 1 - f->host : -1;

	if (target >= 0 && target < scene_hosts(s))
		buf_printf(b, _("#%u %s to %s: "), f->number,
			scene_host(s, f->host), scene_host(s, target));
	else
		buf_printf(b, "#%u %s: ", f->number, scene_host(s, f->host));
}

/* The first frame that goes instead of frame i, or SCENE_NONE: those are made
 * right behind it. */
static uint32_t instead_of(const struct scene *s, uint32_t i)
{
	for (uint32_t k = i + 1; k < scene_frames(s) && k <= i + 8; k++)
		if (scene_frame(s, k)->made_of == i)
			return k;
	return SCENE_NONE;
}

static void add_replaced(struct buf *b, const struct scene *s, uint32_t i)
{
	uint32_t by = instead_of(s, i);

	if (by != SCENE_NONE)
		buf_printf(b, _(", replaced by #%u"),
			scene_frame(s, by)->number);
	else
		buf_text(b, _(", replaced"));
}

static void add_fate(struct buf *b, const struct scene *s, uint32_t i)
{
	const struct scene_frame *f = scene_frame(s, i);

	switch ((enum fate)f->first_fate) {
	case FATE_PASSED:
		break;
	case FATE_HELD:
		buf_text(b, _(", held"));
		break;
	case FATE_DELAYED:
		buf_text(b, _(", delayed"));
		break;
	case FATE_DROPPED:
		buf_text(b, _(", dropped"));
		break;
	case FATE_REPLACED:
		add_replaced(b, s, i);
		break;
	case FATE_ABSORBED:
	case FATE_REPEAT:
		if (f->repeat_of != SCENE_NONE)
			buf_printf(b, _(", a repeat of #%u"),
				scene_frame(s, f->repeat_of)->number);
		break;
	}
	if (f->rule && f->first_fate != FATE_PASSED)
		buf_printf(b, _(" by rule %u"), f->rule);
}

/* What no host sent as it is: whose work it is. */
static void add_made(struct buf *b, const struct scene *s,
	const struct scene_frame *f)
{
	unsigned of = f->made_of != SCENE_NONE ?
		scene_frame(s, f->made_of)->number : 0;

	switch ((enum made)f->made) {
	case MADE_NOT:
		return;
	case MADE_DUPLICATE:
		buf_printf(b, _("made by the wire, duplicate of #%u: "), of);
		return;
	case MADE_SPLIT:
		buf_printf(b, _("made by the wire, split of #%u: "), of);
		return;
	case MADE_CORRUPT:
		buf_printf(b, _("made by the wire, corrupt #%u: "), of);
		return;
	case MADE_RESET:
		buf_text(b, _("made by the wire, forged: "));
		return;
	case MADE_ICMP:
		buf_printf(b, _("made by the wire, about #%u: "), of);
		return;
	}
}

static bool add_frame(struct buf *b, struct scene *s, uint32_t position,
	const struct event *e, bool ascii)
{
	uint32_t i = frame_at(s, position);
	const struct scene_frame *f;
	struct facts facts;

	if (i == SCENE_NONE)
		return false;
	f = scene_frame(s, i);
	facts_read(&facts, e->data, e->len);
	add_way(b, s, f);
	add_made(b, s, f);
	words_frame(b, &facts, e->data, e->len, PAYLOAD_CELLS, ascii);
	if (f->len)
		buf_printf(b, ngettext(" (%u byte)", " (%u bytes)", f->len),
			f->len);
	if (f->again != SCENE_NONE && f->repeat_of == SCENE_NONE)
		buf_printf(b, _(", a retransmission of #%u"),
			scene_frame(s, f->again)->number);
	add_fate(b, s, i);
	return true;
}

/* ---- lines ---- */

static bool one_of(const char *word, const char *const *words)
{
	while (*words)
		if (!strcmp(*words++, word))
			return true;
	return false;
}

/* "client: s now has SO_RCVBUF=16384": what the kernel made of options. */
static void add_options(struct buf *b, const struct scene *s,
	uint32_t position, const struct line *l)
{
	const char *rest = l->rest ? l->rest : "", *name = "";
	unsigned long long cookie = 0;
	int skipped = 0;

	sscanf(rest, "cookie=%llu %n", &cookie, &skipped);
	for (uint32_t i = (uint32_t)scene_sockets(s); cookie && !*name &&
			i-- > scene_first_socket(s, position + 1);)
		if (scene_socket(s, i)->cookie == cookie)
			name = scene_socket(s, i)->name;
	rest += skipped;
	buf_printf(b, "%s: ", l->lane);
	if (*rest && skipped)
		buf_printf(b, _("%s now has %s"), *name ? name :
			_("a socket"), rest);
	else
		buf_printf(b, _("%s has no option set any more"),
			*name ? name : _("a socket"));
}

/* Samples, and what the player and the lab note for the screen alone. */
static bool is_for_machines(const struct line *l)
{
	static const char *const of_lab[] = {
		"host", "page", "setup", "step", "play", "predict", "still",
		NULL
	};

	if (l->kind == LINE_EMPTY)
		return true;
	if (l->kind != LINE_VERB)
		return false;
	return !strcmp(l->lane, "lab") ? one_of(l->verb, of_lab)
		: !strcmp(l->verb, "state");
}

/*
 * That the lab was built anew goes without saying; a lab without a wire says,
 * the first time, what is missing here and what it goes on with.
 */
static bool add_built(struct buf *b, const struct scene *s, uint32_t position)
{
	const struct scene_take *before = scene_take(s, position);
	const struct scene_take *take = scene_take(s, position + 1);

	if (!take->loopback || (before && before->loopback))
		return false;
	buf_printf(b, _("%s Until then: real sockets on 127.0.0.1, and no "
		"frames."), take->why);
	return true;
}

static bool add_line(struct buf *b, const struct scene *s, uint32_t position,
	const struct event *e)
{
	const struct scene_take *take = scene_take(s, position + 1);
	struct line l;
	bool skip, known;

	if (take && take->begin == position)
		return add_built(b, s, position);
	known = !line_parse(&l, (const char *)e->data, e->len, NULL, NULL,
		NULL);
	skip = known && is_for_machines(&l);
	if (known && l.kind == LINE_VERB && !strcmp(l.verb, "options") &&
			strcmp(l.lane, "lab"))
		add_options(b, s, position, &l);
	else if (!skip)
		buf_add(b, e->data, e->len);
	line_done(&l);
	return !skip;
}

bool transcript_event(struct buf *b, struct scene *s, uint32_t position,
	bool ascii)
{
	struct event e;

	if (!scene_event(s, position, &e))
		return false;
	switch (e.kind) {
	case EVENT_LINE:
		return add_line(b, s, position, &e);
	case EVENT_FRAME:
		return add_frame(b, s, position, &e, ascii);
	}
	return false;
}

void transcript_tail(struct buf *b, struct scene *s, uint32_t position,
	size_t n, const char *prefix)
{
	const struct scene_take *take = scene_take(s, position);
	uint32_t from = position, first = take ? take->begin : 0;
	struct buf one = {0};
	size_t found = 0;

	while (from > first && found < n) {
		buf_clear(&one);
		found += transcript_event(&one, s, --from, false);
	}
	for (; from < position; from++) {
		buf_clear(&one);
		if (transcript_event(&one, s, from, false))
			buf_printf(b, "%s%s\n", prefix, buf_str(&one));
	}
	buf_done(&one);
}
