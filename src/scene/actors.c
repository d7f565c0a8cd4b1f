/*
 * actors: who makes calls; what their descriptors and names stand for.
 *
 * Each start of an actor is an actor of its own. A lane with a thread
 * (client/2) shares the descriptors and names of its process; a process that
 * was forked has copies of them.
 */
#include "scene/inside.h"

#include <limits.h>
#include <stdlib.h>

#include "base/mem.h"

static struct actor *actor_at(const struct scene *s, uint32_t i)
{
	return table_at(&s->actors, i);
}

static struct actor *process_of(const struct scene *s, uint32_t i)
{
	return actor_at(s, actor_at(s, i)->pub.process);
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

/* The actor of which a lane with a slash is a thread; else it is its own. */
static uint32_t process_of_lane(const struct scene *s, struct word lane,
	uint32_t itself, int *thread)
{
	const char *slash = memchr(lane.p, '/', lane.n);
	int64_t number = 0;
	uint32_t process;

	*thread = 0;
	if (!slash)
		return itself;
	process = calls_actor(s, (struct word){lane.p,
		(size_t)(slash - lane.p)});
	if (word_number((struct word){slash + 1, lane.n -
		(size_t)(slash - lane.p) - 1}, &number) && number <= INT_MAX)
		*thread = (int)number;
	return process == SCENE_NONE ? itself : process;
}

uint32_t actors_start(struct scene *s, uint32_t position, struct word lane)
{
	int host = scene_host_of_lane(s, lane);
	struct actor *a;

	if (host < 0)
		return SCENE_NONE;
	a = table_add(&s->actors);
	word_copy(a->pub.lane, sizeof(a->pub.lane), lane);
	a->pub.host = host;
	a->pub.started = position;
	a->pub.ended = SCENE_NEVER;
	a->pub.last_call = SCENE_NONE;
	a->pub.forked_from = SCENE_NONE;
	a->pub.process = process_of_lane(s, lane, s->actors.n - 1,
		&a->pub.thread);
	return s->actors.n - 1;
}

void actors_forked(struct scene *s, uint32_t actor, struct word from)
{
	uint32_t parent = calls_actor(s, from);
	struct actor *a = actor_at(s, actor);
	const struct actor *p;

	if (parent == SCENE_NONE || parent == actor)
		return;
	a->pub.forked_from = parent;
	descriptors_fork(s, parent, actor, a->pub.started);
	p = actor_at(s, scene_actor(s, parent)->process);
	if (!p->names)
		return;
	a->names = p->names;
	a->name = mem_grow(NULL, &a->name_cap, p->names, sizeof(*a->name));
	memcpy(a->name, p->name, p->names * sizeof(*a->name));
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
	/* With a process end its threads; there are none before it. */
	for (uint32_t i = actor + 1; i < s->actors.n; i++) {
		struct actor *t = actor_at(s, i);

		if (t->pub.process != actor || t->pub.ended != SCENE_NEVER)
			continue;
		t->pub.ended = n->position;
		t->pub.ended_by = a->pub.ended_by;
	}
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
	const struct actor *a = process_of(s, actor);
	const struct bound *b;
	int64_t number = -1;

	if (!word_number(w, &number)) {
		b = find_name(a, w);
		number = b ? b->number : -1;
	}
	return number >= 0 && number <= INT32_MAX ? (int)number : -1;
}

/* name: "" when the call under way binds none. */
void actors_bind(struct scene *s, uint32_t actor, const char *name,
	int64_t number, bool is_fd)
{
	struct actor *a = process_of(s, actor);
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
	const struct actor *a = process_of(s, actor);

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
	descriptors_free(s);
	for (uint32_t i = 0; i < s->actors.n; i++) {
		struct actor *a = actor_at(s, i);

		free(a->name);
		free(a->calls.at);
	}
	table_done(&s->actors);
}
