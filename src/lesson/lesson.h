/*
 * lesson: Markdown → pages, blocks, steps.
 *
 * A heading of level 1 is the title, a heading of level 2 begins a page.
 * Fences: setup, lab, check, starter, solution, mistake NAME. A task list is a
 * prediction. An HTML comment is a speaker's note. (DESIGN: "A lesson".)
 */
#ifndef LESSON_LESSON_H
#define LESSON_LESSON_H

#include <stdbool.h>
#include <stddef.h>

#include "call/line.h"

struct diag;

enum block_kind {
	BLOCK_PROSE,      /* text: paragraphs, lists, headings of level 3 */
	BLOCK_SETUP,      /* steps that run at once when the page begins */
	BLOCK_STEPS,      /* a lab fence: Space runs them one by one */
	BLOCK_PREDICTION, /* a task list: Space is locked until answered */
	BLOCK_CHECK,      /* steps run after the page's own, by the checker too */
};

struct step {
	struct line line;
	char *text;       /* as printed by line_print */
	int source_line;  /* in the file, from 1 */
};

struct option {           /* of a prediction */
	char *text;       /* marked text (see prose) of the item */
	char *why;        /* marked text for those who chose it */
	bool right;       /* ticked */
	bool has_expect;  /* carries `-> …`: */
	struct expect expect;
	int source_line;
};

struct block {
	enum block_kind kind;
	char *prose;      /* BLOCK_PROSE: marked text, see below */
	struct step *step;
	size_t steps;
	struct option option[5];
	int options;
	int source_line;
};

/*
 * Marked text is UTF-8 where paragraphs are separated by "\n\n", a forced line
 * break is "\n", and these control characters switch styles on and off:
 * \x01 strong, \x02 emphasis, \x03 code. A list item begins with "• " or
 * "1. " on a line of its own.
 */

struct page {
	char *title;
	struct block *block;
	size_t blocks;
	char *notes;      /* speaker's notes, plain text, or "" */
	int source_line;
};

struct lesson {
	char *name;       /* the folder's name, or the file's */
	char *language;   /* "en", "pt_BR" */
	char *file;
	char *title;
	char *keep;       /* the end page's one sentence (front matter or fence),
			     see src/README.md; "" when none */
	struct page *page;
	size_t pages;
	char *notes;      /* before the first page */
};

/* Parse text (n bytes) of file. 0 and a lesson the caller frees, or -EINVAL
 * with d: file, line, column, sentence. */
int lesson_parse(struct lesson **out, const char *file, const char *text,
	size_t n, struct diag *d);

/* Read a file, or find a lesson by name in the lessons' folder in the given
 * language ("en" when it is not there in that). -errno with d. */
int lesson_load(struct lesson **out, const char *name_or_file,
	const char *language, struct diag *d);
void lesson_free(struct lesson *l);

/* A .lab script as a lesson of one page without prose: same player. */
int lesson_parse_script(struct lesson **out, const char *file,
	const char *text, size_t n, struct diag *d);

#endif
