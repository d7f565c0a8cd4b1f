/* expand: the braces of a line, found one after the other. */
#include "call/expand.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/intl.h"
#include "call/scan.h"

/* {low..high}, and the bytes of text it takes. */
struct brace {
	size_t at, size;
	int64_t low, high;
};

/* A number of the text at `at`, which goes behind it. Beyond what anybody
 * counts to it stays at the limit. */
static bool read_number(const char *text, size_t n, size_t *at,
	int64_t *number)
{
	size_t from = *at;

	*number = 0;
	for (; *at < n && scan_is_digit(text[*at]); (*at)++)
		if (*number < INT32_MAX)
			*number = *number * 10 + (text[*at] - '0');
	return *at > from;
}

static bool read_brace(const char *text, size_t n, size_t at,
	struct brace *b)
{
	size_t i = at + 1;

	if (!read_number(text, n, &i, &b->low) || i + 2 > n ||
		text[i] != '.' || text[i + 1] != '.')
		return false;
	i += 2;
	if (!read_number(text, n, &i, &b->high) || i == n || text[i] != '}')
		return false;
	b->at = at;
	b->size = i + 1 - at;
	return true;
}

/* The first brace from `from` on that is outside quotes; a comment ends the
 * search. from is 0 or behind a brace, so outside quotes itself. */
static bool next_brace(const char *text, size_t n, size_t from,
	struct brace *b)
{
	bool quoted = false, blank = from == 0;
	size_t i;

	for (i = from; i < n; i++) {
		char c = text[i];

		if (c == '\\' && quoted)
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (c == '#' && blank && !quoted && !(i + 1 < n &&
				scan_is_digit(text[i + 1])))
			return false;
		else if (c == '{' && !quoted && read_brace(text, n, i, b))
			return true;
		blank = c == ' ' || c == '\t';
	}
	return false;
}

long expand_count(const char *text, size_t n, struct diag *d)
{
	struct brace b = {0};
	struct scan s;
	int64_t turns = 0;

	scan_init(&s, text, n, d);
	while (next_brace(text, n, b.at + b.size, &b)) {
		int64_t these = b.high - b.low + 1;

		s.at = b.at;
		if (these < 1)
			return scan_fail(&s, _("{A..B} counts up: the second "
				"number is not below the first"));
		if (these > EXPAND_MAX || b.high >= INT32_MAX)
			return scan_fail(&s, _("{A..B} stands for at most %d "
				"lines"), EXPAND_MAX);
		if (turns && these != turns)
			return scan_fail(&s, _("all braces of a line have as "
				"many turns: these have %lld, those before "
				"have %lld"), (long long)these,
				(long long)turns);
		turns = these;
	}
	return turns ? (long)turns : 1;
}

void expand_line(struct buf *out, const char *text, size_t n, long turn)
{
	struct brace b = {0};
	size_t from = 0;

	while (next_brace(text, n, from, &b)) {
		buf_add(out, text + from, b.at - from);
		buf_printf(out, "%lld", (long long)(b.low + turn));
		from = b.at + b.size;
	}
	buf_add(out, text + from, n - from);
}
