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
#include "call/encoding.h"
#include "call/line.h"
#include "call/table.h"
#include "call/value_parse.h"

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

/* Letters of UTF-8 between quotes. */
static void print_letters(struct buf *b, const char *s, size_t n)
{
	size_t plain = 0, i = 0, k;
	int32_t point;

	buf_char(b, '"');
	for (; i < n; i += k) {
		k = text_letter(s + i, n - i, &point);
		if (!is_visible(point))
			continue;
		text_escape(b, s + plain, i - plain);
		buf_add(b, s + i, k);
		plain = i + k;
	}
	text_escape(b, s + plain, n - plain);
	buf_char(b, '"');
}

static void print_utf8(struct buf *b, const struct value *v)
{
	buf_text(b, "utf8");
	print_letters(b, (const char *)v->bytes, v->len);
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

/*
 * text("EUC-JP", "…"): letters again, as iconv reads them. Bytes that are no
 * letters of that encoding, or that iconv would write otherwise, are printed
 * as bytes.
 */
static void print_text(struct buf *b, const struct value *v)
{
	struct buf letters = {0};

	if (encoding_decode(&letters, v->text, v->bytes, v->len) < 0) {
		if (value_is_shorter_hex(v))
			print_hex(b, v);
		else
			print_quoted(b, v);
	} else {
		buf_printf(b, "text(\"%s\", ", v->text);
		print_letters(b, buf_str(&letters), letters.len);
		buf_char(b, ')');
	}
	buf_done(&letters);
}

/* The words of integers, and whether their first byte is the greatest. What
 * htons gives lies in memory with the greatest byte first on every machine;
 * ntohs moves bytes the same way. */
static const struct {
	const char *word;
	bool big;
} integer[] = {
	[VALUE_U8] = {"u8", true},
	[VALUE_U16BE] = {"u16be", true}, [VALUE_U16LE] = {"u16le", false},
	[VALUE_U32BE] = {"u32be", true}, [VALUE_U32LE] = {"u32le", false},
	[VALUE_U64BE] = {"u64be", true}, [VALUE_U64LE] = {"u64le", false},
	[VALUE_HTONS] = {"htons", true}, [VALUE_HTONL] = {"htonl", true},
	[VALUE_HTOBE64] = {"htobe64", true}, [VALUE_NTOHS] = {"ntohs", true},
	[VALUE_NTOHL] = {"ntohl", true}, [VALUE_BE64TOH] = {"be64toh", true},
};

static void print_integer(struct buf *b, const struct value *v)
{
	bool big = integer[v->spelling].big;
	uint64_t number = 0;
	size_t i;

	for (i = 0; i < v->len; i++)
		number = number << 8 | v->bytes[big ? i : v->len - 1 - i];
	buf_printf(b, "%s(%" PRIu64 ")", integer[v->spelling].word, number);
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
	case VALUE_TEXT:
		print_text(b, v);
		break;
	case VALUE_U8:
	case VALUE_U16BE:
	case VALUE_U16LE:
	case VALUE_U32BE:
	case VALUE_U32LE:
	case VALUE_U64BE:
	case VALUE_U64LE:
	case VALUE_HTONS:
	case VALUE_HTONL:
	case VALUE_HTOBE64:
	case VALUE_NTOHS:
	case VALUE_NTOHL:
	case VALUE_BE64TOH:
		print_integer(b, v);
		break;
	}
}

/* A name with other letters than a path usually has stands in quotes. */
static void print_unix(struct buf *b, const char *name)
{
	size_t n = strlen(name);

	buf_text(b, "unix:");
	if (n && value_unix_letters(name, n) == n) {
		buf_text(b, name);
		return;
	}
	buf_char(b, '"');
	text_escape(b, name, n);
	buf_char(b, '"');
}

static void print_address(struct buf *b, const struct value *v)
{
	if (v->number == PORT_NONE) {
		buf_text(b, "none");
		return;
	}
	if (v->number == PORT_UNIX) {
		print_unix(b, v->text);
		return;
	}
	buf_printf(b, strchr(v->text, ':') ? "[%s]:" : "%s:", v->text);
	if (v->number == PORT_ANY)
		buf_char(b, '_');
	else
		buf_printf(b, "%" PRId64, v->number);
}

static void print_items(struct buf *b, const struct value *v, char open,
	char close)
{
	size_t i;

	buf_char(b, open);
	for (i = 0; i < v->items; i++) {
		if (i)
			buf_text(b, ", ");
		if (v->item[i].key)
			buf_printf(b, "%s=", v->item[i].key);
		value_print(b, &v->item[i]);
	}
	buf_char(b, close);
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
	case VALUE_TIME:
		line_print_time(b, v->number);
		break;
	case VALUE_LIST:
		print_items(b, v, '[', ']');
		break;
	case VALUE_RECORD:
		print_items(b, v, '{', '}');
		break;
	case VALUE_ENTRY:
		value_print(b, &v->item[0]);
		buf_text(b, ": ");
		value_print(b, &v->item[1]);
		break;
	}
}
