/*
 * ui: what the program shows to people, as main starts it.
 *
 * main has set the locale and the message catalogue before it calls anything
 * here. Nothing here starts a lab: main hands one over, and a way to start it
 * again.
 */
#ifndef UI_UI_H
#define UI_UI_H

#include <stdbool.h>
#include <stddef.h>

struct diag;
struct journal_view;
struct lesson;
struct link;
struct player_question;

struct ui_setup {
	struct journal_view *journal; /* mapped; what is shown */
	struct link *link;         /* to the lab; NULL: a journal is read */
	const struct lesson *lesson; /* NULL: a bare lab */
	const char *language;      /* "en", "pt_BR" */
	size_t page;               /* of the lesson, to begin with, from 0 */
	bool note_progress;        /* the lesson is one of the course */
	const struct player_question *question; /* older ones, asked first … */
	size_t questions;          /* … so many; 0: none */
	bool class_mode;           /* before a class: no progress, votes */
	const char *next;          /* the lesson that is played behind this one,
				      or NULL */
	bool went_on;              /* out: the person went on to it */
	const char *notice;        /* a sentence to begin with, or NULL */

	/*
	 * The lab ended and the learner wants it again: free link, unmap
	 * journal, start a fresh lab and put its link and journal here. 0, or
	 * -errno with link NULL and the old journal as it was. May be NULL.
	 */
	int (*restart)(struct ui_setup *u);
	void *data;                /* of restart */
};

/*
 * The screen, until the person leaves. link and journal stay the caller's.
 * 0, or -errno when there is no terminal that can be drawn on, which was said.
 */
int ui_run(struct ui_setup *u);

/*
 * The list of lessons. 1 with the name of the chosen one in chosen; 0 when the
 * person leaves; -errno.
 */
int ui_course(const char *language, char *chosen, size_t size);

/*
 * The same without a screen: lines on standard output, steps from standard
 * input (an empty line: the next thing; a … e: an answer; a line of the
 * notation: an act; why: the cause of what happened last; what SYN: what a word
 * means; ?, help: what may be
 * typed; q: leave). 0, or 1
 * when an expectation was not met.
 */
int plain_run(struct ui_setup *u);

/* What the course has, as lines. 0 or -errno. */
int plain_course(const char *language);

/* The speaker's notes of the page that a lesson is at, until q; in lines, or
 * where nobody types, also until no lesson is played any more. Of the journal
 * of that name, or where that is NULL of a lesson that is being played
 * (ui/notes.h). 0, or -errno with d where there is no such journal; -ENOENT
 * with d empty: nothing is played. */
int notes_run(bool plain, const char *journal, struct diag *d);

#endif
