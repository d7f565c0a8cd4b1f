/*
 * stage_queue: below the stage, what the kernel of each host holds for the
 * program: bytes sent and not yet acknowledged, behind them those that were
 * not even sent once, bytes received and not yet read, each byte as the letter
 * of the send that wrote it; when nothing waits to be read, what a recv took.
 * (The wire's column between them: stage_wire.c.)
 */
#include "ui/stage.h"

#include <netinet/tcp.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "ui/app.h"
#include "ui/ink.h"
#include "ui/layout.h"
#include "ui/sockets_text.h"
#include "ui/stage_states.h"

/* Sockets looked at, from the newest on, for the one that matters. */
#define SOCKETS_LOOKED 64

/* Calls looked at, from the newest on, for the last that received. */
#define CALLS_LOOKED 256

/* States that are shown of one socket, at most. */
#define STATES_MOST 12

bool stage_clock(const struct app *a, const struct scene_sample **m,
	int64_t *rings)
{
	return !a->replay && a->link != NULL &&
		scene_next_clock(a->scene, a->position, m, rings);
}

uint32_t stage_flow(const struct app *a)
{
	uint32_t frame, call;

	if (a->at.row == SCENE_NONE)
		return SCENE_NONE;
	app_selected(a, &frame, &call);
	if (call != SCENE_NONE)
		return scene_call(a->scene, call)->flow;
	if (frame != SCENE_NONE)
		return scene_frame(a->scene, frame)->flow;
	return SCENE_NONE;
}

/* The conversation that is meant when none is selected: the newest. */
static uint32_t newest_flow(const struct app *a)
{
	uint32_t frame, call;

	if (a->at.row != SCENE_NONE)
		return SCENE_NONE;
	app_selected(a, &frame, &call);
	return frame != SCENE_NONE ? scene_frame(a->scene, frame)->flow :
		call != SCENE_NONE ? scene_call(a->scene, call)->flow :
		SCENE_NONE;
}

/*
 * The socket of a host that the picture is about: of the selected flow, else
 * of the newest one, else the newest with a conversation, else the newest that
 * listens, else any.
 */
uint32_t stage_socket(const struct app *a, int host)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	uint32_t flow = stage_flow(a), best = SCENE_NONE;
	uint32_t newest = newest_flow(a);
	int best_rank = 0, looked = 0;

	for (size_t i = scene_sockets(a->scene); i-- > 0 &&
			looked < SOCKETS_LOOKED; looked++) {
		const struct scene_socket *s = scene_socket(a->scene,
			(uint32_t)i);
		const struct scene_sample *m;
		int rank = 1;

		if (take != NULL && s->created < take->begin)
			break;
		if (s->host != host || s->created >= a->position)
			continue;
		m = scene_socket_at(a->scene, (uint32_t)i, a->position);
		if (m != NULL && m->state != 0)
			rank = m->state == TCP_LISTEN ? 2 : 3;
		if (newest != SCENE_NONE && s->flow == newest)
			rank = 4;
		if (flow != SCENE_NONE && s->flow == flow)
			rank = 5;
		if (rank > best_rank) {
			best_rank = rank;
			best = (uint32_t)i;
		}
	}
	return best;
}

/* n bytes of a stream from an offset on, as letters of their sends. */
void stage_run(const struct app *a, uint32_t flow, int way, uint64_t from,
	uint32_t n, int width, struct ink *out)
{
	uint64_t at = from, stop = from + n;

	while (at < stop && ink_cells(out) < width) {
		uint64_t end = stop;
		uint32_t send = a->kernel_view ? SCENE_NONE :
			scene_owner(a->scene, flow, way, at, &end);
		char name[8] = "";
		const char *sign = a->ascii ? "#" : "▪";
		int style = THEME_PLAIN;

		if (send != SCENE_NONE) {
			uint16_t l = scene_send(a->scene, send)->letter;

			scene_letter(name, l);
			name[1] = '\0'; /* one cell is one byte */
			sign = name;
			style = ink_letter(l);
		} else
			end = stop;
		if (end > stop || end <= at)
			end = stop;
		for (; at < end && ink_cells(out) < width; at++)
			ink_text(out, style, sign);
	}
	if (at < stop)
		ink_text(out, THEME_PLAIN, " "); /* so that the cut shows */
	ink_cut(out, width);
}

/* "to read       11": the number at the right. */
static void label(struct ink *out, const char *what, int style,
	const char *number, int width)
{
	int cells = text_cells(what, strlen(what));
	int end = (width < 22 ? width : 22) -
		text_cells(number, strlen(number));

	ink_text(out, THEME_DIM, what);
	ink_pad(out, end > cells + 1 ? end : cells + 1);
	ink_text(out, style, number);
}

/* Behind the bytes a FIN may wait. */
static void count(struct ink *out, const char *what, uint32_t n, bool fin,
	int width)
{
	struct buf b = { 0 };

	if (fin)
		buf_printf(&b, _("%u, then FIN"), n);
	if (fin && text_cells(what, strlen(what)) + 1 +
			text_cells(buf_str(&b), b.len) > width) {
		buf_clear(&b);
		if (n > 0)
			buf_printf(&b, "%u + ", n);
		buf_text(&b, "FIN");
	}
	if (!fin)
		buf_printf(&b, "%u", n);
	label(out, what, n > 0 || fin ? THEME_STRONG : THEME_PLAIN,
		buf_str(&b), width);
	buf_done(&b);
}

void stage_holds(const struct app *a, uint32_t socket,
	struct stage_holds *out)
{
	const struct scene_sample *m = scene_socket_at(a->scene, socket,
		a->position);

	*out = (struct stage_holds){ .socket = socket,
		.s = scene_socket(a->scene, socket), .m = m };
	if (m == NULL || m->state == 0 || m->state == TCP_LISTEN)
		return;
	out->has_queues = true;
	out->fin = sockets_fin_waits(m);
	out->received = m->receive_queue - out->fin;
	/* a SYN and a FIN take a number as bytes do, but are none */
	out->sent_syn = m->send_queue > 0 && (m->state == TCP_SYN_SENT ||
		m->state == TCP_SYN_RECV);
	out->sent_fin = m->send_queue > 0 && (m->state == TCP_FIN_WAIT1 ||
		m->state == TCP_LAST_ACK || m->state == TCP_CLOSING);
	out->sent = m->send_queue - out->sent_fin - out->sent_syn;
	out->unsent = m->unsent < out->sent ? m->unsent : out->sent;
	out->sent -= out->unsent;
}

static void put(WINDOW *w, int y, int x, int width, struct ink *k)
{
	ink_draw(w, y, x, width, k, A_NORMAL);
	ink_clear(k);
}

/* "AAAAAA│BBBBB": behind the rule what was not sent once. */
static void draw_sent(struct app *a, WINDOW *w, int y, int x, int width,
	const struct stage_holds *q, struct ink *k)
{
	uint64_t from = scene_acked_offset(a->scene, q->socket, a->position);
	int rest = 0;

	if (q->unsent > 0) /* a third of the width, if it needs so much */
		rest = 1 + (q->unsent < (uint32_t)width / 3 ? (int)q->unsent :
			width / 3);
	stage_run(a, q->s->flow, q->s->way, from, q->sent, width - rest, k);
	if (q->unsent > 0) {
		struct ink more = { 0 };

		ink_text(k, THEME_DIM, theme_sign(SIGN_VERTICAL));
		stage_run(a, q->s->flow, q->s->way, from + q->sent, q->unsent,
			width - ink_cells(k), &more);
		ink_append(k, &more);
		ink_done(&more);
	}
	put(w, y, x, width, k);
}

static void draw_received(struct app *a, WINDOW *w, int y, int x, int width,
	const struct stage_holds *q, struct ink *k)
{
	stage_run(a, q->s->flow, 1 - q->s->way, scene_read_offset(a->scene,
		q->socket, a->position), q->received, width, k);
	put(w, y, x, width, k);
}

/* The call whose bytes are told: the selected one, else the last of the socket
 * that received. SCENE_NONE: there is none. */
static uint32_t received_by(const struct app *a, const struct stage_holds *q)
{
	uint32_t frame, i, least, selected = SCENE_NONE;

	if (a->at.row != SCENE_NONE)
		app_selected(a, &frame, &selected);
	i = app_calls(a);
	least = i > CALLS_LOOKED ? i - CALLS_LOOKED : 0;
	while (i-- > least) {
		uint32_t ref = selected != SCENE_NONE ? selected : i;
		const struct scene_call *c = scene_call(a->scene, ref);
		const struct call_row *row = call_row_at(c->row);

		if (row != NULL && row->receives && c->taken > 0 &&
				c->error == 0 && c->returned < a->position &&
				c->flow == q->s->flow && c->way != q->s->way)
			return ref;
		selected = SCENE_NONE;
	}
	return SCENE_NONE;
}

/* "recv AAAAAABBBBB": in the kernel's view there is nothing to tell. */
static void draw_taken(struct app *a, WINDOW *w, int y, int x, int width,
	const struct stage_holds *q, struct ink *k)
{
	uint32_t ref = a->kernel_view ? SCENE_NONE : received_by(a, q);
	const struct scene_call *c;

	if (ref == SCENE_NONE)
		return;
	c = scene_call(a->scene, ref);
	ink_printf(k, THEME_DIM, "%s ", call_row_at(c->row)->name);
	stage_run(a, c->flow, c->way, c->stream, (uint32_t)c->taken, width, k);
	put(w, y, x, width, k);
}

static void draw_read(struct app *a, WINDOW *w, int y, int x, int width,
	const struct stage_holds *q, struct ink *k)
{
	if (q->received > 0)
		draw_received(a, w, y, x, width, q, k);
	else
		draw_taken(a, w, y, x, width, q, k);
}

static void count_sent(struct ink *k, const struct stage_holds *q, int width)
{
	if (q->sent_syn && q->sent + q->unsent == 0)
		label(k, _("unacknowledged"), THEME_STRONG, "SYN", width);
	else if (q->unsent == 0)
		count(k, _("unacknowledged"), q->sent, q->sent_fin, width);
	else
		ink_printf(k, THEME_STRONG, q->sent_fin ?
			_("unacked %u, unsent %u+FIN") :
			_("unacked %u, unsent %u"), q->sent, q->unsent);
	ink_cut(k, width);
}

/* Both queues on two lines: the one that holds something, and when both do
 * their counts share a line. */
static void draw_short(struct app *a, WINDOW *w, int x, int width, int host,
	const struct stage_holds *q)
{
	bool flow = q->s->flow != SCENE_NONE;
	bool arrived = q->received > 0 || q->fin;
	bool sends = q->sent > 0 || q->unsent > 0 || q->sent_fin ||
		q->sent_syn;
	struct ink k = { 0 };

	if (sends && arrived) {
		int half = (width - 1) / 2;

		ink_printf(&k, THEME_DIM, q->fin ?
			_("unacked %u, to read %u+FIN") :
			_("unacked %u, to read %u"), q->sent + q->unsent,
			q->received);
		put(w, 2, x, width, &k);
		draw_sent(a, w, 3, x, half, q, &k);
		draw_received(a, w, 3, x + half + 1, half, q, &k);
	} else if (sends || (!arrived && host == 0)) {
		count_sent(&k, q, width);
		put(w, 2, x, width, &k);
		if (flow && sends)
			draw_sent(a, w, 3, x, width, q, &k);
		else if (flow)
			draw_taken(a, w, 3, x, width, q, &k);
	} else {
		count(&k, _("to read"), q->received, q->fin, width);
		put(w, 2, x, width, &k);
		if (flow)
			draw_read(a, w, 3, x, width, q, &k);
	}
	ink_done(&k);
}

/* … and one below the other where there are five lines. */
static void draw_both(struct app *a, WINDOW *w, int x, int width,
	const struct stage_holds *q)
{
	bool flow = q->s->flow != SCENE_NONE;
	struct ink k = { 0 };

	count_sent(&k, q, width);
	put(w, 2, x, width, &k);
	if (flow)
		draw_sent(a, w, 3, x, width, q, &k);
	count(&k, _("to read"), q->received, q->fin, width);
	put(w, 4, x, width, &k);
	if (flow)
		draw_read(a, w, 5, x, width, q, &k);
	ink_done(&k);
}

/* "SYN_SENT › [ESTABLISHED]  conn": the name where there is room for it. */
static void draw_states(struct app *a, WINDOW *w, int x, int width,
	const struct stage_holds *q)
{
	struct scene_state state[STATES_MOST];
	size_t n = scene_states(a->scene, q->socket, a->position, state,
		STATES_MOST);
	struct ink k = { 0 };
	int rest = width - (int)strlen(q->s->name) - 2;

	if (q->m == NULL)
		return;
	if (n == 0) { /* not TCP */
		state[0] = (struct scene_state){ .state = q->m->state };
		n = q->m->state != 0;
	}
	stage_states(&k, state, n, q->m->state == 0, width);
	if (q->s->name[0] != '\0' && ink_cells(&k) <= rest)
		ink_printf(&k, THEME_DIM, "  %s", q->s->name);
	put(w, 1, x, width, &k);
	ink_done(&k);
}

static void draw_host(struct app *a, WINDOW *w, int x, int width, int host)
{
	uint32_t socket = stage_socket(a, host);
	struct stage_holds q;

	if (socket == SCENE_NONE)
		return;
	stage_holds(a, socket, &q);
	draw_states(a, w, x, width, &q);
	if (!q.has_queues)
		return;
	if (getmaxy(w) >= 6)
		draw_both(a, w, x, width, &q);
	else
		draw_short(a, w, x, width, host, &q);
}

void stage_queues(struct app *a, WINDOW *w)
{
	int width = getmaxx(w), n = stage_columns(a), i, x, cw;

	ink_rule(w, 0, 1, width - 1, THEME_DIM, SIGN_HORIZONTAL, false);
	for (i = 0; i < n; i++) {
		layout_column(width, n, i, &x, &cw);
		if (i > 0) {
			ink_put(w, 0, x - 2, 1, THEME_DIM,
				theme_sign(SIGN_CROSS));
			ink_rule(w, 1, x - 2, getmaxy(w) - 1, THEME_DIM,
				SIGN_VERTICAL, true);
		}
		if (stage_host_of(i) == STAGE_WIRE)
			stage_wire(a, w, x, cw);
		else
			draw_host(a, w, x, cw, stage_host_of(i));
	}
}
