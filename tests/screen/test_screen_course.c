/*
 * The list of lessons: tracks, progress, searching, the glossary, beginning
 * one; with as many lessons as the course is to have one day.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "rights.h"
#include "screen.h"

/* A course of 28 lessons in 4 tracks, and what a learner did of it. */
static char folder[] = "/tmp/course-XXXXXX";
static char lessons[64], state[64];
static const char *const env[] = {lessons, state, NULL};

static int setup(void **unused)
{
	const char *from = getenv("TOMADA_LESSONS");
	char command[3 * PATH_MAX], real[PATH_MAX];

	(void)unused;
	if (!realpath(from ? from : "lessons", real) || !mkdtemp(folder))
		return -1;
	snprintf(lessons, sizeof(lessons), "TOMADA_LESSONS=%s/lessons", folder);
	snprintf(state, sizeof(state), "XDG_STATE_HOME=%s", folder);
	snprintf(command, sizeof(command),
		"set -e; cd %s; mkdir lessons tomada; cp -r %s/glossary lessons; "
		"exec >lessons/course; for t in 1 2 3 4; do "
		"echo Track $t; for i in 1 2 3 4 5 6 7; do "
		"mkdir lessons/l$t-$i; "
		"sed \"1s/.*/# Lesson $t-$i/\" %s/zero/en.md "
		">lessons/l$t-$i/en.md; echo \"\tl$t-$i\"; done; done",
		folder, real, real);
	if (system(command) != 0)
		return -1;
	snprintf(command, sizeof(command), "cat >%s/tomada/progress <<.\n"
		"l1-1 page 7 right 3 of 3 finished times 2\n"
		"exercise l1-1 6 done 2026-11-10\n"
		"l1-2 page 7 right 1 of 3 finished times 1\n"
		"question l1-2 5.1 first a last a right 0 seen 2020-01-01 "
		"lessons 1\n"
		"l1-3 page 3 right 1 of 2\n.\n", folder);
	return system(command) != 0;
}

static int teardown(void **unused)
{
	char command[128];

	(void)unused;
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command) != 0;
}

static void must(struct screen *s, const char *text)
{
	if (!screen_wait(s, text, SCREEN_SECONDS))
		fail_msg("never seen: %s", text);
}

/* A row has all of these. */
static void on_one_row(struct screen *s, const char *a, const char *b)
{
	int row, column;

	assert_true(screen_find(s, a, &row, &column));
	if (!strstr(screen_row(s, row), b))
		fail_msg("%s is not on the row of %s: %s", b, a,
			screen_row(s, row));
}

static void progress_by_tracks(void **unused)
{
	static const int size[][2] = {{80, 24}, {100, 30}, {160, 50}};

	(void)unused;
	for (size_t i = 0; i < 3; i++) {
		struct screen *s = screen_run(size[i][0], size[i][1], env,
			"--lang en");

		must(s, "Lesson 1-7");
		on_one_row(s, "Track 1", "2 of 7 done");
		on_one_row(s, "Track 2", "0 of 7 done");
		on_one_row(s, "☑ ", "Lesson 1-1");
		on_one_row(s, "Lesson 1-1", "done · exercise done");
		on_one_row(s, "Lesson 1-2", "exercise open");
		on_one_row(s, "▸ ☐ ", "Lesson 1-3");
		on_one_row(s, "Lesson 1-3", "page 3 of 7");
		must(s, "Enter go on at page 3");
		assert_true(screen_has(s, "2 of 28 done"));
		screen_key(s, "End");
		must(s, "Lesson 4-7");
		if (size[i][1] < 40)
			must(s, "above");
		screen_key(s, "q");
		assert_true(screen_wait_exit(s, SCREEN_SECONDS));
		screen_free(s);
	}
}

static void searching_and_help(void **unused)
{
	struct screen *s = screen_run(80, 24, env, "--lang en");

	(void)unused;
	must(s, "▸ ☐ Lesson 1-3");
	screen_type(s, "/on 3-5");
	must(s, "▸ ☐ Lesson 3-5");
	screen_key(s, "Esc");
	must(s, "▸ ☐ Lesson 1-3");
	screen_type(s, "/-6");
	screen_key(s, "Enter");
	must(s, "▸ ☐ Lesson 1-6");
	screen_key(s, "n");
	must(s, "▸ ☐ Lesson 2-6");
	screen_key(s, "N");
	must(s, "▸ ☐ Lesson 1-6");
	screen_key(s, "?");
	must(s, "Questions that are due");
	screen_key(s, "Space");
	assert_true(screen_wait_gone(s, "Questions that are due",
		SCREEN_SECONDS));
	screen_key(s, "g");
	must(s, "Glossary");
	must(s, "Backlog");
	screen_key(s, "q");
	assert_true(screen_wait_gone(s, "Backlog", SCREEN_SECONDS));
	must(s, "▸ ☐ Lesson 1-6");
	screen_type(s, "/nowhere");
	screen_key(s, "Enter");
	must(s, "\"nowhere\" is not there.");
	assert_true(screen_has(s, "tomada lesson ")); /* the row above it stays */
	screen_free(s);
}

static void a_click_chooses_another_begins(void **unused)
{
	struct screen *s;
	int row, column;

	(void)unused;
	need_namespaces();
	s = screen_run(80, 24, env, "--lang en");
	must(s, "Lesson 1-5");
	assert_true(screen_find(s, "Lesson 1-5", &row, &column));
	screen_click(s, row, column);
	must(s, "▸ ☐ Lesson 1-5");
	/* as many as will be asked, and of the lesson that is gone on none */
	on_one_row(s, "tomada lesson l1-5", "1 older question first");
	screen_key(s, "k");
	screen_key(s, "k");
	must(s, "Enter go on at page 3");
	assert_false(screen_has(s, "older question"));
	screen_key(s, "j");
	screen_key(s, "j");
	must(s, "1 older question first");
	screen_click(s, row, column);
	/* the question that is due comes first */
	must(s, "Before we begin · question 1 of 1, from \"Lesson 1-2\"");
	must(s, "] skip"); /* it need not be answered */
	screen_key(s, "]");
	must(s, "Lesson 1-5 · page 1/7");
	assert_false(screen_has(s, "] skip"));
	screen_key(s, "q");
	screen_key(s, "q");
	/* what was left last is gone on with */
	must(s, "▸ ☐ Lesson 1-5");
	screen_free(s);
}

/* What the page says behind the deciding step is about steps that an older
 * question does not run. */
static void an_older_question_ends_with_its_answer(void **unused)
{
	struct screen *s;
	int row, column;

	(void)unused;
	need_namespaces();
	s = screen_run(80, 24, env, "--lang en");
	must(s, "Lesson 1-6");
	assert_true(screen_find(s, "Lesson 1-6", &row, &column));
	screen_click(s, row, column);
	must(s, "1 older question first");
	screen_key(s, "Enter");
	must(s, "Before we begin");
	must(s, "a b c");
	screen_key(s, "b");
	must(s, "Your prediction: b");
	screen_key(s, "Space");
	must(s, "as you predicted");
	must(s, "turn to page 1");
	assert_true(screen_has(s, "nobody can say goodbye by mistake"));
	assert_false(screen_has(s, "Only real bytes woke it"));
	screen_free(s);
}

static void nothing_breaks_when_small(void **unused)
{
	struct screen *s = screen_run(40, 12, env, "--lang en");
	size_t at;

	(void)unused;
	must(s, "▸ ☐ Lesson 1-");
	on_one_row(s, "Lesson 1-2", "done");
	for (int i = 0; i < 30; i++)
		screen_key(s, "Down");
	must(s, "▸ ☐ Lesson 4-7");
	assert_true(screen_resize(s, 20, 5));
	assert_true(screen_resize(s, 80, 24));
	must(s, "▸ ☐ Lesson 4-7");
	assert_null(screen_raw_trouble(s, &at));
	screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(progress_by_tracks),
		cmocka_unit_test(searching_and_help),
		cmocka_unit_test(a_click_chooses_another_begins),
		cmocka_unit_test(nothing_breaks_when_small),
		cmocka_unit_test(an_older_question_ends_with_its_answer),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
