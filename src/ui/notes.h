/*
 * notes: what a second terminal knows of the lesson that is being played: it
 * follows a journal, and from that knows where the lesson is and since when.
 * (notes_follow.c follows, notes_lines.c says it, notes.c shows it, ui.h has
 * the way in.)
 *
 * Whoever shows a class something may try it beside on a third terminal. So a
 * lesson of a class goes before any other, a lesson before a lab, and of
 * equals the one that is followed stays for as long as somebody writes it; the
 * first time the newest is taken. Behind a lesson no lab is followed.
 */
#ifndef UI_NOTES_H
#define UI_NOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diag;
struct journal_view;
struct lesson;
struct strip;

/* Lessons that followed one another. */
struct notes_lessons {
	int64_t first;         /* ns since 1970: the first began … */
	int64_t last;          /* … and the last of … */
	int lessons;           /* … so many */
};

struct notes { /* begins zeroed */
	char path[4096];       /* of the journal that is followed */
	struct journal_view *journal;
	uint64_t offset;       /* of its next event */
	bool named;            /* it was asked for by name */
	bool recorded;         /* and was over already */
	bool of_class;         /* its lesson is played before a class */
	bool live;             /* somebody writes it */
	int64_t ended;         /* ns since 1970, when nobody does */
	int64_t looked;        /* when it was asked for a better one */
	struct notes_lessons run[2]; /* of lessons, and of those of a class */
	int64_t began;         /* this one began … */
	int64_t turned;        /* … and this page */
	char name[48], language[8];
	int page;              /* from 1; 0: none yet */
	int step;              /* of the page, that ran last; 0: none */
	struct lesson *lesson; /* NULL: it is none that we have */
};

void notes_done(struct notes *n);

/* Follow the journal of that name, until it ends. 0, or -errno with d. */
int notes_name(struct notes *n, const char *path, struct diag *d);

/* Take in what happened. 1 when there is something new to be told, 0, or
 * -ENOENT: no lesson has been played yet. */
int notes_follow(struct notes *n);

/* "lesson 12 min · this page 2:04", at a time. */
void notes_times(struct strip *s, const struct notes *n, int64_t now);

/* The notes of the page. */
void notes_page(struct strip *s, const struct notes *n);

/* What is yet to come: steps with what they should give, questions with the
 * right answer marked, the next page. */
void notes_next(struct strip *s, const struct notes *n);

#endif
