/*
 * spans: where decoders put their fields.
 *
 * A decoder takes one field after the other off the front of what is left. A
 * *heading* covers fields that come behind it; all others are *leaves*, and
 * leaves cover each byte once (but for bit fields, which share their bytes).
 */
#ifndef PACKET_SPANS_H
#define PACKET_SPANS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "packet/fields.h"
#include "packet/reader.h"

struct spans {
	struct field *out;
	size_t max, count;
	struct reader r;      /* its end may be before the frame's */
	size_t len;           /* of the frame */
	size_t covered;       /* bytes of the frame that leaves cover so far */
	uint8_t depth;        /* of the fields that are taken */
	bool full;            /* the last field spans the rest already */
	bool wrong;           /* a length contradicts itself: stop decoding */
	struct field scratch; /* what is handed out when there is no room */
};

/*
 * Begin a heading at the next byte, at the depth of now; its fields are one
 * deeper. spans_end gives it its length. The field may be written to until
 * the decoder ends.
 */
struct field *spans_begin(struct spans *s, const char *name);
void spans_end(struct spans *s, struct field *heading);

/*
 * Take a leaf of n bytes; its value is set when n is at most 8. When fewer are
 * left it is what is left, as FIELD_BYTES and noted FIELD_TOO_SHORT, and
 * nothing more can be taken. Never NULL.
 */
struct field *spans_take(struct spans *s, const char *name, size_t n,
	enum field_kind kind);

/*
 * A bit field, bits wide, beginning bit bits from the highest of the next n
 * bytes, which spans_skip steps over when all their bit fields are there.
 */
struct field *spans_bits(struct spans *s, const char *name, size_t n, int bit,
	int bits, enum field_kind kind);
void spans_skip(struct spans *s, size_t n);

/* Take all up to the reader's end, when it is something. */
struct field *spans_take_rest(struct spans *s, const char *name);

#endif
