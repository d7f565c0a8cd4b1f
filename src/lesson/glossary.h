/*
 * glossary: what the words of the field mean, in the learner's language.
 *
 * lessons/glossary/LANGUAGE.md is Markdown as a lesson is: a heading of level 2
 * is a term and its other names, separated by commas; its prose the meaning.
 */
#ifndef LESSON_GLOSSARY_H
#define LESSON_GLOSSARY_H

#include <stddef.h>

struct diag;
struct glossary;
struct lesson;

/* 0, or -errno with d. The language falls back as a lesson's does. */
int glossary_load(struct glossary **out, const char *language,
	struct diag *d);

/* The same from a file's text, parsed: l is taken over, also when refused. */
int glossary_of(struct glossary **out, struct lesson *l, struct diag *d);
void glossary_free(struct glossary *g);

/* Terms in the order of the alphabet; NULL behind the last. Borrowed. */
struct glossary_term {
	const char *names;   /* "backlog, listen queue" */
	const char *meaning; /* marked text (lesson/lesson.h) */
};
const struct glossary_term *glossary_at(const struct glossary *g, size_t i);

/* The term of a word or words, whatever its case, its accents, its hyphens and
 * its plural s; NULL. */
const struct glossary_term *glossary_find(const struct glossary *g,
	const char *word, size_t n);

/* The term that a link into the glossary names behind its #: one of its names,
 * or, as forges write them, all: "backlog", "backlog-listen-queue"; NULL. */
const struct glossary_term *glossary_linked(const struct glossary *g,
	const char *term);

#endif
