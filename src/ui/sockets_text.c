/* sockets_text: see sockets_text.h. */
#include "ui/sockets_text.h"

#include <inttypes.h>
#include <netinet/tcp.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/intl.h"
#include "ui/app.h"
#include "ui/theme.h"

enum clock { CLOCK_NONE, CLOCK_RETRANSMIT, CLOCK_KEEPALIVE, CLOCK_TIME_WAIT,
	CLOCK_PROBE };

/* States after the peer's FIN has come in: the kernel counts it as one byte to
 * read until a recv has returned 0. */
bool sockets_fin_waits(const struct scene_sample *m)
{
	return m->receive_queue > 0 && (m->state == TCP_CLOSE_WAIT ||
		m->state == TCP_LAST_ACK || m->state == TCP_CLOSING);
}

/* A TCP socket whose connect was refused, or that was reset: the kernel still
 * remembers the ends and gives them to who lists sockets, but getpeername says
 * ENOTCONN. */
static bool is_closed(const struct scene_socket *s,
	const struct scene_sample *m)
{
	return m && m->state == TCP_CLOSE && !strcmp(s->protocol, "tcp");
}

static bool names_peer(const struct scene_socket *s)
{
	const char *port = strrchr(s->peer, ':');

	return s->peer[0] && (!port || strcmp(port, ":0") != 0);
}

bool sockets_has_peer(const struct scene_socket *s,
	const struct scene_sample *m)
{
	return names_peer(s) && !is_closed(s, m);
}

const char *sockets_local(const struct scene_socket *s,
	const struct scene_sample *m)
{
	bool lost = names_peer(s) && is_closed(s, m);

	return s->local[0] && !lost ? s->local : "-";
}

void sockets_time(struct buf *b, int64_t ms, const char *gap)
{
	if (ms < 0)
		ms = 0;
	if (ms < 10000)
		buf_printf(b, "%" PRId64 ".%" PRId64 "%ss", ms / 1000,
			ms % 1000 / 100, gap);
	else if (ms < 120000)
		buf_printf(b, "%" PRId64 "%ss", ms / 1000, gap);
	else
		buf_printf(b, "%" PRId64 "%smin", ms / 60000, gap);
}

static void timer(struct buf *b, const char *fmt, int64_t ms, const char *gap)
{
	struct buf time = {0};

	sockets_time(&time, ms, gap);
	/* fmt is one of ours, through gettext, with one %s. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	buf_printf(b, fmt, buf_str(&time));
#pragma GCC diagnostic pop
	buf_done(&time);
}

void sockets_timer(struct buf *b, const struct scene_sample *m, int64_t ms)
{
	switch ((enum clock)m->timer) {
	case CLOCK_NONE:
		break;
	case CLOCK_RETRANSMIT:
		timer(b, _("sends again in %s"), ms, " ");
		break;
	case CLOCK_KEEPALIVE:
		timer(b, _("asks whether the peer lives in %s"), ms, " ");
		break;
	case CLOCK_TIME_WAIT:
		timer(b, _("remembered for %s more"), ms, " ");
		break;
	case CLOCK_PROBE:
		timer(b, _("asks for window in %s"), ms, " ");
		break;
	}
}

void sockets_timer_short(
	struct buf *b, const struct scene_sample *m, int64_t ms)
{
	switch ((enum clock)m->timer) {
	case CLOCK_NONE:
		break;
	case CLOCK_RETRANSMIT:
		timer(b, _("again %s"), ms, "");
		break;
	case CLOCK_KEEPALIVE:
		timer(b, _("alive? %s"), ms, "");
		break;
	case CLOCK_TIME_WAIT:
		timer(b, _("wait %s"), ms, "");
		break;
	case CLOCK_PROBE:
		timer(b, _("probe %s"), ms, "");
		break;
	}
}

/* ---- a socket at a position ---- */

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

bool sockets_now(struct sockets_now *out, struct app *a, uint32_t socket)
{
	out->index = socket;
	out->sample = scene_socket_at(a->scene, socket, a->position);
	if (!out->sample || !out->sample->state)
		return false;
	if (!scene_socket_then(a->scene, socket, a->position, &out->socket))
		out->socket = *scene_socket(a->scene, socket);
	out->left = left(a, out->sample);
	return true;
}

/* ---- columns ---- */

/* As `ss` has them: kind, state, queues, here, there, process, clock. Each is
 * shown from so many cells on, takes at least `cells` and may grow. */
static const struct {
	const char *title;
	int from, cells, grow;
	bool number;
} column[COLUMNS] = {
	[COLUMN_KIND] = {N_("kind"), 90, 4, 0, false},
	[COLUMN_STATE] = {N_("state"), 0, 12, 0, false},
	[COLUMN_RECV] = {N_("Recv-Q"), 0, 6, 0, true},
	[COLUMN_SEND] = {N_("Send-Q"), 0, 6, 0, true},
	[COLUMN_UNSENT] = {N_("unsent"), 97, 6, 0, true},
	[COLUMN_LOCAL] = {N_("here"), 48, 14, 8, false},
	[COLUMN_PEER] = {N_("there"), 64, 14, 8, false},
	[COLUMN_OWNER] = {N_("owner"), 0, 10, 6, false},
	[COLUMN_CLOCK] = {N_("clock"), 74, 10, 4, false},
	[COLUMN_OPTIONS] = {N_("options"), 120, 12, 200, false},
};

const char *sockets_title(enum sockets_column c)
{
	return _(column[c].title);
}

bool sockets_is_number(enum sockets_column c)
{
	return column[c].number;
}

void sockets_columns(int width[COLUMNS], int cells)
{
	/* The last who grows takes what is left. */
	static const enum sockets_column grows[] = {
		COLUMN_CLOCK, COLUMN_OWNER, COLUMN_LOCAL, COLUMN_PEER,
		COLUMN_OPTIONS,
	};
	int rest = cells + 1;

	for (int c = 0; c < COLUMNS; c++) {
		width[c] = cells >= column[c].from ? column[c].cells : 0;
		if (width[c])
			rest -= width[c] + 1;
	}
	for (size_t i = 0; i < sizeof(grows) / sizeof(*grows); i++) {
		int *w = &width[grows[i]];
		int more = rest < column[grows[i]].grow ? rest
			: column[grows[i]].grow;

		if (*w && more > 0) {
			*w += more;
			rest -= more;
		}
	}
}

/* "s 3"; of a lane that has not the host's name: "client2 s 3". */
static void owner(struct buf *b, struct app *a, const struct scene_socket *s)
{
	const char *lane, *host = scene_host(a->scene, s->host);

	if (s->actor == 0xffff || s->fd < 0) {
		buf_text(b, _("no process"));
		return;
	}
	lane = scene_actor(a->scene, s->actor)->lane;
	if (strcmp(lane, host))
		buf_printf(b, "%s ", lane);
	buf_printf(b, "%s %d", s->name[0] ? s->name : "fd", s->fd);
}

/* Only of TCP it is known which states lie between two. */
static bool is_inferred(struct app *a, const struct sockets_now *x)
{
	return !strcmp(x->socket.protocol, "tcp") &&
		scene_state_inferred(a->scene, x->index, a->position);
}

static void state(struct buf *b, struct app *a, const struct sockets_now *x)
{
	buf_text(b, scene_state_name(x->sample->state));
	if (is_inferred(a, x))
		buf_char(b, '?');
}

static void clock_cell(struct buf *b, const struct sockets_now *x)
{
	const struct scene_sample *m = x->sample;

	if (m->state == TCP_LISTEN) {
		buf_printf(b, _("queue %" PRIu32 "/%" PRIu32),
			m->receive_queue, m->send_queue);
		return;
	}
	sockets_timer_short(b, m, x->left);
	if (m->timer && m->retransmits)
		buf_printf(b, " x%u", m->retransmits);
}

void sockets_cell(struct buf *b, struct app *a, const struct sockets_now *x,
	enum sockets_column c)
{
	const struct scene_sample *m = x->sample;
	const struct scene_socket *s = &x->socket;

	switch (c) {
	case COLUMN_KIND:
		buf_text(b, s->protocol);
		return;
	case COLUMN_STATE:
		state(b, a, x);
		return;
	case COLUMN_RECV:
		buf_printf(b, "%" PRIu32, m->receive_queue);
		return;
	case COLUMN_SEND:
		buf_printf(b, "%" PRIu32, m->send_queue);
		return;
	case COLUMN_UNSENT:
		if (m->unsent)
			buf_printf(b, "%" PRIu32, m->unsent);
		return;
	case COLUMN_LOCAL:
		buf_text(b, sockets_local(s, m));
		return;
	case COLUMN_PEER:
		buf_text(b, sockets_has_peer(s, m) ? s->peer : "-");
		return;
	case COLUMN_OWNER:
		owner(b, a, s);
		return;
	case COLUMN_CLOCK:
		clock_cell(b, x);
		return;
	case COLUMN_OPTIONS:
		buf_text(b, scene_options(a->scene, x->index, a->position));
		return;
	case COLUMNS:
		return;
	}
}

/* ---- in sentences ---- */

static void say_owner(struct buf *b, struct app *a,
	const struct scene_socket *s, const struct scene_sample *m, bool ends)
{
	if (s->actor != 0xffff && s->fd >= 0)
		buf_printf(b, _("%s %s: descriptor %d of process %s. "),
			s->protocol, s->name[0] ? s->name : _("(no name)"),
			s->fd, scene_actor(a->scene, s->actor)->lane);
	else
		buf_printf(b, _("%s, no process has it: the kernel keeps it. "),
			s->protocol);
	if (!ends)
		return;
	buf_text(b, sockets_local(s, m));
	if (sockets_has_peer(s, m))
		buf_printf(b, " %s %s", theme_sign(SIGN_TO), s->peer);
	buf_text(b, ". ");
}

static void say_queues(struct buf *b, const struct scene_sample *m)
{
	uint32_t sent = m->send_queue > m->unsent ? m->send_queue - m->unsent
		: 0;

	if (m->state == TCP_LISTEN) {
		buf_printf(b, _("Waiting for accept: %" PRIu32
				"; the backlog: %" PRIu32 "."),
			m->receive_queue, m->send_queue);
		return;
	}
	if (sockets_fin_waits(m))
		buf_printf(b, _("To read %" PRIu32 ", then FIN; unacknowledged"
			" %" PRIu32 "."), m->receive_queue - 1,
			sent);
	else
		buf_printf(b, _("To read %" PRIu32 ", unacknowledged %" PRIu32
			"."), m->receive_queue, sent);
	if (m->unsent)
		buf_printf(b, _(" Not sent yet: %" PRIu32 "."), m->unsent);
}

void sockets_path(struct buf *b, struct app *a, uint32_t socket)
{
	struct scene_state at[16];
	size_t n = scene_states(a->scene, socket, a->position, at, 16);

	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_printf(b, " %s ", theme_sign(SIGN_STEP));
		buf_text(b, scene_state_name(at[i].state));
		if (at[i].inferred)
			buf_char(b, '?');
	}
}

void sockets_describe(struct buf *b, struct app *a,
	const struct sockets_now *x, bool ends)
{
	const struct scene_sample *m = x->sample;
	const char *options = scene_options(a->scene, x->index, a->position);
	size_t path;

	say_owner(b, a, &x->socket, m, ends);
	say_queues(b, m);
	if (m->timer) {
		buf_char(b, ' ');
		sockets_timer(b, m, x->left);
		if (m->retransmits)
			buf_printf(b, ngettext(" (%d time already)",
				" (%d times already)", m->retransmits),
				m->retransmits);
		buf_char(b, '.');
	}
	if (options && options[0])
		buf_printf(b, _(" Options set: %s."), options);
	buf_char(b, ' ');
	path = b->len;
	sockets_path(b, a, x->index);
	if (b->len > path)
		buf_char(b, '.');
	if (is_inferred(a, x))
		buf_printf(b, " %s", _("?: states before it were not seen."));
}
