/* bytes_draw: the bytes pane, drawn. */
#include "ui/bytes_pane.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "scene/scene.h"
#include "ui/app.h"
#include "ui/bytes_inspect.h"
#include "ui/ink.h"
#include "ui/theme.h"

static struct bytes_pane *const pane = &bytes_pane;

void bytes_lettered_rows(int64_t *first, int64_t *last)
{
	const struct bytes_view *v = &pane->view;
	int per_row = pane->layout.per_row;

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
	const struct bytes_view *v = &pane->view;
	uint32_t owner;

	if (offset == a->at.byte && focused && !pane->in_fields)
		return THEME_SELECTED;
	if (bytes_view_changed(v, offset))
		return THEME_TROUBLE;
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
	const struct bytes_layout *l = &pane->layout;
	const struct bytes_view *v = &pane->view;
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
	const struct bytes_layout *l = &pane->layout;

	for (int i = 0; i < l->per_row; i++) {
		uint32_t owner = bytes_view_owner(&pane->view,
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
	const struct bytes_layout *l = &pane->layout;
	const struct bytes_view *v = &pane->view;
	uint64_t per_row = (uint64_t)l->per_row;
	int64_t rows = (int64_t)((v->size + per_row - 1) / per_row);
	int64_t first, last, all, at;

	bytes_lettered_rows(&first, &last);
	all = bytes_line_of_row(rows, first, last);
	at = bytes_line_of_row((int64_t)(a->at.byte / per_row), first, last);
	pane->top = bytes_scroll(pane->top, at,
		bytes_line_of_row((int64_t)(a->at.byte / per_row) + 1, first,
			last) - at, all, l->body);
	for (int y = 0; y < l->body && pane->top + y < all; y++) {
		bool letters;
		int64_t row = bytes_row_of_line(pane->top + y, first, last,
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

/* Whether the wire has changed one of its bytes: then a sign says so. */
static bool is_changed(const struct bytes_item *item)
{
	if (!pane->view.original || item->field.kind == FIELD_LAYER)
		return false;
	for (uint32_t i = 0; i < item->field.length; i++)
		if (bytes_view_changed(&pane->view, item->field.offset + i))
			return true;
	return false;
}

/* The name on the left, the value on the right; the value may have two
 * thirds of the line. */
static void draw_item(struct app *a, WINDOW *w, int y, size_t i, bool focused)
{
	const struct bytes_layout *l = &pane->layout;
	const struct bytes_item *item = &pane->view.item[i];
	int width = l->fields_width - 1, style = item_style(a, item);
	struct buf name = {0}, value = {0};
	struct ink k = {0};

	if (i == a->at.field)
		style = focused && pane->in_fields ? THEME_SELECTED : THEME_LIT;
	bytes_view_name(&name, &pane->view, i, a);
	bytes_view_value(&value, &pane->view, i, a, false);
	if (i != a->at.field && text_cells(buf_str(&value), value.len) +
			text_cells(buf_str(&name), name.len) + 2 > width) {
		buf_clear(&value);
		bytes_view_value(&value, &pane->view, i, a, true);
	}
	for (int depth = item->field.depth; depth > 0; depth--)
		ink_text(&k, style, depth == 1 && is_changed(item) ?
			theme_sign(SIGN_MADE) : " ");
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
	const struct bytes_layout *l = &pane->layout;
	int64_t all = (int64_t)pane->view.items;

	pane->fields_top = bytes_scroll(pane->fields_top, a->at.field, 1, all,
		l->body);
	for (int y = 0; y < l->body && pane->fields_top + y < all; y++)
		draw_item(a, w, 1 + y, (size_t)(pane->fields_top + y), focused);
}

static void draw_inspector(struct app *a, WINDOW *w, int columns)
{
	const struct bytes_layout *l = &pane->layout;
	/* Three bytes before the cursor may belong to its letter. */
	uint64_t back = a->at.byte < 3 ? a->at.byte : 3;
	uint8_t bytes[3 + 8];
	size_t n = bytes_view_copy(&pane->view, a->at.byte - back, bytes,
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
	const char *other = pane->in_fields ? _("Enter bytes")
					   : _("Enter fields");
	int cells = text_cells(other, strlen(other));
	struct buf b = {0};

	bytes_view_heading(&b, &pane->view, a);
	if (pane->view.size) {
		buf_printf(&b, " %s ", theme_sign(SIGN_DOT));
		buf_printf(&b, _("at byte %" PRIu32), a->at.byte);
	}
	put(w, 0, 1, columns - 2, THEME_STRONG, buf_str(&b));
	if (focused && text_cells(buf_str(&b), b.len) + cells + 4 < columns)
		put(w, 0, columns - cells - 1, cells, THEME_DIM, other);
	buf_done(&b);
}

void bytes_draw(struct app *a, WINDOW *w, bool focused)
{
	struct bytes_layout *l = &pane->layout;
	int lines, columns;

	getmaxyx(w, lines, columns);
	bytes_layout(l, lines, columns, pane->view.size, pane->in_fields);
	draw_heading(a, w, columns, focused);
	if (pane->view.missing) {
		put(w, lines > 2, 1, columns - 2, THEME_DIM,
			_(pane->view.missing));
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
