/*
 * lesson: Markdown → pages, blocks, steps.
 *
 * A heading of level 1 is the title, a heading of level 2 begins a page.
 * Fences: setup, lab, check; on the page of an exercise numbers, goal, parsons,
 * feed LANE, solution, mistake NAME, when. starter is refused until programs
 * come. A task list is a prediction: the ticked item is right,
 * the indented paragraphs under an item explain it to those who chose it, and
 * an item may end in `-> …`, best written as code. An HTML comment is a
 * speaker's note. A block quote is the one sentence to keep, once a lesson. A
 * link leads to another lesson or into the glossary, in the same language.
 *
 * A page with a goal is an *exercise* (lesson/parts.h has the order of what is
 * on it). In a *round* the names of its numbers fence stand for the values of
 * one column: $NAME in its fences and its prose; $$ is a dollar.
 *
 * A prediction is *about* the steps between it and the next one (or the end of
 * its page). One of them decides it: when the ticked item carries `-> X`, the
 * first whose own expectation is X; else the last. A prediction about no steps
 * is a *poll*: nothing decides it, it does not count, and its answer is kept
 * for the end page.
 */
#ifndef LESSON_LESSON_H
#define LESSON_LESSON_H

#include <stdbool.h>
#include <stddef.h>

#include "call/line.h"

struct diag;

#define LESSON_PAGES 7       /* a lesson's longest */
#define LESSON_ROWS 9        /* of a page: prose, question and options … */
#define LESSON_COLUMNS 78    /* … so wide */
#define LESSON_END_ROWS 3    /* of the end page: its summary needs the rest */
#define LESSON_KEEP_ROWS 2   /* of the sentence to keep, which stands there */
#define LESSON_LIST_ROWS 15  /* of a page with a parsons fence, and as many
				lines in that … */
#define LESSON_LIST_COLUMNS 74 /* … and of one of its lines */
#define LESSON_TITLE 60      /* cells of a title */
#define LESSON_STEP_COLUMNS 58 /* of a line that Space runs: the footer names it
				before, without its result */
#define LESSON_RESULT_COLUMNS 16 /* of what a call gave, unless it is bytes: in
				the stage's column of 24, behind the first
				letters of its name */
#define LESSON_OPTIONS 5
#define LESSON_GOALS 4       /* of an exercise */
#define LESSON_HINTS 3
#define LESSON_FEEDS 8
#define LESSON_MISTAKES 16
#define LESSON_ROUNDS 8      /* columns of a numbers fence */
#define LESSON_BYTES (1 << 20) /* longest file */

enum block_kind {
	BLOCK_PROSE,      /* text: paragraphs, lists, headings of level 3 */
	BLOCK_SETUP,      /* steps that run at once when the page begins; before
			     all steps and predictions of the page */
	BLOCK_STEPS,      /* a lab fence: Space runs them one by one */
	BLOCK_PREDICTION, /* a task list: Space is locked until answered */
	BLOCK_CHECK,      /* runs by itself once the steps before it have */
	/* of an exercise: */
	BLOCK_GOAL,       /* prose: the sentence; steps: what must be true */
	BLOCK_HINT,       /* prose; LESSON_HINTS of them */
	BLOCK_PARSONS,    /* steps in the order in which they are given */
	BLOCK_FEED,       /* steps; word: the lane that must wait */
	BLOCK_SOLUTION,
	BLOCK_MISTAKE,    /* word: its name; prose: its own words */
	BLOCK_WHEN,       /* true when the mistake before it was made */
};

struct step {
	struct line line; /* of many: the first */
	char *text;       /* as printed by line_print; of many: as written */
	bool many;        /* it stands for many lines (lesson/typed.h) */
	int source_line;  /* in the file, from 1 */
};

struct option {           /* of a prediction */
	char *text;       /* marked text (see below) of the item, `-> …` cut */
	char *why;        /* marked text for those who chose it */
	bool right;       /* ticked */
	bool has_expect;  /* carries `-> …`: */
	struct expect expect;
	int source_line;
};

struct block {
	enum block_kind kind;
	char *prose;      /* marked text, see below, or NULL */
	char *word;       /* BLOCK_FEED, BLOCK_MISTAKE; else NULL */
	struct step *step;
	size_t steps, steps_room;
	struct option option[LESSON_OPTIONS];
	int options;
	bool poll;        /* BLOCK_PREDICTION: nothing decides it, else … */
	size_t decider_block, decider_step; /* … this step of the page does */
	int source_line;
};

/*
 * Marked text is UTF-8 where paragraphs are separated by "\n\n", a forced line
 * break is "\n", and these control characters switch styles on and off:
 * \x01 strong, \x02 emphasis, \x03 code, \x04 link. A list item begins with "• "
 * or "1. " on a line of its own. lesson/wrap.h breaks it into lines.
 */
#define MARK_STRONG '\x01'
#define MARK_EMPHASIS '\x02'
#define MARK_CODE '\x03'
#define MARK_LINK '\x04' /* what is shown of a link */

struct page {
	char *title;      /* marked text */
	struct block *block;
	size_t blocks, blocks_room;
	char *notes;      /* speaker's notes, plain text, or "" */
	char *numbers;    /* its numbers fence, a line each, or "" */
	int rounds;       /* how many that has; 1 when there is none */
	int source_line;
};

struct link_target {      /* [shown](../TO/LANGUAGE.md#term) */
	char *to;         /* a lesson's name, or "glossary" */
	char *language;
	char *term;       /* behind #, or "" */
	int source_line, source_column;
};

struct lesson {
	char *name;       /* the folder's name, or the file's */
	char *language;   /* "en", "pt_BR" */
	char *file;
	char *title;      /* marked text */
	char *keep;       /* the sentence to keep: marked text, "" when none */
	struct page *page;
	size_t pages, pages_room; /* at least one */
	char *notes;      /* before the first page */
	int round;        /* which values the names of numbers have: 0 … */
	int rounds;       /* … rounds - 1; 1 when there is no such fence; of
			     pages that differ, the most */
	struct link_target *link;
	size_t links, links_room;
};

/* Parse text (n bytes) of file, in round 0. 0 and a lesson the caller frees, or
 * -EINVAL with d: file (borrowed from the caller), line, column, sentence. */
int lesson_parse(struct lesson **out, const char *file, const char *text,
	size_t n, struct diag *d);

/* A .lab script as a lesson of one page without prose: same player. */
int lesson_parse_script(struct lesson **out, const char *file,
	const char *text, size_t n, struct diag *d);

/* The same in any round, counted on from 0: round 3 of 2 rounds is round 1. */
int lesson_parse_round(struct lesson **out, const char *file,
	const char *text, size_t n, int round, struct diag *d);

/* Read a file (.md, .lab, or anything with a / in its name), or find a lesson
 * by name in the lessons' folder in the given language (a sister language or
 * "en" when it is not there in that). -errno with d; d->file is good until the
 * next call. */
int lesson_load(struct lesson **out, const char *name_or_file,
	const char *language, struct diag *d);
int lesson_load_round(struct lesson **out, const char *name_or_file,
	const char *language, int round, struct diag *d);
void lesson_free(struct lesson *l);

/* Whether a page is an exercise: it has a goal. */
bool lesson_is_exercise(const struct page *p);

/* The page's block of a kind, the i-th (from 0): its index, or SIZE_MAX. */
size_t lesson_block(const struct page *p, enum block_kind kind, size_t i);

/* The `when` of a mistake, by the index of the mistake's block. */
size_t lesson_when(const struct page *p, size_t mistake);

/* The option of a prediction that is ticked. */
int lesson_right(const struct block *prediction);

/* Whether a page orders or asks anything of the wire, which a lab without
 * namespaces has not. */
bool lesson_needs_wire(const struct page *p);

/* Whether what is played of it orders something of the wire: then it cannot be
 * played where there is none. (Who only asks what the wire has seen is told
 * nothing there, and goes on.) */
bool lesson_orders_wire(const struct page *p);

/* The step's number in its page, from 1, over all its lab fences. */
int lesson_step_number(const struct page *p, size_t block, size_t step);

#endif
