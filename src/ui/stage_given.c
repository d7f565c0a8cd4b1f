/*
 * stage_given: what the kernel made of an option that a program set: it may
 * double it, or keep it within bounds (socket(7)).
 */
#include "ui/stage.h"

#include <string.h>

#include "base/buf.h"
#include "call/line.h"
#include "scene/scene.h"
#include "ui/app.h"

/* Sockets looked at, from the newest on, for the one of a name. */
#define SOCKETS_LOOKED 64

static uint32_t socket_named(const struct app *a, uint16_t actor,
	const char *name)
{
	int looked = 0;

	for (size_t i = scene_sockets(a->scene); i-- > 0 &&
			looked < SOCKETS_LOOKED; looked++) {
		const struct scene_socket *s = scene_socket(a->scene,
			(uint32_t)i);

		if (s->actor == actor && strcmp(s->name, name) == 0)
			return (uint32_t)i;
	}
	return SCENE_NONE;
}

/* The value of an option in "SO_RCVBUF=16384 TCP_NODELAY=1": its length, and
 * where it begins; 0: it is not there. Records have blanks within braces. */
static size_t find_option(const char *options, const char *name,
	const char **value)
{
	size_t n = strlen(name), i = 0;
	const char *p = options;
	int depth = 0;

	while (*p != '\0' && (strncmp(p, name, n) != 0 || p[n] != '=')) {
		for (; *p != '\0' && (depth > 0 || *p != ' '); p++)
			depth += (*p == '{') - (*p == '}');
		while (*p == ' ')
			p++;
	}
	if (*p == '\0')
		return 0;
	*value = p + n + 1;
	for (p = *value; p[i] != '\0' && (depth > 0 || p[i] != ' '); i++)
		depth += (p[i] == '{') - (p[i] == '}');
	return i;
}

/* 100 of TCP_KEEPIDLE is 100s. */
static bool is_other(const struct buf *asked, const struct buf *given)
{
	size_t n = asked->len;

	return strncmp(buf_str(asked), buf_str(given), n) != 0 ||
		(given->data[n] != '\0' && strcmp(given->data + n, "s") != 0);
}

bool stage_given(const struct app *a, uint32_t ref, const struct line *l,
	struct buf *asked, struct buf *given)
{
	const struct scene_call *c = scene_call(a->scene, ref);
	uint32_t socket, until = a->position;
	const char *value;
	struct buf name = { 0 };
	size_t n = 0;

	if (strcmp(l->row->name, "setsockopt") != 0 || l->nargs < 3 ||
			c->returned >= a->position || c->error != 0)
		return false;
	/* what a later call made of it is another thing */
	if (ref + 1 < scene_calls(a->scene) &&
			scene_call(a->scene, ref + 1)->entered < until)
		until = scene_call(a->scene, ref + 1)->entered;
	socket = l->arg[0].kind == VALUE_NAME ? socket_named(a, c->actor,
		l->arg[0].text) : scene_socket_of(a->scene, c->actor,
		(int)l->arg[0].number, until);
	if (socket != SCENE_NONE) {
		value_print(&name, &l->arg[l->nargs - 2]);
		n = find_option(scene_options(a->scene, socket, until),
			buf_str(&name), &value);
	}
	buf_done(&name);
	if (n == 0)
		return false;
	buf_add(given, value, n);
	value_print(asked, &l->arg[l->nargs - 1]);
	return is_other(asked, given);
}
