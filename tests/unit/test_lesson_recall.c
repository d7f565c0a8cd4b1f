/* Older questions: when they are due, what was answered. Days are given, never
 * the clock's. */
#include "player_peer.h"
#include "progress_place.h"

#include "lesson/course.h"
#include "lesson/progress.h"
#include "lesson/recall.h"

#define DAY INT64_C(20000) /* 2024-10-04 */

/* Page 1: a poll; page 2: two predictions; page 3: one. */
static const char source[] =
	"# T\n## One\nPoll?\n\n- [ ] a\n\n  W\n\n- [x] b\n\n  W\n\n"
	"## Two\nFirst?\n\n- [x] a `-> 0`\n\n  W\n\n- [ ] b\n\n  W\n\n"
	"```lab\nclient: close(3) -> 0\n```\n"
	"Second?\n\n- [ ] a\n\n  W\n\n- [x] b `-> 0`\n\n  W\n\n"
	"```lab\nclient: close(4) -> 0\n```\n"
	"## Three\nThird?\n\n- [x] a `-> 0`\n\n  W\n\n- [ ] b\n\n  W\n\n"
	"```lab\nclient: close(5) -> 0\n```\n"
	"## End\nThe end.\n";

static int begin(void **state)
{
	int r = place_begin(state);

	make_folder("one");
	put_text("one/en.md", source);
	make_folder("two");
	put_text("two/en.md", source);
	return r;
}

/* Which questions are due: "one 2.1 two 3.1 ", in order. */
static void due(const char *before, int64_t today, const char *expected)
{
	struct recall r[RECALL_MOST];
	struct buf b = {0};
	size_t n = recall_due(r, before, "en", today);
	struct progress known;

	/* what the list of lessons says is what will be asked */
	progress_load(&known);
	assert_int_equal(recall_count(&known, before, "en", today), n);
	progress_done(&known);
	for (size_t i = 0; i < n; i++) {
		const struct page *p = &r[i].lesson->page[r[i].page];
		int number = 1;

		assert_int_equal(p->block[r[i].block].kind, BLOCK_PREDICTION);
		for (size_t k = 0; k < r[i].block; k++)
			number += p->block[k].kind == BLOCK_PREDICTION;
		buf_printf(&b, "%s %zu.%d ", r[i].lesson->name, r[i].page + 1,
			number);
	}
	recall_done(r, n);
	assert_string_equal(buf_str(&b), expected);
	buf_done(&b);
}

#define DONE(name) name " page 4 right 1 of 1 finished\n"
/* Seen on day 20000. */
#define SEEN(what, right, lessons) "question " what " first a last a right " \
	#right " seen 2024-10-04 lessons " #lessons "\n"

/* ---- when ---- */

static void wait_longer_each_time(void **state)
{
	static const struct {
		const char *line;
		int days;
	} list[] = {
		{SEEN("one 2.1", 0, 9), 1}, {SEEN("one 2.1", 1, 9), 1},
		{SEEN("one 2.1", 2, 9), 3}, {SEEN("one 2.1", 3, 9), 7},
		{SEEN("one 2.1", 4, 9), 14}, {SEEN("one 2.1", 5, 9), 30},
		{SEEN("one 2.1", 99, 9), 30},
	};
	char text[400];

	(void)state;
	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++) {
		snprintf(text, sizeof(text), DONE("one") "%s", list[i].line);
		put_text("tomada/progress", text);
		due("two", DAY + list[i].days - 1, "");
		due("two", DAY + list[i].days, "one 2.1 ");
		due("two", DAY + 1000, "one 2.1 ");
	}
}

/* Several lessons on one day: as many of them as days. */
static void lessons_count_as_days(void **state)
{
	(void)state;
	/* seen in the first lesson; the second begins now */
	put_text("tomada/progress", DONE("one") SEEN("one 2.1", 1, 1));
	due("two", DAY, "one 2.1 ");
	/* right twice: three lessons have to begin */
	put_text("tomada/progress", DONE("one") SEEN("one 2.1", 2, 1)
		"b page 1 right 0 of 0\n");
	due("two", DAY, "");
	put_text("tomada/progress", DONE("one") SEEN("one 2.1", 2, 1)
		"b page 1 right 0 of 0\nc page 1 right 0 of 0\n");
	due("two", DAY, "one 2.1 ");
	/* one that was begun before does not begin again */
	put_text("tomada/progress", DONE("one") SEEN("one 2.1", 2, 1)
		"b page 1 right 0 of 0\ntwo page 1 right 0 of 0\n");
	due("two", DAY, "");
}

static void ask_the_longest_due_first(void **state)
{
	(void)state;
	put_text("tomada/progress", DONE("one") DONE("two")
		SEEN("one 2.1", 2, 2) SEEN("one 3.1", 1, 2)
		SEEN("two 3.1", 0, 2));
	due("three", DAY + 2, "one 3.1 two 3.1 ");
	/* never two of one page, and two at most */
	put_text("tomada/progress", DONE("one") DONE("two")
		SEEN("one 2.1", 1, 2) SEEN("one 2.2", 1, 2)
		SEEN("two 2.2", 2, 2) SEEN("two 3.1", 3, 2));
	due("three", DAY + 60, "one 2.1 two 2.2 ");
	/* of those that are due as long, the one that was seen first */
	put_text("tomada/progress", DONE("one") DONE("two")
		"question one 2.1 first a last a right 1 seen 2024-10-04 "
		"lessons 2\n"
		"question two 3.1 first a last a right 2 seen 2024-10-02 "
		"lessons 2\n");
	due("three", DAY + 3, "two 3.1 one 2.1 ");
}

static void ask_of_other_lessons_that_were_finished(void **state)
{
	(void)state;
	put_text("tomada/progress", "one page 3 right 1 of 1\n"
		SEEN("one 2.1", 1, 1));
	due("two", DAY + 9, "");
	put_text("tomada/progress", DONE("one") SEEN("one 2.1", 1, 1));
	due("one", DAY + 9, "");
	due("two", DAY + 9, "one 2.1 ");
	unlink(file);
	due("two", DAY + 9, "");
}

/* What the lesson has no more: polls, pages, predictions, itself. */
static void ask_only_what_is_there(void **state)
{
	(void)state;
	put_text("tomada/progress", DONE("one") DONE("gone")
		SEEN("one 1.1", 1, 1) SEEN("one 2.3", 1, 1)
		SEEN("one 4.1", 1, 1) SEEN("one 9.1", 1, 1)
		SEEN("gone 2.1", 1, 1) SEEN("../one 2.1", 1, 1));
	due("two", DAY + 9, "");
}

static void a_clock_that_went_back_asks_nothing(void **state)
{
	(void)state;
	put_text("tomada/progress", DONE("one") SEEN("one 2.1", 1, 1)
		DONE("two"));
	due("two", DAY - 400, "one 2.1 "); /* a lesson was begun since */
	put_text("tomada/progress", DONE("one") SEEN("one 2.1", 1, 2)
		DONE("two"));
	due("two", DAY - 400, "");
}

/* ---- what was answered ---- */

static struct lesson *named(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s/en.md", folder, name);
	return parse(path, source);
}

static void answer(struct fixture *f, int option)
{
	run(f);
	assert_true(player_choose(f->p, option));
	assert_true(player_next(f->p));
	run(f);
}

static void note_each_once(void **state)
{
	struct fixture *f = make(named("one"));
	struct recall_noted n = {0};

	put_text("tomada/progress", "one page 1 right 0 of 0\n");
	player_page(f->p, 0);
	run(f);
	assert_int_equal(recall_note(&n, f->p, DAY), 0);
	file_is("one page 1 right 0 of 0\n"); /* nothing is chosen */
	player_choose(f->p, 0);
	assert_int_equal(recall_note(&n, f->p, DAY), 0);
	file_is("one page 1 right 0 of 0\n"); /* it may still change */
	/* a poll: known as it is committed; never right */
	player_page(f->p, 1);
	answer(f, 0);
	assert_int_equal(recall_note(&n, f->p, DAY), 0);
	file_is("one page 1 right 0 of 0\n"
		"question one 2.1 first a last a right 1 seen 2024-10-04 "
		"lessons 1\n");
	unlink(file); /* so that we would see it written */
	assert_int_equal(recall_note(&n, f->p, DAY), 0);
	assert_int_equal(access(file, F_OK), -1);
	answer(f, 0);
	assert_int_equal(recall_note(&n, f->p, DAY), 0);
	file_is("question one 2.2 first a last a right 0 seen 2024-10-04 "
		"lessons 0\n");
	*state = f;
	teardown(state);
}

static void note_polls(void **state)
{
	struct fixture *f = make(named("one"));
	struct recall_noted n = {0};

	player_page(f->p, 0);
	answer(f, 1);
	assert_int_equal(recall_note(&n, f->p, DAY), 0);
	file_is("question one 1.1 first b last b right 0 seen 2024-10-04 "
		"lessons 0\n");
	*state = f;
	teardown(state);
}

/* The same prediction on its own page, on some day. */
static void answer_again(int option, int64_t today)
{
	struct fixture *f = make(named("one"));
	struct recall_noted n = {0};
	void *state = f;

	player_page(f->p, 1);
	answer(f, option);
	assert_int_equal(recall_note(&n, f->p, today), 0);
	teardown(&state);
}

static void repeat_is_not_remembering(void **state)
{
	(void)state;
	put_text("tomada/progress", DONE("one") DONE("two"));
	answer_again(1, DAY);
	answer_again(0, DAY); /* it was just shown */
	file_is(DONE("one") DONE("two") "question one 2.1 first b last a "
		"right 0 seen 2024-10-04 lessons 2\n");
	answer_again(0, DAY + 1);
	answer_again(0, DAY + 1);
	answer_again(0, DAY + 5);
	file_is(DONE("one") DONE("two") "question one 2.1 first b last a "
		"right 3 seen 2024-10-09 lessons 2\n");
	answer_again(1, DAY + 5);
	file_is(DONE("one") DONE("two") "question one 2.1 first b last b "
		"right 0 seen 2024-10-09 lessons 2\n");
}

/*
 * Wrong in its own lesson or right: it comes again with the next lesson, and
 * when it is right there, with the third behind that.
 */
static void a_right_answer_leads_on(void **state)
{
	for (int first = 0; first < 2; first++) {
		struct fixture *f = make(named("two"));
		struct lesson *old = named("one");
		const struct player_question q = {old, 1,
			lesson_block(&old->page[1], BLOCK_PREDICTION, 0)};
		struct recall_noted n = {0};

		put_text("tomada/progress", DONE("one"));
		answer_again(first, DAY);
		due("two", DAY, "one 2.1 ");
		assert_int_equal(course_note("two", 1, false, 0, 0), 0);
		player_ask_first(f->p, &q, 1);
		player_page(f->p, 0);
		answer(f, 0);
		assert_int_equal(recall_note(&n, f->p, DAY), 0);
		assert_int_equal(course_note("b", 1, false, 0, 0), 0);
		due("b", DAY, "");
		due("c", DAY, "");
		assert_int_equal(course_note("c", 1, false, 0, 0), 0);
		due("d", DAY, "one 2.1 ");
		*state = f;
		teardown(state);
		lesson_free(old);
		unlink(file);
	}
}

/* Asked before another lesson: it counts, on the same day too. */
static void note_older_questions(void **state)
{
	struct fixture *f = make(named("two"));
	struct lesson *old = named("one");
	const struct player_question q = {old, 1,
		lesson_block(&old->page[1], BLOCK_PREDICTION, 1)};
	struct recall_noted n = {0};

	put_text("tomada/progress", DONE("one") "two page 1 right 0 of 0\n"
		SEEN("one 2.2", 2, 1));
	player_ask_first(f->p, &q, 1);
	player_page(f->p, 0);
	answer(f, 1);
	assert_int_equal(player_asking(f->p), 1);
	assert_int_equal(recall_note(&n, f->p, DAY), 0);
	file_is(DONE("one") "two page 1 right 0 of 0\n"
		"question one 2.2 first a last b right 3 seen 2024-10-04 "
		"lessons 2\n");
	/* and once: what was just shown is not remembered */
	player_rebuild(f->p);
	answer(f, 0);
	assert_int_equal(recall_note(&n, f->p, DAY), 0);
	player_rebuild(f->p);
	answer(f, 1);
	assert_int_equal(recall_note(&n, f->p, DAY), 0);
	file_is(DONE("one") "two page 1 right 0 of 0\n"
		"question one 2.2 first a last b right 0 seen 2024-10-04 "
		"lessons 2\n");
	*state = f;
	teardown(state);
	lesson_free(old);
}

/* Taken up on page 3 by somebody who answered all but 2.2 right, and changed
 * his mind about the poll and 2.1. */
static struct fixture *taken_up(const char *lesson)
{
	struct fixture *f = make(named("one"));
	struct buf text = {0};

	buf_printf(&text, "%s%s", lesson, "question one 1.1 first a last b right 0 seen 2024-10-04 "
		"lessons 1\n"
		"question one 2.1 first b last a right 1 seen 2024-10-04 "
		"lessons 1\n"
		"question one 2.2 first a last a right 0 seen 2024-10-04 "
		"lessons 1\n"
		"question one 3.1 first a last a right 1 seen 2024-10-04 "
		"lessons 1\n"
		"question one 2.9 first a last a right 1 seen 2024-10-04 "
		"lessons 1\n"
		"question two 2.1 first b last b right 1 seen 2024-10-04 "
		"lessons 1\n");
	put_text("tomada/progress", buf_str(&text));
	buf_done(&text);
	player_page(f->p, 2);
	recall_remember(f->p);
	run(f);
	return f;
}

static void score_is(const struct fixture *f, int right, int asked)
{
	int is, of;

	player_score(f->p, &is, &of);
	assert_int_equal(is, right);
	assert_int_equal(of, asked);
}

static void remember_earlier_sessions(void **state)
{
	struct fixture *f = taken_up("one page 3 right 2 of 3\n");
	struct player_prediction x;

	assert_true(player_committed(f->p, 0, &x));
	assert_int_equal(x.first, 0); /* what was believed at first */
	assert_true(player_committed(f->p, 1, &x));
	assert_int_equal(x.chosen, 0);
	/* the page that is played now asks afresh, and yet … */
	assert_int_equal(player_state(f->p), PLAYER_LOCKED);
	score_is(f, 2, 3);
	answer(f, 1);
	score_is(f, 1, 3);
	*state = f;
	teardown(state);
}

/* Of a lesson that is read once more, what lies ahead is of the first time. */
static void remember_earlier_pages(void **state)
{
	struct fixture *f = taken_up("one page 3 right 2 of 3 finished\n");
	struct player_prediction x;

	assert_true(player_committed(f->p, 1, &x));
	assert_false(player_committed(f->p, 2, &x));
	score_is(f, 1, 2);
	*state = f;
	teardown(state);
}

/* Leafing back over a page, and on, forgets nothing that was said there. */
static void leafing_keeps_answers(void **state)
{
	struct fixture *f = make(named("one"));
	struct player_prediction x;

	player_page(f->p, 0);
	answer(f, 0);
	player_page(f->p, 1);
	answer(f, 0);
	answer(f, 0);
	score_is(f, 1, 2);
	for (size_t page = 2; page-- > 0; ) {
		player_page(f->p, page);
		run(f);
		assert_int_equal(player_state(f->p), PLAYER_LOCKED);
	}
	for (size_t page = 1; page < 4; page++) {
		player_page(f->p, page);
		run(f);
	}
	score_is(f, 1, 2);
	/* answered anew, the last answer counts; the first is known still */
	player_page(f->p, 0);
	answer(f, 1);
	assert_true(player_committed(f->p, 0, &x));
	assert_int_equal(x.chosen, 1);
	assert_int_equal(x.first, 0);
	player_page(f->p, 1);
	answer(f, 1);
	score_is(f, 0, 2);
	/* taken back, it was not said */
	assert_true(player_take_back(f->p));
	run(f);
	score_is(f, 1, 2);
	*state = f;
	teardown(state);
}

/* ---- all of it: course_follow ---- */

static void follow_a_player(void **state)
{
	struct fixture *f = make(named("one"));
	struct course_noted n = {0};
	struct course_lesson l;

	player_page(f->p, 0);
	run(f);
	course_follow(&n, f->l, f->p);
	course_reached(&l, "one");
	assert_int_equal(l.reached, 1);
	answer(f, 0);
	course_follow(&n, f->l, f->p);
	for (size_t page = 1; page < 4; page++) {
		player_page(f->p, page);
		run(f);
		course_follow(&n, f->l, f->p);
		course_follow(&n, f->l, f->p);
	}
	course_reached(&l, "one");
	assert_int_equal(l.reached, 4);
	assert_true(l.finished);
	assert_int_equal(l.times, 1);
	/* to and fro in the same session is not twice */
	player_page(f->p, 1);
	run(f);
	course_follow(&n, f->l, f->p);
	player_page(f->p, 3);
	run(f);
	course_follow(&n, f->l, f->p);
	course_reached(&l, "one");
	assert_int_equal(l.times, 1);
	/* in another session it is */
	n = (struct course_noted){0};
	course_follow(&n, f->l, f->p);
	course_reached(&l, "one");
	assert_int_equal(l.times, 2);
	*state = f;
	teardown(state);
}

/* Who leaves while older questions are asked has begun the lesson. */
static void follow_older_questions(void **state)
{
	struct fixture *f = make(named("two"));
	struct lesson *old = named("one");
	const struct player_question q = {old, 2,
		lesson_block(&old->page[2], BLOCK_PREDICTION, 0)};
	struct course_noted n = {0};
	struct course_lesson l;

	put_text("tomada/progress", DONE("one"));
	player_ask_first(f->p, &q, 1);
	player_page(f->p, 0);
	run(f);
	course_follow(&n, f->l, f->p);
	course_reached(&l, "two");
	assert_int_equal(l.reached, 1);
	course_reached(&l, "one");
	assert_int_equal(l.reached, 4);
	assert_true(l.finished);
	*state = f;
	teardown(state);
	lesson_free(old);
}

static void take_up_where_it_was(void **state)
{
	struct course_lesson l = {.pages = 6};

	(void)state;
	assert_int_equal(course_resume(&l), 0);
	l.reached = 1;
	assert_int_equal(course_resume(&l), 0);
	l.reached = 4;
	assert_int_equal(course_resume(&l), 3);
	/* left at its end */
	l.reached = 6;
	l.finished = true;
	assert_int_equal(course_resume(&l), 0);
	/* and begun once more */
	l.reached = 4;
	assert_int_equal(course_resume(&l), 3);
}

static const char exercise[] =
	"# T\n## Do it\nTyped.\n\nIt is closed.\n\n"
	"```goal\nclient: did close\n```\n"
	"1. One.\n2. Two.\n3. Three.\n\n"
	"```solution\nclient: close(3)\n```\n"
	"```mistake other\nclient: close(4)\n```\n"
	"```when\nclient: did close(4)\n```\nThe other.\n\n"
	"## End\nThe end.\n";

static void follow_exercises(void **state)
{
	struct fixture *f = make(parse("x/one/en.md", exercise));
	struct course_noted n = {0};
	struct progress p;

	player_page(f->p, 0);
	run(f);
	course_follow(&n, f->l, f->p);
	file_is("one page 1 right 0 of 0\n");
	player_act(f->p, "client: close(3)");
	run(f);
	player_judged(f->p, true);
	course_follow(&n, f->l, f->p);
	progress_load(&p);
	assert_non_null(progress_find(&p, PROGRESS_EXERCISE, "one", 1, 0));
	progress_done(&p);
	*state = f;
	teardown(state);
}

/* Who was shown how has not done it. */
static void a_solution_is_nobodys_doing(void **state)
{
	struct fixture *f = make(parse("x/one/en.md", exercise));
	struct course_noted n = {0};

	player_page(f->p, 0);
	run(f);
	for (int i = 0; i < LESSON_HINTS; i++)
		assert_true(player_hint(f->p));
	assert_true(player_solve(f->p));
	run(f);
	player_next(f->p);
	run(f);
	player_judged(f->p, true);
	course_follow(&n, f->l, f->p);
	assert_true(player_solved(f->p));
	file_is("one page 1 right 0 of 0\n");
	*state = f;
	teardown(state);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, begin, place_end)
	const struct CMUnitTest tests[] = {
		CASE(wait_longer_each_time),
		CASE(lessons_count_as_days),
		CASE(ask_the_longest_due_first),
		CASE(ask_of_other_lessons_that_were_finished),
		CASE(ask_only_what_is_there),
		CASE(a_clock_that_went_back_asks_nothing),
		CASE(note_each_once),
		CASE(note_polls),
		CASE(repeat_is_not_remembering),
		CASE(note_older_questions),
		CASE(a_right_answer_leads_on),
		CASE(remember_earlier_sessions),
		CASE(remember_earlier_pages),
		CASE(leafing_keeps_answers),
		CASE(follow_a_player),
		CASE(follow_older_questions),
		CASE(take_up_where_it_was),
		CASE(follow_exercises),
		CASE(a_solution_is_nobodys_doing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
