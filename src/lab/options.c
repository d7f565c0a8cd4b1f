/*
 * The lab reads options itself, through a copy of the descriptor: so it sees
 * them also while the process sleeps in a call, and a learner's process makes
 * no call that the learner did not ask for.
 */
#include "lab/options.h"

#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/intl.h"
#include "base/mem.h"
#include "lab/cookies.h"
#include "lab/copy.h"
#include "lab/inside.h"

#define ROWS_MOST 64 /* bits of what was asked for */

/* What a fresh socket of a kind has, as text; NULL: not that option. */
struct kind {
	int family, type, protocol;
	char *fresh[ROWS_MOST];
};

/* A socket that somebody set options of, or that differs from a fresh one. */
struct optioned {
	uint64_t cookie;
	uint64_t asked;        /* options that were set, a bit each */
	char *said;            /* what was told last, NULL: nothing */
};

struct options {
	struct kind *kind;
	size_t kinds, kind_cap;
	struct optioned *socket;
	size_t sockets, socket_cap;
	struct cookies place;  /* cookie → place in socket */
	bool refused;          /* the note was written */
};

/* ---- reading ---- */

bool options_read(const struct process *p, const struct held_fd *h,
	const struct option_row *o, struct value *v)
{
	int fd = copy_socket(p, h), error;

	if (fd < 0)
		return false;
	error = option_get(fd, o, v);
	close(fd);
	return !error;
}

/* Reading SO_ERROR would take the error away from the process. */
static bool is_state(const struct option_row *o, int protocol)
{
	return !o->read_only && (!o->tcp || protocol == IPPROTO_TCP);
}

static char *read_text(int fd, const struct option_row *o)
{
	struct value v = {0};
	struct buf b = {0};

	if (option_get(fd, o, &v))
		return NULL;
	value_print(&b, &v);
	value_done(&v);
	return b.data;
}

static bool moves(const struct option_row *o)
{
	switch (o->level) {
	case SOL_SOCKET:
		return o->option == SO_RCVBUF || o->option == SO_SNDBUF;
	case IPPROTO_TCP:
		return o->option == TCP_MAXSEG || o->option == TCP_QUICKACK;
	default:
		return false;
	}
}

/* ---- kinds ---- */

static int number_of(int fd, int option)
{
	int n = 0;
	socklen_t size = sizeof(n);

	getsockopt(fd, SOL_SOCKET, option, &n, &size);
	return n;
}

static struct kind *find_kind(struct options *o, int fd)
{
	int family = number_of(fd, SO_DOMAIN), type = number_of(fd, SO_TYPE);
	int protocol = number_of(fd, SO_PROTOCOL);

	for (size_t i = 0; i < o->kinds; i++)
		if (o->kind[i].family == family && o->kind[i].type == type &&
			o->kind[i].protocol == protocol)
			return &o->kind[i];
	return NULL;
}

/* The first of its kind was made just now. */
static void know_kind(struct options *o, int fd)
{
	const struct option_row *row;
	struct kind *k;

	if (find_kind(o, fd))
		return;
	o->kind = mem_grow(o->kind, &o->kind_cap, o->kinds + 1, sizeof(*k));
	k = &o->kind[o->kinds++];
	*k = (struct kind){
		.family = number_of(fd, SO_DOMAIN),
		.type = number_of(fd, SO_TYPE),
		.protocol = number_of(fd, SO_PROTOCOL),
	};
	for (size_t i = 0; i < ROWS_MOST && (row = option_row_at(i)); i++)
		if (is_state(row, k->protocol))
			k->fresh[i] = read_text(fd, row);
}

/* ---- sockets ---- */

static struct optioned *find_socket(struct options *o, uint64_t cookie)
{
	size_t i = cookies_find(&o->place, cookie);

	return i == COOKIES_NONE ? NULL : &o->socket[i];
}

static struct optioned *add_socket(struct options *o, uint64_t cookie)
{
	struct optioned *s = find_socket(o, cookie);

	if (s)
		return s;
	o->socket = mem_grow(o->socket, &o->socket_cap, o->sockets + 1,
		sizeof(*s));
	cookies_add(&o->place, cookie, o->sockets);
	s = &o->socket[o->sockets++];
	*s = (struct optioned){.cookie = cookie};
	return s;
}

/* " SO_KEEPALIVE=1 TCP_NODELAY=1": what is not fresh. */
static void put_stale(struct buf *b, int fd, const struct kind *k,
	uint64_t asked)
{
	const struct option_row *row;

	for (size_t i = 0; i < ROWS_MOST && (row = option_row_at(i)); i++) {
		char *is;

		if (!k->fresh[i] || (moves(row) && !(asked >> i & 1)))
			continue;
		is = read_text(fd, row);
		if (is && strcmp(is, k->fresh[i]))
			buf_printf(b, " %s=%s", row->name, is);
		free(is);
	}
}

static void refused(struct lab *lab, int error)
{
	/* Gone or closed meanwhile: there is nothing to tell. */
	if (error == ESRCH || error == EBADF || lab->options->refused)
		return;
	lab->options->refused = true;
	record_note(lab, _("What the kernel makes of options cannot be read "
		"here: %s."), strerror(error));
}

static void look(struct lab *lab, const struct process *p,
	const struct held_fd *h, bool fresh)
{
	struct options *o = lab->options;
	int fd = copy_socket(p, h);
	struct optioned *s;
	const struct kind *k;
	struct buf b = {0};

	if (fd < 0) {
		refused(lab, -fd);
		return;
	}
	if (fresh)
		know_kind(o, fd);
	k = find_kind(o, fd);
	s = find_socket(o, h->cookie);
	if (k)
		put_stale(&b, fd, k, s ? s->asked : 0);
	close(fd);
	if (strcmp(buf_str(&b), s && s->said ? s->said : "")) {
		s = add_socket(o, h->cookie);
		free(s->said);
		s->said = mem_string(buf_str(&b));
		record_printf(lab, "%s: options cookie=%" PRIu64 "%s",
			p->name, h->cookie, s->said);
	}
	buf_done(&b);
}

/* ---- calls ---- */

static void look_at(struct lab *lab, const struct process *p,
	const struct value *fd, bool fresh)
{
	const struct held_fd *h = fd->kind == VALUE_NUMBER
		? holdings_fd(p, fd->number) : NULL;

	if (h && h->cookie)
		look(lab, p, h, fresh);
}

/* setsockopt: whatever the kernel made of it, this option was asked for. */
static void note_asked(struct lab *lab, const struct held_fd *h,
	const struct call *c)
{
	const struct option_row *wanted, *row;

	if (c->line.nargs < 2)
		return;
	wanted = option_row(c->line.arg[1].number);
	for (size_t i = 0; i < ROWS_MOST && (row = option_row_at(i)); i++)
		if (row == wanted)
			add_socket(lab->options, h->cookie)->asked |=
				UINT64_C(1) << i;
}

/* accept: options are inherited, and so is that they were asked for. */
static void note_inherited(struct lab *lab, const struct held_fd *from,
	const struct held_fd *to)
{
	struct optioned *s = find_socket(lab->options, from->cookie);
	uint64_t asked = s ? s->asked : 0;

	if (asked && from->cookie != to->cookie)
		add_socket(lab->options, to->cookie)->asked |= asked;
}

void options_returned(struct lab *lab, struct process *p,
	const struct call *c)
{
	const struct call_row *row = c->line.row;
	const struct value *v = &c->result;
	const char *set = row->param[0].set;
	bool fresh = set && !strcmp(set, "family");
	const struct held_fd *on, *made;

	if (v->kind == VALUE_ERRNO || !p->running)
		return;
	if (!lab->options)
		lab->options = mem_zero(sizeof(*lab->options));
	on = holdings_fd(p, c->fd);
	if (!strcmp(row->name, "bind") && on && on->cookie)
		sample_bound(lab, p, on);
	if (!strcmp(row->name, "setsockopt")) {
		if (on && on->cookie) {
			note_asked(lab, on, c);
			look(lab, p, on, false);
		}
		return;
	}
	if (row->result == RESULT_FDS && v->kind == VALUE_LIST) {
		for (size_t i = 0; i < v->items; i++)
			look_at(lab, p, &v->item[i], fresh);
	} else if (row->result == RESULT_FD && v->kind == VALUE_NUMBER) {
		made = holdings_fd(p, v->number);
		if (on && on->cookie && made && made->cookie)
			note_inherited(lab, on, made);
		look_at(lab, p, v, fresh);
	}
}

void options_forget(struct lab *lab)
{
	struct options *o = lab->options;

	if (!o)
		return;
	for (size_t i = 0; i < o->kinds; i++)
		for (size_t j = 0; j < ROWS_MOST; j++)
			free(o->kind[i].fresh[j]);
	for (size_t i = 0; i < o->sockets; i++)
		free(o->socket[i].said);
	free(o->kind);
	free(o->socket);
	cookies_done(&o->place);
	free(o);
	lab->options = NULL;
}
