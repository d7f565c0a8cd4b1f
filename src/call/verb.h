/*
 * verb: what an actor and the lab are told without parentheses: `kill`,
 * `wait 2s`; and what the lab writes down of them: `starts`, `built …`.
 */
#ifndef CALL_VERB_H
#define CALL_VERB_H

#include <stdbool.h>
#include <stddef.h>

struct scan;

enum verb_takes {
	VERB_NOTHING,
	VERB_TIME,
	VERB_COUNT,   /* a number from 0 */
	VERB_CHOICE,  /* one of the words in choices */
	VERB_SIGNAL,  /* a signal's name, or nothing */
	VERB_HOST,    /* a new host's name and IPv4 address; the lab, writing
			 it down, adds the IPv6 address */
	VERB_SETTING, /* a name with dots and a value */
	VERB_NEEDS,   /* kernel 6.5, or cores 2 */
	VERB_ENDS,    /* nothing, or -> and a signal or exit N */
	VERB_TEXT,    /* anything */
};

struct verb {
	const char *name;
	bool lab;             /* of the lab; else of an actor */
	enum verb_takes takes;
	const char *choices;  /* "slow|real" */
	const char *help;     /* one line, msgid; NULL: people do not say it */
};

const struct verb *verb_row(bool lab, const char *name);
const struct verb *verb_at(size_t i); /* NULL behind the last */
const char *verb_nearest(bool lab, const char *name);

/* Check what follows the verb, at the cursor, up to the end of the line. */
int verb_check_rest(struct scan *s, const struct verb *v);

#endif
