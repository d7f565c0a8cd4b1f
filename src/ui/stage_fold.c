/* stage_fold: the one line that stands for the page's setup. See stage.h. */
#include "ui/stage.h"

#include <string.h>

#include "base/intl.h"
#include "call/line.h"
#include "ui/app.h"
#include "ui/ink.h"

/* The calls and frames of the fold, and what a host came to by them. */
struct folded {
	unsigned calls, frames;
	bool connected;
	const char *waiting; /* the call it waits in */
};

static void count_folded(struct app *a, const struct stage_span *s, int host,
	struct folded *n)
{
	for (uint32_t i = s->first; i < s->body; i++) {
		const struct scene_cell *c;
		struct scene_row row;

		scene_row(a->scene, i, a->position, &row);
		n->frames += row.wire.kind == SCENE_FRAME;
		if (host == STAGE_WIRE)
			continue;
		c = &row.host[host];
		n->calls += c->kind == SCENE_CALL;
		if (c->kind == SCENE_CALL || c->kind == SCENE_RESULT) {
			const struct scene_call *x = scene_call(a->scene,
				c->ref);
			const struct call_row *r = call_row_at(x->row);

			if (r == NULL)
				continue;
			if (x->returned >= a->position) {
				if (x->waits < a->position)
					n->waiting = r->name;
			} else if (x->error == 0 &&
					(strcmp(r->name, "connect") == 0 ||
					strcmp(r->name, "accept") == 0))
				n->connected = true;
		}
	}
}

void stage_fold(struct app *a, const struct stage_span *s, int host,
	int width, struct ink *out)
{
	struct folded n = { 0 };

	count_folded(a, s, host, &n);
	if (host == STAGE_WIRE) {
		if (n.frames > 0)
			ink_printf(out, THEME_DIM, ngettext("+ %u frame",
				"+ %u frames", n.frames), n.frames);
	} else if (n.calls > 0) {
		ink_printf(out, THEME_DIM, ngettext("+ %u call", "+ %u calls",
			n.calls), n.calls);
		if (n.waiting != NULL) {
			ink_printf(out, THEME_DIM, ", %s", n.waiting);
			ink_printf(out, THEME_WAITS, " %s", _("waits"));
		} else if (n.connected)
			ink_printf(out, THEME_DIM, ", %s", _("connected"));
	}
	ink_cut(out, width);
}
