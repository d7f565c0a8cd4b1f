/*
 * notes: what a second terminal knows of the lesson that is being played: it
 * reads the newest live journal, and from it where the lesson is and since
 * when. (notes.c follows, notes_lines.c says it, ui.h has the way in.)
 */
#ifndef UI_NOTES_H
#define UI_NOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct journal_view;
struct lesson;
struct strip;

struct notes { /* begins zeroed */
	char path[4096];       /* of the journal that is followed */
	struct journal_view *journal;
	uint64_t offset;       /* of its next event */
	bool live;             /* somebody writes it */
	int64_t looked;        /* when it was asked for a newer one */
	int64_t first;         /* ns since 1970: the first lesson began … */
	int lessons;           /* … of so many */
	int64_t began;         /* … this one … */
	int64_t turned;        /* … and this page */
	char name[48], language[8];
	int page;              /* from 1; 0: none yet */
	int step;              /* of the page, that ran last; 0: none */
	struct lesson *lesson; /* NULL: it is none that we have */
};

void notes_done(struct notes *n);

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
