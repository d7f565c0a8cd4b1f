/* bytes_load: the bytes of a frame or a call, and what they are made of. */
#include "ui/bytes_load.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/mem.h"
#include "call/line.h"
#include "packet/facts.h"
#include "scene/scene.h"
#include "ui/app.h"
#include "ui/bytes_view.h"

#define PIECES 64      /* buffers that are told apart */
#define LOOK_BACK 4096 /* calls searched for what a name was bound to */

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

/* What a corrupted frame was before. */
static void load_original(struct bytes_view *v, struct app *a,
	const struct scene_frame *f)
{
	struct event event;

	if (f->made != MADE_CORRUPT || f->made_of == SCENE_NONE ||
		!scene_frame_bytes(a->scene, f->made_of, &event) ||
		event.len != v->size)
		return;
	v->original = event.data;
}

void bytes_load_frame(struct bytes_view *v, struct app *a)
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
	load_original(v, a, f);
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

/* ---- calls ---- */

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

/*
 * The bytes of several buffers, one behind the other. The *pieces* of a call
 * are its buffers; of a call with one it has none.
 */
struct gathered {
	struct buf bytes;
	size_t end[PIECES]; /* where each buffer ends */
	int pieces;
};

static bool gather_one(struct gathered *g, struct scene *s, uint32_t call,
	const struct value *from)
{
	struct value v = {0};
	bool good;

	value_copy(&v, from);
	good = v.kind == VALUE_BYTES ||
		(v.kind == VALUE_NAME && resolve(s, call, &v));
	if (good) {
		value_unroll(&g->bytes, &v);
		if (g->pieces < PIECES)
			g->end[g->pieces++] = g->bytes.len;
	}
	value_done(&v);
	return good;
}

static void use_gathered(struct bytes_view *v, struct gathered *g)
{
	value_of_bytes(&v->value, buf_str(&g->bytes), g->bytes.len);
	use_value(v);
}

static bool gather_list(struct gathered *g, struct scene *s, uint32_t call,
	const struct value *list)
{
	for (size_t i = 0; i < list->items; i++)
		if (!gather_one(g, s, call, &list->item[i]))
			return false;
	return true;
}

/* The argument of call i that is bytes to send: one, or buffers. */
static bool load_sent(struct bytes_view *v, struct scene *s, uint32_t i,
	struct gathered *g)
{
	bool found = false;
	struct line l;

	if (!scene_call_line(s, i, &l))
		return false;
	for (int k = 0; l.row && k < l.nargs && !found; k++) {
		enum param_kind kind = l.row->param[k].kind;

		if (kind == PARAM_BYTES && l.arg[k].kind == VALUE_BYTES) {
			value_copy(&v->value, &l.arg[k]);
			use_value(v); /* a long repeat stays one */
			line_done(&l);
			return true;
		}
		if (kind == PARAM_BUFFERS && l.arg[k].kind == VALUE_LIST)
			found = gather_list(g, s, i, &l.arg[k]);
		else if (kind == PARAM_BYTES)
			found = gather_one(g, s, i, &l.arg[k]);
	}
	if (found)
		use_gathered(v, g);
	line_done(&l);
	return found;
}

/* What a call gave: bytes, or a record that has bytes or buffers in it. */
static bool load_received(struct bytes_view *v, struct scene *s, uint32_t i,
	struct gathered *g)
{
	const struct value *bytes, *buffers = NULL;
	struct value result = {0};
	bool found = scene_call_result(s, i, &result);

	bytes = &result;
	if (found && result.kind == VALUE_RECORD) {
		bytes = value_field(&result, "bytes");
		buffers = value_field(&result, "buffers");
	}
	if (found && buffers && buffers->kind == VALUE_LIST)
		found = gather_list(g, s, i, buffers);
	else
		found = found && bytes && bytes->kind == VALUE_BYTES &&
			gather_one(g, s, i, bytes);
	if (found)
		use_gathered(v, g);
	value_done(&result);
	return found;
}

/* The bytes from begin up to end of a send: those with its letter, and those
 * that the kernel did not take. */
static void add_sent(struct bytes_view *v, const struct scene_call *c,
	uint64_t begin, uint64_t end, uint8_t depth)
{
	uint64_t taken = v->returned && c->taken < v->size ? c->taken
		: v->size;
	uint64_t upto = taken < begin ? begin : taken < end ? taken : end;

	if (upto > begin && !v->kernel_view && c->send != SCENE_NONE)
		add_run(v, begin, upto - begin, depth, c->send);
	if (upto < end)
		add_item(v)->field = (struct field){
			.kind = FIELD_BYTES,
			.depth = depth,
			.offset = (uint32_t)upto,
			.length = (uint32_t)(end - upto),
			.name = N_("not taken by the kernel")};
}

/* All bytes as an item, its buffers below it when there are several, and below
 * them whose bytes they are. */
static void add_parts(struct bytes_view *v, struct app *a,
	const struct scene_call *c, const struct gathered *g, const char *name,
	bool sent)
{
	int pieces = g->pieces > 1 ? g->pieces : 1;
	uint64_t begin = 0;

	add_item(v)->field = (struct field){.kind = FIELD_BYTES,
		.length = (uint32_t)v->size, .name = name};
	for (int i = 0; i < pieces; i++) {
		uint64_t end = i + 1 < pieces ? g->end[i] : v->size;
		uint8_t depth = pieces > 1 ? 2 : 1;

		if (pieces > 1 && end > begin) {
			struct bytes_item *item = add_item(v);

			item->piece = i + 1;
			item->field = (struct field){.kind = FIELD_BYTES,
				.depth = 1, .offset = (uint32_t)begin,
				.length = (uint32_t)(end - begin)};
		}
		if (sent)
			add_sent(v, c, begin, end, depth);
		else if (end > begin)
			add_runs(v, a, c->flow, c->way, c->stream + begin,
				begin, end - begin, depth);
		begin = end;
	}
}

static void load_carried(struct bytes_view *v, struct app *a,
	const struct scene_call *c, bool sent)
{
	struct gathered g = {0};

	if (sent && !load_sent(v, a->scene, v->call, &g))
		v->missing = N_("The bytes of this name are not known here.");
	else if (!sent && !load_received(v, a->scene, v->call, &g))
		v->missing = N_("This call failed: it gave no bytes.");
	else if (!sent && !v->size)
		v->missing = N_("No bytes: the other side has ended its"
				" stream.");
	else
		add_parts(v, a, c, &g, sent ? N_("bytes to send") :
			N_("bytes received"), sent);
	buf_done(&g.bytes);
}

void bytes_load_call(struct bytes_view *v, struct app *a)
{
	const struct scene_call *c = scene_call(a->scene, v->call);
	const struct call_row *row = call_row_at(c->row);

	if (row && row->sends)
		load_carried(v, a, c, true);
	else if (!row || !row->receives)
		v->missing = N_("This call carries no bytes.");
	else if (!v->returned)
		v->missing = N_("This call has not returned: no bytes yet.");
	else
		load_carried(v, a, c, false);
}
