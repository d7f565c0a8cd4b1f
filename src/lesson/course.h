/*
 * course: which lessons there are, in order, and how far the learner is.
 *
 * lessons/course is plain text: a line that begins at the margin names a
 * track, an indented line a lesson of it, # begins a comment.
 *
 * $XDG_STATE_HOME/tomada/progress (else ~/.local/state/tomada/progress) has a
 * line for each lesson that was begun, `no-messages page 4 right 2 of 3`, with
 * ` finished` behind it once its end page was reached. Lines that we do not
 * understand stay as they are.
 */
#ifndef LESSON_COURSE_H
#define LESSON_COURSE_H

#include <stdbool.h>
#include <stddef.h>

struct diag;
struct lesson;
struct player;

struct course_lesson {
	char name[48];
	char *title;           /* in the language asked for */
	char track[48];        /* heading it stands under, a msgid */
	int pages;
	int reached;           /* page last reached, 0: never begun */
	bool finished;
	int right, asked;      /* predictions of the last time */
};

struct course {
	struct course_lesson *lesson;
	size_t lessons;
};

/* $TOMADA_LESSONS, else lessons/ beside the build, else the installed one. */
const char *course_folder(void);

/* Read lessons/course, each lesson's title and pages, and the progress. A
 * language that a lesson is not written in falls back as lesson_load does. 0
 * or -errno with d, whose file is good until the next call. */
int course_load(struct course **out, const char *language, struct diag *d);
void course_free(struct course *c);

/* The lesson to go on with: the first that is begun and not finished, else the
 * first not finished, else the first. Index into lesson. */
size_t course_next(const struct course *c);

/* Note progress (page from 1); written to a fresh file and renamed. A lesson
 * once finished stays so. 0 or -errno. */
int course_note(const char *lesson, int page, bool finished, int right,
	int asked);

/* What was noted of a player; begins zeroed. */
struct course_noted {
	size_t page;           /* from 1 */
	bool ended;
};

/* Note how far a player of l is, when that has changed: progress is worth
 * keeping even when the next moment is a kill -9. A disk that is full must not
 * stop a lesson: what cannot be noted is not. */
void course_follow(struct course_noted *n, const struct lesson *l,
	const struct player *p);

#endif
