/*
 * goal_inside: what the files of goals share: one line of a fence, and what was
 * counted for it so far.
 *
 * An *account* is that of all settled deeds (lesson/deeds.h) and all frames
 * that there were; what is pending is added to a copy of it, for this judgement
 * alone. So a judgement costs what has happened since the one before.
 */
#ifndef LESSON_GOAL_INSIDE_H
#define LESSON_GOAL_INSIDE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "lesson/deeds.h"
#include "lesson/goal.h"

struct filter;

struct judged {
	enum goal_state state;
	bool lacks;                    /* open: of this there is too little */
	struct buf expected, observed; /* whole; cut when they are handed out */
	uint32_t row;                  /* SCENE_NONE */
};

/* ---- accounts ---- */

/* Of `did`. The members that are calls are SCENE_NONE when there is none. */
struct count {
	int64_t whole;         /* calls that match, with what must follow */
	int64_t alone;         /* that match, and nothing followed yet … */
	uint32_t last_alone;   /* … the last of these */
	uint32_t match;        /* the last that matches */
	uint32_t named;        /* the last of that name since the setup … */
	uint32_t near;         /* … and of those arguments, too */
	uint32_t lonely;       /* the last with another follower … */
	uint32_t after;        /* … which is this one */
};

/* Of `got` and `gave`: bytes as they come, beside those that are wanted. */
struct tally {
	uint64_t total;
	int piece;             /* of the line's arg: the next wanted byte … */
	uint64_t at;           /* … is this one of it */
	bool wrong;            /* a byte differs: */
	uint64_t wrong_at;
	uint8_t is, wanted;
	uint32_t last;         /* the call that moved bytes; SCENE_NONE */
	uint32_t shown;        /* the first that moved too much, or wrong */
	uint32_t end;          /* the last that received the end */
};

/* Of `sees`. */
struct sight {
	struct filter *filter; /* NULL: none, or not compiled yet */
	bool compiled;
	uint32_t next;         /* the first frame not looked at; 0: none was */
	int64_t n;
	uint32_t row;          /* SCENE_NONE */
};

#define GOAL_LANE (LINE_LANE + 12)

struct account {
	const struct line *line;    /* borrowed */
	char lane[GOAL_LANE];       /* with its thread: "client/2" */
	struct count count;
	struct tally tally;
	struct sight sight;
};

/* Take in a settled deed. */
void did_settled(struct account *a, const struct deeds *d,
	const struct deed *e);
void bytes_settled(struct account *a, const struct deeds *d,
	const struct deed *e);

/* Each fills in a judged that is zeroed but for its row. */
void goal_did(struct judged *j, const struct deeds *d,
	const struct account *a);
void goal_bytes(struct judged *j, const struct deeds *d,
	const struct account *a);
void goal_sees(struct judged *j, struct deeds *d, struct account *a);
void goal_has(struct judged *j, const struct deeds *d,
	const struct account *a);

/* ---- what cannot come any more ---- */

/* Whether a page is for the sockets of its setup alone: a closed world; and
 * whether it is one no more, for something was made, or is being made. */
bool goal_is_closed_world(const struct page *page);
bool goal_was_opened(const struct deeds *d);

/* In a closed world: whether what a line lacks cannot come any more. Then it is
 * broken, and what is observed says why. */
void goal_lost(struct judged *j, const struct deeds *d,
	const struct account *a);

/* ---- words ---- */

/* The row that had begun last before a position; SCENE_NONE. */
uint32_t goal_row_before(const struct deeds *d, uint32_t position);

/* A value, short; a text, cut to so many letters. */
void words_value(struct buf *b, const struct value *v);
void words_cut(struct buf *b, const char *text, size_t letters);

/* "twice"; "at least twice"; "at most 4 bytes". most -1: no limit. */
void words_times(struct buf *b, int64_t n);
void words_range(struct buf *b, int64_t least, int64_t most);
void words_size(struct buf *b, int64_t least, int64_t most);

#endif
