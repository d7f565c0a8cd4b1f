/*
 * The exercises of the course at 80x24, in both languages, while a line is
 * typed: the task and every goal are in sight, whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rights.h"
#include "screen.h"

static const char *lessons(void)
{
	const char *folder = getenv("TOMADA_LESSONS");

	return folder != NULL ? folder : "lessons";
}

/* Where the script begins to wait, what it must not find. */
static const struct {
	const char *code, *ready, *more[2];
} language[] = {
	{"en", "Ctrl-T other side", {" above", " below"}},
	{"pt_BR", "Ctrl-T troca", {" acima", " abaixo"}},
};

/* A task that is cut would end so; one that scrolls would say that there is
 * more. */
static void look(const char *lesson, int page, int goals, size_t in)
{
	char what[256];
	struct screen *s;

	snprintf(what, sizeof(what), "lesson %s --lang %s --page %d", lesson,
		language[in].code, page);
	s = screen_run(80, 24, NULL, what);
	if (!screen_wait(s, "☐", SCREEN_SECONDS))
		fail_msg("%s: no goals", what);
	screen_key(s, ":");
	if (!screen_wait(s, language[in].ready, SCREEN_SECONDS))
		fail_msg("%s: no prompt", what);
	if (screen_count(s, "☐") != goals) {
		screen_print(s);
		fail_msg("%s: not %d goals", what, goals);
	}
	for (int y = 0; y < 21; y++)
		if (strstr(screen_row(s, y), "☐") != NULL &&
				strstr(screen_row(s, y), "…") != NULL)
			fail_msg("%s: cut: %s", what, screen_row(s, y));
	for (int i = 0; i < 2; i++)
		if (screen_has(s, language[in].more[i])) {
			screen_print(s);
			fail_msg("%s:%s", what, language[in].more[i]);
		}
	screen_free(s);
}

/* How many pages with goals. */
static int look_at_lesson(const char *lesson)
{
	char path[512], line[512];
	int page = 0, goals = 0, found = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s/en.md", lessons(), lesson);
	f = fopen(path, "r");
	assert_non_null(f);
	for (bool more = true; more; ) {
		more = fgets(line, sizeof(line), f) != NULL;
		if (more && strncmp(line, "```goal", 7) == 0)
			goals++;
		if (more && strncmp(line, "## ", 3) != 0)
			continue;
		for (size_t i = 0; i < 2 && goals > 0; i++)
			look(lesson, page, goals, i);
		found += goals > 0;
		goals = 0;
		page++;
	}
	fclose(f);
	return found;
}

static void every_exercise(void **state)
{
	char path[512], line[256], name[128];
	int found = 0;
	FILE *f;

	(void)state;
	need_namespaces();
	snprintf(path, sizeof(path), "%s/course", lessons());
	f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL)
		if (line[0] == '\t' && sscanf(line, "%127s", name) == 1)
			found += look_at_lesson(name);
	fclose(f);
	assert_true(found >= 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_exercise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
