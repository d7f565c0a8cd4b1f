/*
 * sockets_list: which sockets the pane lists, in which order, and where.
 *
 * An *entry* is a line of the list: a host's name, or below it a socket that
 * was there at the position. Sockets keep the order in which they were first
 * seen: a line moves only when one above it goes.
 */
#ifndef UI_SOCKETS_LIST_H
#define UI_SOCKETS_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct app;

struct sockets_entry {
	int host;
	uint32_t socket; /* SCENE_NONE: the line of the host's name */
	uint32_t below;  /* of a host: its sockets */
};

struct sockets_list {
	struct sockets_entry *entry;
	size_t entries;
};

/* The list as of the position of a; made anew only when that has changed.
 * Borrowed until the next question. */
const struct sockets_list *sockets_list(struct app *a);

/* The entry of the selected socket, else of one of the connection that is
 * selected on the stage, else of any connection, else of the first there is;
 * `entries` when there is none. */
size_t sockets_list_at(const struct sockets_list *l, const struct app *a);

/* The entry of a socket by further entries on (or back), not past the last. */
size_t sockets_list_move(const struct sockets_list *l, size_t at, int by);

#endif
