/*
 * reader: the only way to read a packet's bytes.
 *
 * A read beyond the end gives 0 and sets short_of; the position stays. So a
 * decoder may read on and ask once, at the end.
 */
#ifndef PACKET_READER_H
#define PACKET_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reader {
	const uint8_t *base;
	size_t at, end;  /* next byte; one behind the last that may be read */
	bool short_of;   /* somebody asked for more than there is */
};

static inline struct reader reader_of(const void *p, size_t n)
{
	return (struct reader){.base = p, .at = 0, .end = n};
}

static inline size_t reader_left(const struct reader *r)
{
	return r->end - r->at;
}

/* Borrow n bytes and step over them, or NULL. */
static inline const uint8_t *reader_bytes(struct reader *r, size_t n)
{
	const uint8_t *p = r->base + r->at;

	if (n > r->end - r->at) {
		r->short_of = true;
		return NULL;
	}
	r->at += n;
	return p;
}

static inline uint8_t reader_u8(struct reader *r)
{
	const uint8_t *p = reader_bytes(r, 1);

	return p ? p[0] : 0;
}

static inline uint16_t reader_be16(struct reader *r)
{
	const uint8_t *p = reader_bytes(r, 2);

	return p ? (uint16_t)(p[0] << 8 | p[1]) : 0;
}

static inline uint32_t reader_be32(struct reader *r)
{
	const uint8_t *p = reader_bytes(r, 4);

	return p ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
			(uint32_t)p[2] << 8 | p[3]
		 : 0;
}

static inline uint16_t reader_le16(struct reader *r)
{
	const uint8_t *p = reader_bytes(r, 2);

	return p ? (uint16_t)(p[1] << 8 | p[0]) : 0;
}

static inline uint32_t reader_le32(struct reader *r)
{
	const uint8_t *p = reader_bytes(r, 4);

	return p ? (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 |
			(uint32_t)p[1] << 8 | p[0]
		 : 0;
}

#endif
