/*
 * course: which lessons there are, in order (lessons/course), and how far the
 * learner is (plain text under XDG_STATE_HOME).
 */
#ifndef LESSON_COURSE_H
#define LESSON_COURSE_H

#include <stdbool.h>
#include <stddef.h>

struct diag;

struct course_lesson {
	char name[48];
	char *title;           /* in the language asked for */
	char track[48];        /* heading it stands under, translated msgid */
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

int course_load(struct course **out, const char *language, struct diag *d);
void course_free(struct course *c);

/* Note progress; written to a fresh file and renamed. 0 or -errno. */
int course_note(const char *lesson, int page, bool finished, int right,
	int asked);

#endif
