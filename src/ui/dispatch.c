/* dispatch: see dispatch.h. The keys themselves are in ui/keys.c. */
#include "ui/dispatch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "call/line.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "ui/app.h"
#include "ui/glossary.h"
#include "ui/keys.h"
#include "ui/ladder.h"
#include "ui/layers.h"
#include "ui/lectern.h"
#include "ui/menu.h"
#include "ui/pane.h"
#include "ui/parsons.h"
#include "ui/programs.h"
#include "ui/prompt.h"
#include "ui/screen.h"
#include "ui/search.h"
#include "ui/stage.h"
#include "ui/terminal.h"
#include "ui/turn.h"
#include "ui/why.h"
#include "ui/words.h"

enum { CTRL_C = 3, CTRL_L = 12, CTRL_Z = 26, ESCAPE = 27 };

/* ---- the wire ---- */

/* " #5" of the selected frame when it is in hand, else "". */
static void selected_held(const struct app *a, char *out, size_t size)
{
	uint32_t frame = app_held(a);

	out[0] = '\0';
	if (frame != SCENE_NONE)
		snprintf(out, size, " #%u",
			scene_frame(a->scene, frame)->number);
}

static void wire_act(struct app *a, const char *verb, bool all)
{
	struct scene_wire wire;
	char which[16], line[64];

	scene_wire(a->scene, scene_now(a->scene), &wire);
	if (a->player != NULL && wire.held == 0) {
		app_say(a, false, _("No frame is held; o holds every frame "
			"that comes."));
		return;
	}
	snprintf(line, sizeof line, "wire: %s%s", verb, all ? " all" : "");
	if (!all && a->player != NULL) {
		selected_held(a, which, sizeof which);
		/* the script may say the oldest by its number or not */
		if (which[0] == '\0' && !player_expects(a->player, line))
			snprintf(which, sizeof which, " #%u", wire.oldest);
		snprintf(line, sizeof line, "wire: %s%s", verb, which);
	}
	app_act(a, line);
}

static void hold_or_flow(struct app *a)
{
	struct scene_wire wire;

	scene_wire(a->scene, scene_now(a->scene), &wire);
	app_act(a, wire.holds ? "wire: flow" : "wire: hold");
}

/* ---- acting ---- */

/* The lane whose call waits: of the selection, of the prompt, any. */
static const char *waiting_lane(const struct app *a)
{
	uint32_t now = scene_now(a->scene), frame, call;
	const char *any = NULL;

	if (a->at.row != SCENE_NONE) {
		app_selected(a, &frame, &call);
		if (call != SCENE_NONE) {
			const struct scene_call *c = scene_call(a->scene, call);

			if (c->returned >= now)
				return scene_actor(a->scene, c->actor)->lane;
		}
	}
	for (size_t i = scene_actors(a->scene); i-- > 0; ) {
		const struct scene_actor *x = scene_actor(a->scene, i);

		if (x->ended < now ||
				scene_pending(a->scene, i, now) == SCENE_NONE)
			continue;
		if (strcmp(x->lane, a->side) == 0)
			return x->lane;
		if (any == NULL)
			any = x->lane;
	}
	return any;
}

static void interrupt(struct app *a)
{
	const char *lane = waiting_lane(a);
	char line[LINE_LANE + 16];

	if (lane == NULL) {
		app_say(a, false, _("No call waits. q leaves."));
		return;
	}
	snprintf(line, sizeof line, "%s: interrupt", lane);
	app_act(a, line);
}

static void type(struct app *a)
{
	if (a->link == NULL)
		app_say(a, true, _("This is a recording: look around, but "
			"nothing can be done in it."));
	else
		prompt_open(a);
}

static void rebuild(struct app *a, enum command command)
{
	if (a->player == NULL)
		return;
	app_go(a, SCENE_NEVER);
	a->setup_unfolded = false;
	exercise_rebuilt(&a->exercise);
	buf_clear(&a->message);
	if (player_ended(a->player)) {
		a->wants_lab = true;
		return;
	}
	if (command == CMD_TAKE_BACK) {
		if (!player_take_back(a->player))
			app_say(a, false, _("There is nothing to take back."));
	} else if (command == CMD_RESTART && a->lesson != NULL)
		player_page(a->player, 0);
	else
		player_rebuild(a->player);
}

static void free_play(struct app *a)
{
	if (a->lesson != NULL && a->player != NULL &&
			player_free_play(a->player)) {
		app_say(a, false, _("This is free play; r goes back to the "
			"page."));
		return;
	}
	type(a);
	if (a->prompt != NULL)
		app_say(a, false, _("Free play: type what you like; r goes "
			"back to the page."));
}

static void copy(struct app *a)
{
	const struct pane *p = screen_focused(a);
	char *text = p->copy != NULL ? p->copy(a) : NULL;

	if (text == NULL)
		app_say(a, false, _("Nothing is selected: arrows select."));
	else if (terminal_copy(text, strlen(text)))
		app_say(a, false, ngettext("Copied %zu byte.",
			"Copied %zu bytes.", strlen(text)), strlen(text));
	else
		app_say(a, true, _("This terminal takes no copies."));
	free(text);
}

/* The run as programs, to take along. */
static void write_programs(struct app *a)
{
	struct buf *said = &a->finish.programs;
	bool done;

	while (app_feed(a, 0))
		;
	buf_clear(said);
	done = programs_write(said, a->scene, a->position,
		a->lesson != NULL ? a->lesson->name : "lab");
	if (!done || a->player == NULL ||
			player_state(a->player) != PLAYER_END)
		app_say(a, !done, "%s", buf_str(said));
	if (!done)
		buf_clear(said);
	a->finish.written++;
}

static void zoom(struct app *a)
{
	a->zoomed = !a->zoomed;
	a->ladder.froms = 0;
	a->ladder.top = SCENE_NONE;
}

static void leave(struct app *a)
{
	if (ladder_back(a))
		return;
	if (a->zoomed) {
		zoom(a);
		return;
	}
	if (a->asked_to_leave)
		a->quit = true;
	a->asked_to_leave = true;
}

/* Esc: back to how a page begins. The ladder stays: z and q end it. */
static void select_nothing(struct app *a)
{
	if (ladder_back(a))
		return;
	a->at.row = SCENE_NONE;
	if (a->zoomed || a->lesson == NULL || screen_shows_lesson(a))
		return;
	a->view = VIEW_LESSON;
	a->focus = PANE_STAGE;
}

static void open_layer(struct app *a, enum app_layer layer)
{
	a->layer = layer;
	a->layer_at = 0;
	if (layer == LAYER_SEARCH)
		a->search[0] = '\0';
}

static void do_command(struct app *a, enum command command, int key)
{
	switch (command) {
	case CMD_NONE:
		if (key == ESCAPE)
			select_nothing(a);
		else
			app_say(a, false, _("Press : to type a call, ? for "
				"the keys."));
		return;
	case CMD_NEXT: turn_on(a); return;
	case CMD_BACK: turn_back(a); return;
	case CMD_NOW: app_go(a, SCENE_NEVER); return;
	case CMD_PAGE_BACK: turn_page(a, -1); return;
	case CMD_PAGE_ON: turn_page(a, 1); return;
	case CMD_ANSWER: turn_choose(a, key - 'a'); return;
	case CMD_LESSON: a->view = VIEW_LESSON; return;
	case CMD_BYTES: a->view = VIEW_BYTES; return;
	case CMD_SOCKETS: a->view = VIEW_SOCKETS; return;
	case CMD_PANE_ON: screen_move_focus(a, 1); return;
	case CMD_PANE_BACK: screen_move_focus(a, -1); return;
	case CMD_HINT: turn_help(a); return;
	case CMD_VOTES: lectern_open(a); return;
	case CMD_SKIP: lectern_skip(a); return;
	case CMD_BLANK: a->class.blank = a->class.on; return;
	case CMD_MOVE:
	case CMD_ENTER: return; /* the pane in focus has no use for it */
	case CMD_PASS: wire_act(a, "pass", false); return;
	case CMD_PASS_ALL: wire_act(a, "pass", true); return;
	case CMD_DROP: wire_act(a, "drop", false); return;
	case CMD_HOLD: hold_or_flow(a); return;
	case CMD_MENU: menu_open(a); return;
	case CMD_WHY: why_open(a); return;
	case CMD_KERNEL: a->kernel_view = !a->kernel_view; return;
	case CMD_ZOOM: zoom(a); return;
	case CMD_ONLY: ladder_only(a); return;
	case CMD_TAKE_BACK:
	case CMD_REBUILD:
	case CMD_RESTART: rebuild(a, command); return;
	case CMD_FREE: free_play(a); return;
	case CMD_WORD: words_help(a); return;
	case CMD_GLOSSARY: glossary_open(a); return;
	case CMD_SEARCH: open_layer(a, LAYER_SEARCH); return;
	case CMD_FIND_ON: search_on(a, 1); return;
	case CMD_FIND_BACK: search_on(a, -1); return;
	case CMD_COPY: copy(a); return;
	case CMD_PROMPT: type(a); return;
	case CMD_MOVE_LINE:
		if (!parsons_key(a, key))
			app_say(a, false, _("There are no lines to move "
				"here."));
		return;
	case CMD_PROGRAMS: write_programs(a); return;
	case CMD_INTERRUPT: interrupt(a); return;
	case CMD_REDRAW: screen_forget(true); return;
	case CMD_SUSPEND: terminal_suspend(); return;
	case CMD_HELP: open_layer(a, LAYER_HELP); return;
	case CMD_LEAVE: leave(a); return;
	}
}

static void stage_key(struct app *a, wint_t key, bool is_char)
{
	const struct pane *p = screen_focused(a);
	enum command command = keys_command((int)key);
	bool asked = a->asked_to_leave;

	buf_clear(&a->message);
	/* a letter beyond ASCII may have the number of a curses code */
	if (is_char && key > 0x7f)
		command = CMD_NONE;
	if (!is_char && key == KEY_HOME && a->player == NULL &&
			a->focus == PANE_STAGE) {
		turn_to_begin(a);
		return;
	}
	if (p == &pane_lesson && key <= 0x1ff && parsons_key(a, (int)key))
		return;
	if (command == CMD_ENTER && (a->focus != PANE_STAGE ||
			a->at.row == SCENE_NONE) && turn_jump(a))
		return;
	if ((command == CMD_MOVE || command == CMD_ENTER ||
			command == CMD_NONE) && p->key != NULL &&
			(!is_char || key <= 0x7f) && p->key(a, (int)key)) {
		a->asked_to_leave = false;
		return;
	}
	do_command(a, command, (int)key);
	if (asked)
		a->asked_to_leave = false;
}

static void mouse(struct app *a)
{
	MEVENT e;

	if (getmouse(&e) != OK)
		return;
	if (e.bstate & BUTTON1_RELEASED) {
		if (a->layer == LAYER_NONE)
			screen_release(a, &e);
		return;
	}
	if (a->layer != LAYER_NONE) {
		if (e.bstate & (BUTTON4_PRESSED | BUTTON5_PRESSED))
			layers_key(a, e.bstate & BUTTON4_PRESSED ? KEY_UP :
				KEY_DOWN, false);
		else
			a->layer = LAYER_NONE;
		return;
	}
	screen_mouse(a, &e);
}

void dispatch_key(struct app *a, wint_t key, bool is_char)
{
	a->dirty = true;
	if (!is_char && key == KEY_RESIZE)
		screen_forget(false);
	else if (a->seek.goes_on && search_stop(a, key, is_char))
		return; /* Esc */
	else if (a->class.blank)
		a->class.blank = false; /* the key was meant for that */
	else if (!is_char && key == KEY_MOUSE)
		mouse(a);
	else if (is_char && key == CTRL_C && prompt_clear(a))
		return;
	else if (is_char && key == CTRL_C)
		interrupt(a);
	else if (is_char && key == CTRL_L)
		screen_forget(true);
	else if (is_char && key == CTRL_Z)
		terminal_suspend();
	else if (a->prompt != NULL)
		prompt_key(a, key, is_char);
	else if (a->layer != LAYER_NONE)
		layers_key(a, key, is_char);
	else
		stage_key(a, key, is_char);
}
