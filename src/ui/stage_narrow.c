/*
 * stage_narrow: the stage where its columns do not fit side by side: the cells
 * of a row stand below one another, each behind the name of its column.
 */
#include "ui/stage.h"

#include "base/intl.h"
#include "ui/app.h"
#include "ui/ink.h"

static int cells_of_row(const struct scene_row *row, int hosts)
{
	int n = row->wire.kind != SCENE_EMPTY;

	for (int i = 0; i < hosts; i++)
		n += row->host[i].kind != SCENE_EMPTY;
	return n > 0 ? n : 1;
}

static int narrow_row(struct app *a, WINDOW *w, int y, uint32_t index,
	const struct scene_row *row)
{
	int width = getmaxx(w), n = stage_columns(a), i;
	bool selected = a->at.row == index;
	struct ink k = { 0 };

	for (i = 0; i < n; i++) {
		int host = stage_host_of(i);
		const struct scene_cell *c = host == STAGE_WIRE ? &row->wire :
			&row->host[host];

		if (c->kind == SCENE_EMPTY)
			continue;
		ink_clear(&k);
		stage_cell(a, index, row, host, width - 9, &k);
		if (y >= 1 && y < getmaxy(w)) {
			if (index == a->decided && host == stage_happened(a,
					index, a->decided_host))
				ink_put(w, y, 0, 1, THEME_GOOD,
					theme_sign(SIGN_POINTER));
			if (selected && a->at.column == host)
				ink_put(w, y, 0, 1, THEME_FOCUS,
					theme_sign(SIGN_POINTER));
			ink_put(w, y, 1, 6, THEME_DIM, stage_column_name(a, i));
			ink_draw(w, y, 8, width - 9, &k, A_NORMAL);
		}
		y++;
	}
	ink_done(&k);
	return y;
}

/* Upwards from the row that must be seen, so that only what is seen is asked
 * for. */
void stage_draw_narrow(struct app *a, WINDOW *w,
	const struct stage_span *s)
{
	int room = getmaxy(w) - 1, hosts = scene_hosts(a->scene), y, used = 0;
	uint32_t last = s->lines > 0 ? s->lines - 1 : 0, line;
	struct scene_row row;

	if (s->lines == 0)
		return;
	if (a->at.row != SCENE_NONE)
		last = stage_line_of(s, a->at.row);
	for (line = last + 1; line-- > 0 && used < room; ) {
		scene_row(a->scene, stage_row_of(s, line), a->position, &row);
		used += stage_is_fold(s, line) ? 1 : cells_of_row(&row, hosts);
	}
	line++;
	y = used > room ? 1 - (used - room) : 1;
	for (; line < s->lines && y < getmaxy(w); line++) {
		uint32_t index = stage_row_of(s, line);
		struct ink k = { 0 };

		if (!stage_is_fold(s, line)) {
			scene_row(a->scene, index, a->position, &row);
			y = narrow_row(a, w, y, index, &row);
			continue;
		}
		ink_text(&k, THEME_DIM, _("setup"));
		for (int i = 0; i < hosts; i++) {
			ink_printf(&k, THEME_DIM, "  %s ", scene_host(a->scene,
				i));
			stage_fold(a, s, i, 40, &k);
		}
		ink_draw(w, y++, 1, getmaxx(w) - 2, &k, A_NORMAL);
		ink_done(&k);
	}
}
