/* progress: the file that says how far the learner is (lesson/course.h). */
#ifndef LESSON_PROGRESS_H
#define LESSON_PROGRESS_H

struct course;

/* Fill in reached, finished, right and asked. A file that is not there or
 * cannot be read is no progress. */
void progress_read(struct course *c);

#endif
