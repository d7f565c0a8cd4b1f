/* answer: one line of an actor, taken apart. */
#include "lab/answer.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "call/line.h"

/* " cookie=N" at the end, which no result can end in: one that has these
 * letters is a string and ends in a quote. */
static size_t take_cookie(const char *text, size_t n, uint64_t *cookie)
{
	static const char mark[] = " cookie=";
	size_t at = n, m = sizeof(mark) - 1;

	while (at > 0 && isdigit((unsigned char)text[at - 1]))
		at--;
	if (at == n || at < m || memcmp(text + at - m, mark, m))
		return n;
	*cookie = strtoull(text + at, NULL, 10);
	return at - m;
}

int answer_parse(struct answer_line *a, const char *text, size_t n,
	struct diag *d)
{
	const char *end = text + n;
	char *after;

	memset(a, 0, sizeof(*a));
	if (!n || !isdigit((unsigned char)text[0]))
		return diag_set(d, 1, _("no number"));
	a->number = strtoull(text, &after, 10);
	if (end - after >= 7 && !memcmp(after, " error ", 7))
		return diag_set(d, 1, "%s", after + 7);
	if (end - after < 5 || memcmp(after, " -> ", 4))
		return diag_set(d, 1, _("no result"));
	a->text = after + 4;
	a->text_len = take_cookie(a->text, end - a->text, &a->cookie);
	return line_parse_value(&a->result, a->text, a->text_len, d);
}
