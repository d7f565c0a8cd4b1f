/* strip_page: a page's prose and its question, up to where the page is. */
#include "ui/strip.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "ui/app.h"
#include "ui/strip_class.h"

/* Below the options, where there is room: the choice in words. */
static void add_choice(struct strip *s, const struct player_prediction *p,
	int options)
{
	struct buf letters = { 0 };
	struct ink *k;
	char hint[64];

	if (p->chosen < 0 || (s->height > 0 && (int)s->lines >= s->height))
		return;
	if ((int)s->lines + 2 <= s->height)
		strip_line(s);
	k = strip_line(s);
	ink_text(k, THEME_PLAIN, _("Your prediction: "));
	ink_printf(k, THEME_STRONG, "%c", 'a' + p->chosen);
	if (p->committed) {
		ink_printf(k, THEME_DIM, " · %s", _("now watch"));
	} else {
		for (int i = 0; i < options; i++)
			buf_printf(&letters, "%c ", 'a' + i);
		snprintf(hint, sizeof hint, _("%schange"), buf_str(&letters));
		ink_pad(k, s->width - text_cells(hint, strlen(hint)));
		ink_text(k, THEME_DIM, hint);
	}
	buf_done(&letters);
}

static void add_question(struct strip *s, const struct page *page,
	const struct block *b, const struct player_prediction *p)
{
	if (p->observed || (p->committed && p->poll)) {
		strip_observed(s, page, b, p);
	} else {
		for (int i = 0; i < b->options; i++)
			strip_option(s, &b->option[i], i, p->chosen == i,
				p->committed ? THEME_DIM : THEME_PLAIN);
		add_choice(s, p, b->options);
	}
	s->to_end = true;
}

static bool has_prose(const struct page *page)
{
	return lesson_block(page, BLOCK_PROSE, 0) != SIZE_MAX;
}

/* A script has no prose: its steps, the next one marked. */
static void add_steps(struct strip *s, const struct page *page, size_t at_block,
	size_t at_step)
{
	for (size_t i = 0; i < page->blocks; i++)
		for (size_t j = 0; j < page->block[i].steps; j++) {
			bool next = i == at_block && j == at_step;
			bool over = i < at_block || (i == at_block &&
				j < at_step);
			struct ink *k = strip_line(s);

			ink_printf(k, THEME_FOCUS, "%s ", next ?
				theme_sign(SIGN_POINTER) : " ");
			ink_text(k, over ? THEME_DIM : THEME_CODE,
				page->block[i].step[j].text);
		}
}

void strip_page(struct strip *s, const struct app *a)
{
	const struct page *page = app_page(a);
	enum player_state state = player_state(a->player);
	size_t at = player_at_block(a->player);
	struct player_prediction p;

	player_prediction(a->player, &p);
	/* behind an older question come words about steps that are not run */
	if ((state == PLAYER_TURN || state == PLAYER_END) &&
			player_asking(a->player) == 0)
		at = page->blocks;
	if (p.block >= 0 && strip_class_hides(a))
		at = (size_t)p.block;
	for (size_t i = 0; i < page->blocks && i <= at; i++) {
		const struct block *b = &page->block[i];

		if (b->kind == BLOCK_PROSE) {
			strip_gap(s);
			if (a->class.asking && (int)i + 1 == p.block)
				strip_class_prose(s, b->prose);
			else
				strip_prose(s, b->prose);
		} else if (b->kind != BLOCK_PREDICTION || (int)i != p.block) {
			continue;
		} else if (a->class.on)
			strip_class(s, a, page, b, &p);
		else
			add_question(s, page, b, &p);
	}
	if (a->class.on)
		strip_class_fit(s);
	if (!has_prose(page))
		add_steps(s, page, at, player_at_step(a->player));
}

void strip_left_out(struct strip *s, const struct app *a)
{
	struct buf b = { 0 };

	player_left_out_text(a->player, &b);
	strip_prose(s, buf_str(&b));
	buf_done(&b);
}

void strip_guide(struct strip *s, const struct app *a)
{
	static const char lab[] = N_("This is an empty lab: a client, a server,"
		" and the wire between them, which is yours. Press \3:\3 and "
		"type a call; Tab completes it, Ctrl-T changes side.\n\n"
		"On the server: \3ear = socket(AF_INET, SOCK_STREAM)\3, "
		"\3bind(ear, any:9999)\3, \3listen(ear, 5)\3, "
		"\3conn = accept(ear)\3.\n"
		"On the client: \3s = socket(AF_INET, SOCK_STREAM)\3, "
		"\3connect(s, server:9999)\3, \3send(s, \"hello\")\3.\n\n"
		"\3o\3 holds every frame, \3p\3 passes one, \3x\3 drops one, "
		"\3m\3 has other faults.\n\n"
		"The lab obeys too: \3lab: clocks real\3, "
		"\3lab: host eve 10.0.0.3\3, \3lab: dns\3.");
	static const char journal[] = N_("This is a recording. Backspace goes "
		"back one event, Space on again, Home to its beginning, End "
		"to its end; \3[\3 and \3]\3 turn the pages. Select a row with "
		"the arrows; \0031\3 shows its bytes, \0033\3 the sockets as "
		"they were then.");

	strip_prose(s, a->link != NULL ? _(lab) : _(journal));
}
