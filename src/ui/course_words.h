/*
 * course_words: how far the learner is in a lesson, in words.
 */
#ifndef UI_COURSE_WORDS_H
#define UI_COURSE_WORDS_H

#include <stddef.h>

struct buf;
struct course;
struct course_lesson;

/* "done", "done, again on page 3 of 7", "page 3 of 7", "7 pages" */
void course_how_far(struct buf *b, const struct course_lesson *x);

/* "exercise done", "1 of 2 exercises done"; nothing while there is nothing to
 * tell: none has been tried. */
void course_exercises(struct buf *b, const struct course_lesson *x);

/* "2 older questions first": so many open it when it is begun now; nothing when
 * none does. */
void course_due(struct buf *b, const struct course_lesson *x);

/* What Enter does with it: "begin", "go on at page 3", also when it was finished
 * before, "once more". */
void course_enter(struct buf *b, const struct course_lesson *x);

/* Lessons finished, of those from first up to, but without, end. */
size_t course_finished(const struct course *c, size_t first, size_t end);

/* Where the track of lesson i ends: the index behind its last lesson. */
size_t course_track_end(const struct course *c, size_t i);

#endif
