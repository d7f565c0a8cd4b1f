/* bytes_view: what the bytes pane shows, taken apart. */
#include "ui/bytes_view.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "packet/words.h"
#include "scene/scene.h"
#include "ui/app.h"
#include "ui/bytes_load.h"
#include "ui/theme.h"

static void forget(struct bytes_view *v)
{
	value_done(&v->value);
	memset(&v->value, 0, sizeof(v->value));
	v->base = v->original = NULL;
	v->period = 0;
	v->size = 0;
	v->missing = NULL;
	v->items = 0;
	v->first_lettered = v->end_lettered = 0;
}

#define LOOK_BACK 256 /* frames looked through for one with data */

/* The newest frame up to this one that brings data, which is what one looks
 * for who selected nothing; this one, when there is none. */
static uint32_t with_data(const struct app *a, uint32_t frame)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	uint32_t least = take != NULL ? take->first_frame : 0;

	for (uint32_t i = frame; i + LOOK_BACK > frame; i--) {
		if (scene_frame(a->scene, i)->len > 0)
			return i;
		if (i == least)
			break;
	}
	return frame;
}

bool bytes_view_load(struct bytes_view *v, struct app *a)
{
	uint32_t frame = SCENE_NONE, call = SCENE_NONE;
	uint32_t now = scene_now(a->scene);
	bool returned = false, same;

	app_selected(a, &frame, &call);
	if (a->at.row == SCENE_NONE && frame != SCENE_NONE)
		frame = with_data(a, frame);
	if (frame != SCENE_NONE)
		call = SCENE_NONE;
	if (call != SCENE_NONE)
		returned = scene_call(a->scene, call)->returned < a->position;
	same = v->scene == a->scene && v->frame == frame && v->call == call;
	if (same && v->now == now && v->returned == returned &&
		v->kernel_view == a->kernel_view)
		return false;
	forget(v);
	v->scene = a->scene;
	v->frame = frame;
	v->call = call;
	v->now = now;
	v->returned = returned;
	v->kernel_view = a->kernel_view;
	if (frame != SCENE_NONE)
		bytes_load_frame(v, a);
	else if (call != SCENE_NONE)
		bytes_load_call(v, a);
	else
		v->missing = N_("Choose a frame, a send or a recv on the"
				" stage: its bytes are shown here.");
	return !same;
}

uint8_t bytes_view_at(const struct bytes_view *v, uint64_t offset)
{
	assert(offset < v->size);
	return v->base[offset % v->period];
}

bool bytes_view_changed(const struct bytes_view *v, uint64_t offset)
{
	return v->original && offset < v->size &&
		v->original[offset] != v->base[offset];
}

size_t bytes_view_copy(const struct bytes_view *v, uint64_t offset, void *out,
	size_t n)
{
	uint8_t *to = out;

	if (offset >= v->size)
		return 0;
	if (n > v->size - offset)
		n = (size_t)(v->size - offset);
	for (size_t i = 0; i < n; i++)
		to[i] = bytes_view_at(v, offset + i);
	return n;
}

static bool holds(const struct bytes_item *item, uint64_t offset)
{
	return offset >= item->field.offset &&
		offset - item->field.offset < item->field.length;
}

size_t bytes_view_item_at(const struct bytes_view *v, uint64_t offset,
	size_t current)
{
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < v->items; i++) {
		if (!holds(&v->item[i], offset))
			continue;
		if (best == SIZE_MAX ||
			v->item[i].field.depth > v->item[best].field.depth)
			best = i;
	}
	if (best != SIZE_MAX && current < v->items &&
		holds(&v->item[current], offset) &&
		v->item[current].field.depth == v->item[best].field.depth)
		return current;
	return best;
}

uint32_t bytes_view_owner(const struct bytes_view *v, uint64_t offset)
{
	size_t low = 0, high = v->items;

	if (offset < v->first_lettered || offset >= v->end_lettered)
		return SCENE_NONE;
	/* Items are in the order of their bytes, and runs are innermost: the
	 * last that begins at or before offset is the run. */
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (v->item[mid].field.offset <= offset)
			low = mid + 1;
		else
			high = mid;
	}
	if (!low || !holds(&v->item[low - 1], offset))
		return SCENE_NONE;
	return v->item[low - 1].send;
}

uint64_t bytes_view_start(const struct bytes_view *v)
{
	uint64_t start = 0;

	for (uint64_t i = 0; v->original && i < v->size; i++)
		if (bytes_view_changed(v, i))
			return i;
	if (v->end_lettered)
		return v->first_lettered;
	for (size_t i = 0; i < v->items; i++) {
		if (v->item[i].field.kind == FIELD_LAYER)
			start = v->item[i].field.offset;
	}
	return start;
}

static bool matches(const struct bytes_view *v, uint64_t offset,
	const uint8_t *needle, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (bytes_view_at(v, offset + i) != needle[i])
			return false;
	}
	return true;
}

bool bytes_view_find(const struct bytes_view *v, const void *needle, size_t n,
	uint64_t from, int way, uint64_t *at)
{
	uint64_t places, tries;

	if (!n || n > v->size)
		return false;
	places = v->size - n + 1;
	/* What repeats need not be looked at twice. */
	tries = places;
	if (tries > 2 * (uint64_t)v->period + 1)
		tries = 2 * (uint64_t)v->period + 1;
	if (from >= places)
		from = way > 0 ? places - 1 : 0;
	for (uint64_t i = 1; i <= tries; i++) {
		uint64_t step = i % places;
		uint64_t place = way > 0 ? (from + step) % places
					 : (from + places - step) % places;

		if (matches(v, place, needle, n)) {
			*at = place;
			return true;
		}
	}
	return false;
}

static void put_bytes(struct buf *b, uint64_t n)
{
	buf_printf(b, ngettext("%" PRIu64 " byte", "%" PRIu64 " bytes",
			(unsigned long)n), n);
}

/* What no host sent as it is: "made by the wire: split of #4". */
static void put_made(struct buf *b, struct app *a, const struct scene_frame *f)
{
	uint32_t of = f->made_of != SCENE_NONE ?
		scene_frame(a->scene, f->made_of)->number : 0;

	if (f->made != MADE_NOT)
		buf_printf(b, " %s ", theme_sign(SIGN_MADE));
	switch ((enum made)f->made) {
	case MADE_NOT:
		return;
	case MADE_DUPLICATE:
		buf_printf(b, _("made by the wire: duplicate of #%" PRIu32),
			of);
		return;
	case MADE_SPLIT:
		buf_printf(b, _("made by the wire: split of #%" PRIu32), of);
		return;
	case MADE_CORRUPT:
		buf_printf(b, _("made by the wire: corrupt #%" PRIu32), of);
		return;
	case MADE_RESET:
		buf_text(b, _("made by the wire: forged"));
		return;
	case MADE_ICMP:
		buf_printf(b, _("made by the wire: about #%" PRIu32), of);
		return;
	}
}

static void put_again(struct buf *b, struct app *a, const struct scene_frame *f)
{
	if (f->again == SCENE_NONE)
		return;
	buf_printf(b, " %s ", theme_sign(SIGN_AGAIN));
	buf_printf(b, _("a retransmission of #%" PRIu32),
		scene_frame(a->scene, f->again)->number);
}

void bytes_view_heading(struct buf *b, struct bytes_view *v, struct app *a)
{
	if (v->frame != SCENE_NONE) {
		const struct scene_frame *f = scene_frame(a->scene, v->frame);

		buf_printf(b, _("frame %" PRIu32 " from %s"), f->number,
			scene_host(a->scene, f->host));
	} else if (v->call != SCENE_NONE) {
		const struct scene_call *c = scene_call(a->scene, v->call);
		const struct call_row *row = call_row_at(c->row);

		buf_printf(b, "%s: %s", scene_actor(a->scene, c->actor)->lane,
			row ? row->name : "?");
	} else {
		return;
	}
	if (v->size) {
		buf_text(b, ", ");
		put_bytes(b, v->size);
	}
	if (v->frame != SCENE_NONE) {
		put_made(b, a, scene_frame(a->scene, v->frame));
		put_again(b, a, scene_frame(a->scene, v->frame));
	}
}

void bytes_view_name(struct buf *b, const struct bytes_view *v, size_t item,
	struct app *a)
{
	const struct bytes_item *it = &v->item[item];
	char letter[8];

	if (it->piece > 0) {
		buf_printf(b, _("buffer %d"), it->piece);
		return;
	}
	if (it->send == SCENE_NONE) {
		buf_text(b, it->field.name ? _(it->field.name) : "");
		return;
	}
	const struct scene_send *send = scene_send(a->scene, it->send);
	const struct scene_call *c = scene_call(a->scene, send->call);

	scene_letter(letter, send->letter);
	buf_printf(b, _("%s, a send of %s"), letter,
		scene_actor(a->scene, c->actor)->lane);
}

void bytes_view_value(struct buf *b, const struct bytes_view *v, size_t item,
	struct app *a, bool brief)
{
	const struct field *f = &v->item[item].field;

	if (f->kind == FIELD_LAYER)
		return;
	if (f->kind == FIELD_BYTES) {
		put_bytes(b, f->length);
	} else if (f->note == FIELD_SEQ || f->note == FIELD_ACK_SEQ) {
		buf_printf(b, "%" PRIu32, scene_relative_seq(a->scene,
			v->frame, (uint32_t)f->value,
			f->note == FIELD_ACK_SEQ));
		if (!brief)
			buf_printf(b, " (%" PRIu32 ")", (uint32_t)f->value);
	} else {
		words_field(b, f, v->base, (size_t)v->size);
	}
	switch (f->note) {
	case FIELD_PLAIN:
	case FIELD_SEQ:
	case FIELD_ACK_SEQ:
		break;
	case FIELD_SUM_GOOD:
		buf_printf(b, " %s", _("right"));
		break;
	case FIELD_SUM_BAD:
		buf_printf(b, " %s", _("WRONG"));
		break;
	case FIELD_TOO_SHORT:
		buf_printf(b, " %s", _("cut off"));
		break;
	}
}
