/*
 * bytes_layout: where things stand in the bytes pane. Pure arithmetic.
 *
 * A *row* is as many bytes as stand side by side; a *line* is a line of the
 * pane. A row takes one line, or two when its bytes have letters: the letters
 * stand below. Rows with letters lie next to each other (a payload).
 */
#ifndef UI_BYTES_LAYOUT_H
#define UI_BYTES_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

struct bytes_layout {
	int body;          /* lines of hex and fields, below the heading */
	int inspector;     /* lines of the inspector: 0, 1, 2 or 4 */
	int per_row;       /* bytes a row: 4, 8 or 16 */
	int digits;        /* of an offset */
	int hex, text;     /* columns where they begin */
	int bar;           /* column of the bar before the fields; -1: only one
			      half is drawn */
	int fields, fields_width;
	bool show_bytes, show_fields;
};

/* For a pane of so many lines and columns that shows size bytes. */
void bytes_layout(struct bytes_layout *l, int lines, int columns,
	uint64_t size, bool in_fields);

/* Column of byte i of a row, in hex and in text. */
int bytes_hex_column(const struct bytes_layout *l, int i);
int bytes_text_column(const struct bytes_layout *l, int i);

/* Which byte of the row a column means, or -1. */
int bytes_at_column(const struct bytes_layout *l, int column);

/* Lines above row, when rows first … last (none: first > last) take two. */
int64_t bytes_line_of_row(int64_t row, int64_t first, int64_t last);

/* The row that a line belongs to; *letters: it is the line of its letters. */
int64_t bytes_row_of_line(int64_t line, int64_t first, int64_t last,
	bool *letters);

/* The first line to draw so that lines at … at+need-1 of all are seen in
 * height, moving as little as can be from top. */
int64_t bytes_scroll(int64_t top, int64_t at, int need, int64_t all,
	int height);

#endif
