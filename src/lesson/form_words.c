/*
 * form_words: whether the words of a lesson that promise a call, a constant or
 * an errno keep it (lesson/form.h, lesson/lint.h).
 *
 * Prose is kept without the places of its words, so one that is wrong is looked
 * for in the file, from where its text begins. What a name of numbers stands
 * for is not there as it is shown: then the text's first line is named.
 */
#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "lesson/form.h"
#include "lesson/lesson.h"
#include "lesson/lint.h"
#include "lesson/load.h"
#include "lesson/source.h"

struct words {
	struct buf *b;
	const struct lesson *l;
	struct buf source; /* its file; empty when it cannot be read again */
};

static const char *line_at(const char *s, int line)
{
	while (--line > 0 && *s) {
		s = strchrnul(s, '\n');
		s += *s == '\n';
	}
	return s;
}

static bool is_part(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The first place of a word as a whole at or behind s; NULL: there is none. */
static const char *find_word(const char *text, const char *s, const char *word)
{
	size_t n = strlen(word);

	for (; (s = strstr(s, word)); s += n)
		if ((s == text || !is_part(s[-1])) && !is_part(s[n]))
			return s;
	return NULL;
}

static void lint(const struct words *w, int line, const char *marked)
{
	const char *text = buf_str(&w->source), *at;
	struct buf word = {0};
	int column = 1;

	if (!lint_marked(marked, &word)) {
		at = find_word(text, line_at(text, line), buf_str(&word));
		if (at)
			source_place(text, (size_t)(at - text), &line,
				&column);
		form_complain_at(w->b, w->l, line, column, _("“%s” stands "
			"there as code, but the table of calls does not know "
			"it"), buf_str(&word));
	}
	buf_done(&word);
}

static void lint_page(const struct words *w, const struct page *p)
{
	lint(w, p->source_line, p->title);
	lint(w, p->source_line, p->notes);
	for (size_t i = 0; i < p->blocks; i++) {
		const struct block *k = &p->block[i];

		if (k->prose)
			lint(w, k->source_line, k->prose);
		for (int o = 0; o < k->options; o++) {
			lint(w, k->option[o].source_line, k->option[o].text);
			lint(w, k->option[o].source_line, k->option[o].why);
		}
	}
}

void form_words(struct buf *b, const struct lesson *l)
{
	struct words w = {.b = b, .l = l};
	struct diag d = {0};

	load_file(&w.source, l->file, &d);
	lint(&w, 1, l->title);
	lint(&w, 1, l->notes);
	for (size_t i = 0; i < l->pages; i++)
		lint_page(&w, &l->page[i]);
	lint(&w, 1, l->keep);
	buf_done(&w.source);
}
