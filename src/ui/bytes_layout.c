/* bytes_layout: where things stand in the bytes pane. */
#include "ui/bytes_layout.h"

#define MARGIN 1
#define FIELDS_LEAST 23 /* cells; below that the halves take turns */

static int hex_width(int per_row)
{
	return per_row * 3 - 1 + (per_row > 8);
}

static int left_width(int per_row, int digits)
{
	return MARGIN + digits + 2 + hex_width(per_row) + 2 + per_row;
}

static void share_lines(struct bytes_layout *l, int lines)
{
	int rest = lines - 1; /* the heading */

	if (rest >= 14)
		l->inspector = 4;
	else if (rest >= 8)
		l->inspector = 2;
	else if (rest >= 4)
		l->inspector = 1;
	l->body = rest - l->inspector;
	if (l->body < 0)
		l->body = 0;
}

void bytes_layout(struct bytes_layout *l, int lines, int columns,
	uint64_t size, bool in_fields)
{
	*l = (struct bytes_layout){.digits = 4, .bar = -1};
	share_lines(l, lines);
	while (l->digits < 8 && size > UINT64_C(1) << 4 * l->digits)
		l->digits++;
	l->per_row = 16;
	if (columns < left_width(16, l->digits) + 3 + FIELDS_LEAST)
		l->per_row = 8;
	if (columns < left_width(8, l->digits))
		l->per_row = 4;
	l->hex = MARGIN + l->digits + 2;
	l->text = l->hex + hex_width(l->per_row) + 2;
	l->bar = left_width(l->per_row, l->digits) + 1;
	l->fields = l->bar + 2;
	l->show_bytes = l->show_fields = true;
	if (columns - l->fields < FIELDS_LEAST) {
		l->bar = -1;
		l->fields = MARGIN;
		l->show_bytes = !in_fields;
		l->show_fields = in_fields;
	}
	l->fields_width = columns - l->fields;
}

int bytes_hex_column(const struct bytes_layout *l, int i)
{
	return l->hex + i * 3 + (i >= 8);
}

int bytes_text_column(const struct bytes_layout *l, int i)
{
	return l->text + i;
}

int bytes_at_column(const struct bytes_layout *l, int column)
{
	for (int i = 0; i < l->per_row; i++) {
		int x = bytes_hex_column(l, i);

		if (column == x || column == x + 1 ||
			column == bytes_text_column(l, i))
			return i;
	}
	return -1;
}

int64_t bytes_line_of_row(int64_t row, int64_t first, int64_t last)
{
	if (first > last || row <= first)
		return row;
	if (row > last)
		return row + (last - first + 1);
	return row + (row - first);
}

int64_t bytes_row_of_line(int64_t line, int64_t first, int64_t last,
	bool *letters)
{
	*letters = false;
	if (first > last || line < first)
		return line;
	if (line < first + 2 * (last - first + 1)) {
		*letters = (line - first) % 2;
		return first + (line - first) / 2;
	}
	return line - (last - first + 1);
}

int64_t bytes_scroll(int64_t top, int64_t at, int need, int64_t all,
	int height)
{
	if (top > all - height)
		top = all - height;
	if (top < 0)
		top = 0;
	if (at + need > top + height)
		top = at + need - height;
	if (at < top)
		top = at;
	return top;
}
