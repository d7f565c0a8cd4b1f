/* strip_class: see strip_class.h. */
#include "ui/strip_class.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/intl.h"
#include "base/text.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "lesson/wrap.h"
#include "scene/scene.h"
#include "ui/app.h"
#include "ui/class.h"
#include "ui/strip.h"

void strip_class_prose(struct strip *s, const char *marked)
{
	const char *last = marked, *next;
	struct buf before = { 0 };

	while ((next = strstr(last, "\n\n")) != NULL)
		last = next + 2;
	if (last > marked) {
		buf_add(&before, marked, (size_t)(last - marked) - 2);
		strip_prose(s, buf_str(&before));
		strip_gap(s);
		buf_done(&before);
	}
	s->spare = s->lines;
	strip_marked(s, last, 0, NULL, THEME_STRONG);
}

/* What was read already makes room for what is asked and answered now. */
void strip_class_fit(struct strip *s)
{
	size_t n = 0;

	while (s->height > 0 && s->lines > (size_t)s->height) {
		for (n = 0; n < s->spare && s->line[n].ink.text.len > 0; n++)
			;
		if (n == 0 || n + 1 > s->spare)
			return;
		for (size_t i = 0; i <= n; i++)
			ink_done(&s->line[i].ink);
		s->lines -= n + 1;
		s->spare -= n + 1;
		memmove(s->line, s->line + n + 1, s->lines * sizeof *s->line);
	}
}

/* ---- bars ---- */

/* " at first ██████ 12"; the greatest is as long as there is room for. */
static void add_bar(struct ink *k, const char *label, int votes, int greatest,
	int room, int style)
{
	int n = 0;

	if (greatest > 0 && room > 0)
		n = (votes * room + greatest - 1) / greatest;
	ink_printf(k, THEME_DIM, "%s ", label);
	ink_repeat(k, style, theme_sign(SIGN_BAR), n);
	ink_printf(k, THEME_STRONG, n > 0 ? " %d" : "%d", votes);
}

/* The votes for an option, before and after beside each other. */
static void add_bars(struct strip *s, const struct class_question *q, int i,
	int indent)
{
	const char *first = _("at first"), *now = _("now");
	int cells[2] = { text_cells(first, strlen(first)),
		text_cells(now, strlen(now)) };
	int greatest = class_greatest(q);
	int half = (s->width - indent) / 2;
	/* both are to be compared: one scale, whatever their names take */
	int room = half - (cells[0] > cells[1] ? cells[0] : cells[1]) - 7;
	struct ink *k;

	if (!q->taken[0] && !q->taken[1])
		return;
	k = strip_line(s);
	ink_pad(k, indent);
	if (q->taken[0])
		add_bar(k, first, q->votes[0][i], greatest, room, THEME_PLAIN);
	if (!q->taken[1])
		return;
	ink_pad(k, indent + half);
	add_bar(k, now, q->votes[1][i], greatest, room, THEME_KEY);
}

/* ---- asked ---- */

/* How far things stand apart. */
enum air {
	AIR_NONE,
	AIR_AROUND,  /* around the options */
	AIR_BETWEEN, /* and between them */
};

static void add_options(struct strip *s, const struct class *c,
	const struct block *b, const struct class_question *q, enum air air)
{
	for (int i = 0; i < b->options; i++) {
		size_t first = s->lines;

		if (air == AIR_BETWEEN || (air == AIR_AROUND && i == 0))
			strip_gap(s);
		strip_option(s, &b->option[i], i, false, THEME_STRONG);
		for (; first < s->lines; first++)
			s->line[first].click = STRIP_NOTHING;
		add_bars(s, q, i, WRAP_OPTION_INDENT);
	}
	if (air != AIR_NONE)
		strip_gap(s);
	ink_printf(strip_line(s), THEME_WAITS, "%s %s",
		theme_sign(SIGN_POINTER), _(class_says(c)));
}

static void add_asked(struct strip *s, const struct class *c,
	const struct block *b, const struct class_question *q)
{
	enum air air = AIR_BETWEEN;

	for (; air > AIR_NONE; air--) {
		struct strip tried;
		bool fits;

		strip_init(&tried, s->width, 0);
		ink_text(strip_line(&tried), THEME_PLAIN, "prose");
		add_options(&tried, c, b, q, air);
		fits = s->height == 0 ||
			s->lines + tried.lines - 1 <= (size_t)s->height;
		strip_done(&tried);
		if (fits)
			break;
	}
	add_options(s, c, b, q, air);
	s->to_end = true;
}

/* ---- answered ---- */

/* "☑ b  3 → 20": letters and numbers; the bars were seen. */
static void add_votes(struct strip *s, const struct class_question *q,
	const struct block *b)
{
	int bar = s->width / 2 - 10, greatest = class_greatest(q);
	bool after = q->taken[1];

	ink_text(strip_line(s), THEME_DIM, q->taken[0] && q->taken[1] ?
		_("the class, before and after") : _("the class"));
	for (int i = 0; i < b->options; i++) {
		struct ink *k = strip_line(s);
		bool right = b->option[i].right;

		ink_printf(k, right ? THEME_GOOD : THEME_PLAIN, "%s ", right ?
			theme_sign(SIGN_DONE) : " ");
		ink_printf(k, THEME_KEY, "%c ", 'a' + i);
		if (q->taken[0]) {
			ink_printf(k, THEME_PLAIN, "%4d", q->votes[0][i]);
			if (after)
				ink_printf(k, THEME_DIM, " %s ",
					theme_sign(SIGN_TO));
		}
		if (after)
			ink_printf(k, THEME_STRONG, "%4d", q->votes[1][i]);
		ink_text(k, THEME_PLAIN, "  ");
		if (greatest > 0 && bar > 0)
			ink_repeat(k, right ? THEME_GOOD : THEME_PLAIN,
				theme_sign(SIGN_BAR), (q->votes[after][i] *
				bar + greatest - 1) / greatest);
	}
}

static void add_explained(struct strip *s, const struct block *b, int i,
	bool poll)
{
	const struct option *o = &b->option[i];
	struct ink lead = { 0 };

	ink_printf(&lead, o->right ? THEME_GOOD : THEME_TROUBLE, "%s ",
		poll ? " " : theme_sign(o->right ? SIGN_DONE : SIGN_LOST));
	ink_printf(&lead, THEME_KEY, "%c", 'a' + i);
	strip_marked(s, o->text, WRAP_OPTION_INDENT, &lead, THEME_STRONG);
	if (o->why != NULL && o->why[0] != '\0')
		strip_prose(s, o->why);
	ink_done(&lead);
}

/* "observed ▸ server: recv(conn, 64) -> "HELLO"" */
static void add_observed(struct strip *s, const struct page *page,
	const struct block *b, const struct player_prediction *p)
{
	struct ink lead = { 0 };
	struct buf result = { 0 };

	ink_printf(&lead, THEME_DIM, "%s %s", _("observed"),
		theme_sign(SIGN_POINTER));
	strip_result(&result, page, b, p);
	strip_marked(s, buf_str(&result), ink_cells(&lead) + 1, &lead,
		THEME_PLAIN);
	buf_done(&result);
	ink_done(&lead);
}

static void add_answered(struct strip *s, const struct app *a,
	const struct page *page, const struct block *b,
	const struct player_prediction *p, const struct class_question *q)
{
	int told = a->class.told > 0 ? a->class.told - 1 : lesson_right(b);
	int half = s->width / 2 - 2;
	struct strip left, right;

	strip_gap(s);
	if (q != NULL && (q->taken[0] || q->taken[1])) {
		strip_init(&left, half, 0);
		strip_init(&right, s->width - half - 3, 0);
		add_votes(&left, q, b);
		strip_observation(&right, page, b, p);
		strip_beside(s, &left, &right);
	} else
		add_observed(s, page, b, p);
	add_explained(s, b, told, false);
}

/* What was voted, while nothing has answered it yet. */
static void add_voted(struct strip *s, const struct block *b,
	const struct class_question *q)
{
	for (int i = 0; i < b->options; i++) {
		strip_option(s, &b->option[i], i, false, THEME_PLAIN);
		if (q != NULL)
			add_bars(s, q, i, WRAP_OPTION_INDENT);
	}
}

static void add_polled(struct strip *s, const struct app *a,
	const struct block *b, const struct class_question *q)
{
	add_voted(s, b, q);
	if (a->class.told > 0) {
		strip_gap(s);
		add_explained(s, b, a->class.told - 1, true);
	} else
		ink_printf(strip_line(s), THEME_WAITS, "%s %s",
			theme_sign(SIGN_POINTER), _("Keep it in mind: the "
			"last page asks again."));
}

bool strip_class_hides(const struct app *a)
{
	return a->class.on && a->replay && a->deciding.row != SCENE_NONE &&
		a->deciding.row >= scene_rows(a->scene, a->position);
}

void strip_class(struct strip *s, const struct app *a, const struct page *page,
	const struct block *b, const struct player_prediction *p)
{
	const struct class_question *q = class_question(&a->class,
		player_at_page(a->player), (size_t)p->block);

	if (q != NULL && a->class.asking)
		add_asked(s, &a->class, b, q);
	else if (p->poll)
		add_polled(s, a, b, q);
	else if (p->observed && !strip_class_hides(a))
		add_answered(s, a, page, b, p, q);
	else
		add_voted(s, b, q);
	s->to_end = true;
}

/* ---- the last page ---- */

void strip_class_again(struct strip *s, const struct app *a)
{
	const struct class_question *q = class_asked(&a->class);
	const struct page *page = &player_lesson(a->player)->page[q->page];

	for (size_t i = 0; i < q->block; i++)
		if (page->block[i].kind == BLOCK_PROSE) {
			strip_gap(s);
			strip_class_prose(s, page->block[i].prose);
		}
	add_asked(s, &a->class, &page->block[q->block], q);
}

/* "three times: one recv for each send (21 of 28)" */
static void add_thought(struct strip *s, const char *heading,
	const struct block *b, const struct class_question *q, int after)
{
	int most = class_most(q, after);
	struct buf words = { 0 };

	if (most < 0)
		return;
	buf_text(&words, b->option[most].text);
	buf_printf(&words, _(" (%d of %d)"), q->votes[after][most],
		class_sum(q, after));
	strip_told(s, heading, buf_str(&words), THEME_PLAIN);
	buf_done(&words);
}

void strip_class_belief(struct strip *s, const struct app *a)
{
	const struct lesson *l = player_lesson(a->player);
	const struct class_question *q = a->class.question;
	const struct block *b;

	if (a->class.questions == 0 || q->page >= l->pages)
		return;
	b = &l->page[q->page].block[q->block];
	add_thought(s, _("The class, at first:"), b, q, 0);
	add_thought(s, _("after:"), b, q, 1);
	strip_told(s, _("The kernel showed:"),
		b->option[lesson_right(b)].text, THEME_STRONG);
}
