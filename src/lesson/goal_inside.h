/*
 * goal_inside: what the files of goals share: one line of a fence, judged.
 */
#ifndef LESSON_GOAL_INSIDE_H
#define LESSON_GOAL_INSIDE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "lesson/deeds.h"
#include "lesson/goal.h"

struct judged {
	enum goal_state state;
	struct buf expected, observed; /* whole; cut when they are handed out */
	uint32_t row;                  /* SCENE_NONE */
};

/* Each fills in a judged that is zeroed but for its row. */
void goal_did(struct judged *j, const struct deeds *d, const struct line *l);
void goal_bytes(struct judged *j, const struct deeds *d, const struct line *l);
void goal_sees(struct judged *j, const struct deeds *d, const struct line *l);
void goal_has(struct judged *j, const struct deeds *d, const struct line *l);

/* The lane of a line, with its thread: "client/2". */
#define GOAL_LANE (LINE_LANE + 12)
void goal_lane(char out[GOAL_LANE], const struct line *l);

/* A value, short; a text, cut to so many letters. */
void words_value(struct buf *b, const struct value *v);
void words_cut(struct buf *b, const char *text, size_t letters);

/* "twice"; "at least twice"; "at most 4 bytes". most -1: no limit. */
void words_times(struct buf *b, int64_t n);
void words_range(struct buf *b, int64_t least, int64_t most);
void words_size(struct buf *b, int64_t least, int64_t most);

#endif
