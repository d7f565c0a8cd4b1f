/*
 * lesson_play: a lesson played in a lab of its own, as the screen plays it:
 * goals are judged whenever the player is not busy and the lab is still.
 */
#ifndef TESTS_NET_LESSON_PLAY_H
#define TESTS_NET_LESSON_PLAY_H

#include "lab_session.h"
#include "lesson/goal.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "lesson/still.h"
#include "scene/scene.h"

struct play {
	struct session *s;
	struct scene *scene;
	struct lesson *l;
	struct player *p;
	struct goals g;
	char folder[64], file[128];
};

/* ---- driving ---- */

static UNUSED void begin_lab(struct play *x, bool loopback)
{
	static const struct lab_options lo = {.loopback = true};

	goals_forget(&x->g); /* of another scene, if of any */
	x->s = loopback ? session_open(&lo) : session_namespaces(NULL);
	x->scene = scene_new(x->s->journal);
}

/* With a lesson of that text. */
static UNUSED struct play *play_text(const char *text, bool loopback)
{
	struct play *x = calloc(1, sizeof(*x));
	struct diag d = {0};
	FILE *f;

	begin_lab(x, loopback);
	snprintf(x->folder, sizeof(x->folder), "/tmp/tomada-les.XXXXXX");
	assert_non_null(mkdtemp(x->folder));
	snprintf(x->file, sizeof(x->file), "%s/en.md", x->folder);
	f = fopen(x->file, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	if (lesson_load(&x->l, x->file, "en", &d))
		fail_msg("%d:%d: %s", d.line, d.column, d.msg);
	x->p = player_new(x->l, x->s->link);
	return x;
}

/* With a lesson of the course. */
static UNUSED struct play *play_lesson(const char *name)
{
	struct play *x = calloc(1, sizeof(*x));
	struct diag d = {0};

	begin_lab(x, false);
	if (lesson_load(&x->l, name, "en", &d))
		fail_msg("%s:%d: %s", name, d.line, d.msg);
	x->p = player_new(x->l, x->s->link);
	return x;
}

static UNUSED void close_play(struct play *x)
{
	player_free(x->p);
	goals_done(&x->g);
	lesson_free(x->l);
	scene_free(x->scene);
	session_close(x->s);
	if (x->folder[0]) {
		unlink(x->file);
		rmdir(x->folder);
	}
	free(x);
}

/* Until the player is not busy and the lab is still; then the goals. */
static UNUSED void settle(struct play *x)
{
	int64_t end = clock_mono() + ANSWER_MAX;
	const struct page *page;
	struct answer a;

	for (;;) {
		scene_feed(x->scene, 0);
		if (player_ended(x->p))
			return;
		if (x->s->lab.pid && player_state(x->p) != PLAYER_BUSY &&
				!link_wants_out(x->s->link) &&
				still_now(x->scene))
			break;
		if (clock_mono() > end)
			SESSION_FAIL(x->s, "it does not come to rest");
		if (link_wait(x->s->link, &a, 20 * CLOCK_MS) &&
				a.kind != ANSWER_GREW)
			player_answer(x->p, &a);
	}
	page = &player_lesson(x->p)->page[player_at_page(x->p)];
	if (!player_goals_open(x->p))
		return;
	goals_judge(&x->g, page, x->scene, scene_now(x->scene));
	player_judged(x->p, x->g.met == x->g.goals);
}

static UNUSED void begin(struct play *x, size_t page)
{
	player_page(x->p, page);
	settle(x);
}

static UNUSED void type(struct play *x, const char *line)
{
	assert_true(player_act(x->p, line) > 0);
	settle(x);
}

static UNUSED void is_in(struct play *x, enum player_state state,
	const char *trouble)
{
	if (player_state(x->p) != state)
		SESSION_FAIL(x->s, "state %d, not %d; %s", player_state(x->p),
			state, player_trouble(x->p));
	if (strcmp(player_trouble_why(x->p), trouble))
		SESSION_FAIL(x->s, "\"%s\"", player_trouble(x->p));
}

#endif
