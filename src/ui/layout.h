/*
 * layout: which part of the screen lies where. Pure arithmetic: knows no
 * curses.
 *
 * From top to bottom: the *header*; the *stage* with its heading; the *queues*
 * below it, with a ruler above them; the *tabs*, a ruler that names the views;
 * the *view*; from 100x30 on, below a *ruler* of its own, the lesson's *strip*
 * (on smaller screens the lesson is a view like the others); the *prompt* when
 * it is open; the *footer*. A part without a place has height 0.
 */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include <stdbool.h>

#define LAYOUT_MIN_ROWS 12
#define LAYOUT_MIN_COLUMNS 40
/* Below this width the cells of a row of the stage stand below one another,
 * and there are no queues. */
#define LAYOUT_NARROW 72

struct rect {
	int y, x, h, w;
};

struct layout_wish {
	int rows, columns;    /* of the terminal */
	bool lesson_view;     /* the view shown is the lesson */
	bool has_lesson;      /* there is a lesson: a strip has a use */
	bool zoomed;
	bool stage_focused;   /* what zoomed means: the stage … */
	bool strip_focused;   /* … the lesson in its strip; else the view */
	int strip;            /* rows that the lesson would like; 0: as usual */
	int stage;            /* rows that the stage keeps of those; 0: few */
	bool queues;          /* they stay, whatever the lesson would like */
	bool prompt;          /* is open */
	int message;          /* rows that what is said needs beyond one: of
				 the prompt when that is open, else of the
				 footer */
};

struct layout {
	bool tiny;            /* too small: one sentence */
	struct rect header, stage, queues, tabs, view, ruler, strip;
	struct rect prompt, footer;
};

void layout_make(struct layout *l, const struct layout_wish *wish);

/*
 * The stage's columns, in the order they are drawn (client, wire, server,
 * further hosts): what column i of n holds takes w cells from x on. The rule
 * before it (but not the first) stands two cells to the left of x.
 */
void layout_column(int width, int n, int i, int *x, int *w);

#endif
