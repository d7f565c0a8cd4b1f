/* tabs: see tabs.h. */
#include "ui/tabs.h"

#include <string.h>
#include <wctype.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "ui/app.h"
#include "ui/ink.h"

static const struct {
	enum app_view view;
	const char *key, *name;
} views[3] = {
	{ VIEW_LESSON, "0", N_("lesson") },
	{ VIEW_BYTES, "1", N_("bytes") },
	{ VIEW_SOCKETS, "3", N_("sockets") },
};

/* Where their names stand, as last drawn: from … to. */
static int tab[3][2];

static void add_capitals(struct buf *b, const char *name)
{
	size_t n = strlen(name);

	while (n > 0) {
		int32_t point;
		size_t used = text_letter(name, n, &point);

		text_put(b, (int32_t)towupper((wint_t)point));
		name += used;
		n -= used;
	}
}

void tabs_draw(const struct app *a, WINDOW *w)
{
	struct ink k = { 0 };
	size_t i;

	for (i = 0; i < 3; i++) {
		bool shown = a->view == views[i].view;
		const char *name = _(views[i].name);

		ink_text(&k, THEME_FOCUS, shown && a->focus == PANE_VIEW ?
			theme_sign(SIGN_POINTER) : " ");
		tab[i][0] = ink_cells(&k);
		ink_printf(&k, THEME_KEY, "%s ", views[i].key);
		if (shown) {
			struct buf big = { 0 };

			add_capitals(&big, name);
			ink_text(&k, a->focus == PANE_VIEW ? THEME_FOCUS :
				THEME_TITLE, buf_str(&big));
			buf_done(&big);
		} else
			ink_text(&k, THEME_DIM, name);
		tab[i][1] = ink_cells(&k);
		ink_text(&k, THEME_PLAIN, " ");
	}
	ink_draw(w, 0, 0, getmaxx(w), &k, A_NORMAL);
	ink_rule(w, 0, ink_cells(&k), getmaxx(w) - ink_cells(&k),
		THEME_DIM, SIGN_HORIZONTAL, false);
	ink_done(&k);
}

void tabs_ruler(const struct app *a, WINDOW *w)
{
	struct ink k = { 0 };

	ink_text(&k, THEME_FOCUS, a->focus == PANE_STRIP ?
		theme_sign(SIGN_POINTER) : " ");
	ink_text(&k, a->focus == PANE_STRIP ? THEME_FOCUS : THEME_TITLE,
		_("lesson"));
	ink_text(&k, THEME_PLAIN, " ");
	ink_draw(w, 0, 0, getmaxx(w), &k, A_NORMAL);
	ink_rule(w, 0, ink_cells(&k), getmaxx(w) - ink_cells(&k), THEME_DIM,
		SIGN_HORIZONTAL, false);
	ink_done(&k);
}

void tabs_click(struct app *a, int x)
{
	for (size_t i = 0; i < 3; i++)
		if (x >= tab[i][0] && x < tab[i][1])
			a->view = views[i].view;
}
