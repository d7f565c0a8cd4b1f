/* play: what a learner knows already, found before a lesson is shown. */
#include "command/play.h"

#include <stdio.h>

#include "base/diag.h"
#include "base/intl.h"
#include "command/command.h"
#include "command/session.h"
#include "lesson/course.h"
#include "lesson/lesson.h"
#include "lesson/load.h"
#include "lesson/player.h"
#include "lesson/progress.h"
#include "lesson/recall.h"

/* The lesson, in the numbers of a round that this learner has not had. */
static int load(struct lesson **l, const struct command_options *o,
	const char *name, const struct course_lesson *known)
{
	struct diag d = {0};
	char why[512];

	if (lesson_load_round(l, name, o->language, known->times, &d) == 0)
		return 0;
	diag_print(&d, why, sizeof(why));
	return command_fail("%s", why);
}

/* With the older questions that open it. */
static int show_from_its_beginning(const struct command_options *o,
	struct session_lesson *s, bool *on)
{
	struct player_question question[RECALL_MOST];
	struct recall due[RECALL_MOST];
	int status;

	s->questions = recall_due(due, s->lesson->name, o->language,
		progress_today());
	for (size_t i = 0; i < s->questions; i++)
		question[i] = (struct player_question){due[i].lesson,
			due[i].page, due[i].block};
	s->question = question;
	status = session_show(o, s, on);
	recall_done(due, s->questions);
	return status;
}

static int show(const struct command_options *o, const struct lesson *l,
	struct course_lesson *known, int page, const char *next, bool *on)
{
	bool of_course = known->name[0];
	struct session_lesson s = {.lesson = l, .note_progress = of_course,
		.next = next};
	char notice[200];

	known->pages = (int)l->pages;
	if (known->reached > known->pages)
		known->reached = known->pages;
	if (page > known->pages)
		return command_fail(ngettext("--page %d: this lesson has %d "
			"page", "--page %d: this lesson has %d pages",
			(unsigned)known->pages), page, known->pages);
	s.page = page ? (size_t)page - 1 : course_resume(known);
	if (of_course && !page && s.page == 0)
		return show_from_its_beginning(o, &s, on);
	if (!page && s.page > 0) {
		snprintf(notice, sizeof(notice), _("You were on page %d of %d "
			"last time; [ goes back."), known->reached,
			known->pages);
		s.notice = notice;
	}
	return session_show(o, &s, on);
}

static int play_one(const struct command_options *o, const char *name_or_file,
	int page, const char *next, bool *on)
{
	struct course_lesson known = {.reached = 0};
	struct lesson *l;
	int status;

	if (!load_is_file(name_or_file) && !o->class_mode)
		course_reached(&known, name_or_file);
	status = load(&l, o, name_or_file, &known);
	if (status)
		return status;
	status = show(o, l, &known, page, next, on);
	lesson_free(l);
	return status;
}

/* The lesson behind i of n: the next that was named; behind the last, for a
 * learner at a screen, the one that follows in the course. NULL: none. */
static const char *behind(const struct command_options *o, char **name, int n,
	int i, const char *now, char *out, size_t size)
{
	if (i + 1 < n)
		return name[i + 1];
	return !o->class_mode && !o->plain && course_after(now, out, size) ?
		out : NULL;
}

int play(const struct command_options *o, char **name_or_file, int n, int page)
{
	const char *now = name_or_file[0];
	char after[2][64]; /* now stands in one, what is behind it in the other */
	int status = 0;
	bool on = true;

	for (int i = 0; on && !status && now; i++, page = 0) {
		const char *next = behind(o, name_or_file, n, i, now,
			after[i % 2], sizeof(after[0]));

		status = play_one(o, now, page, next, &on);
		now = next;
	}
	return status;
}
