/*
 * text: UTF-8, the escapes of string literals, bytes as visible symbols, and
 * the nearest word. How many cells a letter takes is in cells.c.
 */
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/mem.h"

/* The well-formed first and second bytes, as Unicode's table 3-7 has them. */
static size_t length_of(uint8_t first, uint8_t *low, uint8_t *high)
{
	*low = 0x80;
	*high = 0xbf;
	if (first < 0x80)
		return 1;
	if (first < 0xc2 || first > 0xf4)
		return 0;
	if (first == 0xe0)
		*low = 0xa0;
	if (first == 0xed)
		*high = 0x9f;
	if (first == 0xf0)
		*low = 0x90;
	if (first == 0xf4)
		*high = 0x8f;
	return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

size_t text_letter(const char *s, size_t n, int32_t *point)
{
	const uint8_t *p = (const uint8_t *)s;
	uint8_t low, high;
	size_t length = length_of(p[0], &low, &high), i;
	int32_t value;

	*point = -1;
	if (length == 0 || length > n)
		return 1;
	value = length == 1 ? p[0] : p[0] & (0x7f >> length);
	for (i = 1; i < length; i++) {
		if (p[i] < low || p[i] > high)
			return 1;
		low = 0x80;
		high = 0xbf;
		value = value << 6 | (p[i] & 0x3f);
	}
	*point = value;
	return length;
}

void text_put(struct buf *b, int32_t point)
{
	int shift;

	if (point < 0x80) {
		buf_char(b, (char)point);
		return;
	}
	shift = point < 0x800 ? 6 : point < 0x10000 ? 12 : 18;
	buf_char(b, (char)(0xff00 >> (shift / 6 + 1) | point >> shift));
	for (shift -= 6; shift >= 0; shift -= 6)
		buf_char(b, (char)(0x80 | (point >> shift & 0x3f)));
}

bool text_is_utf8(const char *s, size_t n)
{
	int32_t point;

	while (n) {
		size_t k = text_letter(s, n, &point);

		if (point < 0)
			return false;
		s += k;
		n -= k;
	}
	return true;
}

size_t text_letters(const char *s, size_t n)
{
	size_t count = 0;
	int32_t point;

	while (n) {
		size_t k = text_letter(s, n, &point);

		s += k;
		n -= k;
		count++;
	}
	return count;
}

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

void text_escape(struct buf *b, const void *p, size_t n)
{
	const char *s = p;
	size_t i;

	for (i = 0; i < n; i++) {
		if (s[i] == '\n')
			buf_text(b, "\\n");
		else if (s[i] == '\r')
			buf_text(b, "\\r");
		else if (s[i] == '\t')
			buf_text(b, "\\t");
		else if (s[i] == '\\' || s[i] == '"')
			buf_printf(b, "\\%c", s[i]);
		else if (s[i] == '\0' && !(i + 1 < n && is_octal(s[i + 1])))
			buf_text(b, "\\0");
		else if (s[i] >= ' ' && s[i] <= '~')
			buf_char(b, s[i]);
		else
			buf_printf(b, "\\x%02x", (uint8_t)s[i]);
	}
}

/*
 * Read the escape behind a backslash: s[0] is the letter that names it.
 * Returns how many of the n bytes it took, or 0 with *why.
 */
static size_t read_escape(struct buf *out, const char *s, size_t n,
	const char **why)
{
	static const char letters[] = "abfnrtve\\\"'?";
	static const char bytes[] = "\a\b\f\n\r\t\v\033\\\"'?";
	const char *known;
	size_t i = 0;
	int value = 0;

	if (is_octal(s[0])) {
		for (; i < n && i < 3 && is_octal(s[i]); i++)
			value = value * 8 + (s[i] - '0');
		*why = N_("an octal escape goes up to \\377");
		if (value > 255)
			return 0;
		buf_char(out, (char)value);
		return i;
	}
	if (s[0] == 'x') {
		*why = N_("\\x takes exactly two hexadecimal digits");
		if (n < 3 || hex_value(s[1]) < 0 || hex_value(s[2]) < 0)
			return 0;
		value = hex_value(s[1]) * 16 + hex_value(s[2]);
		buf_char(out, (char)value);
		return 3;
	}
	*why = N_("no such escape; there are \\n \\r \\t \\0 \\\\ \\\" \\x41 "
		"and the others of C");
	known = s[0] ? strchr(letters, s[0]) : NULL;
	if (!known)
		return 0;
	buf_char(out, bytes[known - letters]);
	return 1;
}

int text_unescape(struct buf *out, const char *s, size_t n, bool ascii_only,
	size_t *at, const char **why)
{
	size_t i = 0, k;
	int32_t point;

	while (i < n) {
		*at = i;
		if (s[i] == '\\') {
			*why = N_("a backslash needs a letter behind it");
			if (i + 1 == n)
				return -EINVAL;
			k = read_escape(out, s + i + 1, n - i - 1, why);
			if (!k)
				return -EINVAL;
			i += 1 + k;
			continue;
		}
		k = text_letter(s + i, n - i, &point);
		*why = N_("these bytes are not UTF-8; write them as \\x and "
			"two digits");
		if (point < 0)
			return -EINVAL;
		*why = N_("name the letter's encoding: utf8\"…\" or "
			"latin1\"…\"");
		if (point >= 0x80 && ascii_only)
			return -EINVAL;
		buf_add(out, s + i, k);
		i += k;
	}
	return 0;
}

void text_symbol(struct buf *b, uint8_t byte, bool ascii)
{
	if (byte >= ' ' && byte <= '~')
		buf_char(b, (char)byte);
	else if (ascii)
		buf_char(b, '.');
	else if (byte == '\n')
		buf_text(b, "↵");
	else if (byte == '\t')
		buf_text(b, "⇥");
	else if (byte == 0x7f)
		buf_text(b, "␡");
	else if (byte < ' ')
		text_put(b, 0x2400 + byte); /* the control pictures */
	else
		buf_text(b, "·");
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* Three rows of the usual table are enough: a swap looks two rows back. */
int text_distance(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b), i, j;
	int *memory = mem_zero(3 * (m + 1) * sizeof(*memory));
	int *before = memory, *last = before + m + 1, *row = last + m + 1;
	int result;

	for (j = 0; j <= m; j++)
		last[j] = (int)j;
	for (i = 1; i <= n; i++) {
		int *oldest = before;

		row[0] = (int)i;
		for (j = 1; j <= m; j++) {
			row[j] = least(last[j], row[j - 1]) + 1;
			row[j] = least(row[j],
				last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
				a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		before = last;
		last = row;
		row = oldest;
	}
	result = last[m];
	free(memory);
	return result;
}
