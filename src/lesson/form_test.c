/* form_test: what is told of a lesson's form, and of the glossary's, as tests
 * (lesson/check.h). */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intl.h"
#include "lesson/check.h"
#include "lesson/course.h"
#include "lesson/form.h"
#include "lesson/glossary.h"
#include "lesson/lesson.h"

#define PATH_BYTES 4096

/* In the name of a test # would begin a directive. */
static void print_name(FILE *tap, const char *name)
{
	for (; *name; name++) {
		if (*name == '#' || *name == '\\')
			fputc('\\', tap);
		fputc(*name, tap);
	}
}

/* A line of TAP for what was found; whether that was nothing. */
static bool told(const struct buf *found, const char *name, const char *what,
	FILE *tap, int *number, struct check_result *result)
{
	fprintf(tap, "%sok %d - ", found->len ? "not " : "", (*number)++);
	print_name(tap, name);
	fprintf(tap, ": %s\n", what);
	for (const char *s = buf_str(found); *s;) {
		size_t n = strcspn(s, "\n");

		fprintf(tap, "# %.*s\n", (int)n, s);
		s += n + (s[n] == '\n');
	}
	if (found->len)
		result->failed++;
	else
		result->passed++;
	return !found->len;
}

static void path_of(char *path, const char *name, int language)
{
	snprintf(path, PATH_BYTES, "%s/%s/%s.md", course_folder(), name,
		form_language[language]);
}

bool check_form(const char *name, FILE *tap, int *number,
	struct check_result *result)
{
	char path[2][PATH_BYTES];
	struct buf b = {0};
	bool passed;

	for (int i = 0; i < FORM_LANGUAGES; i++) {
		char *other = path[i > 0];

		path_of(other, name, i);
		form_of_file(&b, other);
		if (i)
			form_of_pair(&b, path[0], other);
	}
	passed = told(&b, name, _("form, and both languages alike"), tap,
		number, result);
	buf_done(&b);
	return passed;
}

bool check_form_of_file(const char *path, FILE *tap, int *number,
	struct check_result *result)
{
	char sister[PATH_BYTES];
	struct buf b = {0};
	bool passed;

	form_of_file(&b, path);
	if (form_sister(sister, sizeof(sister), path)) {
		form_of_pair(&b, sister, path);
		passed = told(&b, path, _("form, and both languages alike"),
			tap, number, result);
	} else {
		passed = told(&b, path, _("form"), tap, number, result);
		fprintf(tap, "# %s: %s\n", path, _("not compared with another "
			"language: none lies beside it"));
	}
	buf_done(&b);
	return passed;
}

/* ---- the glossary ---- */

/* Its words and links; how many terms it has. */
static size_t look_up(struct buf *b, const char *path, const char *language)
{
	struct glossary *g = NULL;
	struct lesson *l;
	struct diag d = {0};
	char why[4500];
	size_t n = 0;

	if (!lesson_load(&l, path, language, &d)) {
		form_words(b, l);
		form_links(b, l);
		if (!glossary_of(&g, l, &d))
			while (glossary_at(g, n))
				n++;
	}
	if (!g) {
		diag_print(&d, why, sizeof(why));
		buf_printf(b, "%s\n", why);
	}
	glossary_free(g);
	return n;
}

bool check_form_of_glossary(FILE *tap, int *number,
	struct check_result *result)
{
	size_t terms[FORM_LANGUAGES];
	char path[PATH_BYTES];
	struct buf b = {0};
	bool passed;

	path_of(path, "glossary", 0);
	if (access(path, F_OK))
		return true;
	for (int i = 0; i < FORM_LANGUAGES; i++) {
		path_of(path, "glossary", i);
		terms[i] = look_up(&b, path, form_language[i]);
		if (terms[i] && terms[i] != terms[0])
			buf_printf(&b, _("%s:1:1: %zu terms, but %zu in %s\n"),
				path, terms[i], terms[0], form_language[0]);
	}
	passed = told(&b, "glossary", _("form, and both languages alike"), tap,
		number, result);
	buf_done(&b);
	return passed;
}
