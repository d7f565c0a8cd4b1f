/*
 * session: a running lab, the link to it and its journal, mapped.
 */
#ifndef COMMAND_SESSION_H
#define COMMAND_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct command_options;
struct journal_view;
struct lesson;
struct link;
struct player_question;

struct session {
	struct link *link;
	struct journal_view *journal;
	pid_t lab;
	char path[4096];   /* of the journal */
};

/* Start a lab. 0, or -errno with a sentence in why and s emptied. */
int session_start(struct session *s, char *why, size_t size);

/* Close the link, wait for the lab to end, unmap. s may be empty. */
void session_end(struct session *s);

/* What is shown, and how it begins. All is borrowed. */
struct session_lesson {
	const struct lesson *lesson; /* NULL: a bare lab */
	size_t page;                 /* 0: the first */
	bool note_progress;          /* it is one of the course */
	const char *notice;          /* a sentence to begin with, or NULL */
	const struct player_question *question; /* asked first: so many */
	size_t questions;
	const char *next;            /* lesson behind this one, or NULL */
};

/*
 * Show it on the screen or in lines, with a lab of its own. Returns the exit
 * status; on: the person went on to the next lesson.
 */
int session_show(const struct command_options *o,
	const struct session_lesson *l, bool *on);

#endif
