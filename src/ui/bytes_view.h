/*
 * bytes_view: what the bytes pane shows: the bytes of a frame or of a call,
 * taken apart.
 *
 * An *item* is a line of the list beside the bytes: a field of the frame, or
 * a run of bytes that one send wrote. Items are in the order of their bytes,
 * the outer before the inner.
 */
#ifndef UI_BYTES_VIEW_H
#define UI_BYTES_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "call/value.h"
#include "packet/fields.h"

struct app;
struct scene;

struct bytes_item {
	struct field field;
	uint32_t send; /* a run: the send that wrote it; else SCENE_NONE */
	int piece;     /* a buffer of a call that has several, from 1; else 0 */
};

struct bytes_view {
	/* What it was made for. */
	const struct scene *scene;
	uint32_t frame, call, now;
	bool returned, kernel_view;

	const uint8_t *base; /* the bytes repeat with this period … */
	size_t period;
	uint64_t size;       /* … up to this many */
	const uint8_t *original; /* of a frame that the wire corrupted: as many
				    bytes as it was before; else NULL */
	struct value value;  /* of a call: owns base */
	const char *missing; /* why there is nothing, a sentence; or NULL */

	struct bytes_item *item;
	size_t items, cap;
	uint64_t first_lettered, end_lettered; /* bytes that have letters */
};

/*
 * Make v show what is selected in a. Work is done only when that has changed.
 * True when it shows something else than before: the cursor starts anew.
 */
bool bytes_view_load(struct bytes_view *v, struct app *a);

uint8_t bytes_view_at(const struct bytes_view *v, uint64_t offset);

/* Whether the wire has changed this byte. */
bool bytes_view_changed(const struct bytes_view *v, uint64_t offset);

/* Copy up to n bytes from offset on; returns how many. */
size_t bytes_view_copy(const struct bytes_view *v, uint64_t offset, void *out,
	size_t n);

/* The innermost item at a byte; the current one when that is as good (bits of
 * one byte). SIZE_MAX when there is none. */
size_t bytes_view_item_at(const struct bytes_view *v, uint64_t offset,
	size_t current);

/* The send that wrote a byte, SCENE_NONE when it has no letter. */
uint32_t bytes_view_owner(const struct bytes_view *v, uint64_t offset);

/* Where the cursor starts: bytes with letters, else the innermost layer. */
uint64_t bytes_view_start(const struct bytes_view *v);

/*
 * The next place of needle from a byte on, way +1 or -1, around the end.
 * False when it is nowhere.
 */
bool bytes_view_find(const struct bytes_view *v, const void *needle, size_t n,
	uint64_t from, int way, uint64_t *at);

/* The heading: "frame 4, client, 65 bytes"; the name and the value of an
 * item, as a person reads them. brief: a sequence number without the absolute
 * one behind it. */
void bytes_view_heading(struct buf *b, struct bytes_view *v, struct app *a);
void bytes_view_name(struct buf *b, const struct bytes_view *v, size_t item,
	struct app *a);
void bytes_view_value(struct buf *b, const struct bytes_view *v, size_t item,
	struct app *a, bool brief);

#endif
