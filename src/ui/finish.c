/* finish: see finish.h. */
#include "ui/finish.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "lesson/course.h"
#include "lesson/lesson.h"
#include "lesson/player.h"
#include "lesson/wrap.h"

void finish_done(struct finish *f)
{
	buf_done(&f->title);
	buf_done(&f->programs);
}

bool finish_belief(const struct player *p, const struct option **first,
	const struct option **right)
{
	const struct lesson *l = player_lesson(p);
	struct player_prediction x;

	for (size_t i = 0; i < l->pages; i++) {
		const struct block *b;

		if (!player_committed(p, i, &x) || x.chosen < 0)
			continue;
		b = &l->page[i].block[x.block];
		*first = &b->option[x.first];
		*right = &b->option[lesson_right(b)];
		return true;
	}
	return false;
}

void finish_left_out(struct buf *b, const struct player *p)
{
	int n = player_pages_left_out(p);

	if (n > 0)
		buf_printf(b, ngettext("%d page was left out: this machine "
			"shows no frames.", "%d pages were left out: this "
			"machine shows no frames.", (unsigned)n), n);
}

void finish_look(struct finish *f, const struct lesson *l, const char *language)
{
	size_t wanted = SIZE_MAX, after = SIZE_MAX;
	struct diag d = { 0 };
	struct course *c;

	if (f->looked)
		return;
	f->looked = true;
	if (course_load(&c, language, &d) != 0)
		return;
	for (size_t i = 0; i < c->lessons; i++) {
		if (strcmp(c->lesson[i].name, l->name) == 0) {
			f->done = c->lesson[i].done;
			after = i + 1;
		}
		if (f->wanted != NULL &&
				strcmp(c->lesson[i].name, f->wanted) == 0)
			wanted = i;
	}
	if (f->wanted == NULL)
		wanted = after;
	f->last = after == c->lessons;
	if (wanted < c->lessons) {
		snprintf(f->name, sizeof f->name, "%s", c->lesson[wanted].name);
		wrap_plain(&f->title, c->lesson[wanted].title);
	}
	course_free(c);
}
