/*
 * nearest: the valid word that somebody most likely meant.
 *
 * Upper and lower case count as the same letter; a word is near when no more
 * than a third of its letters differ, and at least one may.
 */
#ifndef CALL_NEAREST_H
#define CALL_NEAREST_H

struct nearest {
	const char *wanted; /* borrowed */
	const char *word;   /* the best so far, borrowed, or NULL */
	int distance;
};

void nearest_init(struct nearest *n, const char *wanted);
void nearest_try(struct nearest *n, const char *word);

#endif
