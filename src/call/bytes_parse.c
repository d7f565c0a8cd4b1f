/*
 * bytes_parse: the spellings of bytes: "…", utf8"…", latin1"…", hex(…),
 * repeat(…), text(…), u16be(…) and htons(…) and their families.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/mem.h"
#include "base/text.h"
#include "call/encoding.h"
#include "call/scan.h"
#include "call/value_parse.h"

/* The word in front of the quote or the parenthesis. */
static const struct spelling {
	const char *word;
	char opens;
	enum value_spelling spelling;
	int width;  /* of an integer, in bytes */
	bool little;
} spellings[] = {
	{"utf8", '"', VALUE_UTF8, 0, false},
	{"latin1", '"', VALUE_LATIN1, 0, false},
	{"hex", '(', VALUE_HEX, 0, false},
	{"repeat", '(', VALUE_REPEAT, 0, false},
	{"u8", '(', VALUE_U8, 1, false},
	{"u16be", '(', VALUE_U16BE, 2, false},
	{"u16le", '(', VALUE_U16LE, 2, true},
	{"u32be", '(', VALUE_U32BE, 4, false},
	{"u32le", '(', VALUE_U32LE, 4, true},
	{"u64be", '(', VALUE_U64BE, 8, false},
	{"u64le", '(', VALUE_U64LE, 8, true},
	{"htons", '(', VALUE_HTONS, 2, false},
	{"htonl", '(', VALUE_HTONL, 4, false},
	{"htobe64", '(', VALUE_HTOBE64, 8, false},
	{"ntohs", '(', VALUE_NTOHS, 2, false},
	{"ntohl", '(', VALUE_NTOHL, 4, false},
	{"be64toh", '(', VALUE_BE64TOH, 8, false},
	{"text", '(', VALUE_TEXT, 0, false},
};

#define SPELLINGS (sizeof(spellings) / sizeof(spellings[0]))

static const struct spelling *spelling_at(const struct scan *s)
{
	size_t n = scan_name(s), i;

	for (i = 0; n && s->at + n < s->n && i < SPELLINGS; i++)
		if (strlen(spellings[i].word) == n &&
			s->text[s->at + n] == spellings[i].opens &&
			memcmp(s->text + s->at, spellings[i].word, n) == 0)
			return &spellings[i];
	return NULL;
}

bool value_begins_bytes(const struct scan *s)
{
	return scan_peek(s) == '"' || spelling_at(s);
}

/* The offset of the quote that closes the string whose inside begins at
 * `from`, or of the line's end. */
static size_t closing_quote(const struct scan *s, size_t from)
{
	while (from < s->n && s->text[from] != '"')
		from += s->text[from] == '\\' ? 2 : 1;
	return from < s->n ? from : s->n;
}

/* Letters of Latin-1 in [from, to) as its bytes, into out. */
static int read_latin1(struct scan *s, size_t from, size_t to,
	struct buf *out, size_t *at, const char **why)
{
	size_t plain = from, i = from, k, inside;
	int32_t point;

	for (; i <= to; i += k) {
		k = 1;
		point = 0;
		if (i < to)
			k = text_letter(s->text + i, to - i, &point);
		if (i < to && point >= 0 && point < 0x80)
			continue;
		if (text_unescape(out, s->text + plain, i - plain, true,
				&inside, why) < 0) {
			*at = plain - from + inside;
			return -EINVAL;
		}
		plain = i + k;
		if (i == to)
			break;
		*at = i - from;
		*why = N_("Latin-1 has no such letter; utf8\"…\" has all");
		if (point < 0 || point > 0xff)
			return -EINVAL;
		buf_char(out, (char)point);
	}
	return 0;
}

/* The inside of a string, from behind its quote; the cursor goes behind the
 * closing one. word is where the literal begins. */
static int read_string(struct scan *s, size_t word, enum value_spelling how,
	struct buf *out)
{
	size_t from = s->at, to = closing_quote(s, from), at = 0;
	const char *why = NULL;
	int error;

	if (to == s->n) {
		s->at = word;
		return scan_fail(s, _("this string has no closing quote"));
	}
	if (how == VALUE_LATIN1)
		error = read_latin1(s, from, to, out, &at, &why);
	else
		error = text_unescape(out, s->text + from, to - from,
			how == VALUE_QUOTED, &at, &why);
	s->at = error ? from + at : to + 1;
	if (!error)
		return 0;
	if (how == VALUE_QUOTED && (uint8_t)s->text[s->at] >= 0x80)
		scan_offer(s, word, 0, "utf8");
	return scan_fail(s, "%s", _(why));
}

static int hex_digit(char c)
{
	if (scan_is_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Pairs of digits up to the parenthesis; blanks only between pairs. */
static int read_hex(struct scan *s, struct buf *out)
{
	char seen[SCAN_SEEN];
	int high, low;

	for (;;) {
		if (scan_take(s, ')'))
			return 0;
		high = hex_digit(scan_peek(s));
		if (high < 0)
			return scan_fail(s, _("hex: two hexadecimal digits "
				"for each byte, or ), not %s"),
				scan_seen(s, seen));
		low = s->at + 1 < s->n ? hex_digit(s->text[s->at + 1]) : -1;
		if (low < 0)
			return scan_fail(s, _("hex: a byte takes two "
				"hexadecimal digits, as in 0%x"), high);
		buf_char(out, (char)(high << 4 | low));
		s->at += 2;
	}
}

static int close_parenthesis(struct scan *s)
{
	char seen[SCAN_SEEN];

	if (scan_take(s, ')'))
		return 0;
	return scan_fail(s, _("expected ), not %s"), scan_seen(s, seen));
}

/* Behind "repeat(": bytes, a comma, how often. */
static int read_repeat(struct scan *s, struct value *v)
{
	int64_t most = INT64_MAX;
	char seen[SCAN_SEEN];

	scan_blank(s);
	if (!value_begins_bytes(s) || (spelling_at(s) &&
			spelling_at(s)->spelling == VALUE_REPEAT))
		return scan_fail(s, _("repeat: bytes to repeat, as in "
			"repeat(\"A\", 9), not %s"), scan_seen(s, seen));
	if (value_parse_bytes(s, v) < 0)
		return -EINVAL;
	if (!scan_take(s, ','))
		return scan_fail(s, _("repeat: a comma and how often, as in "
			"repeat(\"A\", 9)"));
	scan_blank(s);
	if (v->len)
		most = CALL_SEND_MAX / (int64_t)v->len;
	if (scan_number(s, _("times"), 0, most, &v->number) < 0)
		return -EINVAL;
	v->spelling = VALUE_REPEAT;
	return close_parenthesis(s);
}

/* Behind "u16be(": the integer, into so many bytes. */
static int read_integer(struct scan *s, const struct spelling *how,
	struct value *v)
{
	uint64_t number;
	int i;

	scan_blank(s);
	if (scan_unsigned(s, how->word, UINT64_MAX >> (64 - 8 * how->width),
			&number) < 0)
		return -EINVAL;
	v->len = how->width;
	v->bytes = mem_zero(v->len);
	for (i = 0; i < how->width; i++)
		v->bytes[how->little ? i : how->width - 1 - i] =
			(uint8_t)(number >> 8 * i);
	v->spelling = how->spelling;
	return close_parenthesis(s);
}

/* The name of an encoding between quotes, at the cursor. */
static int read_encoding(struct scan *s, struct value *v)
{
	struct value name = {0};
	char seen[SCAN_SEEN];
	size_t start;
	int error;

	scan_blank(s);
	start = s->at;
	if (scan_peek(s) != '"')
		return scan_fail(s, _("text: an encoding's name, as in "
			"text(\"EUC-JP\", \"…\"), not %s"),
			scan_seen(s, seen));
	error = value_parse_bytes(s, &name);
	if (!error && (memchr(name.bytes, 0, name.len) ||
			!encoding_is_known((char *)name.bytes))) {
		s->at = start;
		error = scan_fail(s, _("text: iconv knows no encoding of that "
			"name; `iconv -l` lists them"));
	}
	free(v->text);
	v->text = mem_string((char *)name.bytes);
	value_done(&name);
	return error;
}

/*
 * Behind "text(": the encoding, a comma, letters. Which letter it does not
 * have is told at the letters' beginning when they hold escapes.
 */
static int read_text(struct scan *s, struct value *v)
{
	struct buf letters = {0}, bytes = {0};
	char seen[SCAN_SEEN];
	size_t start, at;
	int error = read_encoding(s, v);

	if (error)
		return error;
	if (!scan_take(s, ','))
		return scan_fail(s, _("text: a comma and the letters, as in "
			"text(\"EUC-JP\", \"…\")"));
	scan_blank(s);
	start = s->at;
	if (scan_peek(s) != '"')
		return scan_fail(s, _("text: letters in double quotes, not "
			"%s"), scan_seen(s, seen));
	s->at++;
	error = read_string(s, start, VALUE_UTF8, &letters);
	if (!error && encoding_encode(&bytes, v->text, buf_str(&letters),
			letters.len, &at) < 0) {
		s->at = start;
		if (s->at + 1 + at < s->n && !memchr(letters.data, '\\',
				at) && memcmp(letters.data, s->text + start +
				1, at) == 0)
			s->at += 1 + at;
		error = scan_fail(s, _("%s has no such letter; utf8\"…\" has "
			"all"), v->text);
	}
	v->bytes = mem_dup(buf_str(&bytes), bytes.len);
	v->len = bytes.len;
	buf_done(&letters);
	buf_done(&bytes);
	return error ? error : close_parenthesis(s);
}

int value_parse_bytes(struct scan *s, struct value *v)
{
	const struct spelling *how = spelling_at(s);
	struct buf out = {0};
	size_t word = s->at;
	int error;

	v->kind = VALUE_BYTES;
	v->column = scan_column(s);
	s->at += how ? strlen(how->word) + 1 : 1;
	if (how && how->width)
		return read_integer(s, how, v);
	if (how && how->spelling == VALUE_REPEAT)
		return read_repeat(s, v);
	if (how && how->spelling == VALUE_TEXT) {
		v->spelling = VALUE_TEXT;
		return read_text(s, v);
	}
	v->spelling = how ? how->spelling : VALUE_QUOTED;
	buf_add(&out, "", 0); /* even no bytes have an address */
	if (v->spelling == VALUE_HEX)
		error = read_hex(s, &out);
	else
		error = read_string(s, word, v->spelling, &out);
	v->bytes = (uint8_t *)out.data;
	v->len = out.len;
	return error;
}
