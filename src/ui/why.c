/*
 * why: see why.h.
 *
 * The layer holds the answer as it was when it was asked for: it is a function
 * of the journal and the position, and what happens meanwhile does not change
 * it. Each sentence has below it, dim, the event it rests on; Enter selects
 * that event's row on the stage.
 */
#include "ui/why.h"

#include <curses.h>

#include "base/buf.h"
#include "base/intl.h"
#include "lesson/wrap.h"
#include "scene/scene.h"
#include "ui/app.h"
#include "ui/ink.h"
#include "ui/layers.h"
#include "ui/sockets.h"
#include "ui/theme.h"

enum {
	ESCAPE = 27,
	LINES_MOST = 64,
	WIDTH_MOST = 76, /* of a sentence: longer lines are hard to read */
	LEAD = 2,        /* the pointer before a sentence */
};

static struct {
	struct why why;
	struct why_subject about;
	uint32_t position; /* as of which it was told */
	int at;            /* the chosen sentence */
	int top;           /* first line that is seen */
} told;

/* ---- asking ---- */

static bool ask(struct app *a)
{
	uint32_t socket;

	if (a->focus == PANE_VIEW && a->view == VIEW_SOCKETS) {
		socket = sockets_selected(a);
		told.about = (struct why_subject){ WHY_SOCKET, socket };
		return socket != SCENE_NONE && scene_why(a->scene, a->position,
			WHY_SOCKET, socket, &told.why);
	}
	if (a->at.row != SCENE_NONE &&
			a->at.row < scene_rows(a->scene, a->position))
		return why_of_row(a->scene, a->position, a->at.row,
			a->at.column, &told.about, &told.why);
	return why_newest(a->scene, a->position, &told.about, &told.why);
}

/* That all is as it should be, of what is selected. */
static void say_nothing(struct app *a)
{
	if (a->focus == PANE_VIEW && a->view == VIEW_SOCKETS)
		app_say(a, false, _("Nothing about this socket asks for a "
			"reason."));
	else if (a->at.row != SCENE_NONE)
		app_say(a, false, _("This did what it should: there is nothing "
			"to explain. K: the call."));
	else
		app_say(a, false, _("All here did what it should so far: there "
			"is nothing to explain."));
}

void why_open(struct app *a)
{
	why_done(&told.why);
	told.at = told.top = 0;
	told.position = a->position;
	if (!ask(a)) {
		say_nothing(a);
		return;
	}
	a->layer = LAYER_WHY;
	a->layer_at = 0;
}

/* ---- drawing ---- */

/* The sentences as lines; *from, *to: those of the chosen one. */
struct told {
	struct ink line[LINES_MOST];
	int n, from, to;
};

static void add_wrapped(struct told *p, int style, const char *lead,
	const char *text, int width)
{
	struct wrapped w;

	wrap_text(&w, text, width - LEAD);
	for (size_t i = 0; i < w.lines && p->n < LINES_MOST; i++) {
		struct ink *k = &p->line[p->n++];

		ink_text(k, THEME_FOCUS, i == 0 ? lead : "");
		ink_pad(k, LEAD);
		for (size_t j = 0; j < w.line[i].spans; j++) {
			const struct wrap_span *x = &w.span[w.line[i].span + j];

			ink_add(k, style, w.text + x->at, x->len);
		}
	}
	wrap_done(&w);
}

static void add_fact(struct told *p, struct app *a, int i, int width)
{
	const struct why_fact *f = &told.why.fact[i];
	bool chosen = i == told.at;
	struct buf b = { 0 };

	if (i > 0 && p->n < LINES_MOST)
		p->n++;
	if (chosen)
		p->from = p->n;
	add_wrapped(p, chosen ? THEME_STRONG : THEME_PLAIN, chosen ?
		theme_sign(SIGN_POINTER) : "", f->text, width);
	/* what several sentences rest on is said once */
	if (i + 1 == told.why.n || f[1].position != f->position)
		why_evidence(&b, a->scene, f->position, a->ascii);
	if (b.len > 0 && p->n < LINES_MOST) {
		struct ink *k = &p->line[p->n++];

		ink_pad(k, LEAD + 2);
		ink_text(k, THEME_DIM, buf_str(&b));
		ink_cut(k, width);
	}
	if (chosen)
		p->to = p->n;
	buf_done(&b);
}

void why_draw(struct app *a)
{
	int width = getmaxx(stdscr) - 6, room = getmaxy(stdscr) - 4;
	struct told p = { .n = 0 };
	struct buf title = { 0 };
	struct ink head = { 0 };

	if (width > WIDTH_MOST)
		width = WIDTH_MOST;
	why_name(&title, a->scene, told.position, &told.about, a->ascii);
	ink_printf(&head, THEME_BAR, "%s ", _("Why"));
	ink_text(&head, THEME_BAR, buf_str(&title));
	ink_cut(&head, width);
	for (int i = 0; i < told.why.n; i++)
		add_fact(&p, a, i, width);
	if (p.to > told.top + room)
		told.top = p.to - room;
	if (p.from < told.top)
		told.top = p.from;
	layers_box(buf_str(&head.text), p.line, p.n, &told.top,
		_("arrows choose, Enter goes there, q closes"));
	for (int i = 0; i < LINES_MOST; i++)
		ink_done(&p.line[i]);
	ink_done(&head);
	buf_done(&title);
}

/* ---- keys ---- */

/* The row that an event stands in: the newest that had begun. */
static uint32_t row_of(struct app *a, uint32_t position)
{
	uint32_t rows = scene_rows(a->scene, position + 1);

	return rows > 0 ? rows - 1 : SCENE_NONE;
}

static int column_of(const struct scene *s, const struct scene_row *r,
	uint32_t position)
{
	for (int i = 0; i < scene_hosts(s); i++)
		if (r->host[i].kind != SCENE_EMPTY &&
				r->host[i].position == position)
			return i;
	return -1;
}

static void jump(struct app *a)
{
	uint32_t position = told.why.fact[told.at].position, row, socket;
	struct scene_row r;

	if (position == SCENE_NONE) {
		app_say(a, false, _("This rests on no single row."));
		return;
	}
	row = row_of(a, position);
	a->layer = LAYER_NONE;
	if (row == SCENE_NONE)
		return;
	scene_row(a->scene, row, a->position, &r);
	a->setup_unfolded = a->setup_unfolded || r.setup;
	a->at.row = row;
	a->at.column = column_of(a->scene, &r, position);
	a->focus = PANE_STAGE;
	socket = scene_sampled(a->scene, position);
	if (socket != SCENE_NONE) {
		a->at.socket = socket;
		a->view = VIEW_SOCKETS;
	} else
		a->view = VIEW_BYTES;
}

void why_key(struct app *a, int key)
{
	switch (key) {
	case KEY_UP:
		if (told.at > 0)
			told.at--;
		return;
	case KEY_DOWN:
	case 'j':
		if (told.at < told.why.n - 1)
			told.at++;
		return;
	case KEY_HOME:
		told.at = 0;
		return;
	case '\n':
	case '\r':
	case KEY_ENTER:
		jump(a);
		return;
	case 'q':
	case 'w':
	case ESCAPE:
		a->layer = LAYER_NONE;
		return;
	}
}
