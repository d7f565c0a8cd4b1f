/* progress_file: where the learner's file is, and how it is replaced. */
#ifndef LESSON_PROGRESS_FILE_H
#define LESSON_PROGRESS_FILE_H

struct buf;

/* All of it into b; nothing when it is not there. 0 or -errno. */
int progress_file_read(struct buf *b);

/*
 * Read it, let revise write what shall stand there instead, and put that in its
 * place, while nobody else does. 0 or -errno, and then it is as it was.
 */
int progress_file_change(void (*revise)(struct buf *fresh,
	const struct buf *text, void *arg), void *arg);

#endif
