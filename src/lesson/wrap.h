/*
 * wrap: marked text (lesson/lesson.h) → lines of styled spans.
 *
 * The screen, --plain and the checker's rule of nine rows use this one, so
 * what the checker lets by fits. Lines break at spaces; the spaces inside code
 * do not break as long as the code fits a line of its own. A word longer than
 * a line is cut.
 */
#ifndef LESSON_WRAP_H
#define LESSON_WRAP_H

#include <stddef.h>

struct block;
struct buf;
struct page;

enum wrap_style { /* bits of a span's style */
	WRAP_STRONG = 1,
	WRAP_EMPHASIS = 2,
	WRAP_CODE = 4,
	WRAP_LINK = 8, /* its target: lesson.link, in the order of the text */
};

struct wrap_span {
	unsigned style;
	size_t at, len;    /* bytes of wrapped.text */
	int cells;
};

struct wrap_line {
	size_t span, spans; /* of wrapped.span; none: an empty line */
	int indent;         /* cells left free before the first span */
	int cells;          /* with the indent */
};

struct wrapped {
	struct wrap_line *line;
	size_t lines;
	struct wrap_span *span;
	size_t spans;
	char *text;
};

/*
 * Break marked text into lines of width cells (at least 1). A paragraph that
 * begins with "• " or "N. " hangs: its further lines are indented by that
 * much. wrap_indented leaves indent cells of the width free before every line
 * (an option's letter stands there on the first). Free with wrap_done.
 */
void wrap_text(struct wrapped *out, const char *marked, int width);
void wrap_indented(struct wrapped *out, const char *marked, int width,
	int indent);
void wrap_done(struct wrapped *w);

/* An option's text is indented by this much; in it stand "  a  ". */
#define WRAP_OPTION_INDENT 5

/* A goal's sentence by this much; in it stand " ☐ ". */
#define WRAP_GOAL_INDENT 3

/* The whole page as the lesson view lays it out: prose blocks one under the
 * other with an empty line between them, options under their question.
 * Number of rows. */
int wrap_page_rows(const struct page *p, int width);

/* The goals of an exercise, one under the other. Number of rows. */
int wrap_goal_rows(const struct page *p, int width);

/* Rows of one marked text. */
int wrap_rows(const char *marked, int width, int indent);

/* Marked text without its marks: for TAP, --plain and titles. */
void wrap_plain(struct buf *b, const char *marked);

#endif
