/* plain_say: what --plain prints. */
#include "ui/plain_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/text.h"
#include "lesson/glossary.h"
#include "lesson/lesson.h"
#include "lesson/transcript.h"
#include "lesson/wrap.h"
#include "scene/scene.h"
#include "ui/ink.h"
#include "ui/ui.h"
#include "ui/why.h"

#define WIDTH 78

void plain_say(const struct plain *p, const char *lead, const char *text)
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

void plain_marked(const struct plain *p, const char *lead, const char *marked)
{
	struct buf b = { 0 };
	struct wrapped w;
	int cells = text_cells(lead, strlen(lead));

	wrap_text(&w, marked, WIDTH - cells);
	for (size_t i = 0; i < w.lines; i++) {
		buf_clear(&b);
		for (int j = i > 0 ? -cells : 0; j < w.line[i].indent; j++)
			buf_char(&b, ' ');
		for (size_t j = 0; j < w.line[i].spans; j++) {
			const struct wrap_span *x = &w.span[w.line[i].span + j];

			buf_add(&b, w.text + x->at, x->len);
		}
		plain_say(p, i > 0 ? "" : lead, buf_str(&b));
	}
	wrap_done(&w);
	buf_done(&b);
}

void plain_events(struct plain *p)
{
	struct buf b = { 0 };

	while (scene_feed(p->scene, 0))
		;
	for (; p->printed < scene_now(p->scene); p->printed++) {
		buf_clear(&b);
		if (transcript_event(&b, p->scene, p->printed, p->ascii))
			plain_say(p, "    ", buf_str(&b));
	}
	buf_done(&b);
}

static void say_prediction(const struct plain *p, const struct block *b)
{
	char lead[16];

	for (int i = 0; i < b->options; i++) {
		snprintf(lead, sizeof lead, "  %c  ", 'a' + i);
		plain_marked(p, lead, b->option[i].text);
	}
}

/* What came of a prediction. Of one that nobody made, the right answer is told:
 * nobody was right or wrong. */
static void say_observed(struct plain *p, const struct player_prediction *x)
{
	const struct page *page = &player_lesson(p->player)->page[p->page - 1];
	const struct block *b = &page->block[x->block];
	const struct option *o = &b->option[x->chosen >= 0 ? x->chosen :
		lesson_right(b)];

	printf("\n");
	if (x->chosen >= 0)
		plain_marked(p, _("Predicted: "), o->text);
	else
		plain_say(p, "", _("Nobody predicted."));
	if (x->observation[0] != '\0')
		plain_marked(p, _("Observed:  "), x->observation);
	if (x->chosen < 0)
		plain_marked(p, _("Right was: "), o->text);
	else if (!x->poll)
		plain_say(p, "", x->right ? _("As you predicted.") :
			_("Not as you predicted."));
	if (o->why != NULL && o->why[0] != '\0')
		plain_marked(p, "", o->why);
}

/* The kernel has decided it; or nothing will, and somebody has said it. */
static bool is_settled(const struct player_prediction *x)
{
	return x->observed || (x->poll && x->committed && x->chosen >= 0);
}

/* A page that is left out, for want of a wire: once. */
static void say_left_out(struct plain *p, const struct page *page)
{
	struct buf b = { 0 };

	player_left_out_text(p->player, &b);
	if (p->block == 0)
		plain_marked(p, "", buf_str(&b));
	p->block = page->blocks;
	buf_done(&b);
}

static void say_heading(const struct plain *p, const struct page *page)
{
	const struct lesson *l = player_lesson(p->player);
	size_t asking = player_asking(p->player);

	printf("\n");
	if (asking > 0)
		printf(_("== Before we begin, question %zu of %zu, from "
			"\"%s\": "), asking, p->u->questions, l->title);
	else if (l->pages > 1)
		printf(_("== %s, page %zu of %zu: "), l->title,
			player_at_page(p->player) + 1, l->pages);
	plain_say(p, "", page->title != NULL ? page->title : l->title);
	if (asking > 0 && p->asks)
		plain_say(p, "", _("(skip leaves the questions and begins the "
			"lesson.)"));
	printf("\n");
}

void plain_page(struct plain *p)
{
	const struct lesson *l = player_lesson(p->player);
	size_t at = player_at_page(p->player), i;
	enum player_state state = player_state(p->player);
	size_t until = player_at_block(p->player);
	struct player_prediction x;
	const struct page *page = &l->page[at];

	if (p->page != at + 1 || p->asking != player_asking(p->player)) {
		p->page = at + 1;
		p->asking = player_asking(p->player);
		p->block = 0;
		p->observed_told = false;
		say_heading(p, page);
	}
	player_prediction(p->player, &x);
	if (is_settled(&x) && !p->observed_told && state != PLAYER_BUSY) {
		say_observed(p, &x);
		p->observed_told = true;
	}
	if (state == PLAYER_BUSY)
		return;
	if (player_left_out(p->player)) {
		say_left_out(p, page);
		return;
	}
	if (state == PLAYER_TURN || state == PLAYER_END)
		until = page->blocks;
	for (i = p->block; i < page->blocks && i <= until; i++) {
		if (page->block[i].kind == BLOCK_PROSE) {
			plain_marked(p, "", page->block[i].prose);
			printf("\n");
		} else if (page->block[i].kind == BLOCK_PREDICTION) {
			say_prediction(p, &page->block[i]);
			p->observed_told = false;
		}
	}
	if (p->block < i)
		p->block = i;
}

static void say_belief(const struct plain *p)
{
	const struct option *first, *right;

	if (!finish_belief(p->player, &first, &right))
		return;
	plain_marked(p, _("At first you thought: "), first->text);
	if (first != right)
		plain_marked(p, _("The kernel showed: "), right->text);
	else
		plain_say(p, "", _("The kernel agreed with you."));
}

void plain_end(struct plain *p)
{
	const struct lesson *l = p->u->lesson;
	int right, asked, exercises, met;
	struct buf left_out = { 0 };

	printf("\n");
	say_belief(p);
	player_score(p->player, &right, &asked);
	if (asked > 0)
		printf(_("Predictions right: %d of %d\n"), right, asked);
	finish_look(&p->finish, l, p->u->language);
	exercise_count(l, p->exercise.done, &exercises, &met);
	if (exercises > 0)
		printf(_("Exercises done: %d of %d\n"), met > p->finish.done ?
			met : p->finish.done, exercises);
	finish_left_out(&left_out, p->player);
	if (left_out.len > 0)
		plain_say(p, "", buf_str(&left_out));
	buf_done(&left_out);
	if (l->keep != NULL && l->keep[0] != '\0')
		plain_marked(p, "", l->keep);
	if (p->asks)
		plain_say(p, "", _("programs writes this run down in C and in "
			"Python."));
	if (p->finish.name[0] != '\0')
		printf(_("Next: %s (tomada lesson %s)\n"),
			buf_str(&p->finish.title), p->finish.name);
}

void plain_next(struct plain *p)
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

void plain_why(struct plain *p, const char *what)
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
		plain_say(p, "", _("There is nothing to explain."));
	else {
		why_name(&b, p->scene, now, &about, p->ascii);
		plain_say(p, "? ", buf_str(&b));
	}
	for (int i = 0; i < why.n; i++) {
		plain_marked(p, "  ", why.fact[i].text);
		buf_clear(&b);
		at = why.fact[i].position;
		/* what several sentences rest on is said once */
		if (i + 1 == why.n || why.fact[i + 1].position != at)
			why_evidence(&b, p->scene, at, p->ascii);
		if (b.len > 0)
			plain_say(p, "      ", buf_str(&b));
	}
	why_done(&why);
	buf_done(&b);
}

void plain_what(const struct plain *p, const char *word)
{
	const struct glossary_term *t;
	struct glossary *words;
	struct diag d = { 0 };
	char why[512];

	if (glossary_load(&words, p->u->language, &d) != 0) {
		diag_print(&d, why, sizeof why);
		plain_say(p, "", why);
		return;
	}
	t = glossary_find(words, word, strlen(word));
	if (t == NULL) {
		snprintf(why, sizeof why, _("\"%s\" is not in the glossary."),
			word);
		plain_say(p, "", why);
	} else {
		plain_say(p, "", t->names);
		plain_marked(p, "", t->meaning);
	}
	glossary_free(words);
}
