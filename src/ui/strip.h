/*
 * strip: the lesson's pane, made as lines before it is drawn.
 *
 * The *body* can be longer than the pane and scrolls; below it lines are
 * *pinned*: the goals of an exercise, which stay in sight.
 */
#ifndef UI_STRIP_H
#define UI_STRIP_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/ink.h"

struct app;
struct block;
struct buf;
struct option;
struct page;
struct player_prediction;
struct step;

#define STRIP_WIDE 100 /* longer lines are hard to read */

/* What a click on a line means. */
enum strip_click {
	STRIP_NOTHING,
	STRIP_OPTION,  /* choose it */
	STRIP_PLACE,   /* select it: a line of a Parsons list */
	STRIP_GOAL,    /* ask what it lacks */
};

struct strip_line {
	struct ink ink;
	enum strip_click click;
	int which;       /* option, place or goal */
};

struct strip {
	struct strip_line *line;
	size_t lines, room;
	int width;
	int height;      /* of the pane; 0: not known */
	bool to_end;     /* the last lines matter more than the first */
	int see;         /* a line that must be in sight; -1 */
	size_t spare;    /* so many of the first lines may be left out, by
			    paragraphs, where there is no room for them */
};

/* ---- strip_lines.c ---- */

void strip_init(struct strip *s, int width, int height);
void strip_done(struct strip *s);

/* A new line at the end; what a click on it means. */
struct ink *strip_line(struct strip *s);
struct ink *strip_clicked(struct strip *s, enum strip_click click, int which);

/* An empty line, unless there is one or nothing before. */
void strip_gap(struct strip *s);

/* Leave empty lines out, the first of them first, where that is enough to make
 * it fit into so many. */
void strip_squeeze(struct strip *s, int lines);

/* Marked text (lesson/lesson.h) from cell `indent` on; lead stands before its
 * first line, NULL: nothing. */
void strip_marked(struct strip *s, const char *marked, int indent,
	const struct ink *lead, int plain);
void strip_prose(struct strip *s, const char *marked);

/* Plain words that may need several lines, behind a heading in dim. */
void strip_told(struct strip *s, const char *heading, const char *words,
	int style);

/* "▸a  three times …" */
void strip_option(struct strip *s, const struct option *o, int i, bool chosen,
	int plain);

/* "server: recv(conn, 64)": a step without what it expects. */
void strip_step(struct buf *b, const struct step *step);

/* Two strips side by side; both are emptied. */
void strip_beside(struct strip *s, struct strip *left, struct strip *right);

/* ---- parts of the body ---- */

/* Prose and question, up to where the page is; without a lesson how to begin.
 */
void strip_page(struct strip *s, const struct app *a);
void strip_guide(struct strip *s, const struct app *a);

/* What came of a prediction, and the explanation of what was chosen. */
void strip_observed(struct strip *s, const struct page *page,
	const struct block *b, const struct player_prediction *p);

/* The right half of that: what was observed, and where. */
void strip_observation(struct strip *s, const struct page *page,
	const struct block *b, const struct player_prediction *p);

/* The step that decided and what it gave, as marked text. */
void strip_result(struct buf *out, const struct page *page,
	const struct block *b, const struct player_prediction *p);

/* Instead of a page that is left out, for want of a wire. */
void strip_left_out(struct strip *s, const struct app *a);

/* The page of an exercise: the task, or what was asked of it; its goals, in at
 * most so many lines (0: all that they need), cut to one each or summed up. */
void strip_exercise(struct strip *s, const struct app *a);
void strip_goals(struct strip *s, const struct app *a, int most);

/* What stays of the lesson. */
void strip_end(struct strip *s, const struct app *a);

/* ---- all of it ---- */

/* Both at a width and a height (0: as much as it needs). */
void strip_make(struct strip *body, struct strip *pinned, const struct app *a,
	int width, int height);

/* The lesson's width on a screen of so many columns; the rows of its pane as
 * it was drawn last, 0: never. */
int strip_width(int columns);
int strip_height(void);

/* Whether it was longer than its pane when it was drawn last; scroll it by a
 * pane's rows, way +1 or -1, when it is in sight. */
bool strip_hides(void);
void strip_scroll(struct app *a, int way);

/* Whether a question of the page has its answer: that may have rows which the
 * stage does not need. */
bool strip_answers(const struct app *a);

/* How many rows the lesson would like to have; 0: as many as usual. */
int strip_wish(const struct app *a, int width);

#endif
