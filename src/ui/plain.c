/*
 * plain: a lesson, a lab or a recording as lines of text: for pipes, screen
 * readers and small machines.
 *
 * Standard input is read line by line when there is something to read: an
 * empty line is the next thing, a … e an answer, skip leaves a question, why
 * tells the cause of what
 * happened last (why #5: of a frame), words of an exercise are in
 * ui/plain_exercise.c, ? or help tells of these, q leaves, all else is a line
 * of the notation. When it has ended the lesson plays on by itself to its end:
 * its questions are asked of nobody, its exercises show their solutions. That
 * is nobody's progress, nor is what nobody has ever typed to.
 */
#include "ui/ui.h"

#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "call/line.h"
#include "call/link.h"
#include "journal/journal.h"
#include "lesson/course.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "lesson/recall.h"
#include "lesson/typed.h"
#include "scene/scene.h"
#include "ui/parsons.h"
#include "ui/plain_inside.h"

#define LINE_LIMIT (1 << 20)

/* ---- input ---- */

static void act(struct plain *p, const char *text)
{
	struct diag d = { 0 };
	struct buf b = { 0 };
	char *offer = NULL;
	struct line l;

	if (typed_parse(&l, &b, NULL, text, strlen(text), p->lane, &d,
			&offer) != 0) {
		plain_say(p, "", text);
		printf("%*s^\n", d.column > 0 ? d.column - 1 : 0, "");
		plain_say(p, "", d.msg);
		if (offer != NULL)
			plain_say(p, "", offer);
		p->failed = p->failed || !p->asks;
	} else if (l.kind != LINE_EMPTY) {
		if (l.kind == LINE_CALL || l.kind == LINE_VERB)
			snprintf(p->lane, sizeof p->lane, "%s", l.lane);
		exercise_acted(&p->exercise);
		player_act(p->player, buf_str(&b));
	}
	free(offer);
	line_done(&l);
	buf_done(&b);
}

/* Why the next thing cannot be: "answer first: a b c". */
static void say_why_not(const struct plain *p)
{
	struct buf b = { 0 };

	player_next_text(p->player, &b);
	if (b.len > 0)
		plain_say(p, "", b.data);
	buf_done(&b);
}

/* Older questions are left all at once: the lesson is behind them. */
static void skip(struct plain *p)
{
	if (player_asking(p->player) > 0)
		player_page(p->player, player_first_page(p->player));
	else if (!player_skip(p->player))
		plain_say(p, "", _("Nothing is asked here."));
}

static void obey(struct plain *p, const char *line)
{
	size_t n = strlen(line);

	if (strcmp(line, "q") == 0) {
		p->quit = true;
	} else if (strcmp(line, "?") == 0 || strcmp(line, "help") == 0) {
		plain_say(p, "", _("An empty line is the next thing, a to e "
			"answer a question, skip leaves it,\n"
			"why (why #5) tells the cause of what happened last "
			"(of a frame), q leaves.\n"
			"In an exercise: goals, hint, and of lines to be put in "
			"order: list,\n"
			"move 3 up, move 3 down, move 3 to 1, run. back takes "
			"the last act back,\n"
			"again begins the page again. programs writes the run "
			"down in C and in\n"
			"Python; what SYN tells what a word means.\n"
			"All else is done: server: ear = socket(AF_INET, "
			"SOCK_STREAM), wire: hold,\n"
			"wire: pass, lab: clocks real, "
			"lab: host eve 10.0.0.3, lab: dns."));
	} else if (strcmp(line, "why") == 0 || strncmp(line, "why #", 5) == 0) {
		plain_why(p, line + 3 + (n > 3));
	} else if (strcmp(line, "skip") == 0 && p->u->lesson != NULL) {
		skip(p);
	} else if (strncmp(line, "what ", 5) == 0) {
		plain_what(p, line + 5 + strspn(line + 5, " "));
	} else if (plain_exercise(p, line)) {
		; /* done */
	} else if (n == 0) {
		if (player_state(p->player) == PLAYER_END)
			p->quit = p->u->went_on = true;
		else if (!player_next(p->player))
			say_why_not(p);
	} else if (n == 1 && line[0] >= 'a' && line[0] <= 'e') {
		if (!player_choose(p->player, line[0] - 'a'))
			plain_say(p, "", _("Nothing is asked here."));
		else
			player_next(p->player);
	} else
		act(p, line);
	p->state_told = false;
}

/* The input has ended: go on without anybody. */
static void play_on(struct plain *p)
{
	if (p->u->lesson == NULL || p->stuck) {
		p->quit = true;
		return;
	}
	switch (player_state(p->player)) {
	case PLAYER_BUSY:
		return;
	case PLAYER_LOCKED:
		player_skip(p->player);
		return;
	case PLAYER_TASK:
		/* as in class: the solution plays, and nobody does it again */
		if (player_solved(p->player)) {
			p->quit = p->failed = true;
			return;
		}
		plain_say(p, "", _("Nobody does this exercise: its solution "
			"plays."));
		player_next(p->player);
		return;
	case PLAYER_READY:
	case PLAYER_TURN:
		player_next(p->player);
		return;
	case PLAYER_END:
		p->quit = p->u->went_on = true;
		return;
	}
}

/* ---- the loop ---- */

/* A step that cannot be done stays the next one: without anybody to mend it
 * there is no way on. */
static void note_trouble(struct plain *p)
{
	struct place at = { .page = player_at_page(p->player) };

	player_trouble_at(p->player, &at.block, &at.step);
	p->stuck = p->stumbled && at.page == p->at.page &&
		at.block == p->at.block && at.step == p->at.step;
	p->stumbled = true;
	p->at = at;
}

/* To somebody who can begin the page again, how; else what it was. */
static void say_trouble(const struct plain *p)
{
	struct buf b = { 0 };

	if (p->input_over)
		buf_text(&b, p->trouble);
	else
		player_trouble_text(p->player, "again", &b);
	plain_say(p, "! ", buf_str(&b));
	buf_done(&b);
}

static void hear(struct plain *p)
{
	struct answer a;
	size_t place;

	link_pump(p->u->link);
	while (link_next(p->u->link, &a)) {
		if (a.kind == ANSWER_GREW)
			continue;
		player_answer(p->player, &a);
		if (a.kind == ANSWER_ENDED) {
			p->ended = true;
			break;
		}
	}
	plain_events(p);
	plain_judge(p);
	if (strcmp(p->trouble, player_trouble(p->player)) != 0) {
		snprintf(p->trouble, sizeof p->trouble, "%s",
			player_trouble(p->player));
		/* where a run of lines ended is told beside them */
		if (p->trouble[0] != '\0' && (p->input_over ||
				parsons_refusal(p->player, &place) == NULL)) {
			say_trouble(p);
			p->failed = true;
			note_trouble(p);
		}
	}
}

static void tell_state(struct plain *p)
{
	enum player_state state = player_state(p->player);

	if (p->u->lesson != NULL)
		plain_page(p);
	if (state == PLAYER_BUSY || (p->state_told && state == p->state))
		return;
	if (state == PLAYER_END && p->state != PLAYER_END)
		plain_end(p);
	if (p->u->lesson != NULL)
		plain_task(p);
	p->state = state;
	p->state_told = true;
	plain_next(p);
	fflush(stdout);
}

static bool take_line(struct plain *p)
{
	size_t n;
	char *line = lines_next(&p->in, &n, NULL);

	if (line == NULL)
		return false;
	p->heard = true;
	obey(p, line);
	return true;
}

static void end_input(struct plain *p)
{
	p->in.eof = p->input_over = true;
	player_in_class(p->player, true);
}

static void wait_for_news(struct plain *p)
{
	bool busy = player_state(p->player) == PLAYER_BUSY;
	struct pollfd f[2] = {
		/* a line waits until what is under way is over */
		{ .fd = p->input_over || busy ? -1 : STDIN_FILENO,
			.events = POLLIN },
		{ .fd = link_fd(p->u->link), .events = POLLIN },
	};

	if (link_wants_out(p->u->link))
		f[1].events |= POLLOUT;
	poll(f, 2, -1);
	if (f[0].revents != 0) {
		long n = lines_fill(&p->in, STDIN_FILENO);

		if (n == 0 || (n < 0 && n != -EAGAIN && n != -EINTR))
			end_input(p);
	}
	if (f[1].revents != 0)
		hear(p);
}

static void play(struct plain *p)
{
	while (!p->quit && !p->ended) {
		hear(p);
		tell_state(p);
		/* without a person it is nobody's progress */
		if (p->u->note_progress && !p->input_over &&
				(p->asks || p->heard))
			course_follow(&p->noted, p->u->lesson, p->player);
		if (player_state(p->player) != PLAYER_BUSY) {
			if (take_line(p))
				continue;
			if (p->input_over) {
				play_on(p);
				continue;
			}
		}
		wait_for_news(p);
	}
	plain_events(p);
}

int plain_run(struct ui_setup *u)
{
	struct plain p = { .u = u, .asks = isatty(STDIN_FILENO),
		.ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0 };

	p.scene = scene_new(u->journal);
	p.state = PLAYER_BUSY;
	snprintf(p.lane, sizeof p.lane, "client");
	lines_init(&p.in, LINE_LIMIT);
	if (u->notice != NULL)
		plain_say(&p, "", u->notice);
	if (u->link == NULL) {
		plain_events(&p);
	} else {
		p.player = player_new(u->lesson, u->link);
		if (u->class_mode)
			player_mark_class(p.player);
		if (u->questions > 0)
			player_ask_first(p.player, u->question, u->questions);
		if (u->lesson != NULL)
			player_page(p.player, u->page);
		if (u->note_progress)
			recall_remember(p.player);
		play(&p);
		player_free(p.player);
	}
	fflush(stdout);
	lines_done(&p.in);
	finish_done(&p.finish);
	exercise_done(&p.exercise);
	scene_free(p.scene);
	return p.failed || p.ended;
}
