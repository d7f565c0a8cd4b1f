/* deeds: the calls of a take, what their names stood for, what they look like
 * beside a pattern. */
#include "lesson/deeds.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "scene/scene.h"

/* ---- reading ---- */

/* The arguments move; what is left of the line is freed. */
static void read_line(struct deed *e, struct scene *s)
{
	struct line l;

	if (scene_call_line(s, e->call, &l)) {
		e->nargs = l.nargs;
		e->arg = mem_zero((size_t)l.nargs * sizeof(*e->arg));
		memcpy(e->arg, l.arg, (size_t)l.nargs * sizeof(*e->arg));
		memset(l.arg, 0, sizeof(l.arg));
		memcpy(e->name, l.name, sizeof(e->name));
		memcpy(e->second, l.second, sizeof(e->second));
	}
	line_done(&l);
}

static void read_deed(struct deeds *d, uint32_t call)
{
	const struct scene_call *c = scene_call(d->scene, call);
	struct deed *e;

	d->deed = mem_grow(d->deed, &d->room, d->n + 1, sizeof(*d->deed));
	e = d->deed + d->n++;
	*e = (struct deed){.call = call, .actor = c->actor,
		.row = call_row_at(c->row)};
	read_line(e, d->scene);
	if (c->returned < d->position)
		scene_call_result(d->scene, call, &e->result);
}

void deeds_read(struct deeds *d, struct scene *s, uint32_t position)
{
	size_t calls = scene_calls(s);

	*d = (struct deeds){.scene = s, .position = position,
		.take = scene_take(s, position), .begin = SCENE_NEVER};
	if (!d->take)
		return;
	d->begin = scene_setup_over(s, position);
	for (size_t i = d->take->first_call; i < calls; i++) {
		if (scene_call(s, (uint32_t)i)->entered >= position)
			break;
		read_deed(d, (uint32_t)i);
	}
}

void deeds_done(struct deeds *d)
{
	for (size_t i = 0; i < d->n; i++) {
		struct deed *e = d->deed + i;

		for (int k = 0; k < e->nargs; k++)
			value_done(&e->arg[k]);
		free(e->arg);
		value_done(&e->result);
	}
	free(d->deed);
	memset(d, 0, sizeof(*d));
}

/* ---- what is known of one ---- */

const struct scene_call *deed_call(const struct deeds *d,
	const struct deed *e)
{
	return scene_call(d->scene, e->call);
}

const char *deed_lane(const struct deeds *d, const struct deed *e)
{
	return scene_actor(d->scene, e->actor)->lane;
}

bool deed_returned(const struct deeds *d, const struct deed *e)
{
	return deed_call(d, e)->returned < d->position;
}

bool deed_waits(const struct deeds *d, const struct deed *e)
{
	return !deed_returned(d, e) && deed_call(d, e)->waits < d->position &&
		scene_actor(d->scene, e->actor)->ended >= d->position;
}

bool deed_is_new(const struct deeds *d, const struct deed *e)
{
	const struct scene_call *c = deed_call(d, e);

	return c->entered >= d->begin ||
		(deed_returned(d, e) && c->returned >= d->begin);
}

uint32_t deed_row(const struct deeds *d, const struct deed *e)
{
	const struct scene_call *c = deed_call(d, e);

	return deed_returned(d, e) ? c->row_returned : c->row_entered;
}

/* ---- what names stood for ---- */

/* What a deed bound to a name, if to that one. */
static const struct value *bound_by(const struct deed *e, const char *name,
	size_t n)
{
	bool pair = e->result.kind == VALUE_LIST && e->result.items == 2 &&
		e->second[0];

	if (e->result.kind == VALUE_ERRNO || e->result.kind == VALUE_NONE)
		return NULL;
	if (strlen(e->name) == n && !memcmp(e->name, name, n))
		return pair ? &e->result.item[0] : &e->result;
	if (pair && strlen(e->second) == n && !memcmp(e->second, name, n))
		return &e->result.item[1];
	return NULL;
}

static const struct value *find_bound(const struct deeds *d, uint32_t process,
	const char *name, size_t n, uint32_t before)
{
	const struct value *v = NULL;
	uint32_t newest = 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct deed *e = d->deed + i;
		uint32_t returned = deed_call(d, e)->returned;
		const struct value *is;

		if (!e->name[0] || returned >= before || (v && returned <
				newest) || scene_actor(d->scene, e->actor)->
				process != process)
			continue;
		is = bound_by(e, name, n);
		if (!is)
			continue;
		v = is;
		newest = returned;
	}
	return v;
}

bool deeds_bound(const struct deeds *d, uint32_t actor, const char *name,
	uint32_t before, struct value *out)
{
	size_t n = strcspn(name, ".");
	const struct value *v = NULL;

	if (before > d->position)
		before = d->position;
	while (!v && actor != SCENE_NONE) {
		const struct scene_actor *a = scene_actor(d->scene, actor);
		uint32_t process = a->process;

		v = find_bound(d, process, name, n, before);
		/* What was forked has its parent's names of that moment. */
		a = scene_actor(d->scene, process);
		if (a->started < before)
			before = a->started;
		actor = a->forked_from;
	}
	if (v && name[n])
		v = value_field(v, name + n + 1);
	if (v)
		value_copy(out, v);
	return v != NULL;
}

/* The address of a host, or NULL when it is no host of the lab. */
static const char *address_of(const struct deeds *d, const char *host,
	bool six, char out[46])
{
	bool loopback = d->take && d->take->loopback;

	if (!strcmp(host, "any") && !loopback)
		return six ? "::" : "0.0.0.0";
	if (!strcmp(host, "any"))
		return six ? "::1" : "127.0.0.1";
	for (int i = 0; i < scene_hosts(d->scene); i++)
		if (!strcmp(host, scene_host(d->scene, i)))
			return scene_host_address(d->scene, i, six ? 6 : 4,
				out);
	return NULL;
}

static void resolve_address(const struct deeds *d, struct value *v,
	const struct value *other)
{
	bool six = other && other->kind == VALUE_ADDRESS && other->text &&
		strchr(other->text, ':');
	const char *address;
	char out[46];

	if (v->number == PORT_UNIX || v->number == PORT_NONE || !v->text)
		return;
	address = address_of(d, v->text, six, out);
	if (!address)
		return;
	free(v->text);
	v->text = mem_string(address);
}

/* Become what the name stands for, in the same place of the same record. */
static void resolve_name(const struct deeds *d, uint32_t actor,
	uint32_t before, struct value *v)
{
	struct value bound = {0};
	char *key = v->key;

	if (!deeds_bound(d, actor, v->text, before, &bound))
		return;
	v->key = NULL;
	value_done(v);
	free(bound.key);
	*v = bound;
	v->key = key;
}

void deeds_resolve(const struct deeds *d, uint32_t actor, uint32_t before,
	struct value *v, const struct value *other)
{
	if (v->kind == VALUE_NAME)
		resolve_name(d, actor, before, v);
	else if (v->kind == VALUE_ADDRESS)
		resolve_address(d, v, other);
	for (size_t i = 0; i < v->items; i++) {
		const struct value *beside = NULL;

		if (other && v->kind == VALUE_RECORD)
			beside = value_field(other, v->item[i].key);
		else if (other && i < other->items)
			beside = &other->item[i];
		deeds_resolve(d, actor, before, &v->item[i], beside);
	}
}

void deed_argument(const struct deeds *d, const struct deed *e, int i,
	struct value *out)
{
	const char *otherwise = i < call_params(e->row) ?
		e->row->param[i].otherwise : NULL;

	*out = (struct value){0};
	if (i < e->nargs) {
		value_copy(out, &e->arg[i]);
		deeds_resolve(d, e->actor, deed_call(d, e)->entered, out,
			NULL);
	} else if (otherwise) {
		line_parse_value(out, otherwise, strlen(otherwise), NULL);
	}
}
