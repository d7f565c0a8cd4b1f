/*
 * value: life, bytes and comparison of one argument or result. How it is
 * written is in value_print.c, how it is read in value_parse.c.
 */
#include "call/value.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

void value_done(struct value *v)
{
	free(v->text);
	free(v->bytes);
	memset(v, 0, sizeof(*v));
}

void value_copy(struct value *to, const struct value *from)
{
	*to = *from;
	to->text = mem_string(from->text);
	if (from->bytes)
		to->bytes = mem_dup(from->bytes, from->len);
}

void value_of_number(struct value *v, int64_t number)
{
	v->kind = VALUE_NUMBER;
	v->number = number;
}

void value_of_errno(struct value *v, int number)
{
	v->kind = VALUE_ERRNO;
	v->number = number;
}

void value_of_address(struct value *v, const struct sockaddr_storage *address)
{
	const struct sockaddr_in *in = (const void *)address;
	const struct sockaddr_in6 *in6 = (const void *)address;
	char text[INET6_ADDRSTRLEN] = "";

	v->kind = VALUE_ADDRESS;
	if (address->ss_family == AF_INET6) {
		inet_ntop(AF_INET6, &in6->sin6_addr, text, sizeof(text));
		v->number = ntohs(in6->sin6_port);
	} else {
		inet_ntop(AF_INET, &in->sin_addr, text, sizeof(text));
		v->number = ntohs(in->sin_port);
	}
	v->text = mem_string(text);
}

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

/* Piece by piece, so that a repeat of 512 MB is never unrolled. */
static bool same_bytes(const struct value *a, const struct value *b)
{
	uint64_t size = value_size(a), at = 0;

	if (size != value_size(b))
		return false;
	while (at < size) {
		size_t i = at % a->len, j = at % b->len;
		size_t n = shorter(a->len - i, b->len - j);

		if (memcmp(a->bytes + i, b->bytes + j, n))
			return false;
		at += n;
	}
	return true;
}

/* Host texts are the same address, however they are written. */
static bool same_host(const char *a, const char *b)
{
	uint8_t x[sizeof(struct in6_addr)], y[sizeof(struct in6_addr)];

	if (inet_pton(AF_INET, a, x) == 1)
		return inet_pton(AF_INET, b, y) == 1 &&
			memcmp(x, y, sizeof(struct in_addr)) == 0;
	if (inet_pton(AF_INET6, a, x) == 1)
		return inet_pton(AF_INET6, b, y) == 1 &&
			memcmp(x, y, sizeof(struct in6_addr)) == 0;
	return strcmp(a, b) == 0;
}

static bool is_count(const struct value *v)
{
	return v->kind == VALUE_NUMBER || v->kind == VALUE_CONSTANT;
}

bool value_matches(const struct value *expected, const struct value *observed)
{
	switch (expected->kind) {
	case VALUE_NONE:
		return observed->kind == VALUE_NONE;
	case VALUE_NUMBER:
	case VALUE_CONSTANT:
		return is_count(observed) &&
			expected->number == observed->number;
	case VALUE_BELOW:
		return is_count(observed) && observed->number >= 0 &&
			observed->number < expected->number;
	case VALUE_BYTES:
		return observed->kind == VALUE_BYTES &&
			same_bytes(expected, observed);
	case VALUE_NAME:
		return observed->kind == VALUE_NAME &&
			strcmp(expected->text, observed->text) == 0;
	case VALUE_ADDRESS:
		return observed->kind == VALUE_ADDRESS &&
			same_host(expected->text, observed->text) &&
			(expected->number == observed->number ||
			(expected->number == PORT_ANY &&
			observed->number != PORT_UNIX));
	case VALUE_ERRNO:
		return observed->kind == VALUE_ERRNO &&
			expected->number == observed->number;
	case VALUE_ANY:
		return observed->kind != VALUE_ERRNO &&
			observed->kind != VALUE_NONE;
	}
	return false;
}
