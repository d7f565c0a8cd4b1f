/*
 * sockets_text: what the sockets pane says of a socket.
 *
 * The kernel's *clocks* of a socket are those that sock_diag(7) tells: the
 * retransmission, the keepalive, TIME_WAIT's, the probe of a closed window.
 */
#include "ui/sockets_text.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/intl.h"
#include "scene/scene.h"

enum clock { CLOCK_NONE, CLOCK_RETRANSMIT, CLOCK_KEEPALIVE, CLOCK_TIME_WAIT,
	CLOCK_PROBE };

void sockets_name(struct buf *b, const struct scene_socket *s)
{
	if (s->fd < 0)
		buf_text(b, _("no fd"));
	else if (s->name[0])
		buf_printf(b, "%s %d", s->name, s->fd);
	else
		buf_printf(b, "fd %d", s->fd);
}

/* States after the peer's FIN has come in: include/net/tcp_states.h. The kernel
 * counts the FIN as one byte to read until a recv has returned 0. */
bool sockets_fin_waits(const struct scene_sample *m)
{
	enum { CLOSE_WAIT = 8, LAST_ACK = 9, CLOSING = 11 };

	return m->receive_queue > 0 && (m->state == CLOSE_WAIT ||
		m->state == LAST_ACK || m->state == CLOSING);
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
