/* bytes_view: what the bytes pane shows, taken apart. */
#include "ui/bytes_view.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "base/mem.h"
#include "call/line.h"
#include "packet/facts.h"
#include "packet/words.h"
#include "scene/scene.h"
#include "ui/app.h"

#define LOOK_BACK 4096 /* calls searched for what a name was bound to */

static void clear(struct bytes_view *v)
{
	value_done(&v->value);
	memset(&v->value, 0, sizeof(v->value));
	v->base = NULL;
	v->period = 0;
	v->size = 0;
	v->missing = NULL;
	v->items = 0;
	v->first_lettered = v->end_lettered = 0;
}

static struct bytes_item *add_item(struct bytes_view *v)
{
	struct bytes_item *item;

	v->item = mem_grow(v->item, &v->cap, v->items + 1, sizeof(*v->item));
	item = &v->item[v->items++];
	memset(item, 0, sizeof(*item));
	item->send = SCENE_NONE;
	return item;
}

static void add_run(struct bytes_view *v, uint64_t offset, uint64_t len,
	uint8_t depth, uint32_t send)
{
	struct bytes_item *item = add_item(v);

	item->field.offset = (uint32_t)offset;
	item->field.length = (uint32_t)len;
	item->field.depth = depth;
	item->field.kind = FIELD_BYTES;
	item->send = send;
	if (v->end_lettered == 0)
		v->first_lettered = offset;
	v->end_lettered = offset + len;
}

/* The runs of len bytes at offset, which are those from stream on. */
static void add_runs(struct bytes_view *v, const struct app *a, uint32_t flow,
	int way, uint64_t stream, uint64_t offset, uint64_t len, uint8_t depth)
{
	uint64_t done = 0;

	if (v->kernel_view || flow == SCENE_NONE)
		return;
	while (done < len) {
		uint64_t end = 0;
		uint32_t send = scene_owner(a->scene, flow, way, stream + done,
			&end);
		uint64_t n = len - done;

		if (end > stream + done && end - stream - done < n)
			n = end - stream - done;
		if (send == SCENE_NONE)
			return;
		add_run(v, offset + done, n, depth, send);
		done += n;
	}
}

static void load_frame(struct bytes_view *v, struct app *a)
{
	const struct scene_frame *f = scene_frame(a->scene, v->frame);
	struct field field[FIELDS_MAX];
	struct facts facts;
	struct event event;
	size_t n;

	if (!scene_frame_bytes(a->scene, v->frame, &event)) {
		v->missing = N_("The journal does not hold this frame.");
		return;
	}
	v->base = event.data;
	v->period = v->size = event.len;
	facts_read(&facts, event.data, event.len);
	n = fields_read(field, FIELDS_MAX, event.data, event.len);
	for (size_t i = 0; i < n; i++) {
		add_item(v)->field = field[i];
		if (field[i].kind == FIELD_BYTES && facts.payload_len &&
			field[i].offset == facts.payload)
			add_runs(v, a, f->flow, f->way, f->stream,
				facts.payload, facts.payload_len,
				(uint8_t)(field[i].depth + 1));
	}
}

/* The bytes that the name in *v was bound to when call i was entered: what an
 * earlier call of the same actor had returned under it. */
static bool resolve(struct scene *s, uint32_t i, struct value *v)
{
	const struct scene_call *asks = scene_call(s, i);
	uint32_t least = i > LOOK_BACK ? i - LOOK_BACK : 0;

	for (uint32_t k = i; k-- > least;) {
		const struct scene_call *c = scene_call(s, k);
		struct line l;
		struct value result = {0};
		bool ours, found;

		if (c->actor != asks->actor || c->returned >= asks->entered ||
			c->error)
			continue;
		if (!scene_call_line(s, k, &l))
			continue;
		ours = strcmp(l.name, v->text) == 0;
		line_done(&l);
		if (!ours)
			continue;
		found = scene_call_result(s, k, &result) &&
			result.kind == VALUE_BYTES;
		if (found) {
			value_done(v);
			*v = result;
		} else {
			value_done(&result);
		}
		return found;
	}
	return false;
}

/* The argument of call i that is bytes to send. */
static bool sent_value(struct scene *s, uint32_t i, struct value *out)
{
	struct line l;
	bool found = false;

	if (!scene_call_line(s, i, &l))
		return false;
	for (int k = 0; l.row && k < l.nargs && !found; k++) {
		if (l.row->param[k].kind == PARAM_BYTES) {
			value_copy(out, &l.arg[k]);
			found = true;
		}
	}
	line_done(&l);
	if (found && out->kind == VALUE_NAME)
		found = resolve(s, i, out);
	if (found && out->kind == VALUE_BYTES)
		return true;
	value_done(out);
	memset(out, 0, sizeof(*out));
	return false;
}

static void use_value(struct bytes_view *v)
{
	v->size = value_size(&v->value);
	v->base = v->value.bytes;
	v->period = v->value.len;
	if (v->size > UINT32_MAX)
		v->size = UINT32_MAX;
	if (!v->period)
		v->size = 0;
}

static void load_call(struct bytes_view *v, struct app *a)
{
	const struct scene_call *c = scene_call(a->scene, v->call);
	const struct call_row *row = call_row_at(c->row);

	if (row && row->sends) {
		uint64_t taken;

		if (!sent_value(a->scene, v->call, &v->value)) {
			v->missing = N_("The bytes of this name are not known"
					" here.");
			return;
		}
		use_value(v);
		add_item(v)->field = (struct field){.kind = FIELD_BYTES,
			.length = (uint32_t)v->size,
			.name = N_("bytes to send")};
		taken = v->returned ? c->taken : v->size;
		if (taken > v->size)
			taken = v->size;
		if (taken && !v->kernel_view && c->send != SCENE_NONE)
			add_run(v, 0, taken, 1, c->send);
		if (taken && taken < v->size) {
			add_item(v)->field = (struct field){
				.kind = FIELD_BYTES,
				.depth = 1,
				.offset = (uint32_t)taken,
				.length = (uint32_t)(v->size - taken),
				.name = N_("not taken by the kernel")};
		}
		return;
	}
	if (!row || !row->receives) {
		v->missing = N_("This call carries no bytes.");
		return;
	}
	if (!v->returned) {
		v->missing = N_("This call has not returned: no bytes yet.");
		return;
	}
	if (!scene_call_result(a->scene, v->call, &v->value) ||
		v->value.kind != VALUE_BYTES) {
		v->missing = N_("This call failed: it gave no bytes.");
		return;
	}
	use_value(v);
	if (!v->size) {
		v->missing = N_("No bytes: the other side has ended its"
				" stream.");
		return;
	}
	add_item(v)->field = (struct field){.kind = FIELD_BYTES,
		.length = (uint32_t)v->size, .name = N_("bytes received")};
	add_runs(v, a, c->flow, c->way, c->stream, 0, v->size, 1);
}

bool bytes_view_load(struct bytes_view *v, struct app *a)
{
	uint32_t frame = SCENE_NONE, call = SCENE_NONE;
	uint32_t now = scene_now(a->scene);
	bool returned = false, same;

	app_selected(a, &frame, &call);
	if (frame != SCENE_NONE)
		call = SCENE_NONE;
	if (call != SCENE_NONE)
		returned = scene_call(a->scene, call)->returned < a->position;
	same = v->scene == a->scene && v->frame == frame && v->call == call;
	if (same && v->now == now && v->returned == returned &&
		v->kernel_view == a->kernel_view)
		return false;
	clear(v);
	v->scene = a->scene;
	v->frame = frame;
	v->call = call;
	v->now = now;
	v->returned = returned;
	v->kernel_view = a->kernel_view;
	if (frame != SCENE_NONE)
		load_frame(v, a);
	else if (call != SCENE_NONE)
		load_call(v, a);
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
}

void bytes_view_name(struct buf *b, const struct bytes_view *v, size_t item,
	struct app *a)
{
	const struct bytes_item *it = &v->item[item];
	char letter[8];

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
