/*
 * course: which lessons there are, in order, and how far the learner is.
 *
 * lessons/course is plain text: a line that begins at the margin names a
 * track, an indented line a lesson of it, # begins a comment.
 *
 * $XDG_STATE_HOME/tomada/progress (else ~/.local/state/tomada/progress) has a
 * line for each lesson that was begun, `no-messages page 4 right 2 of 3`, with
 * ` finished` behind it once its end page was reached, and ` times 2` when that
 * was so twice; a line for each exercise that the learner did without being
 * shown how, `exercise zero 6 done 2026-11-21`; and one for each question that
 * was answered (lesson/recall.h). Lines that we do not understand stay as they
 * are (lesson/progress.h).
 */
#ifndef LESSON_COURSE_H
#define LESSON_COURSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lesson/recall.h"

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
	int times;             /* finished so often: the next round */
	int right, asked;      /* predictions: of the best time that it was
				  finished, else as far as it was reached */
	int exercises, done;   /* how many it has; done by the learner */
	int due;               /* older questions that open it when it is begun
				  now (course_look_due); 0 when one goes on
				  with it */
};

struct course {
	struct course_lesson *lesson;
	size_t lessons;
	size_t last;           /* the one that was played last; SIZE_MAX */
};

/* $TOMADA_LESSONS, else lessons/ beside the build, else the installed one. */
const char *course_folder(void);

/* Read lessons/course, each lesson's title and pages, and the progress. A
 * language that a lesson is not written in falls back as lesson_load does. 0
 * or -errno with d, whose file is good until the next call. */
int course_load(struct course **out, const char *language, struct diag *d);
void course_free(struct course *c);

/* Fill in how many older questions open each lesson. */
void course_look_due(struct course *c, const char *language);

/* The lesson to go on with: the one that was played last, if it was left on its
 * way, also when it had been finished before; else the first that is begun and
 * not finished, else the first not finished, else the first. Index into lesson.
 */
size_t course_next(const struct course *c);

/* The page (from 0) on which a lesson is taken up: the one that was reached,
 * also when it is read once more; but the first of a lesson that was left at
 * its end. */
size_t course_resume(const struct course_lesson *l);

/* The name of the lesson that comes behind a lesson in the course, into out;
 * false: it is the last, or none of the course. */
bool course_after(const char *name, char *out, size_t size);

/* How far the learner is in a lesson of any name, as the fields reached,
 * finished, times, right, asked; all 0: it was never begun. */
void course_reached(struct course_lesson *out, const char *name);

/* Note progress (page from 1); written to a fresh file and renamed. A lesson
 * once finished stays so, and its score falls no more. 0 or -errno. */
int course_note(const char *lesson, int page, bool finished, int right,
	int asked);

/* What was noted of a player; begins zeroed. */
struct course_noted {
	size_t page;           /* from 1 */
	bool ended;
	bool counted;          /* this end is one of its times */
	unsigned exercises;    /* that were done: a bit for each page */
	struct recall_noted recall;
	bool busy;             /* somebody else wrote; tried again when … */
	unsigned changes;      /* … the player has changed since */
};

/*
 * Note how far a player is, and each prediction and exercise, as soon as that
 * has changed: progress is worth keeping even when the next moment is a kill
 * -9. l is the lesson of the course that is played; an older question that
 * opens it is noted for its own. To be called whenever something happened; it
 * asks for the date itself. A disk that is full must not stop a lesson: what
 * cannot be noted is not.
 */
void course_follow(struct course_noted *n, const struct lesson *l,
	const struct player *p);

#endif
