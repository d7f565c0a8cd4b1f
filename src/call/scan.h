/*
 * scan: a cursor over the text of a line, for the parsers of this room.
 *
 * A parser that fails has written the diag; it returns -EINVAL and the cursor
 * stays where the trouble is. Columns count characters from 1.
 */
#ifndef CALL_SCAN_H
#define CALL_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diag;

struct scan {
	const char *text;
	size_t n;         /* bytes of it */
	size_t at;        /* the cursor */
	struct diag *d;   /* may be NULL */
	char **offer;     /* where a corrected line goes, or NULL */
	size_t counted;   /* so many bytes … */
	int letters;      /* … are so many characters: columns stay linear */
};

void scan_init(struct scan *s, const char *text, size_t n, struct diag *d);

/* The column of the cursor. */
int scan_column(struct scan *s);

/* The byte at the cursor, 0 at the end. */
static inline char scan_peek(const struct scan *s)
{
	return s->at < s->n ? s->text[s->at] : '\0';
}

/* Skip blanks and tabs. */
void scan_blank(struct scan *s);

/* Skip blanks; whether nothing follows, or a comment (# at the beginning or
 * behind a blank). */
bool scan_end(struct scan *s);

/* Skip blanks, then take c if it stands there. */
bool scan_take(struct scan *s, char c);

/* Skip blanks, then take the word if it stands there, whole. */
bool scan_word(struct scan *s, const char *word);

/* Bytes of the name at the cursor: a letter or _, then letters, digits, _; 0
 * when there is none. */
size_t scan_name(const struct scan *s);

/* Copy n bytes at the cursor into out of size bytes, cut to fit; the cursor
 * stays. For names that are compared and shown. */
void scan_copy(const struct scan *s, size_t n, char *out, size_t size);

/* Read an integer, decimal or 0x…, from low to high; what names it in the
 * sentence ("backlog"). */
int scan_number(struct scan *s, const char *what, int64_t low, int64_t high,
	int64_t *number);

/* The same without a sign, up to 64 bits. */
int scan_unsigned(struct scan *s, const char *what, uint64_t high,
	uint64_t *number);

/* What stands at the cursor, as few characters as tell it, for a sentence:
 * "the end" or the word in quotes, into out. */
#define SCAN_SEEN 48
const char *scan_seen(const struct scan *s, char out[SCAN_SEEN]);

/* Whether a byte may be inside a name. */
bool scan_is_name(char c);
bool scan_is_digit(char c);

/* Write the sentence for the cursor's column. Returns -EINVAL. */
int scan_fail(struct scan *s, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Offer the line with n bytes at offset `at` replaced by with. */
void scan_offer(struct scan *s, size_t at, size_t n, const char *with);

/* Offer the line with the n bytes at the cursor replaced by a valid word that
 * is near; not while the word is still being typed at the line's end. */
void scan_offer_word(struct scan *s, size_t n, const char *word);

#endif
