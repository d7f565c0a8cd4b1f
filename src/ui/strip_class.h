/*
 * strip_class: the lesson's pane before a class: a question that is asked of
 * it, its votes, and what came of them.
 */
#ifndef UI_STRIP_CLASS_H
#define UI_STRIP_CLASS_H

#include <stdbool.h>

struct app;
struct block;
struct page;
struct player_prediction;
struct strip;

/* The prose before a question that is asked: its last paragraph is the
 * question, which stands out. */
void strip_class_prose(struct strip *s, const char *marked);

/* Leave out what there is no room for and was read before. */
void strip_class_fit(struct strip *s);

/* Going back in time, before the answer: what came of it is not told. */
bool strip_class_hides(const struct app *a);

/* The question of a page: asked, or answered. */
void strip_class(struct strip *s, const struct app *a, const struct page *page,
	const struct block *b, const struct player_prediction *p);

/* On the last page: the first question once more; then what was thought of it
 * and what the kernel showed. */
void strip_class_again(struct strip *s, const struct app *a);
void strip_class_belief(struct strip *s, const struct app *a);

#endif
