/*
 * diag: what is wrong in something a person wrote (a lesson, a typed line, a
 * file), in one sentence that says what, where, and what to do.
 *
 * Parsers write it; only main and ui print it.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

struct diag {
	char msg[256];    /* one sentence; "" when nothing is wrong */
	const char *file; /* borrowed from the caller, or NULL */
	int line;         /* from 1; 0 when it has no line */
	int column;       /* from 1, in characters; 0 when it has none */
};

/*
 * Fill in the sentence and its column, leaving file and line as they are.
 * A message that does not fit is cut at a whole UTF-8 letter. d may be NULL.
 * Returns -EINVAL, so that a parser can end with `return diag_set(…)`.
 */
int diag_set(struct diag *d, int column, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Write "file:line:column: msg" (what is known of it) to out, size bytes. */
void diag_print(const struct diag *d, char *out, unsigned long size);

#endif
