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

static size_t hash_of(const char *name, size_t n)
{
	uint32_t h = 2166136261; /* FNV-1a */

	for (size_t i = 0; i < n; i++)
		h = (h ^ (uint8_t)name[i]) * 16777619;
	return h % CALL_NAMES;
}

/* The table's rows by their names. */
void calls_begin(struct scene *s)
{
	const struct call_row *row;

	calls_new_take(s);
	for (size_t i = 0; (row = call_row_at(i)); i++) {
		size_t at = hash_of(row->name, strlen(row->name));

		while (s->row_of[at])
			at = (at + 1) % CALL_NAMES;
		s->row_of[at] = (uint16_t)(i + 1);
	}
}

/* The table's row of a name, by its index; SCENE_NONE: no such call. */
static uint32_t row_index(const struct scene *s, struct word name)
{
	for (size_t at = hash_of(name.p, name.n); s->row_of[at];
		at = (at + 1) % CALL_NAMES)
		if (word_is(name, call_row_at(s->row_of[at] - 1U)->name))
			return s->row_of[at] - 1U;
	return SCENE_NONE;
}

void calls_new_take(struct scene *s)
{
	for (int i = 0; i < SCENE_HOSTS; i++)
		s->entered[i] = SCENE_NONE;
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
	s->entered[a->pub.host] = call;
	rows_call(s, call);
	streams_entered(s, call);
}

/* ---- returned ---- */

/* A descriptor that a call gave. Its number may be known from a socket that is
 * gone; or from a sample of the new one, which was taken already. */
static void take_descriptor(struct scene *s, const struct scene_call *c,
	int64_t number)
{
	uint32_t opened, socket;
	int fd = (int)number;

	if (number < 0 || number > INT32_MAX)
		return;
	opened = descriptors_find(s, c->actor, fd);
	socket = opened == SCENE_NONE ? SCENE_NONE :
		opened_at(s, opened)->socket;
	if (socket != SCENE_NONE &&
		scene_socket(s, socket)->created < c->entered)
		descriptors_set(s, c->actor, fd, SCENE_NONE, c->returned);
	descriptors_open(s, c->actor, fd, c->returned);
}

static void take_copy(struct scene *s, const struct scene_call *c, int of,
	int64_t number)
{
	uint32_t opened = descriptors_open(s, c->actor, of, c->returned);

	if (number >= 0 && number <= INT32_MAX)
		descriptors_set(s, c->actor, (int)number, opened, c->returned);
}

static void take_pair(struct scene *s, const struct scene_call *c,
	const struct outcome *o)
{
	const struct actor *a = table_at(&s->actors, c->actor);
	uint32_t opened[2];

	for (int i = 0; i < 2; i++) {
		take_descriptor(s, c, o->pair[i]);
		if (o->pair[i] < 0 || o->pair[i] > INT32_MAX)
			return;
		opened[i] = descriptors_find(s, c->actor, (int)o->pair[i]);
		if (opened[i] == SCENE_NONE)
			return;
		actors_bind(s, c->actor, i ? a->second : a->binds, o->pair[i],
			true);
		sockets_named(s, c->actor, (int)o->pair[i], c->returned);
	}
	for (int i = 0; i < 2; i++)
		opened_at(s, opened[i])->pair = opened[1 - i];
}

/* Descriptors come and go with results. */
static void take_result(struct scene *s, uint32_t call,
	const struct outcome *o)
{
	struct scene_call *c = call_at(s, call);
	const struct call_row *row = call_row_at(c->row);
	const struct actor *a = table_at(&s->actors, c->actor);
	bool is_fd = row->result == RESULT_FD;

	if (o->error)
		return;
	if (row->result == RESULT_FDS)
		take_pair(s, c, o);
	if (o->number < 0 || row->result == RESULT_PROCESS)
		return;
	if (is_fd && (!strcmp(row->name, "dup") || !strcmp(row->name, "dup2")))
		take_copy(s, c, more_at(s, call)->fd, o->number);
	else if (is_fd)
		take_descriptor(s, c, o->number);
	actors_bind(s, c->actor, a->binds, o->bytes ? -1 : o->number, is_fd);
	if (is_fd && o->number <= INT32_MAX)
		sockets_named(s, c->actor, (int)o->number, c->returned);
}

static void come_back(struct scene *s, const struct news *n, uint32_t call,
	struct told text)
{
	struct scene_call *c = call_at(s, call);
	const struct call_row *row = call_row_at(c->row);
	int fd = more_at(s, call)->fd;
	struct outcome o;

	outcome_read(&o, row, text);
	c->returned = n->position;
	c->returned_offset = n->event->offset;
	c->error = o.error;
	if ((row->sends || row->receives) && !o.error && o.number > 0)
		c->taken = (uint64_t)o.number;
	rows_result(s, call);
	take_result(s, call, &o);
	streams_returned(s, call);
	if (row->closes && fd >= 0 && (!o.error || o.error == EINTR))
		descriptors_set(s, c->actor, fd, SCENE_NONE,
			c->returned); /* close(2): EINTR closes too */
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

/* client: starts | server2: forked from server. False: it is neither. */
static bool takes_start(struct scene *s, const struct news *n,
	struct word lane, struct told t)
{
	struct word verb = told_word(&t), from;
	bool forks = word_is(verb, "forked");
	uint32_t actor;

	if (!forks && !word_is(verb, "starts"))
		return false;
	from = told_word(&t);
	if (forks ? !word_is(from, "from") : from.n != 0)
		return false;
	actor = actors_start(s, n->position, lane);
	if (forks && actor != SCENE_NONE)
		actors_forked(s, actor, told_word(&t));
	return true;
}

/* `s = `, `a, b = ` in front of a call; word is its first name, and then the
 * call's. */
static void take_names(struct told *t, struct word *word, struct word names[2])
{
	struct told rest = *t;

	if (told_char(&rest, ',')) {
		told_spaces(&rest);
		names[1] = told_name(&rest);
		told_spaces(&rest);
	}
	if (!told_char(&rest, '=')) {
		names[1].n = 0;
		return;
	}
	told_spaces(&rest);
	names[0] = *word;
	*word = told_name(&rest);
	*t = rest;
}

void calls_line(struct scene *s, const struct news *n, struct word lane,
	struct told t)
{
	struct word word, names[2] = {{"", 0}, {"", 0}};
	uint32_t actor, row;
	struct actor *a;

	if (takes_start(s, n, lane, t))
		return;
	actor = calls_actor(s, lane);
	word = told_name(&t);
	told_spaces(&t);
	take_names(&t, &word, names);
	if (!told_char(&t, '(')) {
		if (names[0].n == 0)
			take_verb(s, n, actor, word, t);
		return;
	}
	row = row_index(s, word);
	if (row == SCENE_NONE)
		return;
	if (actor == SCENE_NONE)
		actor = actors_start(s, n->position, lane);
	if (actor == SCENE_NONE || actor > UINT16_MAX - 1)
		return;
	a = table_at(&s->actors, actor);
	word_copy(a->binds, LINE_NAME, names[0]);
	word_copy(a->second, LINE_NAME, names[1]);
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
