/*
 * prompt_world: lanes and names.
 *
 * The *sides* are the hosts and the further processes on them that have
 * started, with their threads. A *name* is what a call of the side's process
 * (or, before it was forked, its parent's) gave its result; of many only the
 * newest calls are looked through, for Tab must not wait.
 */
#include "ui/prompt_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "call/line.h"
#include "scene/scene.h"
#include "ui/app.h"

#define LOOK_BACK 512

/* A list of strings that ends in NULL. */
struct words {
	const char **word;
	size_t count, cap;
};

static void add(struct words *w, const char *word)
{
	for (size_t i = 0; i < w->count; i++) {
		if (strcmp(w->word[i], word) == 0)
			return;
	}
	w->word = mem_grow(w->word, &w->cap, w->count + 2, sizeof(*w->word));
	w->word[w->count++] = mem_string(word);
	w->word[w->count] = NULL;
}

static const char *const *list(struct words *w)
{
	if (!w->word)
		w->word = mem_zero(sizeof(*w->word));
	return w->word;
}

static void sides(struct words *w, struct app *a)
{
	const struct scene_take *take = scene_take(a->scene, a->position);

	for (int i = 0; i < scene_hosts(a->scene); i++)
		if (!take || take->hosts >> i & 1)
			add(w, scene_host(a->scene, i));
	for (size_t i = 0; take && i < scene_actors(a->scene); i++) {
		const struct scene_actor *x = scene_actor(a->scene, i);

		if (x->started >= take->begin && x->started < a->position)
			add(w, x->lane);
	}
}

/* The newest actor that is this lane, or SCENE_NONE: a lane that has not
 * started has no names. */
static uint32_t actor_of(const struct app *a, const char *lane)
{
	for (uint32_t i = (uint32_t)scene_actors(a->scene); i-- > 0;)
		if (!strcmp(scene_actor(a->scene, i)->lane, lane))
			return i;
	return SCENE_NONE;
}

/* Whether what a call bound is a name for an actor: threads of a process share
 * their names, and a fork has those that its parent had by then. */
static bool knows(const struct app *a, uint32_t actor,
	const struct scene_call *c)
{
	uint32_t by = scene_actor(a->scene, c->actor)->process;
	uint32_t until = a->position;

	while (actor != SCENE_NONE && c->returned < until) {
		const struct scene_actor *x = scene_actor(a->scene, actor);
		const struct scene_actor *first =
			scene_actor(a->scene, x->process);

		if (x->process == by)
			return true;
		until = first->started;
		actor = first->forked_from;
	}
	return false;
}

static void names(struct words *w, struct app *a, const char *lane)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	uint32_t i = (uint32_t)scene_calls(a->scene);
	uint32_t actor = actor_of(a, lane);

	for (int look = 0; take && i-- > take->first_call && look < LOOK_BACK;
		look++) {
		const struct scene_call *c = scene_call(a->scene, i);
		struct line l;

		if (c->error || !knows(a, actor, c))
			continue;
		if (!scene_call_line(a->scene, i, &l))
			continue;
		if (l.name[0])
			add(w, l.name);
		if (l.second[0])
			add(w, l.second);
		line_done(&l);
	}
}

void prompt_world(struct complete_world *world, struct app *a,
	const char *lane)
{
	struct words lanes = {0}, bound = {0};

	sides(&lanes, a);
	names(&bound, a, lane);
	world->lane = lane;
	world->lanes = list(&lanes);
	world->names = list(&bound);
}

static void free_list(const char *const *word)
{
	for (size_t i = 0; word && word[i]; i++)
		free((void *)word[i]);
	free((void *)word);
}

void prompt_world_done(struct complete_world *world)
{
	free_list(world->lanes);
	free_list(world->names);
	memset(world, 0, sizeof(*world));
}

void prompt_next_side(char *out, struct app *a, const char *side)
{
	struct words w = {0};
	size_t at = 0;

	sides(&w, a);
	while (at < w.count && strcmp(w.word[at], side))
		at++;
	if (w.count)
		snprintf(out, LINE_LANE, "%s",
			w.word[at < w.count ? (at + 1) % w.count : 0]);
	free_list(list(&w));
}
