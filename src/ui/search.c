/* search: see search.h. */
#include "ui/search.h"

#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "ui/app.h"
#include "ui/layers.h"
#include "ui/pane.h"
#include "ui/screen.h"

enum { ESCAPE = 27 };

/* The answer: found, and so selected; not yet; not there. */
static void tell(struct app *a, bool found)
{
	if (found)
		buf_clear(&a->message);
	else if (a->seek.goes_on)
		app_say(a, false, _("Looking for \"%s\", row %u of %u. Esc "
			"ends it."), a->search, a->seek.line + 1,
			a->seek.lines);
	else
		app_say(a, false, _("\"%s\" is not there."), a->search);
	a->dirty = true;
}

void search_on(struct app *a, int way)
{
	const struct pane *p = screen_focused(a);

	a->seek.goes_on = false;
	if (a->search[0] == '\0') {
		app_say(a, false, _("Nothing was searched for yet: /"));
		return;
	}
	tell(a, p->find != NULL && p->find(a, a->search, way));
}

void search_more(struct app *a)
{
	if (a->focus == PANE_STAGE)
		tell(a, pane_stage.find(a, a->search, a->seek.way));
	else /* a page has begun meanwhile */
		a->seek.goes_on = false;
}

bool search_stop(struct app *a, wint_t key, bool is_char)
{
	a->seek.goes_on = false;
	buf_clear(&a->message);
	if (!is_char || key != ESCAPE)
		return false;
	app_say(a, false, _("\"%s\" was not found before row %u of %u; n "
		"looks again."), a->search, a->seek.line + 1, a->seek.lines);
	return true;
}

/* ---- the line ---- */

void search_draw(struct app *a)
{
	layers_line("/", a->search);
}

void search_key(struct app *a, wint_t key, bool is_char)
{
	size_t n = strlen(a->search);
	struct buf b = { 0 };

	if (key == ESCAPE) {
		a->layer = LAYER_NONE;
	} else if (key == '\n' || key == '\r' || key == KEY_ENTER) {
		a->layer = LAYER_NONE;
		if (n > 0)
			search_on(a, 1);
	} else if (key == KEY_BACKSPACE || key == 0x7f || key == 8) {
		while (n > 0 && (a->search[--n] & 0xc0) == 0x80)
			;
		a->search[n] = '\0';
	} else if (is_char && key >= ' ') {
		text_put(&b, (int32_t)key);
		if (n + b.len < sizeof a->search)
			memcpy(a->search + n, b.data, b.len + 1);
		buf_done(&b);
	}
}
