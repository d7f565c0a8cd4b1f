/*
 * sockets: the pane that lists every socket of every host, as the kernel
 * reported it last before the position, also those that no process has.
 *
 * Columns are those of ss(8). A state is *inferred* when the kernel must have
 * passed through others that no sample saw: a question mark stands behind it.
 * For a listening socket the kernel's two queue numbers mean connections that
 * wait for accept, and how many may. Below the list stands all there is to say
 * of the selected socket; zoomed, where there is room, the diagram of states
 * with both ends of its connection.
 */
#include "ui/pane.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "scene/scene.h"
#include "ui/app.h"
#include "ui/bytes_layout.h"
#include "ui/diagram.h"
#include "ui/ink.h"
#include "ui/sockets.h"
#include "ui/sockets_list.h"
#include "ui/sockets_text.h"
#include "ui/theme.h"

#define ENDS 2       /* lines: both ends of a connection, above the diagram */
#define LIST_LEAST 3 /* lines that make a list: its titles and two more */
#define LIST_GOOD 6  /* lines that the list keeps beside a roomy diagram */

/* How the list was drawn last. */
static struct {
	int64_t top;
	int lines;
} drawn;

/* ---- the list ---- */

/* Blanks up to a cell, in the line's own style: a selection has no holes. */
static void fill(struct ink *k, int style, int cells)
{
	ink_repeat(k, style, " ", cells - ink_cells(k));
}

/* The titles (x NULL), or a socket. */
static void draw_line(struct app *a, WINDOW *w, int y, int columns,
	const struct sockets_now *x, int style)
{
	int width[COLUMNS], at = 1;
	struct buf b = { 0 };
	struct ink k = { 0 };

	sockets_columns(width, columns - 2);
	ink_text(&k, style, " ");
	for (enum sockets_column c = 0; c < COLUMNS; c++) {
		int cells;

		if (width[c] == 0)
			continue;
		buf_clear(&b);
		if (x == NULL)
			buf_text(&b, sockets_title(c));
		else
			sockets_cell(&b, a, x, c);
		cells = text_cells(buf_str(&b), b.len);
		if (sockets_is_number(c) && cells < width[c])
			fill(&k, style, at + width[c] - cells);
		ink_text(&k, style, buf_str(&b));
		ink_cut(&k, at + width[c]);
		at += width[c] + 1;
		fill(&k, style, at < columns ? at : columns - 1);
	}
	ink_draw(w, y, 1, columns - 1, &k, A_NORMAL);
	ink_done(&k);
	buf_done(&b);
}

static void draw_host(struct app *a, WINDOW *w, int y, int columns,
	const struct sockets_entry *e)
{
	struct ink k = { 0 };

	ink_text(&k, THEME_STRONG, scene_host(a->scene, e->host));
	if (e->below == 0)
		ink_printf(&k, THEME_DIM, "  %s", _("no socket"));
	else
		ink_printf(&k, THEME_DIM, ngettext("  %" PRIu32 " socket",
			"  %" PRIu32 " sockets", e->below), e->below);
	ink_draw(w, y, 1, columns - 2, &k, A_NORMAL);
	ink_done(&k);
}

static void draw_list(struct app *a, WINDOW *w, int columns, bool focused,
	const struct sockets_list *l, size_t at)
{
	drawn.top = bytes_scroll(drawn.top, (int64_t)at, 1,
		(int64_t)l->entries, drawn.lines);
	/* The first socket's host stays above it. */
	if (drawn.top > 0 && (int64_t)at == drawn.top && drawn.lines > 1 &&
			l->entry[at - 1].socket == SCENE_NONE)
		drawn.top--;
	for (int y = 0; y < drawn.lines; y++) {
		size_t i = (size_t)(drawn.top + y);
		struct sockets_now x;

		if (i >= l->entries)
			break;
		if (l->entry[i].socket == SCENE_NONE)
			draw_host(a, w, 1 + y, columns, &l->entry[i]);
		else if (sockets_now(&x, a, l->entry[i].socket))
			draw_line(a, w, 1 + y, columns, &x, i != at ?
				THEME_PLAIN : focused ? THEME_SELECTED :
				THEME_LIT);
	}
}

/* ---- both ends of a connection, and the diagram ---- */

static void make_end(struct app *a, uint32_t socket, struct diagram_end *end)
{
	const struct scene_sample *m = scene_socket_at(a->scene, socket,
		a->position);
	int host = scene_socket(a->scene, socket)->host;

	end->name = scene_host(a->scene, host);
	end->style = ink_letter((uint16_t)host);
	end->states = scene_states(a->scene, socket, a->position, end->state,
		DIAGRAM_STATES);
	end->gone = m == NULL || m->state == 0;
}

static bool has_states(const struct app *a, uint32_t socket)
{
	return strcmp(scene_socket(a->scene, socket)->protocol, "tcp") == 0;
}

/* One end of the connection as a line: "client  SYN_SENT > ESTABLISHED". */
static void draw_end(struct app *a, WINDOW *w, int y, int columns,
	uint32_t socket, const struct diagram_end *end)
{
	struct buf b = { 0 };
	struct ink k = { 0 };
	struct sockets_now x;

	ink_text(&k, end->style, end->name);
	ink_pad(&k, 9);
	if (sockets_now(&x, a, socket)) {
		sockets_cell(&b, a, &x, COLUMN_OWNER);
		buf_char(&b, ' ');
		sockets_cell(&b, a, &x, COLUMN_LOCAL);
		buf_text(&b, "  ");
	}
	ink_text(&k, THEME_PLAIN, buf_str(&b));
	buf_clear(&b);
	sockets_path(&b, a, socket);
	ink_text(&k, end->style, buf_str(&b));
	if (end->gone)
		ink_printf(&k, THEME_DIM, " %s", _("gone"));
	else if (sockets_now(&x, a, socket) && x.sample->timer) {
		buf_clear(&b);
		sockets_timer_short(&b, x.sample, x.left);
		ink_printf(&k, THEME_WAITS, "  %s", buf_str(&b));
	}
	ink_cut(&k, columns - 2);
	ink_draw(w, y, 1, columns - 2, &k, A_NORMAL);
	ink_done(&k);
	buf_done(&b);
}

/* The ends and the diagram below line y, in so many lines. */
static void draw_states(struct app *a, WINDOW *w, int y, int columns,
	int height, uint32_t socket)
{
	struct diagram_end end[2] = { { .name = "" }, { .name = "" } };
	uint32_t peer = scene_peer(a->scene, socket, a->position);
	int ends = 1;

	make_end(a, socket, &end[0]);
	draw_end(a, w, y++, columns, socket, &end[0]);
	if (peer != SCENE_NONE) {
		make_end(a, peer, &end[ends++]);
		draw_end(a, w, y, columns, peer, &end[1]);
	}
	y++;
	diagram_draw(w, y, (columns - DIAGRAM_WIDTH) / 2, height, end, ends,
		a->ascii);
}

/* ---- the pane ---- */

/* Lines of the diagram: a roomy one with the list above it, else a good one
 * alone, else what there is room for. */
static int diagram_of(int lines, int columns)
{
	int most = diagram_height(lines - ENDS, columns);
	int beside = diagram_height(lines - ENDS - LIST_GOOD, columns);
	int good = diagram_height(DIAGRAM_GOOD, columns);

	if (beside >= good)
		return beside;
	return most > good ? good : most;
}

/* Lines of what stands below the list. */
static int details_of(const struct app *a, int lines, int columns,
	const struct sockets_now *x, const char *text, size_t listed,
	int *diagram)
{
	int wants = text_cells(text, strlen(text)) / (columns - 8) + 1;
	int most = lines < 12 ? 2 : lines / 3;
	int spare = lines - 1 - (listed < 99 ? (int)listed : 99);

	if (most < spare)
		most = spare;
	*diagram = 0;
	if (a->zoomed && has_states(a, x->index))
		*diagram = diagram_of(lines, columns);
	if (*diagram > 0)
		return *diagram + ENDS;
	if (lines < 7)
		return 0;
	return wants < 2 ? 2 : wants > most ? most : wants;
}

/* Whether both addresses stand in the list whole. */
static bool shows_ends(const struct sockets_now *x, int columns)
{
	int width[COLUMNS];

	sockets_columns(width, columns - 2);
	return (int)strlen(x->socket.local) <= width[COLUMN_LOCAL] &&
		(int)strlen(x->socket.peer) <= width[COLUMN_PEER];
}

static void draw(struct app *a, WINDOW *w, bool focused)
{
	const struct sockets_list *l = sockets_list(a);
	size_t at = sockets_list_at(l, a);
	int lines, columns, below = 0, diagram = 0;
	struct buf b = { 0 };
	struct sockets_now x;

	getmaxyx(w, lines, columns);
	if (lines < 2)
		return;
	if (at < l->entries && sockets_now(&x, a, l->entry[at].socket)) {
		sockets_describe(&b, a, &x, !shows_ends(&x, columns));
		below = details_of(a, lines, columns, &x, buf_str(&b),
			l->entries, &diagram);
	}
	drawn.lines = lines - 1 - below;
	/* with the diagram alone its two ends are all of the list */
	if (lines - below >= LIST_LEAST) {
		draw_line(a, w, 0, columns, NULL, THEME_DIM);
		draw_list(a, w, columns, focused, l, at);
	} else
		drawn.lines = 0;
	if (diagram > 0)
		draw_states(a, w, lines - below, columns, diagram,
			l->entry[at].socket);
	else if (below > 0)
		ink_wrapped(w, lines - below, 1, below, columns - 2,
			THEME_PLAIN, buf_str(&b));
	buf_done(&b);
}

uint32_t sockets_selected(struct app *a)
{
	const struct sockets_list *l = sockets_list(a);
	size_t at = sockets_list_at(l, a);

	return at < l->entries ? l->entry[at].socket : SCENE_NONE;
}

/* ---- keys ---- */

static bool move_by(struct app *a, int by)
{
	const struct sockets_list *l = sockets_list(a);
	size_t at = sockets_list_at(l, a);

	at = sockets_list_move(l, at, by);
	if (at < l->entries)
		a->at.socket = l->entry[at].socket;
	return true;
}

/* The row of the stage where a call or a frame stands, in its column. */
static bool select_row(struct app *a, uint32_t row, int column)
{
	struct scene_row r;

	if (row == SCENE_NONE || row >= scene_rows(a->scene, a->position))
		return false;
	scene_row(a->scene, row, a->position, &r);
	a->setup_unfolded = a->setup_unfolded || r.setup;
	a->at.row = row;
	a->at.column = a->at.wanted = column;
	return true;
}

/* Select the newest event of the socket's connection: the stage, the ladder
 * and the queues are then about that. */
static bool select_connection(struct app *a)
{
	uint32_t socket = sockets_selected(a), flow;
	const uint32_t *frames, *calls;
	size_t n;

	if (socket == SCENE_NONE)
		return true;
	a->at.socket = socket;
	flow = scene_socket(a->scene, socket)->flow;
	if (flow == SCENE_NONE) {
		app_say(a, false, _("This socket has no connection yet."));
		return true;
	}
	frames = scene_flow_frames(a->scene, flow, a->position, &n);
	if (n > 0 && select_row(a, scene_frame(a->scene, frames[n - 1])->row,
			-1))
		return true;
	calls = scene_flow_calls(a->scene, flow, a->position, &n);
	if (n > 0) {
		const struct scene_call *c = scene_call(a->scene, calls[n - 1]);

		if (select_row(a, c->row_entered,
				scene_actor(a->scene, c->actor)->host))
			return true;
	}
	app_say(a, false, _("Nothing on the stage belongs to this socket."));
	return true;
}

static bool key(struct app *a, int k)
{
	switch (k) {
	case KEY_UP:
		return move_by(a, -1);
	case KEY_DOWN:
	case 'j':
		return move_by(a, 1);
	case KEY_HOME:
		return move_by(a, -(int)sockets_list(a)->entries);
	case '\n':
	case '\r':
	case KEY_ENTER:
		return select_connection(a);
	default:
		return false;
	}
}

static bool mouse(struct app *a, int y, int x, mmask_t buttons)
{
	const struct sockets_list *l = sockets_list(a);
	size_t i = (size_t)(drawn.top + y - 1);

	(void)x;
	if (buttons & BUTTON4_PRESSED)
		return move_by(a, -1);
	if (buttons & BUTTON5_PRESSED)
		return move_by(a, 1);
	if (y < 1 || y > drawn.lines || i >= l->entries ||
			l->entry[i].socket == SCENE_NONE)
		return false;
	a->at.socket = l->entry[i].socket;
	return true;
}

/* A socket as a line of text: what find looks through and copy gives. */
static bool line_of(struct app *a, struct buf *b, uint32_t socket)
{
	struct sockets_now x;

	if (socket == SCENE_NONE || !sockets_now(&x, a, socket))
		return false;
	buf_text(b, scene_host(a->scene, x.socket.host));
	for (enum sockets_column c = 0; c < COLUMNS; c++) {
		size_t before = b->len;

		buf_char(b, ' ');
		sockets_cell(b, a, &x, c);
		if (b->len == before + 1)
			b->data[b->len = before] = '\0';
	}
	return true;
}

static bool find(struct app *a, const char *text, int way)
{
	const struct sockets_list *l = sockets_list(a);
	size_t at = sockets_list_at(l, a), n = l->entries;
	struct buf b = { 0 };
	bool found = false;

	for (size_t step = 1; at < n && step <= n && !found; step++) {
		size_t i = way > 0 ? (at + step) % n : (at + n - step) % n;

		buf_clear(&b);
		found = line_of(a, &b, l->entry[i].socket) &&
			strcasestr(buf_str(&b), text) != NULL;
		if (found)
			a->at.socket = l->entry[i].socket;
	}
	buf_done(&b);
	return found;
}

static char *copy(struct app *a)
{
	struct buf b = { 0 };

	if (!line_of(a, &b, sockets_selected(a)))
		return NULL;
	return b.data;
}

const struct pane pane_sockets = {
	.title = N_("sockets"),
	.draw = draw,
	.key = key,
	.mouse = mouse,
	.find = find,
	.copy = copy,
};
