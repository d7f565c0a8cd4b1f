/* finish: see finish.h. */
#include "ui/finish.h"

#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/intl.h"
#include "lesson/course.h"
#include "lesson/lesson.h"
#include "lesson/wrap.h"

void finish_done(struct finish *f)
{
	buf_done(&f->title);
	buf_done(&f->programs);
}

void finish_look(struct finish *f, const struct lesson *l, const char *language)
{
	struct diag d = { 0 };
	struct course *c;

	if (f->looked)
		return;
	f->looked = true;
	if (course_load(&c, language, &d) != 0)
		return;
	for (size_t i = 0; i < c->lessons; i++) {
		if (strcmp(c->lesson[i].name, l->name) != 0)
			continue;
		f->done = c->lesson[i].done;
		if (i + 1 == c->lessons)
			break;
		snprintf(f->name, sizeof f->name, "%s", c->lesson[i + 1].name);
		wrap_plain(&f->title, c->lesson[i + 1].title);
	}
	course_free(c);
}
