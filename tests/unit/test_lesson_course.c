/* The order of the lessons, and the file of the learner's progress. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lesson/course.h"
#include "lesson/lesson.h"
#include "progress_place.h"

#define LONG "# Long\n## A\n## B\n## C\n"
#define QUESTION "Well?\n\n- [x] a `-> 3`\n\n  W\n\n- [ ] b\n\n  W\n\n" \
	"```lab\nclient: s = socket(AF_INET) -> 3\n```\n"
#define ASKED "# First\n## A\n" QUESTION "## B\n" QUESTION

static int setup(void **state)
{
	int r = place_begin(state);

	make_folder("one");
	make_folder("two");
	put_text("one/en.md", "# First `x`\n## A\n## B\n");
	put_text("one/pt_BR.md", "# Primeira\n## A\n## B\n## C\n");
	put_text("two/en.md", "# Second\n## A\n");
	put_text("course", "# comment\n\nEssentials # here\n\tone\n  two\n");
	return r;
}

static struct course *loaded(const char *language)
{
	struct diag d = {0};
	struct course *c;

	if (course_load(&c, language, &d))
		fail_msg("%s", d.msg);
	return c;
}

static void reads_the_order(void **state)
{
	struct course *c = loaded("en");

	(void)state;
	assert_int_equal(c->lessons, 2);
	assert_string_equal(c->lesson[0].name, "one");
	assert_string_equal(c->lesson[0].title, "First x");
	assert_string_equal(c->lesson[0].track, "Essentials");
	assert_int_equal(c->lesson[0].pages, 2);
	assert_int_equal(c->lesson[0].reached, 0);
	assert_string_equal(c->lesson[1].name, "two");
	course_free(c);
}

static void reads_a_language_or_its_sister_or_english(void **state)
{
	struct course *c = loaded("pt_PT");

	(void)state;
	assert_string_equal(c->lesson[0].title, "Primeira");
	assert_string_equal(c->lesson[1].title, "Second");
	course_free(c);
}

static void fails(const char *course, int line, const char *says)
{
	struct diag d = {0};
	struct course *c;

	put_text("course", course);
	assert_int_not_equal(course_load(&c, "en", &d), 0);
	assert_null(c);
	assert_int_equal(d.line, line);
	assert_non_null(strstr(d.msg, says));
}

static void says_what_is_wrong(void **state)
{
	(void)state;
	fails("\tone\n", 1, "before the first track");
	fails("A\n\tone\n\tone\n", 3, "twice");
	fails("A\n\tnowhere\n", 0, "no lesson of this name");
}

static void loads_by_name_and_by_file(void **state)
{
	struct diag d = {0};
	struct lesson *l;
	char path[128];

	(void)state;
	assert_int_equal(lesson_load(&l, "one", "pt_BR", &d), 0);
	assert_string_equal(l->language, "pt_BR");
	lesson_free(l);
	snprintf(path, sizeof(path), "%s/one/en.md", folder);
	assert_int_equal(lesson_load(&l, path, "pt_BR", &d), 0);
	assert_string_equal(l->title, "First \x03x\x03");
	lesson_free(l);
	assert_int_equal(lesson_load(&l, folder, "en", &d), -EINVAL);
	assert_string_equal(d.file, folder);
	assert_int_equal(lesson_load(&l, "./no.md", "en", &d), -ENOENT);
}

static void notes_progress(void **state)
{
	struct course *c;

	(void)state;
	assert_int_equal(course_note("two", 1, false, 0, 1), 0);
	assert_int_equal(course_note("one", 2, true, 1, 2), 0);
	c = loaded("en");
	assert_int_equal(c->lesson[1].reached, 1);
	assert_false(c->lesson[1].finished);
	assert_int_equal(c->lesson[0].reached, 2);
	assert_true(c->lesson[0].finished);
	assert_int_equal(c->lesson[0].right, 1);
	assert_int_equal(c->lesson[0].asked, 2);
	assert_int_equal(course_next(c), 1);
	course_free(c);
	/* begun again: still finished, the page is the new one */
	assert_int_equal(course_note("one", 1, false, 0, 0), 0);
	c = loaded("en");
	assert_int_equal(c->lesson[0].reached, 1);
	assert_true(c->lesson[0].finished);
	course_free(c);
}

static void score_is(int right, int asked)
{
	struct course *c = loaded("en");

	assert_int_equal(c->lesson[0].right, right);
	assert_int_equal(c->lesson[0].asked, asked);
	course_free(c);
}

/* What was finished keeps its score until it is finished with a better one. */
static void reading_again_loses_no_score(void **state)
{
	(void)state;
	assert_int_equal(course_note("one", 1, false, 0, 0), 0);
	assert_int_equal(course_note("one", 2, false, 1, 1), 0);
	score_is(1, 1); /* as far as it was reached */
	assert_int_equal(course_note("one", 2, true, 1, 4), 0);
	score_is(1, 4);
	assert_int_equal(course_note("one", 1, false, 0, 0), 0);
	assert_int_equal(course_note("one", 2, false, 2, 2), 0);
	score_is(1, 4); /* not finished again */
	assert_int_equal(course_note("one", 2, true, 1, 1), 0);
	assert_int_equal(course_note("one", 2, true, 0, 0), 0);
	score_is(1, 4); /* leafed through */
	assert_int_equal(course_note("one", 2, true, 3, 4), 0);
	score_is(3, 4);
	/* who was asked nothing then has no score to lose */
	put_text("tomada/progress", "one page 2 right 0 of 0 finished\n");
	assert_int_equal(course_note("one", 2, true, 0, 3), 0);
	score_is(0, 3);
}

static size_t next(void)
{
	struct course *c = loaded("en");
	size_t i = course_next(c);

	course_free(c);
	return i;
}

/* What was left on its way is gone on with, also the second time. */
static void goes_on_with_what_was_left(void **state)
{
	struct course *c;

	(void)state;
	assert_int_equal(next(), 0);
	assert_int_equal(course_note("one", 2, true, 1, 2), 0);
	assert_int_equal(next(), 1);
	assert_int_equal(course_note("two", 1, false, 0, 0), 0);
	assert_int_equal(next(), 1);
	/* once more, from its beginning: that is no place yet */
	put_text("one/en.md", LONG);
	assert_int_equal(course_note("one", 1, false, 0, 0), 0);
	assert_int_equal(next(), 1);
	assert_int_equal(course_note("one", 2, false, 0, 0), 0);
	assert_int_equal(next(), 0);
	c = loaded("en");
	assert_true(c->lesson[0].finished);
	assert_int_equal(c->last, 0);
	assert_int_equal(course_resume(&c->lesson[0]), 1);
	course_free(c);
	/* another one was played since */
	assert_int_equal(course_note("two", 1, false, 0, 0), 0);
	assert_int_equal(next(), 1);
	/* both at their ends: the first */
	assert_int_equal(course_note("one", 3, true, 0, 0), 0);
	assert_int_equal(course_note("two", 1, true, 0, 0), 0);
	assert_int_equal(next(), 0);
}

static void tells_how_many_questions_open_a_lesson(void **state)
{
	struct course *c;

	(void)state;
	put_text("one/en.md", ASKED);
	put_text("tomada/progress", "one page 2 right 1 of 1 finished\n"
		"question one 1.1 first a last a right 0 seen 2020-01-01 "
		"lessons 1\n"
		"question one 2.1 first a last a right 0 seen 2020-01-01 "
		"lessons 1\n"
		/* which the lesson has no more */
		"question one 2.9 first a last a right 0 seen 2019-01-01 "
		"lessons 1\n");
	c = loaded("en");
	assert_int_equal(c->lesson[1].due, 0); /* nobody has looked */
	course_look_due(c, "en");
	assert_int_equal(c->lesson[0].due, 0); /* they are its own */
	assert_int_equal(c->lesson[1].due, 2);
	course_free(c);
	/* who goes on with a lesson is asked nothing */
	put_text("two/en.md", LONG);
	assert_int_equal(course_note("two", 2, false, 0, 0), 0);
	c = loaded("en");
	course_look_due(c, "en");
	assert_int_equal(c->lesson[1].due, 0);
	course_free(c);
}

static void keeps_lines_it_does_not_know(void **state)
{
	struct buf b = {0};
	struct diag d = {0};
	char path[128];

	(void)state;
	put_text("tomada/progress", "a note of mine\none page 1 right 0 of 0\n"
		"three page 9 right 1 of 1 finished\nlast");
	assert_int_equal(course_note("one", 2, false, 1, 1), 0);
	snprintf(path, sizeof(path), "%s/tomada/progress", folder);
	assert_int_equal(load_file(&b, path, &d), 0);
	assert_string_equal(buf_str(&b), "a note of mine\n"
		"three page 9 right 1 of 1 finished\nlast\n"
		"one page 2 right 1 of 1\n");
	buf_done(&b);
}

static void a_page_that_is_gone_is_the_last(void **state)
{
	struct course *c;

	(void)state;
	assert_int_equal(course_note("one", 6, false, 0, 0), 0);
	c = loaded("en");
	assert_int_equal(c->lesson[0].reached, 2);
	course_free(c);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, place_end)
	const struct CMUnitTest tests[] = {
		CASE(reads_the_order),
		CASE(reads_a_language_or_its_sister_or_english),
		CASE(says_what_is_wrong),
		CASE(loads_by_name_and_by_file),
		CASE(notes_progress),
		CASE(reading_again_loses_no_score),
		CASE(goes_on_with_what_was_left),
		CASE(tells_how_many_questions_open_a_lesson),
		CASE(keeps_lines_it_does_not_know),
		CASE(a_page_that_is_gone_is_the_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
