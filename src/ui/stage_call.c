/*
 * stage_call: calls as the stage draws them, taken apart.
 *
 * What was entered and what was returned never change, so what was parsed for
 * one drawing is good for the next; a recv of 64 KiB on the screen would
 * otherwise be read again sixty times a second. There are more places than a
 * screen shows calls; two calls that fall on one place only cost time.
 */
#include "ui/stage.h"

#include <string.h>

#include "scene/scene.h"
#include "ui/app.h"

#define PLACES 64

static struct stage_call place[PLACES];

static void forget(struct stage_call *c)
{
	line_done(&c->line);
	value_done(&c->result);
	memset(c, 0, sizeof *c);
}

void stage_call_forget(void)
{
	for (size_t i = 0; i < PLACES; i++)
		forget(&place[i]);
}

const struct stage_call *stage_call(struct app *a, uint32_t ref)
{
	struct stage_call *c = &place[ref % PLACES];

	if (!c->known || c->ref != ref) {
		forget(c);
		c->ref = ref;
		c->known = scene_call_line(a->scene, ref, &c->line) &&
			c->line.row != NULL;
	}
	if (!c->known)
		return NULL;
	if (!c->returned && scene_call(a->scene, ref)->returned < a->position)
		c->returned = scene_call_result(a->scene, ref, &c->result);
	return c;
}
