/* course_words: see course_words.h; and the list in lines. */
#include "ui/course_words.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "base/text.h"
#include "lesson/course.h"
#include "lesson/wrap.h"
#include "ui/ui.h"

void course_how_far(struct buf *b, const struct course_lesson *x)
{
	if (x->finished && course_resume(x) > 0)
		buf_printf(b, _("done, again on page %d of %d"), x->reached,
			x->pages);
	else if (x->finished)
		buf_text(b, _("done"));
	else if (x->reached > 0)
		buf_printf(b, _("page %d of %d"), x->reached, x->pages);
	else
		buf_printf(b, ngettext("%d page", "%d pages",
			(unsigned)x->pages), x->pages);
}

void course_exercises(struct buf *b, const struct course_lesson *x)
{
	if (x->exercises == 0 || (x->done == 0 && !x->finished))
		return;
	if (x->exercises == 1)
		buf_text(b, x->done > 0 ? _("exercise done") :
			_("exercise open"));
	else
		buf_printf(b, _("%d of %d exercises done"), x->done,
			x->exercises);
}

void course_due(struct buf *b, const struct course_lesson *x)
{
	if (x->due > 0)
		buf_printf(b, ngettext("%d older question first",
			"%d older questions first", (unsigned)x->due), x->due);
}

void course_enter(struct buf *b, const struct course_lesson *x)
{
	if (course_resume(x) > 0)
		buf_printf(b, _("go on at page %zu"), course_resume(x) + 1);
	else if (x->finished)
		buf_text(b, _("once more"));
	else
		buf_text(b, _("begin"));
}

size_t course_finished(const struct course *c, size_t first, size_t end)
{
	size_t n = 0;

	for (; first < end; first++)
		n += c->lesson[first].finished;
	return n;
}

size_t course_track_end(const struct course *c, size_t i)
{
	const char *track = c->lesson[i].track;

	while (i < c->lessons && strcmp(c->lesson[i].track, track) == 0)
		i++;
	return i;
}

/* ---- the list in lines ---- */

#define NAME_CELLS 14
#define TITLE_CELLS 34

static void add_padded(struct buf *b, const char *text, int cells)
{
	buf_text(b, text);
	for (int n = text_cells(text, strlen(text)); n < cells; n++)
		buf_char(b, ' ');
}

static void add_part(struct buf *line, struct buf *part)
{
	if (part->len > 0)
		buf_printf(line, ", %s", buf_str(part));
	buf_clear(part);
}

static void print_lesson(const struct course_lesson *x)
{
	struct buf line = { 0 };
	struct buf part = { 0 };

	buf_text(&line, "  ");
	add_padded(&line, x->name, NAME_CELLS);
	wrap_plain(&part, x->title);
	buf_char(&line, ' ');
	add_padded(&line, buf_str(&part), TITLE_CELLS);
	buf_char(&line, ' ');
	buf_clear(&part);
	course_how_far(&line, x);
	course_exercises(&part, x);
	add_part(&line, &part);
	printf("%s\n", buf_str(&line));
	buf_done(&part);
	buf_done(&line);
}

/* "Next: tomada lesson zero, 2 older questions first" */
static void print_next(struct course *c, const char *language)
{
	const struct course_lesson *next = &c->lesson[course_next(c)];
	struct buf line = { 0 };
	struct buf part = { 0 };

	course_look_due(c, language);
	buf_printf(&line, _("Next: tomada lesson %s"), next->name);
	course_due(&part, next);
	add_part(&line, &part);
	printf("\n%s\n", buf_str(&line));
	buf_done(&part);
	buf_done(&line);
}

int plain_course(const char *language)
{
	struct diag d = { 0 };
	struct course *c;
	int r = course_load(&c, language, &d);

	if (r != 0) {
		fprintf(stderr, "tomada: %s\n", d.msg);
		return r;
	}
	for (size_t i = 0, end = 0; i < c->lessons; i++) {
		if (i == end) {
			end = course_track_end(c, i);
			printf(_("%s%s: %zu of %zu done\n"), i > 0 ? "\n" : "",
				_(c->lesson[i].track),
				course_finished(c, i, end), end - i);
		}
		print_lesson(&c->lesson[i]);
	}
	if (c->lessons > 0)
		print_next(c, language);
	course_free(c);
	return 0;
}
