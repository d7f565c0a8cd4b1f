/*
 * bytes: the pane that shows bytes: hex and text, the fields or the sends
 * beside them, and what the bytes at the cursor may mean.
 *
 * There is one cursor, a byte, in two *halves*: in the bytes it is moved over
 * them and the field follows; in the fields it is moved from field to field
 * and the byte follows. Enter changes halves; so do Right behind the last byte
 * of a row and Left in the fields. Right in the fields goes on to the next
 * layer. The bytes of the chosen field are lit in both.
 */
#include "ui/pane.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/text.h"
#include "call/line.h"
#include "scene/scene.h"
#include "ui/app.h"
#include "ui/bytes_layout.h"
#include "ui/bytes_pane.h"
#include "ui/bytes_view.h"

#define COPY_MOST (1 << 20) /* bytes that y copies */

struct bytes_pane bytes_pane;
static struct bytes_pane *const pane = &bytes_pane;

static void follow_byte(struct app *a)
{
	size_t item = bytes_view_item_at(&pane->view, a->at.byte, a->at.field);

	a->at.field = item == SIZE_MAX ? 0 : (uint32_t)item;
}

/* Bring the view and the cursor up to date with the selection. */
static void load(struct app *a)
{
	struct bytes_view *v = &pane->view;

	if (bytes_view_load(v, a)) {
		a->at.byte = (uint32_t)bytes_view_start(v);
		a->at.field = 0;
		pane->top = pane->fields_top = 0;
		pane->in_fields = false;
		follow_byte(a);
	}
	if (v->size && a->at.byte >= v->size)
		a->at.byte = (uint32_t)v->size - 1;
	if (a->at.field >= v->items)
		follow_byte(a);
}

static void draw(struct app *a, WINDOW *w, bool focused)
{
	load(a);
	bytes_draw(a, w, focused);
}

/* ---- moving ---- */

static void go_to_item(struct app *a, size_t item)
{
	const struct field *f = &pane->view.item[item].field;

	a->at.field = (uint32_t)item;
	if (a->at.byte < f->offset || a->at.byte - f->offset >= f->length)
		a->at.byte = f->offset;
	if (a->at.byte >= pane->view.size)
		a->at.byte = (uint32_t)pane->view.size - 1;
}

static void go_to_byte(struct app *a, int64_t byte)
{
	int64_t most = (int64_t)pane->view.size - 1;

	a->at.byte = (uint32_t)(byte < 0 ? 0 : byte > most ? most : byte);
	follow_byte(a);
}

static bool key_in_bytes(struct app *a, int key)
{
	int64_t byte = a->at.byte, row = pane->layout.per_row;
	int64_t last = (int64_t)pane->view.size - 1;

	switch (key) {
	case KEY_LEFT:
	case 'h':
		go_to_byte(a, byte - 1);
		return true;
	case KEY_RIGHT:
	case 'l':
		if (byte % row == row - 1 || byte == last)
			pane->in_fields = pane->view.items > 0;
		else
			go_to_byte(a, byte + 1);
		return true;
	case KEY_UP:
		if (byte >= row)
			go_to_byte(a, byte - row);
		return true;
	case KEY_DOWN:
	case 'j':
		if (byte / row < last / row)
			go_to_byte(a, byte + row);
		return true;
	case KEY_HOME:
		go_to_byte(a, 0);
		return true;
	default:
		return false;
	}
}

static bool key_in_fields(struct app *a, int key)
{
	const struct bytes_view *v = &pane->view;
	size_t at = a->at.field;

	switch (key) {
	case KEY_LEFT:
	case 'h':
		pane->in_fields = false;
		return true;
	case KEY_RIGHT:
	case 'l':
		for (at++; at < v->items && v->item[at].field.depth; at++)
			;
		go_to_item(a, at < v->items ? at : 0);
		return true;
	case KEY_UP:
		go_to_item(a, at ? at - 1 : 0);
		return true;
	case KEY_DOWN:
	case 'j':
		go_to_item(a, at + 1 < v->items ? at + 1 : at);
		return true;
	case KEY_HOME:
		go_to_item(a, 0);
		return true;
	default:
		return false;
	}
}

static bool key(struct app *a, int k)
{
	load(a);
	if (!pane->view.size || !pane->view.items || !pane->layout.per_row)
		return false;
	if (k == '\n' || k == '\r' || k == KEY_ENTER) {
		pane->in_fields = !pane->in_fields;
		return true;
	}
	return pane->in_fields ? key_in_fields(a, k) : key_in_bytes(a, k);
}

static void click(struct app *a, int y, int x)
{
	const struct bytes_layout *l = &pane->layout;
	int64_t first, last;
	bool letters;

	if (l->show_fields && x >= l->fields) {
		int64_t item = pane->fields_top + y;

		if (item < (int64_t)pane->view.items) {
			pane->in_fields = true;
			go_to_item(a, (size_t)item);
		}
	} else if (l->show_bytes) {
		int in_row = bytes_at_column(l, x);
		int64_t row;

		bytes_lettered_rows(&first, &last);
		row = bytes_row_of_line(pane->top + y, first, last, &letters);
		if (in_row < 0 || row * l->per_row + in_row >=
					  (int64_t)pane->view.size)
			return;
		pane->in_fields = false;
		go_to_byte(a, row * l->per_row + in_row);
	}
}

static bool mouse(struct app *a, int y, int x, mmask_t buttons)
{
	bool field = pane->layout.show_fields && x >= pane->layout.fields;

	load(a);
	if (!pane->view.size || !pane->view.items || !pane->layout.per_row)
		return false;
	if (buttons & (BUTTON4_PRESSED | BUTTON5_PRESSED)) {
		int way = buttons & BUTTON4_PRESSED ? KEY_UP : KEY_DOWN;

		return field ? key_in_fields(a, way) : key_in_bytes(a, way);
	}
	if (y < 1 || y > pane->layout.body)
		return false;
	click(a, y - 1, x);
	return true;
}

/* Text is looked for as its bytes; what the notation calls bytes, such as
 * hex(0d 0a) or "\r\n", as those. */
static bool find(struct app *a, const char *text, int way)
{
	struct value v = {0};
	struct buf needle = {0};
	uint64_t at;
	bool found;

	load(a);
	if (line_parse_value(&v, text, strlen(text), NULL) == 0 &&
		v.kind == VALUE_BYTES && value_size(&v) <= COPY_MOST)
		value_unroll(&needle, &v);
	else
		buf_text(&needle, text);
	found = bytes_view_find(&pane->view, buf_str(&needle), needle.len,
		a->at.byte, way, &at);
	if (found)
		go_to_byte(a, (int64_t)at);
	value_done(&v);
	buf_done(&needle);
	return found;
}

/* In the fields the value, in the bytes the field's bytes, as the notation
 * writes them. */
static char *copy(struct app *a)
{
	const struct bytes_item *item;
	struct buf out = {0};
	struct value v = {0};
	uint8_t *bytes;
	size_t n;

	load(a);
	if (!pane->view.size || a->at.field >= pane->view.items)
		return NULL;
	item = &pane->view.item[a->at.field];
	if (pane->in_fields && item->field.kind != FIELD_BYTES &&
		item->field.kind != FIELD_LAYER) {
		bytes_view_value(&out, &pane->view, a->at.field, a,
			false);
		return out.data;
	}
	n = item->field.length < COPY_MOST ? item->field.length : COPY_MOST;
	bytes = malloc(n ? n : 1);
	if (!bytes)
		return NULL;
	n = bytes_view_copy(&pane->view, item->field.offset, bytes, n);
	value_of_bytes(&v, bytes, n);
	value_print(&out, &v);
	value_done(&v);
	free(bytes);
	return out.data;
}

const struct pane pane_bytes = {
	.title = N_("bytes"),
	.draw = draw,
	.key = key,
	.mouse = mouse,
	.find = find,
	.copy = copy,
};
