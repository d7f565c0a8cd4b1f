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

struct word told_word(struct told *s)
{
	struct word w;
	bool quoted = false;

	told_spaces(s);
	w.p = s->at;
	for (; s->at < s->end; s->at++) {
		if (*s->at == '"')
			quoted = !quoted;
		else if (quoted && *s->at == '\\' && s->at + 1 < s->end)
			s->at++;
		else if (!quoted && (*s->at == ' ' || *s->at == '\t'))
			break;
	}
	w.n = (size_t)(s->at - w.p);
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
