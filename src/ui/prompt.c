/*
 * prompt: a line of the notation being typed: what keys mean. See prompt.h.
 *
 * ui/prompt_edit.h holds the text and the cursor. There is one readline in a
 * program, and so one prompt.
 */
#include "ui/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/mem.h"
#include "call/complete.h"
#include "call/line.h"
#include "lesson/typed.h"
#include "ui/app.h"
#include "ui/prompt_edit.h"
#include "ui/prompt_inside.h"
#include "ui/prompt_line.h"
#include "ui/prompt_world.h"
#include "ui/strip.h"
#include "ui/why.h"

enum { CTRL_T = 0x14, ESC = 0x1b };

static struct prompt only;

/* ---- open and close ---- */

static void forget_choice(void)
{
	completion_done(&only.choice);
	memset(&only.choice, 0, sizeof(only.choice));
	only.choice_from = only.choice_next = 0;
}

void prompt_open(struct app *a)
{
	if (a->prompt)
		return;
	if (!edit_open()) {
		app_say(a, true, _("/dev/null cannot be opened:"
				" there is no prompt."));
		return;
	}
	if (!a->side[0])
		prompt_next_side(a->side, a, "");
	memset(&only, 0, sizeof(only));
	a->prompt = &only;
	curs_set(1);
}

void prompt_close(struct app *a)
{
	if (!a->prompt)
		return;
	forget_choice();
	free(only.offer);
	free(only.sent);
	only.offer = only.sent = NULL;
	edit_close();
	curs_set(0);
	a->prompt = NULL;
}

bool prompt_typing(const struct app *a)
{
	return a->prompt && (edit_len() || edit_searching());
}

bool prompt_clear(struct app *a)
{
	if (!prompt_typing(a))
		return false;
	edit_stop_search();
	edit_replace(0, edit_len(), "");
	forget_choice();
	only.wrong.msg[0] = '\0';
	free(only.offer);
	only.offer = NULL;
	buf_clear(&a->message);
	return true;
}

void prompt_give_back(struct app *a)
{
	if (a->prompt && only.sent && !edit_len() && !edit_searching())
		edit_replace(0, 0, only.sent);
	free(only.sent);
	only.sent = NULL;
}

/* ---- editing ---- */

/* The lane whose line this is when it names none. */
static const char *lane_of(const struct app *a)
{
	return prompt_is_wire(edit_text(), edit_len()) ? "wire"
							      : a->side;
}

/* A word for the program and not for the lab: what to do instead. */
static const char *meant_for_us(const char *text)
{
	static const char *const leave[] = {"q", "quit", "exit"};

	for (size_t i = 0; i < sizeof(leave) / sizeof(leave[0]); i++)
		if (strcmp(text, leave[i]) == 0)
			return _("Esc leaves the prompt, then q leaves "
				"tomada");
	if (strcmp(text, "help") == 0)
		return _("Esc leaves the prompt, then ? shows the keys");
	return NULL;
}

static void enter(struct app *a)
{
	struct buf out = {0};
	struct line l;
	bool done = true;
	const char *instead;

	if (edit_searching()) {
		edit_enter(); /* ends the search; the line may be changed */
		return;
	}
	if (strspn(edit_text(), " ") == edit_len()) {
		prompt_close(a);
		return;
	}
	free(only.offer);
	only.offer = NULL;
	if (strcmp(edit_text(), "why") == 0) { /* a word for the screen */
		edit_enter();
		prompt_close(a);
		a->at.row = SCENE_NONE; /* of what happened last */
		a->focus = PANE_STAGE;
		why_open(a);
		return;
	}
	instead = meant_for_us(edit_text());
	if (instead) {
		diag_set(&only.wrong, 0, "%s", instead);
		return;
	}
	if (typed_parse(&l, &out, NULL, edit_text(), edit_len(), lane_of(a),
			&only.wrong, &only.offer)) {
		edit_go(edit_len()); /* the arrow shows where it is wrong */
	} else {
		if (l.kind != LINE_EMPTY) {
			done = app_act(a, buf_str(&out));
		}
		if (done) { /* else it stays, to be tried again */
			free(only.sent);
			only.sent = mem_string(edit_text());
			edit_enter();
		}
	}
	line_done(&l);
	buf_done(&out);
}

char *prompt_suggest(struct app *a, struct completion *c)
{
	struct complete_world world;
	struct line l;
	char *offer = NULL;
	size_t typed;

	prompt_world(&world, a, lane_of(a));
	complete(c, edit_text(), edit_point(), &world);
	prompt_world_done(&world);
	typed = edit_point() - c->from;
	if (typed > 0 && c->count &&
		(c->count > 1 || strlen(c->candidate[0]) > typed))
		return NULL;
	if (line_parse(&l, edit_text(), edit_len(), lane_of(a), NULL,
			&offer) == 0) {
		free(offer);
		offer = NULL;
	}
	line_done(&l);
	return offer;
}

static void take_candidates(const struct completion *c)
{
	size_t common = prompt_common(c->candidate, c->count);
	char *text = mem_dup(c->candidate[0], common);

	text[common] = '\0';
	if (common >= edit_point() - c->from)
		edit_replace(c->from, edit_point(), text);
	free(text);
}

static void tab(struct app *a)
{
	size_t quote, point = edit_point();
	char *offer;

	if (only.choice.count) { /* again: show the others */
		only.choice_from = only.choice_next < only.choice.count
			? only.choice_next : 0;
		return;
	}
	if (prompt_needs_encoding(edit_text(), edit_len(), point, &quote)) {
		edit_replace(quote, quote, "utf8");
		edit_go(point + 4);
		return;
	}
	offer = prompt_suggest(a, &only.choice);
	if (offer)
		edit_replace(0, edit_len(), offer);
	else if (only.choice.count)
		take_candidates(&only.choice);
	if (offer || only.choice.count < 2)
		forget_choice();
	free(offer);
}

/* No line begins with a colon: the key was pressed once more. */
static void insert(wint_t key)
{
	if (key != ':' || edit_point() > 0 || edit_searching())
		edit_insert((int32_t)key);
}

/* A key that stands for a letter or a control character. */
static void type(struct app *a, wint_t key)
{
	switch (key) {
	case ESC:
		if (edit_searching())
			edit_stop_search();
		else
			prompt_close(a);
		break;
	case CTRL_T:
		prompt_next_side(a->side, a, a->side);
		break;
	case '\r':
	case '\n':
		enter(a);
		break;
	default:
		insert(key);
		break;
	}
}

/* In what is pasted the end of a line is a space: nothing runs unread. */
static void paste(wint_t key)
{
	if (key == '\r' || key == '\n' || key == '\t')
		key = ' ';
	if (key >= ' ' && key != 0x7f)
		insert(key);
}

void prompt_key(struct app *a, wint_t key, bool is_char)
{
	struct buf before = {0};

	if (!a->prompt)
		return;
	buf_clear(&a->message);
	buf_add(&before, edit_text(), edit_len());
	edit_side(a->side);
	if (is_char && key == '\t' && !only.pasting) {
		tab(a);
	} else {
		forget_choice();
		if (!is_char && (key == KEY_PASTE_BEGINS ||
					key == KEY_PASTE_ENDS))
			only.pasting = key == KEY_PASTE_BEGINS;
		else if (!is_char && key == KEY_ENTER)
			enter(a);
		else if (!is_char && (key == KEY_NPAGE || key == KEY_PPAGE))
			strip_scroll(a, key == KEY_NPAGE ? 1 : -1);
		else if (!is_char)
			edit_key((int)key);
		else if (only.pasting)
			paste(key);
		else
			type(a, key);
	}
	if (before.len != edit_len() ||
		memcmp(buf_str(&before), edit_text(), before.len))
		only.wrong.msg[0] = '\0';
	buf_done(&before);
	if (a->prompt && edit_ended())
		prompt_close(a);
}
