/* form: see form.h. Here what a lesson must have and may name, and the test. */
#include "lesson/form.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "lesson/check.h"
#include "lesson/course.h"
#include "lesson/lesson.h"
#include "lesson/lint.h"

/* Languages that every lesson is written in; the first leads. */
static const char *const languages[] = {"en", "pt_BR"};
#define LANGUAGES ((int)(sizeof(languages) / sizeof(*languages)))

/* ---- complaints ---- */

/* Add a line, unless it is there. */
static void add_line(struct buf *b, const char *line)
{
	size_t n = strlen(line);

	for (const char *s = buf_str(b); *s;) {
		size_t len = strcspn(s, "\n");

		if (len == n && !memcmp(s, line, n))
			return;
		s += len + (s[len] == '\n');
	}
	buf_printf(b, "%s\n", line);
}

void form_complain(struct buf *b, const struct lesson *l, int line,
	const char *fmt, ...)
{
	struct buf whole = {0};
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	buf_printf(&whole, "%s:%d: %s", l->file, line, text);
	add_line(b, buf_str(&whole));
	buf_done(&whole);
}

/* ---- one lesson by itself ---- */

static void lint(struct buf *b, const struct lesson *l, int line,
	const char *marked)
{
	struct buf word = {0};

	if (!lint_marked(marked, &word))
		form_complain(b, l, line, _("“%s” stands there as code, but "
			"the table of calls does not know it"), buf_str(&word));
	buf_done(&word);
}

static void check_words(struct buf *b, const struct lesson *l,
	const struct page *p)
{
	lint(b, l, p->source_line, p->title);
	for (size_t i = 0; i < p->blocks; i++) {
		const struct block *k = &p->block[i];

		if (k->prose)
			lint(b, l, k->source_line, k->prose);
		for (int o = 0; o < k->options; o++) {
			lint(b, l, k->option[o].source_line,
				k->option[o].text);
			lint(b, l, k->option[o].source_line,
				k->option[o].why);
		}
	}
}

static void check_lesson(struct buf *b, const struct lesson *l)
{
	const struct page *last = &l->page[l->pages - 1];

	if (l->pages > LESSON_PAGES)
		form_complain(b, l, l->page[LESSON_PAGES].source_line,
			_("a lesson has at most %d pages; this one has %zu"),
			LESSON_PAGES, l->pages);
	if (!l->keep[0])
		form_complain(b, l, 1, _("no sentence to keep: a quote, > …"));
	lint(b, l, 1, l->keep);
	for (size_t i = 0; i < last->blocks; i++)
		if (last->block[i].kind != BLOCK_PROSE)
			form_complain(b, l, last->block[i].source_line,
				_("the last page is the end page: it has no "
				"fence and no prediction"));
	for (size_t i = 0; i < l->pages; i++)
		check_words(b, l, &l->page[i]);
	form_room(b, l);
	form_links(b, l);
}

/* ---- files ---- */

static struct lesson *load(struct buf *b, const char *path, int round)
{
	char why[4500];
	struct diag d = {0};
	struct lesson *l;

	if (lesson_load_round(&l, path, "", round, &d) && b) {
		diag_print(&d, why, sizeof(why));
		add_line(b, why);
	}
	return l;
}

bool form_of_file(struct buf *b, const char *path)
{
	int rounds = 1;

	for (int round = 0; round < rounds; round++) {
		struct lesson *l = load(b, path, round);

		if (!l)
			return false;
		rounds = l->rounds;
		check_lesson(b, l);
		lesson_free(l);
	}
	return true;
}

void form_of_pair(struct buf *b, const char *first, const char *other)
{
	int rounds = 1;

	for (int round = 0; round < rounds; round++) {
		struct lesson *x = load(NULL, first, round);
		struct lesson *y = load(NULL, other, round);

		if (x && y) {
			rounds = x->rounds > y->rounds ? x->rounds : y->rounds;
			form_alike(b, x, y);
		}
		lesson_free(x);
		lesson_free(y);
	}
}

bool form_sister(char *path, size_t size, const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *base = slash ? slash + 1 : file;
	int found = -1;

	for (int i = 0; i < LANGUAGES; i++) {
		size_t n = strlen(languages[i]);

		if (!strncmp(base, languages[i], n) && !strcmp(base + n, ".md"))
			found = i;
	}
	for (int i = 0; i < LANGUAGES && found >= 0; i++) {
		snprintf(path, size, "%.*s%s.md", (int)(base - file), file,
			languages[i]);
		if (i != found && !access(path, R_OK))
			return true;
	}
	return false;
}

/* ---- the test ---- */

static void print_complaints(FILE *tap, const char *s)
{
	for (size_t n; *s; s += n + 1) {
		n = strcspn(s, "\n");
		fprintf(tap, "# %.*s\n", (int)n, s);
	}
}

bool check_form(const char *name, FILE *tap, int *number,
	struct check_result *result)
{
	char path[2][4096];
	struct buf b = {0};
	bool passed;

	for (int i = 0; i < LANGUAGES; i++) {
		char *other = path[i > 0];

		snprintf(other, sizeof(path[0]), "%s/%s/%s.md",
			course_folder(), name, languages[i]);
		form_of_file(&b, other);
		if (i)
			form_of_pair(&b, path[0], other);
	}
	fprintf(tap, "%sok %d - %s: %s\n", b.len ? "not " : "", (*number)++,
		name, _("form, and both languages alike"));
	print_complaints(tap, buf_str(&b));
	passed = !b.len;
	if (passed)
		result->passed++;
	else
		result->failed++;
	buf_done(&b);
	return passed;
}
