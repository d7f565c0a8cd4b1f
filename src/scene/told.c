/* told: a cursor over the bytes of a line; words are borrowed from it. */
#include "scene/told.h"

void word_copy(char *out, size_t size, struct word w)
{
	size_t n = w.n < size ? w.n : size - 1;

	if (n)
		memcpy(out, w.p, n);
	out[n] = '\0';
}

bool word_number(struct word w, int64_t *number)
{
	bool minus = word_cut(&w, "-");
	int64_t n = 0;

	if (w.n == 0 || w.n > 18)
		return false;
	for (size_t i = 0; i < w.n; i++) {
		if (w.p[i] < '0' || w.p[i] > '9')
			return false;
		n = n * 10 + (w.p[i] - '0');
	}
	*number = minus ? -n : n;
	return true;
}

/* Behind the `"` that closes, when at is behind the one that opened. */
static const char *behind_quotes(const char *at, const char *end)
{
	while (at < end && *at != '"')
		at += *at == '\\' && at + 1 < end ? 2 : 1;
	return at < end ? at + 1 : end;
}

struct word told_word(struct told *s)
{
	const char *at, *end = s->end;
	struct word w;

	told_spaces(s);
	at = w.p = s->at;
	for (;;) {
		/* Blanks and `"` come before all letters: most words are
		 * stepped over here, and samples are many words. */
		while (at < end && (uint8_t)*at > '"')
			at++;
		if (at == end || *at == ' ' || *at == '\t')
			break;
		if (*at++ == '"')
			at = behind_quotes(at, end);
	}
	w.n = (size_t)(at - w.p);
	s->at = at;
	return w;
}

static bool in_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '_';
}

struct word told_name(struct told *s)
{
	struct word w;

	told_spaces(s);
	w.p = s->at;
	while (s->at < s->end && in_name(*s->at))
		s->at++;
	w.n = (size_t)(s->at - w.p);
	return w;
}

bool told_char(struct told *s, char c)
{
	told_spaces(s);
	if (s->at >= s->end || *s->at != c)
		return false;
	s->at++;
	return true;
}
