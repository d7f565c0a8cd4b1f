/* complete: what may stand at the cursor of a line of the notation. */
#ifndef CALL_COMPLETE_H
#define CALL_COMPLETE_H

#include <stddef.h>

struct buf;

/* What the completer must be told of the lab as it is now. */
struct complete_world {
	const char *lane;          /* the prompt's side */
	const char *const *lanes;  /* NULL-terminated: client, server, … */
	const char *const *names;  /* names bound on that side, NULL-terminated */
};

struct completion {
	size_t from;      /* offset in text of what a candidate replaces */
	char **candidate; /* owned, NULL-terminated, sorted, unique */
	size_t count;
	char *hint;       /* owned: "send(fd, BYTES, flags=0)", what is expected
			     at the cursor, or NULL */
};

/* Candidates at byte offset at of text. Free with completion_done. */
void complete(struct completion *out, const char *text, size_t at,
	const struct complete_world *world);
void completion_done(struct completion *c);

#endif
