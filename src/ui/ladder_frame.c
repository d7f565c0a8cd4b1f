/* ladder_frame: the arrows of the ladder, and what is written beside them. */
#include "ui/ladder.h"

#include <string.h>

#include <netinet/in.h>

#include "base/buf.h"
#include "packet/facts.h"
#include "packet/fields_dns.h"
#include "packet/words.h"
#include "ui/app.h"
#include "ui/stage.h"

/* Cells of a payload in a label. */
#define WORDS_MOST 24

/* Frames before the first line that is seen which may still be on their way
 * past it. */
#define FRAMES_LOOKED_BACK 256

/* ---- one arrow ---- */

static int target_of(const struct app *a, const struct scene_frame *f)
{
	return f->target < scene_hosts(a->scene) ? f->target : -1;
}

static enum ladder_way way_of_first(enum fate fate)
{
	switch (fate) {
	case FATE_PASSED:
		return LADDER_GOES;
	case FATE_HELD:
	case FATE_DELAYED:
		return LADDER_LEAVES;
	case FATE_REPLACED:
		return LADDER_CHANGED;
	case FATE_DROPPED:
	case FATE_ABSORBED:
	case FATE_REPEAT:
		return LADDER_LOST;
	}
	return LADDER_GOES;
}

/* The words of a payload, of a message of the DNS, or of a frame that is neither
 * TCP nor UDP. */
static void add_words(const struct app *a, const struct scene_frame *f,
	const struct facts *facts, const struct event *e, struct ink *out)
{
	struct buf b = { 0 };

	stage_payload(a, f, facts, e->data, WORDS_MOST, out);
	if (out->text.len == 0 && (fields_is_dns(facts) ||
			(facts->protocol != IPPROTO_TCP &&
			facts->protocol != IPPROTO_UDP))) {
		words_frame(&b, facts, e->data, e->len, WORDS_MOST, a->ascii);
		ink_text(out, THEME_PLAIN, buf_str(&b));
	}
	buf_done(&b);
}

static void write_label(struct app *a, uint32_t ref, bool seen,
	const struct event *e, int room, struct ink *out)
{
	const struct scene_frame *f = scene_frame(a->scene, ref);
	struct ladder_label l = { .number = f->number, .ascii = a->ascii };
	struct ink words = { 0 };
	struct buf flags = { 0 };
	struct facts facts;
	char letters[32];

	facts_read_headers(&facts, e->data, e->len);
	l.tcp = facts.protocol == IPPROTO_TCP && facts.transport > 0;
	if (l.tcp) {
		words_flags(&flags, facts.flags);
		l.seq = scene_relative_seq(a->scene, ref, facts.seq, false);
		l.has_ack = facts.flags & FACTS_ACK;
		l.ack = scene_relative_seq(a->scene, ref, facts.ack, true);
	} else if (facts.protocol == IPPROTO_UDP)
		buf_text(&flags, "UDP");
	add_words(a, f, &facts, e, &words);
	l.made = f->made != MADE_NOT;
	if (f->again != SCENE_NONE)
		l.again = scene_frame(a->scene, f->again)->number;
	l.letters_style = stage_letters(a, f, letters, sizeof letters);
	l.letters = letters;
	l.flags = buf_str(&flags);
	l.words = &words;
	l.times = seen ? scene_frame_repeats(a->scene, ref, a->position) + 1
		: 1;
	l.len = facts.payload_len;
	l.window = facts.window;
	ladder_label(out, &l, room);
	ink_done(&words);
	buf_done(&flags);
}

bool ladder_arrow(struct app *a, const struct ladder_shape *shape,
	const struct scene_cell *c, struct ladder_arrow *out, struct ink *label)
{
	const struct scene_frame *f = scene_frame(a->scene, c->ref);
	enum fate fate = scene_frame_fate(a->scene, c->ref, a->position);
	struct event e;

	if (f->host >= shape->hosts ||
			!scene_frame_bytes(a->scene, c->ref, &e))
		return false;
	*out = (struct ladder_arrow){ .from = f->host, .to = target_of(a, f),
		.track = (int)(f->number % LADDER_TRACKS), .label = label };
	if (c->kind == SCENE_FATE)
		out->how = fate == FATE_PASSED ? LADDER_ARRIVES :
			LADDER_LOST_LATE;
	else
		out->how = way_of_first((enum fate)f->first_fate);
	if (f->made != MADE_NOT && out->how == LADDER_GOES)
		out->how = LADDER_MADE;
	out->waits = fate == FATE_HELD || fate == FATE_DELAYED;
	write_label(a, c->ref, c->kind == SCENE_FRAME, &e,
		ladder_label_room(shape, out), label);
	return true;
}

/* ---- what is on its way ---- */

static struct ladder_at wire_line(const struct app *a, uint32_t row)
{
	return (struct ladder_at){ row, a->ladder.parts ? LADDER_WIRE :
		LADDER_ALL };
}

/* Whether a frame lies in our hand for a while, and from where to where. */
static bool passage_of(const struct app *a, uint32_t ref,
	struct ladder_passage *p)
{
	const struct scene_frame *f = scene_frame(a->scene, ref);
	enum fate fate = scene_frame_fate(a->scene, ref, a->position);

	if (f->row == SCENE_NONE || f->position >= a->position ||
			(f->first_fate != FATE_HELD &&
			f->first_fate != FATE_DELAYED) ||
			f->host >= LADDER_HOSTS)
		return false;
	p->leaves = wire_line(a, f->row);
	p->arrives = wire_line(a, fate == FATE_HELD || fate == FATE_DELAYED ?
		SCENE_NONE : ladder_row_of(a, f->fated));
	p->flight = (struct ladder_flight){ f->host, target_of(a, f),
		(int)(f->number % LADDER_TRACKS) };
	return true;
}

size_t ladder_passages(const struct app *a, struct ladder_at from,
	struct ladder_at to, struct ladder_passage *out, size_t max)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	uint32_t low, high, first, stop, bound = a->position;
	struct scene_row behind;
	size_t n = 0;

	/* the first frame behind the last row that is seen */
	if (to.row + 1 < scene_rows(a->scene, a->position)) {
		scene_row(a->scene, to.row + 1, a->position, &behind);
		bound = behind.begin;
	}
	low = first = take != NULL ? take->first_frame : 0;
	high = (uint32_t)scene_frames(a->scene);
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (scene_frame(a->scene, mid)->position < bound)
			low = mid + 1;
		else
			high = mid;
	}
	stop = FRAMES_LOOKED_BACK;
	while (low-- > first && n < max) {
		const struct scene_frame *f = scene_frame(a->scene, low);

		if (f->row < from.row && stop-- == 0)
			break;
		if ((a->ladder.flow == SCENE_NONE ||
				a->ladder.flow == f->flow) &&
				passage_of(a, low, &out[n]) &&
				!ladder_before(out[n].arrives, from))
			n++;
	}
	return n;
}
