/*
 * course_list: the list of lessons on the screen: what it is made of
 * (course.c has its keys, course_draw.c draws it).
 *
 * The glossary, the key map and the line in which one searches are those of a
 * lesson's screen, so the list keeps a struct app for them, of which nothing
 * else is used.
 */
#ifndef UI_COURSE_LIST_H
#define UI_COURSE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/app.h"

enum {
	COURSE_LIST_Y = 2, /* first row of the list */
	COURSE_BELOW = 3,  /* rows below it: a rule, the chosen one, keys */
};

struct course_list {
	struct course *c;
	size_t at;         /* chosen lesson */
	size_t found_from; /* … when a search began */
	int top;           /* first line seen */
	int first_line;    /* of the screen, with a line of the list */
	struct app app;    /* its layers */
	bool begin, quit;
};

/* The line of the list that lesson i stands on: tracks have one each, and one
 * between them. */
int course_line_of(const struct course_list *l, size_t i);

void course_draw(struct course_list *l);

#endif
