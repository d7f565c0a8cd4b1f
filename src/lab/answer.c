/* answer: one line of an actor, taken apart. */
#include "lab/answer.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "call/line.h"

/*
 * " MARK=N" or " MARK=N,N" at the end, which no result can end in: one that
 * has these letters is a string or a record and ends in a quote or a brace.
 * Returns what stands before it, n when it is not there.
 */
static size_t take_mark(const char *text, size_t n, const char *mark,
	uint64_t number[2])
{
	size_t at = n, m = strlen(mark);
	char *end;

	while (at > 0 && (isdigit((unsigned char)text[at - 1]) ||
			text[at - 1] == ','))
		at--;
	if (at == n || at < m || memcmp(text + at - m, mark, m))
		return n;
	number[0] = strtoull(text + at, &end, 10);
	if (*end == ',')
		number[1] = strtoull(end + 1, &end, 10);
	return end == text + n ? at - m : n;
}

int answer_parse(struct answer_line *a, const char *text, size_t n,
	struct diag *d)
{
	const char *end = text + n;
	uint64_t pipes[2];
	char *after;
	size_t left;

	memset(a, 0, sizeof(*a));
	a->pipes[0] = a->pipes[1] = -1;
	if (!n || !isdigit((unsigned char)text[0]))
		return diag_set(d, 1, _("no number"));
	a->number = strtoull(text, &after, 10);
	if (end - after >= 7 && !memcmp(after, " error ", 7))
		return diag_set(d, 1, "%s", after + 7);
	if (end - after < 5 || memcmp(after, " -> ", 4))
		return diag_set(d, 1, _("no result"));
	a->text = after + 4;
	left = end - a->text;
	a->text_len = take_mark(a->text, left, " cookie=", a->cookie);
	left = take_mark(a->text, a->text_len, " pipes=", pipes);
	if (left != a->text_len) {
		a->pipes[0] = (int)pipes[0];
		a->pipes[1] = (int)pipes[1];
	}
	a->text_len = left;
	return line_parse_value(&a->result, a->text, a->text_len, d);
}

bool answer_is_beginning(const char *text, size_t n)
{
	return n > 7 && !memcmp(text, "thread ", 7);
}
