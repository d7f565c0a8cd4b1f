/*
 * sockets: the pane that lists every socket of every host, as the kernel
 * reported it last before the position.
 *
 * A socket that is *gone* (the kernel has none of its cookie any more) is left
 * out; of very many only the newest are looked at. A state is *inferred* when
 * the kernel must have passed through others that no sample saw: it is marked
 * with a question mark behind it. For a listening socket the kernel's two queue
 * numbers mean connections that wait for accept, and how many may.
 */
#include "ui/pane.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/intl.h"
#include "base/mem.h"
#include "base/text.h"
#include "scene/scene.h"
#include "ui/app.h"
#include "ui/bytes_layout.h"
#include "ui/ink.h"
#include "ui/sockets_text.h"
#include "ui/theme.h"

#define LISTED 1024 /* sockets looked at, the newest of a take */

#define STATE_LISTEN 10 /* include/net/tcp_states.h */

/* A line of the list: a host's name, or a socket. */
struct entry {
	int host;
	uint32_t socket; /* SCENE_NONE: the line of the host's name */
};

/* The list as of a position, kept until that changes. */
static struct {
	const struct scene *scene;
	uint32_t position, now;
	struct entry *entry;
	size_t entries, cap;
	int64_t top;
	int lines; /* of the list, when last drawn */
} list;

enum column { NAME, PROTOCOL, STATE, LOCAL, PEER, RECV, SEND, REST, COLUMNS };

static const struct {
	const char *title;
	int cells;
	bool number;
} column[COLUMNS] = {
	[NAME] = {N_("socket"), 7, false},
	[PROTOCOL] = {N_("kind"), 4, false},
	[STATE] = {N_("state"), 12, false},
	[LOCAL] = {N_("here"), 15, false},
	[PEER] = {N_("there"), 15, false},
	[RECV] = {N_("Recv-Q"), 6, true},
	[SEND] = {N_("Send-Q"), 6, true},
	[REST] = {N_("clock"), 10, false},
};

static void add(int host, uint32_t socket)
{
	list.entry = mem_grow(list.entry, &list.cap, list.entries + 1,
		sizeof(*list.entry));
	list.entry[list.entries++] = (struct entry){host, socket};
}

static bool there(struct app *a, uint32_t i)
{
	const struct scene_sample *m = scene_socket_at(a->scene, i,
		a->position);

	return m && m->state;
}

/* Index in the list of the selected socket, or the first socket there is. */
static size_t selected(const struct app *a)
{
	size_t first = list.entries;

	for (size_t i = list.entries; i-- > 0;) {
		if (list.entry[i].socket == SCENE_NONE)
			continue;
		if (list.entry[i].socket == a->at.socket)
			return i;
		first = i;
	}
	return first;
}

static void load(struct app *a)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	uint32_t now = scene_now(a->scene);
	size_t from = scene_sockets(a->scene), all = from;

	if (list.scene == a->scene && list.position == a->position &&
		list.now == now)
		return;
	list.scene = a->scene;
	list.position = a->position;
	list.now = now;
	list.entries = 0;
	while (take && from > 0 && all - from < LISTED &&
		scene_socket(a->scene, (uint32_t)from - 1)->created >=
			take->begin)
		from--;
	for (int host = 0; host < scene_hosts(a->scene); host++) {
		add(host, SCENE_NONE);
		for (size_t i = from; i < all; i++) {
			if (scene_socket(a->scene, (uint32_t)i)->host == host &&
				there(a, (uint32_t)i))
				add(host, (uint32_t)i);
		}
	}
}

/* Milliseconds until the clock of a sample rings, at what is drawn now. */
static int64_t left(struct app *a, const struct scene_sample *m)
{
	struct event sampled, last;
	int64_t then = clock_wall();

	if (!scene_event(a->scene, m->position, &sampled))
		return m->timer_ms;
	if ((a->replay || !a->link) && a->position &&
		scene_event(a->scene, a->position - 1, &last))
		then = last.time;
	return m->timer_ms - (then - sampled.time) / CLOCK_MS;
}

static void cell(struct app *a, struct buf *b, enum column c, uint32_t i)
{
	const struct scene_socket *s = scene_socket(a->scene, i);
	const struct scene_sample *m = scene_socket_at(a->scene, i,
		a->position);

	switch (c) {
	case NAME:
		sockets_name(b, s);
		break;
	case PROTOCOL:
		buf_text(b, s->protocol);
		break;
	case STATE:
		buf_text(b, scene_state_name(m->state));
		if (scene_state_inferred(a->scene, i, a->position))
			buf_char(b, '?');
		break;
	case LOCAL:
		buf_text(b, s->local[0] ? s->local : "-");
		break;
	case PEER:
		buf_text(b, s->peer[0] && m->state != STATE_LISTEN ? s->peer
								   : "-");
		break;
	case RECV:
		buf_printf(b, "%" PRIu32, m->receive_queue);
		break;
	case SEND:
		buf_printf(b, "%" PRIu32, m->send_queue);
		break;
	case REST:
		if (m->state == STATE_LISTEN)
			buf_printf(b, _("queue %" PRIu32 "/%" PRIu32),
				m->receive_queue, m->send_queue);
		else
			sockets_timer_short(b, m, left(a, m));
		break;
	case COLUMNS:
		break;
	}
}

/* The columns that have room: kind goes first, then what is there, then
 * here. The last column takes what is left. */
static bool shown(enum column c, int columns)
{
	if (c == PROTOCOL)
		return columns >= 88;
	if (c == PEER)
		return columns >= 66;
	if (c == LOCAL)
		return columns >= 50;
	if (c == REST)
		return columns >= 76;
	return true;
}

/* One line of the list: a socket, or (SCENE_NONE) the titles. */
static void draw_line(struct app *a, WINDOW *w, int y, int columns,
	uint32_t socket, int style)
{
	struct ink k = {0};
	struct buf b = {0};

	ink_text(&k, style, " ");
	for (enum column c = 0; c < COLUMNS; c++) {
		int end = ink_cells(&k) + column[c].cells;

		if (!shown(c, columns))
			continue;
		if (c == REST || end > columns)
			end = columns;
		buf_clear(&b);
		if (socket == SCENE_NONE)
			buf_text(&b, _(column[c].title));
		else
			cell(a, &b, c, socket);
		while (column[c].number &&
			ink_cells(&k) + text_cells(b.data, b.len) < end)
			ink_text(&k, style, " ");
		ink_text(&k, style, buf_str(&b));
		ink_cut(&k, end);
		while (ink_cells(&k) <= end)
			ink_text(&k, style, " ");
	}
	ink_draw(w, y, 1, columns - 2, &k, 0);
	ink_done(&k);
	buf_done(&b);
}

/* What the selected socket is doing, in sentences. */
static void describe(struct app *a, struct buf *b, uint32_t i)
{
	const struct scene_socket *s = scene_socket(a->scene, i);
	const struct scene_sample *m = scene_socket_at(a->scene, i,
		a->position);

	if (s->actor != 0xffff && s->fd >= 0)
		buf_printf(b, _("%s %s: descriptor %d of process %s. "),
			s->protocol, s->name[0] ? s->name : _("(no name)"),
			s->fd, scene_actor(a->scene, s->actor)->lane);
	else
		buf_printf(b, _("%s, no process has it: the kernel keeps it. "),
			s->protocol);
	if (m->state == STATE_LISTEN) {
		buf_printf(b, _("Waiting for accept: %" PRIu32
				"; the backlog: %" PRIu32 "."),
			m->receive_queue, m->send_queue);
		return;
	}
	if (sockets_fin_waits(m))
		buf_printf(b, _("To read %" PRIu32 ", then FIN; unacknowledged"
			" %" PRIu32 "."), m->receive_queue - 1, m->send_queue);
	else
		buf_printf(b, _("To read %" PRIu32 ", unacknowledged %" PRIu32
			"."), m->receive_queue, m->send_queue);
	if (m->timer) {
		buf_text(b, " ");
		sockets_timer(b, m, left(a, m));
		if (m->retransmits)
			buf_printf(b, ngettext(" (%d time already)",
				" (%d times already)", m->retransmits),
				m->retransmits);
		buf_char(b, '.');
	}
	if (scene_state_inferred(a->scene, i, a->position))
		buf_printf(b, " %s", _("?: states before it were not seen."));
}

/* The line of a host's name; it says so when the host has no socket. */
static void draw_host(struct app *a, WINDOW *w, int y, int columns, size_t i)
{
	struct ink k = {0};

	ink_text(&k, THEME_STRONG, scene_host(a->scene, list.entry[i].host));
	if (i + 1 == list.entries || list.entry[i + 1].socket == SCENE_NONE)
		ink_printf(&k, THEME_DIM, "  %s", _("no socket"));
	ink_draw(w, y, 1, columns - 2, &k, 0);
	ink_done(&k);
}

static void draw_list(struct app *a, WINDOW *w, int columns, bool focused)
{
	size_t at = selected(a);

	list.top = bytes_scroll(list.top, (int64_t)at, 1,
		(int64_t)list.entries, list.lines);
	/* The first socket's host stays above it. */
	if (list.top > 0 && (int64_t)at == list.top &&
		list.entry[at - 1].socket == SCENE_NONE)
		list.top--;
	for (int y = 0; y < list.lines; y++) {
		size_t i = (size_t)(list.top + y);
		struct entry *e = &list.entry[i];

		if (i >= list.entries)
			break;
		if (e->socket == SCENE_NONE)
			draw_host(a, w, 1 + y, columns, i);
		else
			draw_line(a, w, 1 + y, columns, e->socket,
				i != at ? THEME_PLAIN
				: focused ? THEME_SELECTED
					  : THEME_LIT);
	}
}

static void draw(struct app *a, WINDOW *w, bool focused)
{
	int lines, columns, details;
	size_t at;

	getmaxyx(w, lines, columns);
	load(a);
	at = selected(a);
	details = lines >= 7 && at < list.entries ? 2 : 0;
	list.lines = lines - 1 - details;
	if (lines < 2)
		return;
	draw_line(a, w, 0, columns, SCENE_NONE, THEME_DIM);
	draw_list(a, w, columns, focused);
	if (details) {
		struct buf b = {0};

		describe(a, &b, list.entry[at].socket);
		ink_wrapped(w, lines - details, 1, details, columns - 2,
			THEME_PLAIN, buf_str(&b));
		buf_done(&b);
	}
}

static bool move_by(struct app *a, int way)
{
	size_t at = selected(a);

	while (at < list.entries) {
		at = way > 0 ? at + 1 : at - 1; /* wraps: SIZE_MAX ends it */
		if (at < list.entries && list.entry[at].socket != SCENE_NONE) {
			a->at.socket = list.entry[at].socket;
			break;
		}
	}
	return true;
}

static bool key(struct app *a, int k)
{
	load(a);
	switch (k) {
	case KEY_UP:
		return move_by(a, -1);
	case KEY_DOWN:
	case 'j':
		return move_by(a, 1);
	default:
		return false;
	}
}

static bool mouse(struct app *a, int y, int x, mmask_t buttons)
{
	size_t i = (size_t)(list.top + y - 1);

	(void)x;
	load(a);
	if (buttons & BUTTON4_PRESSED)
		return move_by(a, -1);
	if (buttons & BUTTON5_PRESSED)
		return move_by(a, 1);
	if (y < 1 || y > list.lines || i >= list.entries ||
		list.entry[i].socket == SCENE_NONE)
		return false;
	a->at.socket = list.entry[i].socket;
	return true;
}

/* A socket as a line of text: what find looks through and copy gives. */
static void line_of(struct app *a, struct buf *b, uint32_t i)
{
	const struct scene_socket *s = scene_socket(a->scene, i);

	buf_text(b, scene_host(a->scene, s->host));
	for (enum column c = 0; c < COLUMNS; c++) {
		buf_char(b, ' ');
		cell(a, b, c, i);
	}
}

static bool find(struct app *a, const char *text, int way)
{
	size_t at, n;

	load(a);
	at = selected(a);
	n = list.entries;
	for (size_t step = 1; at < n && step <= n; step++) {
		size_t i = way > 0 ? (at + step) % n : (at + n - step) % n;
		struct buf b = {0};
		bool found;

		if (list.entry[i].socket == SCENE_NONE)
			continue;
		line_of(a, &b, list.entry[i].socket);
		found = strcasestr(buf_str(&b), text) != NULL;
		buf_done(&b);
		if (found) {
			a->at.socket = list.entry[i].socket;
			return true;
		}
	}
	return false;
}

static char *copy(struct app *a)
{
	struct buf b = {0};
	size_t at;

	load(a);
	at = selected(a);
	if (at >= list.entries)
		return NULL;
	line_of(a, &b, list.entry[at].socket);
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
