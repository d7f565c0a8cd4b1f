/* numbers: the values that change when an exercise is done again. */
#include "lesson/numbers.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "base/text.h"

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

static int letters(const char *text, size_t n)
{
	return (int)text_letters(text, n);
}

/* ---- the fence ---- */

/* Bytes of a name at s: it begins with a letter. */
static size_t name_length(const char *s, size_t n)
{
	size_t len = 0;

	if (!n || !islower((unsigned char)*s))
		return 0;
	while (len < n && (islower((unsigned char)s[len]) ||
			isdigit((unsigned char)s[len]) || s[len] == '_'))
		len++;
	return len;
}

static struct number *named(const struct numbers *s, const char *name,
	size_t n)
{
	for (size_t i = 0; i < s->count; i++)
		if (strlen(s->number[i].name) == n &&
				!memcmp(s->number[i].name, name, n))
			return &s->number[i];
	return NULL;
}

/* Read the name at the beginning of a line; *at goes behind it. */
static int read_name(struct numbers *s, const char *text, size_t n, size_t *at,
	int column, struct diag *d)
{
	size_t len = name_length(text + *at, n - *at);
	struct number *fresh;

	column += letters(text, *at);
	if (!len || (*at + len < n && !blank(text[*at + len])))
		return diag_set(d, column, _("a line of numbers begins with a "
			"name: small letters, then digits or _"));
	if (len >= NUMBERS_NAME)
		return diag_set(d, column, _("this name is longer than %d "
			"letters"), NUMBERS_NAME - 1);
	if (named(s, text + *at, len))
		return diag_set(d, column, _("there is a line for this name "
			"already"));
	if (s->count == NUMBERS_NAMES)
		return diag_set(d, column, _("a page has at most %d names"),
			NUMBERS_NAMES);
	s->number = mem_grow(s->number, &s->room, s->count + 1,
		sizeof(*s->number));
	fresh = &s->number[s->count++];
	memset(fresh, 0, sizeof(*fresh));
	memcpy(fresh->name, text + *at, len);
	*at += len;
	return 0;
}

/* Read the value at *at, a word or "…"; *at goes behind it. */
static int read_value(struct number *k, const char *text, size_t n, size_t *at,
	int column, struct diag *d)
{
	size_t begin = *at, len = 0;
	bool quoted = text[begin] == '"';

	column += letters(text, begin);
	if (k->values == LESSON_ROUNDS)
		return diag_set(d, column, _("a name has at most %d values"),
			LESSON_ROUNDS);
	begin += quoted;
	while (begin + len < n && (quoted ? text[begin + len] != '"'
			: !blank(text[begin + len])))
		len++;
	if (quoted && begin + len == n)
		return diag_set(d, column, _("the quote that ends this value "
			"is missing"));
	if (quoted && begin + len + 1 < n && !blank(text[begin + len + 1]))
		return diag_set(d, column, _("a blank stands between two "
			"values"));
	if (len > NUMBERS_VALUE)
		return diag_set(d, column, _("a value has at most %d bytes"),
			NUMBERS_VALUE);
	k->value[k->values++] = mem_dup(text + begin, len);
	*at = begin + len + quoted;
	return 0;
}

int numbers_add(struct numbers *s, const char *text, size_t n, int column,
	struct diag *d)
{
	struct number *k;
	size_t at = 0;
	int error;

	while (n && (blank(text[n - 1]) || text[n - 1] == '\r'))
		n--;
	while (at < n && blank(text[at]))
		at++;
	if (at == n || text[at] == '#')
		return 0;
	error = read_name(s, text, n, &at, column, d);
	if (error)
		return error;
	k = &s->number[s->count - 1];
	for (;;) {
		while (at < n && blank(text[at]))
			at++;
		if (at == n)
			break;
		error = read_value(k, text, n, &at, column, d);
		if (error)
			return error;
	}
	if (!k->values)
		return diag_set(d, column, _("“%s” has no value"), k->name);
	if (k->values > 1 && s->rounds && k->values != s->rounds)
		return diag_set(d, column, _("“%s” has %d values, a line "
			"before it %d: there is one for each round"), k->name,
			k->values, s->rounds);
	if (k->values > 1)
		s->rounds = k->values;
	return 0;
}

void numbers_print(struct buf *b, const struct numbers *s)
{
	for (size_t i = 0; i < s->count; i++) {
		buf_text(b, s->number[i].name);
		for (int k = 0; k < s->number[i].values; k++)
			buf_printf(b, " \"%s\"", s->number[i].value[k]);
		buf_char(b, '\n');
	}
}

void numbers_done(struct numbers *s)
{
	for (size_t i = 0; i < s->count; i++)
		for (int k = 0; k < s->number[i].values; k++)
			free(s->number[i].value[k]);
	free(s->number);
	memset(s, 0, sizeof(*s));
}

/* ---- the text ---- */

/* What the dollar at s stands for, and how many bytes of s do: $$ for a
 * dollar, $name for its value; a dollar before anything else for itself. NULL
 * when it seems to be a name that there is not. */
static const char *behind_dollar(const struct numbers *s, int round,
	const char *text, size_t n, size_t *len)
{
	size_t longest = name_length(text + 1, n - 1);

	*len = 1;
	if (n > 1 && text[1] == '$') {
		*len = 2;
		return "$";
	}
	if (!longest)
		return "$";
	for (size_t k = longest < NUMBERS_NAME ? longest : NUMBERS_NAME - 1;
		k > 0; k--) {
		const struct number *found = named(s, text + 1, k);

		if (!found)
			continue;
		*len = k + 1;
		return found->value[round % found->values];
	}
	*len = longest + 1;
	return NULL;
}

int numbers_replace(const struct numbers *s, int round, struct buf *out,
	const char *text, size_t n, struct diag *d)
{
	for (size_t at = 0, len; at < n; at += len) {
		const char *value;

		if (text[at] != '$') {
			const char *next = memchr(text + at, '$', n - at);

			len = next ? (size_t)(next - text) - at : n - at;
			buf_add(out, text + at, len);
			continue;
		}
		value = behind_dollar(s, round, text + at, n - at, &len);
		if (!value)
			return diag_set(d, letters(text, at) + 1, s->count
				? _("the numbers of this page have no name "
					"“%.*s”; a dollar is written $$")
				: _("“%.*s” has no value: no numbers fence "
					"stands before it on this page; a "
					"dollar is written $$"),
				(int)len - 1, text + at + 1);
		buf_text(out, value);
	}
	return 0;
}

int numbers_column(const struct numbers *s, int round, const char *text,
	size_t n, int column)
{
	int made = 1, here = 1;

	for (size_t at = 0, len; at < n; at += len) {
		const char *value = NULL;
		int32_t point;
		int wide = 1;

		if (text[at] == '$')
			value = behind_dollar(s, round, text + at, n - at,
				&len);
		else
			len = text_letter(text + at, n - at, &point);
		if (value)
			wide = letters(value, strlen(value));
		if (column < made + wide)
			return here;
		made += wide;
		here += letters(text + at, len);
	}
	return here + (column > made ? column - made : 0);
}
