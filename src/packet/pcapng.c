/*
 * pcapng: blocks to bytes and back.
 *
 * A block is type, length, body, length again; a body ends in options (code,
 * length, value, padded to 4 bytes). Numbers are in the byte order of the
 * section: ours are little-endian, and a section of the other order is called
 * swapped.
 */
#include "packet/pcapng.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "packet/reader.h"

enum {
	BYTE_ORDER_MAGIC = 0x1a2b3c4d,
	AROUND_BODY = 12,       /* type, length; the length again */
	PACKET_FIXED = 20,      /* interface … original length */
	PACKET_FLAGS_SIZE = 8,  /* our epb_flags, with its head */
	OPTION_HEAD = 4,
	COMMENT_MAX = 65535 & ~3,
};

enum {
	OPT_END = 0,
	OPT_COMMENT = 1,
	OPT_SHB_APPLICATION = 4,
	OPT_IF_NAME = 2,
	OPT_IF_TSRESOL = 9,
	OPT_EPB_FLAGS = 2,
};

static size_t padded(size_t n)
{
	return (n + 3) & ~(size_t)3;
}

/* ---- writing --------------------------------------------------------- */

static uint8_t *put16(uint8_t *p, uint16_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
	return p + 2;
}

static uint8_t *put32(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
	p[2] = (uint8_t)(v >> 16);
	p[3] = (uint8_t)(v >> 24);
	return p + 4;
}

static uint8_t *put_padded(uint8_t *p, const void *data, size_t n)
{
	if (n)
		memcpy(p, data, n);
	memset(p + n, 0, padded(n) - n);
	return p + padded(n);
}

static uint8_t *put_option(uint8_t *p, uint16_t code, const void *data,
	size_t n)
{
	p = put16(p, code);
	p = put16(p, (uint16_t)n);
	return put_padded(p, data, n);
}

/* Names in a header are short; what is longer than this is cut. */
enum { NAME_MAX_BYTES = 255 };

static size_t name_length(const char *s)
{
	return strnlen(s, NAME_MAX_BYTES);
}

static void add_block(struct buf *b, uint32_t type, uint8_t *block,
	uint8_t *end)
{
	uint32_t length = (uint32_t)(end - block) + 4;

	put32(block, type);
	put32(block + 4, length);
	put32(end, length);
	buf_add(b, block, length);
}

void pcapng_put_section(struct buf *b, const char *application)
{
	uint8_t block[64 + NAME_MAX_BYTES], *p = block + 8;

	p = put32(p, BYTE_ORDER_MAGIC);
	p = put16(p, 1); /* version 1.0 */
	p = put16(p, 0);
	p = put32(p, UINT32_MAX); /* the section's length is not known */
	p = put32(p, UINT32_MAX);
	p = put_option(p, OPT_SHB_APPLICATION, application,
		name_length(application));
	p = put_option(p, OPT_END, NULL, 0);
	add_block(b, PCAPNG_SECTION, block, p);
}

void pcapng_put_interface(struct buf *b, const char *name, uint16_t link)
{
	uint8_t block[64 + NAME_MAX_BYTES], *p = block + 8;
	const uint8_t nanoseconds = 9; /* 10 to the power of -9 */

	p = put16(p, link);
	p = put16(p, 0);
	p = put32(p, 0); /* no limit of a packet's length */
	p = put_option(p, OPT_IF_NAME, name, name_length(name));
	p = put_option(p, OPT_IF_TSRESOL, &nanoseconds, 1);
	p = put_option(p, OPT_END, NULL, 0);
	add_block(b, PCAPNG_INTERFACE, block, p);
}

static size_t comment_kept(size_t n)
{
	return n < COMMENT_MAX ? n : COMMENT_MAX;
}

size_t pcapng_packet_size(size_t len, size_t comment_len)
{
	size_t size = AROUND_BODY + PACKET_FIXED + padded(len) +
		PACKET_FLAGS_SIZE + OPTION_HEAD;

	if (comment_len)
		size += OPTION_HEAD + padded(comment_kept(comment_len));
	return size;
}

void pcapng_write_packet(uint8_t *out, uint32_t interface, int64_t time,
	enum pcapng_way way, const void *head, size_t head_len,
	const void *body, size_t body_len, const char *comment)
{
	size_t len = head_len + body_len;
	size_t comment_len = comment ? strlen(comment) : 0;
	uint32_t size = (uint32_t)pcapng_packet_size(len, comment_len);
	uint8_t *p = put32(out + 4, size);

	p = put32(p, interface);
	p = put32(p, (uint32_t)((uint64_t)time >> 32));
	p = put32(p, (uint32_t)time);
	p = put32(p, (uint32_t)len);
	p = put32(p, (uint32_t)len);
	if (head_len)
		memcpy(p, head, head_len);
	if (body_len)
		memcpy(p + head_len, body, body_len);
	memset(p + len, 0, padded(len) - len);
	p += padded(len);
	if (comment_len)
		p = put_option(p, OPT_COMMENT, comment,
			comment_kept(comment_len));
	p = put16(p, OPT_EPB_FLAGS);
	p = put16(p, 4);
	p = put32(p, way); /* the enum has the numbers of the format */
	p = put32(p, OPT_END);
	put32(p, size);
}

/* ---- reading --------------------------------------------------------- */

static uint16_t get16(struct reader *r, bool swapped)
{
	return swapped ? reader_be16(r) : reader_le16(r);
}

static uint32_t get32(struct reader *r, bool swapped)
{
	return swapped ? reader_be32(r) : reader_le32(r);
}

/*
 * A block's type, little-endian. The file may be growing under our eyes: its
 * writer stores the type last, so what is read behind this is whole.
 */
static uint32_t load_type(const uint8_t *p)
{
	struct reader r = reader_of(p, 4);
	uint32_t type = reader_le32(&r);

	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	return type;
}

/* The next option: its value is borrowed from r, its length in *n. Returns its
 * code; OPT_END at the end, also when the options just stop. */
static uint16_t next_option(struct reader *r, bool swapped,
	const uint8_t **value, size_t *n)
{
	uint16_t code;

	if (reader_left(r) < OPTION_HEAD)
		return OPT_END;
	code = get16(r, swapped);
	*n = get16(r, swapped);
	*value = reader_bytes(r, *n);
	if (*value)
		reader_bytes(r, padded(*n) - *n);
	return r->short_of ? OPT_END : code;
}

/* Time units per second of an if_tsresol: 10 or 2 to the power of its low
 * bits. 0 when the number would not fit. */
static uint64_t units_of(uint8_t resolution)
{
	uint64_t units = 1;
	int power = resolution & 0x7f;

	if (resolution & 0x80)
		return power < 64 ? UINT64_C(1) << power : 0;
	if (power > 19)
		return 0;
	while (power--)
		units *= 10;
	return units;
}

static int read_section(struct reader *r, bool swapped)
{
	get32(r, swapped); /* the magic: pcapng_read has looked at it */
	if (get16(r, swapped) != 1)
		return -EINVAL;
	get16(r, swapped);
	get32(r, swapped);
	get32(r, swapped);
	return r->short_of ? -EINVAL : 1;
}

static int read_interface(struct pcapng_block *out, struct reader *r,
	bool swapped)
{
	const uint8_t *value;
	uint16_t code;
	size_t n;

	out->link = get16(r, swapped);
	get16(r, swapped);
	get32(r, swapped);
	out->units = 1000000;
	while ((code = next_option(r, swapped, &value, &n)) != OPT_END) {
		if (code == OPT_IF_NAME && !out->name) {
			out->name = (const char *)value;
			out->name_len = n;
		} else if (code == OPT_IF_TSRESOL) {
			if (n != 1 || !units_of(*value))
				return -EINVAL;
			out->units = units_of(*value);
		}
	}
	return r->short_of ? -EINVAL : 1;
}

static int read_packet(struct pcapng_block *out, struct reader *r,
	bool swapped)
{
	const uint8_t *value;
	uint16_t code;
	size_t n;

	out->interface = get32(r, swapped);
	out->time = (uint64_t)get32(r, swapped) << 32;
	out->time |= get32(r, swapped);
	out->len = get32(r, swapped);
	out->original_len = get32(r, swapped);
	out->data = reader_bytes(r, out->len);
	if (out->data)
		reader_bytes(r, padded(out->len) - out->len);
	while (!r->short_of &&
		(code = next_option(r, swapped, &value, &n)) != OPT_END) {
		if (code == OPT_COMMENT && !out->comment) {
			out->comment = (const char *)value;
			out->comment_len = n;
		} else if (code == OPT_EPB_FLAGS) {
			struct reader flags = reader_of(value, n);
			uint32_t way = get32(&flags, swapped) & 3;

			if (flags.short_of)
				return -EINVAL;
			out->way = way == 3 ? PCAPNG_UNKNOWN : way;
		}
	}
	return r->short_of ? -EINVAL : 1;
}

/* Whether a block begins at p, n bytes from the end of the file, and in which
 * order its numbers are. 1, 0 when there is none yet, or -EINVAL. */
static int begin_block(const uint8_t *p, uint64_t n, uint32_t *type,
	bool *swapped)
{
	struct reader magic;
	uint64_t i;

	if (n < 4) {
		for (i = 0; i < n; i++)
			if (p[i])
				return -EINVAL;
		return 0;
	}
	*type = load_type(p);
	if (*type == 0)
		return 0;
	if (n < AROUND_BODY)
		return -EINVAL;
	if (*type != PCAPNG_SECTION) {
		if (*swapped)
			*type = __builtin_bswap32(*type);
		return 1;
	}
	magic = reader_of(p + 8, 4);
	switch (reader_le32(&magic)) {
	case BYTE_ORDER_MAGIC:
		*swapped = false;
		return 1;
	case 0x4d3c2b1a:
		*swapped = true;
		return 1;
	}
	return -EINVAL;
}

int pcapng_read(struct pcapng_block *out, const uint8_t *file, uint64_t size,
	uint64_t offset, bool *swapped)
{
	uint64_t left = offset < size ? size - offset : 0;
	uint32_t type, again;
	struct reader r;
	int begun;

	memset(out, 0, sizeof(*out));
	begun = left ? begin_block(file + offset, left, &type, swapped) : 0;
	if (begun <= 0)
		return begun;
	r = reader_of(file + offset, left);
	r.at = 4;
	out->type = type;
	out->offset = offset;
	out->length = get32(&r, *swapped);
	if (out->length < AROUND_BODY || out->length % 4 ||
		out->length > left)
		return -EINVAL;
	r.at = out->length - 4;
	again = get32(&r, *swapped);
	if (again != out->length)
		return -EINVAL;
	r.at = 8;
	r.end = out->length - 4;
	if (type == PCAPNG_SECTION)
		return read_section(&r, *swapped);
	if (type == PCAPNG_INTERFACE)
		return read_interface(out, &r, *swapped);
	if (type == PCAPNG_PACKET)
		return read_packet(out, &r, *swapped);
	return 1; /* a kind we do not know is stepped over */
}
