/* sockets_list: see sockets_list.h. */
#include "ui/sockets_list.h"

#include <string.h>

#include "base/mem.h"
#include "scene/scene.h"
#include "ui/app.h"
#include "ui/stage.h"

#define LISTED 16384 /* sockets looked at, the newest of a take */

/* What was listed last, and for what. */
static struct {
	const struct scene *scene;
	uint32_t position, now;
	struct sockets_list pub;
	size_t cap;
	uint32_t *there; /* sockets that were there, all hosts mixed */
	size_t found, room;
} list;

static void add(int host, uint32_t socket, uint32_t below)
{
	list.pub.entry = mem_grow(list.pub.entry, &list.cap,
		list.pub.entries + 1, sizeof *list.pub.entry);
	list.pub.entry[list.pub.entries++] =
		(struct sockets_entry){ host, socket, below };
}

/* The sockets of the take that the kernel had at the position; returns how
 * many of each host. */
static void look(const struct app *a, uint32_t below[SCENE_HOSTS])
{
	uint32_t end = (uint32_t)scene_sockets(a->scene);
	uint32_t i = scene_first_socket(a->scene, a->position);

	list.found = 0;
	if (end - i > LISTED)
		i = end - LISTED;
	for (; i < end; i++) {
		const struct scene_sample *m = scene_socket_at(a->scene, i,
			a->position);

		if (m == NULL || m->state == 0)
			continue;
		list.there = mem_grow(list.there, &list.room, list.found + 1,
			sizeof *list.there);
		list.there[list.found++] = i;
		below[scene_socket(a->scene, i)->host]++;
	}
}

static bool has_host(const struct app *a, int host)
{
	const struct scene_take *take = scene_take(a->scene, a->position);

	return take == NULL || (take->hosts >> host & 1);
}

const struct sockets_list *sockets_list(struct app *a)
{
	uint32_t now = scene_now(a->scene), below[SCENE_HOSTS] = { 0 };

	if (list.scene == a->scene && list.position == a->position &&
			list.now == now)
		return &list.pub;
	list.scene = a->scene;
	list.position = a->position;
	list.now = now;
	list.pub.entries = 0;
	look(a, below);
	for (int host = 0; host < scene_hosts(a->scene); host++) {
		if (!has_host(a, host) && below[host] == 0)
			continue;
		add(host, SCENE_NONE, below[host]);
		for (size_t i = 0; i < list.found && below[host] > 0; i++)
			if (scene_socket(a->scene, list.there[i])->host == host)
				add(host, list.there[i], 0);
	}
	return &list.pub;
}

/* How much a socket is what one looks for while none is chosen: of the
 * selected connection, of any, any. */
static int rank_of(const struct app *a, uint32_t socket, uint32_t flow)
{
	uint32_t its = scene_socket(a->scene, socket)->flow;

	return its == SCENE_NONE ? 1 : its != flow ? 2 : 3;
}

size_t sockets_list_at(const struct sockets_list *l, const struct app *a)
{
	uint32_t flow = stage_flow(a);
	size_t best = l->entries;
	int best_rank = 0;

	for (size_t i = 0; i < l->entries; i++) {
		uint32_t socket = l->entry[i].socket;
		int rank;

		if (socket == SCENE_NONE)
			continue;
		if (socket == a->at.socket)
			return i;
		rank = rank_of(a, socket, flow);
		if (rank > best_rank) {
			best = i;
			best_rank = rank;
		}
	}
	return best;
}

size_t sockets_list_move(const struct sockets_list *l, size_t at, int by)
{
	int way = by > 0 ? 1 : -1;
	size_t best = at;

	for (int n = 0; n != by && at < l->entries;) {
		at += (size_t)way; /* wraps: SIZE_MAX ends it */
		if (at < l->entries && l->entry[at].socket != SCENE_NONE) {
			best = at;
			n += way;
		}
	}
	return best;
}
