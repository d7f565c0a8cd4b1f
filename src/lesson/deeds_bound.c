/* deeds_bound: what names in deeds stood for. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "lesson/deeds.h"
#include "scene/scene.h"

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

		v = deeds_names_find(&d->names, process, name, n, before);
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
