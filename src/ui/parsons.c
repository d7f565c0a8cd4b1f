/* parsons: see parsons.h. */
#include "ui/parsons.h"

#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/mem.h"
#include "base/text.h"
#include "call/line.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "scene/scene.h"
#include "ui/app.h"
#include "ui/exercise.h"
#include "ui/strip.h"

static const struct page *page_of(const struct player *p)
{
	return &player_lesson(p)->page[player_at_page(p)];
}

static const struct step *step_at(const struct player *p, size_t place)
{
	const struct page *page = page_of(p);
	size_t at = lesson_block(page, BLOCK_PARSONS, 0);

	return &page->block[at].step[player_order(p, place)];
}

bool parsons_open(const struct player *p)
{
	return p != NULL && player_lesson(p) != NULL && player_lines(p) > 0 &&
		player_state(p) == PLAYER_TASK;
}

void parsons_line(struct buf *b, const struct player *p, size_t place)
{
	strip_step(b, step_at(p, place));
}

/* ---- results ---- */

/* The next call of the take that no setup made, from call at on. */
static uint32_t next_call(const struct scene *s, uint32_t at, uint32_t position)
{
	struct scene_row row;

	for (; at < scene_calls(s); at++) {
		const struct scene_call *c = scene_call(s, at);

		if (c->entered >= position)
			break;
		scene_row(s, c->row_entered, position, &row);
		if (!row.setup)
			return at;
	}
	return SCENE_NONE;
}

/* "3", "waits", "waits, then 4"; whether it is no failure. */
static bool add_result(struct buf *b, struct scene *s, uint32_t call,
	uint32_t position)
{
	const struct scene_call *c = scene_call(s, call);
	struct value v = { 0 };
	bool waited = c->waits < position, back = c->returned < position;

	if (waited)
		buf_text(b, back ? _("waits, then ") : _("waits"));
	if (!back || !scene_call_result(s, call, &v))
		return true;
	value_print(b, &v);
	value_done(&v);
	return c->error == 0;
}

const char *parsons_refusal(const struct player *p, size_t *place)
{
	size_t block, step;

	player_trouble_at(p, &block, &step);
	if (player_lines(p) == 0 || player_trouble(p)[0] == '\0' ||
			block != lesson_block(page_of(p), BLOCK_PARSONS, 0))
		return NULL;
	for (*place = 0; *place < player_lines(p); ++*place)
		if (player_order(p, *place) == step)
			return player_trouble_why(p);
	return NULL;
}

void parsons_results(struct buf *out, bool *failed, const struct player *p,
	struct scene *s, uint32_t position)
{
	const struct scene_take *take = scene_take(s, position);
	uint32_t call = take != NULL ? take->first_call : 0;
	size_t end = player_lines(p);

	if (parsons_refusal(p, &end) != NULL) {
		buf_text(&out[end], _("could not be done"));
		failed[end] = true;
	}
	/* one ran after the other, so the calls are in the lines' order */
	for (size_t i = 0; i < end; i++) {
		const struct step *step = step_at(p, i);

		if (step->many)
			return;
		if (step->line.kind != LINE_CALL)
			continue;
		call = next_call(s, call, position);
		if (call == SCENE_NONE)
			return;
		failed[i] = !add_result(&out[i], s, call++, position);
	}
}

/* ---- doing ---- */

bool parsons_move(struct exercise *e, struct player *p, int by)
{
	size_t n = player_lines(p);

	if (e->place >= n || !player_move(p, e->place, by))
		return false;
	e->place = (size_t)((long)e->place + by);
	e->ran = e->runs = false;
	exercise_acted(e);
	return true;
}

bool parsons_run(struct exercise *e, struct player *p)
{
	e->ran = e->runs = player_run_order(p);
	e->judged = false;
	exercise_acted(e);
	return e->ran;
}

/* ---- the screen ---- */

/* Cells of the longest line. */
static int widest(const struct player *p)
{
	int wide = 0;

	for (size_t i = 0; i < player_lines(p); i++) {
		struct buf line = { 0 };
		int cells;

		parsons_line(&line, p, i);
		cells = text_cells(buf_str(&line), line.len);
		if (cells > wide)
			wide = cells;
		buf_done(&line);
	}
	return wide;
}

static void add_line(struct strip *s, const struct app *a, size_t i,
	const struct buf *result, bool failed)
{
	bool at = i == a->exercise.place && !exercise_met(a->player);
	struct buf line = { 0 };
	struct ink *k;

	if (at)
		s->see = (int)s->lines;
	k = strip_clicked(s, STRIP_PLACE, (int)i);
	ink_printf(k, THEME_FOCUS, "%s ", at ? theme_sign(SIGN_POINTER) : " ");
	parsons_line(&line, a->player, i);
	ink_text(k, at ? THEME_STRONG : THEME_CODE, buf_str(&line));
	buf_done(&line);
	if (result->len > 0) {
		ink_pad(k, widest(a->player) + 4);
		ink_text(k, THEME_DIM, "-> ");
		ink_text(k, failed ? THEME_TROUBLE : THEME_PLAIN,
			buf_str(result));
	}
	ink_cut(k, s->width);
}

void parsons_lines(struct strip *s, const struct app *a)
{
	size_t n = player_lines(a->player);
	struct buf *result = mem_zero(n * sizeof *result);
	bool *failed = mem_zero(n * sizeof *failed);

	if (a->exercise.ran)
		parsons_results(result, failed, a->player, a->scene,
			a->position);
	for (size_t i = 0; i < n; i++) {
		add_line(s, a, i, &result[i], failed[i]);
		buf_done(&result[i]);
	}
	free(result);
	free(failed);
}

static void go_to(struct app *a, long place)
{
	long n = (long)player_lines(a->player);

	a->exercise.place = (size_t)(place < 0 ? 0 : place >= n ? n - 1 :
		place);
	a->strip_top = -1;
}

bool parsons_key(struct app *a, int key)
{
	long at = (long)a->exercise.place;

	if (!parsons_open(a->player) || a->replay)
		return false;
	switch (key) {
	case KEY_UP:
	case 'k':
		go_to(a, at - 1);
		return true;
	case KEY_DOWN:
	case 'j':
		go_to(a, at + 1);
		return true;
	case KEY_HOME:
		go_to(a, 0);
		return true;
	case KEY_SR:
	case 'K':
		parsons_move(&a->exercise, a->player, -1);
		return true;
	case KEY_SF:
	case 'J':
		parsons_move(&a->exercise, a->player, 1);
		return true;
	case '\n':
	case '\r':
	case KEY_ENTER:
		parsons_run(&a->exercise, a->player);
		return true;
	}
	return false;
}

void parsons_press(struct app *a, size_t place)
{
	if (parsons_open(a->player) && place < player_lines(a->player))
		go_to(a, (long)place);
}

void parsons_release(struct app *a, size_t place)
{
	long by = (long)place - (long)a->exercise.place;

	if (by != 0 && parsons_open(a->player) &&
			place < player_lines(a->player))
		parsons_move(&a->exercise, a->player, (int)by);
}
