/*
 * value_bytes: the bytes that a value stands for, and their shortest exact
 * spelling.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "call/value.h"

static size_t shorter(size_t a, size_t b)
{
	return a < b ? a : b;
}

uint64_t value_size(const struct value *v)
{
	if (v->kind != VALUE_BYTES)
		return 0;
	if (v->spelling == VALUE_REPEAT)
		return (uint64_t)v->number * v->len;
	return v->len;
}

void value_unroll(struct buf *b, const struct value *v)
{
	size_t size = value_size(v), done = shorter(v->len, size), n;
	char *to;

	/* In one piece, then doubled in place: half a gigabyte of repeat()
	 * needs that much memory and no more. */
	b->data = mem_grow(b->data, &b->cap, b->len + size + 1, 1);
	to = b->data + b->len;
	if (done)
		memcpy(to, v->bytes, done);
	for (; done < size; done += n) {
		n = shorter(done, size - done);
		memcpy(to + done, to, n);
	}
	b->len += size;
	b->data[b->len] = '\0';
}

/* Whether n bytes are the first `piece` of them again and again. */
static bool repeats(const uint8_t *p, size_t n, size_t piece)
{
	return n % piece == 0 && memcmp(p, p + piece, n - piece) == 0;
}

/* The shortest piece that n bytes consist of, n itself when there is none. */
static size_t shortest_piece(const uint8_t *p, size_t n)
{
	size_t best = n, i;

	for (i = 1; i * i <= n; i++) {
		if (n % i)
			continue;
		if (repeats(p, n, i))
			return i;
		if (n / i < best && repeats(p, n, n / i))
			best = n / i;
	}
	return best;
}

/* Characters that bytes take between quotes, as text_escape writes them. */
static size_t quoted_size(const uint8_t *p, size_t n)
{
	size_t size = 2, i;

	for (i = 0; i < n; i++) {
		bool short_zero = p[i] == 0 && !(i + 1 < n &&
			p[i + 1] >= '0' && p[i + 1] <= '7');

		if (short_zero || (p[i] && strchr("\n\r\t\\\"", p[i])))
			size += 2;
		else
			size += p[i] >= ' ' && p[i] <= '~' ? 1 : 4;
	}
	return size;
}

/* The same in hex(…), as value_print groups it. */
static size_t hex_size(size_t n)
{
	size_t group = n > VALUE_HEX_PAIRS ? 4 : 1;

	return strlen("hex()") + 2 * n + (n ? (n - 1) / group : 0);
}

void value_of_bytes(struct value *v, const void *p, size_t n)
{
	size_t piece = n ? shortest_piece(p, n) : 0;
	size_t plain = shorter(quoted_size(p, n), hex_size(n));
	size_t inside = shorter(quoted_size(p, piece), hex_size(piece));

	v->kind = VALUE_BYTES;
	v->len = n;
	v->spelling = VALUE_QUOTED;
	if (piece && piece < n && plain > inside + snprintf(NULL, 0,
			"repeat(, %zu)", n / piece)) {
		v->spelling = VALUE_REPEAT;
		v->number = (int64_t)(n / piece);
		v->len = piece;
	} else if (plain < quoted_size(p, n)) {
		v->spelling = VALUE_HEX;
	}
	v->bytes = mem_dup(p, v->len);
}

bool value_is_shorter_hex(const struct value *v)
{
	return hex_size(v->len) < quoted_size(v->bytes, v->len);
}

