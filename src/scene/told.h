/*
 * told: the words of a journal's line, without a copy.
 *
 * Most lines are known by their first words; only calls with odd spellings and
 * orders to the wire need the parser of the notation.
 */
#ifndef SCENE_TOLD_H
#define SCENE_TOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct told {
	const char *at, *end;
};

struct word {
	const char *p;
	size_t n;
};

static inline bool word_is(struct word w, const char *s)
{
	size_t n = strlen(s);

	return w.n == n && memcmp(w.p, s, n) == 0;
}

/* Whether w begins with s, which is then cut off. */
static inline bool word_cut(struct word *w, const char *s)
{
	size_t n = strlen(s);

	if (w->n < n || memcmp(w->p, s, n))
		return false;
	w->p += n;
	w->n -= n;
	return true;
}

/* A copy of at most size - 1 bytes. */
void word_copy(char *out, size_t size, struct word w);

/* The decimal number that the whole word is. */
bool word_number(struct word w, int64_t *number);

static inline void told_spaces(struct told *s)
{
	while (s->at < s->end && (*s->at == ' ' || *s->at == '\t'))
		s->at++;
}

/* The next word: up to a space; n is 0 at the end. A `"` in it makes it last
 * to the closing one. */
struct word told_word(struct told *s);

/* The next letters, digits and _; n is 0 when there are none. */
struct word told_name(struct told *s);

/* Step over c, if it is next. */
bool told_char(struct told *s, char c);

#endif
