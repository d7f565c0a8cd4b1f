/*
 * prompt_inside: what the prompt's files share: prompt.c (what keys mean) and
 * prompt_draw.c.
 *
 * A *candidate* is a word that Tab could put at the cursor. An *offer* is the
 * translation of a line that was written in another language.
 */
#ifndef UI_PROMPT_INSIDE_H
#define UI_PROMPT_INSIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "call/complete.h"

struct app;

/* app->prompt when it is open. */
struct prompt {
	bool pasting;
	struct diag wrong;         /* of the line as it stands; msg "" */
	char *offer;               /* what it may have meant, owned; or NULL */
	char *sent;                /* the newest line the lab got, owned */
	struct completion choice;  /* what Tab found, when more than one */
	size_t choice_from;        /* first candidate that is shown … */
	size_t choice_next;        /* … and the first that had no room */
};

/*
 * What Tab could do here: candidates into c, and the offer, which the caller
 * frees, when Tab would take that: not while a word is being typed that can
 * be completed.
 */
char *prompt_suggest(struct app *a, struct completion *c);

#endif
