/*
 * progress: the file that says how far the learner is (lesson/course.h has its
 * place and its lines).
 *
 * It is the learner's: plain text, which may be edited, merged, carried to
 * another machine, and met by older and newer versions of us. So a line, or the
 * end of one, that is not understood is written back as it was; who reads finds
 * the old file or the new one, whole, after a kill at any moment; and two
 * programs that write at once do it one after the other. A file that cannot be
 * read is never replaced.
 */
#ifndef LESSON_PROGRESS_H
#define LESSON_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

#define PROGRESS_NAME 48

enum progress_kind {
	PROGRESS_LESSON,
	PROGRESS_EXERCISE,
	PROGRESS_QUESTION,
};

/* A line: of each kind only what stands in it (see course.h, recall.h). */
struct progress_line {
	enum progress_kind kind;
	char name[PROGRESS_NAME];  /* the lesson's */
	int page;                  /* from 1 */
	int right, asked;          /* of a question only right: in a row */
	bool finished;
	int times;                 /* finished so often */
	int number;                /* of the question on its page, from 1 */
	int first, last;           /* options: 0 is a */
	int64_t day;               /* done, or seen: days since 1970 */
	int lessons;               /* begun, when it was seen */
	char rest[160];            /* of the line: not understood */
};

struct progress {
	struct progress_line *line; /* those that are understood */
	size_t lines, room;
};

/* What is known. A file that is not there or cannot be read is no progress. */
void progress_load(struct progress *p);
void progress_done(struct progress *p);

/* The line about a lesson, an exercise (by page), a question (by page and
 * number), or NULL. The last, when there are several. */
const struct progress_line *progress_find(const struct progress *p,
	enum progress_kind kind, const char *name, int page, int number);

/* How many lessons were begun. */
int progress_begun(const struct progress *p);

/*
 * Put a line in the place of the one about the same thing. What is finished
 * stays so, times does not fall, and of a question the first answer stays. The
 * score of a lesson that was finished stays until it is finished with a better
 * one: finished says of the new line that its score is of such an end.
 * 0 or -errno: -EAGAIN when somebody else writes for long.
 */
int progress_change(const struct progress_line *now);

/* One line without its end. False when it is none of ours. */
bool progress_parse(struct progress_line *e, const char *text, size_t n);
void progress_print(struct buf *b, const struct progress_line *e);

/* "2026-11-21" ⇄ days since 1970; today, where the learner is. */
bool progress_parse_day(const char *text, size_t n, int64_t *day);
void progress_print_day(struct buf *b, int64_t day);
int64_t progress_today(void);

#endif
