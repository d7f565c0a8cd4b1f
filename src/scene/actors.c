/*
 * actors: who makes calls; what their descriptors and names stand for.
 *
 * Each start of an actor is an actor of its own. A lane with a thread
 * (client/2) shares the descriptors and names of its process.
 */
#include "scene/inside.h"

#include <stdlib.h>

#include "base/mem.h"

static struct actor *actor_at(const struct scene *s, uint32_t i)
{
	return table_at(&s->actors, i);
}

/* Actors of earlier takes are gone. There are few in one. */
uint32_t calls_actor(const struct scene *s, struct word lane)
{
	const struct scene_take *t = marks_take(s);
	uint32_t first = t ? t->first_actor : 0;

	for (uint32_t i = s->actors.n; i-- > first; ) {
		const struct actor *a = actor_at(s, i);

		if (word_is(lane, a->pub.lane))
			return a->pub.ended == SCENE_NEVER ? i : SCENE_NONE;
	}
	return SCENE_NONE;
}

uint32_t actors_start(struct scene *s, uint32_t position, struct word lane)
{
	int host = scene_host_of_lane(s, lane);
	const char *slash = memchr(lane.p, '/', lane.n);
	struct actor *a;

	if (host < 0)
		return SCENE_NONE;
	a = table_add(&s->actors);
	word_copy(a->pub.lane, sizeof(a->pub.lane), lane);
	a->pub.host = host;
	a->pub.started = position;
	a->pub.ended = SCENE_NEVER;
	a->pub.last_call = SCENE_NONE;
	a->process = SCENE_NONE;
	if (slash)
		a->process = calls_actor(s,
			(struct word){lane.p, (size_t)(slash - lane.p)});
	if (a->process == SCENE_NONE)
		a->process = s->actors.n - 1;
	return s->actors.n - 1;
}

/* ended 9 | ended exit 0 */
void actors_end(struct scene *s, const struct news *n, uint32_t actor,
	struct told rest)
{
	struct actor *a = actor_at(s, actor);
	struct word w = told_word(&rest);
	int64_t number = 0;
	bool exited = word_is(w, "exit");

	if (exited)
		w = told_word(&rest);
	if (!word_number(w, &number) || number < 0 || number > 255)
		number = 0;
	a->pub.ended = n->position;
	a->pub.ended_by = exited ? -1 - (int)number : (int)number;
}

/* ---- descriptors ---- */

struct descriptor *calls_fd(struct scene *s, uint32_t actor, int fd, bool make)
{
	struct actor *a = actor_at(s, actor_at(s, actor)->process);
	struct descriptor *d;

	for (size_t i = 0; i < a->fds; i++)
		if (a->fd[i].fd == fd)
			return a->fd + i;
	if (!make)
		return NULL;
	a->fd = mem_grow(a->fd, &a->fd_cap, a->fds + 1, sizeof(*a->fd));
	d = a->fd + a->fds++;
	*d = (struct descriptor){.fd = fd, .socket = SCENE_NONE};
	return d;
}

void actors_close(struct scene *s, uint32_t actor, int fd)
{
	struct actor *a = actor_at(s, actor_at(s, actor)->process);
	struct descriptor *d = calls_fd(s, actor, fd, false);

	if (!d)
		return;
	free(d->loose.at);
	*d = a->fd[--a->fds];
}

/* ---- names ---- */

static struct bound *find_name(const struct actor *a, struct word name)
{
	for (size_t i = 0; i < a->names; i++)
		if (word_is(name, a->name[i].name))
			return a->name + i;
	return NULL;
}

/* A number, or a name that is bound to one; -1: neither. */
int actors_fd_of(const struct scene *s, uint32_t actor, struct word w)
{
	const struct actor *a = actor_at(s, actor_at(s, actor)->process);
	const struct bound *b;
	int64_t number = -1;

	if (!word_number(w, &number)) {
		b = find_name(a, w);
		number = b ? b->number : -1;
	}
	return number >= 0 && number <= INT32_MAX ? (int)number : -1;
}

/* The name before the = of the call under way, if there is one. */
void actors_bind(struct scene *s, uint32_t actor, int64_t number, bool is_fd)
{
	const char *name = actor_at(s, actor)->binds;
	struct actor *a = actor_at(s, actor_at(s, actor)->process);
	struct word w = {name, strlen(name)};
	struct bound *b = find_name(a, w);

	if (w.n == 0)
		return;
	/* The newest is the last: calls_name_of looks there first. */
	if (b) {
		size_t behind = (size_t)(a->name + a->names - b) - 1;

		memmove(b, b + 1, behind * sizeof(*b));
		a->names--;
	}
	a->name = mem_grow(a->name, &a->name_cap, a->names + 1,
		sizeof(*a->name));
	b = a->name + a->names++;
	b->number = number;
	b->is_fd = is_fd;
	word_copy(b->name, sizeof(b->name), w);
}

const char *calls_name_of(const struct scene *s, uint32_t actor, int fd)
{
	const struct actor *a = actor_at(s, actor_at(s, actor)->process);

	for (size_t i = a->names; i-- > 0; )
		if (a->name[i].is_fd && a->name[i].number == fd)
			return a->name[i].name;
	return "";
}

/* ---- queries ---- */

size_t scene_actors(const struct scene *s)
{
	return s->actors.n;
}

const struct scene_actor *scene_actor(const struct scene *s, size_t i)
{
	return &actor_at(s, (uint32_t)i)->pub;
}

uint32_t calls_last(const struct scene *s, uint32_t actor, uint32_t before)
{
	const struct list *l = &actor_at(s, actor)->calls;
	size_t low = 0, high = l->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (scene_call(s, l->at[middle])->entered < before)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? l->at[low - 1] : SCENE_NONE;
}

uint32_t scene_pending(const struct scene *s, size_t actor, uint32_t position)
{
	const struct scene_actor *a = scene_actor(s, actor);
	const struct scene_take *t = scene_take(s, position);
	uint32_t call = calls_last(s, (uint32_t)actor, position);

	if (t && actor < t->first_actor)
		return SCENE_NONE; /* its lab was torn down under it */
	if (call == SCENE_NONE || a->ended < position ||
		scene_call(s, call)->returned < position)
		return SCENE_NONE;
	return call;
}

void actors_free(struct scene *s)
{
	for (uint32_t i = 0; i < s->actors.n; i++) {
		struct actor *a = actor_at(s, i);

		for (size_t k = 0; k < a->fds; k++)
			free(a->fd[k].loose.at);
		free(a->fd);
		free(a->name);
		free(a->calls.at);
	}
	table_done(&s->actors);
}
