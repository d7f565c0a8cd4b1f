/* scan: the cursor, and what is read at it. */
#include "call/scan.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/text.h"

void scan_init(struct scan *s, const char *text, size_t n, struct diag *d)
{
	memset(s, 0, sizeof(*s));
	s->text = text;
	s->n = n;
	s->d = d;
}

int scan_column(struct scan *s)
{
	if (s->at < s->counted)
		s->counted = s->letters = 0;
	s->letters += text_letters(s->text + s->counted, s->at - s->counted);
	s->counted = s->at;
	return s->letters + 1;
}

void scan_blank(struct scan *s)
{
	while (s->at < s->n &&
		(s->text[s->at] == ' ' || s->text[s->at] == '\t'))
		s->at++;
}

bool scan_end(struct scan *s)
{
	scan_blank(s);
	if (s->at == s->n)
		return true;
	if (s->text[s->at] != '#')
		return false;
	return s->at == 0 || s->text[s->at - 1] == ' ' ||
		s->text[s->at - 1] == '\t';
}

bool scan_take(struct scan *s, char c)
{
	scan_blank(s);
	if (scan_peek(s) != c || s->at == s->n)
		return false;
	s->at++;
	return true;
}

bool scan_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool scan_is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
		scan_is_digit(c);
}

size_t scan_name(const struct scan *s)
{
	size_t i = s->at;

	if (i < s->n && scan_is_digit(s->text[i]))
		return 0;
	while (i < s->n && scan_is_name(s->text[i]))
		i++;
	return i - s->at;
}

bool scan_word(struct scan *s, const char *word)
{
	size_t n = strlen(word);

	scan_blank(s);
	if (scan_name(s) != n || memcmp(s->text + s->at, word, n) != 0)
		return false;
	s->at += n;
	return true;
}

void scan_copy(const struct scan *s, size_t n, char *out, size_t size)
{
	if (n >= size)
		n = size - 1;
	memcpy(out, s->text + s->at, n);
	out[n] = '\0';
}

const char *scan_seen(const struct scan *s, char out[SCAN_SEEN])
{
	size_t n = scan_name(s), k;
	int32_t point;

	if (s->at == s->n) {
		snprintf(out, SCAN_SEEN, "%s", _("the end of the line"));
		return out;
	}
	if (s->text[s->at] == '"') {
		snprintf(out, SCAN_SEEN, "%s", _("a string"));
		return out;
	}
	while (n == 0 && s->at + n < s->n &&
		scan_is_digit(s->text[s->at + n]))
		n++;
	if (n > SCAN_SEEN - 4)
		n = SCAN_SEEN - 4;
	if (n == 0) {
		k = text_letter(s->text + s->at, s->n - s->at, &point);
		if (point < ' ' || point == 0x7f) {
			snprintf(out, SCAN_SEEN, "\\x%02x",
				(uint8_t)s->text[s->at]);
			return out;
		}
		n = k;
	}
	snprintf(out, SCAN_SEEN, "“%.*s”", (int)n, s->text + s->at);
	return out;
}

/* Digits at the cursor as a number; false when it is beyond 64 bits. */
static bool read_digits(struct scan *s, bool hex, uint64_t *value)
{
	unsigned base = hex ? 16 : 10, digit;
	bool fits = true;

	*value = 0;
	for (; s->at < s->n; s->at++) {
		char c = s->text[s->at];

		if (scan_is_digit(c))
			digit = c - '0';
		else if (hex && isxdigit((unsigned char)c))
			digit = tolower((unsigned char)c) - 'a' + 10;
		else
			break;
		if (*value > (UINT64_MAX - digit) / base)
			fits = false;
		*value = *value * base + digit;
	}
	return fits;
}

/* Whether 0x and a hexadecimal digit stand at the cursor. */
static bool is_hex(const struct scan *s)
{
	return s->at + 2 < s->n && s->text[s->at] == '0' &&
		s->text[s->at + 1] == 'x' &&
		isxdigit((unsigned char)s->text[s->at + 2]);
}

/* The digits of a number; *fits when they are one of 64 bits. */
static int read_number(struct scan *s, const char *what, uint64_t *value,
	bool *fits)
{
	bool hex = is_hex(s);
	char seen[SCAN_SEEN];

	if (!scan_is_digit(scan_peek(s)))
		return scan_fail(s, _("%s: a number, not %s"), what,
			scan_seen(s, seen));
	s->at += hex ? 2 : 0;
	*fits = read_digits(s, hex, value);
	if (scan_is_name(scan_peek(s)))
		return scan_fail(s, _("%s: a number ends before this letter"),
			what);
	return 0;
}

int scan_number(struct scan *s, const char *what, int64_t low, int64_t high,
	int64_t *number)
{
	size_t start = s->at;
	bool minus = scan_peek(s) == '-', fits;
	uint64_t value;

	s->at += minus;
	if (read_number(s, what, &value, &fits) < 0)
		return -EINVAL;
	if (fits && value <= INT64_MAX) {
		*number = minus ? -(int64_t)value : (int64_t)value;
		if (*number >= low && *number <= high)
			return 0;
	}
	s->at = start;
	return scan_fail(s, _("%s: a number from %lld to %lld"), what,
		(long long)low, (long long)high);
}

int scan_unsigned(struct scan *s, const char *what, uint64_t high,
	uint64_t *number)
{
	size_t start = s->at;
	bool fits;

	if (read_number(s, what, number, &fits) < 0)
		return -EINVAL;
	if (fits && *number <= high)
		return 0;
	s->at = start;
	return scan_fail(s, _("%s: a number from 0 to %llu"), what,
		(unsigned long long)high);
}

int scan_fail(struct scan *s, const char *fmt, ...)
{
	char msg[sizeof(s->d->msg)];
	va_list ap;

	if (!s->d)
		return -EINVAL;
	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	return diag_set(s->d, scan_column(s), "%s", msg);
}

void scan_offer(struct scan *s, size_t at, size_t n, const char *with)
{
	struct buf b = {0};

	if (!s->offer)
		return;
	free(*s->offer);
	buf_add(&b, s->text, at);
	buf_text(&b, with);
	buf_add(&b, s->text + at + n, s->n - at - n);
	*s->offer = b.data;
}

void scan_offer_word(struct scan *s, size_t n, const char *word)
{
	if (s->at + n == s->n && strncasecmp(s->text + s->at, word, n) == 0)
		return;
	scan_offer(s, s->at, n, word);
}
