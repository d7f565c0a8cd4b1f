/* goal_has: goals about sockets, as they were last sampled. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/intl.h"
#include "call/wish.h"
#include "lesson/goal_inside.h"
#include "scene/scene.h"

static int host_of(const struct deeds *d, const char *lane)
{
	char host[LINE_LANE];

	line_host_of_lane(host, lane);
	for (int i = 0; i < scene_hosts(d->scene); i++)
		if (!strcmp(scene_host(d->scene, i), host))
			return i;
	return -1;
}

static bool has_end(const struct deeds *d, const char *is,
	const struct value *wanted)
{
	struct value end = {0}, expected = {0};
	bool same;

	if (wanted->kind == VALUE_NONE)
		return true;
	if (strcmp(is, "-") == 0)
		is = "none";
	if (line_parse_value(&end, is, strlen(is), NULL) < 0)
		return false;
	value_copy(&expected, wanted);
	deeds_resolve(d, SCENE_NONE, d->position, &expected, &end);
	same = value_matches(&expected, &end);
	value_done(&end);
	value_done(&expected);
	return same;
}

/* "NAME=VALUE" among words: the value; NULL when it is not told, which means
 * that it is as the kernel gave it. */
static const char *option_told(const char *words, const char *name, size_t *n)
{
	size_t length = strlen(name);

	for (; *words; words += strspn(words, " ")) {
		*n = strcspn(words, " ");
		if (*n > length && words[length] == '=' &&
			!memcmp(words, name, length)) {
			*n -= length + 1;
			return words + length + 1;
		}
		words += *n;
	}
	return NULL;
}

static bool has_option(const char *words, const struct option_row *o,
	const struct value *wanted)
{
	struct value is = {0};
	const char *text;
	bool same;
	size_t n;

	text = option_told(words, o->name, &n);
	if (!text) /* of those that are 0 in the beginning, at least */
		return wanted->kind == VALUE_NUMBER && wanted->number == 0;
	if (line_parse_value(&is, text, n, NULL) < 0)
		return false;
	same = value_matches(wanted, &is);
	value_done(&is);
	return same;
}

static bool has_number(int64_t wanted, uint32_t is)
{
	return wanted < 0 || wanted == (int64_t)is;
}

static bool has_all(const struct deeds *d, uint32_t socket,
	const struct scene_socket *as, const struct scene_sample *now,
	const struct socket_wish *w)
{
	const char *options = scene_options(d->scene, socket, d->position);

	if ((w->protocol[0] && strcmp(w->protocol, as->protocol)) ||
		(w->state && w->state != now->state) ||
		(w->timer >= 0 && w->timer != now->timer) ||
		(w->orphan && as->actor != 0xffff) ||
		!has_number(w->recv, now->receive_queue) ||
		!has_number(w->send, now->send_queue) ||
		!has_number(w->unsent, now->unsent) ||
		!has_end(d, as->local, &w->local) ||
		!has_end(d, as->peer, &w->peer))
		return false;
	for (int i = 0; i < w->options; i++)
		if (!has_option(options, w->option[i], &w->wanted[i]))
			return false;
	return true;
}

/* What a wish is compared with. */
struct search {
	const struct deeds *d;
	const struct socket_wish *wish;
	int host;
	uint32_t only;   /* the socket that it names */
	bool named;      /* it names one, which may be closed or not bound */
	int64_t found;
	uint32_t last;   /* that is so; SCENE_NONE */
	uint32_t near;   /* that is of the host, and not so */
};

static void look_at(struct search *x, uint32_t i)
{
	const struct scene_sample *now = scene_socket_at(x->d->scene, i,
		x->d->position);
	struct scene_socket as;

	if (!now || now->state == 0 || (x->named && i != x->only) ||
		!scene_socket_then(x->d->scene, i, x->d->position, &as) ||
		as.host != x->host)
		return;
	if (!has_all(x->d, i, &as, now, x->wish)) {
		x->near = i;
		return;
	}
	x->found++;
	x->last = i;
}

static void search(struct search *x, const struct line *l)
{
	const struct deeds *d = x->d;
	uint32_t actor = deeds_actor(d, l->lane);
	struct value v = {0};

	x->host = host_of(d, l->lane);
	x->named = l->wish->name[0];
	if (x->named && actor != SCENE_NONE && deeds_bound(d, actor,
			l->wish->name, d->position, &v)) {
		if (v.kind == VALUE_NUMBER && v.number <= INT32_MAX)
			x->only = scene_socket_of(d->scene, actor,
				(int)v.number, d->position);
		value_done(&v);
	}
	for (size_t i = 0; i < d->sockets; i++)
		look_at(x, d->socket[i]);
}

/* The row that had begun last when a socket was sampled. */
static uint32_t row_of(const struct deeds *d, uint32_t socket)
{
	const struct scene_sample *now = scene_socket_at(d->scene, socket,
		d->position);

	return now ? goal_row_before(d, now->position) : SCENE_NONE;
}

/* "conn is ESTABLISHED, recv 5, send 0" */
static void say_socket(struct buf *b, const struct deeds *d, uint32_t socket)
{
	const struct scene_sample *now = scene_socket_at(d->scene, socket,
		d->position);
	struct scene_socket as;

	if (!now || !scene_socket_then(d->scene, socket, d->position, &as))
		return;
	buf_printf(b, _("%s is %s, recv %lu, send %lu"), as.name[0] ? as.name
		: as.local, scene_state_name(now->state),
		(unsigned long)now->receive_queue,
		(unsigned long)now->send_queue);
}

static void say_wish(struct buf *b, const struct line *l)
{
	struct buf wish = {0};

	wish_print(&wish, l->wish);
	if (l->times < 0)
		buf_printf(b, _("a socket of %s that is so:%s"), l->lane,
			buf_str(&wish));
	else if (l->times == 0)
		buf_printf(b, _("no socket of %s that is so:%s"), l->lane,
			buf_str(&wish));
	else
		buf_printf(b, ngettext("%ld socket of %s that is so:%s",
			"%ld sockets of %s that are so:%s",
			(unsigned long)l->times), (long)l->times, l->lane,
			buf_str(&wish));
	buf_done(&wish);
}

static void say_found(struct buf *b, const struct search *x,
	const struct line *l)
{
	if (x->found && l->times >= 0) {
		buf_printf(b, ngettext("%ld socket", "%ld sockets",
			(unsigned long)x->found), (long)x->found);
		buf_text(b, "; ");
	}
	if (x->last != SCENE_NONE)
		say_socket(b, x->d, x->last);
	else if (x->near != SCENE_NONE)
		say_socket(b, x->d, x->near);
	else if (x->named)
		buf_printf(b, _("there is no socket %s"), l->wish->name);
	else
		buf_text(b, _("there is none"));
}

void goal_has(struct judged *j, const struct deeds *d,
	const struct account *a)
{
	const struct line *l = a->line;
	struct search x = {.d = d, .wish = l->wish, .only = SCENE_NONE,
		.last = SCENE_NONE, .near = SCENE_NONE};

	say_wish(&j->expected, l);
	if (!d->take)
		return;
	search(&x, l);
	if (l->times < 0 ? x.found > 0 : x.found == l->times)
		j->state = GOAL_MET;
	else
		j->lacks = l->times < 0 || x.found < l->times;
	say_found(&j->observed, &x, l);
	if (x.last != SCENE_NONE)
		j->row = row_of(d, x.last);
	else if (x.near != SCENE_NONE)
		j->row = row_of(d, x.near);
}
