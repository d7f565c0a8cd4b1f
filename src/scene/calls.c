/* calls: what was called, what came back. */
#include "scene/inside.h"

#include <errno.h>

#include "base/diag.h"

static struct scene_call *call_at(const struct scene *s, uint32_t i)
{
	return table_at(&s->calls, i);
}

static struct call_more *more_at(const struct scene *s, uint32_t i)
{
	return table_at(&s->mores, i);
}

/* ---- entered ---- */

/* The table's row of a name, by its index; SCENE_NONE: no such call. */
static uint32_t row_index(struct word name)
{
	const struct call_row *row;

	for (size_t i = 0; (row = call_row_at(i)); i++)
		if (word_is(name, row->name))
			return (uint32_t)i;
	return SCENE_NONE;
}

static void enter(struct scene *s, const struct news *n, uint32_t actor,
	uint32_t row, struct told args)
{
	const struct call_row *as = call_row_at(row);
	struct actor *a = table_at(&s->actors, actor);
	struct scene_call *c = table_add(&s->calls);
	struct call_more *more = table_add(&s->mores);
	uint32_t call = s->calls.n - 1;

	*c = (struct scene_call){
		.entered = n->position, .waits = SCENE_NEVER,
		.returned = SCENE_NEVER, .entered_offset = n->event->offset,
		.actor = (uint16_t)actor, .row = (uint16_t)row,
		.row_returned = SCENE_NONE, .flow = SCENE_NONE,
		.send = SCENE_NONE,
	};
	/* Every call that has a descriptor has it first. */
	more->fd = as->param[0].kind == PARAM_FD ?
		actors_fd_of(s, actor, told_name(&args)) : -1;
	/* No string can stand in a call that receives. */
	more->peeks = as->receives && memmem(args.at,
		(size_t)(args.end - args.at), "MSG_PEEK", 8);
	more->connects = strcmp(as->name, "connect") == 0;
	a->pub.last_call = call;
	list_add(&a->calls, call);
	rows_call(s, call);
	streams_entered(s, call);
}

/* ---- returned ---- */

struct outcome {
	int error;
	int64_t number; /* or bytes */
	bool bytes;
};

static void read_outcome(struct outcome *o, struct told text)
{
	struct value v = {0};
	struct told t = text;
	struct word w = told_word(&t);
	char name[LINE_NAME];

	*o = (struct outcome){.number = -1};
	told_spaces(&t);
	if (t.at == t.end && word_number(w, &o->number))
		return;
	if (t.at == t.end && w.n > 1 && w.n < sizeof(name) && *w.p == 'E') {
		word_copy(name, sizeof(name), w);
		o->error = errno_number(name);
		if (o->error)
			return;
	}
	if (line_parse_value(&v, text.at, (size_t)(text.end - text.at),
		NULL) == 0 && v.kind == VALUE_BYTES) {
		uint64_t size = value_size(&v);

		o->bytes = true;
		o->number = size < INT64_MAX ? (int64_t)size : 0;
	}
	value_done(&v);
}

/* Descriptors come and go with results. */
static void take_result(struct scene *s, uint32_t call,
	const struct outcome *o)
{
	struct scene_call *c = call_at(s, call);
	const struct call_row *row = call_row_at(c->row);
	int fd = (int)o->number;

	if (o->error || o->number < 0 || o->number > INT32_MAX)
		return;
	if (row->result == RESULT_FD) {
		struct descriptor *d = calls_fd(s, c->actor, fd, false);

		/* The number may be known from a socket that is gone; or from
		 * a sample of the new one, which was taken already. */
		if (d && d->socket != SCENE_NONE && scene_socket(s,
			d->socket)->created < c->entered) {
			actors_close(s, c->actor, fd);
			d = NULL;
		}
		if (!d)
			calls_fd(s, c->actor, fd, true);
	}
	actors_bind(s, c->actor, o->bytes ? -1 : o->number,
		row->result == RESULT_FD);
	if (row->result == RESULT_FD)
		sockets_named(s, c->actor, fd);
}

static void come_back(struct scene *s, const struct news *n, uint32_t call,
	struct told text)
{
	struct scene_call *c = call_at(s, call);
	const struct call_row *row = call_row_at(c->row);
	int fd = more_at(s, call)->fd;
	struct outcome o;

	read_outcome(&o, text);
	c->returned = n->position;
	c->returned_offset = n->event->offset;
	c->error = o.error;
	if ((row->sends || row->receives) && !o.error && o.number > 0)
		c->taken = (uint64_t)o.number;
	rows_result(s, call);
	take_result(s, call, &o);
	streams_returned(s, call);
	if (row->closes && fd >= 0 && (!o.error || o.error == EINTR))
		actors_close(s, c->actor, fd); /* close(2): EINTR closes too */
}

/* ---- lines ---- */

/* Whether a verb of an actor has a row of its own on the stage. */
static bool is_told(struct word verb)
{
	static const char *const told[] = {
		"interrupt", "kill", "stop", "cont", "run", "says", "ended",
	};

	for (size_t i = 0; i < sizeof(told) / sizeof(*told); i++)
		if (word_is(verb, told[i]))
			return true;
	return false;
}

/* The call that a living actor is in now. */
static uint32_t pending_now(const struct scene *s, uint32_t actor)
{
	uint32_t call = actor == SCENE_NONE ? SCENE_NONE :
		scene_actor(s, actor)->last_call;

	return call != SCENE_NONE && call_at(s, call)->returned ==
		SCENE_NEVER ? call : SCENE_NONE;
}

/* `recv returns -> …`, `recv waits`, or a verb: told stands behind word. */
static void take_verb(struct scene *s, const struct news *n, uint32_t actor,
	struct word word, struct told t)
{
	struct word next = told_name(&t);
	uint32_t call = pending_now(s, actor);
	int host;

	if (word_is(next, "returns")) {
		if (call == SCENE_NONE || !told_char(&t, '-') ||
			!told_char(&t, '>'))
			return;
		told_spaces(&t);
		come_back(s, n, call, t);
	} else if (word_is(next, "waits")) {
		if (call != SCENE_NONE &&
			call_at(s, call)->waits == SCENE_NEVER)
			call_at(s, call)->waits = n->position;
	} else if (actor != SCENE_NONE && is_told(word)) {
		host = scene_actor(s, actor)->host;
		if (word_is(word, "ended")) {
			t.at = word.p + word.n;
			actors_end(s, n, actor, t);
		}
		rows_told(s, n->position, host);
	}
}

void calls_line(struct scene *s, const struct news *n, struct word lane,
	struct told t)
{
	uint32_t actor = calls_actor(s, lane), row;
	struct word word = told_name(&t), binds = {"", 0};

	told_spaces(&t);
	if (word_is(word, "starts") && t.at == t.end) {
		actors_start(s, n->position, lane);
		return;
	}
	if (told_char(&t, '=')) {
		binds = word;
		word = told_name(&t);
	}
	if (!told_char(&t, '(')) {
		if (binds.n == 0)
			take_verb(s, n, actor, word, t);
		return;
	}
	row = row_index(word);
	if (row == SCENE_NONE)
		return;
	if (actor == SCENE_NONE)
		actor = actors_start(s, n->position, lane);
	if (actor == SCENE_NONE || actor > UINT16_MAX - 1)
		return;
	word_copy(((struct actor *)table_at(&s->actors, actor))->binds,
		LINE_NAME, binds);
	enter(s, n, actor, row, t);
}

/* ---- queries ---- */

size_t scene_calls(const struct scene *s)
{
	return s->calls.n;
}

const struct scene_call *scene_call(const struct scene *s, uint32_t i)
{
	return call_at(s, i);
}

static bool parse_at(struct scene *s, uint64_t offset, struct line *l)
{
	struct event e;

	if (journal_read(s->view, offset, &e) != 1 || e.kind != EVENT_LINE)
		return false;
	return line_parse(l, (const char *)e.data, e.len, NULL, NULL, NULL) ==
		0;
}

bool scene_call_line(struct scene *s, uint32_t i, struct line *entered)
{
	*entered = (struct line){0};
	return parse_at(s, call_at(s, i)->entered_offset, entered);
}

bool scene_call_result(struct scene *s, uint32_t i, struct value *result)
{
	const struct scene_call *c = call_at(s, i);
	struct line l = {0};
	bool ok;

	*result = (struct value){0};
	if (c->returned == SCENE_NEVER)
		return false;
	ok = parse_at(s, c->returned_offset, &l) && l.expect.nalt > 0;
	if (ok)
		value_copy(result, &l.expect.alt[0]);
	line_done(&l);
	return ok;
}

int64_t scene_call_time(struct scene *s, uint32_t i, bool returned)
{
	const struct scene_call *c = call_at(s, i);
	struct event e;

	if (returned && c->returned == SCENE_NEVER)
		return 0;
	return journal_read(s->view, returned ? c->returned_offset :
		c->entered_offset, &e) == 1 ? e.time : 0;
}

void calls_free(struct scene *s)
{
	actors_free(s);
	table_done(&s->calls);
	table_done(&s->mores);
}
