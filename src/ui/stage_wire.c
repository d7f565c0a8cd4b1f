/*
 * stage_wire: below the stage, in the wire's column: the kernel clock that
 * rings next, the bytes that are on their way (one kernel has sent them, the other
 * does not have them: they are in our hand, or lost), the rules in force. What
 * has nothing to say takes no line.
 */
#include "ui/stage.h"

#include <netinet/tcp.h>
#include <string.h>

#include "base/clock.h"
#include "base/intl.h"
#include "base/text.h"
#include "ui/app.h"
#include "ui/ink.h"

/* Sockets looked at, from the newest on, for others of a host. */
#define SOCKETS_LOOKED 64

#define RULES_MOST 8

/* A clock that rings sooner, in tenths of a second, is told to the tenth. */
#define TENTHS_BELOW 200

/* The lines of the column that are still free. */
struct place {
	WINDOW *w;
	int y, x, width;
};

static void put(struct place *p, struct ink *k)
{
	if (p->y < getmaxy(p->w)) {
		ink_cut(k, p->width);
		ink_draw(p->w, p->y++, p->x, p->width, k, A_NORMAL);
	}
	ink_clear(k);
}

static const char *what_rings(const struct scene_sample *m)
{
	/* tcp_diag's numbers: 1 is the resend, and of a SYN too */
	if (m->timer == 2)
		return _("keepalive");
	if (m->timer == 3)
		/* both have the same clock, each its own state */
		return m->state == TCP_FIN_WAIT2 ? _("FIN_WAIT2 over") :
			_("TIME_WAIT over");
	if (m->timer == 4)
		return _("window probe");
	if (m->state == TCP_SYN_SENT)
		return _("SYN again");
	if (m->state == TCP_SYN_RECV)
		return _("SYN ACK again");
	/* its FIN is all that it has to repeat */
	if (m->send_queue == 1 && (m->state == TCP_FIN_WAIT1 ||
			m->state == TCP_LAST_ACK || m->state == TCP_CLOSING))
		return _("FIN again");
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

static void add_clock(struct app *a, struct place *p, struct ink *k)
{
	const struct scene_sample *m;
	int64_t rings, left;

	if (!stage_clock(a, &m, &rings))
		return;
	left = (rings - clock_wall()) / (CLOCK_S / 10);
	if (left < 0)
		left = 0;
	if (left >= TENTHS_BELOW)
		ink_printf(k, THEME_WAITS, _("%s in %d s"), what_rings(m),
			(int)(left / 10));
	else
		ink_printf(k, THEME_WAITS, _("%s in %d.%d s"), what_rings(m),
			(int)(left / 10), (int)(left % 10));
	name_clock(a, m->socket, p->width, k);
	put(p, k);
}

/* "──▶ 11 AAAAAABBBBB": what one kernel has sent and the other has not got. */
static void add_flight(struct app *a, struct place *p, uint32_t socket,
	struct ink *k)
{
	uint32_t peer = scene_peer(a->scene, socket, a->position);
	struct stage_holds from, to;
	uint64_t sent, got;
	struct ink run = { 0 };
	bool left;

	if (peer == SCENE_NONE)
		return;
	stage_holds(a, socket, &from);
	stage_holds(a, peer, &to);
	if (!from.has_queues || !to.has_queues || from.s->flow == SCENE_NONE)
		return;
	sent = scene_acked_offset(a->scene, socket, a->position) + from.sent;
	got = scene_read_offset(a->scene, peer, a->position) + to.received;
	if (sent <= got)
		return;
	left = from.s->host > to.s->host;
	ink_printf(k, THEME_WAITS, "%s %llu ", theme_sign(left ? SIGN_LEFT :
		SIGN_RIGHT), (unsigned long long)(sent - got));
	stage_run(a, from.s->flow, from.s->way, got, (uint32_t)(sent - got),
		p->width - ink_cells(k), &run);
	ink_append(k, &run);
	put(p, k);
	ink_done(&run);
}

/* "3 drop next 3 syn, 2 left"; where they do not fit, how many more. */
static void add_rules(struct app *a, struct place *p, struct ink *k)
{
	struct scene_rule rule[RULES_MOST];
	size_t all = scene_rules(a->scene, a->position, rule, RULES_MOST);
	size_t n = all < RULES_MOST ? all : RULES_MOST, i;
	size_t room = (size_t)(getmaxy(p->w) - p->y);

	if (room == 0)
		return;
	if (all > room)
		n = room - 1;
	for (i = 0; i < n; i++) {
		ink_printf(k, THEME_KEY, "%u", rule[i].number);
		ink_printf(k, THEME_PLAIN, " %s", rule[i].order);
		if (rule[i].left >= 0)
			ink_printf(k, THEME_DIM, _(", %lld left"),
				(long long)rule[i].left);
		put(p, k);
	}
	if (all > n) {
		ink_printf(k, THEME_DIM, ngettext("+ %zu rule: m",
			"+ %zu rules: m", all - n), all - n);
		put(p, k);
	}
}

/* Of "6.12.57+deb13-amd64" the version is enough. */
static void add_kernel(struct app *a, struct place *p, struct ink *k)
{
	const struct scene_take *take = scene_take(a->scene, a->position);

	if (take == NULL || p->y >= getmaxy(p->w))
		return;
	ink_printf(k, THEME_DIM, _("Linux %.*s, %s clocks"),
		(int)strspn(take->kernel, "0123456789."), take->kernel,
		strcmp(take->clocks, "slow") == 0 ? _("slow") : _("real"));
	p->y = getmaxy(p->w) - 1;
	if (ink_cells(k) <= p->width)
		put(p, k);
}

void stage_wire(struct app *a, WINDOW *w, int x, int width)
{
	struct place p = { .w = w, .y = 1, .x = x, .width = width };
	struct ink k = { 0 };
	uint32_t client = stage_socket(a, 0);
	uint32_t peer = client == SCENE_NONE ? SCENE_NONE :
		scene_peer(a->scene, client, a->position);

	add_clock(a, &p, &k);
	if (client != SCENE_NONE)
		add_flight(a, &p, client, &k);
	if (peer != SCENE_NONE)
		add_flight(a, &p, peer, &k);
	add_rules(a, &p, &k);
	add_kernel(a, &p, &k);
	ink_done(&k);
}
