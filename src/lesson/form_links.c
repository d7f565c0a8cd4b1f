/* form_links: whether what a lesson links to is there, in the same language
 * (lesson/form.h). */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "lesson/form.h"
#include "lesson/glossary.h"
#include "lesson/lesson.h"

/* The file that a link leads to, beside the folder of the lesson's file. */
static void path_of(char *path, size_t size, const struct lesson *l,
	const struct link_target *t)
{
	const char *slash = strrchr(l->file, '/');

	snprintf(path, size, "%.*s/../%s/%s.md",
		slash ? (int)(slash - l->file) : 1, slash ? l->file : ".",
		t->to, t->language);
}

static void check_term(struct buf *b, const struct lesson *l,
	const struct link_target *t, const char *path)
{
	struct glossary *g = NULL;
	struct lesson *words;
	struct diag d = {0};
	char why[512];

	if (lesson_load(&words, path, t->language, &d) ||
			glossary_of(&g, words, &d)) {
		diag_print(&d, why, sizeof(why));
		form_complain_at(b, l, t->source_line, t->source_column,
			_("the glossary cannot be read: %s"), why);
	} else if (!glossary_linked(g, t->term)) {
		form_complain_at(b, l, t->source_line, t->source_column,
			_("the glossary has no term “%s”"), t->term);
	}
	glossary_free(g);
}

static void check_link(struct buf *b, const struct lesson *l,
	const struct link_target *t)
{
	char path[4096];

	path_of(path, sizeof(path), l, t);
	if (strcmp(t->language, l->language))
		form_complain_at(b, l, t->source_line, t->source_column,
			_("this link leads to another language: %s"),
			t->language);
	else if (access(path, R_OK))
		form_complain_at(b, l, t->source_line, t->source_column,
			_("this link leads to “%s”, which is not there"),
			t->to);
	else if (!strcmp(t->to, "glossary"))
		check_term(b, l, t, path);
	else if (t->term[0])
		form_complain_at(b, l, t->source_line, t->source_column,
			_("a link leads to a lesson as a whole: nothing "
			"behind a #"));
}

void form_links(struct buf *b, const struct lesson *l)
{
	for (size_t i = 0; i < l->links; i++)
		check_link(b, l, &l->link[i]);
}
