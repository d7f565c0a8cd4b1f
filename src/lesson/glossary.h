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

/* 0, or -errno with d. The language falls back as a lesson's does. */
int glossary_load(struct glossary **out, const char *language,
	struct diag *d);
void glossary_free(struct glossary *g);

/* Terms in the order of the alphabet; NULL behind the last. Borrowed. */
struct glossary_term {
	const char *names;   /* "backlog, listen queue" */
	const char *meaning; /* marked text (lesson/lesson.h) */
};
const struct glossary_term *glossary_at(const struct glossary *g, size_t i);

/* The term of a word or words, whatever its case or its plural s; NULL. */
const struct glossary_term *glossary_find(const struct glossary *g,
	const char *word, size_t n);

#endif
