/*
 * screen: see screen.h.
 *
 * A *part* of the layout has a window of its own. What lies over the parts (a
 * layer) has another, so the parts keep what they show: a part is drawn again
 * only when that has changed, and handed to curses only when it was drawn, or
 * is no longer hidden.
 */
#include "ui/screen.h"

#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "ui/app.h"
#include "ui/footer.h"
#include "ui/header.h"
#include "ui/ink.h"
#include "ui/layers.h"
#include "ui/layout.h"
#include "ui/over.h"
#include "ui/pane.h"
#include "ui/prompt.h"
#include "ui/stage.h"
#include "ui/strip.h"
#include "ui/strip_class.h"
#include "ui/tabs.h"

enum part {
	PART_HEADER, PART_STAGE, PART_QUEUES, PART_TABS, PART_VIEW, PART_RULER,
	PART_STRIP, PART_PROMPT, PART_FOOTER, PARTS
};

/*
 * What a part is drawn from, but its size. A part whose picture would be made
 * from the same again is not drawn again: its window still has it.
 */
struct picture {
	uint32_t position, now, flow, call, socket;
	unsigned changes;   /* of the player … */
	int strip_top;
	enum app_view view;
	enum app_pane focus;
	bool replay, kernel_view, selected, asked_to_leave, prompt, zoomed;
	unsigned exercise;  /* … of its exercise, and of the class */
	unsigned class;
	size_t place;
	unsigned written;   /* programs */
	unsigned sayings;   /* messages, so far */
	int word;           /* of the lesson, chosen for its help */
	enum app_layer layer;
	bool typing;        /* in the glossary */
	bool hides;         /* what is told later */
	bool unfolds;       /* Enter: the setup */
	bool typing_line;   /* in the prompt */
	bool more;          /* of the lesson than is in sight */
};

static struct {
	struct layout_wish wish;
	struct layout layout;
	WINDOW *w[PARTS];
	bool drawn[PARTS];  /* the window shows a picture … */
	struct picture made_from[PARTS]; /* … made from this */
	struct {            /* the rows that it needs: */
		struct picture of;
		int columns, rows;
	} footer;
	struct buf said;    /* the message that was seen last … */
	bool trouble;
	unsigned sayings;   /* … and how many there were before it */
} screen;

const struct pane *screen_view(const struct app *a)
{
	switch (a->view) {
	case VIEW_LESSON:
	case VIEW_STREAM:
		return &pane_lesson;
	case VIEW_BYTES:
		return &pane_bytes;
	case VIEW_SOCKETS:
		return &pane_sockets;
	}
	return &pane_lesson;
}

const struct pane *screen_focused(const struct app *a)
{
	switch (a->focus) {
	case PANE_STAGE:
		return &pane_stage;
	case PANE_VIEW:
		return screen_view(a);
	case PANE_STRIP:
		return &pane_lesson;
	}
	return &pane_stage;
}

void screen_move_focus(struct app *a, int by)
{
	int n = screen.layout.strip.h > 0 ? 3 : 2;

	a->focus = (enum app_pane)(((int)a->focus + by + n) % n);
}

bool screen_shows_lesson(const struct app *a)
{
	if (a->zoomed && a->focus == PANE_STAGE)
		return false;
	return screen.layout.strip.h > 0 || screen_view(a) == &pane_lesson;
}

void screen_show_lesson(struct app *a)
{
	if (screen_shows_lesson(a))
		return;
	a->zoomed = a->zoomed && a->focus != PANE_STAGE;
	if (!screen_shows_lesson(a))
		a->view = VIEW_LESSON;
}

/* ---- pictures ---- */

/* Counts messages: another number when what is said is another thing. */
static unsigned sayings(const struct app *a)
{
	const char *said = buf_str(&a->message);

	if (strcmp(said, buf_str(&screen.said)) != 0 ||
			screen.trouble != a->message_is_trouble) {
		buf_clear(&screen.said);
		buf_text(&screen.said, said);
		screen.trouble = a->message_is_trouble;
		screen.sayings++;
	}
	return screen.sayings;
}

static void footer_is_made_from(const struct app *a, struct picture *p)
{
	p->sayings = sayings(a);
	p->selected = a->at.row != SCENE_NONE;
	p->focus = a->focus;
	p->view = a->view;
	p->asked_to_leave = a->asked_to_leave;
	p->zoomed = a->zoomed;
	p->prompt = a->prompt != NULL;
	p->exercise = a->exercise.changes;
	p->class = a->class.changes;
	p->layer = a->layer;
	p->typing = a->glossary.typing;
	p->unfolds = !a->zoomed && stage_unfolds(a);
	p->typing_line = prompt_typing(a);
	p->more = screen_shows_lesson(a) && strip_hides();
}

static void strip_is_made_from(const struct app *a, struct picture *p)
{
	p->view = a->view;
	p->focus = a->focus;
	p->strip_top = a->strip_top;
	p->prompt = a->prompt != NULL;
	p->exercise = a->exercise.changes;
	p->class = a->class.changes;
	p->place = a->exercise.place;
	p->word = screen_focused(a) == &pane_lesson ? a->word : 0;
	p->written = a->finish.written;
	p->hides = strip_class_hides(a);
}

/* What a part is made from. False: it knows itself what it must draw, or it
 * has places of its own (a cursor, how far it is scrolled) that only its file
 * knows. */
static bool picture_of(enum part part, const struct app *a, struct picture *p)
{
	const struct scene_sample *m;
	uint32_t frame;
	int64_t rings;

	memset(p, 0, sizeof *p); /* it is compared as bytes */
	if (part == PART_VIEW && screen_view(a) == &pane_lesson)
		part = PART_STRIP;
	if (part != PART_TABS && part != PART_RULER && a->player != NULL)
		p->changes = player_changes(a->player);
	switch (part) {
	case PART_HEADER:
		p->kernel_view = a->kernel_view;
		break;
	case PART_FOOTER:
		footer_is_made_from(a, p);
		break;
	case PART_TABS:
	case PART_RULER:
		p->focus = a->focus;
		p->view = a->view;
		return true;
	case PART_STRIP:
		strip_is_made_from(a, p);
		if (a->exercise.ran)
			break; /* results come in */
		return true;
	case PART_QUEUES:
		if (stage_clock(a, &m, &rings))
			return false; /* it moves */
		p->kernel_view = a->kernel_view;
		p->flow = stage_flow(a);
		if (a->at.row != SCENE_NONE)
			app_selected(a, &frame, &p->call);
		break;
	case PART_VIEW:
		if (screen_view(a) != &pane_sockets ||
				stage_clock(a, &m, &rings))
			return false; /* it may be scrolled; it moves */
		p->view = a->view;
		p->focus = a->focus;
		p->zoomed = a->zoomed;
		p->flow = stage_flow(a);
		p->socket = a->at.socket;
		break;
	case PART_STAGE:
	case PART_PROMPT:
	case PARTS:
		return false;
	}
	p->position = a->position;
	p->now = scene_now(a->scene);
	p->replay = a->replay;
	return true;
}

static bool is_drawn(enum part part, const struct app *a)
{
	struct picture p;
	bool known = picture_of(part, a, &p);
	bool same = known && screen.drawn[part] && memcmp(&p,
		&screen.made_from[part], sizeof p) == 0;

	screen.made_from[part] = p;
	screen.drawn[part] = known;
	return same;
}

/* ---- windows ---- */

static void place(enum part p, const struct rect *r)
{
	if (screen.w[p] != NULL)
		delwin(screen.w[p]);
	screen.drawn[p] = false;
	screen.w[p] = r->h > 0 ? newwin(r->h, r->w, r->y, r->x) : NULL;
	if (screen.w[p] != NULL)
		leaveok(screen.w[p], p != PART_PROMPT);
}

void screen_forget(bool clear)
{
	memset(&screen.wish, 0, sizeof screen.wish);
	screen.footer.columns = 0;
	if (clear)
		clearok(curscr, TRUE);
}

/* Whether the stage has rows to be discussed. */
static bool is_played_on(const struct app *a)
{
	const struct scene_take *take = scene_take(a->scene, a->position);

	return take != NULL &&
		scene_rows(a->scene, a->position) > take->first_row;
}

/* The rows that the footer needs: of the same picture, as many. */
static int rows_of_footer(const struct app *a, int columns)
{
	struct picture p;

	picture_of(PART_FOOTER, a, &p);
	if (screen.footer.columns != columns ||
			memcmp(&p, &screen.footer.of, sizeof p) != 0) {
		screen.footer.of = p;
		screen.footer.columns = columns;
		screen.footer.rows = footer_rows(a, columns - 2);
	}
	return screen.footer.rows;
}

/* What is said needs so many rows beyond one. */
static int rows_said(const struct app *a, int columns)
{
	int rows = a->prompt != NULL ? prompt_rows_said(a, columns) :
		a->layer == LAYER_ASK ? 1 : /* it says it itself */
		rows_of_footer(a, columns);

	return rows > 1 ? rows - 1 : 0;
}

/* Lay out again when what it depends on has changed. */
static void arrange(const struct app *a)
{
	struct layout_wish wish;

	memset(&wish, 0, sizeof wish); /* it is compared as bytes */
	getmaxyx(stdscr, wish.rows, wish.columns);
	wish.lesson_view = a->view == VIEW_LESSON;
	wish.has_lesson = a->lesson != NULL;
	wish.zoomed = a->zoomed;
	wish.stage_focused = a->focus == PANE_STAGE;
	wish.strip_focused = a->focus == PANE_STRIP;
	if (wish.lesson_view && !wish.zoomed) /* else it has no say */
		wish.strip = strip_wish(a, strip_width(wish.columns));
	wish.queues = a->class.on && is_played_on(a) &&
		player_lines(a->player) == 0; /* the list needs the room */
	if (wish.strip > 0 && strip_answers(a)) {
		wish.queues = true;
		wish.stage = stage_rows(a, wish.rows);
	}
	wish.prompt = a->prompt != NULL;
	wish.message = rows_said(a, wish.columns);
	if (memcmp(&wish, &screen.wish, sizeof wish) == 0)
		return;
	screen.wish = wish;
	over_forget();
	stage_forget();
	layout_make(&screen.layout, &wish);
	place(PART_HEADER, &screen.layout.header);
	place(PART_STAGE, &screen.layout.stage);
	place(PART_QUEUES, &screen.layout.queues);
	place(PART_TABS, &screen.layout.tabs);
	place(PART_VIEW, &screen.layout.view);
	place(PART_RULER, &screen.layout.ruler);
	place(PART_STRIP, &screen.layout.strip);
	place(PART_PROMPT, &screen.layout.prompt);
	place(PART_FOOTER, &screen.layout.footer);
	werase(stdscr);
	leaveok(stdscr, TRUE);
	wnoutrefresh(stdscr);
}

/* ---- drawing ---- */

/* Give a part to curses: what was drawn, and what is hidden no more. */
static void hand_on(WINDOW *w)
{
	for (int y = 0; y < getmaxy(w); y++)
		if (over_uncovered(getbegy(w) + y))
			touchline(w, y, 1);
	if (is_wintouched(w))
		wnoutrefresh(w);
}

static void draw_tiny(void)
{
	werase(stdscr);
	ink_wrapped(stdscr, 0, 0, getmaxy(stdscr), getmaxx(stdscr), THEME_PLAIN,
		_("Too small: 40x12 is needed."));
	leaveok(stdscr, TRUE);
	wnoutrefresh(stdscr);
	doupdate();
}

static void draw_part(enum part part, struct app *a, WINDOW *w)
{
	if (part != PART_STAGE) /* it keeps what it has drawn */
		werase(w);
	switch (part) {
	case PART_HEADER:
		header_draw(a, w);
		return;
	case PART_STAGE:
		pane_stage.draw(a, w, a->focus == PANE_STAGE);
		return;
	case PART_QUEUES:
		stage_queues(a, w);
		return;
	case PART_TABS:
		tabs_draw(a, w);
		return;
	case PART_VIEW:
		screen_view(a)->draw(a, w, a->focus == PANE_VIEW);
		return;
	case PART_RULER:
		tabs_ruler(a, w);
		return;
	case PART_STRIP:
		pane_lesson.draw(a, w, a->focus == PANE_STRIP);
		return;
	case PART_FOOTER:
		footer_draw(a, w);
		return;
	case PART_PROMPT:
		prompt_draw(a, w);
		return;
	case PARTS:
		return;
	}
}

/* Nothing at all: the class is to look at its teacher. */
static void draw_blank(void)
{
	screen_forget(false);
	wbkgdset(stdscr, ' ' | theme_role(THEME_BLACK));
	werase(stdscr);
	touchwin(stdscr);
	wbkgdset(stdscr, ' ');
	wnoutrefresh(stdscr);
	doupdate();
}

void screen_draw(struct app *a)
{
	if (a->class.blank) {
		draw_blank();
		return;
	}
	arrange(a);
	if (screen.layout.tiny) {
		draw_tiny();
		return;
	}
	if (screen.layout.strip.h == 0 && a->focus == PANE_STRIP) {
		a->focus = PANE_VIEW; /* there is no room for it now */
		a->view = VIEW_LESSON;
	}
	over_begin();
	layers_draw(a);
	for (enum part i = 0; i < PARTS; i++) {
		WINDOW *w = screen.w[i];

		if (w == NULL || i == PART_PROMPT)
			continue;
		if (!is_drawn(i, a))
			draw_part(i, a, w);
		hand_on(w);
	}
	over_show();
	if (a->prompt != NULL && screen.w[PART_PROMPT] != NULL) {
		draw_part(PART_PROMPT, a, screen.w[PART_PROMPT]);
		touchwin(screen.w[PART_PROMPT]);
		wnoutrefresh(screen.w[PART_PROMPT]); /* the cursor stays here */
	}
	/* where no cell is another one the cursor may be elsewhere */
	if (a->prompt != NULL || is_wintouched(newscr))
		doupdate();
}

/* ---- the mouse ---- */

static bool inside(enum part p, const MEVENT *e, int *y, int *x)
{
	WINDOW *w = screen.w[p];

	if (w == NULL || !wenclose(w, e->y, e->x))
		return false;
	*y = e->y - getbegy(w);
	*x = e->x - getbegx(w);
	return true;
}

static void to_pane(struct app *a, const struct pane *p, enum app_pane focus,
	int y, int x, mmask_t buttons)
{
	if (buttons & (BUTTON1_PRESSED | BUTTON1_CLICKED))
		a->focus = focus;
	if (p->mouse != NULL)
		p->mouse(a, y, x, buttons);
}

void screen_release(struct app *a, const MEVENT *e)
{
	int y, x;

	if (inside(PART_STRIP, e, &y, &x) || (screen_view(a) == &pane_lesson &&
			inside(PART_VIEW, e, &y, &x)))
		pane_lesson.mouse(a, y, x, e->bstate);
}

void screen_mouse(struct app *a, const MEVENT *e)
{
	int y, x;

	if (inside(PART_STAGE, e, &y, &x))
		to_pane(a, &pane_stage, PANE_STAGE, y, x, e->bstate);
	else if (inside(PART_VIEW, e, &y, &x))
		to_pane(a, screen_view(a), PANE_VIEW, y, x, e->bstate);
	else if (inside(PART_STRIP, e, &y, &x))
		to_pane(a, &pane_lesson, PANE_STRIP, y, x, e->bstate);
	else if (inside(PART_TABS, e, &y, &x))
		tabs_click(a, x);
	else if (inside(PART_FOOTER, e, &y, &x) && a->prompt == NULL &&
			a->link != NULL &&
			(e->bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED)))
		prompt_open(a);
}
