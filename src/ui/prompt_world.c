/*
 * prompt_world: lanes and names.
 *
 * The *sides* are the hosts and the further processes on them that have
 * started. A *name* is what a call of the side's process gave its result; of
 * many only the newest calls are looked through, for Tab must not wait.
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
		add(w, scene_host(a->scene, i));
	for (size_t i = 0; take && i < scene_actors(a->scene); i++) {
		const struct scene_actor *x = scene_actor(a->scene, i);

		if (x->started >= take->begin && x->started < a->position)
			add(w, x->lane);
	}
}

static void names(struct words *w, struct app *a, const char *lane)
{
	const struct scene_take *take = scene_take(a->scene, a->position);
	uint32_t i = (uint32_t)scene_calls(a->scene);

	for (int look = 0; take && i-- > take->first_call && look < LOOK_BACK;
		look++) {
		const struct scene_call *c = scene_call(a->scene, i);
		struct line l;

		if (c->returned >= a->position || c->error ||
			strcmp(scene_actor(a->scene, c->actor)->lane, lane))
			continue;
		if (!scene_call_line(a->scene, i, &l))
			continue;
		if (l.name[0])
			add(w, l.name);
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
