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
#include "ui/bytes_inspect.h"
#include "ui/bytes_layout.h"
#include "ui/bytes_view.h"
#include "ui/ink.h"
#include "ui/theme.h"

#define COPY_MOST (1 << 20) /* bytes that y copies */

/* What the pane keeps between two draws: nothing that is not a view of the
 * journal and of app->at. */
static struct {
	struct bytes_view view;
	struct bytes_layout layout;
	int64_t top;        /* first line of the bytes */
	int64_t fields_top; /* first item of the fields */
	bool in_fields;
} pane;

static void follow_byte(struct app *a)
{
	size_t item = bytes_view_item_at(&pane.view, a->at.byte, a->at.field);

	a->at.field = item == SIZE_MAX ? 0 : (uint32_t)item;
}

/* Bring the view and the cursor up to date with the selection. */
static void load(struct app *a)
{
	struct bytes_view *v = &pane.view;

	if (bytes_view_load(v, a)) {
		a->at.byte = (uint32_t)bytes_view_start(v);
		a->at.field = 0;
		pane.top = pane.fields_top = 0;
		pane.in_fields = false;
		follow_byte(a);
	}
	if (v->size && a->at.byte >= v->size)
		a->at.byte = (uint32_t)v->size - 1;
	if (a->at.field >= v->items)
		follow_byte(a);
}

/* Rows that have a line of letters: first … last. */
static void lettered_rows(int64_t *first, int64_t *last)
{
	const struct bytes_view *v = &pane.view;
	int per_row = pane.layout.per_row;

	*first = 0;
	*last = -1;
	if (v->end_lettered > v->first_lettered) {
		*first = (int64_t)(v->first_lettered / (uint64_t)per_row);
		*last = (int64_t)((v->end_lettered - 1) / (uint64_t)per_row);
	}
}

/* Write text at y, x in at most so many cells; what was cut shows it. */
static void put(WINDOW *w, int y, int x, int cells, int style,
	const char *text)
{
	struct ink k = {0};

	if (cells <= 0)
		return;
	ink_text(&k, style, text);
	ink_cut(&k, cells);
	ink_draw(w, y, x, cells, &k, 0);
	ink_done(&k);
}

static int letter_style(struct app *a, uint32_t send)
{
	return ink_letter(scene_send(a->scene, send)->letter);
}

static int byte_style(struct app *a, uint64_t offset, bool focused)
{
	const struct bytes_view *v = &pane.view;
	uint32_t owner;

	if (offset == a->at.byte && focused && !pane.in_fields)
		return THEME_SELECTED;
	if (a->at.field < v->items) {
		const struct field *f = &v->item[a->at.field].field;

		if (offset >= f->offset && offset - f->offset < f->length)
			return THEME_LIT;
	}
	owner = bytes_view_owner(v, offset);
	return owner != SCENE_NONE ? letter_style(a, owner) : THEME_PLAIN;
}

static void draw_row(struct app *a, WINDOW *w, int y, uint64_t begin,
	bool focused)
{
	const struct bytes_layout *l = &pane.layout;
	const struct bytes_view *v = &pane.view;
	struct buf b = {0};

	buf_printf(&b, "%0*" PRIx64, l->digits, begin);
	put(w, y, 1, l->digits, THEME_DIM, buf_str(&b));
	for (int i = 0; i < l->per_row && begin + (uint64_t)i < v->size; i++) {
		uint8_t byte = bytes_view_at(v, begin + (uint64_t)i);
		int style = byte_style(a, begin + (uint64_t)i, focused);

		buf_clear(&b);
		buf_printf(&b, "%02x", byte);
		put(w, y, bytes_hex_column(l, i), 2, style, buf_str(&b));
		buf_clear(&b);
		text_symbol(&b, byte, a->ascii);
		put(w, y, bytes_text_column(l, i), 1, style, buf_str(&b));
	}
	buf_done(&b);
}

static void draw_letters(struct app *a, WINDOW *w, int y, uint64_t begin)
{
	const struct bytes_layout *l = &pane.layout;

	for (int i = 0; i < l->per_row; i++) {
		uint32_t owner = bytes_view_owner(&pane.view,
			begin + (uint64_t)i);
		char name[8];
		int style;

		if (owner == SCENE_NONE)
			continue;
		style = letter_style(a, owner);
		scene_letter(name, scene_send(a->scene, owner)->letter);
		ink_put(w, y, bytes_hex_column(l, i), 2, style, name);
		ink_put(w, y, bytes_text_column(l, i), 1, style, name);
	}
}

static void draw_bytes(struct app *a, WINDOW *w, bool focused)
{
	const struct bytes_layout *l = &pane.layout;
	const struct bytes_view *v = &pane.view;
	uint64_t per_row = (uint64_t)l->per_row;
	int64_t rows = (int64_t)((v->size + per_row - 1) / per_row);
	int64_t first, last, all, at;

	lettered_rows(&first, &last);
	all = bytes_line_of_row(rows, first, last);
	at = bytes_line_of_row((int64_t)(a->at.byte / per_row), first, last);
	pane.top = bytes_scroll(pane.top, at,
		bytes_line_of_row((int64_t)(a->at.byte / per_row) + 1, first,
			last) - at, all, l->body);
	for (int y = 0; y < l->body && pane.top + y < all; y++) {
		bool letters;
		int64_t row = bytes_row_of_line(pane.top + y, first, last,
			&letters);

		if (letters)
			draw_letters(a, w, 1 + y, (uint64_t)row * per_row);
		else
			draw_row(a, w, 1 + y, (uint64_t)row * per_row,
				focused);
	}
}

static int item_style(struct app *a, const struct bytes_item *item)
{
	if (item->send != SCENE_NONE)
		return letter_style(a, item->send);
	if (item->field.note == FIELD_SUM_BAD ||
		item->field.note == FIELD_TOO_SHORT)
		return THEME_TROUBLE;
	return item->field.kind == FIELD_LAYER ? THEME_STRONG : THEME_PLAIN;
}

/* The name on the left, the value on the right; the value may have two
 * thirds of the line. */
static void draw_item(struct app *a, WINDOW *w, int y, size_t i, bool focused)
{
	const struct bytes_layout *l = &pane.layout;
	const struct bytes_item *item = &pane.view.item[i];
	int width = l->fields_width - 1, style = item_style(a, item);
	struct buf name = {0}, value = {0};
	struct ink k = {0};

	if (i == a->at.field)
		style = focused && pane.in_fields ? THEME_SELECTED : THEME_LIT;
	bytes_view_name(&name, &pane.view, i, a);
	bytes_view_value(&value, &pane.view, i, a, false);
	if (i != a->at.field && text_cells(buf_str(&value), value.len) +
			text_cells(buf_str(&name), name.len) + 2 > width) {
		buf_clear(&value);
		bytes_view_value(&value, &pane.view, i, a, true);
	}
	for (int depth = item->field.depth; depth > 0; depth--)
		ink_text(&k, style, " ");
	ink_text(&k, style, buf_str(&name));
	if (value.len) {
		int room = width - text_cells(value.data, value.len);

		if (room < width / 3)
			room = width / 3;
		ink_cut(&k, room - 1);
		for (int x = ink_cells(&k); x < room; x++)
			ink_text(&k, style, " ");
		ink_text(&k, style, buf_str(&value));
	}
	ink_cut(&k, width);
	ink_draw(w, y, l->fields, width, &k, 0);
	ink_done(&k);
	buf_done(&name);
	buf_done(&value);
}

static void draw_fields(struct app *a, WINDOW *w, bool focused)
{
	const struct bytes_layout *l = &pane.layout;
	int64_t all = (int64_t)pane.view.items;

	pane.fields_top = bytes_scroll(pane.fields_top, a->at.field, 1, all,
		l->body);
	for (int y = 0; y < l->body && pane.fields_top + y < all; y++)
		draw_item(a, w, 1 + y, (size_t)(pane.fields_top + y), focused);
}

static void draw_inspector(struct app *a, WINDOW *w, int columns)
{
	const struct bytes_layout *l = &pane.layout;
	/* Three bytes before the cursor may belong to its letter. */
	uint64_t back = a->at.byte < 3 ? a->at.byte : 3;
	uint8_t bytes[3 + 8];
	size_t n = bytes_view_copy(&pane.view, a->at.byte - back, bytes,
		(size_t)back + 8);
	struct inspect x;

	inspect_read(&x, bytes, n, (size_t)back);
	for (int i = 0; i < l->inspector; i++) {
		struct buf b = {0};

		inspect_line(&b, &x, i, l->inspector, a->ascii);
		put(w, 1 + l->body + i, 1, columns - 1, THEME_PLAIN,
			buf_str(&b));
		buf_done(&b);
	}
}

static void draw_heading(struct app *a, WINDOW *w, int columns, bool focused)
{
	const char *other = pane.in_fields ? _("Enter bytes")
					   : _("Enter fields");
	int cells = text_cells(other, strlen(other));
	struct buf b = {0};

	bytes_view_heading(&b, &pane.view, a);
	if (pane.view.size) {
		buf_printf(&b, " %s ", theme_sign(SIGN_DOT));
		buf_printf(&b, _("at byte %" PRIu32), a->at.byte);
	}
	put(w, 0, 1, columns - 2, THEME_STRONG, buf_str(&b));
	if (focused && text_cells(buf_str(&b), b.len) + cells + 4 < columns)
		put(w, 0, columns - cells - 1, cells, THEME_DIM, other);
	buf_done(&b);
}

static void draw(struct app *a, WINDOW *w, bool focused)
{
	struct bytes_layout *l = &pane.layout;
	int lines, columns;

	getmaxyx(w, lines, columns);
	load(a);
	bytes_layout(l, lines, columns, pane.view.size, pane.in_fields);
	draw_heading(a, w, columns, focused);
	if (pane.view.missing) {
		put(w, lines > 2, 1, columns - 2, THEME_DIM,
			_(pane.view.missing));
		return;
	}
	if (l->show_bytes)
		draw_bytes(a, w, focused);
	for (int y = 0; l->bar >= 0 && y < l->body; y++)
		put(w, 1 + y, l->bar, 1, THEME_DIM, theme_sign(SIGN_VERTICAL));
	if (l->show_fields)
		draw_fields(a, w, focused);
	draw_inspector(a, w, columns);
}

/* ---- moving ---- */

static void go_to_item(struct app *a, size_t item)
{
	const struct field *f = &pane.view.item[item].field;

	a->at.field = (uint32_t)item;
	if (a->at.byte < f->offset || a->at.byte - f->offset >= f->length)
		a->at.byte = f->offset;
	if (a->at.byte >= pane.view.size)
		a->at.byte = (uint32_t)pane.view.size - 1;
}

static void go_to_byte(struct app *a, int64_t byte)
{
	int64_t most = (int64_t)pane.view.size - 1;

	a->at.byte = (uint32_t)(byte < 0 ? 0 : byte > most ? most : byte);
	follow_byte(a);
}

static bool key_in_bytes(struct app *a, int key)
{
	int64_t byte = a->at.byte, row = pane.layout.per_row;
	int64_t last = (int64_t)pane.view.size - 1;

	switch (key) {
	case KEY_LEFT:
	case 'h':
		go_to_byte(a, byte - 1);
		return true;
	case KEY_RIGHT:
	case 'l':
		if (byte % row == row - 1 || byte == last)
			pane.in_fields = pane.view.items > 0;
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
	const struct bytes_view *v = &pane.view;
	size_t at = a->at.field;

	switch (key) {
	case KEY_LEFT:
	case 'h':
		pane.in_fields = false;
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
	if (!pane.view.size || !pane.view.items || !pane.layout.per_row)
		return false;
	if (k == '\n' || k == '\r' || k == KEY_ENTER) {
		pane.in_fields = !pane.in_fields;
		return true;
	}
	return pane.in_fields ? key_in_fields(a, k) : key_in_bytes(a, k);
}

static void click(struct app *a, int y, int x)
{
	const struct bytes_layout *l = &pane.layout;
	int64_t first, last;
	bool letters;

	if (l->show_fields && x >= l->fields) {
		int64_t item = pane.fields_top + y;

		if (item < (int64_t)pane.view.items) {
			pane.in_fields = true;
			go_to_item(a, (size_t)item);
		}
	} else if (l->show_bytes) {
		int in_row = bytes_at_column(l, x);
		int64_t row;

		lettered_rows(&first, &last);
		row = bytes_row_of_line(pane.top + y, first, last, &letters);
		if (in_row < 0 || row * l->per_row + in_row >=
					  (int64_t)pane.view.size)
			return;
		pane.in_fields = false;
		go_to_byte(a, row * l->per_row + in_row);
	}
}

static bool mouse(struct app *a, int y, int x, mmask_t buttons)
{
	bool field = pane.layout.show_fields && x >= pane.layout.fields;

	load(a);
	if (!pane.view.size || !pane.view.items || !pane.layout.per_row)
		return false;
	if (buttons & (BUTTON4_PRESSED | BUTTON5_PRESSED)) {
		int way = buttons & BUTTON4_PRESSED ? KEY_UP : KEY_DOWN;

		return field ? key_in_fields(a, way) : key_in_bytes(a, way);
	}
	if (y < 1 || y > pane.layout.body)
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
	found = bytes_view_find(&pane.view, buf_str(&needle), needle.len,
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
	if (!pane.view.size || a->at.field >= pane.view.items)
		return NULL;
	item = &pane.view.item[a->at.field];
	if (pane.in_fields && item->field.kind != FIELD_BYTES &&
		item->field.kind != FIELD_LAYER) {
		bytes_view_value(&out, &pane.view, a->at.field, a,
			false);
		return out.data;
	}
	n = item->field.length < COPY_MOST ? item->field.length : COPY_MOST;
	bytes = malloc(n ? n : 1);
	if (!bytes)
		return NULL;
	n = bytes_view_copy(&pane.view, item->field.offset, bytes, n);
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
