/*
 * goal_closed: whether there will be other sockets than those of the setup.
 *
 * A learner can always make new sockets and give them the old names, so nothing
 * would ever be lost. But an exercise whose own solution makes none is about
 * the sockets of its setup: it is a *closed world*, until somebody does make
 * one after all.
 */
#include <string.h>

#include "lesson/goal_inside.h"
#include "scene/scene.h"

/* Lines of verbs that bring no process and end none. */
static bool is_harmless(const char *verb)
{
	static const char *const harmless[] = {
		"interrupt", "stop", "cont", "wait", "clocks", "ends", "says",
	};

	for (size_t i = 0; i < sizeof(harmless) / sizeof(*harmless); i++)
		if (!strcmp(verb, harmless[i]))
			return true;
	return false;
}

static bool makes_something(const struct line *l)
{
	return (l->kind == LINE_CALL && deed_row_makes(l->row)) ||
		(l->kind == LINE_VERB && !is_harmless(l->verb));
}

bool goal_is_closed_world(const struct page *page)
{
	bool solved = false;

	for (size_t i = 0; i < page->blocks; i++) {
		const struct block *b = &page->block[i];

		if (b->kind != BLOCK_SOLUTION && b->kind != BLOCK_PARSONS &&
				b->kind != BLOCK_FEED)
			continue;
		solved = solved || b->kind != BLOCK_FEED;
		for (size_t k = 0; k < b->steps; k++)
			if (makes_something(&b->step[k].line))
				return false;
	}
	return solved;
}

bool goal_was_opened(const struct deeds *d)
{
	for (size_t i = 0; i < d->pendings; i++)
		if (deed_row_makes(d->pending[i].row))
			return true;
	for (size_t i = scene_actors(d->scene); i-- > d->take->first_actor; ) {
		const struct scene_actor *a = scene_actor(d->scene, i);

		if (a->started >= d->begin && a->started < d->position &&
				a->forked_from != SCENE_NONE)
			return true;
	}
	return d->made;
}
