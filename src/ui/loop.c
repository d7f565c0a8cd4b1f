/*
 * loop: the screen's life: wait for keys, for the lab's answers and for
 * signals; take the journal's news in; draw when something changed.
 *
 * The lab is another process and never waits for us; a terminal that nobody
 * reads stops only this loop.
 */
#include "ui/ui.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <curses.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/intl.h"
#include "call/link.h"
#include "journal/journal.h"
#include "lesson/course.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "lesson/recall.h"
#include "ui/app.h"
#include "ui/dispatch.h"
#include "ui/judge.h"
#include "ui/parsons.h"
#include "ui/prompt.h"
#include "ui/screen.h"
#include "ui/search.h"
#include "ui/stage.h"
#include "ui/terminal.h"

#define FRAME_TIME (16 * CLOCK_MS)  /* at most one drawing in so long; but
				       what a key did is drawn at once */
#define FEED_TIME (8 * CLOCK_MS)    /* events are taken in so long at once */
#define CLOCK_TIME (100 * CLOCK_MS) /* a kernel's clock moves on the screen */

struct loop {
	struct ui_setup *u;
	struct app a;
	bool more;          /* events wait in the journal */
	bool typed;         /* a key waits for its answer */
	int64_t drawn;      /* when it was drawn last */
	struct course_noted noted; /* of the learner's progress */
};

/* ---- the lab ---- */

/* In free play a step may find that it was done by hand already. */
static void tell_trouble(struct app *a)
{
	const char *trouble = player_trouble(a->player);
	size_t block, step, place;
	struct buf b = { 0 };

	if (parsons_refusal(a->player, &place) != NULL)
		return; /* it is told beside the lines */
	player_trouble_at(a->player, &block, &step);
	if (block != SIZE_MAX && player_free_play(a->player))
		app_say(a, true, _("%s; r brings the page back"), trouble);
	else {
		player_trouble_text(a->player, "r", &b);
		app_say(a, true, "%s", buf_str(&b));
	}
	buf_done(&b);
}

static void hear(struct loop *l)
{
	struct app *a = &l->a;
	struct answer answer;
	bool fresh = false;

	if (link_pump(a->link) < 0)
		a->dirty = true; /* ANSWER_ENDED says the rest */
	while (link_next(a->link, &answer)) {
		if (answer.kind == ANSWER_GREW) {
			l->more = true;
		} else {
			bool had = player_trouble(a->player)[0] != '\0';

			player_answer(a->player, &answer);
			fresh = fresh || (!had &&
				player_trouble(a->player)[0] != '\0');
			if (answer.kind == ANSWER_ERROR &&
					answer.id == a->acted)
				prompt_give_back(a);
		}
		a->dirty = true;
		if (answer.kind == ANSWER_ENDED)
			break;
	}
	if (fresh)
		tell_trouble(a);
}

static void start_again(struct loop *l)
{
	struct app *a = &l->a;

	a->wants_lab = false;
	if (l->u->restart == NULL || l->u->restart(l->u) != 0) {
		app_say(a, true, _("The lab cannot be started again."));
		return;
	}
	scene_free(a->scene);
	a->journal = l->u->journal;
	a->scene = scene_new(a->journal);
	a->link = l->u->link;
	app_forget_rows(a);
	l->more = true;
	player_relink(a->player, a->link);
}

/* ---- the terminal ---- */

static void read_keys(struct app *a)
{
	wint_t key;
	int got;

	while (!a->quit && (got = get_wch(&key)) != ERR)
		dispatch_key(a, key, got != KEY_CODE_YES);
}

/* Whether something on the screen moves by itself: a kernel's clock. */
static bool clock_runs(const struct app *a)
{
	const struct scene_sample *m;
	int64_t rings;

	return stage_clock(a, &m, &rings) && rings > clock_wall() - CLOCK_S;
}

/* ns until the loop has something to do unasked; -1: never. */
static int64_t idle_time(const struct loop *l)
{
	int64_t since = clock_mono() - l->drawn;

	if (l->more || l->a.seek.goes_on)
		return 0;
	if (l->a.dirty)
		return l->typed || since >= FRAME_TIME ? 0 : FRAME_TIME - since;
	if (clock_runs(&l->a))
		return since >= CLOCK_TIME ? 0 : CLOCK_TIME - since;
	return -1;
}

/* Die as of a hangup; where that is ignored, leave. */
static void lose_terminal(struct app *a)
{
	raise(SIGHUP);
	a->quit = true;
}

static void wait_for_news(struct loop *l)
{
	struct app *a = &l->a;
	bool listens = a->link != NULL && !player_ended(a->player);
	struct pollfd p[3] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = terminal_fd(), .events = POLLIN },
		{ .fd = listens ? link_fd(a->link) : -1, .events = POLLIN },
	};
	int64_t ns = idle_time(l);
	struct timespec t = { ns / CLOCK_S, ns % CLOCK_S };

	if (listens && link_wants_out(a->link))
		p[2].events |= POLLOUT;
	if (ppoll(p, 3, ns < 0 ? NULL : &t, NULL) < 0 && errno != EINTR)
		a->quit = true;
	if (p[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		lose_terminal(a);
	if (terminal_signals()) {
		screen_forget(true);
		a->dirty = true;
	}
	if (p[0].revents & POLLIN) {
		read_keys(a);
		l->typed = l->typed || a->dirty;
	}
	if (p[2].revents != 0)
		hear(l);
}

static void draw(struct loop *l)
{
	int64_t now = clock_mono();

	if (!l->a.dirty && !(clock_runs(&l->a) &&
			now - l->drawn >= CLOCK_TIME))
		return;
	if (!l->typed && now - l->drawn < FRAME_TIME)
		return;
	l->a.dirty = l->typed = false;
	l->drawn = now;
	screen_draw(&l->a);
}

/* Take the journal's news in; at the end of a recording tell what it lacks. */
static void feed(struct loop *l)
{
	uint64_t torn;

	if (!l->more)
		return;
	l->more = app_feed(&l->a, FEED_TIME);
	if (l->more || l->a.link != NULL)
		return;
	torn = journal_torn(l->a.journal);
	if (torn > 0)
		app_say(&l->a, true, _("The last %llu bytes of the journal "
			"are unfinished and left out."),
			(unsigned long long)torn);
}

static void run(struct loop *l)
{
	while (!l->a.quit) {
		feed(l);
		/* what follows from the news, before we draw and sleep */
		judge(&l->a);
		if (l->a.class.on)
			class_follow(&l->a.class, l->a.player);
		draw(l);
		if (l->u->note_progress && l->a.player != NULL)
			course_follow(&l->noted, l->u->lesson, l->a.player);
		wait_for_news(l);
		if (l->a.seek.goes_on)
			search_more(&l->a);
		if (l->a.wants_lab)
			start_again(l);
		/* lines that a key or an answer gave rise to */
		if (l->a.link != NULL && !player_ended(l->a.player) &&
				link_wants_out(l->a.link))
			hear(l);
	}
}

int ui_run(struct ui_setup *u)
{
	struct loop l = { .u = u, .more = true };
	struct app *a = &l.a;
	int err;

	app_init(a);
	err = terminal_begin(&a->ascii);
	if (err != 0) {
		fprintf(stderr, _("tomada: this terminal cannot be drawn on "
			"(TERM is %s); --plain prints lines instead\n"),
			getenv("TERM") != NULL ? getenv("TERM") : _("not set"));
		return err;
	}
	screen_forget(true); /* what an earlier lesson had drawn */
	a->journal = u->journal;
	a->scene = scene_new(u->journal);
	a->link = u->link;
	a->lesson = u->lesson;
	a->language = u->language;
	a->questions = u->questions;
	a->next = a->finish.wanted = u->next;
	if (u->link != NULL) {
		a->player = player_new(u->lesson, u->link);
		if (u->class_mode)
			player_mark_class(a->player);
		if (u->questions > 0)
			player_ask_first(a->player, u->question, u->questions);
		if (u->lesson != NULL)
			player_page(a->player, u->page);
		if (u->note_progress)
			recall_remember(a->player);
		player_in_class(a->player, u->class_mode);
		a->class.on = u->class_mode && u->lesson != NULL;
	}
	if (u->notice != NULL)
		app_say(a, false, "%s", u->notice);
	run(&l);
	if (a->prompt != NULL)
		prompt_close(a);
	terminal_end();
	u->went_on = a->went_on;
	player_free(a->player);
	scene_free(a->scene);
	app_done(a);
	return 0;
}
