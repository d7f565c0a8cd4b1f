/*
 * stage_queue: below the stage, what the kernel of each host holds for the
 * program: bytes sent and not yet acknowledged, bytes received and not yet
 * read, each byte as the letter of the send that wrote it; when nothing waits
 * to be read, what a recv took. In the wire's column:
 * the kernel clock that rings next, and the order in force.
 */
#include "ui/stage.h"

#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/intl.h"
#include "base/text.h"
#include "ui/app.h"
#include "ui/ink.h"
#include "ui/layout.h"
#include "ui/sockets_text.h"

/* Sockets looked at, from the newest on, for the one that matters. */
#define SOCKETS_LOOKED 64

/* Calls looked at, from the newest on, for the last that received. */
#define CALLS_LOOKED 256

enum { TCP_LISTENS = 10, TCP_SYN_SENT = 2, TCP_SYN_RECV = 3 };

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

/*
 * The socket of a host that the picture is about: of the selected flow, else
 * the newest with a conversation, else the newest that listens, else any.
 */
static uint32_t socket_of(const struct app *a, int host)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	uint32_t flow = stage_flow(a), best = SCENE_NONE;
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
			rank = m->state == TCP_LISTENS ? 2 : 3;
		if (flow != SCENE_NONE && s->flow == flow)
			rank = 4;
		if (rank > best_rank) {
			best_rank = rank;
			best = (uint32_t)i;
		}
	}
	return best;
}

/* n bytes of a stream from an offset on, as letters of their sends. */
static void letters(const struct app *a, uint32_t flow, int way, uint64_t from,
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

/* "to read       11"; behind the bytes a FIN may wait. */
static void count(struct ink *out, const char *what, uint32_t n, bool fin,
	int width)
{
	struct buf b = { 0 };
	int cells = text_cells(what, strlen(what));
	int end = width < 22 ? width : 22;

	if (fin)
		buf_printf(&b, _("%u, then FIN"), n);
	else
		buf_printf(&b, "%u", n);
	end -= text_cells(b.data, b.len);
	ink_text(out, THEME_DIM, what);
	ink_pad(out, end > cells + 1 ? end : cells + 1);
	ink_text(out, n > 0 || fin ? THEME_STRONG : THEME_PLAIN, buf_str(&b));
	buf_done(&b);
}

struct queue {
	uint32_t socket, sent, received; /* bytes */
	bool fin;        /* behind those received: not read yet either */
	const struct scene_socket *s;
};

static void put(WINDOW *w, int y, int x, int width, struct ink *k)
{
	ink_draw(w, y, x, width, k, A_NORMAL);
	ink_clear(k);
}

static void draw_sent(struct app *a, WINDOW *w, int y, int x, int width,
	const struct queue *q, struct ink *k)
{
	letters(a, q->s->flow, q->s->way, scene_acked_offset(a->scene,
		q->socket, a->position), q->sent, width, k);
	put(w, y, x, width, k);
}

static void draw_received(struct app *a, WINDOW *w, int y, int x, int width,
	const struct queue *q, struct ink *k)
{
	letters(a, q->s->flow, 1 - q->s->way, scene_read_offset(a->scene,
		q->socket, a->position), q->received, width, k);
	put(w, y, x, width, k);
}

/* The call whose bytes are told: the selected one, else the last of the socket
 * that received. SCENE_NONE: there is none. */
static uint32_t received_by(const struct app *a, const struct queue *q)
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
	const struct queue *q, struct ink *k)
{
	uint32_t ref = a->kernel_view ? SCENE_NONE : received_by(a, q);
	const struct scene_call *c;

	if (ref == SCENE_NONE)
		return;
	c = scene_call(a->scene, ref);
	ink_printf(k, THEME_DIM, "%s ", call_row_at(c->row)->name);
	letters(a, c->flow, c->way, c->stream, (uint32_t)c->taken, width, k);
	put(w, y, x, width, k);
}

static void draw_read(struct app *a, WINDOW *w, int y, int x, int width,
	const struct queue *q, struct ink *k)
{
	if (q->received > 0)
		draw_received(a, w, y, x, width, q, k);
	else
		draw_taken(a, w, y, x, width, q, k);
}

/* Both queues one below the other where there are five lines; else the one
 * that holds something, and when both do their counts share a line. */
static void draw_both(struct app *a, WINDOW *w, int x, int width, int host,
	const struct queue *q)
{
	struct ink k = { 0 };
	bool flow = q->s->flow != SCENE_NONE;
	bool arrived = q->received > 0 || q->fin;

	if (getmaxy(w) >= 6) {
		count(&k, _("unacknowledged"), q->sent, false, width);
		put(w, 2, x, width, &k);
		if (flow)
			draw_sent(a, w, 3, x, width, q, &k);
		count(&k, _("to read"), q->received, q->fin, width);
		put(w, 4, x, width, &k);
		if (flow)
			draw_read(a, w, 5, x, width, q, &k);
	} else if (q->sent > 0 && arrived) {
		int half = (width - 1) / 2;

		ink_printf(&k, THEME_DIM, q->fin ?
			_("unacked %u, to read %u+FIN") :
			_("unacked %u, to read %u"), q->sent, q->received);
		put(w, 2, x, width, &k);
		draw_sent(a, w, 3, x, half, q, &k);
		draw_received(a, w, 3, x + half + 1, half, q, &k);
	} else if (q->sent > 0 || (!arrived && host == 0)) {
		count(&k, _("unacknowledged"), q->sent, false, width);
		put(w, 2, x, width, &k);
		if (flow && q->sent > 0)
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

static void draw_host(struct app *a, WINDOW *w, int x, int width, int host)
{
	struct queue q = { .socket = socket_of(a, host) };
	const struct scene_sample *m;
	struct ink k = { 0 };

	if (q.socket == SCENE_NONE)
		return;
	q.s = scene_socket(a->scene, q.socket);
	m = scene_socket_at(a->scene, q.socket, a->position);
	ink_text(&k, THEME_STRONG, m == NULL ? "" : m->state == 0 ?
		_("(socket gone)") : scene_state_name(m->state));
	if (q.s->name[0] != '\0')
		ink_printf(&k, THEME_DIM, "  %s", q.s->name);
	put(w, 1, x, width, &k);
	ink_done(&k);
	if (m == NULL || m->state == 0 || m->state == TCP_LISTENS)
		return;
	q.sent = m->send_queue;
	q.fin = sockets_fin_waits(m);
	q.received = m->receive_queue - q.fin;
	draw_both(a, w, x, width, host, &q);
}

static const char *what_rings(const struct scene_sample *m)
{
	/* tcp_diag's numbers: 1 is the resend, and of a SYN too */
	if (m->timer == 2)
		return _("keepalive");
	if (m->timer == 3)
		return _("TIME_WAIT over");
	if (m->timer == 4)
		return _("window probe");
	if (m->state == TCP_SYN_SENT)
		return _("SYN again");
	if (m->state == TCP_SYN_RECV)
		return _("SYN ACK again");
	return _("data again");
}

/* "s: data again in 1.7 s" where the host has more than this socket. */
static void name_clock(const struct app *a, uint32_t socket, int width,
	struct ink *k)
{
	const struct scene_socket *s = scene_socket(a->scene, socket);
	int n = 0, looked = 0;
	struct ink named = { 0 };

	for (size_t i = scene_sockets(a->scene); i-- > 0 &&
			looked < SOCKETS_LOOKED; looked++) {
		const struct scene_sample *m = scene_socket_at(a->scene,
			(uint32_t)i, a->position);

		n += m != NULL && m->state != 0 && scene_socket(a->scene,
			(uint32_t)i)->host == s->host;
	}
	if (n < 2 || s->name[0] == '\0')
		return;
	ink_printf(&named, THEME_DIM, "%s: ", s->name);
	ink_append(&named, k);
	if (ink_cells(&named) <= width) {
		ink_clear(k);
		ink_append(k, &named);
	}
	ink_done(&named);
}

static void draw_wire(struct app *a, WINDOW *w, int x, int width)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	const struct scene_sample *m;
	struct scene_wire wire;
	struct ink k = { 0 };
	int64_t rings;

	if (stage_clock(a, &m, &rings)) {
		int64_t left = (rings - clock_wall()) / (CLOCK_S / 10);

		if (left < 0)
			left = 0;
		ink_printf(&k, THEME_WAITS, _("%s in %d.%d s"), what_rings(m),
			(int)(left / 10), (int)(left % 10));
		name_clock(a, m->socket, width, &k);
		put(w, 1, x, width, &k);
	}
	scene_wire(a->scene, a->position, &wire);
	/* "pass" is over once it was said; what holds goes on */
	if ((wire.holds || wire.cut || wire.rules > 0) &&
			strncmp(wire.order, "pass", 4) != 0) {
		ink_text(&k, THEME_DIM, wire.order);
		ink_cut(&k, width);
		put(w, 2, x, width, &k);
	}
	if (take != NULL && getmaxy(w) >= 4) {
		/* of "6.12.57+deb13-amd64" the version is enough */
		ink_printf(&k, THEME_DIM, _("Linux %.*s, %s clocks"),
			(int)strspn(take->kernel, "0123456789."), take->kernel,
			strcmp(take->clocks, "slow") == 0 ? _("slow") :
			_("real"));
		if (ink_cells(&k) <= width)
			ink_draw(w, getmaxy(w) >= 6 ? 5 : 3, x, width, &k,
				A_NORMAL);
	}
	ink_done(&k);
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
			draw_wire(a, w, x, cw);
		else
			draw_host(a, w, x, cw, stage_host_of(i));
	}
}
