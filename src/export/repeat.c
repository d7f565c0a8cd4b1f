/*
 * repeat: calls that a program makes again and again, one right after the
 * other, are a loop of it.
 *
 * A *round* is what a loop does in one *turn*: one call, or a few. The calls of
 * all turns are the same and gave the same; nothing stands between them.
 */
#include "export/inside.h"

#define ROUND_MOST 4  /* calls of a round: a longer one hides what it does */
#define TURNS_LEAST 3 /* two are sooner read than a loop */

static const struct step *step_at(const struct run *r, const struct program *p,
	size_t i)
{
	return &r->step[p->step[i]];
}

/* Whether it leaves everything as it was, but for bytes that were moved: so it
 * can be made again in the same words. */
static bool may_repeat(const struct run *r, const struct step *s)
{
	if (s->kind != STEP_CALL || step_waits(s) || s->child != NOTHING ||
		s->alarm || (s->line.row->closes && !step_failed(s)))
		return false;
	for (int i = 0; i < 2; i++) {
		const struct thing *t = s->makes[i] == NOTHING ? NULL :
			&r->thing[s->makes[i]];

		if (t && (t->kind != THING_DATA || t->used))
			return false;
	}
	return true;
}

static void put_step(struct buf *b, const struct step *s)
{
	struct line l = s->line; /* borrowed, without its defaults */

	l.nargs = s->written;
	line_print_call(b, &l);
	buf_text(b, " -> ");
	value_print(b, &s->result);
}

static bool is_same(const struct step *a, const struct step *b)
{
	struct buf one = {0}, other = {0};
	bool same;

	if (a->line.row != b->line.row)
		return false;
	put_step(&one, a);
	put_step(&other, b);
	same = !strcmp(buf_str(&one), buf_str(&other));
	buf_done(&one);
	buf_done(&other);
	return same;
}

/* Whether something stands between two calls that follow each other. */
static bool is_apart(const struct run *r, const struct step *a,
	const struct step *b)
{
	const struct program *p = &r->program[b->program];

	for (size_t i = 0; i < r->handings; i++) {
		const struct handing *h = &r->handing[i];

		if (&r->step[h->taker] == b || &r->step[h->giver] ==
			(h->begun ? b : a))
			return true;
	}
	return a->starts || b->note || b->awaits != NOTHING ||
		program_thread(r, p, (uint32_t)(b - r->step), 0);
}

/* Whether two pauses are for the same, on the same clock. */
static bool pauses_alike(const struct run *r, const struct step *a,
	const struct step *b)
{
	struct buf one = {0}, other = {0};
	bool same;

	if (!a->pauses || !b->pauses)
		return a->pauses == b->pauses;
	spell_reason(&one, r, a, &r->step[a->after]);
	spell_reason(&other, r, b, &r->step[b->after]);
	same = a->base == b->base && !strcmp(buf_str(&one), buf_str(&other));
	buf_done(&one);
	buf_done(&other);
	return same;
}

/* Whether call k is made in a turn (from 1) as in the one before, and its pause
 * grows from turn to turn by the same time. A pause before the first call of
 * all may be one for the whole loop. */
static bool follows(const struct run *r, const struct program *p, size_t k,
	size_t round, size_t turn, bool first)
{
	const struct step *s = step_at(r, p, k);
	const struct step *before = step_at(r, p, k - round);

	if (!is_same(before, s))
		return false;
	if (first && !s->pauses)
		return true;
	if (!pauses_alike(r, before, s))
		return false;
	return turn < 2 || !s->pauses || s->until - before->until ==
		before->until - step_at(r, p, k - 2 * round)->until;
}

double program_gap(const struct run *r, const struct program *p, size_t i,
	size_t round)
{
	const struct step *s = step_at(r, p, i + round);

	return s->pauses ? (double)(s->until -
		step_at(r, p, i)->until) / 1000 : 0;
}

/* How many turns of so many calls begin with call i. */
static size_t turns_of(const struct run *r, const struct program *p, size_t i,
	size_t round)
{
	size_t n = 0;

	for (size_t k = i; k < p->n; k++, n++) {
		const struct step *s = step_at(r, p, k);

		if (!may_repeat(r, s) ||
			(k > i && is_apart(r, step_at(r, p, k - 1), s)) ||
			(n >= round && !follows(r, p, k, round, n / round,
			n == round)))
			break;
	}
	return n / round;
}

size_t program_turns(const struct run *r, const struct program *p, size_t i,
	size_t *round)
{
	size_t most = 0;

	*round = 1;
	for (size_t k = 1; k <= ROUND_MOST; k++) {
		size_t n = turns_of(r, p, i, k);

		if (n >= TURNS_LEAST && n * k > most * *round) {
			most = n;
			*round = k;
		}
	}
	return most ? most : 1;
}
