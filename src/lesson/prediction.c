/*
 * prediction: what an option claims, and which step decides.
 *
 * A claim is an expectation in the notation, behind an arrow at the end of the
 * option. The ticked claim must be that of a step, which the lab will judge:
 * so the kernel proves the tick.
 */
#include "lesson/prediction.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "lesson/lesson.h"
#include "lesson/wrap.h"

/* End the text at n, leaving no blank and no open code span behind. */
static void cut_text(char *text, size_t n)
{
	size_t codes = 0;

	while (n && (text[n - 1] == ' ' || text[n - 1] == MARK_CODE))
		n--;
	for (size_t i = 0; i < n; i++)
		codes += text[i] == MARK_CODE;
	if (codes % 2)
		text[n++] = MARK_CODE; /* stood there: it was cut just now */
	text[n] = '\0';
}

int prediction_take_expect(struct option *o, int column, struct diag *d)
{
	char *arrow = strstr(o->text, "->");
	struct buf plain = {0};
	int error;

	if (!arrow)
		return 0;
	wrap_plain(&plain, arrow + 2);
	error = expect_parse(&o->expect, buf_str(&plain), plain.len, NULL, d);
	buf_done(&plain);
	if (error) {
		d->column += column + 1;
		return error;
	}
	o->has_expect = true;
	cut_text(o->text, (size_t)(arrow - o->text));
	return 0;
}

static int check_options(const struct block *b, struct diag *d)
{
	int ticked = 0;

	d->line = b->source_line;
	if (b->options < 2)
		return diag_set(d, 1, _("a prediction has 2 to %d options; "
			"this one has %d"), LESSON_OPTIONS, b->options);
	for (int i = 0; i < b->options; i++) {
		const struct option *o = &b->option[i];

		d->line = o->source_line;
		if (!o->text[0] && !o->has_expect)
			return diag_set(d, 1, _("this option says nothing"));
		if (!o->why[0])
			return diag_set(d, 1, _("this option has no "
				"explanation: an indented paragraph under it, "
				"behind an empty line"));
		ticked += o->right;
		if (ticked > 1)
			return diag_set(d, 1, _("a second option is ticked; "
				"exactly one is right"));
	}
	d->line = b->source_line;
	if (!ticked)
		return diag_set(d, 1, _("no option is ticked: the right one "
			"begins with [x]"));
	return 0;
}

static bool same_expect(const struct expect *a, const struct expect *b)
{
	struct buf x = {0}, y = {0};
	struct expect plain = *a;
	bool same;

	plain.within = b->within; /* how long it may take is not a result */
	line_print_expect(&x, &plain);
	line_print_expect(&y, b);
	same = !strcmp(buf_str(&x), buf_str(&y));
	buf_done(&x);
	buf_done(&y);
	return same;
}

/* No wrong option may claim what the ticked one claims. */
static int check_claims(const struct block *b, struct diag *d)
{
	const struct option *right = &b->option[lesson_right(b)];

	for (int i = 0; i < b->options; i++) {
		const struct option *o = &b->option[i];

		if (o == right || !o->has_expect || !right->has_expect ||
				!same_expect(&o->expect, &right->expect))
			continue;
		d->line = o->source_line;
		return diag_set(d, 1, _("this option claims the same result as "
			"the ticked one"));
	}
	return 0;
}

/* Find the step that decides prediction at of p. */
static int find_decider(struct page *p, size_t at, struct diag *d)
{
	struct block *b = &p->block[at];
	const struct option *right = &b->option[lesson_right(b)];
	bool found = false;

	b->poll = true;
	for (size_t i = at + 1; i < p->blocks && !found; i++) {
		const struct block *s = &p->block[i];

		if (s->kind == BLOCK_PREDICTION)
			break;
		if (s->kind != BLOCK_STEPS)
			continue;
		for (size_t k = 0; k < s->steps && !found; k++) {
			b->poll = false;
			b->decider_block = i;
			b->decider_step = k;
			found = right->has_expect && same_expect(
				&right->expect, &s->step[k].line.expect);
		}
	}
	d->line = right->source_line;
	if (right->has_expect && !found)
		return diag_set(d, 1, _("no step up to the next prediction "
			"expects what this option claims"));
	return 0;
}

int prediction_link(struct page *p, struct diag *d)
{
	for (size_t i = 0; i < p->blocks; i++) {
		struct block *b = &p->block[i];
		int error;

		if (b->kind != BLOCK_PREDICTION)
			continue;
		error = check_options(b, d);
		if (!error)
			error = check_claims(b, d);
		if (!error)
			error = find_decider(p, i, d);
		if (error)
			return error;
	}
	return 0;
}
