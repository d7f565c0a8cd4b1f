/*
 * value_print: a value as the notation writes it. Bytes come out in the
 * spelling they went in with; whatever it is, they read back to the same
 * bytes.
 */
#include "call/value.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "call/table.h"

static void print_quoted(struct buf *b, const struct value *v)
{
	buf_char(b, '"');
	text_escape(b, v->bytes, v->len);
	buf_char(b, '"');
}

/* Up to VALUE_HEX_PAIRS bytes in pairs, for people; more in groups of four,
 * so that a received megabyte of noise stays near two characters a byte. */
static void print_hex(struct buf *b, const struct value *v)
{
	static const char digits[] = "0123456789abcdef";
	size_t group = v->len > VALUE_HEX_PAIRS ? 4 : 1, i;

	buf_text(b, "hex(");
	for (i = 0; i < v->len; i++) {
		char pair[3] = {' ', digits[v->bytes[i] >> 4],
			digits[v->bytes[i] & 15]};

		if (i && i % group == 0)
			buf_add(b, pair, 3);
		else
			buf_add(b, pair + 1, 2);
	}
	buf_char(b, ')');
}

/* Letters that show nothing, or turn text around, are written as escapes. */
static bool is_visible(int32_t point)
{
	if (point < 0xa1 || point == 0xad || point == 0xfeff)
		return false;
	if ((point >= 0x200b && point <= 0x200f) ||
		(point >= 0x2028 && point <= 0x202e) ||
		(point >= 0x2060 && point <= 0x206f) || point >= 0xe0000)
		return false;
	return text_cells_of(point) >= 0;
}

static void print_utf8(struct buf *b, const struct value *v)
{
	const char *s = (const char *)v->bytes;
	size_t plain = 0, i = 0, k;
	int32_t point;

	buf_text(b, "utf8\"");
	for (; i < v->len; i += k) {
		k = text_letter(s + i, v->len - i, &point);
		if (!is_visible(point))
			continue;
		text_escape(b, s + plain, i - plain);
		buf_add(b, s + i, k);
		plain = i + k;
	}
	text_escape(b, s + plain, v->len - plain);
	buf_char(b, '"');
}

static void print_latin1(struct buf *b, const struct value *v)
{
	size_t plain = 0, i;

	buf_text(b, "latin1\"");
	for (i = 0; i < v->len; i++) {
		if (!is_visible(v->bytes[i]))
			continue;
		text_escape(b, v->bytes + plain, i - plain);
		text_put(b, v->bytes[i]);
		plain = i + 1;
	}
	text_escape(b, v->bytes + plain, v->len - plain);
	buf_char(b, '"');
}

static void print_repeat(struct buf *b, const struct value *v)
{
	buf_text(b, "repeat(");
	if (value_is_shorter_hex(v))
		print_hex(b, v);
	else
		print_quoted(b, v);
	buf_printf(b, ", %" PRId64 ")", v->number);
}

/* An integer of v->len bytes, most significant first or last. */
static void print_integer(struct buf *b, const struct value *v, bool big)
{
	uint64_t number = 0;
	size_t i;

	for (i = 0; i < v->len; i++)
		number = number << 8 | v->bytes[big ? i : v->len - 1 - i];
	buf_printf(b, "u%zu", v->len * 8);
	if (v->len > 1)
		buf_text(b, big ? "be" : "le");
	buf_printf(b, "(%" PRIu64 ")", number);
}

static void print_bytes(struct buf *b, const struct value *v)
{
	switch (v->spelling) {
	case VALUE_QUOTED:
		print_quoted(b, v);
		break;
	case VALUE_UTF8:
		print_utf8(b, v);
		break;
	case VALUE_LATIN1:
		print_latin1(b, v);
		break;
	case VALUE_HEX:
		print_hex(b, v);
		break;
	case VALUE_REPEAT:
		print_repeat(b, v);
		break;
	case VALUE_U8:
	case VALUE_U16BE:
	case VALUE_U32BE:
	case VALUE_U64BE:
		print_integer(b, v, true);
		break;
	case VALUE_U16LE:
	case VALUE_U32LE:
	case VALUE_U64LE:
		print_integer(b, v, false);
		break;
	}
}

static void print_address(struct buf *b, const struct value *v)
{
	if (v->number == PORT_UNIX) {
		buf_printf(b, "unix:%s", v->text);
		return;
	}
	buf_printf(b, strchr(v->text, ':') ? "[%s]:" : "%s:", v->text);
	if (v->number == PORT_ANY)
		buf_char(b, '_');
	else
		buf_printf(b, "%" PRId64, v->number);
}

void value_print(struct buf *b, const struct value *v)
{
	switch (v->kind) {
	case VALUE_NONE:
		break;
	case VALUE_NUMBER:
		buf_printf(b, "%" PRId64, v->number);
		break;
	case VALUE_BYTES:
		print_bytes(b, v);
		break;
	case VALUE_NAME:
		buf_text(b, v->text);
		break;
	case VALUE_CONSTANT:
		constant_print(b, v->set, v->number);
		break;
	case VALUE_ADDRESS:
		print_address(b, v);
		break;
	case VALUE_ERRNO:
		if (errno_name((int)v->number))
			buf_text(b, errno_name((int)v->number));
		else /* as strace writes those without a name */
			buf_printf(b, "E%" PRId64, v->number);
		break;
	case VALUE_ANY:
		buf_char(b, '_');
		break;
	case VALUE_BELOW:
		buf_printf(b, "<%" PRId64, v->number);
		break;
	}
}
