#include "command/session.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diag.h"
#include "call/link.h"
#include "command/command.h"
#include "journal/journal.h"
#include "lab/lab.h"
#include "ui/ui.h"

int session_start(struct session *s, char *why, size_t size)
{
	struct lab_options options = {0};
	struct lab_started started;
	struct diag d = {0};
	int r;

	memset(s, 0, sizeof(*s));
	r = lab_start(&options, &started, why, size);
	if (r < 0)
		return r;
	s->lab = started.pid;
	s->link = link_new(started.fd);
	memcpy(s->path, started.journal, sizeof(s->path));
	r = journal_map(&s->journal, started.journal, &d);
	if (r < 0) {
		diag_print(&d, why, size);
		session_end(s);
	}
	return r;
}

void session_end(struct session *s)
{
	if (s->link)
		link_free(s->link);
	while (s->lab > 0 && waitpid(s->lab, NULL, 0) < 0 && errno == EINTR)
		;
	if (s->journal)
		journal_unmap(s->journal);
	memset(s, 0, sizeof(*s));
}

/* ui_setup.restart: a fresh lab in place of one that ended. */
static int restart(struct ui_setup *u)
{
	struct session *s = u->data;
	struct session fresh;
	char why[512];
	int r = session_start(&fresh, why, sizeof(why));

	if (r < 0) {
		link_free(s->link);
		s->link = NULL;
		u->link = NULL;
		return r;
	}
	session_end(s);
	*s = fresh;
	u->link = s->link;
	u->journal = s->journal;
	return 0;
}

int session_show(const struct command_options *o,
	const struct session_lesson *l, bool *on)
{
	struct session s;
	struct ui_setup u = {
		.lesson = l->lesson,
		.language = o->language,
		.page = l->page,
		.note_progress = l->note_progress,
		.question = l->question,
		.questions = l->questions,
		.notice = l->notice,
		.class_mode = o->class_mode,
		.next = l->next,
		.restart = restart,
		.data = &s,
	};
	char why[512];
	int r = session_start(&s, why, sizeof(why));

	if (r < 0)
		return command_fail("%s", why);
	u.link = s.link;
	u.journal = s.journal;
	r = o->plain ? plain_run(&u) : ui_run(&u);
	session_end(&s);
	*on = u.went_on;
	return r < 0 ? 2 : r;
}
