/* form: see form.h. Here complaints, and what a lesson must have. */
#include "lesson/form.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "lesson/lesson.h"

const char *const form_language[FORM_LANGUAGES] = {"en", "pt_BR"};

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

static void complain(struct buf *b, const struct lesson *l, int line,
	int column, const char *fmt, va_list ap)
{
	struct buf whole = {0};
	char text[512];

	vsnprintf(text, sizeof(text), fmt, ap);
	buf_printf(&whole, "%s:%d:%d: %s", l->file, line, column, text);
	add_line(b, buf_str(&whole));
	buf_done(&whole);
}

void form_complain(struct buf *b, const struct lesson *l, int line,
	const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	complain(b, l, line, 1, fmt, ap);
	va_end(ap);
}

void form_complain_at(struct buf *b, const struct lesson *l, int line,
	int column, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	complain(b, l, line, column, fmt, ap);
	va_end(ap);
}

/* ---- one lesson by itself ---- */

/* Two options that read the same cannot be told apart. */
static void check_options(struct buf *b, const struct lesson *l,
	const struct block *k)
{
	for (int i = 1; i < k->options; i++)
		for (int j = 0; j < i; j++)
			if (!strcmp(k->option[i].text, k->option[j].text)) {
				form_complain(b, l, k->option[i].source_line,
					_("this option says what option %c "
					"says"), 'a' + j);
				break;
			}
}

static void check_page(struct buf *b, const struct lesson *l,
	const struct page *p)
{
	if (!p->blocks && p != &l->page[l->pages - 1])
		form_complain(b, l, p->source_line, _("this page is empty"));
	for (size_t i = 0; i < p->blocks; i++)
		check_options(b, l, &p->block[i]);
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
	for (size_t i = 0; i < last->blocks; i++)
		if (last->block[i].kind != BLOCK_PROSE)
			form_complain(b, l, last->block[i].source_line,
				_("the last page is the end page: it has no "
				"fence and no prediction"));
	for (size_t i = 0; i < l->pages; i++)
		check_page(b, l, &l->page[i]);
	form_words(b, l);
	form_room(b, l);
	form_lines(b, l);
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

	for (int i = 0; i < FORM_LANGUAGES; i++) {
		size_t n = strlen(form_language[i]);

		if (!strncmp(base, form_language[i], n) &&
				!strcmp(base + n, ".md"))
			found = i;
	}
	for (int i = 0; i < FORM_LANGUAGES && found >= 0; i++) {
		snprintf(path, size, "%.*s%s.md", (int)(base - file), file,
			form_language[i]);
		if (i != found && !access(path, R_OK))
			return true;
	}
	return false;
}
