/*
 * plain: a lesson, a lab or a recording as lines of text: for pipes, screen
 * readers and small machines.
 *
 * Standard input is read line by line when there is something to read: an
 * empty line is the next thing, a … e an answer, why tells the cause of what
 * happened last (why #5: of a frame), q leaves, all else is a line of the
 * notation. When it has ended the lesson plays on by itself, with the
 * right answers, to its end.
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
#include "base/lines.h"
#include "call/line.h"
#include "call/link.h"
#include "journal/journal.h"
#include "lesson/course.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "lesson/transcript.h"
#include "lesson/typed.h"
#include "lesson/wrap.h"
#include "scene/scene.h"
#include "ui/ink.h"
#include "ui/why.h"

#define LINE_LIMIT (1 << 20)
#define WIDTH 78

struct plain {
	struct ui_setup *u;
	struct scene *scene;
	struct player *player;
	struct lines in;
	bool asks;            /* a person types: say what can be typed */
	bool ascii;
	bool input_over;      /* it plays by itself */
	bool ended, quit;
	uint32_t printed;     /* events */
	size_t page, block;   /* what was told of the page; page from 1 */
	bool observed_told, state_told;
	enum player_state state;
	struct course_noted noted; /* of the learner's progress */
	char trouble[512];
	bool failed;
	char lane[LINE_LANE];
};

/* ---- output ---- */

static void say(const struct plain *p, const char *lead, const char *text)
{
	struct buf b = { 0 };
	int cells = 1 << 20;
	const char *q, *stop;

	for (q = text; ; q = stop + 1) {
		stop = strchrnul(q, '\n');
		buf_clear(&b);
		ink_harmless(&b, q, (size_t)(stop - q), &cells, p->ascii);
		printf("%s%s\n", lead, buf_str(&b));
		if (*stop == '\0')
			break;
	}
	buf_done(&b);
}

static void say_marked(const struct plain *p, const char *lead,
	const char *marked)
{
	struct buf b = { 0 };
	struct wrapped w;

	wrap_text(&w, marked, WIDTH - (int)strlen(lead));
	for (size_t i = 0; i < w.lines; i++) {
		buf_clear(&b);
		for (int j = 0; j < w.line[i].indent; j++)
			buf_char(&b, ' ');
		for (size_t j = 0; j < w.line[i].spans; j++) {
			const struct wrap_span *x = &w.span[w.line[i].span + j];

			buf_add(&b, w.text + x->at, x->len);
		}
		say(p, lead, buf_str(&b));
	}
	wrap_done(&w);
	buf_done(&b);
}

static void say_events(struct plain *p)
{
	struct buf b = { 0 };

	while (scene_feed(p->scene, 0))
		;
	for (; p->printed < scene_now(p->scene); p->printed++) {
		buf_clear(&b);
		if (transcript_event(&b, p->scene, p->printed, p->ascii))
			say(p, "    ", buf_str(&b));
	}
	buf_done(&b);
}

static void say_prediction(const struct plain *p, const struct block *b)
{
	char lead[16];

	for (int i = 0; i < b->options; i++) {
		snprintf(lead, sizeof lead, "  %c  ", 'a' + i);
		say_marked(p, lead, b->option[i].text);
	}
}

static void say_observed(struct plain *p, const struct player_prediction *x)
{
	const struct page *page = &p->u->lesson->page[p->page - 1];
	const struct option *o = x->chosen >= 0 ?
		&page->block[x->block].option[x->chosen] : NULL;

	printf("\n");
	if (o != NULL)
		say_marked(p, _("Predicted: "), o->text);
	if (x->observation[0] != '\0')
		say_marked(p, _("Observed:  "), x->observation);
	if (!x->poll)
		say(p, "", x->right ? _("As you predicted.") :
			_("Not as you predicted."));
	if (o != NULL && o->why != NULL && o->why[0] != '\0')
		say_marked(p, "", o->why);
}

/* Prose and the question up to where the page is, each once. */
static void say_page(struct plain *p)
{
	const struct lesson *l = p->u->lesson;
	size_t at = player_at_page(p->player), i;
	enum player_state state = player_state(p->player);
	size_t until = player_at_block(p->player);
	struct player_prediction x;
	const struct page *page = &l->page[at];

	if (p->page != at + 1) {
		p->page = at + 1;
		p->block = 0;
		p->observed_told = false;
		printf("\n");
		if (l->pages > 1)
			printf(_("== %s, page %zu of %zu: "), l->title,
				at + 1, l->pages);
		say(p, "", page->title != NULL ? page->title : l->title);
		printf("\n");
	}
	player_prediction(p->player, &x);
	if (x.observed && !p->observed_told && state != PLAYER_BUSY) {
		say_observed(p, &x);
		p->observed_told = true;
	}
	if (state == PLAYER_BUSY)
		return;
	if (state == PLAYER_TURN || state == PLAYER_END)
		until = page->blocks;
	for (i = p->block; i < page->blocks && i <= until; i++) {
		if (page->block[i].kind == BLOCK_PROSE) {
			say_marked(p, "", page->block[i].prose);
			printf("\n");
		} else if (page->block[i].kind == BLOCK_PREDICTION) {
			say_prediction(p, &page->block[i]);
			p->observed_told = false;
		}
	}
	if (p->block < i)
		p->block = i;
}

static void say_end(const struct plain *p)
{
	const struct lesson *l = p->u->lesson;
	int right, asked;

	player_score(p->player, &right, &asked);
	if (asked > 0)
		printf(_("\nPredictions right: %d of %d\n"), right, asked);
	if (l->keep != NULL && l->keep[0] != '\0')
		say_marked(p, "", l->keep);
}

/* What can be typed now, when somebody types. */
static void say_next(struct plain *p)
{
	struct buf b = { 0 };

	if (!p->asks || p->input_over)
		return;
	player_next_text(p->player, &b);
	if (p->u->lesson == NULL)
		printf("%s> ", p->lane);
	else if (player_state(p->player) == PLAYER_LOCKED)
		printf("[%s] ", buf_str(&b));
	else
		printf(_("[Enter: %s] "), buf_str(&b));
	buf_done(&b);
}

/* ---- input ---- */

static void act(struct plain *p, const char *text)
{
	struct diag d = { 0 };
	struct buf b = { 0 };
	char *offer = NULL;
	struct line l;

	if (typed_parse(&l, &b, NULL, text, strlen(text), p->lane, &d,
			&offer) != 0) {
		say(p, "", text);
		printf("%*s^\n", d.column > 0 ? d.column - 1 : 0, "");
		say(p, "", d.msg);
		if (offer != NULL)
			say(p, "", offer);
		p->failed = p->failed || !p->asks;
	} else if (l.kind != LINE_EMPTY) {
		if (l.kind == LINE_CALL || l.kind == LINE_VERB)
			snprintf(p->lane, sizeof p->lane, "%s", l.lane);
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
		say(p, "", b.data);
	buf_done(&b);
}

/* "why", "why #5": the cause of the newest thing that has one, or of a frame;
 * each sentence with what it rests on below it. */
static void say_why(struct plain *p, const char *what)
{
	uint32_t now = scene_now(p->scene);
	struct why_subject about = { WHY_FRAME, SCENE_NONE };
	struct buf b = { 0 };
	struct why why = { 0 };
	uint32_t at;
	bool told;

	if (*what == '#') {
		about.ref = scene_frame_numbered(p->scene,
			(uint32_t)strtoul(what + 1, NULL, 10), now);
		told = about.ref != SCENE_NONE && scene_why(p->scene, now,
			WHY_FRAME, about.ref, &why);
	} else
		told = why_newest(p->scene, now, &about, &why);
	if (!told)
		say(p, "", _("There is nothing to explain."));
	else {
		why_name(&b, p->scene, now, &about, p->ascii);
		say(p, "? ", buf_str(&b));
	}
	for (int i = 0; i < why.n; i++) {
		say_marked(p, "  ", why.fact[i].text);
		buf_clear(&b);
		at = why.fact[i].position;
		/* what several sentences rest on is said once */
		if (i + 1 == why.n || why.fact[i + 1].position != at)
			why_evidence(&b, p->scene, at, p->ascii);
		if (b.len > 0)
			say(p, "      ", buf_str(&b));
	}
	why_done(&why);
	buf_done(&b);
}

static void obey(struct plain *p, const char *line)
{
	size_t n = strlen(line);

	if (strcmp(line, "q") == 0) {
		p->quit = true;
	} else if (strcmp(line, "why") == 0 || strncmp(line, "why #", 5) == 0) {
		say_why(p, line + 3 + (n > 3));
	} else if (n == 0) {
		if (player_state(p->player) == PLAYER_END)
			p->quit = true;
		else if (!player_next(p->player))
			say_why_not(p);
	} else if (n == 1 && line[0] >= 'a' && line[0] <= 'e') {
		if (!player_choose(p->player, line[0] - 'a'))
			say(p, "", _("Nothing is asked here."));
		else
			player_next(p->player);
	} else
		act(p, line);
	p->state_told = false;
}

static int right_option(const struct plain *p)
{
	const struct page *page =
		&p->u->lesson->page[player_at_page(p->player)];
	const struct block *b = &page->block[player_at_block(p->player)];

	for (int i = 0; i < b->options; i++)
		if (b->option[i].right)
			return i;
	return 0;
}

/* The input has ended: go on with the right answers. */
static void play_on(struct plain *p)
{
	if (p->u->lesson == NULL) {
		p->quit = true;
		return;
	}
	switch (player_state(p->player)) {
	case PLAYER_BUSY:
		return;
	case PLAYER_LOCKED:
		if (!player_choose(p->player, right_option(p)))
			player_skip(p->player);
		player_next(p->player);
		return;
	case PLAYER_READY:
	case PLAYER_TURN:
		player_next(p->player);
		return;
	case PLAYER_END:
		p->quit = true;
		return;
	}
}

/* ---- the loop ---- */

static void hear(struct plain *p)
{
	struct answer a;

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
	say_events(p);
	if (strcmp(p->trouble, player_trouble(p->player)) != 0) {
		snprintf(p->trouble, sizeof p->trouble, "%s",
			player_trouble(p->player));
		if (p->trouble[0] != '\0') {
			say(p, "! ", p->trouble);
			p->failed = true;
		}
	}
}

static void tell_state(struct plain *p)
{
	enum player_state state = player_state(p->player);

	if (p->u->lesson != NULL)
		say_page(p);
	if (state == PLAYER_BUSY || (p->state_told && state == p->state))
		return;
	if (state == PLAYER_END && p->state != PLAYER_END)
		say_end(p);
	p->state = state;
	p->state_told = true;
	say_next(p);
	fflush(stdout);
}

static bool take_line(struct plain *p)
{
	size_t n;
	char *line = lines_next(&p->in, &n, NULL);

	if (line == NULL)
		return false;
	obey(p, line);
	return true;
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
			p->in.eof = p->input_over = true;
	}
	if (f[1].revents != 0)
		hear(p);
}

static void play(struct plain *p)
{
	while (!p->quit && !p->ended) {
		hear(p);
		tell_state(p);
		/* what plays by itself is nobody's progress */
		if (p->u->note_progress && !p->input_over)
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
	say_events(p);
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
		say(&p, "", u->notice);
	if (u->link == NULL) {
		say_events(&p);
	} else {
		p.player = player_new(u->lesson, u->link);
		if (u->lesson != NULL)
			player_page(p.player, u->page);
		play(&p);
		player_free(p.player);
	}
	fflush(stdout);
	lines_done(&p.in);
	scene_free(p.scene);
	return p.failed || p.ended;
}

int plain_course(const char *language)
{
	struct diag d = { 0 };
	struct course *c;
	int r = course_load(&c, language, &d);

	if (r != 0) {
		fprintf(stderr, "tomada: %s\n", d.msg);
		return r;
	}
	for (size_t i = 0; i < c->lessons; i++) {
		const struct course_lesson *x = &c->lesson[i];

		printf("%-16s %s", x->name, x->title);
		if (x->finished)
			printf("%s", _(" (done)"));
		else if (x->reached > 0)
			printf(_(" (page %d of %d)"), x->reached, x->pages);
		printf("\n");
	}
	course_free(c);
	return 0;
}
