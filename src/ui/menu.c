/* menu: see menu.h. */
#include "ui/menu.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "packet/facts.h"
#include "scene/scene.h"
#include "ui/app.h"
#include "ui/ink.h"
#include "ui/layers.h"
#include "ui/over.h"

enum {
	ESCAPE = 27,
	CTRL_U = 21,
	RULES_MOST = 12,
	LINES_MOST = 48,
	SHORTCUTS = 9,  /* faults that a digit chooses */
	HEADS = 3,      /* two titles and the line between them */
};

/* The menu's entries: the rules in force, then the faults. */
struct entries {
	struct scene_rule rule[RULES_MOST];
	int rules, faults;
};

static void entries_of(const struct app *a, struct entries *e)
{
	size_t n = scene_rules(a->scene, scene_now(a->scene), e->rule,
		RULES_MOST);

	e->rules = n < RULES_MOST ? (int)n : RULES_MOST;
	for (e->faults = 0; menu_fault((size_t)e->faults) != NULL; )
		e->faults++;
}

/* ---- what is offered ---- */

/* The frame that the selection means; SCENE_NONE when nothing is selected. */
static uint32_t selected_frame(const struct app *a)
{
	uint32_t frame, call;

	if (a->at.row == SCENE_NONE)
		return SCENE_NONE;
	app_selected(a, &frame, &call);
	return frame;
}

/* The order of a fault, for what is selected. */
static void offer(struct app *a, const struct menu_fault *f, struct buf *out)
{
	uint32_t frame = selected_frame(a), held = app_held(a);
	struct menu_for to = { .like = "", .host = "client" };
	struct buf like = { 0 };
	struct facts facts;
	struct event e;

	if (held != SCENE_NONE)
		to.held = scene_frame(a->scene, held)->number;
	if (frame != SCENE_NONE && scene_frame_bytes(a->scene, frame, &e)) {
		to.host = scene_host(a->scene, scene_frame(a->scene,
			frame)->host);
		facts_read_headers(&facts, e.data, e.len);
		menu_like(&like, &facts, to.host);
		to.like = buf_str(&like);
	}
	menu_order(out, f, &to);
	buf_done(&like);
}

/* ---- the list ---- */

void menu_open(struct app *a)
{
	struct entries e;

	entries_of(a, &e);
	a->layer = LAYER_MENU;
	a->layer_at = e.rules; /* the first fault */
}

/* "3 drop next 3 syn, 2 left, met 1 frame" */
static void rule_line(struct ink *out, const struct scene_rule *r, bool chosen)
{
	ink_printf(out, THEME_FOCUS, "%s ", chosen ? theme_sign(SIGN_POINTER) :
		" ");
	ink_printf(out, THEME_KEY, "%2u ", r->number);
	ink_printf(out, chosen ? THEME_STRONG : THEME_CODE, "%s", r->order);
	if (r->left >= 0)
		ink_printf(out, THEME_DIM, _(", %lld left"),
			(long long)r->left);
	if (r->met > 0)
		ink_printf(out, THEME_DIM, ngettext(", met %u frame",
			", met %u frames", r->met), r->met);
}

/* "4 delay 2s next data": what it does comes behind it. */
static void fault_line(struct app *a, struct ink *out, int i, bool chosen)
{
	const struct menu_fault *f = menu_fault((size_t)i);
	struct buf order = { 0 };

	ink_printf(out, THEME_FOCUS, "%s ", chosen ? theme_sign(SIGN_POINTER) :
		" ");
	if (i < SHORTCUTS)
		ink_printf(out, THEME_KEY, "%d ", i + 1);
	else
		ink_text(out, THEME_PLAIN, "  ");
	offer(a, f, &order);
	/* "wire: " goes without saying here */
	ink_printf(out, chosen ? THEME_STRONG : THEME_CODE, "%s",
		buf_str(&order) + strlen("wire: "));
	buf_done(&order);
}

/* Which line an entry stands on. */
static int line_of(const struct entries *e, int entry)
{
	if (e->rules == 0)
		return entry;
	return entry < e->rules ? 1 + entry : HEADS + entry;
}

static int make_lines(struct app *a, const struct entries *e, struct ink *line)
{
	int i, wide = 0;

	if (e->rules > 0) {
		ink_text(&line[0], THEME_DIM, _("Rules in force"));
		ink_text(&line[e->rules + 2], THEME_DIM, _("Faults"));
	}
	for (i = 0; i < e->rules; i++)
		rule_line(&line[line_of(e, i)], &e->rule[i], i == a->layer_at);
	for (i = 0; i < e->faults; i++) {
		struct ink *k = &line[line_of(e, e->rules + i)];

		fault_line(a, k, i, e->rules + i == a->layer_at);
		if (ink_cells(k) > wide)
			wide = ink_cells(k);
	}
	for (i = 0; i < e->faults; i++) {
		struct ink *k = &line[line_of(e, e->rules + i)];

		ink_pad(k, wide + 2);
		ink_text(k, THEME_PLAIN, _(menu_fault((size_t)i)->what));
		ink_cut(k, getmaxx(stdscr) - 4);
	}
	return line_of(e, e->rules + e->faults);
}

void menu_draw(struct app *a)
{
	struct ink line[LINES_MOST] = { 0 };
	struct entries e;
	int n, at, room = getmaxy(stdscr) - 4;

	entries_of(a, &e);
	if (a->layer_at >= e.rules + e.faults)
		a->layer_at = e.rules + e.faults - 1;
	n = make_lines(a, &e, line);
	at = line_of(&e, a->layer_at) - room + 2;
	layers_box(_("Faults of the wire"), line, n, &at, a->layer_at < e.rules
		? _("Enter or x takes the rule away, q closes") :
		_("Enter asks for the rest and does it, q closes"));
	for (int i = 0; i < LINES_MOST; i++)
		ink_done(&line[i]);
}

/* ---- choosing ---- */

static void mend(struct app *a, const struct scene_rule *r)
{
	char line[32];

	snprintf(line, sizeof line, "wire: mend %u", r->number);
	app_act(a, line);
}

/* What needs no more words is done, of the rest one line is asked. */
static void choose(struct app *a, int fault)
{
	const struct menu_fault *f = menu_fault((size_t)fault);
	struct buf order = { 0 };

	offer(a, f, &order);
	a->layer = LAYER_NONE;
	if (f->about == MENU_WIRE) {
		app_act(a, buf_str(&order));
	} else if (order.len < sizeof a->ask) {
		buf_clear(&a->message);
		memcpy(a->ask, buf_str(&order), order.len + 1);
		a->ask_at = order.len;
		a->ask_fault = fault;
		a->layer = LAYER_ASK;
	}
	buf_done(&order);
}

void menu_key(struct app *a, wint_t key)
{
	struct entries e;
	int last;

	entries_of(a, &e);
	last = e.rules + e.faults - 1;
	if ((key == KEY_UP || key == 'k') && a->layer_at > 0)
		a->layer_at--;
	else if ((key == KEY_DOWN || key == 'j') && a->layer_at < last)
		a->layer_at++;
	else if (key >= '1' && key < '1' + SHORTCUTS)
		choose(a, (int)key - '1');
	else if (key == '\n' || key == '\r' || key == KEY_ENTER ||
			key == 'x') {
		if (a->layer_at < e.rules)
			mend(a, &e.rule[a->layer_at]);
		else if (key != 'x')
			choose(a, a->layer_at - e.rules);
	} else if (key == 'q' || key == ESCAPE || key == 'm')
		a->layer = LAYER_NONE;
}

/* ---- what is asked ---- */

/* "delay TIME [jitter TIME [seed N]]   #N | next N FILTER | FILTER": what the
 * order may have; or what is wrong with it. */
static void write_hint(const struct app *a, int width, struct ink *k)
{
	const struct menu_fault *f = menu_fault((size_t)a->ask_fault);
	struct ink keys = { 0 };

	if (a->message.len > 0) {
		ink_text(k, a->message_is_trouble ? THEME_TROUBLE :
			THEME_STRONG, buf_str(&a->message));
	} else {
		ink_text(k, THEME_DIM, f->form);
		if (f->about == MENU_FRAME)
			ink_text(k, THEME_DIM,
				"   #N | next [N] [FILTER] | FILTER");
		else if (f->about == MENU_RULE)
			ink_text(k, THEME_DIM, "   [next [N]] [FILTER]");
		ink_printf(&keys, THEME_DIM, "   %s",
			_("Enter does it, Esc leaves"));
		if (ink_cells(k) + ink_cells(&keys) <= width)
			ink_append(k, &keys);
	}
	ink_cut(k, width);
	ink_done(&keys);
}

/* The order, the cursor in it. */
static void write_order(const struct app *a, struct ink *k)
{
	size_t n = strlen(a->ask), step = 1;
	int32_t point;

	ink_add(k, THEME_PLAIN, a->ask, a->ask_at);
	if (a->ask_at == n) {
		ink_text(k, THEME_SELECTED, " ");
		return;
	}
	step = text_letter(a->ask + a->ask_at, n - a->ask_at, &point);
	ink_add(k, THEME_SELECTED, a->ask + a->ask_at, step);
	ink_text(k, THEME_PLAIN, a->ask + a->ask_at + step);
}

void ask_draw(struct app *a)
{
	int rows = getmaxy(stdscr), columns = getmaxx(stdscr);
	WINDOW *w = over_window(2, columns, rows - 2, 0);
	struct ink k = { 0 };

	if (w == NULL)
		return;
	write_hint(a, columns - 2, &k);
	ink_draw(w, 0, 1, columns - 2, &k, A_NORMAL);
	ink_clear(&k);
	write_order(a, &k);
	ink_draw(w, 1, 1, columns - 2, &k, A_NORMAL);
	ink_done(&k);
}

static void insert(struct app *a, wint_t key)
{
	size_t n = strlen(a->ask);
	struct buf b = { 0 };

	text_put(&b, (int32_t)key);
	if (n + b.len < sizeof a->ask) {
		memmove(a->ask + a->ask_at + b.len, a->ask + a->ask_at,
			n - a->ask_at + 1);
		memcpy(a->ask + a->ask_at, b.data, b.len);
		a->ask_at += b.len;
	}
	buf_done(&b);
}

/* Where the letter before, or behind, the cursor begins, or ends. */
static size_t beside(const struct app *a, int way)
{
	size_t at = a->ask_at, n = strlen(a->ask);

	if (way < 0 ? at == 0 : at == n)
		return at;
	do
		at += (size_t)way;
	while (at > 0 && at < n && (a->ask[at] & 0xc0) == 0x80);
	return at;
}

static void take_out(struct app *a, size_t from, size_t to)
{
	memmove(a->ask + from, a->ask + to, strlen(a->ask + to) + 1);
	a->ask_at = from;
}

/* Keys that move or erase; false: none of these. */
static bool edit(struct app *a, wint_t key)
{
	switch (key) {
	case KEY_LEFT:
		a->ask_at = beside(a, -1);
		return true;
	case KEY_RIGHT:
		a->ask_at = beside(a, 1);
		return true;
	case KEY_HOME:
		a->ask_at = 0;
		return true;
	case KEY_END:
		a->ask_at = strlen(a->ask);
		return true;
	case KEY_BACKSPACE:
	case 0x7f:
	case 8:
		take_out(a, beside(a, -1), a->ask_at);
		return true;
	case KEY_DC:
		take_out(a, a->ask_at, beside(a, 1));
		return true;
	case CTRL_U:
		take_out(a, 0, strlen(a->ask));
		return true;
	}
	return false;
}

void ask_key(struct app *a, wint_t key, bool is_char)
{
	buf_clear(&a->message);
	if (is_char && key == ESCAPE) {
		a->layer = LAYER_NONE;
	} else if (key == '\n' || key == '\r' || (!is_char &&
			key == KEY_ENTER)) {
		if (app_act(a, a->ask))
			a->layer = LAYER_NONE;
	} else if ((!is_char || key < ' ' || key == 0x7f) && edit(a, key)) {
		return;
	} else if (is_char && key >= ' ')
		insert(a, key);
}
